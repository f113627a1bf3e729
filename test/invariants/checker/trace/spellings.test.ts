/**
 * Traces that others have written, or changed: one integer has several spellings in ITF, and what is read is checked.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { bounds, toychainModel } from '../../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../../invariants/blockchain/playable.js'
import { fromItf, inOneSpelling, toItf } from '../../../../invariants/checker/data/itf.js'
import { exhaustive, readTrace, replay, traceOf, writeTrace } from '../../../../invariants/checker/index.js'
import { systemModel } from '../../../../invariants/checker/model/systemModel.js'

type Json = null | string | number | boolean | ReadonlyArray<Json> | { readonly [field: string]: Json }

/** The same JSON with a change to each value, from the inside out. */
const changedAll = (change: (value: Json) => Json, json: Json): Json => {
  if (typeof json !== 'object' || json === null) return change(json)
  if (json instanceof Array) return change(json.map((v) => changedAll(change, v)))
  return change(Object.fromEntries(Object.entries(json).map(([field, v]) => [field, changedAll(change, v)])))
}

const model = toychainModel(
  playNumbered,
  bounds(2, 1, 0, { faults: { duplications: 0, losses: 1, cuts: 0, sides: [] } })
)
const { counterexample } = await exhaustive(model)
const { states = [], actions = [] } = counterexample ?? {}
const text = writeTrace(traceOf({ nodes: 2 }, states, actions))

/** What a trace file comes to: refused, no execution from a step on, or an execution that does or does not fail. */
const outcome = (file: Json): string => outcomeOf(JSON.stringify(file))

const outcomeOf = (contents: string): string => {
  const trace = readTrace(contents)
  if (E.isLeft(trace)) return `refused: ${trace.left}`
  const { steps, departure } = replay(model, trace.right)
  if (departure !== undefined) return `departs at ${String(departure.step)}: ${departure.reason}`
  return steps.some(({ failures }) => failures.length > 0) ? 'fails' : 'holds'
}

describe('an integer', () => {
  const large = (value: Json): Json => (typeof value === 'number' ? { '#bigint': String(value) } : value)

  test('is the same whether it is written as a number or as a large one', () => {
    const file = JSON.parse(text) as Json
    expect(outcome(file)).toBe('fails')
    expect(outcome(changedAll(large, file))).toBe('fails')
  })

  test('has one spelling in data of all kinds, unless two keys or elements became equal', () => {
    expect(
      inOneSpelling({ a: 1n, b: [-2n, 2n ** 53n], c: new Map([[1n, new Set([2n, null])]]), d: 2n ** 53n - 1n })
    ).toEqual({ a: 1, b: [-2, 2n ** 53n], c: new Map([[1, new Set([2, null])]]), d: 2 ** 53 - 1 })
    const both = new Set([{ n: 1 }, { n: 1n }])
    expect(inOneSpelling(both)).toBe(both)
    const keys = new Map<unknown, unknown>([
      [1, 'a'],
      [1n, 'b']
    ])
    expect(inOneSpelling(keys)).toBe(keys)
  })

  test('comes back from ITF as it was: only replay takes one for the other', () => {
    for (const value of [1, 1n, new Set([1, 1n])]) expect(fromItf(toItf(value))).toEqual(E.right(value))
  })

  test('of a model that has both is the one that was recorded', () => {
    const both = systemModel<number | bigint, number | bigint>({
      name: 'both',
      system: {
        initial: [0],
        actions: (s) => (s === 0 ? [1, 1n] : []),
        next: (s, a) => (s === 0 ? O.some(typeof a === 'bigint' ? 3n : 2) : O.none)
      },
      invariants: [],
      kinds: ['1'],
      kindOf: () => '1'
    })
    for (const [action, then] of [
      [1, 2],
      [1n, 3n]
    ] as const) {
      const read = readTrace(writeTrace(traceOf({}, [0, then], [action])))
      const { steps, departure } = replay(both, E.isRight(read) ? read.right : { configuration: {}, states: [] })
      expect([departure, steps[1]?.action, steps[1]?.state]).toEqual([undefined, action, then])
    }
  })
})

