/** Numbers of things in words. */

/** So many things: `1 node`, `2 nodes`. */
export const plural = (n: number, one: string): string => `${String(n)} ${one}${n === 1 ? '' : 's'}`
