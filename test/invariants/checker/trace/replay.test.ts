import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { bounds, toychainModel } from '../../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../../invariants/blockchain/playable.js'
import { exhaustive, runActions, statesAlong, verdict } from '../../../../invariants/checker/index.js'
import { systemModel } from '../../../../invariants/checker/model/systemModel.js'
import { executionLike } from '../../../../invariants/checker/trace/replay.js'
import { showFailure, whole } from '../../../../invariants/property/invariant.js'
import { noFaults } from '../../../../spec/system/adversary.js'
import { making } from '../../../support/executions.js'

const model = toychainModel(playNumbered, bounds(2, 1, 0, { blockOnly: true, faults: { ...noFaults, losses: 1 } }))
const { counterexample } = await exhaustive(model)
const { actions, states } = counterexample!

describe('actions that are run again', () => {
  test('lead through the states that the specification says', () => {
    expect(statesAlong(model, making(actions))).toEqual(states)
    expect(statesAlong(model, making([]))).toEqual(model.system.initial)
    expect(states[1]).toEqual(O.toUndefined(model.system.next(states[0]!, actions[0]!)))
  })

  test('stop where one is not enabled', () => {
    expect(statesAlong(model, making([actions[1]!, actions[0]!]))).toEqual(states.slice(0, 1))
    expect(statesAlong(model, making([actions[0]!, actions[0]!, actions[1]!]))).toEqual(states.slice(0, 2))
  })

  test('are a counterexample where their last state violates something, with all failures in it', () => {
    const again = runActions(model, making(actions))
    expect(again).toEqual(counterexample)
    expect(again.failures).toEqual(verdict(model, states.at(-1)!))
    expect(again.failures.map(showFailure)).toEqual([
      'clique_inv ▸ GSyncing_clique ▸ 5 ▸ node 1: has, with what is in flight, {g}, expected {1@0, g}, missing 1@0'
    ])
    expect(states.slice(0, -1).map((s) => verdict(model, s))).toEqual([[], []])
  })

  test('are no counterexample where nothing is violated or they cannot be run: that is an error of the checker', () => {
    const message =
      'B210 1 lost: the checker found a violation after 1 steps that the specification does not confirm. ' +
      'This is an error of the checker; please report it with the model and its bounds.'
    expect(() => runActions(model, making(actions.slice(0, 1)))).toThrow(message)
    expect(() => runActions(model, making(actions.slice(1)))).toThrow(message)
  })

  test('are found again by copies of them, as far as they are enabled', () => {
    const copies: ReadonlyArray<unknown> = structuredClone(actions)
    expect(executionLike(model, making(copies))).toEqual(making(actions))
    expect(executionLike(model, making([copies[0], copies[0], copies[1]]))).toEqual(making(actions.slice(0, 1)))
    expect(executionLike(model, making([{ _tag: 'Heal' }]))).toEqual(making([]))
  })
})

describe('actions where there is more than one initial state, or none', () => {
  const countdown = (...initial: ReadonlyArray<number>) =>
    systemModel<{ readonly left: number }, string>({
      name: 'countdown',
      system: {
        initial: initial.map((left) => ({ left })),
        actions: ({ left }) => (left >= 0 ? ['down'] : []),
        next: ({ left }) => (left > 0 ? O.some({ left: left - 1 }) : O.none)
      },
      invariants: [whole('not 7', 'seven are not left', ({ left }) => (left === 7 ? [{ witness: '7' }] : []))]
    })

  test('lead through states from the one that the execution begins in', () => {
    expect(statesAlong(countdown(3, 8), making(['down', 'down']))).toEqual([{ left: 3 }, { left: 2 }, { left: 1 }])
    expect(statesAlong(countdown(3, 8), making(['down', 'down'], 1))).toEqual([{ left: 8 }, { left: 7 }, { left: 6 }])
    expect(statesAlong(countdown(), making(['down']))).toEqual([])
  })

  test('are a counterexample from the one from which they lead to a violation', () => {
    expect(() => runActions(countdown(3, 8, 9), making(['down']))).toThrow('the specification does not confirm')
    expect(runActions(countdown(3, 8, 9), making(['down'], 1))).toMatchObject({
      start: 1,
      states: [{ left: 8 }, { left: 7 }],
      actions: ['down'],
      failures: [{ witness: '7' }]
    })
  })

  test('are no counterexample where they go on after the violation', () => {
    expect(() => runActions(countdown(8), making(['down', 'down']))).toThrow('the specification does not confirm')
  })

  test('are found again up to the first that leads nowhere', () => {
    expect(executionLike(countdown(1), making(['down', 'down', 'down']))).toEqual(making(['down', 'down']))
    expect(executionLike(countdown(), making(['down']))).toEqual(making([]))
  })
})
