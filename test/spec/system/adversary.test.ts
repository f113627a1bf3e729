import { describe, expect, test } from 'vitest'
import { withModel } from '../../../invariants/blockchain/configuration.js'
import { bounds, boundedEnvironment, toychainModel } from '../../../invariants/blockchain/model.js'
import type { Bounds } from '../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../invariants/blockchain/playable.js'
import { canonical } from '../../../invariants/checker/data/canonical.js'
import { exhaustive } from '../../../invariants/checker/index.js'
import { showFailure } from '../../../invariants/property/invariant.js'
import type { NumberedTypes } from '../../../spec/blockchain/instances/numbered.js'
import type { Message } from '../../../spec/blockchain/protocol.js'
import { Toychain } from '../../../spec/blockchain/toychain.js'
import { netAddr } from '../../../spec/system/address.js'
import { noFaults, withFaults } from '../../../spec/system/adversary.js'
import type { FaultBudget } from '../../../spec/system/adversary.js'
import { Executions } from '../../../spec/system/executions.js'
import { withoutReplies } from '../../../spec/system/protocol.js'
import type { Packet } from '../../../spec/system/protocol.js'
import { explore } from '../../support/explore.js'
import { address } from '../../support/toychains.js'

type P = Packet<Message<NumberedTypes>>

const bag = (packets: ReadonlyArray<P>): ReadonlyArray<string> => packets.map((p) => canonical(p)).sort()

/** All executions of a clique that mints so many blocks, under faults or none; messages are answered unless `quiet`. */
const executions = (nodes: number, mints: number, faults: FaultBudget, quiet: boolean) => {
  const { network, cliqueWorld } = Toychain(
    playNumbered.instance,
    netAddr(nodes),
    quiet ? { protocol: withoutReplies } : {}
  )
  const environment = withFaults(faults, boundedEnvironment(playNumbered, { mints, transactions: 0 }))
  const system = Executions(network, environment, cliqueWorld)
  return {
    system,
    environment,
    ...explore(system, (s) => canonical([s.env, s.world.localState, bag(s.world.inFlightMsgs)]))
  }
}

describe('without faults', () => {
  test('an execution is exactly what it is without an adversary', () => {
    const { network, cliqueWorld } = Toychain(playNumbered.instance, netAddr(2))
    const inner = boundedEnvironment(playNumbered, { mints: 1, transactions: 0 })
    const plain = Executions(network, inner, cliqueWorld)
    const with_ = executions(2, 1, noFaults, false)
    const without = explore(plain, (s) => canonical([s.env, s.world.localState, bag(s.world.inFlightMsgs)]))
    expect([with_.states.size, with_.edges.length]).toEqual([107, 234])
    expect([without.states.size, without.edges.length]).toEqual([107, 234])
    for (const s of with_.states.values())
      expect(with_.system.actions(s)).toEqual(plain.actions({ world: s.world, env: s.env.env }))
    expect(with_.edges.map(({ to }) => [to.world, to.env.env])).toEqual(
      without.edges.map(({ to }) => [to.world, to.env])
    )
  })

  test('no budget is the default of a model', () => {
    expect(bounds(2, 1, 0).faults).toBe(noFaults)
    expect(noFaults).toEqual({ duplications: 0, losses: 0, cuts: 0, sides: [] })
  })
})

describe('a budget', () => {
  const budget: FaultBudget = { duplications: 1, losses: 2, cuts: 1, sides: [[address(1)]] }
  const { states, edges, system } = executions(2, 1, budget, true)

  test('is part of what tells states of the environment apart, all of it', () => {
    const { Env, initial } = withFaults(budget, boundedEnvironment(playNumbered, { mints: 1, transactions: 0 }))
    expect(Env.equals(initial, structuredClone(initial))).toBe(true)
    const others: ReadonlyArray<typeof initial> = [
      { ...initial, env: { ...initial.env, minted: 1 } },
      { ...initial, duplications: 0 },
      { ...initial, losses: 1 },
      { ...initial, cuts: 0 },
      { ...initial, cutOff: [address(1)] }
    ]
    expect(others.map((other) => Env.equals(initial, other))).toEqual(others.map(() => false))
  })

  test('goes down by one with each fault of its kind, and by nothing else', () => {
    const spent = { Duplicate: 0, Lose: 0, Cut: 0, Heal: 0, Deliver: 0, Intern: 0, Forge: 0, Crash: 0, Restart: 0 }
    for (const { from, by, to } of edges) {
      spent[by._tag]++
      const less = (tag: string): number => (by._tag === tag ? 1 : 0)
      expect([to.env.duplications, to.env.losses, to.env.cuts]).toEqual([
        from.env.duplications - less('Duplicate'),
        from.env.losses - less('Lose'),
        from.env.cuts - less('Cut')
      ])
    }
    expect(spent).toMatchObject({ Duplicate: 36, Lose: 162, Cut: 65, Heal: 65, Deliver: 144, Intern: 6, Forge: 0 })
  })

  test('is never overdrawn, and what is left of it is on offer for every packet', () => {
    let [exhausted, untouched] = [0, 0]
    for (const s of states.values()) {
      const { duplications, losses, cuts, cutOff } = s.env
      expect(Math.min(duplications, losses, cuts)).toBeGreaterThanOrEqual(0)
      if (duplications === 0 && losses === 0 && cuts === 0) exhausted++
      if (duplications === 1 && losses === 2 && cuts === 1) untouched++
      const distinct = new Set(bag(s.world.inFlightMsgs)).size
      const offered = (tag: string): number => system.actions(s).filter((a) => a._tag === tag).length
      expect([offered('Duplicate'), offered('Lose'), offered('Cut'), offered('Heal')]).toEqual([
        duplications > 0 ? distinct : 0,
        losses > 0 ? distinct : 0,
        cuts > 0 && cutOff.length === 0 ? 1 : 0,
        cutOff.length > 0 ? 1 : 0
      ])
    }
    // Without faults, two nodes, one mint and no answers have 9 states.
    expect([states.size, exhausted, untouched]).toEqual([195, 16, 9])
  })
})

