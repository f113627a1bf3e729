import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { bounds, toychainModel } from '../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../invariants/blockchain/playable.js'
import { canonical } from '../../../invariants/canonical.js'
import type { CompactSystem } from '../../../invariants/checker/compact.js'
import type { Model } from '../../../invariants/checker/model.js'
import { violates } from '../../../invariants/checker/plain.js'
import type { GlobalState } from '../../../spec/system/executions.js'
import { entries } from '../../../spec/prelude/unionMap.js'
import { holds } from '../../support/property.js'
import { address } from '../../support/toychains.js'
import { recipe, toyModel } from '../../support/toyNetworks.js'

/** The fingerprint of a state, by Node's SHA-256: the sum, lane by lane, of those of its parts. */
const fingerprint = (s: GlobalState<unknown, unknown, unknown>): readonly [number, number] => {
  const parts: ReadonlyArray<unknown> = [
    ['env', s.env],
    ...entries(s.world.localState).map(([n, st]) => ['local', n, st]),
    ...s.world.inFlightMsgs.map((p) => ['packet', p])
  ]
  return parts
    .map((part) => createHash('sha256').update(canonical(part)).digest())
    .reduce<readonly [number, number]>(
      ([high, low], digest) => [(high + digest.readInt32BE(0)) | 0, (low + digest.readInt32BE(4)) | 0],
      [0, 0]
    )
}

/** All that can be seen of the current state of a compact system: fingerprint, record, and steps in order. */
const seen = <A>(compact: CompactSystem<A>) => {
  const record = new Uint8Array(4096)
  const length = compact.save(record)
  const steps = compact.enumerate(0)
  const places = Array.from({ length: steps }, (_, i) => i)
  return {
    fingerprint: [compact.high(), compact.low()],
    record: [...record.subarray(0, length)],
    steps: places.map((place) => canonical(compact.actionAt(place))),
    after: places.map((place) => [compact.highAfter(place), compact.lowAfter(place)]),
    violated: compact.violated()
  }
}

const bagOf = (texts: ReadonlyArray<string>): ReadonlyArray<string> => [...texts].sort()

/**
 * Walks through a model, and at each state takes every step and takes it back.
 * @returns how many steps were taken back.
 */
const walk = <S extends GlobalState<unknown, unknown, unknown>, A>(
  model: Model<S, A>,
  choices: ReadonlyArray<number>
): number => {
  const compact = model.compact!()
  const [start] = model.system.initial
  let state = start!
  let undone = 0
  compact.begin()
  for (const choice of choices) {
    const here = seen(compact)
    expect(here.fingerprint).toEqual(fingerprint(state))
    expect(here.violated).toBe(violates(model, state))
    expect(bagOf(here.steps)).toEqual(bagOf(model.system.actions(state).map((a) => canonical(a))))
    for (const [place, after] of here.after.entries()) {
      compact.apply(place)
      expect([compact.high(), compact.low()]).toEqual(after)
      compact.undo(place)
      undone++
    }
    expect(seen(compact)).toEqual(here)
    if (here.steps.length === 0) return undone
    const place = choice % here.steps.length
    const action = compact.actionAt(place)
    state = O.toUndefined(model.system.next(state, action))!
    compact.apply(place)
  }
  return undone
}

describe('a network by integers', () => {
  test('walks as the specification does; a step taken back leaves fingerprint, record and order of steps as they were', () => {
    holds(
      fc.tuple(recipe(false), fc.array(fc.nat(), { minLength: 1, maxLength: 6, size: 'max' })),
      ([r, choices], meet) => {
        if (walk(toyModel(r), choices) > 5) meet('more than five steps taken back')
        if (r.packets.some(({ dst }) => dst === r.nodes)) meet('a packet to nobody')
      },
      { runs: 120, met: { 'more than five steps taken back': 40, 'a packet to nobody': 15 } }
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
        if (walk(model, choices) > 100) meet('more than a hundred steps taken back')
      },
      { runs: 4, met: { 'more than a hundred steps taken back': 3 } }
    )
  })

  test('a step that sends again what it takes is taken back to the same order', () => {
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
    expect(walk(model, [0, 1, 2, 0, 1])).toBe(14)
  })

  test('comes back to a state from its record', () => {
    holds(
      fc.tuple(recipe(true), fc.array(fc.nat(), { minLength: 2, maxLength: 6, size: 'max' })),
      ([r, choices], meet) => {
        const compact = toyModel(r).compact!()
        compact.begin()
        const visited: Array<ReturnType<typeof seen>> = [seen(compact)]
        for (const choice of choices) {
          const steps = compact.enumerate(0)
          if (steps === 0) break
          compact.apply(choice % steps)
          visited.push(seen(compact))
        }
        if (visited.length > 3) meet('three steps')
        for (const state of visited.toReversed()) {
          const record = Uint8Array.from([...state.record, 1, 2, 3])
          compact.load(record, state.record.length)
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
      compact.enumerate(0)
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
      const steps = one.enumerate(0)
      one.countStep((5 * i) % steps)
      one.countState()
      one.apply((5 * i) % steps)
    }
    const here = seen(one)
    other.restore(one.dump())
    other.load(Uint8Array.from(here.record), here.record.length)
    expect(seen(other)).toEqual(here)
    expect(other.coverage()).toEqual(one.coverage())
    expect(other.sizes()['packets']).toBe(one.sizes()['packets'])
  })

  test('has no step at a place where none is listed', () => {
    const compact = toychainModel(playNumbered, bounds(2, 0, 0)).compact!()
    compact.begin()
    expect(compact.enumerate(0)).toBe(0)
    expect(() => compact.actionAt(0)).toThrow('no step is at place 0 of the step list')
  })

  test('lists steps from any place on, and keeps those before it', () => {
    const compact = toychainModel(playNumbered, bounds(2, 1, 0)).compact!()
    compact.begin()
    const above = compact.enumerate(0)
    const first = compact.actionAt(0)
    compact.apply(0)
    const end = compact.enumerate(above)
    expect([above, end]).toEqual([2, 4])
    expect(compact.actionAt(0)).toBe(first)
    expect(compact.actionAt(above)._tag).toBe('Deliver')
    compact.undo(0)
    expect(compact.enumerate(0)).toBe(2)
  })
})
