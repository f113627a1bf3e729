/**
 * The chain of a block, unfolded: the lemmas of `Structures/Forests.v` from `compute_chain_rcons` to
 * `good_chain_nocycle`.
 */
import * as fc from 'fast-check'
import type { Types } from '../../../../spec/blockchain/types.js'
import { congruence, given, not, or, refl, substitute, symm, trans } from '../../../proof/kernel.js'
import { chapter, forall } from '../../../proof/lemma.js'
import { rooted, t_alone, t_b_within } from '../terms.js'
import type { Blk, Chain, Tree } from '../terms.js'
import type { Theory } from '../theory.js'
import { init_chain } from './chainGrowth.js'

const { definition, lemma, stronger } = chapter('Structures/Forests.v')

/** A tree, one of its blocks, and its predecessor there. */
const withParent = <T extends Types>(theory: Theory<T>) => {
  const { tree, block, childOf, parent } = theory.sorts
  return forall('bt c p', tree, block, block).drawnBy(
    tree.sample.chain((bt) => fc.tuple(fc.constant(bt), childOf(bt), block.sample)),
    ([bt, c, p]) => [bt, c, parent(bt, c) ?? p]
  )
}

export const compute_chain_rcons_stronger = stronger(
  'compute_chain_rcons',
  'c ∈ t ∧ c ≠ G ∧ find(prev c, t) = p ⇒ chain(t, c) = chain(t ∖ #c, p) ++ [c]',
  'The chain of a block is that of its predecessor in the rest of the tree, and the block.',
  'The premises V(t) and H(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btHasBlock, eqBlock, G, finds, prevBlockHash, eqChain, compute_chain, free, hash } = theory.words
  const { rcons } = theory.words.Blocks
  return withParent(theory).state(<t, c, p>(bt: Tree<T, t>, c: Blk<T, c>, p: Blk<T, p>) =>
    given(btHasBlock(c, bt), not(eqBlock(c, G)), finds(prevBlockHash(c), bt, p)).infer(
      eqChain(compute_chain(bt, c), rcons(compute_chain(free(hash(c), bt), p), c))
    )
  )
})

/** @coq Structures/Forests.v compute_chain_rcons */
export const compute_chain_rcons = lemma(
  'compute_chain_rcons',
  'V(t) ∧ H(t) ∧ c ∈ t ∧ c ≠ G ∧ find(prev c, t) = p ⇒ chain(t, c) = chain(t ∖ #c, p) ++ [c]',
  'The chain of a block is that of its predecessor in the rest of the tree, and the block.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, validH, btHasBlock, eqBlock, G, finds, prevBlockHash, eqChain, compute_chain, free, hash } =
    theory.words
  const { rcons } = theory.words.Blocks
  return withParent(theory).state(<t, c, p>(bt: Tree<T, t>, c: Blk<T, c>, p: Blk<T, p>) =>
    given(valid(bt), validH(bt), btHasBlock(c, bt), not(eqBlock(c, G)), finds(prevBlockHash(c), bt, p))
      .infer(eqChain(compute_chain(bt, c), rcons(compute_chain(free(hash(c), bt), p), c)))
      .by((_v, _h, has, notG, found) => compute_chain_rcons_stronger(theory)(bt, c, p)(has, notG, found))
  )
})

/** @coq Structures/Forests.v compute_chain_genesis */
export const compute_chain_genesis = lemma(
  'compute_chain_genesis',
  'V(t) ∧ H(t) ∧ I(t) ⇒ chain(t, G) = [G]',
  'The chain of genesis is genesis alone.',
  'The same as init_chain, with two superfluous premises.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqChain, compute_chain, G, onlyG } = theory.words
  return t_alone(theory).state(<t>(bt: Tree<T, t>) =>
    given(...rooted(theory)(bt, bt))
      .infer(eqChain(compute_chain(bt, G), onlyG))
      .by((_v, _h, i) => init_chain(theory)(bt)(i))
  )
})

/** A tree and two blocks, most of the time of the tree. */
const t_b_c = <T extends Types>({ sorts: { tree, block, blockOf } }: Theory<T>) =>
  forall('bt b c', tree, block, block).drawnBy(
    tree.sample.chain((bt) => fc.tuple(fc.constant(bt), blockOf(bt), blockOf(bt))),
    (t_b_c) => t_b_c
  )

