import { describe, expect, test } from 'vitest'
import { NONE } from '../../../../invariants/checker/network/parts.js'
import { each, fromView } from '../../../../invariants/property/invariant.js'
import type { NetworkInvariant } from '../../../../invariants/property/invariant.js'
import { cut, fair, LEFT, lossy, packet, pieces } from '../../../support/counters.js'
import type { Weather } from '../../../support/counters.js'

const ready = (
  invariants: ReadonlyArray<NetworkInvariant<number, number>> = [],
  ...weather: ReadonlyArray<Weather>
) => {
  const made = pieces({ invariants })
  for (const env of [fair, ...weather]) made.parts.env(env)
  const packets = [0, 1, 2].map((msg) => made.parts.packet(packet(LEFT, msg)))
  const [zero = NONE, one = NONE, two = NONE] = packets
  return { ...made, zero, one, two, local: (st: number) => made.parts.local(0, st) }
}

/** A conjunct that fails of a node to which these messages are in flight, all of them. */
const notAll = (...messages: ReadonlyArray<number>) => {
  const all = messages.reduce((bits, m) => bits | (1 << m), 0)
  return fromView<number, number, number>(
    { start: () => 0, matters: () => true, arrive: (bits, m) => bits | (1 << m) },
    [each('not all', '', (node, _st, bits) => ((bits & all) === all ? [{ node, witness: 'all' }] : []))]
  )
}

const follows = (...pairs: ReadonlyArray<readonly [number, number]>) =>
  new Map(pairs.map(([from, to]) => [from, new Set([to])]))

describe('an inert packet', () => {
  test('is one whose delivery changes nothing and sends nothing', () => {
    const { inert, local, zero, one, two, parts } = ready()
    expect([zero, one, two].map((p) => inert.purges(local(1), p))).toEqual([true, false, false])
    expect(inert.purges(local(1), parts.packet(packet(LEFT, -1)))).toBe(false)
  })

  test('is inert in a local state: nobody has none', () => {
    const { inert, zero } = ready()
    expect(inert.purges(NONE, zero)).toBe(false)
  })

  test('is delivered in every environment that is known, and nothing else may happen to it', () => {
    for (const weather of [cut, lossy, { ...fair, duplications: 1 }]) {
      const { inert, local, zero } = ready([], weather)
      expect([inert.purges(local(1), zero), inert.purges(local(-1), zero)]).toEqual([false, false])
    }
  })

  test('changes nothing at any time, nor the environment', () => {
    for (const hour of [1, 2]) {
      const { inert, local, zero } = ready([], { ...fair, hour })
      expect([inert.purges(local(1), zero), inert.purges(local(-1), zero)]).toEqual([false, hour === 1])
    }
  })

  test('may be purged if it stays inert and no invariant sees it', () => {
    const { inert, local, zero, one, two } = ready(notAll(0, 2))
    expect([inert.purges(local(1), zero), inert.purges(local(-1), one)]).toEqual([true, true])
    const cells = [
      [local(1), Int32Array.of(one)],
      [local(-1), Int32Array.of(two)]
    ] as const
    expect(inert.recheckPurged(follows([local(1), local(2)], [local(-1), local(-2)]), cells)).toBe(0)
    expect([inert.spared, inert.purges(local(1), zero), inert.purges(local(-1), one)]).toEqual([0, true, true])
  })

  test('is spared if it matters in a local state that follows, at once or later', () => {
    const atOnce = ready()
    atOnce.inert.purges(atOnce.local(-1), atOnce.one)
    expect(atOnce.inert.recheckPurged(follows([atOnce.local(-1), atOnce.local(0)]), [])).toBe(1)
    const { inert, local, zero, one } = ready()
    for (const p of [zero, one]) inert.purges(local(-3), p)
    const steps = follows([local(-1), local(0)], [local(-3), local(-2)], [local(-2), local(-1)], [local(0), local(-3)])
    expect(inert.recheckPurged(steps, [])).toBe(1)
    expect([inert.spared, inert.purges(local(-3), one), inert.purges(local(-3), zero)]).toEqual([1, false, true])
  })

  test('is spared if an environment becomes known in which it is not', () => {
    const { inert, local, zero, parts } = ready()
    inert.purges(local(1), zero)
    parts.env(lossy)
    expect([inert.recheckPurged(follows(), []), inert.purges(local(1), zero)]).toEqual([1, false])
  })

  test('is spared if an invariant sees it, beside what is in flight', () => {
    const alone = ready(notAll(0))
    alone.inert.purges(alone.local(1), alone.zero)
    expect(alone.inert.recheckPurged(follows(), [[alone.local(2), Int32Array.of()]])).toBe(0)
    expect(alone.inert.recheckPurged(follows(), [[alone.local(1), Int32Array.of()]])).toBe(1)
    const beside = ready(notAll(0, 2))
    for (const p of [beside.zero, beside.one]) beside.inert.purges(beside.local(-1), p)
    expect(beside.inert.recheckPurged(follows(), [[beside.local(-1), Int32Array.of(beside.two)]])).toBe(1)
    expect([beside.zero, beside.one].map((p) => beside.inert.purges(beside.local(-1), p))).toEqual([false, true])
  })

  test('is spared with the others if an invariant sees them together', () => {
    const { inert, local, zero, one } = ready(notAll(0, 1))
    for (const p of [zero, one]) inert.purges(local(-1), p)
    expect(inert.recheckPurged(follows(), [[local(-1), Int32Array.of()]])).toBe(2)
    expect(inert.spared).toBe(2)
  })

  test('is told once when it is spared, and what was purged is void then', () => {
    const { inert, local, one, zero, parts } = ready()
    for (const p of [zero, one]) inert.purges(local(-1), p)
    expect(inert.recheckPurged(follows([local(-1), local(0)]), [])).toBe(1)
    parts.env(lossy)
    expect(inert.recheckPurged(follows([local(-1), local(0)]), [])).toBe(0)
  })
})
