import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { Explain } from '../../../invariants/blockchain/explain.js'
import { bounds, toychainModel } from '../../../invariants/blockchain/model.js'
import { playNumbered, playPayments } from '../../../invariants/blockchain/playable.js'
import { exhaustive, replay, traceOf } from '../../../invariants/checker/index.js'
import { hashOf, transactionOf } from '../../../spec/blockchain/codec.js'
import { entries, undef, unit } from '../../../spec/prelude/unionMap.js'
import { noFaults } from '../../../spec/system/adversary.js'
import { address, byLength, missing, toyOf } from '../../support/toychains.js'
import type { B, M, P, Tree, W } from '../../support/toychains.js'

const toy = toyOf(byLength, 2)
const { forest, params, cliqueWorld } = toy
const explain = () => Explain(toy)
const G = params.GenesisBlock
const on = (parent: B, proof: number, ...txs: ReadonlyArray<string>): B => ({
  prevBlockHash: params.hashB(parent),
  txs: txs.map(transactionOf),
  proof
})
const tree = (...bs: ReadonlyArray<B>): Tree => forest.btExtendAll(unit, [G, ...bs])
const [first, second] = [on(G, 1), on(on(G, 1), 2, 't1')]

describe('messages and actions in words', () => {
  const packet = (msg: M): P => ({ src: address(0), dst: address(1), msg })

  test('name each kind of message with what it carries', () => {
    const messages: ReadonlyArray<M> = [
      { _tag: 'AddrMsg', peers: [address(1), address(0)] },
      { _tag: 'ConnectMsg' },
      { _tag: 'BlockMsg', block: first },
      { _tag: 'TxMsg', tx: transactionOf('t1') },
      { _tag: 'InvMsg', hashes: [hashOf('a'), hashOf('b')] },
      { _tag: 'GetDataMsg', hash: hashOf('a') }
    ]
    expect(messages.map((m) => explain().message(m))).toEqual([
      'Addr [1, 0]',
      'Connect',
      'Block 0x10',
      'Tx t1',
      'Inv {a, b}',
      'GetData a'
    ])
  })

  test('say who did what', () => {
    const connect = packet({ _tag: 'ConnectMsg' })
    const minted = { ...cliqueWorld, inFlightMsgs: [packet({ _tag: 'BlockMsg', block: first })] }
    const mint = { _tag: 'Intern', node: address(0), transition: { _tag: 'MintT' }, ts: 1 } as const
    const announce = { ...mint, transition: { _tag: 'TxT', tx: transactionOf('t1') } } as const
    expect([
      explain().action({ _tag: 'Deliver', packet: connect, ts: 0 }, cliqueWorld, cliqueWorld),
      explain().action(mint, cliqueWorld, minted),
      explain().action(mint, cliqueWorld, cliqueWorld),
      explain().action(announce, cliqueWorld, cliqueWorld),
      explain().action({ _tag: 'Duplicate', packet: connect }, cliqueWorld, cliqueWorld),
      explain().action({ _tag: 'Lose', packet: connect }, cliqueWorld, cliqueWorld),
      explain().action({ _tag: 'Cut', side: [address(1)] }, cliqueWorld, cliqueWorld),
      explain().action({ _tag: 'Heal' }, cliqueWorld, cliqueWorld)
    ]).toEqual([
      'node 1 receives Connect from node 0',
      'node 0 mints block 0x10 on 0x1',
      'node 0 tries to mint a block, in vain',
      'node 0 announces transaction t1',
      'the network duplicates Connect from node 0 to node 1',
      'the network loses Connect from node 0 to node 1',
      'the network is cut: {1} against the others',
      'the network heals'
    ])
  })
})

describe('a block that was minted', () => {
  const block = (b: B): P => ({ src: address(0), dst: address(1), msg: { _tag: 'BlockMsg', block: b } })
  const connect: P = { src: address(0), dst: address(1), msg: { _tag: 'ConnectMsg' } }
  const mint = (before: ReadonlyArray<P>, sent: ReadonlyArray<P>): string =>
    explain().action(
      { _tag: 'Intern', node: address(0), transition: { _tag: 'MintT' }, ts: 1 },
      { ...cliqueWorld, inFlightMsgs: before },
      { ...cliqueWorld, inFlightMsgs: [...sent, ...before] }
    )

  test('is one that was sent in the step, not one that was in flight before', () => {
    expect(mint([block(first)], [])).toBe('node 0 tries to mint a block, in vain')
    expect(mint([block(first)], [block(second)])).toBe('node 0 mints block a on 0x10')
  })

  test('is found among other packets that were sent', () => {
    expect(mint([], [connect, block(first)])).toBe('node 0 mints block 0x10 on 0x1')
  })
})

