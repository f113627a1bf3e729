/**
 * Tiny blockchains, on which lemmas are run: hashes have three bits, so that collisions, orphans, cycles of
 * predecessors and invalid blocks are everyday.
 *
 * A block's hash is the low three bits of its proof. Since the proof is a free choice, every assignment of hashes to
 * blocks occurs, as if the hash function were an arbitrary table; nothing is lost by its being a simple one.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import { contramap, reverse } from 'fp-ts/lib/Ord.js'
import * as O from 'fp-ts/lib/Option.js'
import { ordNumber, seqOrd } from '../../../spec/prelude/order.js'
import { iota } from '../../../spec/prelude/seq.js'
import { byLength, prefer } from '../../../spec/blockchain/instances/forkChoice.js'
import { notInChain, prepend } from '../../../spec/blockchain/instances/proofOfWork.js'
import { blockOrd } from '../../../spec/blockchain/instances/typesImpl.js'
import type { Instance } from '../../../spec/blockchain/toychain.js'
import { eq_block } from '../../../spec/blockchain/types.js'
import type { Block, Blockchain, TypesOrd } from '../../../spec/blockchain/types.js'
import type { Universe } from './setting.js'

/** All sets are sets of numbers; hashes are less than 8. */
export interface TinyTypes {
  readonly Timestamp: number
  readonly Hash: number
  readonly VProof: number
  readonly Transaction: number
}

const tinyTypes: TypesOrd<TinyTypes> & { readonly Timestamp: Eq<number> } = {
  Timestamp: ordNumber,
  Hash: ordNumber,
  VProof: ordNumber,
  Transaction: ordNumber
}

type B = Block<TinyTypes>

/** The number of hashes. */
const HASHES = 8

/** What makes a block acceptable or not, and tells blocks with one hash apart. */
const FINE = 0
const UNACCEPTABLE = 1
const ALSO_FINE = 2

/** A block with a hash, a predecessor, and a quality; an odd quality is not acceptable anywhere. */
const block = (hash: number, prevBlockHash: number, quality = FINE, txs: ReadonlyArray<number> = []): B => ({
  prevBlockHash,
  txs,
  proof: hash + HASHES * quality
})

const hashB = (b: B): number => b.proof % HASHES
const quality = (b: B): number => Math.floor(b.proof / HASHES)

/** The leading zero bits of a hash of three bits; none of any other number. */
const work = (b: B): number => Math.max(0, Math.clz32(hashB(b)) - 29)
const totalWork = (bc: Blockchain<TinyTypes>): number => bc.reduce((sum, b) => sum + work(b), 0)

const contents = reverse(seqOrd(blockOrd<TinyTypes>(tinyTypes)))
const hashes = contramap((bc: Blockchain<TinyTypes>) => bc.map(hashB))(reverse(seqOrd(ordNumber)))

/** How a tiny blockchain chooses between forks. */
export type ForkChoice =
  /** Most work, then longest, then contents. Genesis is its own predecessor. */
  | 'work'
  /** Longest, then smallest hashes, then contents. Genesis has a transaction, and another hash as predecessor. */
  | 'length'

/** A tiny blockchain. */
export const tiny = (forkChoice: ForkChoice): Instance<TinyTypes> => {
  const GenesisBlock: B = forkChoice === 'work' ? block(0, 0) : block(0, 1, FINE, [0])
  const isGenesis = (b: B): boolean => eq_block<TinyTypes>(tinyTypes).equals(b, GenesisBlock)
  return {
    name: `tiny ${forkChoice}`,
    types: tinyTypes,
    params: {
      GenesisBlock,
      hashB,
      hashT: (t) => t % HASHES,
      // A time is the proof that an attempt at it yields; at a negative time the attempt fails. From 32 on it ignores
      // what it was offered: the protocol has to check what it gets.
      genProof: (_bc, offered, ts) => (ts < 0 ? O.none : O.some([ts < 32 ? offered : [1], ts] as const)),
      VAF: (b, bc) => (isGenesis(b) ? bc.length === 0 : quality(b) % 2 === 0),
      FCR:
        forkChoice === 'work'
          ? prefer(contramap(totalWork)(ordNumber), byLength(), contents)
          : prefer(byLength(), hashes, contents),
      txValid: notInChain(tinyTypes),
      tpExtend: forkChoice === 'work' ? prepend(tinyTypes) : (pool, _bt, t) => (pool.includes(t) ? pool : [...pool, t])
    },
    label: String
  }
}

/**
 * The universe of a size: genesis, a block that collides with it, and every block with a hash from 1 to `size`, any of
 * these hashes, genesis' or a missing one as predecessor, acceptable or not. Size 0 has two blocks that collide with
 * each other, of which one is its own predecessor.
 */
export const universeOfSize = (instance: Instance<TinyTypes>, size: number): Universe<TinyTypes> => {
  const { GenesisBlock } = instance.params
  const collider = block(0, 0, ALSO_FINE)
  const others =
    size === 0
      ? [block(1, 0), block(1, 1)]
      : iota(size).flatMap((h) =>
          iota(size + 2).flatMap((prev) => [block(h + 1, prev), block(h + 1, prev, UNACCEPTABLE)])
        )
  return {
    blocks: [GenesisBlock, ...others, collider],
    hashes: iota(size + 2),
    transactions: [0, 1],
    // A failure; an acceptable block with each hash; one that is not acceptable; one that ignores what it was offered.
    times: [-1, ...iota(size + 2), 1 + HASHES * UNACCEPTABLE, 33]
  }
}

/** The numbers from which a universe at random is made. */
export interface Dice {
  /** A number from 0 to n - 1. */
  readonly below: (n: number) => number
}

/**
 * A universe at random: about eight blocks, most of them acceptable, most with a hash of their own and one of the
 * others as predecessor; some collide, are orphans, close cycles, or contain the same transaction.
 */
export const universeAtRandom = (instance: Instance<TinyTypes>, { below }: Dice): Universe<TinyTypes> => {
  const { GenesisBlock } = instance.params
  const chance = (percent: number): boolean => below(100) < percent
  const txs = (): ReadonlyArray<number> => (chance(55) ? [] : chance(70) ? [below(4)] : [below(4), below(4)])
  const others = Array.from({ length: 4 + below(6) }).reduce<ReadonlyArray<B>>((made) => {
    const known = [GenesisBlock, ...made].map(hashB)
    const parent = known[chance(45) ? known.length - 1 : below(known.length)] ?? 0
    const prev = chance(88) ? parent : below(HASHES)
    const hash = chance(80) ? (known.length + below(2)) % HASHES : below(HASHES)
    const q = chance(85) ? (chance(70) ? FINE : ALSO_FINE) : UNACCEPTABLE
    return [...made, block(hash, prev, q, txs())]
  }, [])
  return {
    blocks: [GenesisBlock, ...others],
    hashes: iota(HASHES),
    transactions: iota(4),
    times: [-1, ...others.map((b) => b.proof), ...Array.from({ length: 6 }, () => below(64))]
  }
}

/** Dice that fall the same way for the same seed (a linear congruential generator). */
export const dice = (seed: number): Dice => {
  let state = (seed * 2654435761 + 12345) >>> 0
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return { below: (n) => Math.floor(next() * n) }
}
