/**
 * PBFT as a network: replicas, clients, and what a replica that lies may say.
 */
import { identity } from 'fp-ts/lib/function.js'
import { liars } from '../../../spec/byzantine/pbft/adversary.js'
import type { Heard } from '../../../spec/byzantine/pbft/adversary.js'
import type { PbftMessage, Request } from '../../../spec/byzantine/pbft/messages.js'
import { pbftProtocol } from '../../../spec/byzantine/pbft/pbft.js'
import type { PbftInternal, PbftNode } from '../../../spec/byzantine/pbft/pbft.js'
import { digestOf } from '../../../spec/byzantine/pbft/replica.js'
import type { Pbft, Service } from '../../../spec/byzantine/pbft/replica.js'
import { primaryOf, replicationOf } from '../../../spec/byzantine/pbft/replication.js'
import type { Replication } from '../../../spec/byzantine/pbft/replication.js'
import { pbftRules } from '../../../spec/byzantine/pbft/rules.js'
import type { PbftRules } from '../../../spec/byzantine/pbft/rules.js'
import { iota } from '../../../spec/prelude/seq.js'
import { netAddr } from '../../../spec/system/address.js'
import type { Address } from '../../../spec/system/address.js'
import { keeping, withAdversary } from '../../../spec/system/adversary.js'
import type { Deceived } from '../../../spec/system/adversary.js'
import { addressed, freely } from '../../checker/network/protocolModel.js'
import type { ProtocolModelOptions, Untimed } from '../../checker/network/protocolModel.js'
import { agreementInvariants } from './agreementInvariants.js'
import { nodeGoals } from './goals.js'
import { byzantineOf, pbftName, slotOptionsOf } from './configuration.js'
import type { PbftConfiguration } from './configuration.js'
import { refinesSlots } from './refinement.js'
import { replicaInvariants } from './replicaInvariants.js'
import { sentInvariants } from './sentInvariants.js'
import { logService, serviceInvariants } from './service.js'
import { pbftSteps } from './steps.js'

/** What makes a model of it. */
export type PbftNetwork = ProtocolModelOptions<Deceived<null, Heard>, PbftNode, PbftMessage, PbftInternal, Untimed>

/** What a variant changes: the rules, and whether who lies also says what the right rules refuse. */
export interface PacketVariant {
  readonly rules?: (right: PbftRules, replication: Replication) => Partial<PbftRules>
  readonly alsoRefused?: boolean
  /** What is replicated. Default: the log of operations. */
  readonly service?: Service
}

/** The operation that a client asks for: `a1` is the first of the first one. */
const operationOf = (client: number, timestamp: number): string => `${'abc'.charAt(client)}${String(timestamp)}`

/** A digest of so many bits. */
const hashed = (text: string, bits: number): string =>
  String(Array.from(text).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 2 ** bits, 0))

/** The service with its replicas and clients. */
export const pbftOf = (c: PbftConfiguration, variant: PacketVariant = {}): Pbft => {
  const { nodes, clients, period, window, hashBits } = c
  const all = netAddr(nodes + clients).enum
  const replication = replicationOf(nodes)
  const right = pbftRules(replication)
  return {
    ...replication,
    replicas: all.slice(0, nodes),
    clients: all.slice(nodes),
    service: variant.service ?? logService,
    digest: (text) => (hashBits === undefined ? text : hashed(text, hashBits)),
    period,
    window,
    rules: { ...right, ...variant.rules?.(right, replication) }
  }
}

/** All that clients may ask for. */
const requestsOf = ({ clients }: Pbft, c: PbftConfiguration): ReadonlyArray<Request> =>
  clients.flatMap((client, i) =>
    iota(c.requests).map((t) => ({ client, timestamp: t + 1, operation: operationOf(i, t + 1) }))
  )

/** What a node may do by itself. */
export const offersOf =
  (pbft: Pbft, c: PbftConfiguration) =>
  (_n: Address, st: PbftNode): ReadonlyArray<PbftInternal> => {
    if (st._tag === 'Client') {
      const next = st.done.length + 1
      return st.pending === null && next <= c.requests
        ? [{ _tag: 'Ask', operation: operationOf(pbft.clients.indexOf(st.id), next) }]
        : []
    }
    return iota(c.lastView + 1)
      .filter((view) => (c.nextViewOnly ? view === st.view + 1 : view > st.view))
      .map((view) => ({ _tag: 'Timeout', view }))
  }

/** What is asked of every state, by the right rules. */
export const invariantsOf = (c: PbftConfiguration): PbftNetwork['invariants'] => {
  const right = pbftOf(c)
  const { agreement, others } = agreementInvariants(right)
  return [
    ...agreement,
    ...(c.invariants === 'all'
      ? [...others, ...replicaInvariants(right), ...sentInvariants(right), ...serviceInvariants(right)]
      : [])
  ]
}

/** The network, or a variant of it. */
export const pbftNetwork =
  (variant: PacketVariant = {}) =>
  (c: PbftConfiguration): PbftNetwork => {
    const pbft = pbftOf(c, variant)
    const requests = requestsOf(pbft, c)
    const corrupt = pbft.replicas.filter((n) => byzantineOf(c).includes(n))
    const lastNumber = requests.length
    const adversary = liars(pbft, corrupt, {
      lastView: c.lastView,
      lastNumber,
      alsoRefused: variant.alsoRefused ?? false
    })
    const digests = [...new Set(requests.map((r) => digestOf(pbft, r)))]
    return {
      name: pbftName(c),
      nodes: c.nodes + c.clients,
      protocol: addressed(pbftProtocol(pbft)),
      environment: withAdversary(adversary, (c.keep ? keeping : identity)(freely(offersOf(pbft, c)))),
      invariants: invariantsOf(c),
      properties: [
        ...(c.invariants === 'all' ? pbftSteps : []),
        ...(c.refines === undefined ? [] : [refinesSlots(pbft, slotOptionsOf(c), digests, lastNumber)])
      ],
      observations: { states: nodeGoals, steps: [] },
      kinds: [
        'Ask',
        ...(c.lastView > 0 ? ['Timeout'] : []),
        ...KINDS.map((tag) => `Deliver ${tag}`),
        ...saidBy(pbft, corrupt, c.lastView).map((tag) => `Forge ${tag}`)
      ],
      weights: { Timeout: 0.05, ...Object.fromEntries(FORGED.map((tag) => [`Forge ${tag}`, 0.02])) }
    }
  }

/** What a liar says. There is much of it that changes nothing, so that honest steps are to be more likely. */
const FORGED: ReadonlyArray<PbftMessage['_tag']> = [
  'PrePrepare',
  'Prepare',
  'Commit',
  'Reply',
  'Checkpoint',
  'ViewChange',
  'NewView'
]
const KINDS: ReadonlyArray<PbftMessage['_tag']> = ['Request', ...FORGED, 'FetchState', 'StateTransfer']

/** Which of these some replicas may say in views up to the last. */
const saidBy = (pbft: Pbft, corrupt: ReadonlyArray<Address>, lastView: number): ReadonlyArray<PbftMessage['_tag']> => {
  const led = iota(lastView + 1).filter((view) => corrupt.some((n) => n === primaryOf(pbft, view)))
  const isSaid: Partial<Record<PbftMessage['_tag'], boolean>> = {
    PrePrepare: led.length > 0,
    Prepare: led.length <= lastView,
    ViewChange: lastView > 0,
    NewView: led.some((view) => view > 0)
  }
  return corrupt.length === 0 ? [] : FORGED.filter((tag) => isSaid[tag] ?? true)
}
