/**
 * How states were found: enough to go the way to any of them again.
 */
import { NumberList } from '../data/growing.js'
import type { CompactSystem } from '../model/walker.js'

/** How each state was first found, by its number: from which state, and by the step at which place. */
export class Origins {
  readonly #parent = new NumberList(Int32Array)
  readonly #place = new NumberList(Uint16Array)

  /** How many states have been found. */
  get length(): number {
    return this.#parent.length
  }

  /** Adds the state with the next number; the first one comes from -1. */
  push(parent: number, place: number): void {
    this.#parent.push(parent)
    this.#place.push(place)
  }

  /** Goes the way from the initial state to one again, and collects the actions. */
  actionsTo<A>(compact: CompactSystem<A>, index: number): ReadonlyArray<A> {
    const places: number[] = []
    for (let i = index; i > 0; i = this.#parent.at(i)) places.push(this.#place.at(i))
    compact.begin()
    return actionsAlong(compact, places.reverse())
  }

  /** All of them, as arrays. */
  toArrays(): { readonly parent: Int32Array<ArrayBuffer>; readonly place: Int32Array<ArrayBuffer> } {
    return { parent: this.#parent.toArray(), place: this.#place.toArray() }
  }
}

/** Takes the steps at these places, one after another, from the current state on; their actions. */
export const actionsAlong = <A>(compact: CompactSystem<A>, places: Iterable<number>): ReadonlyArray<A> =>
  [...places].flatMap((at) => {
    compact.enumerate()
    return compact.take(at)
  })
