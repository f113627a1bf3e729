/**
 * Scores of the states of a network in integers.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import type { CompactOptions } from '../../../../invariants/checker/model/walker.js'
import { entries } from '../../../../spec/prelude/unionMap.js'
import { holds } from '../../../support/property.js'
import { recipe, toyModel } from '../../../support/toyNetworks.js'
import type { ToyGlobal } from '../../../support/toyNetworks.js'
import { toys, inFlight } from '../../../support/quietToys.js'
import { to, small } from '../../../support/smallNetworks.js'

describe('the score of a state', () => {
  const scored = (of: (st: number, arriving: ReadonlyArray<number>) => number, how: CompactOptions, at = 5) => {
    const { compact } = small({
      states: [1, 2],
      packets: [to(1, at), to(1, at), to(1, 3), to(0, 4), to(9, 100)],
      observations: {
        states: [],
        steps: [],
        scores: [
          { name: 'other', says: 'another', of: () => 1 },
          { name: 'this', says: 'this', of }
        ]
      }
    }).begin(how)
    const state = new Int32Array(compact.width)
    compact.store(state, 0)
    return compact.score(state, 0)
  }
  const sum = (xs: ReadonlyArray<number>): number => xs.reduce((x, y) => x + y, 0)

  test('is the sum over the nodes, each with the messages in flight to it; 0 where none is asked for', () => {
    const of = (st: number, arriving: ReadonlyArray<number>): number =>
      100 * st + 1000 * arriving.length + sum(arriving)
    expect(scored(of, { toward: 'this' })).toBe(300 + 4000 + 17)
    expect(scored(of, { toward: 'other' })).toBe(2)
    expect(scored(of, {})).toBe(0)
  })

  test('is made of integers of 32 bits', () => {
    const half = 2 ** 31
    expect(scored((st) => (st === 1 ? -half : 0), { toward: 'this' })).toBe(-half)
    expect(scored((st) => (st === 1 ? half - 1 : 0), { toward: 'this' })).toBe(half - 1)
    for (const part of [half, -half - 1, 0.5, NaN])
      expect(() => scored(() => part, { toward: 'this' })).toThrow(
        `the score this is ${String(part)}, expected an integer of 32 bits`
      )
  })

  test('has a name that the model knows', () => {
    expect(() => scored(() => 0, { toward: 'that' })).toThrow(
      /^no score is called 'that'. What a search can go toward:/
    )
    expect(() => small({ states: [0] }).begin({ toward: 'that' })).toThrow(
      "no score is called 'that': the model has none"
    )
  })
})

describe('the scores of nodes', () => {
  /** Two packets alike and another, to node 0, in a network that has every fault once. */
  const faulty = toyModel(
    toys({ nodes: 2, faults: { duplications: 1, losses: 1, cuts: 1 }, packets: inFlight(1, 1, 0) })
  )

  test('adds the scores of nodes up, where it is told toward what', () => {
    const score = ({ world }: ToyGlobal): number =>
      entries(world.localState).reduce(
        (sum, [n, { v }]) => sum + world.inFlightMsgs.filter(({ dst }) => dst === n).length - 3 * v,
        0
      )
    holds(
      recipe(true),
      (r, meet) => {
        const model = toyModel(r)
        const compact = model.compact!({ toward: 'low' })
        const scored = (): number => {
          const two = new Int32Array(2 * compact.width)
          compact.store(two, compact.width)
          return compact.score(two, compact.width)
        }
        const state = model.system.initial[0]!
        compact.begin()
        expect(scored()).toBe(score(state))
        for (let place = 0; place < compact.enumerate(); place++) {
          const after = O.toUndefined(model.system.next(state, compact.actionAt(place)))!
          compact.apply(place)
          expect(scored()).toBe(score(after))
          if (score(after) !== score(state)) meet('another score')
          compact.begin()
        }
      },
      { runs: 60, met: { 'another score': 20 } }
    )
    const without = faulty.compact!()
    without.begin()
    expect(without.score(new Int32Array(without.width), 0)).toBe(0)
  })
})
