/**
 * SM(m), the algorithm with signed messages of Lamport, Shostak and Pease (1982, section 4).
 *
 * A loyal general's signature cannot be forged, and any change to what it signed is seen. The commander signs its order and
 * sends it to every lieutenant. A lieutenant keeps the orders that it has seen properly signed; one that is new to it, and
 * was signed by no more than `m`, it signs too and sends to those that have not signed it. In the end it obeys the order
 * that it has seen if it is one, else the default. It works with any number of generals and at most `m` traitors.
 *
 * In round k arrive orders with k signatures. Traitors sign whatever they like, in each other's names too, and know all
 * signatures that there are. What a loyal general would not look at is not sent: an order that it has seen, a signature
 * that is not there. What is sent to traitors is not shown, since they know it.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { TransitionSystem } from '../system/transitionSystem.js'
import { iota } from '../prelude/seq.js'
import { COMMANDER, DEFAULT, isLoyal, loyalLieutenants, ORDERS, sides, waysThrough } from './generals.js'
import type { Army, General, Order, Side } from './generals.js'

/** An order with its signatures, the commander's first; the last to sign it sends it. */
export interface Signed {
  readonly round: number
  readonly order: Order
  readonly signers: ReadonlyArray<General>
  readonly to: General
}

/** An execution so far. */
export interface SignedRun extends Side {
  /** The round that goes on; one more than there are when all is over. */
  readonly round: number
  /** What loyal lieutenants received, as it came. */
  readonly taken: ReadonlyArray<Signed>
  /** What may still arrive in this round: first that of which traitors may choose whether it does. */
  readonly open: ReadonlyArray<Signed>
}

/** An execution without what may still arrive. */
type SignedSoFar = Omit<SignedRun, 'open'>

/** The first of the open messages is received; or it comes from a traitor, and is not sent. */
export interface Pass {
  readonly _tag: 'Send' | 'Withhold'
  readonly message: Signed
}

/** When a lieutenant looks at an order, and when it signs one. */
export interface Rules {
  /** It looks at an order that arrives in a round with so many signatures. */
  readonly accepts: (signatures: number, round: number) => boolean
  /** It signs an order that is new to it and had so many signatures, where it had seen so many orders before. */
  readonly countersigns: (signatures: number, seen: number) => boolean
}

/** The rules of SM(m). */
export const rulesOf = ({ rounds }: Pick<Army, 'rounds'>): Rules => ({
  accepts: (signatures, round) => signatures === round,
  countersigns: (signatures) => signatures <= rounds
})

/** What can be said of executions of SM(m). */
export interface SignedMessages {
  /** The orders that a lieutenant has seen. */
  readonly seen: (run: SignedRun, lieutenant: General) => ReadonlyArray<Order>
  /** All rounds are over. */
  readonly isOver: (run: SignedRun) => boolean
  readonly obeys: (run: SignedRun, lieutenant: General) => Order
  readonly system: TransitionSystem<SignedRun, Pass>
}

const same = (a: Signed, b: Signed): boolean =>
  a.round === b.round && a.order === b.order && a.to === b.to && a.signers.join() === b.signers.join()

/** The orders that a lieutenant has seen, in the order in which they came. */
const seen = ({ taken }: Pick<SignedRun, 'taken'>, lieutenant: General): ReadonlyArray<Order> =>
  taken.filter(({ to }) => to === lieutenant).map(({ order }) => order)

/** The sender of a message. */
export const senderOf = ({ signers }: Signed): General => signers.at(-1) ?? COMMANDER

/** In which rounds a loyal general signed an order after those who had: when it received it; 0 for the commander. */
const signedIn = (
  { countersigns }: Rules,
  run: SignedSoFar,
  order: Order,
  signers: ReadonlyArray<General>
): ReadonlyArray<number> => {
  const [signer, before] = [signers.at(-1) ?? COMMANDER, signers.slice(0, -1)]
  if (before.length === 0) return run.order === order ? [0] : []
  return run.taken.flatMap((m, i) =>
    m.to === signer &&
    m.order === order &&
    m.signers.join() === before.join() &&
    countersigns(m.signers.length, seen({ taken: run.taken.slice(0, i) }, signer).length)
      ? [m.round]
      : []
  )
}

/** The signatures are there: those of traitors for the asking, those of loyal generals where they signed. */
const areThere = (rules: Rules, run: SignedSoFar, { order, signers, round }: Signed): boolean =>
  iota(signers.length).every((i) => {
    const upTo = signers.slice(0, i + 1)
    if (!isLoyal(run, signers[i] ?? COMMANDER)) return true
    const when = signedIn(rules, run, order, upTo)
    // A loyal general sends what it has signed in the round after, and then only.
    return upTo.length === signers.length ? when.includes(round - 1) : when.some((k) => k < round)
  })

const actionsOf = (run: SignedRun): ReadonlyArray<Pass> => {
  const [message] = run.open
  if (message === undefined) return []
  return (isLoyal(run, senderOf(message)) ? (['Send'] as const) : (['Send', 'Withhold'] as const)).map((_tag) => ({
    _tag,
    message
  }))
}

/** SM(m) with any traitors, orders and lies. A step is a message to a loyal lieutenant that is received or withheld. */
export const SignedMessages = (army: Army, rules: Rules = rulesOf(army)): SignedMessages => {
  const { nodes, rounds } = army

  /** What may arrive in the round that begins. */
  const opened = (run: SignedSoFar): ReadonlyArray<Signed> => {
    const all = iota(run.round)
      .filter((k) => rules.accepts(k + 1, run.round))
      .flatMap((k) => waysThrough(nodes, k + 1))
      .flatMap((signers) =>
        ORDERS.flatMap((order) =>
          loyalLieutenants(army, run)
            .filter((to) => !signers.includes(to) && !seen(run, to).includes(order))
            .map((to) => ({ round: run.round, order, signers, to }))
        )
      )
      .filter((message) => areThere(rules, run, message))
    const fromLoyal = (message: Signed): boolean => isLoyal(run, senderOf(message))
    return [...all.filter((message) => !fromLoyal(message)), ...all.filter(fromLoyal)]
  }

  /** The execution at the first message that may arrive, in this round or in a later one. */
  const advanced = (run: SignedRun): SignedRun => {
    if (run.open.length > 0 || run.round > rounds + 1) return run
    const next = { ...run, round: run.round + 1 }
    return advanced({ ...next, open: next.round > rounds + 1 ? [] : opened(next) })
  }

  return {
    seen,
    isOver: ({ round }) => round > rounds + 1,
    obeys: (run, lieutenant) => {
      const [order, ...others] = seen(run, lieutenant)
      return order === undefined || others.length > 0 ? DEFAULT : order
    },
    system: {
      initial: sides(army).map((side) => advanced({ ...side, round: 0, taken: [], open: [] })),
      actions: actionsOf,
      next: (run, { _tag, message }) => {
        const [first, ...rest] = run.open
        if (first === undefined || !same(first, message) || !actionsOf(run).some((one) => one._tag === _tag))
          return O.none
        if (_tag === 'Withhold') return O.some(advanced({ ...run, open: rest }))
        // What has been seen is not looked at again.
        const open = rest.filter(({ to, order }) => to !== first.to || order !== first.order)
        return O.some(advanced({ ...run, taken: [...run.taken, first], open }))
      }
    }
  }
}
