/**
 * The forest lemmas of the edition of 2018, and which of them need that no two blocks have one hash.
 *
 * Coq proved each of them from that axiom, directly or through others. Here each is decided on all small inputs, twice:
 * where no two of the blocks at hand have one hash, and where they may. A lemma *dies* if it fails in the second case
 * only. Nothing is proved: that a lemma survives means that no small input refutes it.
 *
 * Left out are lemmas that speak of no tree, of the workers of other definitions, and of lists of chains.
 */
import * as O from 'fp-ts/lib/Option.js'
import * as cpp18 from '../../../spec/blockchain/editions/cpp18.js'
import type { Block, Blockchain } from '../../../spec/blockchain/types.js'
import { dom, range, valid } from '../../../spec/prelude/unionMap.js'
import { isIn, last, rcons, subset, uniq } from '../../../spec/prelude/seq.js'
import { blocks, listsOf, showBlock, showBlocks, showTree, tiny, trees } from './tiny.js'
import type { B, TinyTypes, Tree } from './tiny.js'

type Blocks = ReadonlyArray<B>
type Chain = Blockchain<TinyTypes>

/** What a lemma speaks of; what it does not mention is genesis, or empty. */
export interface Inputs {
  readonly t: Tree
  readonly a: B
  readonly b: B
  readonly l: Blocks
  readonly m: Blocks
}

/** Which of the inputs a lemma mentions, in the order in which they are shown. */
export type Variables = ReadonlyArray<keyof Inputs>

/** What a lemma says of inputs: nothing, if its premises do not hold of them. */
export type Verdict = 'not met' | 'holds' | 'fails'

/** A lemma of the edition. */
export interface Lemma {
  /** Its name, and its file on the branch `cpp2018`. */
  readonly name: string
  readonly file: 'Structures/Forests.v' | 'Properties/InvCliqueTopology.v'
  /** Its statement, in the notation of `docs/editions.md`. */
  readonly statement: string
  readonly variables: Variables
  readonly decide: (inputs: Inputs) => Verdict
}

const { params } = tiny
const F = cpp18.Forests(tiny.types, params)
const { GenesisBlock: G, hashB, VAF } = params
const { blockEq, chainEq, treeEq, find, free, geq } = F
const { btExtend, btExtendAll, btHasBlock, btChain, compute_chain, all_blocks, all_chains, good_chains } = F
const { good_chain, good_bt, valid_chain, valid_chain_block, validH, has_init_block, get_block, lastBlock } = F
const among = isIn(blockEq)
const keyed = (b: B, t: Tree): boolean => isIn(tiny.types.Hash)(hashB(b), dom(t))
const better = (A: Chain, B2: Chain): boolean => params.FCR(A, B2)
const endsWith = (whole: Chain, end: Chain): boolean => chainEq.equals(whole.slice(whole.length - end.length), end)
const chainsWithin = (c: ReadonlyArray<Chain>, d: ReadonlyArray<Chain>): boolean => subset(chainEq)(c, d)
const findsIn = (t: Tree, b: B): boolean => O.exists((c: Block<TinyTypes>) => blockEq.equals(b, c))(find(hashB(b), t))

/** The premises of nearly every lemma: V, H, I. */
const proper = (t: Tree): boolean => valid(t) && validH(t) && has_init_block(t)

const always = (holds: boolean): Verdict => (holds ? 'holds' : 'fails')
const when = (premises: boolean, conclusion: () => boolean): Verdict => (premises ? always(conclusion()) : 'not met')

const inFile =
  (file: Lemma['file']) =>
  (name: string, statement: string, variables: string, decide: Lemma['decide']): Lemma => ({
    name,
    file,
    statement,
    variables: (['t', 'a', 'b', 'l', 'm'] as const).filter((v) => variables.includes(v)),
    decide
  })
const forests = inFile('Structures/Forests.v')
const clique = inFile('Properties/InvCliqueTopology.v')

