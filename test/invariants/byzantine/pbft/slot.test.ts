/**
 * PBFT on one sequence number: as many states as an independent specification has under TLC, and every rule is needed.
 */
import { describe, expect, test } from 'vitest'
import * as O from 'fp-ts/lib/Option.js'
import { exhaustive } from '../../../../invariants/checker/index.js'
import { slotConfiguration, slotOptionsOf } from '../../../../invariants/byzantine/pbft/configuration.js'
import type { PbftConfiguration } from '../../../../invariants/byzantine/pbft/configuration.js'
import { slotInvariants } from '../../../../invariants/byzantine/pbft/slotInvariants.js'
import { isHonest, slotModel } from '../../../../invariants/byzantine/pbft/slotModel.js'
import { pbftMutants } from '../../../../invariants/byzantine/pbft/mutants.js'
import { leaves } from '../../../../invariants/property/invariant.js'
import { iota } from '../../../../spec/prelude/seq.js'
import { prePrepared } from '../../../../spec/byzantine/pbft/slot/state.js'
import { deep } from '../../../support/deep.js'

type Liar = PbftConfiguration['byzantine']

/** Distinct states, transitions and depth of a search. */
const size = async (lastView: number, byzantine: Liar, more: Partial<PbftConfiguration> = {}) => {
  const { states, transitions, depth, counterexample } = await exhaustive(
    slotModel(slotConfiguration(lastView, byzantine, more))
  )
  return [states, transitions, depth, counterexample]
}

describe('states', () => {
  test.each<[number, Liar, number, number, number]>([
    [0, '0', 145, 312, 9],
    [0, '1', 79, 156, 9],
    [0, '2', 79, 156, 9],
    [0, '3', 79, 156, 9],
    [0, 'none', 217, 534, 12],
    [1, '0', 30_640, 68_947, 21],
    [1, '1', 26_616, 66_699, 21],
    [1, '2', 14_976, 33_469, 21],
    [1, '3', 14_976, 33_469, 21]
  ])('views 0..%i, Byzantine: %s', async (lastView, byzantine, ...expected) => {
    expect(await size(lastView, byzantine)).toEqual([...expected, undefined])
  })

  test.runIf(deep).each<[Liar, number, number]>([
    ['0', 4_160_622, 9_453_372],
    ['1', 3_611_212, 8_316_169],
    ['2', 3_352_988, 8_262_077],
    ['3', 2_011_362, 4_562_288]
  ])(
    'views 0..2, Byzantine: %s',
    async (byzantine, ...expected) => {
      expect(await size(2, byzantine)).toEqual([...expected, 33, undefined])
    },
    20 * 60_000
  )

  test.runIf(deep).each<[Liar, number]>([
    ['0', 3_704_225],
    ['1', 3_342_201],
    ['2', 2_964_602],
    ['3', 1_771_511]
  ])(
    'views 0..2, the next view only, Byzantine: %s',
    async (byzantine, states) => {
      expect((await size(2, byzantine, { nextViewOnly: true }))[0]).toBe(states)
    },
    20 * 60_000
  )
})

describe('agreement alone, with a rule broken: the shortest counterexamples with two views', () => {
  test.each<[string, Readonly<Partial<Record<Liar, number>>>]>([
    ['commit-quorum-2f', { '0': 12, '1': 12, '3': 12 }],
    ['prepares-2f-1', { '0': 13 }],
    ['no-prepare-phase', { '0': 12 }],
    ['execute-on-prepared', { '0': 12, '1': 12, '3': 12, none: 16 }],
    ['new-view-from-2f-view-changes', { '0': 13, '1': 13, '3': 13 }],
    ['count-the-primarys-prepare', { '0': 13 }],
    ['certificates-not-verified', { '0': 12, '1': 12, '3': 12 }],
    ['o-not-verified', { '1': 10 }],
    ['senders-not-distinct', { '1': 12 }],
    ['keep-preparing-in-the-old-view', { '0': 14, '1': 14, '3': 14 }],
    ['null-over-a-certificate', { '0': 14, '1': 14, '3': 14 }],
    ['any-certificate', {}],
    ['forget', {}]
  ])('%s', async (name, lengths) => {
    const mutant = pbftMutants.find((one) => one.name === name)!
    for (const byzantine of ['0', '1', '3', 'none'] as const) {
      // Where all are honest there are many more states.
      if (byzantine === 'none' && (lengths.none === undefined || !deep)) continue
      const { counterexample } = await exhaustive(
        slotModel(slotConfiguration(1, byzantine, { invariants: 'agreement' }), mutant.slot)
      )
      expect([byzantine, counterexample?.actions.length]).toEqual([byzantine, lengths[byzantine]])
    }
  })

  test.each(['commit-quorum-2f', 'execute-on-prepared', 'count-the-primarys-prepare'])(
    '%s does not show in one view, but in A.1.4 after 4 steps',
    async (name) => {
      const { slot: variant } = pbftMutants.find((one) => one.name === name)!
      const lengths = ['agreement', 'all'].map(async (invariants) => {
        const c = slotConfiguration(0, '0', { invariants: invariants === 'all' ? 'all' : 'agreement' })
        return (await exhaustive(slotModel(c, variant))).counterexample?.actions.length
      })
      expect(await Promise.all(lengths)).toEqual([undefined, 4])
    }
  )
})

