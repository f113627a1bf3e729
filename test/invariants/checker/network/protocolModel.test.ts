/**
 * The checker for models that are none of this project's: a puzzle that is no network, and small protocols.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { allNodes, freely, protocolModel, untimed } from '../../../../invariants/checker/network/protocolModel.js'
import { plainData } from '../../../../invariants/checker/data/canonical.js'
import { systemModel } from '../../../../invariants/checker/model/systemModel.js'
import { exhaustive } from '../../../../invariants/checker/search/exhaustive.js'
import { randomized } from '../../../../invariants/checker/search/randomized.js'
import { neverEnabled } from '../../../../invariants/checker/model/result.js'
import { eachNode, whole } from '../../../../invariants/property/invariant.js'
import { netAddr } from '../../../../spec/system/address.js'
import type { Address } from '../../../../spec/system/address.js'

/** Two jugs of 3 and 5 litres, a tap, and a wish for 4 litres. */
interface Jugs {
  readonly small: number
  readonly big: number
}
const pours: Readonly<Record<string, (j: Jugs) => Jugs>> = {
  'fill small': ({ big }) => ({ small: 3, big }),
  'fill big': ({ small }) => ({ small, big: 5 }),
  'empty small': ({ big }) => ({ small: 0, big }),
  'empty big': ({ small }) => ({ small, big: 0 }),
  'small to big': ({ small, big }) => ({ small: Math.max(0, small + big - 5), big: Math.min(5, small + big) }),
  'big to small': ({ small, big }) => ({ small: Math.min(3, small + big), big: Math.max(0, small + big - 3) })
}
const jugs = systemModel<Jugs, string>({
  name: 'jugs',
  system: {
    initial: [{ small: 0, big: 0 }],
    actions: () => Object.keys(pours),
    next: (j, a) => O.fromNullable(pours[a]?.(j))
  },
  invariants: [],
  kinds: Object.keys(pours),
  states: [{ name: 'full', says: 'both jugs are full', of: ({ small, big }) => small + big === 8 }],
  steps: [{ name: 'pours away', says: 'water is lost', of: (b, a) => a.small + a.big < b.small + b.big }]
})
const never4 = whole<Jugs, never>('never 4', 'no jug has 4 litres', ({ big }) =>
  big === 4 ? [{ witness: 'the big one has' }] : []
)

describe('a transition system that is no network', () => {
  test('is explored in full', async () => {
    expect(await exhaustive(jugs)).toMatchObject({
      model: 'jugs',
      engine: 'keyed',
      states: 16,
      transitions: 96,
      depth: 7,
      complete: true,
      counterexample: undefined,
      coverage: { kinds: { 'fill small': 16 }, states: { full: 1 }, steps: { 'pours away': 22 }, goals: {} }
    })
  })

  test('gives up the shortest solution of a puzzle', async () => {
    const { counterexample } = await exhaustive({ ...jugs, invariants: [never4] })
    expect(counterexample?.actions).toEqual([
      'fill big',
      'big to small',
      'empty small',
      'big to small',
      'fill big',
      'big to small'
    ])
    expect(counterexample?.states.at(-1)).toEqual({ small: 3, big: 4 })
  })

  test('is run at random, and what fails is shrunk', async () => {
    const { counterexample, failedRun } = await randomized({ ...jugs, invariants: [never4] }, { seed: 1, steps: 200 })
    expect(counterexample?.states.at(-1)?.big).toBe(4)
    expect(counterexample?.actions.length).toBeLessThanOrEqual(failedRun?.steps ?? 0)
  })

  test('observes nothing and expects no kind unless it says so', async () => {
    const flip = systemModel<boolean, 'flip'>({
      name: 'flip',
      system: { initial: [false], actions: () => ['flip'], next: (on) => O.some(!on) },
      invariants: []
    })
    expect((await exhaustive(flip)).coverage).toEqual({ kinds: { flip: 2 }, states: {}, steps: {}, goals: {} })
    expect([flip.kinds, flip.states, flip.steps]).toEqual([[], [], []])
  })

  test('has tags and texts for kinds unless it says otherwise', () => {
    const { kindOf } = systemModel<number, unknown>({
      name: '',
      system: { initial: [], actions: () => [], next: () => O.none },
      invariants: []
    })
    expect([kindOf('up'), kindOf({ _tag: 'Up', by: 1 }), kindOf({ by: 1 }), kindOf(null)]).toEqual([
      'up',
      'Up',
      '{"by":1}',
      'null'
    ])
  })
})

/** The node with the largest address is to be the leader: whoever hears of a larger one passes it on around a ring. */
interface Elector {
  readonly id: Address
  readonly leader: Address | undefined
}
const ring = (size: number, keep: (own: Address, heard: Address) => boolean) => {
  const { enum: nodes } = netAddr(size)
  const next = (id: Address) => nodes.slice((id + 1) % size).slice(0, 1)
  const send = (from: Address, msg: Address) => next(from).map((dst) => ({ src: from, dst, msg }))
  return protocolModel({
    name: 'ring',
    nodes: size,
    protocol: untimed<Elector, Address, 'starts'>({
      Init: (id) => ({ id, leader: undefined }),
      procInt: (st) => [{ ...st, leader: st.id }, send(st.id, st.id)],
      procMsg: (st, _from, heard) =>
        heard === st.id || !keep(st.leader ?? st.id, heard) ? [st, []] : [{ ...st, leader: heard }, send(st.id, heard)]
    }),
    environment: freely<Elector, Address, 'starts'>((_n, { leader }) => (leader === undefined ? ['starts'] : [])),
    kinds: ['starts', 'never'],
    invariants: [
      eachNode<Elector, Address>('known', 'a leader is a node', (node, { leader }) =>
        leader === undefined || nodes.includes(leader) ? [] : [{ node, witness: String(leader) }]
      ),
      allNodes<Elector, Address>('agree', 'no node follows a smaller one', (seen) =>
        seen.some(({ node, sees }) => sees.leader !== undefined && sees.leader < node)
          ? [{ witness: 'a node follows a smaller one' }]
          : []
      )
    ]
  })
}

