/**
 * For authors of systems: from a model and a form to an entry of a catalogue. What is left out has a default.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Action, GlobalState } from '../../spec/system/executions.js'
import type { Model } from '../checker/model/model.js'
import { protocolModel } from '../checker/network/protocolModel.js'
import type { ProtocolModelOptions } from '../checker/network/protocolModel.js'
import { tagOf } from '../checker/model/words.js'
import { askedOfSeen } from '../checker/network/seen.js'
import type { SeenState } from '../checker/network/seen.js'
import { recorder } from '../checker/network/outcomes.js'
import { networkCausality } from '../checker/trace/causality.js'
import { whole } from '../property/invariant.js'
import type { Invariant } from '../property/invariant.js'
import { networkShow } from './networkShow.js'
import type { NetworkWords } from './networkShow.js'
import { recordDocument, taggedText } from './plainText.js'
import type { Show } from './show.js'
import { anySubject, anySystem } from './system.js'
import type { AnySystem, Mutant, Recording, Sizes, Subject, System, WitnessName, Witnesses } from './system.js'

/** A state that may be sought. */
export interface SoughtState<S> extends Omit<WitnessName, 'usage'> {
  readonly of: (s: S) => boolean
}

/** What every definition has. */
interface Definition<C> extends Pick<System<C>, 'name' | 'says' | 'form'> {
  readonly mirrors?: System<C>['mirrors']
  readonly refuses?: (c: C) => string | undefined
  readonly presets?: System<C>['presets']
  readonly sizes?: NonNullable<System<C>['sizes']>
}

/** A system of one's own. */
export interface SystemDefinition<C, S, A> extends Definition<C> {
  readonly model: (c: C) => Model<S, A>
  /** Default: states and actions by their fields. */
  readonly show?: (c: C) => Partial<Show<S, A>>
  /** States that may be sought by name. Default: none. */
  readonly witnesses?: (c: C) => ReadonlyArray<SoughtState<S>>
  /** The states from which an induction starts, those with `sizes`, the simplest first. Default: there are none. */
  readonly states?: (c: C, sizes: Sizes) => Iterable<S>
  /** A mutant is shown as the system is, unless it says otherwise. */
  readonly mutants?: ReadonlyArray<Mutant<C> & Pick<SystemDefinition<C, S, A>, 'model' | 'show'>>
}

/** The network of a protocol of one's own. */
export interface NetworkDefinition<C, Env, State, Message, Internal, Timestamp> extends Definition<C> {
  readonly network: (c: C) => ProtocolModelOptions<Env, State, Message, Internal, Timestamp>
  /** Default: states and messages by their fields. */
  readonly words?: (c: C) => NetworkWords<State, Message, Internal, Timestamp>
  /** They see of a state what invariants see, and its environment: what tells states apart. Default: none. */
  readonly witnesses?: (c: C) => ReadonlyArray<SoughtState<SeenState<State, Message, Env>>>
  readonly states?: (c: C, sizes: Sizes) => Iterable<GlobalState<State, Message, Env>>
  readonly mutants?: ReadonlyArray<
    Mutant<C> & { readonly network: (c: C) => ProtocolModelOptions<Env, State, Message, Internal, Timestamp> }
  >
}

/** How the states and actions of any system are shown. */
const plainShow = <S, A>(): Show<S, A> => ({
  action: taggedText,
  state: recordDocument
})

/** Seeks states by name in the executions of a model, given the same model with other invariants. */
const witnessesOf = <S, A>(
  sought: ReadonlyArray<SoughtState<S>>,
  modelWith: (invariant: Invariant<S>) => Model<S, A>
): Witnesses<S, A> => ({
  names: sought.map(({ of: _, ...named }) => ({ ...named, usage: named.name })),
  seek: async (text, options) => {
    const found = sought.find(({ name }) => name === text)
    if (found === undefined)
      return E.left(
        [
          `nothing is called '${text}'. What can be sought:`,
          ...sought.map(({ name, says }) => `  ${name.padEnd(24)}  ${says}`)
        ].join('\n')
      )
    const { name, says, of } = found
    // Whoever walks through a system, and seeks nothing, does not load what searches.
    const { witnessState } = await import('../checker/search/witness.js')
    const never = whole<S, never>(name, says, (s) => (of(s) ? [{ witness: 'it is so' }] : []))
    return E.right({ sought: { name, says }, witness: await witnessState(modelWith(never), options) })
  }
})

/** A system whose parameters say how it is run, in ways of which each has states and actions of its own. */
export const defineWays = <C>(
  {
    name,
    says,
    form,
    mirrors = [],
    presets = [],
    mutants = [],
    sizes,
    refuses
  }: Definition<C> & { readonly mutants?: ReadonlyArray<Mutant<C>> },
  subject: System<C>['subject']
): AnySystem =>
  anySystem<C>({
    name,
    says,
    form,
    mirrors,
    presets,
    mutants,
    ...(sizes && { sizes }),
    ...(refuses && { refuses }),
    subject
  })

