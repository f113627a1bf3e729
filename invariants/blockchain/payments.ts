/**
 * What payments are for: no node's chain spends funds twice.
 */
import { entries } from '../../spec/prelude/unionMap.js'
import type { PaymentMeasures, PaymentTypes } from '../../spec/blockchain/instances/payments.js'
import type { Message, State } from '../../spec/blockchain/protocol.js'
import type { Toychain } from '../../spec/blockchain/toychain.js'
import { all, eachNode } from '../property/invariant.js'
import type { NetworkInvariant } from '../property/invariant.js'

/** No account of any node's chain is overdrawn, and no funds appear or vanish. */
export const no_double_spending =
  ({ balances }: PaymentMeasures) =>
  (toychain: Toychain<PaymentTypes>): NetworkInvariant<State<PaymentTypes>, Message<PaymentTypes>> => {
    const { btChain } = toychain.forest
    const total = (holdings: ReadonlyArray<readonly [string, { readonly balance: number }]>): number =>
      holdings.reduce((sum, [, { balance }]) => sum + balance, 0)
    const issued = total(entries(balances([toychain.params.GenesisBlock])))
    return all('no_double_spending', "no node's chain spends funds twice", [
      eachNode('overdrawn', "no account of a node's chain is overdrawn", (node, st) =>
        entries(balances(btChain(st.blockTree)))
          .filter(([, { balance }]) => balance < 0)
          .map(([account, { balance }]) => ({ node, witness: `${account} has ${String(balance)}` }))
      ),
      eachNode('conserved', 'the sum of all funds is what genesis issued', (node, st) => {
        const now = total(entries(balances(btChain(st.blockTree))))
        return now === issued ? [] : [{ node, witness: `${String(issued)} were issued, there are ${String(now)}` }]
      })
    ])
  }