/** Lamps that are on or off, and send nothing. */
interface Lamp {
  readonly id: Address
  readonly on: boolean
}
const lamp = untimed<Lamp, string, 'flip'>({
  Init: (id) => ({ id, on: false }),
  procMsg: (st) => [st, []],
  procInt: (st) => [{ ...st, on: !st.on }, []]
})
const flipping = freely<Lamp, string, 'flip'>(() => ['flip'])

describe('a protocol of plain data', () => {
  test('is explored, interned and plain', async () => {
    const election = ring(4, (own, heard) => heard > own)
    const interned = await exhaustive(election)
    expect(interned).toMatchObject({ engine: 'interned', states: 100, transitions: 277, depth: 8 })
    expect(interned.counterexample).toBeUndefined()
    expect(neverEnabled(interned.coverage)).toEqual(['never'])
    const { states, transitions, depth, coverage } = interned
    expect(await exhaustive(election, { plain: true })).toMatchObject({ states, transitions, depth, coverage })
  })

  test('whose nodes believe whatever they hear is caught by the conjunct about all nodes', async () => {
    const { counterexample } = await exhaustive(ring(4, () => true))
    expect(counterexample?.failures).toMatchObject([{ path: ['agree'], witness: 'a node follows a smaller one' }])
    expect(counterexample?.actions).toHaveLength(2)
  })

  test('is equal to what has the same text', () => {
    expect(plainData.equals({ a: [1], b: 'x' }, { b: 'x', a: [1] })).toBe(true)
    expect(plainData.equals({ a: [1] }, { a: [2] })).toBe(false)
    expect(plainData.equals(1, 1)).toBe(true)
  })

  test('is behind no message, observes nothing and expects no kind unless it says so', async () => {
    expect(lamp.transitionsBehind([])).toEqual([])
    const pair = protocolModel({ name: 'lamps', nodes: 2, protocol: lamp, environment: flipping, invariants: [] })
    expect((await exhaustive(pair)).coverage).toEqual({
      kinds: { flip: 8 },
      states: { quiescence: 4 },
      steps: {},
      goals: {}
    })
    expect('symmetryObjection' in pair).toBe(false)
  })

  test('is explored up to symmetry where it declares one', async () => {
    const lamps = protocolModel({
      name: 'lamps',
      nodes: 3,
      protocol: lamp,
      environment: flipping,
      invariants: [],
      symmetry: { env: () => null, state: (to, { id, on }) => ({ id: to(id), on }), message: (_to, m) => m }
    })
    const [all, orbits] = [await exhaustive(lamps), await exhaustive(lamps, { reduce: ['symmetry'] })]
    expect([all.states, orbits.states]).toEqual([8, 4])
  })
})

describe('a network of which executions begin in several worlds', () => {
  /** Lamps that can be switched on, in a world in which these are on. */
  const lit = (...on: ReadonlyArray<number>) => ({
    localState: {
      _tag: 'Def' as const,
      entries: netAddr(3).enum.map((id) => [id, { id, on: on.includes(id) }] as const)
    },
    inFlightMsgs: [],
    consumedMsgs: []
  })
  const lamps = (...worlds: ReadonlyArray<ReturnType<typeof lit>>) =>
    protocolModel({
      name: 'lamps',
      nodes: 3,
      protocol: untimed<Lamp, string, 'light'>({
        Init: (id) => ({ id, on: false }),
        procMsg: (st) => [st, []],
        procInt: (st) => [{ ...st, on: true }, []]
      }),
      environment: freely<Lamp, string, 'light'>((_, { on }) => (on ? [] : ['light'])),
      invariants: [],
      worlds,
      symmetry: { env: (_, e) => e, state: (to, st) => ({ ...st, id: to(st.id) }), message: (_, m) => m }
    })

  test.each([{}, { plain: true }, { exact: true }, { order: 'depth-first' }] as const)(
    'begins in each, in equal ones once: %j',
    async (how) => {
      const count = async (...worlds: ReadonlyArray<ReturnType<typeof lit>>) =>
        (await exhaustive(lamps(...worlds), how)).states
      // All sets of lamps; those with the first; those with the first or the last two.
      expect(await count()).toBe(8)
      expect(await count(lit(0))).toBe(4)
      expect(await count(lit(0), lit(1, 2), lit(0))).toBe(5)
    }
  )

  test('knows of a symmetry that it must lead from one of them to another', async () => {
    const orbits = (...worlds: ReadonlyArray<ReturnType<typeof lit>>) =>
      exhaustive(lamps(...worlds), { reduce: ['symmetry'] })
    expect((await orbits(lit(0), lit(1), lit(2))).states).toBe(3)
    await expect(orbits(lit(0), lit(1))).rejects.toThrow('the initial state becomes another')
    await expect(orbits(lit(), lit(0))).rejects.toThrow('the initial state becomes another')
  })

  test('is refused where they are of different nodes', () => {
    const alone = { ...lit(), localState: { _tag: 'Def' as const, entries: lit().localState.entries.slice(1) } }
    expect(() => lamps(lit(), alone)).toThrow(
      'lamps: executions begin in a world of the nodes {0, 1, 2}, and in one of {1, 2}: ' +
        'let them begin in worlds of the same nodes'
    )
  })
})
