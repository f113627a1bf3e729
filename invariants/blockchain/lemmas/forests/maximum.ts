/** The best chain as a maximum: the lemmas of `Structures/Forests.v` from `btExtend_good_split` to `better_comm'`. */
import * as fc from 'fast-check'
import type { Blockchain, Types } from '../../../../spec/blockchain/types.js'
import { and, byCases, congruence, given, not, or, refl, symm, trans } from '../../../proof/kernel.js'
import type { Equal, Proof } from '../../../proof/kernel.js'
import { chapter, forall } from '../../../proof/lemma.js'
import { forth } from '../../../proof/logic.js'
import { geqAlong } from '../library.js'
import { rooted, t_alone } from '../terms.js'
import type { Blk, Chain, Chains, Tree } from '../terms.js'
import type { Theory } from '../theory.js'
import { FCR_dual, FCR_excl, FCR_trans_eq, geq_antisym, geqOfBetter, geqOfEqual } from './forkChoice.js'
import { foldr_better_cons, foldr_better_nil } from './goodChains.js'

const { definition, fact, lemma, stronger } = chapter('Structures/Forests.v')

/** The best of a chain and some others. */
const maximum = <T extends Types>(theory: Theory<T>) => {
  const { FCR: better } = theory.instance.params
  return (c: Blockchain<T>, cs: ReadonlyArray<Blockchain<T>>): Blockchain<T> =>
    cs.reduce((a, b) => (better(b, a) ? b : a), c)
}

// ------------------------------------------------------------------------------------------- where a new chain stands

/** A good tree and a block that keeps it good, where the universe has one. */
const growing = <T extends Types>(theory: Theory<T>) => {
  const { tree, block, goodTree, keepsGood } = theory.sorts
  return forall('bt b', tree, block).drawnBy(
    fc.tuple(goodTree, tree.sample, block.sample, fc.nat(9), fc.nat(99)),
    ([good, any, b, n, k]) => [n === 0 ? any : good, n <= 1 ? b : (keepsGood(good, k) ?? b)]
  )
}

export const btExtend_good_split_stronger = stronger(
  'btExtend_good_split',
  'V(t⊕b) ∧ #b ∉ dom t ∧ t, t⊕b good ⇒ good_chains(t) = p ++ s ∧ good_chains(t⊕b) = p ++ [chain(t⊕b, b)] ++ s for some p, s',
  'A new block of a good tree adds its chain to the good chains, which keep their order.',
  'The premises H(t) and I(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtend, splitBelow, splitAbove, valid, good_bt, inDom, hash, good_chains, compute_chain } = theory.words
  const { equal, cat, cons } = theory.words.Chains
  return growing(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) => {
    const extended = btExtend(bt, b)
    const [below, above] = [splitBelow(bt, b), splitAbove(bt, b)]
    return given(valid(extended), good_bt(bt), not(inDom(hash(b), bt)), good_bt(extended)).infer(
      and(
        equal(good_chains(bt), cat(below, above)),
        equal(good_chains(extended), cat(below, cons(compute_chain(extended, b), above)))
      )
    )
  })
})

/** @coq Structures/Forests.v btExtend_good_split */
export const btExtend_good_split = lemma(
  'btExtend_good_split',
  'V(t⊕b) ∧ H(t) ∧ I(t) ∧ #b ∉ dom t ∧ t, t⊕b good ⇒ good_chains(t) = p ++ s ∧ good_chains(t⊕b) = p ++ [chain(t⊕b, b)] ++ s for some p, s',
  'A new block of a good tree adds its chain to the good chains, which keep their order.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtend, splitBelow, splitAbove, good_bt, inDom, hash, good_chains, compute_chain } = theory.words
  const { equal, cat, cons } = theory.words.Chains
  return growing(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) => {
    const extended = btExtend(bt, b)
    const [below, above] = [splitBelow(bt, b), splitAbove(bt, b)]
    return given(...rooted(theory)(extended, bt), good_bt(bt), not(inDom(hash(b), bt)), good_bt(extended))
      .infer(
        and(
          equal(good_chains(bt), cat(below, above)),
          equal(good_chains(extended), cat(below, cons(compute_chain(extended, b), above)))
        )
      )
      .by((v, _h, _i, good, fresh, stays) => btExtend_good_split_stronger(theory)(bt, b)(v, good, fresh, stays))
  })
})

