/**
 * Makes docs/statements.md: for each lemma of the Coq development whether what is stated here is the same, or how it differs.
 *
 *     npx tsx scripts/docs/statements.ts            writes it
 *     npx tsx scripts/docs/statements.ts --check    changes nothing, and fails where the page is missing or stale
 *
 * Somebody has compared them, one by one; `statements.json` has what came of it, and the digest of the statement here as it
 * was then. Where a statement has changed since, it must be compared again.
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import * as t from 'io-ts'
import { allLemmas, isOfCoq } from '../../invariants/blockchain/lemmas/ledger.js'
import { write } from '../../invariants/proof/kernel.js'
import type { Lemma } from '../../invariants/proof/lemma.js'
import { Comparison, readJson } from './codec.js'
import type { CoqIndex } from './codec.js'
import { TOYCHAIN } from './correspondence.js'
import { codeInCell, inCell, tableRow } from './markdown.js'
import { makePage } from './page.js'
import type { Made } from './page.js'
import { coqIndex, ROOT } from './pages.js'

/** The page. */
export const STATEMENTS = 'docs/statements.md'

/** What came of comparing. */
export const comparisons = (): ReadonlyArray<Comparison> =>
  readJson(join(ROOT, 'scripts/docs/statements.json'), t.readonlyArray(Comparison))

/** The lemmas that are statements of the Coq development. */
export const lemmasOfCoq = (): ReadonlyArray<Lemma> => allLemmas().filter((lemma) => isOfCoq({ lemma }))

/** What tells one statement from another: its variables, premises and conclusion, as the kernel writes them. */
export const digestOf = ({ theorem }: Lemma): string => {
  const { premises, conclusion } = write(theorem)
  const text = [theorem.about.variables.join(' '), ...premises, conclusion].join('\n')
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

const keyOf = ({ file, name }: Pick<Comparison, 'file' | 'name'>): string => `${file} ${name}`

/** What keeps the table from being complete and up to date. */
export const problemsOf = (
  lemmas: ReadonlyArray<Lemma>,
  compared: ReadonlyArray<Comparison>,
  index: CoqIndex
): ReadonlyArray<string> => {
  const keys = compared.map(keyOf)
  const known = new Set(lemmas.map(({ source, name }) => keyOf({ file: source, name })))
  const declared = new Set(index.entries.map(keyOf))
  const stated = new Set(index.entries.filter(({ kind }) => kind === 'Lemma').map(keyOf))
  return [
    ...keys.filter((key, i) => keys.indexOf(key) !== i).map((key) => `${key}: compared twice`),
    ...keys.filter((key) => !known.has(key)).map((key) => `${key}: compared, and no lemma`),
    ...[...stated]
      .filter((key) => !keys.includes(key))
      .map((key) => `${key}: not compared, and stated in the Coq development`),
    ...[...known].filter((key) => !declared.has(key)).map((key) => `${key}: the Coq development has no such statement`),
    ...lemmas.flatMap((lemma) => {
      const key = keyOf({ file: lemma.source, name: lemma.name })
      const found = compared.find((one) => keyOf(one) === key)
      if (found === undefined) return [`${key}: not compared with the Coq development`]
      if (found.differs?.trim() === '') return [`${key}: it is not said how it differs`]
      return found.statement === digestOf(lemma)
        ? []
        : [`${key}: its statement has changed since it was compared (it is ${digestOf(lemma)} now)`]
    })
  ]
}

const INTRO = `<!-- Made by scripts/docs/statements.ts: edit scripts/docs/statements.json, not this page. -->

# Statements compared

Does each lemma here state what Coq's does? They were compared one by one, at the commit that the links lead to. This page has what came of it: the statement here as [the ledger](lemmas.md) has it, and whether it is the same, or how it differs.

What is the same up to the way in which everything is written here counts as the same:

- premises in another order, and other names of variables;
- \`reflect P b\`, and an equation between two tests, as an equivalence; \`P -> False\` and \`b = false\` as a negation; \`=i\` and \`{subset …}\` as predicates of two lists;
- \`foldl btExtend\` and other folds, \`(procMsg …).1\`, \`find h bt = Some b\`, \`last GenesisBlock\` as words of their own, which mean just that;
- definitions that are propositions in Coq, such as that a list is a prefix of another one, as predicates that are decided.

Lemmas that are [stronger than Coq's](lemmas.md#beyond-the-paper), and those that [Coq does not state](lemmas.md#beyond-coq), are not in the table. A statement that is changed must be compared again: a test holds a digest of each.
`

/** The page, and what keeps it from being made. */
export const statementsPage = (
  lemmas: ReadonlyArray<Lemma>,
  compared: ReadonlyArray<Comparison>,
  index: CoqIndex
): Made => {
  const differing = new Map(compared.map((one) => [keyOf(one), one.differs]))
  const row = ({ source, name, mathematics }: Lemma): string => {
    const key = keyOf({ file: source, name })
    const line = index.entries.findLast((entry) => keyOf(entry) === key)?.line ?? 1
    const link = `https://github.com/${TOYCHAIN.repository}/blob/${index.commit}/${source}#L${String(line)}`
    return tableRow([`[${codeInCell(name)}](${link})`, codeInCell(mathematics), inCell(differing.get(key) ?? 'same')])
  }
  const files = [...new Set(lemmas.map(({ source }) => source))]
  const different = compared.filter(({ differs }) => differs !== null).length
  const page = [
    INTRO,
    `Of ${String(lemmas.length)} statements, the axioms of the parameters among them, ${String(lemmas.length - different)} are the same, and ${String(different)} differ.`,
    ...files.map((file) =>
      [
        `## ${file}`,
        '',
        tableRow(['Coq', 'here', 'compared']),
        tableRow(['---', '---', '---']),
        ...lemmas.filter(({ source }) => source === file).map(row)
      ].join('\n')
    )
  ].join('\n\n')
  return { page: `${page}\n`.replace(/\n{3,}/g, '\n\n'), problems: problemsOf(lemmas, compared, index) }
}

await makePage(import.meta.url, STATEMENTS, () =>
  Promise.resolve(statementsPage(lemmasOfCoq(), comparisons(), coqIndex()))
)
