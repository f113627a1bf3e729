import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import {
  bounds,
  boundedEnvironment,
  configurationName,
  observations,
  rememberForest,
  toychainModel,
  toychainOptions
} from '../../../invariants/blockchain/model.js'
import {
  playLongestChain,
  playNumbered,
  playPayments,
  playProofOfWork
} from '../../../invariants/blockchain/playable.js'
import { Names } from '../../../invariants/checker/data/names.js'
import { failures } from '../../../invariants/property/invariant.js'
import { entries, undef, unit } from '../../../spec/prelude/unionMap.js'
import { noFaults } from '../../../spec/system/adversary.js'
import { address, bedNames, beds, blockOf, byLength, missing, toyOf, treeOf } from '../../support/toychains.js'
import type { B, S, Tree } from '../../support/toychains.js'
import { explore } from '../../support/explore.js'
import { holds } from '../../support/property.js'

describe('the bounded environment', () => {
  const { internal, delivery, initial } = boundedEnvironment(playNumbered, { mints: 2, transactions: 2 })
  const n1 = address(1)
  const st = toychainModel(playNumbered, bounds(2, 2, 2)).toychain.local.Init(n1)

  test('offers a mint at the time of the next block, and each transaction that was not announced', () => {
    expect(internal(initial, n1, st).map(({ act, then }) => [act.transition, act.ts, then])).toEqual([
      [{ _tag: 'MintT' }, { minter: 1, k: 1 }, { minted: 1, announced: [] }],
      [
        { _tag: 'TxT', tx: 't1' },
        { minter: 1, k: 0 },
        { minted: 0, announced: ['t1'] }
      ],
      [
        { _tag: 'TxT', tx: 't2' },
        { minter: 1, k: 0 },
        { minted: 0, announced: ['t2'] }
      ]
    ])
  })

  test('offers nothing beyond its bounds, and keeps what was announced in one order', () => {
    const [, , second] = internal(initial, n1, st)
    const [mint, first, ...others] = internal(second!.then, n1, st)
    expect(others).toEqual([])
    expect([mint!.then, first!.then]).toEqual([
      { minted: 1, announced: ['t2'] },
      { minted: 0, announced: ['t1', 't2'] }
    ])
    expect(internal({ minted: 2, announced: first!.then.announced }, n1, st)).toEqual([])
  })

  test('begins with no block minted and no transaction announced, and is told apart by both', () => {
    const { initial: start, Env } = boundedEnvironment(playNumbered, { mints: 2, transactions: 2 })
    const { transactions } = playNumbered
    expect(start).toEqual({ minted: 0, announced: [] })
    expect(Env.equals(start, { minted: 0, announced: [] })).toBe(true)
    expect(Env.equals(start, { minted: 1, announced: [] })).toBe(false)
    expect(Env.equals({ minted: 0, announced: transactions(1) }, { minted: 0, announced: transactions(2) })).toBe(false)
  })

  test('allows every delivery, which changes it not', () => {
    const packet = { src: n1, dst: n1, msg: { _tag: 'ConnectMsg' } as const }
    expect(delivery(initial, packet)).toEqual(
      O.some({ act: { _tag: 'Deliver', packet, ts: { minter: 1, k: 0 } }, then: initial })
    )
  })
})

describe('the playable instances', () => {
  test('have as many different transactions as one asks for', () => {
    for (const count of [0, 1, 2, 5, 9])
      for (const { transactions, instance } of [playNumbered, playLongestChain, playProofOfWork]) {
        expect([instance.name, new Set(transactions(count)).size]).toEqual([instance.name, count])
      }
    expect(new Set(playPayments.transactions(9).map((t) => JSON.stringify(t))).size).toBe(9)
  })

  test('mint at times that differ for different nodes where blocks must not collide, and for different blocks always', () => {
    const times = ({ time }: { time: (minter: ReturnType<typeof address>, k: number) => unknown }): number =>
      new Set([0, 1, 2].flatMap((n) => [1, 2, 3].map((k) => JSON.stringify(time(address(n), k))))).size
    expect([playNumbered, playProofOfWork, playLongestChain, playPayments].map(times)).toEqual([9, 9, 3, 3])
  })

  test('of payments spend the same funds twice', () => {
    const [first, second, third, fourth] = playPayments.transactions(4)
    expect([first?.from, second?.from, first?.sequence, second?.sequence]).toEqual(['alice', 'alice', 0, 0])
    expect([third?.from, fourth?.from, third?.sequence, fourth?.sequence]).toEqual(['bob', 'bob', 0, 0])
  })
})

