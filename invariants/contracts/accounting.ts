/**
 * Accounting as an entry of the catalogue: users invest, and nobody takes anything out.
 */
import { Accounting, assets } from '../../spec/contracts/accounting.js'
import type { MachineStep, Scenario } from '../../spec/contracts/executions.js'
import { iota } from '../../spec/prelude/seq.js'
import { differs, raise, sender, uint, when } from '../../spec/contracts/language.js'
import type { Account, Contract } from '../../spec/contracts/language.js'
import { balanceOf, genesis, Machine, noAttackers } from '../../spec/contracts/machine.js'
import type { World } from '../../spec/contracts/machine.js'
import { canonical } from '../checker/data/canonical.js'
import type { Model } from '../checker/model/model.js'
import { all, whole } from '../property/invariant.js'
import { goal, stepInvariant } from '../property/property.js'
import type { Property } from '../property/property.js'
import { defineSystem } from '../systems/define.js'
import type { SoughtState } from '../systems/define.js'
import { count, toggle } from '../systems/form.js'
import type { Form } from '../systems/form.js'
import { holds, violated } from '../systems/system.js'
import type { AnySystem, Mutant } from '../systems/system.js'
import { edited, without } from './edits.js'
import { contractModel } from './model.js'
import { machineShow } from './show.js'
import { plural } from '../words.js'

const ACCOUNTING: Account = 'accounting'
const STRANGER: Account = 'stranger'
const usersOf = (n: number): ReadonlyArray<Account> => iota(n).map((i) => `user${String(i + 1)}`)

interface AccountingConfiguration {
  readonly users: number
  readonly values: number
  readonly transactions: number
  readonly forced: boolean
  readonly equality: boolean
  readonly withdrawable: boolean
}

const form: Form<AccountingConfiguration> = {
  users: count({ says: 'how many users invest', initial: 2, least: 1, most: 6 }),
  values: count({ says: 'the most that is invested at a time; they invest 0, 1, … so much', initial: 2, most: 20 }),
  transactions: count({ says: 'how many transactions there are', initial: 4, most: 12 }),
  forced: toggle({ says: 'money may arrive without a call, from a contract that destroys itself' }),
  equality: toggle({ says: 'ask that the contract has just what was invested, and not more' }),
  withdrawable: toggle({ says: 'ask that money can be taken out again' })
}

const scenarioOf = ({ users, values, transactions, forced }: AccountingConfiguration, contract: Contract): Scenario => {
  const wealth = BigInt(values * transactions)
  return {
    contracts: { [ACCOUNTING]: contract },
    ...noAttackers,
    depth: 1,
    initial: genesis({
      balances: {
        ...Object.fromEntries(usersOf(users).map((user) => [user, wealth])),
        ...(forced ? { [STRANGER]: 1n } : {})
      },
      stores: { [ACCOUNTING]: { owner: 'owner' } }
    }),
    transactions: usersOf(users).flatMap((from) =>
      iota(values + 1).map((n) => ({ from, to: ACCOUNTING, fn: 'invest', args: [], value: BigInt(n) }))
    ),
    most: transactions,
    forced: forced ? [{ from: STRANGER, to: ACCOUNTING, amount: 1n }] : []
  }
}

/** What each user has invested, of those that have. */
const investedIn = ({ stores }: World): ReadonlyArray<readonly [string, bigint]> =>
  Object.entries(stores[ACCOUNTING] ?? {}).flatMap(([name, value]) =>
    name.startsWith('assets[') && typeof value === 'bigint' ? [[name, value] as const] : []
  )

const investments = (world: World): bigint => investedIn(world).reduce((sum, [, n]) => sum + n, 0n)

const invariantOf = ({ equality }: AccountingConfiguration) =>
  all<World, never>('accounting', 'what is remembered agrees with what is there', [
    whole('covered', 'the contract has at least what was invested', (world) => {
      const [has, invested] = [balanceOf(world, ACCOUNTING), investments(world)]
      return has >= invested ? [] : [{ witness: `it has ${String(has)}, and ${String(invested)} were invested` }]
    }),
    ...(equality
      ? [
          whole<World, never>('exact', 'the contract has just what was invested', (world) => {
            const [has, invested] = [balanceOf(world, ACCOUNTING), investments(world)]
            return has === invested ? [] : [{ witness: `it has ${String(has)}, and ${String(invested)} were invested` }]
          })
        ]
      : [])
  ])

