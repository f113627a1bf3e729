/**
 * Models of both editions, with their executions in words: what whoever runs and shows them needs, whatever their types.
 */
import { isOfMain } from '../../../spec/blockchain/editions/cpp18.js'
import type { World as World18 } from '../../../spec/blockchain/editions/cpp18.js'
import type { World } from '../../../spec/blockchain/invMisc.js'
import type { Instance, Toychain } from '../../../spec/blockchain/toychain.js'
import type { Types } from '../../../spec/blockchain/types.js'
import { lanesOfSteps } from '../../checker/trace/lanes.js'
import type { Lanes } from '../../checker/trace/lanes.js'
import type { Model } from '../../checker/model/model.js'
import type { ReplayedStep } from '../../checker/trace/trace.js'
import { Explain } from '../explain.js'
import { cliqueInvariants, toychainModel } from '../model.js'
import type { Bounds, Playable, ToychainAction, ToychainState } from '../model.js'
import * as edition from './cpp18.js'
import type { Action18, State18 } from './cpp18.js'
import { Explain18 } from './explain.js'
import { spokenOfAs, spokenOfAs18 } from './names.js'

/** A model, and how its executions are told. */
export interface Told<S, A> {
  readonly model: Model<S, A>
  /** An action in one line, given the state it is taken in and the one it leads to. */
  readonly action: (a: A, before: S, after: S) => string
  /** An execution, step by step. */
  readonly execution: (steps: ReadonlyArray<ReplayedStep<S, A>>) => string
  /** An execution as a diagram of message lanes. */
  readonly lanes: (steps: ReadonlyArray<ReplayedStep<S, A>>) => Lanes
}

const ofWorlds = <W, S extends { readonly world: W }, A>(
  model: Model<S, A>,
  explain: {
    readonly action: (a: A, before: W, after: W) => string
    readonly execution: (steps: ReadonlyArray<ReplayedStep<S, A>>) => string
  }
): Omit<Told<S, A>, 'lanes'> => ({
  model,
  action: (a, before, after) => explain.action(a, before.world, after.world),
  execution: explain.execution
})

/**
 * The bounded network in the main edition.
 * @param whole the instance by whose hashes blocks are spoken of, where those of the playable one are short.
 */
export const tell = <T extends Types>(
  playable: Playable<T>,
  limits: Bounds,
  whole: Instance<T> = playable.instance
): Told<ToychainState<T>, ToychainAction<T>> => {
  const named = (toychain: Toychain<T>): Toychain<T> => spokenOfAs(toychain, whole)
  const model = toychainModel(playable, limits, { invariants: (toychain) => cliqueInvariants(named(toychain)) })
  const explain = Explain(named(model.toychain))
  const told = ofWorlds<World<T>, ToychainState<T>, ToychainAction<T>>(model, explain)
  return {
    ...told,
    lanes: (steps) => lanesOfSteps(steps, { title: model.name, message: explain.message, action: told.action })
  }
}

/** The bounded network in the edition of 2018. Where hashes are short, adding blocks may not commute. */
export const tell18 = <T extends Types>(
  playable: Playable<T>,
  limits: Bounds,
  whole: Instance<T> = playable.instance
): Told<State18<T>, Action18<T>> => {
  const model = edition.model18(playable, limits, {
    invariants: (toychain) => edition.cliqueInvariants(spokenOfAs18(toychain, whole)),
    ordered: whole !== playable.instance
  })
  const toychain = spokenOfAs18(model.toychain, whole)
  const { message } = Explain(toychain.common)
  const told = ofWorlds<World18<T>, State18<T>, Action18<T>>(model, Explain18(toychain))
  return {
    ...told,
    lanes: (steps) =>
      lanesOfSteps(steps, {
        title: model.name,
        message: (m) => (isOfMain(m) ? message(m) : 'Null'),
        action: told.action
      })
  }
}
