/**
 * Systems of components: whatever the search, what is found is what a plain search of the same transition system finds.
 */
import { describe, expect, test } from 'vitest'
import { componentModel } from '../../../../invariants/checker/components/componentModel.js'
import { components } from '../../../../invariants/checker/components/system.js'
import type { ComponentStep } from '../../../../invariants/checker/components/system.js'
import { Visited } from '../../../../invariants/checker/data/visited.js'
import { compactOf } from '../../../../invariants/checker/model/model.js'
import { Descent } from '../../../../invariants/checker/search/descent.js'
import { parallel } from '../../../../invariants/checker/threads/parallel.js'
import { exhaustive } from '../../../../invariants/checker/search/exhaustive.js'
import type { Result } from '../../../../invariants/checker/model/result.js'
import { witnessState } from '../../../../invariants/checker/search/witness.js'
import { all, whole } from '../../../../invariants/property/invariant.js'
import {
  alwaysReachable,
  eventually,
  goal,
  labelsOf,
  leadsTo,
  progress
} from '../../../../invariants/property/property.js'
import { deep } from '../../../support/deep.js'
import { lamportMutex } from '../../../classics/lamportMutex.js'
import { randomComponents } from '../../../support/randomComponents.js'

/** What a search has to count the same as a plain one. */
const numbers = ({ states, transitions, depth, complete, coverage, counterexample }: Result<unknown, unknown>) => ({
  states,
  transitions,
  depth,
  complete,
  coverage,
  counterexample
})

describe('random systems of components', () => {
  const SYSTEMS = deep ? 3000 : 200

  test(`${SYSTEMS} of them: every search finds what a plain one finds`, async () => {
    const seen = { whole: 0, violated: 0, large: 0 }
    for (let seed = 1; seed <= SYSTEMS; seed++) {
      const model = randomComponents(seed)
      const plain = await exhaustive(model, { plain: true })
      const { compact: _, made: __, ...rest } = model
      const keyed = await exhaustive(rest)
      expect([seed, keyed.engine, numbers(keyed)]).toEqual([seed, 'keyed', numbers(plain)])
      for (const exact of [false, true]) {
        const found = await exhaustive(model, { exact })
        expect([seed, found.engine, found.exact, numbers(found)]).toEqual([seed, 'interned', exact, numbers(plain)])
        const down = await exhaustive(model, { exact, order: 'depth-first' })
        expect([seed, down.counterexample === undefined]).toEqual([seed, plain.counterexample === undefined])
        if (down.counterexample === undefined) expect({ ...numbers(down), depth: plain.depth }).toEqual(numbers(plain))
      }
      const deepened = await exhaustive(model, { order: 'iterative-deepening' })
      expect([seed, deepened.counterexample?.actions.length]).toEqual([seed, plain.counterexample?.actions.length])
      if (plain.counterexample === undefined) expect(numbers(deepened)).toEqual(numbers(plain))
      if (plain.counterexample) seen.violated++
      else seen.whole++
      if (plain.states > 30) seen.large++
    }
    expect(Math.min(seen.whole, seen.violated, seen.large)).toBeGreaterThan(SYSTEMS / 10)
  })

  test('bounds leave out the same, and violations that are counted are as many', async () => {
    for (let seed = 1; seed <= SYSTEMS; seed++) {
      const model = randomComponents(seed)
      const bounds = { depth: 1 + (seed % 4) }
      expect(numbers(await exhaustive(model, bounds))).toEqual(
        numbers(await exhaustive(model, { ...bounds, plain: true }))
      )
      const [{ times, among }, { times: plainly, among: amongPlainly }] = [
        await witnessState(model),
        await witnessState(model, { plain: true })
      ]
      expect([seed, times, among]).toEqual([seed, plainly, amongPlainly])
    }
  })

  test('are gone on with from a checkpoint', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const model = randomComponents(seed)
      const saved: Uint8Array[] = []
      const found = await exhaustive(model, { checkpoint: { isDue: () => true, save: (bytes) => saved.push(bytes) } })
      for (const resume of saved) expect(numbers(await exhaustive(model, { resume }))).toEqual(numbers(found))
    }
  })
})