/** The one of some mutants that has a name; undefined where none is asked for. */
const mutantCalled = <M extends { readonly name: string }>(
  system: string,
  mutants: ReadonlyArray<M>,
  name: string | undefined
): M | undefined => {
  const found = mutants.find((one) => one.name === name)
  if (name !== undefined && found === undefined) throw new RangeError(`${system} has no mutant ${name}`)
  return found
}

/** The model with another invariant in place of its own. Its compact form, which has the others in it, is left out. */
const withInvariant = <S, A>({ compact: _, ...model }: Model<S, A>, invariant: Invariant<S>): Model<S, A> => ({
  ...model,
  invariants: [invariant]
})

const inductionOf = <C, S, A>(
  model: Model<S, A>,
  states: ((c: C, sizes: Sizes) => Iterable<S>) | undefined,
  c: C
): Pick<Subject<S, A>, 'induction'> =>
  states === undefined
    ? {}
    : {
        induction: () => ({
          model,
          noun: 'state',
          states: (sizes) => states(c, sizes),
          says: (sizes) =>
            [
              `states of ${model.name}, reachable or not`,
              ...Object.entries(sizes).map(([k, n]) => `${k}: ${String(n)}`)
            ].join(', ')
        })
      }

/** What is known of a system of one's own with its parameters chosen, or of a mutant. */
export const systemSubject =
  <C, S, A>(
    definition: Pick<SystemDefinition<C, S, A>, 'name' | 'model' | 'show' | 'witnesses' | 'states' | 'mutants'>
  ): System<C>['subject'] =>
  (c, mutant) => {
    const { name, show, witnesses, states, mutants = [] } = definition
    const { model: modelOf, show: showOf = show } = mutantCalled(name, mutants, mutant) ?? definition
    const model = modelOf(c)
    return anySubject<S, A>({
      model,
      show: { ...plainShow<S, A>(), ...showOf?.(c) },
      ...(witnesses && { witnesses: witnessesOf<S, A>(witnesses(c), (never) => withInvariant(model, never)) }),
      ...inductionOf(model, states, c)
    })
  }

/** A system of one's own as an entry of a catalogue. */
export const defineSystem = <C, S, A>(definition: SystemDefinition<C, S, A>): AnySystem =>
  defineWays(definition, systemSubject(definition))

/** The same of the network of a protocol. */
export const networkSubject =
  <C, Env, State, Message, Internal, Timestamp>(
    definition: Pick<
      NetworkDefinition<C, Env, State, Message, Internal, Timestamp>,
      'name' | 'network' | 'words' | 'witnesses' | 'states' | 'mutants'
    >
  ): System<C>['subject'] =>
  (c, mutant) => {
    type G = GlobalState<State, Message, Env>
    type A = Action<Message, Internal, Timestamp>
    const { name, words, witnesses, states, mutants = [] } = definition
    const options = (mutantCalled(name, mutants, mutant) ?? definition).network(c)
    const model = protocolModel(options)
    return anySubject<G, A>({
      model,
      show: networkShow<Env, State, Message, Internal, Timestamp>(model.name, words?.(c), options.environment),
      causality: networkCausality,
      record: () => recordingOf(options),
      ...(witnesses && {
        witnesses: witnessesOf<G, A>(
          witnesses(c).map((one) => ({ ...one, of: askedOfSeen(one.of) })),
          (never) => withInvariant(model, never)
        )
      }),
      ...inductionOf(model, states, c)
    })
  }

/** A protocol's network as an entry of a catalogue. */
export const defineNetwork = <C, Env, State, Message, Internal, Timestamp>(
  definition: NetworkDefinition<C, Env, State, Message, Internal, Timestamp>
): AnySystem => defineWays(definition, networkSubject(definition))

/** The network of a protocol that records what its nodes do. */
const recordingOf = <Env, State, Message, Internal, Timestamp>(
  options: ProtocolModelOptions<Env, State, Message, Internal, Timestamp>
): Recording<GlobalState<State, Message, Env>, Action<Message, Internal, Timestamp>> => {
  const { kindOfMessage = tagOf, kindOfInternal = tagOf } = options
  const recorded = recorder<State, Message, Internal, Timestamp>({ message: kindOfMessage, internal: kindOfInternal })
  return {
    model: protocolModel({ ...options, protocol: recorded.protocol(options.protocol) }),
    outcomes: recorded.outcomes,
    premises: () => Promise.resolve([])
  }
}
