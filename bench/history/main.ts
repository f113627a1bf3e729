/**
 * `npm run bench:history`: how long it takes to decide whether histories are linearizable.
 *
 * Histories of registers, half of the operations reads, all values different, with and without a read that returns what was
 * never written, in the middle. Times are medians over some runs, each with another history, with a new table of the object.
 */
import { performance } from 'node:perf_hooks'
import { call, linearizable, returns } from '../../invariants/checker/index.js'
import type { HistoryEvent, SequentialObject } from '../../invariants/checker/index.js'

interface Op {
  readonly key: number
  /** None: it is a read. */
  readonly writes?: number
}
type Result = number

const KEYS = 10
const RUNS = 11

const registers: SequentialObject<ReadonlyArray<number>, Op, Result> = {
  name: 'registers',
  initial: [Array.from({ length: KEYS }, () => -1)],
  apply: (values, { key, writes }) =>
    writes === undefined ? [[values, values[key] ?? -1]] : [[values.with(key, writes), writes]]
}
const byKey = { ...registers, partOf: ({ key }: Op) => key }

/** Numbers from 0 to 1 that look random, the same for one seed. */
const numbers = (seed: number): (() => number) => {
  let x = seed
  return () => (x = (Math.imul(x, 1103515245) + 12345) & 0x7fffffff) / 0x80000000
}

/** A history of so many operations: at random times they are called, take effect, and return. */
const history = (processes: number, operations: number, keys: number, lies: boolean, seed: number) => {
  const random = numbers(seed)
  const open = new Map<number, { readonly op: Op; readonly result?: Result }>()
  const events: Array<HistoryEvent<Op, Result>> = []
  let state = registers.initial[0] ?? []
  let hasLied = !lies
  for (let n = 0; n < operations || open.size > 0; ) {
    const process = Math.floor(random() * processes)
    const own = open.get(process)
    if (own === undefined) {
      if (n === operations) continue
      const key = Math.floor(random() * keys)
      const op = random() < 0.5 ? { key } : { key, writes: n }
      n++
      events.push(call(process, op))
      open.set(process, { op })
    } else if (own.result === undefined) {
      const [outcome] = registers.apply(state, own.op)
      if (outcome === undefined) continue
      state = outcome[0]
      open.set(process, { op: own.op, result: outcome[1] })
    } else {
      const lie = !hasLied && events.length >= operations && own.op.writes === undefined
      hasLied ||= lie
      events.push(returns(process, lie ? -2 : own.result))
      open.delete(process)
    }
  }
  return events
}

const median = (times: ReadonlyArray<number>): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? NaN

console.log('| operations | processes | object | history | ms |\n| ---: | ---: | --- | --- | ---: |')
for (const [operations, processes] of [
  [100, 4],
  [300, 4],
  [1000, 4],
  [300, 10],
  [1000, 10],
  [200, 20]
] as const)
  for (const [name, object, keys] of [
    ['one register', registers, 1],
    [`${KEYS} registers, by parts`, byKey, KEYS]
  ] as const)
    for (const lies of [false, true]) {
      const times = Array.from({ length: RUNS }, (_, run) => {
        const events = history(processes, operations, keys, lies, run + 1)
        const begin = performance.now()
        const verdict = linearizable(events, object)
        const time = performance.now() - begin
        if ((verdict._tag === 'Unexplained') !== lies)
          throw new Error(`a wrong verdict on the history of run ${run + 1}`)
        return time
      })
      console.log(
        `| ${operations} | ${processes} | ${name} | ${lies ? 'with a lie' : 'linearizable'} | ${median(times).toFixed(1)} |`
      )
    }
