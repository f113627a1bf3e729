/**
 * A block on top of a good chain continues it: the lemmas of `Structures/Forests.v` from `btExtend_mint_ext` to
 * `valid_chain_last`.
 */
import * as fc from 'fast-check'
import { rooted } from '../terms.js'
import type { Types } from '../../../../spec/blockchain/types.js'
import { and, both, given, iff } from '../../../proof/kernel.js'
import { chapter, forall } from '../../../proof/lemma.js'
import { back } from '../../../proof/logic.js'
import type { Blk, Chain, Tree } from '../terms.js'
import type { Theory } from '../theory.js'
import { t_c } from './goodChains.js'

const { definition, lemma, stronger } = chapter('Structures/Forests.v')

/** A tree, a block, and the chain that it continues there. */
const continued = <T extends Types>(theory: Theory<T>) => {
  const { forest } = theory
  const { tree, chain, block, rooted, parent } = theory.sorts
  return forall('bt c b', tree, chain, block).drawnBy(
    fc.tuple(rooted.sample, block.sample, tree.sample, fc.nat(5)),
    ([bt, b, any, n]) => {
      const p = parent(bt, b)
      return [n === 0 ? any : bt, p === undefined ? forest.btChain(bt) : forest.compute_chain(bt, p), b]
    }
  )
}

export const btExtend_mint_ext_stronger = stronger(
  'btExtend_mint_ext',
  'V(t⊕b) ∧ c = chain(t, last(c)) ∧ c good ∧ prev b = #last(c) ∧ VAF(b, c, txs b) ⇒ chain(t⊕b, b) = c ++ [b]',
  'An acceptable block on top of a good chain continues that chain.',
  'The premises H(t) and I(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtend, eqChain, compute_chain, lastBlock, good_chain, eqHash, prevBlockHash, hash, VAF } =
    theory.words
  const { rcons } = theory.words.Blocks
  return continued(theory).state(<t, c, b>(bt: Tree<T, t>, c: Chain<T, c>, b: Blk<T, b>) =>
    given(
      valid(btExtend(bt, b)),
      eqChain(c, compute_chain(bt, lastBlock(c))),
      good_chain(c),
      eqHash(prevBlockHash(b), hash(lastBlock(c))),
      VAF(b, c)
    ).infer(eqChain(compute_chain(btExtend(bt, b), b), rcons(c, b)))
  )
})

/** @coq Structures/Forests.v btExtend_mint_ext */
export const btExtend_mint_ext = lemma(
  'btExtend_mint_ext',
  'V(t⊕b) ∧ H(t) ∧ I(t) ∧ c = chain(t, last(c)) ∧ c good ∧ prev b = #last(c) ∧ VAF(b, c, txs b) ⇒ chain(t⊕b, b) = c ++ [b]',
  'An acceptable block on top of a good chain continues that chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtend, eqChain, compute_chain, lastBlock, good_chain, eqHash, prevBlockHash, hash, VAF } = theory.words
  const { rcons } = theory.words.Blocks
  return continued(theory).state(<t, c, b>(bt: Tree<T, t>, c: Chain<T, c>, b: Blk<T, b>) =>
    given(
      ...rooted(theory)(btExtend(bt, b), bt),
      eqChain(c, compute_chain(bt, lastBlock(c))),
      good_chain(c),
      eqHash(prevBlockHash(b), hash(lastBlock(c))),
      VAF(b, c)
    )
      .infer(eqChain(compute_chain(btExtend(bt, b), b), rcons(c, b)))
      .by((v, _h, _i, is, good, linked, accepted) =>
        btExtend_mint_ext_stronger(theory)(bt, c, b)(v, is, good, linked, accepted)
      )
  )
})

export const chain_from_last_stronger = stronger(
  'chain_from_last',
  'H(t) ∧ c ∈ all_chains(t) ⇒ c = chain(t, last(c))',
  'Each chain of a tree keyed by hashes is the chain of its last block.',
  'The premises V(t) and I(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { validH, all_chains, eqChain, compute_chain, lastBlock } = theory.words
  const { isIn: chainIn } = theory.words.Chains
  return t_c(theory).state(<t, c>(bt: Tree<T, t>, c: Chain<T, c>) =>
    given(validH(bt), chainIn(c, all_chains(bt))).infer(eqChain(c, compute_chain(bt, lastBlock(c))))
  )
})

