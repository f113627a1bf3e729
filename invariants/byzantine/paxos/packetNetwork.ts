/**
 * Paxos by packets as a network: who is honest, what fails, and what is checked.
 */
import * as E from 'fp-ts/lib/Either.js'
import { identity } from 'fp-ts/lib/function.js'
import { PaxosByPackets } from '../../../spec/byzantine/paxos/packets.js'
import type { PacketVariant, PaxosMessage, PaxosNode, StartBallot } from '../../../spec/byzantine/paxos/packets.js'
import { netAddr } from '../../../spec/system/address.js'
import { keeping, withAdversary, withCrashes } from '../../../spec/system/adversary.js'
import type { Crashing, Deceived } from '../../../spec/system/adversary.js'
import { entries } from '../../../spec/prelude/unionMap.js'
import { addressed, freely } from '../../checker/network/protocolModel.js'
import type { ProtocolModelOptions, Untimed } from '../../checker/network/protocolModel.js'
import type { SeenState } from '../../checker/network/seen.js'
import type { SoughtState } from '../../systems/define.js'
import { agreement } from '../agreement.js'
import { packetsName, packetsOf } from './configuration.js'
import type { PaxosConfiguration } from './configuration.js'
import { ascent, oneValue } from './packetInvariants.js'
import { carriesOutPaxos, decidesWhatIsChosen } from './refinement.js'

export type PacketEnv = Deceived<Crashing<null>, null>

/** What makes a model of it. */
export type PacketNetwork = ProtocolModelOptions<PacketEnv, PaxosNode, PaxosMessage, StartBallot, Untimed>

/**
 * The network of Paxos, or of a variant of it.
 * @throws RangeError for a configuration that the form or `refusesPaxos` refuses.
 */
export const packetNetwork =
  (variant?: PacketVariant) =>
  (c: PaxosConfiguration): PacketNetwork => {
    const found = packetsOf(c)
    if (E.isLeft(found)) throw new RangeError(found.left)
    const { options, liars } = found.right
    const { handlers, offers, liars: full } = PaxosByPackets(options, variant)
    const honest = netAddr(c.nodes).enum.filter((n) => !liars.includes(n))
    const failing = { crashes: c.crashes, restarts: c.crashes, nodes: honest }
    const isLed = options.owners.every((n) => honest.includes(n))
    const tags = ['1a', '1b', '2a', '2b']
    return {
      name: packetsName(c),
      nodes: c.nodes,
      protocol: addressed(handlers),
      environment: withAdversary(
        full(liars),
        withCrashes(failing, (c.soup === 'keep' ? keeping : identity)(freely(offers)))
      ),
      invariants: [
        ...agreement<PaxosNode, PaxosMessage>(),
        ...(isLed ? oneValue : []),
        ...(c.refines ? [decidesWhatIsChosen(options, liars.length)] : [])
      ],
      properties: [ascent, ...(c.refines ? [carriesOutPaxos(options, liars.length)] : [])],
      observations: {
        states: [
          { name: 'votes', says: 'a node has voted', of: ({ vote }) => vote !== null },
          { name: 'decisions', says: 'a node has decided', of: ({ decided }) => decided !== null }
        ],
        steps: []
      },
      kinds: [
        ...(isLed ? ['Start', ...(c.quorum > 1 ? tags.map((tag) => `Deliver ${tag}`) : [])] : []),
        ...(liars.length > 0 ? tags.map((tag) => `Forge ${tag}`) : []),
        ...(c.crashes > 0 ? ['Crash', 'Restart'] : [])
      ]
    }
  }

type Sought = SoughtState<SeenState<PaxosNode, PaxosMessage, PacketEnv>>

/** What may be sought: the phases, each of which must be reached. */
export const packetsSought = (): ReadonlyArray<Sought> => {
  const some =
    (is: (st: PaxosNode) => boolean): Sought['of'] =>
    ({ world }) =>
      entries(world.localState).some(([, st]) => is(st))
  const every =
    (is: (st: PaxosNode) => boolean): Sought['of'] =>
    ({ world }) =>
      entries(world.localState).every(([, st]) => is(st))
  return [
    {
      name: 'answered',
      says: 'a proposer has heard an answer of another',
      isGoal: true,
      of: some(({ id, ballots }) => ballots.some(({ answers }) => answers.some(({ from }) => from !== id)))
    },
    {
      name: 'proposed',
      says: 'a node has proposed',
      isGoal: true,
      of: some(({ ballots }) => ballots.some(({ proposed }) => proposed !== null))
    },
    {
      name: 'voted',
      says: 'a node has voted in a ballot that it has not started',
      isGoal: true,
      of: some(({ vote, ballots }) => vote !== null && !ballots.some(({ ballot }) => ballot === vote.ballot))
    },
    {
      name: 'bound',
      says: 'a proposer has proposed what was voted for in a lower ballot',
      isGoal: true,
      of: some(({ ballots }) =>
        ballots.some(({ answers, proposed }) => answers.some(({ vote }) => vote !== null && vote.value === proposed))
      )
    },
    {
      name: 'overtaken',
      says: 'a node has started a ballot, and has promised not to vote in it',
      isGoal: true,
      of: some(({ ballots, maxBal }) => ballots.some(({ ballot }) => ballot < maxBal))
    },
    { name: 'decided', says: 'a node has decided', isGoal: true, of: some(({ decided }) => decided !== null) },
    { name: 'unanimous', says: 'all nodes have decided', isGoal: true, of: every(({ decided }) => decided !== null) }
  ]
}
