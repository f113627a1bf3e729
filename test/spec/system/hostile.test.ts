/**
 * Environments in which nodes are not honest or fail, and networks that keep packets or deliver them in order.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { canonical } from '../../../invariants/checker/data/canonical.js'
import type { Untimed } from '../../../invariants/checker/network/protocolModel.js'
import { dom, entries } from '../../../spec/prelude/unionMap.js'
import { full, inOrder, keeping, mute, withAdversary, withCrashes, withFaults } from '../../../spec/system/adversary.js'
import { Executions } from '../../../spec/system/executions.js'
import type { Action, Environment, GlobalState } from '../../../spec/system/executions.js'
import type { Packet } from '../../../spec/system/protocol.js'
import { stamped, toEach } from '../../../spec/system/protocol.js'
import { soupOperations } from '../../../spec/system/soup.js'
import { explore } from '../../support/explore.js'
import { gossip, hearsay, speaking } from '../../support/hearsay.js'
import type { Hearer, Word } from '../../support/hearsay.js'
import { address } from '../../support/toychains.js'

type A = Action<Word, 'speak', Untimed>

const { network, environment } = hearsay(3)
const [zero, one, two] = [address(0), address(1), address(2)]
const packet = (src: number, dst: number, of: number, word = 'a'): Packet<Word> => ({
  src: address(src),
  dst: address(dst),
  msg: { of: address(of), word }
})

/** An action in a few letters. */
const brief = (a: A): string => {
  switch (a._tag) {
    case 'Deliver':
    case 'Forge':
    case 'Duplicate':
    case 'Lose':
      return `${a._tag} ${a.packet.src}→${a.packet.dst} ${a.packet.msg.word}${a.packet.msg.of}`
    case 'Intern':
    case 'Crash':
    case 'Restart':
      return `${a._tag} ${a.node}`
    case 'Cut':
    case 'Heal':
      return a._tag
  }
}

/** A walk from the first state: takes the actions that are named, one after another. */
const walk = <Env>(env: Environment<Env, Hearer, Word, 'speak', Untimed>, world = network.initWorld) => {
  const system = Executions(network, env, world)
  let [state] = system.initial as [GlobalState<Hearer, Word, Env>]
  const enabled = (): ReadonlyArray<string> => system.actions(state).map(brief)
  return {
    enabled,
    state: () => state,
    heard: (n: number) => entries(state.world.localState).find(([m]) => m === n)?.[1].heard,
    take: (...names: ReadonlyArray<string>): void => {
      for (const name of names) {
        const action = system.actions(state).find((a) => brief(a) === name)
        const next = action === undefined ? O.none : system.next(state, action)
        if (O.isNone(next)) throw new Error(`${name} is none of ${enabled().join()}`)
        state = next.value
      }
    }
  }
}

describe('a node that is not honest', () => {
  test('has no state and takes no steps; what is sent to it is not in flight', () => {
    const w = walk(withAdversary(mute([two]), environment), {
      ...network.initWorld,
      inFlightMsgs: [packet(0, 2, 0), packet(0, 1, 0)]
    })
    expect(dom(w.state().world.localState)).toEqual([0, 1])
    expect(w.state().world.inFlightMsgs).toEqual([packet(0, 1, 0)])
    expect(w.enabled()).toEqual(['Deliver 0→1 a0', 'Intern 0', 'Intern 1'])
    w.take('Intern 1')
    expect(w.state().world.inFlightMsgs).toEqual([packet(1, 0, 1), packet(0, 1, 0)])
  })

  test('says what the adversary makes, as often as it likes; nothing is taken from the soup', () => {
    const w = walk(withAdversary(full('liar', [two], [packet(2, 0, 2), packet(2, 1, 2, 'b')]), speaking([])))
    expect(w.enabled()).toEqual(['Forge 2→0 a2', 'Forge 2→1 b2'])
    w.take('Forge 2→0 a2', 'Forge 2→0 a2', 'Forge 2→1 b2')
    expect([w.heard(0), w.heard(1)]).toEqual([['a of 2 from 2'], ['b of 2 from 2']])
    // What node 0 answers to node 2 is with it, and what it answers to node 1 is in flight.
    expect(w.state().world).toMatchObject({
      inFlightMsgs: [packet(0, 1, 2), packet(1, 0, 2, 'b')],
      consumedMsgs: []
    })
  })

  test('learns what is sent, to whomever, at once; also what is in flight at first', () => {
    const deceived = withAdversary(gossip(two), environment)
    const w = walk(deceived)
    expect([w.state().env, w.enabled()]).toEqual([
      { env: null, known: [], signed: [] },
      ['Forge 2→0 a2', 'Intern 0', 'Intern 1']
    ])
    w.take('Intern 1')
    expect(w.state().env).toEqual({ env: null, known: [1], signed: [{ by: 1, on: 'a' }] })
    expect(w.enabled()).toContain('Forge 2→0 a1')
    w.take('Deliver 1→0 a1', 'Intern 0')
    expect(w.state().env.signed).toEqual([
      { by: 0, on: 'a' },
      { by: 1, on: 'a' }
    ])
    const later = walk(deceived, { ...network.initWorld, inFlightMsgs: [packet(0, 1, 0)] })
    expect(later.state().env).toEqual({ env: null, known: [0], signed: [{ by: 0, on: 'a' }] })
  })

  test('reaches nobody across a cut, and waits for a node that has failed', () => {
    const liar = withAdversary(full('liar', [two], [packet(2, 0, 2)]), speaking([]))
    const w = walk(withFaults({ duplications: 0, losses: 0, cuts: 1, sides: [[two]] }, liar))
    w.take('Cut')
    expect(w.enabled()).toEqual(['Heal'])
    const v = walk(withCrashes({ crashes: 1, restarts: 1, nodes: [zero] }, liar))
    v.take('Crash 0')
    expect(v.enabled()).toEqual(['Restart 0'])
    v.take('Restart 0', 'Forge 2→0 a2')
  })
})

