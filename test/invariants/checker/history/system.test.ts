/**
 * Histories that a model carries along: counters that lose updates or do not, and a register with replicas.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { call, historyOf, MalformedHistory, returns } from '../../../../invariants/checker/history/history.js'
import type { History } from '../../../../invariants/checker/history/history.js'
import { linearizable } from '../../../../invariants/checker/history/linearizable.js'
import type { SequentialObject } from '../../../../invariants/checker/history/object.js'
import { linearizableSoFar, serializableSoFar, withHistory } from '../../../../invariants/checker/history/system.js'
import { systemModel } from '../../../../invariants/checker/model/systemModel.js'
import { exhaustive } from '../../../../invariants/checker/search/exhaustive.js'
import type { TransitionSystem } from '../../../../spec/system/transitionSystem.js'

/** A counter: each operation adds one, and returns what was there before. */
const counter: SequentialObject<number, 'add', number> = {
  name: 'counter',
  initial: [0],
  apply: (n) => [[n + 1, n]]
}

/** What a client does, and what it has read. */
interface Client {
  readonly at: 'idle' | 'called' | 'read' | 'written'
  readonly saw: number
  readonly left: number
}
interface Counting {
  readonly value: number
  readonly clients: ReadonlyArray<Client>
}
interface Step {
  readonly client: number
  readonly does: 'call' | 'get' | 'set' | 'return'
}

/** Clients that add to a value, so often each: by a get and a set, or at once if the value is still what they have seen. */
const counting = (atOnce: boolean, clients: number, times: number): TransitionSystem<Counting, Step> => ({
  initial: [{ value: 0, clients: Array.from({ length: clients }, () => ({ at: 'idle', saw: 0, left: times })) }],
  actions: ({ value, clients: all }) =>
    all.flatMap(({ at, saw, left }, client): ReadonlyArray<Step> => {
      switch (at) {
        case 'idle':
          return left === 0 ? [] : [{ client, does: 'call' }]
        case 'called':
          return [{ client, does: 'get' }]
        case 'read':
          return atOnce && value !== saw ? [{ client, does: 'get' }] : [{ client, does: 'set' }]
        case 'written':
          return [{ client, does: 'return' }]
      }
    }),
  next: ({ value, clients: all }, { client, does }) => {
    const own = all[client]!
    const become = (then: Partial<Client>, after = value): O.Option<Counting> =>
      O.some({ value: after, clients: all.with(client, { ...own, ...then }) })
    switch (does) {
      case 'call':
        return become({ at: 'called' })
      case 'get':
        return become({ at: 'read', saw: value })
      case 'set':
        return become({ at: 'written' }, own.saw + 1)
      case 'return':
        return become({ at: 'idle', saw: 0, left: own.left - 1 })
    }
  }
})

const eventsOf = (before: Counting, { client, does }: Step): History<'add', number> =>
  does === 'call' ? [call(client, 'add')] : does === 'return' ? [returns(client, before.clients[client]!.saw)] : []

const explored = async (atOnce: boolean, clients: number, times: number) =>
  exhaustive(
    systemModel({
      name: 'counting',
      system: withHistory(counting(atOnce, clients, times), eventsOf),
      invariants: [linearizableSoFar(counter)]
    })
  )

describe('a counter for two clients', () => {
  test('loses updates with a get and a set: the shortest execution shows it', async () => {
    const { counterexample } = await explored(false, 2, 1)
    // Both call, get, set and return.
    expect(counterexample?.actions).toHaveLength(8)
    const history = counterexample?.states.at(-1)?.history ?? []
    expect(history.slice(-1)).toEqual([returns(history.at(-1)!.process, 0)])
    expect(linearizable(history, counter)).toMatchObject({ _tag: 'Unexplained', history, expected: [1] })
    expect(counterexample?.failures).toMatchObject([{ path: ['linearizable as a counter'] }])
    expect(counterexample?.failures[0]?.witness).toContain('returns 0 in event 4\nit might have returned 1')
    // The history that the states carry is that of the execution.
    const states = counterexample?.states.map(({ state }) => state) ?? []
    expect(historyOf({ states, actions: counterexample?.actions ?? [] }, eventsOf)).toEqual(history)
  })

  test.each([
    [2, 1],
    [2, 2],
    [3, 1]
  ])('does not with test and set: %i clients, %i times', async (clients, times) => {
    const result = await explored(true, clients, times)
    expect(result.counterexample).toBeUndefined()
    expect(result.states).toBeGreaterThan(10)
  })
})

