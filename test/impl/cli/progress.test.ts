import { describe, expect, test } from 'vitest'
import { meter } from '../../../impl/cli/progress.js'
import { blockforest } from '../../support/command.js'
import { countsOf } from '../../support/presets.js'

/** A clock that is set by hand, and a process of 5 MB. */
const gauges = () => {
  const clock = { seconds: 100 }
  return { clock, now: () => 1000 * clock.seconds, memory: () => 5 * 2 ** 20 }
}
const progress = (states: number, frontier = 7) => ({ states, transitions: 0, depth: 1234, frontier })

describe('a line of progress', () => {
  test('says states, rate, depth, frontier and memory; no rate before it is known', () => {
    const g = gauges()
    const line = meter('F220', () => undefined, g)
    expect(line(progress(1))).toBe('F220: states 1, depth 1 234, frontier 7, memory 5 MB')
    g.clock.seconds += 4
    expect(line(progress(4001))).toBe('F220: states 4 001, states/s 1 000, depth 1 234, frontier 7, memory 5 MB')
  })

  test('says how much time is left at most where something bounds the search, even one that went on', () => {
    const g = gauges()
    const line = meter('', ({ states }) => states / 10_000, g)
    expect(line(progress(5000))).toBe('states 5 000, depth 1 234, frontier 7, memory 5 MB')
    g.clock.seconds += 1
    // A second for one state: 4 999 are left.
    expect(line(progress(5001))).toMatch(/, states\/s 1, .*, at most 1:23:19 left$/)
    g.clock.seconds += 9
    expect(line(progress(10_000))).toMatch(/, states\/s 500, .*, at most 0:00:00 left$/)
  })

  test('begins anew with a search that does', () => {
    const g = gauges()
    const line = meter('', () => undefined, g)
    line(progress(1))
    g.clock.seconds += 1000
    line(progress(9))
    line(progress(2))
    g.clock.seconds += 2
    expect(line(progress(22))).toContain('states/s 10,')
  })
})

describe.concurrent('blockforest check --progress-every', () => {
  test('writes lines to standard error where that is no terminal', async () => {
    const { out, err, exitCode } = await blockforest('check', '--mints', '2', '--json', '--progress-every', '0')
    expect([exitCode, (JSON.parse(out) as { states: number }).states]).toEqual([0, countsOf('F220').states])
    const lines = err.trimEnd().split('\n')
    // One at the beginning, and one after each 16,384 states, or sooner where these take long.
    expect(lines.length).toBeGreaterThanOrEqual(6)
    expect(lines[0]).toMatch(/^F220: states 1, depth 0, frontier 1, memory [\d ]+ MB$/)
    for (const line of lines.slice(1))
      expect(line).toMatch(/^F220: states [\d ]+, states\/s [\d ]+, depth \d+, frontier [\d ]+, memory [\d ]+ MB$/)
  })

  test('says how much time is left at random, and with a bound on states', async () => {
    const [random, bounded] = await Promise.all([
      blockforest('check', '--mints', '2', '--runs', '40', '--progress-every', '0'),
      blockforest('check', '--mints', '2', '--max-states', '60000', '--progress-every', '0')
    ])
    for (const { err } of [random, bounded])
      expect(err.trimEnd().split('\n').at(-1)).toMatch(/^F220: states .*, at most \d+:\d\d:\d\d left$/)
  })

  test('writes no line before its time, and is refused with --no-progress', async () => {
    const [patient, refused] = await Promise.all([
      blockforest('check', '--mints', '1', '--progress-every', '3600'),
      blockforest('check', '--mints', '1', '--progress-every', '1', '--no-progress')
    ])
    expect([patient.exitCode, patient.err]).toEqual([0, ''])
    expect([refused.exitCode, refused.err.split('\n')[0]]).toEqual([
      2,
      "error: option '--progress-every <seconds>' cannot be used with option '--no-progress'"
    ])
  })
})
