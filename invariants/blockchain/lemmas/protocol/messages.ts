/** What a node does with a message: lemmas of `Systems/Protocol.v`. */
import * as fc from 'fast-check'
import type { Types } from '../../../../spec/blockchain/types.js'
import {
  byCases,
  congruence,
  given,
  inLeft,
  inRight,
  not,
  or,
  refl,
  rewrite,
  symm,
  trans
} from '../../../proof/kernel.js'
import { chapter, forall } from '../../../proof/lemma.js'
import { btChain_mem2_stronger } from '../forests/best.js'
import { btExtend_withDup_noEffect } from '../forests/commuting.js'
import { bestAlong } from '../library.js'
import type { Addr, Blk, Msg, St, Time, Trans } from '../terms.js'
import type { Theory } from '../theory.js'
import { carried, internal, keyedAfter, received, rootedAfter, validBefore } from './nodes.js'

const { lemma, fact } = chapter('Systems/Protocol.v')

/** A local state that receives a message without a block. */
const noBlock = <T extends Types>(theory: Theory<T>) => {
  const { state, address, plain, time } = theory.sorts
  return received(theory).drawnBy(fc.tuple(state.sample, address.sample, plain, time.sample), (ts) => ts)
}

/** @coq Systems/Protocol.v procMsg_non_block_nc_blockTree */
export const procMsg_non_block_nc_blockTree = lemma(
  'procMsg_non_block_nc_blockTree',
  'm no Block message ⇒ tree(procMsg(st, from, m)) = tree(st)',
  'Only block messages change the tree.'
)(<T extends Types>(theory: Theory<T>) => {
  const { isBlockMsg, eqTree, blockTree, procMsg } = theory.words
  return noBlock(theory).state(<st, from, m, ts>(st: St<T, st>, from: Addr<from>, m: Msg<T, m>, ts: Time<T, ts>) =>
    given(not(isBlockMsg(m))).infer(eqTree(blockTree(st), blockTree(procMsg(st, from, m, ts))))
  )
})

/** @coq Systems/Protocol.v procMsg_non_block_nc_btChain */
export const procMsg_non_block_nc_btChain = lemma(
  'procMsg_non_block_nc_btChain',
  'm no Block message ⇒ best(tree(procMsg(st, from, m))) = best(tree(st))',
  'Only block messages change the best chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const { isBlockMsg, eqChain, btChain, blockTree, procMsg } = theory.words
  return noBlock(theory).state(<st, from, m, ts>(st: St<T, st>, from: Addr<from>, m: Msg<T, m>, ts: Time<T, ts>) =>
    given(not(isBlockMsg(m)))
      .infer(eqChain(btChain(blockTree(st)), btChain(blockTree(procMsg(st, from, m, ts)))))
      .by((p) =>
        bestAlong(theory)(
          procMsg_non_block_nc_blockTree(theory)(st, from, m, ts)(p),
          blockTree(st),
          blockTree(procMsg(st, from, m, ts))
        )
      )
  )
})

/** A local state that receives a block. */
const blockCase = <T extends Types>(theory: Theory<T>) => {
  const { state, address, block, time } = theory.sorts
  return forall('st from b ts', state, address, block, time)
}

/** A block that the node most often has. */
const knownBlock = <T extends Types>(theory: Theory<T>) => {
  const { state, address, blockOf, time } = theory.sorts
  return blockCase(theory).drawnBy(
    state.sample.chain((st) => fc.tuple(fc.constant(st), address.sample, blockOf(st.blockTree), time.sample)),
    (ts) => ts
  )
}

/** A block that is most often in the node's best chain. */
const bestBlock = <T extends Types>(theory: Theory<T>) => {
  const { forest } = theory
  const { state, address, block, time } = theory.sorts
  return blockCase(theory).drawnBy(
    fc.tuple(state.sample, address.sample, block.sample, time.sample, fc.nat(4)),
    ([st, from, b, ts, n]) => [st, from, forest.btChain(st.blockTree)[n] ?? b, ts]
  )
}

/** @coq Systems/Protocol.v procMsg_block_btExtend_bt */
export const procMsg_block_btExtend_bt = lemma(
  'procMsg_block_btExtend_bt',
  'tree(procMsg(st, from, Block(b))) = tree(st) ⊕ b',
  'A block message extends the tree by its block.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqTree, blockTree, procMsg, BlockMsg, btExtend } = theory.words
  return blockCase(theory).state(<st, from, b, ts>(st: St<T, st>, from: Addr<from>, b: Blk<T, b>, ts: Time<T, ts>) =>
    given().infer(eqTree(blockTree(procMsg(st, from, BlockMsg(b), ts)), btExtend(blockTree(st), b)))
  )
})

