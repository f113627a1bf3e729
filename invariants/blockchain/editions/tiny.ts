/**
 * A blockchain of the edition of 2018 with hashes of two bits, small enough that all its small trees can be listed.
 *
 * A block's hash is the low two bits of its proof, so that every assignment of hashes to blocks occurs, as if the hash
 * function were an arbitrary table. The axioms of the edition hold of it, but for the injectivity of the hash.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import { reverse } from 'fp-ts/lib/Ord.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Instance } from '../../../spec/blockchain/editions/cpp18.js'
import { byLength, prefer } from '../../../spec/blockchain/instances/forkChoice.js'
import { notInChain } from '../../../spec/blockchain/instances/proofOfWork.js'
import { blockOrd } from '../../../spec/blockchain/instances/typesImpl.js'
import type { Block, BlockTree, TypesOrd } from '../../../spec/blockchain/types.js'
import { ordNumber, seqOrd } from '../../../spec/prelude/order.js'
import { iota } from '../../../spec/prelude/seq.js'

/** All sets are sets of numbers. */
export interface TinyTypes {
  readonly Timestamp: number
  readonly Hash: number
  readonly VProof: number
  readonly Transaction: number
}

export type B = Block<TinyTypes>
export type Tree = BlockTree<TinyTypes>

const types: TypesOrd<TinyTypes> & { readonly Timestamp: Eq<number> } = {
  Timestamp: ordNumber,
  Hash: ordNumber,
  VProof: ordNumber,
  Transaction: ordNumber
}

/** The number of hashes. */
const HASHES = 4

const block = (hash: number, prevBlockHash: number): B => ({ prevBlockHash, txs: [], proof: hash })

/** The tiny instance: the longer chain wins, then the smaller contents. */
export const tiny: Instance<TinyTypes> = {
  name: 'tiny',
  types,
  params: {
    GenesisBlock: block(0, 0),
    hashB: (b) => b.proof % HASHES,
    hashT: (t) => t % HASHES,
    genProof: (_n, _bc, ts) => O.some(ts),
    VAF: (proof, _ts, bc) => !bc.some((b) => b.proof === proof),
    FCR: prefer(byLength(), reverse(seqOrd(blockOrd<TinyTypes>(types)))),
    txValid: notInChain(types),
    tpExtend: (pool, t) => [...pool, t]
  }
}

/** All blocks: genesis first, every hash with every predecessor. Blocks are alike but for these. */
export const blocks: ReadonlyArray<B> = iota(HASHES).flatMap((hash) => iota(HASHES).map((prev) => block(hash, prev)))

/** All trees in which every block is stored under its hash, the smaller ones first. */
export const trees: ReadonlyArray<Tree> = iota(HASHES)
  .reduce<ReadonlyArray<ReadonlyArray<readonly [number, B]>>>(
    (all, hash) => [
      ...all,
      ...iota(HASHES).flatMap((prev) => all.map((entries) => [...entries, [hash, block(hash, prev)] as const]))
    ],
    [[]]
  )
  .toSorted((x, y) => x.length - y.length)
  .map((entries) => ({ _tag: 'Def', entries }))

/** All lists of so many blocks. */
export const listsOf = (length: number): ReadonlyArray<ReadonlyArray<B>> =>
  length === 0 ? [[]] : listsOf(length - 1).flatMap((l) => blocks.map((b) => [...l, b]))

const names = ['g', 'a', 'b', 'c']

/** A block in words: `b→a` is the block with the hash b and the predecessor a; genesis is `G`. */
export const showBlock = ({ proof, prevBlockHash }: B): string =>
  proof === 0 && prevBlockHash === 0 ? 'G' : `${names[proof] ?? '?'}→${names[prevBlockHash] ?? '?'}`

/** A list of blocks, and a tree, in words. */
export const showBlocks = (bs: ReadonlyArray<B>): string => `[${bs.map(showBlock).join(', ')}]`
export const showTree = (t: Tree): string =>
  t._tag === 'Undef' ? '⊥' : `{${t.entries.map(([, b]) => showBlock(b)).join(', ')}}`
