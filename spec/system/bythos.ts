/**
 * Networks with Byzantine nodes as the Coq development Bythos has them (verse-lab/bythos, of the paper _Compositional
 * Verification of Composite Byzantine Protocols_, CCS 2024, by Toychain's authors among others): packets that are marked when
 * they are received and may be received again, and four kinds of step. In one of them a Byzantine node puts a packet into
 * the soup, if the adversary's constraint allows it.
 *
 * `adversary.ts` says the same in another way, which needs no steps of Byzantine nodes: a packet that could be put into the
 * soup is on offer to its receiver. That both lead honest nodes to the same states is tested (`bythos.test.ts`).
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { pipe } from 'fp-ts/lib/function.js'
import { isIn } from '../prelude/seq.js'
import { unionMap } from '../prelude/unionMap.js'
import type { Address, NetAddr } from './address.js'
import { eq_pkt } from './protocol.js'
import type { Packet, Protocol } from './protocol.js'
import { States } from './states.js'
import type { StateMap } from './states.js'

/**
 * A message on its way, and whether it was received.
 * @bythos Structures/Types.v Packet_ mkP src dst msg received Packet
 */
export interface MarkedPacket<Message> extends Packet<Message> {
  readonly received: boolean
}

/**
 * Packets are equal iff source, destination, message and mark are.
 * @bythos Structures/Types.v Packet_eqdec
 */
export const eq_marked = <Message>(A: Eq<Address>, M: Eq<Message>): Eq<MarkedPacket<Message>> => ({
  equals: (p, q) => eq_pkt(A, M).equals(p, q) && p.received === q.received
})

/**
 * The packet, received.
 * @bythos Structures/Types.v markRcv
 */
export const markRcv = <Message>(p: MarkedPacket<Message>): MarkedPacket<Message> => ({ ...p, received: true })

/**
 * The packets that were ever sent.
 * @bythos Systems/States.v PacketSoup
 */
export type MarkedSoup<Message> = ReadonlyArray<MarkedPacket<Message>>

/**
 * One more packet is sent.
 * @bythos Systems/States.v sendout1
 */
export const sendout1 = <Message>(p: MarkedPacket<Message>, psent: MarkedSoup<Message>): MarkedSoup<Message> => [
  p,
  ...psent
]

/**
 * More packets are sent.
 * @bythos Systems/States.v sendout
 */
export const sendout = <Message>(pkts: MarkedSoup<Message>, psent: MarkedSoup<Message>): MarkedSoup<Message> => [
  ...pkts,
  ...psent
]

/**
 * The soup in which a packet, every copy of it, is received.
 * @bythos Systems/States.v consume
 */
export const consume =
  <Message>(A: Eq<Address>, M: Eq<Message>) =>
  (p: MarkedPacket<Message>, psent: MarkedSoup<Message>): MarkedSoup<Message> => [
    markRcv(p),
    ...psent.filter((q) => !eq_marked(A, M).equals(p, q))
  ]

/**
 * The state of a network: of every node, the Byzantine ones among them, and the soup.
 * @bythos Systems/States.v SystemState mkW localState packetSoup
 */
export interface SystemState<State, Message> {
  readonly localState: StateMap<State>
  readonly packetSoup: MarkedSoup<Message>
}

/**
 * Which nodes are Byzantine.
 * @bythos Systems/Network.v ByzSetting isByz
 */
export interface ByzSetting {
  readonly isByz: (n: Address) => boolean
}

/**
 * How many nodes are.
 * @bythos Systems/Network.v num_byz
 */
export const num_byz = (A: NetAddr, { isByz }: ByzSetting): number => A.enum.filter(isByz).length

/**
 * How many Byzantine nodes are tolerated; fewer than there are nodes.
 * @bythos Systems/Protocol.v ByzThreshold f
 */
export interface ByzThreshold {
  readonly f: number
}

/**
 * The law of a threshold: f < N.
 * @bythos Systems/Protocol.v f_lt_N
 */
export const f_lt_N = (A: NetAddr, { f }: ByzThreshold): boolean => f < A.enum.length

/**
 * Less than a third of all nodes.
 * @bythos Systems/Protocol.v ClassicByzThreshold
 */
export const classicByzThreshold = (A: NetAddr): ByzThreshold => ({ f: Math.floor((A.enum.length - 1) / 3) })

/**
 * The law of a setting that is restricted by a threshold: no more nodes are Byzantine than it tolerates.
 * @bythos Systems/Network.v RestrictedByzSetting num_byz_le_f
 */
