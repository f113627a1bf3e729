/**
 * A token as an entry of the catalogue: an owner lets a spender take some, thinks better of it, and the spender is quicker.
 */
import { iota } from '../../spec/prelude/seq.js'
import type { Account, Contract, Value } from '../../spec/contracts/language.js'
import { genesis, transact } from '../../spec/contracts/machine.js'
import { Token } from '../../spec/contracts/token.js'
import type { Approval } from '../../spec/contracts/token.js'
import { fromSteps } from '../../spec/system/transitionSystem.js'
import { plainData } from '../checker/data/canonical.js'
import { systemModel } from '../checker/model/systemModel.js'
import type { Model } from '../checker/model/model.js'
import { all, whole } from '../property/invariant.js'
import type { Invariant } from '../property/invariant.js'
import { defineSystem } from '../systems/define.js'
import type { SoughtState } from '../systems/define.js'
import { line } from '../systems/document.js'
import { count, optionalChoice } from '../systems/form.js'
import type { Form } from '../systems/form.js'
import type { Show } from '../systems/show.js'
import { holds, violated } from '../systems/system.js'
import type { AnySystem, Mutant } from '../systems/system.js'
import { clientSteps } from './clients.js'
import type { Client, ClientStep, Move, Program, Shared } from './clients.js'
import { without } from './edits.js'
import { conservation } from './points.js'
import { ledgerChange, ledgerText, messageText } from './show.js'

const TOKEN: Account = 'token'
const OWNER: Account = 'owner'
/** Who may take tokens of the owner. */
const SPENDER: Account = 'spender'

/** How an allowance is changed safely. */
export const TOKEN_REPAIRS = ['zero-first', 'compare', 'decrease'] as const

/** How much the owner has, lets the spender take at first, and then. */
export interface TokenConfiguration {
  readonly tokens: number
  readonly allows: number
  readonly then: number
  readonly repair?: (typeof TOKEN_REPAIRS)[number]
}

const form: Form<TokenConfiguration> = {
  tokens: count({ says: 'how many tokens the owner has', initial: 4, most: 20 }),
  allows: count({ says: 'how many the spender may take at first', initial: 2, most: 20 }),
  then: count({ says: 'how many it may take when the owner has thought better of it', initial: 1, most: 20 }),
  repair: optionalChoice({ says: 'what is repaired', otherwise: 'nothing: approve overwrites', among: TOKEN_REPAIRS })
}

const call = (fn: string, ...args: ReadonlyArray<Value>): Move['transaction'] => ({ to: TOKEN, fn, args, value: 0n })
const approve = (...args: ReadonlyArray<bigint>): Move['transaction'] => call('approve', SPENDER, ...args)
const then =
  (at: string): Move['then'] =>
  ({ ok }) => ({ at: ok ? at : 'refused', memory: null })

/** What the owner does to change the allowance. */
type Owner = (c: TokenConfiguration) => (client: Client) => ReadonlyArray<Move>

/** From what is allowed to what is to be allowed, in one transaction. */
const inOne =
  (first: Move['transaction'], second: Move['transaction']): ((client: Client) => ReadonlyArray<Move>) =>
  ({ at }) =>
    at === 'start'
      ? [{ transaction: first, then: then('allowed') }]
      : at === 'allowed'
        ? [{ transaction: second, then: then('changed') }]
        : []

/** Allows nothing first; then looks how much was taken, and allows no more than is left. */
const zeroFirst: Owner = (c) => (client) => {
  const { at, memory } = client
  if (at === 'allowed') return [{ transaction: approve(0n), then: then('zeroed') }]
  if (at === 'zeroed')
    return [{ transaction: call('balanceOf', SPENDER), then: ({ result }) => ({ at: 'looked', memory: result }) }]
  if (at === 'looked' && typeof memory === 'bigint' && memory <= BigInt(c.then))
    return [{ transaction: approve(BigInt(c.then) - memory), then: then('changed') }]
  return inOne(approve(BigInt(c.allows)), approve(BigInt(c.then)))(at === 'start' ? client : { at: '', memory })
}

const OWNERS: Readonly<Record<Approval, Owner>> = {
  overwrite: (c) => inOne(approve(BigInt(c.allows)), approve(BigInt(c.then))),
  'zero-first': zeroFirst,
  compare: (c) => inOne(approve(0n, BigInt(c.allows)), approve(BigInt(c.allows), BigInt(c.then))),
  decrease: (c) => inOne(approve(BigInt(c.allows)), call('decreaseApproval', SPENDER, BigInt(c.allows - c.then)))
}

/** The spender takes what it can get. */
const spends = (c: TokenConfiguration): ReadonlyArray<Move> =>
  iota(Math.max(c.allows, c.then)).map((n) => ({
    transaction: call('transferFrom', SPENDER, BigInt(n + 1)),
    then: () => START
  }))

const START: Client = { at: 'start', memory: null }

/** What makes a system of a token: its contract, and what the owner does. */
interface Variant {
  readonly contract: Contract
  readonly owner: Owner
}

const variantOf = ({ repair }: TokenConfiguration): Variant => {
  const approval: Approval = repair ?? 'overwrite'
  return { contract: Token(approval), owner: OWNERS[approval] }
}

/** An owner and a spender of a token. */
export const tokenSystem = (c: TokenConfiguration, { contract, owner }: Variant = variantOf(c)) => {
  const program: Program = (client, account) => (account === OWNER ? owner(c)(client) : spends(c))
  return fromSteps<Shared, ClientStep>(
    [
      {
        world: genesis({
          balances: {},
          stores: { [TOKEN]: { owner: OWNER, [`balances[${OWNER}]`]: BigInt(c.tokens) } }
        }),
        clients: { [OWNER]: START, [SPENDER]: START }
      }
    ],
    clientSteps(transact({ [TOKEN]: contract }), program),
    plainData
  )
}

