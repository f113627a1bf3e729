/**
 * A network in integers, against the specification that it is made of.
 */
import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { bounds, toychainModel } from '../../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../../invariants/blockchain/playable.js'
import { canonical } from '../../../../invariants/checker/data/canonical.js'
import type { Model } from '../../../../invariants/checker/model/model.js'
import { violates } from '../../../../invariants/checker/model/model.js'
import { Visited } from '../../../../invariants/checker/data/visited.js'
import type { GlobalState } from '../../../../spec/system/executions.js'
import { holds } from '../../../support/property.js'
import { address } from '../../../support/toychains.js'
import { recipe, toyModel } from '../../../support/toyNetworks.js'
import { fingerprint, seen, afterSteps, expanded, bagOf } from '../../../support/compactSystems.js'
import { toys, inFlight } from '../../../support/quietToys.js'

/**
 * Walks through a model, and at each state takes every step, one by one and all at once.
 * @returns how many steps were taken.
 */
const walk = <S extends GlobalState<unknown, unknown, unknown>, A>(
  model: Model<S, A>,
  choices: ReadonlyArray<number>
): number => {
  const compact = model.compact!()
  const [start] = model.system.initial
  let state = start!
  let taken = 0
  compact.begin()
  for (const choice of choices) {
    const here = seen(compact)
    expect(here.fingerprint).toEqual(fingerprint(state))
    expect(here.violated).toBe(violates(model, state))
    expect(bagOf(here.steps)).toEqual(bagOf(model.system.actions(state).map((a) => canonical(a))))
    const after = afterSteps(compact)
    taken += after.length
    if (!here.violated) {
      const { asked, left, found, steps, violated, cut } = expanded(compact, new Visited(), Infinity)
      expect(cut).toBe(false)
      expect(asked).toEqual(after.slice(0, steps).map(({ high, low }) => [high, low]))
      // It ends with the first new state that violates an invariant.
      const first = after.findIndex(({ violated: bad }) => bad)
      expect([violated, steps]).toEqual([first >= 0, first >= 0 ? first + 1 : after.length])
      expect(left.map(({ place }) => place)).toEqual(
        after
          .slice(0, steps)
          .filter(({ high, low }, i) => after.findIndex((o) => o.high === high && o.low === low) === i)
          .map(({ place }) => place)
      )
      expect(found).toBe(left.length)
      for (const { state: row, place, tag } of left) {
        compact.fetch(Int32Array.from(row), 0)
        expect([compact.high(), compact.low(), tag]).toEqual([after[place!]!.high, after[place!]!.low, 17])
      }
      compact.fetch(Int32Array.from(here.state), 0)
    }
    expect(seen(compact)).toEqual(here)
    if (here.steps.length === 0) return taken
    const place = choice % here.steps.length
    const action = compact.actionAt(place)
    state = O.toUndefined(model.system.next(state, action))!
    compact.apply(place)
  }
  return taken
}

