/**
 * Terms and formulas as trees. Of each there is one in a forest, so that two are the same if they are one object.
 */

/** What stands at the root of a tree: symbols and words have a number, the rest is 0. */
export type Kind = 'symbol' | 'word' | 'equal' | 'and' | 'or' | 'implies' | 'false'

export interface Tree {
  /** Trees are numbered as they are made, so that a tree comes after its parts. */
  readonly id: number
  readonly kind: Kind
  readonly number: number
  readonly parts: ReadonlyArray<Tree>
}

export class Forest {
  readonly #trees = new Map<string, Tree>()

  /** The tree with these parts. */
  make(kind: Kind, number: number, parts: ReadonlyArray<Tree> = []): Tree {
    const key = [kind, number, ...parts.map((p) => p.id)].join(' ')
    const known = this.#trees.get(key)
    if (known !== undefined) return known
    const tree: Tree = { id: this.#trees.size, kind, number, parts }
    this.#trees.set(key, tree)
    return tree
  }

  symbol(x: number): Tree {
    return this.make('symbol', x)
  }

  equal(t: Tree, u: Tree): Tree {
    return this.make('equal', 0, [t, u])
  }

  /** A tree in which symbols are replaced, all at once; those that have nothing in their place stay. */
  replace(tree: Tree, by: ReadonlyMap<number, Tree>): Tree {
    const done = new Map<Tree, Tree>()
    for (const t of partsOf(tree)) {
      const inPlace = t.kind === 'symbol' ? by.get(t.number) : undefined
      const parts = t.parts.map((p) => done.get(p) ?? p)
      done.set(t, inPlace ?? this.make(t.kind, t.number, parts))
    }
    return done.get(tree) ?? tree
  }
}

/** A tree and everything that it is made of. */
const within = (tree: Tree): ReadonlySet<Tree> => {
  const found = new Set([tree])
  // What is added to a set while one goes through it is visited too.
  for (const t of found) for (const p of t.parts) found.add(p)
  return found
}

/** The same, parts first. */
const partsOf = (tree: Tree): ReadonlyArray<Tree> => [...within(tree)].sort((a, b) => a.id - b.id)

/** The symbols in a tree. They are not kept with it: all trees of a file together may have more of them than there is room. */
export const symbolsIn = (tree: Tree): ReadonlyArray<number> =>
  [...within(tree)].filter((t) => t.kind === 'symbol').map((t) => t.number)
