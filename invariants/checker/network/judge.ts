/**
 * Verdicts on states in integers: those of the classes of their nodes, looked up, and those of invariants that look at
 * whole states, which are evaluated.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { World } from '../../../spec/system/network.js'
import type { HasWorld } from '../../property/invariant.js'
import type { IntColumn } from '../data/growing.js'
import type { States } from './states.js'
import type { Tables } from './tables.js'
import { FAILS } from './verdicts.js'
import type { Verdicts } from './verdicts.js'

/** The invariants of a network, for states in integers. */
export class Judge<Env, State, Message, Internal, Timestamp> {
  readonly #states: States<Env, State, Message, Internal, Timestamp>
  readonly #verdicts: Verdicts<State, Message>
  readonly #classOf: IntColumn
  readonly #nodes: number
  /** The invariants that do not say what they look at. */
  readonly #wholes: ReadonlyArray<(s: HasWorld<State, Message>) => boolean>
  /** An invariant of the list of nodes, which never changes, fails. */
  readonly #nodesFail: boolean

  constructor(
    { conjuncts, cells, verdicts, nodes }: Tables<Env, State, Message, Internal, Timestamp>,
    states: States<Env, State, Message, Internal, Timestamp>,
    world: World<State, Message>
  ) {
    this.#states = states
    this.#verdicts = verdicts
    this.#classOf = cells.class
    this.#nodes = nodes.length
    this.#wholes = conjuncts.flatMap(({ part, decide }) =>
      O.isNone(part) ? [(s: HasWorld<State, Message>) => decide(s).length > 0] : []
    )
    this.#nodesFail = conjuncts.some(
      ({ part, decide }) => O.isSome(part) && part.value._tag === 'Nodes' && decide({ world }).length > 0
    )
  }

  /** Some invariant does not hold of the state in these integers. */
  fails(of: Int32Array, at: number): boolean {
    return this.#nodesFail || this.classesFail(of, at) || this.wholesFail(of, at)
  }

  /** As far as the classes of its nodes tell. */
  classesFail(of: Int32Array, at: number): boolean {
    const classOf = this.#classOf.data
    const nodes = this.#nodes
    for (let n = 0; n < nodes; n++) if (classOf[of[at + n] ?? 0] === FAILS) return true
    return this.#verdicts.fails(of, at, classOf)
  }

  /** As far as those tell that look at whole states. */
  wholesFail(of: Int32Array, at: number): boolean {
    if (this.#wholes.length === 0) return false
    const s = this.#states.decoded(of, at)
    return this.#wholes.some((fails) => fails(s))
  }
}
