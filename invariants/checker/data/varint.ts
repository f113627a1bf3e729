/**
 * Natural numbers in as few bytes as they need, seven bits a byte, the lowest first; the last byte has no eighth bit.
 */

/** Writes so many numbers, from a place on, to the front of a record; how many bytes. */
export const writeVarints = (from: Int32Array, at: number, count: number, record: Uint8Array): number => {
  let end = 0
  for (let i = 0; i < count; i++) {
    let rest = from[at + i] ?? 0
    while (rest > 127) {
      record[end++] = (rest & 127) | 128
      rest >>>= 7
    }
    record[end++] = rest
  }
  return end
}

/** Reads so many numbers from the front of a record to the front of an array. */
export const readVarints = (record: Uint8Array, to: Int32Array, count: number): void => {
  let at = 0
  for (let i = 0; i < count; i++) {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = record[at++] ?? 0
      value |= (byte & 127) << shift
      if (byte < 128) break
    }
    to[i] = value
  }
}
