/**
 * What follows from the laws of the fork choice. Counterpart of the first lemmas of `Structures/Forests.v`, in its order.
 */
import type { Blockchain, Types } from '../../../spec/blockchain/types.js'
import {
  cases,
  contradiction,
  byCases,
  given,
  iff,
  inLeft,
  inRight,
  not,
  refl,
  refute,
  substitute,
  symm
} from '../../proof/kernel.js'
import type { Equal, Holds, Named, Proof } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import { back, equivalent, forth, impossible } from '../../proof/logic.js'
import * as fc from 'fast-check'
import type { Laws } from './parameters.js'
import type { Setting } from './setting.js'
import type { Vocabulary } from './vocabulary.js'

const { lemma, fact } = chapter('Structures/Forests.v')

/** The lemmas about the fork choice. */
export const forestsForkChoice = <T extends Types>(
  { instance, sorts }: Setting<T>,
  V: Vocabulary<T>,
  { FCR_nrefl, FCR_rel, FCR_trans, geq_def }: Laws<T>
) => {
  type Chain<N> = Named<Blockchain<T>, N>
  const { FCR, geq, eqChain } = V
  const { chain } = sorts
  const two = forall('A B', chain, chain)

  /** Three chains, most often from the best to the worst, two of them sometimes the same. */
  const three = forall('A B C', chain, chain, chain).drawnBy(
    fc.tuple(chain.sample, chain.sample, chain.sample, fc.nat(4)),
    ([x, y, z, n]): [Blockchain<T>, Blockchain<T>, Blockchain<T>] => {
      const better = (a: Blockchain<T>, b: Blockchain<T>): Blockchain<T> => (instance.params.FCR(a, b) ? a : b)
      const worse = (a: Blockchain<T>, b: Blockchain<T>): Blockchain<T> => (instance.params.FCR(a, b) ? b : a)
      const [high, rest] = [better(x, y), worse(x, y)]
      const [mid, low] = [better(rest, z), worse(rest, z)]
      return n === 0
        ? [high, high, mid]
        : n === 1
          ? [high, mid, mid]
          : n === 2
            ? [mid, low, low]
            : [better(high, mid), worse(high, mid), low]
    }
  )

  const ordered = forall('A B', chain, chain).drawnBy(fc.tuple(chain.sample, chain.sample), ([x, y]) =>
    instance.params.FCR(x, y) ? [x, y] : [y, x]
  )

  /** A = B ⇒ A ⊒ B */
  const asGood = <A, B>(eq: Proof<Equal<A, B>>, A: Chain<A>, B: Chain<B>): Proof<Holds<'geq', [A, B]>> =>
    back(geq_def(A, B)(), inLeft(eq, FCR(A, B)))
  /** A ⊐ B ⇒ A ⊒ B */
  const better = <A, B>(p: Proof<Holds<'FCR', [A, B]>>, A: Chain<A>, B: Chain<B>): Proof<Holds<'geq', [A, B]>> =>
    back(geq_def(A, B)(), inRight(eqChain(A, B), p))

  /** @coq Structures/Forests.v FCR_trans_eq */
  const FCR_trans_eq = lemma(
    'FCR_trans_eq',
    'A ⊒ B ∧ B ⊒ C ⇒ A ⊒ C',
    '“At least as good” is transitive.',
    three
  )(<A, B, C>(A: Chain<A>, B: Chain<B>, C: Chain<C>) =>
    given(geq(A, B), geq(B, C))
      .infer(geq(A, C))
      .by((ab, bc) =>
        cases(
          forth(geq_def(A, B)(), ab),
          (eq) => substitute(geq(A, C), bc, symm(eq), refl(eqChain(C, C))),
          (strictly) => better(FCR_trans_eq2(A, B, C)(strictly, bc), A, C)
        )
      )
  )

  /** @coq Structures/Forests.v FCR_trans_eq1 */
  const FCR_trans_eq1 = lemma(
    'FCR_trans_eq1',
    'A ⊒ B ∧ B ⊐ C ⇒ A ⊐ C',
    'What is at least as good as something better is better.',
    three
  )(<A, B, C>(A: Chain<A>, B: Chain<B>, C: Chain<C>) =>
    given(geq(A, B), FCR(B, C))
      .infer(FCR(A, C))
      .by((ab, bc) =>
        cases(
          forth(geq_def(A, B)(), ab),
          (eq) => substitute(FCR(A, C), bc, symm(eq), refl(eqChain(C, C))),
          (strictly) => FCR_trans(A, B, C)(strictly, bc)
        )
      )
  )

  /** @coq Structures/Forests.v FCR_trans_eq2 */
  const FCR_trans_eq2 = lemma(
    'FCR_trans_eq2',
    'A ⊐ B ∧ B ⊒ C ⇒ A ⊐ C',
    'What is better than something at least as good is better.',
    three
  )(<A, B, C>(A: Chain<A>, B: Chain<B>, C: Chain<C>) =>
    given(FCR(A, B), geq(B, C))
      .infer(FCR(A, C))
      .by((ab, bc) =>
        cases(
          forth(geq_def(B, C)(), bc),
          (eq) => substitute(FCR(A, C), ab, refl(eqChain(A, A)), eq),
          (strictly) => FCR_trans(A, B, C)(ab, strictly)
        )
      )
  )

  /** @coq Structures/Forests.v FCR_dual */
  const FCR_dual = lemma(
    'FCR_dual',
    'not A ⊐ B ⇔ B ⊒ A',
    'A chain is at least as good as another if the other is not better.',
    two
  )(<A, B>(A: Chain<A>, B: Chain<B>) =>
    given()
      .infer(iff(not(FCR(A, B)), geq(B, A)))
      .by(() =>
        equivalent(
          not(FCR(A, B)),
          geq(B, A),
          (notBetter) =>
            cases(
              FCR_rel(A, B)(),
              (eq) => asGood(symm(eq), B, A),
              (one) =>
                cases(
                  one,
                  (ab) => impossible(ab, notBetter, geq(B, A)),
                  (ba) => better(ba, B, A)
                )
            ),
          (ba) => refute(not(FCR(A, B)), (ab) => contradiction(FCR_trans_eq2(A, B, A)(ab, ba), FCR_nrefl(A)()))
        )
      )
  )

  /** @coq Structures/Forests.v Geq_trans */
  const Geq_trans = lemma(
    'Geq_trans',
    'A ⊒ B ∧ B ⊒ C ⇒ A ⊒ C',
    '“At least as good” is transitive.',
    three,
    'The same statement as FCR_trans_eq.'
  )(<A, B, C>(A: Chain<A>, B: Chain<B>, C: Chain<C>) =>
    given(geq(A, B), geq(B, C))
      .infer(geq(A, C))
      .by((ab, bc) => FCR_trans_eq(A, B, C)(ab, bc))
  )

  /** @coq Structures/Forests.v FCR_excl */
  const FCR_excl = lemma(
    'FCR_excl',
    'not (A ⊐ B ∧ B ⊐ A)',
    'Two chains are not better than each other.',
    ordered
  )(<A, B>(A: Chain<A>, B: Chain<B>) =>
    given(FCR(A, B))
      .infer(not(FCR(B, A)))
      .by((ab) => refute(not(FCR(B, A)), (ba) => contradiction(FCR_trans(A, B, A)(ab, ba), FCR_nrefl(A)())))
  )

  const geq_refl = fact(
    'geq_refl',
    'A ⊒ A',
    'A chain is at least as good as itself.',
    forall('A', chain)
  )(<A>(A: Chain<A>) =>
    given()
      .infer(geq(A, A))
      .by(() => asGood(refl(eqChain(A, A)), A, A))
  )

  const geq_antisym = fact(
    'geq_antisym',
    'A ⊒ B ∧ B ⊒ A ⇒ A = B',
    'Chains that are at least as good as each other are equal.',
    forall('A B', chain, chain).drawnBy(fc.tuple(chain.sample, chain.sample, fc.nat(1)), ([x, y, n]) => [
      x,
      n === 0 ? x : y
    ])
  )(<A, B>(A: Chain<A>, B: Chain<B>) =>
    given(geq(A, B), geq(B, A))
      .infer(eqChain(A, B))
      .by((ab, ba) =>
        cases(
          forth(geq_def(A, B)(), ab),
          (eq) => eq,
          (strictly) => impossible(strictly, back(FCR_dual(A, B)(), ba), eqChain(A, B))
        )
      )
  )

  const geq_total = fact(
    'geq_total',
    'not A ⊒ B ⇔ B ⊐ A',
    'A chain is better than another if the other is not at least as good.',
    two
  )(<A, B>(A: Chain<A>, B: Chain<B>) =>
    given()
      .infer(iff(not(geq(A, B)), FCR(B, A)))
      .by(() =>
        equivalent(
          not(geq(A, B)),
          FCR(B, A),
          (notGeq) =>
            byCases(
              FCR(B, A),
              (ba) => ba,
              (notBetter) => impossible(forth(FCR_dual(B, A)(), notBetter), notGeq, FCR(B, A))
            ),
          (ba) => refute(not(geq(A, B)), (ab) => contradiction(ba, back(FCR_dual(B, A)(), ab)))
        )
      )
  )

  return {
    asGood,
    better,
    FCR_trans_eq,
    FCR_trans_eq1,
    FCR_trans_eq2,
    FCR_dual,
    Geq_trans,
    FCR_excl,
    geq_refl,
    geq_antisym,
    geq_total
  }
}

/** What `forestsForkChoice` returns. */
export type ForestsForkChoice<T extends Types> = ReturnType<typeof forestsForkChoice<T>>
