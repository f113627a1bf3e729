/**
 * The searches themselves, on systems that are small enough to be counted by hand.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { keyedSystem } from '../../../../invariants/checker/state/keyed.js'
import { freely, protocolModel, untimed } from '../../../../invariants/checker/network/protocolModel.js'
import { systemModel } from '../../../../invariants/checker/model/systemModel.js'
import type { Progress } from '../../../../invariants/checker/model/result.js'
import { breadthFirst } from '../../../../invariants/checker/search/breadthFirst.js'
import { depthFirst } from '../../../../invariants/checker/search/depthFirst.js'
import { Descent } from '../../../../invariants/checker/search/descent.js'
import { guided } from '../../../../invariants/checker/search/guided.js'
import { iterativeDeepening } from '../../../../invariants/checker/search/iterativeDeepening.js'
import type { CommonBounds, Exactness, Found } from '../../../../invariants/checker/search/bounds.js'
import { Visited } from '../../../../invariants/checker/data/visited.js'
import type { CompactSystem } from '../../../../invariants/checker/model/walker.js'
import { eachNode, whole } from '../../../../invariants/property/invariant.js'
import type { Address } from '../../../../spec/system/address.js'
import { numberTree, withSteps } from '../../../support/numberTree.js'
import type { Bit } from '../../../support/numberTree.js'
import { making } from '../../../support/executions.js'

/** A clock with so many hours, of which the hand goes on by one or by three. */
const clock = (hours: number): CompactSystem<number> =>
  keyedSystem(
    systemModel<number, number>({
      name: 'clock',
      system: { initial: [0], actions: () => [1, 3], next: (n, by) => O.some((n + by) % hours) },
      kindOf: (by) => `by ${by}`,
      invariants: [],
      states: [{ name: 'even', says: 'the hour is even', of: (n) => n % 2 === 0 }]
    })
  )

/** A way with so many places, one behind the other. */
const way = (places: number): CompactSystem<'on'> =>
  keyedSystem(
    systemModel<number, 'on'>({
      name: 'way',
      system: { initial: [1], actions: (n) => (n < places ? ['on'] : []), next: (n) => O.some(n + 1) },
      invariants: []
    })
  )

/** From each number one step to itself, and one to the next, up to one that is wrong. */
const waitingRoom = (bad: number): CompactSystem<Bit> =>
  keyedSystem(
    systemModel<number, Bit>({
      name: 'waiting room',
      system: { initial: [1], actions: () => ['0', '1'], next: (n, step) => O.some(n + Number(step)) },
      invariants: [whole('short', 'nobody waits for long', (n) => (n === bad ? [{ witness: String(n) }] : []))]
    })
  )

/** What was found, without what was counted. */
const numbers = <A>({ states, transitions, depth, complete, violation }: Found<A>) => ({
  states,
  transitions,
  depth,
  complete,
  violation
})

const SEARCHES: ReadonlyArray<
  readonly [string, <A>(compact: CompactSystem<A>, bounds: CommonBounds & Exactness) => Promise<Found<A>>]
> = [
  ['breadth first', breadthFirst],
  ['guided', guided],
  ['depth first', depthFirst],
  ['by iterative deepening', iterativeDeepening]
]

describe.each(SEARCHES)('a search %s', (name, search) => {
  test('goes through all states, and through each once', async () => {
    expect(numbers(await search(numberTree(8), {}))).toEqual({
      states: 15,
      transitions: 14,
      depth: 3,
      complete: true,
      violation: undefined
    })
    const { states, transitions, complete, coverage } = await search(clock(12), {})
    expect([states, transitions, complete]).toEqual([12, 24, true])
    expect(coverage).toEqual({ kinds: { 'by 1': 12, 'by 3': 12 }, states: { even: 6 }, steps: {} })
  })

  test('is over at once where the initial state is wrong, or has no steps', async () => {
    const [wrong, end] = [await search(numberTree(8, [1]), {}), await search(numberTree(1), {})]
    expect(numbers(wrong)).toEqual({ states: 1, transitions: 0, depth: 0, complete: false, violation: making([]) })
    expect(numbers(end)).toEqual({ states: 1, transitions: 0, depth: 0, complete: true, violation: undefined })
  })

  test('gives the way to a state that is wrong', async () => {
    for (const [bad, digits] of [
      [2, '0'],
      [3, '1'],
      [13, '101'],
      [19, '0011'],
      [26, '1010'],
      [31, '1111']
    ] as const) {
      const { violation, complete } = await search(numberTree(16, [bad]), {})
      expect([violation?.actions.join(''), complete]).toEqual([digits, false])
    }
  })

  test('keeps a bound on the states, and says that it is not complete', async () => {
    for (const maxStates of [2, 5, 14]) {
      const { states, complete } = await search(numberTree(8), { maxStates })
      expect([states, complete]).toEqual([maxStates, false])
    }
    expect(numbers(await search(numberTree(8), { maxStates: 16 }))).toMatchObject({ states: 15, complete: true })
  })
})

