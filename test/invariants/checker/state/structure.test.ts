/**
 * States of any plain data: by fingerprints of their structure, by the structure itself, and by their canonical texts the
 * same states are one, and the same is found.
 */
import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { exhaustive, plainData, systemModel } from '../../../../invariants/checker/index.js'
import type { ExhaustiveOptions, Model } from '../../../../invariants/checker/index.js'
import { whole } from '../../../../invariants/property/invariant.js'
import { fromSteps } from '../../../../spec/system/transitionSystem.js'
import { pairs } from '../../../support/plainData.js'

/** From each state to all others, in a fixed order; `bad` is none that may be reached. */
const among = (values: ReadonlyArray<unknown>, bad: unknown): Model<unknown, number> =>
  systemModel<unknown, number>({
    name: 'values',
    system: fromSteps(values.slice(0, 1), () => values.map((value, i) => [i, value] as const), plainData),
    kindOf: () => 'go',
    invariants: [whole('good', 'it is not bad', (s) => (plainData.equals(s, bad) ? [{ witness: 'it is' }] : []))]
  })

const searches: ReadonlyArray<ExhaustiveOptions> = [{}, { exact: true }, { order: 'iterative-deepening' }]

const found = async (model: Model<unknown, number>, options: ExhaustiveOptions) => {
  const { states, transitions, complete, counterexample } = await exhaustive(model, options)
  return { states, transitions, complete, actions: counterexample?.actions, failures: counterexample?.failures }
}

describe('states of plain data', () => {
  test('are the same ones, whatever they are made of', async () => {
    const lists = fc.sample(fc.array(pairs, { minLength: 2, maxLength: 6 }), { numRuns: 100, seed: 5 })
    for (const list of lists) {
      const values = list.flat()
      const good = among(values, 'none')
      const plain = await found(good, { plain: true })
      for (const options of [...searches, { order: 'depth-first' as const }])
        expect(await found(good, options)).toEqual(plain)
      const bad = among(values, values.at(-1))
      const first = await found(bad, { plain: true })
      for (const options of searches.slice(0, 2)) expect(await found(bad, options)).toEqual(first)
    }
  })

  test.each<readonly [string, ReadonlyArray<unknown>, number]>([
    ['zeros', [0, -0, 0n], 2],
    ['numbers that are none', [NaN, 0 / 0, 'NaN'], 2],
    ['fields that are undefined', [{ a: undefined }, {}, { a: null }], 2],
    ['holes', [[undefined], new Array(1), []], 2],
    [
      'Maps',
      [
        new Map([
          [1, 2],
          [3, 4]
        ]),
        new Map([
          [3, 4],
          [1, 2]
        ]),
        new Map([
          [1, 4],
          [3, 2]
        ])
      ],
      2
    ], // prettier-ignore
    ['Sets', [new Set([[1], 2]), new Set([2, [1]]), [[1], 2]], 2],
    ['a Map in a record', [{ m: new Map([['n', 0]]) }, { m: new Map([['n', -0]]) }, { m: new Map([['n', 1]]) }], 2]
  ])('that are %s', async (_, values, states) => {
    for (const options of [...searches, { plain: true }])
      expect(await found(among(values, 'none'), options)).toMatchObject({ states, complete: true })
  })

  test('that is not plain is refused when it is reached', async () => {
    const itself: unknown[] = []
    itself.push(itself)
    class Own {
      readonly n = 1
    }
    for (const other of [itself, [new Own()], { f: () => 1 }, { at: new Date(0) }])
      for (const options of [...searches, { plain: true }]) {
        const { fault } = await exhaustive(among([{ n: 0 }, { n: 1, other }], 'none'), options).catch((e: unknown) => ({
          fault: { says: String(e) }
        }))
        expect(fault?.says).toContain('not plain data')
      }
  })

  test('with keys of their own are one where the keys are', async () => {
    const model = systemModel<{ readonly n: number; readonly note: number }, string>({
      name: 'noted',
      system: {
        initial: [{ n: 0, note: 0 }],
        actions: () => ['inc'],
        next: ({ n, note }) => O.some({ n: (n + 1) % 5, note: note + 1 })
      },
      key: ({ n }) => String(n),
      invariants: []
    })
    for (const options of [...searches, { plain: true }]) expect((await exhaustive(model, options)).states).toBe(5)
  })
})

describe('a system of steps', () => {
  const { actions, next, steps } = fromSteps<number, string>(
    [0],
    (n) => [['add', n + 1] as const, ['double', 2 * n] as const],
    plainData
  )

  test('has the actions of its steps, and the states after them', () => {
    for (const n of [0, 1, 7]) {
      expect(actions(n).map((a) => [a, O.toUndefined(next(n, a))])).toEqual([...steps(n)])
      expect(next(n, 'halve')).toEqual(O.none)
    }
  })

  test('is searched by its steps alone', async () => {
    const asked = { actions: 0, next: 0 }
    const model = systemModel<number, string>({
      name: 'steps',
      system: {
        initial: [1],
        actions: (n) => (asked.actions++, actions(n)),
        next: (n, a) => (asked.next++, next(n, a)),
        steps: (n) => (n < 50 ? steps(n) : [])
      },
      kindOf: (a) => a,
      invariants: []
    })
    expect((await exhaustive(model)).complete).toBe(true)
    expect(asked).toEqual({ actions: 0, next: 0 })
  })
})
