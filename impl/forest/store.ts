/**
 * Where the connected blocks of a forest are: columns that only ever grow, so that any prefix of them is a moment of the
 * forest's past. Blocks are numbered in the order in which they were connected, parents before children.
 *
 * Ancestors are found by jump pointers: each block has its parent and one ancestor further back, chosen such that both
 * together lead to any height in O(log h) steps (Myers, "An applicative random-access stack", 1983).
 */
import type { Invalidity } from './types.js'

/** The columns of a forest. */
export interface Store<B, H extends string, S, A, E> {
  /** The numbers of the blocks by their hashes. */
  readonly index: Map<H, number>
  readonly blocks: B[]
  readonly hashes: H[]
  /** The score of the chain of each block; what stands at an invalid one means nothing. */
  readonly scores: S[]
  /** The state of validation after each block; what stands at an invalid one means nothing. */
  readonly states: A[]
  /** Why blocks are not valid. */
  readonly invalid: Map<number, Invalidity<H, E>>
  /** Four integers for each block, side by side because they are needed together. */
  links: Links
}

/** The parent, the height, the jump pointer and the first valid child of each block. */
export type Links = Int32Array

const PARENT = 0
const HEIGHT = 1
const JUMP = 2
/** The first valid child that was connected; 0 where there is none, as the root is no child; -1 at invalid blocks. */
const CHILD = 3

/** An empty store. */
export const newStore = <B, H extends string, S, A, E>(): Store<B, H, S, A, E> => ({
  index: new Map(),
  blocks: [],
  hashes: [],
  scores: [],
  states: [],
  invalid: new Map(),
  links: new Int32Array(64)
})

// The numbers that are passed to these functions are those of blocks, so that nothing is read outside of a column.

/** The hash of a block. */
export const hashAt = <H>(hashes: ReadonlyArray<H>, i: number): H => hashes[i] as H

/** The parent of a block; the root itself at the root. */
export const parentOf = (links: Links, i: number): number => links[4 * i + PARENT] ?? 0
/** The height of a block. */
export const heightOf = (links: Links, i: number): number => links[4 * i + HEIGHT] ?? 0
const jumpOf = (links: Links, i: number): number => links[4 * i + JUMP] ?? 0
const childOf = (links: Links, i: number): number => links[4 * i + CHILD] ?? 0
/** Is the block valid on its chain? */
export const isValid = (links: Links, i: number): boolean => childOf(links, i) >= 0

/** Of the first `size` blocks, is this a valid one without a valid child? */
export const isTip = (links: Links, i: number, size: number): boolean => {
  // Children are connected one after another: if the first came later, all did.
  const child = childOf(links, i)
  return child === 0 || child >= size
}

/** Writes the links of the next block, whose parent is `p`, or which is the root. It counts as valid until settled. */
export const link = (store: { links: Links }, i: number, p: number, height: number): void => {
  const at = 4 * i
  if (at === store.links.length) {
    // Half as much again, in whole blocks: doubling would leave more memory unused than the other columns need.
    const larger = new Int32Array(4 * Math.ceil(i * 1.5))
    larger.set(store.links)
    store.links = larger
  }
  const links = store.links
  const jump = jumpOf(links, p)
  const jumpOfJump = jumpOf(links, jump)
  const isJoin = heightOf(links, p) - heightOf(links, jump) === heightOf(links, jump) - heightOf(links, jumpOfJump)
  links[at + PARENT] = p
  links[at + HEIGHT] = height
  links[at + JUMP] = isJoin ? jumpOfJump : p
}

/** Notes whether a block is valid; if it is, its parent has a valid child. */
export const settle = (links: Links, i: number, p: number, valid: boolean): void => {
  if (!valid) links[4 * i + CHILD] = -1
  else if (childOf(links, p) === 0) links[4 * p + CHILD] = i
}

/** The ancestor at a height between the root's and the block's own. */
export const ancestorAt = (links: Links, i: number, height: number): number => {
  while (heightOf(links, i) > height) {
    const jump = jumpOf(links, i)
    i = heightOf(links, jump) >= height ? jump : parentOf(links, i)
  }
  return i
}

/** Of two different blocks of one height: the ancestor of the first that is right after the fork. */
export const afterFork = (links: Links, i: number, j: number): number => {
  // Blocks of one height have jumps of one length.
  while (parentOf(links, i) !== parentOf(links, j)) {
    const a = jumpOf(links, i)
    const b = jumpOf(links, j)
    i = a === b ? parentOf(links, i) : a
    j = a === b ? parentOf(links, j) : b
  }
  return i
}

/** The highest common ancestor of two blocks. */
export const commonAncestorOf = (links: Links, i: number, j: number): number => {
  const height = Math.min(heightOf(links, i), heightOf(links, j))
  const a = ancestorAt(links, i, height)
  const b = ancestorAt(links, j, height)
  return a === b ? a : parentOf(links, afterFork(links, a, b))
}
