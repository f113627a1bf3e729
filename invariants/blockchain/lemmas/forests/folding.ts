/**
 * The best chain by folding over the keys of a tree: the lemmas of `Structures/Forests.v` from `good_init` to
 * `better_chains_foldr`.
 */
import * as fc from 'fast-check'
import type { Types } from '../../../../spec/blockchain/types.js'
import { and, both, congruence, first, given, not, refl, rewrite, second, symm, trans } from '../../../proof/kernel.js'
import type { Equal, Proof } from '../../../proof/kernel.js'
import { chapter, forall } from '../../../proof/lemma.js'
import { back } from '../../../proof/logic.js'
import { geqAlong } from '../library.js'
import { FCR_subchain, VAF_init } from '../parameters.js'
import type { Blk, Chain, Hash, Keys, Tree } from '../terms.js'
import type { Theory } from '../theory.js'
import { FCR_dual } from './forkChoice.js'

const { definition, fact, lemma, stronger } = chapter('Structures/Forests.v')

export const good_subchain = fact(
  'good_subchain',
  'good(c) ⇒ [G] is a contiguous part of c',
  'A good chain begins with genesis.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain } = theory.sorts
  const { good_chain, subchain, onlyG } = theory.words
  return forall('c', chain).state(<c>(c: Chain<T, c>) => given(good_chain(c)).infer(subchain(onlyG, c)))
})

/** @coq Structures/Forests.v good_init */
export const good_init = lemma(
  'good_init',
  'good(c) ⇒ not [G] ⊐ c',
  'Genesis alone is not better than a good chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain } = theory.sorts
  const { good_chain, FCR, onlyG } = theory.words
  return forall('c', chain).state(<c>(c: Chain<T, c>) =>
    given(good_chain(c))
      .infer(not(FCR(onlyG, c)))
      .by((good) => back(FCR_dual(theory)(onlyG, c)(), FCR_subchain(theory)(onlyG, c)(good_subchain(theory)(c)(good))))
  )
})

/** A tree, a new block, a key, and two good and valid chains, the second at least as good. */
const growing = <T extends Types>({ sorts: { tree, block, validChain } }: Theory<T>) =>
  tree.sample.chain((bt) => fc.tuple(fc.constant(bt), block.sample, validChain.sample, validChain.sample))

/** Such a tree, and one key. */
const oneKey = <T extends Types>(theory: Theory<T>) => {
  const { FCR: better } = theory.instance.params
  const { tree, block, hash: key, chain } = theory.sorts
  return forall('bt b h c d', tree, block, key, chain, chain).drawnBy(
    fc.tuple(growing(theory), key.sample),
    ([[bt, b, c, d], h]) => [bt, b, h, better(c, d) ? d : c, better(c, d) ? c : d]
  )
}

/** Such a tree, and a list of keys. */
const manyKeys = <T extends Types>(theory: Theory<T>) => {
  const { FCR: better } = theory.instance.params
  const { tree, block, keys, chain } = theory.sorts
  return forall('bt b ks c d', tree, block, keys, chain, chain).drawnBy(
    fc.tuple(growing(theory), keys.sample),
    ([[bt, b, c, d], ks]) => [bt, b, ks, better(c, d) ? d : c, better(c, d) ? c : d]
  )
}

export const better_chains1_stronger = stronger(
  'better_chains1',
  'V({#b→b} ⊎ t) ∧ #b ∉ dom t ∧ d ⊒ c, both good and valid ⇒ step({#b→b} ⊎ t, h, d) ⊒ step(t, h, c)',
  'One key of a tree with a new block contributes at least as much to the best chain as before.',
  'The premises H(t) and I(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { join, pts, hash, valid, inDom, geq, valid_chain, good_chain, bc_fun } = theory.words
  return oneKey(theory).state(
    <t, b, h, c, d>(bt: Tree<T, t>, b: Blk<T, b>, h: Hash<T, h>, c: Chain<T, c>, d: Chain<T, d>) => {
      const joined = join(pts(hash(b), b), bt)
      return given(
        valid(joined),
        not(inDom(hash(b), bt)),
        geq(d, c),
        and(valid_chain(d), good_chain(d)),
        and(valid_chain(c), good_chain(c))
      ).infer(geq(bc_fun(joined, h, d), bc_fun(bt, h, c)))
    }
  )
})

