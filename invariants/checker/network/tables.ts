/**
 * All that is stored once and computed once of a network: its parts, what its nodes can do, cells, step lists, verdicts.
 */
import { entries } from '../../../spec/prelude/unionMap.js'
import type { Address } from '../../../spec/system/address.js'
import type { Protocol } from '../../../spec/system/protocol.js'
import type { Action, Environment, GlobalState } from '../../../spec/system/executions.js'
import type { HasWorld, Leaf, NetworkInvariant, NetworkPart } from '../../property/invariant.js'
import { leaves, partsOf } from '../../property/invariant.js'
import type { Names } from '../data/names.js'
import type { ModelFault } from '../model/guard.js'
import { quiescent, refuseManyObservations } from '../model/result.js'
import { integerScore } from '../model/scores.js'
import { Cells } from './cells.js'
import { Inert } from './inert.js'
import { layoutFor } from './layout.js'
import type { Layout } from './layout.js'
import { LocalSteps } from './localSteps.js'
import type { LocalObservations } from './observations.js'
import { Parts } from './parts.js'
import { StepLists } from './stepLists.js'
import { Orbits } from './symmetry.js'
import type { Symmetry } from './symmetry.js'
import { Verdicts } from './verdicts.js'
import { nodeStepsOf } from './properties.js'
import type { NetworkProperty } from './properties.js'

/** What is interned. */
export interface InternOptions<Env, State, Message, Internal, Timestamp> {
  readonly protocol: Protocol<State, Message, Internal, Timestamp>
  readonly environment: Environment<Env, State, Message, Internal, Timestamp>
  /** Where executions may begin; at least one, all of the same nodes. */
  readonly starts: readonly [GlobalState<State, Message, Env>, ...ReadonlyArray<GlobalState<State, Message, Env>>]
  readonly invariants: ReadonlyArray<NetworkInvariant<State, Message>>
  readonly properties: ReadonlyArray<NetworkProperty<Env, State, Message, Internal, Timestamp>>
  readonly observations: LocalObservations<State, Message>
  /** The kinds that are reported even if they never occur. */
  readonly kinds: ReadonlyArray<string>
  readonly kindOf: (a: Action<Message, Internal, Timestamp>) => string
  /** By which values are told apart. */
  readonly names: Names
  /** Why a node cannot have a state. Default: it can have any. */
  readonly refuses?: (n: Address, st: State) => ModelFault | undefined
  /** What becomes of the data when nodes are called otherwise. */
  readonly symmetry?: Symmetry<Env, State, Message> | undefined
}

/** What is to be known of cells besides what can happen in them. */
export interface TableOptions {
  readonly purge: boolean
  readonly uptoSymmetry: boolean
  readonly toward: string | undefined
}

/** The tables of a network. */
export interface Tables<Env, State, Message, Internal, Timestamp> {
  readonly nodes: ReadonlyArray<Address>
  /** The state map is undefined, as it was at the beginning: no step changes that. */
  readonly isUndefined: boolean
  readonly layout: Layout
  readonly conjuncts: ReadonlyArray<Leaf<HasWorld<State, Message>, NetworkPart<State, Message>>>
  readonly parts: Parts<Env, State, Message>
  readonly localSteps: LocalSteps<Env, State, Message, Internal, Timestamp>
  readonly cells: Cells<Env, State, Message>
  readonly lists: StepLists<Env, State, Message, Internal, Timestamp>
  readonly verdicts: Verdicts<State, Message>
  /** What was purged; undefined: nothing is. */
  readonly inert: Inert<Env, State, Message, Internal, Timestamp> | undefined
  /** What a step does to the fingerprint of a state is the same in all states in which it can be taken. */
  readonly isAdditive: boolean
  /** The fingerprints of orbits; undefined: states are told apart by their own. */
  readonly orbits: Orbits<Env, State, Message> | undefined
  /** The bit of cells to which something is in flight; those below it are the observations of local states. */
  readonly busy: number
}

/** The conjuncts of invariants. */
export const conjunctsOf = <State, Message>(
  invariants: ReadonlyArray<NetworkInvariant<State, Message>>
): ReadonlyArray<Leaf<HasWorld<State, Message>, NetworkPart<State, Message>>> =>
  invariants.flatMap((invariant) => leaves(invariant).map(([, leaf]) => leaf))

/** The tables of a network, with nothing in them yet. */
export const tablesOf = <Env, State, Message, Internal, Timestamp>(
  {
    protocol,
    environment,
    starts: [{ world }],
    invariants,
    properties,
    observations,
    kindOf,
    names,
    refuses,
    symmetry
  }: InternOptions<Env, State, Message, Internal, Timestamp>,
  { purge, uptoSymmetry, toward }: TableOptions
): Tables<Env, State, Message, Internal, Timestamp> => {
  const nodes = entries(world.localState).map(([n]) => n)
  const conjuncts = conjunctsOf(invariants)
  refuseManyObservations([...observations.states, quiescent], observations.steps)
  const busy = 1 << observations.states.length
  const verdicts = new Verdicts<State, Message>(invariants.flatMap(partsOf), nodes, names)
  const orbits = uptoSymmetry && symmetry !== undefined ? new Orbits(symmetry, nodes, names) : undefined
  const parts = new Parts<Env, State, Message>({
    nodes,
    names,
    soup: environment.soup,
    observed: observations.states.map(({ of }) => of),
    refuses,
    verdicts,
    orbits
  })
  const localSteps = new LocalSteps(parts, {
    protocol,
    environment,
    observed: observations.steps.map(({ of }) => of),
    nodeSteps: nodeStepsOf(properties),
    kindOf
  })
  const inert = purge ? new Inert(parts, { protocol, environment, verdicts }) : undefined
  const cells = new Cells<Env, State, Message>(parts, {
    bundles: localSteps.bundles,
    busy,
    score: toward === undefined ? undefined : integerScore(observations.scores ?? [], toward),
    purges: inert && ((local, p) => inert.purges(local, p)),
    verdicts,
    orbits
  })
  const lists = new StepLists(localSteps, cells)
  return {
    nodes,
    isUndefined: world.localState._tag === 'Undef',
    layout: layoutFor(nodes.length),
    conjuncts,
    parts,
    localSteps,
    cells,
    lists,
    verdicts,
    inert,
    // What is purged is not in the fingerprint; a set may have what is sent already; order depends on what is there.
    isAdditive: inert === undefined && parts.soup === 'bag',
    orbits,
    busy
  }
}

/** Forgets cells and all that is known by them. States that were stored before have become meaningless. */
export const forgetCells = <Env, State, Message, Internal, Timestamp>({
  lists,
  cells,
  verdicts
}: Tables<Env, State, Message, Internal, Timestamp>): void => {
  lists.settle()
  lists.forget()
  cells.forget()
  verdicts.forget()
}
