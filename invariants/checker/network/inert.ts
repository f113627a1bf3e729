/**
 * Inert packets.
 *
 * A packet is inert in a local state if its delivery changes nothing and sends nothing, whatever the environment. If it is
 * so in all local states that the node may come to, the packet may as well be delivered at once, which is what purging
 * means: no cell has inert packets. Whether they are inert for good is known when a search is over; `recheckPurged` looks.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Environment } from '../../../spec/system/executions.js'
import type { Protocol } from '../../../spec/system/protocol.js'
import { PairTable } from '../data/interner.js'
import { isChange } from '../model/guard.js'
import { NONE } from './parts.js'
import type { Parts } from './parts.js'
import type { Verdicts } from './verdicts.js'

/** What says that a packet is inert. */
export interface InertOptions<Env, State, Message, Internal, Timestamp> {
  readonly protocol: Pick<Protocol<State, Message, Internal, Timestamp>, 'procMsg'>
  readonly environment: Environment<Env, State, Message, Internal, Timestamp>
  readonly verdicts: Verdicts<State, Message>
}

/** Which packets are purged, and which were. */
export class Inert<Env, State, Message, Internal, Timestamp> {
  readonly #parts: Parts<Env, State, Message>
  readonly #options: InertOptions<Env, State, Message, Internal, Timestamp>
  /** Packets that were purged and should not have been. */
  readonly #spared = new Set<number>()
  /** For each local state, the packets that were purged in it. */
  readonly #purged = new Map<number, Set<number>>()
  readonly #inert = new PairTable((local, p) => {
    const times = this.#timesOf(p)
    return times.length > 0 && times.every((ts) => this.#changesNothing(local, p, ts)) ? 1 : 0
  })

  constructor(parts: Parts<Env, State, Message>, options: InertOptions<Env, State, Message, Internal, Timestamp>) {
    this.#parts = parts
    this.#options = options
  }

  /** How many packets must not be purged, as far as that is known. */
  get spared(): number {
    return this.#spared.size
  }

  /** A packet is to be purged in a local state. That it was is remembered. */
  purges(local: number, p: number): boolean {
    if (local === NONE || this.#spared.has(p) || this.#inert.get(local, p) === 0) return false
    const known = this.#purged.get(local)
    if (known === undefined) this.#purged.set(local, new Set([p]))
    else known.add(p)
    return true
  }

  /**
   * Looks whether what was purged was inert in every local state that followed, and invisible; what was not is spared from
   * now on. Where that is so of some, the search is void.
   * @param next the local states that each was seen to go to.
   * @param cells the local state and the packets of each cell.
   * @returns how many packets are spared that were not.
   */
  recheckPurged(
    next: ReadonlyMap<number, ReadonlySet<number>>,
    cells: ReadonlyArray<readonly [local: number, packets: Int32Array]>
  ): number {
    const spares = this.#spared.size
    // What was purged then or before.
    const waiting = [...this.#purged.keys()]
    for (let local = waiting.pop(); local !== undefined; local = waiting.pop())
      for (const after of next.get(local) ?? []) {
        const known = this.#purged.get(after) ?? new Set()
        const size = known.size
        for (const p of this.#purged.get(local) ?? []) known.add(p)
        this.#purged.set(after, known)
        if (known.size > size) waiting.push(after)
      }
    // Environments may have become known since a packet was found to be inert.
    this.#inert.clear()
    for (const [local, gone] of this.#purged)
      for (const p of gone) if (this.#inert.get(local, p) === 0) this.#spared.add(p)
    for (const [local, packets] of cells) this.#spareVisible(local, packets)
    if (this.#spared.size > spares) this.#purged.clear()
    return this.#spared.size - spares
  }

  /** Spares what was purged in a local state and an invariant would see beside these packets. */
  #spareVisible(local: number, packets: Int32Array): void {
    const { verdicts } = this.#options
    const gone = (): ReadonlyArray<number> => [...(this.#purged.get(local) ?? [])].filter((p) => !this.#spared.has(p))
    const areInvisible = (more: ReadonlyArray<number>): boolean => {
      try {
        return more.length === 0 || verdicts.areInvisible(more, local, packets, packets.length)
      } catch {
        // An invariant that cannot be decided beside these packets would see them.
        return false
      }
    }
    if (areInvisible(gone())) return
    for (const p of gone()) if (!areInvisible([p])) this.#spared.add(p)
    if (!areInvisible(gone())) for (const p of gone()) this.#spared.add(p)
  }

  /** The times at which a packet may be delivered in the environments that are known; none if that changes something. */
  #timesOf(p: number): ReadonlyArray<Timestamp> {
    const { environment } = this.#options
    const { envs, packets, names } = this.#parts
    const packet = packets.valueOf(p)
    const times = new Map<number, Timestamp>()
    for (const env of envs.all()) {
      const delivery = environment.delivery(env, packet)
      if (O.isNone(delivery) || names.of(delivery.value.then) !== names.of(env)) return []
      if (environment.packetFaults(env, packet).length > 0) return []
      times.set(names.of(delivery.value.act.ts), delivery.value.act.ts)
    }
    return [...times.values()]
  }

  #changesNothing(local: number, p: number, ts: Timestamp): boolean {
    const { locals, packets, names } = this.#parts
    const { st } = locals.valueOf(local)
    const { src, msg } = packets.valueOf(p)
    try {
      const [after, sent] = this.#options.protocol.procMsg(st, src, msg, ts)
      return sent.length === 0 && names.of(after) === names.of(st)
    } catch (thrown) {
      if (isChange(thrown)) throw thrown
      // Where the packet can arrive in this state, it will be thrown when it does.
      return false
    }
  }
}
