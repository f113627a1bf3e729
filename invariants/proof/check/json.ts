/**
 * Reading JSON: a value of a file knows its place, and is what it is asked for, or the file is wrong.
 */

/** Something is wrong with a file: where, and what was expected there. */
export class Wrong extends Error {
  override readonly name = 'Wrong'
  constructor(
    readonly where: string,
    readonly expected: string
  ) {
    super(`${where}: expected ${expected}`)
  }
}

/** A value of a file, with what it is a part of. */
export class Json {
  #entries: ReadonlyArray<Json> | undefined
  #read = 0

  constructor(
    readonly value: unknown,
    private readonly part: string | number = '',
    private readonly whole?: Json
  ) {}

  /** Its place in the file, which is asked for where something is wrong. */
  get where(): string {
    const around = this.whole?.where ?? ''
    if (typeof this.part === 'number') return `${around}[${this.part}]`
    return around === '' ? this.part : `${around}, ${this.part}`
  }

  wrong(expected: string): Wrong {
    return new Wrong(this.where === '' ? 'the file' : this.where, expected)
  }

  /** The file is wrong here, unless something is so. */
  expect(isSo: boolean, expected: string): void {
    if (!isSo) throw this.wrong(expected)
  }

  text(): string {
    if (typeof this.value !== 'string') throw this.wrong('a text')
    return this.value
  }

  /** A name that nothing else of a kind has among these. */
  newName(kind: string, taken: Set<string>): string {
    const name = this.text()
    const key = `${kind} ${name}`
    this.expect(!taken.has(key), `a name that no other ${kind} of its vocabulary has, not ${JSON.stringify(name)}`)
    taken.add(key)
    return name
  }

  /** What has this number in a list: a whole number from 0, and smaller than the length of the list. */
  among<X>(all: ReadonlyArray<X>, what: string): X {
    const x = typeof this.value === 'number' ? all[this.value] : undefined
    if (x === undefined) throw this.wrong(`the number of ${what}`)
    return x
  }

  list(): ReadonlyArray<Json> {
    if (!Array.isArray(this.value)) throw this.wrong('a list')
    return this.value.map((x, i) => new Json(x, i, this))
  }

  /** The next entry of a list that is read one entry after another. */
  next(): Json {
    const entry = (this.#entries ??= this.list())[this.#read]
    if (entry === undefined) throw this.wrong(`more than ${this.#read} entries`)
    this.#read++
    return entry
  }

  /** All entries were read. */
  end(): void {
    this.expect(this.#read === this.#entries?.length, `${this.#read} entries, and no more`)
  }

  /** The fields of an object that has these and no others, except that the optional ones may be missing. */
  fields<N extends string>(names: ReadonlyArray<N>, optional: ReadonlyArray<N> = []): (name: N) => Json {
    const { value } = this
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.wrong('an object')
    const found = new Map<string, unknown>(Object.entries(value))
    for (const name of names) this.expect(found.has(name), `a field "${name}"`)
    const known = new Set<string>([...names, ...optional])
    for (const name of found.keys()) this.expect(known.has(name), `no field ${JSON.stringify(name)}`)
    return (name) => new Json(found.get(name), name, this)
  }
}
