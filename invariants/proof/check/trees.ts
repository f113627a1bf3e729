/**
 * Terms and formulas as trees. Of each there is one in a forest, so that two are the same if they are one object.
 */
import { Wrong } from './json.js'
import type { Sort } from './signature.js'

/** What stands at the root of a tree: symbols and words have a number, the rest is 0. */
export type Kind = 'symbol' | 'word' | 'equal' | 'and' | 'or' | 'implies' | 'false'

export interface Tree {
  /** Trees are numbered as they are made, so that a tree comes after its parts. */
  readonly id: number
  readonly kind: Kind
  readonly number: number
  /** Null for a formula. */
  readonly sort: Sort | null
  readonly parts: ReadonlyArray<Tree>
}

/** A tree and what it is made of, parts first; without what is known, and what that is made of. */
export const partsFirst = (tree: Tree, known: ReadonlyMap<Tree, unknown>): ReadonlyArray<Tree> => {
  const found = new Set(known.has(tree) ? [] : [tree])
  // What is added to a set while one goes through it is visited too.
  for (const t of found) for (const p of t.parts) if (!known.has(p)) found.add(p)
  return [...found].sort((a, b) => a.id - b.id)
}

/** So many steps are taken for a file at most: a file may be made to take time and room, and is refused before it does. */
const STEPS = 5_000_000

export class Forest {
  readonly #trees = new Map<string, Tree>()
  #steps = 0

  /** Counts steps that are not bounded by the length of the file. */
  spend(steps: number): void {
    this.#steps += steps
    if (this.#steps > STEPS) throw new Wrong('the file', `less to do than ${STEPS} steps`)
  }

  /** The tree with these parts. */
  make(kind: Kind, parts: ReadonlyArray<Tree> = [], number = 0, sort: Sort | null = null): Tree {
    this.spend(1 + parts.length)
    const key = [kind, number, sort?.number, ...parts.map((p) => p.id)].join(' ')
    const known = this.#trees.get(key)
    if (known !== undefined) return known
    const tree: Tree = { id: this.#trees.size, kind, number, sort, parts }
    this.#trees.set(key, tree)
    return tree
  }

  /** Replaces symbols in trees, all at once; those that have nothing in their place stay. */
  replacing(by: ReadonlyMap<Tree, Tree>): (tree: Tree) => Tree {
    const done = new Map(by)
    return (tree) => {
      for (const t of partsFirst(tree, done)) {
        const parts = t.parts.map((p) => done.get(p) ?? p)
        done.set(t, this.make(t.kind, parts, t.number, t.sort))
      }
      return done.get(tree) ?? tree
    }
  }
}
