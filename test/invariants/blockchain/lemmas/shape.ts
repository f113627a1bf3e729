/**
 * The shape of a statement: how many premises it has, and how many parts or alternatives its conclusion has. The line of
 * mathematics that a reader is shown must have the shape of the statement that is run, so that neither loses or gains a
 * premise or a part unseen.
 */
import type { Written } from '../../../../invariants/proof/kernel.js'

/** The parts of a text between the signs that stand in no brackets. */
const parts = (text: string, sign: string): ReadonlyArray<string> =>
  text.split(sign).reduce<ReadonlyArray<string>>((done, piece) => {
    const open = done.at(-1)
    return open === undefined || isBalanced(open) ? [...done, piece] : [...done.slice(0, -1), `${open}${sign}${piece}`]
  }, [])

/** Whether every bracket that is opened in a text is closed. */
const isBalanced = (text: string): boolean => text.replace(/[^([{]/g, '').length === text.replace(/[^)\]}]/g, '').length

/** A text without the brackets around all of it. */
const bare = (text: string): string => {
  const inner = /^\((.*)\)$/.exec(text)?.[1]
  return inner !== undefined && closesLast(inner) ? bare(inner) : text
}

/** Whether each bracket of a text is closed after it was opened. */
const closesLast = (text: string): boolean => {
  const brackets = text.replace(/[^()]/g, '')
  return brackets.includes('()') ? closesLast(brackets.replaceAll('()', '')) : brackets === ''
}

/** How many formulas a sign connects in a text. */
const connected = (text: string, sign: string): number => {
  const found = parts(bare(text), sign)
  return found.length === 1 ? 1 : found.reduce((sum, part) => sum + connected(part, sign), 0)
}

/** Whether a conclusion says that each of two formulas implies the other. */
const isEquivalence = (conclusion: string): boolean => {
  if (parts(bare(conclusion), ' ⇔ ').length === 2) return true
  const [there, back, ...more] = parts(bare(conclusion), ' ∧ ').map((part) => parts(bare(part), ' ⇒ ').map(bare))
  return more.length === 0 && there?.length === 2 && there[0] === back?.[1] && there[1] === back?.[0]
}

const shape = (premises: ReadonlyArray<string>, conclusion: string): string => {
  const inferred = isEquivalence(conclusion) ? [conclusion] : parts(bare(conclusion), ' ⇒ ')
  const last = inferred.at(-1) ?? ''
  const count = [...premises, ...inferred.slice(0, -1)].reduce((sum, premise) => sum + connected(premise, ' ∧ '), 0)
  const alternatives = connected(last, ' ∨ ')
  const concluded = isEquivalence(last)
    ? 'an equivalence'
    : alternatives > 1
      ? `${alternatives} alternatives`
      : `${connected(last, ' ∧ ')} parts`
  return `${count} premises, ${concluded}`
}

/** The shape of a statement as the kernel writes it. */
export const shapeOfStatement = ({ premises, conclusion }: Written): string => shape(premises, conclusion)

/** The shape of a line of mathematics. What comes after “with” explains names. */
export const shapeOfLine = (mathematics: string): string => shape([], mathematics.replace(/, with .*$/, ''))

/**
 * The lemmas whose line says in words, or in other signs, what the statement says: “c good and valid” are two premises.
 * For each the shape of its statement.
 */
export const inWords: Readonly<Record<string, string>> = {
  'Structures/SeqFacts.v lemma in_seq_neq': '1 premises, 2 parts',
  'Structures/SeqFacts.v fact in_seq_neq (packets)': '1 premises, 2 parts',
  'Structures/SeqFacts.v lemma dom_ord2': '2 premises, 2 parts',
  'Structures/Chains.v lemma bc_spre_both': '1 premises, 1 parts',
  'Structures/Forests.v lemma FCR_excl': '1 premises, 1 parts',
  'Structures/Forests.v lemma btExtendV_comm': '0 premises, an equivalence',
  'Structures/Forests.v lemma btExtendV_fold_comm': '1 premises, an equivalence',
  'Structures/Forests.v lemma compute_chain_equiv': '3 premises, 1 parts',
  'Structures/Forests.v stronger better_chains1': '7 premises, 1 parts',
  'Structures/Forests.v lemma better_chains1': '9 premises, 1 parts',
  'Structures/Forests.v fact take_better_bc': '2 premises, 2 parts',
  'Structures/Forests.v lemma good_chain_foldr': '2 premises, 2 parts',
  'Structures/Forests.v lemma good_chain_foldr_init': '0 premises, 2 parts',
  'Structures/Forests.v stronger better_chains_foldr': '7 premises, 1 parts',
  'Structures/Forests.v lemma better_chains_foldr': '9 premises, 1 parts',
  'Structures/Forests.v stronger btExtend_mint_good_valid': '4 premises, 2 parts',
  'Structures/Forests.v lemma btExtend_mint_good_valid': '6 premises, 2 parts',
  'Structures/Forests.v stronger btExtend_good_split': '4 premises, 2 parts',
  'Structures/Forests.v lemma btExtend_good_split': '6 premises, 2 parts',
  "Structures/Forests.v lemma complete_bt_extend_gt'": '11 premises, 1 parts',
  'Structures/Forests.v lemma btExtend_with_new': '10 premises, 1 parts',
  'Structures/Forests.v lemma good_chains_subset_geq': '7 premises, 1 parts',
  'Structures/Forests.v lemma btExtend_within_helper': '13 premises, 1 parts',
  'Structures/Forests.v lemma btExtend_within': '12 premises, 1 parts',
  'Structures/Forests.v lemma btExtend_can_eq': '12 premises, 1 parts',
  'Systems/Protocol.v fact procMsg_tree': '0 premises, 2 alternatives',
  'Systems/Protocol.v fact procInt_tree': '0 premises, 2 alternatives',
  'Systems/Protocol.v fact local_step': '0 premises, 3 alternatives',
  'Systems/Network.v lemma system_step_local_step': '3 premises, 1 parts',
  'Systems/Network.v lemma no_change_still_holds': '4 premises, 1 parts',
  'Systems/Network.v lemma no_change_has_held': '4 premises, 1 parts',
  'Properties/InvCliqueTopology.v fact quiet_canonical': '2 premises, 1 parts',
  'Properties/InvCliqueTopology.v lemma clique_eventual_consensus': '2 premises, 2 parts',
  'Properties/InvCliqueTopology.v fact all_rcons': '1 premises, 2 parts'
}
