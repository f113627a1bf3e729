import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Names } from '../../../invariants/canonical.js'
import { viewGroups } from '../../../invariants/checker/views.js'
import { each, failures, fromView, leaves, together } from '../../../invariants/invariant.js'
import type { View } from '../../../invariants/invariant.js'
import { netAddr } from '../../../spec/system/address.js'
import { holds } from '../../support/property.js'
import { address } from '../../support/toychains.js'

const NODES = 2
const nodes = netAddr(NODES).enum

/** A node's state and the messages above 0 in flight to it, as a set of bits. */
const bits: View<number, number, number> = {
  start: (_n, st) => 1 << st,
  matters: (msg) => msg > 0,
  arrive: (x, msg) => x | (1 << msg)
}

/** Counts how often it is asked. */
const counted = <X extends ReadonlyArray<unknown>, Y>(f: (...xs: X) => Y) => {
  const calls = { times: 0 }
  return {
    calls,
    f: (...xs: X): Y => {
      calls.times++
      return f(...xs)
    }
  }
}

const make = (limit: number, pair: number) => {
  const decideEach = counted((node: number, st: number, x: number) =>
    8 * st + x === pair ? [{ node: address(node), witness: 'pair' }] : []
  )
  const decideTogether = counted((seen: ReadonlyArray<{ readonly sees: number }>) =>
    seen.reduce((sum, { sees }) => sum + sees, 0) > limit ? [{ witness: 'sum' }] : []
  )
  const invariants = fromView(bits, [
    each<number, number>('pair', '', decideEach.f),
    together<number, number, number>('sum', '', {
      summary: (_n, st, x) => st + (x & 6),
      settles: (w) => w === 0,
      decide: decideTogether.f
    })
  ])
  const group = viewGroups(
    invariants.flatMap((i) => leaves(i).map(([, leaf]) => leaf)),
    nodes,
    new Names()
  )
  return { invariants, group, calls: () => decideEach.calls.times + decideTogether.calls.times }
}

/** A world: a state for each node, and packets as (destination, message); destination 2 is nobody. */
const world = fc.record({
  states: fc.array(fc.nat(2), { minLength: NODES, maxLength: NODES }),
  packets: fc.array(fc.tuple(fc.nat(NODES), fc.nat(2)), { maxLength: 4 })
})

describe('invariants by look-up', () => {
  test('fail of the worlds of which the invariants fail, world after world', () => {
    holds(
      fc.tuple(
        fc.integer({ min: 0, max: 12 }),
        fc.nat(24),
        fc.array(world, { minLength: 1, maxLength: 12, size: 'max' })
      ),
      ([limit, pair, worlds], meet) => {
        const { invariants, group, calls } = make(limit, pair)
        const [only, ...others] = group
        expect(others).toEqual([])
        // Numbers are given in the order in which states and packets come.
        const localIds = new Map<string, number>()
        const packetIds = new Map<string, number>()
        const nodeOf: number[] = []
        const numbered = worlds.map(({ states, packets }) => ({
          locals: states.map((st, n) => {
            const key = `${n} ${st}`
            if (!localIds.has(key)) {
              localIds.set(key, localIds.size)
              only!.addLocal(address(n), st)
            }
            return localIds.get(key)!
          }),
          packets: [...new Set(packets.map(String))].map((key) => {
            const [dst = 0, msg = 0] = key.split(',').map(Number)
            if (!packetIds.has(key)) {
              packetIds.set(key, packetIds.size)
              only!.addPacket(msg)
              nodeOf.push(dst < NODES ? dst : -1)
            }
            return packetIds.get(key)!
          })
        }))
        const verdicts = (): ReadonlyArray<boolean> =>
          numbered.map(({ locals, packets }) =>
            only!.fails(Int32Array.from(locals), Int32Array.from(packets), packets.length, Int32Array.from(nodeOf))
          )
        const expected = worlds.map(({ states, packets }) =>
          invariants.some(
            (invariant) =>
              failures(invariant, {
                world: {
                  localState: { _tag: 'Def', entries: states.map((st, n) => [address(n), st] as const) },
                  inFlightMsgs: packets.map(([dst, msg]) => ({ src: address(0), dst: address(dst), msg })),
                  consumedMsgs: []
                }
              }).length > 0
          )
        )
        const before = calls()
        expect(verdicts()).toEqual(expected)
        const once = calls() - before
        // What has been decided is not decided again.
        expect(verdicts()).toEqual(expected)
        expect(calls() - before).toBe(once)
        if (expected.includes(true) && expected.includes(false)) meet('some fail and some do not')
      },
      { runs: 200, met: { 'some fail and some do not': 80 } }
    )
  })

  test('have one group for each view, with the rules that are used, and none for other leaves', () => {
    const { invariants } = make(3, 9)
    const parts = (...used: ReadonlyArray<number>) =>
      used.flatMap((i) => leaves(invariants[i]!).map(([, leaf]) => leaf))
    expect(viewGroups(parts(0, 1), nodes, new Names())).toHaveLength(1)
    expect(
      viewGroups([...parts(0, 1), ...leaves(make(1, 1).invariants[0]!).map(([, leaf]) => leaf)], nodes, new Names())
    ).toHaveLength(2)
    expect(viewGroups([], nodes, new Names())).toEqual([])
    // Only the rule of the first leaf: what the second forbids does not count.
    const [group] = viewGroups(parts(0), nodes, new Names())
    group!.addLocal(nodes[0]!, 2)
    group!.addLocal(nodes[1]!, 2)
    expect(group!.fails(Int32Array.of(0, 1), new Int32Array(0), 0, new Int32Array(0))).toBe(false)
    const [both] = viewGroups(parts(0, 1), nodes, new Names())
    both!.addLocal(nodes[0]!, 2)
    both!.addLocal(nodes[1]!, 2)
    expect(both!.fails(Int32Array.of(0, 1), new Int32Array(0), 0, new Int32Array(0))).toBe(true)
  })
})