describe('a network by integers', () => {
  test('walks as the specification does; all steps at once lead where each leads', () => {
    holds(
      fc.tuple(recipe(false), fc.array(fc.nat(), { minLength: 1, maxLength: 6, size: 'max' })),
      ([r, choices], meet) => {
        if (walk(toyModel(r), choices) > 5) meet('more than five steps')
        if (r.packets.some(({ dst }) => dst === r.nodes)) meet('a packet to nobody')
      },
      { runs: 120, met: { 'more than five steps': 40, 'a packet to nobody': 15 } }
    )
  })

  test('walks through Toychain as the specification does', () => {
    const model = toychainModel(
      playNumbered,
      bounds(3, 2, 1, { faults: { duplications: 1, losses: 1, cuts: 1, sides: [[address(1)]] } })
    )
    holds(
      fc.array(fc.nat(), { minLength: 10, maxLength: 12 }),
      (choices, meet) => {
        if (walk(model, choices) > 100) meet('more than a hundred steps')
      },
      { runs: 4, met: { 'more than a hundred steps': 3 } }
    )
  })

  test('a step may send again what it takes', () => {
    // Every message is answered by itself, to the node itself.
    const echo = { v: 0, sends: [{ to: 'self', msg: 1 }] } as const
    const model = toyModel({
      nodes: 2,
      onMessage: Array.from({ length: 9 }, () => echo),
      onInternal: [],
      internals: 0,
      moods: Array.from({ length: 6 }, () => ({ allowed: true, flips: false })),
      packets: [
        { src: 0, dst: 0, msg: 1 },
        { src: 1, dst: 1, msg: 1 },
        { src: 0, dst: 1, msg: 2 }
      ],
      faults: { duplications: 0, losses: 0, cuts: 0 },
      forbidden: { value: 9, pair: 99, sum: 99, inFlight: 99 }
    })
    expect(walk(model, [0, 1, 2, 0, 1])).toBe(12)
  })

  test('comes back to a state from its record', () => {
    holds(
      fc.tuple(recipe(true), fc.array(fc.nat(), { minLength: 2, maxLength: 6, size: 'max' })),
      ([r, choices], meet) => {
        const compact = toyModel(r).compact!()
        compact.begin()
        const visited: Array<ReturnType<typeof seen>> = [seen(compact)]
        for (const choice of choices) {
          const steps = compact.enumerate()
          if (steps === 0) break
          compact.apply(choice % steps)
          visited.push(seen(compact))
        }
        if (visited.length > 3) meet('three steps')
        for (const state of visited.toReversed()) {
          const record = Uint8Array.from([...state.record, 1, 2, 3])
          compact.unpack(record)
          expect(seen(compact)).toEqual(state)
          compact.begin()
          compact.fetch(Int32Array.from(state.state), 0)
          expect(seen(compact)).toEqual(state)
        }
      },
      { runs: 120, met: { 'three steps': 50 } }
    )
  })

  test('starts over with begin, wherever it is', () => {
    const compact = toychainModel(playNumbered, bounds(2, 1, 0)).compact!()
    compact.begin()
    const start = seen(compact)
    for (let i = 0; i < 5; i++) {
      compact.enumerate()
      compact.apply(0)
    }
    expect(seen(compact)).not.toEqual(start)
    compact.begin()
    expect(seen(compact)).toEqual(start)
  })

  test('goes on in another system of the same model with what was dumped', () => {
    const model = toychainModel(playNumbered, bounds(2, 2, 0))
    const [one, other] = [model.compact!(), model.compact!()]
    one.begin()
    for (let i = 0; i < 12; i++) {
      const steps = one.enumerate()
      one.countStep((5 * i) % steps)
      one.countState()
      one.apply((5 * i) % steps)
    }
    const here = seen(one)
    other.restore(one.dump())
    other.unpack(Uint8Array.from(here.record))
    expect(seen(other)).toEqual(here)
    expect(other.coverage()).toEqual(one.coverage())
    expect(other.sizes()['packets']).toBe(one.sizes()['packets'])
  })

  test('has no step at a place where none is listed', () => {
    const compact = toychainModel(playNumbered, bounds(2, 0, 0)).compact!()
    compact.begin()
    expect(compact.enumerate()).toBe(0)
    expect(() => compact.actionAt(0)).toThrow('no step is at place 0 of the step list')
  })

  test('leaves no more new states than are wanted, and says that something was cut off', () => {
    const compact = toychainModel(playNumbered, bounds(3, 1, 0)).compact!()
    compact.begin()
    const { found, steps, cut, asked } = expanded(compact, new Visited(), 2)
    expect([found, steps, cut, asked.length]).toEqual([2, 3, true, 2])
    expect(Object.values(compact.coverage().kinds).reduce((a, b) => a + b)).toBe(3)
    compact.resetCounts()
    expect(Object.values(compact.coverage().kinds).reduce((a, b) => a + b)).toBe(0)
  })

  test('tolerates violations if it is told to, and says how many there are', () => {
    const model = toychainModel(
      playNumbered,
      bounds(2, 1, 0, { faults: { duplications: 0, losses: 1, cuts: 0, sides: [] } })
    )
    const compact = model.compact!()
    let times = 0
    compact.tolerate(() => times++)
    compact.begin()
    compact.enumerate()
    compact.apply(0)
    const { violated, found } = expanded(compact, new Visited(), Infinity)
    const bad = afterSteps(compact)
    expect([violated, found > 2, times > 0, bad.some((s) => s.violated)]).toEqual([false, true, true, false])
  })

  test('goes on when it has met more cells than it keeps', () => {
    const compact = toychainModel(playNumbered, bounds(2, 1, 0)).compact!({ mostCells: 4 })
    const steps: number[] = []
    for (let run = 0; run < 3; run++) {
      compact.begin()
      let taken = 0
      for (; taken < 4; taken++) {
        compact.enumerate()
        compact.apply(0)
      }
      steps.push(compact.high(), compact.sizes()['cells'] ?? 0)
    }
    expect([steps.slice(2, 4), steps.slice(4)]).toEqual([steps.slice(0, 2), steps.slice(0, 2)])
  })
})

