/**
 * Makes docs/lecture.md and its pictures from the stations of the lecture and what comes out when they are run.
 *
 *     npx tsx scripts/docs/lecture.ts            writes them; takes about half a minute
 *     npx tsx scripts/docs/lecture.ts --check    changes nothing, and fails where one is missing or stale
 */
import { drawLanes, drawVerdicts, verdictsText } from '../../impl/draw/index.js'
import { beyondText, verdictMapOf } from '../../impl/cli/stations.js'
import { lanesText } from '../../invariants/checker/index.js'
import { findingBrief, findingText, PARTS, stations, visit } from '../../invariants/lecture/index.js'
import type { MapPlace, Outcome, Told, Visited } from '../../invariants/lecture/index.js'
import { explorerLink } from './explorerLinks.js'
import { slug, tableRow } from './markdown.js'
import { makePage } from './page.js'
import type { Made } from './page.js'
import { read } from './pages.js'

/** The page, and where its pictures are. */
export const LECTURE = 'docs/lecture.md'
export const PICTURES = 'docs/lecture'

/** A picture with its place, a text in its stead, and what stands below it. */
interface Shown {
  readonly name: string
  readonly svg: string
  readonly alt: string
  /** More of it, folded: a title, and texts. */
  readonly more: readonly [string, ReadonlyArray<string>]
}

const numberOf = ({ station }: Visited): number => stations.indexOf(station) + 1

/** What a trial has come to, in a line of a list. */
const outcomeLine = (outcome: Outcome): string => {
  const {
    trial: { says },
    command,
    found,
    told
  } = outcome
  const address = explorerLink(outcome)
  return [
    `- ${says}: **${findingText(found)}**`,
    ...(told === undefined ? [] : [`. ${told.objections.join('; ')}`]),
    ...(command === undefined ? [] : [`<br>\`${command}\``]),
    ...(address === undefined
      ? []
      : [` · [${told === undefined ? 'walk through it' : 'walk through the execution'}](explorer.md#${address})`])
  ].join('')
}

/** What a page is called. */
const titleOf = (page: string): string => {
  const [file = ''] = page.split('#')
  return /^# (.+)$/m.exec(read(`docs/${file}`) ?? '')?.[1] ?? file
}

const fenced = (text: string): ReadonlyArray<string> => ['```txt', text, '```', '']

/** The executions of a map, those first that are the same all over. */
const placeText = ({ nodes, liars, quorum, phases, steps = 0, command, told }: MapPlace): ReadonlyArray<string> => [
  `N = ${String(nodes)}, f = ${String(liars)}, q = ${String(quorum)}, k = ${String(phases)}: ${String(steps)} steps`,
  `$ ${command}`,
  ...(told?.lanes === undefined ? [] : [lanesText(told.lanes)]),
  ...(told?.objections ?? [])
]

const mapShown = (name: string, map: ReadonlyArray<MapPlace>): ReadonlyArray<Shown> => {
  if (map.length === 0) return []
  const verdicts = verdictMapOf(map)
  const violated = map.filter(({ agreement }) => agreement === 'violated')
  return [
    {
      name,
      svg: drawVerdicts(verdicts),
      alt: 'A map of verdicts: for each number of nodes a table with a row for each number of phases and liars and a column for each quorum. The same as text is below.',
      more: [
        `The map as text, and the shortest execution of each of the ${String(violated.length)} places where agreement is violated`,
        [verdictsText(verdicts), ...violated.map((place) => placeText(place).join('\n'))]
      ]
    }
  ]
}

const laneShown = (name: string, says: string, { lanes, text }: Told): ReadonlyArray<Shown> =>
  lanes === undefined
    ? []
    : [
        {
          name,
          svg: drawLanes({ ...lanes, title: says.replace(/^./, (letter) => letter.toUpperCase()) }),
          alt: `Lanes of the shortest execution: ${says}. The same in words is below.`,
          more: [`Step by step: ${says}`, [text]]
        }
      ]

/** What is shown of a trial. */
const shownOf = (station: string, { trial: { says }, told, map }: Outcome, i: number): ReadonlyArray<Shown> => {
  const name = `${station}-${String(i + 1)}`
  return [...mapShown(name, map), ...(told === undefined ? [] : laneShown(name, says, told))]
}

const pictureLines = (shown: ReadonlyArray<Shown>): ReadonlyArray<string> =>
  shown.length === 0
    ? []
    : [
        '<div class="pictures">',
        '',
        ...shown.flatMap(({ name, alt }) => [`![${alt}](lecture/${name}.svg)`, '']),
        '</div>',
        ''
      ]

