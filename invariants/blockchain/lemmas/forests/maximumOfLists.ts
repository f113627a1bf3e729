/**
 * The best of a list of chains, in whatever order they are compared: the lemmas of `Structures/Forests.v` from
 * `foldl_better_comm` to `lesser_elim`.
 */
import * as fc from 'fast-check'
import type { Types } from '../../../../spec/blockchain/types.js'
import { given, refl, symm, trans } from '../../../proof/kernel.js'
import { chapter, forall } from '../../../proof/lemma.js'
import { betterAlong } from '../library.js'
import { catA, cats1 } from '../lists.js'
import type { Chain, Chains } from '../terms.js'
import type { Theory } from '../theory.js'
import { geqOfEqual } from './forkChoice.js'
import { foldr_better_cons, foldr_better_nil } from './goodChains.js'
import {
  alt_assoc,
  alt_better,
  altLeftAlong,
  altRightAlong,
  better_comm,
  better_comm_prime,
  c_cs,
  foldlAlong,
  foldlFromAlong,
  foldrAlong
} from './maximum.js'

const { definition, fact, lemma } = chapter('Structures/Forests.v')

export const foldl_nil = definition(
  'foldl_nil',
  'foldl alt c [] = c',
  'Folding over nothing.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain } = theory.sorts
  const { eqChain, foldl_better } = theory.words
  const { nil } = theory.words.Chains
  return forall('c', chain).state(<c>(c: Chain<T, c>) => given().infer(eqChain(foldl_better(c, nil), c)))
})

export const foldl_rcons = fact(
  'foldl_rcons',
  'foldl alt c (cs ++ [x]) = alt(foldl alt c cs, x)',
  'Folding applies the last element last.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain, chains } = theory.sorts
  const { eqChain, foldl_better, take_better_alt } = theory.words
  const { rcons } = theory.words.Chains
  return forall('c cs x', chain, chains, chain).state(<c, cs, x>(c: Chain<T, c>, cs: Chains<T, cs>, x: Chain<T, x>) =>
    given().infer(eqChain(foldl_better(c, rcons(cs, x)), take_better_alt(foldl_better(c, cs), x)))
  )
})

export const foldl_cons = definition(
  'foldl_cons',
  'foldl alt c (x :: cs) = foldl alt (alt(c, x)) cs',
  'Folding applies the first element first.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain, chains } = theory.sorts
  const { eqChain, foldl_better, take_better_alt } = theory.words
  const { cons } = theory.words.Chains
  return forall('c x cs', chain, chain, chains).state(<c, x, cs>(c: Chain<T, c>, x: Chain<T, x>, cs: Chains<T, cs>) =>
    given().infer(eqChain(foldl_better(c, cons(x, cs)), foldl_better(take_better_alt(c, x), cs)))
  )
})

export const foldl_cat = fact(
  'foldl_cat',
  'foldl alt c (cs ++ ds) = foldl alt (foldl alt c cs) ds',
  'Folding over two lists one after the other.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain, chains } = theory.sorts
  const { eqChain, foldl_better } = theory.words
  const { cat } = theory.words.Chains
  return forall('c cs ds', chain, chains, chains).state(
    <c, cs, ds>(c: Chain<T, c>, cs: Chains<T, cs>, ds: Chains<T, ds>) =>
      given().infer(eqChain(foldl_better(c, cat(cs, ds)), foldl_better(foldl_better(c, cs), ds)))
  )
})

