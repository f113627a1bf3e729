/**
 * Toychains at random: blocks whose hashes come from a small table, so that collisions, orphans, cycles and blocks that
 * are their own predecessors are everyday; trees, messages, states and worlds made of them.
 */
import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { hashOf, transactionOf } from '../../spec/blockchain/codec.js'
import type { Hash, Transaction } from '../../spec/blockchain/codec.js'
import { Forests } from '../../spec/blockchain/forests.js'
import type { World } from '../../spec/blockchain/invMisc.js'
import { longestChain } from '../../spec/blockchain/instances/longestChain.js'
import { proofOfWork } from '../../spec/blockchain/instances/proofOfWork.js'
import type { TypesImpl } from '../../spec/blockchain/instances/typesImpl.js'
import type { InternalTransition, Message, State } from '../../spec/blockchain/protocol.js'
import { MintT } from '../../spec/blockchain/protocol.js'
import { Toychain } from '../../spec/blockchain/toychain.js'
import type { Instance } from '../../spec/blockchain/toychain.js'
import type { Block, BlockTree } from '../../spec/blockchain/types.js'
import { pts, range, undef, unionMap, unit, valid } from '../../spec/prelude/unionMap.js'
import { Address } from '../../spec/system/codec.js'
import { netAddr } from '../../spec/system/address.js'
import type { Packet } from '../../spec/system/protocol.js'

export type B = Block<TypesImpl>
export type Tree = BlockTree<TypesImpl>
export type S = State<TypesImpl>
export type M = Message<TypesImpl>
export type W = World<TypesImpl>
export type P = Packet<M>
export type Tr = InternalTransition<TypesImpl>
export type Chain = ReadonlyArray<B>
export type Toy = Toychain<TypesImpl>

/** The address with a number, whether or not there is a node at it. */
export const address = (n: number): Address => {
  if (!Address.is(n)) throw new RangeError(`${n} is not an address`)
  return n
}

/** An instance, and the few values that its blocks are drawn from. */
export interface Bed {
  readonly instance: Instance<TypesImpl>
  /** The hashes that blocks have; that of genesis first. */
  readonly hashes: ReadonlyArray<Hash>
  readonly transactions: ReadonlyArray<Transaction>
}

const transactions = ['', 't1', 't2'].map(transactionOf)

/** At some times an attempt fails, at some it ignores what it was offered. */
const genProof: Instance<TypesImpl>['params']['genProof'] = (_bc, offered, ts) =>
  ts % 7 === 6 ? O.none : O.some([ts % 5 === 4 ? transactions.slice(0, 2) : offered, ts] as const)

const bed = (texts: ReadonlyArray<string>, make: (hashB: (b: B) => Hash) => Instance<TypesImpl>): Bed => {
  const hashes = texts.map(hashOf)
  return { hashes, transactions, instance: make((b) => hashes[b.proof % hashes.length] ?? hashOf('')) }
}

/** Transaction hashes, of which one is a block hash too and two are equal. */
const hashT = (t: Transaction): Hash => hashOf(t === '' ? 'a' : 'tx')

/** Longest chain wins; every block but a second genesis is acceptable. */
export const byLength = bed(['0x1', '0x10', 'a', 'B', '', 'b'], (hashB) => longestChain({ hashB, hashT, genProof }))

/** Most work wins; two of the six hashes do not have enough work. */
export const byWork = bed(['0x0007', '0x00001', '0x0003', '0x000f', '0x0007a', 'a'], (hashB) =>
  proofOfWork({ hashB, hashT, genProof })
)

export const beds = { byLength, byWork } as const
export const bedNames = ['byLength', 'byWork'] as const

/** A hash that no block has. */
export const missing = hashOf('?')

/** What a block of a certain proof can be: most name the hash before their own in the table, so that chains get long. */
const blockWith = ({ hashes, transactions: ts }: Bed, proof: number): fc.Arbitrary<B> => {
  const prevBlockHash = fc.oneof(
    { weight: 12, arbitrary: fc.constant(hashes[(proof + 5) % 6] ?? missing) },
    { weight: 3, arbitrary: fc.constantFrom(...hashes) },
    { weight: 1, arbitrary: fc.constant(hashes[proof % 6] ?? missing) },
    { weight: 1, arbitrary: fc.constant(missing) }
  )
  const txs = fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom(...ts), { minLength: 1, maxLength: 2 }) }
  )
  return fc.record({ prevBlockHash, txs, proof: fc.constant(proof) })
}

/** Blocks: one in five collides with another, one in seven is genesis. */
export const blockOf = (b: Bed): fc.Arbitrary<B> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.nat(5).chain((proof) => blockWith(b, proof)) },
    { weight: 1, arbitrary: fc.integer({ min: 6, max: 11 }).chain((proof) => blockWith(b, proof)) },
    { weight: 1, arbitrary: fc.constant(b.instance.params.GenesisBlock) }
  )

