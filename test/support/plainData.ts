/** Plain data at random, and what counts in it. */
import * as fc from 'fast-check'

const leaf = fc.constantFrom<unknown>(0, -0, 1, 1n, '', '1', '1n', '#0', 'a', 'a"', true, 'true', null, undefined, NaN)

/** Plain data made of few values, so that two of them are often equal. */
const { data } = fc.letrec<{ data: unknown }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 3, depthSize: 'medium' },
    leaf,
    fc.array(tie('data'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'a"', '__proto__', '1'), tie('data'), { maxKeys: 2, noNullPrototype: true })
  )
}))

/** The value without what does not count: signs of zeros, fields that are not defined. */
export const essence = (value: unknown): unknown => {
  if (Object.is(value, -0)) return 0
  if (Array.isArray(value)) return value.map(essence)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).filter(([, v]) => v !== undefined)
  return Object.fromEntries(fields.map(([k, v]: readonly [string, unknown]) => [k, essence(v)]))
}

/** A copy that is equal, and whose records have their fields the other way round. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([k, v]: readonly [string, unknown]) => [k, turned(v)] as const)
      .toReversed()
  )
}

/** Two values, often equal. */
export const pairs = fc.oneof(
  fc.tuple(data, data),
  data.map((x) => [x, turned(x)] as const)
)
