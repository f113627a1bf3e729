/**
 * The public types of `blockforest/invariants` and `blockforest/checker`: what is inferred, and what does not fit.
 */
import type { Either } from 'fp-ts/lib/Either.js'
import { expectAssignable, expectError, expectNotAssignable, expectType } from 'tsd'
import { netAddr, numbered, Toychain } from '../dist/spec/index.js'
import type { Address, Message, NumberedTypes, State } from '../dist/spec/index.js'
import {
  all,
  bounds,
  cliqueInvariants,
  clique_inv,
  each,
  eachNode,
  failures,
  fromView,
  playNumbered,
  showFailure,
  together,
  toychainModel,
  whole,
  withModel
} from '../dist/invariants/index.js'
import type {
  Clause,
  Configuration,
  Failure,
  Invariant,
  NetworkInvariant,
  ToychainAction,
  ToychainModel,
  ToychainState,
  View
} from '../dist/invariants/index.js'
import {
  exhaustive,
  fromItf,
  randomized,
  readTrace,
  replay,
  runActions,
  shrink,
  toItf,
  traceOf
} from '../dist/invariants/checker/index.js'
import type {
  Counterexample,
  Execution,
  ItfValue,
  Model,
  RandomizedResult,
  Replay,
  Result,
  Trace
} from '../dist/invariants/checker/index.js'

const toychain = Toychain(numbered(), netAddr(2))
type S = State<NumberedTypes>
type M = Message<NumberedTypes>

// ---- invariants are of the states that they were made for

expectType<NetworkInvariant<S, M>>(clique_inv(toychain))
expectType<ReadonlyArray<NetworkInvariant<S, M>>>(cliqueInvariants(toychain))
expectType<ReadonlyArray<Failure>>(failures(clique_inv(toychain), { world: toychain.cliqueWorld }))
expectError(failures(clique_inv(toychain), toychain.cliqueWorld))
declare const failure: Failure
expectType<string>(showFailure(failure))
expectType<Address | undefined>(failure.node)
expectType<Invariant<number>>(all('two', '', [whole<number, never>('even', '', () => [])]))
expectError(all('two', '', [whole<number, never>('even', '', () => []), whole<string, never>('short', '', () => [])]))

// ---- a conjunct's parts fit together

expectType<NetworkInvariant<number, string>>(
  eachNode<number, string>('positive', '', (node, st) => (st > 0 ? [] : [{ node, witness: 'no' }]))
)
// A witness is a text.
expectError(eachNode<number, string>('positive', '', (node) => [{ node, witness: 1 }]))
declare const view: View<number, string, bigint>
expectType<Clause<number, bigint>>(
  each('small', '', (_n, _st: number, x: bigint) => (x < 9n ? [] : [{ witness: 'big' }]))
)
expectType<Clause<number, bigint>>(
  together('same', '', {
    summary: (_n, _st: number, x: bigint) => x > 0n,
    decide: (seen) => {
      expectType<boolean | undefined>(seen[0]?.sees)
      return []
    }
  })
)
expectType<ReadonlyArray<NetworkInvariant<number, string>>>(
  fromView(view, [each('small', '', (_n, _st: number, x: bigint) => (x < 9n ? [] : [{ witness: 'big' }]))])
)
// A clause that is made from another view.
expectError(fromView(view, [each('small', '', (_n: Address, _st: number, x: string) => [{ witness: x }])]))

// ---- models, and what the checker says of them

const model = toychainModel(playNumbered, bounds(2, 1, 0))
expectType<ToychainModel<NumberedTypes>>(model)
expectAssignable<Model<ToychainState<NumberedTypes>, ToychainAction<NumberedTypes>>>(model)
expectError(bounds('2', 1, 0))
expectError(bounds(2, 1, 0, { duplications: 1 }))
expectError((model.bounds.nodes = 3))

type R = Result<ToychainState<NumberedTypes>, ToychainAction<NumberedTypes>>
expectType<Promise<R>>(exhaustive(model))
expectType<Promise<R>>(exhaustive(model, { depth: 3, maxStates: 10, order: 'breadth-first' }))
expectError(exhaustive(model, { order: 'random' }))
expectType<Promise<RandomizedResult<ToychainState<NumberedTypes>, ToychainAction<NumberedTypes>>>>(
  randomized(model, { seed: 1 })
)
// A random exploration without a seed could not be made again.
expectError(randomized(model))
expectError(randomized(model, { runs: 5 }))
declare const result: R
expectType<Counterexample<ToychainState<NumberedTypes>, ToychainAction<NumberedTypes>> | undefined>(
  result.counterexample
)
// There need not be one.
expectNotAssignable<Counterexample<ToychainState<NumberedTypes>, ToychainAction<NumberedTypes>>>(result.counterexample)
expectType<Promise<Execution<ToychainAction<NumberedTypes>>>>(shrink(model, { start: 0, actions: [] }))
expectError(shrink(model, { start: 0, actions: [{ _tag: 'Idle' }] }))
expectError(runActions(model, { start: 0, actions: ['mint'] }))
// An execution says in which state it starts.
expectError(runActions(model, []))

// ---- whatever the instance: a configuration's model is used by a function that takes any

declare const configuration: Configuration
expectType<string>(withModel(configuration, ({ name }) => name))
expectError(withModel({ ...configuration, instance: 'dogecoin' }, ({ name }) => name))

// ---- files: what comes in is unknown, or refused

expectType<ItfValue>(toItf({ a: 1n }))
expectType<Either<string, unknown>>(fromItf({ a: 1 }))
expectType<Either<string, Trace>>(readTrace(''))
expectType<Trace>(traceOf(configuration, result.counterexample?.states ?? [], []))
declare const trace: Trace
expectType<unknown>(trace.configuration)
expectType<Replay<ToychainState<NumberedTypes>, ToychainAction<NumberedTypes>>>(replay(model, trace))
expectNotAssignable<Trace>({ states: [] })
