import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { bounds, toychainModel } from '../../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../../invariants/blockchain/playable.js'
import { canonical } from '../../../../invariants/checker/data/canonical.js'
import { shrink } from '../../../../invariants/checker/index.js'
import type { Model } from '../../../../invariants/checker/index.js'
import { systemModel } from '../../../../invariants/checker/model/systemModel.js'
import { failures, whole } from '../../../../invariants/property/invariant.js'
import { noFaults } from '../../../../spec/system/adversary.js'
import { deep } from '../../../support/deep.js'
import { samples } from '../../../support/property.js'
import { address } from '../../../support/toychains.js'
import { recipe, toyModel } from '../../../support/toyNetworks.js'
import { making } from '../../../support/executions.js'

const fails = <S, A>(model: Model<S, A>, s: S): boolean => model.invariants.some((i) => failures(i, s).length > 0)

/** A walk that takes the steps that numbers choose, up to the first violation; none where it meets none. */
const failingWalk = <S, A>(model: Model<S, A>, choices: ReadonlyArray<number>): ReadonlyArray<A> | undefined => {
  const taken: A[] = []
  let [s] = model.system.initial
  for (const choice of choices) {
    if (fails(model, s!)) return taken
    const actions = model.system.actions(s!)
    const a = actions[choice % Math.max(1, actions.length)]
    const next = a === undefined ? undefined : O.toUndefined(model.system.next(s!, a))
    if (a === undefined || next === undefined) return undefined
    taken.push(a)
    s = next
  }
  return fails(model, s!) ? taken : undefined
}

/** Whether the execution that follows some actions as closely as it can ends in a violation. */
const failsAlong = <S, A>(model: Model<S, A>, wanted: ReadonlyArray<A>): boolean => {
  let [s] = model.system.initial
  if (fails(model, s!)) return true
  for (const want of wanted) {
    const enabled = model.system.actions(s!)
    const exact = enabled.filter((a) => canonical(a) === canonical(want))
    const alike = enabled.filter((a) => model.shapeOf(a) === model.shapeOf(want))
    const [a] = [...exact, ...alike]
    if (a === undefined) continue
    s = O.toUndefined(model.system.next(s!, a))
    if (fails(model, s!)) return true
  }
  return false
}

/** Says of a shrunk execution that it is legal, fails in its last state only, and cannot do without any of its steps. */
const isMinimal = <S, A>(model: Model<S, A>, actions: ReadonlyArray<A>): void => {
  const states = [model.system.initial[0]!]
  for (const a of actions) states.push(O.toUndefined(model.system.next(states.at(-1)!, a))!)
  expect(states.map((s) => fails(model, s))).toEqual([...actions.map(() => false), true])
  for (const i of actions.keys()) expect([i, failsAlong(model, actions.toSpliced(i, 1))]).toEqual([i, false])
}

