/**
 * Paxos as an entry of the catalogue: by the messages that were ever sent, with acceptors that crash or lie.
 *
 * That an acceptor crashes needs no step: it sends nothing more, as it may anyhow. Where all are honest, every state is held
 * against the invariant by which agreement is proved, too; elsewhere against agreement and validity alone.
 */
import { Paxos } from '../../../spec/byzantine/paxos/paxos.js'
import type { PaxosState, PaxosStep } from '../../../spec/byzantine/paxos/paxos.js'
import { systemModel } from '../../checker/model/systemModel.js'
import type { Model } from '../../checker/model/model.js'
import { count } from '../../systems/form.js'
import { defineSystem } from '../../systems/define.js'
import type { SoughtState } from '../../systems/define.js'
import { holds, violated } from '../../systems/system.js'
import type { AnySystem, Expected, Preset } from '../../systems/system.js'
import { consensus } from './agreement.js'
import { configuration, optionsOf, paxosForm, paxosName, refusesPaxos } from './configuration.js'
import type { PaxosConfiguration } from './configuration.js'
import { inductiveInvariant } from './inductive.js'
import { misreadings } from './mutants.js'
import type { Misreading } from './mutants.js'
import { paxosShow } from './show.js'
import { statesWithin } from './states.js'

/** What may be sought, and is counted. */
const sought = (c: PaxosConfiguration): ReadonlyArray<SoughtState<PaxosState>> => {
  const { chosen } = Paxos(optionsOf(c))
  const has = (tag: string) => (s: PaxosState) => s.sent.some((m) => m._tag === tag)
  return [
    { name: 'answered', says: 'an acceptor has answered a proposer', of: has('1b'), isGoal: true },
    { name: 'proposed', says: 'a value is proposed', of: has('2a'), isGoal: true },
    { name: 'voted', says: 'an acceptor has voted', of: has('2b'), isGoal: true },
    { name: 'chosen', says: 'a value is chosen', of: (s) => chosen(s).length > 0, isGoal: true },
    {
      name: 'bound',
      says: 'an acceptor has answered with a vote, by which the proposer is bound',
      of: (s) => s.sent.some((m) => m._tag === '1b' && m.vote !== null),
      isGoal: true
    },
    {
      name: 'changed',
      says: 'an acceptor has voted for two values',
      of: ({ acceptors, sent }) =>
        acceptors.some(
          (_, acceptor) =>
            new Set(sent.flatMap((m) => (m._tag === '2b' && m.acceptor === acceptor ? [m.value] : []))).size > 1
        )
    }
  ]
}

const keyOf = ({ acceptors, sent }: PaxosState): string =>
  [
    ...acceptors.map(({ maxBal, vote }) => `${String(maxBal)} ${String(vote?.ballot)} ${String(vote?.value)}`),
    ...sent.map((m) =>
      m._tag === '1b'
        ? `1b ${String(m.ballot)} ${String(m.acceptor)} ${String(m.vote?.ballot)} ${String(m.vote?.value)}`
        : m._tag === '2b'
          ? `2b ${String(m.ballot)} ${String(m.acceptor)} ${m.value}`
          : m._tag === '2a'
            ? `2a ${String(m.ballot)} ${m.value}`
            : `1a ${String(m.ballot)}`
    )
  ].join()

const modelOf = (c: PaxosConfiguration, misreading?: Misreading): Model<PaxosState, PaxosStep> => {
  const options = { ...optionsOf(c), ...misreading?.options }
  const isHonest = misreading === undefined && c.byzantineAcceptors === 0 && !c.byzantineProposer
  return systemModel<PaxosState, PaxosStep>({
    name: paxosName(c),
    system: Paxos(options, misreading?.variant).system,
    invariants: [consensus(options), ...(isHonest ? [inductiveInvariant(options)] : [])],
    key: keyOf,
    kinds: ['1a', '1b', '2a', '2b'],
    states: sought(c)
  })
}

const preset = (
  name: string,
  of: PaxosConfiguration,
  expect: Expected,
  more: Partial<Preset<PaxosConfiguration>> = {}
): Preset<PaxosConfiguration> => ({ name, of, tier: 'fast', expect, ...more })

const ONE_LIAR = { byzantineAcceptors: 1 }

const presets: ReadonlyArray<Preset<PaxosConfiguration>> = [
  preset('1 ballot', configuration(3, 2, 2, 1), holds(73, 141, 8), { isDefault: true }),
  preset('2 ballots', configuration(3, 2, 2, 2), holds(3_921, 9_442, 16), { isDefault: true }),
  preset('3 ballots', configuration(3, 2, 2, 3), holds(185_369, 491_535, 24), { tier: 'deep' }),
  preset('4 acceptors', configuration(4, 3, 2, 2), holds(20_609, 58_648, 20)),
  preset('quorums of half', configuration(4, 2, 2, 2), violated(12)),
  preset('a liar', configuration(3, 2, 2, 2, ONE_LIAR), violated(8)),
  preset('a liar in quorums of all', configuration(3, 3, 2, 2, ONE_LIAR), violated(12)),
  preset('a liar among 4', configuration(4, 3, 2, 2, ONE_LIAR), violated(12)),
  preset(
    'a liar and a lying proposer',
    configuration(3, 2, 2, 1, { ...ONE_LIAR, byzantineProposer: true }),
    violated(6)
  ),
  preset('a lying proposer', configuration(3, 2, 2, 1, { byzantineProposer: true }), violated(9)),
  preset(
    'one vote of 3',
    configuration(3, 2, 2, 1, { ...ONE_LIAR, byzantineProposer: true, oneVote: true }),
    violated(6)
  ),
  preset(
    'one vote of 4',
    configuration(4, 3, 2, 1, { ...ONE_LIAR, byzantineProposer: true, oneVote: true }),
    holds(181, 448, 9)
  )
]

/** Paxos. */
export const paxos: AnySystem = defineSystem<PaxosConfiguration, PaxosState, PaxosStep>({
  name: 'paxos',
  says: 'Acceptors choose one value by ballots: single-decree Paxos, also with acceptors and proposers that lie.',
  mirrors: [
    { work: 'L. Lamport, Paxos Made Simple (2001)', where: 'section 2' },
    { work: 'tlaplus/Examples (TLA+)', where: 'PaxosHowToWinATuringAward: Consensus, Voting, Paxos' },
    { work: 'Byzantine Fault Tolerance and Blockchains (lecture)', where: 'Paxos and Byzantine faults' }
  ],
  form: paxosForm,
  sizes: { messages: count({ says: 'most messages that were sent in a state', initial: 3, most: 30 }) },
  refuses: refusesPaxos,
  model: (c) => modelOf(c),
  show: (c) => paxosShow(optionsOf(c), true),
  witnesses: sought,
  states: (c, { messages = 0 }) => statesWithin(optionsOf(c), messages),
  presets,
  mutants: misreadings.map((misreading) => ({
    ...misreading,
    model: (c) => modelOf(c, misreading),
    show: (c) => paxosShow(optionsOf(c), misreading.variant === undefined)
  }))
})
