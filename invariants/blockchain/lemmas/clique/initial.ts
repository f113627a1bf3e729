/**
 * Where a clique starts, the clique invariant holds. The Coq development has no such lemma: it proves that steps keep the
 * invariant, and leaves open in which world it begins.
 */
import * as fc from 'fast-check'
import type { World } from '../../../../spec/blockchain/invMisc.js'
import type { BlockTree, Types } from '../../../../spec/blockchain/types.js'
import { undef } from '../../../../spec/prelude/unionMap.js'
import { and, first, given, second } from '../../../proof/kernel.js'
import { chapter, forall, forallOf } from '../../../proof/lemma.js'
import type { Tree, Wld } from '../terms.js'
import { rooted } from '../terms.js'
import type { Theory } from '../theory.js'
import { good_chain_genesis, valid_chain_init } from '../forests/folding.js'

const { beyond, fact } = chapter('Properties/InvCliqueTopology.v')

/** The world in which nothing has happened, most of the time; all worlds. */
const fresh = <T extends Types>({ network: { starting }, sorts: { worlds } }: Theory<T>) =>
  forallOf<[World<T>]>('w', {
    sample: fc.tuple(worlds.sample, fc.nat(9)).map(([w, n]): [World<T>] => [n === 0 ? w : starting(w)]),
    get size() {
      return 2 * worlds.size
    },
    *all() {
      for (const w of worlds.all()) {
        yield [w]
        yield [starting(w)]
      }
    }
  })

/** A world, and the tree of genesis or another. */
const w_t = <T extends Types>({ setting: { genesisTree }, network, sorts: { worlds, tree } }: Theory<T>) => {
  const { starting, someTree } = network
  return forallOf<[World<T>, BlockTree<T>]>('w bt', {
    sample: fc
      .tuple(worlds.sample, tree.sample, fc.nat(9))
      .map(([w, bt, n]): [World<T>, BlockTree<T>] =>
        n < 2 ? [w, n === 0 ? bt : someTree(w)] : [starting(w), genesisTree]
      ),
    get size() {
      return 3 * worlds.size
    },
    *all() {
      for (const w of worlds.all())
        yield* [
          [w, someTree(w)],
          [starting(w), genesisTree],
          [w, undef]
        ] as const
    }
  })
}

export const start_coherent = fact(
  'start_coherent',
  'a clique starts in w ⇒ w is coherent',
  'Nodes that know themselves, genesis, and each other once are coherent.'
)(<T extends Types>(theory: Theory<T>) => {
  const { cliqueStart, Coh } = theory.words
  return fresh(theory).state(<w>(w: Wld<T, w>) => given(cliqueStart(w)).infer(Coh(w)))
})

export const start_same = fact(
  'start_same',
  'a clique starts in w ⇒ every node has the tree {G} ∧ nothing on its way in w ∧ all nodes know each other',
  'What it means that a clique starts.'
)(<T extends Types>(theory: Theory<T>) => {
  const { cliqueStart, allHaveTree, onlyGTree, quiet, allKnown } = theory.words
  return fresh(theory).state(<w>(w: Wld<T, w>) =>
    given(cliqueStart(w)).infer(and(and(allHaveTree(w, onlyGTree), quiet(w)), allKnown(w)))
  )
})

export const genesis_tree = fact(
  'genesis_tree',
  'V({G}) ∧ H({G}) ∧ I({G})',
  'The tree of genesis is defined, has it under its hash, and has no other block.'
)(<T extends Types>(theory: Theory<T>) => {
  const { onlyGTree } = theory.words
  return forall('').state(() => {
    const [v, h, i] = rooted(theory)(onlyGTree, onlyGTree)
    return given().infer(and(and(v, h), i))
  })
})

export const genesis_tree_good = fact(
  'good_bt_single',
  '[G] is a good chain ∧ [G] is a valid chain ⇒ {G} is good',
  'The only chain of the tree of genesis is genesis alone.'
)(<T extends Types>(theory: Theory<T>) => {
  const { good_chain, valid_chain, onlyG, good_bt, onlyGTree } = theory.words
  return forall('').state(() => given(good_chain(onlyG), valid_chain(onlyG)).infer(good_bt(onlyGTree)))
})

export const agreed_inv = fact(
  'clique_inv_agreed',
  'w is coherent ∧ V(t) ∧ H(t) ∧ I(t) ∧ t is good ∧ every node has the tree t ∧ nothing on its way in w ∧ all nodes know each other ⇒ clique_inv(w)',
  'The clauses of the clique invariant, where all nodes have the canonical tree already.'
)(<T extends Types>(theory: Theory<T>) => {
  const { Coh, good_bt, allHaveTree, quiet, allKnown, clique_inv } = theory.words
  return w_t(theory).state(<w, t>(w: Wld<T, w>, bt: Tree<T, t>) =>
    given(Coh(w), ...rooted(theory)(bt, bt), good_bt(bt), allHaveTree(w, bt), quiet(w), allKnown(w)).infer(
      clique_inv(w)
    )
  )
})

export const clique_inv_init = beyond(
  'clique_inv_init',
  'a clique starts in w ⇒ clique_inv(w)',
  'Where every node has genesis and knows all nodes, and nothing is on its way, the clique invariant holds.',
  'Coq has no such lemma. Its initial world is no clique, if there are two nodes: there each node knows only itself.'
)(<T extends Types>(theory: Theory<T>) => {
  const { cliqueStart, clique_inv, onlyGTree } = theory.words
  return fresh(theory).state(<w>(w: Wld<T, w>) =>
    given(cliqueStart(w))
      .infer(clique_inv(w))
      .by((starts) => {
        const same = start_same(theory)(w)(starts)
        const rootedG = genesis_tree(theory)()()
        return agreed_inv(theory)(w, onlyGTree)(
          start_coherent(theory)(w)(starts),
          first(first(rootedG)),
          second(first(rootedG)),
          second(rootedG),
          genesis_tree_good(theory)()(good_chain_genesis(theory)()(), valid_chain_init(theory)()()),
          first(first(same)),
          second(first(same)),
          second(same)
        )
      })
  )
})
