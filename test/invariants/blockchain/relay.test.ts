/** How what one node knows comes to the others: what is objected to reactions, one wrong way at a time. */
import { describe, expect, test } from 'vitest'
import { peersStay, relay, requestsInFlight } from '../../../invariants/blockchain/relay.js'
import { failures, showFailure } from '../../../invariants/property/invariant.js'
import { undef, unionMap } from '../../../spec/prelude/unionMap.js'
import { address } from '../../support/toychains.js'
import {
  announces,
  b1,
  b2,
  b3,
  genesis,
  mints,
  N0,
  N1,
  named,
  node,
  objections,
  packet,
  receives,
  t1,
  t2,
  toychain
} from '../../support/reactions.js'
import type { Msg } from '../../support/reactions.js'

const property = named(relay(toychain))
const { hashB, hashT } = toychain.params
const [h1, h2, h3] = [hashB(b1), hashB(b2), hashB(b3)]
const asks = (hash: ReturnType<typeof hashB>): Msg => ({ _tag: 'GetDataMsg', hash })
const tells = (...hashes: ReadonlyArray<ReturnType<typeof hashB>>): Msg => ({ _tag: 'InvMsg', hashes })
const block = (b: typeof b1): Msg => ({ _tag: 'BlockMsg', block: b })
const transaction = (tx: typeof t1): Msg => ({ _tag: 'TxMsg', tx })

const all = [
  receives(node([b1], t2), asks(h1)),
  receives(node([b1], t2), asks(hashT(t2))),
  receives(node([b1]), asks(h2)),
  receives(node([b1]), asks(hashB(genesis))),
  receives(node([b1]), asks(h1), N0),
  receives(node([b1], t2), tells(h1, h2, h3, hashT(t1), hashT(t2))),
  receives(node([b1]), block(b2)),
  receives(node([b1], t2), transaction(t1)),
  receives({ ...node([]), blockTree: undef }, asks(h1)),
  mints(node([b1], t2), 2),
  announces(node([b1]), t1)
]

test('what nodes do is as it is asked', () => {
  for (const one of relay(toychain))
    for (const did of all) expect([one.name, objections(one, did)]).toEqual([one.name, []])
})

describe('an answer', () => {
  const answers = property('answers')
  const did = receives(node([b1, b2], t2), asks(h1))
  const sent = (...packets: typeof did.sent) => objections(answers, { ...did, sent: packets })

  test('is due to another node that asks for a block or for a transaction of the pool', () => {
    expect(sent()).toEqual(['node 0 asked by node 1 for 1@0, which it holds, it sends that 0 times'])
    expect(objections(answers, { ...receives(node([], t2), asks(hashT(t2))), sent: [] })).toEqual([
      'node 0 asked by node 1 for tx t2, which it holds, it sends that 0 times'
    ])
    expect(objections(answers, { ...receives(node([b1]), asks(h2)), sent: [] })).toEqual([])
    expect(objections(answers, { ...receives(node([b1]), asks(h1), N0), sent: [] })).toEqual([])
  })

  test('carries what was asked for, to who asked, once', () => {
    expect(sent(packet(N1, block(b2)))).toEqual([
      'node 0 asked by node 1 for 1@0, which it holds, it sends that 0 times',
      'node 0 asked by node 1 for 1@0, it sends BlockMsg 2@0 to node 1'
    ])
    expect(sent(packet(N0, block(b1)))).toEqual([
      'node 0 asked by node 1 for 1@0, which it holds, it sends that 0 times',
      'node 0 asked by node 1 for 1@0, it sends BlockMsg 1@0 to node 0'
    ])
    expect(sent(packet(N1, block(b1)), packet(N1, block(b1)))).toEqual([
      'node 0 asked by node 1 for 1@0, which it holds, it sends that 2 times'
    ])
    expect(sent(packet(N1, block(b1)), packet(N1, transaction(t2)))).toEqual([
      'node 0 asked by node 1 for 1@0, it sends TxMsg tx t2 to node 1'
    ])
  })

  test('is not given by who does not hold what is asked for', () => {
    const unknown = receives(node([b1]), asks(h2))
    expect(objections(answers, { ...unknown, sent: [packet(N1, block(genesis))] })).toEqual([
      'node 0 asked by node 1 for 2@0, it sends BlockMsg g to node 1'
    ])
  })
})

