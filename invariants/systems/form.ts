/**
 * Forms: the parameters of a system as data. From a form come the options of the command line with their help and their
 * errors, the JSON of a configuration, the tables of the documentation, and the controls of a page.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { canonical } from '../checker/data/canonical.js'
import { choiceCodec, countCodec, switchCodec, textCodec } from './codec.js'
import type { Codec } from './codec.js'

/** How a value is entered. */
export type Control =
  /** A whole number. */
  | { readonly _tag: 'Count'; readonly least: number; readonly most: number }
  /** On or off. */
  | { readonly _tag: 'Switch' }
  /** One of several words. */
  | { readonly _tag: 'Choice'; readonly among: ReadonlyArray<string> }
  /** Any text. */
  | { readonly _tag: 'Text' }

/** What all fields have. */
interface AnyField<X> {
  /** What it is, in a clause that begins with a small letter: `nodes of the clique`. */
  readonly says: string
  /** What it is when it is left out, where a number does not say it: `the main one`. */
  readonly otherwise?: string
  /** The option of the command line, without its dashes. Default: the name of the field, `blockOnly` as `block-only`. */
  readonly flag?: string
  /** With which choice it means something; with any other it is as it is initially. Default: with all. */
  readonly only?: Only
  readonly control: Control
  readonly codec: Codec<X>
}

/** A word of a choice at the top of a form: the `field` called `level` is `b`. */
export interface Only {
  readonly field: string
  readonly is: string
}

/** A parameter that every configuration has. */
export interface Field<X> extends AnyField<X> {
  readonly _tag: 'Field'
  /** What it is unless something else is chosen. */
  readonly initial: X
}

/** A parameter that a configuration may lack. */
export interface OptionalField<X> extends AnyField<X> {
  readonly _tag: 'Optional'
}

/** Parameters that belong together, in a record of their own; all of them are off unless they are asked for. */
export interface Group<X> {
  readonly _tag: 'Group'
  readonly form: Form<X>
}

/** The parameters `C` as a form. */
export type Form<C> = {
  readonly [K in keyof C]-?: object extends Pick<C, K> ? OptionalField<NonNullable<C[K]>> : Field<C[K]> | Group<C[K]>
}

/** What a field has besides its kind. */
type About = Pick<AnyField<unknown>, 'says' | 'otherwise' | 'flag' | 'only'>

/** Bounds of a whole number, both included. Default: from 0 to a million. */
interface Range {
  readonly least?: number
  readonly most?: number
}

/** The most of anything, unless a field says otherwise. */
const MOST = 1_000_000

/** A whole number. */
export const count = ({
  initial,
  least = 0,
  most = MOST,
  ...about
}: About & Range & { readonly initial: number }): Field<number> => ({
  _tag: 'Field',
  ...about,
  control: { _tag: 'Count', least, most },
  codec: countCodec(least, most),
  initial
})

/** A whole number that a configuration may lack. */
export const optionalCount = ({ least = 0, most = MOST, ...about }: About & Range): OptionalField<number> => ({
  _tag: 'Optional',
  ...about,
  control: { _tag: 'Count', least, most },
  codec: countCodec(least, most)
})

/** Something that is off unless it is asked for. */
export const toggle = (about: About): Field<boolean> => ({
  _tag: 'Field',
  ...about,
  control: { _tag: 'Switch' },
  codec: switchCodec,
  initial: false
})

/** One of several words; the first is the initial one, unless another is named. */
export const choice = <X extends string>({
  among,
  initial,
  ...about
}: About & { readonly among: readonly [X, ...X[]]; readonly initial?: X }): Field<X> => ({
  _tag: 'Field',
  ...about,
  control: { _tag: 'Choice', among },
  codec: choiceCodec(among),
  initial: initial ?? among[0]
})

/** One of several words, or none. */
export const optionalChoice = <X extends string>({
  among,
  ...about
}: About & { readonly among: readonly [X, ...X[]] }): OptionalField<X> => ({
  _tag: 'Optional',
  ...about,
  control: { _tag: 'Choice', among },
  codec: choiceCodec(among)
})

/** Any text. */
export const text = ({ initial, ...about }: About & { readonly initial: string }): Field<string> => ({
  _tag: 'Field',
  ...about,
  control: { _tag: 'Text' },
  codec: textCodec,
  initial
})

/** Parameters in a record of their own. */
export const group = <X>(form: Form<X>): Group<X> => ({ _tag: 'Group', form })

