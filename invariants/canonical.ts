/**
 * Plain data has one spelling: the text by which the checker tells values apart. Two values have the same text iff they
 * are structurally equal.
 */

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
    case 'object':
      if (value === null) return 'null'
      if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
      return `{${Object.entries(value)
        .filter(([, v]) => v !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`)
        .join(',')}}`
    case 'function':
    case 'symbol':
      throw new TypeError(`canonical: a ${typeof value} is not plain data; keep functions and symbols out of states`)
  }
}
