/**
 * Limits and options, what is done with numbers, and that nothing that is handed out is shared.
 */
import { describe, expect, test, vi } from 'vitest'
import {
  createForest,
  fromData,
  heaviestChain,
  left,
  longestChain,
  mostWork,
  right
} from '../../../impl/forest/index.js'
import type { ForestData } from '../../../impl/forest/index.js'
import { blocksOf, forestOf, genesis, names, options, rightOf, small } from './blocks.js'
import type { Small, SmallForest } from './blocks.js'

describe('options that cannot be used are refused when the forest is made:', () => {
  test.each<readonly [string, object]>([
    ['maxBlocks is NaN', { maxBlocks: NaN }],
    ['maxBlocks is 1.5', { maxBlocks: 1.5 }],
    ['maxBlocks is -1', { maxBlocks: -1 }],
    ['maxBlocks is 7', { maxBlocks: '7' }],
    ['maxOrphans is NaN', { maxOrphans: NaN }],
    ['maxOrphans is -Infinity', { maxOrphans: -Infinity }],
    ['equals is not a function', { equals: undefined }],
    ['extend is not a function', { forkChoice: {} }],
    ['extend is not a function', { forkChoice: undefined }],
    ['extend is not a function', { forkChoice: null }],
    ['extend is not a function', { forkChoice: 'longest' }],
    // Not called.
    ['extend is not a function', { forkChoice: longestChain }],
    ['compare is not a function', { forkChoice: { ...longestChain(), compare: undefined } }],
    ['tieBreak is not a function', { forkChoice: { ...longestChain(), tieBreak: 'hash' } }],
    ['better is not a function', { forkChoice: { better: true } }],
    ['step is not a function', { validation: { genesis: 1 } }],
    ['step is not a function', { validation: null }],
    ['evictOrphan is not a function', { evictOrphan: 'oldest' }],
    ["the hash of the root's parent is not a string", { genesis: { ...genesis, parent: null } }]
  ])('%s: %o', (message, more) => {
    expect(() => createForest({ ...options, ...more })).toThrow(message)
  })

  test('as is a listener that cannot be called, when it is subscribed', () => {
    const forest = createForest(options)
    for (const listener of [undefined, null, 'log', {}])
      expect(() => forest.onHeadChange(listener as never)).toThrow('listener is not a function')
    expect(rightOf(forest.insert(small('a', 'G')))._tag).toBe('Connected')
  })

  test('and the largest that can be are not', () => {
    expect(createForest({ ...options, maxBlocks: Infinity, maxOrphans: Infinity }).size()).toBe(1)
  })
})

