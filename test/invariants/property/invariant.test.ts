import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import {
  all,
  each,
  eachNode,
  failures,
  fromView,
  leaves,
  ofNodes,
  ofStates,
  partsOf,
  showFailure,
  together,
  whole
} from '../../../invariants/property/invariant.js'
import type { Invariant, NetworkInvariant, View } from '../../../invariants/property/invariant.js'
import type { World } from '../../../spec/system/network.js'
import { undef } from '../../../spec/prelude/unionMap.js'
import { address } from '../../support/toychains.js'

/** A network whose states and messages are numbers. */
const world = (states: ReadonlyArray<number>, packets: ReadonlyArray<readonly [number, number]> = []) => {
  const w: World<number, number> = {
    localState: { _tag: 'Def', entries: states.map((st, n) => [address(n), st] as const) },
    inFlightMsgs: packets.map(([dst, msg]) => ({ src: address(0), dst: address(dst), msg })),
    consumedMsgs: [{ src: address(0), dst: address(0), msg: 1000 }]
  }
  return { world: w }
}

type NetworkOfNumbers = NetworkInvariant<number, number>
const positive: NetworkOfNumbers = eachNode('positive', 'every state is positive', (node, st) =>
  st > 0 ? [] : [{ node, witness: `is ${st}` }]
)

/** The set of even messages in flight to a node, with the node's state, as a sum: it depends on neither order nor times. */
const evens: View<number, number, ReadonlySet<number>> = {
  start: (_n, st) => new Set([st]),
  matters: (msg) => msg % 2 === 0,
  arrive: (xs, msg) => new Set([...xs, msg])
}
const sum = (xs: ReadonlySet<number>): number => [...xs].reduce((x, y) => x + y, 0)

describe('an invariant', () => {
  test('holds iff it has no failures, and a failure says which conjunct, of which node, with which witness', () => {
    const tree = all('root', 'all of it', [
      all('left', 'the left half', [positive]),
      whole<{ world: World<number, number> }, never>('quiet', 'nothing is in flight', (s) =>
        s.world.inFlightMsgs.length === 0 ? [] : [{ witness: `${s.world.inFlightMsgs.length} in flight` }]
      )
    ] as ReadonlyArray<NetworkOfNumbers>)
    expect(failures(tree, world([1, 2]))).toEqual([])
    expect(failures(tree, world([0, 2, -1], [[0, 2]]))).toEqual([
      { path: ['root', 'left', 'positive'], says: 'every state is positive', node: 0, witness: 'is 0' },
      { path: ['root', 'left', 'positive'], says: 'every state is positive', node: 2, witness: 'is -1' },
      { path: ['root', 'quiet'], says: 'nothing is in flight', witness: '1 in flight' }
    ])
    expect(failures(tree, world([0], [[0, 2]])).map(showFailure)).toEqual([
      'root ▸ left ▸ positive ▸ node 0: is 0',
      'root ▸ quiet: 1 in flight'
    ])
  })

  test('that is an empty conjunction holds', () => {
    expect(failures(all('nothing', 'nothing is asked', []), 0)).toEqual([])
  })

  test('of whole states can be about anything', () => {
    const even: Invariant<number> = whole('even', 'it is even', (n) =>
      n % 2 === 0 ? [] : [{ witness: `${n} is odd` }]
    )
    expect([failures(even, 2), failures(even, 3)]).toEqual([
      [],
      [{ path: ['even'], says: 'it is even', witness: '3 is odd' }]
    ])
  })

  test('has its leaves in order, each with the names from the root', () => {
    const tree = all('a', '', [all('b', '', [positive]), all('c', '', []), positive])
    expect(leaves(tree).map(([path, leaf]) => [path, leaf.name])).toEqual([
      [['a', 'b', 'positive'], 'positive'],
      [['a', 'positive'], 'positive']
    ])
  })

  test('that speaks of the nodes as a set is decided from the whole world', () => {
    const defined: NetworkOfNumbers = ofNodes('defined', 'the map is defined', (s) =>
      s.world.localState._tag === 'Def' ? [] : [{ witness: 'undefined' }]
    )
    const lost = { world: { ...world([]).world, localState: undef } }
    expect([failures(defined, world([1])).length, failures(defined, lost).length]).toEqual([0, 1])
    expect(leaves(defined).map(([, { part }]) => part)).toEqual([O.some({ _tag: 'Nodes' })])
    // Of each node there is its address, and nothing else.
    const seen: unknown[] = []
    const looking: NetworkOfNumbers = ofNodes('looking', '', (s) => {
      if (s.world.localState._tag === 'Def') seen.push(...s.world.localState.entries)
      return []
    })
    expect(failures(looking, world([1, 2]))).toEqual([])
    expect(failures(looking, lost)).toEqual([])
    expect(seen).toEqual([
      [0, null],
      [1, null]
    ])
    // No node is left to object.
    expect(failures(positive, lost)).toEqual([])
  })
})