/** @coq Structures/Forests.v better_chains1 */
export const better_chains1 = lemma(
  'better_chains1',
  'V({#b→b} ⊎ t) ∧ #b ∉ dom t ∧ H(t) ∧ I(t) ∧ d ⊒ c, both good and valid ⇒ step({#b→b} ⊎ t, h, d) ⊒ step(t, h, c)',
  'One key of a tree with a new block contributes at least as much to the best chain as before.'
)(<T extends Types>(theory: Theory<T>) => {
  const { join, pts, hash, valid, inDom, validH, has_init_block, geq, valid_chain, good_chain, bc_fun } = theory.words
  return oneKey(theory).state(
    <t, b, h, c, d>(bt: Tree<T, t>, b: Blk<T, b>, h: Hash<T, h>, c: Chain<T, c>, d: Chain<T, d>) => {
      const joined = join(pts(hash(b), b), bt)
      return given(
        valid(joined),
        not(inDom(hash(b), bt)),
        validH(bt),
        has_init_block(bt),
        geq(d, c),
        and(valid_chain(d), good_chain(d)),
        and(valid_chain(c), good_chain(c))
      )
        .infer(geq(bc_fun(joined, h, d), bc_fun(bt, h, c)))
        .by((v, fresh, _h, _i, d_c, goodD, goodC) =>
          better_chains1_stronger(theory)(bt, b, h, c, d)(v, fresh, d_c, goodD, goodC)
        )
    }
  )
})

/** @coq Structures/Forests.v tx_valid_init */
export const tx_valid_init = lemma(
  'tx_valid_init',
  'every transaction of G is valid after []',
  'The transactions of genesis are valid after the empty chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const { txsValid, G } = theory.words
  const { nil } = theory.words.Blocks
  return forall('').state(() => given().infer(txsValid(G, nil)))
})

export const valid_chain_single = fact(
  'valid_chain_single',
  'VAF(G, [], txs G) ∧ the transactions of G are valid after [] ⇒ [G] is valid',
  'What makes the chain of one block valid.'
)(<T extends Types>(theory: Theory<T>) => {
  const { VAF, G, txsValid, valid_chain, onlyG } = theory.words
  const { nil } = theory.words.Blocks
  return forall('').state(() => given(VAF(G, nil), txsValid(G, nil)).infer(valid_chain(onlyG)))
})

/** @coq Structures/Forests.v valid_chain_init */
export const valid_chain_init = lemma(
  'valid_chain_init',
  '[G] is a valid chain',
  'The chain of genesis alone is valid.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid_chain, onlyG } = theory.words
  return forall('').state(() =>
    given()
      .infer(valid_chain(onlyG))
      .by(() => valid_chain_single(theory)()(VAF_init(theory)()(), tx_valid_init(theory)()()))
  )
})

export const good_chain_genesis = fact(
  'good_chain_single',
  '[G] is a good chain',
  'Genesis alone begins with genesis.'
)(<T extends Types>({ words: { good_chain, onlyG } }: Theory<T>) =>
  forall('').state(() => given().infer(good_chain(onlyG)))
)

export const foldr_nil = definition(
  'foldr_step_nil',
  'foldr step c [] = c',
  'No keys contribute nothing.'
)(<T extends Types>(theory: Theory<T>) => {
  const { tree, chain } = theory.sorts
  const { eqChain, foldr_bc_fun, Hashes } = theory.words
  return forall('bt c', tree, chain).state(<t, c>(bt: Tree<T, t>, c: Chain<T, c>) =>
    given().infer(eqChain(foldr_bc_fun(bt, c, Hashes.nil), c))
  )
})

export const foldr_cons = definition(
  'foldr_step_cons',
  'foldr step c (h :: ks) = step h (foldr step c ks)',
  'The first key contributes last.'
)(<T extends Types>(theory: Theory<T>) => {
  const { tree, chain, hash: key, keys } = theory.sorts
  const { eqChain, foldr_bc_fun, Hashes, bc_fun } = theory.words
  return forall('bt c h ks', tree, chain, key, keys).state(
    <t, c, h, ks>(bt: Tree<T, t>, c: Chain<T, c>, h: Hash<T, h>, ks: Keys<T, ks>) =>
      given().infer(eqChain(foldr_bc_fun(bt, c, Hashes.cons(h, ks)), bc_fun(bt, h, foldr_bc_fun(bt, c, ks))))
  )
})

export const bc_fun_good = fact(
  'take_better_bc',
  'c good and valid ⇒ step(t, h, c) good and valid',
  'The better of two chains is good and valid, if the one to beat is.'
)(<T extends Types>(theory: Theory<T>) => {
  const { tree, hash: key, validChain } = theory.sorts
  const { valid_chain, good_chain, bc_fun } = theory.words
  return forall('bt h c', tree, key, validChain).state(<t, h, c>(bt: Tree<T, t>, h: Hash<T, h>, c: Chain<T, c>) =>
    given(valid_chain(c), good_chain(c)).infer(and(valid_chain(bc_fun(bt, h, c)), good_chain(bc_fun(bt, h, c))))
  )
})