/** The lemmas, in the order of the branch. */
export const lemmas: ReadonlyArray<Lemma> = [
  forests('btExtendH', 'V(t) ∧ H(t) ⇒ H(t⊕b)', 'tb', ({ t, b }) =>
    when(valid(t) && validH(t), () => validH(btExtend(t, b)))
  ),
  forests('btExtendV', 'V(t) = V(t⊕b)', 'tb', ({ t, b }) => always(valid(t) === valid(btExtend(t, b)))),
  forests('btExtendV_fold', 'V(t) = V(t⊕*l)', 'tl', ({ t, l }) => always(valid(t) === valid(btExtendAll(t, l)))),
  forests('btExtendH_fold', 'V(t) ∧ H(t) ⇒ H(t⊕*l)', 'tl', ({ t, l }) =>
    when(valid(t) && validH(t), () => validH(btExtendAll(t, l)))
  ),
  forests('btExtendIB', 'V(t) ∧ H(t) ∧ I(t) ⇒ I(t⊕b)', 'tb', ({ t, b }) =>
    when(proper(t), () => has_init_block(btExtend(t, b)))
  ),
  forests('btExtendIB_fold', 'V(t) ∧ H(t) ∧ I(t) ⇒ I(t⊕*l)', 'tl', ({ t, l }) =>
    when(proper(t), () => has_init_block(btExtendAll(t, l)))
  ),
  forests('btExtend_dom', 'V(t) ⇒ dom t ⊆ dom(t⊕b)', 'tb', ({ t, b }) =>
    when(valid(t), () => subset(tiny.types.Hash)(dom(t), dom(btExtend(t, b))))
  ),
  forests('btExtend_find', 'V(t) ∧ find(#b, t) = b ⇒ find(#b, t⊕a) = b', 'tba', ({ t, a, b }) =>
    when(findsIn(t, b), () => findsIn(btExtend(t, a), b))
  ),
  forests('btExtend_dom_fold', 'V(t) ⇒ dom t ⊆ dom(t⊕*l)', 'tl', ({ t, l }) =>
    when(valid(t), () => subset(tiny.types.Hash)(dom(t), dom(btExtendAll(t, l))))
  ),
  forests('btExtend_find_fold', 'V(t) ∧ find(#b, t) = b ⇒ find(#b, t⊕*l) = b', 'tbl', ({ t, b, l }) =>
    when(findsIn(t, b), () => findsIn(btExtendAll(t, l), b))
  ),
  forests('btExtend_in', 'V(t) ⇒ #b ∈ dom(t⊕b)', 'tb', ({ t, b }) => when(valid(t), () => keyed(b, btExtend(t, b)))),
  forests('btExtend_in_either', 'V(t) ∧ b ∈ t⊕a ⇒ b ∈ t ∨ b = a', 'tab', ({ t, a, b }) =>
    when(btHasBlock(btExtend(t, a), b), () => btHasBlock(t, b) || blockEq.equals(a, b))
  ),
  forests('btExtend_idemp', 'V(t) ⇒ t⊕b = t⊕b⊕b', 'tb', ({ t, b }) =>
    when(valid(t), () => treeEq.equals(btExtend(t, b), btExtend(btExtend(t, b), b)))
  ),
  forests('btExtend_preserve', 'V(t) ∧ #a ∈ dom t ⇒ #a ∈ dom(t⊕b)', 'tab', ({ t, a, b }) =>
    when(keyed(a, t), () => keyed(a, btExtend(t, b)))
  ),
  forests('btExtend_withDup_noEffect', '#b ∈ dom t ⇒ t = t⊕b', 'tb', ({ t, b }) =>
    when(keyed(b, t), () => treeEq.equals(t, btExtend(t, b)))
  ),
  forests('btExtend_comm', 'V(t) ⇒ t⊕a⊕b = t⊕b⊕a', 'tab', ({ t, a, b }) =>
    when(valid(t), () => treeEq.equals(btExtendAll(t, [a, b]), btExtendAll(t, [b, a])))
  ),
  forests('all_blocksP', 'b ∈ all_blocks(t) ⇔ some key of t is mapped to b', 'tb', ({ t, b }) =>
    always(F.is_block_in(t, b) === among(b, all_blocks(t)))
  ),
  forests("all_blocksP'", 'H(t) ⇒ (b ∈ all_blocks(t) ⇔ b ∈ t)', 'tb', ({ t, b }) =>
    when(validH(t), () => btHasBlock(t, b) === among(b, all_blocks(t)))
  ),
  forests('btExtend_blocks', 'V(t) ⇒ all_blocks(t) ⊆ all_blocks(t⊕b)', 'tb', ({ t, b }) =>
    when(valid(t), () => subset(blockEq)(all_blocks(t), all_blocks(btExtend(t, b))))
  ),
  forests('compute_chain_uniq', 'V(t) ⇒ chain(t, b) has no repetitions', 'tb', ({ t, b }) =>
    when(valid(t), () => uniq(blockEq)(compute_chain(t, b)))
  ),
  forests('block_in_chain', 'V(t) ∧ a ∈ chain(t, b) ⇒ a ∈ t', 'tab', ({ t, a, b }) =>
    when(among(a, compute_chain(t, b)), () => btHasBlock(t, a))
  ),
  forests('btExtend_chain_prefix', 'V(t) ∧ H(t) ⇒ chain(t⊕a, b) = p ++ chain(t, b) for some p', 'tab', ({ t, a, b }) =>
    when(valid(t) && validH(t), () => endsWith(compute_chain(btExtend(t, a), b), compute_chain(t, b)))
  ),
  forests(
    'compute_chain_no_self_ref',
    'V(t) ∧ H(t) ⇒ no block of chain(t, b) but the first is its own predecessor',
    'tb',
    ({ t, b }) =>
      when(valid(t) && validH(t), () =>
        compute_chain(t, b)
          .slice(1)
          .every((c) => c.prevBlockHash !== hashB(c))
      )
  ),
  forests(
    'btExtend_compute_chain',
    'V(t) ∧ H(t) ∧ I(t) ∧ good(chain(t, b)) ⇒ chain(t⊕a, b) = chain(t, b)',
    'tab',
    ({ t, a, b }) =>
      when(proper(t) && good_chain(compute_chain(t, b)), () =>
        chainEq.equals(compute_chain(btExtend(t, a), b), compute_chain(t, b))
      )
  ),
  forests('btExtend_chain_grows', 'V(t) ∧ H(t) ⇒ chain(t⊕a, b) ⊒ chain(t, b)', 'tab', ({ t, a, b }) =>
    when(valid(t) && validH(t), () => geq(compute_chain(btExtend(t, a), b), compute_chain(t, b)))
  ),
  forests('init_chain', 'I(t) ⇒ chain(t, G) = [G]', 't', ({ t }) =>
    when(has_init_block(t), () => chainEq.equals(compute_chain(t, G), [G]))
  ),
  forests('all_chains_init', 'I(t) ⇒ [G] ∈ all_chains(t)', 't', ({ t }) =>
    when(has_init_block(t), () => isIn(chainEq)([G], all_chains(t)))
  ),
  forests('btChain_in_bt', 'I(t) ⇒ best(t) ∈ all_chains(t)', 't', ({ t }) =>
    when(has_init_block(t), () => isIn(chainEq)(btChain(t), all_chains(t)))
  ),
  forests('btChain_mem2', 'V(t) ∧ I(t) ∧ b ∈ best(t) ⇒ b ∈ t', 'tb', ({ t, b }) =>
    when(has_init_block(t) && among(b, btChain(t)), () => btHasBlock(t, b))
  ),
  forests('btChain_mem', 'V(t) ∧ I(t) ∧ b ∉ t ⇒ b ∉ best(t)', 'tb', ({ t, b }) =>
    when(has_init_block(t) && !btHasBlock(t, b), () => !among(b, btChain(t)))
  ),
  forests('btExtend_sameOrBetter', 'V(t) ∧ H(t) ∧ I(t) ⇒ best(t⊕b) ⊒ best(t)', 'tb', ({ t, b }) =>
    when(proper(t), () => geq(btChain(btExtend(t, b)), btChain(t)))
  ),
  forests('btExtend_fold_comm', 'V(t) ⇒ t⊕*l⊕*m = t⊕*m⊕*l', 'tlm', ({ t, l, m }) =>
    when(valid(t), () => treeEq.equals(btExtendAll(t, [...l, ...m]), btExtendAll(t, [...m, ...l])))
  ),
  forests('btExtend_fold_preserve', 'V(t) ∧ #b ∈ dom t ⇒ #b ∈ dom(t⊕*l)', 'tbl', ({ t, b, l }) =>
    when(keyed(b, t), () => keyed(b, btExtendAll(t, l)))
  ),
  forests('btExtend_fold_sameOrBetter', 'V(t) ∧ H(t) ∧ I(t) ⇒ best(t⊕*l) ⊒ best(t)', 'tl', ({ t, l }) =>
    when(proper(t), () => geq(btChain(btExtendAll(t, l)), btChain(t)))
  ),
  forests('btExtend_monotone_btChain', 'V(t) ∧ H(t) ∧ I(t) ⇒ best(t⊕*(l ++ m)) ⊒ best(t⊕*l)', 'tlm', ({ t, l, m }) =>
    when(proper(t), () => geq(btChain(btExtendAll(t, [...l, ...m])), btChain(btExtendAll(t, l))))
  ),
  forests('btExtend_not_worse', 'V(t) ∧ H(t) ∧ I(t) ⇒ ¬ best(t) ⊐ best(t⊕b)', 'tb', ({ t, b }) =>
    when(proper(t), () => !better(btChain(t), btChain(btExtend(t, b))))
  ),
  forests('btExtend_fold_not_worse', 'V(t) ∧ H(t) ∧ I(t) ⇒ ¬ best(t) ⊐ best(t⊕*l)', 'tl', ({ t, l }) =>
    when(proper(t), () => !better(btChain(t), btChain(btExtendAll(t, l))))
  ),
  forests(
    'btExtend_seq_same',
    'V(t) ∧ H(t) ∧ I(t) ∧ b ∈ l ∧ best(t) = best(t⊕*l) ⇒ best(t) = best(t⊕b)',
    'tbl',
    ({ t, b, l }) =>
      when(proper(t) && among(b, l) && chainEq.equals(btChain(t), btChain(btExtendAll(t, l))), () =>
        chainEq.equals(btChain(t), btChain(btExtend(t, b)))
      )
  ),
  forests(
    'btExtend_seq_sameOrBetter',
    'V(t) ∧ H(t) ∧ I(t) ∧ b ∈ l ∧ best(t) ⊒ best(t⊕*l) ⇒ best(t) ⊒ best(t⊕b)',
    'tbl',
    ({ t, b, l }) =>
      when(proper(t) && among(b, l) && geq(btChain(t), btChain(btExtendAll(t, l))), () =>
        geq(btChain(t), btChain(btExtend(t, b)))
      )
  ),
  forests(
    'btExtend_seq_sameOrBetter_fref',
    'V(t) ∧ H(t) ∧ I(t) ∧ b ∈ l ∧ c ⊒ best(t) ∧ c ⊒ best(t⊕*l) ⇒ c ⊒ best(t⊕b) (for the worst such c: the better of the two)',
    'tbl',
    ({ t, b, l }) =>
      when(proper(t) && among(b, l), () =>
        geq(F.take_better_alt(btChain(btExtendAll(t, l)), btChain(t)), btChain(btExtend(t, b)))
      )
  ),
  forests(
    "btExtend_seq_sameOrBetter_fref'",
    'V(t) ∧ H(t) ∧ I(t) ∧ b ∈ l ∧ best(t⊕*l) ⊒ best(t) ⇒ best(t⊕*l) ⊒ best(t⊕b)',
    'tbl',
    ({ t, b, l }) =>
      when(proper(t) && among(b, l) && geq(btChain(btExtendAll(t, l)), btChain(t)), () =>
        geq(btChain(btExtendAll(t, l)), btChain(btExtend(t, b)))
      )
  ),
  forests('ohead_hash', 'b ∈ l ⇒ the first block of l with the hash of b is b', 'bl', ({ b, l }) =>
    when(among(b, l), () =>
      l
        .filter((c) => hashB(c) === hashB(b))
        .slice(0, 1)
        .every((c) => blockEq.equals(b, c))
    )
  ),
  forests('good_chain_btExtend', 'V(t) ∧ H(t) ∧ I(t) ∧ good(chain(t, b)) ⇒ good(chain(t⊕a, b))', 'tab', ({ t, a, b }) =>
    when(proper(t) && good_chain(compute_chain(t, b)), () => good_chain(compute_chain(btExtend(t, a), b)))
  ),
  forests(
    'good_chain_btExtend_fold',
    'V(t) ∧ H(t) ∧ I(t) ∧ good(chain(t, b)) ⇒ good(chain(t⊕*l, b))',
    'tbl',
    ({ t, b, l }) =>
      when(proper(t) && good_chain(compute_chain(t, b)), () => good_chain(compute_chain(btExtendAll(t, l), b)))
  ),
  forests(
    'btExtend_compute_chain_fold',
    'V(t) ∧ H(t) ∧ I(t) ∧ good(chain(t, b)) ⇒ chain(t⊕*l, b) = chain(t, b)',
    'tbl',
    ({ t, b, l }) =>
      when(proper(t) && good_chain(compute_chain(t, b)), () =>
        chainEq.equals(compute_chain(btExtendAll(t, l), b), compute_chain(t, b))
      )
  ),
  forests('btChain_is_largest', 'c ∈ good_chains(t) ⇒ best(t) ⊒ c', 't', ({ t }) =>
    when(valid(t), () => good_chains(t).every((c) => geq(btChain(t), c)))
  ),
  forests('btChain_good', 'good(best(t))', 't', ({ t }) => always(good_chain(btChain(t)))),
  forests('btChain_in_good_chains', 'I(t) ⇒ best(t) ∈ good_chains(t)', 't', ({ t }) =>
    when(has_init_block(t), () => isIn(chainEq)(btChain(t), good_chains(t)))
  ),
  forests(
    'compute_chain_rcons',
    'V(t) ∧ H(t) ∧ #b ∈ dom t ∧ find(prev b, t) = p ⇒ chain(t, b) = chain(t ∖ #b, p) ++ [b]',
    'tb',
    ({ t, b }) => {
      const prev = find(b.prevBlockHash, t)
      return valid(t) && validH(t) && keyed(b, t) && O.isSome(prev)
        ? always(chainEq.equals(compute_chain(t, b), rcons(compute_chain(free(hashB(b), t), prev.value), b)))
        : 'not met'
    }
  ),
  forests(
    'compute_chain_noblock',
    'V(t) ∧ H(t) ∧ #a ∈ dom t ∧ a ∉ chain(t, b) ⇒ chain(t, b) = chain(t ∖ #a, b)',
    'tab',
    ({ t, a, b }) =>
      when(valid(t) && validH(t) && keyed(a, t) && !among(a, compute_chain(t, b)), () =>
        chainEq.equals(compute_chain(t, b), compute_chain(free(hashB(a), t), b))
      )
  ),
  forests(
    'compute_chain_prev',
    'V(t) ∧ H(t) ∧ #b ∈ dom t ∧ prev b = #a ∧ b ∉ chain(t, a) ⇒ chain(t, b) = chain(t, a) ++ [b]',
    'tab',
    ({ t, a, b }) => {
      const met = keyed(b, t) && b.prevBlockHash === hashB(a) && !among(b, compute_chain(t, a))
      return when(valid(t) && validH(t) && met, () =>
        chainEq.equals(compute_chain(t, b), rcons(compute_chain(t, a), b))
      )
    }
  ),
  forests(
    'btExtend_mint_ext',
    'V(t) ∧ H(t) ∧ I(t) ∧ c = chain(t, a) ∧ a = last(c) ∧ good(c) ∧ prev b = #a ∧ VAF(proof b, ts, c) ⇒ chain(t⊕b, b) = c ++ [b]',
    'tab',
    ({ t, a, b }) => {
      const c = compute_chain(t, a)
      const met = blockEq.equals(lastBlock(c), a) && good_chain(c) && b.prevBlockHash === hashB(a) && VAF(b.proof, 0, c)
      return when(proper(t) && met, () => chainEq.equals(compute_chain(btExtend(t, b), b), rcons(c, b)))
    }
  ),
  forests('chain_from_last', 'V(t) ∧ H(t) ∧ I(t) ∧ c ∈ all_chains(t) ⇒ c = chain(t, last(c))', 't', ({ t }) =>
    when(proper(t), () => all_chains(t).every((c) => chainEq.equals(c, compute_chain(t, last(G, c)))))
  ),
  forests(
    'btExtend_mint_good_valid',
    'V(t) ∧ H(t) ∧ I(t) ∧ c = best(t) ∧ tx_valid_block(c, b) ∧ prev b = #last(c) ∧ VAF(proof b, ts, c) ⇒ chain(t⊕b, b) is good and valid',
    'tb',
    ({ t, b }) =>
      when(mintable(t, b), () => {
        const c = compute_chain(btExtend(t, b), b)
        return good_chain(c) && valid_chain(c)
      })
  ),
  forests(
    'btExtend_mint',
    'V(t) ∧ H(t) ∧ I(t) ∧ c = best(t) ∧ tx_valid_block(c, b) ∧ prev b = #last(c) ∧ VAF(proof b, ts, c) ⇒ best(t⊕b) ⊐ best(t)',
    'tb',
    ({ t, b }) => when(mintable(t, b), () => better(btChain(btExtend(t, b)), btChain(t)))
  ),
  forests('btExtend_good_chains_fold', 'V(t) ∧ H(t) ∧ I(t) ⇒ good_chains(t) ⊆ good_chains(t⊕*l)', 'tl', ({ t, l }) =>
    when(proper(t), () => chainsWithin(good_chains(t), good_chains(btExtendAll(t, l))))
  ),
  forests('btExtend_new_block', 'V(t) ∧ #b ∉ dom t ⇒ b ∈ all_blocks(t⊕b)', 'tb', ({ t, b }) =>
    when(valid(t) && !keyed(b, t), () => among(b, all_blocks(btExtend(t, b))))
  ),
  forests(
    'btExtend_get_block',
    'V(t) ∧ #b ∉ dom t ∧ #a ≠ #b ⇒ get_block(t⊕b, #a) = get_block(t, #a)',
    'tab',
    ({ t, a, b }) =>
      when(valid(t) && !keyed(b, t) && hashB(a) !== hashB(b), () =>
        blockEq.equals(get_block(btExtend(t, b), hashB(a)), get_block(t, hashB(a)))
      )
  ),
  forests(
    'btExtend_good_split',
    'V(t) ∧ H(t) ∧ I(t) ∧ good_bt(t) ∧ #b ∉ dom t ∧ good_bt(t⊕b) ⇒ good_chains(t⊕b) is good_chains(t) with chain(t⊕b, b) inserted',
    'tb',
    ({ t, b }) =>
      when(proper(t) && good_bt(t) && !keyed(b, t) && good_bt(btExtend(t, b)), () => {
        const [before, after] = [good_chains(t), good_chains(btExtend(t, b))]
        const at = after.findIndex((c) => chainEq.equals(c, compute_chain(btExtend(t, b), b)))
        const rest = [...after.slice(0, at), ...after.slice(at + 1)]
        return at >= 0 && rest.length === before.length && rest.every((c, i) => chainEq.equals(c, before[i] ?? []))
      })
  ),
  forests(
    "complete_bt_extend_gt'",
    'V, H, I of t ∧ c = t⊕*l ∧ good_bt(c) ∧ #b ∉ dom c ∧ good_bt(c⊕b) ∧ best(t⊕b) ⊐ best(c) ⇒ best(t⊕b) = best(c⊕b)',
    'tlb',
    ({ t, l, b }) => {
      const c = btExtendAll(t, l)
      return when(canonical(t, c, b) && !keyed(b, c) && better(btChain(btExtend(t, b)), btChain(c)), () =>
        chainEq.equals(btChain(btExtend(t, b)), btChain(btExtend(c, b)))
      )
    }
  ),
  forests(
    'btExtend_with_new',
    'V, H, I of t ∧ c = t⊕*l ∧ good_bt(c) ∧ good_bt(c⊕b) ∧ best(t⊕b) ⊐ best(c) ⇒ best(t⊕b) = best(c⊕b)',
    'tlb',
    ({ t, l, b }) => {
      const c = btExtendAll(t, l)
      return when(canonical(t, c, b) && better(btChain(btExtend(t, b)), btChain(c)), () =>
        chainEq.equals(btChain(btExtend(t, b)), btChain(btExtend(c, b)))
      )
    }
  ),
  forests('geq_genesis', 'best(t) ⊒ [G]', 't', ({ t }) => always(geq(btChain(t), [G]))),
  forests('in_ext', 'V(t) ⇒ b ∈ t⊕b', 'tb', ({ t, b }) => when(valid(t), () => btHasBlock(btExtend(t, b), b))),
  forests(
    'btExtend_within',
    'V, H, I of t ∧ c = t⊕*l ∧ good_bt(c) ∧ good_bt(c⊕b) ∧ b minted on best(t) ∧ best(c) ⊒ best(t⊕b) ⇒ ¬ best(c⊕b) ⊐ best(c)',
    'tlb',
    ({ t, l, b }) => {
      const c = btExtendAll(t, l)
      return when(
        canonical(t, c, b) && mintable(t, b) && geq(btChain(c), btChain(btExtend(t, b))),
        () => !better(btChain(btExtend(c, b)), btChain(c))
      )
    }
  ),
  forests(
    'btExtend_can_eq',
    'V, H, I of t ∧ c = t⊕*l ∧ good_bt(c) ∧ good_bt(c⊕b) ∧ b minted on best(t) ∧ best(c) ⊒ best(t⊕b) ⇒ best(c⊕b) = best(c)',
    'tlb',
    ({ t, l, b }) => {
      const c = btExtendAll(t, l)
      return when(canonical(t, c, b) && mintable(t, b) && geq(btChain(c), btChain(btExtend(t, b))), () =>
        chainEq.equals(btChain(btExtend(c, b)), btChain(c))
      )
    }
  ),
  clique('btExtend_foldG', 'I(t) ∧ all of l are G ⇒ t⊕*l = t', 'tl', ({ t, l }) =>
    when(has_init_block(t) && l.every((b) => blockEq.equals(b, G)), () => treeEq.equals(btExtendAll(t, l), t))
  ),
  clique('foldl_btExtend_last', 'V(t) ⇒ t⊕*(l ++ [b]) = (t⊕b)⊕*l', 'tlb', ({ t, l, b }) =>
    when(valid(t), () => treeEq.equals(btExtendAll(t, [...l, b]), btExtendAll(btExtend(t, b), l)))
  ),
  clique('foldl_expand', 'V(t) ∧ c = t⊕*l ⇒ c = t ⊎ q for some q', 'tl', ({ t, l }) =>
    when(valid(t), () => range(t).every((b) => findsIn(btExtendAll(t, l), b)))
  )
]