describe('what is read of a trace is checked', () => {
  const file = JSON.parse(text) as {
    readonly [field: string]: Json
    readonly states: ReadonlyArray<Readonly<Record<string, Json>>>
  }
  const at = (i: number, fields: Readonly<Record<string, Json>>): Json => ({
    ...file,
    states: file.states.map((s, j) => (i === j ? { ...s, ...fields } : s))
  })

  test.each<[string, Json, string]>([
    [
      'the first action',
      at(0, { action: { _tag: 'Heal' } }),
      'states[0].action: expected {"_tag":"Init"}, as no action'
    ],
    ['the first action', at(0, { action: 7 }), 'states[0].action: expected {"_tag":"Init"}'],
    ['the number of a state', at(1, { '#meta': { index: 2 } }), 'states[1].#meta.index: expected 1, found 2'],
    ['the number of a state', at(1, { '#meta': { index: 'x' } }), 'states[1].#meta.index: expected 1, found "x"'],
    ['the format', { ...file, '#meta': { format: 'TLA' } }, '#meta.format: expected "ITF", found "TLA"'],
    [
      'the variables',
      { ...file, vars: [], states: [{}] },
      'vars: expected action and state among the variables, found '
    ],
    ['a loop', { ...file, loop: 0 }, 'loop: the last state is followed by the first one'],
    [
      'a record with #',
      { ...file, '#meta': { blockforest: { configuration: { '#tup': [], nodes: 2 } } } },
      '#meta.blockforest.configuration: a record has no field #tup'
    ]
  ])('%s', (_, changed, says) => {
    expect(outcome(changed)).toContain(`refused: ${says}`)
  })

  test('how deep its data is', () => {
    const nested = (depth: number): string =>
      outcomeOf(JSON.stringify(at(0, { state: 'HERE' })).replace('"HERE"', '['.repeat(depth) + ']'.repeat(depth)))
    expect(nested(100_000)).toBe(
      'refused: not a trace in ITF: more than 1000 lists and records are nested in one another'
    )
    expect(nested(990)).toMatch(/^departs at 0: /)
  })

  test('so that a trace with any value changed is refused, or is no execution from there on', () => {
    const values: ReadonlyArray<Json> = [
      ...[null, -1, 3, 1.5, 1e300, '', 'x', true, [], {}, ['__proto__']],
      ...[{ '#bigint': '99999999999999999999' }, { '#bigint': 'x' }, { '#set': [1, 1] }, { '#map': [1] }, { '#x': 1 }],
      { '#set': [{ a: 1 }, { a: { '#bigint': '1' } }] },
      { '#unserializable': 'null' },
      { '#map': [[1, 2]] }
    ]
    let changes = 0
    const spoilt: string[] = []
    /** Every way to change one value below a place. */
    const go = (json: Json, put: (value: Json) => Json, place: string): void => {
      for (const value of values) {
        if (JSON.stringify(value) === JSON.stringify(json)) continue
        changes++
        const found = outcome(put(value))
        if (found.includes('\n') || found === 'fails' || found === 'holds')
          spoilt.push(`${place} as ${JSON.stringify(value)}: ${found}`)
      }
      if (typeof json !== 'object' || json === null) return
      for (const [field, v] of Object.entries(json) as ReadonlyArray<readonly [string, Json]>)
        go(
          v,
          (value) => put(json instanceof Array ? json.with(Number(field), value) : { ...json, [field]: value }),
          `${place}.${field}`
        )
    }
    for (const [i, state] of file.states.entries())
      for (const name of ['action', 'state'])
        go(state[name] ?? null, (value) => at(i, { [name]: value }), `${String(i)} ${name}`)
    expect(changes).toBeGreaterThan(4000)
    expect(spoilt).toEqual([])
  })
})
