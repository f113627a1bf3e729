import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { contramap, reverse } from 'fp-ts/lib/Ord.js'
import { describe, expect, test } from 'vitest'
import type { Arbitraries } from '../../../invariants/blockchain/arbitraries.js'
import {
  bitcoinArbitraries,
  implArbitraries,
  numberedArbitraries,
  paymentArbitraries
} from '../../../invariants/blockchain/instanceArbitraries.js'
import { FCR_ext, FCR_nrefl, FCR_trans, checkLaw, checkLaws } from '../../../invariants/blockchain/laws.js'
import type { Law, LawInputs, LawReport } from '../../../invariants/blockchain/laws.js'
import { canonical } from '../../../invariants/checker/data/canonical.js'
import { hashOf } from '../../../spec/blockchain/codec.js'
import { bitcoin } from '../../../spec/blockchain/instances/bitcoin.js'
import { hash256Of, uint32Of } from '../../../spec/blockchain/instances/bitcoin/codec.js'
import { byLength, prefer } from '../../../spec/blockchain/instances/forkChoice.js'
import { longestChain } from '../../../spec/blockchain/instances/longestChain.js'
import { numbered } from '../../../spec/blockchain/instances/numbered.js'
import { payments } from '../../../spec/blockchain/instances/payments.js'
import { proofOfWork } from '../../../spec/blockchain/instances/proofOfWork.js'
import { blockOrd, typesImpl } from '../../../spec/blockchain/instances/typesImpl.js'
import type { TypesImpl } from '../../../spec/blockchain/instances/typesImpl.js'
import type { ConsensusParams } from '../../../spec/blockchain/parameters.js'
import type { Instance } from '../../../spec/blockchain/toychain.js'
import type { Block, Blockchain, Types } from '../../../spec/blockchain/types.js'
import { ordNumber, seqOrd } from '../../../spec/prelude/order.js'
import { holds } from '../../support/property.js'

const LAWS = [
  'txValid_nil',
  'VAF_init',
  'VAF_GB_first',
  'FCR_subchain',
  'FCR_ext',
  'FCR_rel',
  'FCR_nrefl',
  'FCR_trans'
] as const

/** Each law with its counterexample, those that hold left out. */
const refuted = (reports: ReadonlyArray<LawReport>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    reports.flatMap(({ law, counterexample }) => (O.isSome(counterexample) ? [[law, counterexample.value.inputs]] : []))
  )

/** A block hash that has only four values, of which one is not even a number. */
const fewHashes = (b: Block<TypesImpl>) => hashOf(['0x000', '0x00f', '0x8', 'none'][b.proof % 4] ?? '')

const genesis = {
  prevBlockHash: hash256Of('0'),
  txs: [hash256Of('1')],
  proof: { version: uint32Of(1), time: uint32Of(0), bits: uint32Of(0x1d00ffff), nonce: uint32Of(0) }
} as const

describe('the eight laws hold, on 1000 inputs each, of', () => {
  const lawsHold = <T extends Types>(title: string, instance: Instance<T>, arbitraries: Arbitraries<T>) =>
    test(title, () => {
      const reports = checkLaws(instance, arbitraries, { runs: 1000, seed: 2018 })
      expect(reports.map((r) => r.law)).toEqual(LAWS)
      expect(refuted(reports)).toEqual({})
      // VAF_init quantifies over nothing.
      expect(reports.map((r) => r.runs)).toEqual([1000, 1, 1000, 1000, 1000, 1000, 1000, 1000])
      const met = Object.fromEntries(reports.map((r) => [r.law, r.met]))
      expect(met).toMatchObject({ txValid_nil: 1000, VAF_init: 1, FCR_subchain: 1000, FCR_ext: 1000, FCR_rel: 1000 })
      // Genesis is acceptable after the empty chain only, which is about every sixth; three chains often have an equal pair.
      expect(met['VAF_GB_first']).toBeGreaterThan(100)
      expect(met['FCR_trans']).toBeGreaterThan(500)
    })

  lawsHold('proofOfWork', proofOfWork(), implArbitraries)
  lawsHold(
    'proofOfWork with four hashes and no difficulty',
    proofOfWork({ hashB: fewHashes, difficulty: 0 }),
    implArbitraries
  )
  lawsHold('longestChain', longestChain(), implArbitraries)
  lawsHold('longestChain with four hashes', longestChain({ hashB: fewHashes }), implArbitraries)
  lawsHold('numbered', numbered(), numberedArbitraries)
  lawsHold('bitcoin', bitcoin({ genesis, height: 0 }), bitcoinArbitraries)
  lawsHold('payments', payments({ balances: { alice: 5, bob: 1 } }), paymentArbitraries)
})

describe('the three chains that FCR_trans is decided on', () => {
  const met = (instance: Instance<TypesImpl>, inputs: LawInputs<TypesImpl>['FCR_trans']): boolean => {
    try {
      return FCR_trans.decide(instance, inputs).met
    } catch {
      return false
    }
  }

  test('meet its premises in the order that they are in, if in any; one in which the choice throws is none', () => {
    const lawful = longestChain()
    const FCR: typeof lawful.params.FCR = (A, B) => {
      if (A.length < B.length) throw new RangeError('the wrong way round')
      return lawful.params.FCR(A, B)
    }
    const picky = { ...lawful, params: { ...lawful.params, FCR } }
    holds(
      FCR_trans.inputs(picky, implArbitraries),
      (inputs, meet) => {
        const { A, B, C } = inputs
        const orders = [A, B, C].flatMap((x) => [A, B, C].flatMap((y) => [A, B, C].map((z) => ({ A: x, B: y, C: z }))))
        const some = orders.some((order) => met(picky, order))
        if (some) meet('some order does')
        expect(met(picky, inputs)).toBe(some)
      },
      { met: { 'some order does': 200 } }
    )
  })
})

