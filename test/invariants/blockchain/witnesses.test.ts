/**
 * What can be sought by name is counted as brute force counts it, and a text that names nothing is refused with a list.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { bounds, toychainModel } from '../../../invariants/blockchain/model.js'
import type { Bounds, ToychainState } from '../../../invariants/blockchain/model.js'
import { playNumbered, playPayments } from '../../../invariants/blockchain/playable.js'
import { seek, soughtBy, witnessNames } from '../../../invariants/blockchain/witnesses.js'
import { verdict } from '../../../invariants/checker/trace/replay.js'
import { failures, showFailure } from '../../../invariants/property/invariant.js'
import type { NumberedTypes } from '../../../spec/blockchain/instances/numbered.js'
import type { State } from '../../../spec/blockchain/protocol.js'
import { entries, undef, unit } from '../../../spec/prelude/unionMap.js'
import { explore } from '../../support/explore.js'
import { address, byLength, toyOf } from '../../support/toychains.js'
import type { B, Tree, W } from '../../support/toychains.js'

type G = ToychainState<NumberedTypes>

const found = async (limits: Bounds, text: string) => {
  const answer = await seek(playNumbered, limits, text)
  if (E.isLeft(answer)) throw new Error(answer.left)
  const { sought, witness } = answer.right
  return { ...witness, sought, steps: witness.shortest?.actions.length }
}

const nodesOf = ({ world }: G): ReadonlyArray<State<NumberedTypes>> =>
  world.localState._tag === 'Def' ? world.localState.entries.map(([, st]) => st) : []

/** Two nodes that mint two blocks, and no replies. */
const blocks = bounds(2, 2, 0, { blockOnly: true })
const model = toychainModel(playNumbered, blocks)
const { states, edges } = explore(model.system, model.key)
const { btChain, all_blocks, blockEq } = model.toychain.forest
const chainLengths = (s: G): ReadonlyArray<number> => nodesOf(s).map(({ blockTree }) => btChain(blockTree).length)
const heads = (s: G): ReadonlyArray<string> =>
  nodesOf(s).map(({ blockTree }) => model.toychain.params.hashB(btChain(blockTree).at(-1)!))
const count = (holds: (s: G) => boolean): number => [...states.values()].filter(holds).length
const tips = ({ blockTree }: State<NumberedTypes>): number => {
  const all = all_blocks(blockTree)
  return all.filter((b) => all.every((c) => c.prevBlockHash !== model.toychain.params.hashB(b))).length
}
const isQuiet = ({ world }: G): boolean => world.inFlightMsgs.length === 0
const agree = (s: G): boolean => new Set(heads(s)).size === 1

describe('what is sought by name in states', () => {
  test.each<readonly [string, (s: G) => boolean, number, number | undefined]>([
    ['agreement', agree, 37, 0],
    ['quiescence', isQuiet, 9, 0],
    ['GStable', (s) => isQuiet(s) && agree(s), 9, 0],
    ['chain-length>=2', (s) => Math.max(...chainLengths(s)) >= 2, 88, 1],
    ['chain-length>=3', (s) => Math.max(...chainLengths(s)) >= 3, 48, 2],
    ['chain-length>=4', () => false, 0, undefined],
    ['tips>=1', () => true, 89, 0],
    ['tips>=2', (s) => nodesOf(s).some((st) => tips(st) >= 2), 32, 3],
    ['heads>=2', (s) => !agree(s), 52, 1],
    ['collisions', () => false, 0, undefined],
    [
      'forks',
      (s) =>
        nodesOf(s).some(
          (st) => tips(st) >= 2 && all_blocks(st.blockTree).length === 3 && btChain(st.blockTree).length === 2
        ),
      24,
      3
    ],
    [
      'orphans',
      (s) => nodesOf(s).some((st) => all_blocks(st.blockTree).length > 1 && btChain(st.blockTree).length === 1),
      8,
      3
    ]
  ])('%s', async (text, holds, times, steps) => {
    const seen = await found(blocks, text)
    expect(seen).toMatchObject({ of: 'states', times: count(holds), among: states.size, complete: true, steps })
    expect([seen.times, seen.among]).toEqual([times, 89])
    expect(seen.sought.name).toBe(text)
    const last = seen.shortest?.states.at(-1)
    expect(last === undefined || holds(last)).toBe(true)
    expect(seen.shortest?.failures.length ?? 1).toBeGreaterThan(0)
  })

  test('in-every-chain=t1', async () => {
    const seen = await found(bounds(1, 1, 1), 'in-every-chain=t1')
    expect(seen).toMatchObject({ of: 'states', times: 9, among: 26, steps: 3 })
    expect(seen.shortest?.failures[0]?.witness).toBe('the chains are g ← 1@0')
  })
})

