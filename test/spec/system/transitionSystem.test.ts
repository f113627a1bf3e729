/**
 * Several steps as one.
 */
import * as O from 'fp-ts/lib/Option.js'
import { expect, test } from 'vitest'
import { inSteps } from '../../../spec/system/transitionSystem.js'
import type { TransitionSystem } from '../../../spec/system/transitionSystem.js'

/** Counts up by one or two, to five. */
const counter: TransitionSystem<number, 1 | 2> = {
  initial: [0],
  actions: (n) => ([1, 2] as const).filter((by) => n + by <= 5),
  next: (n, by) => (n + by <= 5 ? O.some(n + by) : O.none)
}

test('a step of several is any sequence of one to so many', () => {
  const { initial, actions, next } = inSteps(2, counter)
  expect(initial).toEqual([0])
  expect(actions(2)).toEqual([[1], [1, 1], [1, 2], [2], [2, 1]])
  expect(actions(5)).toEqual([])
  for (const taken of actions(2)) expect(next(2, taken)).toEqual(O.some(2 + taken.reduce<number>((n, by) => n + by, 0)))
  expect([next(2, []), next(0, [1, 1, 1]), next(4, [1, 1])]).toEqual([O.none, O.none, O.none])
})

test('one step at most is the system itself', () => {
  const { actions } = inSteps(1, counter)
  for (const n of [0, 4, 5]) expect(actions(n)).toEqual(counter.actions(n).map((by) => [by]))
})
