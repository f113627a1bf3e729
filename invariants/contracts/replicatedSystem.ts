/**
 * Contracts on top of consensus as an entry of the catalogue: on Toychain's chains, and on the log of PBFT.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { NumberedTypes } from '../../spec/blockchain/instances/numbered.js'
import type { InternalTransition, Message as ToychainMessage } from '../../spec/blockchain/protocol.js'
import type { Heard } from '../../spec/byzantine/pbft/adversary.js'
import type { PbftMessage } from '../../spec/byzantine/pbft/messages.js'
import type { PbftInternal, PbftNode } from '../../spec/byzantine/pbft/pbft.js'
import { Clock } from '../../spec/contracts/clock.js'
import { worldOfText } from '../../spec/contracts/codec.js'
import { Counter } from '../../spec/contracts/counter.js'
import { genesis, transact } from '../../spec/contracts/machine.js'
import type { Transaction, World } from '../../spec/contracts/machine.js'
import { Replica, withContracts } from '../../spec/contracts/replicated.js'
import type { Executing, Executor } from '../../spec/contracts/replicated.js'
import type { ExecutingLog } from '../../spec/contracts/service.js'
import { Token } from '../../spec/contracts/token.js'
import { entries } from '../../spec/prelude/unionMap.js'
import type { Deceived, Faulty } from '../../spec/system/adversary.js'
import { mainWords } from '../blockchain/explain.js'
import { bounds, configurationName } from '../blockchain/model.js'
import type { Playable, Progress } from '../blockchain/model.js'
import { playNumbered } from '../blockchain/playable.js'
import { packetConfiguration, pbftName } from '../byzantine/pbft/configuration.js'
import { packetsSought } from '../byzantine/pbft/goals.js'
import type { PbftNetwork } from '../byzantine/pbft/network.js'
import { packetWords } from '../byzantine/pbft/packetShow.js'
import type { Untimed } from '../checker/network/protocolModel.js'
import type { HasWorld } from '../property/invariant.js'
import { defineWays, networkSubject } from '../systems/define.js'
import type { SoughtState } from '../systems/define.js'
import { line } from '../systems/document.js'
import { choice, count, toggle } from '../systems/form.js'
import type { Form } from '../systems/form.js'
import type { NetworkWords } from '../systems/networkShow.js'
import { holds, violated } from '../systems/system.js'
import type { AnySystem, Mutant, Preset } from '../systems/system.js'
import { contractsOnPbft } from './onPbft.js'
import { contractsOnToychain } from './replicated.js'
import type { ReplicatedOptions } from './replicated.js'
import { ledgerLine } from './show.js'

const NAME = 'contracts/replicated'

const CONTRACTS = ['counter', 'token', 'clock'] as const
type ContractName = (typeof CONTRACTS)[number]

interface ReplicatedConfiguration {
  readonly on: 'toychain' | 'pbft'
  readonly contract: ContractName
  readonly nodes: number
  readonly mints: number
  readonly transactions: number
  readonly blockOnly: boolean
  readonly succeeds: boolean
  readonly final: boolean
  readonly lastView: number
  readonly byzantine: 'none' | '0' | '1' | '2' | '3'
  readonly clients: number
  readonly requests: number
}

const toychain = { only: { field: 'on', is: 'toychain' } }
const pbft = { only: { field: 'on', is: 'pbft' } }

const form: Form<ReplicatedConfiguration> = {
  on: choice({ says: 'on what nodes agree: the chain of Toychain, or the log of PBFT', among: ['toychain', 'pbft'] }),
  contract: choice({
    says: 'which contract: a counter that users test and set, a token that is spent twice, or a clock that reads the number of the block',
    among: CONTRACTS
  }),
  nodes: count({ ...toychain, says: 'nodes of the clique', initial: 2, least: 1, most: 4 }),
  mints: count({ ...toychain, says: 'most blocks minted in an execution', initial: 2, most: 4 }),
  transactions: count({ ...toychain, says: 'how many users have a transaction', initial: 1, most: 4 }),
  blockOnly: toggle({
    ...toychain,
    says: 'receiving sends nothing, so that only what is announced and minted is in flight'
  }),
  succeeds: toggle({
    ...toychain,
    says: 'transactions are valid only if they succeed, and blocks only if all of theirs do'
  }),
  final: toggle({ ...toychain, says: 'ask that what a node has told of a transaction it tells ever after' }),
  lastView: count({ ...pbft, says: 'the last view, from 0 on', initial: 0, most: 4 }),
  byzantine: choice({
    ...pbft,
    says: 'the replica that is not honest',
    among: ['none', '0', '1', '2', '3']
  }),
  clients: count({ ...pbft, says: 'how many clients there are', initial: 1, least: 1, most: 3 }),
  requests: count({ ...pbft, says: 'how often each client asks', initial: 1, least: 1, most: 9 })
}

/** What a user asks of each contract: to write its own number, to have the token, to be stamped. */
const wishes: Readonly<Record<ContractName, (user: string, n: number) => Transaction>> = {
  counter: (user, n) => ({ from: user, to: 'counter', fn: 'testAndSet', args: [0n, BigInt(n)], value: 0n }),
  token: (user) => ({ from: 'alice', to: 'token', fn: 'transfer', args: [user, 1n], value: 0n }),
  clock: (user) => ({ from: user, to: 'clock', fn: 'stamp', args: [], value: 0n })
}

