import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { boundedEnvironment } from '../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../invariants/blockchain/playable.js'
import { canonical } from '../../../invariants/checker/data/canonical.js'
import type { NumberedTypes } from '../../../spec/blockchain/instances/numbered.js'
import { MintT } from '../../../spec/blockchain/protocol.js'
import type { InternalTransition, Message } from '../../../spec/blockchain/protocol.js'
import { Toychain } from '../../../spec/blockchain/toychain.js'
import { netAddr } from '../../../spec/system/address.js'
import { noFaults, withFaults } from '../../../spec/system/adversary.js'
import type { FaultBudget } from '../../../spec/system/adversary.js'
import { Executions } from '../../../spec/system/executions.js'
import type { Action } from '../../../spec/system/executions.js'
import { withoutReplies } from '../../../spec/system/protocol.js'
import type { Packet } from '../../../spec/system/protocol.js'
import { explore } from '../../support/explore.js'
import { address } from '../../support/toychains.js'

type A = Action<Message<NumberedTypes>, InternalTransition<NumberedTypes>, NumberedTypes['Timestamp']>
type P = Packet<Message<NumberedTypes>>

const { network, cliqueWorld, addresses } = Toychain(playNumbered.instance, netAddr(2))
const alone = Toychain(playNumbered.instance, netAddr(1))
const environment = boundedEnvironment(playNumbered, { mints: 1, transactions: 1 })
const oneOfEach: FaultBudget = { duplications: 1, losses: 1, cuts: 1, sides: [[address(1)]] }
const faulty = withFaults(oneOfEach, environment)

/** The same clique, in which no message is answered. */
const quiet = Toychain(playNumbered.instance, netAddr(2), { protocol: withoutReplies })
const mintsOnly = boundedEnvironment(playNumbered, { mints: 1, transactions: 0 })
const bag = (packets: ReadonlyArray<P>): ReadonlyArray<string> => packets.map((p) => canonical(p)).sort()

