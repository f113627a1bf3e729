/**
 * Paxos by packets: what nodes do with messages, and what they carry out where a proposer lies.
 */
import { describe, expect, test } from 'vitest'
import { packets } from '../../../../invariants/byzantine/paxos/configuration.js'
import { keyOf } from '../../../../invariants/byzantine/paxos/key.js'
import { packetNetwork } from '../../../../invariants/byzantine/paxos/packetNetwork.js'
import { exhaustive, protocolModel } from '../../../../invariants/checker/index.js'
import type { HasWorld } from '../../../../invariants/property/invariant.js'
import { refines } from '../../../../invariants/property/refinement.js'
import { Paxos } from '../../../../spec/byzantine/paxos/paxos.js'
import { paxosOf, PaxosByPackets, saidBy } from '../../../../spec/byzantine/paxos/packets.js'
import type { PacketOptions, PaxosMessage, PaxosNode } from '../../../../spec/byzantine/paxos/packets.js'
import { threshold } from '../../../../spec/byzantine/paxos/voting.js'
import { entries } from '../../../../spec/prelude/unionMap.js'
import { inSteps } from '../../../../spec/system/transitionSystem.js'
import { address } from '../../../support/toychains.js'

const options: PacketOptions = {
  nodes: 3,
  quorum: 2,
  owners: [address(0), address(1)],
  values: ['W', 'H'],
  learn: 'proposer',
  oneVote: false,
  keepsSaid: false
}

/** A node that starts its ballots and then receives these messages; and what it sends in the end. */
const run = (
  id: number,
  starts: ReadonlyArray<number>,
  received: ReadonlyArray<readonly [number, PaxosMessage]>,
  more: Partial<PacketOptions> = {}
) => {
  const { handlers } = PaxosByPackets({ ...options, ...more })
  const started = starts.reduce<PaxosNode>(
    (st, ballot) => handlers.procInt(st, { _tag: 'Start', ballot }, 0)[0],
    handlers.Init(address(id))
  )
  return received.reduce<ReturnType<typeof handlers.procMsg>>(
    ([st], [from, m]) => handlers.procMsg(st, address(from), m, 0),
    [started, []]
  )
}

const noVote = (ballot: number): PaxosMessage => ({ _tag: '1b', ballot, vote: null })

describe('a proposer', () => {
  test('answers itself, proposes with the answers of a quorum, and votes for what it proposes', () => {
    const [st, sent] = run(0, [0], [[1, noVote(0)]])
    expect(st).toMatchObject({ maxBal: 0, vote: { ballot: 0, value: 'W' }, decided: null })
    expect(sent).toEqual([1, 2].map((to) => ({ to, msg: { _tag: '2a', ballot: 0, value: 'W' } })))
  })

  test('is bound by the latest vote, and of several by that of the lowest address', () => {
    const vote = (ballot: number, value: string): PaxosMessage => ({ _tag: '1b', ballot: 2, vote: { ballot, value } })
    const owners = [0, 1, 0].map(address)
    const proposed = (...answers: ReadonlyArray<readonly [number, PaxosMessage]>) =>
      run(0, [2], answers, { nodes: 5, quorum: 3, owners })[0].ballots.map((own) => own.proposed)
    expect(proposed([1, vote(0, 'W')], [2, vote(1, 'H')])).toEqual(['H'])
    expect(proposed([2, vote(1, 'H')], [1, vote(1, 'W')])).toEqual(['W'])
    expect(proposed([1, noVote(2)], [2, noVote(2)])).toEqual(['W'])
  })

  test('heeds no vote of its own ballot or a later one, which nobody has cast: else a liar could bind it to any value', () => {
    const answer = (ballot: number): PaxosMessage => ({ _tag: '1b', ballot: 1, vote: { ballot, value: 'H' } })
    const options = { quorum: 3, owners: [1, 0, 2].map(address) }
    for (const ballot of [1, 2]) {
      const answers = [[2, answer(ballot)] as const, [1, noVote(1)] as const]
      expect(run(0, [1], answers, options)).toEqual(run(0, [1], [[1, noVote(1)]], options))
    }
    expect(run(0, [1], [[2, answer(0)]], options)).not.toEqual(run(0, [1], [], options))
  })

  test('counts each node once, and hears nothing of ballots that it has not started', () => {
    expect(run(0, [0], [[1, noVote(0)]], { quorum: 3 })[0].ballots[0]?.proposed).toBeNull()
    const [st] = run(
      0,
      [0],
      [1, 1].map((n) => [n, noVote(0)] as const),
      { quorum: 3 }
    )
    expect(st.ballots[0]?.proposed).toBeNull()
    expect(run(1, [], [[2, noVote(1)]])[0].ballots).toEqual([])
  })
})

describe('a learner', () => {
  const vote: PaxosMessage = { _tag: '2b', ballot: 0, value: 'W' }
  test('decides with the votes of a quorum in one ballot', () => {
    expect(
      run(
        0,
        [],
        [
          [1, vote],
          [1, vote]
        ]
      )[0].decided
    ).toBeNull()
    expect(
      run(
        0,
        [],
        [
          [1, vote],
          [2, { ...vote, value: 'H' }]
        ]
      )[0].decided
    ).toBeNull()
    expect(
      run(
        0,
        [],
        [
          [1, vote],
          [2, vote]
        ]
      )[0]
    ).toMatchObject({ decided: 'W', heard: [] })
  })

  test('is who has made the proposal, or everybody', () => {
    expect(
      run(
        2,
        [],
        [
          [0, vote],
          [1, vote]
        ]
      )[0].decided
    ).toBeNull()
    expect(
      run(
        2,
        [],
        [
          [0, vote],
          [1, vote]
        ],
        { learn: 'all' }
      )[0].decided
    ).toBe('W')
  })
})

test('a node that fails keeps its promise, its vote, its ballots and its decision, and forgets what it has heard', () => {
  const { handlers } = PaxosByPackets(options)
  const [st] = run(0, [0], [[1, noVote(0)]])
  expect(handlers.restart(st)).toEqual({ ...st, ballots: [{ ballot: 0, answers: [], proposed: 'W' }], heard: [] })
})

test('what was said says whose an answer or a vote is', () => {
  expect(saidBy(address(2), noVote(0))).toEqual({ _tag: '1b', ballot: 0, vote: null, acceptor: 2 })
  expect(saidBy(address(2), { _tag: '1a', ballot: 0 })).toEqual({ _tag: '1a', ballot: 0 })
})

test('where who owns the ballot lies, nodes carry out a Paxos in which anything may be proposed', async () => {
  const c = packets({ owners: '0', byzantine: '0', refines: true })
  const system = Paxos(
    { ...threshold(3, 2, ['W', 'H'], 1), byzantineAcceptors: 1, byzantineProposer: true, oneVote: false },
    (right) => ({ ...right, justified: () => true })
  ).system
  const { answers, complete } = await exhaustive(
    protocolModel({
      ...packetNetwork()(c),
      invariants: [],
      properties: [
        refines({
          name: 'any proposal',
          says: 'every step is one of Paxos in which anything may be proposed, or two, or none',
          of: { name: 'Paxos', system: inSteps(2, system), key: keyOf },
          state: ({ world }: HasWorld<PaxosNode, PaxosMessage>) =>
            paxosOf(entries(world.localState).map(([, st]) => st))
        })
      ]
    })
  )
  expect([complete, answers.map(({ verdict }) => verdict)]).toEqual([true, ['holds']])
})
