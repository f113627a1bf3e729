/**
 * The invariant by which the agreement of Paxos is proved: it is inductive within sizes, what of it is needed for that, and
 * each conjunct fails where it is to.
 */
import { describe, expect, test } from 'vitest'
import { exhaustive, inductive, systemModel } from '../../../../invariants/checker/index.js'
import { failures, leaves } from '../../../../invariants/index.js'
import type { Invariant } from '../../../../invariants/index.js'
import { consensus } from '../../../../invariants/byzantine/paxos/agreement.js'
import { configuration, optionsOf } from '../../../../invariants/byzantine/paxos/configuration.js'
import { inductiveInvariant } from '../../../../invariants/byzantine/paxos/inductive.js'
import { misreadings } from '../../../../invariants/byzantine/paxos/mutants.js'
import { statesWithin } from '../../../../invariants/byzantine/paxos/states.js'
import { Paxos } from '../../../../spec/byzantine/paxos/paxos.js'
import type { Message, PaxosState, PaxosStep } from '../../../../spec/byzantine/paxos/paxos.js'
import { deep } from '../../../support/deep.js'

const optionsFor = (acceptors: number, ballots: number) =>
  optionsOf(configuration(acceptors, Math.floor(acceptors / 2) + 1, 2, ballots))

const conjuncts = leaves(inductiveInvariant(optionsFor(3, 2))).map(([path]) => path.at(-1)!)

/** An induction with some conjuncts left out. */
const induction = (acceptors: number, ballots: number, messages: number, without: ReadonlyArray<string> = []) => {
  const options = optionsFor(acceptors, ballots)
  const kept: ReadonlyArray<Invariant<PaxosState>> = leaves(inductiveInvariant(options)).flatMap(([path, leaf]) =>
    without.includes(path.at(-1)!) ? [] : [leaf]
  )
  return inductive(
    systemModel<PaxosState, PaxosStep>({
      name: 'paxos',
      system: Paxos(options).system,
      invariants: [consensus(options), ...kept]
    }),
    statesWithin(options, messages)
  )
}

describe('it is inductive', () => {
  test.each<[number, number, number, number, number, number]>([
    [1, 2, 4, 32_508, 238, 530],
    [2, 2, 3, 104_436, 507, 1_262],
    [3, 1, 3, 16_992, 207, 580],
    [3, 2, 2, 48_627, 985, 3_203]
  ])(
    '%i acceptors, %i ballots, at most %i messages: %i states, it holds in %i, %i steps from those',
    async (acceptors, ballots, messages, candidates, satisfying, steps) => {
      const found = await induction(acceptors, ballots, messages)
      expect([found.base, found.counterexample]).toEqual([[], undefined])
      expect([found.candidates, found.satisfying, found.steps]).toEqual([candidates, satisfying, steps])
    }
  )

  test.runIf(deep)('3 acceptors, 2 ballots, at most 3 messages', async () => {
    const { candidates, satisfying, steps, counterexample } = await induction(3, 2, 3)
    expect([candidates, satisfying, steps, counterexample]).toEqual([927_207, 3_315, 12_031, undefined])
  })
})

describe('without a conjunct, some step breaks another', () => {
  const needed: ReadonlyArray<[string, number, number, number, string]> = [
    ['lastVote is a vote', 1, 2, 3, 'answer whole'],
    ['lastVote ≤ maxBal', 3, 2, 3, 'answer true'],
    ['promise kept', 1, 2, 1, 'proposal safe'],
    ['answer true', 1, 2, 3, 'proposal safe'],
    ['answer whole', 1, 2, 3, 'proposal safe'],
    ['proposal safe', 2, 2, 1, 'vote safe'],
    ['one proposal', 2, 2, 4, 'one value a ballot'],
    ['vote proposed', 2, 2, 3, 'one value a ballot']
  ]

  test.each(needed)(
    '%s: with %i acceptors, %i ballots, at most %i messages, a step breaks %s',
    async (without, acceptors, ballots, messages, broken) => {
      const { counterexample } = await induction(acceptors, ballots, messages, [without])
      expect(counterexample?.failures.map(({ path }) => path.at(-1))).toContain(broken)
    }
  )

  test('but the last two follow from the others: that is the proof', async () => {
    const rest = conjuncts.filter((name) => !needed.some(([one]) => one === name))
    expect(rest).toEqual(['vote safe', 'one value a ballot'])
    for (const name of rest) expect((await induction(2, 2, 3, [name])).counterexample).toBeUndefined()
  })
})

