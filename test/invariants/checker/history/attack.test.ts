/**
 * Histories that are hard or strange: many operations, many at once, none, odd values, objects that say what is not so.
 */
import { describe, expect, test } from 'vitest'
import { call, operationsOf, returns } from '../../../../invariants/checker/history/history.js'
import type { History, HistoryEvent } from '../../../../invariants/checker/history/history.js'
import {
  consistencyOf,
  sequentiallyConsistent,
  serializable,
  strictlySerializable
} from '../../../../invariants/checker/history/consistency.js'
import { linearizable } from '../../../../invariants/checker/history/linearizable.js'
import { verdictText } from '../../../../invariants/checker/history/picture.js'
import {
  dequeue,
  enqueue,
  queue,
  read,
  register,
  registers,
  unknownRegister,
  write
} from '../../../support/histories.js'
import type { Op, Outcome, Thing } from '../../../support/histories.js'

/** Numbers that look random, always the same. */
const numbers = (seed: number): (() => number) => {
  let x = seed
  return () => (x = (Math.imul(x, 1103515245) + 12345) & 0x7fffffff) / 0x80000000
}

/** A history of an object: at random times operations are called, take effect, and return. */
const recorded = <State>(
  object: Thing<State>,
  opOf: (random: () => number, n: number) => Op,
  { processes, operations }: { readonly processes: number; readonly operations: number }
): ReadonlyArray<HistoryEvent<Op, Outcome>> => {
  const random = numbers(2018)
  const open = new Map<number, { readonly op: Op; readonly result?: readonly [Outcome] }>()
  const events: Array<HistoryEvent<Op, Outcome>> = []
  let [state] = object.initial
  for (let n = 0; n < operations || open.size > 0; ) {
    const process = Math.floor(random() * processes)
    const own = open.get(process)
    if (own === undefined) {
      if (n === operations) continue
      const op = opOf(random, n++)
      events.push(call(process, op))
      open.set(process, { op })
    } else if (own.result === undefined) {
      const [outcome] = object.apply(state!, own.op)
      state = outcome![0]
      open.set(process, { op: own.op, result: [outcome![1]] })
    } else {
      events.push(returns(process, own.result[0]))
      open.delete(process)
    }
  }
  return events
}

const readsAndWrites = (random: () => number, n: number): Op => (random() < 0.5 ? read : write(n))
/** The history in which the first read that returns after so many events lies. */
const lying = (history: History<Op, Outcome>, from: number): History<Op, Outcome> => {
  const at = history.findIndex((event, i) => i >= from && event._tag === 'Return' && event.result !== undefined)
  const { process } = history[at]!
  return history.with(at, returns(process, 'a lie'))
}

describe('histories that are long or wide are decided', () => {
  test.each([
    ['1000 operations of 3 processes', 3, 1000],
    ['1000 operations of 8 processes', 8, 1000],
    ['400 operations of 20 processes', 20, 400]
  ])('%s', (_, processes, operations) => {
    const history = recorded(register, readsAndWrites, { processes, operations })
    expect(operationsOf(history)).toHaveLength(operations)
    const verdict = linearizable(history, register)
    expect(verdict._tag).toBe('Explained')
    expect(verdict.order).toHaveLength(operations)
  })

  test('with a lie in the middle, up to the lie', () => {
    const history = lying(recorded(register, readsAndWrites, { processes: 8, operations: 600 }), 600)
    const verdict = linearizable(history, register)
    expect(verdict._tag).toBe('Unexplained')
    expect(verdict.history.at(-1)).toMatchObject({ result: 'a lie' })
    expect(verdict._tag === 'Unexplained' && verdict.expected.length > 0).toBe(true)
  })

  test('part by part', () => {
    const keyed = (random: () => number, n: number): Op => ({
      ...readsAndWrites(random, n),
      key: `k${String(Math.floor(random() * 20))}`
    })
    const history = recorded(registers, keyed, { processes: 20, operations: 1000 })
    expect(linearizable(history, registers)._tag).toBe('Explained')
    const bad = linearizable(lying(history, 1000), registers)
    expect(bad._tag).toBe('Unexplained')
    expect(bad.history.at(-1)).toMatchObject({ result: 'a lie' })
  })

  test('20 processes that call at once: writes, and reads of every value', () => {
    const calls = Array.from({ length: 20 }, (_, p) => call(p, p < 10 ? write(p) : read))
    const ends = Array.from({ length: 20 }, (_, p) => returns(p, p < 10 ? undefined : p - 10))
    expect(linearizable([...calls, ...ends], register)._tag).toBe('Explained')
    expect(linearizable([...calls, ...ends, call(0, read), returns(0, null)], register)._tag).toBe('Unexplained')
  })

  test('20 that do the same are not told apart', () => {
    const calls = Array.from({ length: 20 }, (_, p) => call(p, enqueue(1)))
    const ends = Array.from({ length: 20 }, (_, p) => returns(p, undefined))
    expect(linearizable([...calls, ...ends, call(0, dequeue), returns(0, 2)], queue, { limit: 100 })._tag).toBe(
      'Unexplained'
    )
  })

  test('and beyond the limit they are refused', () => {
    const calls = Array.from({ length: 14 }, (_, p) => call(p, enqueue(p)))
    const history = [...calls, call(14, dequeue), returns(14, 'nothing')]
    expect(() => linearizable(history, queue, { limit: 1000 })).toThrow(
      'no verdict after 1000 positions: too many operations overlap'
    )
  })
})