describe('orphans', () => {
  const flood = (forest: SmallForest, n: number): void => {
    for (let i = 0; i < n; i++) rightOf(forest.insert(small(`junk${i}`, `nowhere${i % 7}`)))
  }

  test('a flood of them does not keep a child of the head from being connected', () => {
    for (const limits of [{ maxBlocks: 100 }, { maxBlocks: 100, maxOrphans: 50 }, { maxBlocks: 2, maxOrphans: 3 }]) {
      const forest = createForest({ ...options, ...limits })
      flood(forest, 200)
      expect(rightOf(forest.insert(small('next', 'G')))._tag).toBe('Connected')
      expect(rightOf(forest.insert(small('honest', 'unknown')))._tag).toBe('Orphan')
    }
  })

  test('there are 65,536 of them unless the options say otherwise; the oldest goes, and is named', () => {
    const forest = createForest(options)
    flood(forest, 2 ** 16)
    expect(rightOf(forest.insert(small('more', 'nowhere0')))).toMatchObject({ _tag: 'Orphan', evicted: 'junk0' })
    expect([forest.orphans().length, forest.has('junk0'), forest.has('junk1')]).toEqual([2 ** 16, false, true])
  })

  test('in a long flood, the oldest is not looked for among all that were forgotten', () => {
    const forest = createForest({ ...options, maxOrphans: 100 })
    const keys = vi.spyOn(Map.prototype, 'keys')
    try {
      for (let i = 0; i < 10_000; i++) forest.insert(small(`${i}`, `x${i}`))
      expect(keys.mock.calls.length).toBe(1)
      forest.dropOrphans((b) => Number(b.name) % 2 === 0)
      for (let i = 10_000; i < 20_000; i++) forest.insert(small(`${i}`, `x${i}`))
      expect(keys.mock.calls.length).toBe(2)
    } finally {
      keys.mockRestore()
    }
    expect([forest.orphans()[0], forest.orphans().length]).toEqual(['19900', 100])
  })

  test('what was evicted waits no longer, and what waits beside it does', () => {
    const forest = createForest({ ...options, maxOrphans: 2 })
    for (const b of blocksOf('o<x p<x q<y')) forest.insert(b)
    expect([forest.orphans(), forest.missing()]).toEqual([
      ['p', 'q'],
      ['x', 'y']
    ])
    const snapshot = forest.snapshot()
    forest.insert(small('r', 'z'))
    expect([forest.missing(), snapshot.orphans()]).toEqual([
      ['y', 'z'],
      ['p', 'q']
    ])
    expect(rightOf(forest.insert(small('x', 'G')))).toMatchObject({ adopted: [] })
    expect(rightOf(forest.insert(small('y', 'G')))).toMatchObject({ adopted: ['q'] })
  })

  test('the user may choose which one goes, or that none does', () => {
    const seen: string[] = []
    const forest = createForest({
      ...options,
      maxOrphans: 2,
      evictOrphan: (incoming, hash, orphans) => {
        const all = [...orphans]
        seen.push([hash, ...all.map(([h]) => h)].join(' '))
        const [lightest] = all.sort(([, a], [, b]) => a.weight - b.weight)
        return lightest !== undefined && lightest[1].weight < incoming.weight ? lightest[0] : undefined
      }
    })
    for (const b of blocksOf('o<x*3 p<x*2')) forest.insert(b)
    expect(forest.insert(small('q', 'x', { weight: 1 }))).toEqual(left({ _tag: 'Full', limit: 'maxOrphans' }))
    expect(rightOf(forest.insert(small('r', 'x', { weight: 9 })))).toMatchObject({ evicted: 'p' })
    expect([seen, forest.orphans()]).toEqual([
      ['q o p', 'r o p'],
      ['o', 'r']
    ])
  })

  test('are refused where none are allowed', () => {
    expect(forestOf('', { maxOrphans: 0 }).insert(small('o', 'x'))).toEqual(left({ _tag: 'Full', limit: 'maxOrphans' }))
  })

  test('that are connected beyond the limit of blocks are named, and may come again after pruning', () => {
    const forest = forestOf('b<a c<b', { maxBlocks: 2 })
    expect(rightOf(forest.insert(small('a', 'G')))).toMatchObject({
      adopted: [],
      failed: [{ hash: 'b', cause: expect.any(RangeError) as unknown }]
    })
    expect([forest.orphans(), forest.has('b')]).toEqual([['c'], false])
    rightOf(forest.prune('a'))
    expect(forest.insert(small('b', 'a'))).toMatchObject({ right: { _tag: 'Connected', failed: [{ hash: 'c' }] } })
  })
})

describe('a rule that throws once', () => {
  const flaky = (): SmallForest => {
    let times = 0
    return createForest({
      ...options,
      validation: {
        genesis: 1,
        step: (n, b) => {
          if (b.mark === 'throws' && times++ === 0) throw new Error('no connection')
          return right(n + 1)
        }
      }
    })
  }
  test('does not make the block invalid for ever', () => {
    const forest = flaky()
    const b = small('a', 'G', { mark: 'throws' })
    expect(forest.insert(b)).toEqual(left({ _tag: 'Threw', hash: 'a', cause: new Error('no connection') }))
    expect(rightOf(forest.insert(b))).toMatchObject({ _tag: 'Connected', head: { to: 'a' } })
  })

  test('on an orphan that is connected forgets it, and it may come again; what waits for it still does', () => {
    const forest = flaky()
    const b = small('b', 'a', { mark: 'throws' })
    for (const waiting of [small('c', 'b'), b, small('d', 'a')]) forest.insert(waiting)
    expect(rightOf(forest.insert(small('a', 'G')))).toMatchObject({
      _tag: 'Connected',
      adopted: ['d'],
      failed: [{ hash: 'b', cause: new Error('no connection') }]
    })
    expect([forest.head(), forest.orphans(), forest.missing()]).toEqual(['d', ['c'], ['b']])
    expect(rightOf(forest.insert(b))).toMatchObject({ adopted: ['c'], failed: [], head: { to: 'c' } })
  })
})

describe('import', () => {
  const data = forestOf('a<G o<x p<y').toData()
  test('of what is no data throws nothing', () => {
    const bad = [undefined, null, 7, {}, { ...data, root: undefined }, { ...data, blocks: undefined }]
    for (const d of [...bad, { ...data, orphans: 3 }, { ...data, root: {} }, { ...data, blocks: [null] }])
      expect(fromData(options, d as ForestData<Small, number, number>)).toMatchObject({ left: { _tag: 'Malformed' } })
  })

  test('loses no orphan and no block without saying so', () => {
    expect(fromData({ ...options, maxOrphans: 1 }, data)).toEqual(left({ _tag: 'Full', limit: 'maxOrphans', at: 3 }))
    expect(fromData({ ...options, maxBlocks: 1 }, data)).toEqual(left({ _tag: 'Full', limit: 'maxBlocks', at: 1 }))
    const throwing = { ...data, orphans: [small('q', 'G', { mark: 'throws' })] }
    expect(fromData(options, throwing)).toMatchObject({ left: { _tag: 'Threw', hash: 'q', at: 2 } })
  })
})

