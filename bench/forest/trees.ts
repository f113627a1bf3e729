/**
 * Random forked trees with string hashes, the same for the same seed, and the two ways to fill a forest with them that
 * everything is measured against.
 */
import { createForest, heaviestChain, right, smallerHash } from '../../impl/forest/index.js'
import type { Forest } from '../../impl/forest/index.js'

/** A block as it comes from the network: its strings are its own, shared with no other block. */
export interface TreeBlock {
  readonly hash: string
  readonly parent: string
  readonly weight: number
}

/** `random`: the parent is any earlier block. `chain`: the last block, or one of the seven before it in 1 of 10. */
export type Shape = 'random' | 'chain'

/** Numbers from 0 to 1 from a seed: mulberry32. */
export const random = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let x = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x
  return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32
}

/** 32 bytes in hexadecimal digits as a flat string of its own: one that was put together would be a tree of parts. */
const hashOf = (seed: number, i: number): string => {
  const r = random(Math.imul(seed, 0x85ebca6b) ^ Math.imul(i + 1, 0x9e3779b1))
  const bytes = Buffer.allocUnsafe(32)
  for (let k = 0; k < 32; k += 4) bytes.writeUInt32LE((r() * 2 ** 32) >>> 0, k)
  return `0x${bytes.toString('hex')}`.normalize()
}

/** Genesis and n blocks, parents before children. */
export const treeOf = (n: number, shape: Shape, seed: number): TreeBlock[] => {
  const r = random(seed)
  const blocks: TreeBlock[] = [{ hash: hashOf(seed, 0), parent: hashOf(seed, -1), weight: 1 }]
  for (let i = 1; i <= n; i++) {
    const parent =
      shape === 'random' ? Math.floor(r() * i) : r() < 0.1 ? Math.max(0, i - 2 - Math.floor(r() * 6)) : i - 1
    blocks.push({ hash: hashOf(seed, i), parent: hashOf(seed, parent), weight: 1 })
  }
  return blocks
}

/** The blocks in another order; genesis stays first. */
export const shuffled = (blocks: ReadonlyArray<TreeBlock>, seed: number): ReadonlyArray<TreeBlock> => {
  const r = random(seed)
  const list = [...blocks]
  for (let i = list.length - 1; i > 1; i--) {
    const j = 1 + Math.floor(r() * i)
    const [a, b] = [list[i], list[j]]
    if (a !== undefined && b !== undefined) [list[i], list[j]] = [b, a]
  }
  return list
}

export const backwards = ([genesis, ...rest]: ReadonlyArray<TreeBlock>): ReadonlyArray<TreeBlock> =>
  genesis === undefined ? [] : [genesis, ...rest.reverse()]

/** What the bare loop keeps. */
export interface Bare {
  readonly index: Map<string, number>
  readonly parent: Int32Array
  readonly height: Int32Array
  best: number
}

/** The bare loop: a native map and typed arrays, parent, height and best tip, and nothing else. */
export const bareOf = (blocks: ReadonlyArray<TreeBlock>): Bare => {
  const n = blocks.length
  const index = new Map<string, number>()
  const parent = new Int32Array(n)
  const height = new Int32Array(n)
  let best = 0
  for (let i = 0; i < n; i++) {
    const block = blocks[i]
    if (block === undefined) break
    const p = index.get(block.parent) ?? 0
    const h = i === 0 ? 0 : (height[p] ?? 0) + 1
    parent[i] = p
    height[i] = h
    index.set(block.hash, i)
    if (h > (height[best] ?? 0)) best = i
  }
  return { index, parent, height, best }
}

export type BenchForest = Forest<TreeBlock, string, number, number, string>

/** How often the head of a measured forest has changed; a listener that is called must do something. */
export const heard = { changes: 0 }

/**
 * All switched on: a score, a tie-break, a validation that folds a state. It is made once, as a program does: code that
 * was compiled for functions which are garbage later is thrown away with them.
 */
const rule = {
  // Delivered backwards, all but one are orphans.
  maxOrphans: Infinity,
  hash: (b: TreeBlock) => b.hash,
  parent: (b: TreeBlock) => b.parent,
  equals: (a: TreeBlock, b: TreeBlock) => a.parent === b.parent && a.weight === b.weight,
  forkChoice: heaviestChain((b: TreeBlock) => b.weight, smallerHash),
  validation: { genesis: 1, step: (count: number) => right(count + 1) }
}
const listener = (): void => {
  heard.changes++
}

/** A forest with that rule, and with a listener. */
export const newForest = (genesis: TreeBlock): BenchForest => {
  const forest: BenchForest = createForest<TreeBlock, string, number, number, string>({ ...rule, genesis })
  forest.onHeadChange(listener)
  return forest
}

/** A forest with these blocks, the first of which is genesis. */
export const forestOf = (blocks: ReadonlyArray<TreeBlock>): BenchForest => {
  const [genesis] = blocks
  if (genesis === undefined) throw new Error('expected at least the genesis block')
  const forest = newForest(genesis)
  for (let i = 1; i < blocks.length; i++) forest.insert(blocks[i] ?? genesis)
  return forest
}
