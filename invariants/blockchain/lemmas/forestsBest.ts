/**
 * The best chain of a tree, and that it only gets better. Counterpart of `Structures/Forests.v` from `all_chains_init`
 * to `bc_spre_gt`, in its order.
 */
import * as fc from 'fast-check'
import type { Block, Blockchain, BlockTree, Types } from '../../../spec/blockchain/types.js'
import {
  and,
  both,
  congruence,
  contradiction,
  first,
  given,
  inLeft,
  inRight,
  not,
  refl,
  refute,
  rewrite,
  second,
  substitute,
  symm,
  trans
} from '../../proof/kernel.js'
import type { Equal, Named, Proof } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import { back } from '../../proof/logic.js'
import type { ForestsChains } from './forestsChains.js'
import type { ForestsExtending } from './forestsExtending.js'
import type { ForestsForkChoice } from './forestsForkChoice.js'
import type { Library } from './library.js'
import type { Laws } from './parameters.js'
import type { SeqFacts } from './seqFacts.js'
import type { Setting } from './setting.js'
import type { Vocabulary } from './vocabulary.js'

const { lemma, stronger, fact } = chapter('Structures/Forests.v')

/** The lemmas about the best chain. */
export const forestsBest = <T extends Types>(
  { instance, sorts, forest }: Setting<T>,
  V: Vocabulary<T>,
  S: SeqFacts<Block<T>>,
  L: Library<T>,
  P: Laws<T>,
  O: ForestsForkChoice<T>,
  E: ForestsExtending<T>,
  C: ForestsChains<T>
) => {
  type Tree<N> = Named<BlockTree<T>, N>
  type Blk<N> = Named<Block<T>, N>
  type Blks<N> = Named<ReadonlyArray<Block<T>>, N>
  type Chain<N> = Named<Blockchain<T>, N>
  type Hash<N> = Named<T['Hash'], N>
  type Keys<N> = Named<ReadonlyArray<T['Hash']>, N>
  const { G, onlyG, eqTree, eqChain, hash, inDom, join, pts, valid, validH, has_init_block } = V
  const { btExtend, btExtendAll, btHasBlock, all_blocks, is_block_in, compute_chain, all_chains, btChain } = V
  const { good_chain, valid_chain, VAF, txsValid, FCR, geq, subchain, bc_fun, foldr_bc_fun } = V
  const { nil, cons, cat, isIn, before, after, is_strict_prefix } = V.Blocks
  const chainIn = V.Chains.isIn
  const { tree, block, blocks, chain, valid_chain: validChain, hash: key, keys } = sorts
  const better = instance.params.FCR

  const t = forall('bt', tree)
  const t_b = forall('bt b', tree, block)
  const t_l = forall('bt l', tree, blocks)
  const t_l_m = forall('bt l m', tree, blocks, blocks)
  const t_l_b = forall('bt l b', tree, blocks, block).drawnBy(
    fc.tuple(tree.sample, blocks.sample, block.sample, fc.nat(5)),
    ([bt, l, b, n]) => [bt, l, l[n] ?? l[0] ?? b]
  )

  // ----------------------------------------------------------------------------------- the best chain is in the tree

  const chain_in_all = fact(
    'map_f',
    'b ∈ all_blocks(t) ⇒ chain(t, b) ∈ all_chains(t)',
    'The chains of a tree are those of its blocks.',
    forall('bt b', tree, block).drawnBy(
      tree.sample.chain((bt) => fc.tuple(fc.constant(bt), sorts.blockOf(bt))),
      (t_b) => t_b
    )
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(isIn(b, all_blocks(bt))).infer(chainIn(compute_chain(bt, b), all_chains(bt)))
  )
  const genesis_stored = fact(
    'has_init_block',
    'I(t) ⇒ find(h, t) = G for some h',
    'A tree that holds genesis has it under some key.',
    t
  )(<t>(bt: Tree<t>) => given(has_init_block(bt)).infer(is_block_in(bt, G)))

  /** @coq Structures/Forests.v all_chains_init */
  const all_chains_init = lemma(
    'all_chains_init',
    'I(t) ⇒ [G] ∈ all_chains(t)',
    'A tree that holds genesis has the chain of genesis alone.',
    t
  )(<t>(bt: Tree<t>) =>
    given(has_init_block(bt))
      .infer(chainIn(onlyG, all_chains(bt)))
      .by((i) =>
        substitute(
          chainIn(onlyG, all_chains(bt)),
          chain_in_all(bt, G)(back(C.all_blocksP(bt, G)(), genesis_stored(bt)(i))),
          C.init_chain(bt)(i),
          refl(V.Chains.equal(all_chains(bt), all_chains(bt)))
        )
      )
  )

  /** @coq Structures/Forests.v btChain_in_bt */
  const btChain_in_bt = lemma(
    'btChain_in_bt',
    'I(t) ⇒ best(t) ∈ all_chains(t)',
    'The best chain of a tree that holds genesis is one of its chains.',
    t
  )(<t>(bt: Tree<t>) => given(has_init_block(bt)).infer(chainIn(btChain(bt), all_chains(bt))))

  const blocks_of_chains = fact(
    'blocks_of_chains',
    'c ∈ all_chains(t) ∧ b ∈ c ⇒ b ∈ t',
    'All blocks of the chains of a tree are in it.',
    forall('bt c b', tree, chain, block).drawnBy(
      tree.sample.chain((bt) => fc.tuple(fc.constant(bt), sorts.blockOf(bt), chain.sample, fc.nat(5), fc.nat(4))),
      ([bt, b, any, n, k]) => {
        const c = k === 0 ? any : forest.compute_chain(bt, b)
        return [bt, c, c[n] ?? c[0] ?? b]
      }
    )
  )(<t, c, b>(bt: Tree<t>, c: Chain<c>, b: Blk<b>) =>
    given(chainIn(c, all_chains(bt)), isIn(b, c)).infer(btHasBlock(b, bt))
  )

  /** A tree and a block that is often in its best chain. */
  const inBest = forall('bt b', tree, block).drawnBy(fc.tuple(tree.sample, block.sample, fc.nat(6)), ([bt, b, n]) => [
    bt,
    forest.btChain(bt)[n] ?? b
  ])

  const btChain_mem2_stronger = stronger(
    'btChain_mem2',
    'I(t) ∧ b ∈ best(t) ⇒ b ∈ t',
    'All blocks of the best chain are in the tree, if it holds genesis.',
    inBest,
    'The premise V(t) is not needed: it follows from I(t).'
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(has_init_block(bt), isIn(b, btChain(bt)))
      .infer(btHasBlock(b, bt))
      .by((i, p) => blocks_of_chains(bt, btChain(bt), b)(btChain_in_bt(bt)(i), p))
  )

  /** @coq Structures/Forests.v btChain_mem2 */
  const btChain_mem2 = lemma(
    'btChain_mem2',
    'V(t) ∧ I(t) ∧ b ∈ best(t) ⇒ b ∈ t',
    'All blocks of the best chain are in the tree, if it is defined and holds genesis.',
    inBest
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(valid(bt), has_init_block(bt), isIn(b, btChain(bt)))
      .infer(btHasBlock(b, bt))
      .by((_, i, p) => btChain_mem2_stronger(bt, b)(i, p))
  )

  const btChain_mem_stronger = stronger(
    'btChain_mem',
    'I(t) ∧ b ∉ t ⇒ b ∉ best(t)',
    'A block that is not in a tree that holds genesis is not in its best chain.',
    t_b,
    'The premise V(t) is not needed: it follows from I(t).'
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(has_init_block(bt), not(btHasBlock(b, bt)))
      .infer(not(isIn(b, btChain(bt))))
      .by((i, notIn) =>
        refute(not(isIn(b, btChain(bt))), (p) => contradiction(btChain_mem2_stronger(bt, b)(i, p), notIn))
      )
  )

  /** @coq Structures/Forests.v btChain_mem */
  const btChain_mem = lemma(
    'btChain_mem',
    'V(t) ∧ I(t) ∧ b ∉ t ⇒ b ∉ best(t)',
    'A block that is not in a defined tree that holds genesis is not in its best chain.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(valid(bt), has_init_block(bt), not(btHasBlock(b, bt)))
      .infer(not(isIn(b, btChain(bt))))
      .by((_, i, notIn) => btChain_mem_stronger(bt, b)(i, notIn))
  )

  // ----------------------------------------------------------------------------------------- folding over the keys

  const good_subchain = fact(
    'good_subchain',
    'good(c) ⇒ [G] is a contiguous part of c',
    'A good chain begins with genesis.',
    forall('c', chain)
  )(<c>(c: Chain<c>) => given(good_chain(c)).infer(subchain(onlyG, c)))

  /** @coq Structures/Forests.v good_init */
  const good_init = lemma(
    'good_init',
    'good(c) ⇒ not [G] ⊐ c',
    'Genesis alone is not better than a good chain.',
    forall('c', chain)
  )(<c>(c: Chain<c>) =>
    given(good_chain(c))
      .infer(not(FCR(onlyG, c)))
      .by((good) => back(O.FCR_dual(onlyG, c)(), P.FCR_subchain(onlyG, c)(good_subchain(c)(good))))
  )

  /** A tree, a new block, a key, and two good and valid chains, the second at least as good. */
  const growing = tree.sample.chain((bt) =>
    fc.tuple(fc.constant(bt), block.sample, validChain.sample, validChain.sample)
  )
  const oneKey = forall('bt b h c d', tree, block, key, chain, chain).drawnBy(
    fc.tuple(growing, key.sample),
    ([[bt, b, c, d], h]) => [bt, b, h, better(c, d) ? d : c, better(c, d) ? c : d]
  )
  const manyKeys = forall('bt b ks c d', tree, block, keys, chain, chain).drawnBy(
    fc.tuple(growing, keys.sample),
    ([[bt, b, c, d], ks]) => [bt, b, ks, better(c, d) ? d : c, better(c, d) ? c : d]
  )

  const better_chains1_stronger = stronger(
    'better_chains1',
    'V({#b→b} ⊎ t) ∧ #b ∉ dom t ∧ d ⊒ c, both good and valid ⇒ step({#b→b} ⊎ t, h, d) ⊒ step(t, h, c)',
    'One key of a tree with a new block contributes at least as much to the best chain as before.',
    oneKey,
    'The premises H(t) and I(t) are not needed.'
  )(<t, b, h, c, d>(bt: Tree<t>, b: Blk<b>, h: Hash<h>, c: Chain<c>, d: Chain<d>) => {
    const joined = join(pts(hash(b), b), bt)
    return given(
      valid(joined),
      not(inDom(hash(b), bt)),
      geq(d, c),
      and(valid_chain(d), good_chain(d)),
      and(valid_chain(c), good_chain(c))
    ).infer(geq(bc_fun(joined, h, d), bc_fun(bt, h, c)))
  })

  /** @coq Structures/Forests.v better_chains1 */
  const better_chains1 = lemma(
    'better_chains1',
    'V({#b→b} ⊎ t) ∧ #b ∉ dom t ∧ H(t) ∧ I(t) ∧ d ⊒ c, both good and valid ⇒ step({#b→b} ⊎ t, h, d) ⊒ step(t, h, c)',
    'One key of a tree with a new block contributes at least as much to the best chain as before.',
    oneKey
  )(<t, b, h, c, d>(bt: Tree<t>, b: Blk<b>, h: Hash<h>, c: Chain<c>, d: Chain<d>) => {
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
      .by((v, fresh, _h, _i, d_c, goodD, goodC) => better_chains1_stronger(bt, b, h, c, d)(v, fresh, d_c, goodD, goodC))
  })

  /** @coq Structures/Forests.v tx_valid_init */
  const tx_valid_init = lemma(
    'tx_valid_init',
    'every transaction of G is valid after []',
    'The transactions of genesis are valid after the empty chain.',
    forall('')
  )(() => given().infer(txsValid(G, nil)))

  const valid_chain_single = fact(
    'valid_chain_single',
    'VAF(G, [], txs G) ∧ the transactions of G are valid after [] ⇒ [G] is valid',
    'What makes the chain of one block valid.',
    forall('')
  )(() => given(VAF(G, nil), txsValid(G, nil)).infer(valid_chain(onlyG)))

  /** @coq Structures/Forests.v valid_chain_init */
  const valid_chain_init = lemma(
    'valid_chain_init',
    '[G] is a valid chain',
    'The chain of genesis alone is valid.',
    forall('')
  )(() =>
    given()
      .infer(valid_chain(onlyG))
      .by(() => valid_chain_single()(P.VAF_init()(), tx_valid_init()()))
  )

  const good_chain_genesis = fact(
    'good_chain_single',
    '[G] is a good chain',
    'Genesis alone begins with genesis.',
    forall('')
  )(() => given().infer(good_chain(onlyG)))

  const foldr_nil = fact(
    'foldr_step_nil',
    'foldr step c [] = c',
    'No keys contribute nothing.',
    forall('bt c', tree, chain)
  )(<t, c>(bt: Tree<t>, c: Chain<c>) => given().infer(eqChain(foldr_bc_fun(bt, c, V.Hashes.nil), c)))
  const foldr_cons = fact(
    'foldr_step_cons',
    'foldr step c (h :: ks) = step h (foldr step c ks)',
    'The first key contributes last.',
    forall('bt c h ks', tree, chain, key, keys)
  )(<t, c, h, ks>(bt: Tree<t>, c: Chain<c>, h: Hash<h>, ks: Keys<ks>) =>
    given().infer(eqChain(foldr_bc_fun(bt, c, V.Hashes.cons(h, ks)), bc_fun(bt, h, foldr_bc_fun(bt, c, ks))))
  )
  const bc_fun_good = fact(
    'take_better_bc',
    'c good and valid ⇒ step(t, h, c) good and valid',
    'The better of two chains is good and valid, if the one to beat is.',
    forall('bt h c', tree, key, validChain)
  )(<t, h, c>(bt: Tree<t>, h: Hash<h>, c: Chain<c>) =>
    given(valid_chain(c), good_chain(c)).infer(and(valid_chain(bc_fun(bt, h, c)), good_chain(bc_fun(bt, h, c))))
  )

  /** ks = ls ⇒ foldr step c ks = foldr step c ls */
  const folded = <ks, ls, t, c>(eq: Proof<Equal<ks, ls>>, ks: Keys<ks>, ls: Keys<ls>, bt: Tree<t>, c: Chain<c>) =>
    congruence(eqChain(foldr_bc_fun(bt, c, ks), foldr_bc_fun(bt, c, ls)), refl(eqTree(bt, bt)), refl(eqChain(c, c)), eq)

  /** @coq Structures/Forests.v good_chain_foldr */
  const good_chain_foldr = lemma(
    'good_chain_foldr',
    'c good and valid ⇒ foldr step c ks good and valid',
    'Folding over any keys from a good and valid chain gives one.',
    forall('bt c ks', tree, validChain, keys)
  )(
    <t, c, ks>(bt: Tree<t>, c: Chain<c>, ks: Keys<ks>) =>
      given(valid_chain(c), good_chain(c)).infer(
        and(valid_chain(foldr_bc_fun(bt, c, ks)), good_chain(foldr_bc_fun(bt, c, ks)))
      ),
    'ks',
    (self) =>
      <t, c, ks>(bt: Tree<t>, c: Chain<c>, ks: Keys<ks>) =>
        self(bt, c, ks).by((v, good) => {
          const all = foldr_bc_fun(bt, c, ks)
          return V.Hashes.fromLeft(
            ks,
            (isNil) => {
              const same = symm(trans(folded(isNil, ks, V.Hashes.nil, bt, c), foldr_nil(bt, c)()))
              return both(rewrite(same)(valid_chain(all), v), rewrite(same)(good_chain(all), good))
            },
            (h, rest, isCons) => {
              const fewer = foldr_bc_fun(bt, c, rest)
              const same = symm(trans(folded(isCons, ks, V.Hashes.cons(h, rest), bt, c), foldr_cons(bt, c, h, rest)()))
              const earlier = self(bt, c, rest)(v, good)
              const now = bc_fun_good(bt, h, fewer)(first(earlier), second(earlier))
              return both(rewrite(same)(valid_chain(all), first(now)), rewrite(same)(good_chain(all), second(now)))
            }
          )
        })
  )

  const t_ks = forall('bt ks', tree, keys)

  /** @coq Structures/Forests.v good_chain_foldr_init */
  const good_chain_foldr_init = lemma(
    'good_chain_foldr_init',
    'foldr step [G] ks is good and valid',
    'Folding over any keys from genesis alone gives a good and valid chain.',
    t_ks
  )(<t, ks>(bt: Tree<t>, ks: Keys<ks>) =>
    given()
      .infer(and(valid_chain(foldr_bc_fun(bt, onlyG, ks)), good_chain(foldr_bc_fun(bt, onlyG, ks))))
      .by(() => good_chain_foldr(bt, onlyG, ks)(valid_chain_init()(), good_chain_genesis()()))
  )

  /** @coq Structures/Forests.v good_foldr_init */
  const good_foldr_init = lemma(
    'good_foldr_init',
    'foldr step [G] ks is good',
    'Folding over any keys from genesis alone gives a good chain.',
    t_ks
  )(<t, ks>(bt: Tree<t>, ks: Keys<ks>) =>
    given()
      .infer(good_chain(foldr_bc_fun(bt, onlyG, ks)))
      .by(() => second(good_chain_foldr_init(bt, ks)()))
  )

  /** @coq Structures/Forests.v tx_valid_foldr_init */
  const tx_valid_foldr_init = lemma(
    'tx_valid_foldr_init',
    'foldr step [G] ks is valid',
    'Folding over any keys from genesis alone gives a valid chain.',
    t_ks
  )(<t, ks>(bt: Tree<t>, ks: Keys<ks>) =>
    given()
      .infer(valid_chain(foldr_bc_fun(bt, onlyG, ks)))
      .by(() => first(good_chain_foldr_init(bt, ks)()))
  )

  const better_chains_foldr_stronger = stronger(
    'better_chains_foldr',
    'V({#b→b} ⊎ t) ∧ #b ∉ dom t ∧ d ⊒ c, both good and valid ⇒ folding over ks from d in {#b→b} ⊎ t is ⊒ from c in t',
    'Any keys of a tree with a new block contribute at least as much to the best chain as before.',
    manyKeys,
    'The premises H(t) and I(t) are not needed.'
  )(
    <t, b, ks, c, d>(bt: Tree<t>, b: Blk<b>, ks: Keys<ks>, c: Chain<c>, d: Chain<d>) => {
      const joined = join(pts(hash(b), b), bt)
      return given(
        valid(joined),
        not(inDom(hash(b), bt)),
        geq(d, c),
        and(valid_chain(d), good_chain(d)),
        and(valid_chain(c), good_chain(c))
      ).infer(geq(foldr_bc_fun(joined, d, ks), foldr_bc_fun(bt, c, ks)))
    },
    'ks',
    (self) =>
      <t, b, ks, c, d>(bt: Tree<t>, b: Blk<b>, ks: Keys<ks>, c: Chain<c>, d: Chain<d>) =>
        self(bt, b, ks, c, d).by((v, fresh, d_c, goodD, goodC) => {
          const joined = join(pts(hash(b), b), bt)
          const [allD, allC] = [foldr_bc_fun(joined, d, ks), foldr_bc_fun(bt, c, ks)]
          return V.Hashes.fromLeft(
            ks,
            (isNil) =>
              L.geqAlong(
                d_c,
                symm(trans(folded(isNil, ks, V.Hashes.nil, joined, d), foldr_nil(joined, d)())),
                symm(trans(folded(isNil, ks, V.Hashes.nil, bt, c), foldr_nil(bt, c)())),
                allD,
                allC
              ),
            (h, rest, isCons) =>
              L.geqAlong(
                better_chains1_stronger(bt, b, h, foldr_bc_fun(bt, c, rest), foldr_bc_fun(joined, d, rest))(
                  v,
                  fresh,
                  self(bt, b, rest, c, d)(v, fresh, d_c, goodD, goodC),
                  good_chain_foldr(joined, d, rest)(first(goodD), second(goodD)),
                  good_chain_foldr(bt, c, rest)(first(goodC), second(goodC))
                ),
                symm(trans(folded(isCons, ks, V.Hashes.cons(h, rest), joined, d), foldr_cons(joined, d, h, rest)())),
                symm(trans(folded(isCons, ks, V.Hashes.cons(h, rest), bt, c), foldr_cons(bt, c, h, rest)())),
                allD,
                allC
              )
          )
        })
  )

  /** @coq Structures/Forests.v better_chains_foldr */
  const better_chains_foldr = lemma(
    'better_chains_foldr',
    'V({#b→b} ⊎ t) ∧ #b ∉ dom t ∧ H(t) ∧ I(t) ∧ d ⊒ c, both good and valid ⇒ folding over ks from d in {#b→b} ⊎ t is ⊒ from c in t',
    'Any keys of a tree with a new block contribute at least as much to the best chain as before.',
    manyKeys
  )(<t, b, ks, c, d>(bt: Tree<t>, b: Blk<b>, ks: Keys<ks>, c: Chain<c>, d: Chain<d>) => {
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
        better_chains_foldr_stronger(bt, b, ks, c, d)(v, fresh, d_c, goodD, goodC)
      )
  })

  // ---------------------------------------------------------------------------------------- the best chain gets better

  const btExtend_sameOrBetter_stronger = stronger(
    'btExtend_sameOrBetter',
    'V(t⊕b) ⇒ best(t⊕b) ⊒ best(t)',
    'Adding a block without a collision does not make the best chain worse.',
    t_b,
    'The premises H(t) and I(t) are not needed.'
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => given(valid(btExtend(bt, b))).infer(geq(btChain(btExtend(bt, b)), btChain(bt))))

  /** @coq Structures/Forests.v btExtend_sameOrBetter */
  const btExtend_sameOrBetter = lemma(
    'btExtend_sameOrBetter',
    'V(t⊕b) ∧ H(t) ∧ I(t) ⇒ best(t⊕b) ⊒ best(t)',
    'Adding a block without a collision does not make the best chain worse.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(valid(btExtend(bt, b)), validH(bt), has_init_block(bt))
      .infer(geq(btChain(btExtend(bt, b)), btChain(bt)))
      .by((v) => btExtend_sameOrBetter_stronger(bt, b)(v))
  )

  /** @coq Structures/Forests.v btExtend_fold1_comm */
  const btExtend_fold1_comm = lemma(
    'btExtend_fold1_comm',
    'H(t) ∧ V((t⊕*l)⊕b) ⇒ (t⊕*l)⊕b = (t⊕b)⊕*l',
    'A block can be added after a list of blocks or before it.',
    forall('bt l b', tree, blocks, block),
    'The premises are superfluous.'
  )(<t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
    given(validH(bt), valid(btExtend(btExtendAll(bt, l), b)))
      .infer(eqTree(btExtend(btExtendAll(bt, l), b), btExtendAll(btExtend(bt, b), l)))
      .by(() => E.btExtend_fold1_comm_stronger(bt, l, b)())
  )

  /** @coq Structures/Forests.v btExtend_fold_comm */
  const btExtend_fold_comm = lemma(
    'btExtend_fold_comm',
    'H(t) ⇒ t⊕*l⊕*m = t⊕*m⊕*l',
    'Two lists of blocks can be added in either order.',
    t_l_m,
    'The premise is superfluous.'
  )(<t, l, m>(bt: Tree<t>, l: Blks<l>, m: Blks<m>) =>
    given(validH(bt))
      .infer(eqTree(btExtendAll(btExtendAll(bt, l), m), btExtendAll(btExtendAll(bt, m), l)))
      .by(() => E.btExtend_fold_comm_stronger(bt, l, m)())
  )

  /** @coq Structures/Forests.v btExtend_fold_preserve */
  const btExtend_fold_preserve = lemma(
    'btExtend_fold_preserve',
    'V(t⊕*l) ∧ b ∈ t ⇒ b ∈ t⊕*l',
    'Adding blocks without a collision keeps the blocks of the tree.',
    forall('bt l b', tree, blocks, block).drawnBy(
      tree.sample.chain((bt) => fc.tuple(fc.constant(bt), blocks.sample, sorts.blockOf(bt))),
      (t_l_b) => t_l_b
    )
  )(<t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
    given(valid(btExtendAll(bt, l)), btHasBlock(b, bt))
      .infer(btHasBlock(b, btExtendAll(bt, l)))
      .by((v, has) => E.btExtend_fold_in(bt, l, b)(v, inLeft(has, isIn(b, l))))
  )

  const btExtend_fold_sameOrBetter_stronger = stronger(
    'btExtend_fold_sameOrBetter',
    'V(t⊕*l) ⇒ best(t⊕*l) ⊒ best(t)',
    'Adding blocks without a collision does not make the best chain worse.',
    t_l,
    'The premises H(t) and I(t) are not needed.'
  )(
    <t, l>(bt: Tree<t>, l: Blks<l>) =>
      given(valid(btExtendAll(bt, l))).infer(geq(btChain(btExtendAll(bt, l)), btChain(bt))),
    'l',
    (self) =>
      <t, l>(bt: Tree<t>, l: Blks<l>) =>
        self(bt, l).by((v) => {
          const extended = btExtendAll(bt, l)
          return L.onFold(
            bt,
            l,
            (same) => O.asGood(L.best(same, extended, bt), btChain(extended), btChain(bt)),
            (xs, b, is) => {
              const earlier = btExtendAll(bt, xs)
              const later = btExtend(earlier, b)
              const vLater = rewrite(is)(valid(later), v)
              return L.geqAlong(
                O.FCR_trans_eq(
                  btChain(later),
                  btChain(earlier),
                  btChain(bt)
                )(btExtend_sameOrBetter_stronger(earlier, b)(vLater), self(bt, xs)(E.btExtendV(earlier, b)(vLater))),
                symm(L.best(is, extended, later)),
                refl(eqChain(btChain(bt), btChain(bt))),
                btChain(extended),
                btChain(bt)
              )
            }
          )
        })
  )

  /** @coq Structures/Forests.v btExtend_fold_sameOrBetter */
  const btExtend_fold_sameOrBetter = lemma(
    'btExtend_fold_sameOrBetter',
    'V(t⊕*l) ∧ H(t) ∧ I(t) ⇒ best(t⊕*l) ⊒ best(t)',
    'Adding blocks without a collision does not make the best chain worse.',
    t_l
  )(<t, l>(bt: Tree<t>, l: Blks<l>) =>
    given(valid(btExtendAll(bt, l)), validH(bt), has_init_block(bt))
      .infer(geq(btChain(btExtendAll(bt, l)), btChain(bt)))
      .by((v) => btExtend_fold_sameOrBetter_stronger(bt, l)(v))
  )

  const btExtend_monotone_btChain_stronger = stronger(
    'btExtend_monotone_btChain',
    'V(t⊕*(l ++ m)) ⇒ best(t⊕*(l ++ m)) ⊒ best(t⊕*l)',
    'The more blocks are added without a collision, the better the best chain.',
    t_l_m,
    'The premises H(t) and I(t) are not needed.'
  )(<t, l, m>(bt: Tree<t>, l: Blks<l>, m: Blks<m>) => {
    const [fewer, more] = [btExtendAll(bt, l), btExtendAll(bt, cat(l, m))]
    return given(valid(more))
      .infer(geq(btChain(more), btChain(fewer)))
      .by((v) => {
        const split = L.extend_cat(bt, l, m)()
        const inTwo = btExtendAll(fewer, m)
        return L.geqAlong(
          btExtend_fold_sameOrBetter_stronger(fewer, m)(rewrite(split)(valid(inTwo), v)),
          symm(L.best(split, more, inTwo)),
          refl(eqChain(btChain(fewer), btChain(fewer))),
          btChain(more),
          btChain(fewer)
        )
      })
  })

  /** @coq Structures/Forests.v btExtend_monotone_btChain */
  const btExtend_monotone_btChain = lemma(
    'btExtend_monotone_btChain',
    'V(t⊕*(l ++ m)) ∧ H(t) ∧ I(t) ⇒ best(t⊕*(l ++ m)) ⊒ best(t⊕*l)',
    'The more blocks are added without a collision, the better the best chain.',
    t_l_m
  )(<t, l, m>(bt: Tree<t>, l: Blks<l>, m: Blks<m>) =>
    given(valid(btExtendAll(bt, cat(l, m))), validH(bt), has_init_block(bt))
      .infer(geq(btChain(btExtendAll(bt, cat(l, m))), btChain(btExtendAll(bt, l))))
      .by((v) => btExtend_monotone_btChain_stronger(bt, l, m)(v))
  )

  const btExtend_not_worse_stronger = stronger(
    'btExtend_not_worse',
    'V(t⊕b) ⇒ not best(t) ⊐ best(t⊕b)',
    'The best chain was not better before a block was added without a collision.',
    t_b,
    'The premises H(t) and I(t) are not needed.'
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(valid(btExtend(bt, b)))
      .infer(not(FCR(btChain(bt), btChain(btExtend(bt, b)))))
      .by((v) => back(O.FCR_dual(btChain(bt), btChain(btExtend(bt, b)))(), btExtend_sameOrBetter_stronger(bt, b)(v)))
  )

  /** @coq Structures/Forests.v btExtend_not_worse */
  const btExtend_not_worse = lemma(
    'btExtend_not_worse',
    'V(t⊕b) ∧ H(t) ∧ I(t) ⇒ not best(t) ⊐ best(t⊕b)',
    'The best chain was not better before a block was added without a collision.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(valid(btExtend(bt, b)), validH(bt), has_init_block(bt))
      .infer(not(FCR(btChain(bt), btChain(btExtend(bt, b)))))
      .by((v) => btExtend_not_worse_stronger(bt, b)(v))
  )

  const btExtend_fold_not_worse_stronger = stronger(
    'btExtend_fold_not_worse',
    'V(t⊕*l) ⇒ not best(t) ⊐ best(t⊕*l)',
    'The best chain was not better before blocks were added without a collision.',
    t_l,
    'The premises H(t) and I(t) are not needed.'
  )(<t, l>(bt: Tree<t>, l: Blks<l>) =>
    given(valid(btExtendAll(bt, l)))
      .infer(not(FCR(btChain(bt), btChain(btExtendAll(bt, l)))))
      .by((v) =>
        back(O.FCR_dual(btChain(bt), btChain(btExtendAll(bt, l)))(), btExtend_fold_sameOrBetter_stronger(bt, l)(v))
      )
  )

  /** @coq Structures/Forests.v btExtend_fold_not_worse */
  const btExtend_fold_not_worse = lemma(
    'btExtend_fold_not_worse',
    'V(t⊕*l) ∧ H(t) ∧ I(t) ⇒ not best(t) ⊐ best(t⊕*l)',
    'The best chain was not better before blocks were added without a collision.',
    t_l
  )(<t, l>(bt: Tree<t>, l: Blks<l>) =>
    given(valid(btExtendAll(bt, l)), validH(bt), has_init_block(bt))
      .infer(not(FCR(btChain(bt), btChain(btExtendAll(bt, l)))))
      .by((v) => btExtend_fold_not_worse_stronger(bt, l)(v))
  )

  // ------------------------------------------------------------------------------- one block of a list that was added

  /** A list in three parts, the middle one a block in it. */
  const splitAt = <l, b>(l: Blks<l>, b: Blk<b>) => cat(before(b, l), cons(b, after(b, l)))

  const btExtendV_within_stronger = stronger(
    'btExtendV_within',
    'V(t⊕*l) ∧ b ∈ l ⇒ V(t⊕b)',
    'If a list of blocks can be added without a collision, so can each of them alone.',
    t_l_b,
    'The premise H(t) is not needed.'
  )(<t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
    given(valid(btExtendAll(bt, l)), isIn(b, l))
      .infer(valid(btExtend(bt, b)))
      .by((v, p) => {
        const [front, rest] = [before(b, l), after(b, l)]
        const parts = splitAt(l, b)
        const vParts = rewrite(L.extendedBy(S.in_seq(b, l)(p), l, parts, bt))(valid(btExtendAll(bt, parts)), v)
        const vRest = E.btExtendV_fold_prime_stronger(bt, front, cons(b, rest))(vParts)
        return E.btExtendV_fold_xs(
          btExtend(bt, b),
          rest
        )(rewrite(L.extend_cons(bt, b, rest)())(valid(btExtendAll(btExtend(bt, b), rest)), vRest))
      })
  )

  /** @coq Structures/Forests.v btExtendV_within */
  const btExtendV_within = lemma(
    'btExtendV_within',
    'H(t) ∧ V(t⊕*l) ∧ b ∈ l ⇒ V(t⊕b)',
    'If a list of blocks can be added without a collision, so can each of them alone.',
    t_l_b
  )(<t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
    given(validH(bt), valid(btExtendAll(bt, l)), isIn(b, l))
      .infer(valid(btExtend(bt, b)))
      .by((_, v, p) => btExtendV_within_stronger(bt, l, b)(v, p))
  )

  const t_p_b_s = forall('bt p b s', tree, blocks, block, blocks)

  const btExtend_fold_within_stronger = stronger(
    'btExtend_fold_within',
    '(t⊕b)⊕*(s ++ p) = t⊕*(p ++ [b] ++ s)',
    'A block of a list can be added first.',
    t_p_b_s,
    'The premises H(t) and V(t⊕*(p ++ [b] ++ s)) are not needed.'
  )(<t, p, b, s>(bt: Tree<t>, p: Blks<p>, b: Blk<b>, s: Blks<s>) =>
    given()
      .infer(eqTree(btExtendAll(btExtend(bt, b), cat(s, p)), btExtendAll(bt, cat(p, cons(b, s)))))
      .by(() => {
        const withB = btExtend(bt, b)
        const withP = btExtendAll(bt, p)
        const inOrder = trans(L.extend_cat(bt, p, cons(b, s))(), L.extend_cons(withP, b, s)())
        const moved = L.extendedAll(
          E.btExtend_fold1_comm_stronger(bt, p, b)(),
          btExtend(withP, b),
          btExtendAll(withB, p),
          s
        )
        return trans(
          trans(L.extend_cat(withB, s, p)(), E.btExtend_fold_comm_stronger(withB, s, p)()),
          symm(trans(inOrder, moved))
        )
      })
  )

  /** @coq Structures/Forests.v btExtend_fold_within */
  const btExtend_fold_within = lemma(
    'btExtend_fold_within',
    'H(t) ∧ V(t⊕*l) ∧ l = p ++ [b] ++ s ⇒ (t⊕b)⊕*(s ++ p) = t⊕*l',
    'A block of a list can be added first.',
    forall('bt l p b s', tree, blocks, blocks, block, blocks).drawnBy(
      fc.tuple(tree.sample, blocks.sample, block.sample, blocks.sample),
      ([bt, p, b, s]) => [bt, [...p, b, ...s], p, b, s]
    )
  )(<t, l, p, b, s>(bt: Tree<t>, l: Blks<l>, p: Blks<p>, b: Blk<b>, s: Blks<s>) =>
    given(validH(bt), valid(btExtendAll(bt, l)), V.Blocks.equal(l, cat(p, cons(b, s))))
      .infer(eqTree(btExtendAll(btExtend(bt, b), cat(s, p)), btExtendAll(bt, l)))
      .by((_h, _v, eq) =>
        trans(btExtend_fold_within_stronger(bt, p, b, s)(), symm(L.extendedBy(eq, l, cat(p, cons(b, s)), bt)))
      )
  )

  const btExtend_between = fact(
    'btExtend_between',
    'V(t⊕*l) ∧ b ∈ l ⇒ best(t⊕*l) ⊒ best(t⊕b)',
    'Adding a list of blocks gives at least as good a chain as adding one of them.',
    t_l_b
  )(<t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
    given(valid(btExtendAll(bt, l)), isIn(b, l))
      .infer(geq(btChain(btExtendAll(bt, l)), btChain(btExtend(bt, b))))
      .by((v, p) => {
        const [front, rest] = [before(b, l), after(b, l)]
        const one = btExtend(bt, b)
        const others = btExtendAll(one, cat(rest, front))
        const all = btExtendAll(bt, l)
        const same = trans(
          L.extendedBy(S.in_seq(b, l)(p), l, splitAt(l, b), bt),
          symm(btExtend_fold_within_stronger(bt, front, b, rest)())
        )
        return L.geqAlong(
          btExtend_fold_sameOrBetter_stronger(one, cat(rest, front))(rewrite(same)(valid(others), v)),
          symm(L.best(same, all, others)),
          refl(eqChain(btChain(one), btChain(one))),
          btChain(all),
          btChain(one)
        )
      })
  )

  /** A tree and a list of blocks that it often has already. */
  const t_l_known = forall('bt l b', tree, blocks, block).drawnBy(
    tree.sample.chain((bt) =>
      fc.tuple(fc.constant(bt), blocks.sample, sorts.blockOf(bt), sorts.blockOf(bt), fc.nat(3))
    ),
    ([bt, l, b, c, n]) => (n === 0 ? [bt, l, l[0] ?? b] : [bt, n === 1 ? [b] : [c, b], b])
  )

  const btExtend_seq_same_bt_stronger = stronger(
    'btExtend_seq_same_bt',
    'V(t⊕*l) ∧ b ∈ l ∧ t = t⊕*l ⇒ t = t⊕b',
    'If adding blocks changes nothing, adding one of them changes nothing.',
    t_l_known,
    'The premises H(t) and I(t) are not needed.'
  )(<t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
    given(valid(btExtendAll(bt, l)), isIn(b, l), eqTree(bt, btExtendAll(bt, l)))
      .infer(eqTree(bt, btExtend(bt, b)))
      .by((v, p, eq) =>
        E.btExtend_withDup_noEffect(
          bt,
          b
        )(L.heldBy(symm(eq), E.btExtend_fold_in(bt, l, b)(v, inRight(btHasBlock(b, bt), p)), b, bt))
      )
  )

  /** @coq Structures/Forests.v btExtend_seq_same_bt */
  const btExtend_seq_same_bt = lemma(
    'btExtend_seq_same_bt',
    'V(t⊕*l) ∧ H(t) ∧ I(t) ∧ b ∈ l ∧ t = t⊕*l ⇒ t = t⊕b',
    'If adding blocks changes nothing, adding one of them changes nothing.',
    t_l_known
  )(<t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
    given(valid(btExtendAll(bt, l)), validH(bt), has_init_block(bt), isIn(b, l), eqTree(bt, btExtendAll(bt, l)))
      .infer(eqTree(bt, btExtend(bt, b)))
      .by((v, _h, _i, p, eq) => btExtend_seq_same_bt_stronger(bt, l, b)(v, p, eq))
  )

  const btExtend_seq_same_stronger = stronger(
    'btExtend_seq_same',
    'V(t⊕*l) ∧ b ∈ l ∧ best(t) = best(t⊕*l) ⇒ best(t) = best(t⊕b)',
    'If adding blocks does not change the best chain, adding one of them does not.',
    t_l_known,
    'The premises H(t) and I(t) are not needed.'
  )(<t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) => {
    const [all, one] = [btExtendAll(bt, l), btExtend(bt, b)]
    return given(valid(all), isIn(b, l), eqChain(btChain(bt), btChain(all)))
      .infer(eqChain(btChain(bt), btChain(one)))
      .by((v, p, eq) =>
        O.geq_antisym(btChain(bt), btChain(one))(
          L.geqAlong(
            btExtend_between(bt, l, b)(v, p),
            symm(eq),
            refl(eqChain(btChain(one), btChain(one))),
            btChain(bt),
            btChain(one)
          ),
          btExtend_sameOrBetter_stronger(bt, b)(btExtendV_within_stronger(bt, l, b)(v, p))
        )
      )
  })

  /** @coq Structures/Forests.v btExtend_seq_same */
  const btExtend_seq_same = lemma(
    'btExtend_seq_same',
    'V(t⊕*l) ∧ H(t) ∧ I(t) ∧ b ∈ l ∧ best(t) = best(t⊕*l) ⇒ best(t) = best(t⊕b)',
    'If adding blocks does not change the best chain, adding one of them does not.',
    t_l_known
  )(<t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
    given(
      valid(btExtendAll(bt, l)),
      validH(bt),
      has_init_block(bt),
      isIn(b, l),
      eqChain(btChain(bt), btChain(btExtendAll(bt, l)))
    )
      .infer(eqChain(btChain(bt), btChain(btExtend(bt, b))))
      .by((v, _h, _i, p, eq) => btExtend_seq_same_stronger(bt, l, b)(v, p, eq))
  )

  const btExtend_seq_sameOrBetter_stronger = stronger(
    'btExtend_seq_sameOrBetter',
    'V(t⊕*l) ∧ b ∈ l ∧ best(t) ⊒ best(t⊕*l) ⇒ best(t) ⊒ best(t⊕b)',
    'If adding blocks does not improve the best chain, adding one of them does not.',
    t_l_known,
    'The premises H(t) and I(t) are not needed.'
  )(<t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
    given(valid(btExtendAll(bt, l)), isIn(b, l), geq(btChain(bt), btChain(btExtendAll(bt, l))))
      .infer(geq(btChain(bt), btChain(btExtend(bt, b))))
      .by((v, p, asGood) => btExtend_seq_sameOrBetter_fref_stronger(btChain(bt), bt, l, b)(v, p, asGood))
  )

  /** @coq Structures/Forests.v btExtend_seq_sameOrBetter */
  const btExtend_seq_sameOrBetter = lemma(
    'btExtend_seq_sameOrBetter',
    'V(t⊕*l) ∧ H(t) ∧ I(t) ∧ b ∈ l ∧ best(t) ⊒ best(t⊕*l) ⇒ best(t) ⊒ best(t⊕b)',
    'If adding blocks does not improve the best chain, adding one of them does not.',
    t_l_known
  )(<t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
    given(
      valid(btExtendAll(bt, l)),
      validH(bt),
      has_init_block(bt),
      isIn(b, l),
      geq(btChain(bt), btChain(btExtendAll(bt, l)))
    )
      .infer(geq(btChain(bt), btChain(btExtend(bt, b))))
      .by((v, _h, _i, p, asGood) => btExtend_seq_sameOrBetter_stronger(bt, l, b)(v, p, asGood))
  )

  /** A chain that is often as good as what adding the blocks gives. */
  const reference = forall('c bt l b', chain, tree, blocks, block).drawnBy(
    fc.tuple(chain.sample, tree.sample, blocks.sample, block.sample, fc.tuple(fc.nat(4), fc.nat(3))),
    ([c, bt, l, b, [n, k]]) => [k === 0 ? c : forest.btChain(forest.btExtendAll(bt, l)), bt, l, l[n] ?? l[0] ?? b]
  )

  const btExtend_seq_sameOrBetter_fref_stronger = stronger(
    'btExtend_seq_sameOrBetter_fref',
    'V(t⊕*l) ∧ b ∈ l ∧ c ⊒ best(t⊕*l) ⇒ c ⊒ best(t⊕b)',
    'A chain that is as good as the best after adding blocks is as good as the best after adding one of them.',
    reference,
    'The premises H(t), I(t) and c ⊒ best(t) are not needed.'
  )(<c, t, l, b>(c: Chain<c>, bt: Tree<t>, l: Blks<l>, b: Blk<b>) => {
    const [all, one] = [btExtendAll(bt, l), btExtend(bt, b)]
    return given(valid(all), isIn(b, l), geq(c, btChain(all)))
      .infer(geq(c, btChain(one)))
      .by((v, p, asGood) => O.FCR_trans_eq(c, btChain(all), btChain(one))(asGood, btExtend_between(bt, l, b)(v, p)))
  })

  /** @coq Structures/Forests.v btExtend_seq_sameOrBetter_fref */
  const btExtend_seq_sameOrBetter_fref = lemma(
    'btExtend_seq_sameOrBetter_fref',
    'V(t⊕*l) ∧ H(t) ∧ I(t) ∧ b ∈ l ∧ c ⊒ best(t) ∧ c ⊒ best(t⊕*l) ⇒ c ⊒ best(t⊕b)',
    'A chain that is as good as the best before and after adding blocks is as good as after adding one of them.',
    reference
  )(<c, t, l, b>(c: Chain<c>, bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
    given(
      valid(btExtendAll(bt, l)),
      validH(bt),
      has_init_block(bt),
      isIn(b, l),
      geq(c, btChain(bt)),
      geq(c, btChain(btExtendAll(bt, l)))
    )
      .infer(geq(c, btChain(btExtend(bt, b))))
      .by((v, _h, _i, p, _c, asGood) => btExtend_seq_sameOrBetter_fref_stronger(c, bt, l, b)(v, p, asGood))
  )

  /** @coq Structures/Forests.v btExtend_seq_sameOrBetter_fref' */
  const btExtend_seq_sameOrBetter_fref_prime = lemma(
    "btExtend_seq_sameOrBetter_fref'",
    'V(t⊕*l) ∧ H(t) ∧ I(t) ∧ b ∈ l ∧ c ⊒ best(t) ∧ c = best(t⊕*l) ⇒ c ⊒ best(t⊕b)',
    'The best chain after adding blocks is as good as the best after adding one of them.',
    reference
  )(<c, t, l, b>(c: Chain<c>, bt: Tree<t>, l: Blks<l>, b: Blk<b>) => {
    const all = btExtendAll(bt, l)
    return given(valid(all), validH(bt), has_init_block(bt), isIn(b, l), geq(c, btChain(bt)), eqChain(c, btChain(all)))
      .infer(geq(c, btChain(btExtend(bt, b))))
      .by((v, _h, _i, p, _c, eq) =>
        btExtend_seq_sameOrBetter_fref_stronger(c, bt, l, b)(v, p, O.asGood(eq, c, btChain(all)))
      )
  })

  const split_prefix = fact(
    'is_strict_prefix',
    'a < b ⇒ b = a ++ x :: r for some x, r',
    'The definition of a strict prefix.',
    forall('a b', chain, chain).drawnBy(fc.tuple(chain.sample, chain.sample, fc.nat(3)), ([a, b, n]) => [
      a,
      n === 0 ? b : [...a, ...b]
    ])
  )(<a, b>(a: Chain<a>, b: Chain<b>) =>
    given(is_strict_prefix(a, b)).infer(eqChain(cat(a, cons(V.nextAfter(a, b), V.restAfter(a, b))), b))
  )

  /** @coq Structures/Forests.v bc_spre_gt */
  const bc_spre_gt = lemma(
    'bc_spre_gt',
    'a < b ⇒ b ⊐ a',
    'A chain is better than each of its strict prefixes.',
    forall('a b', chain, chain).drawnBy(fc.tuple(chain.sample, chain.sample, fc.nat(3)), ([a, b, n]) => [
      a,
      n === 0 ? b : [...a, ...b]
    ])
  )(<a, b>(a: Chain<a>, b: Chain<b>) =>
    given(is_strict_prefix(a, b))
      .infer(FCR(b, a))
      .by((p) =>
        L.betterAlong(
          P.FCR_ext(a, V.nextAfter(a, b), V.restAfter(a, b))(),
          split_prefix(a, b)(p),
          refl(eqChain(a, a)),
          b,
          a
        )
      )
  )

  return {
    chain_in_all,
    genesis_stored,
    all_chains_init,
    btChain_in_bt,
    blocks_of_chains,
    btChain_mem2_stronger,
    btChain_mem2,
    btChain_mem_stronger,
    btChain_mem,
    good_subchain,
    good_init,
    better_chains1_stronger,
    better_chains1,
    tx_valid_init,
    valid_chain_single,
    valid_chain_init,
    good_chain_genesis,
    foldr_nil,
    foldr_cons,
    bc_fun_good,
    good_chain_foldr,
    good_chain_foldr_init,
    good_foldr_init,
    tx_valid_foldr_init,
    better_chains_foldr_stronger,
    better_chains_foldr,
    btExtend_sameOrBetter_stronger,
    btExtend_sameOrBetter,
    btExtend_fold1_comm,
    btExtend_fold_comm,
    btExtend_fold_preserve,
    btExtend_fold_sameOrBetter_stronger,
    btExtend_fold_sameOrBetter,
    btExtend_monotone_btChain_stronger,
    btExtend_monotone_btChain,
    btExtend_not_worse_stronger,
    btExtend_not_worse,
    btExtend_fold_not_worse_stronger,
    btExtend_fold_not_worse,
    btExtendV_within_stronger,
    btExtendV_within,
    btExtend_fold_within_stronger,
    btExtend_fold_within,
    btExtend_between,
    btExtend_seq_same_bt_stronger,
    btExtend_seq_same_bt,
    btExtend_seq_same_stronger,
    btExtend_seq_same,
    btExtend_seq_sameOrBetter_stronger,
    btExtend_seq_sameOrBetter,
    btExtend_seq_sameOrBetter_fref_stronger,
    btExtend_seq_sameOrBetter_fref,
    btExtend_seq_sameOrBetter_fref_prime,
    split_prefix,
    bc_spre_gt
  }
}

/** What `forestsBest` returns. */
export type ForestsBest<T extends Types> = ReturnType<typeof forestsBest<T>>
