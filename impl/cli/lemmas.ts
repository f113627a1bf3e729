/**
 * `blockforest lemmas`: the ledger of the lemmas, or all that is known of one.
 */
import type { Command } from 'commander'
import { breathe } from '../../invariants/checker/model/result.js'
import { explain, namesOf, unused } from '../../invariants/proof/explain.js'
import { derive, write } from '../../invariants/proof/kernel.js'
import type { Lemma } from '../../invariants/proof/lemma.js'
import { INDUCTIVE, inductions, showWorlds } from '../../invariants/blockchain/lemmas/induction.js'
import type { Induction } from '../../invariants/blockchain/lemmas/induction.js'
import { count, isOfCoq } from '../../invariants/blockchain/lemmas/ledger.js'
import type { LedgerOptions, Need } from '../../invariants/blockchain/lemmas/ledger.js'
import {
  isElsewhere,
  isFact,
  ledgerOfAll,
  lemmasOfAll,
  needOfAny,
  showAnySize,
  sizeInWords
} from '../../invariants/systems/ledger.js'
import type { AnyRow as Row } from '../../invariants/systems/ledger.js'
import { FEW } from '../../invariants/proof/run.js'
import { plural } from '../../invariants/words.js'
import { grouped, integer, natural, positive, print, table, UsageError } from './io.js'

/** What the user asked for. */
interface LemmasOptions {
  readonly all?: true
  readonly json?: true
  readonly mutants?: true
  readonly runs?: number
  readonly universes?: number
  readonly seed?: number
  readonly inputs?: number
}

const percent = (met: number, of: number): string => (of === 0 ? '–' : String(Math.floor((100 * met) / of)))

/** What a lemma rests on, in a few words. */
const basis = ({ grade, restsOn: { laws, stated, assumed } }: Row): string =>
  grade === 'derived'
    ? [
        ...(stated.size > 0 ? [`${String(stated.size)} tested`] : []),
        ...(laws.size > 0 ? [`${String(laws.size)} laws`] : []),
        ...(assumed.size > 0 ? [`${String(assumed.size)} assumed`] : [])
      ].join(', ')
    : ''

/** The ledger as a table. */
const ledgerText = (rows: ReadonlyArray<Row>): string =>
  table([
    ['lemma', 'file', 'grade', 'rests on', 'runs', 'met %', 'all up to', 'of them', 'met', 'statement'],
    ...rows.map((row) => [
      row.lemma.name,
      row.lemma.source,
      row.refuted === undefined ? row.grade : 'REFUTED',
      basis(row),
      grouped(row.atRandom.runs),
      percent(row.atRandom.met, row.atRandom.runs),
      row.onAll === undefined ? '–' : showAnySize(row.onAll.size),
      row.onAll === undefined ? '–' : grouped(row.onAll.inputs),
      row.onAll === undefined ? '–' : grouped(row.onAll.met),
      row.lemma.mathematics
    ])
  ])

/** The statements on quorums in a line. */
const quorums = (rows: ReadonlyArray<Row>): string => {
  const stated = rows.filter((row) => isElsewhere(row) && !isFact(row))
  const facts = rows.filter((row) => isElsewhere(row) && isFact(row))
  return (
    `${String(stated.length)} statements on quorums, tested on all sets of nodes up to a size: ` +
    `${String(stated.filter(({ grade }) => grade === 'derived').length)} derived, ` +
    `from ${String(facts.filter(({ grade }) => grade === 'tested').length)} facts on numbers and sets that are tested`
  )
}

/** The counts in a line. */
const summary = (rows: ReadonlyArray<Row>): string => {
  const { lemmas, derived, exhaustive, random, assumed } = count(rows)
  return (
    `${String(lemmas)} lemmas of the Coq development: ${String(derived)} derived, ` +
    `${String(exhaustive)} tested on all inputs up to a size, ${String(random)} tested at random only; ` +
    `${String(assumed)} laws assumed, and tested\n` +
    `${quorums(rows)}\n` +
    'all up to: the size of the universe of blocks, 0 to 3, and of lists; or numbers of nodes (docs/lemmas.md)'
  )
}

