/**
 * Inputs of lemmas as text.
 */
import { describe, expect, test } from 'vitest'
import { given } from '../../../../invariants/proof/kernel.js'
import type { Named } from '../../../../invariants/proof/kernel.js'
import { chapter, forall, lemmaOf } from '../../../../invariants/proof/lemma.js'
import { showInputs, showNumbered, showTerm, showTiny } from '../../../../invariants/blockchain/lemmas/show.js'
import { has, num, numbers, words } from '../../../support/proofs.js'
import type { Num, Numbers } from '../../../support/proofs.js'
import { listed } from '../../../../invariants/proof/sort.js'

const showPlain = showTerm((proof, prev, txs) => `<${String(proof)} ${String(prev)} ${String(txs.length)}>`)

const tinyBlock = (proof: unknown, prevBlockHash: number, txs: ReadonlyArray<number> = []) => ({
  proof,
  prevBlockHash,
  txs
})
const numberedBlock = (proof: unknown, prevBlockHash: string, txs: ReadonlyArray<string> = []) => ({
  proof,
  prevBlockHash,
  txs
})

describe('a value as text', () => {
  test('what is no object is written as it is', () => {
    expect([1, 'h', true, undefined, null].map(showPlain)).toEqual(['1', 'h', 'true', 'undefined', 'null'])
  })

  test('a list has its elements in brackets, a list of lists too', () => {
    expect(showPlain([])).toBe('[]')
    expect(showPlain([1, [2, 3], []])).toBe('[1, [2, 3], []]')
  })

  test('a map has its keys and values, and the undefined one is ⊥', () => {
    expect(showPlain({ _tag: 'Undef' })).toBe('⊥')
    expect(showPlain({ _tag: 'Def', entries: [] })).toBe('{}')
    expect(
      showPlain({
        _tag: 'Def',
        entries: [
          [0, [1]],
          [2, 'b']
        ]
      })
    ).toBe('{0: [1], 2: b}')
  })

  test('a map without entries, or with an entry that is no pair, shows what is missing', () => {
    expect(showPlain({ _tag: 'Def' })).toBe('{}')
    expect(showPlain({ _tag: 'Def', entries: ['odd'] })).toBe('{undefined: undefined}')
  })

  test('a block is shown by its proof, its predecessor and its transactions', () => {
    expect(showPlain({ proof: 7, prevBlockHash: 3, txs: ['a', 'b'] })).toBe('<7 3 2>')
    expect(showPlain({ proof: 7, prevBlockHash: 3 })).toBe('<7 3 0>')
  })

  test('what has one of the two fields only is no block', () => {
    expect(showPlain({ proof: 7 })).toBe('{proof: 7}')
    expect(showPlain({ prevBlockHash: 3 })).toBe('{prevBlockHash: 3}')
  })

  test('a tagged value is its tag with its fields; one without fields is its tag alone', () => {
    expect(showPlain({ _tag: 'ConnectMsg' })).toBe('ConnectMsg')
    expect(showPlain({ _tag: 'TxMsg', tx: 1 })).toBe('TxMsg(1)')
    expect(showPlain({ _tag: 'RcvMsg', from: 0, msg: { _tag: 'InvMsg', hashes: [1, 2] } })).toBe(
      'RcvMsg(0, InvMsg([1, 2]))'
    )
  })

  test('any other object has its fields by name', () => {
    expect(showPlain({ id: 0, peers: [0, 1] })).toBe('{id: 0, peers: [0, 1]}')
    expect(showPlain({ _tag: 3, id: 0 })).toBe('{id: 0}')
  })
})

describe('inputs', () => {
  type Set_<S> = Named<Numbers, S>
  type Num_<X> = Named<Num, X>
  const { lemma } = chapter('a test')
  const made = lemmaOf(
    lemma(
      'in',
      'x ∈ s',
      'It is in.'
    )(() =>
      forall('s x', listed([numbers(1)]), listed([num(1)])).state(<S, X>(s: Set_<S>, x: Num_<X>) =>
        given().infer(has(x, s))
      )
    )({ vocabulary: words })
  )

  test('are named by the variables of the lemma', () => {
    expect(made && showInputs(showPlain, made, [[1, 2], 1])).toBe('s = [1, 2], x = 1')
  })

  test('beyond the variables have no name', () => {
    expect(made && showInputs(showPlain, made, [[], 1, 2])).toBe('s = [], x = 1, _ = 2')
  })
})

describe('a tiny block', () => {
  test('has its hash, the low three bits of its proof, and the hash of its predecessor', () => {
    expect(showTiny(tinyBlock(3, 1))).toBe('3←1')
    expect(showTiny(tinyBlock(7, 0))).toBe('7←0')
  })

  test('has a mark if it is acceptable nowhere, and another if it has the hash of an acceptable one', () => {
    expect([8 + 3, 16 + 3, 24 + 3, 32 + 3].map((proof) => showTiny(tinyBlock(proof, 1)))).toEqual([
      '3←1!',
      "3←1'",
      '3←1!!',
      "3←1''"
    ])
  })

  test('has its transactions in braces, if any', () => {
    expect(showTiny(tinyBlock(3, 1, [0, 2]))).toBe('3←1{0,2}')
    expect(showTiny(tinyBlock(11, 1, [0]))).toBe('3←1!{0}')
  })

  test('with a proof that is no number has an unknown hash', () => {
    expect(showTiny(tinyBlock('x', 1))).toBe('?←1')
  })
})

describe('a numbered block', () => {
  const genesis = numberedBlock({ minter: 'genesis', k: 0 }, '')

  test('genesis is g, and only genesis', () => {
    expect(showNumbered(genesis)).toBe('g')
    expect(showNumbered(numberedBlock({ minter: 'genesis', k: 1 }, ''))).toBe('1@genesis←')
    expect(showNumbered(numberedBlock({ minter: 0, k: 0 }, ''))).toBe('0@0←')
    expect(showNumbered(numberedBlock({ minter: 'genesis', k: 0 }, 'g'))).toBe('0@genesis←g')
  })

  test('has its number, its minter, its transactions and its history', () => {
    expect(showNumbered(numberedBlock({ minter: 1, k: 1 }, 'g'))).toBe('1@1←g')
    expect(showNumbered(numberedBlock({ minter: 0, k: 3 }, '2@1<1@0<g', ['t1', 't2']))).toBe('3@0{t1,t2}←2@1←1@0←g')
  })

  test('with a proof that is no stamp has no number', () => {
    for (const proof of ['x', null, { k: 1 }, { minter: 1 }])
      expect(showNumbered(numberedBlock(proof, 'g'))).toBe('undefined@undefined←g')
  })
})
