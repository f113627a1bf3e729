import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { bounds, toychainModel } from '../../../../invariants/blockchain/model.js'
import { playLongestChain, playNumbered, playPayments } from '../../../../invariants/blockchain/playable.js'
import { canonical } from '../../../../invariants/checker/data/canonical.js'
import { difference, readTrace, replay, traceOf, verdict, writeTrace } from '../../../../invariants/checker/index.js'
import { systemModel } from '../../../../invariants/checker/model/systemModel.js'
import type { Model, Trace } from '../../../../invariants/checker/index.js'
import { holds } from '../../../support/property.js'
import { address } from '../../../support/toychains.js'

const faults = { duplications: 1, losses: 1, cuts: 1, sides: [[address(1)]] }
const numbered = toychainModel(playNumbered, bounds(2, 2, 1, { faults }))

/** The execution that numbers choose. */
const execution = <S, A>(model: Model<S, A>, choices: ReadonlyArray<number>) => {
  let [s] = model.system.initial
  if (s === undefined) throw new Error('no initial state')
  const states: S[] = [s]
  const actions: A[] = []
  for (const choice of choices) {
    const enabled: ReadonlyArray<A> = model.system.actions(s)
    const a = enabled[choice % Math.max(1, enabled.length)]
    const next: O.Option<S> = a === undefined ? O.none : model.system.next(s, a)
    if (a === undefined || O.isNone(next)) break
    s = next.value
    actions.push(a)
    states.push(s)
  }
  return { states, actions }
}

const choices = fc.array(fc.nat(), { minLength: 1, maxLength: 12, size: 'max' })

/** The trace that a file has after it was written and read. */
const written = (trace: Trace): Trace => {
  const read = readTrace(writeTrace(trace))
  if (E.isLeft(read)) throw new Error(read.left)
  return read.right
}

describe('a trace', () => {
  test('comes back from a file as it was, and replays to the same states and verdicts', () => {
    const models = fc.constantFrom(
      numbered as unknown as Model<unknown, unknown>,
      toychainModel(playLongestChain, bounds(2, 2, 1)) as unknown as Model<unknown, unknown>,
      toychainModel(playPayments, bounds(2, 1, 2)) as unknown as Model<unknown, unknown>
    )
    holds(
      fc.tuple(models, choices, fc.record({ name: fc.string(), n: fc.maxSafeInteger() })),
      ([model, chosen, configuration], meet) => {
        const { states, actions } = execution(model, chosen)
        const trace = written(traceOf(configuration, states, actions))
        expect(trace.configuration).toEqual(configuration)
        expect(canonical(trace)).toBe(canonical(traceOf(configuration, states, actions)))
        const { steps, departure } = replay(model, trace)
        if (steps.some((s) => s.failures.length > 0)) meet('something fails')
        if (steps.length > 8) meet('eight steps')
        expect(departure).toBeUndefined()
        expect(steps).toEqual(
          states.map((state, i) => ({ action: actions[i - 1], state, failures: verdict(model, state) }))
        )
      },
      { runs: 40, met: { 'something fails': 2, 'eight steps': 10 } }
    )
  })

  test('whose states were changed is refused at the first changed one, which says where they differ', () => {
    holds(
      fc.tuple(choices, fc.nat(), fc.boolean()),
      ([chosen, pick, inPool], meet) => {
        const { states, actions } = execution(numbered, chosen)
        const at = pick % states.length
        const changed = states.map((s, i) => {
          if (i !== at) return s
          if (!inPool) return { ...s, env: { ...s.env, losses: s.env.losses + 1 } }
          const packet = { src: address(0), dst: address(1), msg: { _tag: 'ConnectMsg' } as const }
          return { ...s, world: { ...s.world, inFlightMsgs: [...s.world.inFlightMsgs, packet] } }
        })
        const { steps, departure } = replay(numbered, written(traceOf({}, changed, actions)))
        meet(at === 0 ? 'the first' : 'a later one')
        expect(steps.length).toBe(at)
        expect(departure?.step).toBe(at)
        expect(departure?.reason).toMatch(
          at === 0
            ? /^the first state is not an initial state of F221 1 duplicated 1 lost 1 cut$/
            : /^the action leads to a state other than the recorded one, at state\.(env\.losses: expected \d, found \d|world\.inFlightMsgs\.\d+: expected undefined, found \{.*\})$/
        )
      },
      { runs: 60, met: { 'the first': 4, 'a later one': 40 } }
    )
  })

  test('whose actions were changed is refused at the first changed one, which is not enabled there', () => {
    holds(
      fc.tuple(choices, fc.nat()),
      ([chosen, pick]) => {
        const { states, actions } = execution(numbered, chosen)
        const at = 1 + (pick % actions.length)
        const trace = traceOf({}, states, actions)
        const changed = {
          ...trace,
          states: trace.states.map((s, i) => (i === at ? { ...s, action: { _tag: 'Idle' } } : s))
        }
        const { steps, departure } = replay(numbered, written(changed))
        const enabled = numbered.system.actions(states[at - 1]!).length
        expect([steps.length, departure]).toEqual([
          at,
          { step: at, reason: `the action {"_tag":"Idle"} is none of the ${enabled} that are enabled` }
        ])
      },
      { runs: 40 }
    )
  })

  test('that stops early is an execution all the same', () => {
    const { states, actions } = execution(numbered, [0, 1, 2, 3])
    expect(replay(numbered, traceOf({}, states.slice(0, 3), actions)).departure).toBeUndefined()
  })

  test('is refused where an action is enabled and leads nowhere', () => {
    const stuck = systemModel<number, string>({
      name: 'stuck',
      system: { initial: [0], actions: () => ['up'], next: (n) => (n < 1 ? O.some(n + 1) : O.none) },
      invariants: []
    })
    const { steps, departure } = replay(stuck, traceOf({}, [0, 1, 2], ['up', 'up']))
    expect([steps.length, departure]).toEqual([2, { step: 2, reason: 'the action "up" leads nowhere' }])
  })

  test('of no states has no steps', () => {
    expect(replay(numbered, { configuration: {}, states: [] })).toEqual({ steps: [], departure: undefined })
  })
})