describe('the name of a configuration', () => {
  test('is F or B, nodes, mints and transactions, after the instance and before the faults', () => {
    expect(configurationName('numbered', bounds(2, 1, 1))).toBe('F211')
    expect(configurationName('numbered', bounds(3, 4, 0, { blockOnly: true }))).toBe('B340')
    expect(configurationName('payments', bounds(3, 4, 2))).toBe('payments F342')
    expect(configurationName('numbered', bounds(3, 9, 2))).toBe('F392')
    expect(configurationName('numbered', bounds(3, 10, 2))).toBe('F3.10.2')
    expect(
      configurationName('numbered', bounds(2, 1, 0, { faults: { ...noFaults, duplications: 1, losses: 2, cuts: 3 } }))
    ).toBe('F210 1 duplicated 2 lost 3 cut')
  })
})

describe('a model of Toychain', () => {
  const kinds = (more: Parameters<typeof bounds>[3], mints: number, transactions: number) =>
    toychainModel(playNumbered, bounds(2, mints, transactions, more)).kinds

  test('names the kinds of action that its bounds allow', () => {
    expect(kinds({}, 0, 0)).toEqual([])
    expect(kinds({}, 1, 0)).toEqual(['Deliver BlockMsg', 'Deliver InvMsg', 'Deliver GetDataMsg', 'MintT'])
    expect(kinds({}, 0, 1)).toEqual(['Deliver TxMsg', 'Deliver InvMsg', 'Deliver GetDataMsg', 'TxT'])
    expect(kinds({ blockOnly: true }, 1, 0)).toEqual(['Deliver BlockMsg', 'MintT'])
    expect(kinds({ blockOnly: true }, 0, 1)).toEqual(['TxT'])
    expect(kinds({ blockOnly: true, faults: { duplications: 1, losses: 1, cuts: 1, sides: [] } }, 1, 0)).toEqual([
      'Deliver BlockMsg',
      'MintT',
      'Duplicate BlockMsg',
      'Lose BlockMsg',
      'Cut',
      'Heal'
    ])
  })

  test('has only the kinds that it names, and shapes that say between whom', () => {
    const model = toychainModel(
      playNumbered,
      bounds(2, 1, 0, { blockOnly: true, faults: { duplications: 1, losses: 1, cuts: 1, sides: [[address(1)]] } })
    )
    const { edges } = explore(model.system, model.key)
    expect(new Set(edges.map(({ by }) => model.kindOf(by)))).toEqual(new Set(model.kinds))
    expect([...new Set(edges.map(({ by }) => model.shapeOf(by)))].sort()).toEqual(
      [
        'Cut',
        'Heal',
        'MintT 0',
        'MintT 1',
        ...['Deliver', 'Duplicate', 'Lose'].flatMap((kind) =>
          ['0→0', '0→1', '1→0', '1→1'].map((ends) => `${kind} BlockMsg ${ends}`)
        )
      ].sort()
    )
  })

  test('takes states for one that differ in the order of packets or in what was consumed, and for two otherwise', () => {
    const model = toychainModel(playNumbered, bounds(2, 1, 0))
    const [start] = model.system.initial
    const [mint] = model.system.actions(start!)
    const s = O.toUndefined(model.system.next(start!, mint!))!
    const { inFlightMsgs } = s.world
    const key = (more: Partial<typeof s.world>): string => model.key({ ...s, world: { ...s.world, ...more } })
    expect(key({ inFlightMsgs: inFlightMsgs.toReversed(), consumedMsgs: inFlightMsgs })).toBe(model.key(s))
    expect(key({ inFlightMsgs: [...inFlightMsgs, inFlightMsgs[0]!] })).not.toBe(model.key(s))
    expect(key({ localState: start!.world.localState })).not.toBe(model.key(s))
    expect(model.key({ ...s, env: start!.env })).not.toBe(model.key(s))
  })

  test('has the invariants that it is given, else those of a clique, and those of its instance', () => {
    const names = (invariants: ReadonlyArray<{ readonly name: string }>) => invariants.map(({ name }) => name)
    const limits = bounds(2, 1, 0)
    expect(names(toychainModel(playNumbered, limits).invariants)).toEqual(['clique_inv', 'quiescent_agreement'])
    expect(names(toychainModel(playPayments, limits).invariants)).toEqual([
      'clique_inv',
      'quiescent_agreement',
      'no_double_spending'
    ])
    expect(toychainModel(playNumbered, limits, { invariants: () => [] }).invariants).toEqual([])
    const { invariants } = toychainModel(playPayments, limits, { invariants: () => [] })
    expect(names(invariants)).toEqual(['no_double_spending'])
  })

  test('has no action where nothing may be minted or announced', () => {
    const { system } = toychainModel(playPayments, bounds(1, 0, 0))
    expect(system.initial).toHaveLength(1)
    expect(system.actions(system.initial[0]!)).toEqual([])
  })

  test('has a network that remembers the chain of a tree, with the same invariants and observations', () => {
    const asked: unknown[] = []
    const limits = bounds(2, 1, 0)
    const options = toychainOptions(playNumbered, limits, {
      variant: {
        forest: (F) => ({
          ...F,
          btChain: (bt) => {
            asked.push(bt)
            return F.btChain(bt)
          }
        })
      }
    })
    const parts = options.remembering?.(new Names())
    expect(parts?.invariants.map(({ name }) => name)).toEqual(['clique_inv', 'quiescent_agreement'])
    const { blockTree } = options.toychain.local.Init(address(0))
    for (const invariant of parts?.invariants ?? []) expect(failures(invariant, { world: options.world })).toEqual([])
    expect(asked).toEqual([blockTree])
    for (const { of } of parts?.observations.steps ?? []) {
      const st = options.toychain.local.Init(address(1))
      expect(of(st, st)).toBe(false)
    }
    expect(asked).toHaveLength(1)
    expect(parts?.observations.steps).toHaveLength(1)
  })
})

