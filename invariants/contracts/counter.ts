/**
 * Counters as entries of the catalogue: clients that each want to add one, by three disciplines.
 */
import { Counter, GuardedCounter } from '../../spec/contracts/counter.js'
import { iota } from '../../spec/prelude/seq.js'
import { fromSteps } from '../../spec/system/transitionSystem.js'
import type { Step } from '../../spec/system/transitionSystem.js'
import type { Account, Contract, Value } from '../../spec/contracts/language.js'
import { genesis, transact } from '../../spec/contracts/machine.js'
import { plainData } from '../checker/data/canonical.js'
import { systemModel } from '../checker/model/systemModel.js'
import type { Model } from '../checker/model/model.js'
import { whole } from '../property/invariant.js'
import type { Invariant } from '../property/invariant.js'
import { alwaysReachable } from '../property/property.js'
import { defineSystem } from '../systems/define.js'
import type { SoughtState } from '../systems/define.js'
import { line } from '../systems/document.js'
import { count, optionalChoice, toggle } from '../systems/form.js'
import type { Form } from '../systems/form.js'
import type { Show } from '../systems/show.js'
import { holds, violated } from '../systems/system.js'
import type { AnySystem, Mutant } from '../systems/system.js'
import { plural } from '../words.js'
import { clientSteps } from './clients.js'
import type { Client, ClientStep, Move, Program, Shared } from './clients.js'
import { edited } from './edits.js'
import { conservation } from './points.js'
import { ledgerChange, ledgerText, messageText } from './show.js'

const COUNTER: Account = 'counter'

/** What makes clients safe that would get and set. */
export const COUNTER_REPAIRS = ['test-and-set', 'permissions'] as const
type Repair = (typeof COUNTER_REPAIRS)[number]

/** How many clients there are, and how they add one. */
export interface CounterConfiguration {
  readonly users: number
  readonly repair?: Repair
  readonly stops: boolean
}

const form: Form<CounterConfiguration> = {
  users: count({ says: 'how many clients add one', initial: 2, least: 1, most: 6 }),
  repair: optionalChoice({
    says: 'what is repaired',
    otherwise: 'nothing: clients get and set',
    among: COUNTER_REPAIRS
  }),
  stops: toggle({ says: 'clients may stop for ever, wherever they are' })
}

const START: Client = { at: 'start', memory: null }
const STOPPED: Client = { at: 'stopped', memory: null }
const to = (fn: string, ...args: ReadonlyArray<Value>): Move['transaction'] => ({ to: COUNTER, fn, args, value: 0n })
const plusOne = (memory: Value | null): bigint => (typeof memory === 'bigint' ? memory + 1n : 1n)

/** A client reads, and remembers to its end what. */
const reading: Move = { transaction: to('get'), then: ({ result }) => ({ at: 'read', memory: result }) }

/** Reads in one transaction, and writes in another. */
const getAndSet: Program = ({ at, memory }) => {
  if (at === 'start') return [reading]
  return at === 'read' ? [{ transaction: to('set', plusOne(memory)), then: () => ({ at: 'done', memory }) }] : []
}

/** Writes if nobody has written since it read; else it begins anew. */
const testAndSet: Program = ({ at, memory }) => {
  if (at === 'start') return [reading]
  return at === 'read' && memory !== null
    ? [
        {
          transaction: to('testAndSet', memory, plusOne(memory)),
          then: ({ result }) => (result === true ? { at: 'done', memory } : START)
        }
      ]
    : []
}

/** Asks to be the one who writes, and says when it is done; or asks to read, before. */
const permissions: Program = ({ at, memory }) => {
  const moved =
    (there: string): Move['then'] =>
    ({ ok }) =>
      ok ? { at: there, memory: null } : { at, memory }
  switch (at) {
    case 'start':
      return [
        { transaction: to('acquireWrite'), then: moved('writer') },
        { transaction: to('acquireRead'), then: moved('reader') }
      ]
    case 'reader':
      return [{ transaction: to('release'), then: () => START }]
    case 'writer':
      return [reading]
    case 'read':
      return [{ transaction: to('set', plusOne(memory)), then: () => ({ at: 'written', memory }) }]
    case 'written':
      return [{ transaction: to('release'), then: () => ({ at: 'done', memory }) }]
    default:
      return []
  }
}

