/**
 * The mutants of Toychain: what was believed and was wrong, and what is wrong on purpose, with where each is refuted.
 */
import type { World } from '../../spec/blockchain/invMisc.js'
import type { Toychain } from '../../spec/blockchain/toychain.js'
import type { Types } from '../../spec/blockchain/types.js'
import { anySubject } from '../systems/system.js'
import type { AnySubject, Expected, Mutant } from '../systems/system.js'
import { boundsOf, withPlayable } from './configuration.js'
import type { Configuration } from './configuration.js'
import { canonicalTreeHeld } from './museum/canonicalNode.js'
import { forkChoiceWithTypo, weighed } from './museum/brokenForkChoices.js'
import { getDataOf2017, noGenesisSent, poolsAgreeAtRest } from './museum/getData.js'
import { introducing18 } from './museum/nullPackets.js'
import { forgetful, strangerWorld, wrongDefinitions, wrongProtocols } from './mutants.js'
import type { WrongProtocol } from './mutants.js'
import { playNumbered } from './playable.js'
import { blockOnly, configuration, holds } from './presets.js'
import { mainSubject, subject18 } from './subjects.js'

/** The subject of a configuration. */
export const subjectOf = (c: Configuration): AnySubject =>
  withPlayable(c, (playable, limits, whole) =>
    c.edition === 'cpp18'
      ? anySubject(subject18(playable, limits, { whole }))
      : anySubject(mainSubject(playable, limits, { whole, ask: c.ask }))
  )

/** A mutant, and what it is with the parameters chosen. */
interface ToychainMutant extends Mutant<Configuration> {
  readonly subject: (c: Configuration) => AnySubject
}

const violated = (steps: number): Expected => ({ verdict: 'violated', steps })

const onlyMain = (c: Configuration): string | undefined =>
  c.edition === undefined ? undefined : 'it is a variant of the main edition'
const only18 = (c: Configuration): string | undefined =>
  c.edition === 'cpp18' ? undefined : 'it is the edition of 2018: --edition cpp18'
const onlyNumbered = (c: Configuration): string | undefined =>
  onlyMain(c) ?? (c.instance === 'numbered' && c.hashBits === undefined ? undefined : 'it has numbered blocks')

/** What was believed and was wrong (`museum/`). */
const believed: ReadonlyArray<ToychainMutant> = [
  {
    name: 'get-data',
    says: 'A node that is asked for what it does not know answers with genesis, as from September 2017 to January 2018.',
    where: configuration(2, 0, 1),
    expect: violated(4),
    refuses: onlyMain,
    subject: (c) =>
      withPlayable(c, (playable, limits, whole) =>
        anySubject(
          mainSubject(playable, limits, {
            whole,
            variant: getDataOf2017(playable.instance),
            invariants: (toychain) => [noGenesisSent(toychain), poolsAgreeAtRest(toychain)]
          })
        )
      )
  },
  {
    name: 'fork-choice',
    says: 'A fork choice in which a shorter chain of equal work may win by its contents, as on an evening of March 2019.',
    where: configuration(3, 4, 0, blockOnly),
    expect: violated(4),
    refuses: onlyNumbered,
    subject: (c) =>
      anySubject(
        mainSubject(
          weighed((totalWork) => forkChoiceWithTypo(playNumbered.instance.types, totalWork)),
          boundsOf(c),
          { whole: playNumbered.instance }
        )
      )
  },
  {
    name: 'injective-hash',
    says: 'The edition of 2018 takes the hash of blocks for injective; with 6 bits it is not.',
    where: configuration(2, 2, 0, { ...blockOnly, edition: 'cpp18', hashBits: 6 }),
    expect: violated(2),
    refuses: only18,
    subject: subjectOf
  },
  {
    name: 'canonical-node',
    says: 'The invariant of January 2019 asks that some node holds the canonical tree, not only its best chain.',
    where: configuration(2, 2, 0, blockOnly),
    expect: violated(2),
    refuses: onlyMain,
    subject: (c) =>
      withPlayable(c, (playable, limits, whole) =>
        anySubject(mainSubject(playable, limits, { whole, invariants: (toychain) => [canonicalTreeHeld(toychain)] }))
      )
  },
  {
    name: 'null-packets',
    says: 'In the edition of 2018 what a node knows already is passed on: introductions never end.',
    where: configuration(2, 0, 0, { edition: 'cpp18' }),
    expect: violated(3),
    refuses: (c) =>
      only18(c) ?? (c.instance === 'numbered' && c.hashBits === undefined ? undefined : 'it has numbered blocks'),
    subject: (c) => anySubject(introducing18(boundsOf(c)))
  },
  {
    name: 'double-spending',
    says: 'In the edition of 2018 a miner puts two payments of the same funds into one block.',
    where: configuration(2, 1, 2, { ...blockOnly, edition: 'cpp18', instance: 'payments' }),
    expect: violated(5),
    refuses: only18,
    subject: subjectOf
  }
]

