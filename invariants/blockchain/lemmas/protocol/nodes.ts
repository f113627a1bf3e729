/**
 * Messages and packets, and what a node does by itself: lemmas of `Systems/Protocol.v`.
 *
 * Whatever a node does, its tree stays as it is or is extended by one block (`procMsg_tree`, `procInt_tree`): most lemmas
 * lift one about extending trees.
 */
import * as fc from 'fast-check'
import type { Types } from '../../../../spec/blockchain/types.js'
import { and, cases, given, iff, or, rewrite, symm } from '../../../proof/kernel.js'
import type { App, Equal, Holds, Or, Proof } from '../../../proof/kernel.js'
import { chapter, forall } from '../../../proof/lemma.js'
import { listed } from '../../../proof/sort.js'
import { btExtendH_stronger, btExtendIB_stronger, btExtendV } from '../forests/extending.js'
import { TYPES } from '../networkVocabulary.js'
import type { Addr, Blk, Msg, MsgType, Pkt, St, Time, Trans, Tree } from '../terms.js'
import type { Theory } from '../theory.js'

const { lemma, fact } = chapter('Systems/Protocol.v')

/** The kinds of messages. */
const kind = listed(TYPES)

/** A local state, and a message that it receives from somebody at some time. */
export const received = <T extends Types>(theory: Theory<T>) => {
  const { state, address, message, time } = theory.sorts
  return forall('st from m ts', state, address, message, time)
}

/** A local state, and an internal transition at some time. */
export const internal = <T extends Types>({ sorts: { state, transition, time } }: Theory<T>) =>
  forall('st tr ts', state, transition, time)

/** A local state and a local step. */
export const stepped = <T extends Types>({ sorts: { state, localStep } }: Theory<T>) =>
  forall('st step', state, localStep)

// --------------------------------------------------------------------------------------------------------- equality

/** @coq Systems/Protocol.v eq_msg_typeP */
export const eq_msg_typeP = lemma(
  'eq_msg_typeP',
  'eq_msg_type(a, b) ⇔ a = b',
  'The equality of the kinds of message decides that they are the same.',
  'Trivial: the kinds are six constants.'
)(<T extends Types>({ words: { eq_msg_type, sameType } }: Theory<T>) =>
  forall('a b', kind, kind).state(<a, b>(a: MsgType<a>, b: MsgType<b>) =>
    given().infer(iff(eq_msg_type(a, b), sameType(a, b)))
  )
)

/** Two messages, the second often a copy of the first. */
const twoMessages = <T extends Types>({ sorts: { message } }: Theory<T>) =>
  forall('a b', message, message).drawnBy(fc.tuple(message.sample, message.sample, fc.nat(2)), ([a, b, n]) => [
    a,
    n === 0 ? structuredClone(a) : b
  ])

/** @coq Systems/Protocol.v eq_msgP */
export const eq_msgP = lemma(
  'eq_msgP',
  'eq_msg(a, b) ⇔ a, b of one kind, with equal payloads',
  'The equality of messages decides that they are of one kind and carry the same.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eq_msg, samePayload } = theory.words
  return twoMessages(theory).state(<a, b>(a: Msg<T, a>, b: Msg<T, b>) =>
    given().infer(iff(eq_msg(a, b), samePayload(a, b)))
  )
})

/** @coq Systems/Protocol.v eq_pktP */
export const eq_pktP = lemma(
  'eq_pktP',
  'eq_pkt(p, q) ⇔ src p = src q ∧ dst p = dst q ∧ msg p = msg q',
  'The equality of packets decides that all their components are equal.'
)(<T extends Types>(theory: Theory<T>) => {
  const { packet } = theory.sorts
  const { eq_pkt, eqAddress, src, dst, eqMsg, msg } = theory.words
  return forall('p q', packet, packet)
    .drawnBy(fc.tuple(packet.sample, packet.sample, fc.nat(2)), ([p, q, n]) => [
      p,
      n === 0 ? structuredClone(p) : n === 1 ? { ...q, msg: p.msg } : q
    ])
    .state(<p, q>(p: Pkt<T, p>, q: Pkt<T, q>) =>
      given().infer(
        iff(eq_pkt(p, q), and(and(eqAddress(src(p), src(q)), eqAddress(dst(p), dst(q))), eqMsg(msg(p), msg(q))))
      )
    )
})

