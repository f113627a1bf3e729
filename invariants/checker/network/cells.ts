/**
 * Cells: a node's local state together with the packets in flight to it, stored once and named by a small integer.
 *
 * There are far fewer cells than worlds, and what can happen in a world, where it leads, and what an invariant looks at, is
 * known cell by cell. The packets to nobody are a cell too, without a local state.
 */
import { IntColumn, lengthened } from '../data/growing.js'
import { HashIndex, PairTable } from '../data/interner.js'
import { finished } from '../data/mix.js'
import { NONE } from './parts.js'
import type { Parts } from './parts.js'
import type { Interner } from '../data/interner.js'
import type { Orbits } from './symmetry.js'
import type { Verdicts } from './verdicts.js'

/** Of what cells are made, and what is known of each. */
export interface CellsOptions<Env, State, Message> {
  readonly bundles: Interner<ReadonlyArray<number>>
  /** The bit of a cell to which something is in flight. */
  readonly busy: number
  /** The part that a node has in the score of a state. Undefined: every state has the score 0. */
  readonly score: ((st: State, arriving: ReadonlyArray<Message>) => number) | undefined
  /** A packet is to be left out beside a local state. Undefined: none is. */
  readonly purges: ((local: number, p: number) => boolean) | undefined
  readonly verdicts: Verdicts<State, Message>
  readonly orbits: Orbits<Env, State, Message> | undefined
}

/** The cells of a network. */
export class Cells<Env, State, Message> {
  readonly local = new IntColumn()
  /** The sum of the fingerprints of a cell's parts. */
  readonly high = new IntColumn()
  readonly low = new IntColumn()
  /** What is observed, as bits. */
  readonly bits = new IntColumn()
  /** Which nodes no invariant about all nodes tells apart; `FAILS` where one about the node fails. */
  readonly class = new IntColumn()
  readonly score = new IntColumn()
  /** Where in `#packets` those of a cell begin; they end where those of the next one begin. */
  readonly #from = new IntColumn()
  /** The packets of cell after cell, each as often as it is in flight, in order. */
  readonly #packets = new IntColumn()
  readonly #index = new HashIndex()
  readonly #parts: Parts<Env, State, Message>
  readonly #options: CellsOptions<Env, State, Message>
  /** The cell when a bundle has been sent to it. */
  readonly #put = new PairTable((cell, bundle) => this.after(cell, this.local.data[cell] ?? NONE, NONE, bundle))
  /** The packets of a cell in the making. */
  #bag = new Int32Array(64)
  #wantedLocal = NONE
  #wantedLength = 0

  constructor(parts: Parts<Env, State, Message>, options: CellsOptions<Env, State, Message>) {
    this.#parts = parts
    this.#options = options
    this.#from.push(0)
  }

  /** How many cells there are. */
  get length(): number {
    return this.local.length
  }

  /** Of the packets from one node only the oldest may be received. */
  get isQueued(): boolean {
    return this.#parts.soup === 'fifo'
  }

  /** Two packets go from the same node to the same node. */
  sameChannel(p: number, q: number): boolean {
    return this.#parts.sameChannel(p, q)
  }

  /** The cell with a local state and these packets, which are in order. */
  of(local: number, packets: ReadonlyArray<number>): number {
    this.#makeRoom(packets.length)
    this.#bag.set(packets)
    return this.#intern(local, packets.length)
  }

  /** The packets of a cell, where they are stored. */
  packets(cell: number): Int32Array {
    return this.#packets.data.subarray(this.#from.data[cell], this.#from.data[cell + 1])
  }

  /** The local state and the packets of each cell. */
  all(): ReadonlyArray<readonly [local: number, packets: Int32Array]> {
    return Array.from(
      { length: this.length },
      (_, cell) => [this.local.data[cell] ?? NONE, this.packets(cell)] as const
    )
  }

  /**
   * The cell after a step.
   * @param local its local state then.
   * @param takes the packet that the step takes; NONE: none.
   * @param bundle what the step sends to it; NONE: nothing.
   */
  after(cell: number, local: number, takes: number, bundle: number): number {
    return this.#intern(local, this.#purge(local, this.#collect(cell, takes, bundle)))
  }

  /** The cell when a bundle has been sent to it. */
  put(cell: number, bundle: number): number {
    return this.#put.get(cell, bundle)
  }

