import { describe, expect, test } from 'vitest'
import {
  clique_eventual_consensus,
  clique_inv,
  cliqueInvariants,
  model18
} from '../../../../invariants/blockchain/editions/cpp18.js'
import { show18 } from '../../../../invariants/blockchain/subjects.js'
import { executionText } from '../../../../invariants/systems/index.js'
import type { Action18, State18 } from '../../../../invariants/blockchain/editions/cpp18.js'
import { bounds, toychainModel } from '../../../../invariants/blockchain/model.js'
import { lottery } from '../../../../invariants/blockchain/museum/nullPackets.js'
import { playLongestChain, playNumbered, playPayments } from '../../../../invariants/blockchain/playable.js'
import { exhaustive, randomized, replay, runActions, traceOf } from '../../../../invariants/checker/index.js'
import type { ReplayedStep } from '../../../../invariants/checker/index.js'
import { failures } from '../../../../invariants/property/invariant.js'
import { in2018 } from '../../../../spec/blockchain/editions/cpp18.js'
import { numbered } from '../../../../spec/blockchain/instances/numbered.js'
import type { NumberedTypes } from '../../../../spec/blockchain/instances/numbered.js'
import { shortHash } from '../../../../spec/blockchain/instances/shortHash.js'
import { Address } from '../../../../spec/system/codec.js'
import { deep } from '../../../support/deep.js'
import { countsOf } from '../../../support/presets.js'
import { explore } from '../../../support/explore.js'
import { making } from '../../../support/executions.js'

const loss = (losses: number) => ({ duplications: 0, losses, cuts: 0, sides: [] })
const summary = ({ states, transitions, depth }: { states: number; transitions: number; depth: number }) => [
  states,
  transitions,
  depth
]

describe('the bounded network in the edition of 2018', () => {
  test.each([
    // Blocks go round as in the main edition; transactions do not.
    ['cpp18 F201', 0, 1, false],
    ['cpp18 F210', 1, 0, false],
    ['cpp18 B220', 2, 0, true]
  ] as const)('%s has its states and transitions, and all invariants hold', async (name, mints, txs, blockOnly) => {
    const { states, transitions, depth } = countsOf(name)
    const model = model18(playNumbered, bounds(2, mints, txs, { blockOnly }))
    const interned = await exhaustive(model)
    const plain = await exhaustive(model, { plain: true })
    expect(model.name).toBe(name)
    expect([interned.engine, interned.counterexample, interned.complete]).toEqual(['interned', undefined, true])
    expect([summary(interned), summary(plain)]).toEqual(Array.from({ length: 2 }, () => [states, transitions, depth]))
    expect(plain.coverage).toEqual(interned.coverage)
  })

  test.runIf(deep)('F220 has as many states as in the main edition', async () => {
    const result = await exhaustive(model18(playNumbered, bounds(2, 2, 0)))
    const { states, transitions } = countsOf('F220')
    expect(result).toMatchObject({ states, transitions, complete: true, counterexample: undefined })
  })

  test('its nodes are 1 and 2, also for whoever cuts the network', async () => {
    const cuts = { duplications: 0, losses: 0, cuts: 1, sides: [[1].filter(Address.is)] }
    const model = model18(playNumbered, bounds(2, 1, 0, { blockOnly: true, faults: cuts }))
    expect(model.toychain.addresses.enum).toEqual([1, 2])
    const cut = model.system.actions(model.system.initial[0]!).find((a) => a._tag === 'Cut')
    expect(cut).toEqual({ _tag: 'Cut', side: [2] })
    expect((await exhaustive(model)).counterexample).toBeUndefined()
  })

  test('counts what happens, by the kinds of the main edition', async () => {
    const { coverage } = await exhaustive(model18(playNumbered, bounds(2, 1, 0)))
    expect(coverage.kinds).toEqual({
      'Deliver BlockMsg': 40,
      'Deliver InvMsg': 172,
      'Deliver GetDataMsg': 20,
      MintT: 2
    })
    const { coverage: ofTwo } = await exhaustive(model18(playNumbered, bounds(2, 2, 0, { blockOnly: true })))
    expect(ofTwo.states).toEqual({ forks: 24, orphans: 8, collisions: 0, quiescence: 9 })
    expect(ofTwo.steps).toEqual({ reorganisations: 16 })
  })

  test('tells more states apart where it goes by the order of packets too', async () => {
    const { states } = await exhaustive(model18(playNumbered, bounds(2, 1, 0), { ordered: true }))
    expect(states).toBe(137)
  })

  test('a child of genesis is no fork', async () => {
    const { coverage } = await exhaustive(model18(playNumbered, bounds(2, 1, 0)))
    expect(coverage.states['forks']).toBe(0)
  })

  test('other instances run, at random too', async () => {
    const result = await randomized(model18(playLongestChain, bounds(3, 2, 1)), { seed: 1, runs: 3, steps: 60 })
    expect([result.engine, result.counterexample]).toEqual(['interned', undefined])
  })

  test('the invariants of an instance are checked too: payments are spent twice', async () => {
    const { counterexample } = await exhaustive(model18(playPayments, bounds(2, 1, 2, { blockOnly: true })))
    expect(counterexample?.actions).toHaveLength(5)
    expect(counterexample?.failures.map(({ path }) => path)).toEqual([['no_double_spending', 'overdrawn']])
  })

  test('a counterexample is a trace that can be replayed', async () => {
    const model = model18(playNumbered, bounds(2, 1, 0, { blockOnly: true, faults: loss(1) }))
    const { counterexample } = await exhaustive(model)
    expect(counterexample?.actions.map((a) => a._tag)).toEqual(['Intern', 'Lose'])
    const { steps, departure } = replay(model, traceOf({}, counterexample!.states, counterexample!.actions))
    expect([departure, steps.length, steps.at(-1)?.failures.length]).toEqual([undefined, 3, 2])
  })

  test('where hashes collide, states differ by the order of what is in flight, and are not interned', async () => {
    const playable = { ...playNumbered, instance: shortHash(numbered(), 6) }
    const model = model18(playable, bounds(2, 2, 0, { blockOnly: true }), { ordered: true })
    expect(model.compact).toBeUndefined()
    const { counterexample, engine } = await exhaustive(model)
    expect([engine, counterexample?.actions.length]).toEqual(['keyed', 2])
    const all = await exhaustive({ ...model, invariants: [] })
    const { states, transitions, depth } = await exhaustive({ ...model, invariants: [] }, { plain: true })
    expect(all).toMatchObject({ engine: 'keyed', states, transitions, depth })
  })
})