/** Trees: most hold genesis and are keyed by hashes; some are empty, undefined, without genesis, or have odd keys. */
export const treeOf = (b: Bed): fc.Arbitrary<Tree> => {
  const { btExtendAll } = Forests(b.instance.types, b.instance.params)
  const { upd, free } = unionMap(b.instance.types.Hash)
  const odd = fc
    .tuple(
      rootedTreeOf(b),
      fc.array(fc.tuple(fc.constantFrom(...b.hashes, missing), blockOf(b)), { minLength: 1, maxLength: 4 })
    )
    .map(([tree, es]) => es.reduce<Tree>((bt, [h, block]) => upd(h, block, bt), tree))
  const rootless = rootedTreeOf(b).map((bt) => free(b.instance.params.hashB(b.instance.params.GenesisBlock), bt))
  return fc.oneof(
    { weight: 12, arbitrary: rootedTreeOf(b) },
    { weight: 1, arbitrary: fc.array(blockOf(b), { maxLength: 6 }).map((bs) => btExtendAll(unit, bs)) },
    { weight: 1, arbitrary: rootless },
    { weight: 2, arbitrary: odd },
    { weight: 1, arbitrary: fc.constant(undef) }
  )
}

/** Defined trees that hold genesis and are keyed by hashes: up to five other blocks. */
export const rootedTreeOf = (b: Bed): fc.Arbitrary<Tree> => {
  const { btExtend } = Forests(b.instance.types, b.instance.params)
  const { GenesisBlock, hashB } = b.instance.params
  const perhaps = (proof: number) => fc.option(blockWith(b, proof), { nil: undefined, freq: 3 })
  return fc.tuple(...[1, 2, 3, 4, 5].map(perhaps), fc.option(blockOf(b), { nil: undefined })).map((bs) =>
    bs.reduce<Tree>(
      (bt, block) => {
        const extended = block === undefined ? bt : btExtend(bt, block)
        return valid(extended) ? extended : bt
      },
      pts(hashB(GenesisBlock), GenesisBlock)
    )
  )
}

/** A tree with a block, which most of the time is one of the tree's. */
export const treeWithBlockOf = (b: Bed): fc.Arbitrary<readonly [Tree, B]> =>
  fc.tuple(treeOf(b), blockOf(b), fc.nat(7)).map(([bt, block, i]) => [bt, range(bt)[i] ?? block])

/** Lists of blocks: mostly chains of trees, and any others. */
export const chainOf = (b: Bed): fc.Arbitrary<Chain> => {
  const { compute_chain } = Forests(b.instance.types, b.instance.params)
  return fc.oneof(
    { weight: 3, arbitrary: treeWithBlockOf(b).map(([bt, block]) => compute_chain(bt, block)) },
    { weight: 1, arbitrary: fc.array(blockOf(b), { maxLength: 4 }) },
    {
      weight: 1,
      arbitrary: fc.array(blockOf(b), { maxLength: 4 }).map((bs) => [b.instance.params.GenesisBlock, ...bs])
    }
  )
}

const listOf = <A>(values: ReadonlyArray<A>, maxLength: number): fc.Arbitrary<ReadonlyArray<A>> =>
  fc.array(fc.constantFrom(...values), { maxLength })

/** Messages of all six kinds. */
export const messageOf = (b: Bed): fc.Arbitrary<M> => {
  const hash = fc.constantFrom(...b.hashes, missing, hashOf('tx'))
  return fc.oneof(
    { weight: 3, arbitrary: fc.record({ _tag: fc.constant('BlockMsg' as const), block: blockOf(b) }) },
    {
      weight: 1,
      arbitrary: fc.record({ _tag: fc.constant('TxMsg' as const), tx: fc.constantFrom(...b.transactions) })
    },
    {
      weight: 1,
      arbitrary: fc.record({ _tag: fc.constant('InvMsg' as const), hashes: fc.array(hash, { maxLength: 4 }) })
    },
    { weight: 1, arbitrary: fc.record({ _tag: fc.constant('GetDataMsg' as const), hash }) },
    { weight: 1, arbitrary: fc.constant({ _tag: 'ConnectMsg' } as const) },
    {
      weight: 1,
      arbitrary: fc.record({ _tag: fc.constant('AddrMsg' as const), peers: listOf([0, 1, 2, 5].map(address), 3) })
    }
  )
}

/** Internal transitions: mostly attempts to mint. */
export const transitionOf = (b: Bed): fc.Arbitrary<Tr> =>
  fc.oneof(
    fc.constant(MintT),
    fc.constantFrom(...b.transactions).map((tx) => ({ _tag: 'TxT', tx }) as const)
  )

/** Local states that are coherent under an address, or most of them not. */
export const stateOf = (b: Bed, id: number, coherent: boolean): fc.Arbitrary<S> => {
  const known = [0, 1, 2, 5].map(address)
  return fc.record({
    id: coherent ? fc.constant(address(id)) : fc.oneof(fc.constant(address(id)), fc.constantFrom(...known)),
    peers: coherent ? fc.shuffledSubarray(known) : listOf(known, 4),
    blockTree: coherent
      ? fc.oneof({ weight: 8, arbitrary: rootedTreeOf(b) }, { weight: 1, arbitrary: fc.constant(undef) })
      : treeOf(b),
    txPool: listOf(b.transactions, 3)
  })
}

