/**
 * Invariants that explain themselves: named trees of conjuncts, whose failures say which conjunct, for which node, and
 * with which witness.
 *
 * A conjunct about a network declares what it looks at: one node's state, or a view of every node. The plain evaluation
 * below and the checker's memoised one both follow from that declaration, so that there is one copy of each invariant.
 */
import * as O from 'fp-ts/lib/Option.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { dom, entries } from '../../spec/prelude/unionMap.js'
import type { UnionMap } from '../../spec/prelude/unionMap.js'
import type { Address } from '../../spec/system/address.js'
import type { World } from '../../spec/system/network.js'

/** Why a conjunct does not hold: a witness in words, and the node that it is about where it is about one. */
export interface Objection {
  readonly node?: Address
  readonly witness: string
}

/** The objections of a conjunct; none: it holds. */
export type Objections = ReadonlyArray<Objection>

/**
 * A view of a node: a value that starts from its state, and changes with each message in flight to it. It must not depend
 * on the order in which messages are taken, nor on how often one is.
 */
export interface View<State, Message, X> {
  readonly start: (n: Address, st: State) => X
  /** Whether a message can change the view at all. */
  readonly matters: (msg: Message) => boolean
  readonly arrive: (x: X, msg: Message) => X
}

/** A node with what is seen of it. */
export interface Seen<W> {
  readonly node: Address
  readonly sees: W
}

/** How a conjunct is decided from a view: for each node by itself, or from a summary of every node, all together. */
export type Rule<State, X> =
  | { readonly _tag: 'Each'; readonly decide: (n: Address, st: State, x: X) => Objections }
  | {
      readonly _tag: 'Together'
      /** Hides the type of the summaries. */
      readonly open: <R>(
        body: <W>(
          summary: (n: Address, st: State, x: X) => W,
          settles: (w: W) => boolean,
          decide: (seen: ReadonlyArray<Seen<W>>) => Objections
        ) => R
      ) => R
    }

/** A conjunct to be decided from a view: its name, what it asks, and how it is decided. */
export interface Clause<State, X> {
  readonly name: string
  readonly says: string
  readonly rule: Rule<State, X>
}

/** A conjunct about each node by itself. */
export const each = <State, X>(
  name: string,
  says: string,
  decide: (n: Address, st: State, x: X) => Objections
): Clause<State, X> => ({ name, says, rule: { _tag: 'Each', decide } })

/**
 * A conjunct about all nodes together.
 * @param summary what it needs to know of a node: the less, the faster the checker.
 * @param settles a summary of one node with which the conjunct holds, whatever the others are.
 * @param decide from the summaries of all nodes, in the order of their addresses, where none settles it.
 */
export const together = <State, X, W>(
  name: string,
  says: string,
  {
    summary,
    settles = () => false,
    decide
  }: {
    readonly summary: (n: Address, st: State, x: X) => W
    readonly settles?: (w: W) => boolean
    readonly decide: (seen: ReadonlyArray<Seen<W>>) => Objections
  }
): Clause<State, X> => ({
  name,
  says,
  rule: { _tag: 'Together', open: (body) => body(summary, settles, decide) }
})

/** A view with all the rules that are made from it. (The type of the view is hidden.) */
export interface ViewUse<State, Message> {
  readonly open: <R>(body: <X>(view: View<State, Message, X>, rules: ReadonlyArray<Rule<State, X>>) => R) => R
}

/** How a conjunct is decided of one node: from its address, its state, and the addresses of all nodes, in their order. */
export type OfNode<State> = (n: Address, st: State, nodes: ReadonlyArray<Address>) => Objections

/** What a conjunct looks at in a network, and how it decides. */
export type NetworkPart<State, Message> =
  /** The set of nodes, which no step changes. */
  | { readonly _tag: 'Nodes' }
  /** One node's state at a time, and the set of nodes. */
  | { readonly _tag: 'EachNode'; readonly decide: OfNode<State> }
  /** A view of the nodes: the rule with this index of a view's use. */
  | { readonly _tag: 'View'; readonly use: ViewUse<State, Message>; readonly index: number }

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

/**
 * What an invariant can see of a world. Packets that were consumed are no part of it: no step depends on them, so that the
 * checker takes worlds for one that differ in nothing else, and an invariant that read them would be decided in one of them
 * only. For the same reason the order of packets in flight says nothing.
 */
