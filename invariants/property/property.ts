/**
 * Properties: what can be asked of executions besides whether an invariant holds of every state.
 *
 * An execution is an infinite sequence of states, in which each follows from the one before it by a step or is the same (a
 * *stutter*). Without fairness it may stop anywhere, as in TLA; a step that does not change the state is a stutter.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { entries } from '../../spec/prelude/unionMap.js'
import type { Address } from '../../spec/system/address.js'
import type { Action } from '../../spec/system/executions.js'
import type { Protocol, ToSend } from '../../spec/system/protocol.js'
import type { HasWorld, Invariant, Objections } from './invariant.js'
import { predicate } from './predicate.js'
import type { Predicate, States } from './predicate.js'

/** What a property is called, and what it asks, in a sentence. */
interface Named {
  readonly name: string
  readonly says: string
}

/** Actions that are spoken of together: `honest steps`, `deliveries to node 2`. */
export interface ActionClass<A> {
  readonly name: string
  readonly of: (a: A) => boolean
}

/**
 * What executions are assumed to do. `weak`: where actions of a class are enabled from some moment on for ever, one of
 * them is taken again and again. `strong`: that is so where they are enabled again and again. An action is enabled where
 * a step by it changes the state.
 */
export interface Fairness<A> extends ActionClass<A> {
  readonly strength: 'weak' | 'strong'
}

/** Weak fairness of a class of actions. */
export const weakly = <A>(name: string, of: (a: A) => boolean): Fairness<A> => ({ strength: 'weak', name, of })

/** Strong fairness of a class of actions. */
export const strongly = <A>(name: string, of: (a: A) => boolean): Fairness<A> => ({ strength: 'strong', name, of })

/** Something happens as long as something can: weak fairness of all actions together. */
export const progress: Fairness<unknown> = weakly('progress', () => true)

/** A predicate on steps: two states, and the action that leads from one to the other. */
export interface StepInvariant<S, A, Part = unknown> extends Named {
  readonly _tag: 'StepInvariant'
  readonly decide: (before: S, a: A, after: S) => Objections
  /** What it looks at: all of both states, what becomes of a node, or all that a node does in the step. */
  readonly looksAt: 'states' | 'node' | 'reaction'
  /** How it is decided of a node, where it looks at no more. */
  readonly part: Option<Part>
}

/** What a node reacts to: a message that arrives, or an internal transition of its own. */
export type Occasion<Message, Internal> =
  | { readonly _tag: 'Message'; readonly from: Address; readonly msg: Message }
  | { readonly _tag: 'Internal'; readonly transition: Internal }

/** What the node reacts to whose step an action is; undefined for a fault. */
export const occasionOf = <Message, Internal>(
  a: Action<Message, Internal, unknown>
): Occasion<Message, Internal> | undefined => {
  switch (a._tag) {
    case 'Deliver':
    case 'Forge':
      return { _tag: 'Message', from: a.packet.src, msg: a.packet.msg }
    case 'Intern':
      return { _tag: 'Internal', transition: a.transition }
    case 'Duplicate':
    case 'Lose':
    case 'Cut':
    case 'Heal':
    case 'Crash':
    case 'Restart':
      return undefined
  }
}

/** What a node does in a step: with a message, or by itself. */
export interface Reaction<State, Message, Internal> {
  readonly node: Address
  readonly before: State
  readonly after: State
  readonly to: Occasion<Message, Internal>
  /** The packets that it sends, in order. */
  readonly sent: ToSend<Message>
}

/** A predicate on what a node does in a step. */
export interface NodeStep<State, Message, Internal> {
  readonly decide: (reaction: Reaction<State, Message, Internal>) => Objections
}

/** A state from which every execution goes on, unless it is one of those in which it may end. */
export interface NoDeadlock<S> extends Named {
  readonly _tag: 'NoDeadlock'
  readonly mayEnd: (s: S) => boolean
}

/** A kind of state that must be reachable: else what holds says little. */
export interface Goal<S, Part = unknown> extends Named, Predicate<S, Part> {
  readonly _tag: 'Goal'
}

/** From every reachable state one of this kind can be reached (AG EF), by steps of the class alone where there is one. */
export interface AlwaysReachable<S, A, Part = unknown> extends Named, Predicate<S, Part> {
  readonly _tag: 'AlwaysReachable'
  readonly by: Option<ActionClass<A>>
}

/** How states of a kind occur in every fair execution: at last (◇), again and again (□◇), from some moment on for ever (◇□). */
export interface Recurrence<S, A, Part = unknown> extends Named, Predicate<S, Part> {
  readonly _tag: 'Eventually' | 'InfinitelyOften' | 'EventuallyAlways'
  readonly fairness: ReadonlyArray<Fairness<A>>
}

