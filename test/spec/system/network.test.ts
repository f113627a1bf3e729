import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import type { NetworkAction } from '../../../spec/system/network.js'
import { entries, undef, valid } from '../../../spec/prelude/unionMap.js'
import { MintT } from '../../../spec/blockchain/protocol.js'
import { address, beds, byLength, toyOf, worldOf } from '../../support/toychains.js'
import type { M, P, Toy, Tr, W } from '../../support/toychains.js'
import { holds } from '../../support/property.js'

type A = NetworkAction<M, Tr, number>

const SIZE = 3
const text = (value: unknown): string => JSON.stringify(value)
const same = (a: unknown, b: unknown): boolean => text(a) === text(b)

/** Every internal transition that there is in a bed. */
const offered = (b: (typeof beds)[keyof typeof beds]): ReadonlyArray<Tr> => [
  MintT,
  ...b.transactions.map((tx) => ({ _tag: 'TxT', tx }) as const)
]

const bedWorld = (coherent: boolean) =>
  fc
    .constantFrom(...Object.values(beds))
    .chain((bed) => fc.tuple(fc.constant(bed), fc.constant(toyOf(bed, SIZE)), worldOf(bed, SIZE, coherent)))

/** The rules of `Systems/Network.v`, written out on arrays and `JSON.stringify`. */
const stepByHand = ({ local }: Toy, w: W, a: A): W | undefined => {
  const states = entries(w.localState)
  const put = (n: number, st: unknown) => ({
    _tag: 'Def',
    entries: states.map(([m, old]) => (m === n ? [m, st] : [m, old]))
  })
  switch (a._tag) {
    case 'Idle':
      return w
    case 'Deliver': {
      const at = w.inFlightMsgs.findIndex((p) => same(p, a.packet))
      const st = states.find(([n]) => n === a.packet.dst)
      if (at < 0 || st === undefined) return undefined
      const [after, sent] = local.procMsg(st[1], a.packet.src, a.packet.msg, a.ts)
      const rest = [...w.inFlightMsgs]
      rest.splice(at, 1)
      return {
        localState: put(a.packet.dst, after) as W['localState'],
        inFlightMsgs: rest.concat(sent),
        consumedMsgs: w.consumedMsgs.concat([a.packet])
      }
    }
    case 'Intern': {
      const st = states.find(([n]) => n === a.node)
      if (st === undefined) return undefined
      const [after, sent] = local.procInt(st[1], a.transition, a.ts)
      return { ...w, localState: put(a.node, after) as W['localState'], inFlightMsgs: [...sent, ...w.inFlightMsgs] }
    }
  }
}

describe('initWorld', () => {
  test('has every node in its initial state, nothing in flight, nothing consumed', () => {
    const { network, local, addresses } = toyOf(byLength, SIZE)
    expect(network.initWorld).toEqual({
      localState: { _tag: 'Def', entries: addresses.enum.map((n) => [n, local.Init(n)]) },
      inFlightMsgs: [],
      consumedMsgs: []
    })
    expect(network.Coh(network.initWorld)).toBe(true)
  })
})

describe('coherence', () => {
  test('asks that states are under their own addresses, keyed by hashes, with genesis, with peers once', () => {
    holds(
      fc.boolean().chain(bedWorld),
      ([bed, { network }, w], meet) => {
        const { GenesisBlock, hashB } = bed.instance.params
        const fine = entries(w.localState).every(([n, st]) => {
          const es = entries(st.blockTree)
          const keyed = es.every(([h, b]) => h === hashB(b))
          const rooted = es.some(([h, b]) => h === hashB(GenesisBlock) && same(b, GenesisBlock))
          return st.id === n && new Set(st.peers).size === st.peers.length && keyed && (rooted || !valid(st.blockTree))
        })
        meet(fine ? 'coherent' : 'incoherent')
        expect(network.Coh(w)).toBe(fine)
      },
      { met: { coherent: 200, incoherent: 200 } }
    )
  })

  test('fails where two nodes share an address', () => {
    const { network } = toyOf(byLength, SIZE)
    expect(network.Coh({ ...network.initWorld, localState: undef })).toBe(false)
  })

  test('holds is true of an address without a node', () => {
    const { network } = toyOf(byLength, SIZE)
    expect(network.holds(address(7), network.initWorld, () => false)).toBe(true)
    expect(network.holds(address(0), network.initWorld, () => false)).toBe(false)
  })
})

