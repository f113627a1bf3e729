/**
 * Sequential objects, histories at random, and the definitions of consistency as they are written: all orders are tried.
 */
import * as fc from 'fast-check'
import { canonical } from '../../invariants/checker/data/canonical.js'
import { call, operationsOf, returns } from '../../invariants/checker/history/history.js'
import type { History, HistoryEvent, Operation } from '../../invariants/checker/history/history.js'
import type { SequentialObject } from '../../invariants/checker/history/object.js'

/** An operation of the objects below. */
export interface Op {
  readonly does: string
  readonly key?: string
  readonly value?: unknown
}
export type Outcome = unknown
export type Thing<State> = SequentialObject<State, Op, Outcome>

export const write = (value: unknown): Op => ({ does: 'write', value })
export const read: Op = { does: 'read' }
export const enqueue = (value: unknown): Op => ({ does: 'enqueue', value })
export const dequeue: Op = { does: 'dequeue' }

/** A register: `write` returns undefined, `read` what was written last, null at first. */
export const register: Thing<unknown> = {
  name: 'register',
  initial: [null],
  apply: (value, op) => (op.does === 'write' ? [[op.value, undefined]] : [[value, value]])
}

/** A register that may hold 0 or 1 at first. */
export const unknownRegister: Thing<unknown> = { ...register, name: 'unknown register', initial: [0, 1] }

/** A register that may forget what is written: the write then returns all the same. */
export const lossyRegister: Thing<unknown> = {
  ...register,
  name: 'lossy register',
  apply: (value, op) =>
    op.does === 'write'
      ? [
          [op.value, undefined],
          [value, undefined]
        ]
      : [[value, value]]
}

/** A queue: `dequeue` returns null where it is empty. */
export const queue: Thing<ReadonlyArray<unknown>> = {
  name: 'queue',
  initial: [[]],
  apply: (items, op) =>
    op.does === 'enqueue'
      ? [[[...items, op.value], undefined]]
      : items.length === 0
        ? [[items, null]]
        : [[items.slice(1), items[0]]]
}

/** A bag: `dequeue` takes any element, and waits while there is none. */
export const bag: Thing<ReadonlyArray<unknown>> = {
  name: 'bag',
  initial: [[]],
  apply: (items, op) =>
    op.does === 'enqueue'
      ? [[[...items, op.value].sort(), undefined]]
      : items.map((item, i) => [items.toSpliced(i, 1), item] as const)
}

/** Registers by key, which are parts. */
export const registers: Thing<Readonly<Record<string, unknown>>> = {
  name: 'registers',
  initial: [{}],
  apply: (values, { does, key = '', value }) =>
    does === 'write' ? [[{ ...values, [key]: value }, undefined]] : [[values, values[key] ?? null]],
  partOf: ({ key }) => key
}

/** What a random history is made of: who moves, what it would call, which outcome it gets, and what it returns instead. */
interface Move {
  readonly process: number
  readonly op: Op
  readonly way: number
  readonly lie: Outcome
}

/**
 * Histories of an object: each operation takes effect at some time between its call and its return. Some returns are lies.
 */
export const historiesOf = <State>(
  object: Thing<State>,
  ops: ReadonlyArray<Op>,
  lies: ReadonlyArray<Outcome>,
  { processes = 3, moves = 16 } = {}
): fc.Arbitrary<History<Op, Outcome>> =>
  fc
    .tuple(
      fc.constantFrom(...object.initial),
      fc.array(
        fc.record<Move>({
          process: fc.nat({ max: processes - 1 }),
          op: fc.constantFrom(...ops),
          way: fc.nat({ max: 3 }),
          lie: fc.oneof(
            { weight: 9, arbitrary: fc.constant(undefined) },
            { weight: 1, arbitrary: fc.constantFrom(...lies) }
          )
        }),
        { maxLength: moves, size: 'max' }
      )
    )
    .map(([initial, all]) => played(object, initial, all))