/** @coq Structures/Forests.v chain_from_last */
export const chain_from_last = lemma(
  'chain_from_last',
  'V(t) ∧ H(t) ∧ I(t) ∧ c ∈ all_chains(t) ⇒ c = chain(t, last(c))',
  'Each chain of a tree keyed by hashes is the chain of its last block.'
)(<T extends Types>(theory: Theory<T>) => {
  const { all_chains, eqChain, compute_chain, lastBlock } = theory.words
  const { isIn: chainIn } = theory.words.Chains
  return t_c(theory).state(<t, c>(bt: Tree<T, t>, c: Chain<T, c>) =>
    given(...rooted(theory)(bt, bt), chainIn(c, all_chains(bt)))
      .infer(eqChain(c, compute_chain(bt, lastBlock(c))))
      .by((_v, h, _i, p) => chain_from_last_stronger(theory)(bt, c)(h, p))
  )
})

export const valid_chain_block_def = definition(
  'valid_chain_block',
  'valid_chain_block(c, b) ⇔ VAF(b, c, txs b) ∧ the transactions of b are valid after c',
  'What makes a block acceptable after a chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain, block } = theory.sorts
  const { valid_chain_block, VAF, txsValid } = theory.words
  return forall('c b', chain, block).state(<c, b>(c: Chain<T, c>, b: Blk<T, b>) =>
    given().infer(iff(valid_chain_block(c, b), and(VAF(b, c), txsValid(b, c))))
  )
})

export const valid_chain_from_cons = definition(
  "valid_chain'",
  'b :: c valid after p ⇔ VAF(b, p, txs b) ∧ the transactions of b are valid after p ∧ c valid after p ++ [b]',
  'A chain is valid if its first block is, and the rest after it.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain, block } = theory.sorts
  const { valid_chain_from, VAF, txsValid } = theory.words
  const { cons, rcons } = theory.words.Blocks
  return forall('c b p', chain, block, chain).state(<c, b, p>(c: Chain<T, c>, b: Blk<T, b>, p: Chain<T, p>) =>
    given().infer(
      iff(valid_chain_from(cons(b, c), p), and(and(VAF(b, p), txsValid(b, p)), valid_chain_from(c, rcons(p, b))))
    )
  )
})

/** @coq Structures/Forests.v valid_chain_last_ind */
export const valid_chain_last_ind = lemma(
  'valid_chain_last_ind',
  'VAF(b, p, txs b) ∧ txs of b valid after p ∧ c valid after p ++ [b] ⇒ b :: c valid after p',
  'A chain is valid if its first block is, and the rest after it.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain, block } = theory.sorts
  const { VAF, txsValid, valid_chain_from } = theory.words
  const { rcons, cons } = theory.words.Blocks
  return forall('c p b', chain, chain, block).state(<c, p, b>(c: Chain<T, c>, p: Chain<T, p>, b: Blk<T, b>) =>
    given(VAF(b, p), txsValid(b, p), valid_chain_from(c, rcons(p, b)))
      .infer(valid_chain_from(cons(b, c), p))
      .by((accepted, txs, rest) => back(valid_chain_from_cons(theory)(c, b, p)(), both(both(accepted, txs), rest)))
  )
})

/** A chain and a block. */
export const c_b = <T extends Types>({ sorts: { chain, block } }: Theory<T>) => forall('c b', chain, block)

/** @coq Structures/Forests.v valid_chain_last */
export const valid_chain_last = lemma(
  'valid_chain_last',
  'valid_chain_block(c, b) ∧ c valid ⇒ c ++ [b] valid',
  'A block that is acceptable after a valid chain continues it to a valid chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain, block, validChain } = theory.sorts
  const { valid_chain_block, valid_chain } = theory.words
  const { rcons } = theory.words.Blocks
  return forall('c b', chain, block)
    .drawnBy(fc.tuple(validChain.sample, chain.sample, block.sample, fc.nat(3)), ([c, d, b, n]) => [n === 0 ? d : c, b])
    .state(<c, b>(c: Chain<T, c>, b: Blk<T, b>) =>
      given(valid_chain_block(c, b), valid_chain(c)).infer(valid_chain(rcons(c, b)))
    )
})