describe('an adversary that claims too much', () => {
  const claims = (packets: ReadonlyArray<Packet<Word>>) => {
    const { forged, initial, sent } = withAdversary({ ...gossip(two), forges: () => packets }, environment)
    return {
      first: forged!(initial),
      later: forged!(sent!(initial, [packet(1, 0, 1)])),
      enabled: walk(withAdversary({ ...gossip(two), forges: () => packets }, speaking([]))).enabled()
    }
  }

  test('cannot speak for an honest node', () => {
    const { first, enabled } = claims([packet(1, 0, 2), packet(2, 0, 2)])
    expect(first).toEqual([
      E.left({
        packet: packet(1, 0, 2),
        why:
          "the adversary 'gossip' plays {2}, and the network writes whom a packet is from: it cannot speak for node 1 " +
          '(for what was sent to arrive again, let the network keep it)'
      }),
      E.right(packet(2, 0, 2))
    ])
    expect(enabled).toEqual(['Forge 2→0 a2'])
  })

  test('cannot use a signature before it was sent', () => {
    const { first, later, enabled } = claims([packet(2, 0, 1)])
    expect(first).toEqual([
      E.left({
        packet: packet(2, 0, 1),
        why:
          "the adversary 'gossip' plays {2}, and no packet was sent in which node 1 has signed 'a': it can use its own " +
          'signatures and those that were sent'
      })
    ])
    expect([later, enabled]).toEqual([[E.right(packet(2, 0, 1))], []])
    // Another word of the same node is another statement.
    expect(claims([packet(2, 0, 1, 'b')]).later).toMatchObject([{ _tag: 'Left' }])
  })
})

describe('a network that keeps what was sent', () => {
  test('delivers it ever after, and has it once', () => {
    const w = walk(keeping(environment))
    w.take('Intern 1', 'Deliver 1→0 a1', 'Deliver 1→0 a1', 'Deliver 1→2 a1')
    expect([w.heard(0), w.state().world.consumedMsgs]).toEqual([['a of 1 from 1'], []])
    const inFlight = w.state().world.inFlightMsgs
    expect(inFlight).toEqual([
      packet(1, 0, 1),
      packet(1, 2, 1),
      packet(0, 1, 1),
      packet(0, 2, 1),
      packet(2, 0, 1),
      packet(2, 1, 1)
    ])
    const v = walk(keeping(environment), { ...network.initWorld, inFlightMsgs: [packet(0, 1, 0), packet(0, 1, 0)] })
    expect(v.state().world.inFlightMsgs).toEqual([packet(0, 1, 0)])
  })

  test('leads nodes to the states to which a bag leads them, where a second copy says nothing new', () => {
    const { network: two, environment: speak } = hearsay(2)
    const locals = (env: typeof speak) =>
      new Set(
        [
          ...explore(Executions(two, env, two.initWorld), (s) =>
            canonical([s.world.localState, s.world.inFlightMsgs.map((p) => canonical(p)).sort()])
          ).states.values()
        ].map((s) => canonical(s.world.localState))
      )
    expect(locals(keeping(speak))).toEqual(locals(speak))
    expect(locals(speak).size).toBe(18)
  })
})

describe('a network that delivers in order', () => {
  test('keeps the packets of one channel in order, and no others', () => {
    const w = walk(inOrder(environment))
    w.take('Intern 0', 'Intern 1', 'Deliver 1→0 a1')
    // Node 0 said its own word to node 1 before it passed on that of node 1.
    expect(w.enabled().filter((a) => a.startsWith('Deliver'))).toEqual([
      'Deliver 0→1 a0',
      'Deliver 0→2 a0',
      'Deliver 1→2 a1'
    ])
    w.take('Deliver 0→2 a0')
    expect(w.enabled()).toContain('Deliver 0→2 a1')
  })

  test('may lose any packet, and puts a copy behind the others', () => {
    const w = walk(withFaults({ duplications: 1, losses: 1, cuts: 0, sides: [] }, inOrder(environment)))
    w.take('Intern 0', 'Intern 1', 'Deliver 1→0 a1', 'Duplicate 0→1 a0', 'Lose 0→1 a1', 'Deliver 0→1 a0')
    expect(w.state().world.inFlightMsgs.filter(({ src, dst }) => src === 0 && dst === 1)).toEqual([packet(0, 1, 0)])
  })
})

