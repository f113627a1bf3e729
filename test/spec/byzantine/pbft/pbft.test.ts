/**
 * What a replica and a client of PBFT do with single messages: what they take, and what they refuse.
 */
import { describe, expect, test } from 'vitest'
import { pbftOf } from '../../../../invariants/byzantine/pbft/network.js'
import { packetConfiguration } from '../../../../invariants/byzantine/pbft/configuration.js'
import type { PbftConfiguration } from '../../../../invariants/byzantine/pbft/configuration.js'
import { ask, initialClient, onReply } from '../../../../spec/byzantine/pbft/client.js'
import { NULL_DIGEST } from '../../../../spec/byzantine/pbft/messages.js'
import type {
  Certificate,
  Checkpoint,
  NewView,
  PbftMessage,
  Request,
  ViewChange,
  Vote
} from '../../../../spec/byzantine/pbft/messages.js'
import { proposalsOf } from '../../../../spec/byzantine/pbft/newView.js'
import { receive, timeout } from '../../../../spec/byzantine/pbft/pbft.js'
import { arrived } from './arrived.js'
import { digestOf, entryOf, initialReplica } from '../../../../spec/byzantine/pbft/replica.js'
import type { Pbft } from '../../../../spec/byzantine/pbft/replica.js'
import type { Replica } from '../../../../spec/byzantine/pbft/state.js'
import type { Address } from '../../../../spec/system/address.js'
import type { Letter } from '../../../../spec/system/protocol.js'

const pbftWith = (more: Partial<PbftConfiguration> = {}): Pbft => pbftOf(packetConfiguration(2, 'none', more))
const pbft = pbftWith()
const [r0, r1, r2, r3] = pbft.replicas as [Address, Address, Address, Address]
const [alice, bob] = pbft.clients as [Address, Address]

const requestOf = (client: Address, timestamp = 1): Request => ({
  client,
  timestamp,
  operation: `${client === alice ? 'a' : 'b'}${timestamp}`
})
const a1 = requestOf(alice)
const b1 = requestOf(bob)
const [a, b] = [digestOf(pbft, a1), digestOf(pbft, b1)]
const prePrepare = (view: number, number: number, request: Request): PbftMessage => ({
  _tag: 'PrePrepare',
  view,
  number,
  digest: digestOf(pbft, request),
  request
})
const vote = (_tag: Vote['_tag'], view: number, number: number, digest: string, by: Address): Vote => ({
  _tag,
  view,
  number,
  digest,
  by
})
const viewChange = (view: number, by: Address, prepared: ReadonlyArray<Certificate> = []): ViewChange => ({
  _tag: 'ViewChange',
  view,
  stable: 0,
  proof: [],
  prepared,
  by
})
const certificate = (view: number, number: number, digest: string, prepares: ReadonlyArray<Address>): Certificate => ({
  view,
  number,
  digest,
  prepares
})

/** A replica after messages, each from somebody, and all that it has sent. */
const after = (
  st: Replica,
  ...messages: ReadonlyArray<readonly [from: Address, m: PbftMessage]>
): readonly [Replica, ReadonlyArray<Letter<PbftMessage>>] =>
  messages.reduce<readonly [Replica, ReadonlyArray<Letter<PbftMessage>>]>(
    ([now, sent], [from, m]) => {
      const [then, more] = receive(pbft, now, from, m)
      return [then, [...sent, ...more]]
    },
    [st, []]
  )
const tags = (sent: ReadonlyArray<Letter<PbftMessage>>): ReadonlyArray<string> => sent.map(({ msg }) => msg._tag)

/** Replicas when all that is sent has arrived. */
const settled = (
  of: Pbft,
  replicas: ReadonlyArray<Replica>,
  letters: ReadonlyArray<readonly [from: Address, letter: Letter<PbftMessage>]>
): ReadonlyArray<Replica> => arrived(of, replicas, letters).flatMap((st) => (st._tag === 'Replica' ? [st] : []))

const all = (of: Pbft, request: Request) =>
  of.replicas.map((to) => [request.client, { to, msg: { _tag: 'Request', request } }] as const)
const fresh = (of: Pbft, without: ReadonlyArray<Address> = []): ReadonlyArray<Replica> =>
  of.replicas.filter((n) => !without.includes(n)).map((n) => initialReplica(of, n))

