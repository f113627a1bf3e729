import { describe, expect, test } from 'vitest'
import type { Parts } from '../../../../invariants/checker/network/parts.js'
import { fair, LEFT, NOWHERE, packet, pieces, RIGHT } from '../../../support/counters.js'
import type { Weather } from '../../../support/counters.js'

const lanes = (print: { readonly high: (id: number) => number; readonly low: (id: number) => number }, id: number) => [
  print.high(id),
  print.low(id)
]

describe('the parts of worlds', () => {
  test('are numbered in the order in which they are first met, equal ones once', () => {
    const { parts } = pieces()
    expect([{ ...fair }, { ...fair, losses: 1 }, { ...fair }].map((e) => parts.env(e))).toEqual([0, 1, 0])
    expect([7, 8, 7].map((st) => parts.local(0, st))).toEqual([0, 1, 0])
    expect([packet(LEFT, 1), packet(LEFT, 2), packet(LEFT, 1)].map((p) => parts.packet(p))).toEqual([0, 1, 0])
    expect([parts.envs.all(), parts.locals.all(), parts.packets.all()]).toEqual([
      [fair, { ...fair, losses: 1 }],
      [
        { node: 0, st: 7 },
        { node: 0, st: 8 }
      ],
      [packet(LEFT, 1), packet(LEFT, 2)]
    ])
  })

  test('are two where two nodes have one state, with two fingerprints', () => {
    const { parts } = pieces()
    const [left, right] = [parts.local(0, 7), parts.local(1, 7)]
    expect([left, right]).toEqual([0, 1])
    expect(lanes(parts.localPrint, left)).not.toEqual(lanes(parts.localPrint, right))
  })

  test('are as many as there are states of each node', () => {
    const { parts } = pieces()
    const states = Array.from({ length: 20 }, (_, st) => st)
    expect([0, 1].flatMap((node) => states.map((st) => parts.local(node, st)))).toEqual([
      ...states,
      ...states.map((st) => st + 20)
    ])
  })

  test('have the same fingerprints in whatever order they are met, each its own', () => {
    const prints = (...order: ReadonlyArray<number>) => {
      const { parts } = pieces()
      for (const msg of order) parts.packet(packet(LEFT, msg))
      for (const st of order) parts.local(1, st)
      for (const losses of order) parts.env({ ...fair, losses })
      return [1, 2, 3].map((n) => [
        lanes(parts.packetPrint, parts.packet(packet(LEFT, n))),
        lanes(parts.localPrint, parts.local(1, n)),
        lanes(parts.envPrint, parts.env({ ...fair, losses: n }))
      ])
    }
    expect(prints(1, 1, 2, 1, 3)).toEqual(prints(3, 1, 2))
    expect(new Set(prints(1, 2, 3).flat().map(String)).size).toBe(9)
  })

  test('that are packets go to the node with an index, or to nobody', () => {
    const { parts } = pieces()
    const ids = [packet(RIGHT, 1), packet(NOWHERE, 1), packet(LEFT, 1)].map((p) => parts.packet(p))
    expect(ids.map((p) => parts.packetNode.data[p])).toEqual([1, 2, 0])
  })

  test('that are local states are observed, as bits', () => {
    const { parts } = pieces()
    expect([0, 1, 2, 3].map((st) => parts.localBits.data[parts.local(0, st)])).toEqual([0, 2, 1, 3])
  })

  test('that are packets have an order, which does not depend on what was met before', () => {
    const messages = [0, 1, 2, 3, 4, 5, 6, 7]
    const ordered = (parts: Parts<Weather, number, number>, order: ReadonlyArray<number>) => {
      for (const msg of order) parts.packet(packet(LEFT, msg))
      const ids = messages.map((_, i) => i)
      for (const p of ids)
        for (const q of ids) expect(Math.sign(parts.byPrint(p, q))).toBe(0 - Math.sign(parts.byPrint(q, p)))
      return ids.sort(parts.byPrint).map((p) => parts.packets.valueOf(p).msg)
    }
    const once = ordered(pieces().parts, messages)
    expect(ordered(pieces().parts, [...messages].reverse())).toEqual(once)
    const { parts } = pieces()
    const high = once.map((msg) => parts.packetPrint.high(parts.packet(packet(LEFT, msg))))
    expect(high).toEqual([...high].sort((x, y) => x - y))
  })

  test('are told to those that compute with them', () => {
    const { parts, orbits, cells } = pieces()
    const [local, p] = [parts.local(0, 1), parts.packet(packet(LEFT, 1))]
    const [mirrored, q] = [parts.local(1, 1), parts.packet(packet(RIGHT, 1, RIGHT))]
    const empty = [parts.local(0, 0), parts.local(1, 0)].map((id) => cells.of(id, []))
    const measured = (left: number, right: number) => {
      orbits.measure(Int32Array.of(left, right), 0, 2, parts.env(fair))
      return [orbits.high, orbits.low]
    }
    const [left = 0, right = 0] = empty
    expect(measured(cells.of(local, [p]), right)).toEqual(measured(left, cells.of(mirrored, [q])))
    expect(measured(cells.of(local, [p]), right)).not.toEqual(measured(cells.of(local, []), right))
  })
})
