/**
 * How states were found: enough to go the way to any of them again.
 */
import { NumberList } from '../data/growing.js'
import type { Execution } from '../model/result.js'
import { NO_STEP } from '../model/walker.js'
import type { CompactSystem, Expansion } from '../model/walker.js'
import type { Found } from './bounds.js'

/** Places from this one on are kept elsewhere: hardly a state has so many steps, and every state has a place. */
const FAR = 2 ** 16 - 1

/** Where initial states come from. */
export const NOWHERE = -1

/** How each state was first found, by its number: from which state, and by the step at which place. */
export class Origins {
  readonly #parent = new NumberList(Int32Array)
  readonly #place = new NumberList(Uint16Array)
  /** The places from `FAR` on, by the numbers of the states. */
  readonly #far = new Map<number, number>()

  /** How many states have been found. */
  get length(): number {
    return this.#parent.length
  }

  /** Adds the state with the next number; an initial one comes from `NOWHERE`, and its place is its index. */
  push(parent: number, place: number): void {
    this.#parent.push(parent)
    if (place >= FAR) this.#far.set(this.#place.length, place)
    this.#place.push(place < FAR ? place : FAR)
  }

  /** Goes the way from an initial state to one again, and one step farther if one is given. */
  executionTo<A>(compact: CompactSystem<A>, index: number, last: number = NO_STEP): Execution<A> {
    const places: number[] = last === NO_STEP ? [] : [last]
    for (let i = index; i !== NOWHERE; i = this.#parent.at(i)) places.push(this.#placeAt(i))
    const [start = 0, ...way] = places.reverse()
    return executionAlong(compact, start, way)
  }

  /** The violation that an expansion of a state has found, if it has: the last state, a step, or that there is none. */
  violationOf<A>(
    compact: CompactSystem<A>,
    index: number,
    { violated, broken, stuck }: Pick<Expansion, 'violated' | 'broken' | 'stuck'>
  ): Pick<Found<A>, 'violation' | 'interruption'> | undefined {
    if (!violated && !stuck && broken === NO_STEP) return undefined
    return violationBy(
      () => (violated ? this.executionTo(compact, this.length - 1) : this.executionTo(compact, index, broken)),
      () => this.executionTo(compact, index)
    )
  }

  /** All of them, as arrays. */
  toArrays(): { readonly parent: Int32Array<ArrayBuffer>; readonly place: Int32Array<ArrayBuffer> } {
    const place = this.#place.toArray()
    for (const [state, far] of this.#far) place[state] = far
    return { parent: this.#parent.toArray(), place }
  }

  #placeAt(state: number): number {
    const place = this.#place.at(state)
    return place < FAR ? place : (this.#far.get(state) ?? place)
  }
}

/** Goes to an initial state, and takes the steps at these places, one after another. */
export const executionAlong = <A>(compact: CompactSystem<A>, start: number, places: Iterable<number>): Execution<A> => {
  compact.begin(start)
  return { start, actions: actionsAlong(compact, places) }
}

/**
 * A violation that was found by a step, by the execution that ends in it. To go that way, all steps of the state before are
 * listed, of which the search may have listed some only: where that throws, the search is interrupted there.
 */
export const violationBy = <A>(
  execution: () => Execution<A>,
  before: () => Execution<A>
): Pick<Found<A>, 'violation' | 'interruption'> => {
  try {
    return { violation: execution() }
  } catch (thrown) {
    return { violation: undefined, interruption: { at: before(), thrown } }
  }
}

/** Takes the steps at these places, one after another, from the current state on; their actions. */
const actionsAlong = <A>(compact: CompactSystem<A>, places: Iterable<number>): ReadonlyArray<A> =>
  [...places].flatMap((at) => {
    compact.enumerate()
    return compact.take(at)
  })