describe('a forest drawn', () => {
  test('has its best chain marked, and its branches in the order of the hashes', () => {
    expect(explain().drawTree(tree(first, second, on(G, 3), on(on(G, 3), 5)))).toEqual([
      '● 0x1  {genesis}',
      '├─ ● 0x10',
      '│  └─ ● a  {t1}',
      '└─ ○ B',
      '   └─ ○ b'
    ])
  })

  test('has orphans below what is missing, and then cycles', () => {
    const orphan: B = { prevBlockHash: missing, txs: [], proof: 3 }
    const [x, y] = [
      { prevBlockHash: hashOf(''), txs: [], proof: 2 },
      { prevBlockHash: hashOf('a'), txs: [], proof: 4 }
    ]
    expect(explain().drawTree(tree(orphan, on(orphan, 5), x, y))).toEqual([
      '● 0x1  {genesis}',
      'orphans',
      '  … ? is missing',
      '  └─ ○ B',
      '     └─ ○ b',
      '  ○   (in or behind a cycle)',
      '  ○ a  (in or behind a cycle)'
    ])
  })

  test('has cycles where there are no orphans', () => {
    const itself: B = { prevBlockHash: hashOf('a'), txs: [], proof: 2 }
    expect(explain().drawTree(tree(itself))).toEqual(['● 0x1  {genesis}', 'orphans', '  ○ a  (in or behind a cycle)'])
  })

  test('has what is no text spelt out: payments', () => {
    const { toychain } = toychainModel(playPayments, bounds(1, 1, 1))
    const { GenesisBlock, hashB } = toychain.params
    const [payment] = playPayments.transactions(1)
    const block = { prevBlockHash: hashB(GenesisBlock), txs: [payment!], proof: 1 }
    const [, leaf] = Explain(toychain).drawTree(
      toychain.forest.btExtend(toychain.local.Init(address(0)).blockTree, block)
    )
    expect(leaf).toMatch(/^└─ ● 0x[0-9a-f]{8}…  \{\{"from":"alice","to":"bob","amount":10,"sequence":0\}\}$/)
  })

  test('says that there is none after a collision', () => {
    expect(explain().drawTree(undef)).toEqual(['undefined: two blocks with one hash have met'])
  })
})

describe('a world', () => {
  test('has equal packets once, with their number', () => {
    const connect: P = { src: address(0), dst: address(1), msg: { _tag: 'ConnectMsg' } }
    expect(
      explain().world({ ...cliqueWorld, inFlightMsgs: [connect, { ...connect, dst: address(0) }, connect] })
    ).toEqual(['node 0  ● 0x1  {genesis}', 'node 1  ● 0x1  {genesis}', 'in flight: 2 × 0→1 Connect, 0→0 Connect'])
    expect(explain().world(cliqueWorld).at(-1)).toBe('in flight: nothing')
  })

  test('has the pool of a node below its forest, under its first line', () => {
    const [mine, theirs] = entries(cliqueWorld.localState)
    const w: W = {
      ...cliqueWorld,
      localState: {
        _tag: 'Def',
        entries: [[mine![0], { ...mine![1], blockTree: tree(first), txPool: ['t1', 't2'].map(transactionOf) }], theirs!]
      }
    }
    expect(explain().world(w)).toEqual([
      'node 0  ● 0x1  {genesis}',
      '        └─ ● 0x10',
      '        pool: t1, t2',
      'node 1  ● 0x1  {genesis}',
      'in flight: nothing'
    ])
  })

  test('in three parts adds up to one tree, or says that it does not', () => {
    const block: P = { src: address(0), dst: address(1), msg: { _tag: 'BlockMsg', block: first } }
    expect(explain().threeParts({ ...cliqueWorld, inFlightMsgs: [block] })).toEqual([
      'node 0  {0x1} + {} = {0x1}',
      'node 1  {0x1} + {0x10} = {0x1, 0x10}',
      'global  the nodes do not add up to one tree'
    ])
    expect(explain().threeParts(cliqueWorld).at(-1)).toBe('global  {0x1}, best chain 0x1')
  })
})

