/**
 * OM(m), the algorithm with oral messages of Lamport, Shostak and Pease (1982, section 3).
 *
 * OM(0): the commander tells every lieutenant its order, which obeys what it was told. OM(m): the commander does; then each
 * lieutenant acts as the commander of OM(m − 1) to pass on to the others what it was told, and obeys the majority of that
 * and of what these made out that the others were told. It works with `n > 3m` generals and at most `m` traitors.
 *
 * Unfolded, a message passes on the commander's order along a way: `[0, 2]` to 1 is what 2 tells 1 that 0 told it. All
 * messages of ways through k generals are sent in round k.
 */
import * as O from 'fp-ts/lib/Option.js'
import { iota } from '../prelude/seq.js'
import type { TransitionSystem } from '../system/transitionSystem.js'
import { COMMANDER, DEFAULT, isLoyal, ORDERS, sides, waysThrough } from './generals.js'
import type { Army, General, Order, Side } from './generals.js'

/** A message of OM(m), but for what it says: the way of the word, whose last general sends it, and who receives it. */
export interface Oral {
  readonly way: ReadonlyArray<General>
  readonly to: General
}

/** An execution so far: what was said in each of the messages, in the order of `messages`. */
export interface OralRun extends Side {
  readonly said: ReadonlyArray<Order>
}

/** The next message is sent. */
export interface Say extends Oral {
  readonly _tag: 'Say'
  readonly order: Order
}

/** All messages of OM(m), round by round. */
export const messages = ({ nodes, rounds }: Pick<Army, 'nodes' | 'rounds'>): ReadonlyArray<Oral> =>
  iota(rounds + 1).flatMap((before) =>
    waysThrough(nodes, before + 1).flatMap((way) =>
      iota(nodes)
        .filter((to) => !way.includes(to))
        .map((to) => ({ way, to }))
    )
  )

/** The orders that are given more often than not; in a tie, the default. (`majority` of the paper.) */
export const majority = (orders: ReadonlyArray<Order>): Order =>
  2 * orders.filter((order) => order !== DEFAULT).length > orders.length ? 'attack' : DEFAULT

const spelt = ({ way, to }: Oral): string => [...way, to].join()

/** What a lieutenant makes of all that it was told. */
export type Obeys = (run: OralRun, lieutenant: General) => Order

/** What can be said of executions of OM(m). */
export interface OralMessages {
  readonly messages: ReadonlyArray<Oral>
  /** What a general was told along a way; the default where nothing was said yet. */
  readonly told: (run: OralRun, to: General, way: ReadonlyArray<General>) => Order
  /** What the sender of a message would say if it were loyal: the order, or what it was told itself. */
  readonly truth: (run: OralRun, message: Oral) => Order
  /** All messages were sent. */
  readonly isOver: (run: OralRun) => boolean
  readonly obeys: Obeys
  readonly system: TransitionSystem<OralRun, Say>
}

/** OM(m) with any traitors, orders and lies. A step sends a message: a loyal general says what is so, a traitor anything. */
export const OralMessages = (army: Army): OralMessages => {
  const { nodes, rounds } = army
  const all = messages(army)
  const places = new Map(all.map((message, i) => [spelt(message), i]))

  const told: OralMessages['told'] = ({ said }, to, way) => said[places.get(spelt({ way, to })) ?? -1] ?? DEFAULT

  const truth: OralMessages['truth'] = (run, { way }) =>
    way.length === 1 ? (run.order ?? DEFAULT) : told(run, way.at(-1) ?? COMMANDER, way.slice(0, -1))

  /** What a general makes out that the last on a way was told, or has ordered: the result of an OM(m − k) to it. */
  const madeOut = (run: OralRun, general: General, way: ReadonlyArray<General>): Order =>
    way.length > rounds
      ? told(run, general, way)
      : majority([
          told(run, general, way),
          ...iota(nodes)
            .filter((other) => other !== general && !way.includes(other))
            .map((other) => madeOut(run, general, [...way, other]))
        ])

  const actions = (run: OralRun): ReadonlyArray<Say> => {
    const next = all[run.said.length]
    if (next === undefined) return []
    const sender = next.way.at(-1) ?? COMMANDER
    return (isLoyal(run, sender) ? [truth(run, next)] : ORDERS).map((order) => ({ _tag: 'Say', ...next, order }))
  }

  return {
    messages: all,
    told,
    truth,
    isOver: ({ said }) => said.length === all.length,
    obeys: (run, lieutenant) => madeOut(run, lieutenant, [COMMANDER]),
    system: {
      initial: sides(army).map((side) => ({ ...side, said: [] })),
      actions,
      next: (run, say) =>
        actions(run).some(({ way, to, order }) => spelt({ way, to }) === spelt(say) && order === say.order)
          ? O.some({ ...run, said: [...run.said, say.order] })
          : O.none
    }
  }
}
