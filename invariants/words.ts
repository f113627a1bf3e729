/** Numbers of things in words. */

/** So many things: `1 node`, `2 nodes`. @param written how the number is written. */
export const plural = (n: number, one: string, written: (n: number) => string = String): string =>
  `${written(n)} ${one}${n === 1 ? '' : 's'}`
