/**
 * The library agrees with the specification after every operation of random sequences: orphans, duplicates, collisions,
 * invalid blocks, cycles. `npm run test:deep` makes a million operations.
 */
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { hashOf, transactionOf } from '../../../spec/blockchain/codec.js'
import { pts, undef, unit } from '../../../spec/prelude/unionMap.js'
import { Forests } from '../../../spec/blockchain/forests.js'
import { typesImpl } from '../../../spec/blockchain/instances/typesImpl.js'
import { createForest, fromData } from '../../../impl/forest/index.js'
import { deep } from '../../support/deep.js'
import { holdsLong } from '../../support/property.js'
import { kinds, seenByForest, sideBySide } from './oracle.js'
import type { B, H, Kind, Params } from './oracle.js'

const LENGTH = 20
/** How many sequences for each kind make so many operations in all. */
const runsFor = (operations: number): number => Math.ceil(operations / LENGTH / kinds.length)
const RUNS = { runs: runsFor(6_000), deepRuns: runsFor(1_000_000) }

/** Few hashes, of much and little work, so that collisions and cycles are everyday. */
const pool = [
  '0x0',
  '0x00',
  '0x000a',
  '0x01',
  '0x1',
  '0x4',
  '0x8',
  '0x00f',
  '0x07',
  '0x03',
  '0x0008',
  '0x2',
  '0x005',
  'f'
]
const poolHash = (i: number): H => hashOf(pool[i % pool.length] ?? '')

/** A block to be: its predecessor is an earlier block of the list (mostly), or any hash of the pool. */
const sketch = fc.record({
  earlier: fc.option(fc.nat(11), { freq: 5 }),
  prev: fc.nat(pool.length - 1),
  txs: fc.array(fc.constantFrom('t1', 't2', 't3').map(transactionOf), { maxLength: 2 }),
  proof: fc.nat(40)
})

const scenario = fc.record({
  /** How many of the hashes of the pool there are. */
  hashes: fc.integer({ min: 2, max: 40 }),
  sketches: fc.array(sketch, { minLength: 6, maxLength: 12 }),
  empty: fc.boolean(),
  order: fc.array(fc.nat(12), { minLength: LENGTH, maxLength: LENGTH }),
  snapshotAt: fc.nat(LENGTH - 1)
})
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never

/** A hash with few values: collisions between different blocks, cycles, and blocks that are their own predecessor. */
const fewHashes =
  (hashes: number): Params['hashB'] =>
  (b) => {
    let n = b.proof
    for (const c of b.prevBlockHash + b.txs.join()) n = (Math.imul(n, 31) + c.charCodeAt(0)) >>> 0
    const i = n % hashes
    return i < pool.length ? poolHash(i) : hashOf(`${pool[i % pool.length] ?? ''}${i}`)
  }

const blocksOf = (P: Params, { sketches }: Scenario): ReadonlyArray<B> =>
  sketches.reduce<ReadonlyArray<B>>(
    (blocks, { earlier, prev, txs, proof }) => {
      const parent = earlier === null ? undefined : blocks[earlier % blocks.length]
      return [...blocks, { prevBlockHash: parent === undefined ? poolHash(prev) : P.hashB(parent), txs, proof }]
    },
    [P.GenesisBlock]
  )

const tally = new Map<string, number>()
const count = (what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1)

const run = (kind: Kind, s: Scenario): void => {
  const P = kind.params(fewHashes(s.hashes))
  const blocks = blocksOf(P, s)
  const options = kind.options(P)
  const forest = createForest({ ...options, empty: s.empty })
  const sides = sideBySide(P, forest, s.empty ? unit : pts(P.hashB(P.GenesisBlock), P.GenesisBlock))
  let snapshot = forest.snapshot()
  let seen = seenByForest(snapshot)
  for (const [i, at] of s.order.entries()) {
    const result = sides.insert(blocks[at % blocks.length] ?? P.GenesisBlock)
    sides.agree()
    count('operations')
    count(E.isLeft(result) ? result.left._tag : result.right._tag)
    if (E.isRight(result) && 'head' in result.right && result.right.head !== undefined) count(result.right.head._tag)
    if (i !== s.snapshotAt) continue
    snapshot = forest.snapshot()
    seen = seenByForest(snapshot)
  }
  // What came after a snapshot is not seen in it, and what is exported can be imported.
  expect(seenByForest(snapshot)).toEqual(seen)
  const again = fromData(options, forest.toData())
  expect(E.isRight(again) && seenByForest(again.right)).toEqual(seenByForest(forest))
  if (sides.F.all_chains(sides.tree()).some((c) => isCycle(P, c))) count('cycles')
}