describe('an instance that breaks a law is refuted:', () => {
  const lawful = longestChain()
  const { GenesisBlock, FCR } = lawful.params
  const check = (change: Partial<ConsensusParams<TypesImpl>>) =>
    refuted(checkLaws({ ...lawful, params: { ...lawful.params, ...change } }, implArbitraries, { seed: 1 }))
  const byContent = reverse(seqOrd(blockOrd<TypesImpl>(typesImpl)))
  /** The block with nothing in it, which shrinking arrives at. */
  const a = 'a = {"prevBlockHash":"","proof":0,"txs":[]}'

  test('txValid_nil, by a transaction that is invalid everywhere', () => {
    expect(check({ txValid: (t) => t !== 't1' })).toEqual({ txValid_nil: 't = "t1"' })
  })

  test('VAF_init, by a genesis block that must satisfy the rules of others', () => {
    expect(check({ VAF: (_, bc) => bc.length > 0 && bc[0] !== GenesisBlock })).toHaveProperty('VAF_init', 'no inputs')
  })

  test('VAF_GB_first, by a genesis block that is acceptable twice', () => {
    expect(check({ VAF: () => true })).toEqual({ VAF_GB_first: 'bc = [G]' })
  })

  test('FCR_subchain, by a choice that looks at the first blocks first', () => {
    const byFirst = contramap((bc: Blockchain<TypesImpl>) => bc.slice(0, 1))(seqOrd(blockOrd<TypesImpl>(typesImpl)))
    expect(check({ FCR: prefer(byFirst, byLength(), byContent) })).toEqual({
      FCR_subchain: `p = [a], bc1 = [G], q = [], where ${a}`
    })
  })

  test('FCR_ext (and FCR_subchain, from which it follows), by a choice of shorter chains', () => {
    expect(check({ FCR: prefer(reverse(byLength<TypesImpl>()), byContent) })).toEqual({
      FCR_subchain: 'p = [], bc1 = [], q = [G]',
      FCR_ext: 'bc = [], b :: ext = [G]'
    })
  })

  test('FCR_rel, by a choice by length alone', () => {
    expect(check({ FCR: prefer(byLength<TypesImpl>()) })).toEqual({
      FCR_rel: `A = [G, a], B = [G, G], where ${a}`
    })
  })

  test('FCR_rel, FCR_ext and FCR_subchain, by a choice by total work alone, as blocks may have no work', () => {
    const { totalWork } = proofOfWork({ hashB: fewHashes })
    expect(Object.keys(check({ FCR: prefer(contramap(totalWork)(ordNumber)) }))).toEqual([
      'FCR_subchain',
      'FCR_ext',
      'FCR_rel'
    ])
  })

  test('FCR_nrefl, by a choice of chains that are not worse', () => {
    expect(check({ FCR: (A, B) => !FCR(B, A) })).toEqual({ FCR_nrefl: 'bc = []' })
  })

  const rockPaperScissors: typeof FCR = (A, B) => {
    const [x, y] = [A, B].map((bc) => (bc[bc.length - 1]?.proof ?? 0) % 3)
    return A.length !== B.length || x === undefined || y === undefined || x === y ? FCR(A, B) : (x + 1) % 3 === y
  }

  test('FCR_trans, by a choice that goes round in circles', () => {
    expect(check({ FCR: rockPaperScissors })).toEqual({
      FCR_trans:
        'A = [G, G], B = [G, a], C = [G, b], where ' +
        'a = {"prevBlockHash":"","proof":4,"txs":[]}, b = {"prevBlockHash":"","proof":2,"txs":[]}'
    })
  })

  test('and so is one that throws, with what it throws', () => {
    const picky: typeof FCR = (A, B) => {
      if (A.length > 3) throw new RangeError('too long')
      return FCR(A, B)
    }
    expect(check({ FCR: picky })['FCR_nrefl']).toBe('bc = [G, G, G, G]; throws RangeError: too long')
  })

  test('and what is tried to make its counterexample smaller counts neither as tried nor as met', () => {
    const never = { ...lawful, params: { ...lawful.params, FCR: () => false } }
    const report = checkLaw(FCR_ext, never, implArbitraries, { seed: 1 })
    expect(report).toMatchObject({ law: 'FCR_ext', runs: 1, met: 1, seed: 1 })
  })

  test('with its blocks by letters, and by numbers after the 26th', () => {
    const refusing: Law<'FCR_nrefl'> = {
      ...FCR_nrefl,
      decide: () => ({ met: true, holds: false }),
      inputs: (_, { block }) =>
        fc.uniqueArray(block, { minLength: 28, maxLength: 28, selector: canonical }).map((bc) => ({ bc }))
    }
    const { counterexample } = checkLaw(refusing, lawful, implArbitraries)
    const { inputs } = O.toNullable(counterexample) ?? { inputs: 'none' }
    expect(inputs.split(', where ')[0]).toBe(
      'bc = [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, b26, b27]'
    )
  })

  test('the seed and the path of a report repeat its counterexample at once', () => {
    const circular = { ...lawful, params: { ...lawful.params, FCR: rockPaperScissors } }
    const { seed, counterexample } = checkLaw(FCR_trans, circular, implArbitraries, { seed: 7 })
    const { inputs, path } = O.toNullable(counterexample) ?? { inputs: 'none', path: '' }
    const again = checkLaw(FCR_trans, circular, implArbitraries, { seed, path })
    expect(again.runs).toBe(1)
    expect(again.counterexample).toEqual(O.some({ inputs, path }))
  })
})
