/**
 * What the fields of a form accept.
 */
import * as t from 'io-ts'

/** What a field accepts. */
export interface Codec<X> {
  readonly type: t.Type<X, unknown>
  /** What is accepted, in a clause: `a whole number from 1 to 64`. */
  readonly expected: string
}

const guarded = <X>(name: string, is: (u: unknown) => u is X, expected: string): Codec<X> => ({
  type: new t.Type<X, unknown>(name, is, (u, context) => (is(u) ? t.success(u) : t.failure(u, context)), t.identity),
  expected
})

/** Whole numbers within bounds, both included. */
export const countCodec = (least: number, most: number): Codec<number> =>
  guarded(
    'Count',
    (u): u is number => typeof u === 'number' && Number.isSafeInteger(u) && u >= least && u <= most,
    `a whole number from ${String(least)} to ${String(most)}`
  )

/** On or off. */
export const switchCodec: Codec<boolean> = { type: t.boolean, expected: 'true or false' }

/** Any text. */
export const textCodec: Codec<string> = { type: t.string, expected: 'a text' }

/** One of several words. */
export const choiceCodec = <X extends string>(among: ReadonlyArray<X>): Codec<X> =>
  guarded(
    'Choice',
    (u): u is X => among.some((word) => word === u),
    among.length === 1 ? String(among[0]) : `one of ${among.join(', ')}`
  )
