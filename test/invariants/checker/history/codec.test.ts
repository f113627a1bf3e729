/**
 * Histories from outside: what is one, and why something is none.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { decodeHistory, HistoryOf } from '../../../../invariants/checker/history/codec.js'
import { call, MalformedHistory, operationsOf, returns } from '../../../../invariants/checker/history/history.js'

const reason = (u: unknown): string =>
  E.getOrElse((left: string) => left)(
    E.map(() => 'a history')(decodeHistory(t.string, t.union([t.number, t.undefined]), u))
  )

describe('a history as JSON', () => {
  const history = [call(1, 'read'), call('b', 'read'), returns('b', 3), returns(1, undefined), call(1, 'read')]

  test('comes back as it was', () => {
    const read: unknown = JSON.parse(JSON.stringify(history))
    expect(decodeHistory(t.string, t.union([t.number, t.undefined]), read)).toEqual(E.right(history))
    expect(HistoryOf(t.unknown, t.unknown).is(history)).toBe(true)
    expect(HistoryOf(t.unknown, t.unknown).encode(history)).toEqual(history)
  })

  test.each([
    [[], 'a history'],
    [[returns(1, 3)], 'not a history: event 0: process 1 returns, but it has no operation open'],
    [
      [call(1, 'read'), call(1, 'write')],
      'not a history: event 1: process 1 calls write, but its operation called in event 0 has not returned; a process waits for one operation at a time'
    ],
    [
      [call(1, 'read'), returns(1, 3), returns(1, 3)],
      'not a history: event 2: process 1 returns, but it has no operation open'
    ],
    [[call(1, 'read'), returns('1', 3)], 'not a history: event 1: process 1 returns, but it has no operation open']
  ])('%j: %s', (u, why) => {
    expect(reason(u)).toBe(why)
  })

  test.each([null, {}, [1], [{ _tag: 'Call' }], [{ ...call(1, 'read'), process: null }], [call(1, 2)]])(
    'is not %j',
    (u) => {
      expect(reason(u)).toMatch(/^not a history: /)
      expect(HistoryOf(t.string, t.number).is(u)).toBe(false)
    }
  )
})

test('events that are no history have no operations', () => {
  expect(() => operationsOf([returns(1, 3)])).toThrow(MalformedHistory)
})
