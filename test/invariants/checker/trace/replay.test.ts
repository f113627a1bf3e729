import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { bounds, toychainModel } from '../../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../../invariants/blockchain/playable.js'
import { exhaustive, runActions, statesAlong, verdict } from '../../../../invariants/checker/index.js'
import { systemModel } from '../../../../invariants/checker/model/systemModel.js'
import { actionsLike } from '../../../../invariants/checker/trace/replay.js'
import { showFailure, whole } from '../../../../invariants/property/invariant.js'
import { noFaults } from '../../../../spec/system/adversary.js'

const model = toychainModel(playNumbered, bounds(2, 1, 0, { blockOnly: true, faults: { ...noFaults, losses: 1 } }))
const { counterexample } = await exhaustive(model)
const { actions, states } = counterexample!

describe('actions that are run again', () => {
  test('lead through the states that the specification says', () => {
    expect(statesAlong(model, actions)).toEqual(states)
    expect(statesAlong(model, [])).toEqual(model.system.initial)
    expect(states[1]).toEqual(O.toUndefined(model.system.next(states[0]!, actions[0]!)))
  })

  test('stop where one is not enabled', () => {
    expect(statesAlong(model, [actions[1]!, actions[0]!])).toEqual(states.slice(0, 1))
    expect(statesAlong(model, [actions[0]!, actions[0]!, actions[1]!])).toEqual(states.slice(0, 2))
  })

  test('are a counterexample where their last state violates something, with all failures in it', () => {
    const again = runActions(model, actions)
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
    expect(() => runActions(model, actions.slice(0, 1))).toThrow(message)
    expect(() => runActions(model, actions.slice(1))).toThrow(message)
  })

  test('are found again by copies of them, as far as they are enabled', () => {
    const copies: ReadonlyArray<unknown> = structuredClone(actions)
    expect(actionsLike(model, copies)).toEqual(actions)
    expect(actionsLike(model, [copies[0], copies[0], copies[1]])).toEqual(actions.slice(0, 1))
    expect(actionsLike(model, [{ _tag: 'Heal' }])).toEqual([])
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

  test('lead through states from the first one', () => {
    expect(statesAlong(countdown(3, 8), ['down', 'down'])).toEqual([{ left: 3 }, { left: 2 }, { left: 1 }])
    expect(statesAlong(countdown(), ['down'])).toEqual([])
  })

  test('are a counterexample from the one from which they lead to a violation', () => {
    expect(runActions(countdown(3, 8, 9), ['down'])).toMatchObject({
      states: [{ left: 8 }, { left: 7 }],
      actions: ['down'],
      failures: [{ witness: '7' }]
    })
  })

  test('are no counterexample where they go on after the violation', () => {
    expect(() => runActions(countdown(8), ['down', 'down'])).toThrow('the specification does not confirm')
  })

  test('are found again up to the first that leads nowhere', () => {
    expect(actionsLike(countdown(1), ['down', 'down', 'down'])).toEqual(['down', 'down'])
    expect(actionsLike(countdown(), ['down'])).toEqual([])
  })
})
