/**
 * The clique invariant: it is kept by every step, and when nothing is on its way, all nodes agree. Counterpart of the
 * lemmas of `Properties/InvCliqueTopology.v`, in its order.
 */
import * as fc from 'fast-check'
import type { Message, State } from '../../../spec/blockchain/protocol.js'
import type { World } from '../../../spec/blockchain/invMisc.js'
import type { Block, Blockchain, BlockTree, Types } from '../../../spec/blockchain/types.js'
import type { Address } from '../../../spec/system/address.js'
import type { Qualifier } from '../../../spec/system/network.js'
import type { Packet } from '../../../spec/system/protocol.js'
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
} from '../../proof/kernel.js'
import type { Equal, Named, Proof } from '../../proof/kernel.js'
import { chapter, forall, forallOf } from '../../proof/lemma.js'
import { impossible } from '../../proof/logic.js'
import { drawn } from '../../proof/sort.js'
import type { ForestsBest } from './forestsBest.js'
import type { ForestsCanonical } from './forestsCanonical.js'
import type { ForestsExtending } from './forestsExtending.js'
import type { ForestsForkChoice } from './forestsForkChoice.js'
import type { ForestsMinting } from './forestsMinting.js'
import type { Library } from './library.js'
import type { NetworkSetting } from './networkSetting.js'
import type { NetworkVocabulary } from './networkVocabulary.js'
import type { Laws } from './parameters.js'
import type { SeqFacts } from './seqFacts.js'
import type { Setting } from './setting.js'
import type { Vocabulary } from './vocabulary.js'

const { lemma, stronger, fact } = chapter('Properties/InvCliqueTopology.v')