// -------------------------------------------------------------------------------------- the best chain as a maximum

/** @coq Structures/Forests.v btChain_alt */
export const btChain_alt = lemma(
  'btChain_alt',
  'best(t) = foldr alt [G] (good_chains(t))',
  'The best chain is the maximum of the good chains and genesis alone.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqChain, btChain, foldr_better, onlyG, good_chains } = theory.words
  return t_alone(theory).state(<t>(bt: Tree<T, t>) =>
    given().infer(eqChain(btChain(bt), foldr_better(onlyG, good_chains(bt))))
  )
})

/** A list of chains. */
const cs = <T extends Types>({ sorts: { chains } }: Theory<T>) => forall('cs', chains)

/** @coq Structures/Forests.v best_chain_in */
export const best_chain_in = lemma(
  'best_chain_in',
  'foldr alt [G] cs = [G] ∨ foldr alt [G] cs ∈ cs',
  'The maximum of some chains and genesis alone is one of them.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqChain, foldr_better, onlyG } = theory.words
  const { isIn: chainIn } = theory.words.Chains
  return cs(theory).state(<cs>(cs: Chains<T, cs>) =>
    given().infer(or(eqChain(foldr_better(onlyG, cs), onlyG), chainIn(foldr_better(onlyG, cs), cs)))
  )
})

export const alt_better = definition(
  'take_better_alt',
  'x ⊐ y ⇒ alt(x, y) = x',
  'The better of two chains is the first, if it is better.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain } = theory.sorts
  const { FCR, eqChain, take_better_alt } = theory.words
  return forall('x y', chain, chain).state(<x, y>(x: Chain<T, x>, y: Chain<T, y>) =>
    given(FCR(x, y)).infer(eqChain(take_better_alt(x, y), x))
  )
})

export const alt_not_better = definition(
  'take_better_alt_not',
  'not x ⊐ y ⇒ alt(x, y) = y',
  'The better of two chains is the second, if the first is not better.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain } = theory.sorts
  const { FCR, eqChain, take_better_alt } = theory.words
  return forall('x y', chain, chain).state(<x, y>(x: Chain<T, x>, y: Chain<T, y>) =>
    given(not(FCR(x, y))).infer(eqChain(take_better_alt(x, y), y))
  )
})

export const alt_geq = fact(
  'take_better_alt_geq',
  'alt(x, y) ⊒ y',
  'The better of two chains is at least as good as the second.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain } = theory.sorts
  const { take_better_alt, eqChain, geq, FCR } = theory.words
  return forall('x y', chain, chain).state(<x, y>(x: Chain<T, x>, y: Chain<T, y>) => {
    const alt = take_better_alt(x, y)
    const y_y = () => refl(eqChain(y, y))
    return given()
      .infer(geq(alt, y))
      .by(() =>
        byCases(
          FCR(x, y),
          (p) => geqAlong(theory)(geqOfBetter(theory)(p, x, y), symm(alt_better(theory)(x, y)(p)), y_y(), alt, y),
          (p) => geqOfEqual(theory)(alt_not_better(theory)(x, y)(p), alt, y)
        )
      )
  })
})

/** A chain and a list of chains. */
export const c_cs = <T extends Types>({ sorts: { chain, chains } }: Theory<T>) => forall('c cs', chain, chains)

/** x = y ⇒ alt(x, z) = alt(y, z) */
export const altLeftAlong =
  <T extends Types>({ words: { eqChain, take_better_alt } }: Theory<T>) =>
  <x, y, z>(eq: Proof<Equal<x, y>>, x: Chain<T, x>, y: Chain<T, y>, z: Chain<T, z>) =>
    congruence(eqChain(take_better_alt(x, z), take_better_alt(y, z)), eq, refl(eqChain(z, z)))