describe('the normal case', () => {
  test('four replicas execute what is asked, answer, and make a checkpoint', () => {
    const replicas = settled(pbft, settled(pbft, fresh(pbft), all(pbft, a1)), all(pbft, b1))
    expect(replicas.map(({ state }) => state.snapshot)).toEqual(Array(4).fill('a1 b1'))
    expect(replicas.map(({ stable }) => stable.number)).toEqual([2, 2, 2, 2])
    expect(replicas.map(({ log }) => log)).toEqual([[], [], [], []])
  })

  test('three do, where one is silent', () => {
    const replicas = settled(pbft, fresh(pbft, [r3]), all(pbft, a1))
    expect(replicas.map(({ executed }) => executed)).toEqual([1, 1, 1])
  })

  test('a request that was executed is answered again, and not executed again', () => {
    const [replica] = settled(pbft, fresh(pbft), all(pbft, a1))
    const [again, sent] = after(replica!, [alice, { _tag: 'Request', request: a1 }])
    expect(again).toBe(replica)
    expect(sent).toEqual([
      { to: alice, msg: { _tag: 'Reply', view: 0, client: alice, timestamp: 1, result: 'a1', by: r0 } }
    ])
  })

  /** A replica to which the primary has given one request twice. */
  const twice = (of: Pbft) =>
    [1, 2]
      .flatMap(
        (number): ReadonlyArray<readonly [Address, PbftMessage]> => [
          [r0, prePrepare(0, number, a1)],
          [r2, vote('Prepare', 0, number, a, r2)],
          [r0, vote('Commit', 0, number, a, r0)],
          [r2, vote('Commit', 0, number, a, r2)]
        ]
      )
      .reduce<readonly [Replica, ReadonlyArray<string>]>(
        ([st, sent], [from, m]) => {
          const [then, more] = receive(of, st, from, m)
          return [then, [...sent, ...tags(more)]]
        },
        [initialReplica(of, r1), []]
      )

  test('what is given two numbers is executed once', () => {
    const [once, sent] = twice(pbft)
    expect([once.executed, once.state.snapshot]).toEqual([2, 'a1'])
    expect(sent.filter((tag) => tag === 'Reply')).toHaveLength(1)
  })

  test('by a replica that does not look whether it has, twice', () => {
    const careless: Pbft = { ...pbft, rules: { ...pbft.rules, executesAgain: true } }
    expect(twice(careless)[0].state.snapshot).toBe('a1 a1')
  })

  const backup = after(initialReplica(pbft, r1), [r0, prePrepare(0, 1, a1)])[0]

  test.each<[string, Address, PbftMessage]>([
    ['a second pre-prepare for a number', r0, prePrepare(0, 1, b1)],
    ['a pre-prepare of a backup', r2, prePrepare(0, 2, b1)],
    ['a pre-prepare of another view', r1, prePrepare(1, 2, b1)],
    [
      'a pre-prepare whose digest is not that of its request',
      r0,
      { _tag: 'PrePrepare', view: 0, number: 2, digest: a, request: b1 }
    ],
    ['a pre-prepare of a request of nobody', r0, prePrepare(0, 2, { client: r3, timestamp: 1, operation: 'x' })],
    ['a number above the water marks', r0, prePrepare(0, 5, b1)],
    ['the number 0', r0, prePrepare(0, 0, b1)],
    ['a prepare of the primary', r0, vote('Prepare', 0, 1, a, r0)],
    ["a prepare in another's name", r2, vote('Prepare', 0, 1, a, r3)],
    ['a prepare of a client', alice, vote('Prepare', 0, 1, a, alice)],
    ['a commit of another view', r2, vote('Commit', 1, 1, a, r2)],
    ['a request in the name of another', bob, { _tag: 'Request', request: a1 }],
    ['a reply', r2, { _tag: 'Reply', view: 0, client: alice, timestamp: 1, result: 'a1', by: r2 }],
    ['a checkpoint that is not due', r2, { _tag: 'Checkpoint', number: 1, digest: 'x', by: r2 }],
    [
      'a state that nobody has asked for',
      r2,
      { _tag: 'StateTransfer', number: 2, state: { snapshot: 'x', replies: [] } }
    ]
  ])('%s is refused', (_says, from, m) => {
    expect(after(backup, [from, m])).toEqual([backup, []])
  })

  test('a replica that says a digest and then another counts for the first', () => {
    const [st] = after(backup, [r2, vote('Prepare', 0, 1, b, r2)], [r2, vote('Prepare', 0, 1, a, r2)])
    expect(entryOf(st, 0, 1).prepares).toEqual([
      { by: r1, digest: a },
      { by: r2, digest: b }
    ])
    expect(entryOf(st, 0, 1).isPrepared).toBe(false)
  })
})

