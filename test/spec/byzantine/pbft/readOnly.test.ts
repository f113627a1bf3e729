/**
 * PBFT's read-only optimisation, and what it costs. Replicas that answer a read at once, without agreeing on it, may be late; so
 * a client must see 2f + 1 alike, and f + 1 are not enough for writes either. Then a primary that lies makes a client wait for
 * ever, though everything that honest nodes send arrives (C. Berger, H. P. Reiser, A. Bessani, SRDS 2021).
 */
import { expect, test } from 'vitest'
import { packetConfiguration } from '../../../../invariants/byzantine/pbft/configuration.js'
import { pbftOf } from '../../../../invariants/byzantine/pbft/network.js'
import { ask, initialClient } from '../../../../spec/byzantine/pbft/client.js'
import type { Client } from '../../../../spec/byzantine/pbft/client.js'
import type { PbftMessage, Request } from '../../../../spec/byzantine/pbft/messages.js'
import { timeout } from '../../../../spec/byzantine/pbft/pbft.js'
import type { PbftNode } from '../../../../spec/byzantine/pbft/pbft.js'
import { digestOf, initialReplica, isAnswered } from '../../../../spec/byzantine/pbft/replica.js'
import type { Pbft } from '../../../../spec/byzantine/pbft/replica.js'
import type { Replica } from '../../../../spec/byzantine/pbft/state.js'
import type { Address } from '../../../../spec/system/address.js'
import { arrived } from './arrived.js'
import type { Sent } from './arrived.js'

const pbft = pbftOf(packetConfiguration(1, '0', { clients: 1 }))
const [liar, r1, r2, r3] = pbft.replicas as [Address, Address, Address, Address]
const [client] = pbft.clients as [Address]
const request: Request = { client, timestamp: 1, operation: 'a1' }
const digest = digestOf(pbft, request)

/** What the primary says: it proposes the request to two of three, helps them to execute it, and says nothing else. */
const lies: ReadonlyArray<Sent> = [r1, r2].flatMap((to) =>
  (
    [
      { _tag: 'PrePrepare', view: 0, number: 1, digest, request },
      { _tag: 'Commit', view: 0, number: 1, digest, by: liar }
    ] as ReadonlyArray<PbftMessage>
  ).map((msg): Sent => [liar, { to, msg }])
)

const replicasOf = (nodes: ReadonlyArray<PbftNode>): ReadonlyArray<Replica> =>
  nodes.flatMap((st) => (st._tag === 'Replica' ? [st] : []))
const clientOf = (nodes: ReadonlyArray<PbftNode>): Client | undefined =>
  nodes.find((st): st is Client => st._tag === 'Client')

/** Replicas that wait for a request that they know of. */
const waiting = (nodes: ReadonlyArray<PbftNode>): ReadonlyArray<Replica> =>
  replicasOf(nodes).filter((st) => st.requests.some((r) => !isAnswered(st, r)))

/** The client asks, the primary lies, everything arrives; then whoever waits for the request has waited too long. */
const played = (of: Pbft): ReadonlyArray<PbftNode> => {
  const [asking, asked] = ask(of, initialClient(client), 'a1')
  const nodes = [...[r1, r2, r3].map((n) => initialReplica(of, n)), asking]
  const settled = arrived(of, nodes, [...asked.map((letter): Sent => [client, letter]), ...lies])
  expect(waiting(settled).map(({ id }) => id)).toEqual([r3])
  const sent: Sent[] = []
  const late = settled.map((st) => {
    if (st._tag !== 'Replica' || !waiting(settled).includes(st)) return st
    const [then, letters] = timeout(of, st, 1)
    sent.push(...letters.map((letter): Sent => [st.id, letter]))
    return then
  })
  return arrived(of, late, sent)
}

test('with f + 1 replies the client has its answer', () => {
  expect(clientOf(played(pbft))?.done.map(({ result }) => result)).toEqual(['a1'])
})

test('with 2f + 1 replies it waits for ever: two have executed and suspect nobody, one waits for a view alone', () => {
  const nodes = played({ ...pbft, rules: { ...pbft.rules, replies: pbft.quorum } })
  expect(clientOf(nodes)).toMatchObject({ done: [], replies: [r1, r2].map((by) => ({ by, result: 'a1' })) })
  expect(replicasOf(nodes).map(({ view, isActive, executed }) => [view, isActive, executed])).toEqual([
    [0, true, 1],
    [0, true, 1],
    [1, false, 0]
  ])
  // Nobody else has anything to wait for, and one view change moves nobody.
  expect(waiting(nodes).map(({ id }) => id)).toEqual([r3])
})