describe('a step', () => {
  test('is what the three rules say, from every coherent world, of every enabled action', () => {
    holds(
      fc.tuple(bedWorld(true), fc.nat(20), fc.nat()),
      ([[bed, toy, w], ts, pick], meet) => {
        const actions = toy.network.enabled(w, ts, offered(bed))
        // Of a kind first: most actions are internal.
        const kinds = [...new Set(actions.map(({ _tag }) => _tag))]
        const ofKind = actions.filter(({ _tag }) => _tag === kinds[pick % kinds.length])
        const a = ofKind[Math.floor(pick / kinds.length) % ofKind.length]!
        meet(a._tag)
        const stepped = toy.network.systemStep(w, a)
        expect(O.toUndefined(stepped)).toEqual(stepByHand(toy, w, a))
      },
      { runs: 600, met: { Idle: 100, Deliver: 80, Intern: 100 } }
    )
  })

  test('does not exist from an incoherent world, and nothing is enabled in it', () => {
    holds(
      fc.tuple(bedWorld(false), fc.nat(20)),
      ([[bed, toy, w], ts], meet) => {
        if (toy.network.Coh(w)) return
        meet('incoherent')
        const actions: ReadonlyArray<A> = [
          { _tag: 'Idle' },
          ...w.inFlightMsgs.map((packet) => ({ _tag: 'Deliver', packet, ts }) as const),
          { _tag: 'Intern', node: address(0), transition: MintT, ts }
        ]
        expect(actions.map((a) => toy.network.systemStep(w, a)._tag)).toEqual(actions.map(() => 'None'))
        expect(toy.network.enabled(w, ts, offered(bed))).toEqual([])
        expect(toy.network.system_step(w, w, { ts, allowed: address(0) })).toBe(false)
      },
      { runs: 300, met: { incoherent: 200 } }
    )
  })

  const { network, cliqueWorld } = toyOf(byLength, SIZE)
  const packet = (src: number, dst: number, msg: M): P => ({ src: address(src), dst: address(dst), msg })
  const inv = packet(1, 0, { _tag: 'InvMsg', hashes: [byLength.hashes[2]!] })
  const other = packet(2, 1, { _tag: 'ConnectMsg' })
  const get: P = packet(0, 1, { _tag: 'GetDataMsg', hash: byLength.hashes[2]! })
  const mint = (node: number): A => ({ _tag: 'Intern', node: address(node), transition: MintT, ts: 1 })
  const deliver = (p: P): A => ({ _tag: 'Deliver', packet: p, ts: 0 })

  test('of a delivery takes the first equal packet out, adds to the end of the soup, and to the end of the consumed', () => {
    const w: W = { ...cliqueWorld, inFlightMsgs: [other, inv, other, inv], consumedMsgs: [other] }
    const after = O.toUndefined(network.systemStep(w, deliver(inv)))
    expect(after?.inFlightMsgs).toEqual([other, other, inv, get])
    expect(after?.consumedMsgs).toEqual([other, inv])
  })

  test('of an internal transition adds to the front of the soup, and consumes nothing', () => {
    const w: W = { ...cliqueWorld, inFlightMsgs: [other] }
    const after = O.toUndefined(network.systemStep(w, mint(2)))!
    expect(after.inFlightMsgs.map(({ src, dst, msg }) => [src, dst, msg._tag])).toEqual([
      [2, 0, 'BlockMsg'],
      [2, 1, 'BlockMsg'],
      [2, 2, 'BlockMsg'],
      [2, 1, 'ConnectMsg']
    ])
    expect(after.consumedMsgs).toEqual([])
  })

  test('does not deliver what is not in flight, nor to an address without a node, nor act at one', () => {
    const toNobody = packet(0, 7, { _tag: 'ConnectMsg' })
    const w: W = { ...cliqueWorld, inFlightMsgs: [toNobody] }
    expect([deliver(other), deliver(toNobody), mint(7)].map((a) => network.systemStep(w, a)._tag)).toEqual([
      'None',
      'None',
      'None'
    ])
    expect(network.enabled(w, 0, [MintT])).toEqual([
      { _tag: 'Idle' },
      ...[0, 1, 2].map((node) => ({ _tag: 'Intern', node, transition: MintT, ts: 0 }))
    ])
  })

  test('is enabled once for each distinct packet in flight', () => {
    const w: W = { ...cliqueWorld, inFlightMsgs: [inv, other, inv] }
    expect(network.enabled(w, 5, []).map((a) => (a._tag === 'Deliver' ? a.packet : a._tag))).toEqual([
      'Idle',
      other,
      inv
    ])
  })

  test('leaves the world it starts from as it was', () => {
    holds(
      fc.tuple(bedWorld(true), fc.nat()),
      ([[bed, toy, w], pick]) => {
        const before = text(w)
        const actions = toy.network.enabled(w, 1, offered(bed))
        toy.network.systemStep(w, actions[pick % actions.length]!)
        expect(text(w)).toBe(before)
      },
      { runs: 200 }
    )
  })
})

