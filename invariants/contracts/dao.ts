/**
 * The DAO as an entry of the catalogue: who has tokens splits off what they are worth, and an attacker is paid in between.
 */
import { CHILD, Dao } from '../../spec/contracts/dao.js'
import type { DaoVariant } from '../../spec/contracts/dao.js'
import { pointOf } from '../../spec/contracts/executions.js'
import type { MachineStep, Scenario } from '../../spec/contracts/executions.js'
import { balanceOf, genesis } from '../../spec/contracts/machine.js'
import type { Message, World } from '../../spec/contracts/machine.js'
import type { Account, Contract } from '../../spec/contracts/language.js'
import type { Model } from '../checker/model/model.js'
import { all } from '../property/invariant.js'
import type { Invariant } from '../property/invariant.js'
import { defineSystem } from '../systems/define.js'
import type { SoughtState } from '../systems/define.js'
import { count, optionalChoice, toggle } from '../systems/form.js'
import type { Form } from '../systems/form.js'
import { holds, violated } from '../systems/system.js'
import type { AnySystem, Expected, Mutant, Preset } from '../systems/system.js'
import { callbackFree } from './callbackFree.js'
import { without } from './edits.js'
import { atPoints, checkAtField } from './points.js'
import type { CheckAt } from './points.js'
import { contractModel } from './model.js'
import { machineShow } from './show.js'

const DAO: Account = 'dao'
const [ATTACKER, ACCOMPLICE, HOLDER]: readonly [Account, Account, Account] = ['attacker', 'accomplice', 'holder']

/** What makes the original safe, by name; `mutex-on-split` does not. */
const REPAIRS = ['effects-first', 'mutex', 'mutex-on-split', 'stipend'] as const
type Repair = (typeof REPAIRS)[number]
const VARIANTS: Readonly<Record<Repair, DaoVariant>> = {
  'effects-first': { effectsFirst: true },
  mutex: { locks: ['splitDAO', 'transfer'] },
  'mutex-on-split': { locks: ['splitDAO'] },
  stipend: { sends: true }
}

/** Who has how much, how deep calls may be, and what is asked. */
export interface DaoConfiguration {
  readonly attackerTokens: number
  readonly holderTokens: number
  readonly depth: number
  readonly transactions: number
  readonly repair?: Repair
  readonly checkAt: CheckAt
  readonly ecf: boolean
}

const form: Form<DaoConfiguration> = {
  attackerTokens: count({ says: 'how many tokens the attacker has', initial: 1, least: 1, most: 100 }),
  holderTokens: count({ says: 'how many tokens an honest holder has', initial: 3, most: 100 }),
  depth: count({
    says: 'the most calls of the DAO that are open at a time (--depth is how deep to search)',
    flag: 'call-depth',
    initial: 3,
    least: 1,
    most: 8
  }),
  transactions: count({ says: 'how many transactions the attacker and its accomplice send', initial: 2, most: 6 }),
  repair: optionalChoice({ says: 'what is repaired', otherwise: 'nothing: as on the slide', among: REPAIRS }),
  checkAt: checkAtField,
  ecf: toggle({ says: 'check too that callbacks reach nothing that cannot be reached without them' })
}

/** The contract, repaired or not. */
export const daoContract = ({ repair }: DaoConfiguration): Contract => Dao(repair === undefined ? {} : VARIANTS[repair])

