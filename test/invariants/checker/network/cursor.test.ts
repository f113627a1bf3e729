/**
 * The steps of the current state of a network, in order, and the way from it to another.
 */
import { describe, expect, test } from 'vitest'
import { AS_PACKET, lanes, to, intern, small } from '../../../support/smallNetworks.js'

describe('the steps of a network', () => {
  test('are those of each node in its own state, though states do not say whose they are', () => {
    const { go, steps } = small({
      states: [0, 0, 0],
      environment: { internal: (env, node, st) => [intern(node, `${node}: ${st}`, env)] },
      onInternal: (st) => [st + 1, []]
    }).begin()
    const at = [0, 0, 0]
    for (const node of [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 1, 0, 2]) {
      go(`${node}: ${at[node]}`)
      at[node]!++
      expect(steps()).toEqual(at.map((st, n) => `${n}: ${st}`))
    }
    expect(at).toEqual([7, 6, 5])
  })

  test('come in an order that does not depend on what was met first, nor on what was sent at once', () => {
    const messages = [1, 2, 3, 4, 5, 6, 7, 8]
    /** Some messages are in flight from the start; the transitions send the others, the last of them first. */
    const order = (first: ReadonlyArray<number>, ...sent: ReadonlyArray<ReadonlyArray<number>>) => {
      const { compact, go, steps } = small({
        states: [0, 0],
        packets: first.map((m) => to(1, m)),
        environment: { internal: (_env, node, st) => (node === 0 ? [intern(node, `send ${st}`, 0)] : []) },
        onInternal: (st) => [st + 1, (sent[st] ?? []).map((m) => to(1, m))]
      }).begin()
      go(...sent.map((_, i) => `send ${i}`))
      return { print: [compact.high(), compact.low()], steps: steps().filter((step) => !step.startsWith('send')) }
    }
    const expected = order(messages).steps
    expect([...expected].sort()).toEqual(messages.map(String))
    expect(expected).not.toEqual(messages.map(String))
    for (const [first, ...sent] of [
      [[8, 7, 6, 5, 4, 3, 2, 1]],
      [[], messages],
      [[], messages.toReversed()],
      [[5], [8, 1, 6], [2, 7, 3, 4]],
      [
        [1, 2, 3, 4],
        [5, 6, 7, 8]
      ],
      [[8, 6, 4, 2], [7], [5], [3], [1]]
    ])
      expect(order(first!, ...sent).steps).toEqual(expected)
    expect(order([], [1, 2], [3]).print).toEqual(order([], [3, 2], [1]).print)
  })

  test('packets with the same first lane come in the order of the second', () => {
    const [a, b] = [to(0, 13626), to(0, 18244)]
    const [[highOfA, lowOfA], [highOfB, lowOfB]] = [lanes(AS_PACKET, a), lanes(AS_PACKET, b)]
    expect([highOfA, lowOfA > lowOfB]).toEqual([highOfB, true])
    expect(
      small({ states: [0], packets: [a, b] })
        .begin()
        .steps()
    ).toEqual(['18244', '13626'])
    expect(
      small({ states: [0], packets: [b, a] })
        .begin()
        .steps()
    ).toEqual(['18244', '13626'])
  })

  test('a packet that is in flight twice is one step, and its other copy stays', () => {
    const { steps, go } = small({ states: [0], packets: [to(0, 1), to(0, 1), to(0, 2), to(0, 1)] }).begin()
    const both = steps()
    expect([...both].sort()).toEqual(['1', '2'])
    go('1', '1')
    expect(steps()).toEqual(both)
    go('1')
    expect(steps()).toEqual(['2'])
  })

  test('hundreds of packets are in flight to one node, from the start or sent at once', () => {
    const many = Array.from({ length: 150 }, (_, i) => i)
    const { compact, go, steps } = small({
      states: [0, 0],
      packets: many.map((m) => to(1, m)),
      environment: { internal: (env, node) => (node === 0 ? [intern(node, 'send', env)] : []) },
      onInternal: (st) => [st + 1, many.map((m) => to(1, 1000 + m))]
    }).begin()
    expect(new Set(steps())).toEqual(new Set(['send', ...many.map(String)]))
    go('send')
    expect(new Set(steps())).toEqual(new Set(['send', ...many.map(String), ...many.map((m) => String(1000 + m))]))
    go('send')
    expect(steps()).toHaveLength(301)
    expect(compact.sizes()['cells']).toBe(7)
  })
})

describe('cells with the same hash', () => {
  /** The hash of the cell of node 0 with a state and messages in flight. */
  const hash = (st: number, ...messages: ReadonlyArray<number>): number => {
    let [high, low] = lanes(0, st)
    for (const m of messages) {
      const [h, l] = lanes(AS_PACKET, to(0, m))
      high = (high + h) | 0
      low = (low + l) | 0
    }
    return high ^ low
  }

  test('are two where the packets differ', () => {
    expect(hash(0, 185, 268)).toBe(hash(0, 76, 271))
    const { compact, go, steps } = small({
      states: [0],
      packets: [to(0, 185), to(0, 268)],
      environment: { internal: (env, node) => (env === 0 ? [intern(node, 'send', 1)] : []) },
      onInternal: (st) => [st, [to(0, 76), to(0, 271)]]
    }).begin()
    go('185', '268', 'send')
    expect([...steps()].sort()).toEqual(['271', '76'])
    expect(compact.sizes()['cells']).toBe(5)
  })

  test('are two where the local states differ', () => {
    expect(hash(85866)).toBe(hash(96319))
    const { compact, go, steps } = small({
      states: [85866],
      environment: { internal: (env, node, st) => [intern(node, `${st}`, env)] },
      onInternal: (st) => [85866 + 96319 - st, []]
    }).begin()
    go('85866')
    expect(steps()).toEqual(['96319'])
    expect(compact.sizes()['cells']).toBe(3)
  })

  test('are two where one has nothing in flight, and the other has', () => {
    expect(hash(4221)).toBe(hash(4221, 568, 944))
    const { compact, go, steps } = small({ states: [4221], packets: [to(0, 568), to(0, 944)] }).begin()
    go('568', '944')
    expect(steps()).toEqual([])
    expect(compact.sizes()['cells']).toBe(4)
  })
})
