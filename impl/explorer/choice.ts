/**
 * What can be chosen of a system: parameters by a form, a preset, a mutant; from and to texts, as a page or an address has
 * them.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { canonical } from '../../invariants/checker/data/canonical.js'
import { changesOf, entriesOf, initialOf, parseEntry, valueAt, withFlags } from '../../invariants/systems/form.js'
import type { Control, Entry } from '../../invariants/systems/form.js'
import type { Expected, System } from '../../invariants/systems/system.js'
import { plural } from '../../invariants/words.js'

/** A field of a form with its value, as a page shows it. */
export interface FieldShown {
  readonly flag: string
  readonly says: string
  readonly control: Control
  /** As it is entered: `on` or the empty text for a switch; the empty text for the lack of an optional value. */
  readonly value: string
  /** What it is when it is left out, in words. */
  readonly otherwise: string
  readonly isOptional: boolean
  /** With the choices made it means nothing. */
  readonly isIdle: boolean
}

/** Texts by the flags of their fields; those that are left out are as they are initially. */
export type Texts = Readonly<Record<string, string>>

/** Why texts are no configuration: fields with what is wrong about each, or one clause about all of them. */
export interface Refusal {
  readonly says: string
  readonly fields: Texts
}

const ON = 'on'

const textOf = ({ control }: Entry, value: unknown): string =>
  control._tag === 'Switch'
    ? value === true
      ? ON
      : ''
    : value === undefined
      ? ''
      : typeof value === 'string'
        ? value
        : canonical(value)

const isIdle = ({ only }: Entry, valueOf: (field: string) => unknown): boolean =>
  only !== undefined && valueOf(only.field) !== only.is

/** The fields of a form with the values of a configuration. */
export const fieldsOf = <C>({ form }: Pick<System<C>, 'form'>, configuration: C): ReadonlyArray<FieldShown> =>
  entriesOf(form).map((entry) => ({
    flag: entry.flag,
    says: entry.says,
    control: entry.control,
    value: textOf(entry, valueAt(configuration, entry.path)),
    otherwise: entry.otherwise,
    isOptional: entry.isOptional,
    isIdle: isIdle(entry, (field) => valueAt(configuration, [field]))
  }))

/** The texts of the fields that are not as they are initially. */
export const textsOf = <C>({ form }: Pick<System<C>, 'form'>, configuration: C): Texts =>
  Object.fromEntries(
    entriesOf(form).flatMap((entry) => {
      const [is, was] = [valueAt(configuration, entry.path), entry.initial]
      return is === was ? [] : [[entry.flag, textOf(entry, is)] as const]
    })
  )

/** The value that a text stands for. Left: what was expected. */
const valueOf = (entry: Entry, text: string): Either<string, unknown> => {
  if (entry.control._tag === 'Switch')
    return text === ON || text === '' ? E.right(text === ON) : E.left('expected on or nothing')
  if (entry.isOptional && text.trim() === '') return E.right(undefined)
  return parseEntry(entry, entry.control._tag === 'Count' ? text.trim() : text)
}

const refusal = (says: string, fields: Texts = {}): Either<Refusal, never> => E.left({ says, fields })

/** The configuration that texts stand for. What means nothing with its choices is left as it is initially. */
export const configured = <C>(
  system: Pick<System<C>, 'name' | 'form' | 'refuses'>,
  texts: Texts
): Either<Refusal, C> => {
  const { name, form, refuses } = system
  const entries = entriesOf(form)
  const unknown = Object.keys(texts).find((flag) => !entries.some((entry) => entry.flag === flag))
  if (unknown !== undefined)
    return refusal(`${name} has no parameter ${unknown}; it has ${entries.map(({ flag }) => flag).join(', ')}`)
  const given = entries.flatMap((entry) => {
    const text = texts[entry.flag]
    return text === undefined ? [] : [{ entry, value: valueOf(entry, text), text }]
  })
  const wrong = given.flatMap(({ entry, value, text }) =>
    E.isLeft(value) ? [[entry.flag, `${value.left}, found ${text === '' ? 'nothing' : text}`] as const] : []
  )
  if (wrong.length > 0)
    return refusal(wrong.map(([flag, why]) => `${flag}: ${why}`).join('; '), Object.fromEntries(wrong))
  const values = new Map(given.map(({ entry, value }) => [entry.flag, E.isRight(value) ? value.right : undefined]))
  const chosen = (field: string): unknown => {
    const entry = entries.find(({ path }) => path.length === 1 && path[0] === field)
    return entry === undefined ? undefined : values.has(entry.flag) ? values.get(entry.flag) : entry.initial
  }
  for (const entry of entries) if (isIdle(entry, chosen)) values.delete(entry.flag)
  const initial = initialOf(form)
  const configuration = E.isLeft(initial) ? initial : withFlags(form, initial.right, values)
  if (E.isLeft(configuration)) return refusal(configuration.left)
  const reason = refuses?.(configuration.right)
  return reason === undefined ? configuration : refusal(reason)
}

/** A name that can be chosen: of a preset, or of a mutant. */
export interface Named {
  readonly name: string
  readonly says: string
}

/** What a search is expected to say. */
const expectedText = (expect: Expected | undefined): string =>
  expect === undefined
    ? 'executions at random'
    : expect.verdict === 'holds'
      ? `all hold, in ${plural(expect.states, 'state')}`
      : `violated after ${plural(expect.steps, 'step')}`

/** The presets of a system. */
export const presetsOf = <C>({ form, presets }: System<C>): ReadonlyArray<Named> =>
  presets.map(({ name, of, expect }) => ({
    name,
    says: [...changesOf(form, of), expectedText(expect)].join(' ')
  }))

/** The preset whose parameters a configuration has; the first where there are more. */
export const presetOf = <C>({ presets }: Pick<System<C>, 'presets'>, configuration: C): string | undefined => {
  const parameters = canonical(configuration)
  return presets.find(({ of }) => canonical(of) === parameters)?.name
}

/** The mutants of a system. */
export const mutantsOf = <C>({ mutants }: System<C>): ReadonlyArray<Named> =>
  mutants.map(({ name, says }) => ({ name, says }))