const programOf = ({ repair }: CounterConfiguration): Program =>
  repair === undefined ? getAndSet : repair === 'test-and-set' ? testAndSet : permissions

const clientsOf = (n: number): ReadonlyArray<Account> => iota(n).map((i) => `client${String(i + 1)}`)
/** The contract that the clients use. */
export const counterContract = ({ repair }: CounterConfiguration): Contract =>
  repair === 'permissions' ? GuardedCounter : Counter

const countOf = ({ world }: Shared): Value => world.stores[COUNTER]?.['count'] ?? 0n
const haveAll =
  (...places: ReadonlyArray<string>) =>
  ({ clients }: Shared): boolean =>
    Object.values(clients).every(({ at }) => places.includes(at))

/** A client sends a transaction, or stops for ever. */
export type CounterStep = ClientStep | { readonly _tag: 'Stop'; readonly client: Account }

/** The clients of a counter as a transition system. */
export const counterSystem = (c: CounterConfiguration, contract = counterContract(c)) => {
  const steps = clientSteps(transact({ [COUNTER]: contract }), programOf(c))
  const stops = (s: Shared): ReadonlyArray<Step<Shared, CounterStep>> =>
    Object.entries(s.clients).flatMap(([client, { at }]) =>
      at === 'done' || at === 'stopped'
        ? []
        : [
            [
              { _tag: 'Stop', client },
              { ...s, clients: { ...s.clients, [client]: STOPPED } }
            ] as const
          ]
    )
  return fromSteps<Shared, CounterStep>(
    [
      {
        world: genesis({ balances: {}, stores: { [COUNTER]: {} } }),
        clients: Object.fromEntries(clientsOf(c.users).map((account) => [account, START]))
      }
    ],
    (s) => [...steps(s), ...(c.stops ? stops(s) : [])],
    plainData
  )
}

const noneLost = (users: number): Invariant<Shared> =>
  whole('no update is lost', 'when all clients have added one, the counter is as high as there are clients', (s) =>
    haveAll('done')(s) && countOf(s) !== BigInt(users)
      ? [{ witness: `${plural(users, 'client')} have added one, and the counter is ${String(countOf(s))}` }]
      : []
  )

const exclusive: Invariant<Shared> = whole(
  'exclusive',
  'while somebody may write, nobody else may read or write',
  ({ world: { stores }, clients }) => {
    const store = stores[COUNTER] ?? {}
    const readers = Object.keys(clients).filter((client) => store[`isReader[${client}]`] === true)
    const writers = Object.entries(clients).flatMap(([client, { at }]) =>
      at === 'writer' || at === 'read' || at === 'written' ? [client] : []
    )
    return writers.length > 1 || (writers.length > 0 && readers.length > 0)
      ? [
          {
            witness: [...writers.map((one) => `${one} writes`), ...readers.map((one) => `${one} reads`)].join(', ')
          }
        ]
      : []
  }
)

const sought: ReadonlyArray<SoughtState<Shared>> = [
  { name: 'done', says: 'all clients have added one', of: haveAll('done'), isGoal: true },
  {
    name: 'both-read',
    says: 'two clients have read the counter, and neither has written it',
    of: ({ clients }) => Object.values(clients).filter(({ at }) => at === 'read').length >= 2
  }
]

const modelOf = (c: CounterConfiguration, contract = counterContract(c)): Model<Shared, CounterStep> =>
  systemModel<Shared, CounterStep>({
    name: `counter, ${plural(c.users, 'client')}, ${c.repair ?? 'get and set'}${c.stops ? ', clients stop' : ''}`,
    system: counterSystem(c, contract),
    invariants: [noneLost(c.users), ...(c.repair === 'permissions' ? [exclusive] : [])],
    properties: [
      conservation(({ world }) => world),
      ...(c.stops
        ? [
            alwaysReachable<Shared, CounterStep>(
              'nobody waits for ever',
              'all clients that have not stopped can still add one',
              haveAll('done', 'stopped'),
              { name: 'transactions', of: (a) => a._tag !== 'Stop' }
            )
          ]
        : [])
    ],
    states: sought.map(({ name, says, of }) => ({ name, says, of }))
  })

