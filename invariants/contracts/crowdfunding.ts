/**
 * Crowdfunding as an entry of the catalogue: what is proved of it in scilla-coq, and what its users would expect besides.
 */
import { iota } from '../../spec/prelude/seq.js'
import { Crowdfunding } from '../../spec/contracts/crowdfunding.js'
import type { MachineStep, Scenario } from '../../spec/contracts/executions.js'
import type { Account, Contract } from '../../spec/contracts/language.js'
import { balanceOf, genesis, Machine, noAttackers } from '../../spec/contracts/machine.js'
import type { Transaction, World } from '../../spec/contracts/machine.js'
import type { Model } from '../checker/model/model.js'
import { all, whole } from '../property/invariant.js'
import type { Invariant } from '../property/invariant.js'
import { stepInvariant } from '../property/property.js'
import type { Property } from '../property/property.js'
import { defineSystem } from '../systems/define.js'
import type { SoughtState } from '../systems/define.js'
import { choice, count, optionalChoice } from '../systems/form.js'
import type { Form } from '../systems/form.js'
import { holds, violated } from '../systems/system.js'
import type { AnySystem, Mutant } from '../systems/system.js'
import { plural } from '../words.js'
import { without } from './edits.js'
import { contractModel } from './model.js'
import { machineShow } from './show.js'

const CAMPAIGN: Account = 'campaign'
const OWNER: Account = 'owner'

const EXPECTATIONS = ['published', 'refunds', 'goal'] as const

interface CrowdfundingConfiguration {
  readonly users: number
  readonly values: number
  readonly goal: number
  readonly maxBlock: number
  readonly transactions: number
  readonly expects: (typeof EXPECTATIONS)[number]
  readonly repair?: 'throw'
}

const form: Form<CrowdfundingConfiguration> = {
  users: count({ says: 'how many backers there are', initial: 2, least: 1, most: 4 }),
  values: count({
    says: 'the most that a backer donates; backers donate 1, 2, … so much',
    initial: 2,
    least: 1,
    most: 10
  }),
  goal: count({ says: 'how much the campaign is to bring', initial: 3, most: 100 }),
  maxBlock: count({ says: 'the block at which it ends', initial: 2, most: 10 }),
  transactions: count({ says: 'how many transactions there are', initial: 5, most: 10 }),
  expects: choice({
    says: 'what is asked: what is proved in scilla-coq; also that refused donations come back; also that the goal is reached by donations that were accepted',
    among: EXPECTATIONS
  }),
  repair: optionalChoice({
    says: 'what is repaired; throw: what is refused is undone',
    otherwise: 'nothing: as in scilla-coq',
    among: ['throw']
  })
}

const backersOf = (n: number): ReadonlyArray<Account> => iota(n).map((i) => `backer${String(i + 1)}`)
const contractOf = ({ repair }: CrowdfundingConfiguration): Contract => Crowdfunding({ throws: repair === 'throw' })

const claimOf = (from: Account): Transaction => ({ from, to: CAMPAIGN, fn: 'claim', args: [], value: 0n })

const scenarioOf = (c: CrowdfundingConfiguration, contract: Contract): Scenario => {
  const backers = backersOf(c.users)
  return {
    contracts: { [CAMPAIGN]: contract },
    ...noAttackers,
    depth: 1,
    initial: genesis({
      balances: Object.fromEntries(backers.map((backer) => [backer, BigInt(c.values * c.transactions)])),
      stores: { [CAMPAIGN]: { owner: OWNER, maxBlock: BigInt(c.maxBlock), goal: BigInt(c.goal) } }
    }),
    transactions: [
      ...backers.flatMap((from) => [
        ...iota(c.values).map((n) => ({ from, to: CAMPAIGN, fn: 'donate', args: [], value: BigInt(n + 1) })),
        claimOf(from)
      ]),
      { from: OWNER, to: CAMPAIGN, fn: 'getFunds', args: [], value: 0n }
    ],
    most: c.transactions,
    lastBlock: BigInt(c.maxBlock + 1)
  }
}

