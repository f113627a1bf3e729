/**
 * The crowdfunding contract of scilla-coq (Zilliqa, `Contracts/Crowdfunding.v`): who backs a campaign gets its money back if
 * the goal is not reached in time.
 *
 * As there, a donation that is refused is answered, and not undone. (The Coq file sets the goal to `init_max_block`; here it is
 * the parameter that is meant.)
 */
import { atLeast, atMost, balance, blockNumber, bool, differs, done, field, give, initialized } from './language.js'
import {
  local,
  mapping,
  or,
  not,
  plus,
  raise,
  remove,
  self,
  sender,
  set,
  uint,
  value,
  when,
  define
} from './language.js'
import type { Contract, Statement } from './language.js'

const owner = field('owner', 'address')
const maxBlock = field('maxBlock', 'uint')
const goal = field('goal', 'uint')
const backers = mapping('backers', 'address', 'uint', true)
const funded = field('funded', 'bool')

/** What is said where something is refused. `throws`: nothing; the call is undone, with the money that came with it. */
export interface CrowdfundingVariant {
  readonly throws?: boolean
}

/** Crowdfunding. */
export const Crowdfunding = ({ throws = false }: CrowdfundingVariant = {}): Contract => {
  const refuse = (says: string): ReadonlyArray<Statement> => [throws ? raise : done(says)]
  return {
    name: 'Crowdfunding',
    fields: [
      { name: 'owner', type: 'address' },
      { name: 'maxBlock', type: 'uint' },
      { name: 'goal', type: 'uint' },
      { name: 'backers', from: 'address', type: 'uint' },
      { name: 'funded', type: 'bool' }
    ],
    functions: [
      {
        name: 'donate',
        parameters: [],
        returns: 'string',
        body: [
          when(atMost(maxBlock, plus(blockNumber, uint(1n))), refuse('deadline_passed')),
          when(initialized(backers(sender)), refuse('already_donated')),
          set(backers(sender), value),
          done('ok')
        ]
      },
      {
        name: 'getFunds',
        parameters: [],
        returns: 'string',
        body: [
          when(differs(sender, owner), [raise]),
          when(atMost(plus(blockNumber, uint(1n)), maxBlock), refuse('too_early_to_claim_funds')),
          when(not(atLeast(balance(self), goal)), refuse('failed')),
          set(funded, bool(true)),
          give('transfer', owner, balance(self)),
          done('funded')
        ]
      },
      {
        name: 'claim',
        parameters: [],
        returns: 'string',
        body: [
          when(atMost(blockNumber, maxBlock), refuse('too_early_to_reclaim')),
          when(or(funded, atLeast(balance(self), goal)), refuse('cannot_refund')),
          when(not(initialized(backers(sender))), [raise]),
          define('donation', backers(sender)),
          remove(backers(sender)),
          give('transfer', sender, local('donation', 'uint')),
          done('here_is_your_money')
        ]
      }
    ]
  }
}