export const compute_chain_noblock_stronger = stronger(
  'compute_chain_noblock',
  'b ∈ t ∧ b ∉ chain(t, c) ⇒ chain(t, c) = chain(t ∖ #b, c)',
  'Removing a block that is not in a chain keeps the chain.',
  'The premises V(t) and H(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btHasBlock, compute_chain, eqChain, free, hash } = theory.words
  const { isIn } = theory.words.Blocks
  return t_b_c(theory).state(<t, b, c>(bt: Tree<T, t>, b: Blk<T, b>, c: Blk<T, c>) =>
    given(btHasBlock(b, bt), not(isIn(b, compute_chain(bt, c)))).infer(
      eqChain(compute_chain(bt, c), compute_chain(free(hash(b), bt), c))
    )
  )
})

/** @coq Structures/Forests.v compute_chain_noblock */
export const compute_chain_noblock = lemma(
  'compute_chain_noblock',
  'V(t) ∧ H(t) ∧ b ∈ t ∧ b ∉ chain(t, c) ⇒ chain(t, c) = chain(t ∖ #b, c)',
  'Removing a block that is not in a chain keeps the chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, validH, btHasBlock, compute_chain, eqChain, free, hash } = theory.words
  const { isIn } = theory.words.Blocks
  return t_b_c(theory).state(<t, b, c>(bt: Tree<T, t>, b: Blk<T, b>, c: Blk<T, c>) =>
    given(valid(bt), validH(bt), btHasBlock(b, bt), not(isIn(b, compute_chain(bt, c))))
      .infer(eqChain(compute_chain(bt, c), compute_chain(free(hash(b), bt), c)))
      .by((_v, _h, has, notIn) => compute_chain_noblock_stronger(theory)(bt, b, c)(has, notIn))
  )
})

export const has_finds = definition(
  'btHasBlock',
  'b ∈ t ⇒ find(#b, t) = b',
  'What it means that a block is in a tree.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btHasBlock, finds, hash } = theory.words
  return t_b_within(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(btHasBlock(b, bt)).infer(finds(hash(b), bt, b))
  )
})

export const compute_chain_prev_stronger = stronger(
  'compute_chain_prev',
  'b ∈ t ∧ p ∈ t ∧ b ≠ G ∧ prev b = #p ∧ b ∉ chain(t, p) ⇒ chain(t, b) = chain(t, p) ++ [b]',
  'The chain of a block is that of its predecessor, and the block, unless that closes a cycle.',
  'The premises V(t) and H(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btHasBlock, eqBlock, G, eqHash, prevBlockHash, hash, compute_chain, eqChain, free, finds, eqTree } =
    theory.words
  const { isIn, rcons } = theory.words.Blocks
  return withParent(theory).state(<t, c, p>(bt: Tree<T, t>, b: Blk<T, c>, p: Blk<T, p>) =>
    given(
      btHasBlock(b, bt),
      btHasBlock(p, bt),
      not(eqBlock(b, G)),
      eqHash(prevBlockHash(b), hash(p)),
      not(isIn(b, compute_chain(bt, p)))
    )
      .infer(eqChain(compute_chain(bt, b), rcons(compute_chain(bt, p), b)))
      .by((has, hasP, notG, linked, notIn) => {
        const rest = free(hash(b), bt)
        const found = substitute(
          finds(prevBlockHash(b), bt, p),
          has_finds(theory)(bt, p)(hasP),
          symm(linked),
          refl(eqTree(bt, bt)),
          refl(eqBlock(p, p))
        )
        return trans(
          compute_chain_rcons_stronger(theory)(bt, b, p)(has, notG, found),
          congruence(
            eqChain(rcons(compute_chain(rest, p), b), rcons(compute_chain(bt, p), b)),
            symm(compute_chain_noblock_stronger(theory)(bt, b, p)(has, notIn)),
            refl(eqBlock(b, b))
          )
        )
      })
  )
})

/** @coq Structures/Forests.v compute_chain_prev */
export const compute_chain_prev = lemma(
  'compute_chain_prev',
  'V(t) ∧ H(t) ∧ b ∈ t ∧ p ∈ t ∧ b ≠ G ∧ prev b = #p ∧ b ∉ chain(t, p) ⇒ chain(t, b) = chain(t, p) ++ [b]',
  'The chain of a block is that of its predecessor, and the block, unless that closes a cycle.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, validH, btHasBlock, eqBlock, G, eqHash, prevBlockHash, hash, compute_chain, eqChain } = theory.words
  const { isIn, rcons } = theory.words.Blocks
  return withParent(theory).state(<t, c, p>(bt: Tree<T, t>, b: Blk<T, c>, p: Blk<T, p>) =>
    given(
      valid(bt),
      validH(bt),
      btHasBlock(b, bt),
      btHasBlock(p, bt),
      not(eqBlock(b, G)),
      eqHash(prevBlockHash(b), hash(p)),
      not(isIn(b, compute_chain(bt, p)))
    )
      .infer(eqChain(compute_chain(bt, b), rcons(compute_chain(bt, p), b)))
      .by((_v, _h, has, hasP, notG, linked, notIn) =>
        compute_chain_prev_stronger(theory)(bt, b, p)(has, hasP, notG, linked, notIn)
      )
  )
})

