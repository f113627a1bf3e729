/**
 * Voting as an entry of the catalogue: the system that Paxos carries out.
 */
import { iota } from '../../../spec/prelude/seq.js'
import { consensusOf, safeAt, Voting } from '../../../spec/byzantine/paxos/voting.js'
import type { Electorate, Votes, VotingStep } from '../../../spec/byzantine/paxos/voting.js'
import { systemModel } from '../../checker/model/systemModel.js'
import type { Model } from '../../checker/model/model.js'
import { all, whole } from '../../property/invariant.js'
import type { Invariant } from '../../property/invariant.js'
import { defineSystem } from '../../systems/define.js'
import { labelled, line } from '../../systems/document.js'
import type { GridPicture } from '../../systems/picture.js'
import { holds, violated } from '../../systems/system.js'
import type { AnySystem } from '../../systems/system.js'
import { electorateInWords, electorateOf, refusesVoting, votingForm } from './configuration.js'
import type { VotingConfiguration } from './configuration.js'
import { carriesOutConsensus } from './refinement.js'

/** The invariant of Voting, and what follows from it. */
const invariants = (electorate: Electorate): Invariant<Votes> =>
  all('voting', 'votes are safe, so that one value is chosen', [
    whole('agreement', 'at most one value is chosen', (votes) => {
      const chosen = consensusOf(electorate, votes)
      return chosen.length > 1 ? [{ witness: `chosen are ${chosen.join(' and ')}` }] : []
    }),
    whole('one value a ballot', 'all votes of a ballot are for one value', (votes) =>
      iota(electorate.ballots).flatMap((ballot) => {
        const values = new Set(
          votes.flatMap((voter) => voter.votes.flatMap((v) => (v.ballot === ballot ? [v.value] : [])))
        )
        return values.size > 1
          ? [{ witness: `those of ballot ${String(ballot)} are for ${[...values].join(' and ')}` }]
          : []
      })
    ),
    whole('vote safe', 'no other value than that of a vote was or can be chosen in a lower ballot', (votes) =>
      votes.flatMap((voter, acceptor) =>
        voter.votes
          .filter(({ ballot, value }) => !safeAt(electorate, votes, ballot, value))
          .map(({ ballot, value }) => ({
            witness: `acceptor ${String(acceptor)} has voted for ${value} in ballot ${String(ballot)}, which is not safe`
          }))
      )
    )
  ])

const modelOf = (c: VotingConfiguration, shows?: Parameters<typeof Voting>[1]): Model<Votes, VotingStep> => {
  const electorate = electorateOf(c)
  return systemModel<Votes, VotingStep>({
    name: `Voting, ${electorateInWords(c)}`,
    system: Voting(electorate, shows),
    invariants: [invariants(electorate)],
    properties: c.refines ? [carriesOutConsensus(electorate)] : [],
    kinds: ['IncreaseMaxBal', 'VoteFor'],
    states: [{ name: 'chosen', says: 'a value is chosen', of: (votes) => consensusOf(electorate, votes).length > 0 }]
  })
}

const voting3 = (ballots: number): VotingConfiguration => ({
  acceptors: 3,
  quorum: 2,
  values: 2,
  ballots,
  refines: true
})

/** Acceptors in ballots. */
const votesPicture = (electorate: Electorate, votes: Votes): GridPicture => {
  const chosen = consensusOf(electorate, votes)
  const ballots = iota(electorate.ballots)
  return {
    _tag: 'Grid',
    title: 'Acceptors in ballots',
    columns: ballots.map((ballot) => `ballot ${String(ballot)}`),
    rows: votes.map((voter, acceptor) => ({
      name: `acceptor ${String(acceptor)}`,
      at: voter.maxBal < 0 ? undefined : voter.maxBal,
      kind: 'honest',
      cells: ballots.map((ballot) => {
        const vote = voter.votes.find((one) => one.ballot === ballot)
        return vote === undefined
          ? { says: '', kind: 'empty' }
          : { says: `votes ${vote.value}`, kind: chosen.includes(vote.value) ? 'done' : 'some' }
      })
    })),
    notes: [`chosen: ${chosen.length === 0 ? 'nothing' : chosen.join(', ')}`]
  }
}

/** Voting. */
export const voting: AnySystem = defineSystem<VotingConfiguration, Votes, VotingStep>({
  name: 'voting',
  says: 'Acceptors promise and vote so that one value is chosen: what Paxos does, without its messages.',
  mirrors: [{ work: 'tlaplus/Examples (TLA+)', where: 'PaxosHowToWinATuringAward: Voting' }],
  form: votingForm,
  refuses: refusesVoting,
  model: (c) => modelOf(c),
  show: (c) => ({
    pictures: (votes) => [votesPicture(electorateOf(c), votes)],
    place: ({ acceptor }) => ({ _tag: 'Row', at: acceptor }),
    action: (step) =>
      step._tag === 'VoteFor'
        ? `acceptor ${String(step.acceptor)} votes for ${step.value} in ballot ${String(step.ballot)}`
        : `acceptor ${String(step.acceptor)} will not vote below ballot ${String(step.ballot)}`,
    state: (votes) =>
      votes.map((voter, acceptor) =>
        labelled(`acceptor ${String(acceptor)}`, [
          line(
            [
              voter.maxBal < 0 ? 'knows of no ballot' : `votes in ballot ${String(voter.maxBal)} or later`,
              ...voter.votes.map(({ ballot, value }) => `voted for ${value} in ballot ${String(ballot)}`)
            ].join(', ')
          )
        ])
      )
  }),
  witnesses: (c) => [
    {
      name: 'chosen',
      says: 'a value is chosen',
      of: (votes) => consensusOf(electorateOf(c), votes).length > 0,
      isGoal: true
    }
  ],
  presets: [
    { name: '2 ballots', of: voting3(2), tier: 'fast', isDefault: true, expect: holds(599, 2_079, 10) },
    { name: '3 ballots', of: voting3(3), tier: 'fast', expect: holds(6_752, 26_904, 15) }
  ],
  mutants: [
    {
      name: 'unshown',
      says: 'An acceptor votes for what it likes, if nobody has voted for anything else in the ballot.',
      where: voting3(2),
      expect: violated(1),
      model: (c) => modelOf(c, () => true)
    }
  ]
})
