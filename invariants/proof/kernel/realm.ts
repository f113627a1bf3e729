/**
 * What the kernel trusts of the JavaScript that it runs in: the syntax, that an own property of an object that nobody else
 * has is what was put there, and the few functions here, as they are when this file is loaded. Whatever is replaced later
 * (`Array.prototype.map`, `WeakMap.prototype.get`, an iterator) is not used, nor is `instanceof`, nor a method or a getter
 * of an object of somebody else.
 */

/** A function of a prototype, with `this` as its first argument. */
const uncurry = (of: object, name: string): ((...args: any[]) => any) =>
  Function.prototype.call.bind(Reflect.get(of, name) as (...args: unknown[]) => unknown)

const weakGet = uncurry(WeakMap.prototype, 'get')
const weakSet = uncurry(WeakMap.prototype, 'set')
const mapGet = uncurry(Map.prototype, 'get')
const mapSet = uncurry(Map.prototype, 'set')
const mapForEach = uncurry(Map.prototype, 'forEach')
const setForEach = uncurry(Set.prototype, 'forEach')
const setAdd = uncurry(Set.prototype, 'add')
const startsWith = uncurry(String.prototype, 'startsWith')
const { apply, defineProperty } = Reflect
const Weak = WeakMap
const Strong = Map
const Distinct = Set

export const { freeze, assign } = Object
export const { isArray } = Array
export const { isNaN } = Number
export const { ownKeys: keysOf, getPrototypeOf } = Reflect
/** Of these are objects that hold nothing but their own properties. */
export const PLAIN: ReadonlyArray<unknown> = [Object.prototype, Array.prototype]

/** What is known of objects, and of nothing that looks like one of them. */
export interface Register<K extends object, V> {
  readonly get: (key: unknown) => V | undefined
  readonly set: (key: K, value: V) => void
}

/** A register that holds on to no object. */
export const register = <K extends object, V>(): Register<K, V> => {
  const known = new Weak<K, V>()
  return { get: (key) => weakGet(known, key), set: (key, value) => weakSet(known, key, value) }
}

/** A register of any keys. */
export interface Table<K, V> {
  readonly get: (key: K) => V | undefined
  readonly set: (key: K, value: V) => void
}

export const table = <K, V>(): Table<K, V> => {
  const known = new Strong<K, V>()
  return freeze({ get: (key: K) => mapGet(known, key), set: (key: K, value: V) => mapSet(known, key, value) })
}

/** A set of the elements of a list. */
export const setOf = <A>(list: ReadonlyArray<A>): ReadonlySet<A> => {
  const made = new Distinct<A>()
  each(list, (a) => setAdd(made, a))
  return made
}

/** The elements of a set. */
export const elementsOf = <A>(set: ReadonlySet<A>): ReadonlyArray<A> => {
  const found: A[] = []
  setForEach(set, (a: A) => append(found, a))
  return freeze(found)
}

/** What a map or a set holds: nothing, if a value is neither. */
export const heldBy = (x: object): ReadonlyArray<unknown> => {
  const found: unknown[] = []
  const add = (value: unknown, key: unknown): void => {
    append(found, key)
    append(found, value)
  }
  each([mapForEach, setForEach], (forEach) => {
    try {
      forEach(x, add)
    } catch {
      // It is not one of these.
    }
  })
  return found
}

/** Calls a function with a list of arguments. */
export const call = (f: (...args: any[]) => unknown, args: ReadonlyArray<unknown>, of?: unknown): unknown =>
  apply(f, of, args)

/** Whether a text starts with another. */
export const isStart = (text: string, start: string): boolean => startsWith(text, start)

/** What `append` defines: one object for all, since nobody else can see it, and a new one for each costs most of the time. */
const element = { __proto__: null, value: undefined as unknown, writable: true, enumerable: true, configurable: true }

/** Adds to the end of a list. */
export const append = <A>(list: A[], a: A): void => {
  // An own property is defined, since an assignment would ask the prototype.
  element.value = a
  defineProperty(list, list.length, element)
  element.value = undefined
}

/** A list, frozen, of what a function gives for each element and its place. */
export const each = <A, B>(list: ReadonlyArray<A>, f: (a: A, i: number) => B): ReadonlyArray<B> => {
  // Most lists are short, and a literal has own properties at once.
  switch (list.length) {
    case 0:
      return freeze([])
    case 1:
      return freeze([f(list[0] as A, 0)])
    case 2:
      return freeze([f(list[0] as A, 0), f(list[1] as A, 1)])
    case 3:
      return freeze([f(list[0] as A, 0), f(list[1] as A, 1), f(list[2] as A, 2)])
    default: {
      const made: B[] = []
      for (let i = 0; i < list.length; i++) append(made, f(list[i] as A, i))
      return freeze(made)
    }
  }
}

/** One list after another. */
export const joined = <A>(list: ReadonlyArray<A>, other: ReadonlyArray<A>): ReadonlyArray<A> => {
  const made: A[] = []
  each(list, (a) => append(made, a))
  each(other, (a) => append(made, a))
  return freeze(made)
}

/** Whether something holds of all elements. */
export const all = <A>(list: ReadonlyArray<A>, p: (a: A, i: number) => boolean): boolean => {
  for (let i = 0; i < list.length; i++) if (!p(list[i] as A, i)) return false
  return true
}

/** Whether something holds of some element. */
export const some = <A>(list: ReadonlyArray<A>, p: (a: A) => boolean): boolean => !all(list, (a) => !p(a))

/** Whether an element, itself, is in a list. */
export const has = <A>(list: ReadonlyArray<A>, a: A): boolean => some(list, (b) => b === a)