test.each(SEARCHES.slice(0, 3))(
  'a search %s keeps fingerprints, or whole states if it is told to',
  async (_, search) => {
    for (const [exact, kind] of [
      [undefined, 'Fingerprints'],
      [false, 'Fingerprints'],
      [true, 'States']
    ] as const) {
      const asked = new Set<string>()
      const compact = clock(12)
      const watched: CompactSystem<number> = {
        ...compact,
        visit: (visited) => {
          asked.add(visited._tag)
          return compact.visit(visited)
        },
        expand: (visited, ...rest) => {
          asked.add(visited._tag)
          return compact.expand(visited, ...rest)
        }
      }
      await search(watched, exact === undefined ? {} : { exact })
      expect([...asked]).toEqual([kind])
    }
  }
)

describe('breadth first', () => {
  test('what is nearer is found first, by a shortest way', async () => {
    expect(numbers(await breadthFirst(numberTree(8, [13, 14]), {}))).toEqual({
      states: 13,
      transitions: 12,
      depth: 3,
      complete: false,
      violation: making(['1', '0', '1'])
    })
    // Four times three hours are twelve.
    const { depth } = await breadthFirst(clock(12), {})
    expect(depth).toBe(5)
  })

  test('a bound on the depth cuts off what is farther, and says so where there is any', async () => {
    const found = await Promise.all([0, 1, 2, 3, 4].map((depth) => breadthFirst(numberTree(8), { depth })))
    expect(found.map(({ states, transitions, depth, complete }) => [states, transitions, depth, complete])).toEqual([
      [1, 0, 0, false],
      [3, 2, 1, false],
      [7, 6, 2, false],
      [15, 14, 3, true],
      [15, 14, 3, true]
    ])
    expect(await breadthFirst(numberTree(1), { depth: 0 })).toMatchObject({ states: 1, complete: true })
    // Of the last states that are reached the first have steps, and the last have none.
    expect(await breadthFirst(numberTree(6), { depth: 2 })).toMatchObject({
      states: 7,
      transitions: 6,
      complete: false
    })
  })

  test('a bound on the states leaves the rest out, though its steps are counted', async () => {
    expect(numbers(await breadthFirst(numberTree(8), { maxStates: 5 }))).toEqual({
      states: 5,
      transitions: 10,
      depth: 2,
      complete: false,
      violation: undefined
    })
  })
})

/** All that a search has told of its progress. */
const told = async <A>(
  search: (compact: CompactSystem<A>, bounds: CommonBounds) => Promise<Found<A>>,
  compact: CompactSystem<A>
): Promise<ReadonlyArray<Progress>> => {
  const progress: Progress[] = []
  await search(compact, { onProgress: (p) => progress.push(p) })
  return progress
}

