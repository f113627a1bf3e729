/**
 * `blockforest museum`: definitions of the Coq development that were believed and were wrong, refuted by the checker.
 */
import type { Command } from 'commander'
import { exhibits } from '../../invariants/blockchain/museum/index.js'
import type { Exhibit, Outcome, Search } from '../../invariants/blockchain/museum/index.js'
import { print, prose, table, UsageError } from './io.js'

/** A search that was made: what it came to for each definition. */
interface Searched {
  readonly search: Search
  readonly mutant: Outcome
  readonly controls: ReadonlyArray<Outcome>
}

/** An exhibit after its searches. */
interface Visited {
  readonly exhibit: Exhibit
  readonly searched: ReadonlyArray<Searched>
}

const visit = async (exhibit: Exhibit): Promise<Visited> => {
  const searched: Searched[] = []
  for (const search of exhibit.searches) {
    const mutant = await search.mutant.run()
    const controls: Outcome[] = []
    for (const { run } of search.controls) controls.push(await run())
    searched.push({ search, mutant, controls })
  }
  return { exhibit, searched }
}

/** The wrong definitions are refuted, and the right ones are not. */
const isExposed = ({ searched }: Visited): boolean =>
  searched.every(
    ({ mutant, controls }) => mutant.found !== undefined && controls.every(({ found }) => found === undefined)
  )

/** A search in words; with its execution or input spelt out, or without. */
const searchText = ({ search, mutant, controls }: Searched, inFull: boolean): ReadonlyArray<string> => {
  const verdict = (of: string, { looked, found }: Outcome): string =>
    found ? `✗ ${of}: refuted by ${found.size} (${looked})` : `✓ ${of}: nothing found (${looked})`
  return [
    search.asks,
    prose(`Searched: ${search.among}.`),
    '',
    verdict(search.mutant.of, mutant),
    ...(mutant.found?.objections ?? []).map((objection) => `    ${objection}`),
    ...(inFull && mutant.found
      ? ['', ...mutant.found.explained.split('\n').map((line) => `    ${line}`.trimEnd()), '']
      : []),
    ...search.controls.flatMap(({ of }, i) => {
      const outcome = controls[i]
      return outcome === undefined ? [] : [verdict(of, outcome)]
    })
  ]
}

/** An exhibit in words. */
const exhibitText = ({ exhibit, searched }: Visited, inFull: boolean): string =>
  [
    `${exhibit.title}  (${exhibit.name})`,
    '─'.repeat(exhibit.title.length + exhibit.name.length + 4),
    prose(`Believed: ${exhibit.believed}`),
    '',
    ...exhibit.explanation.flatMap((paragraph) => [prose(paragraph), '']),
    ...searched.flatMap((s) => [...searchText(s, inFull), '']),
    'In the history of certichain/toychain:',
    ...exhibit.sources.map(({ commit, date, file, says }) => `  ${date}  ${commit}  ${file}: ${says}`)
  ].join('\n')

const asJson = (visited: Visited): Record<string, unknown> => {
  const outcome = (of: string, { looked, found }: Outcome) => ({ of, looked, found: found ?? null })
  const { name, title, believed, explanation, sources } = visited.exhibit
  return {
    name,
    title,
    believed,
    explanation,
    sources,
    exposed: isExposed(visited),
    searches: visited.searched.map(({ search: { asks, among, mutant, controls }, ...outcomes }) => ({
      asks,
      among,
      mutant: outcome(mutant.of, outcomes.mutant),
      controls: controls.flatMap(({ of }, i) => (outcomes.controls[i] ? [outcome(of, outcomes.controls[i])] : []))
    }))
  }
}

const listText = (): string =>
  table([['exhibit', 'what it is about'], ...exhibits.map(({ name, title }) => [name, title])])

const listJson = () => exhibits.map(({ name, title, believed, sources }) => ({ name, title, believed, sources }))

const museum = async (
  name: string | undefined,
  { json, list }: { readonly json?: true; readonly list?: true }
): Promise<void> => {
  const chosen = name === undefined ? exhibits : exhibits.filter((exhibit) => exhibit.name === name)
  if (chosen.length === 0)
    throw new UsageError(
      `the museum has no exhibit ${String(name)}; it has ${exhibits.map((exhibit) => exhibit.name).join(', ')}`
    )
  if (list === true) {
    print(json === true ? JSON.stringify(listJson(), undefined, 2) : listText())
    return
  }
  if (json !== true && name === undefined) print(listText())
  const visited: Visited[] = []
  for (const exhibit of chosen) {
    const seen = await visit(exhibit)
    visited.push(seen)
    if (json !== true) print(`${name === undefined ? '\n\n' : ''}${exhibitText(seen, name !== undefined)}`)
  }
  if (json !== true && name === undefined)
    print('\n\nblockforest museum NAME shows one with the execution that exposes it.')
  if (json === true) {
    const [only] = visited
    print(JSON.stringify(name === undefined || only === undefined ? visited.map(asJson) : asJson(only), undefined, 2))
  }
  process.exitCode = visited.every(isExposed) ? 0 : 1
}

/** Adds the command. */
export const museumCommand = (program: Command): void => {
  program
    .command('museum')
    .description('Walk through definitions that were believed and were wrong, each refuted by the checker.')
    .argument('[name]', 'show one exhibit, with the execution that exposes it')
    .option('--list', 'only list the exhibits')
    .option('--json', 'JSON instead of text')
    .action(museum)
}
