/**
 * The clique invariant: when nothing is on its way, all nodes agree. The lemmas of `Properties/InvCliqueTopology.v` up to
 * `btChain_gt_valid`.
 */
import * as fc from 'fast-check'
import type { World } from '../../../../spec/blockchain/invMisc.js'
import type { Blockchain, BlockTree, Types } from '../../../../spec/blockchain/types.js'
import {
  and,
  both,
  byCases,
  congruence,
  first,
  given,
  not,
  refl,
  rewrite,
  second,
  symm,
  trans
} from '../../../proof/kernel.js'
import { chapter, forall, forallOf } from '../../../proof/lemma.js'
import { impossible } from '../../../proof/logic.js'
import { geq_genesis } from '../forests/canonical.js'
import { btExtend_withDup_noEffect } from '../forests/commuting.js'
import { FCR_trans_eq2 } from '../forests/forkChoice.js'
import { foldl1 } from '../forests/goodChains.js'
import { bestAlong, betterAlong, extendAlong, onFold } from '../library.js'
import { FCR_nrefl } from '../parameters.js'
import { t_alone, t_b } from '../terms.js'
import type { Addr, Blk, Blks, Chain, Msg, St, Time, Tree, Wld } from '../terms.js'
import type { Theory } from '../theory.js'

const { lemma, fact } = chapter('Properties/InvCliqueTopology.v', 'foldl1')

// ------------------------------------------------------------------------------------------------ eventual consensus

/** A world, with what is in flight taken out most of the time, so that it is quiet. */
const settled = <T extends Types>({ network: { settled }, sorts: { worlds, cliqueWorld } }: Theory<T>) =>
  forallOf<[World<T>]>('w', {
    sample: fc
      .tuple(worlds.sample, cliqueWorld, fc.nat(9))
      .map(([any, w, n]): [World<T>] => [n === 0 ? any : n === 1 ? w : settled(w)]),
    get size() {
      return worlds.size
    },
    *all() {
      for (const w of worlds.all()) yield [w]
    }
  })

const w_c = <T extends Types>(theory: Theory<T>) => {
  const { forest } = theory
  const { settled, someTree } = theory.network
  const { worlds, cliqueWorld } = theory.sorts
  return forallOf<[World<T>, Blockchain<T>]>('w c', {
    sample: fc.tuple(worlds.sample, cliqueWorld, fc.nat(9)).map(([any, w, n]): [World<T>, Blockchain<T>] => {
      const world = n === 0 ? any : settled(w)
      return [world, forest.btChain(someTree(world))]
    }),
    get size() {
      return worlds.size
    },
    *all() {
      for (const w of worlds.all()) yield [w, forest.btChain(someTree(w))]
    }
  })
}

const w_t = <T extends Types>(theory: Theory<T>) => {
  const { settled, someTree } = theory.network
  const { worlds, cliqueWorld } = theory.sorts
  return forallOf<[World<T>, BlockTree<T>]>('w bt', {
    sample: fc.tuple(worlds.sample, cliqueWorld, fc.nat(9)).map(([any, w, n]): [World<T>, BlockTree<T>] => {
      const world = n === 0 ? any : settled(w)
      return [world, someTree(world)]
    }),
    get size() {
      return worlds.size
    },
    *all() {
      for (const w of worlds.all()) yield [w, someTree(w)]
    }
  })
}

export const inv_canonical = fact(
  'clique_inv_canonical',
  'clique_inv(w) ⇒ every node’s tree ⊕* the blocks on their way to it is the canonical tree',
  'The fifth clause of the clique invariant.'
)(<T extends Types>(theory: Theory<T>) => {
  const { clique_inv, allCanonical, canonicalTree } = theory.words
  return settled(theory).state(<w>(w: Wld<T, w>) => given(clique_inv(w)).infer(allCanonical(w, canonicalTree(w))))
})

export const quiet_canonical = fact(
  'quiet_canonical',
  'nothing on its way in w, every node’s canonical tree is t ⇒ every node has the tree t',
  'A node to which nothing is on its way has its canonical tree.'
)(<T extends Types>(theory: Theory<T>) => {
  const { quiet, allCanonical, allHaveTree } = theory.words
  return w_t(theory).state(<w, t>(w: Wld<T, w>, bt: Tree<T, t>) =>
    given(quiet(w), allCanonical(w, bt)).infer(allHaveTree(w, bt))
  )
})

export const tree_chain = fact(
  'tree_chain',
  'every node has the tree t ⇒ every node has the chain best(t)',
  'Nodes with one tree have one chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const { allHaveTree, allHaveChain, btChain } = theory.words
  return w_t(theory).state(<w, t>(w: Wld<T, w>, bt: Tree<T, t>) =>
    given(allHaveTree(w, bt)).infer(allHaveChain(w, btChain(bt)))
  )
})

export const common_largest = fact(
  'common_largest',
  'every node has the chain c ⇒ c ⊒ all chains of the network',
  'A chain that all nodes have is the largest.'
)(<T extends Types>(theory: Theory<T>) => {
  const { allHaveChain, largest_chain } = theory.words
  return w_c(theory).state(<w, c>(w: Wld<T, w>, c: Chain<T, c>) => given(allHaveChain(w, c)).infer(largest_chain(w, c)))
})

