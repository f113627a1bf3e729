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
      return String(value) // Of -0 it is '0', too.
    case 'bigint':
      return `${String(value)}n`
    case 'object':
      if (Array.isArray(value)) return spellList(value, part)
      return isRecord(value) ? spellRecord(value, part) : 'null'
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

/** What is no list is a record, or null. */
const isRecord = (value: object | null): value is Readonly<Record<string, unknown>> => value !== null

const spellRecord = (record: Readonly<Record<string, unknown>>, part: (v: unknown) => string): string => {
  const { fields, labels } = shapeOf(Object.keys(record))
  let text = '{'
  for (let i = 0; i < fields.length; i++) {
    const value = record[fields[i] ?? '']
    if (value !== undefined) text += `${text.length === 1 ? '' : ','}${labels[i] ?? ''}${part(value)}`
  }
  return `${text}}`
}

/** The fields of a record in order, and how they are spelt. */
interface Shape {
  readonly fields: ReadonlyArray<string>
  readonly labels: ReadonlyArray<string>
}

/** There are few shapes of records, and many records: shapes are found field by field, as they come. */
interface Shapes {
  readonly after: Map<string, Shapes>
  shape: Shape | undefined
}

const shapes: Shapes = { after: new Map(), shape: undefined }

const shapeOf = (keys: ReadonlyArray<string>): Shape => {
  let at = shapes
  for (const key of keys) {
    let next = at.after.get(key)
    if (next === undefined) {
      next = { after: new Map(), shape: undefined }
      at.after.set(key, next)
    }
    at = next
  }
  if (at.shape === undefined) {
    const fields = [...keys].sort((a, b) => (a < b ? -1 : 1))
    at.shape = { fields, labels: fields.map((field) => `${JSON.stringify(field)}:`) }
  }
  return at.shape
}

/**
 * Short names for plain data: two values have the same name iff they are structurally equal. A list or record is named by
 * a number, and spelt by the names of its parts, so that naming a state costs no more than what is new in it. Values must
 * not change once they are named.
 */
export class Names {
  /** The names of representatives, which are named again and again. */
  readonly #byIdentity = new Map<object, string>()
  readonly #byText = new Map<string, { readonly name: string; readonly one: object }>()

  readonly of = (value: unknown): string =>
    typeof value === 'object' && value !== null
      ? (this.#byIdentity.get(value) ?? this.#entryOf(value).name)
      : canonical(value)

  /** The one representative of all values that are equal to this one; its parts are representatives too. */
  readonly one = <V>(value: V): V => {
    if (typeof value !== 'object' || value === null || this.#byIdentity.has(value)) return value
    const { one } = this.#entryOf(value)
    return isEqualTo(value, one) ? one : value
  }

  #entryOf(value: object): { readonly name: string; readonly one: object } {
    const text = spell(value, this.of)
    const known = this.#byText.get(text)
    if (known !== undefined) return known
    const name = `#${String(this.#byText.size)}`
    const parts: ReadonlyArray<unknown> = Object.values(value)
    const one: object = parts.every((part) => part === this.one(part)) ? value : this.#rebuilt(value)
    const entry = { name, one }
    this.#byText.set(text, entry)
    this.#byIdentity.set(one, name)
    return entry
  }

  #rebuilt(value: object): object {
    return Array.isArray(value)
      ? value.map((part: unknown) => this.one(part))
      : Object.fromEntries(Object.entries(value).map(([field, part]): [string, unknown] => [field, this.one(part)]))
  }
}

/** What has the same text is equal. */
const isEqualTo = <V extends object>(_value: V, _one: object): _one is V => true
