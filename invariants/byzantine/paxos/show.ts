/**
 * Executions of Paxos in words.
 */
import { rulesOf, viewOf } from '../../../spec/byzantine/paxos/paxos.js'
import type { PaxosOptions, PaxosState, PaxosStep } from '../../../spec/byzantine/paxos/paxos.js'
import type { Vote } from '../../../spec/byzantine/paxos/voting.js'
import { line } from '../../systems/document.js'
import type { Document } from '../../systems/document.js'
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
    ]
  }
}
