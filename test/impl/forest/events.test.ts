/**
 * Events: what a listener is told, what it sees, what it may do, and that no listener's fault reaches another.
 */
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createForest, left, longestChain, right } from '../../../impl/forest/index.js'
import type { HeadChange } from '../../../impl/forest/index.js'
import { blocksOf, forestOf, names, options, rightOf, small } from './blocks.js'
import type { Small, SmallForest, SmallOptions } from './blocks.js'

/** Follows a forest as the documentation shows: a list of the blocks that are applied. */
const follow = (forest: SmallForest, applied: string[] = ['G']): string[] => {
  forest.onHeadChange((change) => {
    for (const b of change.undone) expect(applied.pop()).toBe(b.name)
    for (const b of change.applied) applied.push(b.name)
  })
  return applied
}

describe('a listener is told', () => {
  test('of each change of the head in order, and no longer after it was ended', () => {
    const forest = createForest(options)
    const seen: string[] = []
    const end = forest.onHeadChange(({ _tag, from, to }) => seen.push(`${_tag} ${from} ${to} ${forest.head()}`))
    for (const b of blocksOf('a<G b<G c<b o<x')) forest.insert(b)
    end()
    forest.insert(small('d', 'c'))
    expect(seen).toEqual(['Extended G a a', 'Reorg a c c'])
  })

  test('of the blocks that were undone and applied, also of those that pruning has removed', () => {
    const forest = createForest(options)
    const applied = follow(forest)
    for (const b of blocksOf('a<G b<a x<G y<x')) forest.insert(b)
    expect(applied).toEqual(['G', 'a', 'b'])
    rightOf(forest.prune('x'))
    expect(applied).toEqual(['G', 'x', 'y'])
    expect(forest.path('b', 'y')).toEqual(left({ _tag: 'UnknownBlock', hash: 'b' }))
  })

  test('of as many blocks as an orphan brings with it', () => {
    const forest = forestOf('c<b b<a')
    const applied = follow(forest)
    forest.insert(small('a', 'G'))
    expect(applied).toEqual(['G', 'a', 'b', 'c'])
  })

  test('twice if it listens twice, and once when one of the two is ended', () => {
    const forest = createForest(options)
    const listener = vi.fn()
    const end = forest.onHeadChange(listener)
    forest.onHeadChange(listener)
    forest.insert(small('a', 'G'))
    end()
    end()
    forest.insert(small('b', 'a'))
    expect(listener).toHaveBeenCalledTimes(3)
  })

  test('not of the change in whose course it was added or ended', () => {
    const forest = createForest(options)
    const seen: string[] = []
    let endSecond = (): void => undefined
    forest.onHeadChange(({ to }) => {
      endSecond()
      if (to === 'a') forest.onHeadChange((change) => seen.push(`third ${change.to}`))
    })
    endSecond = forest.onHeadChange(({ to }) => seen.push(`second ${to}`))
    forest.insert(small('a', 'G'))
    forest.insert(small('b', 'a'))
    expect(seen).toEqual(['third b'])
  })

  test('and what it does with the change is not seen by the others, nor in the result', () => {
    const forest = createForest(options)
    const seen: unknown[] = []
    forest.onHeadChange((change) => {
      const mine = change as unknown as { to: string; applied: Small[] }
      mine.to = 'mine'
      mine.applied.length = 0
    })
    forest.onHeadChange((change) => seen.push([change.to, names(change.applied)]))
    expect(rightOf(forest.insert(small('a', 'G')))).toMatchObject({ head: { to: 'a', applied: [{ name: 'a' }] } })
    expect(seen).toEqual([['a', 'a']])
  })
})