describe('predicates of systems of components', () => {
  interface Counters {
    readonly up: number
    readonly down: number
    readonly tag: { readonly n: number }
  }
  const { action, invariant } = components<Counters>()
  const low = invariant('low', 'up is below 2', ['up'], ({ up }) => (up < 2 ? [] : [{ witness: String(up) }]))
  const level = invariant('level', 'up is down', ['up', 'down'], ({ up, down }) =>
    up === down ? [] : [{ witness: 'it is not' }]
  )
  const small = whole<Counters, never>('small', 'all is small', ({ up, down, tag }) =>
    up + down + tag.n < 4 ? [] : [{ witness: 'it is not' }]
  )
  const counters = (properties: Parameters<typeof componentModel<Counters>>[0]['properties']) =>
    componentModel<Counters>({
      name: 'counters',
      initial: [{ up: 0, down: 0, tag: { n: 0 } }],
      actions: (['up', 'down'] as const).map((which) =>
        action({
          name: which,
          reads: [which],
          writes: [which, 'tag'],
          steps: (seen) => (seen[which] < 3 ? [{ then: { [which]: seen[which] + 1, tag: { n: seen[which] } } }] : [])
        })
      ),
      invariants: [],
      properties: properties ?? []
    })

  test('are so of a row as they are of a state', async () => {
    const model = counters([
      alwaysReachable('low', '', low),
      eventually('level', '', level, [progress]),
      leadsTo('small', '', all('both', '', [low, level, small]), level, [progress]),
      goal('all', '', all('all', '', [low, level])),
      goal(
        'none',
        '',
        invariant('none', '', ['up'], ({ up }) => (up > 3 ? [] : [{ witness: 'never' }]))
      )
    ])
    const said = ({ states, coverage, answers }: Awaited<ReturnType<typeof exhaustive<Counters, ComponentStep>>>) => [
      states,
      coverage.goals,
      answers.map(({ verdict, states: bad, counterexample }) => [verdict, bad, counterexample?.actions.length])
    ]
    expect(said(await exhaustive(model))).toEqual(said(await exhaustive(model, { plain: true })))
    const compact = model.compact!()
    const labels = model.properties!.flatMap(labelsOf)
    const found = new Int32Array(labels.length)
    let s = model.system.initial[0]!
    for (let place = 0; ; place = 1 - place) {
      compact.labels(found, 0)
      expect([...found]).toEqual(labels.map(({ of }) => of(s)))
      const steps = [...model.system.steps!(s)]
      expect(compact.enumerate()).toBe(steps.length)
      if (steps.length < 2) break
      s = steps[place]![1]
      compact.apply(place)
    }
  })

  test('read what there is', () => {
    const { invariant: other } = components<Counters & { readonly left: number }>()
    const odd = other('odd', '', ['left'], () => [])
    expect(() => counters([goal('odd', '', odd as never)])).toThrow(
      'the property «odd» reads left, which is a component of no initial state'
    )
  })
})

interface Lamps {
  readonly left: boolean
  readonly right: boolean
}

