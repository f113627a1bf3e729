/**
 * Exact counts of Toychain's presets: they stand in the catalogue, and nowhere else.
 */
import { toychain } from '../../invariants/blockchain/system.js'

/** What a search of a preset comes to, all of whose executions are searched and in which all holds. */
export const countsOf = (
  name: string
): { readonly states: number; readonly transitions: number; readonly depth: number } => {
  const expected = toychain.presets.find((preset) => preset.name === name)?.expect
  if (expected?.verdict !== 'holds') throw new RangeError(`toychain has no preset ${name} in which all holds`)
  const { verdict: _, ...counts } = expected
  return counts
}