describe('a listener that changes the forest', () => {
  /** What a listener is told, and what it sees then. */
  const watch = (forest: SmallForest, seen: string[], who: string): void => {
    forest.onHeadChange(({ to }) => seen.push(`${who}: ${to}, root ${forest.root()}, head ${forest.head()}`))
  }

  test('gets its result at once; the others see the forest as it was at each change, in the same order', () => {
    const forest = createForest(options)
    const seen: string[] = []
    watch(forest, seen, 'first')
    forest.onHeadChange(({ to }) => {
      if (to === 'a') expect(rightOf(forest.insert(small('b', 'a')))._tag).toBe('Connected')
    })
    watch(forest, seen, 'last')
    forest.insert(small('a', 'G'))
    expect(seen).toEqual([
      'first: a, root G, head a',
      'last: a, root G, head a',
      'first: b, root G, head b',
      'last: b, root G, head b'
    ])
  })

  test('more than once is told of what its first change did, before its second', () => {
    const forest = createForest(options)
    const seen: string[] = []
    const applied: string[] = []
    forest.onHeadChange((change) => {
      applied.push(...change.applied.map((b) => b.name))
      if (change.to !== 'a') return
      for (const b of blocksOf('b<a c<b d<c')) forest.insert(b)
    })
    watch(forest, seen, 'last')
    forest.insert(small('a', 'G'))
    expect(applied).toEqual(['a', 'b', 'c', 'd'])
    expect(seen).toEqual(['a', 'b', 'c', 'd'].map((h) => `last: ${h}, root G, head ${h}`))
  })

  test('by pruning leaves the others to follow', () => {
    const forest = createForest(options)
    const before = follow(forest)
    forest.onHeadChange(({ to, commonAncestor }) => {
      if (to === 'z') rightOf(forest.prune(to))
      else if (to === 'e') rightOf(forest.prune(commonAncestor))
    })
    const after = follow(forest)
    for (const b of blocksOf('a<G b<a x<G y<x z<y c<z d<z e<d')) forest.insert(b)
    expect([before, after]).toEqual([
      ['G', 'x', 'y', 'z', 'd', 'e'],
      ['G', 'x', 'y', 'z', 'd', 'e']
    ])
    expect(forest.size()).toBe(4)
  })

  test('at every change in turn does not deepen the stack', () => {
    const forest = createForest(options)
    let n = 0
    forest.onHeadChange(({ to }) => {
      if (n < 50_000) forest.insert(small(`n${++n}`, to))
    })
    forest.insert(small('a', 'G'))
    expect([forest.size(), forest.head()]).toEqual([50_002, 'n50000'])
  })
})

describe('a listener that throws', () => {
  afterEach(() => vi.restoreAllMocks())
  const throwing = (what: string) => (): never => {
    throw new Error(what)
  }

  test('keeps neither the others from being told nor the result from being returned; its fault is reported once', () => {
    const reported: unknown[] = []
    const forest = createForest({ ...options, onListenerFault: (faults) => reported.push(faults) })
    forest.onHeadChange(throwing('first'))
    const applied = follow(forest)
    forest.onHeadChange(throwing('last'))
    forest.onHeadChange(({ to }) => to === 'a' && forest.insert(small('b', 'a')))
    expect(rightOf(forest.insert(small('a', 'G')))).toMatchObject({ _tag: 'Connected', hash: 'a', head: { to: 'a' } })
    expect([applied, forest.head()]).toEqual([['G', 'a', 'b'], 'b'])
    // Two changes, two faults each, one report.
    expect(reported).toEqual([['first', 'last', 'first', 'last'].map((what) => new Error(what))])
    for (const b of blocksOf('x<G y<x z<y')) forest.insert(b)
    expect(reported.length).toBe(2)
    forest.insert(small('dull', 'G'))
    expect(reported.length).toBe(2)
    rightOf(forest.prune('a'))
    expect([reported.length, applied]).toEqual([3, ['G', 'a', 'b']])
  })

  test('is an uncaught exception where nobody asks for its faults, or where the report throws', () => {
    const tasks: Array<() => void> = []
    vi.stubGlobal('queueMicrotask', (task: () => void) => tasks.push(task))
    try {
      const forest = createForest(options)
      forest.onHeadChange(throwing('one'))
      forest.insert(small('a', 'G'))
      expect(tasks.length).toBe(1)
      expect(tasks[0]).toThrow(new Error('one'))
      forest.onHeadChange(throwing('two'))
      forest.insert(small('b', 'a'))
      expect(tasks[1]).toThrow('2 listeners of a forest threw')
      const reporting = createForest({ ...options, onListenerFault: throwing('report') })
      reporting.onHeadChange(throwing('one'))
      expect(rightOf(reporting.insert(small('a', 'G')))._tag).toBe('Connected')
      expect(tasks[2]).toThrow(AggregateError)
    } finally {
      vi.unstubAllGlobals()
    }
  })
})