const rowJson = ({
  lemma,
  grade,
  inputs,
  restsOn,
  atRandom,
  onAll,
  refuted,
  refutes
}: Row): Record<string, unknown> => ({
  name: lemma.name,
  file: lemma.source,
  kind: lemma.kind,
  statement: lemma.mathematics,
  says: lemma.says,
  remark: lemma.remark ?? null,
  ...write(lemma.theorem),
  grade,
  restsOn: { laws: namesOf(restsOn.laws), tested: namesOf(restsOn.stated), assumed: [...restsOn.assumed] },
  isDefinition: lemma.isDefinition === true,
  distinctInputs: inputs > FEW ? `more than ${String(FEW)}` : inputs,
  atRandom,
  onAll: onAll ?? null,
  refuted: refuted ?? null,
  refutes
})

const sentence = (lemma: Lemma): string => {
  const { premises, conclusion } = write(lemma.theorem)
  return `${premises.join(', ')}${premises.length === 0 ? '' : ' '}⊢ ${conclusion}`
}

/** What a premise is good for. */
const premiseText = ({ premise, refuted, inputs }: Need, isUnused: boolean): ReadonlyArray<string> =>
  refuted !== undefined
    ? [`  ${premise}: needed. Without it, refuted by ${refuted.inputs} (${refuted.ground})`]
    : isUnused
      ? [`  ${premise}: not needed, the derivation does not use it`]
      : [`  ${premise}: without it, ${grouped(inputs)} inputs do not refute the lemma`]

/** How a lemma is known. */
const knownText = ({ grade, restsOn: { laws, stated }, lemma }: Row): string => {
  const list = (what: string, names: ReadonlyArray<string>): ReadonlyArray<string> =>
    names.length === 0 ? [] : [`${what}: ${names.join(', ')}`]
  switch (grade) {
    case 'derived':
      return ['derived', ...list('from what is tested', namesOf(stated)), ...list('from laws', namesOf(laws))].join(
        '\n            '
      )
    case 'tested':
      return lemma.isDefinition === true ? 'tested; it says what a word is by definition' : 'tested'
    case 'assumed':
      return `assumed: a law of the parameters, and tested for the blockchains here (${String(lemma.theorem.about.law)})`
  }
}

const inductionText = ({ instance, sizes, worlds, satisfying, steps, kept }: Induction): string =>
  `  ${instance}, ${showWorlds(sizes)}: ${grouped(worlds)} worlds; in ${grouped(satisfying)} the invariant holds, ` +
  (kept ? `and all ${grouped(steps)} steps from those keep it` : 'AND A STEP FROM ONE OF THEM BREAKS IT')

/** The most lines of a derivation that are shown. */
const MOST_LINES = 200

/** A derivation as text, or its beginning. */
const derivationText = (text: string): ReadonlyArray<string> => {
  const lines = text.split('\n').map((line) => `  ${line}`)
  return lines.length <= MOST_LINES
    ? lines
    : [
        ...lines.slice(0, MOST_LINES),
        `  and ${grouped(lines.length - MOST_LINES)} lines more: blockforest proofs --export FILE writes every step`
      ]
}

/** All that is known of a lemma. */
const lemmaText = (row: Row, induction: ReadonlyArray<Induction>): string => {
  const { lemma, atRandom, inputs, onAll, refuted, refutes } = row
  const title = `${lemma.name}  (${lemma.source}${lemma.kind === 'lemma' || lemma.kind === 'other' ? '' : `, ${lemma.kind}`})`
  const proof = derive(lemma.theorem)
  const premises = write(lemma.theorem).premises
  const spared = unused(lemma.theorem)
  return [
    title,
    '─'.repeat(title.length),
    `informally  ${lemma.says}`,
    `formally    ${lemma.mathematics}`,
    `written     ${sentence(lemma)}`,
    ...(lemma.remark === undefined ? [] : [`remark      ${lemma.remark}`]),
    `known       ${knownText(row)}`,
    `at random   ${grouped(atRandom.runs)} inputs, ${percent(atRandom.met, atRandom.runs)} % of them met the premises`,
    onAll === undefined
      ? 'in full     not listed: too many inputs at the smallest size, or none that meets the premises'
      : `in full     all ${grouped(onAll.inputs)} inputs up to the size ${showAnySize(onAll.size)} (${sizeInWords(onAll.size)}); ${grouped(onAll.met)} met the premises`,
    ...(inputs > FEW ? [] : [`few         it stands on ${plural(inputs, 'distinct input')}, or a part of it does`]),
    ...(refuted === undefined ? [] : [`REFUTED     by ${refuted.inputs} (${refuted.ground}, ${refuted.replay})`]),
    ...(refutes.length === 0 ? [] : ['', 'refutes, by its smallest counterexample']),
    ...refutes.map(({ mutant, inputs }) => `  ${mutant}: ${inputs}`),
    ...(induction.length === 0 ? [] : ['', 'induction over all worlds, reachable or not']),
    ...induction.map(inductionText),
    ...(premises.length === 0 ? [] : ['', 'premises']),
    ...premises.flatMap((_, place) => premiseText(needOfAny(lemma, place), spared.includes(place))),
    ...(proof === undefined ? [] : ['', 'derivation', ...derivationText(explain(proof))])
  ].join('\n')
}

