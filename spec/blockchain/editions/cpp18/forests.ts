/**
 * Block forests in the edition of 2018 (`Structures/Forests.v` of that branch), as their differences from `forests.ts`.
 * What is not here is the same; what is here and below `btExtendAll` and `all_chains` has the same text, over the others.
 */
import * as O from 'fp-ts/lib/Option.js'
import { foldl, foldr, isIn, rcons, rem } from '../../../prelude/seq.js'
import { dom, pts, unionMap } from '../../../prelude/unionMap.js'
import * as main from '../../forests.js'
import type { Forest } from '../../forests.js'
import type { Block, Blockchain, BlockTree, Types, TypesOrd } from '../../types.js'
import { asMain } from './parameters.js'
import type { ConsensusParams } from './parameters.js'

/**
 * The forest functions of the edition for given types and parameters. A chain is valid if its transactions are
 * (`tx_valid_chain`), and so is a candidate block (`tx_valid_block`): no proof is looked at.
 */
export const Forests = <T extends Types>(T: TypesOrd<T>, P: ConsensusParams<T>): Forest<T> => {
  type Tree = BlockTree<T>
  type B = Block<T>
  type Chain = Blockchain<T>
  type Hash = T['Hash']

  const F = main.Forests(T, asMain(P))
  const { has, find, free, join } = unionMap(T.Hash)
  const { hashB, GenesisBlock } = P
  const { all_blocks, get_block, good_chain, take_better_bc, valid_chain } = F

  /** The tree with a block added under its hash; unchanged where the hash is a key, *whatever* block is stored there. */
  const btExtend = (bt: Tree, b: B): Tree => (has(hashB(b), bt) ? bt : join(pts(hashB(b), b), bt))

  /** `b ∈ bt`: the block's hash is a key. Whether the block stored there is this one is not asked. */
  const btHasBlock = (bt: Tree, b: B): boolean => has(hashB(b), bt)

  /** The worker of `compute_chain`: asks for keys only, and has no rule for genesis, which is its own predecessor. */
  const compute_chain_within = (bt: Tree, b: B, remaining: ReadonlyArray<Hash>, n: number): Chain => {
    if (!isIn(T.Hash)(hashB(b), remaining)) return []
    if (n === 0) return []
    const prev = find(b.prevBlockHash, bt)
    if (O.isNone(prev)) return [b]
    return rcons(compute_chain_within(free(hashB(b), bt), prev.value, rem(T.Hash)(hashB(b), remaining), n - 1), b)
  }

  /** The chain of a block: back along predecessors to an orphan, or to where a cycle closes, as it does at genesis. */
  const compute_chain = (bt: Tree, b: B): Chain => compute_chain_within(bt, b, dom(bt), dom(bt).length)

  const btExtendAll = (bt: Tree, bs: ReadonlyArray<B>): Tree => foldl(btExtend, bt, bs)

  const all_chains = (bt: Tree): ReadonlyArray<Chain> => all_blocks(bt).map((b) => compute_chain(bt, b))

  const good_chains = (bt: Tree): ReadonlyArray<Chain> => all_chains(bt).filter((c) => good_chain(c) && valid_chain(c))

  const btChain = (bt: Tree): Chain => foldr(take_better_bc, [GenesisBlock], all_chains(bt))

  const bc_fun =
    (bt: Tree) =>
    (h: Hash) =>
    (bc: Chain): Chain =>
      take_better_bc(compute_chain(bt, get_block(bt, h)), bc)

  const good_bt = (bt: Tree): boolean => all_chains(bt).every((c) => good_chain(c) && valid_chain(c))

  return {
    ...F,
    btExtend,
    btExtendAll,
    btHasBlock,
    compute_chain_within,
    compute_chain,
    all_chains,
    good_chains,
    btChain,
    bc_fun,
    good_bt
  }
}
