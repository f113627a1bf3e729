import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { PathReporter } from 'io-ts/lib/PathReporter.js'
import { describe, expect, test } from 'vitest'
import { bounds, toychainModel } from '../../../invariants/blockchain/model.js'
import { playLongestChain } from '../../../invariants/blockchain/playable.js'
import {
  Hash,
  hashOf,
  messageCodec,
  stateCodec,
  Transaction,
  transactionOf,
  typesImplCodec,
  worldCodec
} from '../../../spec/blockchain/codec.js'
import type { Message } from '../../../spec/blockchain/protocol.js'
import type { TypesImpl } from '../../../spec/blockchain/instances/typesImpl.js'
import { unionMapCodec } from '../../../spec/prelude/codec.js'
import { ordNumber } from '../../../spec/prelude/order.js'
import { undef } from '../../../spec/prelude/unionMap.js'
import { netAddr } from '../../../spec/system/address.js'
import { explore } from '../../support/explore.js'

describe.each([
  ['hash', Hash, hashOf],
  ['transaction', Transaction, transactionOf]
] as const)('a %s', (_name, codec, of) => {
  test('is any printable ASCII, also none', () => {
    for (const good of ['', ' ', '~', 'alice pays bob', '0x00'])
      expect([codec.is(good), of(good)]).toEqual([true, good])
    for (const bad of ['\n', 'é', '\x7f', 'a\u0000', '€b', 7, null]) expect(codec.is(bad)).toBe(false)
  })

  test('is made of any text, with ? for what it cannot have', () => {
    const made = { é: '?', 'aé€b': 'a??b', '\n\x7fz~': '??z~' }
    for (const [text, hash] of Object.entries(made)) expect(of(text)).toBe(hash)
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (s) => codec.is(of(s)) && of(of(s)) === of(s)))
  })
})

describe('a finite map', () => {
  const codec = unionMapCodec(ordNumber, t.number, t.string)
  const of = (entries: ReadonlyArray<readonly [number, string]>) => ({ _tag: 'Def', entries }) as const

  test('is its entries, or null where it is undefined', () => {
    expect(codec.encode(undef)).toBe(null)
    expect(codec.decode(null)).toEqual(E.right(undef))
    expect(
      codec.encode(
        of([
          [1, 'a'],
          [2, 'b']
        ])
      )
    ).toEqual([
      [1, 'a'],
      [2, 'b']
    ])
    expect(
      codec.decode([
        [1, 'a'],
        [2, 'b']
      ])
    ).toEqual(
      E.right(
        of([
          [1, 'a'],
          [2, 'b']
        ])
      )
    )
    expect(codec.decode([])).toEqual(E.right(of([])))
  })

  test('has its keys in strictly increasing order', () => {
    for (const keys of [
      [2, 1],
      [1, 1],
      [1, 3, 2],
      [3, 1, 2]
    ]) {
      const decoded = codec.decode(keys.map((k) => [k, 'a']))
      expect(E.isLeft(decoded) && PathReporter.report(decoded)).toEqual([
        'the keys are not in strictly increasing order'
      ])
      expect(codec.is(of(keys.map((k) => [k, 'a'])))).toBe(false)
    }
    expect(
      codec.is(
        of([
          [1, 'a'],
          [2, 'b'],
          [3, 'c']
        ])
      )
    ).toBe(true)
    expect(codec.is(undef)).toBe(true)
  })

  test('is refused where it is something else', () => {
    for (const bad of [undefined, 'null', {}, [[1]], [['1', 'a']], [[1, 2]]])
      expect(E.isLeft(codec.decode(bad))).toBe(true)
    for (const bad of [null, [], {}, { _tag: 'Def' }, { _tag: 'Def', entries: [[1, 2]] }, { _tag: 'Undefined' }])
      expect(codec.is(bad)).toBe(false)
  })
})

describe('messages and worlds', () => {
  const { system, key, toychain } = toychainModel(playLongestChain, bounds(2, 1, 1))
  const world = worldCodec<TypesImpl>(typesImplCodec, toychain.types)
  const state = stateCodec<TypesImpl>(typesImplCodec, toychain.types)
  const message = messageCodec<TypesImpl>(typesImplCodec)
  const block = { prevBlockHash: hashOf('0x00'), txs: [transactionOf('t')], proof: 3 }
  const messages: ReadonlyArray<Message<TypesImpl>> = [
    { _tag: 'AddrMsg', peers: netAddr(3).enum },
    { _tag: 'ConnectMsg' },
    { _tag: 'BlockMsg', block },
    { _tag: 'TxMsg', tx: transactionOf('t') },
    { _tag: 'InvMsg', hashes: [hashOf('0x01'), hashOf('')] },
    { _tag: 'GetDataMsg', hash: hashOf('0x01') }
  ]

  test('of all kinds are written and read', () => {
    for (const m of messages) expect(message.decode(JSON.parse(JSON.stringify(message.encode(m))))).toEqual(E.right(m))
  })

  test('that are none are refused', () => {
    const none: ReadonlyArray<unknown> = [
      { _tag: 'PingMsg' },
      { _tag: 'AddrMsg', peers: [-1] },
      { _tag: 'AddrMsg', peers: [0.5] },
      { _tag: 'BlockMsg' },
      { _tag: 'BlockMsg', block: { ...block, proof: '3' } },
      { _tag: 'BlockMsg', block: { ...block, prevBlockHash: 'é' } },
      { _tag: 'BlockMsg', block: { ...block, txs: 't' } },
      { _tag: 'TxMsg', tx: 7 },
      { _tag: 'InvMsg', hashes: [null] },
      { _tag: 'GetDataMsg' }
    ]
    expect(none.filter((m) => E.isRight(message.decode(m)))).toEqual([])
  })

  test('of executions are written and read, the undefined tree too', () => {
    const walk = explore({ ...system, actions: (s) => system.actions(s).slice(0, 2) }, key)
    expect(walk.states.size).toBeGreaterThan(50)
    for (const { world: w } of walk.states.values()) {
      expect(world.is(w)).toBe(true)
      expect(world.decode(JSON.parse(JSON.stringify(world.encode(w))))).toEqual(E.right(w))
    }
    const collided = { ...toychain.local.Init(netAddr(1).enum[0]!), blockTree: undef }
    expect(state.encode(collided)).toMatchObject({ blockTree: null })
    expect(state.decode(state.encode(collided))).toEqual(E.right(collided))
  })

  test('with anything missing, or of a node that is none, are refused', () => {
    const written = world.encode(toychain.cliqueWorld) as Readonly<Record<string, unknown>>
    expect(E.isRight(world.decode(written))).toBe(true)
    for (const name of Object.keys(written))
      expect(E.isLeft(world.decode({ ...written, [name]: undefined }))).toBe(true)
    const packet = { src: 0, dst: 1, msg: { _tag: 'ConnectMsg' } }
    const flying = (p: unknown) => world.decode({ ...written, inFlightMsgs: [p] })
    expect(E.isRight(flying(packet))).toBe(true)
    for (const bad of [
      { ...packet, src: -1 },
      { ...packet, dst: 2 ** 53 },
      { ...packet, msg: {} },
      { src: 0, dst: 1 }
    ])
      expect(E.isLeft(flying(bad))).toBe(true)
    const own = state.encode(toychain.local.Init(netAddr(1).enum[0]!)) as Readonly<Record<string, unknown>>
    for (const name of Object.keys(own)) expect(E.isLeft(state.decode({ ...own, [name]: 'x' }))).toBe(true)
  })
})
