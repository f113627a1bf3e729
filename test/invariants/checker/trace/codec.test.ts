/**
 * What is a trace in ITF, by the definition of the format.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { decodeTrace, ItfTrace } from '../../../../invariants/checker/trace/codec.js'
import { exhaustive } from '../../../../invariants/checker/search/exhaustive.js'
import { toItf } from '../../../../invariants/checker/data/itf.js'
import { traceOf, writeTrace } from '../../../../invariants/checker/trace/trace.js'
import { withModel } from '../../../../invariants/blockchain/configuration.js'
import type { Configuration } from '../../../../invariants/blockchain/configuration.js'

/** A trace with one state, in which the variable `x` has a value. */
const withValue = (x: unknown): unknown => ({ vars: ['x'], states: [{ x }] })
const reason = (u: unknown): string => E.getOrElse((left: string) => left)(E.map(() => 'a trace')(decodeTrace(u)))

describe('a trace in ITF', () => {
  test('is the example of the definition', () => {
    const people = (...names: ReadonlyArray<string>) => ({ '#set': names.map((name) => `${name}_OF_PERSON`) })
    expect(
      reason({
        '#meta': { source: 'MC_MissionariesAndCannibalsTyped.tla' },
        params: ['Missionaries'],
        vars: ['bank_of_boat', 'who_is_on_bank'],
        states: [
          {
            '#meta': { index: 0 },
            Missionaries: people('m1', 'm2'),
            bank_of_boat: 'E',
            who_is_on_bank: {
              '#map': [
                ['E', people('c1', 'c2', 'm1', 'm2')],
                ['W', people()]
              ]
            }
          },
          { '#meta': { index: 1 }, bank_of_boat: 'W', who_is_on_bank: { '#map': [] } }
        ],
        loop: 1
      })
    ).toBe('a trace')
  })

  test.each([
    'text',
    true,
    0,
    -(2 ** 53) + 1,
    [],
    [1, [2, 'three']],
    {},
    { field: { inner: [1] } },
    { '#bigint': '-12345678901234567890' },
    { '#bigint': '12' },
    { '#tup': [1, 'a'] },
    { '#set': [] },
    { '#map': [[{ '#tup': [1] }, { '#set': [2] }]] },
    { '#unserializable': 'Int' }
  ])('has values such as %j', (x) => {
    expect(reason(withValue(x))).toBe('a trace')
  })

  test.each([
    [null, 'states[0].x: null is no expression'],
    [1.5, 'states[0].x: 1.5 is not an integer that JSON holds exactly'],
    [2 ** 53, 'states[0].x: 9007199254740992 is not an integer that JSON holds exactly'],
    [[1, [null]], 'states[0].x[1][0]: null is no expression'],
    [{ a: { b: 0.5 } }, 'states[0].x.a.b: 0.5 is not an integer that JSON holds exactly'],
    [{ '#bigint': 12 }, 'states[0].x.#bigint: expected decimal digits in a string'],
    [{ '#bigint': '1e3' }, 'states[0].x.#bigint: expected decimal digits in a string'],
    [{ '#tup': 1 }, 'states[0].x.#tup: expected a list'],
    [{ '#set': [null] }, 'states[0].x.#set[0]: null is no expression'],
    [{ '#map': {} }, 'states[0].x.#map: expected a list of pairs'],
    [{ '#map': [[1]] }, 'states[0].x.#map[0]: expected a key and a value in a list'],
    [{ '#map': [[1, null]] }, 'states[0].x.#map[0][1]: null is no expression'],
    [{ '#unserializable': 1 }, 'states[0].x.#unserializable: expected a string'],
    [{ '#list': [] }, 'states[0].x.#list: #list is not known'],
    [undefined, 'states[0].x: undefined is no expression'],
    [{ '#set': [], more: 1 }, 'states[0].x: a record has no field #set, and #set stands alone']
  ])('has no value %j', (x, why) => {
    expect(reason(withValue(x))).toBe(`not a trace in ITF: ${why}`)
  })

  test.each([
    [{ vars: ['x'], states: [{ x: 1 }, {}] }, 'states[1]: there is no value for x'],
    [{ vars: ['x'], params: ['N'], states: [{ x: 1 }] }, 'states[0]: there is no value for N'],
    [{ vars: ['x'], states: [{ x: 1, y: 2 }] }, 'states[0]: y is none of the variables x'],
    [{ vars: [], states: [{}], loop: 1 }, 'loop: there is no state 1, there are 1'],
    [{ vars: [], states: [{}], loop: -1 }, 'loop: there is no state -1, there are 1']
  ])('is not %j', (u, why) => {
    expect(reason(u)).toBe(`not a trace in ITF: ${why}`)
  })

  test('may begin again at its first state', () => {
    expect(reason({ vars: ['x'], states: [{ x: 1 }], loop: 0 })).toBe('a trace')
  })

  test('is told from what has other fields, and from one whose fields do not fit each other', () => {
    expect(ItfTrace.is(withValue(1))).toBe(true)
    expect(ItfTrace.is({ vars: ['x'] })).toBe(false)
    expect(ItfTrace.is(withValue(1.5))).toBe(false)
  })

  test.each([
    undefined,
    [],
    { vars: ['x'] },
    { states: [] },
    { vars: [1], states: [] },
    { vars: [], states: [], '#meta': 1 },
    { vars: [], states: [], '#meta': { blockforest: 1 } },
    { vars: [], states: [5] },
    { vars: [], states: [{ '#meta': 1 }] }
  ])('is not %j either', (u) => {
    expect(reason(u)).toMatch(/^not a trace in ITF: /)
  })

  test('is refused for at most three reasons', () => {
    expect(reason({ vars: [1, 2, 3, 4], states: [] }).split('; ')).toHaveLength(3)
  })

  test.each(['numbered', 'longestChain', 'payments'] as const)('is what is written of %s', async (instance) => {
    const configuration: Configuration = {
      instance,
      nodes: 3,
      mints: 2,
      transactions: 1,
      blockOnly: false,
      faults: { duplications: 0, losses: 1, cuts: 0 }
    }
    await withModel(configuration, async (model) => {
      const { counterexample } = await exhaustive(model)
      expect(counterexample?.actions).toHaveLength(2)
      const written = writeTrace(traceOf(configuration, counterexample?.states ?? [], counterexample?.actions ?? []))
      expect(reason(JSON.parse(written))).toBe('a trace')
    })
  })
})

test('no field whose name starts with # is written', () => {
  expect(() => toItf({ '#set': [] })).toThrow('the field #set cannot be written in ITF, where # is reserved')
})