const begin = transact({ counter: Counter, token: Token(), clock: Clock })

/** In the beginning alice has the only token. */
const beginning: Readonly<Record<ContractName, World>> = {
  counter: genesis({ balances: {}, stores: { counter: {} } }),
  token: genesis({ balances: {}, stores: { token: { 'balances[alice]': 1n } } }),
  clock: genesis({ balances: {}, stores: { clock: {} } })
}

/** Transactions of the chain are called `t1`, `t2`, …, after their users. */
const executingChain = ({ contract }: Pick<ReplicatedConfiguration, 'contract'>): Executing<NumberedTypes> => ({
  begin,
  genesis: beginning[contract],
  callOf: (t) => wishes[contract](t, Number(t.slice(1)))
})

/** Operations are called `a1`, `b1`, … after the client and how often it has asked. */
const executingLog = ({ contract }: ReplicatedConfiguration): ExecutingLog => ({
  begin,
  genesis: beginning[contract],
  callOf: (operation) =>
    wishes[contract](operation, Number(operation.slice(1)) * 3 + 'abc'.indexOf(operation.charAt(0)))
})

/** Toychain whose validity is that of the contracts. @param blocks it is asked of blocks as a whole, too. */
const playableOf = (c: ReplicatedConfiguration, blocks = true): Playable<NumberedTypes> => {
  if (!c.succeeds) return playNumbered
  const { instance } = playNumbered
  const valid = withContracts(instance, executingChain(c))
  const { VAF, genProof } = instance.params
  return {
    ...playNumbered,
    instance: blocks ? valid : { ...valid, params: { ...valid.params, VAF, genProof } }
  }
}

const chains = (
  c: ReplicatedConfiguration,
  { blocks = true, ...more }: Pick<ReplicatedOptions<NumberedTypes>, 'replica'> & { readonly blocks?: boolean } = {}
) => {
  const limits = bounds(c.nodes, c.mints, c.transactions, { blockOnly: c.blockOnly })
  const { succeeds, final } = c
  return {
    ...contractsOnToychain(playableOf(c, blocks), limits, executingChain(c), { ...more, succeeds, final }),
    name: [
      `${c.contract} on ${configurationName(playNumbered.instance.name, limits)}`,
      ...(succeeds ? ['what succeeds'] : []),
      ...(final ? ['final'] : [])
    ].join(', ')
  }
}

