/**
 * Queries, against a plain walk along parents on random trees; and snapshots.
 */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createForest, left, right } from '../../../impl/forest/index.js'
import { holds } from '../../support/property.js'
import { blocksOf, forestOf, names, options, random, rightOf, small } from './blocks.js'

/** A random tree, from nearly a line to nearly a star. */
const randomTree = (size: number, seed: number, near: number) => {
  const r = random(seed)
  return Array.from({ length: size }, (_, i) => {
    const parent = i - 1 - Math.floor(r() * Math.min(i + 1, near))
    return small(`n${i}`, parent < 0 ? 'G' : `n${parent}`)
  })
}

test('ancestor, isAncestor, commonAncestor and path agree with a walk along parents', () => {
  holds(
    fc.tuple(fc.nat(), fc.constantFrom(1, 2, 5, 400), fc.nat(399), fc.nat(399)),
    ([seed, near, x, y]) => {
      const tree = randomTree(400, seed, near)
      const forest = createForest({ ...options, height: 7 })
      for (const b of tree) forest.insert(b)
      const parents = new Map(tree.map((b) => [b.name, b.parent]))
      const walk = (h: string): ReadonlyArray<string> => (h === 'G' ? [h] : [...walk(parents.get(h) ?? ''), h])
      const [a, b] = [`n${x}`, `n${y}`]
      const [wa, wb] = [walk(a), walk(b)]
      const common = wa.filter((h) => wb.includes(h))
      expect(rightOf(forest.chain(a)).map((c) => c.name)).toEqual(wa)
      expect(forest.height(a)).toEqual(right(wa.length + 6))
      expect(wa.map((_, i) => rightOf(forest.ancestor(a, i + 7)))).toEqual(wa)
      expect(forest.commonAncestor(a, b)).toEqual(right(common.at(-1)))
      expect(forest.isAncestor(a, b)).toEqual(right(wb.includes(a)))
      const path = rightOf(forest.path(a, b))
      expect(path.commonAncestor).toBe(common.at(-1))
      expect(path.undo.map((c) => c.name)).toEqual(wa.slice(common.length).reverse())
      expect(path.apply.map((c) => c.name)).toEqual(wb.slice(common.length))
      const withChild = new Set(tree.map((c) => c.parent))
      expect(forest.tips()).toEqual(tree.map((c) => c.name).filter((h) => !withChild.has(h)))
    },
    { runs: 60 }
  )
})

describe('queries without an answer say why', () => {
  const forest = forestOf('a<G b<a! o<x')
  test.each([
    ['height of an unknown block', forest.height('?'), { _tag: 'UnknownBlock', hash: '?' }],
    ['height of an orphan', forest.height('o'), { _tag: 'OrphanBlock', hash: 'o' }],
    ['score of an invalid block', forest.score('b'), { _tag: 'InvalidBlock', hash: 'b' }],
    ['chain of an unknown block', forest.chain('?'), { _tag: 'UnknownBlock', hash: '?' }],
    ['common ancestor with an orphan', forest.commonAncestor('a', 'o'), { _tag: 'OrphanBlock', hash: 'o' }],
    ['ancestor above the block', forest.ancestor('a', 2), { _tag: 'NoSuchHeight', height: 2 }],
    ['ancestor below the root', forest.ancestor('a', -1), { _tag: 'NoSuchHeight', height: -1 }],
    ['ancestor at no whole number', forest.ancestor('a', 0.5), { _tag: 'NoSuchHeight', height: 0.5 }]
  ])('%s', (_, answer, error) => {
    expect(answer).toEqual(left(error))
  })

  test('get and has', () => {
    expect([forest.get('?'), forest.has('?'), forest.has('o'), forest.has('b')]).toEqual([undefined, false, true, true])
    expect(forest.get('o')).toMatchObject({ _tag: 'Orphan', hash: 'o' })
  })
})

test('bestChain and chain are oldest first, from a height on where one is given', () => {
  const forest = forestOf('a<G b<a c<b')
  expect(names(forest.bestChain())).toBe('G a b c')
  expect([2, 1.5, 4, -5, Infinity, NaN].map((h) => names(forest.bestChain(h)))).toEqual([
    'b c',
    'b c',
    '',
    'G a b c',
    '',
    'G a b c'
  ])
})

test('entries come parents first', () => {
  const forest = forestOf('c<b b<a x<G a<G')
  expect([...forest.entries()].map(([hash]) => hash)).toEqual(['G', 'x', 'a', 'b', 'c'])
})

describe('a snapshot', () => {
  const everything = (forest: ReturnType<typeof forestOf>['snapshot'] extends () => infer V ? V : never) => ({
    size: forest.size(),
    head: forest.head(),
    root: forest.root(),
    tips: forest.tips(),
    orphans: forest.orphans(),
    missing: forest.missing(),
    entries: [...forest.entries()],
    data: forest.toData(),
    known: ['G', 'a', 'b', 'c', 'o', 'p', 'z'].map((h) => [forest.has(h), forest.get(h), forest.chain(h)])
  })

  test('does not change, whatever happens to the forest', () => {
    const forest = forestOf('a<G b<a c<G o<x p<o')
    const snapshot = forest.snapshot()
    const again = snapshot.snapshot()
    const before = everything(snapshot)
    expect(before).toEqual(everything(forest))
    for (const b of blocksOf('x<c d<b z<q e<d!')) forest.insert(b)
    expect(everything(snapshot)).toEqual(before)
    rightOf(forest.prune('c'))
    forest.insert(small('f', 'p'))
    expect(everything(snapshot)).toEqual(before)
    expect(everything(again)).toEqual(before)
    expect(everything(forest)).not.toEqual(before)
  })

  test('costs nothing that grows with the forest: a million of them are taken in seconds', () => {
    const forest = createForest(options)
    for (const b of randomTree(1000, 1, 3)) forest.insert(b)
    for (let i = 0; i < 1_000_000; i++) forest.snapshot()
    expect(forest.size()).toBe(1001)
  })
})