/** States each of which breaks a conjunct, and maybe others that follow. */
const state = (sent: ReadonlyArray<Message>, ...acceptors: PaxosState['acceptors']): PaxosState => ({ acceptors, sent })
const none = { maxBal: -1, vote: null } as const
const W = { ballot: 0, value: 'W' } as const
const at = (maxBal: number) => ({ maxBal, vote: null }) as const

describe('a conjunct fails, and says why', () => {
  test.each<[string, PaxosState, string]>([
    [
      'lastVote is a vote',
      state([], { maxBal: 0, vote: W }, none, none),
      'acceptor 0 takes W in ballot 0 for its last vote, but has sent others'
    ],
    [
      'lastVote ≤ maxBal',
      state([{ _tag: '2b', acceptor: 0, ...W }], { maxBal: -1, vote: W }, none, none),
      'acceptor 0 has voted above -1'
    ],
    [
      'promise kept',
      state([{ _tag: '1b', acceptor: 1, ballot: 1, vote: null }], none, at(0), none),
      'acceptor 1 has answered in ballot 1, and forgot it'
    ],
    [
      'answer true',
      state([{ _tag: '1b', acceptor: 0, ballot: 1, vote: W }], at(1), none, none),
      'acceptor 0 has answered in ballot 1 with a vote for W in ballot 0'
    ],
    [
      'answer whole',
      state(
        [
          { _tag: '1b', acceptor: 0, ballot: 1, vote: null },
          { _tag: '2b', acceptor: 0, ...W }
        ],
        { maxBal: 1, vote: W },
        none,
        none
      ),
      'acceptor 0 has left out a vote in ballot 1'
    ],
    ['proposal safe', state([{ _tag: '2a', ...W }], none, at(0), none), 'no quorum shows that W in ballot 0 is safe'],
    [
      'one proposal',
      state(
        [
          { _tag: '2a', ...W },
          { _tag: '2a', ballot: 0, value: 'H' }
        ],
        at(0),
        at(0),
        none
      ),
      'there are several in ballot 0'
    ],
    [
      'vote proposed',
      state([{ _tag: '2b', acceptor: 0, ...W }], { maxBal: 0, vote: W }, none, none),
      'acceptor 0 has voted for W in ballot 0'
    ],
    [
      'vote safe',
      state(
        [{ _tag: '2b', acceptor: 0, ballot: 1, value: 'W' }],
        { maxBal: 1, vote: { ballot: 1, value: 'W' } },
        none,
        none
      ),
      'W in ballot 1 is not safe, and acceptor 0 voted for it'
    ],
    [
      'one value a ballot',
      state(
        [
          { _tag: '2b', acceptor: 0, ...W },
          { _tag: '2b', acceptor: 1, ballot: 0, value: 'H' }
        ],
        { maxBal: 0, vote: W },
        { maxBal: 0, vote: { ballot: 0, value: 'H' } },
        none
      ),
      'those of ballot 0 are for several'
    ]
  ])('%s', (name, s, witness) => {
    const found = failures(inductiveInvariant(optionsFor(3, 2)), s)
    expect(found.filter(({ path }) => path.at(-1) === name).map((f) => f.witness)).toEqual([witness])
  })
})

test.each<[string, ReadonlyArray<string>]>([
  ['ignored-answers', ['proposal safe']],
  ['broken-promise', ['promise kept', 'answer whole']],
  ['forgotten-promise', ['promise kept']],
  ['shared-ballot', ['one proposal']],
  ['any-proposal', ['proposal safe']],
  ...(deep ? [['most-answered-value', ['proposal safe']] as [string, ReadonlyArray<string>]] : [])
])('the misreading %s breaks first of all %j', async (name, broken) => {
  const { where, options: changed, variant } = misreadings.find((one) => one.name === name)!
  const options = { ...optionsOf(where), byzantineAcceptors: 0, ...changed }
  const { counterexample } = await exhaustive(
    systemModel<PaxosState, PaxosStep>({
      name,
      system: Paxos(options, variant).system,
      invariants: [inductiveInvariant(options)]
    })
  )
  expect(counterexample?.failures.map(({ path }) => path.at(-1))).toEqual(broken)
})
