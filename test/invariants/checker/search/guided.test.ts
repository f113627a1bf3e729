/**
 * Searches that go toward something: they visit what the others visit, and come sooner to what they go toward.
 */
import { describe, expect, test } from 'vitest'
import { bounds, toychainModel } from '../../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../../invariants/blockchain/playable.js'
import { clique_eventual_consensus } from '../../../../invariants/blockchain/quiescence.js'
import { exhaustive, scoreCalled, systemModel } from '../../../../invariants/checker/index.js'
import type { Model, Result } from '../../../../invariants/checker/index.js'
import type { NumberedTypes } from '../../../../spec/blockchain/instances/numbered.js'
import type { Variant } from '../../../../spec/blockchain/toychain.js'
import { entries } from '../../../../spec/prelude/unionMap.js'
import { deep } from '../../../support/deep.js'
import { samples } from '../../../support/property.js'
import { randomProtocol } from '../../../support/randomProtocol.js'
import { recipe, toyModel } from '../../../support/toyNetworks.js'

/** What does not depend on the order of a search that nothing stops. */
const numbers = ({ states, transitions, complete, coverage }: Result<unknown, unknown>) => ({
  states,
  transitions,
  complete,
  coverage
})

/** A model explored toward each of its scores. */
const inEveryDirection = async <S, A>(model: Model<S, A>, options: { readonly exact?: boolean } = {}) =>
  Promise.all(model.scores!.map(({ name }) => exhaustive(model, { order: 'guided', toward: name, ...options })))

/** A node keeps to the first block that it has heard of on each predecessor. */
const firstSeen: Variant<NumberedTypes> = {
  protocol: (Pr) => ({
    ...Pr,
    procMsg: (st, from, msg, ts) =>
      msg._tag === 'BlockMsg' &&
      entries(st.blockTree).some(([, { prevBlockHash }]) => prevBlockHash === msg.block.prevBlockHash)
        ? [st, []]
        : Pr.procMsg(st, from, msg, ts)
  })
}

describe('a guided search', () => {
  test('of the bounded model visits all states, whichever way it goes, with fingerprints and with whole states', async () => {
    for (const model of [
      toychainModel(playNumbered, bounds(2, 1, 0)),
      toychainModel(playNumbered, bounds(3, 2, 0, { blockOnly: true }))
    ]) {
      expect(model.scores?.map(({ name }) => name)).toEqual(['quiescence', 'blocks', 'chain-length'])
      const all = numbers(await exhaustive(model))
      for (const exact of [false, true])
        for (const found of await inEveryDirection(model, { exact })) expect(numbers(found)).toEqual(all)
    }
  })

  test('of random networks visits all states, or finds something wrong where there is', async () => {
    const seen = { whole: 0, violated: 0 }
    const compare = async <S, A>(model: Model<S, A>): Promise<void> => {
      const first = await exhaustive(model, { maxStates: 2000 })
      if (!first.complete && first.counterexample === undefined) return
      seen[first.complete ? 'whole' : 'violated']++
      for (const found of await inEveryDirection(model)) {
        if (first.complete) expect(numbers(found)).toEqual(numbers(first))
        else expect(found.counterexample!.actions.length).toBeGreaterThanOrEqual(first.depth)
        expect(found.depth).toBeGreaterThanOrEqual(first.depth)
      }
    }
    for (const r of samples(recipe(false), deep ? 400 : 60)) await compare(toyModel(r))
    for (let seed = 1; seed <= (deep ? 400 : 40); seed++) await compare(randomProtocol(seed))
    expect(Math.min(seen.whole, seen.violated)).toBeGreaterThanOrEqual(deep ? 60 : 10)
  })

  test('finds among few states what lies deep: nodes that keep to what they heard first, when nothing is in flight', async () => {
    const model = toychainModel(playNumbered, bounds(3, 3, 0, { blockOnly: true }), {
      invariants: (toychain) => [clique_eventual_consensus(toychain)],
      variant: firstSeen
    })
    const first = await exhaustive(model)
    const found = await exhaustive(model, { order: 'guided', toward: 'quiescence' })
    expect([first.counterexample?.actions.length, found.counterexample?.actions.length]).toEqual([8, 8])
    expect([first.states, found.states]).toEqual([12_881, 648])
    expect(found.counterexample?.failures.map(({ path }) => path)).toEqual([['clique_eventual_consensus', 'one chain']])
  })

  test('is kept within a bound on the states, and reduced like any other', async () => {
    const model = toychainModel(playNumbered, bounds(2, 1, 0))
    const guided = { order: 'guided', toward: 'blocks' } as const
    for (const [maxStates, states, complete] of [
      [50, 50, false],
      [108, 107, true]
    ] as const) {
      const found = await exhaustive(model, { ...guided, maxStates })
      expect([found.states, found.complete]).toEqual([states, complete])
    }
    const [less, same] = [
      await exhaustive(model, { reduce: ['noop'] }),
      await exhaustive(model, { ...guided, reduce: ['noop'] })
    ]
    expect(numbers(same)).toEqual(numbers(less))
    expect(same.states).toBeLessThan(107)
  })

  test('needs a score that the model has, of integers; no other search takes one', async () => {
    const model = toychainModel(playNumbered, bounds(2, 1, 0))
    await expect(exhaustive(model, { order: 'guided' })).rejects.toThrow(/give both order guided and toward/)
    await expect(exhaustive(model, { toward: 'blocks' })).rejects.toThrow(/give both order guided and toward/)
    await expect(exhaustive(model, { order: 'guided', toward: 'miracles' })).rejects.toThrow(
      /^no score is called 'miracles'. What a search can go toward:\n {2}quiescence +less is in flight\n/
    )
    const halves = toyModel(samples(recipe(true), 1)[0]!, [], [{ name: 'halves', says: 'more', of: () => 0.5 }])
    await expect(exhaustive(halves, { order: 'guided', toward: 'halves' })).rejects.toThrow(
      'the score halves is 0.5, expected an integer of 32 bits'
    )
    await expect(exhaustive(model, { order: 'guided', toward: 'blocks', depth: 3 })).rejects.toThrow(
      /a guided search cannot be bounded in depth/
    )
    const system = { initial: [0], actions: () => [], next: () => ({ _tag: 'None' }) as const }
    const plain = systemModel<number, never>({ name: 'nothing', system, invariants: [] })
    await expect(exhaustive(plain, { order: 'guided', toward: 'blocks' })).rejects.toThrow(
      /cannot be interned, so it has no scores/
    )
    expect(scoreCalled([], 'blocks')).toMatchObject({ left: "no score is called 'blocks': the model has none" })
  })
})
