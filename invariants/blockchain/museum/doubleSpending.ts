/**
 * The sixth exhibit: a block whose transactions are each valid, and together are not.
 */
import type { PaymentTypes } from '../../../spec/blockchain/instances/payments.js'
import { bounds } from '../model.js'
import type { Playable } from '../model.js'
import { mainSubject, subject18 } from '../subjects.js'
import { playPayments } from '../playable.js'
import { explored } from './exhibit.js'
import type { Exhibit } from './exhibit.js'

/** Alice has 10, and two wishes: to send 10 to Bob, and to send 10 to Carol. */
const twoWishes: Playable<PaymentTypes> = playPayments
const limits = bounds(2, 1, 2, { blockOnly: true })

/** The exhibit. */
export const doubleSpending: Exhibit = {
  name: 'double-spending',
  title: 'Two payments in one block',
  believed: 'A block is valid if each of its transactions is valid after the chain before it.',
  explanation: [
    'In the edition of 2018 a miner puts into its block every transaction of its pool that is valid after its chain (`txValid`). It does not choose, and nobody ever compares two transactions of one block: two payments of the same funds, each of which may be made, are both made. The acceptance function cannot help. It sees a proof, a time and a chain, but neither the block nor its transactions, and it is asked by the miner only: whoever receives a block looks at its transactions one by one.',
    'No theorem is hurt. Validity of transactions is a parameter, and the theorems do not say what it is good for. In February 2018 the acceptance function was given the transactions of the block; in April the miner chose them, and the acceptance function was asked for every block of every chain. With that, an instance can refuse such a block, as the payments of this project do.'
  ],
  sources: [
    { commit: '86700e4', date: '2017-11-15', file: 'Systems/Protocol.v', says: "the paper's artefact, tag v0.1" },
    { commit: '75ba379', date: '2018-02-15', file: 'Systems/Protocol.v', says: 'the miner is shown the transactions' },
    { commit: 'd173972', date: '2018-02-16', file: 'Structures/Forests.v', says: 'VAF sees the transactions' },
    { commit: '6414c1c', date: '2018-04-04', file: 'Systems/Protocol.v', says: 'the miner chooses the transactions' },
    {
      commit: 'f221368',
      date: '2018-04-23',
      file: 'Structures/Forests.v',
      says: 'VAF is asked for every block of a chain'
    }
  ],
  searches: [
    {
      asks: 'Does no chain spend funds twice?',
      among: 'all executions of 2 nodes with 1 block and 2 payments of the same funds',
      mutant: {
        of: 'the edition of 2018',
        run: () => explored(subject18(twoWishes, limits, { invariants: () => [] }))
      },
      controls: [
        {
          of: 'the main edition',
          run: () => explored(mainSubject(twoWishes, limits, { invariants: () => [] }))
        }
      ]
    }
  ]
}