describe('the step relation', () => {
  /** Worlds that resemble one, of which few can be reached in a step. */
  const spoilt = (w: W, how: number): W => {
    const [first, ...others] = w.inFlightMsgs
    const extra: P = { src: address(0), dst: address(1), msg: { _tag: 'ConnectMsg' } }
    const states = entries(w.localState)
    const pools: W['localState'] = {
      _tag: 'Def',
      entries: states.map(([n, st], i) => [
        n,
        i === 1 ? { ...st, txPool: [...st.txPool, byLength.transactions[1]!] } : st
      ])
    }
    const worlds: ReadonlyArray<W> = [
      { ...w, inFlightMsgs: others },
      { ...w, inFlightMsgs: [...w.inFlightMsgs, extra] },
      { ...w, inFlightMsgs: w.inFlightMsgs.toReversed() },
      { ...w, consumedMsgs: w.consumedMsgs.slice(1) },
      { ...w, consumedMsgs: [...w.consumedMsgs, first ?? extra] },
      { ...w, localState: pools },
      { ...w, localState: { _tag: 'Def', entries: states.slice(1) } },
      { ...w, localState: undef }
    ]
    return worlds[how % worlds.length]!
  }

  test('relates a world to where each action leads, under the qualifier of the action', () => {
    holds(
      fc.tuple(bedWorld(true), fc.nat(20), fc.nat()),
      ([[bed, { network }, w], ts, pick], meet) => {
        const actions = network.enabled(w, ts, offered(bed))
        const a = actions[pick % actions.length]!
        const after = O.toUndefined(network.systemStep(w, a))!
        const q = O.getOrElse(() => ({ ts, allowed: address(pick % SIZE) }))(network.qualifier(a))
        if (!same(w, after)) meet('something changes')
        expect(network.system_step(w, after, q)).toBe(true)
        // Idling explains a step that changes nothing; any other step is explained by its action too.
        const explained = network.stepsBetween(w, after, q)
        if (!same(w, after)) expect(explained.map(text)).toContain(text(a))
      },
      { runs: 600, met: { 'something changes': 350 } }
    )
  })

  test('relates nothing else: it agrees with trying every action there is, on worlds that resemble a step', () => {
    holds(
      fc.tuple(bedWorld(true), fc.nat(20), fc.nat(), fc.nat(), fc.nat(SIZE)),
      ([[bed, toy, w], ts, pick, how, other], meet) => {
        const { network } = toy
        const actions = network.enabled(w, ts, offered(bed))
        const a = actions[pick % actions.length]!
        const after = spoilt(O.toUndefined(network.systemStep(w, a))!, how)
        const acting = O.match(
          () => 0,
          ({ allowed }: { allowed: number }) => allowed
        )(network.qualifier(a))
        const q = { ts, allowed: address(other === SIZE ? acting : other) }
        const possible = actions.some(
          (b) =>
            (b._tag === 'Idle' || (b._tag === 'Deliver' ? b.packet.dst : b.node) === q.allowed) &&
            same(stepByHand(toy, w, b), after)
        )
        meet(possible ? 'a step all the same' : 'no step')
        expect(network.system_step(w, after, q)).toBe(possible)
      },
      { runs: 800, met: { 'no step': 500, 'a step all the same': 20 } }
    )
  })

  test('does not relate worlds under the address of another node', () => {
    const { network, cliqueWorld } = toyOf(byLength, SIZE)
    const after = O.toUndefined(
      network.systemStep(cliqueWorld, { _tag: 'Intern', node: address(1), transition: MintT, ts: 1 })
    )!
    expect([0, 1, 2, 7].map((n) => network.system_step(cliqueWorld, after, { ts: 1, allowed: address(n) }))).toEqual([
      false,
      true,
      false,
      false
    ])
    // Nor at another time, where the time makes the block.
    expect(network.system_step(cliqueWorld, after, { ts: 2, allowed: address(1) })).toBe(false)
  })

  test('finds a mint that reaches nobody: a node without peers', () => {
    const { network, local } = toyOf(byLength, 1)
    const alone: W = {
      ...network.initWorld,
      localState: { _tag: 'Def', entries: [[address(0), { ...local.Init(address(0)), peers: [] }]] }
    }
    const mint: A = { _tag: 'Intern', node: address(0), transition: MintT, ts: 1 }
    const after = O.toUndefined(network.systemStep(alone, mint))!
    expect(after.inFlightMsgs).toEqual([])
    expect(network.stepsBetween(alone, after, { ts: 1, allowed: address(0) })).toEqual([mint])
  })
})