/** ks = ls ⇒ foldr step c ks = foldr step c ls */
const foldAlong =
  <T extends Types>({ words: { eqChain, foldr_bc_fun, eqTree } }: Theory<T>) =>
  <ks, ls, t, c>(eq: Proof<Equal<ks, ls>>, ks: Keys<T, ks>, ls: Keys<T, ls>, bt: Tree<T, t>, c: Chain<T, c>) =>
    congruence(eqChain(foldr_bc_fun(bt, c, ks), foldr_bc_fun(bt, c, ls)), refl(eqTree(bt, bt)), refl(eqChain(c, c)), eq)

/** @coq Structures/Forests.v good_chain_foldr */
export const good_chain_foldr = lemma(
  'good_chain_foldr',
  'c good and valid ⇒ foldr step c ks good and valid',
  'Folding over any keys from a good and valid chain gives one.'
)(<T extends Types>(theory: Theory<T>) => {
  const { tree, validChain, keys } = theory.sorts
  const { valid_chain, good_chain, foldr_bc_fun, Hashes } = theory.words
  return forall('bt c ks', tree, validChain, keys)
    .state(<t, c, ks>(bt: Tree<T, t>, c: Chain<T, c>, ks: Keys<T, ks>) =>
      given(valid_chain(c), good_chain(c)).infer(
        and(valid_chain(foldr_bc_fun(bt, c, ks)), good_chain(foldr_bc_fun(bt, c, ks)))
      )
    )
    .byInduction(
      'ks',
      (self) =>
        <t, c, ks>(bt: Tree<T, t>, c: Chain<T, c>, ks: Keys<T, ks>) =>
          self(bt, c, ks).by((v, good) => {
            const all = foldr_bc_fun(bt, c, ks)
            return Hashes.fromLeft(
              ks,
              (isNil) => {
                const same = symm(trans(foldAlong(theory)(isNil, ks, Hashes.nil, bt, c), foldr_nil(theory)(bt, c)()))
                return both(rewrite(same)(valid_chain(all), v), rewrite(same)(good_chain(all), good))
              },
              (h, rest, isCons) => {
                const fewer = foldr_bc_fun(bt, c, rest)
                const same = symm(
                  trans(
                    foldAlong(theory)(isCons, ks, Hashes.cons(h, rest), bt, c),
                    foldr_cons(theory)(bt, c, h, rest)()
                  )
                )
                const earlier = self(bt, c, rest)(v, good)
                const now = bc_fun_good(theory)(bt, h, fewer)(first(earlier), second(earlier))
                return both(rewrite(same)(valid_chain(all), first(now)), rewrite(same)(good_chain(all), second(now)))
              }
            )
          })
    )
})

/** A tree and a list of keys. */
const t_ks = <T extends Types>({ sorts: { tree, keys } }: Theory<T>) => forall('bt ks', tree, keys)

/** @coq Structures/Forests.v good_chain_foldr_init */
export const good_chain_foldr_init = lemma(
  'good_chain_foldr_init',
  'foldr step [G] ks is good and valid',
  'Folding over any keys from genesis alone gives a good and valid chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid_chain, foldr_bc_fun, onlyG, good_chain } = theory.words
  return t_ks(theory).state(<t, ks>(bt: Tree<T, t>, ks: Keys<T, ks>) =>
    given()
      .infer(and(valid_chain(foldr_bc_fun(bt, onlyG, ks)), good_chain(foldr_bc_fun(bt, onlyG, ks))))
      .by(() => good_chain_foldr(theory)(bt, onlyG, ks)(valid_chain_init(theory)()(), good_chain_genesis(theory)()()))
  )
})

/** @coq Structures/Forests.v good_foldr_init */
export const good_foldr_init = lemma(
  'good_foldr_init',
  'foldr step [G] ks is good',
  'Folding over any keys from genesis alone gives a good chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const { good_chain, foldr_bc_fun, onlyG } = theory.words
  return t_ks(theory).state(<t, ks>(bt: Tree<T, t>, ks: Keys<T, ks>) =>
    given()
      .infer(good_chain(foldr_bc_fun(bt, onlyG, ks)))
      .by(() => second(good_chain_foldr_init(theory)(bt, ks)()))
  )
})

/** @coq Structures/Forests.v tx_valid_foldr_init */
export const tx_valid_foldr_init = lemma(
  'tx_valid_foldr_init',
  'foldr step [G] ks is valid',
  'Folding over any keys from genesis alone gives a valid chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid_chain, foldr_bc_fun, onlyG } = theory.words
  return t_ks(theory).state(<t, ks>(bt: Tree<T, t>, ks: Keys<T, ks>) =>
    given()
      .infer(valid_chain(foldr_bc_fun(bt, onlyG, ks)))
      .by(() => first(good_chain_foldr_init(theory)(bt, ks)()))
  )
})