export const num_byz_le_f = (A: NetAddr, BTh: ByzThreshold, BSett: ByzSetting): boolean => num_byz(A, BSett) <= BTh.f

/**
 * What Byzantine nodes may send: a message in a state of the network. (`Adversary` there; the name is taken here by the
 * adversary that is a closure.)
 * @bythos Systems/Network.v Adversary byzConstraints
 */
export interface ByzConstraints<State, Message> {
  readonly byzConstraints: (m: Message, w: SystemState<State, Message>) => boolean
}

/**
 * The choice that makes a step a function.
 * @bythos Systems/Network.v system_step_tag Stuttering Delivery Internal Byzantine
 */
export type SystemStepTag<Message, Internal> =
  | { readonly _tag: 'Stuttering' }
  | { readonly _tag: 'Delivery'; readonly p: MarkedPacket<Message> }
  | { readonly _tag: 'Internal'; readonly proc: Address; readonly t: Internal }
  | { readonly _tag: 'Byzantine'; readonly src: Address; readonly dst: Address; readonly m: Message }

/**
 * The functor `Network` of Bythos: the steps of a protocol on the nodes of `A`, some of which are Byzantine. Its protocols do
 * not ask what time it is; those here may, and it is always the same.
 * @bythos Systems/Network.v Network
 */
export const ByzantineNetwork = <State, Message, Internal, Timestamp>(
  A: NetAddr,
  { isByz, byzConstraints }: ByzSetting & ByzConstraints<State, Message>,
  Pr: Protocol<State, Message, Internal, Timestamp>,
  ts: Timestamp
  // eslint-disable-next-line max-lines-per-function -- the functor Network of Bythos, whole
) => {
  type W = SystemState<State, Message>
  const { find, upd } = unionMap(A.Address)
  const { initState } = States(A, Pr)
  const marked = eq_marked(A.Address, Pr.Message)
  const unreceived = (sent: ReadonlyArray<Packet<Message>>): MarkedSoup<Message> =>
    sent.map((p) => ({ ...p, received: false }))

  /**
   * Every node in its initial state, nothing sent.
   * @bythos Systems/States.v initSystemState
   */
  const initSystemState: W = { localState: initState, packetSoup: [] }

  /** The state when a node has gone to another, and sent something; the same where there is no such node. */
  const reacted = (
    w: W,
    n: Address,
    psent: MarkedSoup<Message>,
    react: (st: State) => readonly [State, ReadonlyArray<Packet<Message>>]
  ): W =>
    pipe(
      find(n, w.localState),
      O.match(
        () => w,
        (st) => {
          const [after, ms] = react(st)
          return { localState: upd(n, after, w.localState), packetSoup: sendout(unreceived(ms), psent) }
        }
      )
    )

  /**
   * The state after a choice, whether or not it may be made.
   * @bythos Systems/Network.v next_sysstate
   */
  const next_sysstate = (q: SystemStepTag<Message, Internal>, w: W): W => {
    switch (q._tag) {
      case 'Stuttering':
        return w
      case 'Delivery':
        return reacted(w, q.p.dst, consume(A.Address, Pr.Message)(q.p, w.packetSoup), (st) =>
          Pr.procMsg(st, q.p.src, q.p.msg, ts)
        )
      case 'Internal':
        return reacted(w, q.proc, w.packetSoup, (st) => Pr.procInt(st, q.t, ts))
      case 'Byzantine':
        return {
          ...w,
          packetSoup: sendout1({ src: q.src, dst: q.dst, msg: q.m, received: false }, w.packetSoup)
        }
    }
  }

  /** A choice may be made: the premises of the four rules. */
  const mayStep = (q: SystemStepTag<Message, Internal>, w: W): boolean => {
    switch (q._tag) {
      case 'Stuttering':
        return true
      case 'Delivery':
        // Also if it was received.
        return isIn(marked)(q.p, w.packetSoup) && !isByz(q.p.dst)
      case 'Internal':
        return !isByz(q.proc)
      case 'Byzantine':
        return isByz(q.src) && byzConstraints(q.m, w)
    }
  }

  /**
   * The step that a choice makes; none where it may not be made. In Coq it is a relation between both states.
   * @bythos Systems/Network.v system_step StutteringStep DeliveryStep InternalStep ByzantineStep
   */
  const system_step = (q: SystemStepTag<Message, Internal>, w: W): Option<W> =>
    mayStep(q, w) ? O.some(next_sysstate(q, w)) : O.none

  return { initSystemState, next_sysstate, system_step }
}