describe('reachability', () => {
  const { network, cliqueWorld } = toyOf(byLength, 2)
  const mint = (node: number, ts: number): A => ({ _tag: 'Intern', node: address(node), transition: MintT, ts })
  const step = (w: W, a: A): W => O.toUndefined(network.systemStep(w, a))!
  const q = (ts: number, allowed: number) => ({ ts, allowed: address(allowed) })
  const first = step(cliqueWorld, mint(0, 1))
  const second = step(first, mint(1, 2))

  test('by a schedule has the last step first', () => {
    const worlds = network.reachableBy([q(2, 1), q(1, 0)], cliqueWorld, [MintT])
    expect(worlds.some((w) => same(w, second))).toBe(true)
    expect(network.reachableBy([q(1, 0), q(2, 1)], cliqueWorld, [MintT]).some((w) => same(w, second))).toBe(false)
  })

  test('by a schedule of two mints is one of exactly four worlds: each step may idle', () => {
    const worlds = network.reachableBy([q(2, 1), q(1, 0)], cliqueWorld, [MintT])
    const only = step(cliqueWorld, mint(1, 2))
    const delivered = first.inFlightMsgs
      .filter((p) => p.dst === 1)
      .map((packet) => step(first, { _tag: 'Deliver', packet, ts: 2 }))
    expect(delivered).toHaveLength(1)
    expect(worlds.map(text).sort()).toEqual([cliqueWorld, first, only, second, ...delivered].map(text).sort())
    expect(network.reachableBy([], cliqueWorld, [MintT])).toEqual([cliqueWorld])
  })

  test('along a list of worlds holds iff each is one step from the one before, and the last is the goal', () => {
    const via = [
      [q(1, 0), first],
      [q(2, 1), second]
    ] as const
    expect(network.reachable(cliqueWorld, via, second)).toBe(true)
    expect(network.reachable(cliqueWorld, via, first)).toBe(false)
    expect(network.reachable(cliqueWorld, via.toReversed(), first)).toBe(false)
    expect(network.reachable(cliqueWorld, via.slice(1), second)).toBe(false)
    expect(network.reachable(cliqueWorld, [], cliqueWorld)).toBe(true)
    expect(network.reachable(cliqueWorld, [], first)).toBe(false)
  })

  test('of random executions is witnessed by the executions', () => {
    const run = fc.tuple(bedWorld(true), fc.array(fc.tuple(fc.nat(20), fc.nat()), { minLength: 1, maxLength: 4 }))
    holds(
      run,
      ([[bed, toy, start], picks], meet) => {
        let w = start
        const via = picks.map(([ts, pick]) => {
          const actions = toy.network.enabled(w, ts, offered(bed))
          const a = actions[pick % actions.length]!
          w = O.toUndefined(toy.network.systemStep(w, a))!
          return [O.getOrElse(() => q(ts, 0))(toy.network.qualifier(a)), w] as const
        })
        if (new Set(via.map(([, reached]) => text(reached))).size > 2) meet('three worlds')
        expect(toy.network.reachable(start, via, w)).toBe(true)
      },
      { runs: 100, met: { 'three worlds': 30 } }
    )
  })
})
