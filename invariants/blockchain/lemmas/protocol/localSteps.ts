/** What a local step does, whichever it is: the last lemmas of `Systems/Protocol.v`. */
import type { Types } from '../../../../spec/blockchain/types.js'
import { cases, congruence, given, or, rewrite, symm, trans } from '../../../proof/kernel.js'
import { chapter } from '../../../proof/lemma.js'
import type { St, Step } from '../terms.js'
import type { Theory } from '../theory.js'
import { procInt_peers_uniq, procMsg_valid } from './messages.js'
import { procInt_id_constant, procInt_valid, procMsg_id_constant, procMsg_peers_uniq, stepped } from './nodes.js'

const { definition, lemma } = chapter('Systems/Protocol.v')

export const local_step_def = definition(
  'local_step',
  'a local step leaves the state as it is, or receives a message, or makes an internal transition',
  'What a local step is.'
)(<T extends Types>(theory: Theory<T>) => {
  const { local_step, stepTime, eqState, procMsg, stepFrom, stepMsg, procInt, stepTransition } = theory.words
  return stepped(theory).state(<st, step>(st: St<T, st>, step: Step<T, step>) => {
    const after = local_step(st, step)
    const ts = stepTime(step)
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
})

/** @coq Systems/Protocol.v id_constant */
export const id_constant = lemma(
  'id_constant',
  'id(st) = id(local_step(st, step))',
  'No local step changes who a node is.'
)(<T extends Types>(theory: Theory<T>) => {
  const { local_step, stepFrom, stepMsg, stepTransition, stepTime, procMsg, procInt, eqAddress, id } = theory.words
  return stepped(theory).state(<st, step>(st: St<T, st>, step: Step<T, step>) => {
    const after = local_step(st, step)
    const [from, m, tr, ts] = [stepFrom(step, st), stepMsg(step), stepTransition(step), stepTime(step)]
    const [afterMsg, afterInt] = [procMsg(st, from, m, ts), procInt(st, tr, ts)]
    return given()
      .infer(eqAddress(id(st), id(after)))
      .by(() =>
        cases(
          local_step_def(theory)(st, step)(),
          (same) => congruence(eqAddress(id(st), id(after)), symm(same)),
          (moved) =>
            cases(
              moved,
              (is) =>
                trans(
                  procMsg_id_constant(theory)(st, from, m, ts)(),
                  congruence(eqAddress(id(afterMsg), id(after)), symm(is))
                ),
              (is) =>
                trans(
                  procInt_id_constant(theory)(st, tr, ts)(),
                  congruence(eqAddress(id(afterInt), id(after)), symm(is))
                )
            )
        )
      )
  })
})

/** @coq Systems/Protocol.v bt_valid */
export const bt_valid = lemma(
  'bt_valid',
  'V(tree(local_step(st, step))) ⇒ V(tree(st))',
  'A tree that is defined after a local step was defined before.'
)(<T extends Types>(theory: Theory<T>) => {
  const { local_step, stepFrom, stepMsg, stepTransition, stepTime, procMsg, procInt, valid, blockTree, eqTree } =
    theory.words
  return stepped(theory).state(<st, step>(st: St<T, st>, step: Step<T, step>) => {
    const after = local_step(st, step)
    const [from, m, tr, ts] = [stepFrom(step, st), stepMsg(step), stepTransition(step), stepTime(step)]
    const [afterMsg, afterInt] = [procMsg(st, from, m, ts), procInt(st, tr, ts)]
    return given(valid(blockTree(after)))
      .infer(valid(blockTree(st)))
      .by((v) =>
        cases(
          local_step_def(theory)(st, step)(),
          (same) => rewrite(congruence(eqTree(blockTree(after), blockTree(st)), same))(valid(blockTree(st)), v),
          (moved) =>
            cases(
              moved,
              (is) =>
                procMsg_valid(theory)(st, from, m, ts)(
                  rewrite(congruence(eqTree(blockTree(after), blockTree(afterMsg)), is))(valid(blockTree(afterMsg)), v)
                ),
              (is) =>
                procInt_valid(theory)(st, tr, ts)(
                  rewrite(congruence(eqTree(blockTree(after), blockTree(afterInt)), is))(valid(blockTree(afterInt)), v)
                )
            )
        )
      )
  })
})

/** @coq Systems/Protocol.v peers_uniq */
export const peers_uniq = lemma(
  'peers_uniq',
  'peers(st) without repetitions ⇒ peers(local_step(st, step)) without repetitions',
  'A local step keeps peers distinct.'
)(<T extends Types>(theory: Theory<T>) => {
  const { local_step, stepFrom, stepMsg, stepTransition, stepTime, procMsg, procInt, peers, Addresses } = theory.words
  const { uniq } = theory.words.Addresses
  return stepped(theory).state(<st, step>(st: St<T, st>, step: Step<T, step>) => {
    const after = local_step(st, step)
    const [from, m, tr, ts] = [stepFrom(step, st), stepMsg(step), stepTransition(step), stepTime(step)]
    const [afterMsg, afterInt] = [procMsg(st, from, m, ts), procInt(st, tr, ts)]
    return given(uniq(peers(st)))
      .infer(uniq(peers(after)))
      .by((u) =>
        cases(
          local_step_def(theory)(st, step)(),
          (same) => rewrite(congruence(Addresses.equal(peers(st), peers(after)), symm(same)))(uniq(peers(after)), u),
          (moved) =>
            cases(
              moved,
              (is) =>
                rewrite(congruence(Addresses.equal(peers(afterMsg), peers(after)), symm(is)))(
                  uniq(peers(after)),
                  procMsg_peers_uniq(theory)(st, from, m, ts)(u)
                ),
              (is) =>
                rewrite(congruence(Addresses.equal(peers(afterInt), peers(after)), symm(is)))(
                  uniq(peers(after)),
                  procInt_peers_uniq(theory)(st, tr, ts)(u)
                )
            )
        )
      )
  })
})
