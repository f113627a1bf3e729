/**
 * Proof of work: the lemmas of `Extraction/Impl.v`. Coq proves there that its instance satisfies the axioms of the parameters;
 * here their statements are decided for that instance, with a hash that is a small table, since Coq leaves it open.
 */
import { hashOf, transactionOf } from '../../../spec/blockchain/codec.js'
import { powGenesis, proofOfWork } from '../../../spec/blockchain/instances/proofOfWork.js'
import type { TypesImpl } from '../../../spec/blockchain/instances/typesImpl.js'
import type { Block } from '../../../spec/blockchain/types.js'
import { ordNumber } from '../../../spec/prelude/order.js'
import { equal, given, saying, vocabulary } from '../../proof/kernel.js'
import { chapterOn, forall, forallOf, lemmaOf } from '../../proof/lemma.js'
import * as parameters from './parameters.js'
import { setting } from './setting.js'
import type { Chain } from './terms.js'
import { theoryOf } from './theory.js'

/** Hashes of more than 12 zero bits and of fewer; that of genesis first. */
const hashes = ['0x000f', '0x0007', '0x00001', '0x00100', 'a'].map(hashOf)

const instance = proofOfWork({ hashB: ({ proof }) => hashes[proof % hashes.length] ?? hashOf('') })

const block = (proof: number, parent: number, ...txs: ReadonlyArray<string>): Block<TypesImpl> => ({
  prevBlockHash: hashes[parent] ?? hashOf(''),
  txs: txs.map(transactionOf),
  proof
})

/** The theory of the instance, with blocks on top of one another, colliding ones, and some without enough work. */
const theory = theoryOf<TypesImpl>(
  setting<TypesImpl>(
    instance,
    {
      blocks: [powGenesis, block(1, 0), block(6, 0, 't'), block(3, 1)],
      hashes,
      transactions: ['', 't'].map(transactionOf),
      times: [0, 1]
    },
    { word: 2, blocks: 1, chain: 2, chains: 1, keys: 1 }
  )
)

/** The axioms of the parameters, which are laws there, and lemmas here. */
const AXIOMS = Object.keys(parameters)

const words = vocabulary('proof of work', theory.vocabulary)
const { lemma } = chapterOn('Extraction/Impl.v', { vocabulary: words }, ...AXIOMS)

/** An axiom of the parameters, stated for the instance: as Coq proves it there, and as a lemma is, not assumed. */
const forInstance = (law: unknown) => {
  const axiom = lemmaOf(law)
  if (axiom === undefined) throw new TypeError('only what is stated of the parameters can be stated of an instance')
  const { name, mathematics, says, terms, theorem } = axiom
  return lemma(name, mathematics, says)(() => forallOf(theorem.about.variables.join(' '), terms).state(saying(theorem)))
}

const Work = words.sort<number>('Work', ordNumber)
const plus = words.lift('plus', [Work, Work], Work, (m, n) => m + n)
const total_work = words.lift('total_work', [theory.words.Blocks.sort], Work, instance.totalWork)
const eqWork = equal(Work)

/** @coq Extraction/Impl.v total_work_sum */
export const total_work_sum = lemma(
  'total_work_sum',
  'work(a ++ b) = work(a) + work(b)',
  'The work of two chains after one another is the sum of theirs.'
)(() => {
  const { chain } = theory.sorts
  const { cat } = theory.words.Blocks
  return forall('a b', chain, chain).state(<a, b>(a: Chain<TypesImpl, a>, b: Chain<TypesImpl, b>) =>
    given().infer(eqWork(total_work(cat(a, b)), plus(total_work(a), total_work(b))))
  )
})

/** @coq Extraction/Impl.v txValid_nil */
export const txValid_nil_pow = forInstance(parameters.txValid_nil(theory))
/** @coq Extraction/Impl.v VAF_init */
export const VAF_init_pow = forInstance(parameters.VAF_init(theory))
/** @coq Extraction/Impl.v VAF_GB_first */
export const VAF_GB_first_pow = forInstance(parameters.VAF_GB_first(theory))
/** @coq Extraction/Impl.v FCR_ext */
export const FCR_ext_pow = forInstance(parameters.FCR_ext(theory))
/** @coq Extraction/Impl.v FCR_nrefl */
export const FCR_nrefl_pow = forInstance(parameters.FCR_nrefl(theory))
/** @coq Extraction/Impl.v FCR_trans */
export const FCR_trans_pow = forInstance(parameters.FCR_trans(theory))
/** @coq Extraction/Impl.v FCR_rel */
export const FCR_rel_pow = forInstance(parameters.FCR_rel(theory))
/** @coq Extraction/Impl.v FCR_subchain */
export const FCR_subchain_pow = forInstance(parameters.FCR_subchain(theory))
