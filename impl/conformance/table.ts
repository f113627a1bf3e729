/**
 * The tables of a case: a block or a packet that the spec has produced is looked up in them by equality.
 *
 * The spec asks for the hash of a block at nearly every turn, and mostly of one and the same object. What an object was
 * found to be is therefore remembered by its identity, and its key is spelt out only once.
 */

/** A function on objects that is computed once for each object. Sound because no object is ever changed. */
const once = <A extends object, B>(f: (a: A) => B): ((a: A) => B) => {
  const known = new WeakMap<A, { readonly value: B }>()
  return (a) => {
    const found = known.get(a) ?? { value: f(a) }
    known.set(a, found)
    return found.value
  }
}

/** Look up an object by its key in a list of keys and values; what has no entry is described instead. */
export const lookup = <A extends object, V>(
  key: (a: A) => string,
  entries: ReadonlyArray<readonly [string, V]>,
  describe: (a: A) => V
): ((a: A) => V) => {
  const table = new Map(entries)
  return once((a) => table.get(key(a)) ?? describe(a))
}