describe('a component model', () => {
  const { action, invariant } = components<Lamps>()
  const lamps = (
    actions: Parameters<typeof componentModel<Lamps>>[0]['actions'],
    invariants: Parameters<typeof componentModel<Lamps>>[0]['invariants'] = []
  ) => componentModel<Lamps>({ name: 'lamps', initial: [{ left: false, right: false }], actions, invariants })
  const left = action({
    name: 'switch',
    at: 'left',
    reads: ['left'],
    writes: ['left'],
    steps: (seen) => [{ then: { left: !seen.left } }]
  })

  test('shows an action and an invariant what they read, and nothing else', async () => {
    const shown = new Set<string>()
    const look = action({
      name: 'look',
      reads: ['right'],
      writes: [],
      steps: (seen) => {
        shown.add(`the action: ${Object.keys(seen).join()}`)
        return []
      }
    })
    const sees = invariant('sees', 'it sees the left one', ['left'], (seen) => {
      shown.add(`the invariant: ${Object.keys(seen).join()}`)
      return []
    })
    for (const plain of [false, true]) {
      shown.clear()
      await exhaustive(lamps([left, look], [sees]), { plain })
      expect([...shown].sort()).toEqual(['the action: right', 'the invariant: left'])
    }
  })

  test('is refused where it writes what it does not say, in every search', async () => {
    const wrong = action({
      name: 'wrong',
      at: 1,
      reads: [],
      writes: ['left'],
      steps: () => [{ then: Object.fromEntries([['right', true]]) }]
    })
    for (const plain of [false, true])
      await expect(exhaustive(lamps([wrong]), { plain })).rejects.toThrow(
        'the action wrong at 1 writes right, which is not among its writes: declare it'
      )
  })

  test('is refused where two steps are called the same', async () => {
    const twice = action({
      name: 'twice',
      reads: [],
      writes: ['left'],
      steps: () => [{ then: {} }, { then: { left: true } }]
    })
    for (const plain of [false, true])
      await expect(exhaustive(lamps([twice]), { plain })).rejects.toThrow(
        'the action twice has two steps with one choice: let their choices differ'
      )
    expect(() => lamps([left, left])).toThrow('the action switch at "left" is there twice')
  })

  test('is refused where components are not those of its initial states', () => {
    const other = components<Record<string, boolean>>()
    const reading = other.action({ name: 'reading', reads: ['top'], writes: [], steps: () => [] })
    const writing = other.action({ name: 'writing', reads: [], writes: ['top'], steps: () => [] })
    const looking = other.invariant('looking', 'it looks', ['top'], () => [])
    const model = (initial: ReadonlyArray<Record<string, boolean>>, actions = [reading], invariants = [looking]) =>
      componentModel({ name: 'some', initial, actions, invariants })
    const none = 'which is a component of no initial state'
    expect(() => model([{ left: true }])).toThrow(`the action reading reads top, ${none}`)
    expect(() => model([{ left: true }], [writing])).toThrow(`the action writing writes top, ${none}`)
    expect(() => model([{ left: true }], [])).toThrow(`the invariant «looking» reads top, ${none}`)
    expect(() => model([{ top: true }, { left: true, top: true }])).toThrow(
      'the initial state 0 has no component left, which another one has'
    )
  })

  test('has no scores, and is not reduced', async () => {
    await expect(exhaustive(lamps([left]), { order: 'guided', toward: 'much' })).rejects.toThrow(
      'lamps has no scores, so that no search goes toward much: leave out order guided'
    )
    await expect(exhaustive(lamps([left]), { reduce: ['noop'] })).rejects.toThrow('lamps is no network')
  })

  test('computes steps and verdicts once for what they look at', async () => {
    const times = { action: 0, invariant: 0 }
    const bit = (name: string) =>
      components<Record<string, number>>().action({
        name,
        reads: [name],
        writes: [name],
        steps: (seen) => {
          times.action++
          return seen[name] === 0 ? [{ then: { [name]: 1 } }] : []
        }
      })
    const names = Array.from({ length: 8 }, (_, i) => `b${i}`)
    const model = componentModel<Record<string, number>>({
      name: 'bits',
      initial: [Object.fromEntries(names.map((name) => [name, 0]))],
      actions: names.map(bit),
      invariants: [
        components<Record<string, number>>().invariant('first', 'it is a bit', names, (seen) => {
          times.invariant++
          return seen['b0'] === 2 ? [{ witness: 'it is none' }] : []
        })
      ]
    })
    const { states, transitions, sizes } = await exhaustive(model)
    expect([states, transitions]).toEqual([256, 1024])
    expect(times).toEqual({ action: 16, invariant: 2 })
    expect(sizes).toEqual({ 'component values': 16, 'component steps': 8 })
  })

  test('says whose fault it is where a function throws, or changes what it is given', async () => {
    const { action: listing, invariant: judging } = components<{ readonly list: number[] }>()
    const faulty = (
      steps: (list: number[]) => ReadonlyArray<{ readonly then: { readonly list: number[] } }>,
      decide: (list: number[]) => number
    ) =>
      componentModel<{ readonly list: number[] }>({
        name: 'lists',
        initial: [{ list: [0] }],
        actions: [listing({ name: 'grow', reads: ['list'], writes: ['list'], steps: ({ list }) => steps(list) })],
        invariants: [
          judging('short', 'it is short', ['list'], ({ list }) => (decide(list) > 9 ? [{ witness: 'no' }] : []))
        ]
      })
    const grown = (list: number[]) => (list.length < 3 ? [{ then: { list: [...list, list.length] } }] : [])
    const changing = faulty(
      (list) => {
        list.push(1)
        return [{ then: { list } }]
      },
      (list) => list.length
    )
    const throwing = faulty(grown, (list) => {
      if (list.length === 3) throw new RangeError('too long')
      return list.length
    })
    for (const plain of [false, true]) {
      expect((await exhaustive(changing, { plain })).fault?.says).toContain('changed what it was given')
      const { fault } = await exhaustive(throwing, { plain })
      expect([fault?.says, fault?.actions.length]).toEqual(['the invariant «short» threw RangeError: too long', 2])
    }
  })

  test('says so where a Map is changed, which cannot be frozen', async () => {
    interface Counted {
      readonly counts: Map<string, number>
    }
    const counting = components<Counted>()
    const model = (change: boolean) =>
      componentModel<Counted>({
        name: 'counts',
        initial: [{ counts: new Map([['n', 0]]) }],
        actions: [
          counting.action({
            name: 'count',
            reads: ['counts'],
            writes: ['counts'],
            steps: ({ counts }) => {
              const next = change ? counts : new Map(counts)
              return (counts.get('n') ?? 0) < 3 ? [{ then: { counts: next.set('n', (counts.get('n') ?? 0) + 1) } }] : []
            }
          })
        ],
        invariants: []
      })
    expect((await exhaustive(model(false))).states).toBe(4)
    const { fault } = await exhaustive(model(true))
    expect(fault?.says).toContain('changed what it was given')
  })

  test('is searched by several threads', async () => {
    const options = { processes: 2, maxClock: 6 }
    const source = {
      module: new URL('../../../classics/lamportMutex.ts', import.meta.url).href,
      name: 'lamportMutex',
      argument: options
    }
    const alone = await exhaustive(lamportMutex(options))
    for (const threads of [1, 2]) {
      const together = await parallel(lamportMutex(options), source, { threads })
      expect([together.states, together.transitions, together.coverage]).toEqual([
        alone.states,
        alone.transitions,
        alone.coverage
      ])
    }
  })

  test('is searched from several initial states by several searches that share what they have found', async () => {
    interface Tree {
      readonly root: number
      readonly n: number
    }
    const model = componentModel<Tree>({
      name: 'trees',
      initial: [0, 5, 7].map((root) => ({ root, n: 1 })),
      actions: [0, 1].map((bit) =>
        components<Tree>().action({
          name: String(bit),
          reads: ['n'],
          writes: ['n'],
          steps: ({ n }) => (n < 512 ? [{ then: { n: 2 * n + bit } }] : [])
        })
      ),
      invariants: []
    })
    const { states, transitions } = await exhaustive(model)
    expect([states, transitions]).toEqual([3 * 1023, 3 * 1022])
    const visited = new Visited()
    const descents = [0, 1].map(() => new Descent(compactOf(model)!, visited))
    const [first, second] = descents
    first!.begin()
    while (first!.frontier > 0) {
      first!.advance(50)
      for (const path of first!.giveAway(3, 99)) {
        second!.start(path)
        while (second!.frontier > 0) second!.advance(50)
      }
    }
    expect(visited.size).toBe(states)
    expect(first!.transitions + second!.transitions).toBe(transitions)
  })
})