/** @coq Systems/Protocol.v peers_uniq_init */
export const peers_uniq_init = lemma(
  'peers_uniq_init',
  '[n] has no repetitions',
  'The peers of a node at the start are distinct.',
  'Trivial: there is one.'
)(<T extends Types>(theory: Theory<T>) => {
  const { address } = theory.sorts
  const { Addresses } = theory.words
  const { uniq } = theory.words.Addresses
  return forall('n', address).state(<n>(n: Addr<n>) => given().infer(uniq(Addresses.cons(n, Addresses.nil))))
})

// ------------------------------------------------------------------------------------------------ what does not change

/** @coq Systems/Protocol.v procMsg_id_constant */
export const procMsg_id_constant = lemma(
  'procMsg_id_constant',
  'id(procMsg(st, from, m)) = id(st)',
  'Receiving a message does not change who a node is.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqAddress, id, procMsg } = theory.words
  return received(theory).state(<st, from, m, ts>(st: St<T, st>, from: Addr<from>, m: Msg<T, m>, ts: Time<T, ts>) =>
    given().infer(eqAddress(id(st), id(procMsg(st, from, m, ts))))
  )
})

/** @coq Systems/Protocol.v procInt_id_constant */
export const procInt_id_constant = lemma(
  'procInt_id_constant',
  'id(procInt(st, tr)) = id(st)',
  'An internal transition does not change who a node is.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqAddress, id, procInt } = theory.words
  return internal(theory).state(<st, tr, ts>(st: St<T, st>, tr: Trans<T, tr>, ts: Time<T, ts>) =>
    given().infer(eqAddress(id(st), id(procInt(st, tr, ts))))
  )
})

export const carried = fact(
  'msg_block',
  'm a Block message ⇒ m = Block(msg_block m)',
  'A block message is the message of its block.'
)(<T extends Types>(theory: Theory<T>) => {
  const { message } = theory.sorts
  const { isBlockMsg, eqMsg, BlockMsg, msg_block } = theory.words
  return forall('m', message).state(<m>(m: Msg<T, m>) => given(isBlockMsg(m)).infer(eqMsg(m, BlockMsg(msg_block(m)))))
})

export const procInt_tree = fact(
  'procInt_tree',
  'tree(procInt(st, tr)) is tree(st) or tree(st) ⊕ b, with b the block that would be minted',
  'An internal transition leaves the tree as it is or extends it by a minted block.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqTree, blockTree, procInt, btExtend, candidate } = theory.words
  return internal(theory).state(<st, tr, ts>(st: St<T, st>, tr: Trans<T, tr>, ts: Time<T, ts>) =>
    given().infer(
      or(
        eqTree(blockTree(procInt(st, tr, ts)), blockTree(st)),
        eqTree(blockTree(procInt(st, tr, ts)), btExtend(blockTree(st), candidate(st, tr, ts)))
      )
    )
  )
})

/** V(after) ⇒ V(before), for a tree that is as before or extended by a block. */
export const validBefore = <T extends Types>(theory: Theory<T>) => {
  const { valid, btExtend } = theory.words
  return <x, y, b>(
    either: Proof<Or<Equal<y, x>, Equal<y, App<'btExtend', [x, b]>>>>,
    v: Proof<Holds<'valid', [y]>>,
    before: Tree<T, x>,
    b: Blk<T, b>
  ) =>
    cases(
      either,
      (same) => rewrite(same)(valid(before), v),
      (is) => btExtendV(theory)(before, b)(rewrite(is)(valid(btExtend(before, b)), v))
    )
}

/** H(before) ⇒ H(after) */
export const keyedAfter = <T extends Types>(theory: Theory<T>) => {
  const { validH } = theory.words
  return <x, y, b>(
    either: Proof<Or<Equal<y, x>, Equal<y, App<'btExtend', [x, b]>>>>,
    h: Proof<Holds<'validH', [x]>>,
    before: Tree<T, x>,
    after: Tree<T, y>,
    b: Blk<T, b>
  ) =>
    cases(
      either,
      (same) => rewrite(symm(same))(validH(after), h),
      (is) => rewrite(symm(is))(validH(after), btExtendH_stronger(theory)(before, b)(h))
    )
}