export type SeenWorld<State, Message> = Pick<World<State, Message>, 'localState' | 'inFlightMsgs'>

/** A state that has a world. */
export interface HasWorld<State, Message> {
  readonly world: SeenWorld<State, Message>
}

/** A state of which only the nodes are seen, not their states. */
export interface HasNodes {
  readonly world: { readonly localState: UnionMap<Address, null> }
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

/** A conjunct that looks at one node's state at a time, and at the set of nodes, which no step changes. */
export const eachNode = <State, Message>(
  name: string,
  says: string,
  decide: OfNode<State>
): NetworkInvariant<State, Message> => ({
  _tag: 'Leaf',
  name,
  says,
  decide: ({ world: { localState } }) => {
    const nodes = dom(localState)
    return entries(localState).flatMap(([n, st]) => decide(n, st, nodes))
  },
  part: O.some({ _tag: 'EachNode', decide })
})

/** A conjunct that depends on the set of nodes only, which no step changes. */
export const ofNodes = <State, Message>(
  name: string,
  says: string,
  decide: (s: HasNodes) => Objections
): NetworkInvariant<State, Message> => ({
  _tag: 'Leaf',
  name,
  says,
  decide: ({ world: { localState } }) =>
    decide({
      world: {
        localState:
          localState._tag === 'Undef'
            ? localState
            : { _tag: 'Def', entries: localState.entries.map(([n]) => [n, null] as const) }
      }
    }),
  part: O.some({ _tag: 'Nodes' })
})

/** Conjuncts that are decided from one view of the nodes, which is computed once for all of them. */
export const fromView = <State, Message, X>(
  view: View<State, Message, X>,
  clauses: ReadonlyArray<Clause<State, X>>
): ReadonlyArray<NetworkInvariant<State, Message>> => {
  const use: ViewUse<State, Message> = {
    open: (body) =>
      body(
        view,
        clauses.map(({ rule }) => rule)
      )
  }
  return clauses.map(({ name, says, rule }, index) => ({
    _tag: 'Leaf',
    name,
    says,
    decide: ({ world }) => decideFrom(view, rule, world),
    part: O.some({ _tag: 'View', use, index })
  }))
}

/** Conjuncts about the states of nodes: what is in flight does not matter to them. */
export const ofStates = <State, Message>(
  ...clauses: ReadonlyArray<Clause<State, null>>
): ReadonlyArray<NetworkInvariant<State, Message>> =>
  fromView<State, Message, null>({ start: () => null, matters: () => false, arrive: () => null }, clauses)

/** The plain evaluation of a rule: the view of every node is folded over the packets in flight to it, in order. */
const decideFrom = <State, Message, X>(
  view: View<State, Message, X>,
  rule: Rule<State, X>,
  world: SeenWorld<State, Message>
): Objections => {
  const nodes = entries(world.localState).map(([node, st]) => ({
    node,
    st,
    x: world.inFlightMsgs
      .filter((p) => p.dst === node && view.matters(p.msg))
      .reduce((x, p) => view.arrive(x, p.msg), view.start(node, st))
  }))
  switch (rule._tag) {
    case 'Each':
      return nodes.flatMap(({ node, st, x }) => rule.decide(node, st, x))
    case 'Together':
      return rule.open((summary, settles, decide) => {
        const seen = nodes.map(({ node, st, x }) => ({ node, sees: summary(node, st, x) }))
        return seen.some(({ sees }) => settles(sees)) ? [] : decide(seen)
      })
  }
}

/** An objection, with the conjuncts that lead to it from the invariant's root. */
export interface Failure extends Objection {
  readonly path: ReadonlyArray<string>
  /** What the failed conjunct asks. */
  readonly says: string
  /** It is a property that fails, no invariant of states. Default: it is an invariant. */
  readonly isOfProperty?: true
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

/** What the leaves of an invariant look at that say so. */
export const partsOf = <S, Part>(invariant: Invariant<S, Part>): ReadonlyArray<Part> =>
  leaves(invariant).flatMap(([, { part }]) => RA.fromOption(part))

/** A failure in one line: `clique_inv ▸ 5 ▸ node 2: has {g, b}, expected {g, a, b}, missing a`. */
export const showFailure = (f: Failure): string =>
  `${[...f.path, ...(f.node === undefined ? [] : [`node ${String(f.node)}`])].join(' ▸ ')}: ${f.witness}`
