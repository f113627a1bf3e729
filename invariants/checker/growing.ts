/**
 * Typed arrays that grow: where the checker keeps one number for each state, and the frontier's bytes.
 */

/** A list of numbers in chunks of typed arrays; never copied, never moved. */
export class NumberList {
  readonly #chunks: Array<Int32Array | Uint16Array> = []
  #length = 0

  constructor(private readonly kind: Int32ArrayConstructor | Uint16ArrayConstructor) {}

  get length(): number {
    return this.#length
  }

  get bytes(): number {
    return this.#chunks.length * CHUNK * this.kind.BYTES_PER_ELEMENT
  }

  push(n: number): void {
    const at = this.#length % CHUNK
    if (at === 0) this.#chunks.push(new this.kind(CHUNK))
    const chunk = this.#chunks[this.#chunks.length - 1]
    if (chunk !== undefined) chunk[at] = n
    this.#length++
  }

  at(i: number): number {
    return this.#chunks[Math.floor(i / CHUNK)]?.[i % CHUNK] ?? 0
  }
}

/** A first-in, first-out queue of byte records, which frees its chunks as it is read. */
export class RecordQueue {
  #chunks: Uint8Array[] = []
  #readAt = 0
  #writeAt = CHUNK
  #peak = 0

  get isEmpty(): boolean {
    return this.#chunks.length === 0 || (this.#chunks.length === 1 && this.#readAt === this.#writeAt)
  }

  /** The most bytes that the queue has occupied. */
  get peakBytes(): number {
    return this.#peak
  }

  /** Adds a record: the first `length` bytes of `from`. At most 65,535 bytes. */
  push(from: Uint8Array, length: number): void {
    if (this.#writeAt + length + 2 > CHUNK) {
      // A length of 0 ends a chunk: no record is empty.
      const full = this.#chunks[this.#chunks.length - 1]
      if (full !== undefined && this.#writeAt < CHUNK - 1) full[this.#writeAt] = full[this.#writeAt + 1] = 0
      this.#chunks.push(new Uint8Array(CHUNK))
      this.#writeAt = 0
      this.#peak = Math.max(this.#peak, this.#chunks.length * CHUNK)
    }
    const chunk = this.#chunks[this.#chunks.length - 1]
    if (chunk === undefined) return
    chunk[this.#writeAt] = length & 255
    chunk[this.#writeAt + 1] = length >>> 8
    for (let i = 0; i < length; i++) chunk[this.#writeAt + 2 + i] = from[i] ?? 0
    this.#writeAt += length + 2
  }

  /** Takes the oldest record into `to`; its length, 0 where the queue is empty. */
  shift(to: Uint8Array): number {
    for (;;) {
      if (this.isEmpty) return 0
      const chunk = this.#chunks[0]
      if (chunk === undefined) return 0
      const length = this.#readAt < CHUNK - 1 ? (chunk[this.#readAt] ?? 0) | ((chunk[this.#readAt + 1] ?? 0) << 8) : 0
      if (length > 0) {
        for (let i = 0; i < length; i++) to[i] = chunk[this.#readAt + 2 + i] ?? 0
        this.#readAt += length + 2
        return length
      }
      this.#chunks.shift()
      this.#readAt = 0
    }
  }
}

/** Numbers or bytes in a chunk. */
const CHUNK = 1 << 16

/** A column of integers that grows at its end; hot loops read `data` directly. */
export class IntColumn {
  data = new Int32Array(256)
  length = 0

  /** Adds a number; its index. */
  push(n: number): number {
    if (this.length === this.data.length) {
      const larger = new Int32Array(this.data.length * 2)
      larger.set(this.data)
      this.data = larger
    }
    this.data[this.length] = n
    return this.length++
  }
}
