/**
 * What holds of nodes that execute the contracts of their chains.
 */
import type { Message, State } from '../../spec/blockchain/protocol.js'
import type { Toychain } from '../../spec/blockchain/toychain.js'
import type { Types } from '../../spec/blockchain/types.js'
import { Replica } from '../../spec/contracts/replicated.js'
import type { Executing } from '../../spec/contracts/replicated.js'
import type { ToychainProperty } from '../blockchain/model.js'
import { canonical } from '../checker/data/canonical.js'
import { all, eachNode, ofStates, together } from '../property/invariant.js'
import type { NetworkInvariant } from '../property/invariant.js'
import { nodeStep } from '../property/property.js'

/** Nodes that agree on the chain agree on the contracts, and a transaction is in a chain once. */
export const agreementOnContracts =
  <T extends Types>(executing: Executing<T>) =>
  (toychain: Toychain<T>): NetworkInvariant<State<T>, Message<T>> => {
    const { forest, instance, types } = toychain
    const { execute, worldOf } = Replica(instance, executing)
    return all('contracts', 'nodes that agree on the chain agree on the contracts', [
      ...ofStates<State<T>, Message<T>>(
        together('same chain, same contracts', 'nodes with one chain have one state of all contracts', {
          summary: (_, { blockTree }) => {
            const chain = forest.btChain(blockTree)
            const { balances, stores } = worldOf(execute(chain))
            return { chain, contracts: canonical([balances, stores]) }
          },
          decide: ([first, ...others]) =>
            others
              .filter(
                ({ sees }) =>
                  first !== undefined &&
                  forest.chainEq.equals(sees.chain, first.sees.chain) &&
                  sees.contracts !== first.sees.contracts
              )
              .map(({ node, sees }) => ({ node, witness: `has ${sees.contracts}` }))
        })
      ),
      eachNode('at most once', "a transaction is in at most one block of a node's chain", (node, { blockTree }) => {
        const txs = forest.btChain(blockTree).flatMap((b) => b.txs)
        return txs.some((t, i) => txs.slice(0, i).some((other) => types.Transaction.equals(t, other)))
          ? [{ node, witness: 'has one twice' }]
          : []
      })
    ])
  }

/** A node that goes from chain to chain, undoing blocks, comes to what it would have executed from the beginning. */
export const reorganisationReplays =
  <T extends Types>(executing: Executing<T>) =>
  ({ forest, instance }: Toychain<T>): ToychainProperty<T> => {
    const { execute, follow, worldOf } = Replica(instance, executing)
    return nodeStep('replays', 'a reorganisation replays: what is undone leaves no trace', (node, before, after) => {
      const chain = forest.btChain(after.blockTree)
      const followed = worldOf(follow(execute(forest.btChain(before.blockTree)), chain))
      return canonical(followed) === canonical(worldOf(execute(chain)))
        ? []
        : [{ node, witness: 'has something of the blocks that were undone' }]
    })
  }

/** What a user was told stays so. It does not: a reorganisation undoes it. */
export const receiptsAreFinal =
  <T extends Types>(executing: Executing<T>) =>
  ({ forest, instance, types }: Toychain<T>): ToychainProperty<T> => {
    const { execute, receiptsOf } = Replica(instance, executing)
    return nodeStep(
      'receipts are final',
      'what a node has told of a transaction, it tells ever after',
      (node, before, after) => {
        const now = receiptsOf(execute(forest.btChain(after.blockTree)))
        return receiptsOf(execute(forest.btChain(before.blockTree)))
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
  }