/** A block that a node with this tree may mint. */
const mintable = (t: Tree, b: B): boolean => {
  const c = btChain(t)
  return proper(t) && b.prevBlockHash === hashB(lastBlock(c)) && VAF(b.proof, 0, c) && valid_chain_block(c, b)
}

/** What the lemmas about the canonical tree c of a node with the tree t ask before a block b arrives. */
const canonical = (t: Tree, c: Tree, b: B): boolean => proper(t) && proper(c) && good_bt(c) && good_bt(btExtend(c, b))

/** What the enumeration of a lemma's inputs has found. */
export interface Finding {
  readonly lemma: Lemma
  /** How many inputs met the premises, where no two blocks have one hash, and the smallest of them that refutes it. */
  readonly injective: { readonly met: number; readonly counterexample: Inputs | undefined }
  /** The same where hashes may collide. The enumeration stops at the smallest input that refutes the lemma. */
  readonly colliding: { readonly met: number; readonly counterexample: Inputs | undefined }
}

/** Two of the blocks at hand, genesis among them, are different and have one hash. */
const collides = ({ t, a, b, l, m }: Inputs): boolean => {
  const byHash = new Map<number, B>()
  return [G, ...range(t), a, b, ...l, ...m].some((x) => {
    const other = byHash.get(hashB(x))
    byHash.set(hashB(x), x)
    return other !== undefined && !blockEq.equals(other, x)
  })
}

