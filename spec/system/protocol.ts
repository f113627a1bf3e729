/**
 * What a protocol is to a network: how a node starts, what it does with a message, and what it may do by itself. Toychain's
 * (`spec/blockchain/protocol.ts`) is one.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import * as E from 'fp-ts/lib/Eq.js'
import type { Address } from './address.js'

/**
 * A message on its way.
 * @coq Systems/Protocol.v Packet src dst msg
 */
export interface Packet<Message> {
  readonly src: Address
  readonly dst: Address
  readonly msg: Message
}

/**
 * Packets are equal iff source, destination and message are.
 * @coq Systems/Protocol.v eq_pkt Packet_eqMixin Packet_eqType
 */
export const eq_pkt = <Message>(A: Eq<Address>, M: Eq<Message>): Eq<Packet<Message>> =>
  E.struct({ src: A, dst: A, msg: M })

/**
 * The packets that a step sends, in order.
 * @coq Systems/Protocol.v ToSend
 */
export type ToSend<Message> = ReadonlyArray<Packet<Message>>

/**
 * Send nothing.
 * @coq Systems/Protocol.v emitZero
 */
export const emitZero: ToSend<never> = []

/**
 * Send one packet.
 * @coq Systems/Protocol.v emitOne
 */
export const emitOne = <Message>(packet: Packet<Message>): ToSend<Message> => [packet]

/**
 * Send these packets.
 * @coq Systems/Protocol.v emitMany
 */
export const emitMany = <Message>(packets: ToSend<Message>): ToSend<Message> => packets

/**
 * Send one message to each of a list of addresses, in order; a repeated address gets a repeated packet.
 * @coq Systems/Protocol.v emitBroadcast
 * @bythos Structures/Types.v broadcast
 */
export const emitBroadcast = <Message>(from: Address, dst: ReadonlyArray<Address>, msg: Message): ToSend<Message> =>
  dst.map((to) => ({ src: from, dst: to, msg }))

/** A condition on one local state, with the name and the sentence under which a failure is reported. */
export interface LocalCondition<State> {
  readonly name: string
  readonly says: string
  readonly holds: (st: State) => boolean
}

/**
 * A protocol: the local states of its nodes, its messages, its internal transitions, and what drives them.
 * @bythos Systems/Protocol.v Protocol InternalEvent State initState procMsg procInt
 */
export interface Protocol<State, Message, Internal, Timestamp> {
  /** The state in which the node n starts. */
  readonly Init: (n: Address) => State
  /** A message arrives from an address at a time: the new state, and the packets to send, in order. */
  readonly procMsg: (st: State, from: Address, msg: Message, ts: Timestamp) => readonly [State, ToSend<Message>]
  /** An internal transition happens at a time: the new state, and the packets to send, in order. */
  readonly procInt: (st: State, tr: Internal, ts: Timestamp) => readonly [State, ToSend<Message>]
  /** The address that a state says it belongs to. */
  readonly id: (st: State) => Address
  /** What coherence asks of each local state besides its address. */
  readonly coherent: ReadonlyArray<LocalCondition<State>>
  /**
   * Internal transitions that may be behind a step in which these packets were sent; among them must be one for each
   * pair of new state and packets that `procInt` can produce. It makes the step relation decidable.
   */
  readonly transitionsBehind: (sent: ToSend<Message>) => ReadonlyArray<Internal>
  /**
   * The state in which a node goes on after a crash in this one: what was in stable storage, and the rest as it is at
   * first. Default: the protocol does not say, and no node can crash.
   */
  readonly restart?: (st: State) => State
  readonly State: Eq<State>
  readonly Message: Eq<Message>
  readonly Internal: Eq<Internal>
  readonly Timestamp: Eq<Timestamp>
}

/** A message, and to whom it goes. Whom it is from is not the sender's to write. */
export interface Letter<Message> {
  readonly to: Address
  readonly msg: Message
}

/** The same message to each of a list of addresses, in order. */
export const toEach = <Message>(to: ReadonlyArray<Address>, msg: Message): ReadonlyArray<Letter<Message>> =>
  to.map((one) => ({ to: one, msg }))

/** The handlers of a protocol in whose network nobody can write another's name on what it sends. */
export interface Handlers<State, Message, Internal, Timestamp> {
  /** The state in which the node n starts. */
  readonly Init: (n: Address) => State
  /** A message arrives from an address at a time: the new state, and what to send, in order. */
  readonly procMsg: (
    st: State,
    from: Address,
    msg: Message,
    ts: Timestamp
  ) => readonly [State, ReadonlyArray<Letter<Message>>]
  /** An internal transition happens at a time: the new state, and what to send, in order. */
  readonly procInt: (st: State, tr: Internal, ts: Timestamp) => readonly [State, ReadonlyArray<Letter<Message>>]
}

/** These handlers as those of a `Protocol`: the network stamps the address of a state on what its node sends. */
export const stamped = <State, Message, Internal, Timestamp>(
  { Init, procMsg, procInt }: Handlers<State, Message, Internal, Timestamp>,
  id: (st: State) => Address
): Pick<Protocol<State, Message, Internal, Timestamp>, 'Init' | 'procMsg' | 'procInt'> => {
  const stamp = (
    from: Address,
    [st, letters]: readonly [State, ReadonlyArray<Letter<Message>>]
  ): readonly [State, ToSend<Message>] => [st, letters.map(({ to, msg }) => ({ src: from, dst: to, msg }))]
  return {
    Init,
    procMsg: (st, from, msg, ts) => stamp(id(st), procMsg(st, from, msg, ts)),
    procInt: (st, tr, ts) => stamp(id(st), procInt(st, tr, ts))
  }
}

/** The protocol in which a message changes its receiver as before, and is never answered. */
export const withoutReplies = <State, Message, Internal, Timestamp>(
  Pr: Protocol<State, Message, Internal, Timestamp>
): Protocol<State, Message, Internal, Timestamp> => ({
  ...Pr,
  procMsg: (st, from, msg, ts) => [Pr.procMsg(st, from, msg, ts)[0], emitZero]
})