/** The chain of an orphan whose predecessor is on the chain itself. */
const isCycle = (P: Params, chain: ReadonlyArray<B>): boolean =>
  chain[0] !== P.GenesisBlock && chain.some((b) => chain[0]?.prevBlockHash === P.hashB(b))

describe('agrees with the specification on btChain, dom, all_chains and the chain of each block', () => {
  for (const kind of kinds)
    test(`${kind.name}: ${deep ? RUNS.deepRuns : RUNS.runs} sequences of ${LENGTH} operations`, () =>
      holdsLong(scenario, (s) => run(kind, s), RUNS))

  test('every kind of result, reorganisations and cycles come up in these sequences', () => {
    const { operations = 0, cycles = 0, ...results } = Object.fromEntries(tally)
    // The share of each in the operations, and that of the sequences that end with a cycle.
    const shares = Object.fromEntries(Object.entries(results).map(([what, n]) => [what, n / operations > 0.01]))
    const all = ['Collision', 'Connected', 'Duplicate', 'Extended', 'Invalid', 'Orphan', 'Reorg']
    expect(shares).toEqual(Object.fromEntries(all.map((what) => [what, true])))
    expect((cycles * LENGTH) / operations).toBeGreaterThan(0.01)
  })
})

test('where the forest reports a collision, the tree of the specification is undefined', () => {
  for (const kind of kinds) {
    const P = kind.params(() => hashOf('0x0001'))
    const other = { ...P.GenesisBlock, proof: 1 }
    const forest = createForest(kind.options(P))
    const before = seenByForest(forest)
    const F = Forests(typesImpl, P)
    expect(forest.insert(other)).toEqual(E.left({ _tag: 'Collision', hash: '0x0001', existing: P.GenesisBlock }))
    expect(seenByForest(forest)).toEqual(before)
    const undefinedTree = F.btExtend(F.btExtend(unit, P.GenesisBlock), other)
    expect(undefinedTree).toEqual(undef)
    // From then on the specification's best chain is genesis; the forest goes on as if the block had not come.
    expect(F.btChain(undefinedTree)).toEqual([P.GenesisBlock])
  }
})

test('specValidation says which of the two functions refused a block', () => {
  const [first, second, third] = ['0x0001', '0x0002', '0xf'].map(hashOf)
  const hashes = [first, second, third]
  const kind = kinds[0]!
  const P = kind.params((b) => hashes[b.proof] ?? hashOf('0x'))
  const forest = createForest(kind.options(P))
  const [t1, t2] = ['t1', 't2'].map(transactionOf)
  const on = (parent: H, proof: number): B => ({ prevBlockHash: parent, txs: [t1!, t2!], proof })
  expect(forest.insert(on(first!, 1))).toMatchObject({ right: { _tag: 'Connected' } })
  expect(forest.insert(on(second!, 2))).toMatchObject({
    right: { invalidity: { _tag: 'Refused', reason: { _tag: 'VAF' } } }
  })
  expect(forest.insert({ ...on(second!, 3), txs: [t2!] })).toMatchObject({
    right: { invalidity: { _tag: 'Refused', reason: { _tag: 'VAF' } } }
  })
  const longest = kinds[2]!
  const Q = longest.params((b) => hashOf(`0x${b.proof}`))
  const other = createForest(longest.options(Q))
  const root = Q.hashB(Q.GenesisBlock)
  other.insert({ prevBlockHash: root, txs: [t1!], proof: 1 })
  expect(other.insert({ prevBlockHash: hashOf('0x1'), txs: [t2!, t1!], proof: 2 })).toMatchObject({
    right: { invalidity: { _tag: 'Refused', reason: { _tag: 'txValid', transaction: 't1' } } }
  })
})
