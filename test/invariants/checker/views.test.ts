import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Names } from '../../../invariants/checker/names.js'
import { FAILS, Verdicts } from '../../../invariants/checker/views.js'
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
  const verdicts = new Verdicts<number, number>(
    invariants.flatMap((i) => leaves(i).map(([, leaf]) => leaf)),
    nodes,
    new Names()
  )
  return { invariants, verdicts, calls: () => decideEach.calls.times + decideTogether.calls.times }
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
        const { invariants, verdicts, calls } = make(limit, pair)
        // Numbers are given in the order in which states and packets come.
        const localIds = new Map<string, number>()
        const packetIds = new Map<string, number>()
        const numbered = worlds.map(({ states, packets }) =>
          states.map((st, n) => {
            const key = `${n} ${st}`
            if (!localIds.has(key)) {
              localIds.set(key, localIds.size)
              verdicts.addLocal(address(n), st)
            }
            const own = packets.filter(([dst]) => dst === n).map(([, msg]) => String(msg))
            for (const msg of own)
              if (!packetIds.has(msg)) {
                packetIds.set(msg, packetIds.size)
                verdicts.addPacket(Number(msg))
              }
            return { local: localIds.get(key)!, packets: Int32Array.from(own, (msg) => packetIds.get(msg)!) }
          })
        )
        const judged = (): ReadonlyArray<boolean> =>
          numbered.map((cells) => {
            const classes = cells.map(({ local, packets }) => verdicts.classOf(local, packets, packets.length))
            return (
              classes.includes(FAILS) ||
              verdicts.fails(Int32Array.from([7, ...cells.keys()]), 1, Int32Array.from(classes))
            )
          })
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
        expect(judged()).toEqual(expected)
        const once = calls() - before
        // What has been decided is not decided again.
        expect(judged()).toEqual(expected)
        expect(calls() - before).toBe(once)
        verdicts.forget()
        expect(judged()).toEqual(expected)
        if (expected.includes(true) && expected.includes(false)) meet('some fail and some do not')
      },
      { runs: 200, met: { 'some fail and some do not': 80 } }
    )
  })

  test('look at the rules of those leaves that are given, and at no others', () => {
    const { invariants } = make(3, 9)
    const verdictsOf = (...used: ReadonlyArray<number>) => {
      const parts = used.flatMap((i) => leaves(invariants[i]!).map(([, leaf]) => leaf))
      const verdicts = new Verdicts<number, number>(parts, nodes, new Names())
      verdicts.addLocal(nodes[0]!, 2)
      verdicts.addLocal(nodes[1]!, 2)
      const classes = [0, 1].map((local) => verdicts.classOf(local, new Int32Array(0), 0))
      return verdicts.fails(Int32Array.of(0, 1), 0, Int32Array.from(classes))
    }
    expect([verdictsOf(), verdictsOf(0), verdictsOf(1), verdictsOf(0, 1)]).toEqual([false, false, true, true])
  })
})
