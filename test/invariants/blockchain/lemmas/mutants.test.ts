/**
 * Definitions and parameters that are wrong on purpose: in what, and how a lemma refutes them.
 */
import { describe, expect, test } from 'vitest'
import { Forests } from '../../../../spec/blockchain/forests.js'
import { unionMap } from '../../../../spec/prelude/unionMap.js'
import type { Block } from '../../../../spec/blockchain/types.js'
import { allLemmas } from '../../../../invariants/blockchain/lemmas/ledger.js'
import { refutedBy } from '../../../../invariants/blockchain/lemmas/mutants.js'
import { wrongDefinitions as mutants } from '../../../../invariants/blockchain/mutants.js'
import { showTiny } from '../../../../invariants/blockchain/lemmas/show.js'
import { tiny } from '../../../../invariants/blockchain/lemmas/tiny.js'
import type { TinyTypes } from '../../../../invariants/blockchain/lemmas/tiny.js'

const block = (proof: number, prevBlockHash: number): Block<TinyTypes> => ({ prevBlockHash, txs: [], proof })
const right = tiny('work')
const G = right.params.GenesisBlock
const [b1, other1, b2] = [block(1, 0), block(1, 1), block(2, 1)]
const { fromEntries } = unionMap(right.types.Hash)
const tree = (...blocks: ReadonlyArray<Block<TinyTypes>>) =>
  fromEntries(blocks.map((b) => [right.params.hashB(b), b] as const))

/** The instance and the definitions with a mutant in the place of the right ones. */
const wrong = (name: string) => {
  const mutant = mutants.find((m) => m.name === name)
  if (mutant === undefined) throw new Error(`there is no mutant ${name}`)
  const instance = mutant.instance(right)
  return { params: instance.params, F: mutant.forest(Forests(instance.types, instance.params), instance) }
}
const rightForest = Forests(right.types, right.params)

describe('a mutant', () => {
  test('has a name of its own and a sentence', () => {
    expect(mutants.map(({ name }) => name)).toEqual([
      'first-stays',
      'last-stays',
      'alone',
      'length-only',
      'ties-win',
      'anything-goes'
    ])
    expect(mutants.filter(({ says }) => !/^\S.*\.$/.test(says))).toEqual([])
  })

  test.each([
    ['first-stays', '{0: 0←0, 1: 1←0}'],
    ['last-stays', '{0: 0←0, 1: 1←1}']
  ])('%s: where the hash is taken by another block there is %s, and no undefined tree', (name, there) => {
    const { F } = wrong(name)
    expect(showTiny(rightForest.btExtend(tree(G, b1), other1))).toBe('⊥')
    expect(showTiny(F.btExtend(tree(G, b1), other1))).toBe(there)
    expect(showTiny(F.btExtendAll(tree(G), [b1, other1, b2]))).toBe(there.replace('}', ', 2: 2←1}'))
    expect(showTiny(F.btExtend(tree(G), b1))).toBe('{0: 0←0, 1: 1←0}')
  })

  test('alone: a chain is the last block of the right one', () => {
    const { F } = wrong('alone')
    expect(rightForest.compute_chain(tree(G, b1, b2), b2)).toEqual([G, b1, b2])
    expect(F.compute_chain(tree(G, b1, b2), b2)).toEqual([b2])
  })

  test('length-only: the longer chain is better, whatever the work; of equally long ones none', () => {
    const { FCR } = wrong('length-only').params
    expect([FCR([b1, b1], [G]), FCR([G], [b1, b1]), FCR([G], [b1]), FCR([b1], [G])]).toEqual([
      true,
      false,
      false,
      false
    ])
  })

  test('ties-win: of equally long chains each is better', () => {
    const { FCR } = wrong('ties-win').params
    expect([FCR([b1, b1], [G]), FCR([G], [b1, b1]), FCR([G], [b1]), FCR([b1], [G])]).toEqual([true, false, true, true])
  })

  test('anything-goes: a block that is acceptable nowhere is accepted', () => {
    const unacceptable = block(9, 0)
    expect(right.params.VAF(unacceptable, [G], [])).toBe(false)
    expect(wrong('anything-goes').params.VAF(unacceptable, [G], [])).toBe(true)
  })

  test('is wrong in nothing else', () => {
    const { FCR, ...others } = right.params
    expect(wrong('length-only').params).toMatchObject(others)
    expect(wrong('length-only').params.FCR).not.toBe(FCR)
    expect(wrong('alone').params).toBe(right.params)
    expect(wrong('alone').F.btExtend(tree(G), b1)).toEqual(tree(G, b1))
    expect(wrong('first-stays').F.compute_chain(tree(G, b1), b1)).toEqual([G, b1])
  })
})

describe('a lemma refutes a mutant', () => {
  const found = (name: string) => refutedBy(allLemmas().findIndex((lemma) => lemma.name === name))

  test('by the smallest inputs that refute it', () => {
    expect(found('FCR_nrefl')).toEqual([{ mutant: 'ties-win', inputs: 'A = []' }])
    expect(found('VAF_GB_first')).toEqual([{ mutant: 'anything-goes', inputs: 'c = [0←0]' }])
    expect(found('FCR_rel')).toEqual([{ mutant: 'length-only', inputs: 'A = [0←0], B = [1←0]' }])
  })

  test('or does not', () => {
    expect(found('in_seq')).toEqual([])
  })

  test('if it is there', () => {
    expect(refutedBy(-1)).toEqual([])
  })
})