describe('what a client reads and writes, committed when it writes', () => {
  type Access = 'get' | { readonly set: number }
  const number: SequentialObject<number, Access, number> = {
    name: 'number',
    initial: [0],
    apply: (n, op) => (op === 'get' ? [[n, n]] : [[op.set, op.set]])
  }
  const committed = (before: Counting, { client, does }: Step): History<Access, number> => {
    const { saw } = before.clients[client]!
    return does === 'set'
      ? [call(client, 'get'), returns(client, saw), call(client, { set: saw + 1 }), returns(client, saw + 1)]
      : []
  }
  const check = (atOnce: boolean) =>
    exhaustive(
      systemModel({
        name: 'counting',
        system: withHistory(counting(atOnce, 2, 1), committed),
        invariants: [serializableSoFar(number, ({ process }) => process)]
      })
    )

  test('has no order of whole transactions where both have read the same', async () => {
    const { counterexample } = await check(false)
    // Both call, get and set.
    expect(counterexample?.actions).toHaveLength(6)
    expect(counterexample?.failures).toMatchObject([{ path: ['serializable on the number'] }])
    expect(counterexample?.failures[0]?.witness).toContain('no order of whole transactions')
  })

  test('has one where it is written only if it is still so', async () => {
    const { counterexample, complete } = await check(true)
    expect([counterexample, complete]).toEqual([undefined, true])
  })
})

describe('a register with two replicas', () => {
  type Op = 'read' | number
  interface Replicas {
    readonly values: readonly [number, number]
    readonly left: number
  }
  type Action = 'write' | 'copy' | 'read first' | 'read second'
  const register: SequentialObject<number, Op, number> = {
    name: 'register',
    initial: [0],
    apply: (value, op) => [op === 'read' ? [value, value] : [op, op]]
  }
  const system = (actions: ReadonlyArray<Action>): TransitionSystem<Replicas, Action> => ({
    initial: [{ values: [0, 0], left: 4 }],
    actions: ({ left }) => (left === 0 ? [] : actions),
    next: ({ values: [first, second], left }, action) =>
      O.some({
        values: action === 'write' ? [first + 1, second] : action === 'copy' ? [first, first] : [first, second],
        left: left - 1
      })
  })
  const eventsOfRegister = ({ values }: Replicas, action: Action, after: Replicas): History<Op, number> => {
    switch (action) {
      case 'copy':
        return []
      case 'write':
        return [call('w', after.values[0]), returns('w', after.values[0])]
      case 'read first':
        return [call('r', 'read'), returns('r', values[0])]
      case 'read second':
        return [call('r', 'read'), returns('r', values[1])]
    }
  }
  const check = (actions: ReadonlyArray<Action>) =>
    exhaustive(
      systemModel({
        name: 'replicas',
        system: withHistory(system(actions), eventsOfRegister),
        invariants: [linearizableSoFar(register)]
      })
    )

  test('has stale reads if both are read', async () => {
    expect((await check(['write', 'copy', 'read first', 'read second'])).counterexample?.actions).toEqual([
      'write',
      'read second'
    ])
  })

  test('has none if one is', async () => {
    expect((await check(['write', 'copy', 'read first'])).counterexample).toBeUndefined()
  })
})

test('a system whose events are no history is told so', async () => {
  const system = withHistory(
    counting(false, 1, 1),
    (_, { does }: Step): History<'add', number> =>
      does === 'get' ? [returns(0, 0), returns(0, 0)] : eventsOf(counting(false, 1, 1).initial[0]!, { client: 0, does })
  )
  const { fault } = await exhaustive(systemModel({ name: 'odd', system, invariants: [linearizableSoFar(counter)] }))
  expect(fault?.thrown).toBeInstanceOf(MalformedHistory)
  expect(fault?.says).toContain('MalformedHistory')
})

test('an execution has the history of the steps whose states are known', () => {
  expect(historyOf({ states: [1], actions: ['a'] }, () => [call(1, 'x')])).toEqual([])
  expect(historyOf({ states: [1, 2], actions: ['a'] }, () => [call(1, 'x')])).toEqual([call(1, 'x')])
})