describe('what is sought by name in steps', () => {
  test.each([
    ['reorganisations', 1, 16, 3],
    ['reorganisation-depth>=1', 1, 16, 3],
    ['reorganisation-depth>=2', 2, 0, undefined]
  ])('%s', async (text, depth, times, steps) => {
    const seen = await found(blocks, text)
    const lost = (s: State<NumberedTypes>, t: State<NumberedTypes>): number => {
      const [old, now] = [btChain(s.blockTree), btChain(t.blockTree)]
      return old.filter((b) => !now.some((c) => blockEq.equals(b, c))).length
    }
    const brute = edges.filter(({ from, to }) => nodesOf(from).some((st, i) => lost(st, nodesOf(to)[i]!) >= depth))
    expect(seen).toMatchObject({ of: 'transitions', times: brute.length, among: edges.length, steps })
    expect([seen.times, seen.among]).toEqual([times, 178])
    expect(seen.sought.name).toBe(text)
  })

  test('the execution is one of the model', async () => {
    const { shortest } = await found(blocks, 'reorganisations')
    for (const s of shortest?.states ?? []) {
      expect(states.has(model.key(s))).toBe(true)
      expect(verdict(model, s)).toEqual([])
    }
    expect(shortest?.failures[0]?.witness).toMatch(/^its chain g ← 1@\d is replaced by g ← 2@\d$/)
  })
})

