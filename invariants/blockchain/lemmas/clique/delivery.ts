/**
 * Packets that arrive, and that every step keeps the clique invariant: the lemmas of `Properties/InvCliqueTopology.v`
 * from `rem_non_block'` to `clique_inv_step`.
 */
import * as fc from 'fast-check'
import type { World } from '../../../../spec/blockchain/invMisc.js'
import type { State } from '../../../../spec/blockchain/protocol.js'
import type { Block, BlockTree, Types } from '../../../../spec/blockchain/types.js'
import type { Address } from '../../../../spec/system/address.js'
import type { Qualifier } from '../../../../spec/system/network.js'
import { byCases, congruence, first, given, not, refl, second, symm, trans } from '../../../proof/kernel.js'
import type { Equal, Proof } from '../../../proof/kernel.js'
import { chapter, forall, forallOf } from '../../../proof/lemma.js'
import { drawn } from '../../../proof/sort.js'
import {
  btExtend_fold_comm_stronger,
  btExtend_fold1_comm_stronger,
  btExtend_withDup_noEffect
} from '../forests/commuting.js'
import { btExtend_fold_within_stronger } from '../forests/within.js'
import { blocksAlong, extend_cat, extend_rcons, extendAllAlong } from '../library.js'
import { in_seq_neq, rem_elem } from '../seqFacts.js'
import { t_l_b } from '../terms.js'
import type { Addr, Addrs, Blk, Blks, Hash, Msg, Pkt, Pkts, Qual, St, Tree, Wld } from '../terms.js'
import type { Theory } from '../theory.js'
import { genesis_in } from './consensus.js'

const { definition, fact, lemma, stronger } = chapter('Properties/InvCliqueTopology.v')

// ------------------------------------------------------------------------------------------------ packets that arrive

export const blocksTo_cat = fact(
  'filter_cat',
  'blocksTo(n, xs ++ ys) = blocksTo(n, xs) ++ blocksTo(n, ys)',
  'The blocks on their way are those of each part of the packets.'
)(<T extends Types>(theory: Theory<T>) => {
  const { address, packets } = theory.sorts
  const { Blocks, blocksTo, Packets } = theory.words
  const { cat } = theory.words.Blocks
  return forall('n xs ys', address, packets, packets).state(<n, xs, ys>(n: Addr<n>, xs: Pkts<T, xs>, ys: Pkts<T, ys>) =>
    given().infer(Blocks.equal(blocksTo(n, Packets.cat(xs, ys)), cat(blocksTo(n, xs), blocksTo(n, ys))))
  )
})

export const blocksTo_cons = definition(
  'filter_cons',
  'blocksTo(dst p, p :: ys) = msg_block(msg p) :: blocksTo(dst p, ys)',
  'A packet contributes its block to its destination.'
)(<T extends Types>(theory: Theory<T>) => {
  const { packet, packets } = theory.sorts
  const { Blocks, blocksTo, dst, Packets, msg_block, msg } = theory.words
  const { cons } = theory.words.Blocks
  return forall('p ys', packet, packets).state(<p, ys>(p: Pkt<T, p>, ys: Pkts<T, ys>) =>
    given().infer(Blocks.equal(blocksTo(dst(p), Packets.cons(p, ys)), cons(msg_block(msg(p)), blocksTo(dst(p), ys))))
  )
})

export const rem_absent = fact(
  'rem_id',
  'p ∉ s ⇒ rem(p, s) = s',
  'Removing what is not there changes nothing.'
)(<T extends Types>(theory: Theory<T>) => {
  const { packet, packets } = theory.sorts
  const { Packets } = theory.words
  const { isIn, rem } = theory.words.Packets
  return forall('p s', packet, packets).state(<p, s>(p: Pkt<T, p>, s: Pkts<T, s>) =>
    given(not(isIn(p, s))).infer(Packets.equal(rem(p, s), s))
  )
})

export const blocksFor_def = definition(
  'blocksFor',
  'blocksFor(n, w) = blocksTo(n, what is in flight in w)',
  'The definition of the blocks on their way to a node.'
)(<T extends Types>(theory: Theory<T>) => {
  const { address, worlds } = theory.sorts
  const { Blocks, blocksFor, blocksTo, inFlight } = theory.words
  return forall('n w', address, worlds).state(<n, w>(n: Addr<n>, w: Wld<T, w>) =>
    given().infer(Blocks.equal(blocksFor(n, w), blocksTo(n, inFlight(w))))
  )
})

