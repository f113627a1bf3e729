/** Mixing numbers into fingerprints. */

/** A lane with another number mixed into it; `other` is the other lane, so that both depend on all. After MurmurHash3. */
export const mixed = (lane: number, other: number, n: number): number => {
  let k = Math.imul(n, 0xcc9e2d51)
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593)
  const mix = lane ^ k
  return (Math.imul(((mix << 13) | (mix >>> 19)) + other, 5) + 0xe6546b64) | 0
}

/** A lane after the last number: every bit of it depends on every bit of both lanes and of how many there were. */
export const finished = (lane: number, other: number, count: number): number => {
  let h = (lane ^ count) + Math.imul(other, 0x9e3779b1)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
