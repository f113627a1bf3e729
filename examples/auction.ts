/** An auction whose bidders take back what was outbid, and who gets too much of it. */
import { exhaustive } from '../invariants/checker/index.js'
import { executionText } from '../invariants/systems/index.js'
import { above, define, demand, field, give, increase, local, mapping, sender } from '../impl/contracts/index.js'
import { atPoints, balanceOf, contractModel, genesis, machineShow } from '../impl/contracts/index.js'
import { set, solidity, uint, value } from '../impl/contracts/index.js'
import type { Contract, Scenario, World } from '../impl/contracts/index.js'

const leader = field('leader', 'address')
const highest = field('highest', 'uint')
const outbid = mapping('outbid', 'address', 'uint')

/** Whoever bids more leads, and the one who led may withdraw its bid. */
const auction = (forgetsFirst: boolean): Contract => {
  const pay = give('call', sender, local('amount', 'uint'))
  const forget = set(outbid(sender), uint(0n))
  return {
    name: 'Auction',
    fields: [
      { name: 'leader', type: 'address' },
      { name: 'highest', type: 'uint' },
      { name: 'outbid', from: 'address', type: 'uint' }
    ],
    functions: [
      {
        name: 'bid',
        parameters: [],
        body: [
          demand(above(value, highest)),
          increase(outbid(leader), highest),
          set(leader, sender),
          set(highest, value)
        ]
      },
      {
        name: 'withdraw',
        parameters: [],
        body: [define('amount', outbid(sender)), ...(forgetsFirst ? [forget, pay] : [pay, forget])]
      }
    ]
  }
}

/** Mallory bids 1 and Bob 2; then she withdraws, and calls whatever she likes when she is paid. */
const scenario = (contract: Contract): Scenario => {
  const withdraw = { to: 'auction', fn: 'withdraw', args: [], value: 0n }
  return {
    contracts: { auction: contract },
    attackers: ['mallory'],
    offers: () => [withdraw],
    calls: null,
    depth: 2,
    grain: 'line',
    initial: genesis({ balances: { mallory: 1n, bob: 2n }, stores: { auction: {} } }),
    transactions: [
      { ...withdraw, fn: 'bid', from: 'mallory', value: 1n },
      { ...withdraw, fn: 'bid', from: 'bob', value: 2n },
      { ...withdraw, from: 'mallory' }
    ],
    most: 4
  }
}

/** What the auction has must be what it owes: the highest bid, and all that were outbid. */
const owed = ({ stores }: World): bigint =>
  Object.entries(stores['auction'] ?? {}).reduce((sum, [, n]) => (typeof n === 'bigint' ? sum + n : sum), 0n)

console.log(`${solidity(auction(false))}\n`)
for (const forgetsFirst of [false, true]) {
  const of = scenario(auction(forgetsFirst))
  const covered = atPoints(of, 'transaction', 'covered', 'the auction has what it owes', (world) =>
    balanceOf(world, 'auction') >= owed(world) ? [] : [{ witness: `it owes ${owed(world)}` }]
  )
  const name = forgetsFirst ? 'forgets, then pays' : 'pays, then forgets'
  const { states, counterexample } = await exhaustive(contractModel(of, { name, invariants: [covered] }))
  console.log(`${name}: ${states} states, ${counterexample ? 'violated' : 'all hold'}`)
  if (counterexample)
    console.log(
      executionText(
        machineShow(of),
        counterexample.states.map((state, i) => ({
          action: counterexample.actions[i - 1],
          state,
          failures: i === counterexample.actions.length ? counterexample.failures : []
        }))
      )
    )
}