describe('requests', () => {
  const did = receives(node([b1], t2), tells(h1, h2, h3, hashT(t2)))
  const sent = (...packets: typeof did.sent) => objections(property('requests'), { ...did, sent: packets })

  test('are made for all that a node lacks, of who has told of it', () => {
    expect(sent(packet(N1, asks(h2)))).toEqual(['node 0 lacks 3@0, and does not ask node 1 for it'])
    expect(sent(packet(N1, asks(h2)), packet(N0, asks(h3)))).toEqual([
      'node 0 lacks 3@0, and does not ask node 1 for it',
      'node 0 sends GetDataMsg 3@0 to node 0'
    ])
  })

  test('are made for nothing that it has', () => {
    expect(sent(...did.sent, packet(N1, asks(h1)), packet(N1, tells(h1)), packet(N1, { _tag: 'ConnectMsg' }))).toEqual([
      'node 0 sends GetDataMsg 1@0 to node 1',
      'node 0 sends InvMsg {1@0} to node 1',
      'node 0 sends ConnectMsg to node 1'
    ])
  })
})

describe('an inventory', () => {
  const did = receives(node([b1], t2), block(b2))
  const sent = (...packets: typeof did.sent) => objections(property('inventories'), { ...did, sent: packets })
  const right = tells(hashT(t2), h2, h1, hashB(genesis))

  test('tells all peers what a node holds, in any order', () => {
    expect(sent(packet(N0, right), packet(N1, right))).toEqual([])
    expect(sent(packet(N0, right))).toEqual([
      'node 0 sends the inventory of what it holds to node 1 0 times, expected once'
    ])
  })

  test('has neither less nor more, and goes to nobody else', () => {
    for (const hashes of [
      [h1, h2, hashB(genesis)],
      [h1, h2, h3, hashB(genesis), hashT(t2)]
    ])
      expect(sent(packet(N0, right), packet(N1, tells(...hashes)))).toHaveLength(2)
    expect(sent(packet(N0, right), packet(N1, right), packet(address(2), right))).toEqual([
      'node 0 sends InvMsg {tx t2, 2@0, 1@0, g} to node 2'
    ])
  })
})

describe('peers', () => {
  const peers = peersStay(toychain)

  test('may be more, and are never less', () => {
    const did = receives(node([]), { _tag: 'ConnectMsg' }, address(2))
    expect(did.after.peers).toEqual([2, 0, 1])
    expect(objections(peers, did)).toEqual([])
    expect(objections(peers, { ...did, after: { ...did.after, peers: [address(2), N1] } })).toEqual([
      'node 0 forgets its peer 0'
    ])
  })
})

describe('what is asked for in flight', () => {
  const invariant = requestsInFlight(toychain, [t1])
  const failing = (st: ReturnType<typeof node>, ...asked: ReadonlyArray<ReturnType<typeof hashB>>) =>
    failures(invariant, {
      world: {
        localState: unionMap(toychain.addresses.Address).fromEntries([[N0, st]]),
        inFlightMsgs: asked.map((hash) => ({ src: N1, dst: N0, msg: asks(hash) }))
      }
    }).map(showFailure)

  test('is a block that the node holds, or a transaction that may be announced', () => {
    expect(failing(node([b1]), h1, hashT(t1), hashB(genesis))).toEqual([])
    expect(failing(node([b1]), h2, h3, hashT(t2))).toEqual([
      'requests in flight ▸ held ▸ node 0: is asked for 2@0, which it does not hold',
      'requests in flight ▸ held ▸ node 0: is asked for 3@0, which it does not hold',
      'requests in flight ▸ held ▸ node 0: is asked for tx t2, which it does not hold'
    ])
    expect(failing({ ...node([b1]), blockTree: undef }, h2)).toEqual([])
  })
})
