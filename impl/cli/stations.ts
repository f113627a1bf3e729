/**
 * What has come out of a station of the lecture, in words: for the command, and for the page.
 */
import { findingText, foretold, searchOf } from '../../invariants/lecture/index.js'
import type { MapPlace, Station } from '../../invariants/lecture/index.js'
import type { VerdictMap } from '../draw/index.js'

/** A search that is left to deep tests, with what it is to come to. */
export const beyondText = (of: NonNullable<Station['beyond']>[number]): string => {
  const { command, expect } = searchOf(of)
  return `${command}: ${findingText(expect)}`
}

/** The places of a map by the number of nodes, with a row for each number of phases and of liars. */
export const verdictMapOf = (places: ReadonlyArray<MapPlace>): VerdictMap => {
  const distinct = (of: (place: MapPlace) => number, among: ReadonlyArray<MapPlace>): ReadonlyArray<number> => [
    ...new Set(among.map(of))
  ]
  return {
    title: 'Where the repair ladder keeps agreement',
    tables: distinct(({ nodes }) => nodes, places).map((n) => {
      const here = places.filter(({ nodes }) => nodes === n)
      return {
        title: `N = ${String(n)}`,
        columns: distinct(({ quorum }) => quorum, here).map((q) => `q = ${String(q)}`),
        rows: distinct(({ phases }) => phases, here).flatMap((k) =>
          distinct(({ liars }) => liars, here).map((f) => ({
            name: `k = ${String(k)}, f = ${String(f)}`,
            cells: here
              .filter(({ phases, liars }) => phases === k && liars === f)
              .map((place) => ({ verdict: place.agreement, steps: place.steps, foretold: foretold(place) }))
          }))
        )
      }
    }),
    key: [
      '✓ agreement holds',
      '✗ 4: it is violated, after 4 steps at the shortest',
      '· not decided here: too many states',
      'To the right of a bar 2q − N > f, and k > 1: there the theorem has agreement hold, and nowhere else.',
      'N nodes, of which the first f lie; quorums of q; k phases'
    ]
  }
}
