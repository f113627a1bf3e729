/**
 * Searches of networks of which inert packets are purged: what must be spared is.
 */
import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { Visited } from '../../../../invariants/checker/data/visited.js'
import type { CompactSystem } from '../../../../invariants/checker/model/walker.js'
import { fromView, together } from '../../../../invariants/property/invariant.js'
import { holds } from '../../../support/property.js'
import { address } from '../../../support/toychains.js'
import { declaredInvariants, recipe, toyModel } from '../../../support/toyNetworks.js'
import type { Recipe, ToyState } from '../../../support/toyNetworks.js'
import { fingerprint, expanded, explored } from '../../../support/compactSystems.js'
import { toys, hearing, bringing, inFlight } from '../../../support/quietToys.js'
import { counting } from '../../../support/countingNetwork.js'

const spared = <A>(compact: CompactSystem<A>): number | undefined => compact.sizes()['packets that must not be purged']

describe('a network by integers that purges inert packets', () => {
  const purging = (r: Recipe, invariants = declaredInvariants(r)) => toyModel(r, invariants).compact!({ purge: true })

  test('delivers with a step what it makes inert, as the specification can', () => {
    holds(
      fc.tuple(recipe(true), fc.array(fc.nat(), { minLength: 3, maxLength: 6, size: 'max' })),
      ([{ nodes, onMessage, onInternal, internals, packets }, choices], meet) => {
        const r = toys({ nodes, onMessage, onInternal, internals: internals + 1, packets })
        const model = toyModel(r, declaredInvariants(r))
        const compact = purging(r)
        const here = new Int32Array(compact.width)
        const goTo = (state: Int32Array): void => {
          compact.fetch(state, 0)
          compact.enumerate()
        }
        let state = model.system.initial[0]!
        compact.begin()
        for (const choice of choices) {
          compact.store(here, 0)
          const after = Array.from({ length: compact.enumerate() }, (_, place) => {
            goTo(here)
            const [first, ...others] = [compact.actionAt(place), ...compact.take(place).slice(1)]
            const there = [first, ...others].reduce((s, a) => O.toUndefined(model.system.next(s, a))!, state)
            const print = [compact.high(), compact.low()]
            expect(print).toEqual(fingerprint(there))
            goTo(here)
            compact.apply(place)
            expect([compact.high(), compact.low()]).toEqual(print)
            if (others.length > 1) meet('two at once')
            return { there, print }
          })
          compact.fetch(here, 0)
          const { asked, steps } = expanded(compact, new Visited(), Infinity)
          expect([steps, asked]).toEqual([after.length, after.map(({ print }) => print)])
          if (after.length === 0) break
          state = after[choice % after.length]!.there
          goTo(here)
          compact.apply(choice % after.length)
        }
      },
      { runs: 40, met: { 'two at once': 10 } }
    )
  })

  test('delivers them at the node that takes the step and where it sends something, and nowhere else', () => {
    const sends = [
      { to: 'all', msg: 0 },
      { to: 'all', msg: 1 },
      { to: 'nobody', msg: 0 }
    ] as const
    const r = toys({
      nodes: 3,
      onMessage: hearing([0, 1, 1], [0, 2, 2], [1, 2, 2]),
      onInternal: [{ v: 1, sends }],
      internals: 1,
      packets: [
        { src: 1, dst: 0, msg: 1 },
        { src: 1, dst: 0, msg: 2 },
        { src: 0, dst: 1, msg: 0 }
      ]
    })
    const model = toyModel(r, [])
    const compact = purging(r, [])
    const taken = [0, 1, 2, 3].map((place) => {
      compact.begin()
      expect(compact.enumerate()).toBe(6)
      return compact.take(place).map((a) => model.shapeOf(a))
    })
    const thinks = [
      'think 0',
      'Deliver 1 0→0',
      'Deliver 1 1→0',
      'Deliver 0 0→0',
      'Deliver 0 0→1',
      'Deliver 0 0→1',
      'Deliver 0 0→2'
    ]
    expect(taken).toEqual([['Deliver 2 1→0', 'Deliver 1 1→0'], ['Deliver 1 1→0'], thinks, ['Deliver 0 0→1']])
  })

  test('purges for good what is inert wherever the node may come', () => {
    const compact = purging(toys({ onMessage: hearing([0, 1, 1], [0, 2, 2], [1, 2, 2]), packets: inFlight(1, 1, 2) }))
    expect([explored(compact), compact.recheckPurged(), spared(compact)]).toEqual([3, 0, 0])
    expect(compact.coverage().kinds).toMatchObject({ 'Deliver 1': 1, 'Deliver 2': 2 })
    expect(toyModel(toys({})).compact!().sizes()).not.toHaveProperty('packets that must not be purged')
  })

  test('spares what is not inert in a state that follows, after any number of steps', () => {
    // 1 means nothing to a node with the value 0 or 1, and something to one with the value 2.
    const onMessage = hearing([2, 1, 0])
    const onInternal = [1, 2].map((v) => ({ v, sends: [] }))
    const packets = inFlight(0, 1)
    const once = purging(toys({ onMessage, onInternal, internals: 1, packets }), [])
    expect([explored(once), once.recheckPurged(), spared(once)]).toEqual([3, 0, 0])
    const twice = purging(toys({ onMessage, onInternal, internals: 2, packets }), [])
    expect([explored(twice), twice.recheckPurged(), spared(twice)]).toEqual([4, 1, 1])
    // What was explored is void.
    const { kinds, states, steps } = twice.coverage()
    expect([kinds, states, steps].flatMap((counts) => Object.values(counts)).filter((times) => times !== 0)).toEqual([])
    expect(twice.sizes()['cells']).toBe(0)
    expect([explored(twice), twice.recheckPurged(), spared(twice)]).toEqual([8, 0, 1])
    expect(twice.coverage().kinds).toMatchObject({ think: 5, 'Deliver 0': 1, 'Deliver 1': 4 })
    expect([twice.coverage().states, twice.coverage().steps]).toEqual([{ quiescence: 4, two: 2 }, { fall: 1 }])
  })

  test('spares what is not inert in one of several states that follow', () => {
    // 0 brings 1, which is purged at once, and 2, by which the node comes to the value 1; by thinking it comes to 2.
    const sparedIf = (v: number): number => {
      const onMessage = bringing({ 0: [1, 2] }, hearing([0, 2, 1], [v, 1, 0]))
      const onInternal = [{ v: 2, sends: [] }]
      const compact = purging(toys({ onMessage, onInternal, internals: 1, packets: inFlight(0) }), [])
      explored(compact)
      return compact.recheckPurged()
    }
    expect([sparedIf(1), sparedIf(2)]).toEqual([1, 1])
  })

  test('spares what is not inert far from where it was purged', () => {
    // 0 brings 1, which is purged at once, and 2, by which the node comes to the value 1, and again, to 2.
    const onMessage = bringing({ 0: [1, 2], 2: [2] }, hearing([0, 2, 1], [1, 2, 2], [2, 1, 0]))
    const compact = purging(toys({ onMessage, packets: inFlight(0) }), [])
    expect([explored(compact), compact.recheckPurged()]).toEqual([4, 1])
    expect([explored(compact), compact.recheckPurged()]).toEqual([8, 0])
  })

  test('spares what is not inert in an environment that comes up later', () => {
    // When 0 is delivered, the mood changes, and 1 is no longer delivered.
    const moods = [0, 1, 2, 3, 4, 5].map((i) => ({ allowed: i !== 4, flips: i === 0 }))
    const onInternal = [{ v: 1, sends: [{ to: 'self' as const, msg: 0 }] }]
    const compact = purging(toys({ onInternal, internals: 1, moods, packets: inFlight(1, 2) }), [])
    expect([explored(compact), compact.recheckPurged(), spared(compact)]).toEqual([4, 1, 1])
    expect([explored(compact), compact.recheckPurged(), spared(compact)]).toEqual([7, 0, 1])
  })

  /** It is seen of a node whether all of these messages are in flight to it, and 2 only if it is one of them. */
  const seeing = (...sought: ReadonlyArray<ReadonlyArray<number>>) =>
    fromView<ToyState, number, ReadonlyArray<number>>(
      {
        start: () => [],
        matters: () => true,
        arrive: (x, msg) => (x.includes(msg) ? x : [...x, msg].sort())
      },
      sought.map((messages) =>
        together<ToyState, ReadonlyArray<number>, boolean>('sought', 'nothing is ever wrong', {
          summary: (_n, _st, x) => messages.every((msg) => x.includes(msg)) && x.includes(2) === messages.includes(2),
          decide: () => []
        })
      )
    )
  const sparedOf = (more: Partial<Recipe>, ...sought: ReadonlyArray<ReadonlyArray<number>>) => {
    const compact = purging(toys({ packets: inFlight(0, 1, 2), ...more }), seeing(...sought))
    return [explored(compact), compact.recheckPurged(), spared(compact)]
  }

  test('spares what is seen, alone or with others', () => {
    expect([
      sparedOf({}),
      sparedOf({}, [0, 1, 2]),
      sparedOf({ packets: inFlight(0, 1) }, [1]),
      sparedOf({ packets: inFlight(0, 1) }, [1], [0]),
      sparedOf({ packets: inFlight(0, 1) }, [0, 1]),
      sparedOf({ packets: [0, 1].map((msg) => ({ src: 0, dst: 1, msg })), nodes: 2 }, [1])
    ]).toEqual([
      [2, 0, 0],
      [2, 3, 3],
      [2, 1, 1],
      [2, 2, 2],
      [2, 2, 2],
      [2, 1, 1]
    ])
  })

  test('spares nothing that is seen with other packets only than there are', () => {
    // 2 is never delivered.
    const moods = [0, 1, 2, 3, 4, 5].map((i) => ({ allowed: i !== 2, flips: false }))
    expect([sparedOf({ moods }, [1]), sparedOf({ moods }, [1, 2])]).toEqual([
      [2, 0, 0],
      [2, 1, 1]
    ])
  })

  test('asks the environment when it may deliver, and what it may lose', () => {
    const [one, two] = [1, 2].map((msg) => ({ src: address(0), dst: address(1), msg }))
    const compact = counting([one!, two!]).compact!({ purge: true })
    compact.begin()
    const taken = Array.from({ length: compact.enumerate() }, (_, place) => {
      compact.begin()
      compact.enumerate()
      return compact.take(place)
    })
    expect(taken).toHaveLength(5)
    const begin = { _tag: 'Intern', node: 1, transition: 'begin', ts: 0 }
    for (const actions of [
      [begin, { _tag: 'Deliver', packet: one, ts: 1 }],
      [
        { _tag: 'Lose', packet: two },
        { _tag: 'Deliver', packet: one, ts: 0 }
      ],
      [{ ...begin, node: 0 }]
    ])
      expect(taken).toContainEqual(actions)
    expect([explored(compact), compact.recheckPurged(), spared(compact)]).toEqual([6, 0, 0])
  })
})
