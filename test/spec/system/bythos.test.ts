/**
 * Bythos' rules, one by one; and that its steps of Byzantine nodes lead honest nodes to the same states as an adversary that
 * is a closure, on small systems.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { canonical } from '../../../invariants/checker/data/canonical.js'
import { addressed, freely } from '../../../invariants/checker/network/protocolModel.js'
import { Ladder } from '../../../spec/byzantine/ladder.js'
import type { Phases } from '../../../spec/byzantine/ladder.js'
import { iota } from '../../../spec/prelude/seq.js'
import { entries } from '../../../spec/prelude/unionMap.js'
import { netAddr } from '../../../spec/system/address.js'
import type { Address } from '../../../spec/system/address.js'
import { full, keeping, withAdversary } from '../../../spec/system/adversary.js'
import type { Adversary } from '../../../spec/system/adversary.js'
import {
  ByzantineNetwork,
  classicByzThreshold,
  consume,
  f_lt_N,
  num_byz,
  num_byz_le_f
} from '../../../spec/system/bythos.js'
import type { ByzConstraints, MarkedPacket, SystemState, SystemStepTag } from '../../../spec/system/bythos.js'
import { Executions } from '../../../spec/system/executions.js'
import type { Environment } from '../../../spec/system/executions.js'
import { Network } from '../../../spec/system/network.js'
import type { Protocol } from '../../../spec/system/protocol.js'
import { explore } from '../../support/explore.js'
import { hearsay } from '../../support/hearsay.js'
import type { Hearer, Word } from '../../support/hearsay.js'
import { address } from '../../support/toychains.js'

/** A protocol in a network with Byzantine nodes: what its nodes do by themselves, and what messages there are. */
interface Setup<State, Message, Internal> extends ByzConstraints<State, Message> {
  readonly nodes: number
  readonly corrupt: ReadonlyArray<Address>
  readonly protocol: Protocol<State, Message, Internal, 0>
  readonly offers: (n: Address, st: State) => ReadonlyArray<Internal>
  readonly messages: ReadonlyArray<Message>
  /** To whom they are said. */
  readonly targets: ReadonlyArray<Address>
}

/** The states of honest nodes that Bythos' rules lead to, with all messages that Byzantine nodes may send. */
const byBythos = <State, Message, Internal>(setup: Setup<State, Message, Internal>): ReadonlySet<string> => {
  const { nodes, corrupt, protocol, offers, messages, targets, byzConstraints } = setup
  const A = netAddr(nodes)
  const isByz = (n: Address): boolean => corrupt.includes(n)
  const { initSystemState, system_step } = ByzantineNetwork(A, { isByz, byzConstraints }, protocol, 0)
  type W = SystemState<State, Message>
  type Q = SystemStepTag<Message, Internal>
  // A soup says which packets are in it; sending again what is there, or was received, leads nowhere.
  const textOf = ({ localState, packetSoup }: W): string =>
    canonical([localState, [...new Set(packetSoup.map((p) => canonical(p)))].sort()])
  const { states } = explore<W, Q>(
    {
      initial: [initSystemState],
      actions: (w) => [
        ...w.packetSoup.map((p): Q => ({ _tag: 'Delivery', p })),
        ...entries(w.localState).flatMap(([proc, st]) =>
          offers(proc, st).map((t): Q => ({ _tag: 'Internal', proc, t }))
        ),
        ...A.enum.flatMap((src) =>
          targets.flatMap((dst) => messages.map((m): Q => ({ _tag: 'Byzantine', src, dst, m })))
        )
      ],
      next: (w, q) => system_step(q, w)
    },
    textOf
  )
  return new Set(
    [...states.values()].map(({ localState }) => canonical(entries(localState).filter(([n]) => !isByz(n))))
  )
}