/** @coq Properties/InvCliqueTopology.v clique_eventual_consensus */
export const clique_eventual_consensus = lemma(
  'clique_eventual_consensus',
  'clique_inv(w) ∧ blocksFor(n) = [] for every n ⇒ some c is ⊒ all chains of the network and the chain of every node',
  'When nothing is on its way to anyone, all nodes have one chain, and it is the largest.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btChain, canonicalTree, clique_inv, quiet, largest_chain, allHaveChain } = theory.words
  return settled(theory).state(<w>(w: Wld<T, w>) => {
    const c = btChain(canonicalTree(w))
    return given(clique_inv(w), quiet(w))
      .infer(and(largest_chain(w, c), allHaveChain(w, c)))
      .by((inv, nothing) => {
        const bt = canonicalTree(w)
        const agreed = tree_chain(theory)(w, bt)(quiet_canonical(theory)(w, bt)(nothing, inv_canonical(theory)(w)(inv)))
        return both(common_largest(theory)(w, c)(agreed), agreed)
      })
  })
})

// ------------------------------------------------------------------------------------------------------------ packets

/** @coq Properties/InvCliqueTopology.v procMsg_nGetData_no_blocks */
export const procMsg_nGetData_no_blocks = lemma(
  'procMsg_nGetData_no_blocks',
  'm no GetData message ⇒ what is sent to n on receiving m counts as genesis',
  'Blocks are only sent on request.'
)(<T extends Types>(theory: Theory<T>) => {
  const { state, address, message, time } = theory.sorts
  const { isGetData, allGenesis, blocksTo, sent } = theory.words
  return forall('st from m ts n', state, address, message, time, address).state(
    <st, from, m, ts, n>(st: St<T, st>, from: Addr<from>, m: Msg<T, m>, ts: Time<T, ts>, n: Addr<n>) =>
      given(not(isGetData(m))).infer(allGenesis(blocksTo(n, sent(st, from, m, ts))))
  )
})

export const genesis_in = fact(
  'genesis_in',
  'I(t) ⇒ G ∈ t',
  'A tree that holds genesis has it.'
)(<T extends Types>(theory: Theory<T>) => {
  const { has_init_block, btHasBlock, G } = theory.words
  return t_alone(theory).state(<t>(bt: Tree<T, t>) => given(has_init_block(bt)).infer(btHasBlock(G, bt)))
})

export const allGenesis_rcons = fact(
  'all_rcons',
  'all of l ++ [b] are G ⇒ all of l are G, and b = G',
  'What holds of all elements of a list holds of the last one and of the others.'
)(<T extends Types>(theory: Theory<T>) => {
  const { instance } = theory
  const { blocks, block } = theory.sorts
  const { allGenesis, eqBlock, G } = theory.words
  const { rcons } = theory.words.Blocks
  return forall('l b', blocks, block)
    .drawnBy(fc.tuple(blocks.sample, block.sample, fc.nat(1)), ([l, b, n]) =>
      n === 0 ? [l, b] : [l.map(() => instance.params.GenesisBlock), instance.params.GenesisBlock]
    )
    .state(<l, b>(l: Blks<T, l>, b: Blk<T, b>) =>
      given(allGenesis(rcons(l, b))).infer(and(allGenesis(l), eqBlock(b, G)))
    )
})

/** @coq Properties/InvCliqueTopology.v btExtend_foldG */
export const btExtend_foldG = lemma(
  'btExtend_foldG',
  'I(t) ∧ all of l are G ⇒ t⊕*l = t',
  'Adding genesis again and again changes nothing.'
)(<T extends Types>(theory: Theory<T>) => {
  const { instance } = theory
  const { tree, blocks } = theory.sorts
  const { has_init_block, allGenesis, eqTree, btExtendAll, btExtend, G } = theory.words
  const { rcons } = theory.words.Blocks
  return forall('bt l', tree, blocks)
    .drawnBy(fc.tuple(tree.sample, blocks.sample, fc.nat(3)), ([bt, l, n]) => [
      bt,
      n === 0 ? l : l.map(() => instance.params.GenesisBlock)
    ])
    .state(<t, l>(bt: Tree<T, t>, l: Blks<T, l>) =>
      given(has_init_block(bt), allGenesis(l)).infer(eqTree(btExtendAll(bt, l), bt))
    )
    .byInduction(
      'l',
      (self) =>
        <t, l>(bt: Tree<T, t>, l: Blks<T, l>) =>
          self(bt, l).by((i, all) => {
            return onFold(theory)(
              bt,
              l,
              (same) => same,
              (xs, b, is, isRcons) => {
                const parts = allGenesis_rcons(theory)(xs, b)(rewrite(isRcons)(allGenesis(rcons(xs, b)), all))
                const earlier = btExtendAll(bt, xs)
                const unchanged = self(bt, xs)(i, first(parts))
                const added = congruence(eqTree(btExtend(earlier, b), btExtend(bt, G)), unchanged, second(parts))
                return trans(
                  trans(is, added),
                  symm(btExtend_withDup_noEffect(theory)(bt, G)(genesis_in(theory)(bt)(i)))
                )
              }
            )
          })
    )
})