export const procMsg_tree = fact(
  'procMsg_tree',
  'tree(procMsg(st, from, m)) is tree(st) or tree(st) ⊕ msg_block m',
  'Receiving a message leaves the tree as it is or extends it by the block of the message.'
)(<T extends Types>(theory: Theory<T>) => {
  const { blockTree, procMsg, btExtend, msg_block, eqTree, isBlockMsg, BlockMsg, eqState, eqAddress, eqTime } =
    theory.words
  return received(theory).state(<st, from, m, ts>(st: St<T, st>, from: Addr<from>, m: Msg<T, m>, ts: Time<T, ts>) => {
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
                    carried(theory)(m)(isBlock),
                    refl(eqTime(ts, ts))
                  )
                ),
                procMsg_block_btExtend_bt(theory)(st, from, msg_block(m), ts)()
              )
            )
          },
          (isNone) =>
            inLeft(symm(procMsg_non_block_nc_blockTree(theory)(st, from, m, ts)(isNone)), eqTree(after, extended))
        )
      )
  })
})

/** @coq Systems/Protocol.v procMsg_valid */
export const procMsg_valid = lemma(
  'procMsg_valid',
  'V(tree(procMsg(st, from, m))) ⇒ V(tree(st))',
  'A tree that is defined after a message was received was defined before.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, blockTree, procMsg, msg_block } = theory.words
  return received(theory).state(<st, from, m, ts>(st: St<T, st>, from: Addr<from>, m: Msg<T, m>, ts: Time<T, ts>) =>
    given(valid(blockTree(procMsg(st, from, m, ts))))
      .infer(valid(blockTree(st)))
      .by((v) => validBefore(theory)(procMsg_tree(theory)(st, from, m, ts)(), v, blockTree(st), msg_block(m)))
  )
})

/** @coq Systems/Protocol.v procMsg_validH */
export const procMsg_validH = lemma(
  'procMsg_validH',
  'V(tree(st)) ∧ H(tree(st)) ⇒ H(tree(procMsg(st, from, m)))',
  'Receiving a message keeps a tree keyed by hashes.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, blockTree, validH, procMsg, msg_block } = theory.words
  return received(theory).state(<st, from, m, ts>(st: St<T, st>, from: Addr<from>, m: Msg<T, m>, ts: Time<T, ts>) =>
    given(valid(blockTree(st)), validH(blockTree(st)))
      .infer(validH(blockTree(procMsg(st, from, m, ts))))
      .by((_, h) =>
        keyedAfter(theory)(
          procMsg_tree(theory)(st, from, m, ts)(),
          h,
          blockTree(st),
          blockTree(procMsg(st, from, m, ts)),
          msg_block(m)
        )
      )
  )
})

/** @coq Systems/Protocol.v procMsg_has_init_block */
export const procMsg_has_init_block = lemma(
  'procMsg_has_init_block',
  'V(tree(procMsg(st, from, m))) ∧ H(tree(st)) ∧ I(tree(st)) ⇒ I(tree(procMsg(st, from, m)))',
  'Receiving a message without a collision keeps genesis.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, blockTree, procMsg, validH, has_init_block, msg_block } = theory.words
  return received(theory).state(<st, from, m, ts>(st: St<T, st>, from: Addr<from>, m: Msg<T, m>, ts: Time<T, ts>) =>
    given(valid(blockTree(procMsg(st, from, m, ts))), validH(blockTree(st)), has_init_block(blockTree(st)))
      .infer(has_init_block(blockTree(procMsg(st, from, m, ts))))
      .by((v, _, i) =>
        rootedAfter(theory)(
          procMsg_tree(theory)(st, from, m, ts)(),
          v,
          i,
          blockTree(st),
          blockTree(procMsg(st, from, m, ts)),
          msg_block(m)
        )
      )
  )
})

