/**
 * Between the library and the specification: the specification's parameters as the options of a forest, and a forest as
 * the specification's block tree.
 */
import { eq_block } from '../../spec/blockchain/types.js'
import type { Block, BlockTree, Types, TypesOrd } from '../../spec/blockchain/types.js'
import type { ConsensusParams } from '../../spec/blockchain/parameters.js'
import { left, right } from './either.js'
import type { ChainRule, ForestOptions, ForestView, Validation } from './types.js'

/** Types of the specification whose hashes are strings. */
export interface StringHashed extends Types {
  readonly Hash: string
}

/** Why the specification's `valid_chain_block` does not hold. */
export type SpecRefusal<T extends Types> =
  | { readonly _tag: 'VAF' }
  | { readonly _tag: 'txValid'; readonly transaction: T['Transaction'] }

/**
 * `valid_chain_block`: the acceptance function, then each transaction, against the whole chain before the block. Exact
 * and slow: each block costs as much as the functions need for its chain. A forest with it cannot be pruned.
 */
export const specValidation = <T extends Types>(
  P: ConsensusParams<T>
): Validation<Block<T>, undefined, SpecRefusal<T>> => ({
  genesis: undefined,
  lookback: Infinity,
  step: (state, block, before) => {
    const chain = before()
    if (!P.VAF(block, chain, block.txs)) return left({ _tag: 'VAF' })
    const refused = block.txs.find((t) => !P.txValid(t, chain))
    return refused === undefined ? right(state) : left({ _tag: 'txValid', transaction: refused })
  }
})

/**
 * A forest for any parameters of the specification: its hashes, its fork choice rule on whole chains, its validation.
 *
 * Exact for every `FCR` that satisfies the axioms. For one that does not, the specification's `btChain` depends on the
 * order of the hashes and the library's head on the order of arrival; `checkLaws` finds out.
 */
export const specForest = <T extends StringHashed>(
  T: TypesOrd<T>,
  P: ConsensusParams<T>
): ForestOptions<Block<T>, T['Hash'], undefined, undefined, SpecRefusal<T>> & {
  readonly forkChoice: ChainRule<Block<T>>
} => ({
  genesis: P.GenesisBlock,
  hash: P.hashB,
  parent: (b) => b.prevBlockHash,
  equals: eq_block(T).equals,
  forkChoice: { better: P.FCR },
  validation: specValidation(P)
})

/**
 * The abstraction function: the block tree that a forest stands for, with all its blocks, connected, invalid and orphan.
 * It is defined always: where the specification's tree becomes undefined by a collision, the forest refuses the block.
 */
export const toBlockTree = <T extends StringHashed>(
  T: TypesOrd<T>,
  forest: Pick<ForestView<Block<T>, T['Hash'], unknown, unknown, unknown>, 'entries' | 'orphans' | 'get'>
): BlockTree<T> => {
  const orphans = forest.orphans().flatMap((h) => {
    const known = forest.get(h)
    return known === undefined ? [] : [[h, known.block] as const]
  })
  const entries = [...forest.entries(), ...orphans].sort(([h], [k]) => T.Hash.compare(h, k))
  return { _tag: 'Def', entries }
}
