import { describe, expect, test } from 'vitest'
import { NONE } from '../../../../invariants/checker/network/parts.js'
import { cut, fair, LEFT, lossy, NOWHERE, packet, pieces, RIGHT } from '../../../support/counters.js'

/** The pieces with an environment, and what a local step is, with packets and states in place of their numbers. */
const ready = (env = fair) => {
  const made = pieces()
  const { parts, localSteps } = made
  const e = parts.env(env)
  localSteps.prepare(e)
  const packetsOf = (bundle: number) =>
    bundle === NONE ? [] : localSteps.bundles.valueOf(bundle).map((p) => parts.packets.valueOf(p).msg)
  const shown = (step: number) => {
    const [local = NONE, takes = NONE] = [localSteps.local.data[step], localSteps.takes.data[step]]
    const [from = 0, to = 0] = [localSteps.sendsFrom.data[step], localSteps.sendsTo.data[step]]
    const others = [...localSteps.sends.data.subarray(from, to)]
    return {
      kind: localSteps.kinds.valueOf(localSteps.kind.data[step] ?? 0),
      action: localSteps.actionOf(step),
      env: parts.envs.valueOf(localSteps.env.data[step] ?? 0),
      local: local === NONE ? undefined : parts.locals.valueOf(local),
      takes: takes === NONE ? undefined : parts.packets.valueOf(takes).msg,
      self: packetsOf(localSteps.self.data[step] ?? NONE),
      others: others.flatMap((n, i) => (i % 2 === 0 ? [[n, packetsOf(others[i + 1] ?? NONE)] as const] : [])),
      bits: localSteps.bits.data[step]
    }
  }
  const inOrder = (dst: typeof LEFT, ...messages: ReadonlyArray<number>) =>
    messages
      .map((msg) => parts.packet(packet(dst, msg)))
      .sort(parts.byPrint)
      .map((p) => parts.packets.valueOf(p).msg)
  return { ...made, e, shown, inOrder }
}

const delivery = (p: ReturnType<typeof packet>) => ({ _tag: 'Deliver', packet: p, ts: 0 }) as const