/** Packets between the nodes 0 … size - 1, and sometimes from or to an address that has no node. */
export const packetOf = (b: Bed, size: number): fc.Arbitrary<P> => {
  const end = fc.oneof(
    { weight: 8, arbitrary: fc.nat(size - 1).map(address) },
    { weight: 1, arbitrary: fc.constant(address(7)) }
  )
  return fc.record({ src: end, dst: end, msg: messageOf(b) })
}

/** Worlds of so many nodes. Of the coherent ones every state is coherent; of the others, few. Packets often repeat. */
export const worldOf = (b: Bed, size: number, coherent: boolean): fc.Arbitrary<W> =>
  fc
    .tuple(
      fc.tuple(...Array.from({ length: size }, (_, n) => stateOf(b, n, coherent))),
      fc.array(packetOf(b, size), { maxLength: 4, size: 'max' }),
      fc.array(fc.nat(9), { maxLength: 2 }),
      fc.array(packetOf(b, size), { maxLength: 1 })
    )
    .map(([states, packets, repeated, consumedMsgs]) => ({
      localState: { _tag: 'Def', entries: states.map((st, n) => [address(n), st] as const) },
      inFlightMsgs: [...packets, ...repeated.flatMap((i) => packets.slice(i % 4, (i % 4) + 1))],
      consumedMsgs
    }))

const toys = new Map<string, Toy>()

/** The toychain of a bed on so many nodes; made once. */
export const toyOf = (b: Bed, size: number): Toy => {
  const name = `${b.instance.name} ${size}`
  const known = toys.get(name) ?? Toychain(b.instance, netAddr(size))
  toys.set(name, known)
  return known
}

/**
 * Worlds in which the clique invariant often holds: a common tree, of which each node has a part and the rest in flight
 * to it, at least one node all of it; then some accident, or none.
 */
export const cliqueWorldOf = (b: Bed, size: number): fc.Arbitrary<W> => {
  const { forest, params, addresses } = toyOf(b, size)
  const accident = fc.oneof(
    { weight: 5, arbitrary: fc.constant('none' as const) },
    {
      weight: 4,
      arbitrary: fc.constantFrom('lost', 'unknown peer', 'other block', 'undefined', 'nobody has it all' as const)
    }
  )
  return fc
    .record({
      tree: fc.oneof(
        { weight: 3, arbitrary: rootedTreeOf(b) },
        { weight: 3, arbitrary: rootedTreeOf(b).map((bt) => goodPart(b, bt)) }
      ),
      parts: fc.array(fc.nat(255), { minLength: size, maxLength: size }),
      complete: fc.nat(size - 1),
      accident,
      other: blockOf(b),
      noise: fc.array(packetOf(b, size), { maxLength: 2 })
    })
    .map(({ tree, parts, complete, accident: what, other, noise }) => {
      const blocks = forest.all_blocks(tree).filter((x) => !forest.blockEq.equals(x, params.GenesisBlock))
      const genesis = pts(params.hashB(params.GenesisBlock), params.GenesisBlock)
      const has = (n: number, i: number): boolean =>
        (n === complete && what !== 'nobody has it all') || ((parts[n] ?? 0) & (1 << i)) !== 0
      const inFlightMsgs = [
        ...addresses.enum.flatMap((n) =>
          blocks
            .filter((_, i) => !has(n, i))
            .map((block): P => ({ src: address(0), dst: n, msg: { _tag: 'BlockMsg', block } }))
        ),
        ...noise.filter(({ msg }) => msg._tag !== 'BlockMsg')
      ]
      return {
        localState: {
          _tag: 'Def',
          entries: addresses.enum.map((n, i) => [
            n,
            {
              id: n,
              peers: what === 'unknown peer' && i === 0 ? addresses.enum.slice(0, -1) : addresses.enum,
              blockTree:
                what === 'undefined' && i === size - 1
                  ? undef
                  : forest.btExtendAll(genesis, [
                      ...blocks.filter((_, j) => has(n, j)),
                      ...(what === 'other block' && i === 0 ? [other] : [])
                    ]),
              txPool: b.transactions.slice(0, i)
            }
          ])
        },
        inFlightMsgs: what === 'lost' ? inFlightMsgs.slice(1) : inFlightMsgs,
        consumedMsgs: []
      }
    })
}

/** The blocks of a tree that have good and valid chains in it. */
const goodPart = (b: Bed, bt: Tree): Tree => {
  const F = Forests(b.instance.types, b.instance.params)
  return F.btExtendAll(
    unit,
    F.good_chains(bt).flatMap((bc) => bc.slice(-1))
  )
}
