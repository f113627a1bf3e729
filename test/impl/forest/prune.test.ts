/**
 * Pruning below a final block, where the library means something else than the paper: the paper's trees only grow.
 */
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { createForest, heaviestChain, left, right } from '../../../impl/forest/index.js'
import type { HeadChange } from '../../../impl/forest/index.js'
import { holds } from '../../support/property.js'
import { blocksOf, forestOf, genesis, names, options, random, rightOf, small } from './blocks.js'
import type { Small } from './blocks.js'

describe('prune', () => {
  test('keeps the final block and its descendants, and the orphans', () => {
    const forest = forestOf('a<G b<a c<b d<b x<a y<x z<G b2<b! o<q')
    expect(forest.prune('b')).toEqual(right({ removed: 5, head: undefined }))
    expect([forest.root(), forest.head(), forest.size(), forest.tips(), forest.orphans()]).toEqual([
      'b',
      'c',
      5,
      ['c', 'd'],
      ['o']
    ])
    expect(names(forest.bestChain())).toBe('b c')
    // Heights and scores count from genesis on.
    expect(forest.get('c')).toMatchObject({ _tag: 'Valid', height: 3, score: 3 })
    expect(forest.get('b2')).toMatchObject({ _tag: 'Invalid', height: 3 })
    expect(forest.ancestor('c', 1)).toEqual(left({ _tag: 'NoSuchHeight', height: 1 }))
  })

  test('blocks that extend a removed one are orphans, and so is a removed one that comes again', () => {
    const forest = forestOf('a<G b<a')
    forest.prune('b')
    expect(forest.insert(small('c', 'a'))).toEqual(
      right({ _tag: 'Orphan', hash: 'c', parent: 'a', evicted: undefined })
    )
    expect(forest.insert(genesis)).toEqual(right({ _tag: 'Orphan', hash: 'G', parent: '-', evicted: undefined }))
    expect(rightOf(forest.insert(small('d', 'b')))).toMatchObject({ _tag: 'Connected', height: 3 })
  })

  test('a final block off the best chain moves the head to the best of its descendants, and says so', () => {
    const forest = forestOf('a<G b<a c<b x<G y<x z<x*5! w<x')
    const seen: Array<HeadChange<Small, string>> = []
    forest.onHeadChange((change) => seen.push(change))
    const head = {
      _tag: 'Reorg',
      from: 'c',
      to: 'w',
      commonAncestor: 'G',
      undone: blocksOf('c<b b<a a<G'),
      applied: blocksOf('x<G w<x')
    }
    expect(forest.prune('x')).toEqual(right({ removed: 4, head }))
    expect([seen, forest.head()]).toEqual([[head], 'w'])
  })

  test('refuses blocks that are unknown, orphans or invalid', () => {
    const forest = forestOf('a<G! o<x')
    for (const [hash, _tag] of [
      ['?', 'UnknownBlock'],
      ['o', 'OrphanBlock'],
      ['a', 'InvalidBlock']
    ] as const)
      expect(forest.prune(hash)).toEqual(left({ _tag, hash }))
    expect(forest.prune('G')).toEqual(right({ removed: 0, head: undefined }))
  })

  test('a forest that is pruned now and then ends with the head of one that is not', () => {
    holds(
      fc.nat(),
      (seed) => {
        const r = random(seed)
        const pruned = createForest(options)
        const whole = createForest(options)
        const blocks = [genesis]
        for (let i = 0; i < 300; i++) {
          const parent = blocks[Math.max(0, blocks.length - 1 - Math.floor(r() * 4))] ?? genesis
          const b = small(`n${i}`, parent.name, { weight: Math.floor(r() * 2), mark: r() < 0.05 ? 'bad' : '' })
          blocks.push(b)
          pruned.insert(b)
          whole.insert(b)
          const height = rightOf(whole.height(whole.head())) - 20
          if (i % 50 === 49 && height > 0) rightOf(pruned.prune(rightOf(whole.ancestor(whole.head(), height))))
        }
        expect(pruned.head()).toBe(whole.head())
        const root = rightOf(whole.height(pruned.root()))
        expect(pruned.bestChain()).toEqual(whole.bestChain(root))
        // What is left of the tree: the descendants of the root, with the same heights, scores and verdicts.
        for (const [hash] of whole.entries()) {
          const kept = rightOf(whole.isAncestor(pruned.root(), hash))
          const known = pruned.get(hash)
          if (kept) expect(known).toEqual(whole.get(hash))
          else expect(known?._tag ?? 'Orphan').toBe('Orphan')
        }
      },
      { runs: 30 }
    )
  })

  test('the state of validation goes on from the root', () => {
    const forest = forestOf('a<G b<a')
    forest.prune('b')
    const result = forest.insert(small('c', 'b', { mark: 'bad' }))
    expect(E.isRight(result) && result.right).toMatchObject({ invalidity: { reason: 'c is bad after 3' } })
    expect(forest.toData().root).toEqual({ block: blocksOf('b<a')[0], height: 2, score: 2, state: 3 })
  })

  test('what the fork choice rule throws is the error, and the forest is as it was', () => {
    const rule = heaviestChain<Small, string>((b) => b.weight)
    const forest = forestOf('a<G b<G c<b*5 x<a y<a', {
      forkChoice: {
        ...rule,
        tieBreak: (a, b, hashA, hashB) => {
          if (hashA === 'y') throw new Error('tie')
          return rule.tieBreak(a, b, hashA, hashB)
        }
      }
    })
    const before = forest.toData()
    expect(forest.prune('a')).toEqual(left({ _tag: 'Threw', cause: new Error('tie') }))
    expect([forest.toData(), forest.root(), forest.head()]).toEqual([before, 'G', 'c'])
  })
})