describe('scores', () => {
  const weighing = (weight: (b: Small) => unknown) =>
    createForest({ ...options, forkChoice: heaviestChain(weight as (b: Small) => number) })

  test('of heaviestChain are sums of whole numbers: everything else is refused, and nothing is concatenated', () => {
    for (const weight of ['1', NaN, Infinity, -1, 0.5, undefined, 1n, Promise.resolve(1), [1]]) {
      const forest = weighing(() => weight)
      expect(forest.insert(small('a', 'G'))).toMatchObject({
        left: {
          _tag: 'Threw',
          cause: { message: expect.stringContaining('expected a whole number from 0 on') as unknown }
        }
      })
      expect(forest.size()).toBe(1)
    }
  })

  test('of heaviestChain are exact to 2^53 - 1, and refused beyond, with the name of what to use', () => {
    const forest = weighing((b) => (b.name === 'a' ? Number.MAX_SAFE_INTEGER : 1))
    expect(rightOf(forest.insert(small('a', 'G')))._tag).toBe('Connected')
    expect(forest.insert(small('b', 'a'))).toMatchObject({
      left: { cause: { message: expect.stringContaining('mostWork') as unknown } }
    })
  })

  test('of mostWork are exact: the chain that is heavier by 1 wins, whatever came before', () => {
    const work = new Map([
      ['big', 58750003716598352816469n],
      ['a1', 11055787484078698n],
      ['b2', 11055787484078699n]
    ])
    const { forkChoice: _, ...rest } = options
    const forest = createForest({
      ...rest,
      forkChoice: mostWork<Small, string>((b) => work.get(b.name) ?? (-1n as never))
    })
    for (const b of blocksOf('big<G a1<big b2<big')) rightOf(forest.insert(b))
    expect(forest.head()).toBe('b2')
    expect(forest.insert(small('z', 'G'))).toMatchObject({
      left: { cause: { message: 'the work is -1, expected a bigint from 0 on' } }
    })
  })
})

describe('what is handed out is frozen or the own of who gets it:', () => {
  test('nothing that is done to it is seen by the forest, nor by another', () => {
    const all = (forest: SmallForest): unknown => [
      forest.toData(),
      forest.bestChain(),
      ['G', 'a', 'b', 'bad', 'worse', 'o'].map((h) => [forest.get(h), forest.chain(h), forest.path('G', h)]),
      forest.tips(),
      forest.orphans(),
      forest.missing(),
      [...forest.entries()]
    ]
    /** Changes everything in a value that can be changed, but for blocks, which are the user's. */
    const spoil = (value: unknown): void => {
      if (typeof value !== 'object' || value === null || ('name' in value && 'mark' in value)) return
      for (const inner of Object.values(value)) spoil(inner)
      if (Object.isFrozen(value)) return
      if (Array.isArray(value)) value.length = 0
      else for (const key of Object.keys(value)) (value as Record<string, unknown>)[key] = 'spoilt'
    }
    const made = (): SmallForest => {
      const forest = createForest({ ...options, validation: { ...options.validation!, lookback: 9 } })
      for (const b of blocksOf('a<G bad<G! worse<bad o<x b<a')) spoil(forest.insert(b))
      spoil(forest.prune('G'))
      return forest
    }
    const [forest, other] = [made(), made()]
    const before = all(other)
    expect(all(forest)).toEqual(before)
    spoil(all(forest))
    expect(all(forest)).toEqual(before)
    expect(all(made())).toEqual(before)
    rightOf(forest.prune('b'))
    spoil(forest.toData().root)
    expect(names(forest.toData().root.history ?? [])).toBe('G a')
  })

  test('what is done to the options or the data is not seen by the forest', () => {
    const mine = { ...options, maxOrphans: 5 }
    const forest = createForest(mine)
    mine.hash = () => 'same'
    expect(rightOf(forest.insert(small('a', 'G')))).toMatchObject({ hash: 'a' })
    const data = forest.toData()
    const imported = rightOf(fromData(options, data))
    Object.assign(data.root, { height: 7 })
    expect(imported.toData().root.height).toBe(0)
  })
})

test('a rule on lengths needs no weights', () => {
  expect(forestOf('a<G', { forkChoice: longestChain() }).score('a')).toEqual(right(2))
})
