/**
 * The eight axioms of `Structures/Parameters.v`, as laws: premise-free statements about the parameters. Lemmas may be
 * derived from them, and say so; each instance is tested against them.
 *
 * `invariants/blockchain/laws.ts` tests any instance on inputs made for the purpose. Here are the statements from which
 * lemmas are derived.
 */
import * as fc from 'fast-check'
import type { Blockchain, Types } from '../../../spec/blockchain/types.js'
import { given, iff, not, or } from '../../proof/kernel.js'
import { chapter, forall, forallOf } from '../../proof/lemma.js'
import { drawn, mapped, tuple } from '../../proof/sort.js'
import type { Blk, Chain, Tx } from './terms.js'
import type { Theory } from './theory.js'

const { definition, law } = chapter('Structures/Parameters.v')

/** @coq Structures/Parameters.v txValid_nil */
export const txValid_nil = law(
  'txValid_nil',
  'txValid(t, [])',
  'Every transaction is valid after the empty chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const { transaction } = theory.sorts
  const { txValid } = theory.words
  const { nil } = theory.words.Blocks
  return forall('t', transaction).state(<t>(t: Tx<T, t>) => given().infer(txValid(t, nil)))
})

/** @coq Structures/Parameters.v VAF_init */
export const VAF_init = law(
  'VAF_init',
  'VAF(G, [], txs G)',
  'The genesis block is acceptable as the first block.'
)(<T extends Types>(theory: Theory<T>) => {
  const { VAF, G } = theory.words
  const { nil } = theory.words.Blocks
  return forall('').state(() => given().infer(VAF(G, nil)))
})

/** @coq Structures/Parameters.v VAF_GB_first */
export const VAF_GB_first = law(
  'VAF_GB_first',
  'VAF(G, c, txs G) ⇒ c = []',
  'The genesis block is acceptable nowhere but as the first block.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain } = theory.sorts
  const { VAF, G, eqChain } = theory.words
  const { nil } = theory.words.Blocks
  // The premise holds of one chain only.
  return forall('c', drawn(chain, fc.oneof(fc.constant([]), chain.sample))).state(<c>(c: Chain<T, c>) =>
    given(VAF(G, c)).infer(eqChain(c, nil))
  )
})

/** @coq Structures/Parameters.v FCR_subchain */
export const FCR_subchain = law(
  'FCR_subchain',
  'b = p ++ a ++ s ⇒ b ⊒ a',
  'A chain is at least as good as each contiguous part of it.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain, blocks } = theory.sorts
  const { subchain, geq } = theory.words
  return forallOf(
    'a b',
    mapped(tuple(chain, blocks, blocks), ([a, p, s]): [Blockchain<T>, Blockchain<T>] => [a, [...p, ...a, ...s]])
  ).state(<a, b>(a: Chain<T, a>, b: Chain<T, b>) => given(subchain(a, b)).infer(geq(b, a)))
})

/** @coq Structures/Parameters.v FCR_ext */
export const FCR_ext = law(
  'FCR_ext',
  'c ++ (b :: r) ⊐ c',
  'A chain that is extended by at least one block becomes strictly better.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain, block, blocks } = theory.sorts
  const { FCR } = theory.words
  const { cat, cons } = theory.words.Blocks
  return forall('c b r', chain, block, blocks).state(<c, b, r>(c: Chain<T, c>, b: Blk<T, b>, r: Chain<T, r>) =>
    given().infer(FCR(cat(c, cons(b, r)), c))
  )
})

/** @coq Structures/Parameters.v FCR_rel */
export const FCR_rel = law(
  'FCR_rel',
  'A = B ∨ A ⊐ B ∨ B ⊐ A',
  'Of two different chains one is strictly better than the other.'
)(<T extends Types>({ sorts: { chain }, words: { eqChain, FCR } }: Theory<T>) =>
  forall('A B', chain, chain).state(<A, B>(A: Chain<T, A>, B: Chain<T, B>) =>
    given().infer(or(eqChain(A, B), or(FCR(A, B), FCR(B, A))))
  )
)

/** @coq Structures/Parameters.v FCR_nrefl */
export const FCR_nrefl = law(
  'FCR_nrefl',
  'not A ⊐ A',
  'No chain is strictly better than itself.'
)(<T extends Types>({ sorts: { chain }, words: { FCR } }: Theory<T>) =>
  forall('A', chain).state(<A>(A: Chain<T, A>) => given().infer(not(FCR(A, A))))
)

/** @coq Structures/Parameters.v FCR_trans */
export const FCR_trans = law(
  'FCR_trans',
  'A ⊐ B ∧ B ⊐ C ⇒ A ⊐ C',
  'A chain that is better than a better one is better.'
)(<T extends Types>(theory: Theory<T>) => {
  const { FCR: better } = theory.instance.params
  const { chain } = theory.sorts
  const { FCR } = theory.words
  return forall('A B C', chain, chain, chain)
    .drawnBy(fc.tuple(chain.sample, chain.sample, chain.sample), ([x, y, z]) => {
      const [a, b] = better(x, y) ? [x, y] : [y, x]
      return better(b, z) ? [a, b, z] : better(z, a) ? [z, a, b] : [a, z, b]
    })
    .state(<A, B, C>(A: Chain<T, A>, B: Chain<T, B>, C: Chain<T, C>) => given(FCR(A, B), FCR(B, C)).infer(FCR(A, C)))
})

export const geq_def = definition(
  'A >= B',
  'A ⊒ B ⇔ A = B ∨ A ⊐ B',
  'The definition of ⊒.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain } = theory.sorts
  const { geq, eqChain, FCR } = theory.words
  return forall('A B', chain, chain).state(<A, B>(A: Chain<T, A>, B: Chain<T, B>) =>
    given().infer(iff(geq(A, B), or(eqChain(A, B), FCR(A, B))))
  )
})
