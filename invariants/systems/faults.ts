/**
 * What is wrong with a system's own description: found when it is loaded, before anything is searched.
 */
import * as E from 'fp-ts/lib/Either.js'
import { decodeForm, entriesOf, initialOf } from './form.js'
import type { Entry, Form, Only } from './form.js'
import type { System } from './system.js'

/** The names that occur again. */
const repeated = (names: ReadonlyArray<string>): ReadonlyArray<string> =>
  names.filter((name, i) => names.indexOf(name) < i)

/** Why values are none of a form's; nothing where they are. */
const misfit = <C>(form: Form<C>, c: C, refuses: System<C>['refuses']): ReadonlyArray<string> => {
  const decoded = decodeForm(form, c)
  if (E.isLeft(decoded)) return [decoded.left]
  const reason = refuses?.(decoded.right)
  return reason === undefined ? [] : [reason]
}

const initialFaults = <C>(what: string, form: Form<C>): ReadonlyArray<string> => {
  const initial = initialOf(form)
  return E.isLeft(initial) ? [`${what}: ${initial.left}`] : []
}

/** Some field is a choice of that name with that word. */
const isChosen = (entries: ReadonlyArray<Entry>, { field, is }: Only): boolean =>
  entries.some(({ path, control }) => path.join() === field && control._tag === 'Choice' && control.among.includes(is))

const unchosen = (flag: string, { field, is }: Only): string =>
  `the option --${flag}: it means something only where ${field} is ${is}, and no choice ${field} has that word`

/** What is wrong with the description of a system, in a clause each; nothing where nothing is. */
export const faultsOf = <C>({ name, form, sizes, refuses, presets, mutants }: System<C>): ReadonlyArray<string> => {
  const entries = entriesOf(form)
  const flags = [...entries, ...(sizes ? entriesOf(sizes) : [])].map(({ flag }) => flag)
  return [
    ...(/^[a-z][a-z0-9-]*(\/[a-z][a-z0-9-]*)?$/.test(name)
      ? []
      : [`the name '${name}': expected small letters, digits and dashes`]),
    ...initialFaults('the initial parameters', form),
    ...(sizes ? initialFaults('the initial sizes', sizes) : []),
    ...repeated(flags).map((flag) => `two parameters have the option --${flag}: give one another flag`),
    ...flags
      .filter((flag) => !/^[a-z][a-z0-9-]*$/.test(flag))
      .map((flag) => `the option --${flag}: expected small letters, digits and dashes`),
    ...flags
      .filter((flag) => flag.startsWith('no-'))
      .map((flag) => `the option --${flag}: what begins with no- takes another option back`),
    ...entries.flatMap(({ flag, only }) =>
      only === undefined || isChosen(entries, only) ? [] : [unchosen(flag, only)]
    ),
    ...repeated(presets.map((preset) => preset.name)).map((one) => `two presets are called '${one}'`),
    ...repeated(mutants.map((mutant) => mutant.name)).map((one) => `two mutants are called '${one}'`),
    ...presets.flatMap((preset) => misfit(form, preset.of, refuses).map((why) => `the preset ${preset.name}: ${why}`)),
    ...mutants.flatMap((mutant) =>
      [...misfit(form, mutant.where, refuses), ...[mutant.refuses?.(mutant.where) ?? []].flat()].map(
        (why) => `the mutant ${mutant.name}: ${why}`
      )
    )
  ]
}
