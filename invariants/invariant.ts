/**
 * Invariants that explain themselves: named trees of conjuncts, whose failures say which conjunct, for which node, and
 * with which witness.
 *
 * A conjunct about a network declares what it looks at: one node's state, or a view of every node. The plain evaluation
 * below and the checker's memoised one both follow from that declaration, so that there is one copy of each invariant.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { entries } from '../spec/prelude/unionMap.js'
import type { Address } from '../spec/system/address.js'
import type { World } from '../spec/system/network.js'
import { canonical } from './canonical.js'

/** Why a conjunct does not hold: a witness in words, and the node that it is about where it is about one. */
export interface Objection {
  readonly node?: Address
  readonly witness: string
}

/** The objections of a conjunct; none: it holds. */
export type Objections = ReadonlyArray<Objection>

/** A node with what is seen of it. */
export interface Seen<V> {
  readonly node: Address
  readonly sees: V
}

/**
 * A view: what may be seen of one node, given its state and the *set* of what arriving messages contribute (each once,
 * in a canonical order). A message may contribute nothing.
 */
export interface View<State, Message, C, V> {
  readonly contribution: (msg: Message) => Option<C>
  readonly of: (n: Address, st: State, arriving: ReadonlyArray<C>) => V
}

/** Decides from the views of all nodes, in the order of their addresses. */
export type DecideTogether<V> = (seen: ReadonlyArray<Seen<V>>) => Objections

/** A view with all the conjuncts that are decided from it. (Its own types are nobody else's business.) */
export interface ViewUse<State, Message> {
  readonly open: <R>(
    body: <C, V>(view: View<State, Message, C, V>, decisions: ReadonlyArray<DecideTogether<V>>) => R
  ) => R
}

/** What a conjunct looks at in a network, and how it decides. */
export type NetworkPart<State, Message> =
  /** The set of nodes, which no step changes. */
  | { readonly _tag: 'Nodes' }
  /** One node's state at a time. */
  | { readonly _tag: 'EachNode'; readonly decide: (n: Address, st: State) => Objections }
  /** A view of every node, all together: the decision with this index of a view's use. */
  | { readonly _tag: 'AllNodes'; readonly use: ViewUse<State, Message>; readonly index: number }

/** A conjunct that is decided as one. */
export interface Leaf<S, Part> {
  readonly _tag: 'Leaf'
  readonly name: string
  /** What it asks, in a sentence. */
  readonly says: string
  readonly decide: (s: S) => Objections
  /** What it looks at, where it says so. */
  readonly part: Option<Part>
}

/** A conjunction. */
export interface All<S, Part> {
  readonly _tag: 'All'
  readonly name: string
  readonly says: string
  readonly parts: ReadonlyArray<Invariant<S, Part>>
}

/** An invariant of states `S`, whose leaves may declare `Part`s. */
export type Invariant<S, Part = never> = Leaf<S, Part> | All<S, Part>

/** A state that has a world. */
export interface HasWorld<State, Message> {
  readonly world: World<State, Message>
}

/** An invariant of the worlds of a network. */
export type NetworkInvariant<State, Message> = Invariant<HasWorld<State, Message>, NetworkPart<State, Message>>

/** A conjunction of invariants. */
export const all = <S, Part>(
  name: string,
  says: string,
  parts: ReadonlyArray<Invariant<S, Part>>
): Invariant<S, Part> => ({ _tag: 'All', name, says, parts })

/** A conjunct that looks at the whole state. */
export const whole = <S, Part>(name: string, says: string, decide: (s: S) => Objections): Invariant<S, Part> => ({
  _tag: 'Leaf',
  name,
  says,
  decide,
  part: O.none
})

/** A conjunct that looks at one node's state at a time. */
export const eachNode = <State, Message>(
  name: string,
  says: string,
  decide: (n: Address, st: State) => Objections
): NetworkInvariant<State, Message> => ({
  _tag: 'Leaf',
  name,
  says,
  decide: ({ world }) => entries(world.localState).flatMap(([n, st]) => decide(n, st)),
  part: O.some({ _tag: 'EachNode', decide })
})

/** A conjunct that depends on the set of nodes only, which no step changes. */
export const ofNodes = <State, Message>(
  name: string,
  says: string,
  decide: (s: HasWorld<State, Message>) => Objections
): NetworkInvariant<State, Message> => ({ _tag: 'Leaf', name, says, decide, part: O.some({ _tag: 'Nodes' }) })

/** A conjunct to be decided from views: its name, what it asks, and how it decides. */
export interface Clause<V> {
  readonly name: string
  readonly says: string
  readonly decide: DecideTogether<V>
}

/** Conjuncts that look at one view of every node, all together; the view is computed once for all of them. */
export const fromView = <State, Message, C, V>(
  view: View<State, Message, C, V>,
  decisions: ReadonlyArray<Clause<V>>
): ReadonlyArray<NetworkInvariant<State, Message>> => {
  const use: ViewUse<State, Message> = {
    open: (body) =>
      body(
        view,
        decisions.map(({ decide }) => decide)
      )
  }
  return decisions.map(({ name, says, decide }, index) => ({
    _tag: 'Leaf',
    name,
    says,
    decide: ({ world }) =>
      decide(
        entries(world.localState).map(([node, st]) => ({
          node,
          sees: view.of(node, st, arrivingAt(world, node, view))
        }))
      ),
    part: O.some({ _tag: 'AllNodes', use, index })
  }))
}

/** What the packets in flight to a node contribute to a view: each contribution once, in canonical order. */
const arrivingAt = <State, Message, C, V>(
  world: World<State, Message>,
  node: Address,
  view: View<State, Message, C, V>
): ReadonlyArray<C> =>
  canonicalSet(
    world.inFlightMsgs
      .filter((p) => p.dst === node)
      .flatMap((p) =>
        O.match<C, ReadonlyArray<C>>(
          () => [],
          (c) => [c]
        )(view.contribution(p.msg))
      )
  )

/** The distinct values of a list in the order of their canonical texts. */
export const canonicalSet = <C>(cs: ReadonlyArray<C>): ReadonlyArray<C> =>
  [...new Map(cs.map((c) => [canonical(c), c]))].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, c]) => c)

/** An objection, with the conjuncts that lead to it from the invariant's root. */
export interface Failure extends Objection {
  readonly path: ReadonlyArray<string>
  /** What the failed conjunct asks. */
  readonly says: string
}

/** All failures of an invariant in a state; none: it holds. */
export const failures = <S, Part>(invariant: Invariant<S, Part>, s: S): ReadonlyArray<Failure> =>
  invariant._tag === 'All'
    ? invariant.parts.flatMap((part) => failures(part, s)).map((f) => ({ ...f, path: [invariant.name, ...f.path] }))
    : invariant.decide(s).map((objection) => ({ ...objection, path: [invariant.name], says: invariant.says }))

/** The leaves of an invariant, each with the names from the root. */
export const leaves = <S, Part>(
  invariant: Invariant<S, Part>,
  above: ReadonlyArray<string> = []
): ReadonlyArray<readonly [ReadonlyArray<string>, Leaf<S, Part>]> =>
  invariant._tag === 'All'
    ? invariant.parts.flatMap((part) => leaves(part, [...above, invariant.name]))
    : [[[...above, invariant.name], invariant]]

/** A failure in one line: `clique_inv ▸ 5 ▸ node 2: has {g, b}, expected {g, a, b}, missing a`. */
export const showFailure = (f: Failure): string =>
  `${[...f.path, ...(f.node === undefined ? [] : [`node ${String(f.node)}`])].join(' ▸ ')}: ${f.witness}`