describe('executions', () => {
  const system = Executions(network, environment, cliqueWorld)
  const connect = (src: number, dst: number): P => ({
    src: address(src),
    dst: address(dst),
    msg: { _tag: 'ConnectMsg' }
  })

  test('begin in the given world with the initial state of the environment', () => {
    expect(system.initial).toEqual([{ world: cliqueWorld, env: { minted: 0, announced: [] } }])
  })

  test('enable deliveries of distinct packets to nodes, internal transitions node by node, faults, in this order', () => {
    const packets = [connect(0, 1), connect(1, 0), connect(0, 1), connect(0, 7)]
    const { actions } = Executions(network, faulty, cliqueWorld)
    const shown = actions({
      world: { ...cliqueWorld, inFlightMsgs: packets },
      env: { env: { minted: 0, announced: [] }, duplications: 1, losses: 1, cuts: 1, cutOff: [] }
    }).map((a) => {
      switch (a._tag) {
        case 'Deliver':
        case 'Forge':
        case 'Duplicate':
        case 'Lose':
          return `${a._tag} ${a.packet.src}→${a.packet.dst}`
        case 'Crash':
        case 'Restart':
          return `${a._tag} ${a.node}`
        case 'Intern':
          return `${a.transition._tag} ${a.node} at ${a.ts.minter}.${a.ts.k}`
        case 'Cut':
          return `Cut ${a.side.join()}`
        case 'Heal':
          return a._tag
      }
    })
    // Equal packets stand where the last of them does.
    expect(shown).toEqual([
      'Deliver 1→0',
      'Deliver 0→1',
      'MintT 0 at 0.1',
      'TxT 0 at 0.0',
      'MintT 1 at 1.1',
      'TxT 1 at 1.0',
      'Duplicate 1→0',
      'Lose 1→0',
      'Duplicate 0→1',
      'Lose 0→1',
      'Duplicate 0→7',
      'Lose 0→7',
      'Cut 1'
    ])
  })

  test('step exactly as the network does, while the environment goes its own way', () => {
    const rich = boundedEnvironment(playNumbered, { mints: 2, transactions: 1 })
    const { edges } = explore(Executions(alone.network, rich, alone.cliqueWorld), (s) =>
      canonical([s.env, s.world.localState, bag(s.world.inFlightMsgs)])
    )
    const counts = { Deliver: 0, Intern: 0 }
    for (const { from, by, to } of edges) {
      if (by._tag !== 'Deliver' && by._tag !== 'Intern') throw new Error(`a fault without an adversary: ${by._tag}`)
      counts[by._tag]++
      expect(O.some(to.world)).toEqual(alone.network.systemStep(from.world, by))
      const mints = by._tag === 'Intern' && by.transition._tag === 'MintT' ? 1 : 0
      const announced = by._tag === 'Intern' && by.transition._tag === 'TxT' ? [by.transition.tx] : []
      expect(to.env).toEqual({
        minted: from.env.minted + mints,
        announced: [...from.env.announced, ...announced].sort()
      })
    }
    expect(counts).toEqual({ Deliver: 273, Intern: 41 })
  })

  test('have a next state for exactly the actions that are enabled, each of which is listed once', () => {
    const small = Executions(quiet.network, withFaults(oneOfEach, mintsOnly), quiet.cliqueWorld)
    const { states, edges } = explore(small, (s) => canonical([s.env, s.world.localState, bag(s.world.inFlightMsgs)]))
    const everyAction = new Map(edges.map(({ by }) => [canonical(by), by]))
    let enabledCount = 0
    for (const s of states.values()) {
      const enabled = small.actions(s).map(canonical)
      enabledCount += enabled.length
      expect(new Set(enabled).size).toBe(enabled.length)
      const leads = [...everyAction].filter(([, a]) => O.isSome(small.next(s, a))).map(([text]) => text)
      expect(new Set(leads)).toEqual(new Set(enabled))
    }
    expect([states.size, everyAction.size, enabledCount, edges.length]).toEqual([165, 16, 388, 388])
  })

  test('take an action that is equal to an enabled one for that one', () => {
    const [s] = system.initial
    const [mint] = system.actions(s!)
    expect(system.next(s!, structuredClone(mint!))).toEqual(system.next(s!, mint!))
    const elsewhen: A = { _tag: 'Intern', node: address(0), transition: MintT, ts: { minter: address(0), k: 2 } }
    expect(system.next(s!, elsewhen)).toEqual(O.none)
  })

  test('do not take an action of another node, nor a cut of another side, for an enabled one', () => {
    // An environment in which node 0 alone may act, and one side alone may be cut off.
    const ofOne: typeof environment = {
      ...environment,
      internal: (env, node, st) => (node === address(0) ? environment.internal(env, node, st) : [])
    }
    const cuttable = Executions(
      network,
      withFaults({ ...noFaults, cuts: 1, sides: [[address(1), address(2)]] }, ofOne),
      cliqueWorld
    )
    const [s] = cuttable.initial
    const mint = cuttable.actions(s!).find((a) => a._tag === 'Intern')!
    const sides = [[], [address(1)], [address(0), address(1)], [address(1), address(2)]]
    expect(O.isSome(cuttable.next(s!, mint))).toBe(true)
    expect(cuttable.next(s!, { ...mint, node: address(1) })).toEqual(O.none)
    expect(sides.map((side) => O.isSome(cuttable.next(s!, { _tag: 'Cut', side })))).toEqual([false, false, false, true])
  })

  test('duplicate a packet at the end of the soup, and lose its first copy', () => {
    const { next } = Executions(network, faulty, cliqueWorld)
    const [x, y] = [connect(0, 1), connect(1, 0)]
    const s = {
      world: { ...cliqueWorld, inFlightMsgs: [x, y, x] },
      env: { ...faulty.initial }
    }
    const soup = (a: A) => O.toUndefined(next(s, a))?.world.inFlightMsgs
    expect(soup({ _tag: 'Duplicate', packet: x })).toEqual([x, y, x, x])
    expect(soup({ _tag: 'Lose', packet: x })).toEqual([y, x])
    expect(soup({ _tag: 'Lose', packet: connect(1, 1) })).toBe(undefined)
    expect(O.toUndefined(next(s, { _tag: 'Cut', side: [address(1)] }))?.world).toEqual(s.world)
  })

  test('do not go on from an incoherent world', () => {
    const entries = addresses.enum.map((n) => [n, network.protocol.Init(address(0))] as const)
    const s = { world: { ...cliqueWorld, localState: { _tag: 'Def', entries } as const }, env: environment.initial }
    expect(system.actions(s).filter((a) => O.isSome(system.next(s, a)))).toEqual([])
  })
})
