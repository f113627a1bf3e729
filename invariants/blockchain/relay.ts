/**
 * How what one node knows comes to the others: inventories, requests and answers.
 *
 * What a node must do with a message is said of its reaction, in which the message, its sender and all that is sent are
 * seen. What is in flight says less: a request may be on its way when what it asks for has come otherwise.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Message, State } from '../../spec/blockchain/protocol.js'
import type { Toychain } from '../../spec/blockchain/toychain.js'
import type { Types } from '../../spec/blockchain/types.js'
import { isIn } from '../../spec/prelude/seq.js'
import { dom, unionMap, unit, valid } from '../../spec/prelude/unionMap.js'
import type { UnionMap } from '../../spec/prelude/unionMap.js'
import { all, each, fromView } from '../property/invariant.js'
import type { NetworkInvariant, View } from '../property/invariant.js'
import { nodeStep } from '../property/property.js'
import type { ToychainProperty } from './model.js'
import { Words } from './pictures.js'
import { plural } from '../words.js'
import { packetText, reaction, unlessBroadcast } from './reactions.js'

/** The hashes of what is asked of a node by the requests in flight to it. */
export const requestView = <T extends Types>({
  types
}: Toychain<T>): View<State<T>, Message<T>, UnionMap<T['Hash'], null>> => ({
  start: () => unit,
  matters: (msg) => msg._tag === 'GetDataMsg',
  arrive: (asked, msg) => (msg._tag === 'GetDataMsg' ? unionMap(types.Hash).upd(msg.hash, null, asked) : asked)
})

/** A node is asked only for what it has announced. Blocks it holds ever after; a transaction may be gone. */
export const requestsInFlight = <T extends Types>(
  toychain: Toychain<T>,
  transactions: ReadonlyArray<T['Transaction']>
): NetworkInvariant<State<T>, Message<T>> => {
  const { forest, params, types } = toychain
  const { label } = Words(toychain)
  const says = 'a node that is asked for a block holds it (or a collision has happened)'
  const isOfTransaction = (h: T['Hash']): boolean => transactions.some((t) => types.Hash.equals(params.hashT(t), h))
  return all(
    'requests in flight',
    says,
    fromView(requestView(toychain), [
      each('held', says, (node, { blockTree }: State<T>, asked) =>
        valid(blockTree)
          ? dom(asked)
              .filter((h) => O.isNone(forest.find(h, blockTree)) && !isOfTransaction(h))
              .map((h) => ({ node, witness: `is asked for ${label(h)}, which it does not hold` }))
          : []
      )
    ])
  )
}

/** Whether a node has something under a hash that it may send: a block besides genesis, or a transaction of its pool. */
const canSend = <T extends Types>(
  { forest, params, types }: Toychain<T>,
  { blockTree, txPool }: State<T>,
  hash: T['Hash']
): boolean =>
  O.exists<ReturnType<typeof forest.get_block>>((b) => !forest.blockEq.equals(b, params.GenesisBlock))(
    forest.find(hash, blockTree)
  ) || txPool.some((t) => types.Hash.equals(params.hashT(t), hash))

/** Who asks a node for what it holds is sent that, and nothing else is sent to anybody. */
const answers = <T extends Types>(toychain: Toychain<T>): ToychainProperty<T> => {
  const { params, types } = toychain
  const { label } = Words(toychain)
  const text = packetText(toychain)
  const carries = (msg: Message<T>, hash: T['Hash']): boolean =>
    (msg._tag === 'BlockMsg' && types.Hash.equals(params.hashB(msg.block), hash)) ||
    (msg._tag === 'TxMsg' && types.Hash.equals(params.hashT(msg.tx), hash))
  return reaction(
    toychain,
    'answers',
    'another node that asks for what a node holds is sent that, once, and nothing else is sent',
    ({ node, before, to, sent }) => {
      if (to._tag !== 'Message' || to.msg._tag !== 'GetDataMsg') return []
      const { from, msg } = to
      const asked = `asked by node ${String(from)} for ${label(msg.hash)}`
      const isDue = from !== node && canSend(toychain, before, msg.hash)
      const right = isDue ? sent.filter((p) => p.dst === from && carries(p.msg, msg.hash)) : []
      return [
        ...(isDue && right.length !== 1
          ? [`${asked}, which it holds, it sends that ${plural(right.length, 'time')}`]
          : []),
        ...sent.filter((p) => !right.includes(p)).map((p) => `${asked}, it sends ${text(p)}`)
      ]
    }
  )
}

/** Of an inventory a node asks its sender for what it lacks, and for nothing else. */
const requests = <T extends Types>(toychain: Toychain<T>): ToychainProperty<T> => {
  const { local, types } = toychain
  const { label } = Words(toychain)
  const text = packetText(toychain)
  const among = isIn(types.Hash)
  return reaction(
    toychain,
    'requests',
    'a node that is told what another holds asks it for all of that which it lacks itself, and for nothing else',
    ({ before, to, sent }) => {
      if (to._tag !== 'Message' || to.msg._tag !== 'InvMsg') return []
      const { from, msg } = to
      const own = local.ownHashes(before.blockTree, before.txPool)
      const lacking = msg.hashes.filter((h) => !among(h, own))
      const asked = sent.flatMap((p) => (p.msg._tag === 'GetDataMsg' && p.dst === from ? [p.msg.hash] : []))
      return [
        ...lacking
          .filter((h) => !among(h, asked))
          .map((h) => `lacks ${label(h)}, and does not ask node ${String(from)} for it`),
        ...sent
          .filter((p) => p.dst !== from || p.msg._tag !== 'GetDataMsg' || !among(p.msg.hash, lacking))
          .map((p) => `sends ${text(p)}`)
      ]
    }
  )
}

/** What a node announces it holds, and whoever asks for it at once is sent it. */
const inventories = <T extends Types>(toychain: Toychain<T>): ToychainProperty<T> => {
  const { local, types } = toychain
  const among = isIn(types.Hash)
  const areSame = (some: ReadonlyArray<T['Hash']>, others: ReadonlyArray<T['Hash']>): boolean =>
    some.every((h) => among(h, others)) && others.every((h) => among(h, some))
  return reaction(
    toychain,
    'inventories',
    'a node that has received a block or a transaction tells all its peers what it holds, and nothing else',
    (did) => {
      const { after, to } = did
      if (to._tag !== 'Message' || (to.msg._tag !== 'BlockMsg' && to.msg._tag !== 'TxMsg')) return []
      const own = local.ownHashes(after.blockTree, after.txPool)
      return unlessBroadcast(
        toychain,
        did,
        'the inventory of what it holds',
        (msg) => msg._tag === 'InvMsg' && areSame(msg.hashes, own)
      )
    }
  )
}

/** How what is known is passed on. */
export const relay = <T extends Types>(toychain: Toychain<T>): ReadonlyArray<ToychainProperty<T>> => [
  inventories(toychain),
  requests(toychain),
  answers(toychain)
]

/** No peer is forgotten. */
export const peersStay = <T extends Types>({ addresses }: Toychain<T>): ToychainProperty<T> =>
  nodeStep('peers', 'who is a peer of a node remains one', (node, before: State<T>, after) =>
    before.peers
      .filter((p) => !isIn(addresses.Address)(p, after.peers))
      .map((p) => ({ node, witness: `forgets its peer ${String(p)}` }))
  )
