/**
 * The parameters of a system as options of the command line.
 */
import * as E from 'fp-ts/lib/Either.js'
import { InvalidArgumentError, Option } from 'commander'
import type { Command } from 'commander'
import { entriesOf, initialOf, parseEntry, withFlags } from '../../invariants/systems/index.js'
import type { Control, Entry, Form, System } from '../../invariants/systems/index.js'
import { UsageError } from './io.js'

/** What stands for a value in the help. */
const PLACEHOLDERS: Readonly<Record<Control['_tag'], string>> = {
  Count: ' <n>',
  Choice: ' <name>',
  Text: ' <text>',
  Switch: ''
}

/** What commander does not say of the values of an option, where it is not obvious: `, 2 to 256`. */
const boundsText = ({ control, isOptional }: Entry): string => {
  if (control._tag === 'Count' && control.most < 1_000_000)
    return `, ${String(control.least)} to ${String(control.most)}`
  return control._tag === 'Choice' && isOptional ? `, ${control.among.join(' or ')}` : ''
}

/** What commander has for the lack of an optional value: it takes undefined for an option that was not given. */
const ABSENT = Symbol('absent')

/** A parameter as an option, for commander. */
const optionOf = (entry: Entry): Option => {
  const { flag, says, otherwise, control, isOptional } = entry
  const isOff = control._tag === 'Switch'
  const option = new Option(
    `--${flag}${PLACEHOLDERS[control._tag]}`,
    `${says}${boundsText(entry)}${isOff ? '' : ` (default: ${otherwise})`}`
  )
  if (isOff) return option
  if (control._tag === 'Choice' && !isOptional) return option.choices(control.among)
  return option.argParser((text: string) => {
    const value = parseEntry(entry, text)
    if (E.isLeft(value)) throw new InvalidArgumentError(`${value.left}.`)
    return value.right ?? ABSENT
  })
}

/** What takes a switch back that a preset or a mutant turns on. */
const negationOf = ({ flag, control }: Entry): ReadonlyArray<Option> =>
  control._tag === 'Switch' ? [new Option(`--no-${flag}`).hideHelp()] : []

/** The options of a form. */
export const formOptions = <C>(form: Form<C>): ReadonlyArray<readonly [Entry, Option]> =>
  entriesOf(form).flatMap((entry) => [optionOf(entry), ...negationOf(entry)].map((option) => [entry, option] as const))

/** The values of the options that were given, by flag. */
export const givenOf = <C>(form: Form<C>, given: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> =>
  new Map(
    formOptions(form).flatMap(([{ flag }, option]) => {
      const value = given[option.attributeName()]
      return value === undefined ? [] : [[flag, value === ABSENT ? undefined : value] as const]
    })
  )

/** The parameters that are chosen where nothing is said. */
export const initialParameters = <C>({ name, form }: Pick<System<C>, 'name' | 'form'>): C => {
  const initial = initialOf(form)
  if (E.isLeft(initial)) throw new UsageError(`${name}: the initial values of its form are wrong: ${initial.left}`)
  return initial.right
}

/**
 * The values of a form with those changed that were given.
 * @throws UsageError where one is none of its field's.
 */
export const changed = <C>(form: Form<C>, base: C, given: ReadonlyMap<string, unknown>): C => {
  const found = withFlags(form, base, given)
  if (E.isLeft(found)) throw new UsageError(found.left)
  return found.right
}

/**
 * The parameters of a system with those changed that were given.
 * @throws UsageError where they cannot be together.
 */
export const chosen = <C>({ form, refuses }: System<C>, base: C, given: ReadonlyMap<string, unknown>): C => {
  const configuration = changed(form, base, given)
  const reason = refuses?.(configuration)
  if (reason !== undefined) throw new UsageError(reason)
  return configuration
}

/**
 * Adds the options of a system's parameters, and of the sizes of its inductions.
 * @param others options of the command that these must not have.
 */
export const addParameters = <C>(
  command: Command,
  { name, form, sizes }: System<C>,
  others: ReadonlyArray<string | undefined>
): void => {
  const taken = new Set(others)
  const add = (options: ReturnType<typeof formOptions>): void => {
    for (const [{ path }, option] of options) {
      if (taken.has(option.long))
        throw new UsageError(
          `${name}: its parameter ${path.join('.')} has the option ${option.long ?? ''}, which is taken: give it another flag`
        )
      taken.add(option.long)
      command.addOption(option)
    }
  }
  command.optionsGroup(`Parameters of ${name}:`)
  add(formOptions(form))
  if (sizes === undefined) return
  command.optionsGroup('Sizes of the states of --inductive:')
  add(formOptions(sizes))
}
