/**
 * Block forests: extending a tree by a block, the chain of a block, the best chain of a tree.
 * Counterpart of `Structures/Forests.v`; the lemmas of that file are in `invariants/blockchain/lemmas/forests/`.
 *
 * A tree is *undefined* after two blocks with one hash have met in it; every function below is total on such trees too.
 */
import * as O from 'fp-ts/lib/Option.js'
import { foldl, foldr, isIn, last, rcons, rem, seqEq } from '../prelude/seq.js'
import { dom, entries, pts, range, undef, unionMap, valid } from '../prelude/unionMap.js'
import { FCR_geq } from './parameters.js'
import type { ConsensusParams } from './parameters.js'
import { eq_block } from './types.js'
import type { Block, Blockchain, BlockTree, Types, TypesOrd } from './types.js'

/**
 * The functor `Forests (T : Types) (P : ConsensusParams T)`: the forest functions for given types and parameters.
 * @coq Structures/Forests.v Forest Forests
 */
// eslint-disable-next-line max-lines-per-function -- Coq's functor Forests, whole
export const Forests = <T extends Types>(T: TypesOrd<T>, P: ConsensusParams<T>) => {
  type Tree = BlockTree<T>
  type B = Block<T>
  type Chain = Blockchain<T>
  type Hash = T['Hash']

  const { find, free, has, join } = unionMap(T.Hash)
  const blockEq = eq_block(T)
  const chainEq = seqEq(blockEq)
  const hashIn = isIn(T.Hash)
  const hashRem = rem(T.Hash)
  const { GenesisBlock, VAF, FCR, hashB, txValid } = P

  /** `find h bt == Some b`. */
  const holdsAt = (h: Hash, b: B, bt: Tree): boolean => {
    const found = find(h, bt)
    return O.isSome(found) && blockEq.equals(found.value, b)
  }

  /**
   * `bt ⊕ b`: the tree with a block added under its hash. A block that is there already changes nothing; *another*
   * block under the same hash (a collision) makes the tree undefined.
   * @coq Structures/Forests.v btExtend
   */
  const btExtend = (bt: Tree, b: B): Tree =>
    has(hashB(b), bt) ? (holdsAt(hashB(b), b, bt) ? bt : undef) : join(pts(hashB(b), b), bt)

  /** `foldl btExtend bt bs`: the tree extended by each block of a list in turn. */
  const btExtendAll = (bt: Tree, bs: ReadonlyArray<B>): Tree => foldl(btExtend, bt, bs)

  /**
   * `b ∈ bt`: the tree holds exactly this block under its hash.
   * @coq Structures/Forests.v btHasBlock "b ∈ bt" "b ∉ bt"
   */
  const btHasBlock = (bt: Tree, b: B): boolean => has(hashB(b), bt) && holdsAt(hashB(b), b, bt)

  /**
   * Every block is stored under its own hash. True of the undefined tree.
   * @coq Structures/Forests.v validH
   */
  const validH = (bt: Tree): boolean => entries(bt).every(([h, b]) => T.Hash.equals(h, hashB(b)))

  /**
   * The genesis block is stored under its hash.
   * @coq Structures/Forests.v has_init_block
   */
  const has_init_block = (bt: Tree): boolean => holdsAt(hashB(GenesisBlock), GenesisBlock, bt)

  /**
   * The tree is defined, and no block of the list shares its hash with another block of the list or of the tree.
   * @coq Structures/Forests.v no_collisions
   */
  const no_collisions = (bt: Tree, xs: ReadonlyArray<B>): boolean => {
    const agrees = (a: B, b: B): boolean => !T.Hash.equals(hashB(a), hashB(b)) || blockEq.equals(a, b)
    const stored = range(bt).filter((b) => btHasBlock(bt, b))
    return valid(bt) && xs.every((a) => xs.every((b) => agrees(a, b)) && stored.every((b) => agrees(a, b)))
  }

  /**
   * Block c comes right after block b, and c's hash is a key of the tree.
   * @coq Structures/Forests.v next_of
   */
  const next_of = (bt: Tree, b: B, c: B): boolean => T.Hash.equals(hashB(b), c.prevBlockHash) && has(hashB(c), bt)

  /**
   * The worker of `compute_chain`: the chain that ends in b, within the keys that `remaining` still allows and in at
   * most n blocks. Each step frees the block it takes, so that a cycle of predecessors ends the chain.
   * @coq Structures/Forests.v compute_chain'
   */
  const compute_chain_within = (bt: Tree, b: B, remaining: ReadonlyArray<Hash>, n: number): Chain => {
    if (!hashIn(hashB(b), remaining)) return []
    if (!btHasBlock(bt, b)) return []
    if (n === 0) return []
    const prev = find(b.prevBlockHash, bt)
    if (O.isNone(prev)) return [b]
    if (blockEq.equals(b, GenesisBlock)) return [b]
    return rcons(compute_chain_within(free(hashB(b), bt), prev.value, hashRem(hashB(b), remaining), n - 1), b)
  }

  /**
   * The chain of a block in a tree: back along predecessors to genesis, to an orphan, or to where a cycle closes.
   * Empty where the block is not in the tree.
   * @coq Structures/Forests.v compute_chain
   */
  const compute_chain = (bt: Tree, b: B): Chain => compute_chain_within(bt, b, dom(bt), dom(bt).length)

  /**
   * The block under a hash; genesis where there is none.
   * @coq Structures/Forests.v get_block
   */
  const get_block = (bt: Tree, h: Hash): B => O.getOrElse(() => GenesisBlock)(find(h, bt))

  /**
   * The blocks of a tree in the order of their keys.
   * @coq Structures/Forests.v all_blocks
   */
  const all_blocks = (bt: Tree): ReadonlyArray<B> => dom(bt).map((h) => get_block(bt, h))

  /**
   * Some key of the tree holds this block.
   * @coq Structures/Forests.v is_block_in
   */
  const is_block_in = (bt: Tree, b: B): boolean => range(bt).some((c) => blockEq.equals(c, b))

  /**
   * A chain is good if it starts with the genesis block.
   * @coq Structures/Forests.v good_chain
   */
  const good_chain = (bc: Chain): boolean => bc[0] !== undefined && blockEq.equals(bc[0], GenesisBlock)

  /**
   * The worker of `hash_chain`: bc continues b link by link.
   * @coq Structures/Forests.v hash_chain'
   */
  const hash_chain_from = (b: B, bc: Chain): boolean => {
    const [c, ...rest] = bc
    return c === undefined || (T.Hash.equals(c.prevBlockHash, hashB(b)) && hash_chain_from(c, rest))
  }

  /**
   * Each block names the hash of the one before it as its predecessor.
   * @coq Structures/Forests.v hash_chain
   */
  const hash_chain = (bc: Chain): boolean => {
    const [b, ...rest] = bc
    return b === undefined || hash_chain_from(b, rest)
  }

  /**
   * A block may come right after a chain: VAF accepts it there, and each of its transactions is valid after the chain.
   * @coq Structures/Forests.v valid_chain_block
   */
  const valid_chain_block = (bc: Chain, b: B): boolean => VAF(b, bc, b.txs) && b.txs.every((t) => txValid(t, bc))

  /**
   * The worker of `valid_chain`: each block of bc is valid after `prefix` and the blocks before it.
   * @coq Structures/Forests.v valid_chain'
   */
  const valid_chain_from = (bc: Chain, prefix: Chain): boolean => {
    const [b, ...rest] = bc
    return b === undefined || (valid_chain_block(prefix, b) && valid_chain_from(rest, rcons(prefix, b)))
  }

  /**
   * Each block of the chain is valid after the blocks before it.
   * @coq Structures/Forests.v valid_chain
   */
  const valid_chain = (bc: Chain): boolean => valid_chain_from(bc, [])

  /**
   * The chain of every block, in the order of the keys.
   * @coq Structures/Forests.v all_chains
   */
  const all_chains = (bt: Tree): ReadonlyArray<Chain> => all_blocks(bt).map((b) => compute_chain(bt, b))

  /**
   * The chains that are good and valid, in the order of the keys.
   * @coq Structures/Forests.v good_chains
   */
  const good_chains = (bt: Tree): ReadonlyArray<Chain> => all_chains(bt).filter((c) => good_chain(c) && valid_chain(c))

  /**
   * Of two chains the better one, where a chain that is not good and valid never beats another.
   * @coq Structures/Forests.v take_better_bc
   */
  const take_better_bc = (bc2: Chain, bc1: Chain): Chain =>
    good_chain(bc2) && valid_chain(bc2) && FCR(bc2, bc1) ? bc2 : bc1

  /**
   * The best chain of a tree: the ⊐-greatest of its good and valid chains. Never empty; `[GenesisBlock]` where the
   * tree has none, and where it is undefined.
   * @coq Structures/Forests.v btChain
   */
  const btChain = (bt: Tree): Chain => foldr(take_better_bc, [GenesisBlock], all_chains(bt))

  /**
   * What a key contributes to `btChain`, as a function on chains.
   * @coq Structures/Forests.v bc_fun
   */
  const bc_fun =
    (bt: Tree) =>
    (h: Hash) =>
    (bc: Chain): Chain =>
      take_better_bc(compute_chain(bt, get_block(bt, h)), bc)

  /**
   * Every block of the tree has a good and valid chain: no orphans, no invalid blocks. True of the undefined tree.
   * @coq Structures/Forests.v good_bt
   */
  const good_bt = (bt: Tree): boolean => all_chains(bt).every((c) => good_chain(c) && valid_chain(c))

  /**
   * Of two chains the better one, with no test of goodness and validity.
   * @coq Structures/Forests.v take_better_alt
   */
  const take_better_alt = (bc2: Chain, bc1: Chain): Chain => (FCR(bc2, bc1) ? bc2 : bc1)

  return {
    /** Equality of block trees: the same entries, or both undefined. */
    treeEq: unionMap(T.Hash).eq(blockEq),
    /** Equality of chains. */
    chainEq,
    /** Equality of blocks. */
    blockEq,
    /** `A >= B`: chain A is chain B or strictly better. */
    geq: FCR_geq(T, P),
    /** The last block of a chain, genesis where it is empty. */
    lastBlock: (bc: Chain): B => last(GenesisBlock, bc),
    find,
    free,
    join,
    btExtend,
    btExtendAll,
    btHasBlock,
    validH,
    has_init_block,
    no_collisions,
    next_of,
    compute_chain_within,
    compute_chain,
    get_block,
    all_blocks,
    is_block_in,
    good_chain,
    hash_chain_from,
    hash_chain,
    valid_chain_block,
    valid_chain_from,
    valid_chain,
    all_chains,
    good_chains,
    take_better_bc,
    btChain,
    bc_fun,
    good_bt,
    take_better_alt
  }
}

/** What `Forests(T, P)` returns: the counterpart of the module type `Forest`. */
export type Forest<T extends Types> = ReturnType<typeof Forests<T>>
