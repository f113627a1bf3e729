/**
 * Verdicts on histories, against the definitions: all orders of small histories are tried.
 */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical } from '../../../../invariants/checker/data/canonical.js'
import { operationsOf } from '../../../../invariants/checker/history/history.js'
import type { History, Operation } from '../../../../invariants/checker/history/history.js'
import { linearizable } from '../../../../invariants/checker/history/linearizable.js'
import {
  sequentiallyConsistent,
  serializable,
  strictlySerializable
} from '../../../../invariants/checker/history/consistency.js'
import type { Verdict } from '../../../../invariants/checker/history/verdict.js'
import {
  bag,
  dequeue,
  enqueue,
  hasOrder,
  historiesOf,
  interleavedAnew,
  isExplained,
  lossyRegister,
  processOrder,
  queue,
  read,
  realTime,
  register,
  registers,
  shortestBad,
  unknownRegister,
  write
} from '../../../support/histories.js'
import type { Op, Outcome, Thing } from '../../../support/histories.js'
import { holds } from '../../../support/property.js'

type Before = (x: Operation<Op, Outcome>, y: Operation<Op, Outcome>) => boolean

/** The order of a verdict is one: it has what it must have, respects what it must, and the object does what it says. */
const expectOrder = (
  object: Thing<unknown>,
  history: History<Op, Outcome>,
  verdict: Verdict<unknown, Op, Outcome>,
  isBefore: Before,
  mayBeLeftOut: (o: Operation<Op, Outcome>) => boolean = (o) => o.returned === undefined
): void => {
  if (verdict._tag !== 'Explained') throw new Error('there is no order')
  const operations = operationsOf(history)
  const order = verdict.order.map(({ operation }) => operation)
  expect(new Set(order.map(({ called }) => called)).size).toBe(order.length)
  for (const o of operations) if (!mayBeLeftOut(o)) expect(order.some(({ called }) => called === o.called)).toBe(true)
  for (const o of order) expect(operations).toContainEqual(o)
  for (const [i, x] of order.entries()) for (const y of order.slice(i + 1)) expect(isBefore(y, x)).toBe(false)
  let states = object.initial
  for (const { operation, result, after } of verdict.order) {
    if (operation.returned !== undefined) expect(canonical(result)).toBe(canonical(operation.returned.result))
    const next = states.flatMap((s) => object.apply(s, operation.op))
    expect(next.map(canonical)).toContain(canonical([after, result]))
    states = [after]
  }
}

/** Objects whose states are hidden, with operations and results. */
const hidden = <State>(object: Thing<State>): Thing<unknown> => {
  const states = new Map(object.initial.map((s) => [canonical(s), s]))
  return {
    ...object,
    apply: (s, op) => {
      const state = states.get(canonical(s))
      if (state === undefined) throw new Error(`${canonical(s)} is no state`)
      const after = object.apply(state, op)
      for (const [next] of after) states.set(canonical(next), next)
      return after
    }
  }
}
const keyed = (key: string, op: Op): Op => ({ ...op, key })
const onKeys = ['x', 'y'].flatMap((key) => [write(1), write(2), read, read].map((op) => keyed(key, op)))
const cases: ReadonlyArray<readonly [Thing<unknown>, ReadonlyArray<Op>, ReadonlyArray<Outcome>]> = [
  [register, [write(1), write(2), read, read], [1, 2, null]],
  [unknownRegister, [write(1), write(2), read, read], [0, 1, 2]],
  [lossyRegister, [write(1), write(2), read, read], [1, 2, null]],
  [hidden(queue), [enqueue(1), enqueue(2), dequeue, dequeue], [1, 2, null]],
  [hidden(bag), [enqueue(1), enqueue(2), dequeue, dequeue], [1, 2]],
  [hidden(registers), onKeys, [1, 2, null]],
  [hidden({ ...registers, name: 'registers from unknown', initial: [{}, { x: 1, y: 1 }] }), onKeys, [1, 2, null]]
]

