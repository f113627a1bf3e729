/**
 * Plain data has one spelling: the text by which values are told apart. Two values have the same text iff they are
 * structurally equal.
 */

/** The canonical text of plain data: numbers, bigints, strings, booleans, arrays, and records in order of their fields. */
export const canonical = (value: unknown): string => spell(value, canonical)

/**
 * The text of a value, its parts spelt by `part`.
 * @throws TypeError for what is not plain data: a function or a symbol.
 */
const spell = (value: unknown, part: (v: unknown) => string): string => {
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
      return Array.isArray(value) ? spellList(value, part) : spellRecord(value, part)
    case 'function':
    case 'symbol':
      throw new TypeError(`canonical: a ${typeof value} is not plain data; keep functions and symbols out of states`)
  }
}

const spellList = (values: ReadonlyArray<unknown>, part: (v: unknown) => string): string => {
  let text = '['
  for (let i = 0; i < values.length; i++) text += i === 0 ? part(values[i]) : `,${part(values[i])}`
  return `${text}]`
}

const spellRecord = (record: object, part: (v: unknown) => string): string => {
  const fields: ReadonlyArray<readonly [string, unknown]> = Object.entries(record)
  let text = '{'
  for (const [field, value] of [...fields].sort(([a], [b]) => (a < b ? -1 : 1)))
    if (value !== undefined) text += `${text.length === 1 ? '' : ','}${JSON.stringify(field)}:${part(value)}`
  return `${text}}`
}

/**
 * Short names for plain data: two values have the same name iff they are structurally equal. A list or record is named by
 * a number, and spelt by the names of its parts, so that naming a state costs no more than what is new in it. Values must
 * not change once they are named.
 */
export class Names {
  readonly #byIdentity = new WeakMap<object, string>()
  readonly #byText = new Map<string, string>()

  readonly of = (value: unknown): string => {
    if (typeof value !== 'object' || value === null) return canonical(value)
    const known = this.#byIdentity.get(value)
    if (known !== undefined) return known
    const text = spell(value, this.of)
    let name = this.#byText.get(text)
    if (name === undefined) {
      name = `#${String(this.#byText.size)}`
      this.#byText.set(text, name)
    }
    this.#byIdentity.set(value, name)
    return name
  }
}
