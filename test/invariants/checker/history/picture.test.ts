/**
 * Verdicts as text.
 */
import { expect, test } from 'vitest'
import { canonical } from '../../../../invariants/checker/data/canonical.js'
import { sequentiallyConsistent, serializable } from '../../../../invariants/checker/history/consistency.js'
import { call, returns } from '../../../../invariants/checker/history/history.js'
import { linearizable } from '../../../../invariants/checker/history/linearizable.js'
import { verdictText } from '../../../../invariants/checker/history/picture.js'
import { read, register, write } from '../../../support/histories.js'
import type { Op, Outcome } from '../../../support/histories.js'

const words = {
  op: ({ does, value }: Op): string => (value === undefined ? does : `${does} ${canonical(value)}`),
  result: (result: Outcome): string => (result === undefined ? 'ok' : canonical(result))
}
const overlapping = [
  call('a', write(1)),
  call('b', write(2)),
  call('c', read),
  returns('a', undefined),
  returns('c', 2),
  call('c', write(3))
]

test('a linearizable history has a point for each operation that takes effect', () => {
  expect(
    verdictText(linearizable(overlapping, register), words)
  ).toBe(`linearizable: each operation may take effect at its ●
without effect: c: write 3

     a       b       c
  1  ┬       ·       ·   a calls write 1
     ●       ·       ·   write 1 → ok
  2  │       ┬       ·   b calls write 2
     │       ●       ·   write 2 → ok
  3  │       │       ┬   c calls read
     │       │       ●   read → 2
  4  ┴       │       │   a returns ok
  5  ·       │       ┴   c returns 2
  6  ·       │       ┬   c calls write 3`)
})

test('of one that is not there is the shortest prefix, with an order of what comes before its last event', () => {
  const history = [...overlapping.slice(0, 5), call('c', read), returns('c', null), call('d', read)]
  expect(
    verdictText(linearizable(history, register), words)
  ).toBe(`not linearizable: no order explains that read by c returns null in event 7
it might have returned 2 or 1

     a       b       c
  1  ┬       ·       ·   a calls write 1
     ●       ·       ·   write 1 → ok
  2  │       ┬       ·   b calls write 2
     │       ●       ·   write 2 → ok
  3  │       │       ┬   c calls read
     │       │       ●   read → 2
  4  ┴       │       │   a returns ok
  5  ·       │       ┴   c returns 2
  6  ·       │       ┬   c calls read
  7  ·       │       ┴   ✗ c returns null`)
})

test('other conditions have orders and attempts in words', () => {
  const stale = [call(1, write(1)), returns(1, undefined), call(2, read), returns(2, null)]
  expect(verdictText(sequentiallyConsistent(stale, register), words).split('\n')[0]).toBe(
    'sequentially consistent, in the order 2: read → null, 1: write 1 → ok'
  )
  const own = [call(1, write(1)), returns(1, undefined), call(1, read), returns(1, null)]
  expect(
    verdictText(sequentiallyConsistent(own, register))
  ).toBe(`not sequentially consistent: no order that keeps the order of each process explains what its 2 operations returned
the longest attempt: 1: {"does":"write","value":1} → undefined
next would have to come one of: 1: {"does":"read"} → null

     1
  1  ┬   1 calls {"does":"write","value":1}
  2  ┴   1 returns undefined
  3  ┬   1 calls {"does":"read"}
  4  ┴   1 returns null`)
  expect(
    verdictText(
      serializable(own, register, ({ process }) => process),
      words
    )
  ).toContain(
    'not serializable: no order of whole transactions explains what its 2 operations returned\nthe longest attempt: none\n' +
      'next would have to come one of: 1: write 1 → ok, 1: read → null'
  )
})
