/**
 * Systems that are no networks, explored with fingerprints of their keys: the same as with whole states, in less memory.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { exhaustive } from '../../../../invariants/checker/search/exhaustive.js'
import { keyedSystem } from '../../../../invariants/checker/state/keyed.js'
import { systemModel } from '../../../../invariants/checker/model/systemModel.js'
import type { Model } from '../../../../invariants/checker/model/model.js'
import type { Result } from '../../../../invariants/checker/model/result.js'
import { ExactVisited, Visited } from '../../../../invariants/checker/data/visited.js'
import { whole } from '../../../../invariants/property/invariant.js'
import { deep } from '../../../support/deep.js'
import { randomSystem } from '../../../support/randomSystem.js'

/** What a search has to count the same as a plain one. */
const numbers = ({ states, transitions, depth, complete, coverage, counterexample }: Result<unknown, unknown>) => ({
  states,
  transitions,
  depth,
  complete,
  coverage,
  counterexample
})

describe('on random systems', () => {
  const SYSTEMS = deep ? 2000 : 150

  test(`${SYSTEMS} of them: with fingerprints and with whole keys, what is found is what a plain search finds`, async () => {
    const seen = { whole: 0, violated: 0, large: 0 }
    for (let seed = 1; seed <= SYSTEMS; seed++) {
      const model = randomSystem(seed)
      const plain = await exhaustive(model, { plain: true })
      for (const exact of [false, true]) {
        const keyed = await exhaustive(model, { exact })
        expect([keyed.engine, keyed.exact, plain.engine, plain.exact]).toEqual(['keyed', exact, 'plain', true])
        expect(numbers(keyed)).toEqual(numbers(plain))
        const down = await exhaustive(model, { exact, order: 'depth-first' })
        expect([seed, down.engine, down.counterexample === undefined]).toEqual([
          seed,
          'keyed',
          plain.counterexample === undefined
        ])
        if (down.counterexample === undefined) {
          expect({ ...numbers(down), depth: plain.depth }).toEqual(numbers(plain))
          expect(down.depth).toBeGreaterThanOrEqual(plain.depth)
        } else
          expect(down.counterexample.actions.length).toBeGreaterThanOrEqual(plain.counterexample?.actions.length ?? 0)
      }
      if (plain.counterexample) seen.violated++
      else seen.whole++
      if (plain.states > 50) seen.large++
    }
    expect(Math.min(seen.whole, seen.violated, seen.large)).toBeGreaterThan(SYSTEMS / 10)
  })

  test('bounds on depth and states leave out the same', async () => {
    let cut = 0
    for (let seed = 1; seed <= SYSTEMS; seed++) {
      const model = { ...randomSystem(seed), invariants: [] }
      const bounds = { depth: 1 + (seed % 6) }
      const plain = await exhaustive(model, { ...bounds, plain: true })
      expect(numbers(await exhaustive(model, bounds))).toEqual(numbers(plain))
      if (!plain.complete) cut++
      const all = await exhaustive(model, { plain: true })
      const { states, complete } = await exhaustive(model, { maxStates: 2 })
      expect(states).toBe(Math.min(2, all.states))
      if (all.states > 2) expect(complete).toBe(false)
    }
    expect(cut).toBeGreaterThan(SYSTEMS / 10)
  })
})

/** A grid, of which all steps lead away from a corner. */
const grid = (side: number): Model<readonly [number, number], 'right' | 'up'> =>
  systemModel<readonly [number, number], 'right' | 'up'>({
    name: `grid of ${side}`,
    system: {
      initial: [[0, 0]],
      actions: ([x, y]) => [...(x < side - 1 ? (['right'] as const) : []), ...(y < side - 1 ? (['up'] as const) : [])],
      next: ([x, y], a) => O.some(a === 'right' ? [x + 1, y] : [x, y + 1])
    },
    invariants: []
  })