describe('checkpoints', () => {
  const checkpoint = (by: Address, digest = 'x', number = 2): Checkpoint => ({ _tag: 'Checkpoint', number, digest, by })

  test('of 2f + 1 replicas make it stable; who is behind asks, and takes the state with the digest', () => {
    const [replica0] = settled(pbft, settled(pbft, fresh(pbft, [r3]), all(pbft, a1)), all(pbft, b1))
    const { proof, state } = replica0!.stable
    const [behind, sent] = after(initialReplica(pbft, r3), ...proof.map((c) => [c.by, c] as const))
    expect([behind.stable.number, behind.executed, behind.stable.state]).toEqual([2, 0, null])
    expect(sent).toEqual([r0, r1, r2].map((to) => ({ to, msg: { _tag: 'FetchState', number: 2 } })))
    const [, [answer]] = after(replica0!, [r3, { _tag: 'FetchState', number: 2 }])
    const wrong: PbftMessage = { _tag: 'StateTransfer', number: 2, state: { ...state!, snapshot: 'a lie' } }
    expect(after(behind, [r0, wrong])).toEqual([behind, []])
    const [caughtUp] = after(behind, [r0, answer!.msg])
    expect([caughtUp.executed, caughtUp.state.snapshot]).toEqual([2, 'a1 b1'])
  })

  test('that differ, or are of one replica, are not enough', () => {
    const [st] = after(
      initialReplica(pbft, r3),
      [r0, checkpoint(r0)],
      [r0, checkpoint(r0)],
      [r1, checkpoint(r1)],
      [r2, checkpoint(r2, 'y')]
    )
    expect(st.stable.number).toBe(0)
  })
})

describe('view changes', () => {
  const st = initialReplica(pbft, r3)
  const good = certificate(0, 1, a, [r1, r2])

  test('f + 1 others that wait for later views are followed, to the lowest of them', () => {
    const [one] = after(st, [r0, viewChange(2, r0)])
    expect([one.view, one.isActive]).toEqual([0, true])
    const [two, sent] = after(one, [r1, viewChange(1, r1)])
    expect([two.view, two.isActive]).toEqual([1, false])
    expect(tags(sent)).toEqual(['ViewChange', 'ViewChange', 'ViewChange'])
  })

  test('report the last certificate of each number', () => {
    const [prepared] = after(initialReplica(pbft, r1), [r0, prePrepare(0, 1, a1)], [r2, vote('Prepare', 0, 1, a, r2)])
    const [, [letter]] = timeout(pbft, prepared, 1)
    expect(letter?.msg).toEqual(viewChange(1, r1, [certificate(0, 1, a, [r1, r2])]))
  })

  test.each<[string, ViewChange]>([
    ['of view 0', viewChange(0, r0)],
    ['with a certificate of its own view', viewChange(1, r0, [{ ...good, view: 1 }])],
    ['with a certificate at the checkpoint', viewChange(1, r0, [{ ...good, number: 0 }])],
    ['with a certificate above the water marks', viewChange(1, r0, [{ ...good, number: 5 }])],
    ['with a certificate of too few', viewChange(1, r0, [{ ...good, prepares: [r1] }])],
    ['with a certificate in which a replica counts twice', viewChange(1, r0, [{ ...good, prepares: [r1, r1] }])],
    ['with a certificate in which the primary counts', viewChange(1, r0, [{ ...good, prepares: [r0, r1] }])],
    ['with a certificate in which a client counts', viewChange(1, r0, [{ ...good, prepares: [r1, alice] }])],
    ['with two certificates for a number', viewChange(1, r0, [good, { ...good, digest: b }])],
    ['with a checkpoint and no proof', { ...viewChange(1, r0), stable: 2 }],
    [
      'with a proof in which a replica counts twice',
      {
        ...viewChange(1, r0),
        stable: 2,
        proof: [r0, r0, r1].map((by) => ({ _tag: 'Checkpoint', number: 2, digest: 'x', by }))
      }
    ]
  ])('%s are refused', (_says, m) => {
    expect(after(st, [r0, m])).toEqual([st, []])
  })

  test("in another's name are refused", () => {
    expect(after(st, [r0, viewChange(1, r1)])).toEqual([st, []])
  })
})