describe('what is sought says what was found:', () => {
  const toy = toyOf(byLength, 2)
  const { forest, params, cliqueWorld, local } = toy
  const G = params.GenesisBlock
  const on = (parent: B, proof: number, ...txs: B['txs']): B => ({ prevBlockHash: params.hashB(parent), txs, proof })
  const tree = (...bs: ReadonlyArray<B>): Tree => forest.btExtendAll(unit, [G, ...bs])
  const world = (trees: ReadonlyArray<Tree>, inFlightMsgs: W['inFlightMsgs'] = []): W => ({
    ...cliqueWorld,
    localState: {
      _tag: 'Def',
      entries: entries(cliqueWorld.localState).map(([n, st]) => [n, { ...st, blockTree: trees[n] ?? st.blockTree }])
    },
    inFlightMsgs
  })
  const [first, other] = [on(G, 1), on(G, 4)]
  const second = on(first, 2)
  const connect = { src: address(0), dst: address(1), msg: { _tag: 'ConnectMsg' } } as const
  const toNobody = { ...connect, dst: address(7) }
  const sought = (text: string) => {
    const found = soughtBy(toy, byLength.transactions, text)
    if (E.isLeft(found)) throw new Error(found.left)
    return found.right
  }
  /** What is found in a world: nothing where what is sought does not happen. */
  const seen = (text: string, w: W): ReadonlyArray<string> => {
    const found = sought(text)
    return found._tag === 'State' ? failures(found.never, { world: w }).map(showFailure) : ['not sought in states']
  }

  test('of one node, which, and what it has', () => {
    const forked = world([tree(), tree(first, other)])
    expect(seen('forks', forked)).toEqual(['forks ▸ node 1: has the tree {, 0x1, 0x10}'])
    expect(seen('tips>=2', forked)).toEqual(['tips>=2 ▸ node 1: has the tips , 0x10'])
    expect(seen('tips>=1', forked)).toEqual([
      'tips>=1 ▸ node 0: has the tips 0x1',
      'tips>=1 ▸ node 1: has the tips , 0x10'
    ])
    expect(seen('tips>=3', forked)).toEqual([])
    expect(seen('chain-length>=2', world([tree(first), tree(first, second)]))).toEqual([
      'chain-length>=2 ▸ node 0: has the chain 0x1 ← 0x10',
      'chain-length>=2 ▸ node 1: has the chain 0x1 ← 0x10 ← a'
    ])
    expect(seen('chain-length>=3', world([tree(first), tree(first, second)]))).toEqual([
      'chain-length>=3 ▸ node 1: has the chain 0x1 ← 0x10 ← a'
    ])
    expect(seen('collisions', world([undef]))).toEqual(['collisions ▸ node 0: has the tree undefined'])
    expect(seen('orphans', world([tree(second)]))).toEqual(['orphans ▸ node 0: has the tree {0x1, a}'])
  })

  test('of all nodes together, their chains or heads', () => {
    const [alike, different] = [world([tree(first), tree(first)]), world([tree(first), tree(other)])]
    expect(seen('agreement', alike)).toEqual(['agreement: all nodes have the chain 0x1 ← 0x10'])
    expect(seen('agreement', different)).toEqual([])
    expect(seen('agreement', { ...alike, inFlightMsgs: [connect] })).toHaveLength(1)
    expect(seen('heads>=2', different)).toEqual(['heads>=2: the heads are 0x10, '])
    expect([seen('heads>=1', alike), seen('heads>=2', alike)]).toEqual([['heads>=1: the heads are 0x10, 0x10'], []])
  })

  test('of no nodes, that they have the empty chain', () => {
    const found = soughtBy(model.toychain, [], 'agreement')
    const world = { localState: undef, inFlightMsgs: [], consumedMsgs: [] }
    expect(
      E.isRight(found) && found.right._tag === 'State' ? failures(found.right.never, { world }).map(showFailure) : found
    ).toEqual(['agreement: all nodes have the chain '])
  })

  test('of a quiet network, that it is; what is in flight to nobody keeps no node waiting', () => {
    const trees = [tree(first), tree(first)]
    expect(seen('quiescence', world([], [toNobody]))).toEqual(['quiescence: nothing is in flight'])
    expect(seen('quiescence', world([], [connect]))).toEqual([])
    expect(seen('GStable', world(trees, [toNobody]))).toEqual(['GStable: all nodes have the chain 0x1 ← 0x10'])
    expect(seen('GStable', world(trees, [connect]))).toEqual([])
    expect(seen('GStable', world([tree(first)]))).toEqual([])
  })

  test('of a transaction, the chains that have it: all, or it is not found', () => {
    const [, t1] = byLength.transactions
    const [holding, holdingToo] = [on(G, 1, t1!), on(G, 4, t1!)]
    expect(seen('in-every-chain=t2', world([tree(holding), tree(holdingToo)]))).toEqual([
      'in-every-chain=t2: the chains are 0x1 ← 0x10 and 0x1 ← '
    ])
    expect(seen('in-every-chain=t2', world([tree(holding), tree(other)]))).toEqual([])
    expect(seen('in-every-chain=t1', world([tree(holding), tree(holdingToo)]))).toEqual([])
  })

  test('of a step, which chain is replaced by which', () => {
    const st = (bt: Tree) => ({ ...local.Init(address(0)), blockTree: bt })
    const step = (text: string, before: Tree, after: Tree): O.Option<string> => {
      const found = sought(text)
      return found._tag === 'Step' ? found.seen(st(before), st(after)) : O.some('not sought in steps')
    }
    const longer = [other, on(other, 5), on(on(other, 5), 3)]
    const both = tree(first, second, ...longer)
    expect(step('reorganisations', tree(first, second), both)).toEqual(
      O.some('its chain 0x1 ← 0x10 ← a is replaced by 0x1 ←  ← b ← B')
    )
    expect(step('reorganisations', tree(first), tree(first, second))).toEqual(O.none)
    expect([1, 2, 3].map((n) => O.isSome(step(`reorganisation-depth>=${n}`, tree(first, second), both)))).toEqual([
      true,
      true,
      false
    ])
  })

  test('under the name and in the words of the list', () => {
    expect(
      [
        ...['forks', 'agreement', 'tips>=2', 'heads>=3', 'chain-length>=12', 'in-every-chain=t1'],
        ...['reorganisations', 'reorganisation-depth>=4']
      ]
        .map(sought)
        .map(({ _tag, name, says }) => [_tag, name, says])
    ).toEqual([
      ['State', 'forks', "two blocks of a node's tree have one predecessor"],
      ['State', 'agreement', 'all nodes have one chain'],
      ['State', 'tips>=2', "a node's tree has at least 2 blocks on which none of its blocks builds"],
      ['State', 'heads>=3', "the nodes' chains end in at least 3 different blocks"],
      ['State', 'chain-length>=12', "a node's chain has at least 12 blocks, genesis included"],
      ['State', 'in-every-chain=t1', 'the transaction t1 is in the chain of every node'],
      ['Step', 'reorganisations', "a node's chain is replaced by one that does not extend it"],
      ['Step', 'reorganisation-depth>=4', "a step takes at least 4 blocks out of a node's chain"]
    ])
  })
})