/** Those that an adversary leads to that is a closure, in a network that keeps what was sent. */
const byClosure = <State, Message, Internal, K>(
  { nodes, protocol, offers }: Setup<State, Message, Internal>,
  adversary: Adversary<Message, K>
): ReadonlySet<string> => {
  const network = Network(netAddr(nodes), protocol)
  const environment = withAdversary(
    adversary,
    keeping(freely(offers) as unknown as Environment<null, State, Message, Internal, 0>)
  )
  const { states } = explore(Executions(network, environment, network.initWorld), (s) =>
    canonical([s.env, s.world.localState, s.world.inFlightMsgs.map((p) => canonical(p)).sort()])
  )
  return new Set([...states.values()].map(({ world }) => canonical(entries(world.localState))))
}

describe('the steps of Byzantine nodes lead honest ones where an adversary leads them that is a closure', () => {
  test.each([
    [3, 1, [0], 'WH', 9],
    [3, 1, [2], 'WH', 5],
    [2, 2, [0], 'WH', 9],
    [3, 2, [0], 'W', 36]
  ] as ReadonlyArray<readonly [number, Phases, ReadonlyArray<number>, string, number]>)(
    'on a ladder of %d nodes with %d phases, where %j say %s',
    (nodes, phases, liars, orders, states) => {
      const ladder = Ladder({ nodes, quorum: 2, phases })
      const corrupt = liars.map(address)
      const sayable = ladder.liars(corrupt).forges(null)
      const packets = sayable.filter(({ msg }) => orders.includes(msg.order))
      const setup = {
        ...{ nodes, corrupt, protocol: addressed(ladder.handlers), offers: ladder.offers },
        messages: [...new Map(packets.map(({ msg }) => [canonical(msg), msg])).values()],
        targets: ladder.all.filter((n) => !corrupt.includes(n)),
        byzConstraints: () => true
      }
      const reached = byBythos(setup)
      expect(reached).toEqual(byClosure(setup, full('liars', corrupt, packets)))
      expect(reached.size).toBe(states)
    }
  )

  test('where signatures of honest nodes can be used when they were sent, and not before', () => {
    const { network } = hearsay(3)
    const liar = address(2)
    const words: ReadonlyArray<Word> = iota(3).map((n) => ({ of: address(n), word: 'a' }))
    const constrained = ({ of }: Word, { packetSoup }: SystemState<Hearer, Word>): boolean =>
      of === liar || packetSoup.some(({ src, msg }) => src !== liar && msg.of === of)
    // Node 1 speaks; node 0 hears.
    const setup: Setup<Hearer, Word, 'speak'> = {
      ...{ nodes: 3, corrupt: [liar], protocol: network.protocol, messages: words },
      targets: [address(0)],
      offers: (n, { hasSpoken }) => (n === 1 && !hasSpoken ? ['speak'] : []),
      byzConstraints: constrained
    }
    const gossip: Adversary<Word, ReadonlyArray<number>> = {
      name: 'gossip',
      corrupt: [liar],
      start: [],
      learn: (known, { msg }) => [...new Set([...known, msg.of])].sort((a, b) => a - b),
      forges: (known) =>
        [...new Set([2, ...known])].map((of) => ({
          src: liar,
          dst: address(0),
          msg: { of: address(of), word: 'a' }
        })),
      signatures: ({ of, word }) => [{ by: of, on: word }],
      Known: { equals: (a, b) => a.join() === b.join() }
    }
    const reached = byBythos(setup)
    expect(reached).toEqual(byClosure(setup, gossip))
    // An adversary that knows less leads to fewer states, one that is not constrained to more.
    expect(byClosure(setup, { ...gossip, learn: (known) => known }).size).toBeLessThan(reached.size)
    expect(byBythos({ ...setup, byzConstraints: () => true }).size).toBeGreaterThan(reached.size)
  })
})