/** s = r ⇒ t⊕*blocksTo(n, s) = t⊕*blocksTo(n, r) */
const packetsAlong = <T extends Types>(theory: Theory<T>) => {
  const { Blocks, blocksTo, eqAddress } = theory.words
  return <a, b, n, t>(eq: Proof<Equal<a, b>>, xs: Pkts<T, a>, ys: Pkts<T, b>, n: Addr<n>, bt: Tree<T, t>) =>
    blocksAlong(theory)(
      congruence(Blocks.equal(blocksTo(n, xs), blocksTo(n, ys)), refl(eqAddress(n, n)), eq),
      blocksTo(n, xs),
      blocksTo(n, ys),
      bt
    )
}

/** A packet that is most often in flight. */
const flying = <T extends Types>({ sorts: { tree, packet, packets } }: Theory<T>) =>
  forall('bt p s', tree, packet, packets).drawnBy(
    fc.tuple(tree.sample, packet.sample, packets.sample, fc.nat(5)),
    ([bt, p, ps, n]) => [bt, ps[n] ?? ps[0] ?? p, ps]
  )

export const deliver = stronger(
  'rem_block',
  'p ∈ s ⇒ (t ⊕ msg_block p)⊕*(blocks of rem(p, s) to dst p) = t⊕*(blocks of s to dst p)',
  'A packet that is delivered brings its block from the packets in flight into the tree.',
  'For every message and every tree: the premises V(t), H(t), msg p = Block(b) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { dst, msg_block, msg, eqTree, btExtendAll, btExtend, blocksTo, Packets, Blocks } = theory.words
  const { cat, cons } = theory.words.Blocks
  const { isIn, rem, before, after } = theory.words.Packets
  return flying(theory).state(<t, p, ps>(bt: Tree<T, t>, p: Pkt<T, p>, ps: Pkts<T, ps>) => {
    const n = dst(p)
    const b = msg_block(msg(p))
    return given(isIn(p, ps))
      .infer(eqTree(btExtendAll(btExtend(bt, b), blocksTo(n, rem(p, ps))), btExtendAll(bt, blocksTo(n, ps))))
      .by((has) => {
        const [front, rest] = [before(p, ps), after(p, ps)]
        const found = in_seq_neq(theory.packets)(p, ps)(has)
        const [bf, br] = [blocksTo(n, front), blocksTo(n, rest)]
        const withB = btExtend(bt, b)
        const whole = Packets.cat(front, Packets.cons(p, rest))
        const parts = Packets.cat(front, rest)
        // rem(p, s) = front ++ rest
        const removed = trans(
          congruence(Packets.equal(rem(p, ps), rem(p, whole)), refl(Packets.same(p, p)), first(found)),
          rem_elem(theory.packets)(p, front, rest)(second(found))
        )
        // (t⊕b)⊕*blocks(front ++ rest) = (t⊕b)⊕*(br ++ bf)
        const left = trans(
          packetsAlong(theory)(removed, rem(p, ps), parts, n, withB),
          trans(
            blocksAlong(theory)(blocksTo_cat(theory)(n, front, rest)(), blocksTo(n, parts), cat(bf, br), withB),
            trans(
              extend_cat(theory)(withB, bf, br)(),
              trans(btExtend_fold_comm_stronger(theory)(withB, bf, br)(), symm(extend_cat(theory)(withB, br, bf)()))
            )
          )
        )
        // t⊕*blocks(s) = t⊕*(bf ++ b :: br)
        const blocksOfCons = blocksTo(n, Packets.cons(p, rest))
        const right = trans(
          packetsAlong(theory)(first(found), ps, whole, n, bt),
          trans(
            blocksAlong(theory)(
              blocksTo_cat(theory)(n, front, Packets.cons(p, rest))(),
              blocksTo(n, whole),
              cat(bf, blocksOfCons),
              bt
            ),
            blocksAlong(theory)(
              congruence(
                Blocks.equal(cat(bf, blocksOfCons), cat(bf, cons(b, br))),
                refl(Blocks.equal(bf, bf)),
                blocksTo_cons(theory)(p, rest)()
              ),
              cat(bf, blocksOfCons),
              cat(bf, cons(b, br)),
              bt
            )
          )
        )
        return trans(trans(left, btExtend_fold_within_stronger(theory)(bt, bf, b, br)()), symm(right))
      })
  })
})

export const plain_genesis = definition(
  'msg_block_plain',
  'm no Block message ⇒ msg_block m = G',
  'A message without a block counts as genesis.'
)(<T extends Types>(theory: Theory<T>) => {
  const { message } = theory.sorts
  const { isBlockMsg, eqBlock, msg_block, G } = theory.words
  return forall('m', message).state(<m>(m: Msg<T, m>) => given(not(isBlockMsg(m))).infer(eqBlock(msg_block(m), G)))
})

