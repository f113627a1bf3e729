/**
 * Paxos as an entry of the catalogue: by the messages that were ever sent, and by packets, with acceptors that fail or lie.
 *
 * By the messages that were ever sent an acceptor needs no step to fail: it sends nothing more, as it may anyhow. Where all
 * are honest, every state there is held against the invariant by which agreement is proved, too; elsewhere against agreement
 * and validity alone.
 */
import type { PaxosMessage, PaxosNode, StartBallot } from '../../../spec/byzantine/paxos/packets.js'
import { Paxos } from '../../../spec/byzantine/paxos/paxos.js'
import type { PaxosState, PaxosStep } from '../../../spec/byzantine/paxos/paxos.js'
import type { Untimed } from '../../checker/network/protocolModel.js'
import { systemModel } from '../../checker/model/systemModel.js'
import type { Model } from '../../checker/model/model.js'
import { count } from '../../systems/form.js'
import { defineWays, networkSubject, systemSubject } from '../../systems/define.js'
import type { SoughtState } from '../../systems/define.js'
import type { AnySystem } from '../../systems/system.js'
import { consensus } from './agreement.js'
import { optionsOf, paxosForm, paxosName, refusesPaxos } from './configuration.js'
import type { PaxosConfiguration } from './configuration.js'
import { inductiveInvariant } from './inductive.js'
import { keyOf } from './key.js'
import { misreadings } from './mutants.js'
import type { Misreading } from './mutants.js'
import { packetMutants } from './packetMutants.js'
import { packetNetwork, packetsSought } from './packetNetwork.js'
import type { PacketEnv } from './packetNetwork.js'
import { packetWords } from './packetShow.js'
import { presets } from './presets.js'
import { carriesOutVoting } from './refinement.js'
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

const modelOf = (c: PaxosConfiguration, misreading?: Misreading): Model<PaxosState, PaxosStep> => {
  const options = { ...optionsOf(c), ...misreading?.options }
  const isHonest = misreading === undefined && c.byzantineAcceptors === 0 && !c.byzantineProposer
  return systemModel<PaxosState, PaxosStep>({
    name: paxosName(c),
    system: Paxos(options, misreading?.variant).system,
    invariants: [consensus(options), ...(isHonest ? [inductiveInvariant(options)] : [])],
    properties: c.refines ? [carriesOutVoting(options)] : [],
    key: keyOf,
    kinds: ['1a', '1b', '2a', '2b'],
    states: sought(c)
  })
}

/** Level a: Paxos by the messages that were ever sent. */
const bySent = systemSubject<PaxosConfiguration, PaxosState, PaxosStep>({
  name: 'paxos',
  model: (c) => modelOf(c),
  show: (c) => paxosShow(optionsOf(c), true),
  witnesses: sought,
  states: (c, { messages = 0 }) => statesWithin(optionsOf(c), messages),
  mutants: misreadings.map((misreading) => ({
    ...misreading,
    model: (c) => modelOf(c, misreading),
    show: (c) => paxosShow(optionsOf(c), misreading.variant === undefined)
  }))
})

/** Level b: Paxos by packets. */
const byPackets = networkSubject<PaxosConfiguration, PacketEnv, PaxosNode, PaxosMessage, StartBallot, Untimed>({
  name: 'paxos',
  network: packetNetwork(),
  words: () => packetWords,
  witnesses: packetsSought,
  mutants: packetMutants
})

/** Paxos. */
export const paxos: AnySystem = defineWays<PaxosConfiguration>(
  {
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
    presets,
    mutants: [...misreadings, ...packetMutants]
  },
  (c, mutant) => (c.level === 'a' ? bySent : byPackets)(c, mutant)
)