  /** The packets that are purged after a step, which is said as in `after`. */
  purgedAfter(cell: number, local: number, takes: number, bundle: number): ReadonlyArray<number> {
    const { purges } = this.#options
    const length = this.#collect(cell, takes, bundle)
    return Array.from(this.#bag.subarray(0, length)).filter((p) => purges?.(local, p))
  }

  /** Forgets all cells. */
  forget(): void {
    const { local, high, low, bits, class: classes, score } = this
    for (const column of [local, high, low, bits, classes, score, this.#from, this.#packets]) column.clear()
    this.#index.clear()
    this.#put.clear()
    this.#options.orbits?.forgetCells()
    this.#from.push(0)
  }

  #makeRoom(length: number): void {
    if (length > this.#bag.length) this.#bag = lengthened(this.#bag, length)
  }

  /** Writes a cell's packets to `#bag`, without one of them, with those of a bundle; how many there are. */
  #collect(cell: number, without: number, bundle: number): number {
    const { byPrint, soup } = this.#parts
    if (soup !== 'bag') return this.#arrange(cell, without, bundle)
    const from = this.#from.data[cell] ?? 0
    const to = this.#from.data[cell + 1] ?? 0
    const more = bundle === NONE ? [] : this.#options.bundles.valueOf(bundle)
    this.#makeRoom(to - from + more.length)
    const bag = this.#bag
    let length = 0
    let left = without
    let next = 0
    for (let i = from; i < to; i++) {
      const p = this.#packets.data[i] ?? 0
      if (p === left) {
        left = NONE
        continue
      }
      for (; next < more.length && byPrint(more[next] ?? 0, p) < 0; next++) bag[length++] = more[next] ?? 0
      bag[length++] = p
    }
    for (; next < more.length; next++) bag[length++] = more[next] ?? 0
    return length
  }

  /** What `#collect` does where packets are no bag. */
  #arrange(cell: number, without: number, bundle: number): number {
    const before = Array.from(this.packets(cell))
    const gone = before.indexOf(without)
    const more = bundle === NONE ? [] : this.#options.bundles.valueOf(bundle)
    const after = this.#parts.arranged([...before.filter((_, i) => i !== gone), ...more])
    this.#makeRoom(after.length)
    this.#bag.set(after)
    return after.length
  }

  /** Takes those of the first packets of `#bag` out that are purged; how many are left. */
  #purge(local: number, length: number): number {
    const { purges } = this.#options
    if (purges === undefined) return length
    let left = 0
    for (let i = 0; i < length; i++) {
      const p = this.#bag[i] ?? 0
      if (!purges(local, p)) this.#bag[left++] = p
    }
    return left
  }

  /** The cell with a local state and the first packets of `#bag`. */
  #intern(local: number, length: number): number {
    const { localPrint, packetPrint, localBits } = this.#parts
    const { busy, verdicts, orbits } = this.#options
    const bag = this.#bag
    let high = localPrint.high(local)
    let low = localPrint.low(local)
    if (this.#parts.soup === 'fifo') [high, low] = this.#printInOrder(high, low, length)
    else
      for (let i = 0; i < length; i++) {
        high = (high + packetPrint.high(bag[i] ?? 0)) | 0
        low = (low + packetPrint.low(bag[i] ?? 0)) | 0
      }
    this.#wantedLocal = local
    this.#wantedLength = length
    const known = this.#index.find(high ^ low, this.#isWanted)
    if (known !== NONE) return known
    const cell = this.local.push(local)
    for (let i = 0; i < length; i++) this.#packets.push(bag[i] ?? 0)
    this.#from.push(this.#packets.length)
    this.high.push(high)
    this.low.push(low)
    this.bits.push((localBits.data[local] ?? 0) | (length > 0 ? busy : 0))
    this.class.push(local === NONE ? 0 : verdicts.classOf(local, bag, length))
    orbits?.addCell(local, bag, length)
    this.score.push(this.#scoreOf(local, length))
    this.#index.add(high ^ low, cell)
    return cell
  }

  /** The lanes of a cell whose first packets of `#bag` are in order, each by its place in its channel. */
  #printInOrder(high: number, low: number, length: number): readonly [number, number] {
    const { packetPrint } = this.#parts
    let [h, l, place] = [high, low, 0]
    for (let i = 0; i < length; i++) {
      const p = this.#bag[i] ?? 0
      place = i > 0 && this.#parts.sameChannel(this.#bag[i - 1] ?? 0, p) ? place + 1 : 1
      h = (h + finished(packetPrint.high(p), packetPrint.low(p), place)) | 0
      l = (l + finished(packetPrint.low(p), packetPrint.high(p), place)) | 0
    }
    return [h, l]
  }

  /** A cell has the wanted local state, and as many of the first packets of `#bag` as are wanted. */
  readonly #isWanted = (cell: number): boolean => {
    const from = this.#from.data[cell] ?? 0
    const length = (this.#from.data[cell + 1] ?? 0) - from
    if (this.local.data[cell] !== this.#wantedLocal || length !== this.#wantedLength) return false
    for (let i = 0; i < length; i++) if (this.#packets.data[from + i] !== this.#bag[i]) return false
    return true
  }

  /** The part of a node with this local state and the first packets of `#bag` in the score. */
  #scoreOf(local: number, length: number): number {
    const { score } = this.#options
    if (score === undefined || local === NONE) return 0
    const { locals, packets } = this.#parts
    const arriving = Array.from(this.#bag.subarray(0, length), (p) => packets.valueOf(p).msg)
    return score(locals.valueOf(local).st, arriving)
  }
}
