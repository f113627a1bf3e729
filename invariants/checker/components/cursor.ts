/**
 * A cursor on the states of a system of components, in rows of numbers, and the loop over the steps of one.
 */
import { bitsOf } from '../data/bits.js'
import { firstOfEach } from '../data/firsts.js'
import { lengthened } from '../data/growing.js'
import type { VisitedSet } from '../data/visited.js'
import { Guard } from '../model/guard.js'
import type { Model } from '../model/model.js'
import { tallyFor } from '../model/result.js'
import type { Coverage, Tally } from '../model/result.js'
import { Tolerance } from '../model/tolerance.js'
import { NO_STEP } from '../model/walker.js'
import type { Expansion } from '../model/walker.js'
import { Judge } from './judge.js'
import type { ReadTable } from './readTable.js'
import { StepLists } from './stepLists.js'
import { calledAs, componentsOf } from './system.js'
import type { ComponentInvariant, ComponentProperty, ComponentRules, ComponentStep } from './system.js'
import { Values } from './values.js'
import { Watch } from './watch.js'

/** Of what a compact form is made. */
export interface ComponentParts<C>
  extends ComponentRules<C>,
    Required<Pick<Model<C, ComponentStep>, 'name' | 'kinds' | 'states' | 'steps'>> {
  readonly invariants: ReadonlyArray<ComponentInvariant<C>>
  readonly properties: ReadonlyArray<ComponentProperty<C>>
}

/** An action, as the loop over steps has it. */
interface Rule {
  /** Its list of steps, by what it reads. */
  readonly lists: ReadTable
  /** The index of its kind. */
  readonly kind: number
  /** The verdicts that its steps may change. */
  readonly judged: ReadonlyArray<ReadTable>
}

/** A cursor on the states of a system of components, and the loop over the steps of one. */
export class ComponentCursor<C extends object> {
  readonly values: Values<C>
  readonly lists: StepLists<C>
  readonly kinds: ReadonlyArray<string>
  readonly tolerance = new Tolerance()
  readonly width: number
  readonly stride: number
  /** The states that the last expansion found. */
  rows: Int32Array
  /** The current state: its numbers, then its fingerprint. */
  readonly row: Int32Array
  readonly #judge: Judge<C>
  readonly #rules: ReadonlyArray<Rule>
  readonly #starts: ReadonlyArray<ReadonlyArray<number>>
  /** The steps that were listed last: the rules that they belong to, and their numbers. */
  #listed: ReadonlyArray<readonly [rule: Rule, step: number]> = []
  /** How many steps of each kind have been counted. */
  readonly #taken: Float64Array
  #tally: Tally
  readonly #watch: Watch<C>
  /** The fingerprint that was found last. */
  #high = 0
  #low = 0

