/**
 * The public types of `blockforest/pbft`, as users see them: the state of the service is inferred, and what is returned is
 * handled case by case.
 */
import { expectError, expectType } from 'tsd'
import { configure, createReplica, initialState, memoryStore, step, validate } from '../dist/impl/pbft/index.js'
import type { Configuration, NotDone, Output, PbftReplica, ReplicaState } from '../dist/impl/pbft/index.js'

const counter = configure({
  replicas: 4,
  clients: 1,
  service: {
    initial: 0,
    execute: (state: number, operation) => ({ state: state + operation.length, result: String(state) }),
    write: String,
    read: Number
  }
})
expectType<Configuration<number>>(counter)

const replica = createReplica({
  configuration: counter,
  id: 0,
  scheme: undefined,
  host: { send: () => {}, setTimer: () => {}, store: memoryStore() }
})
expectType<PbftReplica<number>>(replica)
expectType<number>(replica.state().state.value)
expectType<NotDone | undefined>(replica.receive(new Uint8Array(0)))

const [first] = counter.pbft.replicas
if (first !== undefined) {
  const state = initialState(counter, first)
  expectType<ReplicaState<number>>(state)
  const [after, outputs] = step(counter, state, { _tag: 'Timer', serial: 1 })
  expectType<ReplicaState<number>>(after)
  expectType<ReadonlyArray<Output>>(outputs)
  const validated = validate(counter, [{ replica: 0, input: { _tag: 'Timer', serial: 1 } }])
  if ('steps' in validated) expectType<number>(validated.steps)
  else expectType<string>(validated.expected)

  // A state is never changed in place, and an input is one of two.
  expectError((state.view = 1))
  expectError(step(counter, state, { _tag: 'Tick' }))
}

// A service says how its states are written and read.
expectError(
  configure({ replicas: 4, clients: 1, service: { initial: 0, execute: (state: number) => ({ state, result: '' }) } })
)