const properties = (scenario: Scenario, c: AccountingConfiguration): ReadonlyArray<Property<World, MachineStep>> => {
  const machine = Machine(scenario)
  return [
    stepInvariant('undone', 'a transaction that throws leaves everything as it was', (before, a, after) =>
      a._tag === 'Begin' &&
      machine.begin(before, a.transaction).ended?.ok === false &&
      canonical([before.balances, before.stores]) !== canonical([after.balances, after.stores])
        ? [{ witness: 'it has changed something' }]
        : []
    ),
    stepInvariant('once', 'what a user has invested stays as it is', (before, _, after) =>
      investedIn(before).flatMap(([name, was]) => {
        const is = new Map(investedIn(after)).get(name)
        return is === was ? [] : [{ witness: `${name} was ${String(was)}, and is ${String(is)}` }]
      })
    ),
    ...(c.withdrawable ? [goal<World>(withdrawn.name, withdrawn.says, withdrawn.of)] : [])
  ]
}

/** The contract has less than it had: it has less than was sent to it. */
const withdrawn: SoughtState<World> = {
  name: 'withdrawn',
  says: 'money was taken out of the contract',
  of: (world) => balanceOf(world, ACCOUNTING) < investments(world)
}

const sought: ReadonlyArray<SoughtState<World>> = [
  { name: 'invested', says: 'something was invested', of: (world) => investments(world) > 0n, isGoal: true },
  { name: 'all-invested', says: 'two users have invested', of: (world) => investedIn(world).length >= 2 },
  withdrawn
]

const modelOf = (c: AccountingConfiguration, contract: Contract = Accounting): Model<World, MachineStep> => {
  const scenario = scenarioOf(c, contract)
  return contractModel(scenario, {
    name: `Accounting, ${plural(c.users, 'user')}, values to ${String(c.values)}, ${plural(c.transactions, 'transaction')}`,
    invariants: [invariantOf(c)],
    properties: properties(scenario, c),
    states: sought.map(({ name, says, of }) => ({ name, says, of }))
  })
}

const configuration = (more: Partial<AccountingConfiguration> = {}): AccountingConfiguration => ({
  users: 2,
  values: 2,
  transactions: 4,
  forced: false,
  equality: false,
  withdrawable: false,
  ...more
})

const GUARD = 'if (assets[msg.sender].initialized()) throw;'

const mutants: ReadonlyArray<Mutant<AccountingConfiguration> & { readonly contract: Contract }> = [
  {
    name: 'zero-is-absent',
    says: 'Whoever has invested something else than 0 counts as initialized.',
    where: configuration(),
    expect: violated(2),
    contract: edited(Accounting, 'invest', GUARD, () => [when(differs(assets(sender), uint(0n)), [raise])])
  },
  {
    name: 'invest-again',
    says: 'A second investment takes the place of the first.',
    where: configuration(),
    expect: violated(2),
    contract: without(Accounting, 'invest', GUARD)
  }
]

/** Accounting. */
export const accounting: AnySystem = defineSystem<AccountingConfiguration, World, MachineStep>({
  name: 'contracts/accounting',
  says: 'A contract that takes investments: each user invests once, and nobody gets anything out.',
  mirrors: [
    {
      work: 'Byzantine Fault Tolerance and Blockchains (lecture)',
      where: 'smart contracts are like concurrent objects'
    }
  ],
  form,
  model: (c) => modelOf(c),
  show: (c) => machineShow(scenarioOf(c, Accounting)),
  witnesses: () => sought,
  presets: [
    { name: '2 users', of: configuration(), tier: 'fast', isDefault: true, expect: holds(52, 222, 4) },
    {
      name: 'forced money',
      of: configuration({ forced: true }),
      tier: 'fast',
      isDefault: true,
      expect: holds(104, 496, 5)
    },
    {
      name: 'forced money, exact',
      of: configuration({ forced: true, equality: true }),
      tier: 'fast',
      expect: violated(1)
    }
  ],
  mutants: mutants.map(({ contract, ...mutant }) => ({
    ...mutant,
    model: (c) => modelOf(c, contract),
    show: (c) => machineShow(scenarioOf(c, contract))
  }))
})
