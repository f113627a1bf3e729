/**
 * Functions of a model, watched: whose fault it is when something goes wrong.
 *
 * A model is made of a user's functions, which must neither throw nor change what they are given: a state that changes
 * after it was stored is another one from then on, and whatever was found since is void. So what they are given is frozen
 * first, and what they throw is thrown on as a fault of the model, which names the function.
 */
import { canonical, isMap, isRecord, isSet, NotPlainData } from '../data/canonical.js'
import { RefusedSearch } from './refusal.js'

/** A function of a model threw, or changed what it was given: the fault of whoever has written it. */
export class ModelFault extends Error {
  override readonly name = 'ModelFault'

  /**
   * @param where what it was: `the invariant «agreement»`.
   * @param what what it did, in a clause.
   * @param thrown what it threw, where it did.
   */
  constructor(
    readonly where: string,
    readonly what: string,
    readonly thrown?: unknown
  ) {
    super(`${where} ${what}`)
  }
}

/** A function has changed what it was given: that has happened, whatever becomes of it. */
export const isChange = (thrown: unknown): boolean => thrown instanceof ModelFault && thrown.thrown === undefined

/** Freezes plain data, once. */
export class Freezer {
  /** What is frozen, with all that is in it. */
  readonly #frozen = new WeakSet()
  /** What of that has Maps or Sets in it, which cannot be frozen. */
  readonly #open = new WeakSet()

  /** Freezes a value with all that is in it; true if it has a Map or a Set in it, which stay as they are. */
  freeze(value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return false
    if (this.#frozen.has(value)) return this.#open.has(value)
    this.#frozen.add(value)
    let isOpen = false
    if (isMap(value) || isSet(value)) {
      isOpen = true
      for (const [key, part] of value.entries()) {
        this.freeze(key)
        this.freeze(part)
      }
    } else if (Array.isArray(value)) {
      for (const part of value) if (this.freeze(part)) isOpen = true
      Object.freeze(value)
    } else if (isRecord(value)) {
      for (const field in value) if (this.freeze(value[field])) isOpen = true
      Object.freeze(value)
    }
    if (isOpen) this.#open.add(value)
    return isOpen
  }
}

/** What V8 says when what is frozen is to be changed. */
const CHANGES = /read only|not extensible|Cannot (?:assign|delete|add|redefine)/

/** What is said of a function that changes what it is given. */
export const CHANGED = 'changed what it was given'
const INSTEAD = 'a function of a model makes a new value instead, as { ...state, n: state.n + 1 } does'

/** What was thrown, as a clause. */
const threw = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return `threw ${String(thrown)}`
  if (thrown instanceof TypeError && CHANGES.test(thrown.message)) return `${CHANGED} (${thrown.message}): ${INSTEAD}`
  return `threw ${thrown.name}${thrown.message === '' ? '' : `: ${thrown.message}`}`
}

/** Watches functions. */
export class Guard {
  readonly #freezer = new Freezer()

  /** @param left how many calls are looked at closely: what is given is frozen, and must be the same afterwards. */
  constructor(private left = Infinity) {}

  /** The same function; what it throws is a fault of the model. */
  of<Args extends ReadonlyArray<unknown>, R>(where: string, f: (...args: Args) => R): (...args: Args) => R {
    return (...args) => {
      const text = this.left > 0 ? this.#textBefore(args) : undefined
      try {
        const result = f(...args)
        if (text !== undefined && text !== canonical(args)) throw new ModelFault(where, `${CHANGED}: ${INSTEAD}`)
        return result
      } catch (thrown) {
        throw isNamed(thrown) ? thrown : new ModelFault(where, threw(thrown), thrown)
      }
    }
  }

  /** Freezes what a function is given; the text of that, where some of it cannot be frozen. */
  #textBefore(args: ReadonlyArray<unknown>): string | undefined {
    this.left--
    let isOpen = false
    for (const value of args) if (this.#freezer.freeze(value)) isOpen = true
    return isOpen ? canonical(args) : undefined
  }
}

/** What says itself whose fault it is. */
const isNamed = (thrown: unknown): boolean =>
  [ModelFault, NotPlainData, RefusedSearch].some((kind) => thrown instanceof kind)