describe('a search of a system that is no network', () => {
  test('keeps no more states than wait to be expanded, in either order', async () => {
    const inOrder = await exhaustive(grid(200))
    expect([inOrder.states, inOrder.transitions, inOrder.depth]).toEqual([40_000, 79_600, 398])
    // Those of the longest diagonal, and the one that is being expanded.
    expect(inOrder.sizes['most states waiting']).toBe(201)
    const down = await exhaustive(grid(200), { order: 'depth-first' })
    expect(down.states).toBe(40_000)
    expect(down.sizes['most states waiting']).toBeLessThanOrEqual(201)
  })

  test('is kept in a checkpoint, and gone on with', async () => {
    const model = grid(200)
    const saved: Uint8Array[] = []
    const all = await exhaustive(model, { checkpoint: { isDue: () => true, save: (bytes) => saved.push(bytes) } })
    // One is due at each pause, and on a slow machine there are more of these.
    expect(saved.length).toBeGreaterThanOrEqual(3)
    for (const resume of saved) expect(numbers(await exhaustive(model, { resume }))).toEqual(numbers(all))
  })

  test('from several initial states goes through all that they lead to, and confirms what it finds from any of them', async () => {
    const several: Model<readonly [number, number], 'right' | 'up'> = {
      ...grid(3),
      system: {
        ...grid(3).system,
        initial: [
          [2, 0],
          [0, 2],
          [2, 0]
        ]
      }
    }
    expect(await exhaustive(several)).toMatchObject({ engine: 'keyed', states: 5, transitions: 4, complete: true })
    const notThere = whole<readonly [number, number], never>('not there', 'nobody is at (1, 2)', ([x, y]) =>
      x === 1 && y === 2 ? [{ witness: 'somebody is' }] : []
    )
    const { counterexample } = await exhaustive({ ...several, invariants: [notThere] })
    expect(counterexample).toMatchObject({ start: 1, actions: ['right'] })
    expect(counterexample?.states).toEqual([
      [0, 2],
      [1, 2]
    ])
    await expect(exhaustive(several, { order: 'depth-first', plain: true })).rejects.toThrow(
      'a plain search is breadth first'
    )
    expect(keyedSystem(several).starts).toEqual([0, 1])
  })

  test('does not spill its frontier, and is not reduced', async () => {
    const store = { write: () => 0, read: () => new Uint8Array(0), take: () => new Uint8Array(0) }
    await expect(exhaustive(grid(3), { frontier: { store, megabytes: 1 } })).rejects.toThrow(
      'grid of 3 is not interned: its frontier is kept as values'
    )
    await expect(exhaustive(grid(3), { reduce: ['noop'] })).rejects.toThrow(
      'grid of 3 cannot be interned, so it cannot be reduced'
    )
  })
})

