/**
 * How many executions there are, and how many break which condition: exact, over all traitors, orders and strategies.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { lanesText, replay, traceOf, exhaustive } from '../../../../invariants/checker/index.js'
import { executionText, systemCalled } from '../../../../invariants/systems/index.js'
import { witnessState } from '../../../../invariants/checker/search/witness.js'

/** Counts of executions that are over, and of those that violate IC1 and IC2. */
const counts = (name: string, c: unknown): Promise<ReadonlyArray<number | undefined>> =>
  systemCalled(name)!.open((system) =>
    system.subject(c as never)(async ({ witnesses }) => {
      const found = await witnesses!.seek('run', {})
      if (E.isLeft(found)) throw new Error(found.left)
      const { states } = found.right.witness.coverage
      expect(states['run']).toBe(found.right.witness.times)
      return [states['run'], states['ic1-violated'], states['ic2-violated']]
    })
  )

describe('executions of OM(m), and those that violate IC1 and IC2', () => {
  test.each<[number, number, number, ReadonlyArray<number>]>([
    [3, 1, 0, [8, 2, 0]],
    [3, 1, 1, [12, 0, 2]],
    [4, 0, 1, [2, 0, 0]],
    [4, 1, 1, [32, 0, 0]],
    [5, 1, 1, [80, 0, 0]],
    [4, 1, 2, [104, 18, 27]],
    [5, 2, 1, [1280, 288, 168]],
    [6, 2, 1, [7680, 840, 0]]
  ])('n=%i, f=%i, m=%i: %j', async (nodes, traitors, rounds, expected) => {
    expect(await counts('om', { nodes, traitors, rounds })).toEqual(expected)
  })
})

describe('executions of SM(m), and those that violate IC1 and IC2', () => {
  test.each<[number, number, number, ReadonlyArray<number>]>([
    [3, 1, 0, [20, 6, 0]],
    [3, 1, 1, [20, 0, 0]],
    [3, 2, 1, [20, 0, 0]],
    [4, 1, 1, [70, 0, 0]],
    [4, 2, 1, [249, 48, 0]],
    [4, 2, 2, [249, 0, 0]],
    [5, 2, 1, [2928, 600, 0]],
    [5, 2, 2, [2928, 0, 0]]
  ])('n=%i, f=%i, m=%i: %j', async (nodes, traitors, rounds, expected) => {
    expect(await counts('sm', { nodes, traitors, rounds })).toEqual(expected)
  })
})

describe('an army that cannot be is refused', () => {
  test.each(['om', 'sm'])('by %s', (name) => {
    systemCalled(name)!.open(({ refuses }) => {
      const army = (nodes: number, traitors: number, rounds: number) => refuses?.({ nodes, traitors, rounds } as never)
      expect(army(4, 1, 2)).toBeUndefined()
      expect(army(4, 3, 1)).toBeUndefined()
      expect(army(4, 4, 1)).toBe(
        '4 traitors of 4 generals leave none that is loyal: choose fewer traitors, or more nodes'
      )
      expect(army(4, 1, 3)).toBe(
        'with 4 generals nobody is left to be told after 2 rounds: choose fewer rounds, or more nodes'
      )
    })
  })
})

/** The shortest counterexample, as it is shown. */
const shown = (name: string, c: unknown): Promise<{ readonly text: ReadonlyArray<string>; readonly lanes: string }> =>
  systemCalled(name)!.open((system) =>
    system.subject(c as never)(async ({ model, show }) => {
      const { counterexample } = await exhaustive(model)
      const { steps } = replay(model, traceOf(c, counterexample!.states, counterexample!.actions))
      return { text: executionText(show, steps).split('\n'), lanes: lanesText(show.lanes!(steps)) }
    })
  )

describe('counterexamples say who lied to whom', () => {
  test('with oral messages', async () => {
    const { text, lanes } = await shown('om', { nodes: 3, traitors: 1, rounds: 1 })
    expect(text).toEqual([
      '   0  initially',
      '      traitors: lieutenant 1; the commander orders to attack',
      '   1  the commander tells 1: attack',
      '   2  the commander tells 2: attack',
      '   3  lieutenant 1, a traitor, tells 2: the commander said: retreat (a lie: attack)',
      '   4  lieutenant 2 tells 1: the commander said: attack',
      '      lieutenant 2 retreats: attack by 0, retreat by 0→1',
      '      ✗ interactive consistency ▸ IC2: lieutenant 2 retreats, and the loyal commander ordered to attack',
      '          (in the end every loyal lieutenant obeys the order of a loyal commander)'
    ])
    expect(lanes.split('\n').slice(1, 5)).toEqual([
      '  1  ├──────▶●       │   the commander tells 1: attack (in flight from the start)',
      '  2  ├───────┼──────▶●   the commander tells 2: attack (in flight from the start)',
      '  3  │       ├──────▶●   lieutenant 1, a traitor, tells 2: the commander said: retreat (a lie: attack) (sent in step 2)',
      '  4  │       ●◀──────┤   ✗ lieutenant 2 tells 1: the commander said: attack (sent in step 2)'
    ])
  })

  test('with signed messages', async () => {
    const { text, lanes } = await shown('sm', { nodes: 4, traitors: 2, rounds: 1 })
    expect(text.slice(-5)).toEqual([
      '   6  round 2: lieutenant 1, a traitor, does not send to 3: retreat, signed 0, 1',
      '      lieutenant 2 retreats: has seen attack and retreat',
      '      lieutenant 3 attacks: has seen attack',
      '      ✗ interactive consistency ▸ IC1: lieutenant 2 retreats, lieutenant 3 attacks',
      '          (in the end all loyal lieutenants obey the same order)'
    ])
    expect(lanes).toContain('lieutenant 1, a traitor, sends to 2: retreat, signed 0, 1')
  })
})

test('a witness counts what else was seen', async () => {
  const { coverage, times } = await systemCalled('om')!.open((system) =>
    system.subject({ nodes: 3, traitors: 1, rounds: 1 } as never)(({ model }) => witnessState(model))
  )
  expect([times, coverage.states]).toEqual([2, { run: 12, attack: 3, 'ic1-violated': 0, 'ic2-violated': 2 }])
})
