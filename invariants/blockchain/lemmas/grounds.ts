/**
 * The blockchains on which lemmas are run: three at random, two of them listed in full up to a size. In two of them hashes
 * have three bits and collide all the time; in the third no two blocks have one hash.
 */
import { numbered } from '../../../spec/blockchain/instances/numbered.js'
import type { NumberedTypes, Stamp } from '../../../spec/blockchain/instances/numbered.js'
import { hashOf, transactionOf } from '../../../spec/blockchain/codec.js'
import type { Forest } from '../../../spec/blockchain/forests.js'
import type { Instance } from '../../../spec/blockchain/toychain.js'
import type { Block, Types } from '../../../spec/blockchain/types.js'
import { netAddr } from '../../../spec/system/address.js'
import type { Lemma } from '../../proof/lemma.js'
import { lemmasOf } from './index.js'
import { setting } from './setting.js'
import type { Setting, Universe } from './setting.js'
import { showNumbered, showTiny } from './show.js'
import { dice, tiny, universeAtRandom, universeOfSize } from './tiny.js'
import { theoryOf } from './theory.js'
import type { Dice, TinyTypes } from './tiny.js'

/** How far the inputs of a lemma are listed. */
export interface Size {
  /** The size of the universe of blocks (`universeOfSize`). */
  readonly universe: number
  /** The most elements of a list of blocks, of chains, or of keys; lists of three letters have one more. */
  readonly lists: number
}

/** The sizes, small ones first. */
export const sizes: ReadonlyArray<Size> = [0, 1, 2, 3].flatMap((universe) =>
  [1, 2].map((lists) => ({ universe, lists }))
)

/** How a size is written. */
export const showSize = ({ universe, lists }: Size): string => `${String(universe)}, ${String(lists)}`

/** A blockchain on which lemmas are run. */
export interface Ground {
  readonly name: string
  readonly says: string
  /** Shows values of it. */
  readonly show: (x: unknown) => string
  /** All lemmas over a universe at random, which is the same for the same number. */
  readonly atRandom: (n: number) => ReadonlyArray<Lemma>
  /** All lemmas over the universe of a size; missing where nothing is listed. */
  readonly within?: (size: Size) => ReadonlyArray<Lemma>
}

/** All lemmas of a setting, in the order of the development. */
export const lemmasIn = <T extends Types>(s: Setting<T>): ReadonlyArray<Lemma> => lemmasOf(theoryOf(s))

/** The bounds of a size. */
const boundsOf = ({ lists }: Size) => ({
  word: lists + 1,
  blocks: lists,
  chain: lists,
  chains: lists,
  keys: lists
})

/** What is drawn at random is not bounded by these. */
const SMALL = boundsOf({ universe: 0, lists: 1 })

/** The setting of a tiny blockchain in which everything up to a size is listed. */
export const settingWithin = (
  instance: Instance<TinyTypes>,
  size: Size,
  change?: (F: Forest<TinyTypes>) => Forest<TinyTypes>
): Setting<TinyTypes> => setting(instance, universeOfSize(instance, size.universe), boundsOf(size), change)

const tinyGround = (forkChoice: 'work' | 'length'): Ground => {
  const instance = tiny(forkChoice)
  return {
    name: instance.name,
    says:
      forkChoice === 'work'
        ? 'hashes of three bits; most work, then longest, then contents; genesis is its own predecessor'
        : 'hashes of three bits; longest, then smallest hashes, then contents; genesis has a transaction',
    show: showTiny,
    atRandom: (n) => lemmasIn(setting(instance, universeAtRandom(instance, dice(n)), SMALL)),
    within: (size) => lemmasIn(settingWithin(instance, size))
  }
}

/**
 * A universe of numbered blocks: about eight, most of them on top of one another, some orphans, some with a transaction
 * that a chain has already. Each has a hash of its own.
 */
const numberedUniverse = ({ below }: Dice): Universe<NumberedTypes> => {
  const { GenesisBlock, hashB } = numbered().params
  const chance = (percent: number): boolean => below(100) < percent
  const transactions = ['t1', 't2', 't3'].map(transactionOf)
  const someTxs = () => (chance(55) ? [] : transactions.slice(0, 2).filter(() => chance(60)))
  const stamp = (): Stamp => {
    const at = below(2)
    return { minter: netAddr(2).enum.find((_, i) => i === at) ?? 'genesis', k: 1 + below(9) }
  }
  const missing = hashOf('nobody')
  const others = Array.from({ length: 4 + below(6) }).reduce<ReadonlyArray<Block<NumberedTypes>>>((made) => {
    const known = [GenesisBlock, ...made].map(hashB)
    const parent = known[chance(45) ? known.length - 1 : below(known.length)] ?? missing
    return [...made, { prevBlockHash: chance(90) ? parent : missing, txs: someTxs(), proof: stamp() }]
  }, [])
  const blocks = [GenesisBlock, ...others]
  return {
    blocks,
    hashes: [...blocks.map(hashB), missing],
    transactions,
    times: [...others.map((b) => b.proof), stamp(), stamp()]
  }
}

/** The blockchains. */
export const grounds: ReadonlyArray<Ground> = [
  tinyGround('work'),
  tinyGround('length'),
  {
    name: 'numbered',
    says: 'no two blocks have one hash; longest, then latest minted; the instance of the bounded model',
    show: showNumbered,
    atRandom: (n) => lemmasIn(setting(numbered(), numberedUniverse(dice(n)), SMALL))
  }
]

/** Does something once, when it is first asked for. */
export const once = <A>(make: () => A): (() => A) => {
  let made: { readonly value: A } | undefined
  return () => (made ??= { value: make() }).value
}