/** V(after), I(before) ⇒ I(after) */
export const rootedAfter = <T extends Types>(theory: Theory<T>) => {
  const { has_init_block, valid, btExtend } = theory.words
  return <x, y, b>(
    either: Proof<Or<Equal<y, x>, Equal<y, App<'btExtend', [x, b]>>>>,
    v: Proof<Holds<'valid', [y]>>,
    i: Proof<Holds<'has_init_block', [x]>>,
    before: Tree<T, x>,
    after: Tree<T, y>,
    b: Blk<T, b>
  ) =>
    cases(
      either,
      (same) => rewrite(symm(same))(has_init_block(after), i),
      (is) =>
        rewrite(symm(is))(
          has_init_block(after),
          btExtendIB_stronger(theory)(before, b)(rewrite(is)(valid(btExtend(before, b)), v), i)
        )
    )
}

/** @coq Systems/Protocol.v procInt_valid */
export const procInt_valid = lemma(
  'procInt_valid',
  'V(tree(procInt(st, tr))) ⇒ V(tree(st))',
  'A tree that is defined after an internal transition was defined before.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, blockTree, procInt, candidate } = theory.words
  return internal(theory).state(<st, tr, ts>(st: St<T, st>, tr: Trans<T, tr>, ts: Time<T, ts>) =>
    given(valid(blockTree(procInt(st, tr, ts))))
      .infer(valid(blockTree(st)))
      .by((v) => validBefore(theory)(procInt_tree(theory)(st, tr, ts)(), v, blockTree(st), candidate(st, tr, ts)))
  )
})

/** @coq Systems/Protocol.v procInt_validH */
export const procInt_validH = lemma(
  'procInt_validH',
  'V(tree(st)) ∧ H(tree(st)) ⇒ H(tree(procInt(st, tr)))',
  'An internal transition keeps a tree keyed by hashes.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, blockTree, validH, procInt, candidate } = theory.words
  return internal(theory).state(<st, tr, ts>(st: St<T, st>, tr: Trans<T, tr>, ts: Time<T, ts>) =>
    given(valid(blockTree(st)), validH(blockTree(st)))
      .infer(validH(blockTree(procInt(st, tr, ts))))
      .by((_, h) =>
        keyedAfter(theory)(
          procInt_tree(theory)(st, tr, ts)(),
          h,
          blockTree(st),
          blockTree(procInt(st, tr, ts)),
          candidate(st, tr, ts)
        )
      )
  )
})

/** @coq Systems/Protocol.v procInt_has_init_block */
export const procInt_has_init_block = lemma(
  'procInt_has_init_block',
  'V(tree(procInt(st, tr))) ∧ H(tree(st)) ∧ I(tree(st)) ⇒ I(tree(procInt(st, tr)))',
  'An internal transition without a collision keeps genesis.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, blockTree, procInt, validH, has_init_block, candidate } = theory.words
  return internal(theory).state(<st, tr, ts>(st: St<T, st>, tr: Trans<T, tr>, ts: Time<T, ts>) =>
    given(valid(blockTree(procInt(st, tr, ts))), validH(blockTree(st)), has_init_block(blockTree(st)))
      .infer(has_init_block(blockTree(procInt(st, tr, ts))))
      .by((v, _, i) =>
        rootedAfter(theory)(
          procInt_tree(theory)(st, tr, ts)(),
          v,
          i,
          blockTree(st),
          blockTree(procInt(st, tr, ts)),
          candidate(st, tr, ts)
        )
      )
  )
})

/** @coq Systems/Protocol.v procMsg_peers_uniq */
export const procMsg_peers_uniq = lemma(
  'procMsg_peers_uniq',
  'peers(st) without repetitions ⇒ peers(procMsg(st, from, m)) without repetitions',
  'Receiving a message keeps peers distinct.'
)(<T extends Types>(theory: Theory<T>) => {
  const { peers, procMsg } = theory.words
  const { uniq } = theory.words.Addresses
  return received(theory).state(<st, from, m, ts>(st: St<T, st>, from: Addr<from>, m: Msg<T, m>, ts: Time<T, ts>) =>
    given(uniq(peers(st))).infer(uniq(peers(procMsg(st, from, m, ts))))
  )
})