/** A world, a tree, and a packet that is most often in flight and most often no block. */
const w_t_p = <T extends Types>(theory: Theory<T>) => {
  const { worlds, tree, packet, plain } = theory.sorts
  return forall('w bt p', worlds, tree, packet).drawnBy(
    fc.tuple(worlds.sample, tree.sample, packet.sample, plain, fc.nat(9)),
    ([w, bt, p, m, n]) => {
      const others = w.inFlightMsgs.filter((x) => x.msg._tag !== 'BlockMsg')
      return [w, bt, others[n] ?? others[0] ?? { ...p, msg: m }]
    }
  )
}

export const rem_non_block_stronger = stronger(
  "rem_non_block'",
  'I(t) ∧ p no Block packet ⇒ t⊕*(blocks to dst p without p) = t⊕*(blocks to dst p)',
  'Delivering a packet without a block does not change what a node will have.',
  'The premise H(t) is not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { dst, inFlight, btExtendAll, blocksTo, msg_block, msg, has_init_block, isBlockMsg, eqTree, btExtend, G } =
    theory.words
  const { rem, isIn } = theory.words.Packets
  return w_t_p(theory).state(<w, t, p>(w: Wld<T, w>, bt: Tree<T, t>, p: Pkt<T, p>) => {
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
              plain_genesis(theory)(msg(p))(isPlain)
            )
            const same = trans(btExtend_withDup_noEffect(theory)(bt, G)(genesis_in(theory)(bt)(i)), symm(added))
            return trans(
              extendAllAlong(theory)(same, bt, btExtend(bt, b), blocksTo(n, rem(p, ps))),
              deliver(theory)(bt, p, ps)(has)
            )
          },
          (absent) => packetsAlong(theory)(rem_absent(theory)(p, ps)(absent), rem(p, ps), ps, n, bt)
        )
      )
  })
})

/** @coq Properties/InvCliqueTopology.v rem_non_block' */
export const rem_non_block_prime = lemma(
  "rem_non_block'",
  'H(t) ∧ I(t) ∧ p no Block packet ⇒ t⊕*(blocks to dst p without p) = t⊕*(blocks to dst p)',
  'Delivering a packet without a block does not change what a node will have.'
)(<T extends Types>(theory: Theory<T>) => {
  const { validH, has_init_block, isBlockMsg, msg, eqTree, btExtendAll, blocksTo, dst, inFlight } = theory.words
  const { rem } = theory.words.Packets
  return w_t_p(theory).state(<w, t, p>(w: Wld<T, w>, bt: Tree<T, t>, p: Pkt<T, p>) =>
    given(validH(bt), has_init_block(bt), not(isBlockMsg(msg(p))))
      .infer(
        eqTree(btExtendAll(bt, blocksTo(dst(p), rem(p, inFlight(w)))), btExtendAll(bt, blocksTo(dst(p), inFlight(w))))
      )
      .by((_, i, isPlain) => rem_non_block_stronger(theory)(w, bt, p)(i, isPlain))
  )
})

/** @coq Properties/InvCliqueTopology.v rem_non_block */
export const rem_non_block = lemma(
  'rem_non_block',
  'V(t⊕*(blocks to dst p)) ∧ H(t) ∧ I(t) ∧ p no Block packet ⇒ t⊕*(blocks to dst p without p) = t⊕*(blocks to dst p)',
  'Delivering a packet without a block does not change what a node will have.',
  'As rem_non_block’, with another superfluous premise.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll, blocksTo, dst, inFlight, validH, has_init_block, isBlockMsg, msg, eqTree } = theory.words
  const { rem } = theory.words.Packets
  return w_t_p(theory).state(<w, t, p>(w: Wld<T, w>, bt: Tree<T, t>, p: Pkt<T, p>) =>
    given(
      valid(btExtendAll(bt, blocksTo(dst(p), inFlight(w)))),
      validH(bt),
      has_init_block(bt),
      not(isBlockMsg(msg(p)))
    )
      .infer(
        eqTree(btExtendAll(bt, blocksTo(dst(p), rem(p, inFlight(w)))), btExtendAll(bt, blocksTo(dst(p), inFlight(w))))
      )
      .by((_v, _h, i, isPlain) => rem_non_block_stronger(theory)(w, bt, p)(i, isPlain))
  )
})