describe('a node that fails', () => {
  const w = () => {
    const made = walk(withCrashes({ crashes: 1, restarts: 1, nodes: [zero, one] }, environment))
    made.take('Intern 1', 'Intern 2', 'Deliver 1→0 a1', 'Deliver 2→0 a2')
    return made
  }

  test('loses what is not in stable storage, does nothing, and goes on from there', () => {
    const made = w()
    expect(made.heard(0)).toEqual(['a of 1 from 1', 'a of 2 from 2'])
    made.take('Crash 0')
    expect(made.heard(0)).toEqual(['a of 1 from 1'])
    expect(made.state().env).toEqual({ env: null, crashes: 0, restarts: 1, down: [0] })
    expect(made.enabled().filter((a) => a.endsWith(' 0') || a.includes('→0'))).toEqual(['Restart 0'])
    made.take('Restart 0')
    expect(made.state().env).toEqual({ env: null, crashes: 0, restarts: 0, down: [] })
    expect(made.enabled()).toContain('Intern 0')
  })

  test('fails within the budget, if it is one of those that may', () => {
    const made = w()
    expect(made.enabled().filter((a) => a.startsWith('Crash'))).toEqual(['Crash 0', 'Crash 1'])
    made.take('Crash 1')
    expect(made.enabled().filter((a) => a.startsWith('Crash'))).toEqual([])
  })

  test('does not fail where the protocol does not say how it goes on', () => {
    const { restart: _, ...protocol } = network.protocol
    const env = withCrashes({ crashes: 1, restarts: 0, nodes: [zero] }, environment)
    const system = Executions({ ...network, protocol }, env, network.initWorld)
    const crash: A = { _tag: 'Crash', node: zero }
    expect(system.next(system.initial[0]!, crash)).toEqual(O.none)
  })
})

describe('the states of environments', () => {
  test('are told apart by all that they have', () => {
    const { Env, initial } = withCrashes(
      { crashes: 1, restarts: 1, nodes: [] },
      withAdversary(gossip(two), environment)
    )
    expect(Env.equals(initial, structuredClone(initial))).toBe(true)
    const others = [
      { ...initial, crashes: 0 },
      { ...initial, restarts: 0 },
      { ...initial, down: [one] },
      { ...initial, env: { ...initial.env, known: [1] } },
      { ...initial, env: { ...initial.env, signed: [{ by: one, on: 'a' }] } }
    ]
    expect(others.map((other) => Env.equals(initial, other))).toEqual(others.map(() => false))
  })

  test('go on with the environments around which they are', () => {
    const all = withAdversary(
      gossip(two),
      withCrashes({ crashes: 1, restarts: 0, nodes: [zero] }, keeping(environment))
    )
    expect([all.soup, all.corrupt]).toEqual(['set', [2]])
    const outside = withCrashes({ crashes: 1, restarts: 0, nodes: [one] }, all)
    const w = walk(withFaults({ duplications: 0, losses: 0, cuts: 0, sides: [] }, outside))
    expect(w.enabled()).toEqual(['Forge 2→0 a2', 'Intern 0', 'Intern 1', 'Crash 0', 'Crash 1'])
    w.take('Intern 1')
    expect(w.state().env.env.env.known).toEqual([1])
  })
})

test('whom a packet is from is stamped on it', () => {
  const { procMsg, procInt } = stamped<{ readonly id: typeof one }, string, string, number>(
    {
      Init: (id) => ({ id }),
      procMsg: (st, from, msg) => [st, [{ to: from, msg }]],
      procInt: (st, msg) => [st, toEach([two, zero], msg)]
    },
    ({ id }) => id
  )
  expect(procMsg({ id: one }, two, 'm', 0)[1]).toEqual([{ src: 1, dst: 2, msg: 'm' }])
  expect(procInt({ id: one }, 'i', 0)[1]).toEqual([
    { src: 1, dst: 2, msg: 'i' },
    { src: 1, dst: 0, msg: 'i' }
  ])
})

test('of equal packets in order the oldest is taken', () => {
  const { take, receivable, put } = soupOperations<Word>('fifo', network.addresses.Address, network.protocol.Message)
  const soup = put([], [packet(0, 1, 0), packet(0, 1, 1), packet(0, 1, 0), packet(2, 1, 0)])
  expect(receivable(soup)).toEqual([packet(0, 1, 0), packet(2, 1, 0)])
  expect(take(soup, packet(0, 1, 0))).toEqual([packet(0, 1, 1), packet(0, 1, 0), packet(2, 1, 0)])
})
