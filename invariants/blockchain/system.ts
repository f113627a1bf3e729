/**
 * Toychain as an entry of the catalogue: both editions, all instances, faults, and its mutants.
 */
import { anySubject, holds, violated } from '../systems/system.js'
import type { AnySubject, Mutant, Preset, System } from '../systems/system.js'
import { count } from '../systems/form.js'
import { boundsOf, form, refuses, withPlayable } from './configuration.js'
import type { Configuration, InstanceName } from './configuration.js'
import { configurationName } from './model.js'
import { canonicalTreeHeld } from './museum/canonicalNode.js'
import { forkChoiceWithTypo, weighed } from './museum/brokenForkChoices.js'
import { getDataOf2017, noGenesisSent, poolsAgreeAtRest } from './museum/getData.js'
import { introducing18 } from './museum/nullPackets.js'
import { wrongDefinitions } from './mutants.js'
import { playNumbered } from './playable.js'
import { mainSubject, subject18 } from './subjects.js'

/** Parameters by their numbers. */
const configuration = (
  nodes: number,
  mints: number,
  transactions: number,
  {
    faults,
    ...more
  }: Partial<Omit<Configuration, 'faults'>> & { readonly faults?: Partial<Configuration['faults']> } = {}
): Configuration => ({
  instance: 'numbered',
  nodes,
  mints,
  transactions,
  blockOnly: false,
  faults: { duplications: 0, losses: 0, cuts: 0, ...faults },
  ...more
})

/** The name of a configuration, as its model has it. */
const nameOf = (c: Configuration): string =>
  [
    ...(c.edition === undefined ? [] : [c.edition]),
    withPlayable(c, ({ instance }, limits) => configurationName(instance.name, limits))
  ].join(' ')

const preset = (
  of: Configuration,
  tier: 'fast' | 'deep',
  more: Omit<Preset<Configuration>, 'name' | 'of' | 'tier'>
) => ({
  name: nameOf(of),
  of,
  tier,
  ...more
})

/** A configuration all of whose executions are searched. */
const searched = (
  of: Configuration,
  tier: 'fast' | 'deep',
  [states, transitions, depth]: readonly [number, number, number],
  isDefault = false
): Preset<Configuration> => preset(of, tier, { expect: holds(states, transitions, depth), isDefault })

/** A configuration of which some executions are made. */
const sampled = (
  instance: InstanceName,
  nodes: number,
  mints: number,
  transactions: number,
  runs: number
): Preset<Configuration> =>
  preset(configuration(nodes, mints, transactions, { instance }), 'fast', {
    random: { runs, steps: 200 },
    isDefault: true
  })

const blockOnly = { blockOnly: true } as const

/** The presets: those of `docs/model.md`, and what is checked where nothing is asked for. */
const presets: ReadonlyArray<Preset<Configuration>> = [
  searched(configuration(2, 0, 1), 'fast', [111, 256, 9], true),
  searched(configuration(2, 1, 0), 'fast', [107, 234, 9], true),
  searched(configuration(2, 2, 0), 'fast', [93_705, 449_616, 27], true),
  searched(configuration(3, 1, 0), 'fast', [166_576, 900_162, 29], true),
  searched(configuration(2, 1, 1), 'deep', [1_755_779, 10_985_474, 42], true),
  searched(configuration(2, 2, 0, blockOnly), 'fast', [89, 178, 6]),
  searched(configuration(3, 2, 0, blockOnly), 'fast', [793, 2_319, 8], true),
  searched(configuration(3, 3, 0, blockOnly), 'fast', [28_057, 119_055, 12]),
  searched(configuration(2, 5, 0, blockOnly), 'fast', [93_593, 427_474, 15], true),
  searched(configuration(3, 4, 0, blockOnly), 'deep', [1_018_009, 5_635_599, 16], true),
  searched(configuration(4, 3, 0, blockOnly), 'deep', [575_041, 3_270_276, 15], true),
  searched(configuration(3, 5, 0, blockOnly), 'deep', [36_522_649, 248_742_159, 20]),
  searched(
    configuration(2, 2, 0, { ...blockOnly, faults: { duplications: 1, cuts: 1 } }),
    'fast',
    [1_287, 3_812, 10],
    true
  ),
  searched(configuration(2, 2, 0, { instance: 'longestChain' }), 'fast', [88_610, 429_066, 27], true),
  // Few hashes, so that blocks collide.
  searched(configuration(2, 3, 0, { ...blockOnly, hashBits: 2 }), 'fast', [702, 2_214, 9], true),
  searched(configuration(2, 0, 1, { edition: 'cpp18' }), 'fast', [175, 436, 10]),
  searched(configuration(2, 1, 0, { edition: 'cpp18' }), 'fast', [107, 234, 9]),
  searched(configuration(2, 2, 0, { ...blockOnly, edition: 'cpp18' }), 'fast', [89, 178, 6]),
  preset(configuration(3, 2, 0, { faults: { losses: 1 } }), 'fast', { expect: { verdict: 'violated', steps: 2 } }),
  sampled('numbered', 3, 3, 1, 100),
  sampled('longestChain', 4, 3, 1, 20),
  // Each block is really mined.
  sampled('proofOfWork', 3, 2, 1, 5),
  sampled('payments', 3, 2, 2, 50)
]

/** The subject of a configuration. */
const subjectOf = (c: Configuration): AnySubject =>
  withPlayable(c, (playable, limits, whole) =>
    c.edition === 'cpp18'
      ? anySubject(subject18(playable, limits, { whole }))
      : anySubject(mainSubject(playable, limits, { whole }))
  )

/** A mutant, and what it is with the parameters chosen. */
interface ToychainMutant extends Mutant<Configuration> {
  readonly subject: (c: Configuration) => AnySubject
}

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

const mutants: ReadonlyArray<ToychainMutant> = [...believed, ...wrong]

/** Toychain: the protocol of the paper, on a clique of nodes with bounds on what happens. */
export const toychain: System<Configuration> = {
  name: 'toychain',
  says: 'Nodes of a clique mint blocks and pass them on; each keeps a forest of blocks and takes the best chain for its own.',
  mirrors: [
    { work: 'certichain/toychain (Coq)', where: 'Structures, Systems, Properties' },
    { work: 'G. Pîrlea, I. Sergey, Mechanising Blockchain Consensus (CPP 2018)', where: 'sections 2 to 4' },
    { work: 'Byzantine Fault Tolerance and Blockchains (lecture)', where: 'blockchain consensus' }
  ],
  form,
  sizes: {
    blocks: count({ says: 'most different blocks of a world', initial: 2 }),
    packets: count({ says: 'most packets in flight', initial: 1 })
  },
  refuses,
  presets,
  mutants,
  subject: (c, mutant) => {
    if (mutant === undefined) return subjectOf(c)
    const found = mutants.find(({ name }) => name === mutant)
    if (found === undefined) throw new RangeError(`toychain has no mutant ${mutant}`)
    return found.subject(c)
  }
}