describe('strange histories', () => {
  test('without events have an order, which is empty', () => {
    for (const verdict of [
      linearizable([], register),
      sequentiallyConsistent([], register),
      serializable([], register, () => 0),
      linearizable([], registers)
    ])
      expect(verdict).toMatchObject({ _tag: 'Explained', order: [] })
    expect(verdictText(linearizable([], register))).toContain('linearizable')
  })

  test('of pending calls only have one, in which nothing takes effect', () => {
    const history = [call('a', write(1)), call('b', read), call('c', write(2))]
    expect(linearizable(history, register)).toMatchObject({ _tag: 'Explained', order: [] })
    expect(verdictText(linearizable(history, register))).toContain('without effect: a:')
  })

  test('may have values that are equal, huge, undefined, null or no numbers', () => {
    const values = [10n ** 40n, 2 ** 60, NaN, null, undefined, '', 'null', [], { a: [1n] }, -0]
    const history = values.flatMap((value) => [
      call(1, write(value)),
      returns(1, undefined),
      call(2, read),
      returns(2, structuredClone(value))
    ])
    expect(linearizable(history, register)._tag).toBe('Explained')
    for (const [written, seen] of [
      [null, undefined],
      [undefined, null],
      [1, 1n],
      ['null', null],
      [10n ** 40n, 10n ** 40n + 1n],
      [2 ** 53, String(2 ** 53)]
    ])
      expect(
        linearizable([call(1, write(written)), returns(1, undefined), call(2, read), returns(2, seen)], register)._tag
      ).toBe('Unexplained')
  })

  test('may have a pending write that is read, and later one that is not', () => {
    const history = [call(1, write(1)), call(2, read), returns(2, null), call(2, read), returns(2, 1)]
    expect(linearizable(history, register)).toMatchObject({ order: { length: 3 } })
    const back = [...history, call(2, read), returns(2, null)]
    expect(linearizable(back, register)).toMatchObject({ _tag: 'Unexplained', history: back, expected: [1] })
  })

  test('whose operation knows only later what it returns have the shortest prefix that a client can see', () => {
    // The write takes effect, as the read says; what is wrong is what it returns, and that is seen in the last event.
    const history = [call(1, write(1)), call(2, read), returns(2, 1), call(2, read), returns(2, 1), returns(1, 'no')]
    expect(linearizable(history, register)).toMatchObject({ history, expected: [undefined], order: { length: 3 } })
  })
})