describe('progress', () => {
  test('is told at the beginning, and when 16,384 states have been expanded', async () => {
    const start = { states: 1, transitions: 0, depth: 0, frontier: 1 }
    expect(await told(breadthFirst, way(3))).toEqual([start])
    const then = { states: 16_599, transitions: 16_598, frontier: 215 }
    // The last that was expanded is 2^14, after 14 steps; the last that was found is 16,599.
    expect(await told(breadthFirst, numberTree(8300))).toEqual([start, { ...then, depth: 14 }])
    expect(await told(guided, numberTree(8300))).toEqual([start, { ...then, depth: 14 }])
    // A guided search says how far it has come, and not how far it has gone through.
    expect(await told(breadthFirst, way(16_390))).toEqual([
      start,
      { states: 16_385, transitions: 16_384, depth: 16_383, frontier: 1 }
    ])
    expect(await told(guided, way(16_390))).toEqual([
      start,
      { states: 16_385, transitions: 16_384, depth: 16_384, frontier: 1 }
    ])
  })

  test('of a search that goes deeper first is told whenever it has looked at 131,072 steps, and at the end', async () => {
    const last = { states: 15, transitions: 14, depth: 3, frontier: 0 }
    expect(await told(depthFirst, numberTree(8))).toEqual([last])
    const many = (found: number, transitions: number, frontier: number): Progress => ({
      states: found,
      transitions: 2 ** 15 * transitions,
      depth: 3,
      frontier
    })
    const pauses = [many(7, 4, 3), many(9, 8, 1), many(13, 12, 1), many(15, 15, 0)]
    expect(await told(depthFirst, withSteps(numberTree(8), 2 ** 15))).toEqual(pauses)
    // The searches to the depths 0, 1 and 2, and the last.
    const shorter = (steps: number) => [
      { states: 1, transitions: 0, depth: 0, frontier: 0 },
      { states: 3, transitions: steps, depth: 1, frontier: 0 },
      { states: 7, transitions: 3 * steps, depth: 2, frontier: 0 }
    ]
    expect(await told(iterativeDeepening, numberTree(8))).toEqual([...shorter(2), last])
    expect(await told(iterativeDeepening, withSteps(numberTree(8), 2 ** 15))).toEqual([
      ...shorter(2 ** 15),
      many(11, 4, 3),
      many(15, 7, 0)
    ])
  })
})

describe('a checkpoint', () => {
  /** A search that keeps a checkpoint whenever it may. */
  const saved = async (compact: CompactSystem<Bit>, bounds: CommonBounds, isDue: () => boolean = () => true) => {
    const checkpoints: Uint8Array[] = []
    const checkpoint = { isDue, save: (bytes: Uint8Array) => checkpoints.push(bytes) }
    const found = await breadthFirst(compact, { ...bounds, checkpoint }, 'tree')
    return { found, checkpoints }
  }

  test('is made when it is due, and gone on from to the same end', async () => {
    expect((await saved(numberTree(8), {}, () => false)).checkpoints).toHaveLength(0)
    const { found, checkpoints } = await saved(waitingRoom(16_389), {})
    expect([found.states, found.violation?.actions.length, checkpoints.length]).toEqual([16_389, 16_388, 2])
    const earlier: unknown = expect.any(Number)
    for (const resume of checkpoints)
      expect(await breadthFirst(waitingRoom(16_389), { resume }, 'tree')).toEqual({ ...found, earlier })
  })

  test('of a search that has left something out makes no complete one', async () => {
    const { found, checkpoints } = await saved(numberTree(8300), { maxStates: 16_590 })
    expect(numbers(found)).toMatchObject({ states: 16_590, transitions: 16_598, complete: false })
    const [early, late] = await Promise.all(
      checkpoints.map((resume) => breadthFirst(numberTree(8300), { resume }, 'tree'))
    )
    expect(early).toMatchObject({ states: 16_599, transitions: 16_598, depth: 14, complete: true })
    expect(late).toMatchObject({ states: 16_590, transitions: 16_598, depth: 14, complete: false })
  })

  test('is of one system', async () => {
    const { checkpoints } = await saved(numberTree(8), {})
    for (const [resume] of [checkpoints]) {
      await expect(breadthFirst(numberTree(8), { resume: resume! }, 'bush')).rejects.toThrow('is of tree, not of bush')
      await expect(breadthFirst(numberTree(8), { resume: resume! })).rejects.toThrow(/is of tree, not of $/)
    }
  })
})

test('a frontier that is too large for memory goes where it is told to', async () => {
  const kept: Uint8Array[] = []
  const store = {
    write: (chunk: Uint8Array) => kept.push(chunk.slice()) - 1,
    read: (id: number) => kept[id]!,
    take: (id: number) => kept[id]!
  }
  const compact = numberTree(64)
  // Records of which seventeen fill a megabyte.
  const large: CompactSystem<Bit> = {
    ...compact,
    pack: (...state) => {
      compact.pack(...state)
      return 60_000
    }
  }
  expect(await breadthFirst(large, {})).toMatchObject({ states: 127, transitions: 126 })
  for (const [megabytes, written] of [
    [1, 6],
    [3, 3],
    [9, 0]
  ] as const) {
    kept.length = 0
    const found = await breadthFirst(large, { frontier: { store, megabytes } })
    expect([found.states, found.transitions, kept.length]).toEqual([127, 126, written])
  }
})

