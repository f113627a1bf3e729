/**
 * Files of traces: what may come in. They have the grammar of the Informal Trace Format (ITF), as Apalache defines it
 * (https://apalache-mc.org/docs/adr/015adr-trace.html).
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { PathReporter } from 'io-ts/lib/PathReporter.js'

/** The first that is not undefined. */
const firstOf = <A, B>(list: ReadonlyArray<A>, f: (a: A, i: number) => B | undefined): B | undefined => {
  for (const [i, a] of list.entries()) {
    const b = f(a, i)
    if (b !== undefined) return b
  }
  return undefined
}

/**
 * Why a value is no expression of ITF, and where; undefined where it is one: a string, boolean, integer, list, record, or one
 * of the forms that start with `#`.
 */
const fault = (u: unknown, at: string): string | undefined => {
  if (typeof u === 'string' || typeof u === 'boolean') return undefined
  if (typeof u === 'number')
    return Number.isSafeInteger(u) ? undefined : `${at}: ${String(u)} is not an integer that JSON holds exactly`
  if (Array.isArray(u)) return firstOf(u, (element: unknown, i) => fault(element, `${at}[${String(i)}]`))
  if (typeof u !== 'object' || u === null) return `${at}: ${String(u)} is no expression`
  const fields: ReadonlyArray<readonly [string, unknown]> = Object.entries(u)
  const special = fields.find(([field]) => field.startsWith('#'))
  if (special === undefined) return firstOf(fields, ([field, value]) => fault(value, `${at}.${field}`))
  const [tag, content] = special
  if (fields.length > 1) return `${at}: a record has no field ${tag}, and ${tag} stands alone`
  return faultOfSpecial(tag, content, `${at}.${tag}`)
}

/** The forms that are written as an object with one field whose name starts with #. */
const faultOfSpecial = (tag: string, content: unknown, at: string): string | undefined => {
  switch (tag) {
    case '#bigint':
      return typeof content === 'string' && /^-?\d+$/.test(content)
        ? undefined
        : `${at}: expected decimal digits in a string`
    case '#unserializable':
      return typeof content === 'string' ? undefined : `${at}: expected a string`
    case '#tup':
    case '#set':
      return Array.isArray(content) ? fault(content, at) : `${at}: expected a list`
    case '#map':
      return Array.isArray(content)
        ? firstOf(content, (pair: unknown, i) =>
            Array.isArray(pair) && pair.length === 2
              ? fault(pair, `${at}[${String(i)}]`)
              : `${at}[${String(i)}]: expected a key and a value in a list`
          )
        : `${at}: expected a list of pairs`
    default:
      return `${at}: ${tag} is not known`
  }
}

/** A state: a value for each variable, and what a tool says about it in `#meta`. */
export const ItfState = t.intersection(
  [t.partial({ '#meta': t.UnknownRecord }), t.record(t.string, t.unknown)],
  'ITF state'
)
export type ItfState = t.TypeOf<typeof ItfState>

/** The fields of a trace, each by itself. */
const Fields = t.intersection([
  t.type({ vars: t.array(t.string), states: t.array(ItfState) }),
  t.partial({
    '#meta': t.intersection([t.UnknownRecord, t.partial({ blockforest: t.UnknownRecord })]),
    params: t.array(t.string),
    loop: t.Int
  })
])
export type ItfTrace = t.TypeOf<typeof Fields>

/** Why the fields of a trace do not fit each other; undefined where they do. */
const misfit = ({ vars, params = [], states, loop }: ItfTrace): string | undefined =>
  firstOf(states, (state, i) => {
    const at = `states[${String(i)}]`
    const expected = i === 0 ? [...vars, ...params] : vars
    const missing = expected.find((name) => !Object.hasOwn(state, name))
    if (missing !== undefined) return `${at}: there is no value for ${missing}`
    return firstOf(Object.entries(state), ([name, value]: readonly [string, unknown]) =>
      name === '#meta'
        ? undefined
        : vars.includes(name) || params.includes(name)
          ? fault(value, `${at}.${name}`)
          : `${at}: ${name} is none of the variables ${vars.join(', ')}`
    )
  }) ??
  (loop !== undefined && (loop < 0 || loop >= states.length)
    ? `loop: there is no state ${String(loop)}, there are ${String(states.length)}`
    : undefined)

/** A trace in ITF: each state has a value for each variable; a loop goes back to one of the states. */
export const ItfTrace = new t.Type<ItfTrace, unknown>(
  'ITF trace',
  (u): u is ItfTrace => Fields.is(u) && misfit(u) === undefined,
  (u, context) =>
    E.Monad.chain(Fields.validate(u, context), (trace) => {
      const wrong = misfit(trace)
      return wrong === undefined ? t.success(trace) : t.failure(u, context, wrong)
    }),
  Fields.encode
)

/** The deepest nesting of a trace: data that a program goes down into must leave it room to do so. */
const DEEPEST = 1000

/** Whether a value has lists or records within one another, more than so many. */
const isDeeper = (u: unknown, most: number): boolean => {
  let level: ReadonlyArray<unknown> = [u]
  for (let depth = 0; depth <= most && level.length > 0; depth++)
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values<unknown>({ ...value }) : []
    )
  return level.length > 0
}

/** A trace in ITF. Left: what is wrong, in one line. */
export const decodeTrace = (u: unknown): Either<string, ItfTrace> => {
  if (isDeeper(u, DEEPEST))
    return E.left(`not a trace in ITF: more than ${String(DEEPEST)} lists and records are nested in one another`)
  const decoded = ItfTrace.decode(u)
  return E.isRight(decoded)
    ? decoded
    : E.left(`not a trace in ITF: ${PathReporter.report(decoded).slice(0, 3).join('; ')}`)
}
