/**
 * Predicates by look-up: where an invariant holds that properties speak of, in states in integers.
 *
 * It is decided as the invariants of the network are, cell by cell and then by the classes of cells, but when it is asked
 * for only: a search that does not need it computes nothing.
 */
import * as O from 'fp-ts/lib/Option.js'
import { leaves, partsOf } from '../../property/invariant.js'
import type { NetworkPart } from '../../property/invariant.js'
import { IntColumn } from '../data/growing.js'
import type { NetworkPredicate } from './properties.js'
import type { SeenState } from './seen.js'
import type { States } from './states.js'
import type { Tables } from './tables.js'
import { FAILS, Verdicts } from './verdicts.js'

/** The class of a cell that was not asked for yet. */
const UNKNOWN = -2

/** An invariant of which the conjuncts say what they look at, for states in integers. */
class Classified<Env, State, Message, Internal, Timestamp> {
  readonly #tables: Tables<Env, State, Message, Internal, Timestamp>
  readonly #verdicts: Verdicts<State, Message>
  readonly #classOf = new IntColumn()
  /** How many of the local states and packets that there are the verdicts have been told of. */
  #locals = 0
  #packets = 0

  constructor(
    tables: Tables<Env, State, Message, Internal, Timestamp>,
    parts: ReadonlyArray<NetworkPart<State, Message>>
  ) {
    this.#tables = tables
    this.#verdicts = new Verdicts(parts, tables.nodes, tables.parts.names)
  }

  /** It holds of the state in these integers. */
  holds(of: Int32Array, at: number): boolean {
    const { nobody } = this.#tables.layout
    const column = this.#classOf
    for (let n = 0; n < nobody; n++) {
      const cell = of[at + n] ?? 0
      while (column.length <= cell) column.push(UNKNOWN)
      let is = column.data[cell] ?? UNKNOWN
      if (is === UNKNOWN) is = column.data[cell] = this.#find(cell)
      if (is === FAILS) return false
    }
    return !this.#verdicts.fails(of, at, column.data)
  }

  /** Forgets what is known of cells. */
  forget(): void {
    this.#classOf.clear()
    this.#verdicts.forget()
  }

  #find(cell: number): number {
    const { parts, cells, nodes } = this.#tables
    for (; this.#locals < parts.locals.size; this.#locals++) {
      const { node, st } = parts.locals.valueOf(this.#locals)
      const n = nodes[node]
      if (n !== undefined) this.#verdicts.addLocal(n, st)
    }
    for (; this.#packets < parts.packets.size; this.#packets++)
      this.#verdicts.addPacket(parts.packets.valueOf(this.#packets).msg)
    const packets = cells.packets(cell)
    return this.#verdicts.classOf(cells.local.data[cell] ?? 0, packets, packets.length)
  }
}

/** A predicate on states in integers. */
type Tester = (of: Int32Array, at: number) => boolean

/** The predicates of a network that are known by invariants. */
export class Predicates<Env, State, Message, Internal, Timestamp> {
  readonly #tables: Tables<Env, State, Message, Internal, Timestamp>
  readonly #states: States<Env, State, Message, Internal, Timestamp>
  readonly #testers = new Map<NetworkPredicate<Env, State, Message>, Tester>()
  readonly #classified: Array<Classified<Env, State, Message, Internal, Timestamp>> = []

  /** @param start a state of the network. */
  constructor(
    tables: Tables<Env, State, Message, Internal, Timestamp>,
    states: States<Env, State, Message, Internal, Timestamp>,
    private readonly start: SeenState<State, Message, Env>
  ) {
    this.#tables = tables
    this.#states = states
  }

  /** An invariant holds of the state in these integers. */
  holds(invariant: NetworkPredicate<Env, State, Message>, of: Int32Array, at: number): boolean {
    const known = this.#testers.get(invariant)
    if (known !== undefined) return known(of, at)
    const tester = this.#testerOf(invariant)
    this.#testers.set(invariant, tester)
    return tester(of, at)
  }

  /** Forgets what is known of cells, as cells are forgotten. */
  forget(): void {
    for (const one of this.#classified) one.forget()
  }

  #testerOf(invariant: NetworkPredicate<Env, State, Message>): Tester {
    const conjuncts = leaves(invariant).map(([, leaf]) => leaf)
    const sights = partsOf(invariant)
    const ofEnv = this.#testerOfEnv(sights.flatMap((sight) => (sight._tag === 'Environment' ? [sight.is] : [])))
    const classified = new Classified(
      this.#tables,
      sights.flatMap((sight) => (sight._tag === 'Environment' ? [] : [sight]))
    )
    this.#classified.push(classified)
    const wholes = conjuncts.filter(({ part }) => O.isNone(part))
    const areNodesBad = conjuncts.some(
      ({ part, decide }) => O.isSome(part) && part.value._tag === 'Nodes' && decide(this.start).length > 0
    )
    return (of, at) => {
      if (areNodesBad || !ofEnv(of, at) || !classified.holds(of, at)) return false
      if (wholes.length === 0) return true
      const s = this.#states.decoded(of, at)
      return wholes.every(({ decide }) => decide(s).length === 0)
    }
  }

  /** Whether something is so of the environment is found out once for each. */
  #testerOfEnv(all: ReadonlyArray<(env: Env) => boolean>): Tester {
    const { layout, parts } = this.#tables
    const known: boolean[] = []
    return (of, at) => {
      const env = of[at + layout.env] ?? 0
      return (known[env] ??= all.every((is) => is(parts.envs.valueOf(env))))
    }
  }
}
