/**
 * Reliable broadcast as a network: its nodes, what they do by themselves, and what Byzantine ones may say.
 */
import { broadcastRules, ReliableBroadcast, rounds, thresholds } from '../../../spec/byzantine/broadcast.js'
import type {
  BroadcastEvent,
  BroadcastMessage,
  BroadcastRules,
  BroadcastState
} from '../../../spec/byzantine/broadcast.js'
import { entries } from '../../../spec/prelude/unionMap.js'
import type { Address } from '../../../spec/system/address.js'
import { full, withAdversary } from '../../../spec/system/adversary.js'
import type { Adversary, Deceived } from '../../../spec/system/adversary.js'
import { classicByzThreshold } from '../../../spec/system/bythos.js'
import type { Packet } from '../../../spec/system/protocol.js'
import { freely, untimed } from '../../checker/network/protocolModel.js'
import type { ProtocolModelOptions, Untimed } from '../../checker/network/protocolModel.js'
import type { Renaming } from '../../checker/network/symmetry.js'
import { broadcastName, scopeOf } from './configuration.js'
import type { BroadcastConfiguration, BroadcastScope, Lies } from './configuration.js'
import { liveness } from './liveness.js'
import { safety } from './safety.js'

/** What makes a model of it. */
export type BroadcastNetwork = ProtocolModelOptions<
  Deceived<null, null>,
  BroadcastState,
  BroadcastMessage,
  BroadcastEvent,
  Untimed
>

const sorted = (ns: ReadonlyArray<Address>): ReadonlyArray<Address> => [...ns].sort((n, m) => n - m)

/**
 * The rules of Bythos, with senders in the order of their addresses: in which order they were heard nobody asks, and states
 * that differ in nothing else are one.
 */
export const setRules: BroadcastRules = { ...broadcastRules, count: (src, senders) => sorted([src, ...senders]) }

/** Which messages they say. */
const isSaid: Readonly<Record<Lies, (m: BroadcastMessage) => boolean>> = {
  anything: () => true,
  initials: ({ _tag }) => _tag === 'Initial',
  votes: ({ _tag }) => _tag === 'Vote',
  nothing: () => false
}

/** All that Byzantine nodes could say of these broadcasts. */
const sayable = (
  { honest, liars, slots, values }: BroadcastScope,
  lies: Lies
): ReadonlyArray<Packet<BroadcastMessage>> =>
  liars.flatMap((src) =>
    slots.flatMap(([orig, round]) =>
      values.flatMap((value) => {
        const said: ReadonlyArray<BroadcastMessage> = [
          ...(src === orig ? [{ _tag: 'Initial', round, value } as const] : []),
          ...(['Echo', 'Vote'] as const).map((_tag) => ({ _tag, orig, round, value }))
        ]
        return said.filter(isSaid[lies]).flatMap((msg) => honest.map((dst) => ({ src, dst, msg })))
      })
    )
  )

/** Where the origin is Byzantine, it does not matter what the honest nodes are called. */
const symmetry: NonNullable<BroadcastNetwork['symmetry']> = {
  env: (_to, env) => env,
  state: (to: Renaming, st) => ({
    ...st,
    id: to(st.id),
    msgcnt: { _tag: 'Def', entries: entries(st.msgcnt).map(([m, senders]) => [m, sorted(senders.map(to))]) }
  }),
  message: (_to, m) => m
}

/** The network of nodes that take these rules for granted. */
export const broadcastNetwork =
  (rules: BroadcastRules) =>
  (c: BroadcastConfiguration): BroadcastNetwork => {
    const scope = scopeOf(c)
    const { A, liars, slots, value_bft, isHonest } = scope
    const BTh = classicByzThreshold(A)
    const { initState, procInt, procMsg } = ReliableBroadcast(A, BTh, value_bft, rules)
    const packets = sayable(scope, c.lies)
    const adversary: Adversary<BroadcastMessage, null> = full(c.lies, liars, packets)
    const offers = (n: Address, { sent }: BroadcastState): ReadonlyArray<BroadcastEvent> =>
      slots.flatMap(([orig, round]) => (orig === n && !rounds.has(round, sent) ? [round] : []))
    const tags = [...new Set(packets.map(({ msg }) => msg._tag))]
    return {
      name: `broadcast ${broadcastName(c)}`,
      nodes: c.nodes,
      protocol: untimed({ Init: initState, procInt, procMsg }),
      environment: withAdversary(adversary, freely(offers)),
      invariants: safety(scope, thresholds(c.nodes, BTh).th_echo4vote),
      properties: c.liveness ? liveness(scope) : [],
      observations: {
        states: [
          { name: 'votes', says: 'a node has voted', of: ({ voted }) => entries(voted).length > 0 },
          { name: 'outputs', says: 'a node has output a value', of: ({ output }) => entries(output).length > 0 }
        ],
        steps: []
      },
      kindOfInternal: () => 'Broadcast',
      kinds: [
        ...(isHonest ? ['Broadcast', 'Deliver Initial'] : []),
        ...['Deliver Echo', 'Deliver Vote'],
        ...tags.map((tag) => `Forge ${tag}`)
      ],
      ...(!isHonest && !c.liveness && { symmetry })
    }
  }
