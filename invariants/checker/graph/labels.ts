/**
 * What is known of the states and steps of a graph: for each state the numbers that properties give it, for each step the
 * classes that its action is in.
 */
import { classesOf, labelsOf } from '../../property/property.js'
import type { ActionClass, Fairness, Property } from '../../property/property.js'
import { bitsOf } from '../data/bits.js'
import { Guard } from '../model/guard.js'
import { breathe } from '../model/result.js'
import type { Interruption } from '../model/result.js'
import { NO_NUMBER } from '../model/walker.js'
import type { CompactSystem } from '../model/walker.js'
import type { Obligation } from './fairness.js'
import type { Reachability } from './reachability.js'

/** So many classes have a bit each in a number. */
const BITS = 30
/** How many states are looked at between two pauses. */
const PAUSE = 1 << 13

/** What properties say of the states of a graph, and of the actions of its steps. */
export class Labels<A> {
  /** For each property, where its numbers are in `#numbers`. */
  readonly #places = new Map<unknown, number>()
  readonly #numbers: ReadonlyArray<Int32Array>
  readonly #classes: ReadonlyArray<(a: A) => boolean>
  readonly #watched: ReadonlyArray<(a: A) => boolean>
  /** The classes that each step is in, and that some step of a state is in that changes it: so many as bits. */
  readonly #bits: ReadonlyArray<Int32Array>
  readonly #enabled: ReadonlyArray<Int32Array>
  /** The classes that steps are in, by their numbers. */
  readonly #masks: Array<ReadonlyArray<number>> = []

  constructor(
    private readonly graph: Reachability<A>,
    properties: ReadonlyArray<Property<never, A>>
  ) {
    let length = 0
    for (const property of properties) {
      this.#places.set(property, length)
      length += labelsOf(property).length
    }
    const classes = new Map(properties.flatMap(classesOf).map(({ name, of }) => [of, name]))
    this.#classes = [...classes.keys()]
    const guard = new Guard()
    this.#watched = [...classes].map(([of, name]) => guard.of(`the class «${name}»`, of))
    const words = Math.ceil(this.#classes.length / BITS)
    this.#numbers = Array.from({ length }, () => new Int32Array(graph.expanded))
    this.#bits = Array.from({ length: words }, () => new Int32Array(graph.to.length))
    this.#enabled = Array.from({ length: words }, () => new Int32Array(graph.expanded))
  }

  /** Looks at all states of the graph, which are those of a compact system; where it was interrupted, if it was. */
  async read(compact: CompactSystem<A>): Promise<Interruption<A> | undefined> {
    const { graph } = this
    const numbers = new Int32Array(this.#numbers.length)
    for (let state = 0; state < graph.expanded; state++) {
      if (state % PAUSE === 0) await breathe()
      try {
        graph.goTo(state)
        compact.labels(numbers, 0)
        for (const [i, of] of this.#numbers.entries()) of[state] = numbers[i] ?? 0
        if (this.#classes.length > 0) this.#readSteps(compact, state)
      } catch (thrown) {
        return { at: graph.executionOf(graph.wayTo(state)), thrown }
      }
    }
    return undefined
  }

  /** The number that a property gives each state: the first one, or another. */
  of(property: Property<never, A>, i = 0): (state: number) => number {
    const numbers = this.#numbers[(this.#places.get(property) ?? NaN) + i]
    if (numbers === undefined) throw new RangeError(`${property.name} has no label ${String(i)}`)
    return (state) => numbers[state] ?? 0
  }

  /** A step is of a class. */
  isBy({ name, of }: ActionClass<A>): (step: number) => boolean {
    const [bits, bit] = this.#placeOf(name, of, this.#bits)
    return (step) => ((bits[step] ?? 0) & bit) !== 0
  }

  /** What fairness asks. */
  obligations(fairness: ReadonlyArray<Fairness<A>>): ReadonlyArray<Obligation> {
    return fairness.map((one) => {
      const [enabled, bit] = this.#placeOf(one.name, one.of, this.#enabled)
      const { name, strength } = one
      return { name, strength, isTaken: this.isBy(one), isEnabled: (state) => ((enabled[state] ?? 0) & bit) !== 0 }
    })
  }

  #placeOf(name: string, of: (a: A) => boolean, words: ReadonlyArray<Int32Array>): readonly [Int32Array, number] {
    const index = this.#classes.indexOf(of)
    const word = words[Math.floor(index / BITS)]
    if (word === undefined) throw new RangeError(`no property speaks of the class ${name}`)
    return [word, 1 << (index % BITS)]
  }

  #readSteps(compact: CompactSystem<A>, state: number): void {
    const { first, to } = this.graph
    const begin = first[state] ?? 0
    const count = compact.enumerate()
    for (let place = 0; place < count; place++) {
      const masks = this.#masksAt(compact, place)
      const changes = to[begin + place] !== state
      for (let word = 0; word < masks.length; word++) {
        const [bits, enabled, mask] = [this.#bits[word], this.#enabled[word], masks[word] ?? 0]
        if (bits !== undefined) bits[begin + place] = mask
        if (changes && enabled !== undefined) enabled[state] = (enabled[state] ?? 0) | mask
      }
    }
  }

  /** The classes that the step at a place is in, as bits: for steps that have numbers they are found out once. */
  #masksAt(compact: CompactSystem<A>, place: number): ReadonlyArray<number> {
    const number = compact.numberAt(place)
    const known = this.#masks[number]
    if (known !== undefined) return known
    const action = compact.actionAt(place)
    const masks = this.#bits.map((_, word) =>
      bitsOf(this.#watched.slice(word * BITS, (word + 1) * BITS).map((of) => of(action)))
    )
    if (number !== NO_NUMBER) this.#masks[number] = masks
    return masks
  }
}
