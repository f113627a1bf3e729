/**
 * A page of the site for each lemma: its statement, where it comes from, what its derivation uses and what uses it, and its
 * row in the ledger. `docs/lemmas.md` is the ledger itself.
 */
import { explain, foundations, namesOf, used } from '../../invariants/proof/explain.js'
import { derive, write } from '../../invariants/proof/kernel.js'
import type { Lemma } from '../../invariants/proof/lemma.js'
import { lemmasOfAll } from '../../invariants/systems/ledger.js'
import { byName, grouped, lemmaAddress, lemmaPath } from './lemmaNames.js'
import { pathOfSource } from './site.js'
import { codeInCell } from './markdown.js'
import { coqIndex, read, sources } from './pages.js'
import { tagsOf } from './tags.js'
import type { Tag } from './tags.js'

/** A lemma as theorems name it: with its kind where that is needed. */
const linked = (name: string): string => {
  const address = lemmaAddress(name.replace(/ \([a-z]+\)$/, ''))
  return address === undefined ? `\`${name}\`` : `[\`${name}\`](${address})`
}

const linkedList = (names: Iterable<string>): string => [...names].map(linked).join(', ')

/** The lemmas whose derivations use a lemma directly, by its name. */
const usedBy: ReadonlyMap<string, ReadonlySet<string>> = (() => {
  const found = new Map<string, Set<string>>()
  for (const { theorem } of lemmasOfAll())
    for (const { about } of used(theorem))
      found.set(about.name, (found.get(about.name) ?? new Set()).add(theorem.about.name))
  return found
})()

/** What the sources have for a declaration of the Coq development, by its file and its name there. */
const counterparts: ReadonlyMap<string, ReadonlyArray<Tag>> = grouped(
  sources().flatMap((source) => tagsOf(source).tags),
  ({ coqFile, coqName }) => `${coqFile} ${coqName}`
)

/** The rows of the ledger, by the names of their lemmas; the cells are Markdown. */
const rows: ReadonlyMap<string, ReadonlyArray<ReadonlyArray<string>>> = grouped(
  (read('docs/lemmas.md') ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .slice(2, -2)
        .split(/(?<!\\) \| /)
        .map((cell) => cell.replaceAll('\\|', '|'))
    )
    .filter(({ length }) => length === 10),
  ([name = '']) => name
)

const KINDS: Readonly<Record<Lemma['kind'], string>> = {
  lemma: 'a lemma of the Coq development',
  stronger: 'stronger than a lemma of the Coq development, by fewer premises',
  beyond: 'not stated by the Coq development',
  fact: 'a fact of the libraries that Coq uses, or of a definition',
  law: 'a law of the parameters',
  other: 'no part of the Coq development'
}

/** Where a lemma is stated, in Coq and here. */
const whereOf = ({ name, source, kind }: Lemma): ReadonlyArray<string> => {
  const { commit, entries } = coqIndex()
  const coq = entries.find((one) => one.kind === 'Lemma' && one.file === source && one.name === name)
  const isOfCoq = kind === 'lemma'
  return [
    `- it is ${KINDS[kind]}: \`${source}\`${
      coq === undefined || !isOfCoq
        ? ''
        : `, [line ${String(coq.line)}](https://github.com/certichain/toychain/blob/${commit}/${source}#L${String(coq.line)}): \`Lemma ${name}\``
    }`,
    ...(isOfCoq ? (counterparts.get(`${source} ${name}`) ?? []) : []).map(
      ({ counterpart: { file, line } }) =>
        `- here: [\`${file}\`](/source/${pathOfSource(file)}#L${String(line)}), line ${String(line)}`
    )
  ]
}

/** How a lemma is known. */
const knownOf = (lemma: Lemma): ReadonlyArray<string> => {
  const { laws, stated, assumed } = foundations(lemma.theorem)
  const proof = derive(lemma.theorem)
  const users = usedBy.get(lemma.theorem.about.name)
  return [
    ...(lemma.theorem.about.law === undefined
      ? proof === undefined
        ? ['- tested: it is stated, and not derived from others']
        : [
            `- derived, from ${linkedList(used(lemma.theorem).map(({ about }) => about.name))}`,
            ...(stated.size === 0 ? [] : [`- in the end, from what is tested: ${linkedList(namesOf(stated))}`]),
            ...(laws.size === 0 ? [] : [`- and from laws: ${linkedList(namesOf(laws))}`]),
            ...(assumed.size === 0 ? [] : [`- and from what is assumed: ${[...assumed].join(', ')}`])
          ]
      : ['- assumed, and tested as well']),
    ...(users === undefined ? [] : [`- used to derive ${linkedList(users)}`])
  ]
}

/** A row of the ledger as a list. */
const rowText = ([
  ,
  ,
  grade = '',
  ,
  runs = '',
  met = '',
  upTo = '',
  inputs = '',
  fully = '',
  refutes = ''
]: ReadonlyArray<string>): ReadonlyArray<string> => [
  `- ${grade}`,
  `- at random: ${runs} inputs, of which ${met} % met the premises`,
  upTo === '–'
    ? '- not decided on all inputs up to any size'
    : `- decided on all ${inputs} inputs up to the size ${upTo}, of which ${fully} met the premises`,
  ...(refutes === ''
    ? []
    : [`- wrong definitions that it refutes, by their smallest inputs: ${refutes.replaceAll('<br>', '; ')}`])
]

const section = (title: string, lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.length === 0 ? [] : [`## ${title}`, lines.join('\n')]

/** What is said of one lemma. */
const lemmaText = (lemma: Lemma, row: ReadonlyArray<string> | undefined, mark: string): ReadonlyArray<string> => {
  const { premises, conclusion } = write(lemma.theorem)
  const proof = derive(lemma.theorem)
  const titled = (title: string): string => `${title}${mark}`
  return [
    lemma.says,
    codeInCell(lemma.mathematics),
    ...(lemma.remark === undefined ? [] : [`_${lemma.remark}_`]),
    ['```txt', ...premises, `⊢ ${conclusion}`, '```'].join('\n'),
    whereOf(lemma).join('\n'),
    ...section(titled('How it is known'), knownOf(lemma)),
    ...section(titled('In the ledger'), row === undefined ? [] : rowText(row)),
    ...section(titled('Derivation'), proof === undefined ? [] : ['```txt', explain(proof), '```'])
  ]
}

/** The pages, for VitePress. */
export const lemmaPages = (): ReadonlyArray<{ readonly params: { readonly name: string }; readonly content: string }> =>
  [...byName].map(([name, all]) => ({
    params: { name: lemmaPath(name) },
    content: [
      `# ${name}`,
      ...all.flatMap((lemma, i) => [
        ...(i === 0 ? [] : [`---`]),
        ...lemmaText(lemma, rows.get(`\`${name}\``)?.[i], i === 0 ? '' : ` (${lemma.kind})`)
      ]),
      `[The ledger](/lemmas) has all lemmas, and says what its figures mean; \`blockforest lemmas ${name.includes(' ') || name.includes("'") ? `"${name}"` : name}\` decides this one again, and says which of its premises it needs.`,
      ''
    ].join('\n\n')
  }))
