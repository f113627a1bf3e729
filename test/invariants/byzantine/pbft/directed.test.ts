/**
 * What goes wrong on one sequence number goes wrong by packets, too: every counterexample of level A, carried out.
 */
import { describe, expect, test } from 'vitest'
import * as O from 'fp-ts/lib/Option.js'
import { slotConfiguration } from '../../../../invariants/byzantine/pbft/configuration.js'
import type { PbftConfiguration } from '../../../../invariants/byzantine/pbft/configuration.js'
import { pbftMutants } from '../../../../invariants/byzantine/pbft/mutants.js'
import { slotModel } from '../../../../invariants/byzantine/pbft/slotModel.js'
import { exhaustive } from '../../../../invariants/checker/index.js'
import type { ComponentStep } from '../../../../invariants/checker/index.js'
import { failures } from '../../../../invariants/property/invariant.js'
import { deep } from '../../../support/deep.js'
import { carriedOut, directedBy } from './directed.js'
import { schedules, withoutFaults } from './schedules.js'

/** The names of the conjuncts that fail in the end. */
const failing = ({ states, invariants }: ReturnType<typeof carriedOut>): ReadonlyArray<string> =>
  invariants.flatMap((one) => failures(one, states.at(-1)!)).flatMap(({ path }) => path.slice(-1))

const mutantCalled = (name: string) => pbftMutants.find((one) => one.name === name)!

/** The states of one slot to which these steps lead. */
const executed = (model: ReturnType<typeof slotModel>, actions: ReadonlyArray<ComponentStep>) =>
  actions.reduce((states, action) => {
    const next = model.system.next(states.at(-1)!, action)
    if (O.isNone(next)) throw new Error(`cannot take ${JSON.stringify(action)}`)
    return [...states, next.value]
  }, model.system.initial)

describe('a counterexample on one sequence number is carried out by packets', () => {
  test.each<[string, number, PbftConfiguration['byzantine'], number]>([
    ['lecture-problem-2', 0, '0', 6],
    ['commit-quorum-2f', 1, '0', 16],
    ['prepares-2f-1', 1, '0', 17],
    ['no-prepare-phase', 1, '0', 15],
    ['execute-on-prepared', 1, '0', 14],
    ['new-view-from-2f-view-changes', 1, '0', 18],
    ['count-the-primarys-prepare', 1, '0', 20],
    ['certificates-not-verified', 1, '0', 20],
    ['o-not-verified', 1, '1', 17],
    ['senders-not-distinct', 1, '1', 17],
    ['keep-preparing-in-the-old-view', 1, '0', 20],
    ['null-over-a-certificate', 1, '0', 18]
  ])('%s', async (name, lastView, byzantine, packetSteps) => {
    const { slot, packets } = mutantCalled(name)
    const nodes = name === 'lecture-problem-2' ? 3 : 4
    const c = { ...slotConfiguration(lastView, byzantine, { invariants: 'agreement' }), nodes }
    const { counterexample } = await exhaustive(slotModel(c, slot))
    const { states, actions } = counterexample!
    const digests = name === 'null-over-a-certificate' ? { b: 'null' } : {}
    const done = carriedOut(directedBy(states, actions), { lastView, byzantine, nodes }, packets, digests)
    expect(failing(done)).toContain('A.1.11 agreement')
    expect(done.actions).toHaveLength(packetSteps)
  })

  test.each<[string, PbftConfiguration['byzantine'], number, number]>([
    ['any-certificate', '0', 18, 26],
    ['forget', '0', 15, 21],
    ['execute-on-prepared', 'none', 16, 17],
    ['any-certificate', 'none', 27, 35],
    ['forget', 'none', 22, 29]
  ])('%s, with three views, Byzantine: %s', (name, byzantine, steps, packetSteps) => {
    const { slot, packets } = mutantCalled(name)
    const model = slotModel(slotConfiguration(2, byzantine, { invariants: 'agreement' }), slot)
    const actions = (byzantine === 'none' ? withoutFaults : schedules)[name]!
    expect(actions).toHaveLength(steps)
    const states = executed(model, actions)
    const isBroken = (s: (typeof states)[number]): boolean =>
      model.invariants.some((one) => failures(one, s).length > 0)
    expect(states.map(isBroken)).toEqual([...actions.map(() => false), true])
    const done = carriedOut(directedBy(states, actions), { lastView: 2, byzantine }, packets)
    expect(failing(done)).toContain('A.1.11 agreement')
    expect(done.actions).toHaveLength(packetSteps)
  })
})

test.runIf(deep).each<[string, number, number]>([
  ['execute-on-prepared', 16, 1_107_830],
  ['forget', 22, 6_870_739],
  ['any-certificate', 27, 21_170_104]
])(
  '%s without a fault: none is shorter than these %i steps',
  async (name, steps, states) => {
    const { slot } = mutantCalled(name)
    const c = slotConfiguration(2, 'none', { invariants: 'agreement' })
    const found = await exhaustive(slotModel(c, slot))
    expect([found.counterexample?.actions.length, found.states]).toEqual([steps, states])
  },
  40 * 60_000
)

test('where no rule is broken none of them can be carried out to the end', async () => {
  const { slot } = mutantCalled('commit-quorum-2f')
  const { counterexample } = await exhaustive(slotModel(slotConfiguration(1, '0', { invariants: 'agreement' }), slot))
  const { states, actions } = counterexample!
  expect(() => carriedOut(directedBy(states, actions), { lastView: 1, byzantine: '0' }, {})).toThrow(
    /cannot be carried out/
  )
})

test('a step that breaks a rule is none of PBFT on one number', async () => {
  const { slot, packets } = mutantCalled('commit-quorum-2f')
  const { counterexample } = await exhaustive(slotModel(slotConfiguration(1, '0', { invariants: 'agreement' }), slot))
  const { states, actions } = counterexample!
  const done = carriedOut(directedBy(states, actions), { lastView: 1, byzantine: '0', refines: 'a' }, packets)
  const refinement = done.properties.find(({ name }) => name === 'level a')
  if (refinement?._tag !== 'StepInvariant') throw new Error('no refinement')
  const broken = done.actions.filter((a, k) => refinement.decide(done.states[k]!, a, done.states[k + 1]!).length > 0)
  // Two replicas execute with a commit too few.
  expect(broken.map((a) => (a._tag === 'Forge' || a._tag === 'Deliver' ? a.packet.msg._tag : a._tag))).toEqual([
    'Commit',
    'Commit'
  ])
})