describe('the rules', () => {
  const { network } = hearsay(3)
  const isByz = (n: Address): boolean => n === 2
  const B = ByzantineNetwork(netAddr(3), { isByz, byzConstraints: ({ of }) => of === 2 }, network.protocol, 0)
  const w = B.initSystemState
  const packet = (src: number, dst: number, of: number, received = false): MarkedPacket<Word> => ({
    ...{ src: address(src), dst: address(dst), msg: { of: address(of), word: 'a' } },
    received
  })
  const after = (q: SystemStepTag<Word, 'speak'>, from = w) => O.toUndefined(B.system_step(q, from))

  test('stuttering changes nothing', () => {
    expect(after({ _tag: 'Stuttering' })).toBe(w)
  })

  test('honest nodes act and send; Byzantine ones have a state, and never act', () => {
    const spoken = after({ _tag: 'Internal', proc: address(1), t: 'speak' })
    expect(spoken?.packetSoup).toEqual([packet(1, 0, 1), packet(1, 2, 1)])
    expect(entries(spoken!.localState).map(([n, { hasSpoken }]) => [n, hasSpoken])).toEqual([
      [0, false],
      [1, true],
      [2, false]
    ])
    expect(after({ _tag: 'Internal', proc: address(2), t: 'speak' })).toBeUndefined()
    expect(after({ _tag: 'Delivery', p: packet(1, 2, 1) }, spoken)).toBeUndefined()
  })

  test('a packet of the soup is received, marked, and may be received again', () => {
    const spoken = after({ _tag: 'Internal', proc: address(1), t: 'speak' })!
    const heard = after({ _tag: 'Delivery', p: packet(1, 0, 1) }, spoken)!
    expect(heard.packetSoup).toEqual([packet(0, 1, 1), packet(0, 2, 1), packet(1, 0, 1, true), packet(1, 2, 1)])
    expect(after({ _tag: 'Delivery', p: packet(1, 0, 1) }, heard)).toBeUndefined()
    const again = after({ _tag: 'Delivery', p: packet(1, 0, 1, true) }, heard)!
    expect(again.localState).toEqual(heard.localState)
    expect(again.packetSoup).toHaveLength(4)
    expect(after({ _tag: 'Delivery', p: packet(0, 1, 0) }, heard)).toBeUndefined()
  })

  test('a Byzantine node puts into the soup what it may', () => {
    const byzantine = (src: number, of: number): SystemStepTag<Word, 'speak'> => ({
      ...{ _tag: 'Byzantine', src: address(src), dst: address(0) },
      m: { of: address(of), word: 'a' }
    })
    expect(after(byzantine(2, 2))).toEqual({ ...w, packetSoup: [packet(2, 0, 2)] })
    expect(after(byzantine(2, 1))).toBeUndefined()
    expect(after(byzantine(1, 2))).toBeUndefined()
  })

  test('no step that nobody may make is a step, though it leads somewhere', () => {
    const q: SystemStepTag<Word, 'speak'> = { _tag: 'Delivery', p: packet(1, 7, 1) }
    expect(B.next_sysstate(q, w)).toBe(w)
  })

  test('of equal packets all are received', () => {
    const soup = [packet(0, 1, 0), packet(0, 1, 1), packet(0, 1, 0)]
    expect(consume(network.addresses.Address, network.protocol.Message)(packet(0, 1, 0), soup)).toEqual([
      packet(0, 1, 0, true),
      packet(0, 1, 1)
    ])
  })
})

test('how many may be Byzantine, and how many are', () => {
  const sizes = iota(12).slice(1)
  expect(sizes.map((n) => classicByzThreshold(netAddr(n)).f)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3])
  for (const n of sizes) {
    const A = netAddr(n)
    const BTh = classicByzThreshold(A)
    expect([n, 3 * BTh.f < n, f_lt_N(A, BTh)]).toEqual([n, true, true])
    const first = (k: number) => ({ isByz: (m: Address) => m < k })
    expect([num_byz(A, first(2)), num_byz_le_f(A, BTh, first(2))]).toEqual([Math.min(2, n), BTh.f >= Math.min(2, n)])
  }
  expect(f_lt_N(netAddr(2), { f: 2 })).toBe(false)
})