describe('what is sought of transactions and requests', () => {
  const counted = async (limits: Bounds, text: string, counts: (s: G) => boolean) => {
    const small = toychainModel(playNumbered, limits)
    const all = [...explore(small.system, small.key).states.values()]
    const { times, among, steps } = await found(limits, text)
    expect([times, among]).toEqual([all.filter(counts).length, all.length])
    return steps
  }
  const included = ({ blockTree }: State<NumberedTypes>): ReadonlyArray<string> =>
    btChain(blockTree).flatMap(({ txs }) => txs)
  const [withBlock, withReplies] = [bounds(2, 1, 1, { blockOnly: true }), bounds(2, 0, 1)]
  const asked = ({ world }: G, counts: (st: State<NumberedTypes>) => boolean): boolean =>
    world.inFlightMsgs.some(
      ({ dst, msg }) => msg._tag === 'GetDataMsg' && nodesOf({ world } as G).some((st) => st.id === dst && counts(st))
    )

  test.each<readonly [Bounds, string, (s: G) => boolean, number | undefined]>([
    [withBlock, 'pooled', (s) => nodesOf(s).some(({ txPool }) => txPool.length > 0), 2],
    [withBlock, 'included', (s) => nodesOf(s).some((st) => included(st).length > 0), 3],
    [withBlock, 'stale-pool', (s) => nodesOf(s).some((st) => st.txPool.some((t) => included(st).includes(t))), 5],
    [withBlock, 'lost=t1', () => false, undefined],
    [withReplies, 'requests', (s) => asked(s, () => true), 3],
    [withReplies, 'vain-requests', (s) => asked(s, ({ txPool }) => txPool.length === 0), undefined]
  ])('%j: %s is counted as it is by brute force', async (limits, text, counts, steps) => {
    expect(await counted(limits, text, counts)).toBe(steps)
  })

  test('finds a transaction that is lost', () => {
    const { toychain } = toychainModel(playNumbered, bounds(2, 2, 1))
    const { forest, local, params } = toychain
    const t1 = playNumbered.transactions(1)
    const on = (k: number, txs: typeof t1) => ({
      prevBlockHash: params.hashB(params.GenesisBlock),
      txs,
      proof: { minter: address(0), k }
    })
    const state = (n: number, txPool: typeof t1, ...blocks: ReadonlyArray<ReturnType<typeof on>>) => ({
      ...local.Init(address(n)),
      txPool,
      blockTree: forest.btExtendAll(local.Init(address(n)).blockTree, blocks)
    })
    const isLost = (...states: ReadonlyArray<ReturnType<typeof state>>): ReadonlyArray<string> => {
      const sought = soughtBy(toychain, t1, 'lost=t1')
      if (E.isLeft(sought) || sought.right._tag !== 'State') throw new Error('it is sought in states')
      const localState = { _tag: 'Def', entries: states.map((st) => [st.id, st] as const) } as const
      return failures(sought.right.never, { world: { localState, inFlightMsgs: [] } }).map(showFailure)
    }
    const [stale, best] = [on(1, t1), on(2, [])]
    expect(isLost(state(0, [], stale, best), state(1, [], best))).toEqual([
      'lost=t1 ▸ node 0: has it in a block that is not of its chain, and nobody in a pool'
    ])
    expect(isLost(state(0, [], stale, best), state(1, t1, best))).toEqual([])
    expect(isLost(state(0, [], stale, best), state(1, [], stale))).toEqual([])
    expect(isLost(state(0, [], best), state(1, [], best))).toEqual([])
  })
})

