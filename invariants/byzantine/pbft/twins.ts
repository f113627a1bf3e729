/**
 * PBFT with twins: a replica that lies is two copies of one that does not, and the network is divided round by round.
 *
 * First clients ask. A client reaches those that it is with; where two copies of the primary are with different ones, they
 * propose different things. Then come the views, each begun by a timeout of all that are not in it yet: in one round each, or
 * in one for each phase.
 */
import type { PbftMessage } from '../../../spec/byzantine/pbft/messages.js'
import { pbftProtocol } from '../../../spec/byzantine/pbft/pbft.js'
import type { PbftInternal, PbftNode } from '../../../spec/byzantine/pbft/pbft.js'
import { iota } from '../../../spec/prelude/seq.js'
import type { Round, TwinsOptions, TwinsState, TwinsStep } from '../../../spec/system/twins.js'
import { addressed } from '../../checker/network/protocolModel.js'
import type { Untimed } from '../../checker/network/protocolModel.js'
import { seenOfTwins, twinsModel } from '../../checker/network/twinsModel.js'
import type { Model } from '../../checker/index.js'
import type { SoughtState } from '../../systems/define.js'
import type { Show } from '../../systems/show.js'
import { twinsShow } from '../../systems/twinsShow.js'
import { byzantineOf, pbftName } from './configuration.js'
import type { PbftConfiguration } from './configuration.js'
import { nodeGoals, packetsSought } from './goals.js'
import { invariantsOf, offersOf, pbftOf } from './network.js'
import type { PacketVariant } from './network.js'
import { packetWords } from './packetShow.js'

type PbftRound = Round<PbftNode, PbftMessage, PbftInternal>
type PbftTwins = TwinsState<PbftNode, PbftMessage>

/** The phases of a view, and what belongs to each. All else arrives in whichever it is sent. */
const PHASES: ReadonlyArray<readonly [phase: string, messages: ReadonlyArray<PbftMessage['_tag']>]> = [
  ['pre-prepare', ['ViewChange', 'NewView', 'PrePrepare']],
  ['prepare', ['Prepare']],
  ['commit', ['Commit']],
  ['checkpoint', ['Checkpoint']]
]
const PHASED = PHASES.flatMap(([, messages]) => messages)

/** The network is divided into two groups, as often as the configuration lets it. */
const GROUPS = 2

/** The rounds of a view. */
const roundsOf = (c: PbftConfiguration, view: number): ReadonlyArray<PbftRound> => {
  const divides: PbftRound['divides'] = (n) => n < c.nodes
  const begins: PbftRound['begins'] = (_n, st) =>
    st._tag === 'Replica' && st.view < view ? [{ _tag: 'Timeout', view }] : []
  const name = `view ${String(view)}`
  return c.twins === 'views'
    ? [{ name, begins, takes: () => true, divides }]
    : PHASES.map(([phase, messages], i) => ({
        name: `${name}, ${phase}`,
        begins: i === 0 ? begins : () => [],
        takes: ({ _tag }) => messages.includes(_tag) || !PHASED.includes(_tag),
        divides
      }))
}

/** The protocol with its twins, and its rounds. */
const twinsOf = (
  c: PbftConfiguration,
  variant: PacketVariant = {}
): TwinsOptions<PbftNode, PbftMessage, PbftInternal, Untimed> => {
  const pbft = pbftOf(c, variant)
  const protocol = addressed(pbftProtocol(pbft))
  const offers = offersOf(pbft, c)
  const requests: PbftRound = {
    name: 'requests',
    begins: (n, st) => (st._tag === 'Client' ? offers(n, st) : []),
    takes: ({ _tag }) => _tag === 'Request',
    divides: () => true
  }
  return {
    nodes: [...pbft.replicas, ...pbft.clients],
    twins: pbft.replicas.filter((n) => byzantineOf(c).includes(n)),
    protocol: () => protocol,
    ts: 0,
    rounds: [requests, ...iota(c.lastView + 1).flatMap((view) => roundsOf(c, view))],
    groups: GROUPS,
    changes: c.changes
  }
}

/** The model of PBFT with twins, or of a variant of it. */
export const pbftTwins = (c: PbftConfiguration, variant: PacketVariant = {}): Model<PbftTwins, TwinsStep> =>
  twinsModel({
    name: pbftName(c),
    twins: twinsOf(c, variant),
    invariants: invariantsOf(c),
    observations: nodeGoals
  })

/** How its executions are shown. */
export const pbftTwinsShow = (c: PbftConfiguration): Show<PbftTwins, TwinsStep> => twinsShow(twinsOf(c), packetWords())

/** What may be sought in them. */
export const soughtTwins = (c: PbftConfiguration): ReadonlyArray<SoughtState<PbftTwins>> => {
  const see = seenOfTwins<PbftNode, PbftMessage>(twinsOf(c))
  return packetsSought.map((one) => ({ ...one, of: (s) => one.of(see(s)) }))
}
