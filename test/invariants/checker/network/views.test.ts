import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Names } from '../../../../invariants/checker/data/names.js'
import { FAILS, Verdicts } from '../../../../invariants/checker/network/verdicts.js'
import {
  each,
  eachNode,
  failures,
  fromView,
  partsOf,
  together,
  whole
} from '../../../../invariants/property/invariant.js'
import type { NetworkInvariant, View } from '../../../../invariants/property/invariant.js'
import { netAddr } from '../../../../spec/system/address.js'
import { holds } from '../../../support/property.js'
import { address } from '../../../support/toychains.js'

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

const verdictsOn = (invariants: ReadonlyArray<NetworkInvariant<number, number>>): Verdicts<number, number> =>
  new Verdicts(invariants.flatMap(partsOf), nodes, new Names())

const make = (limit: number, pair: number) => {
  const decideEach = counted((node: number, st: number, x: number) =>
    8 * st + x === pair ? [{ node: address(node), witness: 'pair' }] : []
  )
  // Which node sees what makes a difference.
  const decideTogether = counted((seen: ReadonlyArray<{ readonly node: number; readonly sees: number }>) =>
    seen.reduce((sum, { node, sees }) => sum + (node + 1) * sees, 0) > limit ? [{ witness: 'sum' }] : []
  )
  const decideOrder = counted((seen: ReadonlyArray<{ readonly sees: number }>) =>
    (seen[0]?.sees ?? 0) > (seen[1]?.sees ?? 0) + limit / 8 ? [{ witness: 'order' }] : []
  )
  const invariants = fromView(bits, [
    each<number, number>('pair', '', decideEach.f),
    together<number, number, number>('sum', '', {
      summary: (_n, st, x) => st + (x & 6),
      settles: (w) => w === 0,
      decide: decideTogether.f
    }),
    together<number, number, number>('order', '', { summary: (_n, st) => st, decide: decideOrder.f })
  ])
  const calls = () => decideEach.calls.times + decideTogether.calls.times + decideOrder.calls.times
  return { invariants, verdicts: verdictsOn(invariants), calls }
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
        fc.integer({ min: 0, max: 18 }),
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
                  inFlightMsgs: packets.map(([dst, msg]) => ({ src: address(0), dst: address(dst), msg }))
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
        expect(calls() - before).toBe(once)
        if (expected.includes(true) && expected.includes(false)) meet('some fail and some do not')
      },
      { runs: 200, met: { 'some fail and some do not': 80 } }
    )
  })

  test('look at the rules of those leaves that are given, and at no others', () => {
    const { invariants } = make(3, 9)
    const verdictsOf = (...used: ReadonlyArray<number>) => {
      const parts = used.flatMap((i) => partsOf(invariants[i]!))
      const verdicts = new Verdicts<number, number>(parts, nodes, new Names())
      verdicts.addLocal(nodes[0]!, 2)
      verdicts.addLocal(nodes[1]!, 2)
      const classes = [0, 1].map((local) => verdicts.classOf(local, new Int32Array(0), 0))
      return verdicts.fails(Int32Array.of(0, 1), 0, Int32Array.from(classes))
    }
    expect([verdictsOf(), verdictsOf(0), verdictsOf(1), verdictsOf(0, 1)]).toEqual([false, false, true, true])
  })

  test('leave out what looks at whole states', () => {
    const verdicts = verdictsOn([whole('whole', '', () => [{ witness: 'wrong' }])])
    for (const node of nodes) verdicts.addLocal(node, 0)
    const classes = [0, 1].map((local) => verdicts.classOf(local, new Int32Array(0), 0))
    expect([classes, verdicts.fails(Int32Array.of(0, 1), 0, Int32Array.from(classes))]).toEqual([[0, 0], false])
  })

  test('fail of a node where a conjunct about its local state alone does, whatever is in flight', () => {
    const odd = eachNode<number, number>('odd', '', (node, st) => (st % 2 === 1 ? [] : [{ node, witness: 'even' }]))
    const three = eachNode<number, number>('not 3', '', (node, st) => (st === 3 ? [{ node, witness: '3' }] : []))
    const verdicts = verdictsOn([odd, three])
    for (const st of [1, 2, 3]) verdicts.addLocal(nodes[0]!, st)
    verdicts.addPacket(7)
    expect([0, 1, 2].map((local) => verdicts.classOf(local, Int32Array.of(0), 1))).toEqual([0, FAILS, FAILS])
  })

  test('know no local state of which they were not told', () => {
    expect(() => make(3, 9).verdicts.classOf(5, new Int32Array(0), 0)).toThrow('there is no local state 5')
  })

  test('hold many verdicts', () => {
    const least = 40
    const { calls, f } = counted((seen: ReadonlyArray<{ readonly sees: number }>) =>
      (seen[0]?.sees ?? 0) + 2 * (seen[1]?.sees ?? 0) > least ? [{ witness: 'much' }] : []
    )
    const verdicts = verdictsOn(
      fromView(bits, [together<number, number, number>('much', '', { summary: (_n, st) => st, decide: f })])
    )
    const states = Array.from({ length: 40 }, (_, st) => st)
    for (const node of nodes) for (const st of states) verdicts.addLocal(node, st)
    const classes = Int32Array.from({ length: 80 }, (_, local) => verdicts.classOf(local, new Int32Array(0), 0))
    const failing = (): number =>
      states.flatMap((a) => states.filter((b) => verdicts.fails(Int32Array.of(a, 40 + b), 0, classes))).length
    const expected = states.flatMap((a) => states.filter((b) => a + 2 * b > least)).length
    expect([failing(), failing(), calls.times]).toEqual([expected, expected, 1600])
  })
})