const played = <State>(object: Thing<State>, initial: State, moves: ReadonlyArray<Move>): History<Op, Outcome> => {
  let state = initial
  const open = new Map<number, { readonly op: Op; readonly done?: { readonly result: Outcome } }>()
  const events: Array<HistoryEvent<Op, Outcome>> = []
  for (const { process, op, way, lie } of moves) {
    const own = open.get(process)
    if (own === undefined) {
      events.push(call(process, op))
      open.set(process, { op })
    } else if (own.done === undefined) {
      const outcomes = object.apply(state, own.op)
      const [next, result] = outcomes[way % Math.max(outcomes.length, 1)] ?? []
      if (outcomes.length === 0) continue
      state = next ?? state
      open.set(process, { op: own.op, done: { result } })
    } else {
      events.push(returns(process, lie ?? own.done.result))
      open.delete(process)
    }
  }
  return events
}

/**
 * The same events of each process in another interleaving: what was linearizable then is still sequentially consistent, and
 * mostly not linearizable.
 */
export const interleavedAnew = (
  history: History<Op, Outcome>,
  choices: ReadonlyArray<number>
): History<Op, Outcome> => {
  const processes = [...new Set(history.map(({ process }) => process))]
  const waiting = processes.map((process) => history.filter((event) => event.process === process))
  return history.flatMap((_, i) => {
    const left = waiting.filter((events) => events.length > 0)
    return left[(choices[i] ?? 0) % left.length]?.splice(0, 1) ?? []
  })
}

type Order = (before: Operation<Op, Outcome>, after: Operation<Op, Outcome>) => boolean

/** What comes before what in real time. */
export const realTime: Order = (x, y) => x.returned !== undefined && x.returned.at < y.called
/** What comes before what at each process. */
export const processOrder: Order = (x, y) => x.process === y.process && x.called < y.called

/** All orders of all sublists that have the elements that must be there. */
function* ordersOf<X>(xs: ReadonlyArray<X>, must: (x: X) => boolean): Generator<ReadonlyArray<X>> {
  if (!xs.some(must)) yield []
  for (const [i, x] of xs.entries()) for (const rest of ordersOf(xs.toSpliced(i, 1), must)) yield [x, ...rest]
}

/** Whether operations one after the other may return what they have returned. */
const isPossible = <State>(object: Thing<State>, state: State, ops: ReadonlyArray<Operation<Op, Outcome>>): boolean => {
  const [first, ...rest] = ops
  if (first === undefined) return true
  return object
    .apply(state, first.op)
    .some(
      ([next, result]) =>
        (first.returned === undefined || canonical(first.returned.result) === canonical(result)) &&
        isPossible(object, next, rest)
    )
}

/** Whether some order of units of operations respects an order of operations, and explains what they returned. */
export const hasOrder = <State>(
  object: Thing<State>,
  units: ReadonlyArray<ReadonlyArray<Operation<Op, Outcome>>>,
  isBefore: (before: ReadonlyArray<Operation<Op, Outcome>>, after: ReadonlyArray<Operation<Op, Outcome>>) => boolean
): boolean => {
  for (const order of ordersOf(units, (unit) => unit.every(({ returned }) => returned !== undefined)))
    if (
      order.every((x, i) => order.slice(i + 1).every((y) => !isBefore(y, x))) &&
      // What comes before something that is placed is placed itself, where it is at all.
      object.initial.some((state) => isPossible(object, state, order.flat()))
    )
      return true
  return false
}

/** The same of single operations. */
export const isExplained = <State>(object: Thing<State>, history: History<Op, Outcome>, isBefore: Order): boolean =>
  hasOrder(
    object,
    operationsOf(history).map((operation) => [operation]),
    ([x], [y]) => x !== undefined && y !== undefined && isBefore(x, y)
  )

/** The length of the shortest prefix of a history that is not linearizable; none: all are. */
export const shortestBad = <State>(object: Thing<State>, history: History<Op, Outcome>): number | undefined =>
  Array.from({ length: history.length + 1 }, (_, i) => i).find(
    (length) => !isExplained(object, history.slice(0, length), realTime)
  )