describe('the invariants of 2018 that explain themselves', () => {
  test.each([
    ['all holds', playNumbered, 0, {}],
    ['packets are lost', playNumbered, 1, {}],
    ['hashes collide', { ...playNumbered, instance: shortHash(numbered(), 6) }, 0, { ordered: true }],
    ['hashes collide often', { ...playNumbered, instance: shortHash(numbered(), 3) }, 1, { ordered: true }]
  ])('say what the specification says, in every state where %s', (_, playable, losses, options) => {
    const model = model18(playable, bounds(2, 2, 0, { blockOnly: true, faults: loss(losses) }), options)
    const { toychain } = model
    const { clique } = toychain
    const said = { clique_inv: new Set<boolean>(), consensus: new Set<boolean>() }
    for (const [, state] of explore(model.system, model.key).states) {
      const [inv, consensus] = [clique_inv, clique_eventual_consensus].map(
        (i) => failures(i(toychain), state).length === 0
      )
      expect(inv).toBe(clique.clique_inv(state.world))
      expect(consensus).toBe(clique.clique_eventual_consensus(state.world))
      said.clique_inv.add(inv!)
      said.consensus.add(consensus!)
    }
    expect(said.clique_inv.has(true) && said.consensus.has(true)).toBe(true)
  })

  test('fail somewhere where hashes collide or packets are lost', async () => {
    for (const [playable, losses] of [
      [playNumbered, 1],
      [{ ...playNumbered, instance: shortHash(numbered(), 6) }, 0]
    ] as const)
      for (const invariant of [clique_inv, clique_eventual_consensus]) {
        const model = model18(playable, bounds(2, 2, 0, { blockOnly: true, faults: loss(losses) }), {
          ordered: true,
          invariants: (toychain) => [invariant(toychain)]
        })
        expect((await exhaustive(model)).counterexample).toBeDefined()
      }
  })

  test('number the clauses as that edition does', async () => {
    const model = model18(playNumbered, bounds(2, 1, 0, { blockOnly: true, faults: loss(1) }))
    const { counterexample } = await exhaustive(model)
    expect(counterexample?.failures.map(({ path }) => path.join(' '))).toEqual([
      'clique_inv GSyncing_clique 6',
      'clique_eventual_consensus largest'
    ])
  })

  test('speak of each quiet node, where the main edition waits until all are quiet', () => {
    // Node 2 has received nothing, nothing is in flight to it, and something is to node 1.
    const options = { faults: loss(1), blockOnly: true }
    const model = model18(playNumbered, bounds(2, 1, 0, options))
    const inMain = toychainModel(playNumbered, bounds(2, 1, 0, options))
    const lost = <A extends { readonly _tag: string }>(actions: ReadonlyArray<A>): A =>
      actions.filter((a) => a._tag === 'Lose').at(-1)!
    const [start] = model.system.initial
    const mint = model.system.actions(start!)[0]!
    const minted = model.system.next(start!, mint)
    if (minted._tag === 'None') throw new Error('a node can mint')
    const found = runActions(model, making([mint, lost(model.system.actions(minted.value))]))
    expect(found.states.at(-1)?.world.inFlightMsgs.map(({ dst }) => dst)).toEqual([1])
    expect(found.failures.map(({ path }) => path[0])).toContain('clique_eventual_consensus')

    const [first] = inMain.system.initial
    const mainMint = inMain.system.actions(first!)[0]!
    const mainMinted = inMain.system.next(first!, mainMint)
    if (mainMinted._tag === 'None') throw new Error('a node can mint')
    const inMainToo = runActions(inMain, making([mainMint, lost(inMain.system.actions(mainMinted.value))]))
    expect(inMainToo.failures.map(({ path }) => path[0])).toEqual(['clique_inv'])
  })
})

