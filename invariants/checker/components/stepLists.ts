/**
 * The steps of actions, computed once for each combination of what an action reads, and then looked up.
 */
import { IntColumn } from '../data/growing.js'
import type { ReadTable } from './readTable.js'
import { calledAs, stepCalled } from './system.js'
import type { ComponentAction, ComponentStep } from './system.js'
import type { Values } from './values.js'

/** The steps of all actions, numbered as they are met; a list of them is that of an action for what it reads. */
export class StepLists<C extends object> {
  /** For each list its first step, and one after the last list. */
  readonly firstStep = new IntColumn()
  /** For each step where its numbers begin in `written`, and one after the last step. */
  readonly firstWritten = new IntColumn()
  /** The numbers that steps write. */
  readonly written = new IntColumn()
  readonly #steps: ComponentStep[] = []

  constructor(private readonly values: Values<C>) {
    this.firstStep.push(0)
    this.firstWritten.push(0)
  }

  /** The list of an action, by what it reads. */
  tableOf(action: ComponentAction<C>): ReadTable {
    return this.values.tableOf(calledAs(action), action.reads, (seen) => this.#list(action, seen))
  }

  /** How many steps there are. */
  get size(): number {
    return this.#steps.length
  }

  /** What a step is called. */
  stepAt(step: number): ComponentStep {
    const found = this.#steps[step]
    if (found === undefined) throw new RangeError(`no step has the number ${String(step)}`)
    return found
  }

  /** Lists the steps of an action in a state; the number of the list. */
  #list(action: ComponentAction<C>, seen: C): number {
    // All is numbered before anything is kept: what is no plain data is refused, and leaves no half of a list.
    const steps = action.steps(seen).map((effect) => ({
      step: stepCalled(action, effect),
      written: this.values.names.flatMap((name, i) =>
        Object.hasOwn(effect.then, name) ? [this.values.numberOf(i, effect.then[name])] : []
      )
    }))
    for (const { step, written } of steps) {
      for (const number of written) this.written.push(number)
      this.firstWritten.push(this.written.length)
      this.#steps.push(step)
    }
    return this.firstStep.push(this.#steps.length) - 1
  }
}