const logs = (c: ReplicatedConfiguration, clocks?: (id: number) => bigint): PbftNetwork => {
  const executing = executingLog(c)
  const { clients, requests } = c
  const of = packetConfiguration(c.lastView, c.byzantine, { clients, requests, invariants: 'agreement' })
  const network = contractsOnPbft(of, executing, (id) =>
    clocks === undefined ? executing : { ...executing, blockOf: () => clocks(id) }
  )
  return { ...network, name: `${c.contract} on ${pbftName(of)}` }
}

/** Executes what is new on top of all that was executed, and undoes nothing. */
const neverUndoes = (right: Replica<NumberedTypes>): Replica<NumberedTypes> => ({
  ...right,
  follow: (executed, bc) => bc.slice(right.undo(executed, bc).blocks.length).reduce(right.extend, executed)
})

/** How what was executed is read, whatever the contract. */
const { receiptsOf, worldOf } = Replica(playNumbered.instance, executingChain({ contract: 'counter' }))

const executors = ({ world }: HasWorld<Executor<NumberedTypes>, ToychainMessage<NumberedTypes>>) =>
  entries(world.localState).map(([, st]) => st)

const chainsSought: ReadonlyArray<SoughtState<HasWorld<Executor<NumberedTypes>, ToychainMessage<NumberedTypes>>>> = [
  {
    name: 'executed',
    says: 'a node has executed a transaction',
    of: (s) => executors(s).some(({ executed }) => receiptsOf(executed).length > 0),
    isGoal: true
  },
  {
    name: 'refused',
    says: 'a contract has refused a transaction, or thrown',
    of: (s) =>
      executors(s).some(({ executed }) => receiptsOf(executed).some(({ ok, result }) => !ok || result === false))
  },
  {
    name: 'apart',
    says: 'two nodes have executed transactions, and one has other contracts than the other',
    of: (s) => {
      const texts = executors(s).flatMap(({ executed }) =>
        receiptsOf(executed).length > 0 ? [ledgerLine(worldOf(executed))] : []
      )
      return new Set(texts).size > 1
    }
  }
]

/** Nodes with their forests, and what the contracts have stored. */
const chainWords = (
  c: ReplicatedConfiguration
): NetworkWords<
  Executor<NumberedTypes>,
  ToychainMessage<NumberedTypes>,
  InternalTransition<NumberedTypes>,
  NumberedTypes['Timestamp']
> => {
  const network = chains(c)
  const words = mainWords(network.toychain)
  return {
    ...words,
    equals: network.protocol.State.equals,
    node: (st, n) => [...words.node(st, n), line(ledgerLine(worldOf(st.executed)))],
    brief: (st, n) => `${words.brief(st, n)} ${ledgerLine(worldOf(st.executed))}`
  }
}

const logWords = packetWords((snapshot) => E.match(() => `executed [${snapshot}]`, ledgerLine)(worldOfText(snapshot)))

interface ReplicatedMutant extends Mutant<ReplicatedConfiguration> {
  /** On Toychain. Default: it is nothing there. */
  readonly chains?: (c: ReplicatedConfiguration) => ReturnType<typeof chains>
  /** On PBFT. Default: it is nothing there. */
  readonly logs?: (c: ReplicatedConfiguration) => PbftNetwork
}

const configuration = (more: Partial<ReplicatedConfiguration> = {}): ReplicatedConfiguration => ({
  on: 'toychain',
  contract: 'counter',
  nodes: 2,
  mints: 2,
  transactions: 1,
  blockOnly: false,
  succeeds: false,
  final: false,
  lastView: 0,
  byzantine: 'none',
  clients: 1,
  requests: 1,
  ...more
})

