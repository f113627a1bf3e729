/**
 * Reduced searches against full ones: the same verdicts, and the same combinations of local states.
 */
import { describe, expect, test } from 'vitest'
import type { Message, State } from '../../../../spec/blockchain/protocol.js'
import type { Types } from '../../../../spec/blockchain/types.js'
import { bounds, cliqueInvariants, toychainModel } from '../../../../invariants/blockchain/model.js'
import { playLongestChain, playNumbered, playPayments } from '../../../../invariants/blockchain/playable.js'
import type { Bounds, Playable } from '../../../../invariants/blockchain/model.js'
import { canonical } from '../../../../invariants/checker/data/canonical.js'
import { allNodes, exhaustive, ORDERS } from '../../../../invariants/checker/index.js'
import type { ExhaustiveOptions, Result } from '../../../../invariants/checker/index.js'
import { fromView, leaves, together, whole } from '../../../../invariants/property/invariant.js'
import type { NetworkInvariant } from '../../../../invariants/property/invariant.js'
import { noFaults } from '../../../../spec/system/adversary.js'
import { deep } from '../../../support/deep.js'
import { samples } from '../../../support/property.js'
import { address } from '../../../support/toychains.js'
import { declaredInvariants, recipe, toyModel } from '../../../support/toyNetworks.js'
import type { Recipe, ToyState } from '../../../support/toyNetworks.js'

/** An invariant that always holds and takes down all combinations of local states that it is asked about. */
const witness = <State, Message>() => {
  const met = new Set<string>()
  const invariant: NetworkInvariant<State, Message> = allNodes('met', 'taken down', (seen) => {
    met.add(canonical(seen))
    return []
  })
  return { invariant, met }
}

const spared = ({ sizes }: Result<unknown, unknown>): number => sizes['packets that must not be purged'] ?? 0

/** The same network where a node with the value 1 or 2 takes no notice of the message 2. */
const inertly = (r: Recipe): Recipe => ({
  ...r,
  onMessage: r.onMessage.map((reaction, i) => (i === 5 || i === 8 ? { v: Math.floor(i / 3), sends: [] } : reaction)),
  moods: r.moods.map((mood, i) => (i % 3 === 2 ? { allowed: true, flips: false } : mood)),
  faults: { duplications: 0, losses: 0, cuts: r.faults.cuts }
})