/** x = y ⇒ alt(z, x) = alt(z, y) */
export const altRightAlong =
  <T extends Types>({ words: { eqChain, take_better_alt } }: Theory<T>) =>
  <x, y, z>(eq: Proof<Equal<x, y>>, x: Chain<T, x>, y: Chain<T, y>, z: Chain<T, z>) =>
    congruence(eqChain(take_better_alt(z, x), take_better_alt(z, y)), refl(eqChain(z, z)), eq)

/** cs = ds ⇒ foldr alt c cs = foldr alt c ds */
export const foldrAlong =
  <T extends Types>({ words: { eqChain, foldr_better } }: Theory<T>) =>
  <cs, ds, c>(eq: Proof<Equal<cs, ds>>, cs: Chains<T, cs>, ds: Chains<T, ds>, c: Chain<T, c>) =>
    congruence(eqChain(foldr_better(c, cs), foldr_better(c, ds)), refl(eqChain(c, c)), eq)

/** cs = ds ⇒ foldl alt c cs = foldl alt c ds */
export const foldlAlong =
  <T extends Types>({ words: { eqChain, foldl_better } }: Theory<T>) =>
  <cs, ds, c>(eq: Proof<Equal<cs, ds>>, cs: Chains<T, cs>, ds: Chains<T, ds>, c: Chain<T, c>) =>
    congruence(eqChain(foldl_better(c, cs), foldl_better(c, ds)), refl(eqChain(c, c)), eq)

/** c = d ⇒ foldl alt c cs = foldl alt d cs */
export const foldlFromAlong = <T extends Types>(theory: Theory<T>) => {
  const { eqChain, foldl_better } = theory.words
  const { equal } = theory.words.Chains
  return <c, d, cs>(eq: Proof<Equal<c, d>>, c: Chain<T, c>, d: Chain<T, d>, cs: Chains<T, cs>) =>
    congruence(eqChain(foldl_better(c, cs), foldl_better(d, cs)), eq, refl(equal(cs, cs)))
}

/** @coq Structures/Forests.v foldr_better_mono */
export const foldr_better_mono = lemma(
  'foldr_better_mono',
  'foldr alt c cs ⊒ c',
  'The maximum of some chains and c is at least as good as c.'
)(<T extends Types>(theory: Theory<T>) => {
  const { geq, foldr_better, Chains, take_better_alt, eqChain } = theory.words
  const { nil, cons } = theory.words.Chains
  return c_cs(theory)
    .state(<c, cs>(c: Chain<T, c>, cs: Chains<T, cs>) => given().infer(geq(foldr_better(c, cs), c)))
    .byInduction(
      'cs',
      (self) =>
        <c, cs>(c: Chain<T, c>, cs: Chains<T, cs>) =>
          self(c, cs).by(() => {
            const all = foldr_better(c, cs)
            return Chains.fromLeft(
              cs,
              (isNil) =>
                geqOfEqual(theory)(trans(foldrAlong(theory)(isNil, cs, nil, c), foldr_better_nil(theory)(c)()), all, c),
              (x, rest, isCons) => {
                const fewer = foldr_better(c, rest)
                const alt = take_better_alt(x, fewer)
                return geqAlong(theory)(
                  FCR_trans_eq(theory)(alt, fewer, c)(alt_geq(theory)(x, fewer)(), self(c, rest)()),
                  symm(
                    trans(foldrAlong(theory)(isCons, cs, cons(x, rest), c), foldr_better_cons(theory)(c, x, rest)())
                  ),
                  refl(eqChain(c, c)),
                  all,
                  c
                )
              }
            )
          })
    )
})