  constructor(private readonly parts: ComponentParts<C>) {
    const { initial, actions, invariants, kinds, properties } = parts
    // What they are given is frozen when it is numbered.
    const guard = new Guard(0)
    this.values = new Values(componentsOf(parts, invariants, properties))
    const { names } = this.values
    this.lists = new StepLists(this.values)
    this.kinds = kinds
    this.width = names.length + 2
    this.stride = this.width + 2
    this.row = new Int32Array(this.width)
    this.rows = new Int32Array(256 * this.stride)
    this.#judge = new Judge(this.values, invariants, guard)
    this.#rules = actions.map((action) => ({
      lists: this.lists.tableOf({ ...action, steps: guard.of(calledAs(action), action.steps) }),
      kind: kinds.indexOf(action.name),
      judged: this.#judge.concerning(action.writes)
    }))
    this.#starts = initial.map((s) => names.map((name, i) => this.values.numberOf(i, s[name])))
    this.#taken = new Float64Array(kinds.length)
    this.#tally = tallyFor(parts)
    this.#watch = new Watch(this.values, properties, guard)
    this.begin(0)
  }

  /** The indices of the initial states, of equal ones that of the first. */
  starts(): ReadonlyArray<number> {
    return firstOfEach(this.#starts.map((numbers) => numbers.join()))
  }

  begin(start: number): void {
    const numbers = this.#starts[start]
    if (numbers === undefined) throw new RangeError(`${this.parts.name} has no initial state ${String(start)}`)
    this.row.set(numbers)
    this.fingerprint()
    this.#listed = []
  }

  /** Computes the fingerprint of the current state from its numbers. */
  fingerprint(): void {
    const { row, width } = this
    const { prints } = this.values
    let [high, low] = [0, 0]
    for (let i = 0; i < width - 2; i++) {
      high += prints.high(row[i] ?? 0)
      low += prints.low(row[i] ?? 0)
    }
    row[width - 2] = high
    row[width - 1] = low
  }

  enumerate(): number {
    const { firstStep } = this.lists
    const listed: Array<readonly [Rule, number]> = []
    for (const rule of this.#rules) {
      const list = rule.lists.get(this.row, 0)
      const end = firstStep.data[list + 1] ?? 0
      for (let step = firstStep.data[list] ?? 0; step < end; step++) listed.push([rule, step])
    }
    this.#listed = listed
    return listed.length
  }

  listedAt(place: number): readonly [rule: Rule, step: number] {
    const listed = this.#listed[place]
    if (listed === undefined) throw new RangeError(`no step is at place ${String(place)} of the step list`)
    return listed
  }

  apply(place: number): void {
    const [, step] = this.listedAt(place)
    this.#findPrint(step)
    this.#write(step, this.row, 0)
  }

  /** Finds the fingerprint of the state to which a step leads. */
  #findPrint(step: number): void {
    const { row, width } = this
    const { firstWritten, written } = this.lists
    const { of, prints } = this.values
    let high = row[width - 2] ?? 0
    let low = row[width - 1] ?? 0
    const end = firstWritten.data[step + 1] ?? 0
    for (let i = firstWritten.data[step] ?? 0; i < end; i++) {
      const number = written.data[i] ?? 0
      const before = row[of.data[number] ?? 0] ?? 0
      high += prints.high(number) - prints.high(before)
      low += prints.low(number) - prints.low(before)
    }
    this.#high = high | 0
    this.#low = low | 0
  }

  /** Writes the state to which a step leads, of which the fingerprint has been found. */
  #write(step: number, to: Int32Array, at: number): void {
    const { row, width } = this
    const { firstWritten, written } = this.lists
    const { of } = this.values
    if (to !== row) for (let i = 0; i < width - 2; i++) to[at + i] = row[i] ?? 0
    const end = firstWritten.data[step + 1] ?? 0
    for (let i = firstWritten.data[step] ?? 0; i < end; i++) {
      const number = written.data[i] ?? 0
      to[at + (of.data[number] ?? 0)] = number
    }
    to[at + width - 2] = this.#high
    to[at + width - 1] = this.#low
  }

  violated(): boolean {
    return this.tolerance.stops(this.#judge.violated(this.row, 0))
  }

  /** The step at a place breaks a step invariant. */
  breaks(place: number): boolean {
    const [, step] = this.listedAt(place)
    return this.#watch.looksAtSteps && !this.tolerance.isTolerant && this.#breaks(step)
  }

  #breaks(step: number): boolean {
    const after = this.row.slice()
    this.#write(step, after, 0)
    return this.#watch.breaks(this.row, this.lists.stepAt(step), after)
  }

  /** The current state, which has no step, is not one in which executions may end. */
  isStuck(): boolean {
    return !this.tolerance.isTolerant && this.#watch.isStuck(this.row)
  }

  /** Writes the numbers that properties give the current state. */
  label(to: Int32Array, at: number): void {
    this.#watch.label(this.row, to, at)
  }

  countStep(place: number): void {
    const [{ kind }, step] = this.listedAt(place)
    this.#countStep(kind, step)
  }

  #countStep(kind: number, step: number): void {
    this.#taken[kind] = (this.#taken[kind] ?? 0) + 1
    const { steps } = this.parts
    if (steps.length === 0) return
    const after = this.row.slice()
    this.#write(step, after, 0)
    const [s, t] = [this.values.stateAt(this.row, 0), this.values.stateAt(after, 0)]
    this.#tally.step(bitsOf(steps.map(({ of }) => of(s, t))))
  }

  countState(row = this.row, at = 0): void {
    const { states } = this.parts
    this.#watch.look(row, at)
    if (states.length === 0) return
    const s = this.values.stateAt(row, at)
    this.#tally.state(bitsOf(states.map(({ of }) => of(s))))
  }

  coverage(): Coverage {
    const counted = this.#tally.coverage()
    const kinds = Object.fromEntries(this.kinds.map((kind, i) => [kind, this.#taken[i] ?? 0]))
    return { ...counted, kinds, goals: this.#watch.reached() }
  }

  resetCounts(): void {
    this.#taken.fill(0)
    this.#tally = tallyFor(this.parts)
    this.#watch.reset()
  }

  /** Takes every step of the current state, as `CompactSystem` says. */
  expand(visited: VisitedSet, room: number, first: number, tag: number): Expansion {
    const { row, width, stride } = this
    const { firstStep } = this.lists
    const looksAtSteps = this.#watch.looksAtSteps && !this.tolerance.isTolerant
    const expansion = { steps: 0, found: 0, violated: false, broken: NO_STEP, stuck: false, cut: false }
    for (const rule of this.#rules) {
      const list = rule.lists.get(row, 0)
      const end = firstStep.data[list + 1] ?? 0
      for (let step = firstStep.data[list] ?? 0; step < end; step++) {
        const place = expansion.steps++
        this.#countStep(rule.kind, step)
        if (looksAtSteps && this.#breaks(step)) {
          expansion.broken = place
          return expansion
        }
        if (expansion.found >= room) {
          expansion.cut = true
          continue
        }
        const out = (first + expansion.found) * stride
        if (!this.#leadsTo(step, visited, out, tag)) continue
        const { rows } = this
        rows[out + width] = place
        rows[out + width + 1] = tag
        expansion.found++
        this.countState(rows, out)
        const tables = this.tolerance.isTolerant ? undefined : rule.judged
        if (!this.tolerance.stops(this.#judge.violated(rows, out, tables))) continue
        expansion.violated = true
        return expansion
      }
    }
    expansion.stuck = expansion.steps === 0 && this.isStuck()
    return expansion
  }

  /** A step leads to a state that is to be looked at, which is then in this row. */
  #leadsTo(step: number, visited: VisitedSet, out: number, tag: number): boolean {
    // Most steps lead to what is known: of those, no more is made than the fingerprint.
    this.#findPrint(step)
    if (visited._tag === 'Fingerprints' && !visited.add(this.#high, this.#low, tag)) return false
    if (out + this.stride > this.rows.length) this.rows = lengthened(this.rows, out + this.stride)
    this.#write(step, this.rows, out)
    return visited._tag === 'Fingerprints' || visited.addState(this.rows, out)
  }
}