describe('a search that delivers inert packets at once', () => {
  test('meets the same combinations of local states, on random networks', async () => {
    let [smaller, sparing] = [0, 0]
    for (const [i, any] of samples(recipe(true), deep ? 800 : 200).entries()) {
      const r = i % 3 === 0 ? any : inertly(any)
      const [full, reduced] = [witness<ToyState, number>(), witness<ToyState, number>()]
      const options = { maxStates: 3000 } as const
      const whole = await exhaustive(toyModel(r, [full.invariant]), options)
      if (!whole.complete) continue
      const less = await exhaustive(toyModel(r, [reduced.invariant]), { ...options, reduce: ['noop'] })
      expect([less.complete, less.reductions]).toEqual([true, ['noop']])
      expect(less.states).toBeLessThanOrEqual(whole.states)
      expect([...reduced.met].sort()).toEqual([...full.met].sort())
      if (less.states < whole.states) smaller++
      if (spared(less) > 0) sparing++
    }
    expect(smaller).toBeGreaterThanOrEqual(deep ? 60 : 15)
    expect(sparing).toBeGreaterThanOrEqual(deep ? 30 : 6)
  })

  test('finds something wrong where a full search does, in every order, and the specification confirms it', async () => {
    let [found, holding] = [0, 0]
    for (const [i, any] of samples(recipe(false), deep ? 800 : 200).entries()) {
      const r = i % 3 === 0 ? any : inertly(any)
      const full = await exhaustive(toyModel(r, declaredInvariants(r)), { maxStates: 3000 })
      if (!full.complete && full.counterexample === undefined) continue
      for (const order of ORDERS) {
        const toward = order === 'guided' ? { toward: 'low' } : {}
        const less = await exhaustive(toyModel(r, declaredInvariants(r)), { order, ...toward, reduce: ['noop'] })
        expect(less.counterexample === undefined).toBe(full.counterexample === undefined)
      }
      if (full.counterexample === undefined) holding++
      else found++
    }
    expect(Math.min(found, holding)).toBeGreaterThanOrEqual(deep ? 60 : 15)
  })

  const small: ReadonlyArray<readonly [string, Bounds]> = [
    ...[bounds(2, 1, 0), bounds(2, 0, 1), bounds(3, 2, 0, { blockOnly: true }), bounds(2, 3, 0, { blockOnly: true })],
    ...[{ losses: 1 }, { duplications: 1 }, { cuts: 1 }, { cuts: 1, losses: 1 }].flatMap((faults) =>
      [false, true].map((blockOnly) =>
        bounds(2, 1, 0, { blockOnly, faults: { ...noFaults, ...faults, sides: [[address(1)]] } })
      )
    )
  ].map((b, i) => [`${String(i)} ${canonical(b)}`, b])

  /** Verdict and number of states, and what is met where nothing stops the search. */
  const explored = async <T extends Types>(playable: Playable<T>, b: Bounds, options: ExhaustiveOptions) => {
    const { states, complete, counterexample } = await exhaustive(toychainModel(playable, b), options)
    const { invariant, met } = witness<State<T>, Message<T>>()
    await exhaustive(toychainModel(playable, b, { invariants: () => [invariant] }), options)
    return { states, complete, holds: counterexample === undefined, met: [...met].sort() }
  }
  const agree = async <T extends Types>(playable: Playable<T>, b: Bounds): Promise<void> => {
    const full = await explored(playable, b, {})
    const less = await explored(playable, b, { reduce: ['noop'] })
    expect([less.complete, less.holds, less.met]).toEqual([full.complete, full.holds, full.met])
    // What the network may lose or duplicate is not inert.
    if (full.complete && b.faults.duplications + b.faults.losses === 0) expect(less.states).toBeLessThan(full.states)
  }

  test.each(small)('agrees with a full search on Toychain, three instances: %s', async (_, b) => {
    await agree(playNumbered, b)
    await agree(playLongestChain, b)
    await agree(playPayments, b)
  })

  test('leaves little of the bounded model, and purges nothing that may come to matter', async () => {
    const less = await exhaustive(toychainModel(playNumbered, bounds(3, 1, 0)), { reduce: ['noop'] })
    expect([less.states, less.complete, spared(less)]).toEqual([589, true, 0])
    const some = await exhaustive(toychainModel(playNumbered, bounds(2, 1, 1)), { reduce: ['noop'] })
    expect([some.states, some.complete, spared(some)]).toEqual([32_923, true, 14])
  })

  test('purges nothing whose presence could hide a violation', async () => {
    // Wrong, but only as long as nothing at all is in flight to node 0, and said of no other view than that.
    const busy = <St, M>(hides: boolean) =>
      fromView<St, M, boolean>({ start: () => false, matters: () => true, arrive: () => true }, [
        together<St, boolean, boolean>('busy', 'nobody is busy', {
          summary: (_n, _st, isBusy) => isBusy,
          settles: (isBusy) => isBusy === hides,
          decide: (seen) => (seen.every(({ sees }) => sees !== hides) ? [] : [{ witness: 'busy' }])
        })
      ])
    const model = (hides: boolean) => toychainModel(playNumbered, bounds(2, 1, 0), { invariants: () => busy(hides) })
    // Where a packet in flight settles it, purging is allowed; where it is what is looked for, it is not.
    const allowed = await exhaustive(model(true), { reduce: ['noop'] })
    expect([allowed.states, spared(allowed), allowed.counterexample]).toEqual([17, 0, undefined])
    const forbidden = await exhaustive(model(false), { reduce: ['noop'] })
    expect(forbidden.states).toBe(107)
    expect(spared(forbidden)).toBeGreaterThan(0)
  })

  test('refuses invariants that look at whole states, and what goes on from a file', async () => {
    const model = toychainModel(playNumbered, bounds(2, 1, 0), {
      invariants: (toychain) => [
        ...cliqueInvariants(toychain),
        whole('few', 'few', ({ world }) => (world.inFlightMsgs.length > 99 ? [{ witness: 'many' }] : []))
      ]
    })
    expect(leaves(model.invariants[2]!)).toHaveLength(1)
    await expect(exhaustive(model, { reduce: ['noop'] })).rejects.toThrow('the invariant «few» looks at whole states')
    await expect(
      exhaustive(toychainModel(playNumbered, bounds(2, 1, 0)), { reduce: ['noop'], plain: true })
    ).rejects.toThrow('a reduced search is interned')
  })
})