/** A field with its place in the form, whatever the type of its value. */
export interface Entry {
  /** The names that lead to it: `['faults', 'losses']`. */
  readonly path: ReadonlyArray<string>
  /** The option of the command line, without its dashes. */
  readonly flag: string
  /** What it is, after the choice with which it means something, if there is one. */
  readonly says: string
  readonly only?: Only
  /** What it is when it is left out, in words. */
  readonly otherwise: string
  readonly control: Control
  /** Absent where a configuration may lack it. */
  readonly initial: unknown
  readonly isOptional: boolean
  /** It stands in a group. */
  readonly isGrouped: boolean
  /** Why a value is none of the field's, in one clause; undefined: it is one. */
  readonly objection: (u: unknown) => string | undefined
}

type Part = Field<unknown> | OptionalField<unknown> | Group<unknown>

const isPart = (u: unknown): u is Part => typeof u === 'object' && u !== null && '_tag' in u

const partsOf = <C>(form: Form<C>): ReadonlyArray<readonly [string, Part]> =>
  Object.entries(form).flatMap(([name, part]: readonly [string, unknown]) => (isPart(part) ? [[name, part]] : []))

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

const otherwiseOf = (field: Field<unknown> | OptionalField<unknown>): string =>
  field.otherwise ?? (field._tag === 'Optional' ? 'none' : field.initial === false ? 'off' : String(field.initial))

/** All fields of a form, in order; those of a group where the group stands. */
export const entriesOf = <C>(form: Form<C>): ReadonlyArray<Entry> => entriesBelow(form, [])

const entriesBelow = <C>(form: Form<C>, above: ReadonlyArray<string>): ReadonlyArray<Entry> =>
  partsOf(form).flatMap(([name, part]): ReadonlyArray<Entry> => {
    const path = [...above, name]
    if (part._tag === 'Group') return entriesBelow(part.form, path)
    const { control, codec, says, only, flag = kebab(name) } = part
    return [
      {
        path,
        flag,
        says: only === undefined ? says : `with ${onlyText(only)}: ${says}`,
        ...(only && { only }),
        otherwise: otherwiseOf(part),
        control,
        initial: part._tag === 'Field' ? part.initial : undefined,
        isOptional: part._tag === 'Optional',
        isGrouped: above.length > 0,
        objection: (u) => (codec.type.is(u) ? undefined : `expected ${codec.expected}`)
      }
    ]
  })

/** A choice as an option of the command line: `--level b`. */
const onlyText = ({ field, is }: Only): string => `--${kebab(field)} ${is}`

/** The fields that mean nothing, given the values of choices by their names. */
const idleOf = (entries: ReadonlyArray<Entry>, valueOf: (field: string) => unknown): ReadonlyArray<Entry> =>
  entries.filter(({ only }) => only !== undefined && valueOf(only.field) !== only.is)

/** Why a field that means nothing cannot have a value. */
const idleText = (name: string, { only }: Entry): string =>
  `${name} means something only${only === undefined ? '' : ` with ${onlyText(only)}`}: leave it out`

/** A field's value in a configuration; undefined where there is none. */
export const valueAt = (configuration: unknown, path: ReadonlyArray<string>): unknown =>
  path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? Object.entries(value).find(([key]) => key === name)?.[1]
        : undefined,
    configuration
  )

/**
 * A value is a configuration of the form. (The fields decide it; TypeScript cannot follow them one by one.)
 */
const fits = <C>(entries: ReadonlyArray<Entry>, u: unknown): u is C =>
  entries.every(({ path, isOptional, objection }) => {
    const value = valueAt(u, path)
    return (isOptional && value === undefined) || objection(value) === undefined
  })

/** A record as it is shown in a message. */
const shown = (u: unknown): string => (u === undefined ? 'nothing' : canonical(u))

const isRecord = (u: unknown): u is object => typeof u === 'object' && u !== null && !Array.isArray(u)

/** Why a value has not the shape of a form: something is no record, or has a name that no field has. */
const misshapen = <C>(form: Form<C>, u: unknown, above: ReadonlyArray<string> = []): ReadonlyArray<string> => {
  const at = above.length === 0 ? '' : `${above.join('.')}: `
  if (!isRecord(u)) return [`${at}expected a record, found ${shown(u)}`]
  const parts = new Map(partsOf(form))
  return Object.entries(u).flatMap(([name, value]: readonly [string, unknown]) => {
    const part = parts.get(name)
    if (part === undefined) return [`${at}there is no parameter ${name}; there are ${[...parts.keys()].join(', ')}`]
    return part._tag === 'Group' && value !== undefined ? misshapen(part.form, value, [...above, name]) : []
  })
}

/** The values of fields as the nested record that a configuration is. */
const nested = <C>(form: Form<C>, value: (path: ReadonlyArray<string>) => unknown, above: ReadonlyArray<string> = []) =>
  Object.fromEntries(
    partsOf(form).flatMap(([name, part]): ReadonlyArray<readonly [string, unknown]> => {
      const path = [...above, name]
      const found: unknown = part._tag === 'Group' ? nested(part.form, value, path) : value(path)
      return found === undefined ? [] : [[name, found]]
    })
  )

