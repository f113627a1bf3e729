/**
 * Definitions and parameters of Toychain that are wrong on purpose, for whatever types: a lemma or an invariant that no such
 * variant breaks says nothing.
 */
import { identity } from 'fp-ts/lib/function.js'
import { foldl } from '../../spec/prelude/seq.js'
import { unionMap, unit } from '../../spec/prelude/unionMap.js'
import { Forests } from '../../spec/blockchain/forests.js'
import type { Forest } from '../../spec/blockchain/forests.js'
import type { World } from '../../spec/blockchain/invMisc.js'
import type { Message, State } from '../../spec/blockchain/protocol.js'
import type { Instance, NodeProtocol, Toychain } from '../../spec/blockchain/toychain.js'
import type { Block, Blockchain, BlockTree, Types } from '../../spec/blockchain/types.js'
import { netAddr } from '../../spec/system/address.js'
import type { Address } from '../../spec/system/address.js'
import type { ToSend } from '../../spec/system/protocol.js'

/** A variant of the parameters and of the definitions that are made from them. */
export interface WrongDefinition {
  readonly name: string
  readonly says: string
  readonly instance: <T extends Types>(right: Instance<T>) => Instance<T>
  readonly forest: <T extends Types>(right: Forest<T>, instance: Instance<T>) => Forest<T>
}

/** Wrong parameters. */
const parameters = (
  name: string,
  says: string,
  change: <T extends Types>(right: Instance<T>['params']) => Partial<Instance<T>['params']>
): WrongDefinition => ({
  name,
  says,
  instance: (right) => ({ ...right, params: { ...right.params, ...change(right.params) } }),
  forest: identity
})

/** A wrong way to add a block to a tree. */
const extending = (
  name: string,
  says: string,
  extend: <T extends Types>(
    bt: BlockTree<T>,
    b: Block<T>,
    right: Forest<T>['btExtend'],
    instance: Instance<T>
  ) => BlockTree<T>
): WrongDefinition => ({
  name,
  says,
  instance: identity,
  forest: (right, instance) => {
    const btExtend: typeof right.btExtend = (bt, b) => extend(bt, b, right.btExtend, instance)
    return { ...right, btExtend, btExtendAll: (bt, bs) => foldl(btExtend, bt, bs) }
  }
})

/** The wrong definitions. */
export const wrongDefinitions: ReadonlyArray<WrongDefinition> = [
  extending(
    'first-stays',
    'Adding a block whose hash is taken changes nothing, whatever is there: btExtend as in 2018.',
    (bt, b, right, { types, params }) => (unionMap(types.Hash).has(params.hashB(b), bt) ? bt : right(bt, b))
  ),
  extending('last-stays', 'Adding a block whose hash is taken replaces what is there.', (bt, b, _, { types, params }) =>
    unionMap(types.Hash).upd(params.hashB(b), b, bt)
  ),
  {
    name: 'alone',
    says: 'The chain of a block is that block alone.',
    instance: identity,
    forest: (right) => ({ ...right, compute_chain: (bt, b) => right.compute_chain(bt, b).slice(-1) })
  },
  parameters('length-only', 'Of two chains the longer is better; of equally long ones neither is.', () => ({
    FCR: (A, B) => A.length > B.length
  })),
  parameters('ties-win', 'A chain that is as long as another is better than it.', () => ({
    FCR: (A, B) => A.length >= B.length
  })),
  parameters('anything-goes', 'Every block is acceptable everywhere.', () => ({ VAF: () => true }))
]

/** A protocol that is wrong on purpose. */
export interface WrongProtocol {
  readonly name: string
  readonly says: string
  readonly protocol: <T extends Types>(right: NodeProtocol<T>, instance: Instance<T>) => NodeProtocol<T>
}

/** What becomes of a node, and what it sends. */
type Outcome<T extends Types> = readonly [State<T>, ToSend<Message<T>>]

/** A wrong way to handle a kind of message: the node before, and what is right. */
const handling = (
  kind: Message<Types>['_tag'],
  name: string,
  says: string,
  change: <T extends Types>(st: State<T>, from: Address, right: Outcome<T>, instance: Instance<T>) => Outcome<T>
): WrongProtocol => ({
  name,
  says,
  protocol: (right, instance) => ({
    ...right,
    procMsg: (st, from, msg, ts) => {
      const outcome = right.procMsg(st, from, msg, ts)
      return msg._tag === kind ? change(st, from, outcome, instance) : outcome
    }
  })
})