describe('a network by integers', () => {
  /** Two packets alike and another, to node 0, in a network that has every fault once. */
  const faulty = toyModel(
    toys({ nodes: 2, faults: { duplications: 1, losses: 1, cuts: 1 }, packets: inFlight(1, 1, 0) })
  )

  test('says what it has met, and how much of it', () => {
    const compact = faulty.compact!()
    compact.begin()
    const nobody = Object.fromEntries(faulty.kinds.map((kind) => [kind, 0]))
    expect(compact.dump()).toEqual({
      envs: [{ env: { left: 0, mood: 0 }, duplications: 1, losses: 1, cuts: 1, cutOff: [] }],
      locals: [
        [0, { id: 0, v: 0 }],
        [1, { id: 1, v: 0 }]
      ],
      packets: [
        { src: 0, dst: 0, msg: 1 },
        { src: 0, dst: 0, msg: 0 }
      ],
      cells: [[0, 0, 0, 1], [1], [-1]],
      coverage: { kinds: nobody, states: { two: 0, quiescence: 0 }, steps: { fall: 0 }, goals: {} }
    })
    compact.enumerate()
    expect(compact.sizes()).toEqual({
      'local states': 2,
      packets: 2,
      'environment states': 4,
      'local steps': 7,
      cells: 3
    })
  })

  test('writes the numbers of a state to a record, seven bits a byte, the lowest first', () => {
    const compact = toyModel(toys({ nodes: 3 })).compact!()
    const record = new Uint8Array(20).fill(99)
    const numbers = [0, 127, 128, 300, 70_000]
    const length = compact.pack(Int32Array.from([7, ...numbers, 7, 7]), 1, record)
    expect([...record.subarray(0, length)]).toEqual([0, 127, ...[128, 1], ...[172, 2], ...[240, 162, 4]])
    compact.unpack(record)
    const state = new Int32Array(compact.width)
    compact.store(state, 0)
    expect([...state.subarray(0, numbers.length)]).toEqual(numbers)
  })

  test('writes and reads as many integers as a state has, where it is told to', () => {
    const compact = faulty.compact!()
    const { width } = compact
    compact.begin()
    const around = new Int32Array(width + 2).fill(-7)
    compact.store(around, 1)
    expect([around[0], around[1 + width]]).toEqual([-7, -7])
    const there = seen(compact)
    compact.apply(0)
    compact.fetch(around, 1)
    expect(seen(compact)).toEqual(there)
  })

  test('takes one step and no other where nothing is purged', () => {
    const compact = toyModel(toys({ packets: inFlight(0, 1, 2) })).compact!()
    compact.begin()
    compact.enumerate()
    expect(compact.take(0)).toHaveLength(1)
    expect(compact.enumerate()).toBe(2)
  })

  test('keeps cells up to a bound when it begins anew', () => {
    const cells = (mostCells?: number) => {
      const compact = faulty.compact!(mostCells === undefined ? {} : { mostCells })
      const sizes = [0, 1].map(() => {
        compact.begin()
        compact.enumerate()
        compact.apply(0)
        return compact.sizes()['cells']
      })
      compact.begin()
      return [...sizes, compact.sizes()['cells']]
    }
    expect([cells(), cells(4), cells(3)]).toEqual([
      [4, 4, 4],
      [4, 4, 4],
      [4, 4, 3]
    ])
  })
})