/** In every fair execution a state of the first kind is followed by one of the second, at once or later (⤳). */
export interface LeadsTo<S, A, Part = unknown> extends Named {
  readonly _tag: 'LeadsTo'
  readonly from: Predicate<S, Part>
  readonly to: Predicate<S, Part>
  readonly fairness: ReadonlyArray<Fairness<A>>
}

/** Seen through a map of states, every fair execution is one of an abstract system. */
export interface Refines<S, A> extends Named {
  readonly _tag: 'Refines'
  /** The number of the abstract state that a state stands for. */
  readonly abstract: (s: S) => number
  readonly system: Abstraction
  readonly fairness: ReadonlyArray<Fairness<A>>
}

/** The abstract system of a refinement, its states by number. (Their type is hidden.) */
export interface Abstraction {
  readonly name: string
  readonly isInitial: (state: number) => boolean
  /** There is a step from one state to the other. */
  readonly isStep: (from: number, to: number) => boolean
  /** What it assumes to be fair. */
  readonly fairness: ReadonlyArray<{
    readonly strength: 'weak' | 'strong'
    readonly name: string
    /** A step of the class changes the state. */
    readonly isEnabled: (state: number) => boolean
    /** A step of the class leads from one state to the other. */
    readonly isStep: (from: number, to: number) => boolean
  }>
  /** A state in words. */
  readonly textOf: (state: number) => string
}

/** A step between states that stand for these abstract ones is neither an abstract step nor a stutter. */
export const isStray = ({ system }: Pick<Refines<never, never>, 'system'>, from: number, to: number): boolean =>
  from !== to && !system.isStep(from, to)

/** What can be asked of executions; step invariants may declare a `Part`, invariants by which states are known a `Seen`. */
export type Property<S, A, Part = unknown, Seen = unknown> =
  | StepInvariant<S, A, Part>
  | NoDeadlock<S>
  | Goal<S, Seen>
  | AlwaysReachable<S, A, Seen>
  | Recurrence<S, A, Seen>
  | LeadsTo<S, A, Seen>
  | Refines<S, A>

/** Properties that are about whole executions: the graph of all states decides them. */
export type GraphProperty<S, A, Seen = unknown> =
  | AlwaysReachable<S, A, Seen>
  | Recurrence<S, A, Seen>
  | LeadsTo<S, A, Seen>
  | Refines<S, A>

/** A property is about whole executions. */
export const isOfGraph = <S, A, Part, Seen>(
  property: Property<S, A, Part, Seen>
): property is GraphProperty<S, A, Seen> =>
  property._tag !== 'StepInvariant' && property._tag !== 'NoDeadlock' && property._tag !== 'Goal'

/** The classes of actions that a property speaks of. */
export const classesOf = <S, A, Part, Seen>(property: Property<S, A, Part, Seen>): ReadonlyArray<ActionClass<A>> =>
  property._tag === 'AlwaysReachable' ? RA.fromOption(property.by) : 'fairness' in property ? property.fairness : []

/** A number that a property gives each state. */
export interface Label<S, Seen> {
  readonly of: (s: S) => number
  /** It is 1 where this holds, and 0 where it does not; none: it is another number. */
  readonly invariant: Option<Invariant<S, Seen>>
}

/** The predicates of which a property is made. */
export const predicatesOf = <S, A, Part, Seen>(
  property: Property<S, A, Part, Seen>
): ReadonlyArray<Predicate<S, Seen>> => {
  switch (property._tag) {
    case 'StepInvariant':
    case 'NoDeadlock':
    case 'Refines':
      return []
    case 'Goal':
    case 'AlwaysReachable':
    case 'Eventually':
    case 'InfinitelyOften':
    case 'EventuallyAlways':
      return [property]
    case 'LeadsTo':
      return [property.from, property.to]
  }
}

/** The numbers that a property of whole executions gives each state: for predicates 0 and 1. */
export const labelsOf = <S, A, Part, Seen>(property: Property<S, A, Part, Seen>): ReadonlyArray<Label<S, Seen>> =>
  !isOfGraph(property)
    ? []
    : property._tag === 'Refines'
      ? [{ of: property.abstract, invariant: O.none }]
      : predicatesOf(property).map(({ of, invariant }) => ({ of: (s) => (of(s) ? 1 : 0), invariant }))

/** A predicate on steps that looks at whole states. */
export const stepInvariant = <S, A>(
  name: string,
  says: string,
  decide: (before: S, a: A, after: S) => Objections
): StepInvariant<S, A, never> => ({
  _tag: 'StepInvariant',
  name,
  says,
  decide,
  looksAt: 'states',
  part: O.none
})

