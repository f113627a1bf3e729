/**
 * Misreadings of Paxos, each of which breaks agreement.
 */
import * as O from 'fp-ts/lib/Option.js'
import { NO_BALLOT } from '../../../spec/byzantine/paxos/voting.js'
import type { PaxosOptions, Variant } from '../../../spec/byzantine/paxos/paxos.js'
import { violated } from '../../systems/system.js'
import type { Mutant } from '../../systems/system.js'
import { configuration } from './configuration.js'
import type { PaxosConfiguration } from './configuration.js'

/** A misreading: what is different, and where it is refuted. */
export interface Misreading extends Mutant<PaxosConfiguration> {
  readonly options?: Partial<PaxosOptions>
  readonly variant?: Variant
}

const onlyHonest = ({ byzantineAcceptors }: PaxosConfiguration): string | undefined =>
  byzantineAcceptors > 0 ? 'its acceptors are honest: --byzantine-acceptors 0' : undefined

const all: ReadonlyArray<Misreading> = [
  {
    name: 'ignored-answers',
    says: 'A proposer waits for the answers of a quorum, and then proposes what it likes.',
    where: configuration(3, 2, 2, 2),
    expect: violated(12),
    variant: (right, { quorums }, { reports }) => ({
      ...right,
      justified: (s, ballot) =>
        quorums.some((quorum) => quorum.every((acceptor) => reports(s, acceptor, ballot).length > 0))
    })
  },
  {
    name: 'most-answered-value',
    says: 'A proposer proposes the value for which most of the votes are that were answered, not that of the latest one.',
    where: configuration(3, 2, 2, 3),
    expect: violated(17),
    tier: 'deep',
    refuses: onlyHonest,
    variant: (right, { quorums }, { reports }) => ({
      ...right,
      justified: (s, ballot, value) =>
        quorums.some((quorum) => {
          const answers = quorum.map((acceptor) => reports(s, acceptor, ballot))
          const values = answers.flatMap((votes) => votes.flatMap((vote) => (vote === null ? [] : [vote.value])))
          const times = (one: string): number => values.filter((other) => other === one).length
          return answers.every((votes) => votes.length > 0) && values.every((other) => times(other) <= times(value))
        })
    })
  },
  {
    name: 'broken-promise',
    says: 'An acceptor votes for every proposal that reaches it, below its promise too.',
    where: configuration(3, 2, 2, 2),
    expect: violated(12),
    variant: (right) => ({ ...right, accepts: () => true })
  },
  {
    name: 'forgotten-promise',
    says: 'An acceptor that restarts remembers its votes, but not its promises, which it had not written down.',
    where: configuration(3, 2, 2, 2),
    expect: violated(13),
    variant: (right) => ({
      ...right,
      restarted: ({ vote }) => O.some({ maxBal: vote?.ballot ?? NO_BALLOT, vote })
    })
  },
  {
    name: 'shared-ballot',
    says: 'Two proposers use the same ballot, and so there are two proposals in it.',
    where: configuration(3, 2, 2, 1),
    expect: violated(9),
    options: { byzantineProposer: true }
  },
  {
    name: 'any-proposal',
    says: 'A proposer proposes whatever it likes and as often as it likes, and asks nobody before.',
    where: configuration(3, 2, 2, 1, { byzantineAcceptors: 1 }),
    expect: violated(4),
    options: { byzantineProposer: true },
    variant: (right) => ({ ...right, justified: () => true })
  }
]

export const misreadings: ReadonlyArray<Misreading> = all.map((one) => ({
  ...one,
  refuses: (c) => (c.level === 'a' ? one.refuses?.(c) : 'it is one of the messages that were ever sent: --level a')
}))
