/**
 * Verdicts by look-up: a node is in a class, a world is a tuple of classes, and a verdict is kept for each tuple.
 */
import type { Address } from '../../../spec/system/address.js'
import type { NetworkPart, OfNode } from '../../property/invariant.js'
import { IntColumn } from '../data/growing.js'
import { PairTable } from '../data/interner.js'
import type { Names } from '../data/names.js'
import { SETTLED, viewGroups } from './views.js'
import type { NumberedTogether, ViewGroup } from './views.js'

/** What the invariants say of a node by itself: something fails. */
export const FAILS = -1

/**
 * Verdicts by class: nodes of which all conjuncts about all nodes together have the same summaries are in one class, and
 * a verdict on a world is kept for the tuple of its nodes' classes.
 */
export class Verdicts<State, Message> {
  readonly #groups: ReadonlyArray<ViewGroup<State, Message>>
  readonly #together: ReadonlyArray<NumberedTogether>
  readonly #eachNode: ReadonlyArray<OfNode<State>>
  /** For each local state, 1 where a conjunct fails of it that does not look at packets. */
  readonly #localFails = new IntColumn()
  /** Classes as sequences of summaries, one more than their numbers so that none is negative; 0 is the empty sequence. */
  readonly #sequences: Array<{ readonly before: number; readonly summary: number }> = [{ before: 0, summary: 0 }]
  readonly #sequence = new PairTable((before, plusOne) => this.#sequences.push({ before, summary: plusOne - 1 }) - 1)
  #tuples: Array<{ readonly before: number; readonly last: number }> = []
  readonly #tuple = new PairTable((before, last) => this.#tuples.push({ before, last }) - 1)
  /** 0: not decided yet, 1: holds, 2: fails. */
  #verdict = new Uint8Array(1024)

  constructor(
    parts: ReadonlyArray<NetworkPart<State, Message>>,
    private readonly nodes: ReadonlyArray<Address>,
    names: Names
  ) {
    this.#groups = viewGroups(parts, nodes, names)
    this.#together = this.#groups.flatMap((group) => group.together)
    this.#eachNode = parts.flatMap((part) => (part._tag === 'EachNode' ? [part.decide] : []))
    this.forget()
  }

  /** Registers a new local state; called in the order of their numbers. */
  addLocal(node: Address, st: State): void {
    for (const group of this.#groups) group.addLocal(node, st)
    this.#localFails.push(this.#eachNode.some((decide) => decide(node, st, this.nodes).length > 0) ? 1 : 0)
  }

  /** Registers a new packet; called in the order of their numbers. */
  addPacket(msg: Message): void {
    for (const group of this.#groups) group.addPacket(msg)
  }

  /** The class of a node with this local state and these packets in flight to it; `FAILS` where a conjunct about it does. */
  classOf(local: number, packets: Int32Array, count: number): number {
    if (this.#localFails.data[local] === 1) return FAILS
    let sequence = 0
    for (const group of this.#groups) {
      const view = group.viewOf(local, packets, count)
      if (group.fails(local, view)) return FAILS
      for (const { summaryOf } of group.together) sequence = this.#sequence.get(sequence, summaryOf(local, view) + 1)
    }
    return sequence
  }

  /**
   * Some conjunct about all nodes together fails of a world.
   * @param cells the cells of the nodes, from `at` on.
   * @param classOf the class of each cell.
   */
  fails(cells: Int32Array, at: number, classOf: Int32Array): boolean {
    let tuple = 0
    for (let n = 0; n < this.nodes.length; n++) tuple = this.#tuple.get(tuple, classOf[cells[at + n] ?? 0] ?? 0)
    const known = this.#verdict[tuple] ?? 0
    return known === 0 ? this.#decide(tuple) : known === 2
  }

  /**
   * More packets in flight to a node can hide no violation: whichever of these are added, every conjunct about all nodes
   * sees the same of it, or is settled, and every conjunct about the node by itself holds.
   */
  areInvisible(more: ReadonlyArray<number>, local: number, packets: Int32Array, count: number): boolean {
    return this.#groups.every((group) => {
      const bare = group.viewOf(local, packets, count)
      const views = [bare]
      for (const view of views)
        for (const p of more) {
          const after = group.viewAfter(view, p)
          if (!views.includes(after)) views.push(after)
        }
      return views.every(
        (view) =>
          view === bare ||
          (!group.fails(local, view) &&
            group.together.every(({ summaryOf }) => {
              const summary = summaryOf(local, view)
              return summary === SETTLED || summary === summaryOf(local, bare)
            }))
      )
    })
  }

  /** Forgets verdicts, which there may be too many of; classes keep their numbers. */
  forget(): void {
    this.#tuples = [{ before: 0, last: 0 }]
    this.#tuple.clear()
    this.#verdict = new Uint8Array(1024)
  }

  #decide(tuple: number): boolean {
    const classes: number[] = []
    for (let at = tuple, n = 0; n < this.nodes.length; n++) {
      const { before = 0, last = 0 } = this.#tuples[at] ?? {}
      classes.push(last)
      at = before
    }
    const summaries = classes.reverse().map((sequence) => this.#summariesOf(sequence))
    const fails = this.#together.some((rule, i) => {
      const ids = summaries.map((of) => of[i] ?? SETTLED)
      return !ids.includes(SETTLED) && rule.fails(ids)
    })
    if (tuple >= this.#verdict.length) {
      const larger = new Uint8Array(Math.max(this.#verdict.length * 2, tuple + 1))
      larger.set(this.#verdict)
      this.#verdict = larger
    }
    this.#verdict[tuple] = fails ? 2 : 1
    return fails
  }

  #summariesOf(sequence: number): ReadonlyArray<number> {
    const summaries: number[] = []
    for (let at = sequence; at > 0; at = this.#sequences[at]?.before ?? 0)
      summaries.push(this.#sequences[at]?.summary ?? SETTLED)
    return summaries.reverse()
  }
}
