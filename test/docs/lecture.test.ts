/**
 * The lecture, run once: every station comes out as the lecture claims, and the page and its pictures are made of that.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { stations, visit } from '../../invariants/lecture/index.js'
import type { Visited } from '../../invariants/lecture/index.js'
import { LECTURE, lecturePage, PICTURES } from '../../scripts/docs/lecture.js'
import { read, ROOT } from '../../scripts/docs/pages.js'

const visited: Visited[] = []

test.each(stations)(
  'station $name comes out as the lecture claims',
  async (station) => {
    const seen = await visit(station)
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

  test('says of a station that comes out otherwise that it does', () => {
    const [first] = visited
    expect(first && lecturePage([{ ...first, isAsClaimed: false }]).problems).toEqual([
      'the station majority does not come out as claimed'
    ])
  })
})