describe('a text that names nothing', () => {
  const refusal = (text: string, transactions: ReadonlyArray<NumberedTypes['Transaction']> = []): string =>
    E.getOrElse((left: string) => left)(E.map(() => 'it names something')(soughtBy(model.toychain, transactions, text)))

  test.each([
    ['fork', "nothing is called 'fork'"],
    ['', "nothing is called ''"],
    ['forks of a kind', "nothing is called 'forks of a kind'"],
    ['2forks', "nothing is called '2forks'"],
    ['forks>=2', "'forks>=2' should be written forks"],
    ['chain-length', "'chain-length' should be written chain-length>=N"],
    ['chain-length=2', "'chain-length=2' should be written chain-length>=N"],
    ['chain-length>=two', "'chain-length>=two' should be written chain-length>=N"],
    ['chain-length>=n2', "'chain-length>=n2' should be written chain-length>=N"],
    ['chain-length>=2n', "'chain-length>=2n' should be written chain-length>=N"],
    ['chain-length>=1234567890', "'chain-length>=1234567890' should be written chain-length>=N"],
    ['in-every-chain', "'in-every-chain' should be written in-every-chain=tK"],
    ['in-every-chain=1', "'in-every-chain=1' should be written in-every-chain=tK"],
    ['in-every-chain>=t1', "'in-every-chain>=t1' should be written in-every-chain=tK"],
    ['in-every-chain=at1', "'in-every-chain=at1' should be written in-every-chain=tK"],
    ['in-every-chain=t1a', "'in-every-chain=t1a' should be written in-every-chain=tK"],
    ['in-every-chain=t0', "'in-every-chain=t0' should be written in-every-chain=tK"],
    ['in-every-chain=t2', 'there is no transaction t2: the configuration has 1'],
    ['in-every-chain=t12', 'there is no transaction t12: the configuration has 1']
  ])('%j is refused, with a list of what can be sought', (text, why) => {
    const [first, ...list] = refusal(text, playNumbered.transactions(1)).split('\n')
    expect(first).toBe(`${why}. What can be sought:`)
    expect(list).toEqual(witnessNames(model.toychain).map(({ usage, says }) => `  ${usage.padEnd(24)}  ${says}`))
    expect(list).toHaveLength(18)
  })

  test('is refused before anything is explored, for every instance', async () => {
    expect(await seek(playPayments, bounds(4, 9, 9), 'double spending')).toMatchObject({ _tag: 'Left' })
  })
})