/** A predicate on what becomes of the node whose step it is. */
export const nodeStep = <State, Message>(
  name: string,
  says: string,
  decide: (n: Address, before: State, after: State) => Objections
): StepInvariant<HasWorld<State, Message>, Action<Message, unknown, unknown>, NodeStep<State, unknown, unknown>> => ({
  _tag: 'StepInvariant',
  name,
  says,
  looksAt: 'node',
  decide: ({ world: before }, a, { world: after }) => {
    // That it fails is no step of a node.
    if (occasionOf(a) === undefined) return []
    const then = new Map(entries(before.localState))
    return entries(after.localState).flatMap(([n, st]) => {
      const was = then.get(n)
      return was === undefined || was === st ? [] : decide(n, was, st)
    })
  },
  part: O.some({ decide: ({ node, before, after }) => (before === after ? [] : decide(node, before, after)) })
})

/**
 * A predicate on all that a node does in a step: what it reacts to, what becomes of it, and what it sends.
 * @param protocol the nodes': what a node does follows from its state and the action.
 */
export const nodeReaction = <State, Message, Internal, Timestamp>(
  { procMsg, procInt }: Pick<Protocol<State, Message, Internal, Timestamp>, 'procMsg' | 'procInt'>,
  name: string,
  says: string,
  decide: (reaction: Reaction<State, Message, Internal>) => Objections
): StepInvariant<
  HasWorld<State, Message>,
  Action<Message, Internal, Timestamp>,
  NodeStep<State, Message, Internal>
> => ({
  _tag: 'StepInvariant',
  name,
  says,
  looksAt: 'reaction',
  decide: ({ world }, a) => {
    const to = occasionOf(a)
    if (to === undefined || (a._tag !== 'Deliver' && a._tag !== 'Forge' && a._tag !== 'Intern')) return []
    const node = a._tag === 'Intern' ? a.node : a.packet.dst
    return entries(world.localState).flatMap(([n, before]) => {
      if (n !== node) return []
      const [after, sent] =
        to._tag === 'Message' ? procMsg(before, to.from, to.msg, a.ts) : procInt(before, to.transition, a.ts)
      return decide({ node, before, after, to, sent })
    })
  },
  part: O.some({ decide })
})

/** Executions end in states of this kind only. */
export const noDeadlock = <S>(mayEnd: (s: S) => boolean = () => false): NoDeadlock<S> => ({
  _tag: 'NoDeadlock',
  name: 'no deadlock',
  says: 'in every state something can happen, unless it is one in which executions may end',
  mayEnd
})

/** A state of this kind can be reached. */
export const goal = <S, Part = never>(name: string, says: string, of: States<S, Part>): Goal<S, Part> => ({
  _tag: 'Goal',
  name,
  says,
  ...predicate(of)
})

/** From every reachable state one of this kind can be reached, by steps of a class alone if one is given. */
export const alwaysReachable = <S, A, Part = never>(
  name: string,
  says: string,
  of: States<S, Part>,
  by?: ActionClass<A>
): AlwaysReachable<S, A, Part> => ({
  _tag: 'AlwaysReachable',
  name,
  says,
  ...predicate(of),
  by: O.fromNullable(by)
})

const recurrence =
  (_tag: Recurrence<never, never>['_tag']) =>
  <S, A, Part = never>(
    name: string,
    says: string,
    of: States<S, Part>,
    fairness: ReadonlyArray<Fairness<A>>
  ): Recurrence<S, A, Part> => ({ _tag, name, says, ...predicate(of), fairness })

/** Every fair execution comes to a state of this kind. */
export const eventually = recurrence('Eventually')
/** Every fair execution comes to states of this kind again and again. */
export const infinitelyOften = recurrence('InfinitelyOften')
/** Every fair execution comes to states of this kind and stays among them. */
export const eventuallyAlways = recurrence('EventuallyAlways')

/** In every fair execution a state of one kind is followed by one of another, at once or later. */
export const leadsTo = <S, A, Part = never>(
  name: string,
  says: string,
  from: States<S, Part>,
  to: States<S, Part>,
  fairness: ReadonlyArray<Fairness<A>>
): LeadsTo<S, A, Part> => ({
  _tag: 'LeadsTo',
  name,
  says,
  from: predicate(from),
  to: predicate(to),
  fairness
})

/** A property of states, as one of whatever such states can be seen in. */
export const seenThrough = <S, V, A, Part>(property: Property<V, A, Part>, see: (s: S) => V): Property<S, A, Part> => {
  const through = ({ of }: Predicate<V>): Predicate<S> => ({ of: (s) => of(see(s)), invariant: O.none })
  switch (property._tag) {
    case 'StepInvariant':
      return { ...property, decide: (before, a, after) => property.decide(see(before), a, see(after)) }
    case 'NoDeadlock':
      return { ...property, mayEnd: (s) => property.mayEnd(see(s)) }
    case 'Goal':
    case 'AlwaysReachable':
    case 'Eventually':
    case 'InfinitelyOften':
    case 'EventuallyAlways':
      return { ...property, ...through(property) }
    case 'LeadsTo':
      return { ...property, from: through(property.from), to: through(property.to) }
    case 'Refines':
      return { ...property, abstract: (s) => property.abstract(see(s)) }
  }
}
