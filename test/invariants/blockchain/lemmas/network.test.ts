/**
 * The properties that stand for all in the lemmas about properties of nodes, and of how many nodes they are asked.
 */
import { expect, test } from 'vitest'
import { undef, unionMap, unit } from '../../../../spec/prelude/unionMap.js'
import type { State } from '../../../../spec/blockchain/protocol.js'
import { netAddr } from '../../../../spec/system/address.js'
import { grounds } from '../../../../invariants/blockchain/lemmas/grounds.js'
import { someConditions } from '../../../../invariants/blockchain/lemmas/networkSetting.js'
import { tiny } from '../../../../invariants/blockchain/lemmas/tiny.js'
import type { TinyTypes } from '../../../../invariants/blockchain/lemmas/tiny.js'

test('each of five properties tells states apart', () => {
  const { types, params } = tiny('work')
  const G = params.GenesisBlock
  const rooted = unionMap(types.Hash).fromEntries([[params.hashB(G), G]])
  const [zero, one] = netAddr(2).enum
  if (zero === undefined || one === undefined) throw new Error('there are two nodes')
  const state: State<TinyTypes> = { id: zero, peers: [zero], blockTree: rooted, txPool: [] }
  const properties = (st: State<TinyTypes>) =>
    someConditions<TinyTypes>().map(({ name, of }) => [name, of(st)] as const)
  expect(properties(state)).toEqual([
    ['has a defined tree', true],
    ['has one block', true],
    ['has more peers than itself', false],
    ['has an even address', true],
    ['has no transactions', true]
  ])
  const holding = (change: Partial<State<TinyTypes>>) =>
    properties({ ...state, ...change }).flatMap(([, holds], i) => (holds ? [i + 1] : []))
  expect(holding({ blockTree: undef })).toEqual([4, 5])
  expect(holding({ blockTree: unit })).toEqual([1, 4, 5])
  expect(holding({ peers: [] })).toEqual([1, 2, 4, 5])
  expect(holding({ peers: [zero, one] })).toEqual([1, 2, 3, 4, 5])
  expect(holding({ id: one })).toEqual([1, 2, 5])
  expect(holding({ txPool: [1] })).toEqual([1, 2, 4])
})

test('they are asked of every node in every step', () => {
  const lemmas = grounds[0]?.within?.({ universe: 0, lists: 1 })
  const terms = (name: string) => lemmas?.find((lemma) => lemma.name === name)?.terms
  const asked = ['holds', 'no_change_still_holds', 'no_change_has_held'].map(terms)
  expect(terms('system_step_local_step')?.size).toBe(18_036)
  expect(asked.map((all) => all?.size)).toEqual([5 * 18_036, 5 * 18_036, 5 * 18_036])
  // The size of all steps is a bound.
  expect([...(terms('system_step_local_step')?.all() ?? [])]).toHaveLength(15_872)
  const listed = asked.slice(0, 2).map((all) => [...(all?.all() ?? [])].length)
  expect(listed).toEqual([5 * 15_872, 5 * 15_872])
})
