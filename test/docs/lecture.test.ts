/**
 * The lecture, run once: every station comes out as the lecture claims, and the page and its pictures are made of that.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { outcomeOf, searchOf, stations, visit } from '../../invariants/lecture/index.js'
import type { Outcome, Trial, Visited } from '../../invariants/lecture/index.js'
import { catalogue, nameOf, systemCalled } from '../../invariants/systems/index.js'
import * as E from 'fp-ts/lib/Either.js'
import { openAddress } from '../../impl/explorer/index.js'
import type { Systems } from '../../impl/explorer/index.js'
import { deep } from '../support/deep.js'
import { isSearched } from '../support/presets.js'
import { LECTURE, lecturePage, PICTURES } from '../../scripts/docs/lecture.js'
import { read, ROOT } from '../../scripts/docs/pages.js'

const SYSTEMS: Systems = Object.fromEntries(catalogue.map((one) => [nameOf(one), () => Promise.resolve(one)]))

/** A line of the page is about a subject: it says the command that searches it. */
const isOf = (of: Parameters<typeof searchOf>[0], line: string): boolean => line.includes(`\`${searchOf(of).command}`)

const visited: Visited[] = []

/** Whether the tests of the catalogue search a preset each time, and hold it against what it is to come to. */
const isSearchedThere = ({ of }: Trial & { readonly _tag: 'Search' }): boolean =>
  systemCalled(of.system)?.open(({ presets }) =>
    presets.some((preset) => 'preset' in of && preset.name === of.preset && isSearched(preset))
  ) === true

/** What a trial comes to. A search without a counterexample that the tests of the catalogue make is not made twice. */
const comesTo = (trial: Trial): Promise<Outcome> => {
  if (deep || trial._tag !== 'Search' || trial.claims !== 'holds' || !isSearchedThere(trial)) return outcomeOf(trial)
  const { command, expect: expected } = searchOf(trial.of)
  const isAsClaimed = expected.verdict === trial.claims
  return Promise.resolve({ trial, command, expected, found: expected, isAsClaimed, told: undefined, map: [] })
}

test.each(stations)(
  'station $name comes out as the lecture claims',
  async (station) => {
    const seen = await visit(station, comesTo)
    visited.push(seen)
    for (const { found, expected } of seen.outcomes) expect(found).toEqual(expected)
    expect(seen.isAsClaimed).toBe(true)
  },
  180_000
)

describe('the page', () => {
  let made = lecturePage([])
  beforeAll(() => {
    made = lecturePage(visited)
  })

  test('is what the stations say', () => {
    expect(made.problems).toEqual([])
    expect(read(LECTURE) === made.page, 'run `npm run docs:generate`').toBe(true)
  })

  test('has the pictures that it shows, and no others', () => {
    const pictures = [...(made.pictures ?? [])]
    expect(pictures.length).toBeGreaterThan(15)
    expect(pictures.filter(([file, text]) => read(file) !== text).map(([file]) => file)).toEqual([])
    expect(readdirSync(join(ROOT, PICTURES)).sort()).toEqual(
      pictures.map(([file]) => file.slice(PICTURES.length + 1)).sort()
    )
  })

  test('has a link to the explorer for each trial of a system, which opens the system where its execution ends', async () => {
    const lines = (read(LECTURE) ?? '').split(/\n(?=- )/).filter((line) => line.startsWith('- ') && line.includes('**'))
    const trials = stations.flatMap(({ trials: all }) => all)
    expect(lines.length).toBeGreaterThanOrEqual(trials.length)
    let failing = 0
    for (const trial of trials) {
      const line = lines.find(
        (one) => one.startsWith(`- ${trial.says}: **`) && (!('of' in trial) || isOf(trial.of, one))
      )
      const [, kind, address = ''] = /\[walk through (it|the execution)\]\(explorer[.]md#(.*?)\)/.exec(line ?? '') ?? []
      if (!('of' in trial)) {
        expect([trial.says, kind]).toEqual([trial.says, undefined])
        continue
      }
      const session = await openAddress(SYSTEMS, address)
      if (E.isLeft(session)) throw new Error(`${trial.says}: ${session.left}`)
      const shown = session.right.shown()
      expect([trial.says, shown.system.name, shown.mutant]).toEqual([
        trial.says,
        trial.of.system,
        'mutant' in trial.of ? trial.of.mutant : undefined
      ])
      // The same parameters: the same command.
      expect(line).toContain(`\`${shown.command}`)
      expect([trial.says, kind]).toEqual([trial.says, shown.at > 0 ? 'the execution' : expect.any(String)])
      const length = /(?:violated|happens) after (\d+) step/.exec(line ?? '')?.[1]
      if (length !== undefined) expect([trial.says, shown.at]).toEqual([trial.says, Number(length)])
      if (trial._tag === 'Search' && trial.claims === 'violated')
        for (const failure of shown.failures) expect(line).toContain(failure)
      if (trial._tag === 'Search' && trial.claims === 'holds') expect(shown.failures).toEqual([])
      if (shown.failures.length > 0) failing++
    }
    // Of what can be reached no more, or never happens, no state is to blame.
    expect(failing).toBeGreaterThan(20)
  }, 120_000)

  test('says of a station that comes out otherwise that it does', () => {
    const [first] = visited
    expect(first && lecturePage([{ ...first, isAsClaimed: false }]).problems).toEqual([
      'the station majority does not come out as claimed'
    ])
  })
})
