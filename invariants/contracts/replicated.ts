/**
 * Nodes of Toychain that execute the contracts of their chains, and what holds of them.
 */
import type { InternalTransition, Message } from '../../spec/blockchain/protocol.js'
import type { Toychain } from '../../spec/blockchain/toychain.js'
import type { Types } from '../../spec/blockchain/types.js'
import type { World } from '../../spec/contracts/machine.js'
import { Replica, withExecution } from '../../spec/contracts/replicated.js'
import type { Executing, Executor } from '../../spec/contracts/replicated.js'
import { entries, unionMap } from '../../spec/prelude/unionMap.js'
import type { Faulty } from '../../spec/system/adversary.js'
import { toychainOptions } from '../blockchain/model.js'
import type { Bounds, Playable, Progress } from '../blockchain/model.js'
import { canonical } from '../checker/data/canonical.js'
import type { ProtocolModelOptions } from '../checker/network/protocolModel.js'
import { all, eachNode, ofStates, together } from '../property/invariant.js'
import type { NetworkInvariant } from '../property/invariant.js'
import { nodeStep } from '../property/property.js'
import { ledgerLine } from './show.js'

/** What makes a model of it. */
export type ReplicatedNetwork<T extends Types> = ProtocolModelOptions<
  Faulty<Progress<T>>,
  Executor<T>,
  Message<T>,
  InternalTransition<T>,
  T['Timestamp']
>

/** What contracts have, as a text by which it is compared. */
const contractsOf = ({ balances, stores }: World): string => canonical([balances, stores])

/** Nodes that agree on the chain agree on the contracts, and a transaction is in a chain once. */
export const agreementOnContracts = <T extends Types>(
  { forest, types }: Pick<Toychain<T>, 'forest' | 'types'>,
  { execute, worldOf, receiptsOf }: Replica<T>
): NetworkInvariant<Executor<T>, Message<T>> =>
  all('contracts', 'nodes that agree on the chain agree on the contracts', [
    ...ofStates<Executor<T>, Message<T>>(
      together('same chain, same contracts', 'nodes with one chain have one state of all contracts', {
        summary: (_, { blockTree, executed }) => ({ chain: forest.btChain(blockTree), world: worldOf(executed) }),
        decide: (seen) =>
          seen.flatMap(({ node, sees: { chain, world } }, i) =>
            seen
              .slice(0, i)
              .filter(
                ({ sees }) => forest.chainEq.equals(chain, sees.chain) && contractsOf(world) !== contractsOf(sees.world)
              )
              .map((other) => ({
                node,
                witness: `has ${ledgerLine(world)}, and node ${String(other.node)} has ${ledgerLine(other.sees.world)}`
              }))
          )
      })
    ),
    eachNode(
      'contracts follow from the chain',
      'what a node has executed is what its chain comes to, executed from the beginning',
      (node, { blockTree, executed }) => {
        const expected = execute(forest.btChain(blockTree))
        const [is, ought] = [worldOf(executed), worldOf(expected)]
        return contractsOf(is) === contractsOf(ought) &&
          canonical(receiptsOf(executed)) === canonical(receiptsOf(expected))
          ? []
          : [{ node, witness: `has ${ledgerLine(is)}, and its chain comes to ${ledgerLine(ought)}` }]
      }
    ),
    eachNode('at most once', "a transaction is in at most one block of a node's chain", (node, { blockTree }) => {
      const txs = forest.btChain(blockTree).flatMap((b) => b.txs)
      return txs.some((t, i) => txs.slice(0, i).some((other) => types.Transaction.equals(t, other)))
        ? [{ node, witness: 'has one twice' }]
        : []
    })
  ])

/** Where transactions are valid only if they succeed, none in a chain has thrown. */
export const nothingThrows = <T extends Types>({
  receiptsOf
}: Pick<Replica<T>, 'receiptsOf'>): NetworkInvariant<Executor<T>, Message<T>> =>
  eachNode('nothing throws', "no transaction of a node's chain has thrown", (node, { executed }) =>
    receiptsOf(executed)
      .filter(({ ok }) => !ok)
      .map(({ transaction }) => ({ node, witness: `${canonical(transaction)} has thrown` }))
  )

/** What a user was told stays so. It does not: a reorganisation undoes it. */
export const receiptsAreFinal = <T extends Types>(
  { types }: Pick<Toychain<T>, 'types'>,
  { receiptsOf }: Pick<Replica<T>, 'receiptsOf'>
) =>
  nodeStep<Executor<T>, Message<T>>(
    'receipts are final',
    'what a node has told of a transaction, it tells ever after',
    (node, before, after) => {
      const now = receiptsOf(after.executed)
      return receiptsOf(before.executed)
        .filter(
          (was) =>
            !now.some(
              (is) =>
                types.Transaction.equals(is.transaction, was.transaction) &&
                is.ok === was.ok &&
                is.result === was.result
            )
        )
        .map((was) => ({ node, witness: `${canonical(was.transaction)} had come to ${canonical(was.result)}` }))
    }
  )

/** What else than the usual a network of such nodes may have. */
export interface ReplicatedOptions<T extends Types> {
  /** How nodes execute. Default: as they should. */
  readonly replica?: (right: Replica<T>) => Replica<T>
  /** Transactions are to be valid only if they succeed. Default: false. */
  readonly succeeds?: boolean
  /** Ask that receipts are final. Default: false. */
  readonly final?: boolean
}

/** A bounded network of Toychain whose nodes execute the contracts of their chains, with the modules that it is made of. */
export const contractsOnToychain = <T extends Types>(
  playable: Playable<T>,
  limits: Bounds,
  executing: Executing<T>,
  { replica: change = (right) => right, succeeds = false, final = false }: ReplicatedOptions<T> = {}
): ReplicatedNetwork<T> & { readonly toychain: Toychain<T> } => {
  const right = Replica(playable.instance, executing)
  const { toychain, network, world, name, environment, observations, kinds, kindOfInternal } = toychainOptions(
    playable,
    limits,
    { invariants: () => [] }
  )
  const protocol = withExecution(network.protocol, toychain.forest, change(right))
  const { Address } = toychain.addresses
  return {
    toychain,
    name: `${name} with contracts`,
    nodes: limits.nodes,
    protocol,
    environment,
    worlds: [
      {
        ...world,
        localState: unionMap(Address).fromEntries(
          entries(world.localState).map(([n, st]) => [n, { ...st, executed: protocol.Init(n).executed }])
        )
      }
    ],
    invariants: [agreementOnContracts(toychain, right), ...(succeeds ? [nothingThrows(right)] : [])],
    properties: final ? [receiptsAreFinal(toychain, right)] : [],
    observations,
    kinds,
    kindOfInternal
  }
}
