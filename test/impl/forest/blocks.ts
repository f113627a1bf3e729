/**
 * Small blocks for the tests of the library: a name, which is the hash, the parent's name, a weight, and a mark that
 * validation looks at.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { expect } from 'vitest'
import { createForest, heaviestChain, left, right } from '../../../impl/forest/index.js'
import type { Forest, ForestOptions } from '../../../impl/forest/index.js'

export interface Small {
  readonly name: string
  readonly parent: string
  readonly weight: number
  readonly mark: '' | 'bad' | 'throws'
}

export const small = (name: string, parent: string, more: Partial<Small> = {}): Small => ({
  name,
  parent,
  weight: 1,
  mark: '',
  ...more
})

export const genesis = small('G', '-')

export type SmallOptions = ForestOptions<Small, string, number, number, string>
export type SmallForest = Forest<Small, string, number, number, string>

/** Heaviest chain; validation counts the blocks, and refuses those that are marked. */
export const options: SmallOptions = {
  genesis,
  hash: (b) => b.name,
  parent: (b) => b.parent,
  equals: (a, b) => a.parent === b.parent && a.weight === b.weight && a.mark === b.mark,
  forkChoice: heaviestChain((b) => b.weight),
  validation: {
    genesis: 1,
    step: (count, b) => {
      if (b.mark === 'throws') throw new Error('validation broke')
      return b.mark === 'bad' ? left(`${b.name} is bad after ${count}`) : right(count + 1)
    }
  }
}

/** A forest with these blocks, each written as `name<parent`, with `!` behind it if it is bad, and `*w` for its weight. */
export const forestOf = (texts: string, more: Partial<SmallOptions> = {}): SmallForest => {
  const forest = createForest({ ...options, ...more })
  for (const b of blocksOf(texts)) forest.insert(b)
  return forest
}

export const blocksOf = (texts: string): ReadonlyArray<Small> =>
  texts
    .split(' ')
    .filter((text) => text !== '')
    .map((text) => {
      const [, name = '', parent = '', weight, bad] = /^(\w+)<(\w+)(?:\*(-?[\w.]+))?(!?)$/.exec(text) ?? []
      return small(name, parent, { weight: weight === undefined ? 1 : Number(weight), mark: bad === '!' ? 'bad' : '' })
    })

/** What a successful answer holds. */
export const rightOf = <T>(answer: Either<unknown, T>): T => {
  if (E.isLeft(answer)) expect.fail(`unexpected Left: ${JSON.stringify(answer.left)}`)
  return answer.right
}

export const names = (blocks: ReadonlyArray<Small>): string => blocks.map((b) => b.name).join(' ')

/** Numbers from a seed, for what is too large for fast-check to generate: mulberry32. */
export const random = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let x = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x
  return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32
}
