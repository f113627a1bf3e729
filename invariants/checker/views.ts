/**
 * Invariants by look-up: what an invariant says that it looks at, computed once for each distinct thing seen.
 *
 * A view of a node depends on its local state and on the *set* of contributions of the packets in flight to it. Both are
 * numbered, and adding a contribution to such a pair is a table (an *accumulator*), so that the view of a node costs one
 * look-up for each contributing packet. The views of all nodes together are one number again, and the verdict on it is
 * kept.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Address } from '../../spec/system/address.js'
import { canonicalSet } from '../invariant.js'
import type { DecideTogether, Leaf, NetworkPart, View, ViewUse } from '../invariant.js'
import { IntColumn } from './growing.js'
import { Interner, PairTable } from './interner.js'

/** The memoised form of the conjuncts that look at one view. Local states and packets are numbers. */
export interface ViewGroup<State, Message> {
  /** Tells of a new local state; they come in the order of their numbers. */
  readonly addLocal: (node: Address, st: State) => void
  /** Tells of a new packet; they come in the order of their numbers. */
  readonly addPacket: (msg: Message) => void
  /**
   * Some conjunct fails of the world with these local states, one for each node, and these packets in flight.
   * @param nodeOf the index of each packet's destination among the nodes; negative where it is none of them.
   */
  readonly fails: (locals: Int32Array, packets: Int32Array, packetCount: number, nodeOf: Int32Array) => boolean
}

const NONE = -1
const UNKNOWN = -1

/** The memoised form of decisions that are made from one view. */
const viewGroup = <State, Message, C, V>(
  view: View<State, Message, C, V>,
  decisions: ReadonlyArray<DecideTogether<V>>,
  nodes: ReadonlyArray<Address>
): ViewGroup<State, Message> => {
  interface Accumulator {
    readonly local: number
    readonly contributions: ReadonlyArray<number>
  }
  const locals: Array<{ readonly node: Address; readonly st: State }> = []
  const contributions = new Interner<C>()
  const accumulators = new Interner<Accumulator>(({ local, contributions: cs }) => `${String(local)}|${cs.join()}`)
  const views = new Interner<V>()

  const contributionOf = new IntColumn()
  const startOf = new IntColumn()
  const viewOf = new IntColumn()

  const accumulate = (a: Accumulator): number => {
    const id = accumulators.idOf(a)
    const local = locals[a.local]
    if (id === viewOf.length && local !== undefined) {
      const arriving = canonicalSet(a.contributions.map((c) => contributions.valueOf(c)))
      viewOf.push(views.idOf(view.of(local.node, local.st, arriving)))
    }
    return id
  }

  const next = new PairTable((id, contribution) => {
    const { local, contributions: cs } = accumulators.valueOf(id)
    return cs.includes(contribution)
      ? id
      : accumulate({ local, contributions: [...cs, contribution].sort((x, y) => x - y) })
  })

  // Tuples of views, node by node: each pair (tuple so far, next view) is a number; 0 is the empty tuple.
  const tuples: Array<{ readonly before: number; readonly view: number }> = [{ before: 0, view: 0 }]
  const tuple = new PairTable((before, v) => tuples.push({ before, view: v }) - 1)
  const verdict = new IntColumn()

  const viewsOf = (id: number, count: number): ReadonlyArray<V> => {
    const last = tuples[id]
    return count === 0 || last === undefined ? [] : [...viewsOf(last.before, count - 1), views.valueOf(last.view)]
  }

  const decide = (id: number): number => {
    const vs = viewsOf(id, nodes.length)
    const seen = nodes.flatMap((node, i) => vs.slice(i, i + 1).map((sees) => ({ node, sees })))
    return decisions.some((decision) => decision(seen).length > 0) ? 1 : 0
  }

  const current = new Int32Array(nodes.length)

  return {
    addLocal: (node, st) => {
      startOf.push(accumulate({ local: locals.push({ node, st }) - 1, contributions: [] }))
    },
    addPacket: (msg) => {
      const contribution = view.contribution(msg)
      contributionOf.push(O.isSome(contribution) ? contributions.idOf(contribution.value) : NONE)
    },
    fails: (localIds, packets, packetCount, nodeOf) => {
      const contribution = contributionOf.data
      for (let n = 0; n < current.length; n++) current[n] = startOf.data[localIds[n] ?? 0] ?? 0
      for (let i = 0; i < packetCount; i++) {
        const p = packets[i] ?? 0
        const c = contribution[p] ?? NONE
        const n = nodeOf[p] ?? NONE
        if (c !== NONE && n >= 0) current[n] = next.get(current[n] ?? 0, c)
      }
      let together = 0
      for (const accumulator of current) together = tuple.get(together, viewOf.data[accumulator] ?? 0)
      while (verdict.length <= together) verdict.push(UNKNOWN)
      let known = verdict.data[together]
      if (known === undefined || known === UNKNOWN) verdict.data[together] = known = decide(together)
      return known === 1
    }
  }
}

/** The memoised forms of all leaves that look at views: one for each view's use. */
export const viewGroups = <S, State, Message>(
  parts: ReadonlyArray<Leaf<S, NetworkPart<State, Message>>>,
  nodes: ReadonlyArray<Address>
): ReadonlyArray<ViewGroup<State, Message>> => {
  const used = new Map<ViewUse<State, Message>, Set<number>>()
  for (const { part } of parts)
    if (O.isSome(part) && part.value._tag === 'AllNodes') {
      const { use, index } = part.value
      used.set(use, (used.get(use) ?? new Set()).add(index))
    }
  return [...used].map(([use, indices]) =>
    use.open((view, decisions) =>
      viewGroup(
        view,
        decisions.filter((_, i) => indices.has(i)),
        nodes
      )
    )
  )
}