export const block_of = definition(
  'msg_block_Block',
  'm = Block(b) ⇒ msg_block m = b',
  'The block of a block message.'
)(<T extends Types>(theory: Theory<T>) => {
  const { blockMsg } = theory.network
  const { message, block } = theory.sorts
  const { eqMsg, BlockMsg, eqBlock, msg_block } = theory.words
  return forall('m b', message, block)
    .drawnBy(fc.tuple(message.sample, block.sample, fc.nat(2)), ([m, b, n]) => [n === 0 ? m : blockMsg(b), b])
    .state(<m, b>(m: Msg<T, m>, b: Blk<T, b>) => given(eqMsg(m, BlockMsg(b))).infer(eqBlock(msg_block(m), b)))
})

/** @coq Properties/InvCliqueTopology.v rem_block */
export const rem_block = lemma(
  'rem_block',
  'V(t) ∧ H(t) ∧ p in flight ∧ msg p = Block(b) ⇒ (t⊕b)⊕*(blocks to dst p without p) = t⊕*(blocks to dst p)',
  'Delivering a block does not change what a node will have.'
)(<T extends Types>(theory: Theory<T>) => {
  const { worlds, tree, block } = theory.sorts
  const { inFlight, blocksTo, dst, valid, validH, eqMsg, msg, BlockMsg, eqTree, btExtendAll, btExtend, msg_block } =
    theory.words
  const { rem, isIn } = theory.words.Packets
  return forall('w bt p b', worlds, tree, theory.sorts.packet, block)
    .drawnBy(
      fc.tuple(worlds.sample, tree.sample, theory.sorts.packet.sample, block.sample, fc.nat(9)),
      ([w, bt, p, b, n]) => {
        const flyingBlocks = w.inFlightMsgs.filter((x) => x.msg._tag === 'BlockMsg')
        const packet = flyingBlocks[n % Math.max(1, flyingBlocks.length)] ?? p
        return [w, bt, packet, packet.msg._tag === 'BlockMsg' ? packet.msg.block : b]
      }
    )
    .state(<w, t, p, b>(w: Wld<T, w>, bt: Tree<T, t>, p: Pkt<T, p>, b: Blk<T, b>) => {
      const ps = inFlight(w)
      const rest = blocksTo(dst(p), rem(p, ps))
      return given(valid(bt), validH(bt), isIn(p, ps), eqMsg(msg(p), BlockMsg(b)))
        .infer(eqTree(btExtendAll(btExtend(bt, b), rest), btExtendAll(bt, blocksTo(dst(p), ps))))
        .by((_v, _h, has, is) => {
          const carried = msg_block(msg(p))
          const same = congruence(
            eqTree(btExtend(bt, b), btExtend(bt, carried)),
            refl(eqTree(bt, bt)),
            symm(block_of(theory)(msg(p), b)(is))
          )
          return trans(
            extendAllAlong(theory)(same, btExtend(bt, b), btExtend(bt, carried), rest),
            deliver(theory)(bt, p, ps)(has)
          )
        })
    })
})

/** @coq Properties/InvCliqueTopology.v foldl_btExtend_last */
export const foldl_btExtend_last = lemma(
  'foldl_btExtend_last',
  'V(t⊕*(l ++ [b])) ∧ H(t) ⇒ t⊕*(l ++ [b]) = (t⊕b)⊕*l',
  'The last block of a list can be added first.',
  'The premises are superfluous.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll, validH, eqTree, btExtend } = theory.words
  const { rcons } = theory.words.Blocks
  return t_l_b(theory).state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
    given(valid(btExtendAll(bt, rcons(l, b))), validH(bt))
      .infer(eqTree(btExtendAll(bt, rcons(l, b)), btExtendAll(btExtend(bt, b), l)))
      .by(() => trans(extend_rcons(theory)(bt, l, b)(), btExtend_fold1_comm_stronger(theory)(bt, l, b)()))
  )
})

/** @coq Properties/InvCliqueTopology.v broadcast_reduce */
export const broadcast_reduce = lemma(
  'broadcast_reduce',
  'n ∈ l ∧ l without repetitions ⇒ a broadcast of m to l brings exactly msg_block m to n',
  'Of a broadcast every addressee gets one packet.'
)(<T extends Types>(theory: Theory<T>) => {
  const { address, peers, message } = theory.sorts
  const { Addresses, Blocks, blocksTo, broadcast, msg_block } = theory.words
  const { cons, nil } = theory.words.Blocks
  return forall('from l m n', address, peers, message, address).state(
    <from, l, m, n>(from: Addr<from>, l: Addrs<l>, m: Msg<T, m>, n: Addr<n>) =>
      given(Addresses.isIn(n, l), Addresses.uniq(l)).infer(
        Blocks.equal(blocksTo(n, broadcast(from, l, m)), cons(msg_block(m), nil))
      )
  )
})

