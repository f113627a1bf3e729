/**
 * Reliable broadcast as the Coq development Bythos has it (verse-lab/bythos, `Protocols/RB`), definition by definition:
 * Bracha's protocol, in many rounds at once, in which every node may be the origin of a value.
 *
 * The origin tells all its value. Whoever hears it first echoes it. Who has heard enough echoes of a value votes for it, and
 * so does who has heard a vote for it that an honest node must have cast. Enough votes for a value output it.
 *
 * Rounds and values are numbers here; Bythos leaves them open. Its maps are functions with a default, these are finite, and
 * have no entry where the default is meant.
 */
import * as E from 'fp-ts/lib/Eq.js'
import { contramap } from 'fp-ts/lib/Ord.js'
import type { Ord } from 'fp-ts/lib/Ord.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { ordNumber, ordString, thenBy } from '../prelude/order.js'
import { unionMap, unit } from '../prelude/unionMap.js'
import type { UnionMap } from '../prelude/unionMap.js'
import type { Address, NetAddr } from '../system/address.js'
import type { ByzThreshold } from '../system/bythos.js'
import { emitBroadcast } from '../system/protocol.js'
import type { ToSend } from '../system/protocol.js'

/** The number of a broadcast of one origin. */
export type Round = number

/** What is broadcast. */
export type Value = number

/** A broadcast: its origin, and its round. */
export type Slot = readonly [orig: Address, round: Round]

/**
 * Broadcasts are equal iff origin and round are; by origin, then by round.
 * @bythos Protocols/RB/Protocol.v AddrRdPair_eqdec
 */
export const ordSlot: Ord<Slot> = thenBy<Slot>(
  contramap(([orig]: Slot): number => orig)(ordNumber),
  contramap(([, round]: Slot) => round)(ordNumber)
)

/**
 * The value that a node broadcasts in a round, fixed beforehand.
 * @bythos Protocols/RB/Types.v ValueBFT value_bft
 */
export type ValueBFT = (n: Address, r: Round) => Value

/**
 * The value of its sender.
 * @bythos Protocols/RB/Types.v InitialMsg
 */
export interface InitialMsg {
  readonly _tag: 'Initial'
  readonly round: Round
  readonly value: Value
}

/**
 * What the sender has heard of an origin, or votes for.
 * @bythos Protocols/RB/Types.v EchoMsg VoteMsg
 */
export interface CountedMsg {
  readonly _tag: 'Echo' | 'Vote'
  readonly orig: Address
  readonly round: Round
  readonly value: Value
}

/**
 * What nodes tell each other.
 * @bythos Protocols/RB/Types.v RBMessage Message_ Message
 */
export type BroadcastMessage = InitialMsg | CountedMsg

/** The order of what is counted: echoes before votes, then by origin, round and value. */
export const ordCounted: Ord<CountedMsg> = thenBy<CountedMsg>(
  contramap(({ _tag }: CountedMsg): string => _tag)(ordString),
  contramap(({ orig, round }: CountedMsg): Slot => [orig, round])(ordSlot),
  contramap(({ value }: CountedMsg) => value)(ordNumber)
)

/**
 * Messages are equal iff kind, origin, round and value are.
 * @bythos Protocols/RB/Types.v Message_eqdec
 */
export const eq_message: E.Eq<BroadcastMessage> = E.fromEquals((l, m) =>
  l._tag === 'Initial' || m._tag === 'Initial'
    ? l._tag === m._tag && l.round === m.round && l.value === m.value
    : ordCounted.equals(l, m)
)

/**
 * The state of a node.
 * @bythos Protocols/RB/Protocol.v State_ Node id sent echoed voted msgcnt output State
 */
