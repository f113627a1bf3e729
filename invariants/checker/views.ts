/**
 * Invariants by look-up: what an invariant says that it looks at, computed once for each distinct thing seen.
 *
 * The values of a view are numbered, and taking a message into one is a table, so that the view of a node costs one look-up
 * for each packet in flight to it that matters. Rules about each node by itself are kept for each pair of local state
 * and view; rules about all nodes together for each tuple of summaries, which are numbered in turn.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Address } from '../../spec/system/address.js'
import type { Names } from '../canonical.js'
import type { Rule, Leaf, NetworkPart, Seen, View, ViewUse } from '../invariant.js'
import { IntColumn } from './growing.js'
import { Interner, PairTable, RowTable } from './interner.js'

/** The memoised form of the conjuncts that are decided from one view. Local states and packets are numbers. */
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

/** A rule by numbers: does it fail of nodes with these local states and views? */
type NumberedRule = (locals: Int32Array, views: Int32Array) => boolean

/** The memoised form of rules that are made from one view. */
const viewGroup = <State, Message, X>(
  view: View<State, Message, X>,
  rules: ReadonlyArray<Rule<State, X>>,
  nodes: ReadonlyArray<Address>,
  names: Names
): ViewGroup<State, Message> => {
  interface Local {
    readonly node: Address
    readonly st: State
  }
  const locals: Local[] = []
  const messages = new Interner<Message>(names.of)
  const views = new Interner<X>(names.of)
  /** The number of each local state's view before anything has arrived. */
  const startOf = new IntColumn()
  /** The number of each packet's message, NONE where it does not matter. */
  const messageOf = new IntColumn()

  const arrive = new RowTable((x, message) => views.idOf(view.arrive(views.valueOf(x), messages.valueOf(message))))

  const localAt = (id: number): Local => {
    const local = locals[id]
    if (local === undefined) throw new RangeError(`there is no local state ${String(id)}`)
    return local
  }

  const numbered = (rule: Rule<State, X>): NumberedRule => {
    if (rule._tag === 'Each') {
      const fails = new PairTable((id, x) => {
        const { node, st } = localAt(id)
        return rule.decide(node, st, views.valueOf(x)).length > 0 ? 1 : 0
      })
      return (localIds, viewIds) => {
        for (let n = 0; n < viewIds.length; n++) if (fails.get(localIds[n] ?? 0, viewIds[n] ?? 0) === 1) return true
        return false
      }
    }
    return rule.open((summary, settles, decide) => {
      const summaries = new Interner<ReturnType<typeof summary>>(names.of)
      // A summary that settles the conjunct has no number.
      const summaryOf = new PairTable((id, x) => {
        const { node, st } = localAt(id)
        const w = summary(node, st, views.valueOf(x))
        return settles(w) ? NONE : summaries.idOf(w)
      })
      // Tuples of summaries, node by node: each pair (tuple so far, next summary) is a number; 0 is the empty tuple.
      const tuples: Array<{ readonly before: number; readonly summary: number }> = [{ before: 0, summary: 0 }]
      const extended = new PairTable((before, next) => tuples.push({ before, summary: next }) - 1)
      const seenIn = (tuple: number, count: number): ReadonlyArray<Seen<ReturnType<typeof summary>>> => {
        const last = tuples[tuple]
        const node = nodes[count - 1]
        return last === undefined || node === undefined
          ? []
          : [...seenIn(last.before, count - 1), { node, sees: summaries.valueOf(last.summary) }]
      }
      const fails = new RowTable((tuple) => (decide(seenIn(tuple, nodes.length)).length > 0 ? 1 : 0))
      return (localIds, viewIds) => {
        let tuple = 0
        for (let n = 0; n < viewIds.length; n++) {
          const w = summaryOf.get(localIds[n] ?? 0, viewIds[n] ?? 0)
          if (w === NONE) return false
          tuple = extended.get(tuple, w)
        }
        return fails.get(tuple, 0) === 1
      }
    })
  }

  const numberedRules = rules.map(numbered)
  const current = new Int32Array(nodes.length)

  return {
    addLocal: (node, st) => {
      locals.push({ node, st })
      startOf.push(views.idOf(view.start(node, st)))
    },
    addPacket: (msg) => {
      messageOf.push(view.matters(msg) ? messages.idOf(msg) : NONE)
    },
    fails: (localIds, packets, packetCount, nodeOf) => {
      for (let n = 0; n < current.length; n++) current[n] = startOf.data[localIds[n] ?? 0] ?? 0
      for (let i = 0; i < packetCount; i++) {
        const p = packets[i] ?? 0
        const message = messageOf.data[p] ?? NONE
        const n = nodeOf[p] ?? NONE
        if (message !== NONE && n >= 0) current[n] = arrive.get(current[n] ?? 0, message)
      }
      for (const fails of numberedRules) if (fails(localIds, current)) return true
      return false
    }
  }
}

/** The memoised forms of all leaves that look at views: one for each view's use. */
export const viewGroups = <S, State, Message>(
  parts: ReadonlyArray<Leaf<S, NetworkPart<State, Message>>>,
  nodes: ReadonlyArray<Address>,
  names: Names
): ReadonlyArray<ViewGroup<State, Message>> => {
  const used = new Map<ViewUse<State, Message>, Set<number>>()
  for (const { part } of parts)
    if (O.isSome(part) && part.value._tag === 'View') {
      const { use, index } = part.value
      used.set(use, (used.get(use) ?? new Set()).add(index))
    }
  return [...used].map(([use, indices]) =>
    use.open((view, rules) =>
      viewGroup(
        view,
        rules.filter((_, i) => indices.has(i)),
        nodes,
        names
      )
    )
  )
}
