/**
 * What honest replicas have signed: it is seen in logs and in flight, and of a replica that lies nothing is asked.
 */
import { describe, expect, test } from 'vitest'
import { packetConfiguration } from '../../../../invariants/byzantine/pbft/configuration.js'
import { pbftOf } from '../../../../invariants/byzantine/pbft/network.js'
import { sentInvariants } from '../../../../invariants/byzantine/pbft/sentInvariants.js'
import { failures } from '../../../../invariants/property/invariant.js'
import type { PbftMessage } from '../../../../spec/byzantine/pbft/messages.js'
import type { PbftNode } from '../../../../spec/byzantine/pbft/pbft.js'
import { initialReplica, withEntry } from '../../../../spec/byzantine/pbft/replica.js'
import { emptyEntry } from '../../../../spec/byzantine/pbft/state.js'
import type { Address } from '../../../../spec/system/address.js'
import type { Packet } from '../../../../spec/system/protocol.js'

const pbft = pbftOf(packetConfiguration(1, 'none'))
const [r0, r1, r2] = pbft.replicas as readonly [Address, Address, Address, Address]
const request = { client: pbft.clients[0]!, timestamp: 1, operation: 'a1' }

/** Replica n with a digest pre-prepared as number 1 in view 0, and these prepares. */
const having = (n: Address, digest: string | null, ...prepares: ReadonlyArray<readonly [Address, string]>) =>
  withEntry(initialReplica(pbft, n), {
    ...emptyEntry(0, 1),
    digest,
    prepares: prepares.map(([by, of]) => ({ by, digest: of }))
  })

/** The conjuncts that fail of these replicas, with these packets in flight. */
const failing = (nodes: ReadonlyArray<PbftNode>, packets: ReadonlyArray<Packet<PbftMessage>> = []) => {
  const world = {
    localState: { _tag: 'Def', entries: nodes.map((st) => [st.id, st] as const) },
    inFlightMsgs: packets
  } as const
  return sentInvariants(pbft).flatMap((one) => failures(one, { world }).map(({ path, witness }) => [...path, witness]))
}

const prepare = (by: Address, digest: string): PbftMessage => ({ _tag: 'Prepare', view: 0, number: 1, digest, by })
const prePrepare = (digest: string): PbftMessage => ({ _tag: 'PrePrepare', view: 0, number: 1, digest, request })

describe('A.1.2.1', () => {
  const witness = ['A.1.2.1', 'replica 1 has sent a prepare for a at (view 0, number 1), and b']

  test('holds where all have noted the same of a replica', () => {
    expect(failing([having(r1, 'a', [r1, 'a']), having(r2, 'a', [r1, 'a'], [r2, 'a'])])).toEqual([])
  })
  test('does not where two have noted different prepares of it', () => {
    expect(failing([having(r1, null, [r1, 'a']), having(r2, null, [r1, 'b'])])).toEqual([witness])
  })
  test('does not where another is in flight', () => {
    const packets = [{ src: r1, dst: r2, msg: prepare(r1, 'b') }]
    expect(failing([having(r1, null, [r1, 'a']), having(r2, null)], packets)).toEqual([witness])
  })
  test('says nothing of who is not there: it is not honest', () => {
    expect(failing([having(r1, null, [r0, 'a']), having(r2, null, [r0, 'b'])])).toEqual([])
  })
})

describe('A.1.2.2', () => {
  const witness = ['A.1.2.2', 'replica 0 has pre-prepared a at (view 0, number 1), and b']

  test('holds where all have accepted the same of an honest primary', () => {
    expect(failing([having(r0, 'a'), having(r1, 'a'), having(r2, null)])).toEqual([])
  })
  test('does not where two have accepted different pre-prepares of it', () => {
    expect(failing([having(r0, 'a'), having(r1, 'b')])).toEqual([witness])
  })
  test('does not where another is in flight, by itself or in a new view', () => {
    const newView = {
      _tag: 'NewView',
      view: 1,
      viewChanges: [],
      proposals: [{ number: 1, digest: 'c' }],
      by: r1
    } as const
    expect(failing([having(r0, 'a'), having(r1, 'a')], [{ src: r0, dst: r1, msg: prePrepare('b') }])).toEqual([witness])
    const later = withEntry(having(r2, null), { ...emptyEntry(1, 1), digest: 'd' })
    expect(failing([having(r1, null), later], [{ src: r1, dst: r2, msg: newView }])).toEqual([
      ['A.1.2.2', 'replica 1 has pre-prepared c at (view 1, number 1), and d']
    ])
  })
  test('says nothing where the primary is not honest', () => {
    expect(failing([having(r1, 'a'), having(r2, 'b')])).toEqual([])
  })
})