/** @coq Properties/InvCliqueTopology.v find_upd_same */
export const find_upd_same = lemma(
  'find_upd_same',
  'find(k, m) = v ⇒ upd(k, v, m) = m',
  'Updating a map with what it holds changes nothing.'
)(<T extends Types>(theory: Theory<T>) => {
  const { forest } = theory
  const { hash, block, tree } = theory.sorts
  const { finds, eqTree, upd } = theory.words
  return forall('k v bt', hash, block, tree)
    .drawnBy(fc.tuple(hash.sample, block.sample, tree.sample, fc.nat(3)), ([k, v, bt, n]) => {
      const found = forest.find(k, bt)
      return [k, n > 0 && found._tag === 'Some' ? found.value : v, bt]
    })
    .state(<k, v, m>(k: Hash<T, k>, v: Blk<T, v>, bt: Tree<T, m>) =>
      given(finds(k, bt, v)).infer(eqTree(upd(k, v, bt), bt))
    )
})

/** @coq Properties/InvCliqueTopology.v upd_nothing */
export const upd_nothing = lemma(
  'upd_nothing',
  'n has st in w ⇒ upd(n, st, localState w) = localState w',
  'Giving a node the state that it has changes nothing.'
)(<T extends Types>(theory: Theory<T>) => {
  const { toychain, addresses } = theory.network
  const { address, state, worlds } = theory.sorts
  const { stateAt, eqNodes, updNode, localState } = theory.words
  return forallOf<[Address, State<T>, World<T>]>('n st w', {
    sample: fc
      .tuple(address.sample, state.sample, worlds.sample, fc.nat(3))
      .map(([n, st, w, k]): [Address, State<T>, World<T>] => {
        const found = toychain.network.find(n, w.localState)
        return [n, k > 0 && found._tag === 'Some' ? found.value : st, w]
      }),
    get size() {
      return worlds.size * addresses.enum.length
    },
    *all() {
      for (const w of worlds.all())
        for (const n of addresses.enum) {
          const found = toychain.network.find(n, w.localState)
          if (found._tag === 'Some') yield [n, found.value, w]
        }
    }
  }).state(<n, st, w>(n: Addr<n>, st: St<T, st>, w: Wld<T, w>) =>
    given(stateAt(n, w, st)).infer(eqNodes(updNode(n, st, localState(w)), localState(w)))
  )
})

/** @coq Properties/InvCliqueTopology.v foldl_expand */
export const foldl_expand = lemma(
  'foldl_expand',
  'V(t⊕*l) ∧ H(t) ∧ c = t⊕*l ⇒ c = t ⊎ q for some q',
  'A tree that was extended is the disjoint union of what it was and what was added.'
)(<T extends Types>(theory: Theory<T>) => {
  const { forest } = theory
  const { tree, blocks } = theory.sorts
  const { valid, btExtendAll, validH, eqTree, join, difference } = theory.words
  return forallOf<[BlockTree<T>, BlockTree<T>, ReadonlyArray<Block<T>>]>('cbt bt l', {
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
  }).state(<c, t, l>(cbt: Tree<T, c>, bt: Tree<T, t>, l: Blks<T, l>) =>
    given(valid(btExtendAll(bt, l)), validH(bt), eqTree(cbt, btExtendAll(bt, l))).infer(
      eqTree(cbt, join(bt, difference(cbt, bt)))
    )
  )
})

/** @coq Properties/InvCliqueTopology.v clique_inv_step */
export const clique_inv_step = lemma(
  'clique_inv_step',
  'clique_inv(w) ∧ w → w2 ⇒ clique_inv(w2)',
  'Every step keeps the clique invariant.'
)(<T extends Types>(theory: Theory<T>) => {
  const { stepFrom } = theory.network
  const { steps, cliqueWorld, worlds, time } = theory.sorts
  const { clique_inv, system_step } = theory.words
  return forallOf<readonly [World<T>, World<T>, Qualifier<T['Timestamp']>]>(
    'w w2 q',
    drawn(
      steps,
      fc
        .tuple(cliqueWorld, worlds.sample, fc.nat(999), time.sample)
        .map(([w, any, n, ts]) => stepFrom(n % 10 === 0 ? any : w, n, ts))
    )
  ).state(<w, w2, q>(w: Wld<T, w>, w2: Wld<T, w2>, q: Qual<T, q>) =>
    given(clique_inv(w), system_step(w, w2, q)).infer(clique_inv(w2))
  )
})