/**
 * The configuration in a record of plain data; what the record lacks is as it is initially. Left: what is wrong with it,
 * in one line.
 */
export const decodeForm = <C>(form: Form<C>, u: unknown): Either<string, C> => {
  const [fault] = misshapen(form, u)
  if (fault !== undefined) return E.left(fault)
  const all = entriesOf(form)
  const initial = new Map(all.map((entry) => [entry.path.join('.'), entry.initial]))
  const configuration: unknown = nested(form, (path) => {
    const value = valueAt(u, path)
    return value === undefined ? initial.get(path.join('.')) : value
  })
  for (const { path, isOptional, objection } of all) {
    const value = valueAt(configuration, path)
    const wrong = isOptional && value === undefined ? undefined : objection(value)
    if (wrong !== undefined) return E.left(`${path.join('.')}: ${wrong}, found ${shown(value)}`)
  }
  const [idle] = idleOf(all, (field) => valueAt(configuration, [field])).filter(
    ({ path, initial: usual }) => valueAt(configuration, path) !== usual
  )
  if (idle !== undefined) return E.left(idleText(idle.path.join('.'), idle))
  return fits<C>(all, configuration) ? E.right(configuration) : E.left(`not a configuration: ${shown(u)}`)
}

/** The value that a text of the command line stands for; undefined for the lack of one. Left: what was expected. */
export const parseEntry = ({ control, isOptional, objection }: Entry, text: string): Either<string, unknown> => {
  if (isOptional && text === NONE) return E.right(undefined)
  const value: unknown = control._tag === 'Count' && /^-?\d+$/.test(text) ? Number(text) : text
  const wrong = objection(value)
  return wrong === undefined ? E.right(value) : E.left(wrong)
}

/**
 * The configuration in which some fields have the values that are given by their flags, or lack one where undefined is
 * given, and the others are as in a base. Left: what is wrong.
 */
export const withFlags = <C>(form: Form<C>, base: C, given: ReadonlyMap<string, unknown>): Either<string, C> => {
  const all = entriesOf(form)
  const flags = new Map(all.map(({ path, flag }) => [path.join('.'), flag]))
  const valueOf = (path: ReadonlyArray<string>): unknown => {
    const flag = flags.get(path.join('.')) ?? ''
    return given.has(flag) ? given.get(flag) : valueAt(base, path)
  }
  const idle = idleOf(all, (field) => valueOf([field]))
  const [wrong] = idle.filter(({ flag }) => given.has(flag))
  if (wrong !== undefined) return E.left(idleText(`--${wrong.flag}`, wrong))
  const left = new Set(idle.map(({ path }) => path.join('.')))
  return decodeForm(
    form,
    nested(form, (path) => (left.has(path.join('.')) ? undefined : valueOf(path)))
  )
}

/** The configuration in which every field is as it is initially. Left: an initial value is none of its field's. */
export const initialOf = <C>(form: Form<C>): Either<string, C> => decodeForm(form, {})

/** What stands on the command line for the lack of an optional value. */
export const NONE = 'none'

/**
 * A configuration as options of the command line. Numbers and words are always written, switches where they are on, and
 * what stands in a group where it is not as it is initially; and whatever the options that are left out would not say,
 * where they change another configuration than the initial one.
 */
export const flagsOf = <C>(form: Form<C>, configuration: C, base?: C): ReadonlyArray<string> => {
  const all = entriesOf(form)
  const idle = idleOf(all, (field) => valueAt(configuration, [field]))
  return all.flatMap((entry) => {
    if (idle.includes(entry)) return []
    const { path, flag, control, initial, isGrouped } = entry
    const value = valueAt(configuration, path)
    const unless = base === undefined ? initial : valueAt(base, path)
    if (value === undefined) return unless === undefined ? [] : [`--${flag} ${NONE}`]
    if (control._tag === 'Switch') return value === true ? [`--${flag}`] : unless === true ? [`--no-${flag}`] : []
    if (isGrouped && value === initial && value === unless) return []
    return [`--${flag} ${quoted(typeof value === 'string' ? value : canonical(value))}`]
  })
}

/** The options that make a configuration of the initial one: those of `flagsOf` that say what is not so anyhow. */
export const changesOf = <C>(form: Form<C>, configuration: C): ReadonlyArray<string> => {
  const initial = initialOf(form)
  const usual = E.isLeft(initial) ? [] : flagsOf(form, initial.right)
  return flagsOf(form, configuration).filter((flag) => !usual.includes(flag))
}

/** A word of a shell's command line. */
export const quoted = (word: string): string =>
  /^[\w.,:/@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