/** What a backer has donated, as far as the contract knows. */
const donationOf = ({ stores }: World, backer: Account): bigint | undefined => {
  const value = stores[CAMPAIGN]?.[`backers[${backer}]`]
  return typeof value === 'bigint' ? value : undefined
}
const donationsOf = (c: CrowdfundingConfiguration, world: World): bigint =>
  backersOf(c.users).reduce((sum, backer) => sum + (donationOf(world, backer) ?? 0n), 0n)
const isFunded = ({ stores }: World): boolean => stores[CAMPAIGN]?.['funded'] === true

const published = (c: CrowdfundingConfiguration, scenario: Scenario): Invariant<World> => {
  const machine = Machine(scenario)
  return all('crowdfunding', 'what is proved in scilla-coq', [
    whole('balance_backed', 'until it is funded, the campaign has enough to give all donations back', (world) => {
      const [has, owes] = [balanceOf(world, CAMPAIGN), donationsOf(c, world)]
      return isFunded(world) || owes <= has
        ? []
        : [{ witness: `it has ${String(has)}, and donations are ${String(owes)}` }]
    }),
    whole('can_claim_back', 'where the campaign has failed, a backer that claims gets its donation', (world) => {
      if (isFunded(world) || world.block <= BigInt(c.maxBlock) || balanceOf(world, CAMPAIGN) >= BigInt(c.goal))
        return []
      return backersOf(c.users).flatMap((backer) => {
        const donation = donationOf(world, backer)
        if (donation === undefined) return []
        const got = balanceOf(machine.begin(world, claimOf(backer)).world, backer) - balanceOf(world, backer)
        return got === donation
          ? []
          : [{ witness: `${backer} has donated ${String(donation)}, and would get ${String(got)}` }]
      })
    })
  ])
}

const properties = (c: CrowdfundingConfiguration): ReadonlyArray<Property<World, MachineStep>> => [
  stepInvariant(
    'donation_preserved',
    'a donation is remembered as it is, until its backer claims it',
    (before, a, after) =>
      backersOf(c.users).flatMap((backer) => {
        const [was, is] = [donationOf(before, backer), donationOf(after, backer)]
        const claims = a._tag === 'Begin' && a.transaction.fn === 'claim' && a.transaction.from === backer
        return was === undefined || was === is || claims
          ? []
          : [{ witness: `that of ${backer} was ${String(was)}, and is ${String(is)}` }]
      })
  ),
  ...(c.expects === 'refunds'
    ? [
        stepInvariant<World, MachineStep>(
          'refused donations come back',
          'whose donation is refused keeps it',
          (before, a, after) =>
            a._tag === 'Begin' &&
            a.transaction.fn === 'donate' &&
            before.stores[CAMPAIGN] === after.stores[CAMPAIGN] &&
            balanceOf(before, a.transaction.from) !== balanceOf(after, a.transaction.from)
              ? [
                  {
                    witness: `${a.transaction.from} has lost ${String(a.transaction.value)}, and is not remembered for it`
                  }
                ]
              : []
        )
      ]
    : []),
  ...(c.expects === 'goal'
    ? [
        stepInvariant<World, MachineStep>(
          'goal by donations',
          'the owner collects only if the donations have reached the goal',
          (before, _, after) =>
            !isFunded(before) && isFunded(after) && donationsOf(c, before) < BigInt(c.goal)
              ? [{ witness: `the goal is ${String(c.goal)}, and donations are ${String(donationsOf(c, before))}` }]
              : []
        )
      ]
    : [])
]

const sought = (c: CrowdfundingConfiguration): ReadonlyArray<SoughtState<World>> => [
  { name: 'funded', says: 'the owner has collected', of: isFunded, isGoal: true },
  {
    name: 'failed',
    says: 'the campaign has failed, and donations can be claimed',
    of: (world) =>
      world.block > BigInt(c.maxBlock) &&
      !isFunded(world) &&
      balanceOf(world, CAMPAIGN) < BigInt(c.goal) &&
      donationsOf(c, world) > 0n,
    isGoal: true
  },
  {
    name: 'stuck',
    says: 'the campaign is over, has money, and nobody can get it',
    of: (world) =>
      world.block > BigInt(c.maxBlock) &&
      donationsOf(c, world) === 0n &&
      balanceOf(world, CAMPAIGN) > 0n &&
      balanceOf(world, CAMPAIGN) < BigInt(c.goal)
  }
]

