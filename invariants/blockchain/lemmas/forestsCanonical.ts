/**
 * The best chain as a maximum, and how the trees of two nodes relate of which one has all blocks of the other.
 * Counterpart of `Structures/Forests.v` from `btExtend_good_split` to `btExtend_can_eq`, in its order.
 */
import * as fc from 'fast-check'
import { valid as isDefined } from '../../../spec/prelude/unionMap.js'
import type { Block, Blockchain, BlockTree, Types } from '../../../spec/blockchain/types.js'
import {
  and,
  byCases,
  cases,
  congruence,
  contradiction,
  given,
  not,
  or,
  refl,
  refute,
  rewrite,
  substitute,
  symm,
  trans
} from '../../proof/kernel.js'
import type { Equal, Holds, Named, Not, Proof } from '../../proof/kernel.js'
import { chapter, forall, forallOf } from '../../proof/lemma.js'
import { back, forth, impossible } from '../../proof/logic.js'
import { lazy } from '../../proof/sort.js'
import type { ForestsBest } from './forestsBest.js'
import type { ForestsExtending } from './forestsExtending.js'
import type { ForestsForkChoice } from './forestsForkChoice.js'
import type { ForestsMinting } from './forestsMinting.js'
import type { Library, ListFacts } from './library.js'
import type { Laws } from './parameters.js'
import type { Setting } from './setting.js'
import type { Vocabulary } from './vocabulary.js'

const { lemma, stronger, fact } = chapter('Structures/Forests.v')

