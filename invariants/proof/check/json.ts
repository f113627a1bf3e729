/**
 * Reading JSON: each function says what it expects at which place, and gives it with its type, or stops.
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

/** Stops, unless something is so. */
export function expect(isSo: boolean, where: string, expected: string): asserts isSo {
  if (!isSo) throw new Wrong(where, expected)
}

/** What is there, of a list in which it must be. */
export const at = <X>(list: ReadonlyArray<X>, i: number, where: string, what: string): X => {
  const x = list[i]
  if (x === undefined) throw new Wrong(where, `the number of ${what}`)
  return x
}

export const list = (x: unknown, where: string): ReadonlyArray<unknown> => {
  expect(Array.isArray(x), where, 'a list')
  return x
}

export const text = (x: unknown, where: string): string => {
  expect(typeof x === 'string', where, 'a text')
  return x
}

export const textOrNull = (x: unknown, where: string): string | null => (x === null ? null : text(x, where))

/** A whole number from 0 that is smaller than a bound. */
export const below = (x: unknown, bound: number, where: string, what: string): number => {
  expect(typeof x === 'number' && Number.isInteger(x) && x >= 0 && x < bound, where, `the number of ${what}`)
  return x
}

/** What has the number that is read, of a list. */
export const among = <X>(all: ReadonlyArray<X>, x: unknown, where: string, what: string): X =>
  at(all, below(x, all.length, where, what), where, what)

/** A list of such numbers. */
export const allBelow = (x: unknown, bound: number, where: string, what: string): ReadonlyArray<number> =>
  list(x, where).map((y, i) => below(y, bound, `${where}[${i}]`, what))

/** An object with these fields and no others, except that the optional ones may be missing. */
export const fields = (
  x: unknown,
  where: string,
  names: ReadonlyArray<string>,
  optional: ReadonlyArray<string> = []
): ReadonlyMap<string, unknown> => {
  expect(typeof x === 'object' && x !== null && !Array.isArray(x), where, 'an object')
  const found = new Map<string, unknown>(Object.entries(x))
  for (const name of names) expect(found.has(name), where, `a field "${name}"`)
  for (const name of found.keys())
    expect(names.includes(name) || optional.includes(name), where, `no field ${JSON.stringify(name)}`)
  return found
}

/** A name that nothing else has among these. */
export const fresh = (name: string, taken: Set<string>, where: string): string => {
  expect(!taken.has(name), where, `a name that nothing else of its vocabulary has, not ${JSON.stringify(name)}`)
  taken.add(name)
  return name
}