export const better_chains_foldr_stronger = stronger(
  'better_chains_foldr',
  'V({#b→b} ⊎ t) ∧ #b ∉ dom t ∧ d ⊒ c, both good and valid ⇒ folding over ks from d in {#b→b} ⊎ t is ⊒ from c in t',
  'Any keys of a tree with a new block contribute at least as much to the best chain as before.',
  'The premises H(t) and I(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { join, pts, hash, valid, inDom, geq, valid_chain, good_chain, foldr_bc_fun, Hashes } = theory.words
  return manyKeys(theory)
    .state(<t, b, ks, c, d>(bt: Tree<T, t>, b: Blk<T, b>, ks: Keys<T, ks>, c: Chain<T, c>, d: Chain<T, d>) => {
      const joined = join(pts(hash(b), b), bt)
      return given(
        valid(joined),
        not(inDom(hash(b), bt)),
        geq(d, c),
        and(valid_chain(d), good_chain(d)),
        and(valid_chain(c), good_chain(c))
      ).infer(geq(foldr_bc_fun(joined, d, ks), foldr_bc_fun(bt, c, ks)))
    })
    .byInduction(
      'ks',
      (self) =>
        <t, b, ks, c, d>(bt: Tree<T, t>, b: Blk<T, b>, ks: Keys<T, ks>, c: Chain<T, c>, d: Chain<T, d>) =>
          self(bt, b, ks, c, d).by((v, fresh, d_c, goodD, goodC) => {
            const joined = join(pts(hash(b), b), bt)
            const [allD, allC] = [foldr_bc_fun(joined, d, ks), foldr_bc_fun(bt, c, ks)]
            return Hashes.fromLeft(
              ks,
              (isNil) =>
                geqAlong(theory)(
                  d_c,
                  symm(trans(foldAlong(theory)(isNil, ks, Hashes.nil, joined, d), foldr_nil(theory)(joined, d)())),
                  symm(trans(foldAlong(theory)(isNil, ks, Hashes.nil, bt, c), foldr_nil(theory)(bt, c)())),
                  allD,
                  allC
                ),
              (h, rest, isCons) =>
                geqAlong(theory)(
                  better_chains1_stronger(theory)(bt, b, h, foldr_bc_fun(bt, c, rest), foldr_bc_fun(joined, d, rest))(
                    v,
                    fresh,
                    self(bt, b, rest, c, d)(v, fresh, d_c, goodD, goodC),
                    good_chain_foldr(theory)(joined, d, rest)(first(goodD), second(goodD)),
                    good_chain_foldr(theory)(bt, c, rest)(first(goodC), second(goodC))
                  ),
                  symm(
                    trans(
                      foldAlong(theory)(isCons, ks, Hashes.cons(h, rest), joined, d),
                      foldr_cons(theory)(joined, d, h, rest)()
                    )
                  ),
                  symm(
                    trans(
                      foldAlong(theory)(isCons, ks, Hashes.cons(h, rest), bt, c),
                      foldr_cons(theory)(bt, c, h, rest)()
                    )
                  ),
                  allD,
                  allC
                )
            )
          })
    )
})

/** @coq Structures/Forests.v better_chains_foldr */
export const better_chains_foldr = lemma(
  'better_chains_foldr',
  'V({#b→b} ⊎ t) ∧ #b ∉ dom t ∧ H(t) ∧ I(t) ∧ d ⊒ c, both good and valid ⇒ folding over ks from d in {#b→b} ⊎ t is ⊒ from c in t',
  'Any keys of a tree with a new block contribute at least as much to the best chain as before.'
)(<T extends Types>(theory: Theory<T>) => {
  const { join, pts, hash, valid, inDom, validH, has_init_block, geq, valid_chain, good_chain, foldr_bc_fun } =
    theory.words
  return manyKeys(theory).state(
    <t, b, ks, c, d>(bt: Tree<T, t>, b: Blk<T, b>, ks: Keys<T, ks>, c: Chain<T, c>, d: Chain<T, d>) => {
      const joined = join(pts(hash(b), b), bt)
      return given(
        valid(joined),
        not(inDom(hash(b), bt)),
        validH(bt),
        has_init_block(bt),
        geq(d, c),
        and(valid_chain(d), good_chain(d)),
        and(valid_chain(c), good_chain(c))
      )
        .infer(geq(foldr_bc_fun(joined, d, ks), foldr_bc_fun(bt, c, ks)))
        .by((v, fresh, _h, _i, d_c, goodD, goodC) =>
          better_chains_foldr_stronger(theory)(bt, b, ks, c, d)(v, fresh, d_c, goodD, goodC)
        )
    }
  )
})
