/**
 * Paxos by packets in words.
 */
import type { OwnBallot, PaxosMessage, PaxosNode, StartBallot } from '../../../spec/byzantine/paxos/packets.js'
import { NO_BALLOT } from '../../../spec/byzantine/paxos/voting.js'
import type { Vote } from '../../../spec/byzantine/paxos/voting.js'
import type { Action } from '../../../spec/system/executions.js'
import { actionInWords } from '../../checker/model/words.js'
import type { Untimed } from '../../checker/network/protocolModel.js'
import { line } from '../../systems/document.js'
import type { NetworkWords } from '../../systems/networkShow.js'

const voteInWords = ({ ballot, value }: Vote): string => `${value} in ballot ${String(ballot)}`

/** A message in a few words: its phase and its ballot first. */
const inWords = (m: PaxosMessage): string => {
  const head = `${m._tag} of ballot ${String(m.ballot)}`
  switch (m._tag) {
    case '1a':
      return head
    case '1b':
      return `${head}: ${m.vote === null ? 'no vote' : `vote for ${voteInWords(m.vote)}`}`
    case '2a':
    case '2b':
      return `${head}: ${m.value}`
  }
}

const ownInWords = ({ ballot, answers, proposed }: OwnBallot): string =>
  proposed === null
    ? `asks in ballot ${String(ballot)}, answered by ${answers.length === 0 ? 'none' : answers.map(({ from }) => String(from)).join(' ')}`
    : `has proposed ${voteInWords({ ballot, value: proposed })}`

/** The ballot of a step: that in which a node asks, or that of the message that arrives. */
const ballotOf = (a: Action<PaxosMessage, StartBallot, Untimed>): number | undefined =>
  a._tag === 'Intern'
    ? a.transition.ballot
    : a._tag === 'Deliver' || a._tag === 'Forge'
      ? a.packet.msg.ballot
      : undefined

/** How states and steps are shown. */
export const packetWords: NetworkWords<PaxosNode, PaxosMessage, StartBallot, Untimed> = {
  message: inWords,
  band: (a) => {
    const ballot = ballotOf(a)
    return ballot === undefined ? undefined : `ballot ${String(ballot)}`
  },
  action: (a) =>
    a._tag === 'Intern'
      ? `node ${String(a.node)} asks in ballot ${String(a.transition.ballot)}`
      : actionInWords(inWords)(a),
  node: ({ maxBal, vote, ballots, heard, decided }) => [
    line(
      [
        maxBal === NO_BALLOT ? 'knows of no ballot' : `votes in ballot ${String(maxBal)} or later`,
        vote === null ? 'has not voted' : `last voted for ${voteInWords(vote)}`,
        ...ballots.map(ownInWords),
        ...heard.map(({ from, ...votes }) => `has heard of votes for ${voteInWords(votes)}: ${from.join(' ')}`),
        ...(decided === null ? [] : [`decided ${decided}`])
      ].join('; ')
    )
  ]
}
