import { describe, expect, test } from 'vitest'
import { dom, entries, undef, unit } from '../../../spec/prelude/unionMap.js'
import { netAddr } from '../../../spec/system/address.js'
import { Address } from '../../../spec/system/codec.js'
import { States } from '../../../spec/system/states.js'
import { address, byLength, toyOf } from '../../support/toychains.js'

const { local } = toyOf(byLength, 3)
const { initStateOf, initState } = States(netAddr(3), local.protocol)

describe('initial state maps', () => {
  test('have each address of a list in its initial state, in the order of the addresses', () => {
    expect(entries(initStateOf([2, 0].map(address)))).toEqual([
      [0, local.Init(address(0))],
      [2, local.Init(address(2))]
    ])
    expect(initStateOf([])).toEqual(unit)
  })

  test('are undefined where an address occurs twice', () => {
    expect(initStateOf([0, 1, 0].map(address))).toEqual(undef)
  })

  test('of a network have all of its nodes', () => {
    expect(dom(initState)).toEqual([0, 1, 2])
    expect(initState).toEqual(initStateOf(netAddr(3).enum))
  })
})

describe('the addresses of a network', () => {
  test('are the numbers from 0 on, once each', () => {
    expect([netAddr(0).enum, netAddr(1).enum, netAddr(4).enum]).toEqual([[], [0], [0, 1, 2, 3]])
  })

  test('are natural numbers that are exact', () => {
    expect([0, 7, 2 ** 53 - 1, -1, 0.5, 2 ** 53, NaN, Infinity, '0', null].map((a) => Address.is(a))).toEqual([
      ...[true, true, true],
      ...[false, false, false, false, false, false, false]
    ])
  })
})
