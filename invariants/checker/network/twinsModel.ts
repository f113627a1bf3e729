/**
 * The model of a protocol with twins: a step is a round, with the way in which the network is divided in it, and invariants
 * are asked of the nodes that have no twin, after each round.
 *
 * A search enumerates the scenarios of Bano et al.: up to equal states, every way to divide the network in every round. It
 * finds less than a search with an adversary, and far sooner: what a twin says is what a node says that follows the rules,
 * so that it makes up nothing, and what is not lost arrives in one order.
 */
import { honestStates, Twins } from '../../../spec/system/twins.js'
import type { TwinsOptions, TwinsState, TwinsStep } from '../../../spec/system/twins.js'
import type { HasWorld, NetworkInvariant } from '../../property/invariant.js'
import type { Model, StateObservation } from '../model/model.js'
import { RefusedSearch } from '../model/refusal.js'
import { systemModel } from '../model/systemModel.js'
import { ofSeen } from './seen.js'

/** What makes a model of a protocol with twins. */
export interface TwinsModelOptions<State, Message, Internal, Timestamp> {
  readonly name: string
  readonly twins: TwinsOptions<State, Message, Internal, Timestamp>
  readonly invariants: ReadonlyArray<NetworkInvariant<State, Message>>
  /** What is counted: that some node without a twin is so. Default: nothing. */
  readonly observations?: ReadonlyArray<StateObservation<State>>
}

/** What invariants see of a state: the nodes without a twin, and what waits for them. */
export const seenOfTwins =
  <State, Message>(options: Pick<TwinsOptions<State, Message, unknown, unknown>, 'twins'>) =>
  (s: TwinsState<State, Message>): HasWorld<State, Message> => ({
    world: {
      localState: honestStates(options, s),
      inFlightMsgs: s.waiting
        .filter(({ to }) => !options.twins.includes(to.node))
        .map(({ from, to, msg }) => ({ src: from.node, dst: to.node, msg }))
    }
  })

/**
 * The model of a protocol with twins.
 * @throws RefusedSearch where nobody has a twin, or one that has is no node.
 */
export const twinsModel = <State, Message, Internal, Timestamp>({
  name,
  twins: options,
  invariants,
  observations = []
}: TwinsModelOptions<State, Message, Internal, Timestamp>): Model<TwinsState<State, Message>, TwinsStep> => {
  const { nodes, twins, rounds, groups, changes } = options
  const stray = twins.find((n) => !nodes.includes(n))
  if (twins.length === 0 || stray !== undefined)
    throw new RefusedSearch(
      stray === undefined
        ? `${name}: nobody has a twin, so that all are honest: name a node that has one`
        : `${name}: node ${String(stray)} is to have a twin, and there is no such node`
    )
  if (new Set(rounds.map((round) => round.name)).size < rounds.length)
    throw new RefusedSearch(`${name}: two rounds have one name, so that a step would not say which it is: rename one`)
  if (!(groups >= 1) || !(changes >= 0))
    throw new RefusedSearch(`${name}: there is one group at least, and no less than no change`)
  const see = seenOfTwins<State, Message>(options)
  return systemModel({
    name,
    system: Twins(options).system,
    invariants: ofSeen(invariants, see),
    kinds: ['Round'],
    shapeOf: (a) => a.name,
    states: observations.map((one) => ({
      ...one,
      of: ({ copies }) => copies.some(([{ node }, st]) => !twins.includes(node) && one.of(st))
    }))
  })
}
