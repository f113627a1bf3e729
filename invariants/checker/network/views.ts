/**
 * Invariants by look-up: what an invariant says that it looks at, computed once for each distinct thing seen.
 *
 * The values of a view are numbered, and taking a message into one is a table, so that the view of a node costs one look-up
 * for each packet in flight to it that matters. Rules about each node by itself are kept for each pair of local state
 * and view; rules about all nodes together for each tuple of summaries, which are numbered in turn.
 */
import type { Address } from '../../../spec/system/address.js'
import type { Names } from '../data/names.js'
import type { NetworkPart, Rule, Seen, View, ViewUse } from '../../property/invariant.js'
import { IntColumn } from '../data/growing.js'
import { Interner, PairTable } from '../data/interner.js'

/** The memoised form of the conjuncts that are decided from one view. Local states and packets are numbers. */
export interface ViewGroup<State, Message> {
  /** Registers a new local state; called in the order of their numbers. */
  readonly addLocal: (node: Address, st: State) => void
  /** Registers a new packet; called in the order of their numbers. */
  readonly addPacket: (msg: Message) => void
  /** The number of the view of a node with this local state and these packets in flight to it. */
  readonly viewOf: (local: number, packets: Int32Array, count: number) => number
  /** The view when a packet has arrived. */
  readonly viewAfter: (view: number, packet: number) => number
  /** Some conjunct about each node by itself fails of a node with this local state and view. */
  readonly fails: (local: number, view: number) => boolean
  /** The conjuncts about all nodes together. */
  readonly together: ReadonlyArray<NumberedTogether>
}

/** A conjunct about all nodes together, by numbers. */
export interface NumberedTogether {
  /** The number of the summary of a node with this local state and view; `SETTLED` where it settles the conjunct. */
  readonly summaryOf: (local: number, view: number) => number
  /** The conjunct fails of nodes with these summaries, none of which settles it. */
  readonly fails: (summaries: ReadonlyArray<number>) => boolean
}

const NONE = -1

/** The number of a summary with which a conjunct holds, whatever the others are. */
export const SETTLED = -1

/** What the rules of one view see: local states, as they become known, and the values of the view, numbered. */
class Sights<State, Message, X> {
  readonly #locals: Array<{ readonly node: Address; readonly st: State }> = []
  readonly #messages: Interner<Message>
  readonly #views: Interner<X>
  /** The number of each local state's view before anything has arrived. */
  readonly #startOf = new IntColumn()
  /** The number of each packet's message, NONE where it does not matter. */
  readonly #messageOf = new IntColumn()
  readonly #arrive: PairTable

  constructor(
    private readonly view: View<State, Message, X>,
    names: Names
  ) {
    this.#messages = new Interner<Message>(names.of)
    this.#views = new Interner<X>(names.of)
    this.#arrive = new PairTable((x, message) =>
      this.#views.idOf(view.arrive(this.#views.valueOf(x), this.#messages.valueOf(message)))
    )
  }

  addLocal(node: Address, st: State): void {
    this.#locals.push({ node, st })
    this.#startOf.push(this.#views.idOf(this.view.start(node, st)))
  }

  addPacket(msg: Message): void {
    this.#messageOf.push(this.view.matters(msg) ? this.#messages.idOf(msg) : NONE)
  }

  viewOf(local: number, packets: Int32Array, count: number): number {
    let x = this.#startOf.data[local] ?? 0
    for (let i = 0; i < count; i++) x = this.viewAfter(x, packets[i] ?? 0)
    return x
  }

  viewAfter(x: number, packet: number): number {
    const message = this.#messageOf.data[packet] ?? NONE
    return message === NONE ? x : this.#arrive.get(x, message)
  }

  /** A function of what is seen of a node, for the numbers of its local state and its view; computed once for each pair. */
  table(of: (node: Address, st: State, x: X) => number): PairTable {
    return new PairTable((id, x) => {
      const local = this.#locals[id]
      if (local === undefined) throw new RangeError(`there is no local state ${String(id)}`)
      return of(local.node, local.st, this.#views.valueOf(x))
    })
  }
}

/** A conjunct about all nodes together, with its summaries numbered and its verdicts kept. */
const numbered = <State, Message, X>(
  { open }: Extract<Rule<State, X>, { _tag: 'Together' }>,
  sights: Sights<State, Message, X>,
  nodes: ReadonlyArray<Address>,
  names: Names
): NumberedTogether =>
  open((summary, settles, decide) => {
    const summaries = new Interner<ReturnType<typeof summary>>(names.of)
    const summaryOf = sights.table((node, st, x) => {
      const w = summary(node, st, x)
      return settles(w) ? SETTLED : summaries.idOf(w)
    })
    // Tuples of summaries, node by node: each pair (tuple so far, next summary) is a number; 0 is the empty tuple.
    let tuples = 1
    const extended = new PairTable(() => tuples++)
    const verdicts = new Map<number, boolean>()
    return {
      summaryOf: (id, x) => summaryOf.get(id, x),
      fails: (ids) => {
        let tuple = 0
        for (const id of ids) tuple = extended.get(tuple, id)
        const known = verdicts.get(tuple)
        if (known !== undefined) return known
        const seen = nodes.flatMap((node, n): ReadonlyArray<Seen<ReturnType<typeof summary>>> => {
          const id = ids[n]
          return id === undefined ? [] : [{ node, sees: summaries.valueOf(id) }]
        })
        const fails = decide(seen).length > 0
        verdicts.set(tuple, fails)
        return fails
      }
    }
  })

/** The memoised form of rules that are made from one view. */
const viewGroup = <State, Message, X>(
  view: View<State, Message, X>,
  rules: ReadonlyArray<Rule<State, X>>,
  nodes: ReadonlyArray<Address>,
  names: Names
): ViewGroup<State, Message> => {
  const sights = new Sights(view, names)
  const each = rules.flatMap((rule) =>
    rule._tag === 'Each' ? [sights.table((node, st, x) => (rule.decide(node, st, x).length > 0 ? 1 : 0))] : []
  )
  return {
    addLocal: (node, st) => sights.addLocal(node, st),
    addPacket: (msg) => sights.addPacket(msg),
    viewOf: (local, packets, count) => sights.viewOf(local, packets, count),
    viewAfter: (x, packet) => sights.viewAfter(x, packet),
    fails: (local, x) => each.some((table) => table.get(local, x) === 1),
    together: rules.flatMap((rule) => (rule._tag === 'Together' ? [numbered(rule, sights, nodes, names)] : []))
  }
}

/** The memoised forms of all leaves that look at views: one for each view's use. */
export const viewGroups = <State, Message>(
  parts: ReadonlyArray<NetworkPart<State, Message>>,
  nodes: ReadonlyArray<Address>,
  names: Names
): ReadonlyArray<ViewGroup<State, Message>> => {
  const used = new Map<ViewUse<State, Message>, Set<number>>()
  for (const part of parts)
    if (part._tag === 'View') {
      const { use, index } = part
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
