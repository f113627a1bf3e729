/**
 * Addresses are compared by the equality of their type, as in Coq, and not as JavaScript compares numbers.
 */
import * as O from 'fp-ts/lib/Option.js'
import { contramap } from 'fp-ts/lib/Ord.js'
import { expect, test } from 'vitest'
import { MintT } from '../../../spec/blockchain/protocol.js'
import { Toychain } from '../../../spec/blockchain/toychain.js'
import { ordNumber } from '../../../spec/prelude/order.js'
import type { Address, NetAddr } from '../../../spec/system/address.js'
import { netAddr } from '../../../spec/system/address.js'
import type { Environment } from '../../../spec/system/executions.js'
import { Executions } from '../../../spec/system/executions.js'
import { address, byLength } from '../../support/toychains.js'
import type { M, P, S, Tr } from '../../support/toychains.js'

/** The nodes 0 and 1, which have the names 10, 20, … and 11, 21, … as well. */
const addresses: NetAddr = { ...netAddr(2), Address: contramap((n: Address) => n % 10)(ordNumber) }
const { network, cliqueWorld, clique } = Toychain(byLength.instance, addresses)
const connect = (src: number, dst: number): P => ({
  src: address(src),
  dst: address(dst),
  msg: { _tag: 'ConnectMsg' }
})

test('packets are equal if their addresses are', () => {
  const equal = (p: P, q: P) => network.packetEq.equals(p, q)
  expect([equal(connect(0, 1), connect(10, 21)), equal(connect(0, 1), connect(0, 2))]).toEqual([true, false])
})

test('a schedule allows a node under any of its names', () => {
  const at = (n: number) => network.reachableBy([{ ts: 1, allowed: address(n) }], cliqueWorld, [MintT]).length
  expect([at(1), at(11), at(2)]).toEqual([2, 2, 1])
})

test('an execution goes on with an action of a node under any of its names, and a cut of a side whatever its order', () => {
  const environment: Environment<null, S, M, Tr, number> = {
    initial: null,
    delivery: () => O.none,
    internal: (_env, node) => [{ act: { _tag: 'Intern', node, transition: MintT, ts: 1 }, then: null }],
    packetFaults: () => [],
    networkFaults: () => [{ act: { _tag: 'Cut', side: [0, 1].map(address) }, then: null }],
    Env: { equals: () => true }
  }
  const { initial, next } = Executions(network, environment, cliqueWorld)
  const [s] = initial
  const mint = (node: number) => next(s!, { _tag: 'Intern', node: address(node), transition: MintT, ts: 1 })
  const cut = (...side: ReadonlyArray<number>) => next(s!, { _tag: 'Cut', side: side.map(address) })
  expect([mint(1), mint(11), mint(12)].map(O.isSome)).toEqual([true, true, false])
  expect([cut(0, 1), cut(11, 0), cut(1, 1), cut(0)].map(O.isSome)).toEqual([true, true, false, false])
})

test('the clique invariant asks for all nodes among the peers, under any of their names', () => {
  const peers = [21, 10].map(address)
  const localState = {
    _tag: 'Def',
    entries: addresses.enum.map((n) => [n, { ...network.protocol.Init(n), peers }] as const)
  } as const
  expect(clique.clique_inv({ ...cliqueWorld, localState })).toBe(true)
})
