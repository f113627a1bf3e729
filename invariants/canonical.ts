/**
 * Plain data has one spelling: the text by which the checker tells values apart. Two values have the same text iff they
 * are structurally equal. Values must not change: a text is computed once for each object.
 */

/** Texts of records that were asked for before: blocks and trees recur in thousands of states. */
const known = new WeakMap<object, string>()

/** The canonical text of plain data: numbers, bigints, strings, booleans, arrays, and records in order of their fields. */
export const canonical = (value: unknown): string => {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value)
    case 'number':
    case 'boolean':
    case 'undefined':
      return Object.is(value, -0) ? '0' : String(value)
    case 'bigint':
      return `${String(value)}n`
    case 'object': {
      if (value === null) return 'null'
      const before = known.get(value)
      if (before !== undefined) return before
      const text = Array.isArray(value) ? listText(value) : recordText(value)
      known.set(value, text)
      return text
    }
    case 'function':
    case 'symbol':
      throw new TypeError(`canonical: a ${typeof value} is not plain data; keep functions and symbols out of states`)
  }
}

const listText = (values: ReadonlyArray<unknown>): string => {
  let text = '['
  for (let i = 0; i < values.length; i++) text += i === 0 ? canonical(values[i]) : `,${canonical(values[i])}`
  return `${text}]`
}

const recordText = (record: object): string => {
  const fields: ReadonlyArray<readonly [string, unknown]> = Object.entries(record)
  let text = '{'
  for (const [field, value] of [...fields].sort(([a], [b]) => (a < b ? -1 : 1)))
    if (value !== undefined) text += `${text.length === 1 ? '' : ','}${JSON.stringify(field)}:${canonical(value)}`
  return `${text}}`
}
