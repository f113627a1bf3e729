/**
 * Definitions and parameters that are wrong on purpose, and the smallest inputs on which a lemma finds one out: they show
 * that a lemma says something, and what.
 */
import { identity } from 'fp-ts/lib/function.js'
import { unionMap } from '../../../spec/prelude/unionMap.js'
import { foldl } from '../../../spec/prelude/seq.js'
import type { Forest } from '../../../spec/blockchain/forests.js'
import type { Instance } from '../../../spec/blockchain/toychain.js'
import type { Block, BlockTree } from '../../../spec/blockchain/types.js'
import type { Lemma } from '../../proof/lemma.js'
import { runOnAll } from '../../proof/run.js'
import { lemmasIn, once, settingWithin, sizes } from './grounds.js'
import { showInputs, showTiny } from './show.js'
import { tiny } from './tiny.js'
import type { TinyTypes } from './tiny.js'

type F = Forest<TinyTypes>
type I = Instance<TinyTypes>

/** Something that is wrong on purpose. */
export interface Mutant {
  readonly name: string
  readonly says: string
  readonly instance: (right: I) => I
  readonly forest: (right: F) => F
}

const withParams = (
  name: string,
  says: string,
  params: (right: I['params'], instance: I) => Partial<I['params']>
): Mutant => ({
  name,
  says,
  instance: (right) => ({ ...right, params: { ...right.params, ...params(right.params, right) } }),
  forest: identity
})

const withForest = (name: string, says: string, forest: (right: F) => Partial<F>): Mutant => ({
  name,
  says,
  instance: identity,
  forest: (right) => ({ ...right, ...forest(right) })
})

/** The mutants. */
export const mutants: ReadonlyArray<Mutant> = [
  withForest(
    'first-stays',
    'Adding a block whose hash is taken changes nothing, whatever is there: btExtend as in 2018.',
    ({ btExtend: right }) => {
      const { has } = unionMap(tiny('work').types.Hash)
      const { hashB } = tiny('work').params
      const btExtend = (bt: BlockTree<TinyTypes>, b: Block<TinyTypes>): BlockTree<TinyTypes> =>
        has(hashB(b), bt) ? bt : right(bt, b)
      return { btExtend, btExtendAll: (bt, bs) => foldl(btExtend, bt, bs) }
    }
  ),
  withForest('last-stays', 'Adding a block whose hash is taken replaces what is there.', () => {
    const { upd } = unionMap(tiny('work').types.Hash)
    const { hashB } = tiny('work').params
    const btExtend = (bt: BlockTree<TinyTypes>, b: Block<TinyTypes>): BlockTree<TinyTypes> => upd(hashB(b), b, bt)
    return { btExtend, btExtendAll: (bt, bs) => foldl(btExtend, bt, bs) }
  }),
  withForest('alone', 'The chain of a block is that block alone.', ({ compute_chain }) => ({
    compute_chain: (bt, b) => compute_chain(bt, b).slice(-1)
  })),
  withParams('length-only', 'Of two chains the longer is better; of equally long ones neither is.', () => ({
    FCR: (A, B) => A.length > B.length
  })),
  withParams('ties-win', 'A chain that is as long as another is better than it.', () => ({
    FCR: (A, B) => A.length >= B.length
  })),
  withParams('anything-goes', 'Every block is acceptable everywhere.', () => ({ VAF: () => true }))
]

/** The smallest inputs on which a lemma finds a mutant out. */
export interface FoundOut {
  readonly mutant: string
  /** The inputs as text. */
  readonly inputs: string
}

/** The sizes up to which mutants are sought. */
const SOUGHT = sizes.slice(0, 4)

/** The most inputs that are decided. */
const INPUTS = 1_000

/** For a mutant, all lemmas over the universe of each size. */
const mutated = ({ instance, forest }: Mutant): ReadonlyArray<ReadonlyArray<Lemma>> =>
  SOUGHT.map((size) => lemmasIn(settingWithin(instance(tiny('work')), size, forest)))

const everyMutant = once(() => mutants.map((mutant) => ({ mutant, sized: mutated(mutant) })))

/**
 * The mutants that a lemma finds out, by its place among all: sought among all inputs up to the largest size that has few
 * enough of them, the simple ones first.
 */
export const foundOutBy = (at: number): ReadonlyArray<FoundOut> =>
  everyMutant().flatMap(({ mutant, sized }): ReadonlyArray<FoundOut> => {
    const own = sized.flatMap((lemmas) => lemmas[at] ?? []).findLast(({ terms }) => terms.size <= INPUTS)
    const refuted = own && runOnAll(own).refuted
    return own === undefined || refuted === undefined
      ? []
      : [{ mutant: mutant.name, inputs: showInputs(showTiny, own, refuted.terms) }]
  })
