/**
 * What a search says of a model, in one word: by what it has found.
 */
import { expect, test } from 'vitest'
import { conclusionOf, exhaustive, randomized, worstOf } from '../../../../invariants/checker/index.js'
import type { Answer, Conclusion, Evidence, Result } from '../../../../invariants/checker/index.js'
import { conclusionText, verdictOf } from '../../../../invariants/systems/index.js'
import conclusions from '../../../support/conclusions.js'

const answer = (verdict: Answer<unknown, unknown>['verdict']): Answer<unknown, unknown> => ({
  property: 'it ends',
  says: 'it comes to its end',
  verdict,
  counterexample: undefined
})

const all: Evidence = {
  fault: undefined,
  counterexample: undefined,
  complete: true,
  coverage: { kinds: {}, states: {}, steps: {}, goals: { end: true } },
  answers: [answer('holds')]
}
const missed = { coverage: { ...all.coverage, goals: { end: true, far: false } } }
const fault = { fault: { says: 'it threw', start: 0, actions: [], states: [0], action: undefined, thrown: 0 } }
const counterexample = { counterexample: { start: 0, actions: [], states: [0], failures: [] } }

test.each<readonly [Conclusion, string, Partial<Evidence>]>([
  ['holds', 'all was looked at, and every answer is that it holds', {}],
  ['undecided', 'something was left out', { complete: false }],
  ['undecided', 'something was left out, and so no goal was reached', { complete: false, ...missed }],
  ['undecided', 'a property was not decided', { answers: [answer('holds'), answer('undecided')] }],
  ['vacuous', 'a goal is reached by none', missed],
  ['vacuous', 'that, and a property was not decided', { ...missed, answers: [answer('undecided')] }],
  ['violated', 'there is a counterexample', { ...counterexample, ...missed, complete: false }],
  ['violated', 'an answer is that it is violated', { answers: [answer('violated')] }],
  ['fault', 'the model fails', { ...fault, complete: false }],
  ['fault', 'the model fails, whatever else was found', { ...fault, ...counterexample, ...missed }]
])('%s: %s', (conclusion, _, found) => {
  expect(conclusionOf({ ...all, ...found })).toBe(conclusion)
})

test('several searches say the worst that one of them says, and none says nothing', () => {
  expect(worstOf(['holds', 'undecided', 'holds'])).toBe('undecided')
  expect(worstOf(['undecided', 'vacuous', 'holds'])).toBe('vacuous')
  expect(worstOf(['vacuous', 'violated', 'holds'])).toBe('violated')
  expect(worstOf(['holds', 'violated', 'fault'])).toBe('fault')
  expect(worstOf(['holds'])).toBe('holds')
  expect(worstOf([])).toBe('undecided')
})

const searched = (mutant: string | undefined, how: 'all' | 'some' | 'stopped' | 'at random') =>
  conclusions.open(({ presets: [five], subject }) => {
    if (five === undefined) throw new Error('there is no preset')
    return subject(
      five.of,
      mutant
    )(({ model }): Promise<Result<unknown, unknown>> => {
      if (how === 'at random') return randomized(model, { seed: 1, runs: 3, steps: 9 })
      return exhaustive(model, how === 'all' ? {} : how === 'some' ? { depth: 2 } : { signal: { aborted: true } })
    })
  })

test.each([
  [
    undefined,
    'all',
    { verdict: 'holds', states: 6, transitions: 5, depth: 5 },
    'all that is checked holds in all 6 reachable states'
  ],
  [undefined, 'some', { verdict: 'undecided', states: 3 }, 'no violation in the first 3 states: there are more'],
  [undefined, 'stopped', { verdict: 'undecided', states: 1 }, 'no violation in the first 1 state: there are more'],
  [undefined, 'at random', { verdict: 'undecided', states: 18 }, 'no violation in the first 18 states: there are more'],
  [
    'unreached',
    'all',
    { verdict: 'vacuous', states: 6, goals: ['at the end'] },
    'nothing is violated in all 6 reachable states, but no execution comes to at the end, so that what holds says little'
  ],
  ['broken', 'all', { verdict: 'violated', steps: 3 }, 'an invariant is violated after 3 steps, and after no fewer'],
  [
    'stuck',
    'all',
    { verdict: 'violated', steps: 4 },
    '«it ends» is violated by an execution that goes on for ever, of 4 steps'
  ],
  [
    'failing',
    'all',
    { verdict: 'fault', says: 'next threw Error: no such luck' },
    'the system itself is at fault: next threw Error: no such luck'
  ]
] as const)('%s, %s: what is found is what is expected, and in words', async (mutant, how, found, words) => {
  const result = await searched(mutant, how)
  expect(verdictOf(result)).toEqual(found)
  expect(conclusionText(result, true)).toBe(words)
})