describe('a shrunk execution', () => {
  test('of a random network is legal, fails, and needs each of its steps', async () => {
    let [shrunk, shorter, longest] = [0, 0, 0]
    const inputs = fc.tuple(recipe(false), fc.array(fc.nat(), { minLength: 15, maxLength: 25 }))
    for (const [r, choices] of samples(inputs, deep ? 2000 : 250)) {
      const model = toyModel(r)
      const walk = failingWalk(model, choices)
      if (walk === undefined || walk.length === 0) continue
      const { actions: best } = await shrink(model, making(walk))
      shrunk++
      if (best.length < walk.length) shorter++
      longest = Math.max(longest, best.length)
      expect(best.length).toBeLessThanOrEqual(walk.length)
      isMinimal(model, best)
    }
    const factor = deep ? 8 : 1
    expect(shrunk).toBeGreaterThanOrEqual(40 * factor)
    expect(shorter).toBeGreaterThanOrEqual(15 * factor)
    expect(longest).toBeGreaterThanOrEqual(3)
  })

  test('of Toychain with losses is a mint and a loss, whatever happened in between', async () => {
    const model = toychainModel(playNumbered, bounds(3, 3, 1, { faults: { ...noFaults, losses: 2 } }))
    const lengths: number[] = []
    for (const choices of samples(fc.array(fc.nat(), { minLength: 40, maxLength: 60, size: 'max' }), 12)) {
      const walk = failingWalk(model, choices)
      if (walk === undefined) continue
      lengths.push(walk.length)
      const { actions: best } = await shrink(model, making(walk))
      isMinimal(model, best)
      expect(best.map((a) => model.kindOf(a))).toEqual(['MintT', 'Lose BlockMsg'])
    }
    expect(lengths.length).toBeGreaterThanOrEqual(6)
    expect(Math.max(...lengths)).toBeGreaterThan(5)
  })

  test('replaces a step whose details changed by one of its shape', async () => {
    // Node 1 mints the second block, which is lost; without the first, what it mints is another block.
    const model = toychainModel(playNumbered, bounds(2, 2, 0, { faults: { ...noFaults, losses: 1 }, blockOnly: true }))
    const [start] = model.system.initial
    const mint = (node: number, k: number) =>
      ({
        _tag: 'Intern',
        node: address(node),
        transition: { _tag: 'MintT' },
        ts: { minter: address(node), k }
      }) as const
    const afterTwo = [mint(0, 1), mint(1, 2)].reduce((s, a) => O.toUndefined(model.system.next(s, a))!, start!)
    const lose = model.system
      .actions(afterTwo)
      .find((a) => a._tag === 'Lose' && a.packet.src === 1 && a.packet.dst === 0)!
    expect((await shrink(model, making([mint(0, 1), mint(1, 2), lose]))).actions).toEqual([
      mint(1, 1),
      {
        _tag: 'Lose',
        packet: {
          src: 1,
          dst: 0,
          msg: { _tag: 'BlockMsg', block: { prevBlockHash: 'g', txs: [], proof: { minter: 1, k: 1 } } }
        }
      }
    ])
  })

  test('of nothing is refused', async () => {
    const model = toychainModel(playNumbered, bounds(2, 1, 0))
    await expect(shrink(model, making([]))).rejects.toThrow(new RangeError('F210: these 0 actions violate nothing'))
  })
})

describe('a shrunk sum', () => {
  /** Numbers are added up; `add 0` leads nowhere, and the sum must not be 2 or 9. */
  const sums = (...initial: ReadonlyArray<number>) =>
    systemModel<{ readonly sum: number }, string>({
      name: 'sums',
      system: {
        initial: initial.map((sum) => ({ sum })),
        actions: ({ sum }) => (sum >= 0 ? ['add 0', 'add 1', 'add 2', 'add 3'] : []),
        next: ({ sum }, a) => (a === 'add 0' ? O.none : O.some({ sum: sum + Number(a.slice(4)) }))
      },
      shapeOf: () => 'add',
      invariants: [
        whole('not 2, 9', 'the sum is neither 2 nor 9', ({ sum }) =>
          sum === 2 || sum === 9 ? [{ witness: String(sum) }] : []
        )
      ]
    })

  test('is made of the steps that there are, rather than of others of their shape', async () => {
    expect(await shrink(sums(0), making(['add 2']))).toEqual(making(['add 2']))
    expect(await shrink(sums(3), making(['add 3', 'add 1', 'add 2']))).toEqual(making(['add 3', 'add 1', 'add 2']))
  })

  test('has no step that leads nowhere', async () => {
    expect(await shrink(sums(7), making(['add 0', 'add 1', 'add 0', 'add 1']))).toEqual(making(['add 1', 'add 1']))
  })

  test('has no step where the initial state violates something', async () => {
    expect(await shrink(sums(2), making(['add 1', 'add 3', 'add 3']))).toEqual(making([]))
  })

  test('is not there where there is no initial state', async () => {
    await expect(shrink(sums(), making(['add 2']))).rejects.toThrow(
      new RangeError('sums: these 1 actions violate nothing')
    )
  })
})