/** A row of nodes with numbers, one more of which each step makes larger, as a network; and scores of its states. */
const counters = (most: number, bad = -1): ((toward?: string) => CompactSystem<unknown>) => {
  interface Counter {
    readonly id: Address
    readonly n: number
  }
  const model = protocolModel<null, Counter, never, 'count', 0>({
    name: 'counters',
    nodes: 2,
    protocol: untimed<Counter, never, 'count'>({
      Init: (id) => ({ id, n: 0 }),
      procMsg: (st) => [st, []],
      procInt: (st) => [{ ...st, n: st.n + 1 }, []]
    }),
    environment: freely<Counter, never, 'count'>((_, { n }) => (n < most ? ['count'] : [])),
    invariants: [
      eachNode('low', 'the number is not reached', (_, { n }) => (n === bad ? [{ witness: String(n) }] : []))
    ],
    observations: {
      states: [],
      steps: [],
      scores: [{ name: 'second', says: 'the second counts', of: ({ id, n }) => (id === 1 ? n : 0) }]
    }
  })
  return (toward) => model.compact!(toward === undefined ? {} : { toward })
}

describe('guided', () => {
  test('what has the highest score is next', async () => {
    // The farthest state is not the last that is found.
    const all = await guided(counters(3)('second'), {})
    expect(numbers(all)).toEqual({ states: 16, transitions: 24, depth: 6, complete: true, violation: undefined })
    // The second node alone counts, while the first one waits.
    const found = await guided(counters(9, 5)('second'), {})
    expect([found.states, found.transitions, found.depth, found.complete]).toEqual([11, 10, 5, false])
    expect(found.violation?.actions).toEqual(
      Array.from({ length: 5 }, () => ({ _tag: 'Intern', node: 1, transition: 'count', ts: 0 }))
    )
  })

  test('among equals the oldest is next', async () => {
    const [toward, first] = [await guided(counters(9, 4)(), {}), await breadthFirst(counters(9, 4)(), {})]
    expect(numbers(toward)).toEqual(numbers(first))
    expect([toward.depth, toward.states]).toEqual([4, 11])
  })

  test('a bound on the states leaves the rest out', async () => {
    const found = await guided(counters(3)('second'), { maxStates: 7 })
    expect([found.states, found.transitions, found.complete]).toEqual([7, 13, false])
  })
})

describe('depth first', () => {
  test('what was found last is next', async () => {
    expect(numbers(await depthFirst(numberTree(8, [5, 13]), {}))).toEqual({
      states: 9,
      transitions: 8,
      depth: 3,
      complete: false,
      violation: making(['1', '0', '1'])
    })
  })

  test('a way may be long', async () => {
    const found = await depthFirst(way(1000), {})
    expect([found.states, found.depth, found.complete]).toEqual([1000, 999, true])
    const { violation } = await depthFirst(waitingRoom(700), {})
    expect(violation).toEqual(making(Array.from({ length: 699 }, () => '1')))
  })

  test('a bound on the states ends the search', async () => {
    expect(numbers(await depthFirst(numberTree(8), { maxStates: 4 }))).toMatchObject({
      states: 4,
      transitions: 4,
      depth: 2
    })
    // There are no more, but steps that were not taken.
    expect(numbers(await depthFirst(clock(12), { maxStates: 12 }))).toMatchObject({ states: 12, complete: false })
  })
})

describe('by iterative deepening', () => {
  test('a shortest way is found, and what counts is what the last search has counted', async () => {
    expect(numbers(await iterativeDeepening(numberTree(16, [13, 22]), {}))).toMatchObject({
      depth: 3,
      violation: making(['1', '0', '1'])
    })
    // Of two the first that is found.
    expect(numbers(await iterativeDeepening(numberTree(16, [9, 12]), {}))).toMatchObject({
      states: 10,
      transitions: 7,
      violation: making(['1', '0', '0'])
    })
    const { depth, coverage } = await iterativeDeepening(clock(12), {})
    expect([depth, coverage.kinds]).toEqual([5, { 'by 1': 12, 'by 3': 12 }])
  })

  test('a bound on the depth is kept, and it is said whether it cuts anything off', async () => {
    const found = await Promise.all([0, 1, 2, 3, 4].map((depth) => iterativeDeepening(numberTree(8), { depth })))
    expect(found.map(({ states, transitions, depth, complete }) => [states, transitions, depth, complete])).toEqual([
      [1, 0, 0, false],
      [3, 2, 1, false],
      [7, 6, 2, false],
      [15, 14, 3, true],
      [15, 14, 3, true]
    ])
  })
})

