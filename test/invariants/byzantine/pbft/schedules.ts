/**
 * Executions of PBFT on one sequence number with three views and replica 0 Byzantine: the shortest ones that show what takes
 * two view changes to show. A search finds each in a minute (`blockforest check pbft --mutant any-certificate`).
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
