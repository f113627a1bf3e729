/**
 * What a search is of, as texts that can be compared: a search that goes on from another's states must check the same.
 *
 * A name says little: two models with one name may have different rules and different invariants. The source text of
 * functions is compared too. What a function closes over cannot be known; what a configuration changes shows in the name,
 * in the initial states, or in what the caller says of it (`origin`).
 */
import { lanesOf } from '../data/names.js'
import type { Model } from './model.js'

/** The aspects of a search, each with a digest of its text. */
export type Identity = Readonly<Record<string, string>>

/** What a caller knows besides. */
export interface Circumstances {
  readonly depth?: number | undefined
  readonly maxStates?: number | undefined
  /** Of what the model was made: system, parameters, mutant, version. */
  readonly origin?: unknown
}

/** The identity of a search of a model. */
export const identityOf = <S, A>(model: Model<S, A>, { depth, maxStates, origin }: Circumstances): Identity => {
  const { system, invariants, kinds, states, steps, sources } = model
  const named = (invariant: (typeof invariants)[number]): unknown => ({
    ...invariant,
    ...(invariant._tag === 'All' ? { parts: invariant.parts.map(named) } : { decide: undefined, part: undefined })
  })
  return digests({
    'the origin': origin,
    'the rules': [system.actions, system.next, system.steps, sources?.rules],
    'the initial states': system.initial.map((s) => model.key(s)),
    'the invariants': [invariants.map(named), sources?.invariants ?? invariants],
    'what is counted': [kinds, model.kindOf, states, steps],
    'the bounds': [depth, maxStates]
  })
}

/** The aspects in which two searches differ. */
export const differences = (one: Identity, other: Identity): ReadonlyArray<string> =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((aspect) => one[aspect] !== other[aspect])

const digests = (aspects: Readonly<Record<string, unknown>>): Identity =>
  Object.fromEntries(
    Object.entries(aspects).map(([aspect, value]) => {
      const lanes = lanesOf(textOf(value))
      return [aspect, `${String(lanes.getInt32(0))} ${String(lanes.getInt32(4))}`]
    })
  )

/** The text of any value: fields and elements, and the source of functions. What occurs in itself is written once. */
const textOf = (value: unknown, above: ReadonlyArray<unknown> = []): string => {
  if (typeof value === 'function') return `function ${value.toString()}`
  if (typeof value !== 'object' || value === null) return `${typeof value} ${String(value)}`
  if (above.includes(value)) return 'itself'
  const below = [...above, value]
  const fields: ReadonlyArray<readonly [string, unknown]> =
    value instanceof Map || value instanceof Set
      ? Array.from(value.entries(), ([k, v]: readonly [unknown, unknown]) => [textOf(k, below), v])
      : Object.entries(value)
  const opened: unknown[] = []
  const { open } = { open: undefined, ...value }
  // A type is hidden there, and what has it is what matters.
  if (isFunction(open)) Reflect.apply(open, undefined, [(...inside: ReadonlyArray<unknown>) => opened.push(...inside)])
  return `{${[...fields, ...opened.map((o) => ['opened', o] as const)].map(([k, v]) => `${JSON.stringify(k)}: ${textOf(v, below)}`).join()}}`
}

const isFunction = (u: unknown): u is (...args: ReadonlyArray<unknown>) => unknown => typeof u === 'function'
