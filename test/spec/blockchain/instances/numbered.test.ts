import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { hashOf, transactionOf } from '../../../../spec/blockchain/codec.js'
import { numbered } from '../../../../spec/blockchain/instances/numbered.js'
import type { NumberedTypes, Stamp } from '../../../../spec/blockchain/instances/numbered.js'
import { eq_block } from '../../../../spec/blockchain/types.js'
import type { Block } from '../../../../spec/blockchain/types.js'
import { unit } from '../../../../spec/prelude/unionMap.js'
import { numberedArbitraries } from '../../../../invariants/blockchain/instanceArbitraries.js'
import { netAddr } from '../../../../spec/system/address.js'

const { params, types, label } = numbered()
const { FCR, GenesisBlock: G, VAF, genProof, hashB, hashT, tpExtend, txValid } = params
const [n0, n1] = netAddr(2).enum

const on = (b: Block<NumberedTypes>, proof: Stamp, ...txs: ReadonlyArray<string>): Block<NumberedTypes> => ({
  prevBlockHash: hashB(b),
  txs: txs.map(transactionOf),
  proof
})

describe('the numbered instance', () => {
  const first = on(G, { minter: n1!, k: 1 })
  const second = on(first, { minter: n0!, k: 2 }, 't1', 't2')

  test('writes the history of a block as its hash', () => {
    expect([G, first, second].map(hashB)).toEqual(['g', '1@1<g', '2@0{t1,t2}<1@1<g'])
    expect(hashT(transactionOf('t1'))).toBe('tx t1')
  })

  test('shows a block by its number and minter', () => {
    expect([G, first, second].map((b) => label?.(hashB(b)))).toEqual(['g', '1@1', '2@0'])
  })

  test('gives different blocks different hashes, blocks that only resemble genesis included', () => {
    const { equals } = eq_block<NumberedTypes>(types)
    const { block } = numberedArbitraries
    const blocks = fc.oneof(block, fc.constant(G), fc.constant({ ...G, txs: [transactionOf('')] }))
    fc.assert(
      fc.property(blocks, blocks, (a, b) => equals(a, b) === (hashB(a) === hashB(b))),
      { numRuns: 2000, seed: 3 }
    )
  })

  test('prefers more blocks, then the later last block, then the smaller contents', () => {
    const late = on(G, { minter: n0!, k: 5 })
    const prefers = (a: ReadonlyArray<Block<NumberedTypes>>, b: ReadonlyArray<Block<NumberedTypes>>) =>
      FCR(a, b) && !FCR(b, a)
    expect(prefers([G, first, second], [G, late])).toBe(true)
    expect(prefers([G, late], [G, first])).toBe(true)
    expect(prefers([G], [])).toBe(true)
    expect(prefers([G, on(G, { minter: n0!, k: 1 })], [G, first])).toBe(true)
    expect(prefers([G, first], [G, { ...first, txs: [transactionOf('t1')] }])).toBe(true)
  })

  test('accepts genesis as the first block only, and every other block everywhere', () => {
    expect([VAF(G, [], []), VAF(G, [G], []), VAF(first, [G], []), VAF(second, [], [])]).toEqual([
      true,
      false,
      true,
      true
    ])
  })

  test('mints a block at every attempt, with all that is offered and the stamp of the time', () => {
    const offered = [transactionOf('t1')]
    expect(genProof([G], offered, { minter: n0!, k: 3 })).toEqual(O.some([offered, { minter: n0, k: 3 }]))
  })

  test('takes a transaction for valid until it is in the chain, and puts a new one in front of the pool', () => {
    const [t1, t3] = [transactionOf('t1'), transactionOf('t3')]
    expect([txValid(t1, [G, first, second]), txValid(t3, [G, first, second])]).toEqual([false, true])
    expect(tpExtend(tpExtend([t1], unit, t3), unit, t1)).toEqual([t3, t1])
  })

  test('orders stamps by number, and genesis before every node', () => {
    const stamps: ReadonlyArray<Stamp> = [
      { minter: 'genesis', k: 1 },
      { minter: n0!, k: 1 },
      { minter: n1!, k: 1 },
      { minter: n0!, k: 2 }
    ]
    expect(stamps.toReversed().sort(types.VProof.compare)).toEqual(stamps)
    expect(hashB({ ...G, prevBlockHash: hashOf('x') })).not.toBe(hashB(G))
  })
})