describe('a function of the options that changes the forest is told that it must not, and the forest is sound:', () => {
  const change = 'a function that the forest called changed it'
  const made = (more: (forest: () => SmallForest) => Partial<SmallOptions>) => {
    const forest: SmallForest = createForest({ ...options, ...more(() => forest) })
    return forest
  }
  const operations: ReadonlyArray<readonly [string, (forest: SmallForest) => unknown]> = [
    ['insert', (forest) => forest.insert(small('sneaked', 'G'))],
    ['prune', (forest) => forest.prune(forest.head())],
    ['dropOrphans', (forest) => forest.dropOrphans()]
  ]
  describe.each(operations)('%s', (_, act) => {
    test.each(['step', 'extend', 'tieBreak', 'hash', 'parent', 'equals'] as const)('in %s', (where) => {
      let armed = false
      const faults: unknown[] = []
      const sneak = (forest: () => SmallForest): void => {
        if (!armed) return
        try {
          act(forest())
        } catch (fault) {
          faults.push(fault)
        }
      }
      const forest = made((self) => ({
        validation: {
          genesis: 1,
          step: (n) => {
            if (where === 'step') sneak(self)
            return right(n + 1)
          }
        },
        forkChoice: {
          ...longestChain<Small, string>(),
          extend: (n) => {
            if (where === 'extend') sneak(self)
            return n + 1
          },
          tieBreak: (_a, _b, hashA, hashB) => {
            if (where === 'tieBreak') sneak(self)
            return hashA < hashB ? -1 : 1
          }
        },
        hash: (b) => {
          if (where === 'hash') sneak(self)
          return b.name
        },
        parent: (b) => {
          if (where === 'parent') sneak(self)
          return b.parent
        },
        equals: (a, b) => {
          if (where === 'equals') sneak(self)
          return a.parent === b.parent
        }
      }))
      for (const b of blocksOf('a<G o<x')) forest.insert(b)
      armed = true
      const b = where === 'equals' ? small('a', 'G') : small('b', 'G')
      expect(rightOf(forest.insert(b))._tag).toBe(where === 'equals' ? 'Duplicate' : 'Connected')
      expect(faults[0]).toMatchObject({ message: expect.stringContaining(change) as unknown })
      armed = false
      expect([forest.head(), forest.has('sneaked'), forest.orphans()]).toEqual(['a', false, ['o']])
      expect(rightOf(forest.insert(small('c', 'a')))._tag).toBe('Connected')
    })

    test('in drop', () => {
      const forest = forestOf('a<G o<x p<o')
      const before = forest.toData()
      expect(() => forest.dropOrphans(() => Boolean(act(forest)))).toThrow(change)
      expect(forest.toData()).toEqual(before)
      expect(rightOf(forest.insert(small('x', 'a')))).toMatchObject({ adopted: ['o', 'p'] })
    })
  })

  test('a snapshot that is taken meanwhile does not change later', () => {
    const snapshots: Array<readonly [ReturnType<SmallForest['snapshot']>, unknown]> = []
    const forest = made((self) => ({
      validation: {
        genesis: 1,
        step: (n) => {
          const snapshot = self().snapshot()
          snapshots.push([snapshot, [snapshot.toData(), snapshot.size(), snapshot.tips(), snapshot.head()]])
          return right(n + 1)
        }
      }
    }))
    for (const b of blocksOf('b<a c<b d<a e<z a<G')) forest.insert(b)
    expect(snapshots.length).toBe(4)
    for (const [snapshot, before] of snapshots)
      expect([snapshot.toData(), snapshot.size(), snapshot.tips(), snapshot.head()]).toEqual(before)
  })
})

describe('an asynchronous function is refused:', () => {
  const later = (value: unknown): never => Promise.resolve(value) as never
  test('step', () => {
    const forest = createForest({ ...options, validation: { genesis: 1, step: () => later(right(1)) } })
    const said = JSON.stringify(forest.insert(small('a', 'G')), (_, v: unknown) => (v instanceof Error ? v.message : v))
    expect(said).toContain('"_tag":"Threw"')
    expect(said).toContain('validation.step returned [object Promise], expected an Either; it cannot be asynchronous')
    expect(forest.head()).toBe('G')
  })

  test('equals', () => {
    const forest = forestOf('a<G', { equals: () => later(true) })
    expect(forest.insert(small('a', 'G'))).toMatchObject({
      left: { _tag: 'Malformed', cause: expect.any(TypeError) as unknown }
    })
  })

  test('better', () => {
    const { forkChoice: _, ...rest } = options
    const forest = createForest({ ...rest, forkChoice: { better: () => later(true) } })
    forest.insert(small('a', 'G'))
    expect(forest.head()).toBe('G')
  })

  test('drop', () => {
    const forest = forestOf('o<x')
    expect(() => forest.dropOrphans(() => later(false))).toThrow('drop returned [object Promise]')
    expect(forest.orphans()).toEqual(['o'])
  })
})

test('the changes that listeners are told of are those in the results', () => {
  const forest = createForest(options)
  const told: Array<HeadChange<Small, string>> = []
  forest.onHeadChange((headChange) => told.push(headChange))
  const returned = blocksOf('a<G b<G*2 c<a*3 d<x x<b*9').flatMap((b) => {
    const result = rightOf(forest.insert(b))
    return result._tag === 'Connected' && result.head !== undefined ? [result.head] : []
  })
  const pruned = rightOf(forest.prune('a')).head
  expect(told).toEqual([...returned, pruned])
  expect(told.map(({ to }) => to)).toEqual(['a', 'b', 'c', 'd', 'c'])
})