describe('what is worth counting', () => {
  const { forest, params, local } = toyOf(byLength, 2)
  const G = params.GenesisBlock
  const on = (parent: B, proof: number): B => ({ prevBlockHash: params.hashB(parent), txs: [], proof })
  const tree = (...bs: ReadonlyArray<B>): Tree => forest.btExtendAll(unit, [G, ...bs])
  const state = (blockTree: Tree): S => ({ ...local.Init(address(0)), blockTree })
  const { states, scores } = observations(toyOf(byLength, 2))
  const seen = (bt: Tree): ReadonlyArray<string> => states.filter(({ of }) => of(state(bt))).map(({ name }) => name)
  const orphan: B = { prevBlockHash: missing, txs: [], proof: 3 }

  test('in states: forks, orphans, collisions', () => {
    expect(observations(toyOf(byLength, 2)).states.map(({ name, says }) => [name, says])).toEqual([
      ['forks', "two blocks of a node's tree have one predecessor"],
      ['orphans', "a block of a node's tree does not lead back to genesis"],
      ['collisions', "a node's tree is undefined"]
    ])
    expect(seen(tree(on(G, 1), on(on(G, 1), 2)))).toEqual([])
    expect(seen(tree(on(G, 1), on(G, 2)))).toEqual(['forks'])
    expect(seen(tree(orphan))).toEqual(['orphans'])
    expect(seen(undef)).toEqual(['collisions'])
  })

  test('as scores: less in flight, more blocks, longer chains', () => {
    const first = on(G, 1)
    const st = state(tree(first, on(G, 2), on(first, 3)))
    expect(scores?.map(({ name, of }) => [name, of(st, []), of(st, ['a message', 'another'])])).toEqual([
      ['quiescence', 0, -2],
      ['blocks', 4, 4],
      ['chain-length', 3, 3]
    ])
  })

  test('in steps: reorganisations', () => {
    const { steps } = observations(toyOf(byLength, 2))
    const [reorganisation] = steps
    const [first, second] = [on(G, 1), on(on(G, 1), 2)]
    const replaces = (from: Tree, to: Tree): boolean => reorganisation!.of(state(from), state(to))
    expect(steps).toHaveLength(1)
    expect([
      replaces(tree(first), tree(first, second)),
      replaces(tree(), tree()),
      replaces(tree(on(G, 4), first), tree(on(G, 4), first, second)),
      replaces(tree(first), undef)
    ]).toEqual([false, false, true, true])
  })
})

describe.each(bedNames)('a forest that remembers, %s,', (name) => {
  test('answers as the forest does, when asked again too', () => {
    const bed = beds[name]
    const { forest } = toyOf(bed, 2)
    const remembering = rememberForest(forest, new Names())
    holds(
      fc.tuple(treeOf(bed), blockOf(bed)),
      ([bt, b], meet) => {
        if (entries(bt).length > 2) meet('three blocks')
        for (const again of [bt, structuredClone(bt)])
          expect([
            remembering.btExtend(again, b),
            remembering.btChain(again),
            remembering.all_chains(again),
            remembering.good_bt(again),
            remembering.has_init_block(again),
            remembering.validH(again)
          ]).toEqual([
            forest.btExtend(bt, b),
            forest.btChain(bt),
            forest.all_chains(bt),
            forest.good_bt(bt),
            forest.has_init_block(bt),
            forest.validH(bt)
          ])
      },
      { runs: 200, met: { 'three blocks': 100 } }
    )
  })
})
