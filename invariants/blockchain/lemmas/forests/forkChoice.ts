/** What follows from the laws of the fork choice: the first lemmas of `Structures/Forests.v`. */
import * as fc from 'fast-check'
import type { Blockchain, Types } from '../../../../spec/blockchain/types.js'
import {
  byCases,
  cases,
  contradiction,
  given,
  iff,
  inLeft,
  inRight,
  not,
  refl,
  refute,
  substitute,
  symm
} from '../../../proof/kernel.js'
import type { Equal, Holds, Proof } from '../../../proof/kernel.js'
import { chapter, forall } from '../../../proof/lemma.js'
import { back, equivalent, forth, impossible } from '../../../proof/logic.js'
import { FCR_nrefl, FCR_rel, FCR_trans, geq_def } from '../parameters.js'
import type { Chain } from '../terms.js'
import type { Theory } from '../theory.js'

const { lemma, fact } = chapter('Structures/Forests.v')

const two = <T extends Types>({ sorts: { chain } }: Theory<T>) => forall('A B', chain, chain)

/** Three chains, most often from the best to the worst, two of them sometimes the same. */
const three = <T extends Types>({ instance, sorts: { chain } }: Theory<T>) =>
  forall('A B C', chain, chain, chain).drawnBy(
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

/** Two chains, the better one first. */
const ordered = <T extends Types>({ instance, sorts: { chain } }: Theory<T>) =>
  forall('A B', chain, chain).drawnBy(fc.tuple(chain.sample, chain.sample), ([x, y]) =>
    instance.params.FCR(x, y) ? [x, y] : [y, x]
  )

/** A = B ⇒ A ⊒ B */
export const geqOfEqual = <T extends Types>(theory: Theory<T>) => {
  const { FCR } = theory.words
  return <A, B>(eq: Proof<Equal<A, B>>, A: Chain<T, A>, B: Chain<T, B>): Proof<Holds<'geq', [A, B]>> =>
    back(geq_def(theory)(A, B)(), inLeft(eq, FCR(A, B)))
}

/** A ⊐ B ⇒ A ⊒ B */
export const geqOfBetter = <T extends Types>(theory: Theory<T>) => {
  const { eqChain } = theory.words
  return <A, B>(p: Proof<Holds<'FCR', [A, B]>>, A: Chain<T, A>, B: Chain<T, B>): Proof<Holds<'geq', [A, B]>> =>
    back(geq_def(theory)(A, B)(), inRight(eqChain(A, B), p))
}

/** @coq Structures/Forests.v FCR_trans_eq1 */
export const FCR_trans_eq1 = lemma(
  'FCR_trans_eq1',
  'A ⊒ B ∧ B ⊐ C ⇒ A ⊐ C',
  'What is at least as good as something better is better.'
)(<T extends Types>(theory: Theory<T>) => {
  const { geq, FCR, eqChain } = theory.words
  return three(theory).state(<A, B, C>(A: Chain<T, A>, B: Chain<T, B>, C: Chain<T, C>) =>
    given(geq(A, B), FCR(B, C))
      .infer(FCR(A, C))
      .by((ab, bc) =>
        cases(
          forth(geq_def(theory)(A, B)(), ab),
          (eq) => substitute(FCR(A, C), bc, symm(eq), refl(eqChain(C, C))),
          (strictly) => FCR_trans(theory)(A, B, C)(strictly, bc)
        )
      )
  )
})

/** @coq Structures/Forests.v FCR_trans_eq2 */
export const FCR_trans_eq2 = lemma(
  'FCR_trans_eq2',
  'A ⊐ B ∧ B ⊒ C ⇒ A ⊐ C',
  'What is better than something at least as good is better.'
)(<T extends Types>(theory: Theory<T>) => {
  const { FCR, geq, eqChain } = theory.words
  return three(theory).state(<A, B, C>(A: Chain<T, A>, B: Chain<T, B>, C: Chain<T, C>) =>
    given(FCR(A, B), geq(B, C))
      .infer(FCR(A, C))
      .by((ab, bc) =>
        cases(
          forth(geq_def(theory)(B, C)(), bc),
          (eq) => substitute(FCR(A, C), ab, refl(eqChain(A, A)), eq),
          (strictly) => FCR_trans(theory)(A, B, C)(ab, strictly)
        )
      )
  )
})

/** @coq Structures/Forests.v FCR_trans_eq */
export const FCR_trans_eq = lemma(
  'FCR_trans_eq',
  'A ⊒ B ∧ B ⊒ C ⇒ A ⊒ C',
  '“At least as good” is transitive.'
)(<T extends Types>(theory: Theory<T>) => {
  const { geq, eqChain } = theory.words
  return three(theory).state(<A, B, C>(A: Chain<T, A>, B: Chain<T, B>, C: Chain<T, C>) =>
    given(geq(A, B), geq(B, C))
      .infer(geq(A, C))
      .by((ab, bc) =>
        cases(
          forth(geq_def(theory)(A, B)(), ab),
          (eq) => substitute(geq(A, C), bc, symm(eq), refl(eqChain(C, C))),
          (strictly) => geqOfBetter(theory)(FCR_trans_eq2(theory)(A, B, C)(strictly, bc), A, C)
        )
      )
  )
})

/** @coq Structures/Forests.v FCR_dual */
export const FCR_dual = lemma(
  'FCR_dual',
  'not A ⊐ B ⇔ B ⊒ A',
  'A chain is at least as good as another if the other is not better.'
)(<T extends Types>(theory: Theory<T>) => {
  const { FCR, geq } = theory.words
  return two(theory).state(<A, B>(A: Chain<T, A>, B: Chain<T, B>) =>
    given()
      .infer(iff(not(FCR(A, B)), geq(B, A)))
      .by(() =>
        equivalent(
          not(FCR(A, B)),
          geq(B, A),
          (notBetter) =>
            cases(
              FCR_rel(theory)(A, B)(),
              (eq) => geqOfEqual(theory)(symm(eq), B, A),
              (one) =>
                cases(
                  one,
                  (ab) => impossible(ab, notBetter, geq(B, A)),
                  (ba) => geqOfBetter(theory)(ba, B, A)
                )
            ),
          (ba) =>
            refute(not(FCR(A, B)), (ab) =>
              contradiction(FCR_trans_eq2(theory)(A, B, A)(ab, ba), FCR_nrefl(theory)(A)())
            )
        )
      )
  )
})

/** @coq Structures/Forests.v Geq_trans */
export const Geq_trans = lemma(
  'Geq_trans',
  'A ⊒ B ∧ B ⊒ C ⇒ A ⊒ C',
  '“At least as good” is transitive.',
  'The same statement as FCR_trans_eq.'
)(<T extends Types>(theory: Theory<T>) => {
  const { geq } = theory.words
  return three(theory).state(<A, B, C>(A: Chain<T, A>, B: Chain<T, B>, C: Chain<T, C>) =>
    given(geq(A, B), geq(B, C))
      .infer(geq(A, C))
      .by((ab, bc) => FCR_trans_eq(theory)(A, B, C)(ab, bc))
  )
})

/** @coq Structures/Forests.v FCR_excl */
export const FCR_excl = lemma(
  'FCR_excl',
  'not (A ⊐ B ∧ B ⊐ A)',
  'Two chains are not better than each other.'
)(<T extends Types>(theory: Theory<T>) => {
  const { FCR } = theory.words
  return ordered(theory).state(<A, B>(A: Chain<T, A>, B: Chain<T, B>) =>
    given(FCR(A, B))
      .infer(not(FCR(B, A)))
      .by((ab) =>
        refute(not(FCR(B, A)), (ba) => contradiction(FCR_trans(theory)(A, B, A)(ab, ba), FCR_nrefl(theory)(A)()))
      )
  )
})

export const geq_refl = fact(
  'geq_refl',
  'A ⊒ A',
  'A chain is at least as good as itself.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain } = theory.sorts
  const { geq, eqChain } = theory.words
  return forall('A', chain).state(<A>(A: Chain<T, A>) =>
    given()
      .infer(geq(A, A))
      .by(() => geqOfEqual(theory)(refl(eqChain(A, A)), A, A))
  )
})

