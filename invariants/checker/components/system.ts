/**
 * Systems of named components. A state is a record of components, each of them plain data. An action says which of them
 * it reads and which it writes, an invariant which it reads; each is given those and nothing else, so that what it answers
 * in one state is what it answers wherever they are the same.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Step, TransitionSystem } from '../../../spec/system/transitionSystem.js'
import { leaves } from '../../property/invariant.js'
import type { Invariant, Objections } from '../../property/invariant.js'
import { predicatesOf } from '../../property/property.js'
import type { Property } from '../../property/property.js'
import { called, canonical } from '../data/canonical.js'
import { RefusedSearch } from '../model/refusal.js'

/** The names of the components of a state. */
export type Component<C> = keyof C & string

/** What a step is called: its action, which of the actions with that name, and what was chosen in it. Plain data. */
export interface ComponentStep {
  readonly _tag: string
  readonly at?: unknown
  readonly choice?: unknown
}

/** A step of an action: what was chosen, where there is a choice, and the components that change. */
export interface Effect<Written> {
  readonly choice?: unknown
  readonly then: Partial<Written>
}

/** An action, of which it is known what it reads and writes. */
export interface ComponentAction<C> {
  readonly name: string
  /** Which of the actions with this name it is, where there are several: plain data. */
  readonly at?: unknown
  readonly reads: ReadonlyArray<Component<C>>
  readonly writes: ReadonlyArray<Component<C>>
  /**
   * Its steps, given what it reads of a state, in a fixed order; none where it is not enabled.
   * @throws RefusedSearch where two choices are equal, or another component is written than it says.
   */
  readonly steps: (seen: C) => ReadonlyArray<Effect<C>>
}

/** What a conjunct reads, and how it is decided from that. */
export interface ComponentPart<C> {
  readonly reads: ReadonlyArray<Component<C>>
  readonly decide: (seen: C) => Objections
}

/** An invariant of a system of components. */
export type ComponentInvariant<C> = Invariant<C, ComponentPart<C>>

/** A property of a system of components. */
export type ComponentProperty<C> = Property<C, ComponentStep, unknown, ComponentPart<C>>

/** The words in which to define a system whose states are records `C`. */
export interface Components<C> {
  /**
   * An action.
   * @param steps its steps, given what it reads; none where it is not enabled. They differ in what is chosen.
   */
  readonly action: <R extends Component<C>, W extends Component<C>>(action: {
    readonly name: string
    readonly at?: unknown
    readonly reads: ReadonlyArray<R>
    readonly writes: ReadonlyArray<W>
    readonly steps: (seen: Pick<C, R>) => Iterable<Effect<Pick<C, W>>>
  }) => ComponentAction<C>
  /** A conjunct that looks at some components. */
  readonly invariant: <R extends Component<C>>(
    name: string,
    says: string,
    reads: ReadonlyArray<R>,
    decide: (seen: Pick<C, R>) => Objections
  ) => ComponentInvariant<C>
}

/** The words in which to define a system whose states are records `C`. */
export const components = <C extends object>(): Components<C> => ({
  action: ({ steps, ...action }) => ({
    ...action,
    steps: (seen) => {
      const found = Array.from(steps(seen))
      return isOfState<C>(found) ? found : []
    }
  }),
  invariant: (name, says, reads, decide) => {
    const part: ComponentPart<C> = { reads, decide }
    return { _tag: 'Leaf', name, says, decide: (s) => decide(seenOf(s, reads)), part: O.some(part) }
  }
})

/** What is seen of a state: some components, and nothing else. */
const seenOf = <C>(s: C, reads: ReadonlyArray<keyof C>): C => {
  const seen: Partial<C> = {}
  for (const name of reads) seen[name] = s[name]
  return isWhole(seen) ? seen : s
}

/** Every component is there that anybody may ask for. */
export const isWhole = <C>(_seen: Partial<C>): _seen is C => true

/** An action whose steps are looked at: they write what it declares, and differ in what is chosen. */
export const held = <C>(action: ComponentAction<C>): ComponentAction<C> => ({
  ...action,
  steps: (seen) => {
    const found = action.steps(seen)
    refuseUndeclared(action, found)
    return found
  }
})

/** What is written of some components is written of a state. */
const isOfState = <C>(_steps: ReadonlyArray<Effect<object>>): _steps is ReadonlyArray<Effect<C>> => true

