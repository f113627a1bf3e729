/**
 * The choice among forks, by hand: blocks are minted on any block, and the best chain is computed after each, by `btChain` of the
 * specification with the instance of the longest chain.
 */
import { forestPicture } from '../../invariants/blockchain/pictures.js'
import { hashOf } from '../../spec/blockchain/codec.js'
import { longestChain } from '../../spec/blockchain/instances/longestChain.js'
import type { TypesImpl } from '../../spec/blockchain/instances/typesImpl.js'
import { Toychain } from '../../spec/blockchain/toychain.js'
import type { Block, BlockTree } from '../../spec/blockchain/types.js'
import { pts } from '../../spec/prelude/unionMap.js'
import { netAddr } from '../../spec/system/address.js'
import { drawForest } from '../draw/index.js'
import { bare } from './bare.js'

/** Names of blocks, genesis first: they are their hashes. */
const NAMES = ['g', ...'abcdefhijklmnopqrstuvwxyz'.split('')]

/** The most blocks that can be minted. */
export const MOST_MINTED = NAMES.length - 1

/** What a block has done to the best chain. */
export interface HeadMove {
  readonly minted: string
  readonly on: string
  readonly before: string
  readonly after: string
  /** The blocks that were on the best chain, and are not any more. */
  readonly abandoned: ReadonlyArray<string>
}

/** What a page shows. */
export interface ForksShown {
  readonly drawing: string
  /** All blocks, in the order in which they were minted. */
  readonly blocks: ReadonlyArray<string>
  readonly head: string
  readonly chain: ReadonlyArray<string>
  readonly moves: ReadonlyArray<HeadMove>
}

const toychain = Toychain<TypesImpl>(longestChain({ hashB: ({ proof }) => hashOf(NAMES[proof] ?? '?') }), netAddr(1))
const { forest, params } = toychain

const nameOf = (b: Block<TypesImpl>): string => String(params.hashB(b))

/**
 * A tree after blocks were minted, each on the one that is named.
 * @throws RangeError where there is no block of a name, or there are too many.
 */
export const forksAfter = (minted: ReadonlyArray<string>): ForksShown => {
  if (minted.length > MOST_MINTED) throw new RangeError(`expected ${String(MOST_MINTED)} blocks at most`)
  const genesis = params.GenesisBlock
  let tree: BlockTree<TypesImpl> = pts(params.hashB(genesis), genesis)
  let before = tree
  let chain = forest.btChain(tree)
  const moves: HeadMove[] = []
  const names = [nameOf(genesis)]
  for (const [i, on] of minted.entries()) {
    if (!names.includes(on)) throw new RangeError(`there is no block ${on}`)
    const block: Block<TypesImpl> = { prevBlockHash: hashOf(on), txs: [], proof: i + 1 }
    before = tree
    tree = forest.btExtend(tree, block)
    const was = chain.map(nameOf)
    chain = forest.btChain(tree)
    const is = chain.map(nameOf)
    names.push(nameOf(block))
    moves.push({
      minted: nameOf(block),
      on,
      before: was.at(-1) ?? '',
      after: is.at(-1) ?? '',
      abandoned: was.filter((one) => !is.includes(one))
    })
  }
  const picture = (of: BlockTree<TypesImpl>) => bare(forestPicture(toychain, 'The forest', of))
  return {
    drawing: drawForest(picture(tree), { inPage: 'forks' }, minted.length === 0 ? undefined : picture(before)),
    blocks: names,
    head: chain.map(nameOf).at(-1) ?? '',
    chain: chain.map(nameOf),
    moves
  }
}