/** The lemmas about the best chain as a maximum, and about canonical trees. */
export const forestsCanonical = <T extends Types>(
  { instance, sorts, forest }: Setting<T>,
  V: Vocabulary<T>,
  Cs: ListFacts<Blockchain<T>>,
  L: Library<T>,
  P: Laws<T>,
  O: ForestsForkChoice<T>,
  E: ForestsExtending<T>,
  M: ForestsBest<T>,
  N: ForestsMinting<T>
) => {
  type Tree<N> = Named<BlockTree<T>, N>
  type Blk<N> = Named<Block<T>, N>
  type Blks<N> = Named<ReadonlyArray<Block<T>>, N>
  type Chain<N> = Named<Blockchain<T>, N>
  type Chns<N> = Named<ReadonlyArray<Blockchain<T>>, N>
  const { onlyG, eqTree, eqChain, eqHash, hash, inDom, valid, validH, has_init_block, good_bt } = V
  const { btExtend, btExtendAll, compute_chain, good_chains, btChain, valid_chain_block } = V
  const { FCR, geq, take_better_alt, foldr_better, foldl_better, prevBlockHash, lastBlock } = V
  const { splitBelow, splitAbove } = V
  const { nil, cons, rcons, cat, equal, isIn: chainIn } = V.Chains
  const { tree, block, blocks, chain, chains } = sorts
  const better = instance.params.FCR
  const max = (c: Blockchain<T>, cs: ReadonlyArray<Blockchain<T>>): Blockchain<T> =>
    cs.reduce((a, b) => (better(b, a) ? b : a), c)

  const t = forall('bt', tree)

  // ------------------------------------------------------------------------------------------- where a new chain stands

  /** A good tree and a block that keeps it good, where the universe has one. */
  const growing = forall('bt b', tree, block).drawnBy(
    fc.tuple(sorts.goodTree, tree.sample, block.sample, fc.nat(9), fc.nat(99)),
    ([good, any, b, n, k]) => [n === 0 ? any : good, n <= 1 ? b : (sorts.keepsGood(good, k) ?? b)]
  )

  const btExtend_good_split_stronger = stronger(
    'btExtend_good_split',
    'V(t⊕b) ∧ #b ∉ dom t ∧ t, t⊕b good ⇒ good_chains(t) = p ++ s ∧ good_chains(t⊕b) = p ++ [chain(t⊕b, b)] ++ s for some p, s',
    'A new block of a good tree adds its chain to the good chains, which keep their order.',
    growing,
    'The premises H(t) and I(t) are not needed.'
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => {
    const extended = btExtend(bt, b)
    const [below, above] = [splitBelow(bt, b), splitAbove(bt, b)]
    return given(valid(extended), good_bt(bt), not(inDom(hash(b), bt)), good_bt(extended)).infer(
      and(
        equal(good_chains(bt), cat(below, above)),
        equal(good_chains(extended), cat(below, cons(compute_chain(extended, b), above)))
      )
    )
  })

  /** @coq Structures/Forests.v btExtend_good_split */
  const btExtend_good_split = lemma(
    'btExtend_good_split',
    'V(t⊕b) ∧ H(t) ∧ I(t) ∧ #b ∉ dom t ∧ t, t⊕b good ⇒ good_chains(t) = p ++ s ∧ good_chains(t⊕b) = p ++ [chain(t⊕b, b)] ++ s for some p, s',
    'A new block of a good tree adds its chain to the good chains, which keep their order.',
    growing
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => {
    const extended = btExtend(bt, b)
    const [below, above] = [splitBelow(bt, b), splitAbove(bt, b)]
    return given(
      valid(extended),
      validH(bt),
      has_init_block(bt),
      good_bt(bt),
      not(inDom(hash(b), bt)),
      good_bt(extended)
    )
      .infer(
        and(
          equal(good_chains(bt), cat(below, above)),
          equal(good_chains(extended), cat(below, cons(compute_chain(extended, b), above)))
        )
      )
      .by((v, _h, _i, good, fresh, stays) => btExtend_good_split_stronger(bt, b)(v, good, fresh, stays))
  })

  // -------------------------------------------------------------------------------------- the best chain as a maximum

  /** @coq Structures/Forests.v btChain_alt */
  const btChain_alt = lemma(
    'btChain_alt',
    'best(t) = foldr alt [G] (good_chains(t))',
    'The best chain is the maximum of the good chains and genesis alone.',
    t
  )(<t>(bt: Tree<t>) => given().infer(eqChain(btChain(bt), foldr_better(onlyG, good_chains(bt)))))

  const cs = forall('cs', chains)

  /** @coq Structures/Forests.v best_chain_in */
  const best_chain_in = lemma(
    'best_chain_in',
    'foldr alt [G] cs = [G] ∨ foldr alt [G] cs ∈ cs',
    'The maximum of some chains and genesis alone is one of them.',
    cs
  )(<cs>(cs: Chns<cs>) =>
    given().infer(or(eqChain(foldr_better(onlyG, cs), onlyG), chainIn(foldr_better(onlyG, cs), cs)))
  )

  const alt_better = fact(
    'take_better_alt',
    'x ⊐ y ⇒ alt(x, y) = x',
    'The better of two chains is the first, if it is better.',
    forall('x y', chain, chain)
  )(<x, y>(x: Chain<x>, y: Chain<y>) => given(FCR(x, y)).infer(eqChain(take_better_alt(x, y), x)))
  const alt_not_better = fact(
    'take_better_alt_not',
    'not x ⊐ y ⇒ alt(x, y) = y',
    'The better of two chains is the second, if the first is not better.',
    forall('x y', chain, chain)
  )(<x, y>(x: Chain<x>, y: Chain<y>) => given(not(FCR(x, y))).infer(eqChain(take_better_alt(x, y), y)))
  const alt_geq = fact(
    'take_better_alt_geq',
    'alt(x, y) ⊒ y',
    'The better of two chains is at least as good as the second.',
    forall('x y', chain, chain)
  )(<x, y>(x: Chain<x>, y: Chain<y>) => {
    const alt = take_better_alt(x, y)
    const y_y = refl(eqChain(y, y))
    return given()
      .infer(geq(alt, y))
      .by(() =>
        byCases(
          FCR(x, y),
          (p) => L.geqAlong(O.better(p, x, y), symm(alt_better(x, y)(p)), y_y, alt, y),
          (p) => O.asGood(alt_not_better(x, y)(p), alt, y)
        )
      )
  })

  const c_cs = forall('c cs', chain, chains)

  /** x = y ⇒ alt(x, z) = alt(y, z) */
  const altLeft = <x, y, z>(eq: Proof<Equal<x, y>>, x: Chain<x>, y: Chain<y>, z: Chain<z>) =>
    congruence(eqChain(take_better_alt(x, z), take_better_alt(y, z)), eq, refl(eqChain(z, z)))
  /** x = y ⇒ alt(z, x) = alt(z, y) */
  const altRight = <x, y, z>(eq: Proof<Equal<x, y>>, x: Chain<x>, y: Chain<y>, z: Chain<z>) =>
    congruence(eqChain(take_better_alt(z, x), take_better_alt(z, y)), refl(eqChain(z, z)), eq)
  /** cs = ds ⇒ foldr alt c cs = foldr alt c ds */
  const foldedRight = <cs, ds, c>(eq: Proof<Equal<cs, ds>>, cs: Chns<cs>, ds: Chns<ds>, c: Chain<c>) =>
    congruence(eqChain(foldr_better(c, cs), foldr_better(c, ds)), refl(eqChain(c, c)), eq)
  /** cs = ds ⇒ foldl alt c cs = foldl alt c ds */
  const foldedLeft = <cs, ds, c>(eq: Proof<Equal<cs, ds>>, cs: Chns<cs>, ds: Chns<ds>, c: Chain<c>) =>
    congruence(eqChain(foldl_better(c, cs), foldl_better(c, ds)), refl(eqChain(c, c)), eq)
  /** c = d ⇒ foldl alt c cs = foldl alt d cs */
  const foldedFrom = <c, d, cs>(eq: Proof<Equal<c, d>>, c: Chain<c>, d: Chain<d>, cs: Chns<cs>) =>
    congruence(eqChain(foldl_better(c, cs), foldl_better(d, cs)), eq, refl(equal(cs, cs)))

  /** @coq Structures/Forests.v foldr_better_mono */
  const foldr_better_mono = lemma(
    'foldr_better_mono',
    'foldr alt c cs ⊒ c',
    'The maximum of some chains and c is at least as good as c.',
    c_cs
  )(
    <c, cs>(c: Chain<c>, cs: Chns<cs>) => given().infer(geq(foldr_better(c, cs), c)),
    'cs',
    (self) =>
      <c, cs>(c: Chain<c>, cs: Chns<cs>) =>
        self(c, cs).by(() => {
          const all = foldr_better(c, cs)
          return V.Chains.fromLeft(
            cs,
            (isNil) => O.asGood(trans(foldedRight(isNil, cs, nil, c), N.foldr_better_nil(c)()), all, c),
            (x, rest, isCons) => {
              const fewer = foldr_better(c, rest)
              const alt = take_better_alt(x, fewer)
              return L.geqAlong(
                O.FCR_trans_eq(alt, fewer, c)(alt_geq(x, fewer)(), self(c, rest)()),
                symm(trans(foldedRight(isCons, cs, cons(x, rest), c), N.foldr_better_cons(c, x, rest)())),
                refl(eqChain(c, c)),
                all,
                c
              )
            }
          )
        })
  )

  /** @coq Structures/Forests.v best_element_in */
  const best_element_in = lemma(
    'best_element_in',
    'c ⊐ [G] ∧ c ⊐ best’(p ++ s) ∧ c ∈ p ++ [d] ++ s ⇒ c = best’(p ++ [d] ++ s), with best’ = foldr alt [G]',
    'A chain of a list that is better than all others but one is the best of the list.',
    forall('c p s d', chain, chains, chains, chain).drawnBy(
      fc.tuple(chain.sample, chains.sample, chains.sample, chain.sample, fc.nat(5)),
      ([c, p, s, d, n]) => {
        const best = max(d, [...p, ...s, c])
        const others = (l: ReadonlyArray<Blockchain<T>>) => l.filter((x) => !forest.chainEq.equals(x, best))
        return n === 0 ? [c, p, s, d] : [best, others(p), others(s), best]
      }
    )
  )(<c, p, s, d>(c: Chain<c>, p: Chns<p>, s: Chns<s>, d: Chain<d>) =>
    given(FCR(c, onlyG), FCR(c, foldr_better(onlyG, cat(p, s))), chainIn(c, cat(p, cons(d, s)))).infer(
      eqChain(c, foldr_better(onlyG, cat(p, cons(d, s))))
    )
  )

  const alt_assoc = fact(
    'take_better_alt_assoc',
    'alt(alt(x, y), z) = alt(x, alt(y, z))',
    'The best of three chains, in two ways.',
    forall('x y z', chain, chain, chain)
  )(<x, y, z>(x: Chain<x>, y: Chain<y>, z: Chain<z>) =>
    given().infer(eqChain(take_better_alt(take_better_alt(x, y), z), take_better_alt(x, take_better_alt(y, z))))
  )

  /** @coq Structures/Forests.v better_comm */
  const better_comm = lemma(
    'better_comm',
    'alt(alt(c, x), y) = alt(alt(c, y), x)',
    'Two chains can be compared with a third in either order.',
    forall('c x y', chain, chain, chain)
  )(<c, x, y>(c: Chain<c>, x: Chain<x>, y: Chain<y>) =>
    given()
      .infer(eqChain(take_better_alt(take_better_alt(c, x), y), take_better_alt(take_better_alt(c, y), x)))
      .by(() =>
        trans(
          trans(
            alt_assoc(c, x, y)(),
            altRight(better_comm_prime(x, y)(), take_better_alt(x, y), take_better_alt(y, x), c)
          ),
          symm(alt_assoc(c, y, x)())
        )
      )
  )

  /** @coq Structures/Forests.v better_comm' */
  const better_comm_prime = lemma(
    "better_comm'",
    'alt(x, y) = alt(y, x)',
    'Which of two chains is better does not depend on their order.',
    forall('x y', chain, chain)
  )(<x, y>(x: Chain<x>, y: Chain<y>) => {
    const goal = eqChain(take_better_alt(x, y), take_better_alt(y, x))
    return given()
      .infer(goal)
      .by(() =>
        byCases(
          FCR(x, y),
          (xy) => trans(alt_better(x, y)(xy), symm(alt_not_better(y, x)(O.FCR_excl(x, y)(xy)))),
          (notXy) =>
            byCases(
              FCR(y, x),
              (yx) => trans(alt_not_better(x, y)(notXy), symm(alt_better(y, x)(yx))),
              (notYx) =>
                trans(
                  trans(
                    alt_not_better(x, y)(notXy),
                    O.geq_antisym(y, x)(forth(O.FCR_dual(x, y)(), notXy), forth(O.FCR_dual(y, x)(), notYx))
                  ),
                  symm(alt_not_better(y, x)(notYx))
                )
            )
        )
      )
  })

  const foldl_nil = fact(
    'foldl_nil',
    'foldl alt c [] = c',
    'Folding over nothing.',
    forall('c', chain)
  )(<c>(c: Chain<c>) => given().infer(eqChain(foldl_better(c, nil), c)))
  const foldl_rcons = fact(
    'foldl_rcons',
    'foldl alt c (cs ++ [x]) = alt(foldl alt c cs, x)',
    'Folding applies the last element last.',
    forall('c cs x', chain, chains, chain)
  )(<c, cs, x>(c: Chain<c>, cs: Chns<cs>, x: Chain<x>) =>
    given().infer(eqChain(foldl_better(c, rcons(cs, x)), take_better_alt(foldl_better(c, cs), x)))
  )
  const foldl_cons = fact(
    'foldl_cons',
    'foldl alt c (x :: cs) = foldl alt (alt(c, x)) cs',
    'Folding applies the first element first.',
    forall('c x cs', chain, chain, chains)
  )(<c, x, cs>(c: Chain<c>, x: Chain<x>, cs: Chns<cs>) =>
    given().infer(eqChain(foldl_better(c, cons(x, cs)), foldl_better(take_better_alt(c, x), cs)))
  )
  const foldl_cat = fact(
    'foldl_cat',
    'foldl alt c (cs ++ ds) = foldl alt (foldl alt c cs) ds',
    'Folding over two lists one after the other.',
    forall('c cs ds', chain, chains, chains)
  )(<c, cs, ds>(c: Chain<c>, cs: Chns<cs>, ds: Chns<ds>) =>
    given().infer(eqChain(foldl_better(c, cat(cs, ds)), foldl_better(foldl_better(c, cs), ds)))
  )

  const foldl_better_comm1 = fact(
    'foldl_better_comm1',
    'foldl alt (alt(c, x)) cs = alt(foldl alt c cs, x)',
    'A chain can be compared before a list of chains or after it.',
    forall('c x cs', chain, chain, chains)
  )(
    <c, x, cs>(c: Chain<c>, x: Chain<x>, cs: Chns<cs>) =>
      given().infer(eqChain(foldl_better(take_better_alt(c, x), cs), take_better_alt(foldl_better(c, cs), x))),
    'cs',
    (self) =>
      <c, x, cs>(c: Chain<c>, x: Chain<x>, cs: Chns<cs>) =>
        self(c, x, cs).by(() => {
          const withX = take_better_alt(c, x)
          const all = foldl_better(c, cs)
          return V.Chains.fromRight(
            cs,
            (isNil) =>
              trans(
                trans(foldedLeft(isNil, cs, nil, withX), foldl_nil(withX)()),
                symm(altLeft(trans(foldedLeft(isNil, cs, nil, c), foldl_nil(c)()), all, c, x))
              ),
            (rest, y, isRcons) => {
              const [fewer, fewerX] = [foldl_better(c, rest), foldl_better(withX, rest)]
              return trans(
                trans(foldedLeft(isRcons, cs, rcons(rest, y), withX), foldl_rcons(withX, rest, y)()),
                trans(
                  trans(altLeft(self(c, x, rest)(), fewerX, take_better_alt(fewer, x), y), better_comm(fewer, x, y)()),
                  symm(
                    altLeft(
                      trans(foldedLeft(isRcons, cs, rcons(rest, y), c), foldl_rcons(c, rest, y)()),
                      all,
                      take_better_alt(fewer, y),
                      x
                    )
                  )
                )
              )
            }
          )
        })
  )

  /** @coq Structures/Forests.v foldl_better_comm */
  const foldl_better_comm = lemma(
    'foldl_better_comm',
    'foldl alt (foldl alt c cs) ds = foldl alt (foldl alt c ds) cs',
    'Two lists of chains can be compared in either order.',
    forall('c cs ds', chain, chains, chains)
  )(
    <c, cs, ds>(c: Chain<c>, cs: Chns<cs>, ds: Chns<ds>) =>
      given().infer(eqChain(foldl_better(foldl_better(c, cs), ds), foldl_better(foldl_better(c, ds), cs))),
    'ds',
    (self) =>
      <c, cs, ds>(c: Chain<c>, cs: Chns<cs>, ds: Chns<ds>) =>
        self(c, cs, ds).by(() => {
          const [withCs, withDs] = [foldl_better(c, cs), foldl_better(c, ds)]
          return V.Chains.fromRight(
            ds,
            (isNil) =>
              trans(
                trans(foldedLeft(isNil, ds, nil, withCs), foldl_nil(withCs)()),
                symm(foldedFrom(trans(foldedLeft(isNil, ds, nil, c), foldl_nil(c)()), withDs, c, cs))
              ),
            (rest, x, isRcons) => {
              const fewer = foldl_better(c, rest)
              return trans(
                trans(
                  trans(foldedLeft(isRcons, ds, rcons(rest, x), withCs), foldl_rcons(withCs, rest, x)()),
                  altLeft(self(c, cs, rest)(), foldl_better(withCs, rest), foldl_better(fewer, cs), x)
                ),
                trans(
                  symm(foldl_better_comm1(fewer, x, cs)()),
                  symm(
                    foldedFrom(
                      trans(foldedLeft(isRcons, ds, rcons(rest, x), c), foldl_rcons(c, rest, x)()),
                      withDs,
                      take_better_alt(fewer, x),
                      cs
                    )
                  )
                )
              )
            }
          )
        })
  )

  /** @coq Structures/Forests.v foldl_better_comm_cat */
  const foldl_better_comm_cat = lemma(
    'foldl_better_comm_cat',
    'foldl alt c (cs ++ ds) = foldl alt c (ds ++ cs)',
    'Two lists of chains can be compared in either order.',
    forall('c cs ds', chain, chains, chains)
  )(<c, cs, ds>(c: Chain<c>, cs: Chns<cs>, ds: Chns<ds>) =>
    given()
      .infer(eqChain(foldl_better(c, cat(cs, ds)), foldl_better(c, cat(ds, cs))))
      .by(() => trans(trans(foldl_cat(c, cs, ds)(), foldl_better_comm(c, cs, ds)()), symm(foldl_cat(c, ds, cs)())))
  )

  /** @coq Structures/Forests.v foldl_foldr_better */
  const foldl_foldr_better = lemma(
    'foldl_foldr_better',
    'foldr alt c cs = foldl alt c cs',
    'The maximum from the right is that from the left.',
    c_cs
  )(
    <c, cs>(c: Chain<c>, cs: Chns<cs>) => given().infer(eqChain(foldr_better(c, cs), foldl_better(c, cs))),
    'cs',
    (self) =>
      <c, cs>(c: Chain<c>, cs: Chns<cs>) =>
        self(c, cs).by(() =>
          V.Chains.fromLeft(
            cs,
            (isNil) =>
              trans(
                trans(foldedRight(isNil, cs, nil, c), N.foldr_better_nil(c)()),
                symm(trans(foldedLeft(isNil, cs, nil, c), foldl_nil(c)()))
              ),
            (x, rest, isCons) => {
              const [right, left] = [foldr_better(c, rest), foldl_better(c, rest)]
              const fromRight = trans(foldedRight(isCons, cs, cons(x, rest), c), N.foldr_better_cons(c, x, rest)())
              const fromLeft = trans(
                trans(foldedLeft(isCons, cs, cons(x, rest), c), foldl_cons(c, x, rest)()),
                foldl_better_comm1(c, x, rest)()
              )
              return trans(
                trans(fromRight, altRight(self(c, rest)(), right, left, x)),
                trans(better_comm_prime(x, left)(), symm(fromLeft))
              )
            }
          )
        )
  )

  /** @coq Structures/Forests.v foldl_better_reduce */
  const foldl_better_reduce = lemma(
    'foldl_better_reduce',
    'c ⊐ [G] ⇒ foldl alt c cs = alt(c, foldl alt [G] cs)',
    'The maximum of c and some chains, with genesis alone put in.',
    c_cs
  )(
    <c, cs>(c: Chain<c>, cs: Chns<cs>) =>
      given(FCR(c, onlyG)).infer(eqChain(foldl_better(c, cs), take_better_alt(c, foldl_better(onlyG, cs)))),
    'cs',
    (self) =>
      <c, cs>(c: Chain<c>, cs: Chns<cs>) =>
        self(c, cs).by((p) => {
          const all = foldl_better(onlyG, cs)
          return V.Chains.fromRight(
            cs,
            (isNil) =>
              trans(
                trans(foldedLeft(isNil, cs, nil, c), foldl_nil(c)()),
                symm(
                  trans(
                    altRight(trans(foldedLeft(isNil, cs, nil, onlyG), foldl_nil(onlyG)()), all, onlyG, c),
                    alt_better(c, onlyG)(p)
                  )
                )
              ),
            (rest, x, isRcons) => {
              const fewer = foldl_better(onlyG, rest)
              const fromC = foldl_better(c, rest)
              return trans(
                trans(
                  trans(foldedLeft(isRcons, cs, rcons(rest, x), c), foldl_rcons(c, rest, x)()),
                  altLeft(self(c, rest)(p), fromC, take_better_alt(c, fewer), x)
                ),
                trans(
                  alt_assoc(c, fewer, x)(),
                  symm(
                    altRight(
                      trans(foldedLeft(isRcons, cs, rcons(rest, x), onlyG), foldl_rcons(onlyG, rest, x)()),
                      all,
                      take_better_alt(fewer, x),
                      c
                    )
                  )
                )
              )
            }
          )
        })
  )

  /** @coq Structures/Forests.v foldl_better_extract */
  const foldl_better_extract = lemma(
    'foldl_better_extract',
    'foldl alt [G] (p ++ [c] ++ s) = foldl alt [G] (p ++ s ++ [c])',
    'A chain of a list can be compared last.',
    forall('c p s', chain, chains, chains)
  )(<c, p, s>(c: Chain<c>, p: Chns<p>, s: Chns<s>) => {
    const one = cons(c, nil)
    const before = foldl_better(onlyG, p)
    return given()
      .infer(eqChain(foldl_better(onlyG, cat(p, cat(one, s))), foldl_better(onlyG, cat(p, cat(s, one)))))
      .by(() =>
        trans(
          trans(foldl_cat(onlyG, p, cat(one, s))(), foldl_better_comm_cat(before, one, s)()),
          symm(foldl_cat(onlyG, p, cat(s, one))())
        )
      )
  })

  /** @coq Structures/Forests.v lesser_elim */
  const lesser_elim = lemma(
    'lesser_elim',
    'c ⊐ [G] ∧ best’(p ++ s) ⊐ c ⇒ best’(p ++ s) ⊒ best’(p ++ [c] ++ s), with best’ = foldr alt [G]',
    'A chain that is worse than the best of the others does not make it better.',
    forall('c p s', chain, chains, chains).drawnBy(
      fc.tuple(sorts.valid_chain.sample, chains.sample, chains.sample, block.sample, fc.nat(5)),
      ([c, p, s, b, n]) => (n === 0 ? [c, p, s] : [[...c, b], [...p, [...c, b, b]], s])
    )
  )(<c, p, s>(c: Chain<c>, p: Chns<p>, s: Chns<s>) => {
    const one = cons(c, nil)
    const [without, with_] = [cat(p, s), cat(p, cat(one, s))]
    const [best, bestWith] = [foldr_better(onlyG, without), foldr_better(onlyG, with_)]
    return given(FCR(c, onlyG), FCR(best, c))
      .infer(geq(best, bestWith))
      .by((_, lesser) => {
        const left = foldl_better(onlyG, without)
        const toLeft = foldl_foldr_better(onlyG, without)()
        // foldl alt [G] (p ++ [c] ++ s) = alt(foldl alt [G] (p ++ s), c) = foldl alt [G] (p ++ s)
        const last = trans(Cs.catA(p, s, one)(), Cs.cats1(without, c)())
        const unfolded = trans(
          trans(foldl_foldr_better(onlyG, with_)(), foldl_better_extract(c, p, s)()),
          trans(foldedLeft(last, cat(p, cat(s, one)), rcons(without, c), onlyG), foldl_rcons(onlyG, without, c)())
        )
        const noBetter = alt_better(left, c)(L.betterAlong(lesser, toLeft, refl(eqChain(c, c)), left, c))
        return O.asGood(trans(toLeft, symm(trans(unfolded, noBetter))), best, bestWith)
      })
  })

  // ------------------------------------------------------------------------- a tree, and one that has all its blocks

  /**
   * A tree c that has all blocks of another tree t, those that it has besides, and a block. In all: every good tree, each
   * of its parts with genesis, and every block.
   */
  const extendedTrees = forallOf<[BlockTree<T>, BlockTree<T>, ReadonlyArray<Block<T>>, Block<T>]>(
    'cbt bt l b',
    lazy(
      () =>
        sorts
          .goodParts()
          .flatMap(({ whole, part, rest }) =>
            [...block.all()].map((b): [BlockTree<T>, BlockTree<T>, ReadonlyArray<Block<T>>, Block<T>] => [
              whole,
              part,
              rest,
              b
            ])
          ),
      fc.tuple(tree.sample, tree.sample, blocks.sample, block.sample)
    )
  )
  const BITS = 2 ** 20 - 1
  const has = (bits: number, i: number): boolean => Math.floor(bits / 2 ** (i % 20)) % 2 === 1
  /** Whether a new block does not collide with c, and makes t no better than c. */
  const keepsBest = (c: BlockTree<T>, t: BlockTree<T>, b: Block<T>): boolean =>
    isDefined(forest.btExtend(c, b)) && forest.geq(forest.btChain(c), forest.btChain(forest.btExtend(t, b)))
  /**
   * The same at random: c is good, t has some of its blocks, and the block is most often minted on top of the best chain
   * of t, or keeps c good.
   */
  const canonicalBy = (some: (c: BlockTree<T>, bits: number) => ReadonlyArray<Block<T>>, minted: boolean) =>
    extendedTrees.drawnBy(
      fc.tuple(sorts.goodTree, tree.sample, block.sample, fc.nat(BITS), fc.tuple(fc.nat(BITS), fc.nat(9), fc.nat(99))),
      ([c, any, b, bits, [again, kind, n]]) => {
        if (kind === 0) return [any, any, [], b]
        const t = sorts.regrown(some(c, bits))
        const others = forest.all_blocks(c).filter((x, i) => !forest.btHasBlock(t, x) || has(again, i))
        const next = kind < 2 && !minted ? [] : sorts.next(t, kind < 4 && !minted)
        const quiet = next.filter((x) => keepsBest(c, t, x))
        const from = minted && quiet.length > 0 ? quiet : next
        return [
          forest.btExtendAll(t, others),
          t,
          others,
          from[n % Math.max(1, from.length)] ?? sorts.keepsGood(c, n) ?? b
        ]
      }
    )
  const canonical = canonicalBy((c, bits) => forest.all_blocks(c).filter((_, i) => has(bits, i)), false)
  /** The same where t has a beginning of the best chain, and little else. */
  const behind = canonicalBy((c, bits) => {
    const best = forest.btChain(c)
    return best.slice(0, Math.max(1, best.length - 1 - (bits % 2)))
  }, true)

  /** The same with a block that c has. */
  const known = extendedTrees.drawnBy(
    fc.tuple(tree.sample, blocks.sample, block.sample, fc.nat(9)),
    ([bt, l, b, n]) => [forest.btExtendAll(bt, l), bt, l, l[n] ?? l[0] ?? b]
  )
  /** @coq Structures/Forests.v complete_bt_extend_gt' */
  const complete_bt_extend_gt_prime = lemma(
    "complete_bt_extend_gt'",
    'V, H, I of c and V(c⊕b), V, H, I of t and V(t⊕b), c, c⊕b good, #b ∉ dom c, best(t⊕b) ⊐ best(c), c = t⊕*l ⇒ best(t⊕b) = best(c⊕b)',
    'A new block that makes a node better than the canonical chain does the same to the canonical tree.',
    canonical
  )(<c, t, l, b>(cbt: Tree<c>, bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
    given(
      valid(btExtend(cbt, b)),
      validH(cbt),
      has_init_block(cbt),
      valid(btExtend(bt, b)),
      validH(bt),
      has_init_block(bt),
      good_bt(cbt),
      not(inDom(hash(b), cbt)),
      good_bt(btExtend(cbt, b)),
      FCR(btChain(btExtend(bt, b)), btChain(cbt)),
      eqTree(cbt, btExtendAll(bt, l))
    ).infer(eqChain(btChain(btExtend(bt, b)), btChain(btExtend(cbt, b))))
  )

  /** not A ⊐ A, A = B ⇒ not B ⊐ A */
  const notBetterAlong = <A, B>(
    notBetter: Proof<Not<Holds<'FCR', [A, A]>>>,
    eq: Proof<Equal<A, B>>,
    A: Chain<A>,
    B: Chain<B>
  ): Proof<Not<Holds<'FCR', [B, A]>>> =>
    refute(not(FCR(B, A)), (p) => contradiction(substitute(FCR(A, A), p, symm(eq), refl(eqChain(A, A))), notBetter))

  const known_not_better = fact(
    'known_not_better',
    'V(c⊕b) ∧ b ∈ c ∧ c = t⊕*l ⇒ best(c) ⊒ best(t⊕b)',
    'A block that the canonical tree has makes no node better than the canonical chain.',
    known
  )(<c, t, l, b>(cbt: Tree<c>, bt: Tree<t>, l: Blks<l>, b: Blk<b>) => {
    const [withB, all] = [btExtend(bt, b), btExtendAll(bt, l)]
    return given(valid(btExtend(cbt, b)), V.btHasBlock(b, cbt), eqTree(cbt, all))
      .infer(geq(btChain(cbt), btChain(withB)))
      .by((v, has, is) => {
        const later = btExtendAll(withB, l)
        const moved = trans(L.extended(is, cbt, all, b), E.btExtend_fold1_comm_stronger(bt, l, b)())
        const same = trans(E.btExtend_withDup_noEffect(cbt, b)(has), moved)
        return L.geqAlong(
          M.btExtend_fold_sameOrBetter_stronger(withB, l)(rewrite(moved)(valid(later), v)),
          symm(L.best(same, cbt, later)),
          refl(eqChain(btChain(withB), btChain(withB))),
          btChain(cbt),
          btChain(withB)
        )
      })
  })

  /** @coq Structures/Forests.v btExtend_with_new */
  const btExtend_with_new = lemma(
    'btExtend_with_new',
    'V, H, I of c and V(c⊕b), V, H, I of t and V(t⊕b), c, c⊕b good, best(t⊕b) ⊐ best(c), c = t⊕*l ⇒ best(t⊕b) = best(c⊕b)',
    'A block that makes a node better than the canonical chain does the same to the canonical tree.',
    canonical
  )(<c, t, l, b>(cbt: Tree<c>, bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
    given(
      valid(btExtend(cbt, b)),
      validH(cbt),
      has_init_block(cbt),
      valid(btExtend(bt, b)),
      validH(bt),
      has_init_block(bt),
      good_bt(cbt),
      good_bt(btExtend(cbt, b)),
      FCR(btChain(btExtend(bt, b)), btChain(cbt)),
      eqTree(cbt, btExtendAll(bt, l))
    )
      .infer(eqChain(btChain(btExtend(bt, b)), btChain(btExtend(cbt, b))))
      .by((vc, hc, ic, vt, ht, it, good, stays, gt, is) =>
        byCases(
          inDom(hash(b), cbt),
          (known) =>
            impossible(
              gt,
              back(
                O.FCR_dual(btChain(btExtend(bt, b)), btChain(cbt))(),
                known_not_better(cbt, bt, l, b)(vc, L.extend_known(cbt, b)(vc, known), is)
              ),
              eqChain(btChain(btExtend(bt, b)), btChain(btExtend(cbt, b)))
            ),
          (fresh) => complete_bt_extend_gt_prime(cbt, bt, l, b)(vc, hc, ic, vt, ht, it, good, fresh, stays, gt, is)
        )
      )
  )

  /** Two trees of which the second often has all blocks of the first. */
  const two = forall('bt bt2', tree, tree).drawnBy(
    fc.tuple(tree.sample, tree.sample, blocks.sample, fc.nat(3)),
    ([a, b, l, n]) => {
      const more = forest.btExtendAll(a, l)
      return [a, n === 0 ? b : more]
    }
  )

  const good_chains_subset_geq_stronger = stronger(
    'good_chains_subset_geq',
    'good_chains(t) ⊆ good_chains(t2) ⇒ best(t2) ⊒ best(t)',
    'A tree that has all good chains of another has at least as good a best chain.',
    two,
    'The premises V, H, I of both trees are not needed.'
  )(<x, y>(bt: Tree<x>, bt2: Tree<y>) => {
    const [best, best2] = [btChain(bt), btChain(bt2)]
    return given(V.Chains.subset(good_chains(bt), good_chains(bt2)))
      .infer(geq(best2, best))
      .by((sub) => {
        const alt = symm(btChain_alt(bt)())
        const best2_best2 = refl(eqChain(best2, best2))
        const max = foldr_better(onlyG, good_chains(bt))
        return cases(
          best_chain_in(good_chains(bt))(),
          (onlyGenesis) => L.geqAlong(geq_genesis(bt2)(), best2_best2, trans(symm(onlyGenesis), alt), best2, best),
          (one) =>
            L.geqAlong(
              N.btChain_is_largest(bt2, max)(Cs.subset_in(good_chains(bt), good_chains(bt2), max)(sub, one)),
              best2_best2,
              alt,
              best2,
              best
            )
        )
      })
  })

  /** @coq Structures/Forests.v good_chains_subset_geq */
  const good_chains_subset_geq = lemma(
    'good_chains_subset_geq',
    'V, H, I of t and of t2, good_chains(t) ⊆ good_chains(t2) ⇒ best(t2) ⊒ best(t)',
    'A tree that has all good chains of another has at least as good a best chain.',
    two
  )(<x, y>(bt: Tree<x>, bt2: Tree<y>) =>
    given(
      valid(bt),
      validH(bt),
      has_init_block(bt),
      valid(bt2),
      validH(bt2),
      has_init_block(bt2),
      V.Chains.subset(good_chains(bt), good_chains(bt2))
    )
      .infer(geq(btChain(bt2), btChain(bt)))
      .by((_v, _h, _i, _v2, _h2, _i2, sub) => good_chains_subset_geq_stronger(bt, bt2)(sub))
  )

  /** @coq Structures/Forests.v geq_genesis */
  const geq_genesis = lemma(
    'geq_genesis',
    'best(t) ⊒ [G]',
    'The best chain is at least as good as genesis alone.',
    t
  )(<t>(bt: Tree<t>) =>
    given()
      .infer(geq(btChain(bt), onlyG))
      .by(() =>
        L.geqAlong(
          foldr_better_mono(onlyG, good_chains(bt))(),
          symm(btChain_alt(bt)()),
          refl(eqChain(onlyG, onlyG)),
          btChain(bt),
          onlyG
        )
      )
  )

  /** @coq Structures/Forests.v btExtend_within_helper */
  const btExtend_within_helper = lemma(
    'btExtend_within_helper',
    'V, H, I of c and V(c⊕b), V, H, I of t and V(t⊕b), c, c⊕b good, valid_chain_block(best(t), b), best(c) ⊒ best(t⊕b), prev b = #last(best(t)), c = t⊕*l, #b ∉ dom c ⇒ not best(c⊕b) ⊐ best(c)',
    'A new minted block that does not make its node better than the canonical chain does not change the canonical chain.',
    behind,
    'Coq concludes a contradiction from the further premise best(c⊕b) ⊐ best(c).'
  )(<c, t, l, b>(cbt: Tree<c>, bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
    given(
      valid(btExtend(cbt, b)),
      validH(cbt),
      has_init_block(cbt),
      valid(btExtend(bt, b)),
      validH(bt),
      has_init_block(bt),
      good_bt(cbt),
      good_bt(btExtend(cbt, b)),
      valid_chain_block(btChain(bt), b),
      geq(btChain(cbt), btChain(btExtend(bt, b))),
      eqHash(prevBlockHash(b), hash(lastBlock(btChain(bt)))),
      eqTree(cbt, btExtendAll(bt, l)),
      not(inDom(hash(b), cbt))
    ).infer(not(FCR(btChain(btExtend(cbt, b)), btChain(cbt))))
  )

  /** @coq Structures/Forests.v btExtend_within */
  const btExtend_within = lemma(
    'btExtend_within',
    'V, H, I of c and V(c⊕b), V, H, I of t and V(t⊕b), c, c⊕b good, valid_chain_block(best(t), b), best(c) ⊒ best(t⊕b), prev b = #last(best(t)), c = t⊕*l ⇒ not best(c⊕b) ⊐ best(c)',
    'A minted block that does not make its node better than the canonical chain does not change the canonical chain.',
    behind,
    'Coq concludes a contradiction from the further premise best(c⊕b) ⊐ best(c).'
  )(<c, t, l, b>(cbt: Tree<c>, bt: Tree<t>, l: Blks<l>, b: Blk<b>) => {
    const [before, after] = [btChain(cbt), btChain(btExtend(cbt, b))]
    return given(
      valid(btExtend(cbt, b)),
      validH(cbt),
      has_init_block(cbt),
      valid(btExtend(bt, b)),
      validH(bt),
      has_init_block(bt),
      good_bt(cbt),
      good_bt(btExtend(cbt, b)),
      valid_chain_block(btChain(bt), b),
      geq(before, btChain(btExtend(bt, b))),
      eqHash(prevBlockHash(b), hash(lastBlock(btChain(bt)))),
      eqTree(cbt, btExtendAll(bt, l))
    )
      .infer(not(FCR(after, before)))
      .by((vc, hc, ic, vt, ht, it, good, stays, acceptable, asGood, linked, is) =>
        byCases(
          inDom(hash(b), cbt),
          (known) => {
            const same = E.btExtend_withDup_noEffect(cbt, b)(L.extend_known(cbt, b)(vc, known))
            return notBetterAlong(P.FCR_nrefl(before)(), L.best(same, cbt, btExtend(cbt, b)), before, after)
          },
          (fresh) =>
            btExtend_within_helper(cbt, bt, l, b)(
              vc,
              hc,
              ic,
              vt,
              ht,
              it,
              good,
              stays,
              acceptable,
              asGood,
              linked,
              is,
              fresh
            )
        )
      )
  })

  /** @coq Structures/Forests.v btExtend_can_eq */
  const btExtend_can_eq = lemma(
    'btExtend_can_eq',
    'V, H, I of c and V(c⊕b), V, H, I of t and V(t⊕b), c, c⊕b good, valid_chain_block(best(t), b), best(c) ⊒ best(t⊕b), prev b = #last(best(t)), c = t⊕*l ⇒ best(c⊕b) = best(c)',
    'A minted block that does not make its node better than the canonical chain leaves the canonical chain as it is.',
    behind
  )(<c, t, l, b>(cbt: Tree<c>, bt: Tree<t>, l: Blks<l>, b: Blk<b>) => {
    const [before, after] = [btChain(cbt), btChain(btExtend(cbt, b))]
    return given(
      valid(btExtend(cbt, b)),
      validH(cbt),
      has_init_block(cbt),
      valid(btExtend(bt, b)),
      validH(bt),
      has_init_block(bt),
      good_bt(cbt),
      good_bt(btExtend(cbt, b)),
      valid_chain_block(btChain(bt), b),
      geq(before, btChain(btExtend(bt, b))),
      eqHash(prevBlockHash(b), hash(lastBlock(btChain(bt)))),
      eqTree(cbt, btExtendAll(bt, l))
    )
      .infer(eqChain(after, before))
      .by((vc, hc, ic, vt, ht, it, good, stays, acceptable, asGood, linked, is) =>
        cases(
          forth(P.geq_def(after, before)(), M.btExtend_sameOrBetter_stronger(cbt, b)(vc)),
          (eq) => eq,
          (strictly) =>
            impossible(
              strictly,
              btExtend_within(cbt, bt, l, b)(vc, hc, ic, vt, ht, it, good, stays, acceptable, asGood, linked, is),
              eqChain(after, before)
            )
        )
      )
  })

  return {
    btExtend_good_split_stronger,
    btExtend_good_split,
    btChain_alt,
    best_chain_in,
    alt_better,
    alt_not_better,
    alt_geq,
    foldr_better_mono,
    best_element_in,
    alt_assoc,
    better_comm,
    better_comm_prime,
    foldl_nil,
    foldl_rcons,
    foldl_cons,
    foldl_cat,
    foldl_better_comm1,
    foldl_better_comm,
    foldl_better_comm_cat,
    foldl_foldr_better,
    foldl_better_reduce,
    foldl_better_extract,
    lesser_elim,
    complete_bt_extend_gt_prime,
    known_not_better,
    btExtend_with_new,
    good_chains_subset_geq_stronger,
    good_chains_subset_geq,
    geq_genesis,
    btExtend_within_helper,
    btExtend_within,
    btExtend_can_eq
  }
}

/** What `forestsCanonical` returns. */
export type ForestsCanonical<T extends Types> = ReturnType<typeof forestsCanonical<T>>