describe('an execution of the edition of 2018 in words', () => {
  const model = model18(
    {
      ...playNumbered,
      instance: {
        ...numbered(),
        params: { ...numbered().params, genProof: () => ({ _tag: 'None' }) }
      }
    },
    bounds(2, 2, 0),
    { invariants: (toychain) => cliqueInvariants(toychain).slice(0, 1) }
  )
  const show = show18(model.toychain, model.name)
  const inVain = model.system.actions(model.system.initial[0]!)[0]!

  test('has its null packets, in number', () => {
    const states = [0, 1].reduce(
      (all) => {
        const next = model.system.next(all.at(-1)!, model.system.actions(all.at(-1)!)[0]!)
        return next._tag === 'None' ? all : [...all, next.value]
      },
      [...model.system.initial]
    )
    const text = executionText(
      show,
      states.map((state, i) => ({
        action: i === 0 ? undefined : model.system.actions(states[i - 1]!)[0],
        state,
        failures: []
      }))
    )
    const inFlight = text.split('\n').filter((line) => line.includes('in flight:'))
    expect(inFlight.map((line) => line.trim())).toEqual([
      'in flight: nothing',
      'in flight: 0→0 Null',
      'in flight: 2 × 0→0 Null'
    ])
    expect(show.action(inVain, states[0]!, states[1]!)).toBe('node 1 tries to mint a block, in vain')
  })

  test('has its null packets where they are among the others', () => {
    const of2 = model18(lottery, bounds(2, 2, 0))
    const show = show18(of2.toychain, of2.name)
    const taken = [0, 0, 1].reduce<ReadonlyArray<ReplayedStep<State18<NumberedTypes>, Action18<NumberedTypes>>>>(
      (steps, i) => {
        const { state } = steps.at(-1)!
        const chosen = of2.system.actions(state)[i]!
        const next = of2.system.next(state, chosen)
        return next._tag === 'None' ? steps : [...steps, { action: chosen, state: next.value, failures: [] }]
      },
      [{ action: undefined, state: of2.system.initial[0]!, failures: [] }]
    )
    expect(executionText(show, taken).split('\n')).toEqual([
      '   0  initially: 2 nodes',
      '      node 1  ● g',
      '      node 2  ● g',
      '      in flight: nothing',
      '   1  node 1 tries to mint a block, in vain',
      '      in flight: 0→0 Null',
      '   2  node 1 mints block 2@1 on g',
      '      node 1  ● g',
      '              └─ ● 2@1',
      '      in flight: 1→1 Block 2@1, 1→2 Block 2@1, 0→0 Null',
      '   3  node 2 receives Block 2@1 from node 1',
      '      node 2  ● g',
      '              └─ ● 2@1',
      '      in flight: 1→1 Block 2@1, 0→0 Null, 2→1 Inv {2@1, g}, 2→2 Inv {2@1, g}',
      '      all invariants hold',
      '',
      'local state + in flight = global',
      '  node 1  {2@1, g} + {2@1} = {2@1, g}',
      '  node 2  {2@1, g} + {} = {2@1, g}',
      '  global  {2@1, g}, best chain g ← 2@1'
    ])
    const packet = taken[2]!.state.world.inFlightMsgs[1]!
    const { state } = taken[2]!
    expect([
      show.action({ _tag: 'Lose', packet }, state, state),
      show.action({ _tag: 'Duplicate', packet }, state, state),
      show.action({ _tag: 'Heal' }, state, state)
    ]).toEqual([
      'the network loses Block 2@1 from node 1 to node 2',
      'the network duplicates Block 2@1 from node 1 to node 2',
      'the network heals'
    ])
  })

  test('says what befalls a null packet, though nothing does', () => {
    const [start] = model.system.initial
    const packet = { src: 0, dst: 0, msg: { _tag: 'NullMsg' } } as const
    const nobody = [0].find(Address.is)!
    const nulls = { ...packet, src: nobody, dst: nobody }
    const actions = [
      { _tag: 'Lose', packet: nulls },
      { _tag: 'Duplicate', packet: nulls },
      { _tag: 'Deliver', packet: nulls, ts: { minter: nobody, k: 1 } }
    ] as const
    expect(actions.map((a) => show.action(a, start!, start!))).toEqual([
      'the network has a null packet: Lose',
      'the network has a null packet: Duplicate',
      'the network has a null packet: Deliver'
    ])
  })

  test('its genesis is named as in the main edition', () => {
    expect(in2018(numbered()).params.hashB(in2018(numbered()).params.GenesisBlock)).toBe('g')
  })
})
