/**
 * Networks in integers of which inert packets are purged, node by node.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { eachNode, whole } from '../../../../invariants/property/invariant.js'
import type { NetworkInvariant } from '../../../../invariants/property/invariant.js'
import { to, deliver, intern, small } from '../../../support/smallNetworks.js'

describe('where inert packets are purged', () => {
  const purging = { purge: true }
  const ordered = (words: ReadonlyArray<string>): ReadonlyArray<string> => [...words].sort()

  test('those go whose delivery changes nothing and sends nothing, when their node takes a step', () => {
    const { begin } = small({
      states: [0],
      packets: [to(0, 1), to(0, 2), to(0, 3), to(0, 3), to(0, 4)],
      environment: { internal: (env, node, st) => (st === 0 ? [intern(node, 'go', env)] : []) },
      onMessage: (st, msg) => (msg === 1 ? [2, []] : [st, msg === 2 ? [to(0, 3), to(0, 1)] : []]),
      onInternal: (st) => [st + 1, []]
    })
    const { compact, go, steps } = begin(purging)
    expect(ordered(steps())).toEqual(['1', '2', '3', '4', 'go'])
    go('go')
    expect(ordered(steps())).toEqual(['1', '2'])
    go('2')
    expect(steps()).toEqual(['1'])
    compact.begin()
    compact.enumerate()
    go('2')
    expect(ordered(steps())).toEqual(['1', 'go'])
    const other = begin()
    other.go('go')
    expect(ordered(other.steps())).toEqual(['1', '2', '3', '4'])
  })

  test('those go that are sent to a node, and those to nobody stay', () => {
    const { compact, go, steps, taken } = small({
      states: [0, 0],
      packets: [to(1, 1)],
      environment: { internal: (env, node, st) => (node === 0 && st === 0 ? [intern(node, 'go', env)] : []) },
      onMessage: (st, msg) => [msg === 2 ? 2 : st, []],
      onInternal: () => [1, [to(1, 1), to(1, 2), to(1, 3), to(9, 4), to(0, 5)]]
    }).begin(purging)
    const start = new Int32Array(compact.width)
    compact.store(start, 0)
    go('go')
    expect(steps()).toEqual(['2'])
    go('2')
    expect(steps()).toEqual([])
    compact.countState()
    expect(compact.coverage().states).toEqual({ quiescence: 0 })
    compact.fetch(start, 0)
    const actions = taken('go')
    expect([actions[0], ordered(actions)]).toEqual(['go', ['1', '1', '3', '5', 'go']])
    expect(steps()).toEqual(['2'])
  })

  test('those stay that are in flight to a node that takes no step and is sent nothing', () => {
    const { go, steps } = small({
      states: [0, 0, 0],
      packets: [to(0, 1), to(1, 2), to(2, 3)],
      environment: { internal: (env, node, st) => (node === 0 && st < 2 ? [intern(node, `go ${st}`, env)] : []) },
      onInternal: (st) => [st + 1, st === 0 ? [] : [to(2, 4)]]
    }).begin(purging)
    go('go 0')
    expect(ordered(steps())).toEqual(['2', '3', 'go 1'])
    go('go 1')
    expect(steps()).toEqual(['2'])
  })

  test('a delivery changes nothing if it does so at each time at which the network may make it', () => {
    const { go, steps } = small({
      states: [9],
      packets: [to(0, 0), to(0, 1), to(0, 2)],
      environment: {
        delivery: (env, packet) => deliver(packet, env, env),
        internal: (env, node) => (env === 0 ? [intern(node, 'go', 1)] : [])
      },
      onMessage: (st, msg, ts) => [msg === ts ? st + 1 : st, []]
    }).begin(purging)
    go('go')
    expect(ordered(steps())).toEqual(['0', '1'])
  })

  test('nothing goes that the network may hold back, lose or duplicate, or whose delivery is seen by the environment', () => {
    const { go, steps } = small({
      states: [0],
      packets: [to(0, 1), to(0, 2), to(0, 3), to(0, 4), to(0, 5)],
      environment: {
        delivery: (env, packet) =>
          packet.msg === 1 && env === 0 ? O.none : deliver(packet, 0, packet.msg === 2 ? 2 : env),
        internal: (env, node) => (env === 0 ? [intern(node, 'go', 1)] : []),
        packetFaults: (env, packet) =>
          packet.msg === 3 && env === 0
            ? [{ act: { _tag: 'Lose', packet }, then: env }]
            : packet.msg === 4 && env === 1
              ? [{ act: { _tag: 'Duplicate', packet }, then: env }]
              : []
      }
    }).begin(purging)
    expect(ordered(steps())).toEqual(['2', '3', '4', '5', 'Lose 3', 'go'])
    go('go')
    expect(ordered(steps())).toEqual(['1', '2', '3', '4', 'Duplicate 4'])
  })

  test('what was purged and changes something later is not purged again', () => {
    const { compact, go, steps } = small({
      states: [0],
      packets: [to(0, 1), to(0, 2), to(0, 3)],
      environment: { internal: (env, node, st) => (st < 3 ? [intern(node, 'go', env)] : []) },
      onMessage: (st, msg) => [st === 3 && msg !== 3 ? 4 : st, []],
      onInternal: (st) => [st + 1, []]
    }).begin(purging)
    compact.enumerate()
    go('go', 'go', 'go')
    expect(steps()).toEqual([])
    expect(compact.recheckPurged()).toBe(2)
    expect(compact.sizes()['packets that must not be purged']).toBe(2)
    compact.begin()
    go('go', 'go')
    expect(ordered(steps())).toEqual(['1', '2', 'go'])
    expect(compact.recheckPurged()).toBe(0)
  })

  test('one packet that was purged, and changes something in the next state, is not purged again', () => {
    const { compact, go, steps } = small({
      states: [0],
      packets: [to(0, 1)],
      environment: { internal: (env, node, st) => (st < 2 ? [intern(node, 'go', env)] : []) },
      onMessage: (st) => [st === 2 ? 3 : st, []],
      onInternal: (st) => [st + 1, []]
    }).begin(purging)
    compact.enumerate()
    go('go')
    expect(steps()).toEqual(['go'])
    expect(compact.recheckPurged()).toBe(1)
    compact.begin()
    go('go')
    expect(ordered(steps())).toEqual(['1', 'go'])
  })

  test('no invariant may look at whole states', () => {
    const few: NetworkInvariant<number, number> = whole('few', 'little is in flight', () => [])
    const each = eachNode<number, number>('each', 'each', () => [])
    expect(() => small({ states: [0], invariants: [each] }).begin(purging)).not.toThrow()
    expect(() => small({ states: [0], invariants: [each, few] }).begin({ purge: false })).not.toThrow()
    expect(() => small({ states: [0], invariants: [each, few] }).begin(purging)).toThrow(
      'inert packets cannot be purged: the invariant «few» looks at whole states'
    )
  })
})
