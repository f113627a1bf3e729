/**
 * One round and a majority: the first idea for generals who have to agree, of the lecture («Why is Byzantine agreement
 * hard?»). There is no commander. Every general has a plan and tells it to all others; who has heard the plans of all, its
 * own among them, does what most of them plan, and retreats where there is a tie. Traitors tell each what they like.
 *
 * Messages are asynchronous here, and none is lost. Who has sent one is known.
 */
import { entries } from '../prelude/unionMap.js'
import { iota } from '../prelude/seq.js'
import { Address } from '../system/codec.js'
import { full } from '../system/adversary.js'
import type { Adversary } from '../system/adversary.js'
import type { World } from '../system/network.js'
import { toEach } from '../system/protocol.js'
import type { Handlers, Packet } from '../system/protocol.js'
import { DEFAULT, ORDERS } from './generals.js'
import type { Order } from './generals.js'
import { majority } from './oralMessages.js'

/** How many generals there are, and how many of them, the last ones, are traitors. */
export interface Roster {
  readonly nodes: number
  readonly traitors: number
}

/** What a general tells the others: its plan. */
export interface Plan {
  readonly _tag: 'Plan'
  readonly plan: Order
}

/** A loyal general. */
export interface GeneralState {
  readonly id: Address
  readonly plan: Order
  /** The plan that each general has told it, by address, and its own; null: it has heard nothing of it. */
  readonly heard: ReadonlyArray<Order | null>
  readonly decided: Order | null
}

/** How a general goes about it. */
export interface OneRoundRules {
  /** It takes in what it is told by a general. */
  readonly listens: (st: GeneralState, from: Address) => boolean
  /** Of whom it takes that for the plan. */
  readonly speaker: (st: GeneralState, from: Address) => number
  /** How many of so many plans it waits for, its own among them. */
  readonly waitsFor: (nodes: number) => number
  /** What it decides by the plans that it has heard. */
  readonly decides: (plans: ReadonlyArray<Order>) => Order
}

/** It waits for all, what a general tells it first counts, and the majority decides, once. */
export const oneRoundRules: OneRoundRules = {
  listens: ({ decided, heard }, from) => decided === null && heard[from] === null,
  speaker: (_, from) => from,
  waitsFor: (nodes) => nodes,
  decides: majority
}

/** All lists of so many orders. */
export const orderings = (many: number): ReadonlyArray<ReadonlyArray<Order>> =>
  many === 0 ? [[]] : orderings(many - 1).flatMap((some) => ORDERS.map((order) => [...some, order]))

/** One round with its roster chosen, of which a general at least is loyal. */
export const OneRound = ({ nodes, traitors }: Roster, { listens, speaker, waitsFor, decides } = oneRoundRules) => {
  const all = iota(nodes).filter(Address.is)
  const loyal = all.slice(0, nodes - traitors)
  const disloyal = all.slice(nodes - traitors)

  const tell = (src: Address, to: ReadonlyArray<Address>, plan: Order): ReadonlyArray<Packet<Plan>> =>
    toEach(
      to.filter((n) => n !== src),
      { _tag: 'Plan', plan } as const
    ).map((letter) => ({ src, dst: letter.to, msg: letter.msg }))

  /** A general with a plan, which it has told nobody yet. */
  const planning = (id: Address, plan: Order): GeneralState => ({
    id,
    plan,
    heard: all.map((n) => (n === id ? plan : null)),
    decided: null
  })

  const handlers: Handlers<GeneralState, Plan, never, 0> = {
    Init: (id) => planning(id, DEFAULT),
    procMsg: (st, from, { plan }) => {
      if (!listens(st, from)) return [st, []]
      const by = speaker(st, from)
      const heard = st.heard.map((known, n) => (n === by ? plan : known))
      const plans = heard.filter((known) => known !== null)
      return [{ ...st, heard, decided: plans.length < waitsFor(nodes) ? st.decided : decides(plans) }, []]
    },
    procInt: (st) => [st, []]
  }

  /** The world in which the loyal generals have these plans, in order, and have told the others. */
  const planned = (plans: ReadonlyArray<Order>): World<GeneralState, Plan> => {
    const planOf = (n: Address): Order => plans[n] ?? DEFAULT
    return {
      localState: { _tag: 'Def', entries: loyal.map((n) => [n, planning(n, planOf(n))]) },
      inFlightMsgs: loyal.flatMap((n) => tell(n, loyal, planOf(n))),
      consumedMsgs: []
    }
  }

  /** All that traitors could tell the loyal generals. */
  const lies = disloyal.flatMap((src) => ORDERS.flatMap((plan) => tell(src, loyal, plan)))

  /** The adversary that plays the traitors. */
  const liars: Adversary<Plan, null> = full('traitors', disloyal, lies)

  /** What the loyal generals decide in the end, whose plans these are, where traitors tell each of them these. */
  const outcome = (
    plans: ReadonlyArray<Order>,
    told: (to: Address) => ReadonlyArray<Order>
  ): ReadonlyArray<Order | null> => {
    const { localState, inFlightMsgs } = planned(plans)
    return entries(localState).map(([n, st]) => {
      const heard = [
        ...inFlightMsgs.filter(({ dst }) => dst === n),
        ...disloyal.flatMap((src, i) => tell(src, [n], told(n)[i] ?? DEFAULT))
      ]
      return heard.reduce((after, { src, msg }) => handlers.procMsg(after, src, msg, 0)[0], st).decided
    })
  }

  return { all, loyal, disloyal, handlers, planned, beginnings: orderings(loyal.length).map(planned), liars, outcome }
}
