/**
 * What states may be made of: a counter that is kept in different values is the same counter, or is refused.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import {
  exhaustive,
  NotPlainData,
  randomized,
  readTrace,
  replay,
  systemModel,
  traceOf,
  writeTrace
} from '../../../../invariants/checker/index.js'
import type { ExhaustiveOptions, Model } from '../../../../invariants/checker/index.js'
import { whole } from '../../../../invariants/property/invariant.js'
import * as E from 'fp-ts/lib/Either.js'

/** A counter from 0 to 3, of which it is said that it stays below 3. */
const counter = <S>(initial: S, get: (s: S) => number, plusOne: (s: S) => S): Model<S, string> =>
  systemModel({
    name: 'counter',
    system: {
      initial: [initial],
      actions: (s) => (get(s) < 3 ? ['inc'] : []),
      next: (s) => O.some(plusOne(s))
    },
    invariants: [whole('below 3', 'it is below 3', (s) => (get(s) < 3 ? [] : [{ witness: 'it is 3' }]))]
  })

class Private {
  readonly #n: number
  constructor(n: number) {
    this.#n = n
  }
  get n(): number {
    return this.#n
  }
}

const searches: ReadonlyArray<ExhaustiveOptions> = [{}, { exact: true }, { plain: true }, { order: 'depth-first' }]
type Searched = <R>(use: <S>(model: Model<S, string>) => R) => R
const of =
  <S>(...args: Parameters<typeof counter<S>>): Searched =>
  (use) =>
    use(counter(...args))

describe('a counter', () => {
  const kept: ReadonlyArray<readonly [string, Searched]> = [
    [
      'a number',
      of(
        0,
        (n) => n,
        (n) => n + 1
      )
    ],
    ['a bigint', of<bigint>(0n, Number, (n) => n + 1n)],
    [
      'a record',
      of(
        { n: 0 },
        ({ n }) => n,
        ({ n }) => ({ n: n + 1 })
      )
    ],
    [
      'a Map',
      of(
        new Map([['n', 0]]),
        (m) => m.get('n') ?? 0,
        (m) => new Map([['n', (m.get('n') ?? 0) + 1]])
      )
    ],
    [
      'a Set',
      of(
        new Set<number>(),
        (s) => s.size,
        (s) => new Set([...s, s.size])
      )
    ],
    [
      'a Map in a record',
      of(
        { m: new Map([['n', 0]]) },
        ({ m }) => m.get('n') ?? 0,
        ({ m }) => ({ m: new Map([['n', (m.get('n') ?? 0) + 1]]) })
      )
    ]
  ]
  test.each(kept)('that is kept in %s is violated after three steps, and so is its trace', async (_, searched) => {
    for (const options of searches)
      await searched(async (model) => {
        const { states, counterexample } = await exhaustive(model, options)
        expect([states, counterexample?.actions.length]).toEqual([4, 3])
        const trace = readTrace(writeTrace(traceOf({}, counterexample!.states, counterexample!.actions)))
        const { steps, departure } = replay(model, E.isRight(trace) ? trace.right : { configuration: {}, states: [] })
        expect([steps.length, departure, steps[3]?.failures.length]).toEqual([4, undefined, 1])
      })
  })

  const hidden: ReadonlyArray<readonly [string, Searched]> = [
    [
      'Date',
      of(
        new Date(0),
        (d) => d.getTime(),
        (d) => new Date(d.getTime() + 1)
      )
    ],
    [
      'Private',
      of(
        new Private(0),
        ({ n }) => n,
        ({ n }) => new Private(n + 1)
      )
    ],
    [
      'Uint8Array',
      of(
        Uint8Array.of(0),
        ([n = 0]) => n,
        ([n = 0]) => Uint8Array.of(n + 1)
      )
    ]
  ]
  test.each(hidden)('that is kept in a %s is refused at its first state', async (name, searched) => {
    for (const options of searches)
      await searched(async (model) => {
        await expect(exhaustive(model, options)).rejects.toThrow(NotPlainData)
        await expect(exhaustive(model, options)).rejects.toThrow(new RegExp(`^state: an? ${name} is not plain data`))
      })
    await searched(async (model) => {
      await expect(randomized(model, { seed: 1 })).rejects.toThrow(NotPlainData)
    })
  })
})
