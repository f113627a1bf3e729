/**
 * Every step of Paxos is a step of Voting or none, and every step of Voting one of Consensus or none: in all reachable
 * states, up to some size.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { canonical } from '../../../../invariants/index.js'
import { Consensus } from '../../../../spec/byzantine/paxos/consensus.js'
import { Paxos, votingOf } from '../../../../spec/byzantine/paxos/paxos.js'
import type { PaxosOptions, PaxosState, Variant } from '../../../../spec/byzantine/paxos/paxos.js'
import { consensusOf, safeAt, showsSafeAt, threshold, Voting } from '../../../../spec/byzantine/paxos/voting.js'
import type { Electorate } from '../../../../spec/byzantine/paxos/voting.js'
import type { TransitionSystem } from '../../../../spec/system/transitionSystem.js'
import { deep } from '../../../support/deep.js'

/** All reachable states and steps, until something is seen that is enough; how many states there are. */
const explore = <S, A>(
  { initial, actions, next }: TransitionSystem<S, A>,
  { state, step }: { readonly state?: (s: S) => void; readonly step?: (before: S, after: S) => 'enough' | undefined }
): number => {
  const known = new Map(initial.map((s) => [canonical(s), s]))
  for (const s of known.values()) {
    state?.(s)
    for (const a of actions(s)) {
      const after = next(s, a)
      if (O.isNone(after)) throw new Error('an action that is enabled leads nowhere')
      if (step?.(s, after.value) === 'enough') return known.size
      const key = canonical(after.value)
      if (!known.has(key)) known.set(key, after.value)
    }
  }
  return known.size
}

interface Mapped {
  readonly states: number
  /** Steps that are steps of the other system, those that are none there, and those that are neither. */
  readonly steps: number
  readonly stutters: number
  readonly others: number
}

/** Maps the states of one system to those of another, and looks what becomes of steps. */
const mapped = <S, A, T, B>(
  concrete: TransitionSystem<S, A>,
  abstract: TransitionSystem<T, B>,
  map: (s: S) => T
): Mapped => {
  const counts = { steps: 0, stutters: 0, others: 0 }
  const nexts = new Map<string, ReadonlySet<string>>()
  const nextOf = (t: T): ReadonlySet<string> => {
    const key = canonical(t)
    const found =
      nexts.get(key) ??
      new Set(
        abstract.actions(t).flatMap((b) => {
          const to = abstract.next(t, b)
          return O.isSome(to) ? [canonical(to.value)] : []
        })
      )
    nexts.set(key, found)
    return found
  }
  for (const s of concrete.initial) expect(abstract.initial.map((t) => canonical(t))).toContain(canonical(map(s)))
  const states = explore(concrete, {
    step: (before, after) => {
      const [from, to] = [map(before), map(after)]
      counts[canonical(from) === canonical(to) ? 'stutters' : nextOf(from).has(canonical(to)) ? 'steps' : 'others'] += 1
      return counts.others > 0 ? 'enough' : undefined
    }
  })
  return { states, ...counts }
}

const honest = (electorate: Electorate): PaxosOptions => ({
  ...electorate,
  byzantineAcceptors: 0,
  byzantineProposer: false,
  oneVote: false
})

const paxosAsVoting = (electorate: Electorate, variant?: Variant): Mapped =>
  mapped(Paxos(honest(electorate), variant).system, Voting(electorate), votingOf)

const votingAsConsensus = (electorate: Electorate): Mapped =>
  mapped(Voting(electorate), Consensus(electorate.values), (votes) => consensusOf(electorate, votes))

describe('Paxos carries out Voting', () => {
  test.each<[number, number, number, number, Mapped]>([
    [3, 2, 2, 1, { states: 73, steps: 132, stutters: 9, others: 0 }],
    [3, 2, 2, 2, { states: 3_921, steps: 8_304, stutters: 1_138, others: 0 }],
    [3, 2, 3, 1, { states: 105, steps: 192, stutters: 13, others: 0 }],
    [2, 2, 2, 3, { states: 1_501, steps: 1_860, stutters: 1_155, others: 0 }]
  ])('%i acceptors, quorums of %i, %i values, %i ballots: %j', (acceptors, quorum, values, ballots, expected) => {
    expect(paxosAsVoting(threshold(acceptors, quorum, ['W', 'H', 'X'].slice(0, values), ballots))).toEqual(expected)
  })

  test.runIf(deep)('4 acceptors, quorums of 3, 2 values, 2 ballots', () => {
    expect(paxosAsVoting(threshold(4, 3, ['W', 'H'], 2))).toMatchObject({ states: 20_609, others: 0 })
  })

  test.each<[string, Variant]>([
    [
      'ignores answers',
      (right, { quorums }, { reports }) => ({
        ...right,
        justified: (s, ballot) => quorums.some((quorum) => quorum.every((a) => reports(s, a, ballot).length > 0))
      })
    ],
    ['breaks promises', (right) => ({ ...right, accepts: () => true })]
  ])('a Paxos that %s does not', (_, variant) => {
    expect(paxosAsVoting(threshold(3, 2, ['W', 'H'], 2), variant).others).toBeGreaterThan(0)
  })
})