/** @coq Structures/Forests.v best_element_in */
export const best_element_in = lemma(
  'best_element_in',
  'c ⊐ [G] ∧ c ⊐ best’(p ++ s) ∧ c ∈ p ++ [d] ++ s ⇒ c = best’(p ++ [d] ++ s), with best’ = foldr alt [G]',
  'A chain of a list that is better than all others but one is the best of the list.'
)(<T extends Types>(theory: Theory<T>) => {
  const { forest } = theory
  const { chain, chains } = theory.sorts
  const { FCR, onlyG, foldr_better, eqChain } = theory.words
  const { cat, isIn: chainIn, cons } = theory.words.Chains
  return forall('c p s d', chain, chains, chains, chain)
    .drawnBy(fc.tuple(chain.sample, chains.sample, chains.sample, chain.sample, fc.nat(5)), ([c, p, s, d, n]) => {
      const best = maximum(theory)(d, [...p, ...s, c])
      const others = (l: ReadonlyArray<Blockchain<T>>) => l.filter((x) => !forest.chainEq.equals(x, best))
      return n === 0 ? [c, p, s, d] : [best, others(p), others(s), best]
    })
    .state(<c, p, s, d>(c: Chain<T, c>, p: Chains<T, p>, s: Chains<T, s>, d: Chain<T, d>) =>
      given(FCR(c, onlyG), FCR(c, foldr_better(onlyG, cat(p, s))), chainIn(c, cat(p, cons(d, s)))).infer(
        eqChain(c, foldr_better(onlyG, cat(p, cons(d, s))))
      )
    )
})

export const alt_assoc = fact(
  'take_better_alt_assoc',
  'alt(alt(x, y), z) = alt(x, alt(y, z))',
  'The best of three chains, in two ways.'
)(<T extends Types>({ sorts: { chain }, words: { eqChain, take_better_alt } }: Theory<T>) =>
  forall('x y z', chain, chain, chain).state(<x, y, z>(x: Chain<T, x>, y: Chain<T, y>, z: Chain<T, z>) =>
    given().infer(eqChain(take_better_alt(take_better_alt(x, y), z), take_better_alt(x, take_better_alt(y, z))))
  )
)

/** @coq Structures/Forests.v better_comm' */
export const better_comm_prime = lemma(
  "better_comm'",
  'alt(x, y) = alt(y, x)',
  'Which of two chains is better does not depend on their order.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain } = theory.sorts
  const { eqChain, take_better_alt, FCR } = theory.words
  return forall('x y', chain, chain).state(<x, y>(x: Chain<T, x>, y: Chain<T, y>) => {
    const goal = eqChain(take_better_alt(x, y), take_better_alt(y, x))
    return given()
      .infer(goal)
      .by(() =>
        byCases(
          FCR(x, y),
          (xy) => trans(alt_better(theory)(x, y)(xy), symm(alt_not_better(theory)(y, x)(FCR_excl(theory)(x, y)(xy)))),
          (notXy) =>
            byCases(
              FCR(y, x),
              (yx) => trans(alt_not_better(theory)(x, y)(notXy), symm(alt_better(theory)(y, x)(yx))),
              (notYx) =>
                trans(
                  trans(
                    alt_not_better(theory)(x, y)(notXy),
                    geq_antisym(theory)(y, x)(
                      forth(FCR_dual(theory)(x, y)(), notXy),
                      forth(FCR_dual(theory)(y, x)(), notYx)
                    )
                  ),
                  symm(alt_not_better(theory)(y, x)(notYx))
                )
            )
        )
      )
  })
})

/** @coq Structures/Forests.v better_comm */
export const better_comm = lemma(
  'better_comm',
  'alt(alt(c, x), y) = alt(alt(c, y), x)',
  'Two chains can be compared with a third in either order.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain } = theory.sorts
  const { eqChain, take_better_alt } = theory.words
  return forall('c x y', chain, chain, chain).state(<c, x, y>(c: Chain<T, c>, x: Chain<T, x>, y: Chain<T, y>) =>
    given()
      .infer(eqChain(take_better_alt(take_better_alt(c, x), y), take_better_alt(take_better_alt(c, y), x)))
      .by(() =>
        trans(
          trans(
            alt_assoc(theory)(c, x, y)(),
            altRightAlong(theory)(better_comm_prime(theory)(x, y)(), take_better_alt(x, y), take_better_alt(y, x), c)
          ),
          symm(alt_assoc(theory)(c, y, x)())
        )
      )
  )
})
