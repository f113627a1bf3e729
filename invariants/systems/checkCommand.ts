/**
 * A system with its parameters chosen, as words of the command line.
 */
import { canonical } from '../checker/data/canonical.js'
import { changesOf, flagsOf, quoted } from './form.js'
import type { System } from './system.js'

/**
 * The command that searches one configuration of a system, or of a mutant of it, and nothing else. A mutant is searched where
 * it is refuted unless it is said otherwise; where nothing is said of a system, all its usual presets are.
 */
export const checkCommandOf = <C>(
  { name, form, presets, mutants }: Pick<System<C>, 'name' | 'form' | 'presets' | 'mutants'>,
  configuration: C,
  mutant?: string
): string => {
  const wrong = mutants.find((one) => one.name === mutant)
  const words = (): ReadonlyArray<string> => {
    if (wrong !== undefined) return same(wrong.where, configuration) ? [] : flagsOf(form, configuration, wrong.where)
    const changes = changesOf(form, configuration)
    if (changes.length > 0) return changes
    const preset = presets.find(({ of, random }) => random === undefined && same(of, configuration))
    return preset === undefined ? flagsOf(form, configuration) : [`--preset ${quoted(preset.name)}`]
  }
  return ['blockforest check', name, ...(mutant === undefined ? [] : [`--mutant ${mutant}`]), ...words()].join(' ')
}

const same = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other)