/** @throws RefusedSearch where steps of an action write what it does not declare, or are called the same. */
const refuseUndeclared = <C>({ name, at, writes }: ComponentAction<C>, steps: ReadonlyArray<Effect<C>>): void => {
  const declared: ReadonlyArray<string> = writes
  for (const { then } of steps)
    for (const written of Object.keys(then))
      if (!declared.includes(written))
        throw new RefusedSearch(
          `${calledAs({ name, at })} writes ${written}, which is not among its writes: declare it`
        )
  if (steps.length > 1 && new Set(steps.map(({ choice }) => choiceText(choice))).size < steps.length)
    throw new RefusedSearch(`${calledAs({ name, at })} has two steps with one choice: let their choices differ`)
}

const choiceText = (choice: unknown): string => called('choice', () => canonical(choice))

/** What tells actions apart. */
type Named = Pick<ComponentAction<never>, 'name' | 'at'>

/** An action in words. */
export const calledAs = ({ name, at }: Named): string =>
  `the action ${name}${at === undefined ? '' : ` at ${canonical(at)}`}`

/** Of what a system of components is made. */
export interface ComponentRules<C> {
  /** Where executions begin: states with the same components. */
  readonly initial: ReadonlyArray<C>
  readonly actions: ReadonlyArray<ComponentAction<C>>
}

/**
 * The components of a system: those of its initial states.
 * @throws RefusedSearch where an initial state lacks one, or where one is read or written that none has.
 */
export const componentsOf = <C extends object>(
  { initial, actions }: ComponentRules<C>,
  invariants: ReadonlyArray<ComponentInvariant<C>>,
  properties: ReadonlyArray<ComponentProperty<C>>
): ReadonlyArray<Component<C>> => {
  const names = [...new Set(initial.flatMap((s) => Object.keys(s).filter((name) => isComponent(s, name))))]
  const there: ReadonlyArray<string> = names
  const refuseOthers = (what: string, used: ReadonlyArray<string>): void => {
    const other = used.find((name) => !there.includes(name))
    if (other !== undefined) throw new RefusedSearch(`${what} ${other}, which is a component of no initial state`)
  }
  for (const [i, s] of initial.entries()) {
    const lacked = names.find((name) => !Object.hasOwn(s, name))
    if (lacked !== undefined)
      throw new RefusedSearch(`the initial state ${String(i)} has no component ${lacked}, which another one has`)
  }
  for (const { name, at, reads, writes } of actions) {
    refuseOthers(`${calledAs({ name, at })} reads`, reads)
    refuseOthers(`${calledAs({ name, at })} writes`, writes)
  }
  for (const [path, { part }] of invariants.flatMap((invariant) => leaves(invariant)))
    if (O.isSome(part)) refuseOthers(`the invariant «${path.join(' ▸ ')}» reads`, part.value.reads)
  for (const property of properties)
    for (const { invariant } of predicatesOf(property))
      for (const [, { part }] of O.isSome(invariant) ? leaves(invariant.value) : [])
        if (O.isSome(part)) refuseOthers(`the property «${property.name}» reads`, part.value.reads)
  return names
}

const isComponent = <C extends object>(s: C, name: string): name is Component<C> => name in s

/** What a step of an action is called. */
export const stepCalled = <C>({ name, at }: ComponentAction<C>, { choice }: Effect<C>): ComponentStep => ({
  _tag: name,
  ...(at !== undefined && { at }),
  ...(choice !== undefined && { choice })
})

/**
 * The transition system of some actions.
 * @throws RefusedSearch where two actions are called the same.
 */
export const ComponentSystem = <C extends object>({
  initial,
  actions
}: ComponentRules<C>): TransitionSystem<C, ComponentStep> => {
  const textOf = ({ name, at }: Named): string => canonical([name, at])
  const byText = new Map<string, ComponentAction<C>>()
  for (const action of actions) {
    if (byText.has(textOf(action)))
      throw new RefusedSearch(`${calledAs(action)} is there twice: give each another name, or at`)
    byText.set(textOf(action), action)
  }
  const stepsOf = (s: C, action: ComponentAction<C>): ReadonlyArray<Step<C, ComponentStep>> =>
    action.steps(seenOf(s, action.reads)).map((effect) => [stepCalled(action, effect), { ...s, ...effect.then }])
  const steps = (s: C): ReadonlyArray<Step<C, ComponentStep>> => actions.flatMap((action) => stepsOf(s, action))
  return {
    initial,
    actions: (s) => steps(s).map(([step]) => step),
    next: (s, { _tag, at, choice }) => {
      const action = byText.get(textOf({ name: _tag, at }))
      const wanted = choiceText(choice)
      const step = action && stepsOf(s, action).find(([taken]) => choiceText(taken.choice) === wanted)
      return step === undefined ? O.none : O.some(step[1])
    },
    steps
  }
}
