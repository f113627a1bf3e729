/**
 * One round and a majority: how many executions end in disagreement, what its invariants say, and every search of a network
 * whose executions begin in several worlds.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { countRuns, oneRoundNetwork } from '../../../../invariants/byzantine/generals/oneRound.js'
import {
  loyalAgreement,
  irrevocability,
  provenance,
  unanimity
} from '../../../../invariants/byzantine/generals/oneRoundInvariants.js'
import {
  exhaustive,
  parallel,
  protocolModel,
  randomized,
  readTrace,
  replay,
  traceOf,
  writeTrace
} from '../../../../invariants/checker/index.js'
import { failures, showFailure } from '../../../../invariants/property/invariant.js'
import { executionText, sourceOf, systemCalled } from '../../../../invariants/systems/index.js'
import type { Subject, System } from '../../../../invariants/systems/index.js'
import type { Order } from '../../../../spec/byzantine/generals.js'
import { OneRound, oneRoundRules, orderings } from '../../../../spec/byzantine/oneRound.js'
import type { GeneralState, Roster } from '../../../../spec/byzantine/oneRound.js'
import { address } from '../../../support/toychains.js'

const modelOf = (nodes: number, traitors: number) => protocolModel(oneRoundNetwork(oneRoundRules)({ nodes, traitors }))

const withSubject = <R>(of: Roster, use: <S, A>(subject: Subject<S, A>) => R): R =>
  systemCalled('generals')!.open((system) => (system as unknown as System<Roster>).subject(of)(use))

describe('executions that are over, and those in which loyal generals disagree', () => {
  test.each<[number, number, number, number]>([
    [3, 0, 8, 0],
    [3, 1, 16, 4],
    [4, 1, 64, 18],
    [5, 1, 256, 84],
    [5, 2, 512, 216],
    [7, 2, 32_768, 15_600]
  ])('%i generals, %i traitors: %i, %i', (nodes, traitors, runs, disagree) => {
    expect(countRuns({ nodes, traitors })).toEqual({ runs, disagree })
  })

  test.each<[number, number, number]>([
    [3, 0, 512],
    [3, 1, 144]
  ])('%i generals, %i traitors: a search finds as many, in %i states', async (nodes, traitors, among) => {
    const { runs, disagree } = countRuns({ nodes, traitors })
    await withSubject({ nodes, traitors }, async ({ witnesses }) => {
      const sought = async (name: string) => {
        const found = await witnesses!.seek(name, {})
        if (E.isLeft(found)) throw new Error(found.left)
        const { witness } = found.right
        return [witness.times, witness.among]
      }
      expect(await sought('over')).toEqual([runs, among])
      expect(await sought('disagreement')).toEqual([disagree, among])
    })
  })

  test('of three they are those in which the plans differ, and the lies do', () => {
    const { outcome, loyal } = OneRound({ nodes: 3, traitors: 1 })
    for (const plans of orderings(2))
      for (const lies of orderings(2)) {
        const [one, other] = outcome(plans, (n) => [lies[n]!])
        expect(one !== other, `${plans.join()} ${lies.join()}`).toBe(plans[0] !== plans[1] && lies[0] !== lies[1])
      }
    expect(loyal).toEqual([0, 1])
  })

  test('what all loyal generals plan is done iff they are more than half', () => {
    for (let nodes = 2; nodes <= 7; nodes++)
      for (let traitors = 0; traitors < nodes; traitors++) {
        const { outcome, loyal, disloyal } = OneRound({ nodes, traitors })
        const isDone = (['attack', 'retreat'] as const).every((plan) =>
          orderings(disloyal.length).every((lies) =>
            outcome(
              loyal.map(() => plan),
              () => lies
            ).every((decided) => decided === plan)
          )
        )
        expect([nodes, traitors, isDone]).toEqual([nodes, traitors, nodes >= 2 * traitors + 1])
      }
  })
})

describe('the invariants', () => {
  const state = (id: number, more: Partial<GeneralState>) =>
    [
      address(id),
      { id: address(id), plan: 'attack' as Order, heard: [null, null, null], decided: null, ...more }
    ] as const
  const said = (invariants: typeof loyalAgreement, ...entries: ReadonlyArray<ReturnType<typeof state>>) =>
    invariants.flatMap((invariant) =>
      failures(invariant, { world: { localState: { _tag: 'Def', entries }, inFlightMsgs: [] } }).map(showFailure)
    )

  test('agreement', () => {
    const attacks = state(0, { decided: 'attack' })
    expect(said(loyalAgreement, attacks, state(1, {}), state(2, { decided: 'attack' }))).toEqual([])
    expect(said(loyalAgreement, attacks, state(1, {}), state(2, { decided: 'retreat' }))).toEqual([
      'agreement: general 0 attacks, and general 2 retreats'
    ])
  })

  test('unanimity', () => {
    const retreats = state(0, { decided: 'retreat' })
    expect(said(unanimity, retreats, state(1, { plan: 'retreat' }))).toEqual([])
    expect(said(unanimity, retreats, state(1, {}))).toEqual([
      'unanimity ▸ node 0: retreats, and all have planned to attack'
    ])
  })

  test('provenance', () => {
    const other = state(1, { plan: 'retreat' })
    expect(said(provenance, state(0, { heard: ['attack', 'retreat', 'attack'] }), other)).toEqual([])
    expect(said(provenance, state(0, { heard: ['attack', 'attack', null] }), other)).toEqual([
      'provenance ▸ node 0: takes it that general 1 plans to attack, which plans to retreat'
    ])
  })

  test('irrevocability', () => {
    const before = state(0, { decided: 'attack' })
    const step = (from: ReturnType<typeof state>, to: ReturnType<typeof state>) => {
      const world = (entry: typeof from) => ({
        localState: { _tag: 'Def' as const, entries: [entry] },
        inFlightMsgs: []
      })
      return irrevocability.decide(
        { world: world(from) },
        { _tag: 'Intern', node: from[0], transition: null, ts: 0 },
        { world: world(to) }
      )
    }
    expect(step(state(0, {}), before)).toEqual([])
    expect(step(before, state(0, { decided: 'attack', heard: ['attack', null, null] }))).toEqual([])
    expect(step(before, state(0, { decided: 'retreat' }))).toEqual([
      { node: 0, witness: 'has decided to attack, and now to retreat' }
    ])
    expect(step(before, state(0, {}))).toEqual([{ node: 0, witness: 'has decided to attack, and now to do nothing' }])
  })

  test('are not broken by what comes after a decision', async () => {
    const lastWord = { ...oneRoundRules, listens: () => true }
    const network = oneRoundNetwork(lastWord)({ nodes: 3, traitors: 1 })
    const { counterexample } = await exhaustive(protocolModel({ ...network, invariants: [] }))
    expect(counterexample?.actions.map(({ _tag }) => _tag).slice(1)).toEqual(['Forge', 'Forge'])
    expect(
      (await exhaustive(protocolModel({ ...network, invariants: [], properties: [] }))).counterexample
    ).toBeUndefined()
  })
})

test('a roster without a loyal general is refused', () =>
  systemCalled('generals')!.open(({ refuses }) => {
    const said = (nodes: number, traitors: number) => refuses?.({ nodes, traitors } as never)
    expect(said(3, 2)).toBeUndefined()
    expect(said(3, 3)).toBe('3 traitors of 3 generals leave none that is loyal: choose fewer traitors, or more nodes')
  }))

describe('the scenario of the lecture', () => {
  test('says who lied to whom, and is replayed from the plans with which it begins', () =>
    withSubject({ nodes: 3, traitors: 1 }, async ({ model, show }) => {
      const { counterexample: found } = await exhaustive(model)
      expect(found?.start).toBe(1)
      const read = readTrace(writeTrace(traceOf({}, found!.states, found!.actions)))
      if (E.isLeft(read)) throw new Error(read.left)
      const { steps, departure } = replay(model, read.right)
      expect(departure).toBeUndefined()
      const text = executionText(show, steps)
      expect(text).toContain('node 1  plans to retreat; has heard 0 attack, 2 retreat; retreats')
      expect(text).toContain('general 2, a traitor, tells general 0: attack')
      expect(text.split('\n').at(-1)).toBe('node 2 has told node 0 attack, and node 1 retreat')
    }))
})

describe('every search begins with all plans', () => {
  const all = [512, 1_536, undefined]

  test.each([
    {},
    { plain: true },
    { exact: true },
    { order: 'depth-first' },
    { order: 'iterative-deepening' }
  ] as const)('%j', async (how) => {
    const { states, transitions, counterexample } = await exhaustive(modelOf(3, 0), how)
    expect([states, transitions, counterexample]).toEqual(all)
  })

  test('by several threads', async () => {
    const source = sourceOf({ system: 'generals', configuration: { nodes: 3, traitors: 0 } })
    const { states, transitions } = await parallel(modelOf(3, 0), source, { threads: 2 })
    expect([states, transitions]).toEqual(all.slice(0, 2))
  })

  test('from a checkpoint', async () => {
    const saved: Uint8Array[] = []
    await exhaustive(modelOf(4, 0), { checkpoint: { isDue: () => true, save: (bytes) => saved.push(bytes) } })
    expect(saved.length).toBeGreaterThan(0)
    for (const resume of saved) expect((await exhaustive(modelOf(4, 0), { resume })).states).toBe(65_536)
  })

  test('at random', async () => {
    const found = await randomized(modelOf(3, 1), { seed: 1, runs: 200, steps: 30 })
    expect(found.counterexample?.actions.length).toBe(4)
    expect([1, 2]).toContain(found.counterexample?.start)
  })
})
