/**
 * What is wrong with a value that a codec has refused, in one line: where, what was expected, what was found.
 */
import * as t from 'io-ts'

const LONGEST = 80

/** A value as text, cut off where it gets long. */
const brief = (value: unknown): string => {
  // JSON has no text for `undefined`, which is what a missing property is.
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`
}

const branches = (type: t.Decoder<unknown, unknown> | undefined): boolean =>
  type instanceof t.UnionType || type instanceof t.IntersectionType

/** `steps/3/chain/0`: the keys that lead to the value, without the branches of unions that were tried on the way. */
const place = (context: t.Context): string =>
  context
    .filter((_, i) => i > 0 && !branches(context[i - 1]?.type))
    .map(({ key }) => key)
    .join('/')

/** The first of the errors; those of a union's other branches say nothing new. */
export const explain = ([error]: t.Errors): string => {
  if (error === undefined) return 'not as expected'
  const where = place(error.context)
  const expected = error.context[error.context.length - 1]?.type.name ?? 'another value'
  return `${where === '' ? '' : `${where}: `}expected ${expected}, got ${brief(error.value)}`
}
