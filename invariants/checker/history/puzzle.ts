/**
 * Which operations have to come before which: the conditions of consistency, as partial orders.
 */
import { canonical } from '../data/canonical.js'
import { MalformedHistory } from './history.js'
import type { Operation } from './history.js'
import { ANY } from './object.js'
import type { ObjectTable } from './object.js'
import type { Puzzle } from './search.js'

/**
 * What an order has to respect: the real time (what has returned before another is called comes before it), the order in
 * which each process calls, or nothing.
 */
export type Respected = 'real time' | 'processes' | 'nothing'

/** Operations that take effect at once, by their places in a list of operations, in the order in which they take effect. */
export type Unit = ReadonlyArray<number>

/** Each operation by itself. */
export const singly = (operations: ReadonlyArray<unknown>): ReadonlyArray<Unit> => operations.map((_, i) => [i])

/**
 * The operations that have one key are one transaction; the keys are plain data.
 * @throws MalformedHistory where operations of one transaction overlap.
 */
export const transactions = <Op, Result>(
  operations: ReadonlyArray<Operation<Op, Result>>,
  keyOf: (operation: Operation<Op, Result>) => unknown
): ReadonlyArray<Unit> => {
  const units = new Map<string, number[]>()
  for (const [i, operation] of operations.entries()) {
    const key = canonical(keyOf(operation))
    const unit = units.get(key)
    const last = operations[unit?.at(-1) ?? -1]
    if (last !== undefined && (last.returned === undefined || last.returned.at > operation.called))
      throw new MalformedHistory(
        `event ${String(operation.called)}: process ${String(operation.process)} calls an operation of the transaction ` +
          `${key}, but the one called in event ${String(last.called)} has not returned; a transaction does one thing at a time`
      )
    if (unit === undefined) units.set(key, [i])
    else unit.push(i)
  }
  return [...units.values()]
}

/** When a unit begins and when it ends, as numbers of events; a unit with a pending operation never ends. */
interface Span {
  readonly begin: number
  readonly end: number
}

/** The puzzle of putting units in order. */
export const puzzleOf = <State, Op, Result>(
  table: ObjectTable<State, Op, Result>,
  operations: ReadonlyArray<Operation<Op, Result>>,
  units: ReadonlyArray<Unit>,
  respected: Respected
): Puzzle => {
  const members = units.map((unit) => unit.flatMap((i) => operations[i] ?? []))
  const kinds = members.map((unit) =>
    table.unitOf(unit.map((o) => ({ op: table.opOf(o.op), result: resultOf(table, o) })))
  )
  const acts = members.map((unit) => table.unitOf(unit.map((o) => ({ op: table.opOf(o.op), result: ANY }))))
  const real = members.map((unit) => ({ begin: unit[0]?.called ?? 0, end: unit.at(-1)?.returned?.at ?? Infinity }))
  // Where time does not count, what must be placed ends when all else does.
  const spans =
    respected === 'real time' ? real : real.map(({ end }) => ({ begin: 0, end: end === Infinity ? end : 0 }))
  const followers: number[][] = units.map(() => [])
  if (respected === 'processes') followByProcess(members, followers)
  else {
    if (respected === 'real time') followByTime(spans, followers)
    followByLikeness(kinds, spans, followers)
  }
  return { kinds, acts, ends: spans.map(({ end }) => end), followers }
}

const resultOf = <State, Op, Result>(
  table: ObjectTable<State, Op, Result>,
  { returned }: Operation<Op, Result>
): number => (returned === undefined ? ANY : table.resultOf(returned.result))

/** Each unit of a process comes after the one before it. */
const followByProcess = <Op, Result>(
  members: ReadonlyArray<ReadonlyArray<Operation<Op, Result>>>,
  followers: ReadonlyArray<number[]>
): void => {
  const last = new Map<unknown, number>()
  for (const [unit, [first]] of members.entries()) {
    const before = last.get(first?.process)
    if (before !== undefined) followers[before]?.push(unit)
    last.set(first?.process, unit)
  }
}

/** What begins after another has ended comes after it. */
const followByTime = (spans: ReadonlyArray<Span>, followers: ReadonlyArray<number[]>): void => {
  const times = spans
    .flatMap(({ begin, end }, unit) => [
      { at: begin, unit, ends: false },
      { at: end, unit, ends: true }
    ])
    .filter(({ at }) => at < Infinity)
    .sort((a, b) => a.at - b.at)
  /** What has ended, but nothing that comes after it has. */
  let ended: ReadonlyArray<number> = []
  for (const { unit, ends } of times) {
    const begin = spans[unit]?.begin ?? 0
    if (ends) ended = [...ended.filter((before) => (spans[before]?.end ?? 0) > begin), unit]
    else for (const before of ended) followers[before]?.push(unit)
  }
}

/**
 * Of units that do the same and return the same, the one comes before the other that begins and ends before it: in an order
 * that has them the other way round they can change places, and nothing else notices.
 */
const followByLikeness = (
  kinds: ReadonlyArray<number>,
  spans: ReadonlyArray<Span>,
  followers: ReadonlyArray<number[]>
): void => {
  const last = new Map<number, number>()
  const inOrder = [...kinds.keys()].sort((a, b) => (spans[a]?.begin ?? 0) - (spans[b]?.begin ?? 0) || a - b)
  for (const unit of inOrder) {
    const kind = kinds[unit] ?? 0
    const before = last.get(kind)
    const ends = spans[unit]?.end ?? 0
    if (before !== undefined && (spans[before]?.end ?? 0) <= ends && !followers[before]?.includes(unit))
      followers[before]?.push(unit)
    last.set(kind, unit)
  }
}