describe('packets that change nothing that is looked at', () => {
  interface Rules {
    /** A node must not see this. */
    readonly forbidden?: number
    /** What of the view is looked at. */
    readonly looks?: (x: number) => number
    /** The summary that settles it. */
    readonly settled?: number
  }
  /** Are packets with these messages invisible to a node that sees no message yet? */
  const areInvisible = (
    messages: ReadonlyArray<number>,
    { forbidden = -1, looks = () => 0, settled = -1 }: Rules,
    inFlight: ReadonlyArray<number> = []
  ): boolean => {
    const verdicts = verdictsOn(
      fromView(bits, [
        each<number, number>('forbidden', '', (node, _st, x) => (x === forbidden ? [{ node, witness: 'seen' }] : [])),
        together<number, number, number>('constant', '', { summary: () => 0, decide: () => [] }),
        together<number, number, number>('looks', '', {
          summary: (_n, _st, x) => looks(x),
          settles: (w) => w === settled,
          decide: () => []
        })
      ])
    )
    verdicts.addLocal(nodes[0]!, 0)
    for (let msg = 0; msg < 4; msg++) verdicts.addPacket(msg)
    return verdicts.areInvisible(messages, 0, Int32Array.from(inFlight), inFlight.length)
  }
  // The view of state 0 is 1 before anything arrives; the message m adds 2^m, but message 0 does not matter.

  test('are none, or those that do not matter, or those that all conjuncts overlook', () => {
    const rules = { looks: (x: number) => x & 7, forbidden: 7 }
    expect([[], [0], [3], [0, 3]].map((messages) => areInvisible(messages, rules))).toEqual([true, true, true, true])
    expect([[1], [2], [3, 1]].map((messages) => areInvisible(messages, rules))).toEqual([false, false, false])
  })

  test('may be there already', () => {
    const looks = (x: number) => x & 2
    expect([areInvisible([1], { looks }), areInvisible([1], { looks }, [1])]).toEqual([false, true])
  })

  test('may settle a conjunct, but not unsettle it', () => {
    const looks = (x: number) => x & 2
    expect([areInvisible([1], { looks, settled: 2 }), areInvisible([1], { looks, settled: 0 })]).toEqual([true, false])
  })

  test('are no two that only together break a conjunct about the node by itself', () => {
    expect([[1], [2], [1, 2], [2, 1, 3]].map((messages) => areInvisible(messages, { forbidden: 7 }))).toEqual([
      true,
      true,
      false,
      false
    ])
  })

  test('are no two that only together are seen', () => {
    const looks = (x: number) => Number((x & 6) === 6)
    expect([[1], [2], [1, 2], [3, 2, 1]].map((messages) => areInvisible(messages, { looks }))).toEqual([
      true,
      true,
      false,
      false
    ])
  })

  test('are so to every view', () => {
    const rule = (forbidden: number) =>
      each<number, number>('forbidden', '', (node, _st, x) => (x === forbidden ? [{ node, witness: 'seen' }] : []))
    const ofTwo = (...forbidden: ReadonlyArray<number>): boolean => {
      const verdicts = verdictsOn(forbidden.flatMap((x) => fromView(bits, [rule(x)])))
      verdicts.addLocal(nodes[0]!, 0)
      verdicts.addPacket(1)
      return verdicts.areInvisible([0], 0, new Int32Array(0), 0)
    }
    expect([ofTwo(), ofTwo(9, 9), ofTwo(3, 9), ofTwo(9, 3)]).toEqual([true, true, false, false])
  })

  test('are judged by what they add: what is wrong already is not their doing', () => {
    expect([areInvisible([], { forbidden: 1 }), areInvisible([0], { forbidden: 1 })]).toEqual([true, true])
  })
})