test('conjuncts about the states of nodes see no packet, whatever is in flight', () => {
  const seen: unknown[] = []
  const [conjunct] = ofStates<number, number>(
    each('states', '', (node, st, x) => {
      seen.push([node, st, x])
      return []
    })
  )
  expect(failures(conjunct!, world([7, 8], [[0, 2]]))).toEqual([])
  expect(seen).toEqual([
    [0, 7, null],
    [1, 8, null]
  ])
  // For those who compute views: there is one, in which nothing matters, and in which nothing is all there is.
  const [part] = partsOf(all('all', '', [conjunct!, whole('whole', '', () => []) as NetworkOfNumbers]))
  expect(partsOf(conjunct!)).toEqual([part])
  expect(part?._tag === 'View' && part.use.open((view) => [view.matters(1), view.arrive(null as never, 1)])).toEqual([
    ...[false, null]
  ])
})

describe('what a conjunct looks at', () => {
  const parts = (inv: NetworkOfNumbers) => leaves(inv).map(([, { part }]) => O.toUndefined(part))

  test('is the whole state, where it does not say so', () => {
    expect(parts(whole('quiet', '', () => []))).toEqual([undefined])
  })

  test('is one node at a time', () => {
    const [part] = parts(positive)
    expect(part?._tag === 'EachNode' && [1, 0].map((st) => part.decide(address(2), st, [address(2)]))).toEqual([
      [],
      [{ node: 2, witness: 'is 0' }]
    ])
  })

  test('is a view, which all conjuncts that are made from it share, each with its rule', () => {
    const [first, second] = fromView(evens, [
      each<number, ReadonlySet<number>>('first', '', (node) => [{ node, witness: 'first' }]),
      together<number, ReadonlySet<number>, number>('second', '', { summary: (_n, st) => st, decide: () => [] })
    ]).flatMap(parts)
    expect(first?._tag === 'View' && second?._tag === 'View' && [first.index, second.index]).toEqual([0, 1])
    expect(first?._tag === 'View' && second?._tag === 'View' && first.use === second.use).toBe(true)
    const opened = first?._tag === 'View' && first.use.open((view, rules) => [view.start(address(0), 3), rules])
    expect(opened).toEqual([
      new Set([3]),
      [
        { _tag: 'Each', decide: expect.any(Function) as unknown },
        { _tag: 'Together', open: expect.any(Function) as unknown }
      ]
    ])
  })
})

describe('a conjunct from a view', () => {
  const [small, equalSums] = fromView(evens, [
    each<number, ReadonlySet<number>>('small', 'every sum is below 10', (node, st, xs) =>
      sum(xs) < 10 ? [] : [{ node, witness: `from ${st}: ${sum(xs)}` }]
    ),
    together<number, ReadonlySet<number>, number>('equal', 'all sums are equal, or one is 0', {
      summary: (_n, _st, xs) => sum(xs),
      settles: (total) => total === 0,
      decide: (seen) =>
        seen.filter(({ sees }) => sees !== seen[0]?.sees).map(({ node, sees }) => ({ node, witness: `has ${sees}` }))
    })
  ])

  test('sees the state of a node and the messages in flight to it that matter, each as often as one likes', () => {
    expect(
      failures(
        small!,
        world(
          [3, 9],
          [
            [0, 4],
            [0, 4],
            [0, 5],
            [1, 3]
          ]
        )
      )
    ).toEqual([])
    expect(
      failures(
        small!,
        world(
          [3, 9],
          [
            [0, 4],
            [0, 6],
            [1, 2]
          ]
        )
      ).map(showFailure)
    ).toEqual(['small ▸ node 0: from 3: 13', 'small ▸ node 1: from 9: 11'])
  })

  test('about all nodes together sees one summary for each, in the order of the addresses', () => {
    expect(
      failures(
        equalSums!,
        world(
          [5, 1, 7],
          [
            [1, 4],
            [2, 2]
          ]
        )
      ).map(showFailure)
    ).toEqual(['equal ▸ node 2: has 9'])
    expect(
      failures(
        equalSums!,
        world(
          [5, 1, 7],
          [
            [1, 4],
            [0, 2],
            [0, 2],
            [2, 3]
          ]
        )
      )
    ).toHaveLength(1)
    expect(failures(equalSums!, world([5, 1], [[1, 4]]))).toEqual([])
  })

  test('about all nodes together holds where one summary settles it', () => {
    expect(failures(equalSums!, world([5, 0, 7]))).toEqual([])
    expect(failures(equalSums!, world([5, 1, 7]))).toHaveLength(2)
  })

  test('about all nodes together is decided from all of them, unless it says what settles it', () => {
    const [counted] = fromView(evens, [
      together<number, ReadonlySet<number>, number>('counted', '', {
        summary: (_n, st) => st,
        decide: (seen) => [{ witness: `${seen.length} nodes` }]
      })
    ])
    expect(failures(counted!, world([0, 0])).map(({ witness }) => witness)).toEqual(['2 nodes'])
  })
})