describe('a local step', () => {
  test('delivers a packet: the node takes it, goes to a state, and answers', () => {
    const { parts, localSteps, e, shown } = ready()
    const p = packet(LEFT, 3, RIGHT)
    const steps = localSteps.ofPacket(e, parts.packet(p), parts.local(0, 2))
    expect(steps.map(shown)).toEqual([
      {
        kind: 'Deliver',
        action: delivery(p),
        env: fair,
        local: { node: 0, st: 5 },
        takes: 3,
        self: [],
        others: [[1, [2]]],
        bits: 1
      }
    ])
  })

  test('sends to the node that takes it, to others and to nobody, each all at once', () => {
    const { parts, localSteps, e, shown, inOrder } = ready()
    const [step = NONE] = localSteps.ofNode(e, parts.local(0, 0))
    expect(shown(step)).toEqual({
      kind: 'Intern',
      action: { _tag: 'Intern', node: LEFT, transition: 'start', ts: 0 },
      env: fair,
      local: { node: 0, st: 1 },
      takes: undefined,
      self: [1],
      others: [
        [1, inOrder(RIGHT, 2, 0, 1)],
        [2, [3]]
      ],
      bits: 1
    })
  })

  test('is that of whoever it is offered to: the same state of another node sends to itself what the one sends to others', () => {
    const { parts, localSteps, e, shown, inOrder } = ready()
    const [step = NONE] = localSteps.ofNode(e, parts.local(1, 0))
    expect([shown(step).self, shown(step).others]).toEqual([
      inOrder(RIGHT, 2, 0, 1),
      [
        [0, [1]],
        [2, [3]]
      ]
    ])
    expect(localSteps.ofNode(e, parts.local(1, 3))).toEqual([])
  })

  test('is a fault: it takes the packet, changes the environment, and no node', () => {
    const { parts, localSteps, e, shown } = ready(lossy)
    const p = packet(LEFT, 1)
    const [deliver = NONE, lose = NONE, ...more] = localSteps.ofPacket(e, parts.packet(p), parts.local(0, 1))
    expect([shown(deliver).kind, more]).toEqual(['Deliver', []])
    expect(shown(lose)).toEqual({
      kind: 'Lose',
      action: { _tag: 'Lose', packet: p },
      env: fair,
      local: { node: 0, st: 1 },
      takes: 1,
      self: [],
      others: [],
      bits: 0
    })
  })

  test('is taken by whoever the packet is for', () => {
    const { parts, localSteps, e, shown } = ready()
    const [step = NONE] = localSteps.ofPacket(e, parts.packet(packet(RIGHT, 3, RIGHT)), parts.local(1, 2))
    expect([shown(step).local, shown(step).self, shown(step).others]).toEqual([{ node: 1, st: 5 }, [2], []])
  })

  test('is at a time, and may change the environment', () => {
    const { parts, localSteps, e, shown } = ready({ ...fair, hour: 2 })
    const [step = NONE] = localSteps.ofPacket(e, parts.packet(packet(LEFT, 1)), parts.local(0, 1))
    expect([shown(step).local, shown(step).env]).toEqual([{ node: 0, st: 4 }, fair])
  })

  test('duplicates a packet: one more is in flight to whoever it is for', () => {
    const { parts, localSteps, e, shown } = ready({ ...fair, duplications: 1 })
    const p = packet(RIGHT, 1)
    const [, duplicate = NONE] = localSteps.ofPacket(e, parts.packet(p), parts.local(1, 1))
    expect(shown(duplicate)).toEqual({
      kind: 'Duplicate',
      action: { _tag: 'Duplicate', packet: p },
      env: fair,
      local: { node: 1, st: 1 },
      takes: undefined,
      self: [1],
      others: [],
      bits: 0
    })
  })

  test('delivers nothing to nobody, and nothing where the environment does not', () => {
    const losing = ready(lossy)
    const lost = losing.parts.packet(packet(NOWHERE, 1))
    expect(losing.localSteps.ofPacket(losing.e, lost, NONE).map((step) => losing.shown(step).kind)).toEqual(['Lose'])
    const apart = ready(cut)
    expect(apart.localSteps.ofPacket(apart.e, apart.parts.packet(packet(LEFT, 1)), apart.parts.local(0, 1))).toEqual([])
  })

  test('is the network’s own', () => {
    const { localSteps, parts, shown } = ready(cut)
    expect(localSteps.ofNode(parts.env(cut), NONE).map(shown)).toEqual([
      {
        kind: 'Heal',
        action: { _tag: 'Heal' },
        env: fair,
        local: undefined,
        takes: undefined,
        self: [],
        others: [],
        bits: 0
      }
    ])
    const healed = parts.env(fair)
    localSteps.prepare(healed)
    expect(localSteps.ofNode(healed, NONE)).toEqual([])
  })

  test('changes the fingerprint of a world by what becomes of its parts', () => {
    const { parts, localSteps, cells, e } = ready(lossy)
    const p = parts.packet(packet(LEFT, 3, RIGHT))
    const [deliver = NONE, lose = NONE] = localSteps.ofPacket(e, p, parts.local(0, 2))
    const answer = parts.packet(packet(RIGHT, 2, RIGHT))
    const print = (env: number, st: number, ...packets: ReadonlyArray<number>) => {
      const cell = cells.of(parts.local(0, st), packets)
      return [
        (parts.envPrint.high(env) + (cells.high.data[cell] ?? 0)) | 0,
        (parts.envPrint.low(env) + (cells.low.data[cell] ?? 0)) | 0
      ]
    }
    const [high = 0, low = 0] = print(e, 2, p)
    const after = (step: number) => [
      (high + (localSteps.high.data[step] ?? 0)) | 0,
      (low + (localSteps.low.data[step] ?? 0)) | 0
    ]
    expect(after(deliver)).toEqual(print(e, 5, answer))
    expect(after(lose)).toEqual(print(parts.env(fair), 2))
  })

  test('is observed where the state changes', () => {
    const { parts, localSteps, e, shown } = ready()
    const bits = (st: number, msg: number) =>
      localSteps.ofPacket(e, parts.packet(packet(LEFT, msg)), parts.local(0, st)).map((step) => shown(step).bits)
    expect([bits(2, 1), bits(1, 1), bits(2, 2), bits(0, 0), bits(2, 0)]).toEqual([[1], [3], [3], [0], [0]])
  })

  test('is computed once', () => {
    const { parts, localSteps, e, asked } = ready()
    const [p, local, zero] = [parts.packet(packet(LEFT, 1)), parts.local(0, 1), parts.local(0, 0)]
    const steps = [localSteps.ofPacket(e, p, local), localSteps.ofNode(e, zero)]
    localSteps.prepare(e)
    expect([localSteps.ofPacket(e, p, local), localSteps.ofNode(e, zero)]).toEqual(steps)
    expect(asked).toEqual({ procMsg: 1, procInt: 1 })
    expect(localSteps.length).toBe(2)
  })

  test('is counted', () => {
    const { parts, localSteps, e } = ready()
    const [step = NONE] = localSteps.ofNode(e, parts.local(0, 0))
    expect(localSteps.times.data[step]).toBe(0)
    localSteps.count(step, 2)
    localSteps.count(step, 3)
    expect(localSteps.times.data[step]).toBe(5)
  })

  test('has an action, and no other number has', () => {
    const { localSteps } = ready()
    expect(() => localSteps.actionOf(0)).toThrow('no local step has the number 0; there are 0')
  })
})