const modelOf = (c: CrowdfundingConfiguration, contract = contractOf(c)): Model<World, MachineStep> => {
  const scenario = scenarioOf(c, contract)
  return contractModel(scenario, {
    name: [
      `crowdfunding, ${plural(c.users, 'backer')}`,
      `goal ${String(c.goal)}`,
      `to block ${String(c.maxBlock)}`,
      plural(c.transactions, 'transaction'),
      ...(c.repair === undefined ? [] : [c.repair])
    ].join(', '),
    invariants: [published(c, scenario)],
    properties: properties(c),
    states: sought(c).map(({ name, says, of }) => ({ name, says, of }))
  })
}

const configuration = (more: Partial<CrowdfundingConfiguration> = {}): CrowdfundingConfiguration => ({
  users: 2,
  values: 2,
  goal: 3,
  maxBlock: 2,
  transactions: 5,
  expects: 'published',
  ...more
})

const mutants: ReadonlyArray<Mutant<CrowdfundingConfiguration> & { readonly edit: (right: Contract) => Contract }> = [
  {
    name: 'claimed-twice',
    says: 'A donation that was given back is still remembered.',
    where: configuration(),
    expect: violated(5),
    edit: (right) => without(right, 'claim', 'delete backers[msg.sender];')
  },
  {
    name: 'unmarked',
    says: 'The owner collects, and the campaign does not count as funded.',
    where: configuration(),
    expect: violated(5),
    edit: (right) => without(right, 'getFunds', 'funded = true;')
  },
  {
    name: 'donate-again',
    says: 'A second donation takes the place of the first.',
    where: configuration(),
    expect: violated(2),
    refuses: ({ repair }) => (repair === undefined ? undefined : 'what is repaired throws there: choose no --repair'),
    edit: (right) => without(right, 'donate', 'if (backers[msg.sender].initialized()) {')
  },
  {
    name: 'goal-ignored',
    says: 'The owner collects, whether the goal is reached or not.',
    where: configuration({ expects: 'goal', repair: 'throw' }),
    expect: violated(3),
    refuses: ({ repair }) => (repair === 'throw' ? undefined : 'it lacks a line that throws: choose --repair throw'),
    edit: (right) => without(right, 'getFunds', 'if (!(this.balance >= goal)) throw;')
  }
]

/** Crowdfunding. */
export const crowdfunding: AnySystem = defineSystem<CrowdfundingConfiguration, World, MachineStep>({
  name: 'contracts/crowdfunding',
  says: 'Crowdfunding as in scilla-coq: its theorems hold, and two things that users would expect do not.',
  mirrors: [
    {
      work: 'Zilliqa/scilla-coq (Coq)',
      where: 'Contracts/Crowdfunding.v: sufficient_funds_safe, donation_preserved, can_claim_back'
    },
    { work: 'Byzantine Fault Tolerance and Blockchains (lecture)', where: 'smart contracts: crowdfunding and ICO' }
  ],
  form,
  model: (c) => modelOf(c),
  show: (c) => machineShow(scenarioOf(c, contractOf(c))),
  witnesses: sought,
  presets: [
    { name: 'published', of: configuration(), tier: 'fast', isDefault: true, expect: holds(3_722, 12_950, 8) },
    { name: 'refused donations', of: configuration({ expects: 'refunds' }), tier: 'fast', expect: violated(2) },
    { name: 'late donations', of: configuration({ expects: 'goal' }), tier: 'fast', expect: violated(5) },
    {
      name: 'refunds, repaired',
      of: configuration({ expects: 'refunds', repair: 'throw' }),
      tier: 'fast',
      isDefault: true,
      expect: holds(190, 1_164, 8)
    },
    {
      name: 'goal, repaired',
      of: configuration({ expects: 'goal', repair: 'throw' }),
      tier: 'fast',
      isDefault: true,
      expect: holds(190, 1_164, 8)
    }
  ],
  mutants: mutants.map(({ edit, ...mutant }) => ({
    ...mutant,
    model: (c) => modelOf(c, edit(contractOf(c))),
    show: (c) => machineShow(scenarioOf(c, edit(contractOf(c))))
  }))
})
