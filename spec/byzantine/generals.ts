/**
 * What the algorithms for the Byzantine generals share: orders, who is loyal, and who may have the commander's word from
 * whom. After L. Lamport, R. Shostak, M. Pease, «The Byzantine Generals Problem» (TOPLAS 4:3, 1982).
 *
 * Generals are numbered from 0; general 0 is the commander, the others are its lieutenants. Messages are synchronous: they
 * go in rounds, none is lost, and a general knows who has sent what it receives.
 */

import { iota } from '../prelude/seq.js'

/** What a commander may order. */
export const ORDERS = ['attack', 'retreat'] as const
export type Order = (typeof ORDERS)[number]

/** What a general does that knows no better: it takes this for the content of a message that does not come, too. */
export const DEFAULT: Order = 'retreat'

/** A general, by its number. */
export type General = number

/** The general that gives the order. */
export const COMMANDER: General = 0

/** How many generals there are, how many of them are traitors, and how often what the commander said is passed on. */
export interface Army {
  readonly nodes: number
  readonly traitors: number
  /** The `m` of OM(m) and SM(m). */
  readonly rounds: number
}

/** What is fixed before anything is said. */
export interface Side {
  readonly traitors: ReadonlyArray<General>
  /** The order of a loyal commander; a traitor has none. */
  readonly order?: Order
}

/** All sublists of a list with so many elements. */
export const sublists = <A>(many: number, list: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> => {
  const [first, ...rest] = list
  if (many === 0) return [[]]
  return first === undefined ? [] : [...sublists(many - 1, rest).map((one) => [first, ...one]), ...sublists(many, rest)]
}

/** All ways in which an execution may begin: exactly so many traitors, and any order of a loyal commander. */
export const sides = ({ nodes, traitors }: Army): ReadonlyArray<Side> =>
  sublists(traitors, iota(nodes)).flatMap(
    (set): ReadonlyArray<Side> =>
      set.includes(COMMANDER) ? [{ traitors: set }] : ORDERS.map((order) => ({ traitors: set, order }))
  )

/** A general that is no traitor. */
export const isLoyal = ({ traitors }: Side, general: General): boolean => !traitors.includes(general)

/** The lieutenants that are no traitors. */
export const loyalLieutenants = ({ nodes }: Army, side: Side): ReadonlyArray<General> =>
  iota(nodes).filter((general) => general !== COMMANDER && isLoyal(side, general))

/** All ways for the commander's word through so many generals, itself the first, none twice. */
export const waysThrough = (nodes: number, many: number): ReadonlyArray<ReadonlyArray<General>> =>
  many <= 1
    ? [[COMMANDER]]
    : waysThrough(nodes, many - 1).flatMap((way) =>
        iota(nodes)
          .filter((next) => !way.includes(next))
          .map((next) => [...way, next])
      )
