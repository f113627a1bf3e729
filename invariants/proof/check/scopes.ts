/**
 * The scopes of an argument, and what is visible in them.
 */
import type { Json } from './json.js'
import { partsFirst } from './trees.js'
import type { Forest, Tree } from './trees.js'

/** A part of the argument in which something is supposed. */
export interface Scope {
  /** How many scopes are around it. */
  readonly depth: number
  /** There is none around the whole argument, and nothing supposed in it. */
  readonly parent: Scope | undefined
  readonly hypothesis: Tree | undefined
  readonly symbols: ReadonlyArray<Tree>
}

export class Scopes {
  readonly whole: Scope = { depth: 0, parent: undefined, hypothesis: undefined, symbols: [] }
  readonly all: Scope[] = [this.whole]
  /** The scope that introduces a symbol: that of the whole argument, of a variable. */
  readonly #introduced = new Map<Tree, Scope>()
  /** The scope that introduces the innermost symbol of a tree, where it sees the others. */
  readonly #homes = new Map<Tree, Scope | undefined>()

  constructor(
    private readonly forest: Forest,
    variables: ReadonlyArray<Tree>
  ) {
    for (const v of variables) this.#introduced.set(v, this.whole)
  }

  /** Adds the scopes of a derivation. */
  read(json: Json, formulas: ReadonlyArray<Tree>, symbols: ReadonlyArray<Tree>): void {
    const [whole, ...others] = json.list()
    json.expect(whole?.value === null, 'null first, the whole argument')
    for (const other of others) {
      const parent = other.next().among(this.all, 'an earlier scope')
      const hypothesis = other.next().among(formulas, 'a formula')
      const own = other
        .next()
        .list()
        .map((x) => x.among(symbols, 'a symbol'))
      other.end()
      const scope = { depth: parent.depth + 1, parent, hypothesis, symbols: own }
      other.expect(own.length === 0 || own.length === 2, 'two symbols, or none')
      for (const x of own) {
        other.expect(!this.#introduced.has(x), `symbols that are introduced here alone, not symbol ${x.number}`)
        this.#introduced.set(x, scope)
      }
      other.expect(this.isVisible(hypothesis, scope), 'a hypothesis of symbols that are visible')
      this.all.push(scope)
    }
  }

  /** Whether a scope is within another. */
  isWithin(scope: Scope, other: Scope): boolean {
    this.forest.spend(1 + Math.max(0, scope.depth - other.depth))
    let around: Scope | undefined = scope
    while (around !== undefined && around.depth > other.depth) around = around.parent
    return around === other
  }

  /** Whether all symbols of a tree are visible in a scope: then of any two, one is introduced within the scope of the other. */
  isVisible(tree: Tree, scope: Scope): boolean {
    for (const t of partsFirst(tree, this.#homes)) {
      const own = t.kind === 'symbol' ? this.#introduced.get(t) : this.whole
      this.#homes.set(
        t,
        t.parts.reduce((home, p) => this.#inner(home, this.#homes.get(p)), own)
      )
    }
    const home = this.#homes.get(tree)
    return home !== undefined && this.isWithin(scope, home)
  }

  /** The inner one of two scopes, if it is within the other. */
  #inner(one: Scope | undefined, other: Scope | undefined): Scope | undefined {
    if (one === undefined || other === undefined) return undefined
    const [inner, outer] = one.depth < other.depth ? [other, one] : [one, other]
    return this.isWithin(inner, outer) ? inner : undefined
  }
}