describe('Voting carries out Consensus', () => {
  test.each<[number, number, number, number, Mapped]>([
    [3, 2, 2, 1, { states: 40, steps: 36, stutters: 66, others: 0 }],
    [3, 2, 2, 2, { states: 599, steps: 444, stutters: 1_635, others: 0 }],
    [3, 2, 2, 3, { states: 6_752, steps: 3_648, stutters: 23_256, others: 0 }]
  ])('%i acceptors, quorums of %i, %i values, %i ballots: %j', (acceptors, quorum, values, ballots, expected) => {
    expect(votingAsConsensus(threshold(acceptors, quorum, ['W', 'H', 'X'].slice(0, values), ballots))).toEqual(expected)
  })

  test('but not with quorums that do not meet', () => {
    expect(votingAsConsensus(threshold(4, 2, ['W', 'H'], 2)).others).toBeGreaterThan(0)
  })
})

test('Consensus with 3 values has 4 states', () => {
  expect(explore(Consensus(['W', 'H', 'X']), {})).toBe(4)
  expect(O.isNone(Consensus(['W']).next(['W'], { _tag: 'Choose', value: 'W' }))).toBe(true)
  expect(O.isNone(Consensus(['W']).next([], { _tag: 'Choose', value: 'H' }))).toBe(true)
})

describe('what Voting refuses', () => {
  const { next, initial } = Voting(threshold(3, 2, ['W'], 1))
  test.each([
    { _tag: 'IncreaseMaxBal', acceptor: 3, ballot: 0 },
    { _tag: 'IncreaseMaxBal', acceptor: 0, ballot: 1 },
    { _tag: 'VoteFor', acceptor: 0, ballot: 0, value: 'H' },
    // Nobody has promised anything yet.
    { _tag: 'VoteFor', acceptor: 0, ballot: 0, value: 'W' }
  ] as const)('%j', (step) => {
    expect(O.isNone(next(initial[0]!, step))).toBe(true)
  })
})

test('what a quorum shows is safe, in all reachable states of Voting', () => {
  const electorate = threshold(3, 2, ['W', 'H'], 3)
  let shown = 0
  explore(Voting(electorate), {
    state: (votes) => {
      for (const ballot of [0, 1, 2])
        for (const value of electorate.values)
          for (const quorum of electorate.quorums)
            if (showsSafeAt(votes, quorum, ballot, value)) {
              shown += 1
              expect(safeAt(electorate, votes, ballot, value)).toBe(true)
            }
    }
  })
  expect(shown).toBeGreaterThan(10_000)
})

/** All ways to take one element of each list. */
const combinations = <X>(lists: ReadonlyArray<ReadonlyArray<X>>): ReadonlyArray<ReadonlyArray<X>> =>
  lists.reduce<ReadonlyArray<ReadonlyArray<X>>>((all, list) => all.flatMap((xs) => list.map((x) => [...xs, x])), [[]])

test.each([0, 1])(
  'with %i Byzantine acceptors a proposal is justified iff a quorum has answers whose latest vote is for it',
  (byzantineAcceptors) => {
    const options = { ...honest(threshold(3, 2, ['W', 'H'], 2)), byzantineAcceptors }
    const { system, reports } = Paxos(options)
    /** As it is said: choose a quorum and an answer of each; the votes of the highest ballot among them say what may be. */
    const justified = (s: PaxosState, ballot: number, value: string): boolean =>
      options.quorums.some((quorum) =>
        combinations(quorum.map((acceptor) => reports(s, acceptor, ballot))).some((answers) => {
          const votes = answers.flatMap((vote) => (vote === null ? [] : [vote]))
          const latest = Math.max(...votes.map((vote) => vote.ballot))
          return votes.length === 0 || votes.some((vote) => vote.ballot === latest && vote.value === value)
        })
      )
    let yes = 0
    let no = 0
    explore(system, {
      state: (s) => {
        for (const ballot of [0, 1])
          for (const value of options.values) {
            const isLate = s.sent.some((m) => m._tag === '2a' && m.ballot === ballot)
            const is = O.isSome(system.next(s, { _tag: '2a', ballot, value }))
            expect(is).toBe(!isLate && justified(s, ballot, value))
            if (is) yes += 1
            else no += 1
          }
      }
    })
    expect(Math.min(yes, no)).toBeGreaterThan(100)
  }
)
