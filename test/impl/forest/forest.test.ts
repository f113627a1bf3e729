/**
 * Insertion, the head, events, limits: what each operation returns and what it leaves.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { createForest, left, longestChain, right } from '../../../impl/forest/index.js'
import { blocksOf, forestOf, genesis, names, options, random, rightOf, small } from './blocks.js'
import type { Small, SmallForest, SmallOptions } from './blocks.js'

describe('insert', () => {
  test('a new forest is genesis alone', () => {
    const forest = createForest(options)
    expect([forest.size(), forest.head(), forest.root(), names(forest.bestChain())]).toEqual([1, 'G', 'G', 'G'])
    expect(forest.get('G')).toEqual({ _tag: 'Valid', hash: 'G', block: genesis, height: 0, score: 0 })
  })

  test('a block that extends the head is connected, and is the new head', () => {
    const forest = forestOf('a<G')
    expect(forest.insert(small('b', 'a'))).toEqual(
      right({
        _tag: 'Connected',
        hash: 'b',
        height: 2,
        adopted: [],
        rejected: [],
        failed: [],
        head: { _tag: 'Extended', from: 'a', to: 'b', commonAncestor: 'a', undone: [], applied: [small('b', 'a')] }
      })
    )
  })

  test('a block that loses the fork choice is connected, and the head stays', () => {
    expect(forestOf('a<G b<a').insert(small('c', 'G'))).toEqual(
      right({ _tag: 'Connected', hash: 'c', height: 1, adopted: [], rejected: [], failed: [], head: undefined })
    )
  })

  test('a block that makes another chain the best one causes a reorganisation', () => {
    expect(rightOf(forestOf('a<G b<a c<G d<c').insert(small('e', 'd')))).toMatchObject({
      head: {
        _tag: 'Reorg',
        from: 'b',
        to: 'e',
        commonAncestor: 'G',
        undone: blocksOf('b<a a<G'),
        applied: blocksOf('c<G d<c e<d')
      }
    })
  })

  test('an orphan waits; what connects it says so, with all that hang on it, parents first', () => {
    const forest = forestOf('c<b d<c e<c b2<a')
    expect([forest.orphans(), forest.missing()]).toEqual([
      ['c', 'd', 'e', 'b2'],
      ['b', 'a']
    ])
    expect(forest.insert(small('b', 'a'))).toEqual(
      right({ _tag: 'Orphan', hash: 'b', parent: 'a', evicted: undefined })
    )
    expect(forest.missing()).toEqual(['a'])
    expect(rightOf(forest.insert(small('a', 'G')))).toMatchObject({
      _tag: 'Connected',
      adopted: ['b2', 'b', 'c', 'd', 'e'],
      head: { _tag: 'Extended', from: 'G', to: 'd', undone: [], applied: blocksOf('a<G b<a c<b d<c') }
    })
    expect([forest.orphans(), forest.missing(), forest.size()]).toEqual([[], [], 7])
  })

  test('a block that is there already is a duplicate, connected or orphan', () => {
    const forest = forestOf('a<G o<x')
    for (const b of blocksOf('a<G o<x')) {
      expect(forest.insert(b)).toEqual(right({ _tag: 'Duplicate', hash: b.name }))
    }
    expect(forest.insert(genesis)).toEqual(right({ _tag: 'Duplicate', hash: 'G' }))
    expect(forest.size()).toBe(3)
  })

  test('another block with the hash of one collides, and the forest is as it was', () => {
    const forest = forestOf('a<G o<x')
    const before = forest.toData()
    for (const [b, existing] of [
      [small('a', 'G', { weight: 9 }), small('a', 'G')],
      [small('o', 'a'), small('o', 'x')],
      [small('G', 'a'), genesis]
    ] as const)
      expect(forest.insert(b)).toEqual(left({ _tag: 'Collision', hash: b.name, existing }))
    expect(forest.toData()).toEqual(before)
    expect(forest.head()).toBe('a')
  })

  test('an invalid block is kept, is not chosen, and poisons its descendants', () => {
    const forest = forestOf('a<G')
    expect(forest.insert(small('b', 'a', { mark: 'bad', weight: 100 }))).toEqual(
      right({
        _tag: 'Invalid',
        hash: 'b',
        height: 2,
        invalidity: { _tag: 'Refused', reason: 'b is bad after 2' },
        adopted: [],
        rejected: [],
        failed: []
      })
    )
    for (const [name, parent] of [
      ['c', 'b'],
      ['d', 'c']
    ] as const)
      expect(rightOf(forest.insert(small(name, parent)))).toMatchObject({
        _tag: 'Invalid',
        invalidity: { _tag: 'InvalidAncestor', ancestor: 'b' }
      })
    expect([forest.head(), forest.tips(), forest.size()]).toEqual(['a', ['a'], 5])
    expect(forest.get('d')).toMatchObject({ _tag: 'Invalid', height: 4 })
    expect(forest.insert(small('b', 'a', { mark: 'bad', weight: 100 }))).toEqual(
      right({ _tag: 'Duplicate', hash: 'b' })
    )
  })

  test('orphans that turn out invalid are rejected with reasons when they are connected', () => {
    const forest = forestOf('b<a! c<b d<a')
    expect(rightOf(forest.insert(small('a', 'G')))).toMatchObject({
      _tag: 'Connected',
      adopted: ['b', 'd', 'c'],
      rejected: [
        { hash: 'b', invalidity: { _tag: 'Refused' } },
        { hash: 'c', invalidity: { _tag: 'InvalidAncestor', ancestor: 'b' } }
      ],
      head: { to: 'd' }
    })
  })

  test('a block that lowers the score is invalid, whether or not the scores can be compared', () => {
    const sum = { ...longestChain<Small, string>(), extend: (n: number, b: Small) => n + b.weight }
    for (const weight of [-1, NaN])
      expect(rightOf(forestOf('a<G', { forkChoice: sum }).insert(small('b', 'a', { weight })))).toMatchObject({
        invalidity: { _tag: 'ScoreDecreased' }
      })
  })

  test('nothing throws: what the rule throws is the error, and what the hash throws makes the block malformed', () => {
    const forest = createForest(options)
    expect(forest.insert(small('a', 'G', { mark: 'throws' }))).toEqual(
      left({ _tag: 'Threw', hash: 'a', cause: new Error('validation broke') })
    )
    expect([forest.has('a'), forest.size()]).toEqual([false, 1])
    // What comes from outside may be anything, whatever its type says.
    for (const bad of [undefined, null, 7, {}, { name: 'x' }, { parent: 'x' }, { name: 1, parent: 'G' }])
      expect(forest.insert(bad as never)).toMatchObject({ _tag: 'Left', left: { _tag: 'Malformed' } })
    const broken = createForest({
      ...options,
      forkChoice: {
        ...longestChain(),
        tieBreak: () => {
          throw new Error('tie')
        }
      }
    })
    broken.insert(small('a', 'G'))
    expect(broken.insert(small('b', 'G'))).toEqual(left({ _tag: 'Threw', hash: 'b', cause: new Error('tie') }))
    expect([broken.head(), broken.tips(), broken.size(), broken.has('b')]).toEqual(['a', ['a'], 2, false])
    expect(rightOf(broken.insert(small('c', 'a')))).toMatchObject({ _tag: 'Connected', height: 2, head: { to: 'c' } })
  })

  test('cycles of blocks, and a block that is its own parent, stay orphans', () => {
    const forest = forestOf('a<b b<a s<s c<a')
    expect([forest.orphans(), forest.missing(), forest.head()]).toEqual([['a', 'b', 's', 'c'], [], 'G'])
    expect(['a', 'b', 's', 'c'].map((h) => names(rightOf(forest.chain(h))))).toEqual(['b a', 'a b', 's', 'b a c'])
  })

  test('a forest that starts empty takes every block for an orphan until genesis comes', () => {
    const forest = forestOf('a<G b<a', { empty: true })
    expect([forest.size(), forest.head(), forest.has('G'), names(forest.bestChain())]).toEqual([2, 'G', false, 'G'])
    expect(rightOf(forest.insert(genesis))).toMatchObject({ adopted: ['a', 'b'], head: { from: 'G', to: 'b' } })
    expect([forest.size(), forest.orphans()]).toEqual([3, []])
  })

  test('a forest that is full refuses blocks, and is as it was', () => {
    const forest = forestOf('a<G b<a o<x', { maxBlocks: 3, maxOrphans: 1 })
    expect(forest.insert(small('c', 'b'))).toEqual(left({ _tag: 'Full', limit: 'maxBlocks' }))
    expect(forest.insert(small('b', 'a'))).toEqual(right({ _tag: 'Duplicate', hash: 'b' }))
    const other = forestOf('o<x', { maxOrphans: 1, evictOrphan: () => undefined })
    expect(other.insert(small('p', 'x'))).toEqual(left({ _tag: 'Full', limit: 'maxOrphans' }))
    expect(rightOf(other.insert(small('x', 'G')))._tag).toBe('Connected')
    expect([forest.size(), other.size()]).toEqual([4, 3])
  })

  test('validation sees the chain before the block, from the height that it asks for', () => {
    const seen: string[] = []
    const forest = forestOf('', {
      height: 10,
      validation: {
        genesis: 0,
        lookback: Infinity,
        step: (n, b, before) => {
          seen.push([b.name, names(before()), names(before(11)), names(before(99)), names(before(NaN))].join('|'))
          return right(n)
        }
      }
    })
    for (const b of blocksOf('a<G b<a c<b d<a')) forest.insert(b)
    expect(seen).toEqual(['a|G|||G', 'b|G a|a||G a', 'c|G a b|a b||G a b', 'd|G a|a||G a'])
  })
})

describe('order of arrival', () => {
  const N = 20_000
  const line = Array.from({ length: N }, (_, i) => small(`n${i}`, i === 0 ? 'G' : `n${i - 1}`))

  test('a chain that arrives backwards is connected by its first block, without recursion', () => {
    const forest = createForest(options)
    for (const b of [...line].reverse()) forest.insert(b)
    expect([forest.size(), forest.orphans().length, forest.head()]).toEqual([N + 1, 0, `n${N - 1}`])
  })

  test('forwards, backwards and shuffled, the head of a random tree is the same', () => {
    const r = random(1)
    const tree = Array.from({ length: 3000 }, (_, i) => {
      const parent = Math.floor(r() * (i + 1)) - 1
      return small(`n${i}`, parent < 0 ? 'G' : `n${parent}`, { weight: Math.floor(r() * 3) })
    })
    const shuffled = [...tree].map((b) => [r(), b] as const).sort((a, b) => a[0] - b[0])
    const heads = [tree, [...tree].reverse(), shuffled.map(([, b]) => b)].map((order) => {
      const forest = createForest(options)
      for (const b of order) forest.insert(b)
      return [forest.head(), forest.orphans().length]
    })
    expect(new Set(heads.map(String)).size).toBe(1)
    expect(heads[0]?.[1]).toBe(0)
  })
})

describe('a block that is not inserted leaves the forest as it was', () => {
  const breaks = (what: string) => (): never => {
    throw new Error(what)
  }
  const malformed = { _tag: 'Malformed', cause: expect.anything() as unknown }
  const start = 'a<G b<a! c<b d<a o<x p<o'
  const rejections: ReadonlyArray<readonly [string, Partial<SmallOptions>, unknown, object]> = [
    ['a collision with the root', {}, small('G', 'a'), { _tag: 'Collision', hash: 'G', existing: genesis }],
    ['a collision with a block', {}, small('d', 'o'), { _tag: 'Collision', hash: 'd', existing: small('d', 'a') }],
    ['a collision with an orphan', {}, small('o', 'G'), { _tag: 'Collision', hash: 'o', existing: small('o', 'x') }],
    ['no block', {}, undefined, malformed],
    ['a hash that is no string', {}, { name: 7, parent: 'd' }, malformed],
    ['a parent that is no string', {}, { name: 'z' }, malformed],
    ['a hash that throws', { hash: (b) => (b.name === 'z' ? breaks('hash')() : b.name) }, small('z', 'd'), malformed],
    [
      'a parent that throws',
      { parent: (b) => (b.name === 'z' ? breaks('parent')() : b.parent) },
      small('z', 'd'),
      malformed
    ],
    ['an `equals` that throws', { equals: breaks('equals') }, small('d', 'a'), malformed],
    ['too many blocks', { maxBlocks: 5 }, small('z', 'd'), { _tag: 'Full', limit: 'maxBlocks' }],
    [
      'too many orphans',
      { maxOrphans: 2, evictOrphan: () => undefined },
      small('z', 'y'),
      { _tag: 'Full', limit: 'maxOrphans' }
    ],
    [
      'an eviction that throws',
      { maxOrphans: 2, evictOrphan: breaks('evict') },
      small('z', 'y'),
      { _tag: 'Threw', hash: 'z', cause: new Error('evict') }
    ],
    [
      'an eviction of what is no orphan',
      { maxOrphans: 2, evictOrphan: () => 'a' },
      small('z', 'y'),
      { _tag: 'Threw', hash: 'z', cause: new RangeError('evictOrphan returned a, expected the hash of an orphan') }
    ],
    [
      'a validation that throws',
      {},
      small('z', 'd', { mark: 'throws' }),
      { _tag: 'Threw', hash: 'z', cause: new Error('validation broke') }
    ],
    [
      'a weight that is none',
      {},
      small('z', 'd', { weight: 0.5 }),
      { _tag: 'Threw', hash: 'z', cause: expect.any(RangeError) as unknown }
    ]
  ]
  test.each(rejections)('%s', (_, more, block, error) => {
    const forest = forestOf(start, more)
    const other = forestOf(start, more)
    const changes: unknown[] = []
    forest.onHeadChange((change) => changes.push(change))
    const before = allOf(forest)
    expect(forest.insert(block as Small)).toEqual(left(error))
    expect([allOf(forest), changes]).toEqual([before, []])
    // Nor does it show later: what follows goes as in a forest that the block never came to.
    for (const b of blocksOf('x<d e<d')) expect(forest.insert(b)).toEqual(other.insert(b))
    rightOf(forest.prune('d'))
    rightOf(other.prune('d'))
    expect(allOf(forest)).toEqual(allOf(other))
  })

  /** All that can be asked of a forest without an argument, and of each of its blocks. */
  const allOf = (forest: SmallForest) => ({
    data: forest.toData(),
    asked: [forest.size(), forest.root(), forest.head(), forest.tips(), forest.orphans(), forest.missing()],
    known: ['G', 'a', 'b', 'c', 'd', 'e', 'o', 'p', 'x', 'z'].map((h) => [forest.get(h), forest.chain(h)])
  })
})