export interface BroadcastState {
  readonly id: Address
  /** The rounds in which it has broadcast its value. */
  readonly sent: UnionMap<Round, true>
  /** What it has echoed. */
  readonly echoed: UnionMap<Slot, Value>
  /** What it has voted for. */
  readonly voted: UnionMap<Slot, Value>
  /** From whom it has heard each message, the newest first. */
  readonly msgcnt: UnionMap<CountedMsg, ReadonlyArray<Address>>
  /** What it has output, the newest first. That it is one value at most is a theorem. */
  readonly output: UnionMap<Slot, ReadonlyArray<Value>>
}

/**
 * What a node does by itself: it broadcasts its value of a round.
 * @bythos Protocols/RB/Protocol.v InternalEvent
 */
export type BroadcastEvent = Round

/** The operations on the maps of a state. */
export const rounds = unionMap<Round>(ordNumber)
export const slots = unionMap<Slot>(ordSlot)
export const counts = unionMap<CountedMsg>(ordCounted)

/** What a map of lists has under a key. */
const listAt = <V>(found: Option<ReadonlyArray<V>>): ReadonlyArray<V> =>
  pipe(
    found,
    O.getOrElse((): ReadonlyArray<V> => [])
  )

/** From whom a node has heard a message. */
export const heard = ({ msgcnt }: BroadcastState, m: CountedMsg): ReadonlyArray<Address> =>
  listAt(counts.find(m, msgcnt))

/** What a node has output of a broadcast. */
export const outputOf = ({ output }: BroadcastState, slot: Slot): ReadonlyArray<Value> =>
  listAt(slots.find(slot, output))

/** How many senders of a message are enough. */
export interface Thresholds {
  readonly th_echo4vote: number
  readonly th_vote4vote: number
  readonly th_vote4output: number
}

/**
 * The thresholds of Bythos, of so many nodes of which it tolerates f.
 * @bythos Protocols/RB/Protocol.v th_echo4vote th_vote4vote th_vote4output
 */
export const thresholds = (nodes: number, { f }: ByzThreshold): Thresholds => ({
  th_echo4vote: nodes - f,
  th_vote4vote: f + 1,
  th_vote4output: nodes - f
})

/** What a node takes for granted; each rule has its place in the argument. */
export interface BroadcastRules {
  readonly thresholds: (nodes: number, BTh: ByzThreshold) => Thresholds
  /** It echoes a value, having echoed this of the same broadcast. */
  readonly mayEcho: (echoed: Option<Value>) => boolean
  /** It votes, having voted for this in the same broadcast. */
  readonly mayVote: (voted: Option<Value>) => boolean
  /** A sender counts, having been heard from these. */
  readonly mayCount: (src: Address, senders: ReadonlyArray<Address>) => boolean
  /** The senders with one more among them. */
  readonly count: (src: Address, senders: ReadonlyArray<Address>) => ReadonlyArray<Address>
}

/** The rules of Bythos: the first value is echoed, one vote is cast, and a sender counts once. */
export const broadcastRules: BroadcastRules = {
  thresholds,
  mayEcho: O.isNone,
  mayVote: O.isNone,
  mayCount: (src, senders) => !senders.includes(src),
  count: (src, senders) => [src, ...senders]
}

/**
 * The functor `RBProtocol` of Bythos: the handlers of the nodes of `A`, of which `f` may lie.
 * @bythos Protocols/RB/Protocol.v RBProtocol
 */