/** @coq Structures/Forests.v compute_chain_last */
export const compute_chain_last = lemma(
  'compute_chain_last',
  'chain(t, b) = [] ∨ #last(chain(t, b)) = #b',
  'The chain of a block ends with a block of its hash.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqChain, compute_chain, eqHash, hash, lastBlock } = theory.words
  const { nil } = theory.words.Blocks
  return t_b_within(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given().infer(or(eqChain(compute_chain(bt, b), nil), eqHash(hash(lastBlock(compute_chain(bt, b))), hash(b))))
  )
})

export const compute_chain_hash_chain_stronger = stronger(
  'compute_chain_hash_chain',
  'H(t) ⇒ hash_chain(chain(t, b))',
  'Each block of a chain links to the one before it.',
  'The premise V(t) is not needed. H(t) is: a block that is stored under its hash and under another one is taken for the predecessor of a block that names the other.'
)(<T extends Types>(theory: Theory<T>) => {
  const { validH, hash_chain, compute_chain } = theory.words
  return t_b_within(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(validH(bt)).infer(hash_chain(compute_chain(bt, b)))
  )
})

/** @coq Structures/Forests.v compute_chain_hash_chain */
export const compute_chain_hash_chain = lemma(
  'compute_chain_hash_chain',
  'V(t) ∧ H(t) ⇒ hash_chain(chain(t, b))',
  'Each block of a chain links to the one before it.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, validH, hash_chain, compute_chain } = theory.words
  return t_b_within(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(valid(bt), validH(bt))
      .infer(hash_chain(compute_chain(bt, b)))
      .by((_, h) => compute_chain_hash_chain_stronger(theory)(bt, b)(h))
  )
})

/** A tree, the chain of a block in it, that block, and one of the chain. */
const onChain = <T extends Types>(theory: Theory<T>) => {
  const { forest } = theory
  const { tree, chain, block, blockOf } = theory.sorts
  return forall('bt c l b', tree, chain, block, block).drawnBy(
    tree.sample.chain((bt) => fc.tuple(fc.constant(bt), blockOf(bt), block.sample, fc.nat(4))),
    ([bt, l, b, n]) => {
      const c = forest.compute_chain(bt, l)
      return [bt, c, l, c[n] ?? c[c.length - 1] ?? b]
    }
  )
}

export const good_chain_nocycle_stronger = stronger(
  'good_chain_nocycle',
  'c = chain(t, l) ∧ c good ∧ b ∈ c ⇒ b = G ∨ prev b ≠ #l',
  'No block of a good chain but genesis follows its last one.',
  'The premises V(t), H(t), I(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqChain, compute_chain, good_chain, eqBlock, G, eqHash, prevBlockHash, hash } = theory.words
  const { isIn } = theory.words.Blocks
  return onChain(theory).state(<t, c, l, b>(bt: Tree<T, t>, c: Chain<T, c>, l: Blk<T, l>, b: Blk<T, b>) =>
    given(eqChain(c, compute_chain(bt, l)), good_chain(c), isIn(b, c)).infer(
      or(eqBlock(b, G), not(eqHash(prevBlockHash(b), hash(l))))
    )
  )
})

/** @coq Structures/Forests.v good_chain_nocycle */
export const good_chain_nocycle = lemma(
  'good_chain_nocycle',
  'V(t) ∧ H(t) ∧ I(t) ∧ c = chain(t, l) ∧ c good ∧ b ∈ c ⇒ b = G ∨ prev b ≠ #l',
  'No block of a good chain but genesis follows its last one.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqChain, compute_chain, good_chain, eqBlock, G, eqHash, prevBlockHash, hash } = theory.words
  const { isIn } = theory.words.Blocks
  return onChain(theory).state(<t, c, l, b>(bt: Tree<T, t>, c: Chain<T, c>, l: Blk<T, l>, b: Blk<T, b>) =>
    given(...rooted(theory)(bt, bt), eqChain(c, compute_chain(bt, l)), good_chain(c), isIn(b, c))
      .infer(or(eqBlock(b, G), not(eqHash(prevBlockHash(b), hash(l)))))
      .by((_v, _h, _i, is, good, p) => good_chain_nocycle_stronger(theory)(bt, c, l, b)(is, good, p))
  )
})