/** The DAO, an attacker with code, an accomplice without, and what they may call. */
export const daoScenario = (c: DaoConfiguration, contract: Contract): Scenario => {
  const tokens = { [ATTACKER]: BigInt(c.attackerTokens), [HOLDER]: BigInt(c.holderTokens) }
  const supply = BigInt(c.attackerTokens + c.holderTokens)
  const offers = (account: Account): ReadonlyArray<Message> => [
    { to: DAO, fn: 'splitDAO', args: [], value: 0n },
    ...(account === ACCOMPLICE
      ? []
      : [{ to: DAO, fn: 'transfer', args: [ACCOMPLICE, BigInt(c.attackerTokens)], value: 0n }])
  ]
  return {
    contracts: { [DAO]: contract },
    attackers: [ATTACKER],
    offers,
    calls: null,
    depth: c.depth,
    grain: 'line',
    initial: genesis({
      balances: { [DAO]: supply },
      stores: {
        [DAO]: {
          totalSupply: supply,
          ...Object.fromEntries(
            Object.entries(tokens)
              .filter(([, n]) => n > 0n)
              .map(([account, n]) => [`balances[${account}]`, n])
          )
        }
      }
    }),
    transactions: [ATTACKER, ACCOMPLICE].flatMap((from) => offers(from).map((message) => ({ ...message, from }))),
    most: c.transactions
  }
}

/** A field of the DAO that is a number; 0 where there is nothing. */
const numberIn = ({ stores }: World, name: string): bigint => {
  const value = stores[DAO]?.[name]
  return typeof value === 'bigint' ? value : 0n
}

/** All tokens that accounts have. */
const tokensIn = ({ stores }: World): bigint =>
  Object.entries(stores[DAO] ?? {}).reduce(
    (sum, [name, value]) => (name.startsWith('balances[') && typeof value === 'bigint' ? sum + value : sum),
    0n
  )

const isSplit = (world: World): boolean => numberIn(world, 'splitSupply') > 0n

/** What tokens are worth since the split. */
const worth = (world: World, tokens: bigint): bigint =>
  isSplit(world) ? (tokens * numberIn(world, 'splitBalance')) / numberIn(world, 'splitSupply') : 0n

const invariants = (c: DaoConfiguration, scenario: Scenario): ReadonlyArray<Invariant<World>> => [
  all('Inv(contract.state, balance)', 'what the DAO has stored agrees with what it has', [
    atPoints(scenario, c.checkAt, 'solvent', 'the DAO has what all tokens are worth', (world) => {
      const [has, owes] = [balanceOf(world, DAO), worth(world, tokensIn(world))]
      return has >= owes ? [] : [{ witness: `it has ${String(has)}, and the tokens are worth ${String(owes)}` }]
    }),
    atPoints(scenario, c.checkAt, 'no more than its share', 'who splits gets what its tokens were worth', (world) =>
      [ATTACKER, ACCOMPLICE].flatMap((account) => {
        const [got, share] = [numberIn(world, `child[${account}]`), worth(world, BigInt(c.attackerTokens))]
        return got <= share
          ? []
          : [{ witness: `the ${account} got ${String(got)}, and its tokens were worth ${String(share)}` }]
      })
    ),
    atPoints(scenario, c.checkAt, 'supply', 'there are as many tokens as accounts have', (world) => {
      const [supply, tokens] = [numberIn(world, 'totalSupply'), tokensIn(world)]
      return supply === tokens ? [] : [{ witness: `there are ${String(supply)}, and accounts have ${String(tokens)}` }]
    })
  ]),
  ...(c.ecf ? [callbackFree(scenario)] : [])
]

const sought = (c: DaoConfiguration, scenario: Scenario): ReadonlyArray<SoughtState<World>> => {
  const isOver = (world: World): boolean => pointOf(scenario, world) === 'transaction'
  return [
    {
      name: 'split',
      says: 'an account has split off what its tokens were worth',
      of: (world) => isOver(world) && balanceOf(world, CHILD) > 0n,
      isGoal: true
    },
    {
      name: 'reentered',
      says: 'the DAO is called back while it runs',
      of: ({ stack }) => stack.filter(({ self }) => self === DAO).length > 1
    },
    ...[2, 3].map((times) => ({
      name: `paid-${String(times)}-times`,
      says: `the attacker has got its share ${String(times)} times, by calling back`,
      of: (world: World) =>
        isOver(world) &&
        isSplit(world) &&
        numberIn(world, `child[${ATTACKER}]`) >= BigInt(times) * worth(world, BigInt(c.attackerTokens))
    }))
  ]
}