describe('dropOrphans', () => {
  test('forgets those that it is told to, and they can come again', () => {
    const forest = forestOf('o<x p<o q<x r<y a<G')
    const before = forest.snapshot()
    expect(forest.dropOrphans((b, hash) => hash === 'q' || b.name === 'o')).toBe(2)
    expect([forest.orphans(), forest.missing(), forest.size()]).toEqual([['p', 'r'], ['o', 'y'], 4])
    expect(before.orphans()).toEqual(['o', 'p', 'q', 'r'])
    // Nothing waits for x any more; p still waits for o.
    expect(rightOf(forest.insert(small('x', 'G')))).toMatchObject({ adopted: [] })
    expect(rightOf(forest.insert(small('o', 'x')))).toMatchObject({ adopted: ['p'] })
    expect(forest.dropOrphans()).toBe(1)
    expect([forest.orphans(), forest.missing(), forest.dropOrphans()]).toEqual([[], [], 0])
  })

  test('makes room in a forest that is full of orphans', () => {
    const forest = forestOf('o<x p<y', { maxOrphans: 2, evictOrphan: () => undefined })
    expect(forest.insert(small('q', 'z'))).toMatchObject({ left: { _tag: 'Full' } })
    forest.dropOrphans((b) => b.parent === 'x')
    expect(rightOf(forest.insert(small('q', 'z')))._tag).toBe('Orphan')
  })

  test('what the function throws passes through, and the forest is as it was', () => {
    const forest = forestOf('o<x p<o')
    const drop = (b: Small): boolean => {
      if (b.name === 'p') throw new Error('drop')
      return true
    }
    expect(() => forest.dropOrphans(drop)).toThrow('drop')
    expect([forest.orphans(), forest.missing()]).toEqual([['o', 'p'], ['x']])
  })
})

test('options that cannot be used are refused when the forest is made', () => {
  for (const height of [0.5, NaN, Infinity, 2 ** 30 + 1, -(2 ** 30) - 1])
    expect(() => createForest({ ...options, height })).toThrow(`the height of the root is ${height}`)
  expect(createForest({ ...options, height: -(2 ** 30) }).height('G')).toEqual(right(-(2 ** 30)))
  expect(() => createForest({ ...options, genesis: {} as never })).toThrow('the hash of the root is not a string')
})

test("left and right are fp-ts's", () => {
  expect([left(1), right(2)]).toEqual([E.left(1), E.right(2)])
})