/** Where wrong definitions are searched, and what comes of it. What no invariant of states sees, lemmas refute. */
const SEARCHED: Readonly<Record<string, Pick<Mutant<Configuration>, 'where' | 'expect'>>> = {
  'first-stays': { where: configuration(2, 3, 0, { ...blockOnly, hashBits: 2 }), expect: violated(3) },
  'last-stays': { where: configuration(2, 2, 0, { ...blockOnly, hashBits: 2 }), expect: violated(1) },
  'length-only': { where: configuration(2, 2, 0, blockOnly), expect: violated(2) }
}
const UNSEEN = { where: configuration(2, 2, 0, blockOnly), expect: holds(89, 178, 6) } as const

/** Wrong definitions of forests and wrong parameters, which the ledger of lemmas is tested on as well. */
const wrong: ReadonlyArray<ToychainMutant> = wrongDefinitions.map(({ name, says, instance, forest }) => ({
  name,
  says,
  ...(SEARCHED[name] ?? UNSEEN),
  refuses: onlyMain,
  subject: (c) =>
    withPlayable(c, (playable, limits, whole) => {
      const changed = instance(playable.instance)
      return anySubject(
        mainSubject({ ...playable, instance: changed }, limits, {
          whole: playable.instance === whole ? changed : whole,
          variant: { forest: (F) => forest(F, changed) }
        })
      )
    })
}))

/** A wrong protocol, with the parameters with which it is refuted. */
const wrongProtocol = (
  { name, says, protocol }: WrongProtocol,
  where: Configuration,
  steps: number,
  world: <T extends Types>(toychain: Toychain<T>) => World<T> = ({ cliqueWorld }) => cliqueWorld
): ToychainMutant => ({
  name,
  says,
  where,
  expect: violated(steps),
  refuses: onlyMain,
  subject: (c) =>
    withPlayable(c, (playable, limits, whole) =>
      anySubject(
        mainSubject(playable, limits, {
          whole,
          ask: c.ask,
          variant: { protocol: (Pr) => protocol(Pr, playable.instance) },
          world
        })
      )
    )
})

/** Where wrong protocols are refuted, and in how many steps. */
const REFUTED: Readonly<Record<string, readonly [where: Configuration, steps: number]>> = {
  'unfiltered-pool': [configuration(2, 1, 1, blockOnly), 5],
  'wiped-pool': [configuration(2, 1, 1, blockOnly), 4],
  'dropped-transactions': [configuration(2, 0, 1), 2],
  'wrong-answer': [configuration(2, 2, 0), 5],
  'wrong-peer': [configuration(2, 1, 0), 4],
  'first-hash-only': [configuration(2, 2, 0), 4],
  'included-kept': [configuration(2, 1, 1, blockOnly), 3],
  'ties-by-node': [configuration(2, 3, 0, blockOnly), 4],
  'last-but-one': [configuration(2, 2, 0, blockOnly), 2]
}

/** Wrong ways to do what the clique invariant does not speak of. */
const behaving: ReadonlyArray<ToychainMutant> = [
  ...wrongProtocols.flatMap((one) => {
    const refuted = REFUTED[one.name]
    return refuted === undefined ? [] : [wrongProtocol(one, ...refuted)]
  }),
  wrongProtocol(forgetful, configuration(2, 0, 0), 1, strangerWorld)
]

/** All mutants. */
export const mutants: ReadonlyArray<ToychainMutant> = [...believed, ...wrong, ...behaving]
