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

  /** All numbers in one array. */
  toArray(): Int32Array<ArrayBuffer> {
    const all = new Int32Array(this.#length)
    for (const [i, chunk] of this.#chunks.entries()) all.set(chunk.subarray(0, this.#length - i * CHUNK), i * CHUNK)
    return all
  }
}

/** A first-in, first-out queue of byte records, which frees its chunks as it is read. */
export class RecordQueue {
  #chunks: Array<Uint8Array | Spilled> = []
  #readAt = 0
  #writeAt = BYTES
  #inMemory = 0
  #peak = 0

  /**
   * @param store where chunks go that are neither written to nor next to be read, once there are many. Default: nowhere.
   * @param most how many chunks of a megabyte may stay in memory.
   */
  constructor(
    private readonly store?: ChunkStore,
    private readonly most = Infinity
  ) {}

  get isEmpty(): boolean {
    return this.#chunks.length === 0 || (this.#chunks.length === 1 && this.#readAt === this.#writeAt)
  }

  /** The most bytes that the queue has occupied in memory. */
  get peakBytes(): number {
    return this.#peak
  }

  /** Adds a record: the first `length` bytes of `from`. At most 65,535 bytes. */
  push(from: Uint8Array, length: number): void {
    if (this.#writeAt + length + 2 > BYTES) this.#newChunk()
    const chunk = this.#chunks[this.#chunks.length - 1]
    if (!(chunk instanceof Uint8Array)) return
    chunk[this.#writeAt] = length & 255
    chunk[this.#writeAt + 1] = length >>> 8
    for (let i = 0; i < length; i++) chunk[this.#writeAt + 2 + i] = from[i] ?? 0
    this.#writeAt += length + 2
  }

  /** Takes the oldest record into `to`; its length, 0 where the queue is empty. */
  shift(to: Uint8Array): number {
    for (;;) {
      if (this.isEmpty) return 0
      const chunk = this.#first()
      const length = this.#readAt < BYTES - 1 ? (chunk[this.#readAt] ?? 0) | ((chunk[this.#readAt + 1] ?? 0) << 8) : 0
      if (length > 0) {
        for (let i = 0; i < length; i++) to[i] = chunk[this.#readAt + 2 + i] ?? 0
        this.#readAt += length + 2
        return length
      }
      this.#chunks.shift()
      this.#inMemory--
      this.#readAt = 0
    }
  }

  /** The queue as bytes, from the oldest record on, in chunks that `restored` takes. */
  *chunks(): Generator<Uint8Array> {
    for (const [i, chunk] of this.#chunks.entries()) {
      const bytes = chunk instanceof Uint8Array ? chunk : (this.store?.read(chunk.spilled) ?? new Uint8Array(0))
      const end = i === this.#chunks.length - 1 ? this.#writeAt : BYTES
      yield bytes.subarray(i === 0 ? this.#readAt : 0, end)
    }
  }

  /** Adds the records in a chunk that `chunks` gave. */
  restore(bytes: Uint8Array): void {
    for (let at = 0; at + 1 < bytes.length; ) {
      const length = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
      if (length === 0) return
      this.push(bytes.subarray(at + 2), length)
      at += length + 2
    }
  }

  #newChunk(): void {
    const full = this.#chunks[this.#chunks.length - 1]
    if (
      full instanceof Uint8Array &&
      this.store !== undefined &&
      this.#inMemory >= this.most &&
      this.#chunks.length > 1
    ) {
      this.#chunks[this.#chunks.length - 1] = { spilled: this.store.write(full) }
      this.#inMemory--
    }
    // What is not written to is 0, and a length of 0 ends a chunk: no record is empty.
    this.#chunks.push(new Uint8Array(BYTES))
    this.#inMemory++
    this.#writeAt = 0
    this.#peak = Math.max(this.#peak, this.#inMemory * BYTES)
  }

  #first(): Uint8Array {
    const [first] = this.#chunks
    if (first instanceof Uint8Array) return first
    const bytes = first === undefined ? undefined : this.store?.take(first.spilled)
    if (bytes === undefined)
      throw new RangeError('the frontier has lost a chunk: it is neither in memory nor in its store')
    this.#chunks[0] = bytes
    this.#inMemory++
    return bytes
  }
}

/** A chunk that is not in memory. */
interface Spilled {
  readonly spilled: number
}

/** Where chunks of a frontier go when memory is short: files, most likely. */
export interface ChunkStore {
  /** Keeps a chunk; the number to ask for it. */
  readonly write: (chunk: Uint8Array) => number
  /** A kept chunk. */
  readonly read: (id: number) => Uint8Array
  /** A kept chunk, which is not kept any longer. */
  readonly take: (id: number) => Uint8Array
}

/** Numbers in a chunk of a list. */
const CHUNK = 1 << 16

/** Bytes in a chunk of a queue: more than any record has. */
const BYTES = 1 << 20

/**
 * A queue of rows of integers: the highest score first, and the oldest first among those with one score. It is made for
 * few different scores.
 */
export class ScoreQueue {
  /** The rows, each followed by the number of the row behind it; free ones follow one another too. */
  #rows = new Int32Array(0)
  /** For each score that some row has, the first row and the last. */
  readonly #buckets = new Map<number, { first: number; last: number }>()
  #highest = -Infinity
  #free = LAST
  #length = 0

  /** @param width how many integers a row has. */
  constructor(private readonly width: number) {}

  get length(): number {
    return this.#length
  }

  /** Adds the row in these integers. */
  push(score: number, from: Int32Array, at: number): void {
    const row = this.#room()
    this.#rows.set(from.subarray(at, at + this.width), row)
    this.#rows[row + this.width] = LAST
    const bucket = this.#buckets.get(score)
    if (bucket === undefined) this.#buckets.set(score, { first: row, last: row })
    else {
      this.#rows[bucket.last + this.width] = row
      bucket.last = row
    }
    if (score > this.#highest) this.#highest = score
    this.#length++
  }

  /** Takes the next row into the first integers of `to`; false where there is none. */
  shift(to: Int32Array): boolean {
    const bucket = this.#buckets.get(this.#highest)
    if (bucket === undefined) return false
    const row = bucket.first
    const link = row + this.width
    to.set(this.#rows.subarray(row, link))
    if (row !== bucket.last) bucket.first = this.#rows[link] ?? LAST
    else {
      this.#buckets.delete(this.#highest)
      this.#highest = -Infinity
      for (const score of this.#buckets.keys()) this.#highest = Math.max(this.#highest, score)
    }
    this.#rows[link] = this.#free
    this.#free = row
    this.#length--
    return true
  }

  /** Where a row can be written that is no longer free. */
  #room(): number {
    const row = this.#free
    if (row !== LAST) {
      this.#free = this.#rows[row + this.width] ?? LAST
      return row
    }
    // None is free: as many are in use as there have ever been.
    const end = this.#length * (this.width + 1)
    if (end + this.width >= this.#rows.length) this.#rows = lengthened(this.#rows, end + this.width + 1)
    return end
  }
}

/** No row follows. */
const LAST = -1

/** A column of integers that grows at its end; hot loops read `data` directly. */
export class IntColumn {
  data = new Int32Array(256)
  length = 0

  /** Adds a number; its index. */
  push(n: number): number {
    if (this.length === this.data.length) this.data = lengthened(this.data, this.length + 1)
    this.data[this.length] = n
    return this.length++
  }

  /** Takes all numbers out. */
  clear(): void {
    this.length = 0
  }
}

/** A copy with room for so many numbers, and at least twice as many as before. */
export const lengthened = (old: Int32Array, length: number): Int32Array<ArrayBuffer> => {
  const copy = new Int32Array(Math.max(old.length * 2, length))
  copy.set(old)
  return copy
}