/** How many letters must change to make one word of another (Levenshtein's distance). */
const distance = (a: string, b: string): number => {
  const first = Array.from({ length: b.length + 1 }, (_, j) => j)
  const lastRow = Array.from(a).reduce<ReadonlyArray<number>>(
    (above, x, i) =>
      Array.from(b).reduce<ReadonlyArray<number>>(
        (row, y, j) => [
          ...row,
          Math.min((row[j] ?? 0) + 1, (above[j + 1] ?? 0) + 1, (above[j] ?? 0) + (x === y ? 0 : 1))
        ],
        [i + 1]
      ),
    first
  )
  return lastRow[b.length] ?? 0
}

/** The names that are most like a name. */
const nearest = (name: string): ReadonlyArray<string> =>
  [...new Set(lemmasOfAll().map((lemma) => lemma.name))]
    .map((known) => ({ known, far: distance(name.toLowerCase(), known.toLowerCase()) }))
    .toSorted((x, y) => x.far - y.far)
    .slice(0, 3)
    .map(({ known }) => known)

/** The rows that are asked for; what is asked for meanwhile gets its turn. */
const rowsOf = async (options: LedgerOptions): Promise<ReadonlyArray<Row>> => {
  const rows: Row[] = []
  for (const row of ledgerOfAll(options)) {
    rows.push(row)
    await breathe()
  }
  return rows
}

const lemmas = async (name: string | undefined, { all, json, mutants, ...how }: LemmasOptions): Promise<void> => {
  if (name !== undefined && !lemmasOfAll().some((lemma) => lemma.name === name))
    throw new UsageError(`there is no lemma ${name}; the nearest names are ${nearest(name).join(', ')}`)
  const options = { ...how, mutants: mutants === true || name !== undefined }
  const rows = await rowsOf(name === undefined ? options : { ...options, name })
  // A lemma of Coq comes before one that is stronger, and has its name.
  const shown =
    name === undefined
      ? rows.filter((row) => all === true || isOfCoq(row) || (isElsewhere(row) && !isFact(row)))
      : rows.toSorted((a, b) => Number(isOfCoq(b)) - Number(isOfCoq(a)))
  const induction = name === INDUCTIVE ? await inductions('short') : []
  if (json === true)
    print(
      JSON.stringify(
        shown.map((row) => ({ ...rowJson(row), ...(name === INDUCTIVE ? { induction } : {}) })),
        undefined,
        2
      )
    )
  else if (name !== undefined) print(shown.map((row) => lemmaText(row, induction)).join('\n\n\n'))
  else {
    print(ledgerText(shown))
    print(summary(rows))
    for (const { lemma, refuted } of rows)
      if (refuted !== undefined)
        print(`\n✗ ${lemma.name} is refuted by ${refuted.inputs} (${refuted.ground}, ${refuted.replay})`)
    print('blockforest lemmas NAME shows one: its premises, its derivation, the mutants that it refutes.')
  }
  process.exitCode = rows.some(({ refuted }) => refuted !== undefined) || induction.some(({ kept }) => !kept) ? 1 : 0
}

/** Adds the command. */
export const lemmasCommand = (program: Command): void => {
  program
    .command('lemmas')
    .description(
      'Run all lemmas of the Coq development, and those about quorums, and say how each is known: derived, tested, or assumed.'
    )
    .argument('[name]', 'all that is known of one lemma: its premises, its derivation, what it refutes')
    .option('--all', 'the stronger lemmas and the facts of libraries too')
    .option('--runs <n>', 'random inputs for each lemma on each universe (default: 40)', positive)
    .option('--universes <n>', 'universes at random for each blockchain (default: 4)', positive)
    .option('--seed <n>', 'the same seed gives the same inputs (default: 2018)', integer)
    .option(
      '--inputs <n>',
      'list the inputs of a lemma up to the largest size with at most so many (default: 10000)',
      natural
    )
    .option('--mutants', 'seek the mutants that each lemma refutes (for --json)')
    .option('--json', 'JSON instead of text')
    .action(lemmas)
}
