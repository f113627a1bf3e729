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
  /** The numbers that the local states and the packets of the cells that were asked for have in the verdicts. */
  readonly #locals = new Map<number, number>()
  readonly #packets = new Map<number, number>()

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
    const { cells } = this.#tables
    const packets = cells.packets(cell).map((p) => this.#packetOf(p))
    return this.#verdicts.classOf(this.#localOf(cells.local.data[cell] ?? 0), packets, packets.length)
  }

  /** What throws of a local state must do so in a state that has it: no other is looked at. */
  #localOf(local: number): number {
    const known = this.#locals.get(local)
    if (known !== undefined) return known
    const { parts, nodes } = this.#tables
    const { node, st } = parts.locals.valueOf(local)
    const n = nodes[node]
    if (n === undefined) throw new RangeError(`there is no node ${String(node)}`)
    this.#verdicts.addLocal(n, st)
    this.#locals.set(local, this.#locals.size)
    return this.#locals.size - 1
  }

  #packetOf(packet: number): number {
    const known = this.#packets.get(packet)
    if (known !== undefined) return known
    this.#verdicts.addPacket(this.#tables.parts.packets.valueOf(packet).msg)
    this.#packets.set(packet, this.#packets.size)
    return this.#packets.size - 1
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