/** All values of a lemma's variables in which the tree's blocks and those of the lists are so many together. */
function* inputsOfSize(variables: Variables, size: number): Generator<Inputs> {
  const has = (v: keyof Inputs): boolean => variables.includes(v)
  const counts = (v: 't' | 'l' | 'm'): ReadonlyArray<number> =>
    has(v) ? Array.from({ length: size + 1 }, (_, i) => i) : [0]
  for (const inTree of counts('t'))
    for (const inL of counts('l'))
      for (const inM of counts('m')) {
        if (inTree + inL + inM !== size) continue
        for (const t of trees.filter((tree) => range(tree).length === inTree))
          for (const l of listsOf(inL))
            for (const m of listsOf(inM))
              for (const a of has('a') ? blocks : [G]) for (const b of has('b') ? blocks : [G]) yield { t, a, b, l, m }
      }
}

/** The greatest size up to which a lemma is decided on all inputs: the more variables, the smaller. */
export const sizeFor = (variables: Variables): number => {
  const lists = variables.filter((v) => v === 'l' || v === 'm').length
  const single = variables.filter((v) => v === 'a' || v === 'b').length
  return lists === 0 ? (single === 2 ? 3 : 4) : lists === 1 ? (single === 0 ? 4 : 3) : 3
}

/** Decides a lemma on all inputs up to a size, smaller ones first. */
export const examine = (lemma: Lemma, size = sizeFor(lemma.variables)): Finding => {
  const injective: { met: number; counterexample: Inputs | undefined } = { met: 0, counterexample: undefined }
  const colliding: typeof injective = { met: 0, counterexample: undefined }
  for (let n = 0; n <= size; n++)
    for (const inputs of inputsOfSize(lemma.variables, n)) {
      const group = collides(inputs) ? colliding : injective
      if (group.counterexample !== undefined) continue
      const verdict = lemma.decide(inputs)
      if (verdict !== 'not met') group.met++
      if (verdict === 'fails') group.counterexample = inputs
    }
  return { lemma, injective, colliding }
}

/** The lemma holds where no two blocks have one hash, as far as was looked, and fails where they may. */
export const dies = ({ injective, colliding }: Finding): boolean =>
  injective.counterexample === undefined && colliding.counterexample !== undefined

/** Inputs in words: `t = {G, a→g}, b = a→b`. */
export const showInputs = ({ variables }: Lemma, inputs: Inputs): string =>
  variables
    .map((v) => {
      switch (v) {
        case 't':
          return `t = ${showTree(inputs.t)}`
        case 'a':
        case 'b':
          return `${v} = ${showBlock(inputs[v])}`
        case 'l':
        case 'm':
          return `${v} = ${showBlocks(inputs[v])}`
      }
    })
    .join(', ')