/** Minting, on a chain that is not the best. */
const mintingOn = (
  name: string,
  says: string,
  choose: <T extends Types>(n: Address, bt: BlockTree<T>, forest: Forest<T>, instance: Instance<T>) => Blockchain<T>
): WrongProtocol => ({
  name,
  says,
  protocol: <T extends Types>(right: NodeProtocol<T>, instance: Instance<T>): NodeProtocol<T> => {
    const forest = Forests(instance.types, instance.params)
    return {
      ...right,
      procInt: (st, transition, ts) => {
        if (transition._tag !== 'MintT') return right.procInt(st, transition, ts)
        // A node that knows nothing else mints on that chain.
        const chosen = forest.btExtendAll(unit, choose(st.id, st.blockTree, forest, instance))
        const [after, sent] = right.procInt({ ...st, blockTree: chosen }, transition, ts)
        const blocks = sent.flatMap(({ msg }) => (msg._tag === 'BlockMsg' ? [msg.block] : []))
        return [{ ...after, blockTree: forest.btExtendAll(st.blockTree, blocks) }, sent]
      }
    }
  }
})

/** Wrong ways to keep a pool, to pass on what is known, and to mint. */
export const wrongProtocols: ReadonlyArray<WrongProtocol> = [
  handling(
    'BlockMsg',
    'unfiltered-pool',
    'A block that arrives takes nothing out of the pool.',
    (st, _, [after, sent]) => [{ ...after, txPool: st.txPool }, sent]
  ),
  handling(
    'BlockMsg',
    'wiped-pool',
    'A block that arrives takes everything out of the pool.',
    (_st, _, [after, sent]) => [{ ...after, txPool: [] }, sent]
  ),
  handling('TxMsg', 'dropped-transactions', 'A transaction that arrives is forgotten.', (st, _, [, sent]) => [
    st,
    sent
  ]),
  handling(
    'GetDataMsg',
    'wrong-answer',
    'A node that is asked for a block answers with the last of its chain.',
    (st, _, [after, sent], { types, params }) => {
      const { btChain, lastBlock } = Forests(types, params)
      return [
        after,
        sent.map((p) =>
          p.msg._tag === 'BlockMsg' ? { ...p, msg: { ...p.msg, block: lastBlock(btChain(st.blockTree)) } } : p
        )
      ]
    }
  ),
  handling('GetDataMsg', 'wrong-peer', 'A node that is asked sends the answer to itself.', (st, _, [after, sent]) => [
    after,
    sent.map((p) => ({ ...p, dst: st.id }))
  ]),
  handling('InvMsg', 'first-hash-only', 'Of what it lacks a node asks for the first only.', (_st, _, [after, sent]) => [
    after,
    sent.slice(0, 1)
  ]),
  {
    name: 'included-kept',
    says: 'Transactions of a block that a node mints stay in its pool.',
    protocol: (right) => ({
      ...right,
      procInt: (st, transition, ts) => {
        const [after, sent] = right.procInt(st, transition, ts)
        return [{ ...after, txPool: st.txPool }, sent]
      }
    })
  },
  mintingOn(
    'ties-by-node',
    'Of chains as long as the best one, nodes with an odd address mint on the worst.',
    (n, bt, { all_chains, btChain, good_chain, valid_chain }, { params }) => {
      const best = btChain(bt)
      if (n % 2 === 0) return best
      return all_chains(bt)
        .filter((bc) => bc.length === best.length && good_chain(bc) && valid_chain(bc))
        .reduce((worst, bc) => (params.FCR(worst, bc) ? bc : worst), best)
    }
  ),
  mintingOn('last-but-one', 'Nodes mint on the last block but one of their chain.', (_n, bt, { btChain }) => {
    const bc = btChain(bt)
    return bc.slice(0, Math.max(1, bc.length - 1))
  })
]

/** A node that remembers of its peers only who has introduced itself last. */
export const forgetful: WrongProtocol = handling(
  'ConnectMsg',
  'forgotten-peers',
  'Who introduces itself to a node takes the place of all its peers.',
  (_st, from, [after, sent]) => [{ ...after, peers: [from] }, sent]
)

/** A clique, to whose first node somebody introduces itself who is none of it. */
export const strangerWorld = <T extends Types>({ addresses: { enum: nodes }, cliqueWorld }: Toychain<T>): World<T> => ({
  ...cliqueWorld,
  inFlightMsgs: netAddr(nodes.length + 1)
    .enum.slice(-1)
    .flatMap((src) => nodes.slice(0, 1).map((dst) => ({ src, dst, msg: { _tag: 'ConnectMsg' } as const })))
})