/** The lemmas about the clique invariant. */
export const invCliqueTopology = <T extends Types>(
  { sorts: forestSorts, forest, instance, genesisTree }: Setting<T>,
  s: NetworkSetting<T>,
  V: Vocabulary<T>,
  N: NetworkVocabulary<T>,
  S: SeqFacts<Packet<Message<T>>>,
  L: Library<T>,
  P: Laws<T>,
  O: ForestsForkChoice<T>,
  E: ForestsExtending<T>,
  M: ForestsBest<T>,
  D: ForestsMinting<T>,
  C: ForestsCanonical<T>
) => {
  type W = World<T>
  type Pk = Packet<Message<T>>
  type Wld<N> = Named<W, N>
  type St<N> = Named<State<T>, N>
  type Addr<N> = Named<Address, N>
  type Addrs<N> = Named<ReadonlyArray<Address>, N>
  type Msg<N> = Named<Message<T>, N>
  type Pkt<N> = Named<Pk, N>
  type Pkts<N> = Named<ReadonlyArray<Pk>, N>
  type Time<N> = Named<T['Timestamp'], N>
  type Qual<N> = Named<Qualifier<T['Timestamp']>, N>
  type Tree<N> = Named<BlockTree<T>, N>
  type Blk<N> = Named<Block<T>, N>
  type Blks<N> = Named<ReadonlyArray<Block<T>>, N>
  type Hash<N> = Named<T['Hash'], N>
  type Chain<N> = Named<Blockchain<T>, N>
  const { G, onlyG, undef, eqTree, eqBlock, eqChain, valid, validH, has_init_block, finds, join, upd } = V
  const { btExtend, btExtendAll, btHasBlock, btChain, allGenesis, FCR, difference } = V
  const { cons, cat, rcons, nil } = V.Blocks
  const { clique_inv, quiet, largest_chain, allCanonical, allHaveTree, allHaveChain, canonicalTree } = N
  const { blocksTo, inFlight, dst, msg, msg_block, isBlockMsg, BlockMsg, eqMsg, eqAddress } = N
  const { rem, before, after, isIn } = N.Packets
  const { tree, block, blocks, hash } = forestSorts
  const { sorts } = s

  // ------------------------------------------------------------------------------------------------ eventual consensus

  /** A world, with what is in flight taken out most of the time, so that it is quiet. */
  const settled = forallOf<[W]>('w', {
    sample: fc
      .tuple(sorts.worlds.sample, sorts.cliqueWorld, fc.nat(9))
      .map(([any, w, n]): [W] => [n === 0 ? any : n === 1 ? w : s.settled(w)]),
    get size() {
      return sorts.worlds.size
    },
    *all() {
      for (const w of sorts.worlds.all()) yield [w]
    }
  })
  const w_c = forallOf<[W, Blockchain<T>]>('w c', {
    sample: fc.tuple(sorts.worlds.sample, sorts.cliqueWorld, fc.nat(9)).map(([any, w, n]): [W, Blockchain<T>] => {
      const world = n === 0 ? any : s.settled(w)
      return [world, forest.btChain(s.someTree(world))]
    }),
    get size() {
      return sorts.worlds.size
    },
    *all() {
      for (const w of sorts.worlds.all()) yield [w, forest.btChain(s.someTree(w))]
    }
  })
  const w_t = forallOf<[W, BlockTree<T>]>('w bt', {
    sample: fc.tuple(sorts.worlds.sample, sorts.cliqueWorld, fc.nat(9)).map(([any, w, n]): [W, BlockTree<T>] => {
      const world = n === 0 ? any : s.settled(w)
      return [world, s.someTree(world)]
    }),
    get size() {
      return sorts.worlds.size
    },
    *all() {
      for (const w of sorts.worlds.all()) yield [w, s.someTree(w)]
    }
  })

  const inv_canonical = fact(
    'clique_inv_canonical',
    'clique_inv(w) ⇒ every node’s tree ⊕* the blocks on their way to it is the canonical tree',
    'The fifth clause of the clique invariant.',
    settled
  )(<w>(w: Wld<w>) => given(clique_inv(w)).infer(allCanonical(w, canonicalTree(w))))
  const quiet_canonical = fact(
    'quiet_canonical',
    'nothing on its way in w, every node’s canonical tree is t ⇒ every node has the tree t',
    'A node to which nothing is on its way has its canonical tree.',
    w_t
  )(<w, t>(w: Wld<w>, bt: Tree<t>) => given(quiet(w), allCanonical(w, bt)).infer(allHaveTree(w, bt)))
  const tree_chain = fact(
    'tree_chain',
    'every node has the tree t ⇒ every node has the chain best(t)',
    'Nodes with one tree have one chain.',
    w_t
  )(<w, t>(w: Wld<w>, bt: Tree<t>) => given(allHaveTree(w, bt)).infer(allHaveChain(w, btChain(bt))))
  const common_largest = fact(
    'common_largest',
    'every node has the chain c ⇒ c ⊒ all chains of the network',
    'A chain that all nodes have is the largest.',
    w_c
  )(<w, c>(w: Wld<w>, c: Chain<c>) => given(allHaveChain(w, c)).infer(largest_chain(w, c)))

  /** @coq Properties/InvCliqueTopology.v clique_eventual_consensus */
  const clique_eventual_consensus = lemma(
    'clique_eventual_consensus',
    'clique_inv(w) ∧ blocksFor(n) = [] for every n ⇒ some c is ⊒ all chains of the network and the chain of every node',
    'When nothing is on its way to anyone, all nodes have one chain, and it is the largest.',
    settled
  )(<w>(w: Wld<w>) => {
    const c = btChain(canonicalTree(w))
    return given(clique_inv(w), quiet(w))
      .infer(and(largest_chain(w, c), allHaveChain(w, c)))
      .by((inv, nothing) => {
        const bt = canonicalTree(w)
        const agreed = tree_chain(w, bt)(quiet_canonical(w, bt)(nothing, inv_canonical(w)(inv)))
        return both(common_largest(w, c)(agreed), agreed)
      })
  })

  // ------------------------------------------------------------------------------------------------------------ packets

  /** @coq Properties/InvCliqueTopology.v procMsg_nGetData_no_blocks */
  const procMsg_nGetData_no_blocks = lemma(
    'procMsg_nGetData_no_blocks',
    'm no GetData message ⇒ what is sent to n on receiving m counts as genesis',
    'Blocks are only sent on request.',
    forall('st from m ts n', sorts.state, sorts.address, sorts.message, sorts.time, sorts.address)
  )(<st, from, m, ts, n>(st: St<st>, from: Addr<from>, m: Msg<m>, ts: Time<ts>, n: Addr<n>) =>
    given(not(N.isGetData(m))).infer(allGenesis(blocksTo(n, N.sent(st, from, m, ts))))
  )

  const genesis_in = fact(
    'has_init_block',
    'I(t) ⇒ G ∈ t',
    'A tree that holds genesis has it.',
    forall('bt', tree)
  )(<t>(bt: Tree<t>) => given(has_init_block(bt)).infer(btHasBlock(G, bt)))
  const allGenesis_rcons = fact(
    'all_rcons',
    'all of l ++ [b] are G ⇒ all of l are G, and b = G',
    'What holds of all elements of a list holds of the last one and of the others.',
    forall('l b', blocks, block).drawnBy(fc.tuple(blocks.sample, block.sample, fc.nat(1)), ([l, b, n]) =>
      n === 0 ? [l, b] : [l.map(() => instance.params.GenesisBlock), instance.params.GenesisBlock]
    )
  )(<l, b>(l: Blks<l>, b: Blk<b>) => given(allGenesis(rcons(l, b))).infer(and(allGenesis(l), eqBlock(b, G))))

  /** @coq Properties/InvCliqueTopology.v btExtend_foldG */
  const btExtend_foldG = lemma(
    'btExtend_foldG',
    'I(t) ∧ all of l are G ⇒ t⊕*l = t',
    'Adding genesis again and again changes nothing.',
    forall('bt l', tree, blocks).drawnBy(fc.tuple(tree.sample, blocks.sample, fc.nat(3)), ([bt, l, n]) => [
      bt,
      n === 0 ? l : l.map(() => instance.params.GenesisBlock)
    ])
  )(
    <t, l>(bt: Tree<t>, l: Blks<l>) => given(has_init_block(bt), allGenesis(l)).infer(eqTree(btExtendAll(bt, l), bt)),
    'l',
    (self) =>
      <t, l>(bt: Tree<t>, l: Blks<l>) =>
        self(bt, l).by((i, all) => {
          return L.onFold(
            bt,
            l,
            (same) => same,
            (xs, b, is, isRcons) => {
              const parts = allGenesis_rcons(xs, b)(rewrite(isRcons)(allGenesis(rcons(xs, b)), all))
              const earlier = btExtendAll(bt, xs)
              const unchanged = self(bt, xs)(i, first(parts))
              const added = congruence(eqTree(btExtend(earlier, b), btExtend(bt, G)), unchanged, second(parts))
              return trans(trans(is, added), symm(E.btExtend_withDup_noEffect(bt, G)(genesis_in(bt)(i))))
            }
          )
        })
  )

  /** @coq Properties/InvCliqueTopology.v foldl1 */
  const foldl1 = lemma(
    'foldl1',
    'foldl f z [v] = f z v',
    'Folding over one element applies the function once.',
    forall('bt b', tree, block),
    'Trivial, and stated in Forests.v before. Here f is ⊕.'
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given()
      .infer(eqTree(btExtendAll(bt, cons(b, nil)), btExtend(bt, b)))
      .by(() => D.foldl1(bt, b)())
  )

  /** @coq Properties/InvCliqueTopology.v btExtend_undef */
  const btExtend_undef = lemma(
    'btExtend_undef',
    '⊥⊕b = ⊥',
    'An undefined tree stays undefined.',
    forall('b', block)
  )(<b>(b: Blk<b>) => given().infer(eqTree(btExtend(undef, b), undef)))

  /** @coq Properties/InvCliqueTopology.v btExtend_fold_undef */
  const btExtend_fold_undef = lemma(
    'btExtend_fold_undef',
    '⊥⊕*l = ⊥',
    'An undefined tree stays undefined.',
    forall('l', blocks)
  )(
    <l>(l: Blks<l>) => given().infer(eqTree(btExtendAll(undef, l), undef)),
    'l',
    (self) =>
      <l>(l: Blks<l>) =>
        self(l).by(() =>
          L.onFold(
            undef,
            l,
            (same) => same,
            (xs, b, is) =>
              trans(trans(is, L.extended(self(xs)(), btExtendAll(undef, xs), undef, b)), btExtend_undef(b)())
          )
        )
  )

  /** @coq Properties/InvCliqueTopology.v btChain_undef */
  const btChain_undef = lemma(
    'btChain_undef',
    'best(⊥) = [G]',
    'The best chain of the undefined tree is genesis alone.',
    forall('')
  )(() => given().infer(eqChain(btChain(undef), onlyG)))

  const invalid_undef = fact(
    'invalidE',
    'not V(t) ⇒ t = ⊥',
    'There is one undefined tree.',
    forall('bt', tree).drawnBy(fc.tuple(tree.sample, fc.nat(2)), ([bt, n]) => [n === 0 ? bt : { _tag: 'Undef' }])
  )(<t>(bt: Tree<t>) => given(not(valid(bt))).infer(eqTree(bt, undef)))

  /** @coq Properties/InvCliqueTopology.v btChain_gt_valid */
  const btChain_gt_valid = lemma(
    'btChain_gt_valid',
    'best(t⊕b) ⊐ best(u) ⇒ V(t⊕b)',
    'A tree with a better chain than some other is defined.',
    forall('bt b bt2', tree, block, tree).drawnBy(
      fc.tuple(tree.sample, block.sample, tree.sample, fc.nat(4)),
      ([bt, b, other, n]) => [bt, b, n === 0 ? other : n === 1 ? bt : genesisTree]
    )
  )(<t, b, u>(bt: Tree<t>, b: Blk<b>, bt2: Tree<u>) => {
    const extended = btExtend(bt, b)
    return given(FCR(btChain(extended), btChain(bt2)))
      .infer(valid(extended))
      .by((p) =>
        byCases(
          valid(extended),
          (v) => v,
          (notV) => {
            const onlyGenesis = trans(L.best(invalid_undef(extended)(notV), extended, undef), btChain_undef()())
            const beaten = L.betterAlong(p, onlyGenesis, refl(eqChain(btChain(bt2), btChain(bt2))), onlyG, btChain(bt2))
            return impossible(
              O.FCR_trans_eq2(onlyG, btChain(bt2), onlyG)(beaten, C.geq_genesis(bt2)()),
              P.FCR_nrefl(onlyG)(),
              valid(extended)
            )
          }
        )
      )
  })

  // ------------------------------------------------------------------------------------------------ packets that arrive

  const blocksTo_cat = fact(
    'filter_cat',
    'blocksTo(n, xs ++ ys) = blocksTo(n, xs) ++ blocksTo(n, ys)',
    'The blocks on their way are those of each part of the packets.',
    forall('n xs ys', sorts.address, sorts.packets, sorts.packets)
  )(<n, xs, ys>(n: Addr<n>, xs: Pkts<xs>, ys: Pkts<ys>) =>
    given().infer(V.Blocks.equal(blocksTo(n, N.Packets.cat(xs, ys)), cat(blocksTo(n, xs), blocksTo(n, ys))))
  )
  const blocksTo_cons = fact(
    'filter_cons',
    'blocksTo(dst p, p :: ys) = msg_block(msg p) :: blocksTo(dst p, ys)',
    'A packet contributes its block to its destination.',
    forall('p ys', sorts.packet, sorts.packets)
  )(<p, ys>(p: Pkt<p>, ys: Pkts<ys>) =>
    given().infer(
      V.Blocks.equal(blocksTo(dst(p), N.Packets.cons(p, ys)), cons(msg_block(msg(p)), blocksTo(dst(p), ys)))
    )
  )
  const rem_absent = fact(
    'rem_id',
    'p ∉ s ⇒ rem(p, s) = s',
    'Removing what is not there changes nothing.',
    forall('p s', sorts.packet, sorts.packets)
  )(<p, s>(p: Pkt<p>, s: Pkts<s>) => given(not(isIn(p, s))).infer(N.Packets.equal(rem(p, s), s)))
  const blocksFor_def = fact(
    'blocksFor',
    'blocksFor(n, w) = blocksTo(n, what is in flight in w)',
    'The definition of the blocks on their way to a node.',
    forall('n w', sorts.address, sorts.worlds)
  )(<n, w>(n: Addr<n>, w: Wld<w>) => given().infer(V.Blocks.equal(N.blocksFor(n, w), blocksTo(n, inFlight(w)))))

  /** s = r ⇒ t⊕*blocksTo(n, s) = t⊕*blocksTo(n, r) */
  const arrived = <a, b, n, t>(eq: Proof<Equal<a, b>>, xs: Pkts<a>, ys: Pkts<b>, n: Addr<n>, bt: Tree<t>) =>
    L.extendedBy(
      congruence(V.Blocks.equal(blocksTo(n, xs), blocksTo(n, ys)), refl(eqAddress(n, n)), eq),
      blocksTo(n, xs),
      blocksTo(n, ys),
      bt
    )

  /** A packet that is most often in flight. */
  const flying = forall('bt p s', tree, sorts.packet, sorts.packets).drawnBy(
    fc.tuple(tree.sample, sorts.packet.sample, sorts.packets.sample, fc.nat(5)),
    ([bt, p, ps, n]) => [bt, ps[n] ?? ps[0] ?? p, ps]
  )

  const deliver = stronger(
    'rem_block',
    'p ∈ s ⇒ (t ⊕ msg_block p)⊕*(blocks of rem(p, s) to dst p) = t⊕*(blocks of s to dst p)',
    'A packet that is delivered brings its block from the packets in flight into the tree.',
    flying,
    'For every message and every tree: the premises V(t), H(t), msg p = Block(b) are not needed.'
  )(<t, p, ps>(bt: Tree<t>, p: Pkt<p>, ps: Pkts<ps>) => {
    const n = dst(p)
    const b = msg_block(msg(p))
    return given(isIn(p, ps))
      .infer(eqTree(btExtendAll(btExtend(bt, b), blocksTo(n, rem(p, ps))), btExtendAll(bt, blocksTo(n, ps))))
      .by((has) => {
        const [front, rest] = [before(p, ps), after(p, ps)]
        const found = S.in_seq_neq(p, ps)(has)
        const [bf, br] = [blocksTo(n, front), blocksTo(n, rest)]
        const withB = btExtend(bt, b)
        const whole = N.Packets.cat(front, N.Packets.cons(p, rest))
        const parts = N.Packets.cat(front, rest)
        // rem(p, s) = front ++ rest
        const removed = trans(
          congruence(N.Packets.equal(rem(p, ps), rem(p, whole)), refl(N.Packets.same(p, p)), first(found)),
          S.rem_elem(p, front, rest)(second(found))
        )
        // (t⊕b)⊕*blocks(front ++ rest) = (t⊕b)⊕*(br ++ bf)
        const left = trans(
          arrived(removed, rem(p, ps), parts, n, withB),
          trans(
            L.extendedBy(blocksTo_cat(n, front, rest)(), blocksTo(n, parts), cat(bf, br), withB),
            trans(
              L.extend_cat(withB, bf, br)(),
              trans(E.btExtend_fold_comm_stronger(withB, bf, br)(), symm(L.extend_cat(withB, br, bf)()))
            )
          )
        )
        // t⊕*blocks(s) = t⊕*(bf ++ b :: br)
        const blocksOfCons = blocksTo(n, N.Packets.cons(p, rest))
        const right = trans(
          arrived(first(found), ps, whole, n, bt),
          trans(
            L.extendedBy(
              blocksTo_cat(n, front, N.Packets.cons(p, rest))(),
              blocksTo(n, whole),
              cat(bf, blocksOfCons),
              bt
            ),
            L.extendedBy(
              congruence(
                V.Blocks.equal(cat(bf, blocksOfCons), cat(bf, cons(b, br))),
                refl(V.Blocks.equal(bf, bf)),
                blocksTo_cons(p, rest)()
              ),
              cat(bf, blocksOfCons),
              cat(bf, cons(b, br)),
              bt
            )
          )
        )
        return trans(trans(left, M.btExtend_fold_within_stronger(bt, bf, b, br)()), symm(right))
      })
  })

  const plain_genesis = fact(
    'msg_block_plain',
    'm no Block message ⇒ msg_block m = G',
    'A message without a block counts as genesis.',
    forall('m', sorts.message)
  )(<m>(m: Msg<m>) => given(not(isBlockMsg(m))).infer(eqBlock(msg_block(m), G)))

  /** A world, a tree, and a packet that is most often in flight and most often no block. */
  const w_t_p = forall('w bt p', sorts.worlds, tree, sorts.packet).drawnBy(
    fc.tuple(sorts.worlds.sample, tree.sample, sorts.packet.sample, sorts.plain, fc.nat(9)),
    ([w, bt, p, m, n]) => {
      const others = w.inFlightMsgs.filter((x) => x.msg._tag !== 'BlockMsg')
      return [w, bt, others[n] ?? others[0] ?? { ...p, msg: m }]
    }
  )

  const rem_non_block_stronger = stronger(
    "rem_non_block'",
    'I(t) ∧ p no Block packet ⇒ t⊕*(blocks to dst p without p) = t⊕*(blocks to dst p)',
    'Delivering a packet without a block does not change what a node will have.',
    w_t_p,
    'The premise H(t) is not needed.'
  )(<w, t, p>(w: Wld<w>, bt: Tree<t>, p: Pkt<p>) => {
    const n = dst(p)
    const ps = inFlight(w)
    const without = btExtendAll(bt, blocksTo(n, rem(p, ps)))
    const b = msg_block(msg(p))
    return given(has_init_block(bt), not(isBlockMsg(msg(p))))
      .infer(eqTree(without, btExtendAll(bt, blocksTo(n, ps))))
      .by((i, isPlain) =>
        byCases(
          isIn(p, ps),
          (has) => {
            const added = congruence(
              eqTree(btExtend(bt, b), btExtend(bt, G)),
              refl(eqTree(bt, bt)),
              plain_genesis(msg(p))(isPlain)
            )
            const same = trans(E.btExtend_withDup_noEffect(bt, G)(genesis_in(bt)(i)), symm(added))
            return trans(L.extendedAll(same, bt, btExtend(bt, b), blocksTo(n, rem(p, ps))), deliver(bt, p, ps)(has))
          },
          (absent) => arrived(rem_absent(p, ps)(absent), rem(p, ps), ps, n, bt)
        )
      )
  })

  /** @coq Properties/InvCliqueTopology.v rem_non_block' */
  const rem_non_block_prime = lemma(
    "rem_non_block'",
    'H(t) ∧ I(t) ∧ p no Block packet ⇒ t⊕*(blocks to dst p without p) = t⊕*(blocks to dst p)',
    'Delivering a packet without a block does not change what a node will have.',
    w_t_p
  )(<w, t, p>(w: Wld<w>, bt: Tree<t>, p: Pkt<p>) =>
    given(validH(bt), has_init_block(bt), not(isBlockMsg(msg(p))))
      .infer(
        eqTree(btExtendAll(bt, blocksTo(dst(p), rem(p, inFlight(w)))), btExtendAll(bt, blocksTo(dst(p), inFlight(w))))
      )
      .by((_, i, isPlain) => rem_non_block_stronger(w, bt, p)(i, isPlain))
  )

  /** @coq Properties/InvCliqueTopology.v rem_non_block */
  const rem_non_block = lemma(
    'rem_non_block',
    'V(t⊕*(blocks to dst p)) ∧ H(t) ∧ I(t) ∧ p no Block packet ⇒ t⊕*(blocks to dst p without p) = t⊕*(blocks to dst p)',
    'Delivering a packet without a block does not change what a node will have.',
    w_t_p,
    'As rem_non_block’, with another superfluous premise.'
  )(<w, t, p>(w: Wld<w>, bt: Tree<t>, p: Pkt<p>) =>
    given(
      valid(btExtendAll(bt, blocksTo(dst(p), inFlight(w)))),
      validH(bt),
      has_init_block(bt),
      not(isBlockMsg(msg(p)))
    )
      .infer(
        eqTree(btExtendAll(bt, blocksTo(dst(p), rem(p, inFlight(w)))), btExtendAll(bt, blocksTo(dst(p), inFlight(w))))
      )
      .by((_v, _h, i, isPlain) => rem_non_block_stronger(w, bt, p)(i, isPlain))
  )

  const block_of = fact(
    'msg_block_Block',
    'm = Block(b) ⇒ msg_block m = b',
    'The block of a block message.',
    forall('m b', sorts.message, block).drawnBy(
      fc.tuple(sorts.message.sample, block.sample, fc.nat(2)),
      ([m, b, n]) => [n === 0 ? m : s.blockMsg(b), b]
    )
  )(<m, b>(m: Msg<m>, b: Blk<b>) => given(eqMsg(m, BlockMsg(b))).infer(eqBlock(msg_block(m), b)))

  /** @coq Properties/InvCliqueTopology.v rem_block */
  const rem_block = lemma(
    'rem_block',
    'V(t) ∧ H(t) ∧ p in flight ∧ msg p = Block(b) ⇒ (t⊕b)⊕*(blocks to dst p without p) = t⊕*(blocks to dst p)',
    'Delivering a block does not change what a node will have.',
    forall('w bt p b', sorts.worlds, tree, sorts.packet, block).drawnBy(
      fc.tuple(sorts.worlds.sample, tree.sample, sorts.packet.sample, block.sample, fc.nat(9)),
      ([w, bt, p, b, n]) => {
        const flyingBlocks = w.inFlightMsgs.filter((x) => x.msg._tag === 'BlockMsg')
        const packet = flyingBlocks[n % Math.max(1, flyingBlocks.length)] ?? p
        return [w, bt, packet, packet.msg._tag === 'BlockMsg' ? packet.msg.block : b]
      }
    )
  )(<w, t, p, b>(w: Wld<w>, bt: Tree<t>, p: Pkt<p>, b: Blk<b>) => {
    const ps = inFlight(w)
    const rest = blocksTo(dst(p), rem(p, ps))
    return given(valid(bt), validH(bt), isIn(p, ps), eqMsg(msg(p), BlockMsg(b)))
      .infer(eqTree(btExtendAll(btExtend(bt, b), rest), btExtendAll(bt, blocksTo(dst(p), ps))))
      .by((_v, _h, has, is) => {
        const carried = msg_block(msg(p))
        const same = congruence(
          eqTree(btExtend(bt, b), btExtend(bt, carried)),
          refl(eqTree(bt, bt)),
          symm(block_of(msg(p), b)(is))
        )
        return trans(L.extendedAll(same, btExtend(bt, b), btExtend(bt, carried), rest), deliver(bt, p, ps)(has))
      })
  })

  /** @coq Properties/InvCliqueTopology.v foldl_btExtend_last */
  const foldl_btExtend_last = lemma(
    'foldl_btExtend_last',
    'V(t⊕*(l ++ [b])) ∧ H(t) ⇒ t⊕*(l ++ [b]) = (t⊕b)⊕*l',
    'The last block of a list can be added first.',
    forall('bt l b', tree, blocks, block),
    'The premises are superfluous.'
  )(<t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
    given(valid(btExtendAll(bt, rcons(l, b))), validH(bt))
      .infer(eqTree(btExtendAll(bt, rcons(l, b)), btExtendAll(btExtend(bt, b), l)))
      .by(() => trans(L.extend_rcons(bt, l, b)(), E.btExtend_fold1_comm_stronger(bt, l, b)()))
  )

  /** @coq Properties/InvCliqueTopology.v broadcast_reduce */
  const broadcast_reduce = lemma(
    'broadcast_reduce',
    'n ∈ l ∧ l without repetitions ⇒ a broadcast of m to l brings exactly msg_block m to n',
    'Of a broadcast every addressee gets one packet.',
    forall('from l m n', sorts.address, sorts.peers, sorts.message, sorts.address)
  )(<from, l, m, n>(from: Addr<from>, l: Addrs<l>, m: Msg<m>, n: Addr<n>) =>
    given(N.Addresses.isIn(n, l), N.Addresses.uniq(l)).infer(
      V.Blocks.equal(blocksTo(n, N.broadcast(from, l, m)), cons(msg_block(m), nil))
    )
  )

  /** @coq Properties/InvCliqueTopology.v find_upd_same */
  const find_upd_same = lemma(
    'find_upd_same',
    'find(k, m) = v ⇒ upd(k, v, m) = m',
    'Updating a map with what it holds changes nothing.',
    forall('k v bt', hash, block, tree).drawnBy(
      fc.tuple(hash.sample, block.sample, tree.sample, fc.nat(3)),
      ([k, v, bt, n]) => {
        const found = forest.find(k, bt)
        return [k, n > 0 && found._tag === 'Some' ? found.value : v, bt]
      }
    )
  )(<k, v, m>(k: Hash<k>, v: Blk<v>, bt: Tree<m>) => given(finds(k, bt, v)).infer(eqTree(upd(k, v, bt), bt)))

  /** @coq Properties/InvCliqueTopology.v upd_nothing */
  const upd_nothing = lemma(
    'upd_nothing',
    'n has st in w ⇒ upd(n, st, localState w) = localState w',
    'Giving a node the state that it has changes nothing.',
    forallOf<[Address, State<T>, W]>('n st w', {
      sample: fc
        .tuple(sorts.address.sample, sorts.state.sample, sorts.worlds.sample, fc.nat(3))
        .map(([n, st, w, k]): [Address, State<T>, W] => {
          const found = s.toychain.network.find(n, w.localState)
          return [n, k > 0 && found._tag === 'Some' ? found.value : st, w]
        }),
      get size() {
        return sorts.worlds.size * s.addresses.enum.length
      },
      *all() {
        for (const w of sorts.worlds.all())
          for (const n of s.addresses.enum) {
            const found = s.toychain.network.find(n, w.localState)
            if (found._tag === 'Some') yield [n, found.value, w]
          }
      }
    })
  )(<n, st, w>(n: Addr<n>, st: St<st>, w: Wld<w>) =>
    given(N.stateAt(n, w, st)).infer(N.eqNodes(N.updNode(n, st, N.localState(w)), N.localState(w)))
  )

  /** @coq Properties/InvCliqueTopology.v foldl_expand */
  const foldl_expand = lemma(
    'foldl_expand',
    'V(t⊕*l) ∧ H(t) ∧ c = t⊕*l ⇒ c = t ⊎ q for some q',
    'A tree that was extended is the disjoint union of what it was and what was added.',
    forallOf<[BlockTree<T>, BlockTree<T>, ReadonlyArray<Block<T>>]>('cbt bt l', {
      sample: fc
        .tuple(tree.sample, tree.sample, blocks.sample, fc.nat(5))
        .map(([c, bt, l, n]): [BlockTree<T>, BlockTree<T>, ReadonlyArray<Block<T>>] => [
          n === 0 ? c : forest.btExtendAll(bt, l),
          bt,
          l
        ]),
      get size() {
        return tree.size * blocks.size
      },
      *all() {
        for (const bt of tree.all()) for (const l of blocks.all()) yield [forest.btExtendAll(bt, l), bt, l]
      }
    })
  )(<c, t, l>(cbt: Tree<c>, bt: Tree<t>, l: Blks<l>) =>
    given(valid(btExtendAll(bt, l)), validH(bt), eqTree(cbt, btExtendAll(bt, l))).infer(
      eqTree(cbt, join(bt, difference(cbt, bt)))
    )
  )

  /** @coq Properties/InvCliqueTopology.v clique_inv_step */
  const clique_inv_step = lemma(
    'clique_inv_step',
    'clique_inv(w) ∧ w → w2 ⇒ clique_inv(w2)',
    'Every step keeps the clique invariant.',
    forallOf<readonly [W, W, Qualifier<T['Timestamp']>]>(
      'w w2 q',
      drawn(
        sorts.steps,
        fc
          .tuple(sorts.cliqueWorld, sorts.worlds.sample, fc.nat(999), sorts.time.sample)
          .map(([w, any, n, ts]) => s.stepFrom(n % 10 === 0 ? any : w, n, ts))
      )
    )
  )(<w, w2, q>(w: Wld<w>, w2: Wld<w2>, q: Qual<q>) =>
    given(clique_inv(w), N.system_step(w, w2, q)).infer(clique_inv(w2))
  )

  return {
    inv_canonical,
    quiet_canonical,
    tree_chain,
    common_largest,
    clique_eventual_consensus,
    procMsg_nGetData_no_blocks,
    genesis_in,
    allGenesis_rcons,
    btExtend_foldG,
    foldl1,
    btExtend_undef,
    btExtend_fold_undef,
    btChain_undef,
    invalid_undef,
    btChain_gt_valid,
    blocksTo_cat,
    blocksTo_cons,
    rem_absent,
    blocksFor_def,
    deliver,
    plain_genesis,
    rem_non_block_stronger,
    rem_non_block_prime,
    rem_non_block,
    block_of,
    rem_block,
    foldl_btExtend_last,
    broadcast_reduce,
    find_upd_same,
    upd_nothing,
    foldl_expand,
    clique_inv_step
  }
}