describe('stuck, and unstuck by a view change', () => {
  /** From how many states honest steps alone do not lead to where all have executed. */
  const stuck = async (lastView: number, byzantine: Liar): Promise<number | undefined> => {
    const c = slotConfiguration(lastView, byzantine, { canAlways: 'executed', by: 'honest' })
    return (await exhaustive(slotModel(c))).answers[0]?.states
  }

  test.each<[number, Liar, number]>([
    [0, '0', 97],
    [0, '1', 0],
    [1, '0', 0],
    [1, '1', 16_553],
    [1, '3', 0]
  ])('views 0..%i, Byzantine: %s', async (lastView, byzantine, states) => {
    expect(await stuck(lastView, byzantine)).toBe(states)
  })

  test('in one view there are 24 states in which all have accepted something, not the same, and honest steps have come to an end', async () => {
    const { compact: _, ...model } = slotModel(slotConfiguration(0, '0'))
    const { coverage } = await exhaustive({
      ...model,
      states: [
        {
          name: 'split',
          says: 'all have accepted something, not the same, and no honest step is left',
          of: (s) => {
            const digests = [1, 2, 3].map((i) => prePrepared(s, i, 0))
            return !digests.includes(null) && new Set(digests).size > 1 && !model.system.actions(s).some(isHonest)
          }
        }
      ]
    })
    expect(coverage.states).toEqual({ split: 24 })
  })
})

describe('where messages arrive in time, and honest replicas go on, all of them execute at last', () => {
  test.each<[number, Liar, 'holds' | 'violated', number]>([
    [0, '0', 'violated', 145],
    [0, '1', 'holds', 79],
    [1, '0', 'holds', 24_490],
    [1, '1', 'holds', 477],
    [1, '3', 'holds', 327]
  ])('views 0..%i, Byzantine: %s: it %s', async (lastView, byzantine, verdict, states) => {
    const found = await exhaustive(slotModel(slotConfiguration(lastView, byzantine, { liveness: 'timely' })))
    expect([found.answers[0]?.verdict, found.states]).toEqual([verdict, states])
  })

  test('but not where anybody may suspect an honest primary: all wait for the view of one that lies', async () => {
    const found = await exhaustive(slotModel(slotConfiguration(1, '1', { liveness: 'asynchronous' })))
    const [answer] = found.answers
    expect([answer?.verdict, found.states]).toEqual(['violated', 26_616])
    expect(answer?.counterexample).toBeDefined()
  })
})

test('what an invariant looks at, it says', () => {
  const options = slotOptionsOf(slotConfiguration(1, '0'))
  const { agreement, others } = slotInvariants(options)
  const model = slotModel(slotConfiguration(1, '0'))
  const { system } = model
  // Some executions, each as long as it goes.
  for (const run of iota(20)) {
    let s = system.initial[0]!
    for (const k of iota(25)) {
      for (const [path, { part }] of [agreement, others].flatMap((one) => leaves(one))) {
        if (O.isNone(part)) throw new Error(`${path.join()} does not say what it reads`)
        const { reads, decide } = part.value
        const looked = new Set<string>()
        decide(
          new Proxy(s, {
            get: (target, name) => {
              looked.add(String(name))
              return Reflect.get(target, name) as unknown
            }
          })
        )
        expect(reads).toEqual(expect.arrayContaining([...looked]))
      }
      const actions = system.actions(s)
      const a = actions[(run * 7 + k * 13) % Math.max(actions.length, 1)]
      const next = a === undefined ? O.none : system.next(s, a)
      if (O.isNone(next)) break
      s = next.value
    }
  }
})