/** @coq Properties/InvCliqueTopology.v foldl1 */
export const foldl1_again = lemma(
  'foldl1',
  'foldl f z [v] = f z v',
  'Folding over one element applies the function once.',
  'Trivial, and stated in Forests.v before. Here f is ⊕.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqTree, btExtendAll, btExtend } = theory.words
  const { cons, nil } = theory.words.Blocks
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given()
      .infer(eqTree(btExtendAll(bt, cons(b, nil)), btExtend(bt, b)))
      .by(() => foldl1(theory)(bt, b)())
  )
})

/** @coq Properties/InvCliqueTopology.v btExtend_undef */
export const btExtend_undef = lemma(
  'btExtend_undef',
  '⊥⊕b = ⊥',
  'An undefined tree stays undefined.'
)(<T extends Types>(theory: Theory<T>) => {
  const { block } = theory.sorts
  const { eqTree, btExtend, undef } = theory.words
  return forall('b', block).state(<b>(b: Blk<T, b>) => given().infer(eqTree(btExtend(undef, b), undef)))
})

/** @coq Properties/InvCliqueTopology.v btExtend_fold_undef */
export const btExtend_fold_undef = lemma(
  'btExtend_fold_undef',
  '⊥⊕*l = ⊥',
  'An undefined tree stays undefined.'
)(<T extends Types>(theory: Theory<T>) => {
  const { blocks } = theory.sorts
  const { eqTree, btExtendAll, undef } = theory.words
  return forall('l', blocks)
    .state(<l>(l: Blks<T, l>) => given().infer(eqTree(btExtendAll(undef, l), undef)))
    .byInduction(
      'l',
      (self) =>
        <l>(l: Blks<T, l>) =>
          self(l).by(() =>
            onFold(theory)(
              undef,
              l,
              (same) => same,
              (xs, b, is) =>
                trans(
                  trans(is, extendAlong(theory)(self(xs)(), btExtendAll(undef, xs), undef, b)),
                  btExtend_undef(theory)(b)()
                )
            )
          )
    )
})

/** @coq Properties/InvCliqueTopology.v btChain_undef */
export const btChain_undef = lemma(
  'btChain_undef',
  'best(⊥) = [G]',
  'The best chain of the undefined tree is genesis alone.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqChain, btChain, undef, onlyG } = theory.words
  return forall('').state(() => given().infer(eqChain(btChain(undef), onlyG)))
})

export const invalid_undef = fact(
  'invalidE',
  'not V(t) ⇒ t = ⊥',
  'There is one undefined tree.'
)(<T extends Types>(theory: Theory<T>) => {
  const { tree } = theory.sorts
  const { valid, eqTree, undef } = theory.words
  return forall('bt', tree)
    .drawnBy(fc.tuple(tree.sample, fc.nat(2)), ([bt, n]) => [n === 0 ? bt : { _tag: 'Undef' }])
    .state(<t>(bt: Tree<T, t>) => given(not(valid(bt))).infer(eqTree(bt, undef)))
})

/** @coq Properties/InvCliqueTopology.v btChain_gt_valid */
export const btChain_gt_valid = lemma(
  'btChain_gt_valid',
  'best(t⊕b) ⊐ best(u) ⇒ V(t⊕b)',
  'A tree with a better chain than some other is defined.'
)(<T extends Types>(theory: Theory<T>) => {
  const { genesisTree } = theory.setting
  const { tree, block } = theory.sorts
  const { btExtend, FCR, btChain, valid, undef, eqChain, onlyG } = theory.words
  return forall('bt b bt2', tree, block, tree)
    .drawnBy(fc.tuple(tree.sample, block.sample, tree.sample, fc.nat(4)), ([bt, b, other, n]) => [
      bt,
      b,
      n === 0 ? other : n === 1 ? bt : genesisTree
    ])
    .state(<t, b, u>(bt: Tree<T, t>, b: Blk<T, b>, bt2: Tree<T, u>) => {
      const extended = btExtend(bt, b)
      return given(FCR(btChain(extended), btChain(bt2)))
        .infer(valid(extended))
        .by((p) =>
          byCases(
            valid(extended),
            (v) => v,
            (notV) => {
              const onlyGenesis = trans(
                bestAlong(theory)(invalid_undef(theory)(extended)(notV), extended, undef),
                btChain_undef(theory)()()
              )
              const beaten = betterAlong(theory)(
                p,
                onlyGenesis,
                refl(eqChain(btChain(bt2), btChain(bt2))),
                onlyG,
                btChain(bt2)
              )
              return impossible(
                FCR_trans_eq2(theory)(onlyG, btChain(bt2), onlyG)(beaten, geq_genesis(theory)(bt2)()),
                FCR_nrefl(theory)(onlyG)(),
                valid(extended)
              )
            }
          )
        )
    })
})
