/**
 * Toychain with its parameters chosen, in both editions: the model, its words and pictures, and what can be asked of it.
 */
import { identity } from 'fp-ts/lib/function.js'
import { isOfMain } from '../../spec/blockchain/editions/cpp18.js'
import type { Message as Message18, World as World18 } from '../../spec/blockchain/editions/cpp18.js'
import type { Toychain as Toychain18 } from '../../spec/blockchain/editions/cpp18.js'
import type { InternalTransition, Message, State } from '../../spec/blockchain/protocol.js'
import type { Instance, Toychain } from '../../spec/blockchain/toychain.js'
import type { Types } from '../../spec/blockchain/types.js'
import { recorder } from '../checker/network/outcomes.js'
import { networkCausality } from '../checker/trace/causality.js'
import { networkShow } from '../systems/networkShow.js'
import type { InductionBase, Recording, Subject } from '../systems/system.js'
import type { Show } from '../systems/show.js'
import { plural } from '../words.js'
import * as edition from './editions/cpp18.js'
import type { Action18, Model18Options, State18 } from './editions/cpp18.js'
import { spokenOfAs, spokenOfAs18 } from './editions/names.js'
import { Explain, toychainWords } from './explain.js'
import type { Dialect } from './explain.js'
import { behaviour, stateInvariants } from './behaviour.js'
import type { Question } from './behaviour.js'
import { cliqueInvariants, toychainModel } from './model.js'
import type { Bounds, Playable, ToychainAction, ToychainModelOptions, ToychainState } from './model.js'
import { premisesMet } from './premises.js'
import { seek, witnessNames } from './witnesses.js'
import { inductionModel, mostWorlds, worldsWithin } from './worlds.js'

/**
 * What a subject of the main edition may have other than the usual. Where other invariants or properties are given, these
 * alone are checked.
 */
export interface SubjectOptions<T extends Types> extends ToychainModelOptions<T> {
  /** What is asked of whole executions besides. Default: nothing. */
  readonly ask?: Question | undefined
  /** The instance by whose hashes blocks are spoken of, where those of the playable one are short. */
  readonly whole?: Instance<T>
}

/** Records what the nodes of a Toychain network do. */
const recorderOf = <T extends Types>() =>
  recorder<State<T>, Message<T>, InternalTransition<T>, T['Timestamp']>({
    message: (m) => m._tag,
    internal: (t) => t._tag
  })

const recording = <T extends Types>(
  playable: Playable<T>,
  limits: Bounds,
  options: ToychainModelOptions<T>
): Recording<ToychainState<T>, ToychainAction<T>> => {
  const { variant = {} } = options
  const { protocol = identity } = variant
  const recorded = recorderOf<T>()
  const model = toychainModel(playable, limits, {
    ...options,
    variant: { ...variant, protocol: (Pr) => recorded.protocol(protocol(Pr)) }
  })
  return {
    model,
    outcomes: recorded.outcomes,
    premises: (explore) => premisesMet(playable, limits, explore, variant)
  }
}

const inductionOf = <T extends Types>(
  playable: Playable<T>,
  limits: Bounds,
  options: ToychainModelOptions<T>
): InductionBase<ToychainState<T>, ToychainAction<T>> => {
  const model = inductionModel(playable, limits, options)
  return {
    model,
    noun: 'world',
    states: ({ blocks = 0, packets = 0 }) => worldsWithin(playable, model, { blocks, packets }),
    most: ({ blocks = 0, packets = 0 }) => mostWorlds(limits, { blocks, packets }),
    says: ({ blocks = 0, packets = 0 }) =>
      `worlds of ${playable.instance.name}, reachable or not: ${[
        plural(limits.nodes, 'node'),
        limits.mints === 0
          ? 'no blocks'
          : `blocks with the numbers 1 to ${String(limits.mints)}, at most ${String(blocks)} of them`,
        plural(limits.transactions, 'transaction'),
        `at most ${plural(packets, 'packet')} in flight`
      ].join('; ')}`
  }
}

/** The bounded network in the main edition. */
export const mainSubject = <T extends Types>(
  playable: Playable<T>,
  limits: Bounds,
  { whole = playable.instance, ask, invariants, properties, ...more }: SubjectOptions<T> = {}
): Subject<ToychainState<T>, ToychainAction<T>> => {
  const named = (toychain: Toychain<T>): Toychain<T> => spokenOfAs(toychain, whole)
  const asked: Required<Pick<ToychainModelOptions<T>, 'invariants' | 'properties'>> =
    invariants === undefined && properties === undefined
      ? {
          invariants: (toychain) => stateInvariants(toychain, playable, limits),
          properties: (toychain) => behaviour(toychain, playable, limits, ask)
        }
      : { invariants: invariants ?? (() => []), properties: properties ?? (() => []) }
  const options = {
    ...more,
    invariants: (toychain: Toychain<T>) => asked.invariants(named(toychain)),
    properties: (toychain: Toychain<T>) => asked.properties(named(toychain))
  }
  const model = toychainModel(playable, limits, options)
  return {
    model,
    show: Explain(named(model.toychain), model.name).show,
    causality: networkCausality,
    witnesses: {
      names: witnessNames(model.toychain),
      seek: (text, bounds) => seek(playable, limits, text, bounds, more.variant)
    },
    // What is in flight in worlds that no execution leads to means nothing: of these the invariants of a clique are asked.
    induction: () =>
      inductionOf(playable, limits, {
        ...more,
        invariants: (toychain) => (invariants ?? cliqueInvariants)(named(toychain))
      }),
    record: () => recording(playable, limits, options)
  }
}

/** The messages of the edition of 2018: one kind more. */
const of2018 = <T extends Types>(): Dialect<T, Message18<T>> => ({
  ofMain: (m) => (isOfMain(m) ? m : undefined),
  other: () => 'Null'
})

/** How executions of the edition of 2018 are shown. */
export const show18 = <T extends Types>(
  toychain: Pick<Toychain18<T>, 'common'>,
  title: string
): Show<State18<T>, Action18<T>> => {
  const words = toychainWords(toychain.common, of2018<T>())
  return networkShow(title, {
    ...words,
    action: (a, before: World18<T>, after: World18<T>) =>
      (a._tag === 'Deliver' || a._tag === 'Duplicate' || a._tag === 'Lose') && !isOfMain(a.packet.msg)
        ? `the network has a null packet: ${a._tag}`
        : words.action(a, before, after)
  })
}

/** The bounded network in the edition of 2018. Where hashes are short, adding blocks may not commute. */
export const subject18 = <T extends Types>(
  playable: Playable<T>,
  limits: Bounds,
  {
    whole = playable.instance,
    invariants = edition.cliqueInvariants,
    ...options
  }: Omit<Model18Options<T>, 'ordered'> & { readonly whole?: Instance<T> } = {}
): Subject<State18<T>, Action18<T>> => {
  const model = edition.model18(playable, limits, {
    ...options,
    invariants: (toychain) => invariants(spokenOfAs18(toychain, whole)),
    ordered: whole !== playable.instance
  })
  return { model, show: show18(spokenOfAs18(model.toychain, whole), model.name), causality: networkCausality }
}
