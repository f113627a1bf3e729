/**
 * A trial of the lecture is held against what is to come out: nothing that comes out otherwise passes for what was claimed.
 */
import { describe, expect, test } from 'vitest'
import { searchOf, stations } from '../../../invariants/lecture/index.js'
import type { Finding, Trial } from '../../../invariants/lecture/index.js'
import { outcomeOf } from '../../../invariants/lecture/run.js'
import { failing, failureOf, MAJORITY, TABLES } from '../../../invariants/lecture/threeNodes.js'

const problem2 = { system: 'ladder', preset: 'N3-byz0-q2-k2' } as const
const silent = { system: 'ladder', preset: 'N3-byz2-q3-k2-mute' } as const
const talking = { system: 'ladder', preset: 'N4-byz3-q3-k2-mute' } as const

const witness = (of: typeof silent | typeof talking, expected: Finding): Trial => ({
  _tag: 'Witness',
  says: 'all decide',
  of,
  sought: 'decided',
  expect: expected
})

describe('a trial', () => {
  test('comes out as claimed, with the command that runs it and an execution of the length that its preset names', async () => {
    const outcome = await outcomeOf({ _tag: 'Search', says: 'Problem 2', of: problem2, claims: 'violated' })
    expect(outcome).toMatchObject({
      command: 'blockforest check ladder --nodes 3 --quorum 2',
      found: { verdict: 'violated', steps: 4 },
      isAsClaimed: true,
      told: {
        steps: 4,
        objections: ['agreement: node 1 has decided W, and node 2 has decided H'],
        lanes: { liars: [0] }
      }
    })
    expect(outcome.expected).toEqual(searchOf(problem2).expect)
  })

  test.each<[string, Trial, Finding]>([
    [
      'the other verdict',
      { _tag: 'Search', says: '', of: problem2, claims: 'holds' },
      { verdict: 'violated', steps: 4 }
    ],
    ['another number of states', witness(silent, { verdict: 'never', states: 12 }), { verdict: 'never', states: 13 }],
    ['another length', witness(talking, { verdict: 'happens', steps: 8 }), { verdict: 'happens', steps: 9 }],
    ['what never happens', witness(silent, { verdict: 'happens', steps: 9 }), { verdict: 'never', states: 13 }],
    [
      'a state from which it cannot be reached',
      {
        _tag: 'CanAlways',
        says: '',
        of: { system: 'pbft', preset: 'stuck' },
        expect: { verdict: 'stuck', states: 96, among: 145 }
      },
      { verdict: 'stuck', states: 97, among: 145 }
    ],
    [
      'another induction',
      {
        _tag: 'Induction',
        says: '',
        of: { system: 'toychain', preset: 'B220' },
        sizes: { blocks: 1, packets: 0 },
        expect: { verdict: 'not kept', states: 6, among: 44, steps: 24 }
      },
      { verdict: 'kept', states: 6, among: 44, steps: 24 }
    ],
    [
      'another number of inputs',
      { _tag: 'Lemma', says: '', lemma: 'Q1', expect: { verdict: 'derived', inputs: 63, met: 63 } },
      { verdict: 'derived', inputs: 64, met: 64 }
    ],
    [
      'another map',
      {
        _tag: 'QuorumMap',
        says: '',
        ladders: [[3, 2]],
        maxStates: 100,
        expect: { verdict: 'mapped', holds: 0, violated: 0, unknown: 0, contradict: 0 }
      },
      { verdict: 'mapped', holds: 0, violated: 2, unknown: 1, contradict: 0 }
    ],
    [
      'some protocol that stands',
      { _tag: 'ThreeNodes', says: '', expect: { verdict: 'some stand', protocols: 255 } },
      { verdict: 'all fail', protocols: 256 }
    ]
  ])('is not taken for one where %s is expected', async (_, trial, found) => {
    const outcome = await outcomeOf(trial)
    expect([outcome.found, outcome.isAsClaimed]).toEqual([found, false])
  })

  test.each<[Trial, string]>([
    [
      { _tag: 'Search', says: '', of: { system: 'raft', preset: 'x' }, claims: 'holds' },
      'the catalogue has no system raft'
    ],
    [
      {
        _tag: 'CanAlways',
        says: '',
        of: { system: 'pbft', preset: '1 view' },
        expect: { verdict: 'always', states: 0, among: 145 }
      },
      'PBFT, one slot, 4 replicas, view 0, replica 0 Byzantine does not ask what can always be reached'
    ],
    [{ _tag: 'Search', says: '', of: { system: 'om', preset: 'x' }, claims: 'holds' }, 'om has no preset x'],
    [{ _tag: 'Search', says: '', of: { system: 'om', mutant: 'x' }, claims: 'holds' }, 'om has no mutant x'],
    [
      { _tag: 'Search', says: '', of: { system: 'om', preset: '2 traitors of 7' }, claims: 'holds' },
      'om: nothing is expected of blockforest check om --nodes 7 --traitors 2 --rounds 2'
    ],
    [
      { _tag: 'Witness', says: '', of: problem2, sought: 'x', expect: { verdict: 'never', states: 0 } },
      'ladder has nothing called x'
    ],
    [
      { _tag: 'Induction', says: '', of: problem2, sizes: {}, expect: { verdict: 'never', states: 0 } },
      'ladder has no inductions'
    ],
    [{ _tag: 'Lemma', says: '', lemma: 'Q9', expect: { verdict: 'never', states: 0 } }, 'the ledger has no lemma Q9']
  ])('of what there is not is an error: %j', async (trial, says) => {
    await expect(outcomeOf(trial)).rejects.toThrow(new RangeError(says))
  })
})

test('the places of a map have executions of the catalogue, told by the command that finds them', async () => {
  const { map } = await outcomeOf({
    _tag: 'QuorumMap',
    says: '',
    ladders: [[3, 2]],
    maxStates: 1_000,
    expect: { verdict: 'mapped', holds: 1, violated: 2, unknown: 0, contradict: 0 }
  })
  expect(map.map(({ quorum, command, told }) => [quorum, command, told?.steps, told?.objections])).toEqual([
    [
      1,
      'blockforest check ladder --nodes 3 --quorum 1',
      2,
      ['agreement: node 1 has decided W, and node 2 has decided H']
    ],
    [
      2,
      'blockforest check ladder --nodes 3 --quorum 2',
      4,
      ['agreement: node 1 has decided W, and node 2 has decided H']
    ],
    [3, 'blockforest check ladder --nodes 3', undefined, undefined]
  ])
})

test('all 256 ways to decide in one round fail, the majority among them', () => {
  expect([failing(), TABLES]).toEqual([256, 256])
  expect(MAJORITY).toBe(0b11101000)
  expect(failureOf(MAJORITY)).toMatchObject({ scenario: { traitor: 1 }, broken: ['agreement'] })
})

describe('the stations', () => {
  test('have names of their own, and say all in sentences', () => {
    const names = stations.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const { name, claim, because, changes, loose, trials } of stations) {
      expect(name).toMatch(/^[a-z][a-z0-9-]*$/)
      for (const text of [claim, because, changes, loose])
        if (text !== undefined) expect(text).toMatch(/^[\p{Lu}“⌊2].*[.]$/u)
      expect(trials.length).toBeGreaterThan(0)
      for (const { says } of trials) expect(says).toMatch(/[^.]$/)
    }
  })

  test('leave to deep tests what is searched by them', () => {
    for (const of of stations.flatMap(({ beyond = [] }) => beyond))
      expect([of, searchOf(of).expect.verdict]).toEqual([of, 'mutant' in of ? 'violated' : 'holds'])
  })
})
