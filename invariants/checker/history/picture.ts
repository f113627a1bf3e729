/**
 * Verdicts as text: a lane for each process, time goes down, and a sentence says why.
 */
import { canonical } from '../data/canonical.js'
import { LANE, underNames } from '../trace/lanes.js'
import type { LaneLine } from '../trace/lanes.js'
import { operationsOf } from './history.js'
import type { Operation, Process } from './history.js'
import { pointsOf } from './parts.js'
import type { Placed } from './replayed.js'
import type { Unexplained, Verdict } from './verdict.js'

/** How operations and results are put in words. Default: a string as it is, all else as its text. */
export interface HistoryWords<Op, Result> {
  readonly op?: (op: Op) => string
  readonly result?: (result: Result) => string
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : canonical(value))

/**
 * A verdict as text: why, and the calls `┬` and returns `┴` of the history, or of the prefix that has no order.
 * For `linearizable`, `●` are the moments at which operations may take effect: each as early as its place in the order allows.
 */
export const verdictText = <State, Op, Result>(
  verdict: Verdict<State, Op, Result>,
  { op = plain, result = plain }: HistoryWords<Op, Result> = {}
): string => {
  const { history, order, level } = verdict
  const operations = operationsOf(history)
  const processes = [...new Set(history.map(({ process }) => process))]
  const says: Says<Op, Result> = { op, result }
  const points = level === 'linearizable' ? pointsOf(order.map((p) => p.operation)) : []
  const lines = history.flatMap((event, i): ReadonlyArray<LaneLine> => {
    const fails = verdict._tag === 'Unexplained' && level === 'linearizable' && i === history.length - 1
    const number = String(i + 1)
    const isCall = event._tag === 'Call'
    const lanes = lanesAt(processes, operations, i, event.process, isCall ? '┬' : '┴')
    const what = isCall ? `calls ${op(event.op)}` : `returns ${result(event.result)}`
    return [
      { number, lanes, says: `${fails ? '✗ ' : ''}${String(event.process)} ${what}` },
      ...order.flatMap((placed, place) =>
        points[place] === i
          ? [
              {
                number: '',
                lanes: lanesAt(processes, operations, i, placed.operation.process, '●'),
                says: inWords(placed, says)
              }
            ]
          : []
      )
    ]
  })
  return [...reasons(verdict, says), '', ...underNames(processes.map(String), lines)].join('\n')
}

type Says<Op, Result> = Required<HistoryWords<Op, Result>>

/** The lanes after an event: what is open, and what the process does that acts. */
const lanesAt = (
  processes: ReadonlyArray<Process>,
  operations: ReadonlyArray<Operation<unknown, unknown>>,
  event: number,
  acting: Process,
  sign: string
): string => {
  const open = new Set(
    operations
      .filter(({ called, returned }) => called <= event && (returned === undefined || returned.at > event))
      .map(({ process }) => process)
  )
  return processes
    .map((p) => (p === acting ? sign : open.has(p) ? '│' : '·').padEnd(LANE))
    .join('')
    .trimEnd()
    .padEnd(LANE * processes.length - LANE + 2)
}

/** An operation with what it returns where it is placed. */
const inWords = <Op, Result>({ operation, result }: Placed<unknown, Op, Result>, says: Says<Op, Result>): string =>
  `${says.op(operation.op)} → ${says.result(result)}`

const withProcess = <Op, Result>(placed: Placed<unknown, Op, Result>, says: Says<Op, Result>): string =>
  `${String(placed.operation.process)}: ${inWords(placed, says)}`

const listOf = (items: ReadonlyArray<string>): string => (items.length === 0 ? 'none' : items.join(', '))

const reasons = <State, Op, Result>(
  verdict: Verdict<State, Op, Result>,
  says: Says<Op, Result>
): ReadonlyArray<string> => {
  const { level, order } = verdict
  if (verdict._tag === 'Unexplained')
    return level === 'linearizable' ? whyNotLinearizable(verdict, says) : whyNot(verdict, says)
  const placed = new Set(order.map(({ operation }) => operation.called))
  const without = operationsOf(verdict.history).filter(({ called }) => !placed.has(called))
  return [
    level === 'linearizable'
      ? `${level}: each operation may take effect at its ●`
      : `${level}, in the order ${listOf(order.map((p) => withProcess(p, says)))}`,
    ...(without.length === 0
      ? []
      : [`without effect: ${listOf(without.map(({ process, op }) => `${String(process)}: ${says.op(op)}`))}`])
  ]
}

const whyNotLinearizable = <State, Op, Result>(
  { history, stuck, expected }: Unexplained<State, Op, Result>,
  says: Says<Op, Result>
): ReadonlyArray<string> => [
  ...stuck.map(
    ({ process, op, returned }) =>
      `not linearizable: no order explains that ${says.op(op)} by ${String(process)} returns ` +
      `${returned === undefined ? 'nothing' : says.result(returned.result)} in event ${String(history.length)}`
  ),
  ...(expected.length === 0 ? [] : [`it might have returned ${expected.map(says.result).join(' or ')}`])
]

/** What the orders of the other conditions have to keep. */
const KEPT = {
  'sequentially consistent': 'that keeps the order of each process',
  serializable: 'of whole transactions',
  'strictly serializable': 'of whole transactions that keeps their order in time'
} as const

const whyNot = <State, Op, Result>(
  { level, history, order, stuck }: Unexplained<State, Op, Result>,
  says: Says<Op, Result>
): ReadonlyArray<string> => [
  `not ${level}: no order ${level === 'linearizable' ? '' : KEPT[level]} explains what its ${String(operationsOf(history).length)} operations returned`,
  `the longest attempt: ${listOf(order.map((p) => withProcess(p, says)))}`,
  `next would have to come one of: ${listOf(
    stuck.map(
      ({ process, op, returned }) =>
        `${String(process)}: ${says.op(op)} → ${returned === undefined ? '?' : says.result(returned.result)}`
    )
  )}`
]
