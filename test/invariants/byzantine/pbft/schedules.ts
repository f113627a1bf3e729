/**
 * Executions of PBFT on one sequence number with three views: the shortest ones that show what takes two view changes to show,
 * with replica 0 Byzantine, and those that need nobody who lies. A search finds each in some minutes
 * (`blockforest check pbft --mutant any-certificate`, and the same with `--byzantine none`).
 */
import type { ComponentStep } from '../../../../invariants/checker/index.js'

/** A step: what, by which replica, in which view, with which digest or outcome, and whether it takes messages of replica 0. */
type Line = readonly [name: string, at: number, view: number, value: string | null | undefined, isHelped: boolean]

const steps = (lines: ReadonlyArray<Line>): ReadonlyArray<ComponentStep> =>
  lines.map(([name, at, view, value, isHelped]) => ({
    _tag: name,
    at,
    choice: {
      view,
      ...(value === undefined ? {} : name.endsWith('new-view') ? { outcome: value } : { digest: value }),
      isHelped
    }
  }))

export const schedules: Readonly<Record<string, ReadonlyArray<ComponentStep>>> = {
  'any-certificate': steps([
    ['prepare', 1, 0, 'a', true],
    ['view-change', 1, 1, undefined, false],
    ['prepare', 2, 0, 'a', true],
    ['view-change', 2, 1, undefined, false],
    ['new-view', 1, 1, null, true],
    ['pre-prepare', 1, 1, 'b', false],
    ['view-change', 2, 2, undefined, false],
    ['accept-new-view', 3, 1, null, false],
    ['prepare', 3, 1, 'b', false],
    ['commit', 1, 1, 'b', true],
    ['view-change', 1, 2, undefined, false],
    ['new-view', 2, 2, 'a', true],
    ['accept-new-view', 1, 2, 'a', false],
    ['commit', 1, 2, 'a', true],
    ['commit', 2, 2, 'a', true],
    ['execute', 1, 2, 'a', true],
    ['commit', 3, 1, 'b', true],
    ['execute', 3, 1, 'b', true]
  ]),
  forget: steps([
    ['prepare', 1, 0, 'a', true],
    ['prepare', 2, 0, 'a', true],
    ['commit', 1, 0, 'a', false],
    ['commit', 2, 0, 'a', false],
    ['execute', 1, 0, 'a', true],
    ['view-change', 2, 1, undefined, false],
    ['view-change', 2, 2, undefined, false],
    ['view-change', 3, 2, undefined, false],
    ['new-view', 2, 2, null, true],
    ['accept-new-view', 1, 2, null, false],
    ['pre-prepare', 2, 2, 'b', false],
    ['prepare', 1, 2, 'b', false],
    ['commit', 1, 2, 'b', true],
    ['commit', 2, 2, 'b', true],
    ['execute', 1, 2, 'b', true]
  ])
}

/** Where nobody lies no step takes a message of a liar. */
const honestSteps = (lines: ReadonlyArray<readonly [name: string, at: number, view: number, value?: string | null]>) =>
  steps(lines.map(([name, at, view, value]) => [name, at, view, value, false]))

/** In view 0 replica 2 alone is prepared for a, and view 1 begins without it. */
const aloneInView0 = [
  ['pre-prepare', 0, 0, 'a'],
  ['prepare', 1, 0, 'a'],
  ['prepare', 2, 0, 'a'],
  ['commit', 2, 0, 'a']
] as const

const begunWithout2 = [
  ['view-change', 0, 1],
  ['view-change', 1, 1],
  ['view-change', 3, 1],
  ['new-view', 1, 1, null],
  ['accept-new-view', 0, 1, null],
  ['accept-new-view', 3, 1, null],
  ['pre-prepare', 1, 1, 'b'],
  ['prepare', 0, 1, 'b'],
  ['prepare', 3, 1, 'b']
] as const

export const withoutFaults: Readonly<Record<string, ReadonlyArray<ComponentStep>>> = {
  'execute-on-prepared': honestSteps([
    ...aloneInView0,
    ['execute', 2, 0, 'a'],
    ...begunWithout2,
    ['commit', 3, 1, 'b'],
    ['execute', 3, 1, 'b']
  ]),
  'any-certificate': honestSteps([
    ...aloneInView0,
    ...begunWithout2,
    ['commit', 0, 1, 'b'],
    ['commit', 1, 1, 'b'],
    ['commit', 3, 1, 'b'],
    ['execute', 3, 1, 'b'],
    ['view-change', 2, 2],
    ['view-change', 0, 2],
    ['view-change', 1, 2],
    ['new-view', 2, 2, 'a'],
    ['accept-new-view', 0, 2, 'a'],
    ['accept-new-view', 1, 2, 'a'],
    ['commit', 2, 2, 'a'],
    ['commit', 0, 2, 'a'],
    ['commit', 1, 2, 'a'],
    ['execute', 0, 2, 'a']
  ]),
  forget: honestSteps([
    ...aloneInView0,
    ['commit', 0, 0, 'a'],
    ['commit', 1, 0, 'a'],
    ['execute', 1, 0, 'a'],
    ['view-change', 0, 1],
    ['view-change', 0, 2],
    ['view-change', 2, 1],
    ['view-change', 2, 2],
    ['view-change', 3, 2],
    ['new-view', 2, 2, null],
    ['accept-new-view', 0, 2, null],
    ['accept-new-view', 3, 2, null],
    ['pre-prepare', 2, 2, 'b'],
    ['prepare', 0, 2, 'b'],
    ['prepare', 3, 2, 'b'],
    ['commit', 2, 2, 'b'],
    ['commit', 0, 2, 'b'],
    ['commit', 3, 2, 'b'],
    ['execute', 0, 2, 'b']
  ])
}
