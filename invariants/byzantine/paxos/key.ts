/**
 * States of Paxos by their keys: equal ones have one.
 */
import type { PaxosState } from '../../../spec/byzantine/paxos/paxos.js'

/** What tells states apart, as a text. */
export const keyOf = ({ acceptors, sent }: PaxosState): string =>
  [
    ...acceptors.map(({ maxBal, vote }) => `${String(maxBal)} ${String(vote?.ballot)} ${String(vote?.value)}`),
    ...sent.map((m) =>
      m._tag === '1b'
        ? `1b ${String(m.ballot)} ${String(m.acceptor)} ${String(m.vote?.ballot)} ${String(m.vote?.value)}`
        : m._tag === '2b'
          ? `2b ${String(m.ballot)} ${String(m.acceptor)} ${m.value}`
          : m._tag === '2a'
            ? `2a ${String(m.ballot)} ${m.value}`
            : `1a ${String(m.ballot)}`
    )
  ].join()