describe.each(cases)('$name', (object, ops, lies) => {
  const histories = historiesOf(object, ops, lies)
  /** Half of them are interleaved anew. */
  const interleaved = fc
    .tuple(
      histories,
      fc.option(fc.array(fc.nat({ max: 11 }), { minLength: 16, maxLength: 16 }), { freq: 2, nil: undefined })
    )
    .map(([history, choices]) => (choices === undefined ? history : interleavedAnew(history, choices)))

  test('is linearizable iff some order is a linearization, and else from the shortest prefix on that has none', () => {
    holds(
      histories,
      (history, meet) => {
        const verdict = linearizable(history, object)
        const bad = shortestBad(object, history)
        expect(verdict._tag).toBe(bad === undefined ? 'Explained' : 'Unexplained')
        if (history.some(({ _tag }) => _tag === 'Return')) meet(verdict._tag)
        if (verdict._tag === 'Explained') {
          if (verdict.order.some(({ operation }) => operation.returned === undefined)) meet('pending, with effect')
          expectOrder(object, history, verdict, realTime)
        } else {
          expect(verdict.history).toEqual(history.slice(0, bad))
          const last = history[(bad ?? 0) - 1]
          expect(verdict.stuck).toMatchObject([{ process: last?.process, returned: { at: (bad ?? 0) - 1 } }])
          const instead = (result: Outcome): History<Op, Outcome> => [
            ...verdict.history.slice(0, -1),
            { _tag: 'Return', process: last?.process ?? 0, result }
          ]
          for (const result of verdict.expected) expect(isExplained(object, instead(result), realTime)).toBe(true)
          for (const result of lies)
            if (isExplained(object, instead(result), realTime))
              expect(verdict.expected.map(canonical)).toContain(canonical(result))
        }
      },
      { runs: 1000, met: { Explained: 300, Unexplained: 60, 'pending, with effect': 20 } }
    )
  })

  test('is sequentially consistent iff some order respects the processes', () => {
    holds(
      interleaved,
      (history, meet) => {
        const verdict = sequentiallyConsistent(history, object)
        const expected = isExplained(object, history, processOrder)
        expect(verdict._tag).toBe(expected ? 'Explained' : 'Unexplained')
        if (history.some(({ _tag }) => _tag === 'Return')) meet(verdict._tag)
        if (expected) expectOrder(object, history, verdict, processOrder)
        if (expected && !isExplained(object, history, realTime)) meet('not linearizable')
      },
      { runs: 1000, met: { Explained: 300, Unexplained: 50, 'not linearizable': 10 } }
    )
  })

  test('is serializable, strictly or not, iff some order of whole transactions is', () => {
    holds(
      fc.tuple(interleaved, fc.integer({ min: 1, max: 3 })),
      ([history, size], meet) => {
        // The operations of a process, so many in a row.
        const counts = new Map<number, string>()
        const times = new Map<unknown, number>()
        for (const { process, called } of operationsOf(history)) {
          const n = times.get(process) ?? 0
          times.set(process, n + 1)
          counts.set(called, `${String(process)}/${Math.floor(n / size)}`)
        }
        const keyOf = ({ called }: Operation<Op, Outcome>): string => counts.get(called) ?? ''
        const units = [...new Set(counts.values())].map((key) => operationsOf(history).filter((o) => keyOf(o) === key))
        const inTime = (x: ReadonlyArray<Operation<Op, Outcome>>, y: ReadonlyArray<Operation<Op, Outcome>>): boolean =>
          x.at(-1) !== undefined && y[0] !== undefined && realTime(x.at(-1)!, y[0])
        const [loose, strict] = [serializable(history, object, keyOf), strictlySerializable(history, object, keyOf)]
        const [isLoose, isStrict] = [hasOrder(object, units, () => false), hasOrder(object, units, inTime)]
        expect(loose._tag).toBe(isLoose ? 'Explained' : 'Unexplained')
        expect(strict._tag).toBe(isStrict ? 'Explained' : 'Unexplained')
        if (units.some((unit) => unit.length > 1)) {
          meet(isStrict ? 'strictly' : isLoose ? 'loosely' : 'not')
          const isUnfinished = (o: Operation<Op, Outcome>): boolean =>
            units.some((unit) => keyOf(unit[0]!) === keyOf(o) && unit.some(({ returned }) => returned === undefined))
          if (isStrict) expectOrder(object, history, strict, processOrder, isUnfinished)
          if (isLoose) expectOrder(object, history, loose, () => false, isUnfinished)
        }
      },
      { runs: 1000, met: { strictly: 100, loosely: 1, not: 20 } }
    )
  })
})
