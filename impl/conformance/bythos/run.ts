/**
 * Cases of Bythos: one event, handled by the specification's reliable broadcast.
 */
import { counts, ReliableBroadcast, rounds, slots } from '../../../spec/byzantine/broadcast.js'
import type { BroadcastMessage, BroadcastState, CountedMsg } from '../../../spec/byzantine/broadcast.js'
import { entries } from '../../../spec/prelude/unionMap.js'
import { netAddr } from '../../../spec/system/address.js'
import type { Address } from '../../../spec/system/address.js'
import type { Comparison } from '../comparison.js'
import { compare } from '../comparison.js'
import type { BroadcastCase, WrittenCounted, WrittenMessage, WrittenState } from './codec.js'

/** The parameter `value_bft` that Bythos leaves open, as the files have it. */
export const value_bft = (n: Address, r: number): number => (3 * n + 5 * r + 1) % 7

const readCounted = ({ type, orig, round, value }: WrittenCounted): CountedMsg => ({ _tag: type, orig, round, value })

/** A message of the files. */
export const readMessage = (m: WrittenMessage): BroadcastMessage =>
  m.type === 'Initial' ? { _tag: m.type, round: m.round, value: m.value } : readCounted(m)

const message = ({ _tag, ...rest }: BroadcastMessage) => ({ type: _tag, ...rest })

/** A state of the files. */
export const readState = ({ id, sent, echoed, voted, msgcnt, output }: WrittenState): BroadcastState => ({
  id,
  sent: rounds.fromEntries(sent),
  echoed: slots.fromEntries(echoed),
  voted: slots.fromEntries(voted),
  msgcnt: counts.fromEntries(msgcnt.map(([m, senders]) => [readCounted(m), senders])),
  output: slots.fromEntries(output)
})

const state = ({ id, sent, echoed, voted, msgcnt, output }: BroadcastState) => ({
  id,
  sent: entries(sent),
  echoed: entries(echoed),
  voted: entries(voted),
  msgcnt: entries(msgcnt).map(([m, senders]) => [message(m), senders]),
  output: entries(output)
})

/** All comparisons of a case: every field of the state afterwards, whose state it is, and what is sent. */
export function* runBroadcast({ n, f, node, before, event, after, sent }: BroadcastCase): Generator<Comparison> {
  const { procInt, procMsg } = ReliableBroadcast(netAddr(n), { f }, value_bft)
  const st = readState(before)
  const [now, packets] =
    'internal' in event ? procInt(st, event.internal) : procMsg(st, event.from, readMessage(event.msg))
  yield* compare('after', after, state(now))
  yield* compare(
    'case',
    { node, sent },
    { node: now.id, sent: packets.map(({ msg, ...p }) => ({ ...p, msg: message(msg) })) }
  )
}