describe('conditions', () => {
  const stale = [call(1, write(1)), returns(1, undefined), call(2, read), returns(2, null)]

  test('differ in what they ask of time', () => {
    expect(consistencyOf(stale, register).level).toBe('sequentially consistent')
    expect(consistencyOf(stale.slice(0, 3), register)).toMatchObject({
      level: 'linearizable',
      sequentiallyConsistent: { _tag: 'Explained', level: 'sequentially consistent' }
    })
    const own = [call(1, write(1)), returns(1, undefined), call(1, read), returns(1, null)]
    expect(consistencyOf(own, register).level).toBe('neither')
    expect(serializable(own, register, ({ called }) => called)._tag).toBe('Explained')
    expect(strictlySerializable(own, register, ({ called }) => called)._tag).toBe('Unexplained')
    expect(serializable(own, register, ({ process }) => process)._tag).toBe('Unexplained')
  })

  test('hold of a history, though not of its prefix, where time does not count', () => {
    const history = [call(1, read), returns(1, 1), call(2, write(1)), returns(2, undefined)]
    expect(sequentiallyConsistent(history.slice(0, 2), register)._tag).toBe('Unexplained')
    expect(sequentiallyConsistent(history, register)._tag).toBe('Explained')
  })

  test('of transactions: an update may not be lost', () => {
    const increment = (
      process: number,
      saw: number | null
    ): ReadonlyArray<ReadonlyArray<HistoryEvent<Op, Outcome>>> => [
      [call(process, read), returns(process, saw)],
      [call(process, write((saw ?? 0) + 1)), returns(process, undefined)]
    ]
    const [r1, w1] = increment(1, null)
    const [r2, w2] = increment(2, null)
    const lost = [...r1!, ...r2!, ...w1!, ...w2!]
    expect(linearizable(lost, register)._tag).toBe('Explained')
    expect(serializable(lost, register, ({ process }) => process)).toMatchObject({
      _tag: 'Unexplained',
      history: lost,
      stuck: { length: 2 }
    })
    const [r3, w3] = increment(2, 1)
    const kept = [...r1!, ...w1!, ...r3!, ...w3!]
    expect(strictlySerializable(kept, register, ({ process }) => process)._tag).toBe('Explained')
  })

  test('are not asked of transactions that do two things at a time', () => {
    expect(() => serializable([call(1, read), call(2, read)], register, () => 'T')).toThrow(
      'event 1: process 2 calls an operation of the transaction "T", but the one called in event 0 has not returned'
    )
  })

  test('are decided from any of several initial states', () => {
    const seen = (value: unknown): History<Op, Outcome> => [call(1, read), returns(1, value)]
    expect(linearizable(seen(0), unknownRegister)._tag).toBe('Explained')
    expect(linearizable(seen(1), unknownRegister)._tag).toBe('Explained')
    expect(linearizable([...seen(1), ...seen(0)], unknownRegister)).toMatchObject({
      history: { length: 4 },
      expected: [1]
    })
  })
})

describe('objects', () => {
  test('without initial states are refused', () => {
    expect(() => linearizable([], { ...register, initial: [] })).toThrow(
      'register has no initial state, so that no operation can take effect'
    )
  })

  test('that say they are made of parts, and are not, are refused: where that would explain, and where it would not', () => {
    const divided = { ...queue, partOf: ({ does }: Op) => does }
    const good = [call(1, enqueue(1)), returns(1, undefined), call(1, dequeue), returns(1, 1)]
    expect(() => linearizable(good, divided)).toThrow(
      'queue: partOf says that {"does":"dequeue"} and {"does":"enqueue","value":1} are about different parts, but after []'
    )
    const bad = [call(1, enqueue(1)), returns(1, undefined), call(1, dequeue), returns(1, null)]
    expect(() => linearizable(bad, divided)).toThrow(
      'queue: an order that explains the operations on each part does not explain them all'
    )
  })

  test('whose operations change nothing at first, and something later, are not taken for reading', () => {
    // A write of what is there changes nothing, and is needed later all the same.
    const history = [
      call(1, write(0)),
      call(2, write(2)),
      returns(2, undefined),
      call(2, read),
      returns(2, 0),
      returns(1, undefined)
    ]
    expect(linearizable(history, { ...register, initial: [0] })._tag).toBe('Explained')
    // An operation that changes nothing until a switch is thrown.
    const switched: Thing<readonly [boolean, number]> = {
      name: 'switched',
      initial: [[false, 0]],
      apply: ([on, n], { does }) =>
        does === 'throw'
          ? [[[true, n], undefined]]
          : does === 'add'
            ? [[[on, on ? n + 1 : n], undefined]]
            : [[[on, n], n]]
    }
    const all = [call(1, { does: 'add' }), call(2, { does: 'throw' }), returns(2, undefined), returns(1, undefined)]
    for (const n of [0, 1])
      expect(linearizable([...all, call(1, { does: 'see' }), returns(1, n)], switched)._tag).toBe('Explained')
    expect(linearizable([...all, call(1, { does: 'see' }), returns(1, 2)], switched)).toMatchObject({
      _tag: 'Unexplained',
      expected: [0, 1]
    })
  })
})
