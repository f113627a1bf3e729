/**
 * Of equal ones the first.
 */

/** Where each key stands first, in the order of these places. */
export const firstOfEach = (keys: ReadonlyArray<string>): ReadonlyArray<number> => {
  const firsts = new Map<string, number>()
  for (const [i, key] of keys.entries()) if (!firsts.has(key)) firsts.set(key, i)
  return [...firsts.values()]
}