describe('a descent', () => {
  /** A descent from the initial state, which was not judged. */
  const descentIn = (compact: CompactSystem<Bit>, path: ReadonlyArray<number> = []): Descent<Bit> => {
    const made = new Descent(compact, new Visited())
    made.start(Int32Array.from(path))
    return made
  }
  const paths = (given: ReadonlyArray<Int32Array>) => given.map((path) => [...path])

  test('goes on for as many steps as it is told, and knows how much is left', () => {
    const down = new Descent(numberTree(8), new Visited())
    expect([down.frontier, down.isDone, down.transitions, down.deepest]).toEqual([0, true, 0, 0])
    down.start(Int32Array.of())
    expect([down.frontier, down.isDone]).toEqual([1, false])
    const seen = [1, 2, 3, 1, 99].map((steps) => {
      down.advance(steps)
      return [down.frontier, down.isDone, down.transitions, down.deepest]
    })
    expect(seen).toEqual([
      [2, false, 2, 1],
      [3, false, 4, 2],
      // Two states without steps, and one with two.
      [3, false, 8, 3],
      [2, false, 10, 3],
      [0, true, 14, 3]
    ])
  })

  test('starts where a path leads to, and counts from the initial state on', () => {
    const down = descentIn(numberTree(16, [27]), [1, 0])
    down.advance(99)
    expect(down.violation).toEqual(making(['1', '0', '1', '1']))
    expect([down.deepest, down.transitions]).toEqual([4, 4])
    const other = descentIn(numberTree(16, [29]), [1, 1])
    other.advance(99)
    expect(other.violation).toEqual(making(['1', '1', '0', '1']))
    const long = Array.from({ length: 700 }, () => 0)
    const far = new Descent(way(900), new Visited())
    far.start(Int32Array.from(long))
    far.advance(9999)
    expect([far.deepest, far.transitions]).toEqual([899, 199])
  })

  test('gives away what is next to the start, and keeps half', () => {
    const down = descentIn(numberTree(32))
    expect(paths(down.giveAway(9, 9))).toEqual([])
    down.advance(8)
    // Known are 2, 6, 14, 30 and 31.
    expect([paths(down.giveAway(1, 9)), down.frontier]).toEqual([[[0]], 4])
    expect([paths(down.giveAway(9, 9)), down.frontier]).toEqual([
      [
        [1, 0],
        [1, 1, 0]
      ],
      2
    ])
    expect([paths(down.giveAway(0, 9)), down.frontier]).toEqual([[], 2])
    down.advance(9999)
    // 30 and 31, and what is below.
    expect([down.transitions, down.isDone]).toEqual([8 + 4, true])
  })

  test('gives away all but the last of those next to the start', () => {
    const threefold = keyedSystem(
      systemModel<number, number>({
        name: 'threefold',
        system: { initial: [1], actions: (n) => (n < 27 ? [0, 1, 2] : []), next: (n, digit) => O.some(3 * n + digit) },
        kindOf: String,
        invariants: []
      })
    )
    const down = new Descent(threefold, new Visited())
    down.start(Int32Array.of())
    down.advance(7)
    // Known are 3 and 4, then 15 and 16, then 51, 52 and 53.
    expect([paths(down.giveAway(9, 9)), down.frontier]).toEqual([[[0], [1], [2, 0]], 4])
    expect([paths(down.giveAway(9, 9)), down.frontier]).toEqual([
      [
        [2, 1],
        [2, 2, 0]
      ],
      2
    ])
  })

  test('gives no path away that is too long', () => {
    const down = descentIn(numberTree(32))
    down.advance(8)
    expect([paths(down.giveAway(9, 1)), paths(down.giveAway(9, 1)), down.frontier]).toEqual([[[0]], [], 4])
    expect(paths(down.giveAway(9, 2))).toEqual([[1, 0]])
  })

  test('that is given away leads to the same states', () => {
    const compact = numberTree(16)
    const visited = new Visited()
    const one = new Descent(compact, visited)
    one.start(Int32Array.of())
    one.advance(6)
    const given = one.giveAway(9, 9)
    one.advance(9999)
    expect([given.length, one.transitions]).toEqual([2, 10])
    const transitions = given.map((path) => {
      const other = new Descent(numberTree(16), visited)
      other.start(path)
      other.advance(9999)
      return other.transitions
    })
    expect(transitions).toEqual([14, 6])
  })
})
