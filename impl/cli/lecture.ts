/**
 * `blockforest lecture`: the claims of the lecture in its order, each run.
 */
import type { Command } from 'commander'
import { lanesText } from '../../invariants/checker/index.js'
import { findingBrief, findingText, PARTS, searchOf, stations, visit } from '../../invariants/lecture/index.js'
import type { MapPlace, Outcome, Station, Told, Visited } from '../../invariants/lecture/index.js'
import { verdictsText } from '../draw/index.js'
import { print, prose, table, UsageError } from './io.js'
import { beyondText, verdictMapOf } from './stations.js'

/** What the user asked for. */
interface LectureOptions {
  readonly all?: true
  readonly json?: true
}

const numberOf = (station: Station): number => stations.indexOf(station) + 1

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `    ${line}`.trimEnd())
    .join('\n')

/** An execution: as lanes where there are some, else step by step. */
const toldText = ({ lanes, text, objections }: Told): ReadonlyArray<string> =>
  lanes === undefined
    ? ['', indented(text), '']
    : ['', indented(lanesText(lanes)), ...objections.map((one) => indented(`→ ${one}`)), '']

const mapText = (map: ReadonlyArray<MapPlace>): ReadonlyArray<string> => {
  const [example] = map.filter(({ phases, steps = 0 }) => phases > 1 && steps > 2)
  return map.length === 0
    ? []
    : [
        '',
        indented(verdictsText(verdictMapOf(map))),
        ...(example === undefined
          ? []
          : ['', indented(prose(`The shortest execution of a place: ${example.command}, for one.`))]),
        ''
      ]
}

/** What is wrong with what has come out; nothing where it is as claimed. */
const objection = ({ trial, expected, isAsClaimed }: Outcome): string =>
  isAsClaimed
    ? ''
    : trial._tag === 'Search' && trial.claims !== expected.verdict
      ? ` – NOT what the lecture claims, which is that it ${trial.claims === 'holds' ? 'holds' : 'is violated'}`
      : ` – EXPECTED: ${findingText(expected)}`

/** What a trial has come to; with its execution, or without. */
const outcomeText = (outcome: Outcome, inFull: boolean): ReadonlyArray<string> => {
  const {
    trial: { says },
    command,
    found,
    isAsClaimed,
    told,
    map
  } = outcome
  return [
    prose(`${isAsClaimed ? '✓' : '✗'} ${says}: ${findingText(found)}${objection(outcome)}`),
    ...(command === undefined ? [] : [`    $ ${command}`]),
    ...(inFull ? [...(told === undefined ? [] : toldText(told)), ...mapText(map)] : [])
  ]
}

const stationText = ({ station, outcomes }: Visited, inFull: boolean): string => {
  const { name, slide, claim, changes, because, loose, beyond = [], page } = station
  const title = `${String(numberOf(station))}  ${slide}  (${name})`
  const paragraph = (what: string, text: string | undefined): ReadonlyArray<string> =>
    text === undefined ? [] : [prose(`${what}: ${text}`), '']
  return [
    title,
    '─'.repeat(title.length),
    ...paragraph('Claim', claim),
    ...paragraph('Repair', changes),
    ...outcomes.flatMap((outcome) => outcomeText(outcome, inFull)),
    '',
    ...paragraph('Why', because),
    ...paragraph('Where the lecture is loose', loose),
    ...(beyond.length === 0
      ? []
      : ['Searched by the deep tests besides:', ...beyond.map((one) => `    ${beyondText(one)}`), '']),
    `More: docs/${page}`
  ]
    .filter((line, i, lines) => line !== '' || lines[i - 1] !== '')
    .join('\n')
}

const summaryText = (visited: ReadonlyArray<Visited>): string =>
  table([
    ['', 'station', 'as claimed', 'what came out', 'seconds'],
    ...visited.map(({ station, outcomes, isAsClaimed, seconds }) => [
      String(numberOf(station)),
      station.name,
      isAsClaimed ? 'yes' : 'NO',
      outcomes.map(({ found }) => findingBrief(found)).join(', '),
      seconds.toFixed(1)
    ])
  ])

const listText = (): string =>
  [
    ...PARTS.flatMap((part) => [
      part,
      ...stations
        .filter((station) => station.part === part)
        .map((station) => `  ${String(numberOf(station)).padStart(2)}  ${station.name.padEnd(17)}${station.slide}`),
      ''
    ]),
    'blockforest lecture N (or a name) runs a station; blockforest lecture --all runs all of them, in about a minute.'
  ].join('\n')

/** A station as JSON, before it is run. */
const stationJson = (station: Station) => {
  const { name, part, slide, claim, changes, because, loose, beyond = [], page } = station
  return {
    number: numberOf(station),
    name,
    part,
    slide,
    claim,
    repair: changes ?? null,
    why: because,
    loose: loose ?? null,
    deep: beyond.map((of) => searchOf(of)),
    page: `docs/${page}`
  }
}

const toldJson = (told: Told | undefined) => {
  if (told === undefined) return null
  const { execution: _, ...rest } = told
  return rest
}

const outcomeJson = ({ trial: { says }, command, expected, found, isAsClaimed, told, map }: Outcome) => ({
  says,
  command: command ?? null,
  expected,
  found,
  asClaimed: isAsClaimed,
  execution: toldJson(told),
  ...(map.length === 0 ? {} : { places: map.map((place) => ({ ...place, told: toldJson(place.told) })) })
})

const visitedJson = ({ station, outcomes, isAsClaimed, seconds }: Visited) => ({
  ...stationJson(station),
  asClaimed: isAsClaimed,
  seconds,
  trials: outcomes.map(outcomeJson)
})

/** The station that is called so, by its number or its name. */
const stationCalled = (called: string): Station => {
  const found = stations.find((station) => station.name === called || String(numberOf(station)) === called)
  if (found === undefined)
    throw new UsageError(
      `the lecture has no station ${called}; it has 1 to ${String(stations.length)}: ${stations.map(({ name }) => name).join(', ')}`
    )
  return found
}

const printJson = (json: unknown): void => {
  print(JSON.stringify(json, undefined, 2))
}

const lecture = async (called: string | undefined, { all, json }: LectureOptions): Promise<void> => {
  if (called !== undefined && all === true) throw new UsageError('--all runs all stations: leave out the name of one')
  if (called === undefined && all !== true) {
    if (json === true) printJson(stations.map(stationJson))
    else print(listText())
    return
  }
  const visited: Visited[] = []
  for (const station of called === undefined ? stations : [stationCalled(called)]) {
    const seen = await visit(station)
    visited.push(seen)
    if (json !== true) print(`${stationText(seen, called !== undefined)}${called === undefined ? '\n\n' : ''}`)
  }
  const [only] = visited
  if (json === true)
    printJson(called === undefined || only === undefined ? visited.map(visitedJson) : visitedJson(only))
  else if (called === undefined) print(summaryText(visited))
  process.exitCode = visited.every(({ isAsClaimed }) => isAsClaimed) ? 0 : 1
}

/** Adds the command. */
export const lectureCommand = (program: Command): void => {
  program
    .command('lecture')
    .description('Run the claims of the lecture, station by station, each by the systems and the checker.')
    .argument('[station]', 'run one station, by its number or its name; without it they are listed')
    .option('--all', 'run all stations, with a table at the end')
    .option('--json', 'JSON instead of text')
    .action(lecture)
}
