/**
 * Executions of Paxos in words.
 */
import { iota } from '../../../spec/prelude/seq.js'
import { rulesOf, viewOf } from '../../../spec/byzantine/paxos/paxos.js'
import type { PaxosOptions, PaxosState, PaxosStep } from '../../../spec/byzantine/paxos/paxos.js'
import type { Vote } from '../../../spec/byzantine/paxos/voting.js'
import { line } from '../../systems/document.js'
import type { Document } from '../../systems/document.js'
import type { GridCell, GridPicture } from '../../systems/picture.js'
import type { Show } from '../../systems/show.js'
import { liars } from './agreement.js'

const voteText = (vote: Vote | null): string =>
  vote === null ? 'that it has not voted' : `its vote for ${vote.value} in ballot ${String(vote.ballot)}`

/** A step in a sentence, with the phase that it belongs to. */
const stepText = (step: PaxosStep): string => {
  switch (step._tag) {
    case '1a':
      return `1a  a proposer asks in ballot ${String(step.ballot)}`
    case '1b':
      return `1b  acceptor ${String(step.acceptor)} answers in ballot ${String(step.ballot)}: ${voteText(step.vote)}`
    case '2a':
      return `2a  a proposer proposes ${step.value} in ballot ${String(step.ballot)}`
    case '2b':
      return `2b  acceptor ${String(step.acceptor)} votes for ${step.value} in ballot ${String(step.ballot)}`
    case 'restart':
      return `acceptor ${String(step.acceptor)} restarts, and has forgotten what it promised`
  }
}

/** Of a proposal for which no quorum of honest acceptors has answered as it must: on whose answer it is made. */
const liarsIn = (options: PaxosOptions, s: PaxosState, step: PaxosStep): string => {
  const lying = liars(options)
  if (step._tag !== '2a') return ''
  const honest = {
    ...options,
    quorums: options.quorums.filter((quorum) => !quorum.some((acceptor) => lying.includes(acceptor)))
  }
  return rulesOf(honest, viewOf(honest)).justified(s, step.ballot, step.value)
    ? ''
    : `, with an answer of ${lying.map((acceptor) => `acceptor ${String(acceptor)}`).join(' or ')} (Byzantine)`
}

const acceptorLine = ({ maxBal, vote }: PaxosState['acceptors'][number], acceptor: number): string =>
  `acceptor ${String(acceptor)}  ${maxBal < 0 ? 'knows of no ballot' : `votes in ballot ${String(maxBal)} or later`}, ${
    vote === null ? 'has not voted' : `last voted for ${vote.value} in ballot ${String(vote.ballot)}`
  }`

/** An acceptor in a ballot: it has voted, or has answered whoever asked. */
const ballotCell = (s: PaxosState, acceptor: number, ballot: number, chosen: ReadonlyArray<string>): GridCell => {
  const said = s.sent.filter((m) => m.ballot === ballot && 'acceptor' in m && m.acceptor === acceptor)
  const votes = said.flatMap((m) => (m._tag === '2b' ? [m.value] : []))
  const answers = said.flatMap((m) => (m._tag === '1b' ? [m.vote === null ? 'no vote yet' : m.vote.value] : []))
  if (votes.length > 0)
    return {
      says: `votes ${votes.join(', ')}`,
      kind: votes.some((value) => chosen.includes(value)) ? 'done' : 'some'
    }
  return answers.length > 0 ? { says: `answers: ${answers.join(', ')}`, kind: 'some' } : { says: '', kind: 'empty' }
}

/** Acceptors in ballots. */
const ballotsPicture = (options: PaxosOptions, s: PaxosState): GridPicture => {
  const chosen = viewOf(options).chosen(s)
  const ballots = iota(options.ballots)
  return {
    _tag: 'Grid',
    title: 'Acceptors in ballots',
    columns: ballots.map((ballot) => `ballot ${String(ballot)}`),
    rows: [
      ...s.acceptors.map(({ maxBal }, acceptor) => ({
        name: `acceptor ${String(acceptor)}`,
        at: maxBal < 0 ? undefined : maxBal,
        kind: 'honest' as const,
        cells: ballots.map((ballot) => ballotCell(s, acceptor, ballot, chosen))
      })),
      ...liars(options).map((acceptor) => ({
        name: `acceptor ${String(acceptor)}`,
        kind: 'liar' as const,
        cells: ballots.map(() => ({ says: 'anything', kind: 'some' as const }))
      }))
    ],
    notes: [
      ...s.sent.flatMap((m) => (m._tag === '2a' ? [`proposed in ballot ${String(m.ballot)}: ${m.value}`] : [])),
      `chosen: ${chosen.length === 0 ? 'nothing' : chosen.join(', ')}`
    ]
  }
}

/**
 * How executions of Paxos are shown.
 * @param asks proposals are made by the rules of Paxos, and are explained by them.
 */
export const paxosShow = (options: PaxosOptions, asks: boolean): Partial<Show<PaxosState, PaxosStep>> => {
  const { chosen } = viewOf(options)
  const chosenLine = (s: PaxosState): Document =>
    chosen(s).length === 0 ? [] : [line(`chosen: ${chosen(s).join(', ')}`)]
  return {
    action: (step, before) => `${stepText(step)}${asks ? liarsIn(options, before, step) : ''}`,
    state: (s) => [
      ...s.acceptors.map((acceptor, i) => line(acceptorLine(acceptor, i))),
      ...liars(options).map((acceptor) =>
        line(`acceptor ${String(acceptor)}  is Byzantine: whatever it could send counts as sent`)
      ),
      ...chosenLine(s)
    ],
    change: (before, after) => [
      ...after.acceptors.flatMap((acceptor, i) => {
        const was = before.acceptors[i]
        return was !== undefined && acceptorLine(was, i) === acceptorLine(acceptor, i)
          ? []
          : [line(acceptorLine(acceptor, i))]
      }),
      ...(chosen(before).join() === chosen(after).join() ? [] : chosenLine(after))
    ],
    brief: (s) => [
      ...s.acceptors.map((acceptor, i) => acceptorLine(acceptor, i)),
      ...s.sent.map((m) => stepText(m).slice(0, 2)),
      ...chosen(s).map((value) => `chosen: ${value}`)
    ],
    pictures: (s) => [ballotsPicture(options, s)],
    place: (step) => ('acceptor' in step ? { _tag: 'Row', at: step.acceptor } : undefined)
  }
}
