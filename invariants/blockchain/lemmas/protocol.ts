/**
 * What a node does with a message and by itself. Counterpart of the lemmas of `Systems/Protocol.v`, in its order.
 *
 * Whatever a node does, its tree stays as it is or is extended by one block (`procMsg_tree`, `procInt_tree`): most lemmas
 * lift one about extending trees.
 */
import * as fc from 'fast-check'
import type { InternalTransition, LocalStep, Message, MessageType, State } from '../../../spec/blockchain/protocol.js'
import type { Block, BlockTree, Types } from '../../../spec/blockchain/types.js'
import type { Address } from '../../../spec/system/address.js'
import type { Packet } from '../../../spec/system/protocol.js'
import {
  and,
  byCases,
  cases,
  congruence,
  given,
  iff,
  inLeft,
  inRight,
  not,
  or,
  refl,
  rewrite,
  symm,
  trans
} from '../../proof/kernel.js'
import type { App, Equal, Holds, Named, Or, Proof } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import { listed } from '../../proof/sort.js'
import type { ForestsBest } from './forestsBest.js'
import type { ForestsExtending } from './forestsExtending.js'
import type { Library } from './library.js'
import type { NetworkSetting } from './networkSetting.js'
import { TYPES } from './networkVocabulary.js'
import type { NetworkVocabulary } from './networkVocabulary.js'
import type { Setting } from './setting.js'
import type { Vocabulary } from './vocabulary.js'

const { lemma, fact } = chapter('Systems/Protocol.v')

