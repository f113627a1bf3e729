/**
 * The case files of Bythos (`test/data/bythos/README.md`): one node in a state, one event, and what becomes of it.
 */
import { identity } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { ordCounted, ordSlot } from '../../../spec/byzantine/broadcast.js'
import type { Slot } from '../../../spec/byzantine/broadcast.js'
import { ord, ordNumber } from '../../../spec/prelude/order.js'
import { Address } from '../../../spec/system/codec.js'
import { Natural, suchThat } from '../codec.js'

/** What says how to read the rest of a case: a protocol of Bythos, of which there need not be a specification. */
export const BythosKind = t.type({ protocol: t.string }, 'a case of Bythos')

/** The protocols of Bythos of which there is one. */
export const BYTHOS_PROTOCOLS = ['RB'] as const
export type BythosProtocol = (typeof BYTHOS_PROTOCOLS)[number]

const addresses = t.array(Address, 'a list of addresses')
const naturals = t.array(Natural, 'a list of natural numbers')

const SlotKey = t.tuple([Address, Natural], 'a pair [orig, round]')

const Initial = t.type({ type: t.literal('Initial'), round: Natural, value: Natural }, 'Initial')
const of = { orig: Address, round: Natural, value: Natural }
const Echo = t.type({ type: t.literal('Echo'), ...of }, 'Echo')
const Vote = t.type({ type: t.literal('Vote'), ...of }, 'Vote')

const Counted = t.union([Echo, Vote], 'a message Echo or Vote')
export type WrittenCounted = t.TypeOf<typeof Counted>

const Message = t.union([Initial, Echo, Vote], 'a message Initial, Echo or Vote')
export type WrittenMessage = t.TypeOf<typeof Message>

/** A map: entries in strictly increasing order of their keys. */
const mapOf = <K, V>(
  key: t.Type<K, unknown>,
  value: t.Type<V, unknown>,
  name: string,
  isBelow: (k: K, l: K) => boolean
): t.Type<Array<[K, V]>, unknown> =>
  suchThat(t.array(t.tuple([key, value], `an entry of ${name}`)), `${name}, in increasing order of the keys`, (es) =>
    es.every(([k], i) => es.slice(i - 1, i).every(([before]) => isBelow(before, k)))
  )

const counted = ({ type, ...rest }: WrittenCounted) => ({ _tag: type, ...rest })
const isLowerSlot = (k: Slot, l: Slot): boolean => ord(ordSlot)(k, l)

const State = t.type(
  {
    id: Address,
    sent: mapOf(Natural, t.literal(true), 'entries [round, true]', ord(ordNumber)),
    echoed: mapOf(SlotKey, Natural, 'entries [[orig, round], value]', isLowerSlot),
    voted: mapOf(SlotKey, Natural, 'entries [[orig, round], value]', isLowerSlot),
    msgcnt: mapOf(Counted, addresses, 'entries [message, senders]', (k, l) => ord(ordCounted)(counted(k), counted(l))),
    output: mapOf(SlotKey, naturals, 'entries [[orig, round], values]', isLowerSlot)
  },
  'a state'
)
export type WrittenState = t.TypeOf<typeof State>

const Internal = t.type({ internal: Natural }, 'an event {internal}')
const Arrival = t.type({ from: Address, msg: Message }, 'an event {internal} or {from, msg}')

/** An event. Nothing but a key tells its two forms apart; by it the form is chosen that is said to be wrong. */
const Event = new t.Type<t.TypeOf<typeof Internal> | t.TypeOf<typeof Arrival>, unknown>(
  'an event {internal} or {from, msg}',
  (u) => Internal.is(u) || Arrival.is(u),
  (u, context) =>
    typeof u === 'object' && u !== null && 'internal' in u
      ? Internal.validate(u, context)
      : Arrival.validate(u, context),
  identity
)

const Packet = t.type({ src: Address, dst: Address, msg: Message }, 'a packet')

/** More nodes than anybody has files of: all that a node sends is made, to each of them. */
const MOST_NODES = 1000

/** A case of reliable broadcast. */
export const BroadcastCase = suchThat(
  t.type(
    {
      id: t.string,
      n: Natural,
      f: Natural,
      node: Address,
      before: State,
      event: Event,
      after: State,
      sent: t.array(Packet, 'a list of packets')
    },
    'a case of RB'
  ),
  `a case of RB, with f < n, and n ${String(MOST_NODES)} at most`,
  ({ n, f }) => f < n && n <= MOST_NODES
)
export type BroadcastCase = t.TypeOf<typeof BroadcastCase>