export const geq_antisym = fact(
  'geq_antisym',
  'A ⊒ B ∧ B ⊒ A ⇒ A = B',
  'Chains that are at least as good as each other are equal.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain } = theory.sorts
  const { geq, eqChain } = theory.words
  return forall('A B', chain, chain)
    .drawnBy(fc.tuple(chain.sample, chain.sample, fc.nat(1)), ([x, y, n]) => [x, n === 0 ? x : y])
    .state(<A, B>(A: Chain<T, A>, B: Chain<T, B>) =>
      given(geq(A, B), geq(B, A))
        .infer(eqChain(A, B))
        .by((ab, ba) =>
          cases(
            forth(geq_def(theory)(A, B)(), ab),
            (eq) => eq,
            (strictly) => impossible(strictly, back(FCR_dual(theory)(A, B)(), ba), eqChain(A, B))
          )
        )
    )
})

export const geq_total = fact(
  'geq_total',
  'not A ⊒ B ⇔ B ⊐ A',
  'A chain is better than another if the other is not at least as good.'
)(<T extends Types>(theory: Theory<T>) => {
  const { geq, FCR } = theory.words
  return two(theory).state(<A, B>(A: Chain<T, A>, B: Chain<T, B>) =>
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
              (notBetter) => impossible(forth(FCR_dual(theory)(B, A)(), notBetter), notGeq, FCR(B, A))
            ),
          (ba) => refute(not(geq(A, B)), (ab) => contradiction(ba, back(FCR_dual(theory)(B, A)(), ab)))
        )
      )
  )
})
