/**
 * The library and the specification side by side: whatever is inserted into the one extends the tree of the other, and
 * all that can be asked of both must agree.
 */
import * as E from 'fp-ts/lib/Either.js'
import { expect } from 'vitest'
import { dom, valid } from '../../../spec/prelude/unionMap.js'
import { Forests } from '../../../spec/blockchain/forests.js'
import { longestChain as specLongestChain } from '../../../spec/blockchain/instances/longestChain.js'
import { proofOfWork as specProofOfWork } from '../../../spec/blockchain/instances/proofOfWork.js'
import { blockOrd, typesImpl } from '../../../spec/blockchain/instances/typesImpl.js'
import type { TypesImpl } from '../../../spec/blockchain/instances/typesImpl.js'
import type { ConsensusParams } from '../../../spec/blockchain/parameters.js'
import type { Block, BlockTree } from '../../../spec/blockchain/types.js'
import { longestChain, proofOfWork } from '../../../impl/forest/index.js'
import type { Forest, ForestOptions, ForestView } from '../../../impl/forest/index.js'
import { specForest, toBlockTree } from '../../../impl/forest/spec.js'
import type { SpecRefusal } from '../../../impl/forest/spec.js'

export type B = Block<TypesImpl>
export type H = TypesImpl['Hash']
export type Params = ConsensusParams<TypesImpl>
export type AnyForest = Forest<B, H, number, undefined, SpecRefusal<TypesImpl>>
export type Options = ForestOptions<B, H, number, undefined, SpecRefusal<TypesImpl>>

/** A fork choice rule of the specification, and the library's rules that must agree with it. */
export interface Kind {
  readonly name: string
  readonly params: (hashB: Params['hashB']) => Params
  readonly options: (P: Params) => Options
}

const exact = (P: Params): Options => specForest(typesImpl, P)

/** Sums of leading zero bits need more than 2 of them, so that among short hashes there are invalid blocks. */
const pow = (hashB: Params['hashB']): Params => specProofOfWork({ hashB, difficulty: 2 }).params
const longest = (hashB: Params['hashB']): Params => specLongestChain({ hashB }).params

export const kinds: ReadonlyArray<Kind> = [
  { name: 'proof of work, by chains', params: pow, options: exact },
  {
    name: 'proof of work, by score',
    params: pow,
    options: (P) => ({ ...exact(P), forkChoice: proofOfWork(blockOrd<TypesImpl>(typesImpl).compare) })
  },
  { name: 'longest chain, by chains', params: longest, options: exact },
  { name: 'longest chain, by score', params: longest, options: (P) => ({ ...exact(P), forkChoice: longestChain() }) }
]

/** Everything that a view answers and the specification too: equal as a whole where the two agree. */
export const seenByForest = (view: ForestView<B, H, number, undefined, unknown>) => {
  const bt = toBlockTree(typesImpl, view)
  const chains = dom(bt).map((h) => E.getOrElse((): ReadonlyArray<B> => [])(view.chain(h)))
  const status = dom(bt).map((h) => view.get(h)?._tag)
  return { bt, best: view.bestChain(), chains, status }
}

/** What the specification says of a tree, in the same form. */
export const seenBySpec = (F: Forests, bt: BlockTree<TypesImpl>) => {
  const chains = F.all_chains(bt)
  const status = chains.map((c) => (!F.good_chain(c) ? 'Orphan' : F.valid_chain(c) ? 'Valid' : 'Invalid'))
  return { bt, best: F.btChain(bt), chains, status }
}

type Forests = ReturnType<typeof Forests<TypesImpl>>

/** The specification's tree beside the library's forest. */
export const sideBySide = (P: Params, forest: AnyForest, start: BlockTree<TypesImpl>) => {
  const F = Forests(typesImpl, P)
  let bt = start
  return {
    F,
    tree: () => bt,
    /** Inserts into both. A collision leaves the forest as it was, and so is the tree left; it would be undefined. */
    insert: (b: B) => {
      const extended = F.btExtend(bt, b)
      const known = F.btHasBlock(bt, b)
      const before = forest.head()
      const result = forest.insert(b)
      expect(E.isLeft(result)).toBe(!valid(extended))
      if (E.isLeft(result)) expect(result.left).toMatchObject({ _tag: 'Collision', hash: P.hashB(b) })
      else {
        expect(result.right._tag === 'Duplicate').toBe(known)
        // The result says what has become of the block, and of the head.
        if (!known) expect(forest.get(P.hashB(b))?._tag).toBe(status[result.right._tag])
        const change = result.right._tag === 'Connected' ? result.right.head : undefined
        expect(change?.from ?? before).toBe(before)
        expect(change?.to ?? before).toBe(forest.head())
        bt = extended
      }
      return result
    },
    /** The two agree in everything. */
    agree: () => {
      expect(seenByForest(forest)).toEqual(seenBySpec(F, bt))
      expect(forest.size()).toBe(dom(bt).length)
    }
  }
}

const status = { Connected: 'Valid', Invalid: 'Invalid', Orphan: 'Orphan', Duplicate: undefined } as const