/** How executions are shown. */
export const counterShow: Show<Shared, CounterStep> = {
  action: (a, before, after) => {
    if (a._tag === 'Stop' || !('transaction' in a)) return `${a.client} stops for ever`
    const [was, is] = [before.clients[a.client], after.clients[a.client]]
    const told =
      is?.at === 'read' ? ` = ${String(is.memory)}` : was?.at !== 'start' && is?.at === 'start' ? ': failed' : ''
    return `${a.client}: ${messageText(a.transaction)}${told}`
  },
  state: ({ world, clients }) => [
    ...ledgerText(world),
    line(
      Object.entries(clients)
        .map(([account, { at }]) => `${account} ${at}`)
        .join(', ')
    )
  ],
  change: (before, after) => ledgerChange(before.world, after.world)
}

const configuration = (users: number, more: Partial<CounterConfiguration> = {}): CounterConfiguration => ({
  users,
  stops: false,
  ...more
})
const [TEST, GUARD] = [{ repair: 'test-and-set' }, { repair: 'permissions' }] as const

/** A mutant is one of the contract that is repaired so. */
const onlyWith =
  (wanted: Repair) =>
  ({ repair }: CounterConfiguration): string | undefined =>
    repair === wanted ? undefined : `it is a mutant of what --repair ${wanted} uses`

const mutants: ReadonlyArray<Mutant<CounterConfiguration> & { readonly contract: Contract }> = [
  {
    name: 'blind-set',
    says: 'What is called test and set does not test.',
    where: configuration(2, TEST),
    expect: violated(4),
    refuses: onlyWith('test-and-set'),
    contract: edited(Counter, 'testAndSet', 'if (count != expected) {', () => [])
  },
  {
    name: 'two-writers',
    says: 'Whoever asks may write, though somebody else may already.',
    where: configuration(2, GUARD),
    expect: violated(2),
    refuses: onlyWith('permissions'),
    contract: edited(GuardedCounter, 'acquireWrite', 'if (!(writer == nobody)) throw;', () => [])
  },
  {
    name: 'readers-ignored',
    says: 'Whoever asks may write, though others read.',
    where: configuration(2, GUARD),
    expect: violated(2),
    refuses: onlyWith('permissions'),
    contract: edited(GuardedCounter, 'acquireWrite', 'if (readers > 0) throw;', () => [])
  }
]

/** Counters. */
export const counter: AnySystem = defineSystem<CounterConfiguration, Shared, CounterStep>({
  name: 'contracts/counter',
  says: 'Clients that each add one to a counter: an update may be lost between get and set.',
  mirrors: [
    {
      work: 'I. Sergey, A. Hobor, A Concurrent Perspective on Smart Contracts (WTSC 2017)',
      where: 'synchronization and ownership'
    }
  ],
  form,
  model: (c) => modelOf(c),
  show: () => counterShow,
  witnesses: () => sought,
  presets: [
    { name: 'get and set', of: configuration(2), tier: 'fast', expect: violated(4) },
    {
      name: 'test and set, 2 clients',
      of: configuration(2, TEST),
      tier: 'fast',
      isDefault: true,
      expect: holds(12, 14, 4)
    },
    {
      name: 'test and set, 3 clients',
      of: configuration(3, TEST),
      tier: 'fast',
      isDefault: true,
      expect: holds(65, 102, 6)
    },
    { name: 'test and set, 4 clients', of: configuration(4, TEST), tier: 'fast', expect: holds(460, 892, 8) },
    {
      name: 'test and set, clients stop',
      of: configuration(2, { ...TEST, stops: true }),
      tier: 'fast',
      expect: holds(19, 36, 4)
    },
    { name: 'permissions', of: configuration(3, GUARD), tier: 'fast', isDefault: true, expect: holds(83, 207, 12) },
    {
      name: 'permissions, clients stop',
      of: configuration(2, { ...GUARD, stops: true }),
      tier: 'fast',
      expect: violated(2)
    }
  ],
  mutants: mutants.map(({ contract, ...mutant }) => ({ ...mutant, model: (c) => modelOf(c, contract) }))
})
