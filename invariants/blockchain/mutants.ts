/**
 * Definitions and parameters of Toychain that are wrong on purpose, for whatever types: a lemma or an invariant that no such
 * variant breaks says nothing.
 */
import { identity } from 'fp-ts/lib/function.js'
import { foldl } from '../../spec/prelude/seq.js'
import { unionMap } from '../../spec/prelude/unionMap.js'
import type { Forest } from '../../spec/blockchain/forests.js'
import type { Instance } from '../../spec/blockchain/toychain.js'
import type { Block, BlockTree, Types } from '../../spec/blockchain/types.js'

/** A variant of the parameters and of the definitions that are made from them. */
export interface WrongDefinition {
  readonly name: string
  readonly says: string
  readonly instance: <T extends Types>(right: Instance<T>) => Instance<T>
  readonly forest: <T extends Types>(right: Forest<T>, instance: Instance<T>) => Forest<T>
}

/** Wrong parameters. */
const parameters = (
  name: string,
  says: string,
  change: <T extends Types>(right: Instance<T>['params']) => Partial<Instance<T>['params']>
): WrongDefinition => ({
  name,
  says,
  instance: (right) => ({ ...right, params: { ...right.params, ...change(right.params) } }),
  forest: identity
})

/** A wrong way to add a block to a tree. */
const extending = (
  name: string,
  says: string,
  extend: <T extends Types>(
    bt: BlockTree<T>,
    b: Block<T>,
    right: Forest<T>['btExtend'],
    instance: Instance<T>
  ) => BlockTree<T>
): WrongDefinition => ({
  name,
  says,
  instance: identity,
  forest: (right, instance) => {
    const btExtend: typeof right.btExtend = (bt, b) => extend(bt, b, right.btExtend, instance)
    return { ...right, btExtend, btExtendAll: (bt, bs) => foldl(btExtend, bt, bs) }
  }
})

/** The wrong definitions. */
export const wrongDefinitions: ReadonlyArray<WrongDefinition> = [
  extending(
    'first-stays',
    'Adding a block whose hash is taken changes nothing, whatever is there: btExtend as in 2018.',
    (bt, b, right, { types, params }) => (unionMap(types.Hash).has(params.hashB(b), bt) ? bt : right(bt, b))
  ),
  extending('last-stays', 'Adding a block whose hash is taken replaces what is there.', (bt, b, _, { types, params }) =>
    unionMap(types.Hash).upd(params.hashB(b), b, bt)
  ),
  {
    name: 'alone',
    says: 'The chain of a block is that block alone.',
    instance: identity,
    forest: (right) => ({ ...right, compute_chain: (bt, b) => right.compute_chain(bt, b).slice(-1) })
  },
  parameters('length-only', 'Of two chains the longer is better; of equally long ones neither is.', () => ({
    FCR: (A, B) => A.length > B.length
  })),
  parameters('ties-win', 'A chain that is as long as another is better than it.', () => ({
    FCR: (A, B) => A.length >= B.length
  })),
  parameters('anything-goes', 'Every block is acceptable everywhere.', () => ({ VAF: () => true }))
]