export const foldl_better_comm1 = fact(
  'foldl_better_comm1',
  'foldl alt (alt(c, x)) cs = alt(foldl alt c cs, x)',
  'A chain can be compared before a list of chains or after it.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain, chains } = theory.sorts
  const { eqChain, foldl_better, take_better_alt, Chains } = theory.words
  const { nil, rcons } = theory.words.Chains
  return forall('c x cs', chain, chain, chains)
    .state(<c, x, cs>(c: Chain<T, c>, x: Chain<T, x>, cs: Chains<T, cs>) =>
      given().infer(eqChain(foldl_better(take_better_alt(c, x), cs), take_better_alt(foldl_better(c, cs), x)))
    )
    .byInduction(
      'cs',
      (self) =>
        <c, x, cs>(c: Chain<T, c>, x: Chain<T, x>, cs: Chains<T, cs>) =>
          self(c, x, cs).by(() => {
            const withX = take_better_alt(c, x)
            const all = foldl_better(c, cs)
            return Chains.fromRight(
              cs,
              (isNil) =>
                trans(
                  trans(foldlAlong(theory)(isNil, cs, nil, withX), foldl_nil(theory)(withX)()),
                  symm(
                    altLeftAlong(theory)(
                      trans(foldlAlong(theory)(isNil, cs, nil, c), foldl_nil(theory)(c)()),
                      all,
                      c,
                      x
                    )
                  )
                ),
              (rest, y, isRcons) => {
                const [fewer, fewerX] = [foldl_better(c, rest), foldl_better(withX, rest)]
                return trans(
                  trans(foldlAlong(theory)(isRcons, cs, rcons(rest, y), withX), foldl_rcons(theory)(withX, rest, y)()),
                  trans(
                    trans(
                      altLeftAlong(theory)(self(c, x, rest)(), fewerX, take_better_alt(fewer, x), y),
                      better_comm(theory)(fewer, x, y)()
                    ),
                    symm(
                      altLeftAlong(theory)(
                        trans(foldlAlong(theory)(isRcons, cs, rcons(rest, y), c), foldl_rcons(theory)(c, rest, y)()),
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
})

/** @coq Structures/Forests.v foldl_better_comm */
export const foldl_better_comm = lemma(
  'foldl_better_comm',
  'foldl alt (foldl alt c cs) ds = foldl alt (foldl alt c ds) cs',
  'Two lists of chains can be compared in either order.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain, chains } = theory.sorts
  const { eqChain, foldl_better, Chains, take_better_alt } = theory.words
  const { nil, rcons } = theory.words.Chains
  return forall('c cs ds', chain, chains, chains)
    .state(<c, cs, ds>(c: Chain<T, c>, cs: Chains<T, cs>, ds: Chains<T, ds>) =>
      given().infer(eqChain(foldl_better(foldl_better(c, cs), ds), foldl_better(foldl_better(c, ds), cs)))
    )
    .byInduction(
      'ds',
      (self) =>
        <c, cs, ds>(c: Chain<T, c>, cs: Chains<T, cs>, ds: Chains<T, ds>) =>
          self(c, cs, ds).by(() => {
            const [withCs, withDs] = [foldl_better(c, cs), foldl_better(c, ds)]
            return Chains.fromRight(
              ds,
              (isNil) =>
                trans(
                  trans(foldlAlong(theory)(isNil, ds, nil, withCs), foldl_nil(theory)(withCs)()),
                  symm(
                    foldlFromAlong(theory)(
                      trans(foldlAlong(theory)(isNil, ds, nil, c), foldl_nil(theory)(c)()),
                      withDs,
                      c,
                      cs
                    )
                  )
                ),
              (rest, x, isRcons) => {
                const fewer = foldl_better(c, rest)
                return trans(
                  trans(
                    trans(
                      foldlAlong(theory)(isRcons, ds, rcons(rest, x), withCs),
                      foldl_rcons(theory)(withCs, rest, x)()
                    ),
                    altLeftAlong(theory)(self(c, cs, rest)(), foldl_better(withCs, rest), foldl_better(fewer, cs), x)
                  ),
                  trans(
                    symm(foldl_better_comm1(theory)(fewer, x, cs)()),
                    symm(
                      foldlFromAlong(theory)(
                        trans(foldlAlong(theory)(isRcons, ds, rcons(rest, x), c), foldl_rcons(theory)(c, rest, x)()),
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
})

/** @coq Structures/Forests.v foldl_better_comm_cat */
export const foldl_better_comm_cat = lemma(
  'foldl_better_comm_cat',
  'foldl alt c (cs ++ ds) = foldl alt c (ds ++ cs)',
  'Two lists of chains can be compared in either order.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain, chains } = theory.sorts
  const { eqChain, foldl_better } = theory.words
  const { cat } = theory.words.Chains
  return forall('c cs ds', chain, chains, chains).state(
    <c, cs, ds>(c: Chain<T, c>, cs: Chains<T, cs>, ds: Chains<T, ds>) =>
      given()
        .infer(eqChain(foldl_better(c, cat(cs, ds)), foldl_better(c, cat(ds, cs))))
        .by(() =>
          trans(
            trans(foldl_cat(theory)(c, cs, ds)(), foldl_better_comm(theory)(c, cs, ds)()),
            symm(foldl_cat(theory)(c, ds, cs)())
          )
        )
  )
})

/** @coq Structures/Forests.v foldl_foldr_better */
export const foldl_foldr_better = lemma(
  'foldl_foldr_better',
  'foldr alt c cs = foldl alt c cs',
  'The maximum from the right is that from the left.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqChain, foldr_better, foldl_better, Chains } = theory.words
  const { nil, cons } = theory.words.Chains
  return c_cs(theory)
    .state(<c, cs>(c: Chain<T, c>, cs: Chains<T, cs>) =>
      given().infer(eqChain(foldr_better(c, cs), foldl_better(c, cs)))
    )
    .byInduction(
      'cs',
      (self) =>
        <c, cs>(c: Chain<T, c>, cs: Chains<T, cs>) =>
          self(c, cs).by(() =>
            Chains.fromLeft(
              cs,
              (isNil) =>
                trans(
                  trans(foldrAlong(theory)(isNil, cs, nil, c), foldr_better_nil(theory)(c)()),
                  symm(trans(foldlAlong(theory)(isNil, cs, nil, c), foldl_nil(theory)(c)()))
                ),
              (x, rest, isCons) => {
                const [right, left] = [foldr_better(c, rest), foldl_better(c, rest)]
                const fromRight = trans(
                  foldrAlong(theory)(isCons, cs, cons(x, rest), c),
                  foldr_better_cons(theory)(c, x, rest)()
                )
                const fromLeft = trans(
                  trans(foldlAlong(theory)(isCons, cs, cons(x, rest), c), foldl_cons(theory)(c, x, rest)()),
                  foldl_better_comm1(theory)(c, x, rest)()
                )
                return trans(
                  trans(fromRight, altRightAlong(theory)(self(c, rest)(), right, left, x)),
                  trans(better_comm_prime(theory)(x, left)(), symm(fromLeft))
                )
              }
            )
          )
    )
})

/** @coq Structures/Forests.v foldl_better_reduce */
export const foldl_better_reduce = lemma(
  'foldl_better_reduce',
  'c ⊐ [G] ⇒ foldl alt c cs = alt(c, foldl alt [G] cs)',
  'The maximum of c and some chains, with genesis alone put in.'
)(<T extends Types>(theory: Theory<T>) => {
  const { FCR, onlyG, eqChain, foldl_better, take_better_alt, Chains } = theory.words
  const { nil, rcons } = theory.words.Chains
  return c_cs(theory)
    .state(<c, cs>(c: Chain<T, c>, cs: Chains<T, cs>) =>
      given(FCR(c, onlyG)).infer(eqChain(foldl_better(c, cs), take_better_alt(c, foldl_better(onlyG, cs))))
    )
    .byInduction(
      'cs',
      (self) =>
        <c, cs>(c: Chain<T, c>, cs: Chains<T, cs>) =>
          self(c, cs).by((p) => {
            const all = foldl_better(onlyG, cs)
            return Chains.fromRight(
              cs,
              (isNil) =>
                trans(
                  trans(foldlAlong(theory)(isNil, cs, nil, c), foldl_nil(theory)(c)()),
                  symm(
                    trans(
                      altRightAlong(theory)(
                        trans(foldlAlong(theory)(isNil, cs, nil, onlyG), foldl_nil(theory)(onlyG)()),
                        all,
                        onlyG,
                        c
                      ),
                      alt_better(theory)(c, onlyG)(p)
                    )
                  )
                ),
              (rest, x, isRcons) => {
                const fewer = foldl_better(onlyG, rest)
                const fromC = foldl_better(c, rest)
                return trans(
                  trans(
                    trans(foldlAlong(theory)(isRcons, cs, rcons(rest, x), c), foldl_rcons(theory)(c, rest, x)()),
                    altLeftAlong(theory)(self(c, rest)(p), fromC, take_better_alt(c, fewer), x)
                  ),
                  trans(
                    alt_assoc(theory)(c, fewer, x)(),
                    symm(
                      altRightAlong(theory)(
                        trans(
                          foldlAlong(theory)(isRcons, cs, rcons(rest, x), onlyG),
                          foldl_rcons(theory)(onlyG, rest, x)()
                        ),
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
})

/** @coq Structures/Forests.v foldl_better_extract */
export const foldl_better_extract = lemma(
  'foldl_better_extract',
  'foldl alt [G] (p ++ [c] ++ s) = foldl alt [G] (p ++ s ++ [c])',
  'A chain of a list can be compared last.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain, chains } = theory.sorts
  const { foldl_better, onlyG, eqChain } = theory.words
  const { cons, nil, cat } = theory.words.Chains
  return forall('c p s', chain, chains, chains).state(<c, p, s>(c: Chain<T, c>, p: Chains<T, p>, s: Chains<T, s>) => {
    const one = cons(c, nil)
    const before = foldl_better(onlyG, p)
    return given()
      .infer(eqChain(foldl_better(onlyG, cat(p, cat(one, s))), foldl_better(onlyG, cat(p, cat(s, one)))))
      .by(() =>
        trans(
          trans(foldl_cat(theory)(onlyG, p, cat(one, s))(), foldl_better_comm_cat(theory)(before, one, s)()),
          symm(foldl_cat(theory)(onlyG, p, cat(s, one))())
        )
      )
  })
})

/** @coq Structures/Forests.v lesser_elim */
export const lesser_elim = lemma(
  'lesser_elim',
  'c ⊐ [G] ∧ best’(p ++ s) ⊐ c ⇒ best’(p ++ s) ⊒ best’(p ++ [c] ++ s), with best’ = foldr alt [G]',
  'A chain that is worse than the best of the others does not make it better.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain, chains, validChain, block } = theory.sorts
  const { foldr_better, onlyG, FCR, geq, foldl_better, eqChain } = theory.words
  const { cons, nil, cat, rcons } = theory.words.Chains
  return forall('c p s', chain, chains, chains)
    .drawnBy(fc.tuple(validChain.sample, chains.sample, chains.sample, block.sample, fc.nat(5)), ([c, p, s, b, n]) =>
      n === 0 ? [c, p, s] : [[...c, b], [...p, [...c, b, b]], s]
    )
    .state(<c, p, s>(c: Chain<T, c>, p: Chains<T, p>, s: Chains<T, s>) => {
      const one = cons(c, nil)
      const [without, with_] = [cat(p, s), cat(p, cat(one, s))]
      const [best, bestWith] = [foldr_better(onlyG, without), foldr_better(onlyG, with_)]
      return given(FCR(c, onlyG), FCR(best, c))
        .infer(geq(best, bestWith))
        .by((_, lesser) => {
          const left = foldl_better(onlyG, without)
          const toLeft = foldl_foldr_better(theory)(onlyG, without)()
          // foldl alt [G] (p ++ [c] ++ s) = alt(foldl alt [G] (p ++ s), c) = foldl alt [G] (p ++ s)
          const last = trans(catA(theory.chains)(p, s, one)(), cats1(theory.chains)(without, c)())
          const unfolded = trans(
            trans(foldl_foldr_better(theory)(onlyG, with_)(), foldl_better_extract(theory)(c, p, s)()),
            trans(
              foldlAlong(theory)(last, cat(p, cat(s, one)), rcons(without, c), onlyG),
              foldl_rcons(theory)(onlyG, without, c)()
            )
          )
          const noBetter = alt_better(theory)(left, c)(
            betterAlong(theory)(lesser, toLeft, refl(eqChain(c, c)), left, c)
          )
          return geqOfEqual(theory)(trans(toLeft, symm(trans(unfolded, noBetter))), best, bestWith)
        })
    })
})