describe('the text of a trace', () => {
  const { states, actions } = execution(numbered, [0, 1])
  const text = writeTrace(traceOf({ nodes: 2 }, states, actions))
  const reading = (change: (trace: Record<string, unknown>) => unknown): string =>
    E.match(String, () => 'read')(readTrace(JSON.stringify(change(JSON.parse(text) as Record<string, unknown>))))

  test('is the Informal Trace Format: two variables, a number for each state, the first action Init', () => {
    const file = JSON.parse(text) as { readonly states: ReadonlyArray<Record<string, unknown>> }
    expect(file).toMatchObject({
      '#meta': { format: 'ITF', blockforest: { configuration: { nodes: 2 } } },
      vars: ['action', 'state']
    })
    expect(file.states.map((s) => s['#meta'])).toEqual([{ index: 0 }, { index: 1 }, { index: 2 }])
    expect(file.states[0]!['action']).toEqual({ _tag: 'Init' })
    expect(text.endsWith('}\n')).toBe(true)
  })

  test('may have other fields, which are not looked at', () => {
    expect(reading((t) => ({ ...t, extra: 1 }))).toBe('read')
  })

  test('that is none is refused in one line', () => {
    const refused = [
      E.match(String, () => 'read')(readTrace('{"states":')),
      reading(() => []),
      reading((t) => ({ ...t, '#meta': { format: 'TLA' } })),
      reading((t) => ({ ...t, states: {} })),
      reading((t) => ({ ...t, vars: undefined })),
      reading((t) => ({ ...t, '#meta': { format: 'ITF' } })),
      reading((t) => ({ ...t, states: [] })),
      reading((t) => ({ ...t, states: [{ action: 'Init' }] })),
      reading((t) => ({ ...t, states: [{ action: 'Init', state: { a: 1.5 } }] })),
      reading((t) => ({ vars: t['vars'], states: t['states'] }))
    ]
    expect(refused.filter((line) => line === 'read' || line.includes('\n') || line.length > 1000)).toEqual([])
    expect(refused[0]).toMatch(/^not JSON: /)
    expect(refused[1]).toMatch(/^not a trace in ITF: /)
    expect(refused[5]).toBe(
      'the trace names no configuration (#meta.blockforest.configuration); was it written by blockforest?'
    )
    expect(refused[6]).toBe('the trace has no states')
    expect(refused[7]).toMatch(/^not a trace in ITF: states\[0\].*state/)
    expect(refused[8]).toContain('states[0].state.a: 1.5')
    expect(refused[9]).toBe(refused[5])
  })
})

describe('the difference of two pieces of data', () => {
  test('is the first place where they differ, with both values', () => {
    expect(difference({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] })).toBe('at state.a.1.b: expected 2, found 3')
    expect(difference({ a: 1 }, { b: 1 })).toBe('at state.a: expected 1, found undefined')
    expect(difference([1], [1, 2])).toBe('at state.1: expected undefined, found 2')
    expect(difference('a', 1)).toBe('at state: expected "a", found 1')
  })

  test('is the whole where one of them has no fields', () => {
    expect(difference({ a: 1 }, 5)).toBe('at state: expected {"a":1}, found 5')
    expect(difference(5, { a: 1 })).toBe('at state: expected 5, found {"a":1}')
    expect(difference(null, { a: 1 })).toBe('at state: expected null, found {"a":1}')
    expect(difference({ a: 1 }, null)).toBe('at state: expected {"a":1}, found null')
  })
})
