/**
 * Makes docs/museum.md from the exhibits and what their searches find.
 *
 *     npx tsx scripts/docs/museum.ts            writes it; takes some seconds
 *     npx tsx scripts/docs/museum.ts --check    changes nothing, and fails where the page is missing or stale
 */
import { exhibits } from '../../invariants/blockchain/museum/index.js'
import type { Exhibit, Outcome, Search } from '../../invariants/blockchain/museum/index.js'
import { withCode } from './inclusions.js'
import { slug } from './markdown.js'
import { makePage } from './page.js'
import type { Made } from './page.js'
import { read } from './pages.js'

/** The page. */
export const MUSEUM = 'docs/museum.md'

/** The definitions that an exhibit shows: a file and a name in it. */
const shown: Readonly<Record<string, ReadonlyArray<string>>> = {
  'get-data': ['invariants/blockchain/museum/getData.ts#getDataOf2017'],
  'fork-choice': [
    'invariants/blockchain/museum/brokenForkChoices.ts#forkChoiceWithTypo',
    'invariants/blockchain/museum/brokenForkChoices.ts#smallerSomewhere'
  ],
  'injective-hash': ['spec/blockchain/editions/cpp18/forests.ts#Forests.btExtend'],
  'canonical-node': ['invariants/blockchain/museum/canonicalNode.ts#canonicalTreeHeld'],
  'null-packets': ['spec/blockchain/editions/cpp18/protocol.ts#emitZero'],
  'double-spending': ['spec/blockchain/editions/cpp18/protocol.ts#Protocol.procInt']
}

const REPOSITORY = 'https://github.com/certichain/toychain/commit'

const verdict = (of: string, { looked, found }: Outcome): string =>
  found ? `✗ ${of}: refuted by ${found.size} (${looked})` : `✓ ${of}: nothing found (${looked})`

const searchPart = async ({ asks, among, mutant, controls }: Search): Promise<ReadonlyArray<string>> => {
  const outcome = await mutant.run()
  const others: string[] = []
  for (const { of, run } of controls) others.push(verdict(of, await run()))
  return [
    `**${asks}** Searched: ${among}.`,
    '',
    '```txt',
    verdict(mutant.of, outcome),
    ...(outcome.found?.objections ?? []).map((objection) => `    ${objection}`),
    ...others,
    '```',
    '',
    ...(outcome.found ? ['```txt', outcome.found.explained, '```', ''] : [])
  ]
}

const exhibitPart = async ({
  name,
  title,
  believed,
  explanation,
  sources,
  searches
}: Exhibit): Promise<ReadonlyArray<string>> => {
  const found: string[] = []
  for (const search of searches) found.push(...(await searchPart(search)))
  return [
    `## ${title}`,
    '',
    `\`blockforest museum ${name}\``,
    '',
    `*Believed:* ${believed}`,
    '',
    ...explanation.flatMap((paragraph) => [paragraph, '']),
    ...(shown[name] ?? []).flatMap((place) => [`<!-- code: ${place} -->`, '']),
    ...found,
    '| day | commit | file | |',
    '| --- | --- | --- | --- |',
    ...sources.map(
      ({ commit, date, file, says }) => `| ${date} | [\`${commit}\`](${REPOSITORY}/${commit}) | \`${file}\` | ${says} |`
    ),
    ''
  ]
}

const introduction = `<!-- Made by scripts/docs/museum.ts: edit the exhibits, not this page. -->
# Museum

Definitions of the Coq development that were believed and were wrong. Each is run here as a *mutant* of the specification, and refuted by the checker: by a breadth-first search for the shortest execution, or by going through all inputs, the smallest first. None of the schedules below was written by hand. The same search on the definition that took its place finds nothing.

One of these definitions stood for an hour, others for months. That is no reproach to their authors: the history of this proof is public, with its dead ends and the days on which they were left, as that of few proofs is.

\`blockforest museum\` walks through all of it; \`blockforest museum NAME\` shows one exhibit with the execution that exposes it; \`--json\` is for programs.
`

/** The page, and what keeps it from being made. */
export const museumPage = async (): Promise<Made> => {
  const parts: string[] = []
  for (const exhibit of exhibits) parts.push(...(await exhibitPart(exhibit)))
  const list = exhibits.map(({ title }) => `- [${title}](#${slug(title)})`)
  return withCode([introduction, ...list, '', ...parts].join('\n'), read, new Map())
}

await makePage(import.meta.url, MUSEUM, museumPage)