describe('new views', () => {
  const reported = [
    viewChange(2, r0, [certificate(0, 1, a, [r1, r2])]),
    viewChange(2, r1, [certificate(1, 1, b, [r2, r3])])
  ]
  const changes = [...reported, viewChange(2, r2, [certificate(0, 3, a, [r1, r3])])]

  test('propose the certificate of the highest view, and nothing where there is none', () => {
    expect(proposalsOf(pbft, changes)).toEqual([
      { number: 1, digest: b },
      { number: 2, digest: NULL_DIGEST },
      { number: 3, digest: a }
    ])
    expect(proposalsOf(pbft, [viewChange(1, r0), viewChange(1, r1), viewChange(1, r2)])).toEqual([])
  })

  test('go on from the highest checkpoint', () => {
    const proof = [r0, r1, r2].map((by) => ({ _tag: 'Checkpoint', number: 2, digest: 'x', by }) as const)
    expect(proposalsOf(pbft, [...changes, { ...viewChange(2, r3), stable: 2, proof }])).toEqual([
      { number: 3, digest: a }
    ])
  })

  test('are begun by their primary with 2f + 1 view changes, its own among them', () => {
    const [waits] = after(initialReplica(pbft, r2), [r0, viewChange(2, r0)])
    const [, sent] = after(timeout(pbft, waits, 2)[0], [r1, viewChange(2, r1)])
    expect(tags(sent)).toEqual(['NewView', 'NewView', 'NewView'])
  })

  const right: NewView = {
    _tag: 'NewView',
    view: 2,
    viewChanges: changes,
    proposals: proposalsOf(pbft, changes),
    by: r2
  }
  const backup = initialReplica(pbft, r3)

  test('that are right are followed, with a prepare for each proposal', () => {
    const [st, sent] = after(backup, [r2, right])
    expect([st.view, st.isActive]).toEqual([2, true])
    expect(tags(sent)).toEqual(Array(9).fill('Prepare'))
    // Once.
    expect(after(st, [r2, right])).toEqual([st, []])
  })

  test.each<[string, Address, NewView]>([
    ['of another than the primary', r1, { ...right, by: r1 }],
    ['of too few', r2, { ...right, viewChanges: reported, proposals: proposalsOf(pbft, reported) }],
    [
      'of one replica twice',
      r2,
      { ...right, viewChanges: [...reported, reported[0]!], proposals: proposalsOf(pbft, reported) }
    ],
    [
      'with view changes for another view',
      r2,
      { ...right, viewChanges: [...reported, viewChange(1, r2)], proposals: proposalsOf(pbft, reported) }
    ],
    ['that leave a proposal out', r2, { ...right, proposals: right.proposals.slice(1) }],
    ['that propose something else', r2, { ...right, proposals: right.proposals.map((p) => ({ ...p, digest: a })) }],
    ['that propose more', r2, { ...right, proposals: [...right.proposals, { number: 4, digest: a }] }],
    ['of view 0', r0, { ...right, view: 0, by: r0 }]
  ])('%s are refused', (_says, from, m) => {
    expect(after(backup, [from, m])).toEqual([backup, []])
  })
})

describe('a client', () => {
  const reply = (by: Address, result: string) =>
    ({ _tag: 'Reply', view: 0, client: alice, timestamp: 1, result, by }) as const

  test('asks all replicas, one thing at a time, and believes f + 1 that say the same', () => {
    const [asked, sent] = ask(pbft, initialClient(alice), 'a1')
    expect(sent.map(({ to }) => to)).toEqual([r0, r1, r2, r3])
    expect(ask(pbft, asked, 'a2')).toEqual([asked, []])
    const [first] = onReply(pbft, asked, r0, reply(r0, 'a lie'))
    const [second] = onReply(pbft, first, r1, reply(r1, 'a1'))
    // Neither twice, nor in another's name, nor of an earlier request.
    for (const [from, m] of [
      [r0, reply(r0, 'a1')],
      [r2, reply(r3, 'a1')],
      [alice, reply(alice, 'a1')],
      [r2, { ...reply(r2, 'a1'), timestamp: 0 }]
    ] as const)
      expect(onReply(pbft, second, from, m)).toEqual([second, []])
    const [told] = onReply(pbft, second, r2, reply(r2, 'a1'))
    expect(told.done).toEqual([{ request: a1, result: 'a1' }])
  })
})

test('where two requests have one digest, replicas that have agreed on it execute different requests', () => {
  const short = pbftWith({ hashBits: 0 })
  const d = digestOf(short, a1)
  expect(digestOf(short, b1)).toBe(d)
  const executed = ([me, other, request]: readonly [Address, Address, Request]): string =>
    (
      [
        [r0, { _tag: 'PrePrepare', view: 0, number: 1, digest: d, request }],
        [other, vote('Prepare', 0, 1, d, other)],
        [r0, vote('Commit', 0, 1, d, r0)],
        [other, vote('Commit', 0, 1, d, other)]
      ] as ReadonlyArray<readonly [Address, PbftMessage]>
    ).reduce((st, [from, m]) => receive(short, st, from, m)[0], initialReplica(short, me)).state.snapshot
  expect([executed([r1, r2, a1]), executed([r2, r1, b1])]).toEqual(['a1', 'b1'])
})
