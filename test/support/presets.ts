/**
 * Presets of systems: which are searched each time the tests are run, and the exact counts of Toychain's, which stand in the
 * catalogue and nowhere else.
 */
import { toychain } from '../../invariants/blockchain/system.js'
import type { Preset } from '../../invariants/systems/index.js'
import { deep } from './deep.js'

/** A search of more states than this takes minutes, even in a deep run of the tests. */
const MOST = 5_000_000

/** Whether the tests of the catalogue search all executions of a preset, and hold them against what it says. */
export const isSearched = ({ tier, expect: expected, random }: Preset<unknown>): boolean =>
  random === undefined && (deep || tier === 'fast') && !(expected?.verdict === 'holds' && expected.states > MOST)

/** What a search of a preset comes to, all of whose executions are searched and in which all holds. */
export const countsOf = (
  name: string
): { readonly states: number; readonly transitions: number; readonly depth: number } => {
  const expected = toychain.presets.find((preset) => preset.name === name)?.expect
  if (expected?.verdict !== 'holds') throw new RangeError(`toychain has no preset ${name} in which all holds`)
  const { verdict: _, ...counts } = expected
  return counts
}