describe('a cut', () => {
  const sides = [[address(1)], [address(2)], [address(1), address(2)]]
  const { states, edges, system } = executions(3, 1, { duplications: 1, losses: 0, cuts: 1, sides }, true)

  test('blocks exactly the packets that would cross it', () => {
    let [crossing, staying] = [0, 0]
    for (const s of states.values()) {
      const { cutOff } = s.env
      const side = (n: number): boolean => cutOff.some((m) => m === n)
      const packets = new Map(s.world.inFlightMsgs.map((p) => [canonical(p), p]))
      const allowed = [...packets].filter(([, p]) => side(p.src) === side(p.dst)).map(([text]) => text)
      if (cutOff.length > 0) {
        staying += allowed.length
        crossing += packets.size - allowed.length
      }
      const deliverable = system.actions(s).flatMap((a) => (a._tag === 'Deliver' ? [canonical(a.packet)] : []))
      expect(deliverable.sort()).toEqual(allowed.sort())
    }
    expect([crossing, staying]).toEqual([264, 312])
  })

  test('changes nothing else of the world, and heals at any time', () => {
    const cuts = edges.filter(({ by }) => by._tag === 'Cut')
    const heals = edges.filter(({ by }) => by._tag === 'Heal')
    expect(cuts.length).toBe(heals.length)
    expect([...cuts, ...heals].every(({ from, to }) => canonical(from.world) === canonical(to.world))).toBe(true)
    expect(new Set(cuts.map(({ to }) => canonical(to.env.cutOff)))).toEqual(new Set(sides.map(canonical)))
    expect(heals.every(({ to }) => to.env.cutOff.length === 0)).toBe(true)
  })
})

describe('the clique invariant', () => {
  const search = (nodes: number, mints: number, more: Partial<Bounds>) =>
    exhaustive(toychainModel(playNumbered, bounds(nodes, mints, 0, more)))
  const faults = (f: Partial<FaultBudget>): Partial<Bounds> => ({
    faults: { ...noFaults, sides: [[address(1)]], ...f }
  })

  test.each([
    { name: 'F210 with two duplications', nodes: 2, mints: 1, blockOnly: false, f: { duplications: 2 }, states: 2719 },
    { name: 'B220 with three duplications', nodes: 2, mints: 2, blockOnly: true, f: { duplications: 3 }, states: 3041 },
    { name: 'B320 with one duplication', nodes: 3, mints: 2, blockOnly: true, f: { duplications: 1 }, states: 5485 },
    { name: 'F210 with two cuts', nodes: 2, mints: 1, blockOnly: false, f: { cuts: 2 }, states: 535 },
    {
      name: 'B220 with two duplications and two cuts',
      nodes: 2,
      mints: 2,
      blockOnly: true,
      f: { duplications: 2, cuts: 2 },
      states: 6425
    }
  ])('survives in $name', async ({ nodes, mints, blockOnly, f, states }) => {
    const result = await search(nodes, mints, { blockOnly, ...faults(f) })
    expect([result.counterexample, result.complete, result.states]).toEqual([undefined, true, states])
  })

  test('does not survive the loss of a block: the shortest counterexample is to mint and to lose', async () => {
    const { counterexample } = await search(2, 1, faults({ losses: 1 }))
    expect(
      counterexample?.actions.map((a) =>
        a._tag === 'Lose' ? [a._tag, a.packet.src, a.packet.dst, a.packet.msg._tag] : [a._tag]
      )
    ).toEqual([['Intern'], ['Lose', 0, 1, 'BlockMsg']])
    expect(counterexample?.failures.map(showFailure)).toEqual([
      'clique_inv ▸ GSyncing_clique ▸ 5 ▸ node 1: has, with what is in flight, {g}, expected {1@0, g}, missing 1@0'
    ])
  })

  test('survives the loss of any packet but a block', async () => {
    const loseNoBlock = await withModel(
      {
        instance: 'numbered',
        nodes: 2,
        mints: 0,
        transactions: 1,
        blockOnly: false,
        faults: { duplications: 0, losses: 1, cuts: 0 }
      },
      async (model) => {
        const { states, complete, counterexample, coverage } = await exhaustive(model)
        return { states, complete, counterexample, lost: coverage.kinds['Lose InvMsg'] }
      }
    )
    expect(loseNoBlock).toMatchObject({ states: 218, complete: true, counterexample: undefined })
    expect(loseNoBlock.lost).toBeGreaterThan(0)
  })
})
