/**
 * The fork choice rules of the library against the specification's, the laws, and GHOST.
 */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { count_binary_zeroes } from '../../../spec/blockchain/instances/proofOfWork.js'
import { uint32Of } from '../../../spec/blockchain/instances/bitcoin/codec.js'
import { workOf } from '../../../spec/blockchain/instances/bitcoin/difficulty.js'
import {
  bitcoinWork,
  checkLaws,
  createForest,
  ghost,
  heaviestChain,
  leadingZeroBits,
  longestChain,
  mostWork,
  proofOfWork,
  right,
  smallerHash
} from '../../../impl/forest/index.js'
import type { ForkChoice } from '../../../impl/forest/index.js'
import { holds } from '../../support/property.js'
import { blocksOf, forestOf, genesis, options, random, small } from './blocks.js'
import type { Small, SmallForest } from './blocks.js'

test("leadingZeroBits is the specification's count_binary_zeroes", () => {
  const spellings = fc.oneof(fc.string({ unit: fc.constantFrom('0', 'x', '1', 'a', 'F', 'g', 'X') }), fc.string())
  holds(
    fc.tuple(fc.constantFrom('', '0x', '0x00'), spellings),
    ([start, rest]) => {
      expect(leadingZeroBits(start + rest)).toBe(count_binary_zeroes(start + rest))
    },
    { runs: 5000 }
  )
  const examples = ['0x0007a', '0x000f', '0x', '0X0000', '0x0000', '0x000g0']
  expect(examples.map(leadingZeroBits)).toEqual([13, 12, 0, 0, 16, 12])
})

test("bitcoinWork is the specification's workOf", () => {
  holds(
    fc.oneof(fc.nat(), fc.integer({ min: 0, max: 0x22ffffff })),
    (bits) => {
      expect(bitcoinWork(bits)).toBe(workOf(uint32Of(bits)))
    },
    { runs: 5000 }
  )
  expect(bitcoinWork(0x1d00ffff)).toBe(0x100010001n)
})

test('a rule of the library is a function that compares scores, with the parts of the rule', () => {
  const rule = heaviestChain<Small, string>((b) => b.weight)
  expect([rule(1, 2), rule(2, 2), rule(3, 2)].map(Math.sign)).toEqual([-1, 0, 1])
  expect({ ...mostWork<Small, string>((b) => BigInt(b.weight)) }).toMatchObject({ genesis: 0n, tieBreak: smallerHash })
  expect([mostWork(() => 1n)(2n ** 70n, 2n ** 70n + 1n), longestChain().extend(4, undefined, '')]).toEqual([-1, 5])
})

/** Forty blocks with many forks and ties. */
const sample = (() => {
  const r = random(5)
  return Array.from({ length: 40 }, (_, i) => {
    const parent = i - 1 - Math.floor(r() * 4)
    return small(`n${i}`, parent < 0 ? 'G' : `n${parent}`, { weight: Math.floor(r() * 2) })
  })
})()

const lawsOf = <S>(forkChoice: ForkChoice<Small, string, S>, blocks = sample) =>
  checkLaws({ genesis, hash: (b: Small) => b.name, parent: (b) => b.parent, equals: () => true, forkChoice }, blocks)

describe('checkLaws', () => {
  test('the rules of the library are lawful', () => {
    const byName = (a: Small, b: Small): number => (a.name < b.name ? 1 : -1)
    expect(lawsOf(longestChain())).toEqual([])
    expect(lawsOf(longestChain(byName))).toEqual([])
    expect(lawsOf(heaviestChain((b) => b.weight))).toEqual([])
    expect(lawsOf(mostWork((b) => BigInt(b.weight)))).toEqual([])
    expect(lawsOf(proofOfWork())).toEqual([])
  })

  test('a rule on chains is lawful if it is total and transitive', () => {
    const name = (c: ReadonlyArray<Small>): string => c.map((b) => b.name).join()
    const better = (a: ReadonlyArray<Small>, b: ReadonlyArray<Small>): boolean =>
      a.length !== b.length ? a.length > b.length : name(a) < name(b)
    expect(lawsOf({ better })).toEqual([])
    expect(lawsOf({ better: (a, b) => a.length > b.length }).map(({ law }) => law)).toEqual(['FCR_rel'])
    expect(lawsOf({ better: (a, b) => a.length >= b.length }).map(({ law }) => law)).toContain('FCR_nrefl')
  })

  test('what breaks a law is named, with the blocks that show it', () => {
    const laws = <S>(rule: ForkChoice<Small, string, S>) => lawsOf(rule).map(({ law }) => law)
    expect(laws(heaviestChain((b) => b.weight - 1))).toContain('FCR_ext')
    expect(laws(longestChain(() => 0))).toContain('FCR_rel')
    expect(laws({ better: (a, b) => a.length < b.length })).toContain('FCR_ext')
    // Rock, paper, scissors: total, and not transitive.
    const value = (c: ReadonlyArray<Small>): number => Number(c.at(-1)?.name.slice(1) ?? 0)
    expect(laws({ better: (a, b) => (value(a) - value(b) + 42) % 41 < 20 })).toContain('FCR_trans')
    const throws = (): never => {
      throw new Error('no rule')
    }
    expect(laws({ better: throws })).toContain('FCR_ext')
    const [violation] = lawsOf(longestChain(() => 0))
    expect(violation).toMatchObject({ law: 'FCR_rel', blocks: [expect.any(String), expect.any(String)] })
  })

  test('under a rule without a strict tie-break, the head depends on the order of arrival', () => {
    const two = [...blocksOf('a<G b<G')]
    const firstSeen = { better: (a: ReadonlyArray<Small>, b: ReadonlyArray<Small>) => a.length > b.length }
    expect(lawsOf(firstSeen, two).map(({ law }) => law)).toEqual(['FCR_rel', 'arrival'])
    expect(lawsOf(longestChain(), two)).toEqual([])
  })
})