describe('a keyed system', () => {
  test('goes to what was stored, as often as asked, until it is expanded; then it is forgotten', () => {
    const compact = keyedSystem(grid(3))
    const row = new Int32Array(compact.width)
    const record = new Uint8Array(16)
    compact.begin()
    compact.enumerate()
    expect(compact.take(1)).toEqual(['up'])
    compact.store(row, 0)
    const print = [compact.high(), compact.low()]
    expect(compact.pack(row, 0, record)).toBe(4)
    for (const go of [() => compact.fetch(row, 0), () => compact.unpack(record)]) {
      compact.begin()
      expect([compact.high(), compact.low()]).not.toEqual(print)
      go()
      expect([compact.high(), compact.low()]).toEqual(print)
    }
    expect(compact.expand(new Visited(), Infinity, 0, 7)).toEqual({
      steps: 2,
      found: 2,
      violated: false,
      broken: -1,
      stuck: false,
      cut: false
    })
    const rows = [0, compact.stride].map((at) => Array.from(compact.rows().subarray(at, at + compact.stride)))
    expect(rows.map((r) => r.slice(compact.width))).toEqual([
      [0, 7],
      [1, 7]
    ])
    expect(() => compact.fetch(row, 0)).toThrow('grid of 3: no state has the number 0; what was expanded is forgotten')
    // Its number is given to the next state.
    compact.begin()
    const next = new Int32Array(compact.width)
    compact.store(next, 0)
    expect(next[0]).toBe(row[0])
    expect(() => compact.fetch(row, 0)).toThrow('grid of 3: the state with the number 0 is another one by now')
    expect(compact.sizes()).toEqual({ 'most states waiting': 3 })
  })

  test('has the initial states of its model, equal ones once, and needs one', () => {
    const from = (...initial: ReadonlyArray<number>) =>
      keyedSystem(
        systemModel<number, never>({
          name: 'some',
          system: { initial, actions: () => [], next: () => O.none },
          invariants: []
        })
      )
    expect(from(7, 8, 7, 9, 8).starts).toEqual([0, 1, 3])
    expect(() => from()).toThrow('some has no initial state')
    expect(() => from(7).begin(1)).toThrow('some has no initial state 1')
  })

  test('adds the state at which it is to a set, whose last two integers are its fingerprint', () => {
    const compact = keyedSystem(grid(3))
    const visited = new Visited()
    expect([compact.visit(visited), compact.visit(visited), visited.size]).toEqual([true, false, 1])
    expect(visited.has(compact.high(), compact.low())).toBe(true)
    const whole = new ExactVisited(compact.width)
    expect([compact.visit(whole), compact.visit(whole), whole.size]).toEqual([true, false, 1])
  })

  test('does not go to a state with another fingerprint', () => {
    const compact = keyedSystem(grid(3))
    const row = new Int32Array(compact.width)
    compact.store(row, 0)
    const [number = 0, high = 0, low = 0] = row
    const says = 'grid of 3: the state with the number 0 is another one by now'
    expect(() => compact.fetch(Int32Array.of(number, high + 1, low), 0)).toThrow(says)
    expect(() => compact.fetch(Int32Array.of(number, high, low + 1), 0)).toThrow(says)
    expect(() => compact.fetch(Int32Array.of(number + 1, high, low), 0)).toThrow('no state has the number 1')
    expect(() => compact.fetch(row, 0)).not.toThrow()
  })

  test('expands what was not stored, too', () => {
    const compact = keyedSystem(grid(3))
    const row = new Int32Array(compact.width)
    compact.begin()
    compact.expand(new Visited(), Infinity, 0, 0)
    compact.store(row, 0)
    expect([row[0], compact.sizes()]).toEqual([2, { 'most states waiting': 3 }])
  })

  test('writes the number of a state to four bytes', () => {
    const compact = keyedSystem(grid(3))
    const record = new Uint8Array(6).fill(9)
    expect(compact.pack(Int32Array.of(99, 0x01020304, 5, 6), 1, record)).toBe(4)
    expect([...record]).toEqual([4, 3, 2, 1, 9, 9])
    for (const number of [0x01020304, 0x7f000000, 0x00ff00ff]) {
      compact.pack(Int32Array.of(number, 5, 6), 0, record)
      expect(() => compact.unpack(record)).toThrow(`grid of 3: no state has the number ${number}`)
    }
  })

  test('has its walker at the state to which it goes', () => {
    const compact = keyedSystem(grid(3))
    const row = new Int32Array(compact.width)
    compact.enumerate()
    compact.take(0)
    compact.store(row, 0)
    expect([compact.enumerate(), compact.actionAt(0), compact.actionAt(1)]).toEqual([2, 'right', 'up'])
    compact.apply(0)
    expect(compact.enumerate()).toBe(1)
    compact.fetch(row, 0)
    expect(compact.enumerate()).toBe(2)
    compact.begin()
    expect([compact.enumerate(), compact.score(row, 0)]).toEqual([2, 0])
  })

  test('is at the state that it has expanded', () => {
    const compact = keyedSystem(grid(3))
    compact.begin()
    const print = [compact.high(), compact.low()]
    const visited = new Visited()
    expect(compact.expand(visited, Infinity, 0, 0)).toMatchObject({ steps: 2, found: 2 })
    expect([compact.high(), compact.low(), compact.enumerate()]).toEqual([...print, 2])
    expect(compact.expand(visited, Infinity, 0, 0)).toMatchObject({ steps: 2, found: 0 })
  })

  test('puts what is found behind the rows that it is told to leave alone', () => {
    const compact = keyedSystem(grid(3))
    compact.begin()
    compact.expand(new Visited(), Infinity, 2, 5)
    const rows = compact.rows()
    expect(rows.slice(0, 2 * compact.stride).every((n) => n === 0)).toBe(true)
    const tags = [2, 3].map((n) => [...rows.subarray(n * compact.stride + compact.width, (n + 1) * compact.stride)])
    expect(tags).toEqual([
      [0, 5],
      [1, 5]
    ])
    // There is room for 256 at first.
    compact.begin()
    expect(compact.expand(new Visited(), Infinity, 1000, 6)).toMatchObject({ found: 2 })
    const far = [1000, 1001].map((n) => [
      ...compact.rows().subarray(n * compact.stride + compact.width, (n + 1) * compact.stride)
    ])
    expect(far).toEqual([
      [0, 6],
      [1, 6]
    ])
  })

  test('keeps one number for a state that is stored again, and numbers others otherwise', () => {
    const compact = keyedSystem(grid(3))
    const [row, again, other] = [new Int32Array(5), new Int32Array(5), new Int32Array(5)]
    compact.begin()
    compact.store(row, 1)
    compact.store(again, 2)
    compact.enumerate()
    compact.take(0)
    compact.store(other, 0)
    expect([row.slice(1, 4), again.slice(0, 2), other[0]]).toEqual([again.slice(2, 5), Int32Array.of(0, 0), 1])
    expect([row[1], compact.sizes()]).toEqual([0, { 'most states waiting': 2 }])
  })

  test('with whole keys numbers states in the order in which it meets them, for ever', () => {
    const compact = keyedSystem(grid(3), { exact: true })
    const row = new Int32Array(compact.width)
    const numbers = ['right', 'up', 'right', 'up'].map((step) => {
      compact.enumerate()
      compact.take(compact.actionAt(0) === step ? 0 : 1)
      compact.store(row, 0)
      return row[0]
    })
    expect(numbers).toEqual([1, 2, 3, 4])
    compact.begin()
    compact.enumerate()
    compact.take(1)
    compact.store(row, 0)
    expect(row[0]).toBe(5)
    compact.expand(new Visited(), Infinity, 0, 0)
    expect([0, 1].map((n) => compact.rows()[n * compact.stride])).toEqual([2, 6])
    expect(() => compact.fetch(row, 0)).toThrow('no state has the number 5')
    for (let times = 0; times < 2; times++) {
      compact.begin()
      compact.store(row, 0)
      expect(row[0]).toBe(0)
      compact.expand(new Visited(), Infinity, 0, 0)
    }
    compact.begin()
    compact.enumerate()
    compact.take(1)
    compact.store(row, 0)
    expect(row[0]).toBe(5)
  })

  test('has more rows than it began with where a state has many steps, and refuses more than can be told apart', () => {
    const star = (steps: number) =>
      systemModel<number, number>({
        name: 'star',
        system: {
          initial: [-1],
          actions: (s) => (s < 0 ? Array.from({ length: steps }, (_, i) => i) : []),
          next: (_, a) => O.some(a)
        },
        kindOf: () => 'go',
        invariants: []
      })
    const compact = keyedSystem(star(3000))
    compact.begin()
    expect(compact.expand(new Visited(), 2500, 0, 0)).toEqual({
      steps: 3000,
      found: 2500,
      violated: false,
      broken: -1,
      stuck: false,
      cut: true
    })
    expect(compact.rows()[2499 * compact.stride + compact.width]).toBe(2499)
  })

  test('tolerates violations if it is told to, and forgets what it has counted', () => {
    const never = whole('never', 'nothing is so', () => [{ witness: 'it is' }])
    const compact = keyedSystem({ ...grid(3), invariants: [never] })
    let times = 0
    compact.begin()
    expect(compact.violated()).toBe(true)
    expect(compact.expand(new Visited(), Infinity, 0, 0)).toMatchObject({ found: 1, violated: true })
    compact.tolerate(() => times++)
    expect(compact.violated()).toBe(false)
    expect(compact.expand(new Visited(), Infinity, 0, 0)).toMatchObject({ found: 2, violated: false })
    expect(times).toBe(3)
    expect(compact.coverage().kinds).toEqual({ right: 2, up: 1 })
    compact.resetCounts()
    expect([compact.coverage().kinds, compact.recheckPurged()]).toEqual([{}, 0])
  })

  test('goes on from what another has dumped, with the same numbers', () => {
    const [one, other] = [keyedSystem(grid(3)), keyedSystem(grid(3))]
    const row = new Int32Array(one.width)
    one.begin()
    one.store(row, 0)
    one.expand(new Visited(), Infinity, 0, 0)
    // What was expanded is in it no more.
    expect(one.dump()).toEqual({
      envs: [],
      locals: [
        [1, [1, 0]],
        [2, [0, 1]]
      ],
      packets: [],
      cells: [],
      coverage: one.coverage()
    })
    other.restore(one.dump())
    const found = one.rows().slice(one.stride, one.stride + one.width)
    other.fetch(found, 0)
    expect([other.high(), other.low()]).toEqual([found[1], found[2]])
    // The number of what was expanded is free.
    other.begin()
    other.store(row, 0)
    expect(row[0]).toBe(0)
    expect([one.coverage(), one.sizes()]).toEqual([other.coverage(), { 'most states waiting': 3 }])
    expect(other.sizes()).toEqual({ 'most states waiting': 3 })
  })

  test('that keeps whole keys is not dumped', () => {
    expect(() => keyedSystem(grid(3), { exact: true }).dump()).toThrow(
      'grid of 3: where whole keys are kept, a search is not dumped'
    )
  })
})