const modelOf = (c: DaoConfiguration, contract = daoContract(c)): Model<World, MachineStep> => {
  const scenario = daoScenario(c, contract)
  return contractModel(scenario, {
    name: ['DAO', ...(c.repair === undefined ? [] : [c.repair]), `depth ${String(c.depth)}`, `at ${c.checkAt}`].join(
      ', '
    ),
    invariants: invariants(c, scenario),
    states: sought(c, scenario).map(({ name, says, of }) => ({ name, says, of }))
  })
}

const configuration = (more: Partial<DaoConfiguration> = {}): DaoConfiguration => ({
  attackerTokens: 1,
  holderTokens: 3,
  depth: 3,
  transactions: 2,
  checkAt: 'transaction',
  ecf: false,
  ...more
})

const preset = (
  name: string,
  more: Partial<DaoConfiguration>,
  expect: Expected,
  isDefault = false
): Preset<DaoConfiguration> => ({ name, of: configuration(more), tier: 'fast', isDefault, expect })

/** What is wrong of a contract, repaired or not. */
const mutants: ReadonlyArray<Mutant<DaoConfiguration> & { readonly edit: (right: Contract) => Contract }> = [
  {
    name: 'unchecked-transfer',
    says: 'Whoever transfers tokens need not have them: the subtraction wraps.',
    where: configuration({ repair: 'effects-first' }),
    expect: violated(2),
    edit: (right) => without(right, 'transfer', 'if (balances[msg.sender] < _value) throw;')
  },
  {
    name: 'unburnt',
    says: 'Tokens that are split off are not burnt, so that they can be split off again.',
    where: configuration({ repair: 'effects-first' }),
    expect: violated(7),
    edit: (right) => without(right, 'splitDAO', 'balances[msg.sender] = 0;')
  }
]

/** The DAO. */
export const dao: AnySystem = defineSystem<DaoConfiguration, World, MachineStep>({
  name: 'contracts/dao',
  says: 'The DAO: who splits off is paid before its tokens are burnt, and may call back.',
  mirrors: [
    {
      work: 'Byzantine Fault Tolerance and Blockchains (lecture)',
      where: 'reentrancy and multitasking: lines 1010 to 1017'
    },
    { work: 'slockit/DAO v1.0 (Solidity)', where: 'DAO.sol: splitDAO, withdrawRewardFor' },
    { work: 'I. Sergey, A. Hobor, A Concurrent Perspective on Smart Contracts (WTSC 2017)', where: 'the DAO' }
  ],
  form,
  model: (c) => modelOf(c),
  show: (c) => machineShow(daoScenario(c, daoContract(c))),
  witnesses: (c) => sought(c, daoScenario(c, daoContract(c))),
  presets: [
    preset('original', {}, violated(9)),
    preset('original, at yields', { checkAt: 'yield' }, violated(4)),
    preset('original, called back', { ecf: true }, violated(9)),
    preset('effects first', { repair: 'effects-first', checkAt: 'yield', ecf: true }, holds(35, 45, 10), true),
    preset('effects first, depth 4', { repair: 'effects-first', checkAt: 'yield', depth: 4 }, holds(35, 45, 10)),
    preset('mutex', { repair: 'mutex', ecf: true }, holds(35, 45, 9), true),
    preset('mutex, at yields', { repair: 'mutex', checkAt: 'yield' }, violated(4)),
    preset('mutex on splitDAO only', { repair: 'mutex-on-split' }, violated(9)),
    preset('stipend', { repair: 'stipend', ecf: true }, holds(33, 39, 9), true)
  ],
  mutants: mutants.map(({ edit, ...mutant }) => ({
    ...mutant,
    model: (c) => modelOf(c, edit(daoContract(c))),
    show: (c) => machineShow(daoScenario(c, edit(daoContract(c))))
  }))
})