/** The lemmas about local states. */
export const protocol = <T extends Types>(
  { sorts: forestSorts, forest }: Setting<T>,
  { sorts }: NetworkSetting<T>,
  V: Vocabulary<T>,
  N: NetworkVocabulary<T>,
  L: Library<T>,
  E: ForestsExtending<T>,
  M: ForestsBest<T>
) => {
  type St<N> = Named<State<T>, N>
  type Addr<N> = Named<Address, N>
  type Msg<N> = Named<Message<T>, N>
  type Kind<N> = Named<MessageType, N>
  type Pkt<N> = Named<Packet<Message<T>>, N>
  type Tr<N> = Named<InternalTransition<T>, N>
  type Time<N> = Named<T['Timestamp'], N>
  type Stp<N> = Named<LocalStep<T>, N>
  type Tree<N> = Named<BlockTree<T>, N>
  type Blk<N> = Named<Block<T>, N>
  const { eqTree, eqChain, valid, validH, has_init_block, btExtend, btHasBlock, btChain } = V
  const { eqAddress, eqMsg, eqState, BlockMsg, isBlockMsg, msg_block, id, peers, blockTree, procMsg, procInt } = N
  const { candidate, local_step, stepFrom, stepMsg, stepTransition } = N
  const { uniq } = N.Addresses
  const { address, state, message, plain, transition, time, packet, localStep } = sorts
  const { block } = forestSorts

  const kind = listed(TYPES)
  const received = forall('st from m ts', state, address, message, time)
  const internal = forall('st tr ts', state, transition, time)
  const stepped = forall('st step', state, localStep)

  // --------------------------------------------------------------------------------------------------------- equality

  /** @coq Systems/Protocol.v eq_msg_typeP */
  const eq_msg_typeP = lemma(
    'eq_msg_typeP',
    'eq_msg_type(a, b) ⇔ a = b',
    'The equality of the kinds of message decides that they are the same.',
    forall('a b', kind, kind),
    'Trivial: the kinds are six constants.'
  )(<a, b>(a: Kind<a>, b: Kind<b>) => given().infer(iff(N.eq_msg_type(a, b), N.sameType(a, b))))

  const twoMessages = forall('a b', message, message).drawnBy(
    fc.tuple(message.sample, message.sample, fc.nat(2)),
    ([a, b, n]) => [a, n === 0 ? structuredClone(a) : b]
  )

  /** @coq Systems/Protocol.v eq_msgP */
  const eq_msgP = lemma(
    'eq_msgP',
    'eq_msg(a, b) ⇔ a, b of one kind, with equal payloads',
    'The equality of messages decides that they are of one kind and carry the same.',
    twoMessages
  )(<a, b>(a: Msg<a>, b: Msg<b>) => given().infer(iff(N.eq_msg(a, b), N.samePayload(a, b))))

  /** @coq Systems/Protocol.v eq_pktP */
  const eq_pktP = lemma(
    'eq_pktP',
    'eq_pkt(p, q) ⇔ src p = src q ∧ dst p = dst q ∧ msg p = msg q',
    'The equality of packets decides that all their components are equal.',
    forall('p q', packet, packet).drawnBy(fc.tuple(packet.sample, packet.sample, fc.nat(2)), ([p, q, n]) => [
      p,
      n === 0 ? structuredClone(p) : n === 1 ? { ...q, msg: p.msg } : q
    ])
  )(<p, q>(p: Pkt<p>, q: Pkt<q>) =>
    given().infer(
      iff(
        N.eq_pkt(p, q),
        and(and(eqAddress(N.src(p), N.src(q)), eqAddress(N.dst(p), N.dst(q))), eqMsg(N.msg(p), N.msg(q)))
      )
    )
  )

  /** @coq Systems/Protocol.v peers_uniq_init */
  const peers_uniq_init = lemma(
    'peers_uniq_init',
    '[n] has no repetitions',
    'The peers of a node at the start are distinct.',
    forall('n', address),
    'Trivial: there is one.'
  )(<n>(n: Addr<n>) => given().infer(uniq(N.Addresses.cons(n, N.Addresses.nil))))

  // ------------------------------------------------------------------------------------------------ what does not change

  /** @coq Systems/Protocol.v procMsg_id_constant */
  const procMsg_id_constant = lemma(
    'procMsg_id_constant',
    'id(procMsg(st, from, m)) = id(st)',
    'Receiving a message does not change who a node is.',
    received
  )(<st, from, m, ts>(st: St<st>, from: Addr<from>, m: Msg<m>, ts: Time<ts>) =>
    given().infer(eqAddress(id(st), id(procMsg(st, from, m, ts))))
  )

  /** @coq Systems/Protocol.v procInt_id_constant */
  const procInt_id_constant = lemma(
    'procInt_id_constant',
    'id(procInt(st, tr)) = id(st)',
    'An internal transition does not change who a node is.',
    internal
  )(<st, tr, ts>(st: St<st>, tr: Tr<tr>, ts: Time<ts>) => given().infer(eqAddress(id(st), id(procInt(st, tr, ts)))))

  const carried = fact(
    'msg_block',
    'm a Block message ⇒ m = Block(msg_block m)',
    'A block message is the message of its block.',
    forall('m', message)
  )(<m>(m: Msg<m>) => given(isBlockMsg(m)).infer(eqMsg(m, BlockMsg(msg_block(m)))))

  const procMsg_tree = fact(
    'procMsg_tree',
    'tree(procMsg(st, from, m)) is tree(st) or tree(st) ⊕ msg_block m',
    'Receiving a message leaves the tree as it is or extends it by the block of the message.',
    received
  )(<st, from, m, ts>(st: St<st>, from: Addr<from>, m: Msg<m>, ts: Time<ts>) => {
    const [before, after] = [blockTree(st), blockTree(procMsg(st, from, m, ts))]
    const extended = btExtend(before, msg_block(m))
    return given()
      .infer(or(eqTree(after, before), eqTree(after, extended)))
      .by(() =>
        byCases(
          isBlockMsg(m),
          (isBlock) => {
            const asBlock = BlockMsg(msg_block(m))
            return inRight(
              eqTree(after, before),
              trans(
                congruence(
                  eqTree(after, blockTree(procMsg(st, from, asBlock, ts))),
                  congruence(
                    eqState(procMsg(st, from, m, ts), procMsg(st, from, asBlock, ts)),
                    refl(eqState(st, st)),
                    refl(eqAddress(from, from)),
                    carried(m)(isBlock),
                    refl(N.eqTime(ts, ts))
                  )
                ),
                procMsg_block_btExtend_bt(st, from, msg_block(m), ts)()
              )
            )
          },
          (isNone) => inLeft(symm(procMsg_non_block_nc_blockTree(st, from, m, ts)(isNone)), eqTree(after, extended))
        )
      )
  })

  const procInt_tree = fact(
    'procInt_tree',
    'tree(procInt(st, tr)) is tree(st) or tree(st) ⊕ b, with b the block that would be minted',
    'An internal transition leaves the tree as it is or extends it by a minted block.',
    internal
  )(<st, tr, ts>(st: St<st>, tr: Tr<tr>, ts: Time<ts>) =>
    given().infer(
      or(
        eqTree(blockTree(procInt(st, tr, ts)), blockTree(st)),
        eqTree(blockTree(procInt(st, tr, ts)), btExtend(blockTree(st), candidate(st, tr, ts)))
      )
    )
  )

  /** V(after) ⇒ V(before), for a tree that is as before or extended by a block. */
  const validBefore = <x, y, b>(
    either: Proof<Or<Equal<y, x>, Equal<y, App<'btExtend', [x, b]>>>>,
    v: Proof<Holds<'valid', [y]>>,
    before: Tree<x>,
    b: Blk<b>
  ) =>
    cases(
      either,
      (same) => rewrite(same)(valid(before), v),
      (is) => E.btExtendV(before, b)(rewrite(is)(valid(btExtend(before, b)), v))
    )
  /** H(before) ⇒ H(after) */
  const keyedAfter = <x, y, b>(
    either: Proof<Or<Equal<y, x>, Equal<y, App<'btExtend', [x, b]>>>>,
    h: Proof<Holds<'validH', [x]>>,
    before: Tree<x>,
    after: Tree<y>,
    b: Blk<b>
  ) =>
    cases(
      either,
      (same) => rewrite(symm(same))(validH(after), h),
      (is) => rewrite(symm(is))(validH(after), E.btExtendH_stronger(before, b)(h))
    )
  /** V(after), I(before) ⇒ I(after) */
  const rootedAfter = <x, y, b>(
    either: Proof<Or<Equal<y, x>, Equal<y, App<'btExtend', [x, b]>>>>,
    v: Proof<Holds<'valid', [y]>>,
    i: Proof<Holds<'has_init_block', [x]>>,
    before: Tree<x>,
    after: Tree<y>,
    b: Blk<b>
  ) =>
    cases(
      either,
      (same) => rewrite(symm(same))(has_init_block(after), i),
      (is) =>
        rewrite(symm(is))(
          has_init_block(after),
          E.btExtendIB_stronger(before, b)(rewrite(is)(valid(btExtend(before, b)), v), i)
        )
    )

  /** @coq Systems/Protocol.v procMsg_valid */
  const procMsg_valid = lemma(
    'procMsg_valid',
    'V(tree(procMsg(st, from, m))) ⇒ V(tree(st))',
    'A tree that is defined after a message was received was defined before.',
    received
  )(<st, from, m, ts>(st: St<st>, from: Addr<from>, m: Msg<m>, ts: Time<ts>) =>
    given(valid(blockTree(procMsg(st, from, m, ts))))
      .infer(valid(blockTree(st)))
      .by((v) => validBefore(procMsg_tree(st, from, m, ts)(), v, blockTree(st), msg_block(m)))
  )

  /** @coq Systems/Protocol.v procInt_valid */
  const procInt_valid = lemma(
    'procInt_valid',
    'V(tree(procInt(st, tr))) ⇒ V(tree(st))',
    'A tree that is defined after an internal transition was defined before.',
    internal
  )(<st, tr, ts>(st: St<st>, tr: Tr<tr>, ts: Time<ts>) =>
    given(valid(blockTree(procInt(st, tr, ts))))
      .infer(valid(blockTree(st)))
      .by((v) => validBefore(procInt_tree(st, tr, ts)(), v, blockTree(st), candidate(st, tr, ts)))
  )

  /** @coq Systems/Protocol.v procMsg_validH */
  const procMsg_validH = lemma(
    'procMsg_validH',
    'V(tree(st)) ∧ H(tree(st)) ⇒ H(tree(procMsg(st, from, m)))',
    'Receiving a message keeps a tree keyed by hashes.',
    received
  )(<st, from, m, ts>(st: St<st>, from: Addr<from>, m: Msg<m>, ts: Time<ts>) =>
    given(valid(blockTree(st)), validH(blockTree(st)))
      .infer(validH(blockTree(procMsg(st, from, m, ts))))
      .by((_, h) =>
        keyedAfter(procMsg_tree(st, from, m, ts)(), h, blockTree(st), blockTree(procMsg(st, from, m, ts)), msg_block(m))
      )
  )

  /** @coq Systems/Protocol.v procInt_validH */
  const procInt_validH = lemma(
    'procInt_validH',
    'V(tree(st)) ∧ H(tree(st)) ⇒ H(tree(procInt(st, tr)))',
    'An internal transition keeps a tree keyed by hashes.',
    internal
  )(<st, tr, ts>(st: St<st>, tr: Tr<tr>, ts: Time<ts>) =>
    given(valid(blockTree(st)), validH(blockTree(st)))
      .infer(validH(blockTree(procInt(st, tr, ts))))
      .by((_, h) =>
        keyedAfter(procInt_tree(st, tr, ts)(), h, blockTree(st), blockTree(procInt(st, tr, ts)), candidate(st, tr, ts))
      )
  )

  /** @coq Systems/Protocol.v procMsg_has_init_block */
  const procMsg_has_init_block = lemma(
    'procMsg_has_init_block',
    'V(tree(procMsg(st, from, m))) ∧ H(tree(st)) ∧ I(tree(st)) ⇒ I(tree(procMsg(st, from, m)))',
    'Receiving a message without a collision keeps genesis.',
    received
  )(<st, from, m, ts>(st: St<st>, from: Addr<from>, m: Msg<m>, ts: Time<ts>) =>
    given(valid(blockTree(procMsg(st, from, m, ts))), validH(blockTree(st)), has_init_block(blockTree(st)))
      .infer(has_init_block(blockTree(procMsg(st, from, m, ts))))
      .by((v, _, i) =>
        rootedAfter(
          procMsg_tree(st, from, m, ts)(),
          v,
          i,
          blockTree(st),
          blockTree(procMsg(st, from, m, ts)),
          msg_block(m)
        )
      )
  )

  /** @coq Systems/Protocol.v procInt_has_init_block */
  const procInt_has_init_block = lemma(
    'procInt_has_init_block',
    'V(tree(procInt(st, tr))) ∧ H(tree(st)) ∧ I(tree(st)) ⇒ I(tree(procInt(st, tr)))',
    'An internal transition without a collision keeps genesis.',
    internal
  )(<st, tr, ts>(st: St<st>, tr: Tr<tr>, ts: Time<ts>) =>
    given(valid(blockTree(procInt(st, tr, ts))), validH(blockTree(st)), has_init_block(blockTree(st)))
      .infer(has_init_block(blockTree(procInt(st, tr, ts))))
      .by((v, _, i) =>
        rootedAfter(
          procInt_tree(st, tr, ts)(),
          v,
          i,
          blockTree(st),
          blockTree(procInt(st, tr, ts)),
          candidate(st, tr, ts)
        )
      )
  )

  /** @coq Systems/Protocol.v procMsg_peers_uniq */
  const procMsg_peers_uniq = lemma(
    'procMsg_peers_uniq',
    'peers(st) without repetitions ⇒ peers(procMsg(st, from, m)) without repetitions',
    'Receiving a message keeps peers distinct.',
    received
  )(<st, from, m, ts>(st: St<st>, from: Addr<from>, m: Msg<m>, ts: Time<ts>) =>
    given(uniq(peers(st))).infer(uniq(peers(procMsg(st, from, m, ts))))
  )

  // --------------------------------------------------------------------------------------------- messages and the tree

  const noBlock = received.drawnBy(fc.tuple(state.sample, address.sample, plain, time.sample), (ts) => ts)

  /** @coq Systems/Protocol.v procMsg_non_block_nc_blockTree */
  const procMsg_non_block_nc_blockTree = lemma(
    'procMsg_non_block_nc_blockTree',
    'm no Block message ⇒ tree(procMsg(st, from, m)) = tree(st)',
    'Only block messages change the tree.',
    noBlock
  )(<st, from, m, ts>(st: St<st>, from: Addr<from>, m: Msg<m>, ts: Time<ts>) =>
    given(not(isBlockMsg(m))).infer(eqTree(blockTree(st), blockTree(procMsg(st, from, m, ts))))
  )

  /** @coq Systems/Protocol.v procMsg_non_block_nc_btChain */
  const procMsg_non_block_nc_btChain = lemma(
    'procMsg_non_block_nc_btChain',
    'm no Block message ⇒ best(tree(procMsg(st, from, m))) = best(tree(st))',
    'Only block messages change the best chain.',
    noBlock
  )(<st, from, m, ts>(st: St<st>, from: Addr<from>, m: Msg<m>, ts: Time<ts>) =>
    given(not(isBlockMsg(m)))
      .infer(eqChain(btChain(blockTree(st)), btChain(blockTree(procMsg(st, from, m, ts)))))
      .by((p) =>
        L.best(procMsg_non_block_nc_blockTree(st, from, m, ts)(p), blockTree(st), blockTree(procMsg(st, from, m, ts)))
      )
  )

  const blockCase = forall('st from b ts', state, address, block, time)
  /** A block that the node most often has. */
  const knownBlock = blockCase.drawnBy(
    state.sample.chain((st) =>
      fc.tuple(fc.constant(st), address.sample, forestSorts.blockOf(st.blockTree), time.sample)
    ),
    (ts) => ts
  )
  /** A block that is most often in the node's best chain. */
  const bestBlock = blockCase.drawnBy(
    fc.tuple(state.sample, address.sample, block.sample, time.sample, fc.nat(4)),
    ([st, from, b, ts, n]) => [st, from, forest.btChain(st.blockTree)[n] ?? b, ts]
  )

  /** @coq Systems/Protocol.v procMsg_known_block_nc_blockTree */
  const procMsg_known_block_nc_blockTree = lemma(
    'procMsg_known_block_nc_blockTree',
    'b ∈ tree(st) ⇒ tree(procMsg(st, from, Block(b))) = tree(st)',
    'A known block does not change the tree.',
    knownBlock
  )(<st, from, b, ts>(st: St<st>, from: Addr<from>, b: Blk<b>, ts: Time<ts>) =>
    given(btHasBlock(b, blockTree(st)))
      .infer(eqTree(blockTree(st), blockTree(procMsg(st, from, BlockMsg(b), ts))))
      .by((has) =>
        trans(E.btExtend_withDup_noEffect(blockTree(st), b)(has), symm(procMsg_block_btExtend_bt(st, from, b, ts)()))
      )
  )

  /** @coq Systems/Protocol.v procMsg_known_block_nc_btChain */
  const procMsg_known_block_nc_btChain = lemma(
    'procMsg_known_block_nc_btChain',
    'V(tree(st)) ∧ I(tree(st)) ∧ b ∈ best(tree(st)) ⇒ best(tree(procMsg(st, from, Block(b)))) = best(tree(st))',
    'A block of the best chain does not change the best chain.',
    bestBlock
  )(<st, from, b, ts>(st: St<st>, from: Addr<from>, b: Blk<b>, ts: Time<ts>) =>
    given(valid(blockTree(st)), has_init_block(blockTree(st)), V.Blocks.isIn(b, btChain(blockTree(st))))
      .infer(eqChain(btChain(blockTree(st)), btChain(blockTree(procMsg(st, from, BlockMsg(b), ts)))))
      .by((_, i, p) =>
        L.best(
          procMsg_known_block_nc_blockTree(st, from, b, ts)(M.btChain_mem2_stronger(blockTree(st), b)(i, p)),
          blockTree(st),
          blockTree(procMsg(st, from, BlockMsg(b), ts))
        )
      )
  )

  /** @coq Systems/Protocol.v procMsg_block_btExtend_bt */
  const procMsg_block_btExtend_bt = lemma(
    'procMsg_block_btExtend_bt',
    'tree(procMsg(st, from, Block(b))) = tree(st) ⊕ b',
    'A block message extends the tree by its block.',
    blockCase
  )(<st, from, b, ts>(st: St<st>, from: Addr<from>, b: Blk<b>, ts: Time<ts>) =>
    given().infer(eqTree(blockTree(procMsg(st, from, BlockMsg(b), ts)), btExtend(blockTree(st), b)))
  )

  /** @coq Systems/Protocol.v procMsg_block_btExtend_btChain */
  const procMsg_block_btExtend_btChain = lemma(
    'procMsg_block_btExtend_btChain',
    'best(tree(procMsg(st, from, Block(b)))) = best(tree(st) ⊕ b)',
    'The best chain after a block message is that of the tree extended by its block.',
    blockCase
  )(<st, from, b, ts>(st: St<st>, from: Addr<from>, b: Blk<b>, ts: Time<ts>) =>
    given()
      .infer(eqChain(btChain(blockTree(procMsg(st, from, BlockMsg(b), ts))), btChain(btExtend(blockTree(st), b))))
      .by(() =>
        L.best(
          procMsg_block_btExtend_bt(st, from, b, ts)(),
          blockTree(procMsg(st, from, BlockMsg(b), ts)),
          btExtend(blockTree(st), b)
        )
      )
  )

  const procInt_peers = fact(
    'procInt_peers',
    'peers(procInt(st, tr)) = peers(st)',
    'An internal transition does not change peers.',
    internal
  )(<st, tr, ts>(st: St<st>, tr: Tr<tr>, ts: Time<ts>) =>
    given().infer(N.Addresses.equal(peers(st), peers(procInt(st, tr, ts))))
  )

  /** @coq Systems/Protocol.v procInt_peers_uniq */
  const procInt_peers_uniq = lemma(
    'procInt_peers_uniq',
    'peers(st) without repetitions ⇒ peers(procInt(st, tr)) without repetitions',
    'An internal transition keeps peers distinct.',
    internal
  )(<st, tr, ts>(st: St<st>, tr: Tr<tr>, ts: Time<ts>) =>
    given(uniq(peers(st)))
      .infer(uniq(peers(procInt(st, tr, ts))))
      .by((u) => rewrite(procInt_peers(st, tr, ts)())(uniq(peers(procInt(st, tr, ts))), u))
  )

  // --------------------------------------------------------------------------------------------------------- local steps

  const local_step_def = fact(
    'local_step',
    'a local step leaves the state as it is, or receives a message, or makes an internal transition',
    'What a local step is.',
    stepped
  )(<st, step>(st: St<st>, step: Stp<step>) => {
    const after = local_step(st, step)
    const ts = N.stepTime(step)
    return given().infer(
      or(
        eqState(after, st),
        or(
          eqState(after, procMsg(st, stepFrom(step, st), stepMsg(step), ts)),
          eqState(after, procInt(st, stepTransition(step), ts))
        )
      )
    )
  })

  /** @coq Systems/Protocol.v id_constant */
  const id_constant = lemma(
    'id_constant',
    'id(st) = id(local_step(st, step))',
    'No local step changes who a node is.',
    stepped
  )(<st, step>(st: St<st>, step: Stp<step>) => {
    const after = local_step(st, step)
    const [from, m, tr, ts] = [stepFrom(step, st), stepMsg(step), stepTransition(step), N.stepTime(step)]
    const [afterMsg, afterInt] = [procMsg(st, from, m, ts), procInt(st, tr, ts)]
    return given()
      .infer(eqAddress(id(st), id(after)))
      .by(() =>
        cases(
          local_step_def(st, step)(),
          (same) => congruence(eqAddress(id(st), id(after)), symm(same)),
          (moved) =>
            cases(
              moved,
              (is) =>
                trans(procMsg_id_constant(st, from, m, ts)(), congruence(eqAddress(id(afterMsg), id(after)), symm(is))),
              (is) => trans(procInt_id_constant(st, tr, ts)(), congruence(eqAddress(id(afterInt), id(after)), symm(is)))
            )
        )
      )
  })

  /** @coq Systems/Protocol.v bt_valid */
  const bt_valid = lemma(
    'bt_valid',
    'V(tree(local_step(st, step))) ⇒ V(tree(st))',
    'A tree that is defined after a local step was defined before.',
    stepped
  )(<st, step>(st: St<st>, step: Stp<step>) => {
    const after = local_step(st, step)
    const [from, m, tr, ts] = [stepFrom(step, st), stepMsg(step), stepTransition(step), N.stepTime(step)]
    const [afterMsg, afterInt] = [procMsg(st, from, m, ts), procInt(st, tr, ts)]
    return given(valid(blockTree(after)))
      .infer(valid(blockTree(st)))
      .by((v) =>
        cases(
          local_step_def(st, step)(),
          (same) => rewrite(congruence(eqTree(blockTree(after), blockTree(st)), same))(valid(blockTree(st)), v),
          (moved) =>
            cases(
              moved,
              (is) =>
                procMsg_valid(
                  st,
                  from,
                  m,
                  ts
                )(
                  rewrite(congruence(eqTree(blockTree(after), blockTree(afterMsg)), is))(valid(blockTree(afterMsg)), v)
                ),
              (is) =>
                procInt_valid(
                  st,
                  tr,
                  ts
                )(rewrite(congruence(eqTree(blockTree(after), blockTree(afterInt)), is))(valid(blockTree(afterInt)), v))
            )
        )
      )
  })

  /** @coq Systems/Protocol.v peers_uniq */
  const peers_uniq = lemma(
    'peers_uniq',
    'peers(st) without repetitions ⇒ peers(local_step(st, step)) without repetitions',
    'A local step keeps peers distinct.',
    stepped
  )(<st, step>(st: St<st>, step: Stp<step>) => {
    const after = local_step(st, step)
    const [from, m, tr, ts] = [stepFrom(step, st), stepMsg(step), stepTransition(step), N.stepTime(step)]
    const [afterMsg, afterInt] = [procMsg(st, from, m, ts), procInt(st, tr, ts)]
    return given(uniq(peers(st)))
      .infer(uniq(peers(after)))
      .by((u) =>
        cases(
          local_step_def(st, step)(),
          (same) => rewrite(congruence(N.Addresses.equal(peers(st), peers(after)), symm(same)))(uniq(peers(after)), u),
          (moved) =>
            cases(
              moved,
              (is) =>
                rewrite(congruence(N.Addresses.equal(peers(afterMsg), peers(after)), symm(is)))(
                  uniq(peers(after)),
                  procMsg_peers_uniq(st, from, m, ts)(u)
                ),
              (is) =>
                rewrite(congruence(N.Addresses.equal(peers(afterInt), peers(after)), symm(is)))(
                  uniq(peers(after)),
                  procInt_peers_uniq(st, tr, ts)(u)
                )
            )
        )
      )
  })

  return {
    eq_msg_typeP,
    eq_msgP,
    eq_pktP,
    peers_uniq_init,
    procMsg_id_constant,
    procInt_id_constant,
    carried,
    procMsg_tree,
    procInt_tree,
    procMsg_valid,
    procInt_valid,
    procMsg_validH,
    procInt_validH,
    procMsg_has_init_block,
    procInt_has_init_block,
    procMsg_peers_uniq,
    procMsg_non_block_nc_blockTree,
    procMsg_non_block_nc_btChain,
    procMsg_known_block_nc_blockTree,
    procMsg_known_block_nc_btChain,
    procMsg_block_btExtend_bt,
    procMsg_block_btExtend_btChain,
    procInt_peers,
    procInt_peers_uniq,
    local_step_def,
    id_constant,
    bt_valid,
    peers_uniq
  }
}