describe('weights as in GHOST, where blocks name their uncles', () => {
  interface Nephew extends Small {
    /** Blocks beside its chain whose work it counts. */
    readonly uncles: ReadonlyArray<string>
  }
  const nephew = (name: string, parent: string, uncles: ReadonlyArray<string> = []): Nephew => ({
    ...small(name, parent),
    uncles
  })
  const rule = {
    genesis: nephew('G', '-'),
    hash: (b: Nephew) => b.name,
    parent: (b: Nephew) => b.parent,
    equals: (a: Nephew, b: Nephew) => a.parent === b.parent && a.uncles.join() === b.uncles.join(),
    forkChoice: heaviestChain<Nephew, string>((b) => 1 + b.uncles.length)
  }
  // The longest chain is a, b, c, d; under x there are more blocks, two of which z names.
  const blocks = [
    ...['a<G', 'b<a', 'c<b', 'd<c', 'x<G', 'y1<x', 'y2<x', 'y3<x'].map((text) => {
      const [name = '', parent = ''] = text.split('<')
      return nephew(name, parent)
    }),
    nephew('z', 'y2', ['y1', 'y3'])
  ]

  test('the score is lawful, and the head the one with the most work under it', () => {
    const forest = createForest(rule)
    for (const b of blocks) forest.insert(b)
    expect([forest.head(), forest.score('z'), forest.score('d')]).toEqual(['z', right(5), right(4)])
    expect(forest.head()).toBe(
      ghost(
        forest,
        (b) => b.parent,
        () => 1
      )
    )
    expect(checkLaws(rule, blocks)).toEqual([])
    const longest = createForest({ ...rule, forkChoice: longestChain<Nephew, string>() })
    for (const b of blocks) longest.insert(b)
    expect(longest.head()).toBe('d')
  })
})

describe('ghost', () => {
  const head = (forest: SmallForest): string =>
    ghost(
      forest,
      (b) => b.parent,
      (b) => b.weight
    )

  test('follows the heaviest subtree, not the longest chain', () => {
    const forest = forestOf('a<G b<a c<b d<c x<G y1<x y2<x y3<x z<y2')
    expect([forest.head(), head(forest)]).toEqual(['d', 'z'])
  })

  test('ties go to the smaller hash, invalid blocks weigh nothing, and a new forest has its root', () => {
    expect(head(forestOf('b<G a<G'))).toBe('a')
    expect(head(forestOf('a<G b<G x<a! y<a!'))).toBe('a')
    expect(head(forestOf(''))).toBe('G')
  })

  test('refuses weights that are no whole numbers, and sums that are not exact', () => {
    const forest = forestOf('a<G b<a')
    const weigh = (weight: (b: Small) => unknown) => () =>
      ghost(forest, (b) => b.parent, weight as (b: Small) => number)
    for (const w of ['1', NaN, -1, 0.5, 1n, undefined])
      expect(weigh(() => w)).toThrow('expected a whole number from 0 on')
    expect(weigh((b) => (b.name === 'a' ? 1 : Number.MAX_SAFE_INTEGER))).toThrow('sums below 2^53')
  })

  test('starts from the root of a pruned forest', () => {
    const forest = forestOf('a<G b<a c<b d<b e<d x<G x1<x x2<x x3<x x4<x x5<x')
    expect(head(forest)).toBe('x1')
    forest.prune('a')
    expect(head(forest)).toBe('e')
  })

  test('agrees with the weights of subtrees, summed block by block', () => {
    holds(
      fc.nat(),
      (seed) => {
        const r = random(seed)
        const tree = Array.from({ length: 60 }, (_, i) => {
          const parent = Math.floor(r() * (i + 1)) - 1
          return small(`n${i}`, parent < 0 ? 'G' : `n${parent}`, { weight: Math.floor(r() * 4) })
        })
        const forest = createForest(options)
        for (const b of tree) forest.insert(b)
        const children = (h: string) => tree.filter((b) => b.parent === h)
        const total = (b: Small): number => b.weight + children(b.name).reduce((sum, c) => sum + total(c), 0)
        const walk = (h: string): string => {
          const best = [...children(h)].sort((a, b) => total(b) - total(a) || (a.name < b.name ? -1 : 1))[0]
          return best === undefined ? h : walk(best.name)
        }
        expect(head(forest)).toBe(walk('G'))
      },
      { runs: 100 }
    )
  })

  test('is no function of two chains: which of two it prefers depends on a block beside them', () => {
    const [without, beside] = [forestOf('a<G b<G'), forestOf('a<G b<G c<b')].map(head)
    expect([without, beside]).toEqual(['a', 'c'])
    // The chains of a and of b are the same in both forests; the second also has a sibling's child.
    expect(head(forestOf('a<G a1<a b<G b1<b'))).toBe('a1')
    expect(head(forestOf('a<G a1<a b<G b1<b b2<b'))).toBe('b1')
  })
})

test('smallerHash is strict', () => {
  const [a, b] = blocksOf('a<G b<G')
  expect([smallerHash(a, b, 'a', 'b'), smallerHash(b, a, 'b', 'a')]).toEqual([-1, 1])
})
