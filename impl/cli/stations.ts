/**
 * What has come out of a station of the lecture, in words: for the command, and for the page.
 */
import { foretold, searchOf } from '../../invariants/lecture/index.js'
import type { Finding, MapPlace, Station } from '../../invariants/lecture/index.js'
import type { VerdictMap } from '../draw/index.js'
import { grouped, plural } from './io.js'

/** What has come out, or is to, in a clause. */
export const findingText = (found: Finding): string => {
  switch (found.verdict) {
    case 'holds':
      return `holds in all ${grouped(found.states)} states (${grouped(found.transitions)} transitions, depth ${String(found.depth)})`
    case 'violated':
      return `violated after ${plural(found.steps, 'step')}`
    case 'happens':
      return `happens after ${plural(found.steps, 'step')}`
    case 'never':
      return `never happens, in all ${plural(found.states, 'state')}`
    case 'undecided':
      return `not decided, ${plural(found.states, 'state')} were looked at`
    case 'always':
      return `from each of ${plural(found.among, 'state')} it can be reached`
    case 'stuck':
      return `from ${grouped(found.states)} of ${plural(found.among, 'state')} it can be reached no more`
    case 'kept':
    case 'not kept':
      return `of ${plural(found.among, 'state')}, reachable or not, it holds in ${grouped(found.states)}; ${
        found.verdict === 'kept' ? `all ${plural(found.steps, 'step')} from those keep it` : 'a step does not keep it'
      }`
    case 'derived':
    case 'tested':
    case 'assumed':
    case 'refuted':
      return `${GRADES[found.verdict]} ${plural(found.inputs, 'input')}, of which ${grouped(found.met)} met its premises`
    case 'mapped':
      return [
        `agreement holds at ${plural(found.holds, 'place')}`,
        `is violated at ${String(found.violated)}`,
        `was not decided at ${String(found.unknown)}`,
        found.contradict === 0
          ? 'as the theorem says of each that was'
          : `and ${plural(found.contradict, 'place')} contradict the theorem`
      ].join(', ')
    case 'all fail':
      return `each of ${plural(found.protocols, 'protocol')} fails in the execution that is made for it`
    case 'some stand':
      return `only ${plural(found.protocols, 'protocol')} fail in the execution that is made for them`
  }
}

const GRADES = {
  derived: 'derived; and tested on all',
  tested: 'tested on all',
  assumed: 'a law, assumed; and tested on all',
  refuted: 'REFUTED, on'
} as const

/** What has come out, in a word, with the length of an execution if there is one. */
export const findingBrief = (found: Finding): string =>
  found.verdict === 'violated' || found.verdict === 'happens'
    ? `${found.verdict} (${String(found.steps)})`
    : found.verdict === 'stuck'
      ? `${found.verdict} (${grouped(found.states)})`
      : found.verdict

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