/** @coq Systems/Protocol.v procMsg_known_block_nc_blockTree */
export const procMsg_known_block_nc_blockTree = lemma(
  'procMsg_known_block_nc_blockTree',
  'b ∈ tree(st) ⇒ tree(procMsg(st, from, Block(b))) = tree(st)',
  'A known block does not change the tree.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btHasBlock, blockTree, eqTree, procMsg, BlockMsg } = theory.words
  return knownBlock(theory).state(<st, from, b, ts>(st: St<T, st>, from: Addr<from>, b: Blk<T, b>, ts: Time<T, ts>) =>
    given(btHasBlock(b, blockTree(st)))
      .infer(eqTree(blockTree(st), blockTree(procMsg(st, from, BlockMsg(b), ts))))
      .by((has) =>
        trans(
          btExtend_withDup_noEffect(theory)(blockTree(st), b)(has),
          symm(procMsg_block_btExtend_bt(theory)(st, from, b, ts)())
        )
      )
  )
})

/** @coq Systems/Protocol.v procMsg_known_block_nc_btChain */
export const procMsg_known_block_nc_btChain = lemma(
  'procMsg_known_block_nc_btChain',
  'V(tree(st)) ∧ I(tree(st)) ∧ b ∈ best(tree(st)) ⇒ best(tree(procMsg(st, from, Block(b)))) = best(tree(st))',
  'A block of the best chain does not change the best chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, blockTree, has_init_block, Blocks, btChain, eqChain, procMsg, BlockMsg } = theory.words
  return bestBlock(theory).state(<st, from, b, ts>(st: St<T, st>, from: Addr<from>, b: Blk<T, b>, ts: Time<T, ts>) =>
    given(valid(blockTree(st)), has_init_block(blockTree(st)), Blocks.isIn(b, btChain(blockTree(st))))
      .infer(eqChain(btChain(blockTree(st)), btChain(blockTree(procMsg(st, from, BlockMsg(b), ts)))))
      .by((_, i, p) =>
        bestAlong(theory)(
          procMsg_known_block_nc_blockTree(theory)(st, from, b, ts)(
            btChain_mem2_stronger(theory)(blockTree(st), b)(i, p)
          ),
          blockTree(st),
          blockTree(procMsg(st, from, BlockMsg(b), ts))
        )
      )
  )
})

/** @coq Systems/Protocol.v procMsg_block_btExtend_btChain */
export const procMsg_block_btExtend_btChain = lemma(
  'procMsg_block_btExtend_btChain',
  'best(tree(procMsg(st, from, Block(b)))) = best(tree(st) ⊕ b)',
  'The best chain after a block message is that of the tree extended by its block.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqChain, btChain, blockTree, procMsg, BlockMsg, btExtend } = theory.words
  return blockCase(theory).state(<st, from, b, ts>(st: St<T, st>, from: Addr<from>, b: Blk<T, b>, ts: Time<T, ts>) =>
    given()
      .infer(eqChain(btChain(blockTree(procMsg(st, from, BlockMsg(b), ts))), btChain(btExtend(blockTree(st), b))))
      .by(() =>
        bestAlong(theory)(
          procMsg_block_btExtend_bt(theory)(st, from, b, ts)(),
          blockTree(procMsg(st, from, BlockMsg(b), ts)),
          btExtend(blockTree(st), b)
        )
      )
  )
})

export const procInt_peers = fact(
  'procInt_peers',
  'peers(procInt(st, tr)) = peers(st)',
  'An internal transition does not change peers.'
)(<T extends Types>(theory: Theory<T>) => {
  const { Addresses, peers, procInt } = theory.words
  return internal(theory).state(<st, tr, ts>(st: St<T, st>, tr: Trans<T, tr>, ts: Time<T, ts>) =>
    given().infer(Addresses.equal(peers(st), peers(procInt(st, tr, ts))))
  )
})

/** @coq Systems/Protocol.v procInt_peers_uniq */
export const procInt_peers_uniq = lemma(
  'procInt_peers_uniq',
  'peers(st) without repetitions ⇒ peers(procInt(st, tr)) without repetitions',
  'An internal transition keeps peers distinct.'
)(<T extends Types>(theory: Theory<T>) => {
  const { peers, procInt } = theory.words
  const { uniq } = theory.words.Addresses
  return internal(theory).state(<st, tr, ts>(st: St<T, st>, tr: Trans<T, tr>, ts: Time<T, ts>) =>
    given(uniq(peers(st)))
      .infer(uniq(peers(procInt(st, tr, ts))))
      .by((u) => rewrite(procInt_peers(theory)(st, tr, ts)())(uniq(peers(procInt(st, tr, ts))), u))
  )
})