export const ReliableBroadcast = (
  A: NetAddr,
  BTh: ByzThreshold,
  value_bft: ValueBFT,
  rules: BroadcastRules = broadcastRules
  // eslint-disable-next-line max-lines-per-function -- the functor RBProtocol of Bythos, whole
) => {
  type Step = readonly [BroadcastState, ToSend<BroadcastMessage>]
  const { th_echo4vote, th_vote4vote, th_vote4output } = rules.thresholds(A.enum.length, BTh)
  const broadcast = (n: Address, m: BroadcastMessage): ToSend<BroadcastMessage> => emitBroadcast(n, A.enum, m)

  /**
   * Nothing said, nothing heard.
   * @bythos Protocols/RB/Protocol.v initState
   */
  const initState = (n: Address): BroadcastState => ({
    id: n,
    sent: unit,
    echoed: unit,
    voted: unit,
    msgcnt: unit,
    output: unit
  })

  /**
   * A node broadcasts its value of a round, once; itself is among those to whom it sends.
   * @bythos Protocols/RB/Protocol.v procInt
   */
  const procInt = (st: BroadcastState, round: BroadcastEvent): Step =>
    rounds.has(round, st.sent)
      ? [st, []]
      : [
          { ...st, sent: rounds.upd<true>(round, true, st.sent) },
          broadcast(st.id, { _tag: 'Initial', round, value: value_bft(st.id, round) })
        ]

  /**
   * What a message does before anything is decided: a value is echoed, a sender is counted; or nothing, and nothing will be.
   * @bythos Protocols/RB/Protocol.v procMsgPre
   */
  const procMsgPre = (st: BroadcastState, src: Address, m: BroadcastMessage): Option<Step> => {
    if (m._tag === 'Initial') {
      const { round, value } = m
      return rules.mayEcho(slots.find([src, round], st.echoed))
        ? O.some([
            { ...st, echoed: slots.upd([src, round], value, st.echoed) },
            broadcast(st.id, { _tag: 'Echo', orig: src, round, value })
          ])
        : O.none
    }
    const senders = heard(st, m)
    return rules.mayCount(src, senders)
      ? O.some([{ ...st, msgcnt: counts.upd(m, rules.count(src, senders), st.msgcnt) }, []])
      : O.none
  }

  /**
   * A node votes for what a message says: it has not voted, and enough have sent this very message.
   * @bythos Protocols/RB/Protocol.v check_vote_condition
   */
  const check_vote_condition = (st: BroadcastState, m: CountedMsg): boolean =>
    rules.mayVote(slots.find([m.orig, m.round], st.voted)) &&
    heard(st, m).length >= (m._tag === 'Echo' ? th_echo4vote : th_vote4vote)

  /**
   * A node outputs what a message says: it is a vote, and enough have sent it.
   * @bythos Protocols/RB/Protocol.v check_output_condition
   */
  const check_output_condition = (st: BroadcastState, m: CountedMsg): boolean =>
    m._tag === 'Vote' && heard(st, m).length >= th_vote4output

  /**
   * The vote for what a message says.
   * @bythos Protocols/RB/Protocol.v update_voted_by_msg
   */
  const update_voted_by_msg = (st: BroadcastState, { orig, round, value }: CountedMsg): Step => [
    { ...st, voted: slots.upd([orig, round], value, st.voted) },
    broadcast(st.id, { _tag: 'Vote', orig, round, value })
  ]

  /**
   * The state with what a message says in its output, once.
   * @bythos Protocols/RB/Protocol.v update_output_by_msg
   */
  const update_output_by_msg = ({ orig, round, value }: CountedMsg, st: BroadcastState): BroadcastState => {
    const before = outputOf(st, [orig, round])
    return before.includes(value) ? st : { ...st, output: slots.upd([orig, round], [value, ...before], st.output) }
  }

  /**
   * What is decided when a message was counted, by the count of this message alone: first the vote, then the output.
   * @bythos Protocols/RB/Protocol.v routine_check
   */
  const routine_check = (st: BroadcastState, m: CountedMsg): Step => {
    const [voted, sent]: Step = check_vote_condition(st, m) ? update_voted_by_msg(st, m) : [st, []]
    return [check_output_condition(voted, m) ? update_output_by_msg(m, voted) : voted, sent]
  }

  /**
   * What a node does with a message.
   * @bythos Protocols/RB/Protocol.v procMsg
   */
  const procMsg = (st: BroadcastState, src: Address, m: BroadcastMessage): Step =>
    pipe(
      procMsgPre(st, src, m),
      O.match(
        (): Step => [st, []],
        (step) => {
          if (m._tag === 'Initial') return step
          const [after, sent] = routine_check(step[0], m)
          return [after, [...step[1], ...sent]]
        }
      )
    )

  return { initState, procInt, procMsg }
}
