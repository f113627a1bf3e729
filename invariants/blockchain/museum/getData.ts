/**
 * The first exhibit: a node that is asked for what it does not know answers with the genesis block.
 */
import * as O from 'fp-ts/lib/Option.js'
import { seqEq } from '../../../spec/prelude/seq.js'
import { emitOne, emitZero } from '../../../spec/system/protocol.js'
import { Forests } from '../../../spec/blockchain/forests.js'
import type { NumberedTypes } from '../../../spec/blockchain/instances/numbered.js'
import type { Message, State } from '../../../spec/blockchain/protocol.js'
import type { Instance, Toychain, Variant } from '../../../spec/blockchain/toychain.js'
import type { Types } from '../../../spec/blockchain/types.js'
import { all, fromView, together } from '../../property/invariant.js'
import type { NetworkInvariant } from '../../property/invariant.js'
import { bounds } from '../model.js'
import type { Bounds } from '../model.js'
import { playNumbered } from '../playable.js'
import { mainSubject } from '../subjects.js'
import { explored } from './exhibit.js'
import type { Exhibit, Trial } from './exhibit.js'

/**
 * The main protocol with the answer to `GetDataMsg` as it was from September 2017 to January 2018: whatever `get_block`
 * says, which is genesis for every hash that it does not find.
 */
export const getDataOf2017 = <T extends Types>({ types, params }: Instance<T>): Variant<T> => ({
  protocol: (Pr) => ({
    ...Pr,
    procMsg: (st, from, msg, ts) => {
      if (msg._tag !== 'GetDataMsg') return Pr.procMsg(st, from, msg, ts)
      if (from === st.id) return [st, emitZero]
      const block = Forests(types, params).get_block(st.blockTree, msg.hash)
      return [st, emitOne<Message<T>>({ src: st.id, dst: from, msg: { _tag: 'BlockMsg', block } })]
    }
  })
})

/** What a node may ask for is a block that was minted or a transaction: nobody is ever sent genesis. */
export const noGenesisSent = <T extends Types>({
  forest,
  params
}: Toychain<T>): NetworkInvariant<State<T>, Message<T>> =>
  all('no genesis sent', 'no packet carries the genesis block, which every node has', [
    ...fromView<State<T>, Message<T>, boolean>(
      {
        start: () => false,
        matters: (msg) => msg._tag === 'BlockMsg' && forest.blockEq.equals(msg.block, params.GenesisBlock),
        arrive: () => true
      },
      [
        together('answer', 'no packet carries the genesis block, which every node has', {
          summary: (_n, _st, isSentGenesis) => isSentGenesis,
          decide: (seen) =>
            seen.flatMap(({ node, sees }) => (sees ? [{ node, witness: 'is being sent the genesis block' }] : []))
        })
      ]
    )
  ])

/** Where no message is in flight to any node, all nodes hold the same transactions. */
export const poolsAgreeAtRest = <T extends Types>({ types }: Toychain<T>): NetworkInvariant<State<T>, Message<T>> => {
  const says = 'if nothing is in flight to any node, all nodes hold the same transactions'
  const poolEq = seqEq(types.Transaction)
  return all(
    'pools agree at rest',
    says,
    fromView<State<T>, Message<T>, boolean>({ start: () => false, matters: () => true, arrive: () => true }, [
      together('one pool', says, {
        summary: (_n, st, waits) => (waits ? O.none : O.some(st.txPool)),
        settles: O.isNone,
        decide: (seen) => {
          const pools = seen.flatMap(({ node, sees }) => (O.isSome(sees) ? [{ node, pool: sees.value }] : []))
          const [first, ...others] = pools
          return others
            .filter(({ pool }) => first !== undefined && !poolEq.equals(pool, first.pool))
            .map(({ node, pool }) => ({
              node,
              witness: `holds [${pool.map(String).join(', ')}], but node ${String(first?.node)} holds [${(
                first?.pool ?? []
              )
                .map(String)
                .join(', ')}]`
            }))
        }
      })
    ])
  )
}

const oneLoss = bounds(2, 0, 1, { faults: { duplications: 0, losses: 1, cuts: 0, sides: [] } })
const noLoss = bounds(2, 0, 1)

type Asked = (toychain: Toychain<NumberedTypes>) => NetworkInvariant<State<NumberedTypes>, Message<NumberedTypes>>

const trial = (of: string, limits: Bounds, asked: Asked, variant: Variant<NumberedTypes>): Trial => ({
  of,
  run: () => explored(mainSubject(playNumbered, limits, { variant, invariants: (toychain) => [asked(toychain)] }))
})

const mutant = 'GetDataMsg as in 2017'
const main = 'GetDataMsg as it is'
const old = getDataOf2017(playNumbered.instance)

/** The exhibit. */
export const getData: Exhibit = {
  name: 'get-data',
  title: 'Asked for a transaction, a node answers with genesis',
  believed:
    'A node that lacks something asks for it by its hash, and is sent the block or the transaction with that hash.',
  explanation: [
    'At first a node kept its blocks in a list, and answered with the first block of that hash, else with the first such transaction. When trees became maps, the list of matching blocks was replaced by the one-element list of what `get_block` finds. But `get_block` is total: under a hash that is no key it finds genesis. So there was always a match, the code for transactions was never reached, and a transaction could not be fetched.',
    'It stayed so for four months and a half, and the artefact of the paper has it. No lemma says what an answer should be, and none is hurt: every tree has genesis, so that receiving it changes none, and the invariant is about blocks. In January 2018 the unreachable code was removed as redundant; two weeks later genesis was taken out of the answers, and the day after the code for transactions was back.'
  ],
  sources: [
    {
      commit: '7fde69e',
      date: '2017-08-03',
      file: 'PoS/Protocol.v',
      says: 'the first handler: blocks of the list with that hash, else transactions'
    },
    {
      commit: 'f211dd5',
      date: '2017-09-12',
      file: 'PoS/Protocol.v',
      says: 'trees are maps; the matching blocks are what get_block finds'
    },
    { commit: '86700e4', date: '2017-11-15', file: 'Systems/Protocol.v', says: "the paper's artefact, tag v0.1" },
    { commit: '7721a37', date: '2018-01-17', file: 'Systems/Protocol.v', says: 'the unreachable code is removed' },
    { commit: '356a2db', date: '2018-02-01', file: 'Systems/Protocol.v', says: 'genesis is no answer' },
    { commit: 'fa92ffb', date: '2018-02-02', file: 'Systems/Protocol.v', says: 'transactions are answers again' }
  ],
  searches: [
    {
      asks: 'Is a node ever sent the genesis block?',
      among: 'all executions of 2 nodes with 1 transaction',
      mutant: trial(mutant, noLoss, noGenesisSent, old),
      controls: [trial(main, noLoss, noGenesisSent, {})]
    },
    {
      asks: 'Is a transaction that the network lost fetched from the other node?',
      among: 'all executions of 2 nodes with 1 transaction, in which the network loses at most 1 packet',
      mutant: trial(mutant, oneLoss, poolsAgreeAtRest, old),
      controls: [trial(main, oneLoss, poolsAgreeAtRest, {})]
    }
  ]
}