describe('an execution', () => {
  test('is told step by step: the action, who changed, what is in flight, and what fails', async () => {
    const model = toychainModel(playNumbered, bounds(2, 1, 0, { blockOnly: true, faults: { ...noFaults, losses: 1 } }))
    const { counterexample } = await exhaustive(model)
    const { steps } = replay(model, traceOf({}, counterexample!.states, counterexample!.actions))
    expect(Explain(model.toychain).execution(steps).split('\n')).toEqual([
      '   0  initially: 2 nodes',
      '      node 0  ● g',
      '      node 1  ● g',
      '      in flight: nothing',
      '   1  node 0 mints block 1@0 on g',
      '      node 0  ● g',
      '              └─ ● 1@0',
      '      in flight: 0→0 Block 1@0, 0→1 Block 1@0',
      '   2  the network loses Block 1@0 from node 0 to node 1',
      '      in flight: 0→0 Block 1@0',
      '      ✗ clique_inv ▸ GSyncing_clique ▸ 5 ▸ node 1: has, with what is in flight, {g}, expected {1@0, g}, missing 1@0',
      "          (each node's tree with the blocks in flight to it is the canonical tree)",
      '',
      'local state + in flight = global',
      '  node 0  {1@0, g} + {1@0} = {1@0, g}',
      '  node 1  {g} + {} = {g}',
      '  global  the nodes do not add up to one tree'
    ])
  })

  test('of something that was sought has a beginning and a mark of its own', () => {
    const model = toychainModel(playNumbered, bounds(1, 0, 0))
    const [state] = model.system.initial
    const failure = { path: ['agreement'], says: 'all nodes have one chain', witness: 'all nodes have the chain g' }
    const told = Explain(model.toychain).execution([{ action: undefined, state: state!, failures: [failure] }], {
      begins: 'at first',
      mark: '→'
    })
    expect(told.split('\n').slice(0, 5)).toEqual([
      '   0  at first: 1 node',
      '      node 0  ● g',
      '      in flight: nothing',
      '      → agreement: all nodes have the chain g',
      '          (all nodes have one chain)'
    ])
  })

  test('says nothing of the invariants before its last step where none fails', () => {
    const model = toychainModel(playNumbered, bounds(1, 1, 0, { blockOnly: true }))
    const [start] = model.system.initial
    const [mint] = model.system.actions(start!)
    const end = O.toUndefined(model.system.next(start!, mint!))
    const told = Explain(model.toychain).execution([
      { action: undefined, state: start!, failures: [] },
      { action: mint, state: end!, failures: [] }
    ])
    expect(told.split('\n')).toEqual([
      '   0  initially: 1 node',
      '      node 0  ● g',
      '      in flight: nothing',
      '   1  node 0 mints block 1@0 on g',
      '      node 0  ● g',
      '              └─ ● 1@0',
      '      in flight: 0→0 Block 1@0',
      '      all invariants hold',
      '',
      'local state + in flight = global',
      '  node 0  {1@0, g} + {1@0} = {1@0, g}',
      '  global  {1@0, g}, best chain g ← 1@0'
    ])
  })

  test('has a failure where it happens, though more steps follow', () => {
    const model = toychainModel(playNumbered, bounds(1, 1, 0, { blockOnly: true }))
    const [start] = model.system.initial
    const [mint] = model.system.actions(start!)
    const end = O.toUndefined(model.system.next(start!, mint!))
    const failure = { path: ['busy'], says: 'something is in flight', witness: 'nothing is' }
    const told = Explain(model.toychain).execution([
      { action: undefined, state: start!, failures: [failure] },
      { action: mint, state: end!, failures: [] }
    ])
    expect(told.split('\n').slice(2, 6)).toEqual([
      '      in flight: nothing',
      '      ✗ busy: nothing is',
      '          (something is in flight)',
      '   1  node 0 mints block 1@0 on g'
    ])
  })

  test('that fails nowhere ends with saying so', () => {
    const model = toychainModel(playNumbered, bounds(2, 0, 0))
    const { steps } = replay(model, traceOf({}, model.system.initial, []))
    expect(Explain(model.toychain).execution(steps).split('\n')).toEqual([
      '   0  initially: 2 nodes',
      '      node 0  ● g',
      '      node 1  ● g',
      '      in flight: nothing',
      '      all invariants hold',
      '',
      'local state + in flight = global',
      '  node 0  {g} + {} = {g}',
      '  node 1  {g} + {} = {g}',
      '  global  {g}, best chain g'
    ])
  })
})