const folded = (title: string, texts: ReadonlyArray<string>): ReadonlyArray<string> => [
  `<details><summary>${title}</summary>`,
  '',
  ...texts.flatMap(fenced),
  '</details>',
  ''
]

const stationPart = (
  visited: Visited
): { readonly lines: ReadonlyArray<string>; readonly shown: ReadonlyArray<Shown> } => {
  const { station, outcomes } = visited
  const { name, claim, changes, because, loose, beyond = [], page } = station
  const shown = outcomes.flatMap((outcome, i) => shownOf(name, outcome, i))
  const told = outcomes.flatMap(({ trial: { says }, told: one }) =>
    one !== undefined && one.lanes === undefined ? folded(`Step by step: ${says}`, [one.text]) : []
  )
  const paragraph = (what: string, text: string | undefined): ReadonlyArray<string> =>
    text === undefined ? [] : [`_${what}:_ ${text}`, '']
  return {
    shown,
    lines: [
      `### ${headingOf(visited)}`,
      '',
      ...paragraph('Claim', claim),
      ...paragraph('Repair', changes),
      `_Run:_ \`blockforest lecture ${name}\``,
      '',
      `<StationRun name="${name}" />`,
      '',
      ...outcomes.map(outcomeLine),
      '',
      ...pictureLines(shown),
      ...shown.flatMap(({ more: [title, texts] }) => folded(title, texts)),
      ...told,
      ...paragraph('Why', because),
      ...paragraph('Where the lecture is loose', loose),
      ...(beyond.length === 0
        ? []
        : ['_How far besides_, by the deep tests:', '', ...beyond.map((of) => `- ${beyondText(of)}`), '']),
      `More: [${titleOf(page)}](${page}).`,
      ''
    ]
  }
}

const introduction = `<!-- Made by scripts/docs/lecture.ts: edit the stations in invariants/lecture, not this page. -->
# The lecture, run

The lecture _Byzantine Fault Tolerance and Blockchains_ (I. Sergey) in its own order, a station for each of its claims: what is run for it, what comes out, with the shortest execution where something fails, why, and where the lecture is loose. Nothing here is drawn or counted by hand: \`npm run docs:generate\` runs all stations and makes this page, and a test fails where one comes out otherwise than the lecture claims.

\`blockforest lecture\` lists the stations, \`blockforest lecture 8\` or \`blockforest lecture problem-2\` runs one, \`blockforest lecture --all\` all of them; \`--json\` is for programs. What _holds_ was searched in all its states, within the bounds that the command names; that is no proof for larger ones.
`

const headingOf = (visited: Visited): string => `${String(numberOf(visited))}. ${visited.station.slide}`

/** All stations in a table. */
const summary = (visited: ReadonlyArray<Visited>): ReadonlyArray<string> => [
  '## All stations',
  '',
  'What came out of each, with the length of the shortest execution:',
  '',
  tableRow(['station', 'claim', 'what came out']),
  tableRow(['---', '---', '---']),
  ...visited.map((one) =>
    tableRow([
      `[${String(numberOf(one))}. \`${one.station.name}\`](#${slug(headingOf(one))})`,
      one.station.claim,
      one.outcomes.map(({ found }) => findingBrief(found)).join(', ')
    ])
  )
]

/** The stations, run. */
export const visitAll = async (): Promise<ReadonlyArray<Visited>> => {
  const all: Visited[] = []
  for (const station of stations) all.push(await visit(station))
  return all
}

/** The page, its pictures, and what keeps them from being made. */
export const lecturePage = (visited: ReadonlyArray<Visited>): Made => {
  const parts = visited.map((one) => ({ part: one.station.part, ...stationPart(one) }))
  const pictures = parts.flatMap(({ shown }) => shown.map(({ name, svg }) => [`${PICTURES}/${name}.svg`, svg] as const))
  const list = [...PARTS, 'All stations'].map((part) => `- [${part}](#${slug(part)})`)
  return {
    page: `${[
      introduction,
      ...list,
      '',
      ...PARTS.flatMap((part) => [
        `## ${part}`,
        '',
        ...parts.filter((one) => one.part === part).flatMap(({ lines }) => lines)
      ]),
      ...summary(visited)
    ]
      .join('\n')
      .trimEnd()}\n`,
    pictures: new Map(pictures),
    problems: visited
      .filter(({ isAsClaimed }) => !isAsClaimed)
      .map(({ station: { name } }) => `the station ${name} does not come out as claimed`)
  }
}

await makePage(import.meta.url, LECTURE, async () => lecturePage(await visitAll()))
