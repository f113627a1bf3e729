/**
 * Verdicts, computed once for each combination of what a conjunct reads, and then looked up. Conjuncts that do not say what
 * they read are decided anew in every state.
 */
import type { Guard } from '../model/guard.js'
import { leaves } from '../../property/invariant.js'
import type { Leaf } from '../../property/invariant.js'
import * as O from 'fp-ts/lib/Option.js'
import type { ReadTable } from './readTable.js'
import type { Component, ComponentInvariant, ComponentPart } from './system.js'
import type { Values } from './values.js'

/** Conjuncts that read the same. */
interface Group<C> {
  readonly reads: ReadonlyArray<Component<C>>
  readonly parts: Array<ComponentPart<C>>
  readonly table: ReadTable
}

/** Decides the invariants of a system in rows. */
export class Judge<C extends object> {
  readonly #groups: ReadonlyArray<Group<C>>
  readonly #all: ReadonlyArray<ReadTable>
  /** Conjuncts that look at whole states. */
  readonly #whole: ReadonlyArray<Leaf<C, ComponentPart<C>>>

  constructor(
    private readonly values: Values<C>,
    invariants: ReadonlyArray<ComponentInvariant<C>>,
    guard: Guard
  ) {
    const conjuncts = invariants
      .flatMap((invariant) => leaves(invariant))
      .map(([path, leaf]) => watched(guard, path, leaf))
    const groups = new Map<string, Group<C>>()
    for (const { part } of conjuncts) {
      if (O.isNone(part)) continue
      const text = JSON.stringify(part.value.reads)
      const group = groups.get(text) ?? this.#group(part.value.reads)
      group.parts.push(part.value)
      groups.set(text, group)
    }
    this.#groups = [...groups.values()]
    this.#all = this.#groups.map(({ table }) => table)
    this.#whole = conjuncts.filter(({ part }) => O.isNone(part))
  }

  #group(reads: ReadonlyArray<Component<C>>): Group<C> {
    const parts: Array<ComponentPart<C>> = []
    const table = this.values.tableOf(`an invariant that reads ${reads.join(', ')}`, reads, (seen) =>
      parts.some(({ decide }) => decide(seen).length > 0) ? 1 : 0
    )
    return { reads, parts, table }
  }

  /** Verdicts that may be others where these components have changed. */
  concerning(written: ReadonlyArray<Component<C>>): ReadonlyArray<ReadTable> {
    return this.#groups.flatMap(({ reads, table }) => (reads.some((name) => written.includes(name)) ? [table] : []))
  }

  /**
   * Some invariant does not hold of the state in a row.
   * @param tables the verdicts to be looked at, where the others are known to be good. Default: all.
   */
  violated(row: Int32Array, at: number, tables = this.#all): boolean {
    for (const table of tables) if (table.get(row, at) !== 0) return true
    if (this.#whole.length === 0) return false
    const s = this.values.stateAt(row, at)
    return this.#whole.some(({ decide }) => decide(s).length > 0)
  }
}

/** The same conjunct, watched. */
const watched = <C>(
  guard: Guard,
  path: ReadonlyArray<string>,
  { decide, part, ...named }: Leaf<C, ComponentPart<C>>
): Leaf<C, ComponentPart<C>> => {
  const where = `the invariant «${path.join(' ▸ ')}»`
  return {
    ...named,
    decide: guard.of(where, decide),
    part: O.Functor.map(part, (p) => ({ ...p, decide: guard.of(where, p.decide) }))
  }
}
