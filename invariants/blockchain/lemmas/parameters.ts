/**
 * The eight axioms of `Structures/Parameters.v`, as laws: premise-free statements about the parameters. Lemmas may be
 * derived from them, and say so; each instance is tested against them.
 *
 * `invariants/blockchain/laws.ts` tests any instance on inputs made for the purpose. Here are the statements from which
 * lemmas are derived.
 */
import * as fc from 'fast-check'
import type { Blockchain, Block, Types } from '../../../spec/blockchain/types.js'
import { given, iff, not, or } from '../../proof/kernel.js'
import type { Named } from '../../proof/kernel.js'
import { chapter, forall, forallOf } from '../../proof/lemma.js'
import { drawn, mapped, tuple } from '../../proof/sort.js'
import type { Setting } from './setting.js'
import type { Vocabulary } from './vocabulary.js'

const { law, fact } = chapter('Structures/Parameters.v')

/** The laws of the parameters. */
export const parameters = <T extends Types>({ instance, sorts }: Setting<T>, V: Vocabulary<T>) => {
  type Chain<N> = Named<Blockchain<T>, N>
  type Blk<N> = Named<Block<T>, N>
  type Tx<N> = Named<T['Transaction'], N>
  const { G, VAF, FCR, geq, txValid, subchain, eqChain } = V
  const { nil, cons, cat } = V.Blocks
  const { block, blocks, chain, transaction } = sorts
  const { FCR: better } = instance.params

  /** @coq Structures/Parameters.v txValid_nil */
  const txValid_nil = law(
    'txValid_nil',
    'txValid(t, [])',
    'Every transaction is valid after the empty chain.',
    forall('t', transaction)
  )(<t>(t: Tx<t>) => given().infer(txValid(t, nil)))

  /** @coq Structures/Parameters.v VAF_init */
  const VAF_init = law(
    'VAF_init',
    'VAF(G, [], txs G)',
    'The genesis block is acceptable as the first block.',
    forall('')
  )(() => given().infer(VAF(G, nil)))

  /** @coq Structures/Parameters.v VAF_GB_first */
  const VAF_GB_first = law(
    'VAF_GB_first',
    'VAF(G, c, txs G) ⇒ c = []',
    'The genesis block is acceptable nowhere but as the first block.',
    // The premise holds of one chain only.
    forall('c', drawn(chain, fc.oneof(fc.constant([]), chain.sample)))
  )(<c>(c: Chain<c>) => given(VAF(G, c)).infer(eqChain(c, nil)))

  /** @coq Structures/Parameters.v FCR_subchain */
  const FCR_subchain = law(
    'FCR_subchain',
    'b = p ++ a ++ s ⇒ b ⊒ a',
    'A chain is at least as good as each contiguous part of it.',
    forallOf(
      'a b',
      mapped(tuple(chain, blocks, blocks), ([a, p, s]): [Blockchain<T>, Blockchain<T>] => [a, [...p, ...a, ...s]])
    )
  )(<a, b>(a: Chain<a>, b: Chain<b>) => given(subchain(a, b)).infer(geq(b, a)))

  /** @coq Structures/Parameters.v FCR_ext */
  const FCR_ext = law(
    'FCR_ext',
    'c ++ (b :: r) ⊐ c',
    'A chain that is extended by at least one block becomes strictly better.',
    forall('c b r', chain, block, blocks)
  )(<c, b, r>(c: Chain<c>, b: Blk<b>, r: Chain<r>) => given().infer(FCR(cat(c, cons(b, r)), c)))

  /** @coq Structures/Parameters.v FCR_rel */
  const FCR_rel = law(
    'FCR_rel',
    'A = B ∨ A ⊐ B ∨ B ⊐ A',
    'Of two different chains one is strictly better than the other.',
    forall('A B', chain, chain)
  )(<A, B>(A: Chain<A>, B: Chain<B>) => given().infer(or(eqChain(A, B), or(FCR(A, B), FCR(B, A)))))

  /** @coq Structures/Parameters.v FCR_nrefl */
  const FCR_nrefl = law(
    'FCR_nrefl',
    'not A ⊐ A',
    'No chain is strictly better than itself.',
    forall('A', chain)
  )(<A>(A: Chain<A>) => given().infer(not(FCR(A, A))))

  /** @coq Structures/Parameters.v FCR_trans */
  const FCR_trans = law(
    'FCR_trans',
    'A ⊐ B ∧ B ⊐ C ⇒ A ⊐ C',
    'A chain that is better than a better one is better.',
    forall('A B C', chain, chain, chain).drawnBy(fc.tuple(chain.sample, chain.sample, chain.sample), ([x, y, z]) => {
      const [a, b] = better(x, y) ? [x, y] : [y, x]
      return better(b, z) ? [a, b, z] : better(z, a) ? [z, a, b] : [a, z, b]
    })
  )(<A, B, C>(A: Chain<A>, B: Chain<B>, C: Chain<C>) => given(FCR(A, B), FCR(B, C)).infer(FCR(A, C)))

  const geq_def = fact(
    'A >= B',
    'A ⊒ B ⇔ A = B ∨ A ⊐ B',
    'The definition of ⊒.',
    forall('A B', chain, chain)
  )(<A, B>(A: Chain<A>, B: Chain<B>) => given().infer(iff(geq(A, B), or(eqChain(A, B), FCR(A, B)))))

  return {
    txValid_nil,
    VAF_init,
    VAF_GB_first,
    FCR_subchain,
    FCR_ext,
    FCR_rel,
    FCR_nrefl,
    FCR_trans,
    geq_def
  }
}

/** What `parameters` returns. */
export type Laws<T extends Types> = ReturnType<typeof parameters<T>>