const mutants: ReadonlyArray<ReplicatedMutant> = [
  {
    name: 'never-undoes',
    says: 'A node whose chain is replaced executes the new blocks on top of all that it has executed.',
    where: configuration({ blockOnly: true }),
    expect: violated(5),
    refuses: ({ on }) => (on === 'toychain' ? undefined : 'nothing is undone on a log: choose --on toychain'),
    chains: (c) => chains(c, { replica: neverUndoes })
  },
  {
    name: 'each-alone',
    says: 'A block is valid if each of its transactions would succeed by itself.',
    where: configuration({ contract: 'token', transactions: 2, mints: 1, blockOnly: true, succeeds: true }),
    expect: violated(5),
    refuses: ({ on, succeeds }) =>
      on === 'toychain' && succeeds
        ? undefined
        : 'it is about which transactions are valid: choose --on toychain --succeeds',
    chains: (c) => chains(c, { blocks: false })
  },
  {
    name: 'own-clocks',
    says: 'Each replica asks a clock of its own for the number of the block.',
    where: configuration({ on: 'pbft', contract: 'clock' }),
    expect: violated(10),
    refuses: ({ on }) =>
      on === 'pbft' ? undefined : 'the number of a block is its place in the chain: choose --on pbft',
    logs: (c) => logs(c, BigInt)
  }
]

const preset = (
  name: string,
  of: Partial<ReplicatedConfiguration>,
  more: Partial<Preset<ReplicatedConfiguration>>
): Preset<ReplicatedConfiguration> => ({ name, of: configuration(of), tier: 'fast', ...more })

/** By packets there are too many executions to search them all. */
const random = (name: string, of: Partial<ReplicatedConfiguration>): Preset<ReplicatedConfiguration> =>
  preset(name, { on: 'pbft', clients: 2, ...of }, { random: { runs: 4, steps: 300 } })

const chain = { blockOnly: true, transactions: 2 } as const

const presets: ReadonlyArray<Preset<ReplicatedConfiguration>> = [
  preset('chain', chain, { expect: holds(25_251, 90_090, 12), isDefault: true }),
  preset('chain, a clock', { ...chain, contract: 'clock' }, { expect: holds(25_251, 90_090, 12) }),
  preset(
    'chain, what succeeds',
    { ...chain, contract: 'token', succeeds: true },
    { expect: holds(25_475, 90_570, 12), isDefault: true }
  ),
  preset('chain, final', { ...chain, transactions: 1, final: true }, { expect: violated(5) }),
  random('log', {}),
  random('log, 2 views', { requests: 2, lastView: 1 }),
  random('log, a lying primary', { requests: 2, lastView: 1, byzantine: '0' })
]

const onChains = networkSubject<
  ReplicatedConfiguration,
  Faulty<Progress<NumberedTypes>>,
  Executor<NumberedTypes>,
  ToychainMessage<NumberedTypes>,
  InternalTransition<NumberedTypes>,
  NumberedTypes['Timestamp']
>({
  name: NAME,
  network: (c) => chains(c),
  words: chainWords,
  witnesses: () => chainsSought,
  mutants: mutants.map((mutant) => ({ ...mutant, network: mutant.chains ?? ((c) => chains(c)) }))
})

const onLogs = networkSubject<
  ReplicatedConfiguration,
  Deceived<null, Heard>,
  PbftNode,
  PbftMessage,
  PbftInternal,
  Untimed
>({
  name: NAME,
  network: (c) => logs(c),
  words: () => logWords,
  witnesses: () => packetsSought,
  mutants: mutants.map((mutant) => ({ ...mutant, network: mutant.logs ?? ((c) => logs(c)) }))
})

/** Contracts on top of consensus. */
export const replicated: AnySystem = defineWays<ReplicatedConfiguration>(
  {
    name: NAME,
    says: 'Nodes execute the transactions that they agree on, on a chain that may be replaced or in a log that only grows.',
    mirrors: [
      {
        work: 'Byzantine Fault Tolerance and Blockchains (lecture)',
        where: 'Smart Contracts: replicated via a consensus protocol'
      },
      { work: 'I. Sergey, A. Hobor, A Concurrent Perspective on Smart Contracts (WTSC 2017)', where: 'section 1' }
    ],
    form,
    presets,
    mutants
  },
  (c, mutant) => (c.on === 'toychain' ? onChains : onLogs)(c, mutant)
)