const held = ({ world }: Shared, account: Account): bigint => {
  const value = world.stores[TOKEN]?.[`balances[${account}]`]
  return typeof value === 'bigint' ? value : 0n
}

const invariantOf = (c: TokenConfiguration): Invariant<Shared> =>
  all('token', 'nobody gets more than was allowed', [
    whole('allowance', 'the spender takes no more than the larger of the two allowances', (s) =>
      held(s, SPENDER) > BigInt(Math.max(c.allows, c.then))
        ? [
            {
              witness: `it was allowed ${String(c.allows)}, then ${String(c.then)}, and has taken ${String(held(s, SPENDER))}`
            }
          ]
        : []
    ),
    whole('supply', 'there are always as many tokens', (s) => {
      const sum = held(s, OWNER) + held(s, SPENDER)
      return sum === BigInt(c.tokens)
        ? []
        : [{ witness: `there were ${String(c.tokens)}, and there are ${String(sum)}` }]
    })
  ])

const sought: ReadonlyArray<SoughtState<Shared>> = [
  {
    name: 'changed',
    says: 'the allowance was changed',
    of: ({ clients }) => clients[OWNER]?.at === 'changed',
    isGoal: true
  },
  { name: 'taken', says: 'the spender has taken something', of: (s) => held(s, SPENDER) > 0n, isGoal: true }
]

const modelOf = (c: TokenConfiguration, variant = variantOf(c)): Model<Shared, ClientStep> =>
  systemModel<Shared, ClientStep>({
    name: `token of ${String(c.tokens)}, allows ${String(c.allows)}, then ${String(c.then)}, ${c.repair ?? 'overwrites'}`,
    system: tokenSystem(c, variant),
    invariants: [invariantOf(c)],
    properties: [conservation(({ world }) => world)],
    states: sought.map(({ name, says, of }) => ({ name, says, of }))
  })

/** How executions are shown. */
export const tokenShow: Show<Shared, ClientStep> = {
  action: ({ client, transaction }, before, after) =>
    `${client}: ${messageText(transaction)}${
      before.world.stores === after.world.stores && transaction.fn !== 'balanceOf' ? ': refused' : ''
    }`,
  state: ({ world, clients }) => [...ledgerText(world), line(`the owner: ${clients[OWNER]?.at ?? 'nowhere'}`)],
  change: (before, after) => ledgerChange(before.world, after.world)
}

const configuration = (more: Partial<TokenConfiguration> = {}): TokenConfiguration => ({
  tokens: 4,
  allows: 2,
  then: 1,
  ...more
})

const REPAIRED = configuration({ repair: 'compare' })
const CHECK = 'if (!(allowed[msg.sender] >= _value)) throw;'

/** A contract that lacks a line of what the spender calls. */
const withoutLine = (variant: Variant, line: string): Variant => ({
  ...variant,
  contract: without(variant.contract, 'transferFrom', line)
})

const mutants: ReadonlyArray<Mutant<TokenConfiguration> & { readonly variant: (c: TokenConfiguration) => Variant }> = [
  {
    name: 'unchecked',
    says: 'The spender may take what it was not allowed to.',
    where: REPAIRED,
    expect: violated(2),
    variant: (c) => withoutLine(variantOf(c), CHECK)
  },
  {
    name: 'undiminished',
    says: 'What is taken is not deducted from what may be taken.',
    where: REPAIRED,
    expect: violated(3),
    variant: (c) => withoutLine(variantOf(c), 'allowed[msg.sender] -= _value;')
  },
  {
    name: 'no-look',
    says: 'The owner allows nothing first, and does not look how much was taken before.',
    where: configuration({ repair: 'zero-first' }),
    expect: violated(5),
    refuses: ({ repair }) =>
      repair === 'zero-first' ? undefined : 'its owner allows nothing first: choose --repair zero-first',
    variant: () => ({
      contract: Token('zero-first'),
      owner: (c) => (client) =>
        client.at === 'zeroed'
          ? [{ transaction: approve(BigInt(c.then)), then: then('changed') }]
          : zeroFirst(c)(client)
    })
  }
]

/** A token. */
export const token: AnySystem = defineSystem<TokenConfiguration, Shared, ClientStep>({
  name: 'contracts/token',
  says: 'A token whose owner changes how much a spender may take, while the spender takes.',
  mirrors: [
    { work: 'ERC-20 Token Standard (EIP-20)', where: 'approve, transferFrom, and the note on changing an allowance' },
    {
      work: 'I. Sergey, A. Hobor, A Concurrent Perspective on Smart Contracts (WTSC 2017)',
      where: 'interference and synchronization'
    }
  ],
  form,
  refuses: ({ allows, then: second }) =>
    second > allows
      ? `the owner thinks better of it: choose an allowance --then of ${String(allows)} at most`
      : undefined,
  model: (c) => modelOf(c),
  show: () => tokenShow,
  witnesses: () => sought,
  presets: [
    { name: 'overwrite', of: configuration(), tier: 'fast', expect: violated(4) },
    {
      name: 'zero first',
      of: configuration({ repair: 'zero-first' }),
      tier: 'fast',
      isDefault: true,
      expect: holds(12, 33, 5)
    },
    { name: 'compare', of: REPAIRED, tier: 'fast', isDefault: true, expect: holds(8, 20, 3) },
    {
      name: 'decrease',
      of: configuration({ repair: 'decrease' }),
      tier: 'fast',
      isDefault: true,
      expect: holds(7, 18, 3)
    }
  ],
  mutants: mutants.map(({ variant, ...mutant }) => ({ ...mutant, model: (c) => modelOf(c, variant(c)) }))
})
