/**
 * The parameters that a catalogue has names for.
 */
import type { System } from '../../invariants/systems/index.js'

/** The parameters of all presets of a system, and those with which its mutants are refuted. */
export const parametersOf = <C>({ presets, mutants }: System<C>): ReadonlyArray<C> => [
  ...presets.map((preset) => preset.of),
  ...mutants.map((mutant) => mutant.where)
]
