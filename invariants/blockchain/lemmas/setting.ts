/**
 * A setting: a blockchain and a few of its values, on which the lemmas of its forests are run. Values drawn from one
 * small universe meet each other often, which is what the premises of most lemmas ask for.
 */
import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { identity } from 'fp-ts/lib/function.js'
import { undup } from '../../../spec/prelude/seq.js'
import { undef, unionMap, unit, valid } from '../../../spec/prelude/unionMap.js'
import { Forests } from '../../../spec/blockchain/forests.js'
import type { Forest } from '../../../spec/blockchain/forests.js'
import type { Instance } from '../../../spec/blockchain/toychain.js'
import type { Block, Blockchain, BlockTree, Types } from '../../../spec/blockchain/types.js'
import { lazy, listed, lists, listsUpTo } from '../../proof/sort.js'
import type { Sort } from '../../proof/sort.js'

/** A few values of a blockchain. */
export interface Universe<T extends Types> {
  /** Blocks, genesis among them and first. */
  readonly blocks: ReadonlyArray<Block<T>>
  /** Hashes: those of the blocks, and at least one that none of them has. */
  readonly hashes: ReadonlyArray<T['Hash']>
  readonly transactions: ReadonlyArray<T['Transaction']>
  readonly times: ReadonlyArray<T['Timestamp']>
}

/** How far lists go, when all are listed. Trees always go through all sets of blocks. */
export interface Bounds {
  /** The greatest length of a list of three letters. */
  readonly word: number
  /** The greatest length of a list of blocks. */
  readonly blocks: number
  /** The greatest length of a chain. */
  readonly chain: number
  /** The greatest number of chains in a list of chains. */
  readonly chains: number
  /** The greatest length of a list of keys. */
  readonly keys: number
}

/** The longest lists that are drawn at random. */
const LENGTH = 5

/** A list of values of another, each drawn alone. */
const picks = <A>(from: ReadonlyArray<A>, maxLength = LENGTH): fc.Arbitrary<ReadonlyArray<A>> =>
  fc.array(fc.constantFrom(...from), { maxLength })

/** An instance with a universe of its blocks, and the definitions on which the lemmas are run. */
interface Basis<T extends Types> {
  readonly instance: Instance<T>
  readonly universe: Universe<T>
  readonly bounds: Bounds
  readonly forest: Forest<T>
  /** A tree extended by each block of a list that does not collide with what is there. */
  readonly grown: (bt: BlockTree<T>, bs: ReadonlyArray<Block<T>>) => BlockTree<T>
  /** The tree of genesis alone. */
  readonly genesisTree: BlockTree<T>
}

const basisOf = <T extends Types>(
  instance: Instance<T>,
  universe: Universe<T>,
  bounds: Bounds,
  forest: Forest<T>
): Basis<T> => {
  const grown = (bt: BlockTree<T>, bs: ReadonlyArray<Block<T>>): BlockTree<T> =>
    bs.reduce((t, b) => {
      const extended = forest.btExtend(t, b)
      return valid(extended) ? extended : t
    }, bt)
  return { instance, universe, bounds, forest, grown, genesisTree: grown(unit, [instance.params.GenesisBlock]) }
}

/** All trees of a universe in which every block is stored under its hash, the smaller ones first. */
const orderly = <T extends Types>({ instance: { types, params }, universe, grown }: Basis<T>) => {
  const { blocks } = universe
  const { hashB } = params
  const keys = undup(types.Hash)(blocks.map(hashB))
  const choices = keys.map((h) => blocks.filter((b) => types.Hash.equals(hashB(b), h)))
  const sets = choices.reduce<ReadonlyArray<ReadonlyArray<Block<T>>>>(
    (all, choice) => [...all, ...choice.flatMap((b) => all.map((set) => [...set, b]))],
    [[]]
  )
  return [...sets].sort((x, y) => x.length - y.length).map((bs) => grown(unit, bs))
}

/** All trees that store some of the first three blocks under some of the first two hashes, whatever their own. */
const disorderly = <T extends Types>({ instance, universe, forest }: Basis<T>): ReadonlyArray<BlockTree<T>> => {
  const { fromEntries } = unionMap(instance.types.Hash)
  const { blocks, hashes } = universe
  const some: ReadonlyArray<O.Option<Block<T>>> = [O.none, ...blocks.slice(0, 3).map(O.some)]
  const entries = (h: T['Hash'] | undefined, b: O.Option<Block<T>>): ReadonlyArray<readonly [T['Hash'], Block<T>]> =>
    h === undefined || O.isNone(b) ? [] : [[h, b.value]]
  return some
    .flatMap((a) => some.map((b) => fromEntries([...entries(hashes[0], a), ...entries(hashes[1], b)])))
    .filter((t) => !forest.validH(t))
}

/** Trees. */
const treesOf = <T extends Types>(basis: Basis<T>) => {
  type Tree = BlockTree<T>
  const { instance, universe, forest: F, grown, genesisTree } = basis
  const { upd } = unionMap(instance.types.Hash)
  const { blocks: universal, hashes } = universe
  const tree: Sort<Tree> = lazy(
    () => [...orderly(basis), undef, ...disorderly(basis)],
    fc.oneof(
      { weight: 70, arbitrary: picks(universal, 7).map((bs) => grown(genesisTree, bs)) },
      { weight: 12, arbitrary: picks(universal, 5).map((bs) => grown(unit, bs)) },
      { weight: 8, arbitrary: fc.constant(undef) },
      {
        weight: 5,
        arbitrary: fc
          .array(fc.tuple(fc.constantFrom(...hashes), fc.constantFrom(...universal)), { maxLength: 4 })
          .map((es) => es.reduce<Tree>((t, [h, b]) => upd(h, b, t), unit))
      },
      // A block that is stored under its hash and under another one is found where its successors do not look for it.
      {
        weight: 5,
        arbitrary: fc
          .tuple(picks(universal, 7), fc.constantFrom(...universal), fc.constantFrom(...universal))
          .map(([bs, b, c]) => upd(c.prevBlockHash, b, grown(genesisTree, [...bs, b, c])))
      }
    )
  )
  /** Trees in which every block is stored under its hash and which hold genesis. */
  const rooted: Sort<Tree> = lazy(
    () => orderly(basis).filter(F.has_init_block),
    picks(universal, 7).map((bs) => grown(genesisTree, bs))
  )
  return { tree, rooted }
}

/** Blocks, chains, and lists of them. */
const chainsOf = <T extends Types>({ instance, universe, bounds, forest: F, grown, genesisTree }: Basis<T>) => {
  type B = Block<T>
  type Chain = Blockchain<T>
  const { GenesisBlock } = instance.params
  const { blocks: universal } = universe
  const block: Sort<B> = listed(universal)
  const blocks: Sort<ReadonlyArray<B>> = lists(bounds.blocks, universal, picks(universal))

  /** Chains: what the tree of all blocks says, parts and edits of that, and arbitrary lists. */
  const chainOf = fc
    .tuple(picks(universal, 9), fc.constantFrom(...universal))
    .map(([bs, b]) => F.compute_chain(grown(genesisTree, bs), b))
  const chain: Sort<Chain> = lists(
    bounds.chain,
    universal,
    fc.oneof(
      { weight: 3, arbitrary: chainOf },
      { weight: 3, arbitrary: picks(universal) },
      { weight: 2, arbitrary: picks(universal).map((bs) => [GenesisBlock, ...bs]) },
      { weight: 2, arbitrary: fc.tuple(chainOf, fc.nat(LENGTH)).map(([c, n]) => c.slice(0, n)) }
    )
  )
  /** Chains that are good and valid. */
  const validChain: Sort<Chain> = lazy(
    () => listsUpTo(bounds.chain, universal).filter((c) => F.good_chain(c) && F.valid_chain(c)),
    chainOf.map((c) => (F.good_chain(c) && F.valid_chain(c) ? c : [GenesisBlock]))
  )
  const chains: Sort<ReadonlyArray<Chain>> = lists(
    bounds.chains,
    listsUpTo(Math.min(2, bounds.chain), universal),
    fc.array(chain.sample, { maxLength: 4 })
  )

  /** Three blocks and lists of them, for facts about lists of anything. */
  const letter: Sort<B> = listed(universal.slice(0, 3))
  const word: Sort<ReadonlyArray<B>> = lists(bounds.word, universal.slice(0, 3), picks(universal.slice(0, 3), 6))
  return { block, blocks, letter, word, chain, validChain, chains }
}

/** Hashes, transactions, and how far a chain is followed. */
const othersOf = <T extends Types>({ universe, bounds }: Basis<T>) => {
  const { hashes } = universe
  const hash: Sort<T['Hash']> = listed(hashes)
  const keys: Sort<ReadonlyArray<T['Hash']>> = lists(
    bounds.keys,
    hashes,
    fc.oneof(picks(hashes), fc.shuffledSubarray([...hashes]))
  )
  const fuel: Sort<number> = listed([0, 1, 2, 3])
  const transaction: Sort<T['Transaction']> = listed(universe.transactions)
  return { hash, keys, fuel, transaction }
}

/** Good trees: every block in them has a good and valid chain. */
const goodTreesOf = <T extends Types>(basis: Basis<T>) => {
  type Tree = BlockTree<T>
  type B = Block<T>
  type Chain = Blockchain<T>
  const { instance, universe, forest: F, grown, genesisTree } = basis
  const { GenesisBlock } = instance.params
  const { blocks: universal } = universe
  /** Whether a tree that is extended by a block is defined and good. */
  const staysGood = (bt: Tree, b: B): boolean => {
    const extended = F.btExtend(bt, b)
    return valid(extended) && F.good_bt(extended)
  }
  /** One of them. */
  const goodTree: fc.Arbitrary<Tree> = picks(universal, 12).map((bs) =>
    bs.reduce((bt, b) => (staysGood(bt, b) ? F.btExtend(bt, b) : bt), genesisTree)
  )

  /** All good trees, with all their parts that hold genesis, and the other blocks. */
  const goodParts = (): ReadonlyArray<{ readonly whole: Tree; readonly part: Tree; readonly rest: Chain }> =>
    orderly(basis)
      .filter((bt) => F.has_init_block(bt) && F.good_bt(bt))
      .flatMap((whole) =>
        F.all_blocks(whole)
          .filter((b) => !F.blockEq.equals(b, GenesisBlock))
          .reduce<ReadonlyArray<readonly [Chain, Chain]>>(
            (parts, b) =>
              parts.flatMap(([mine, rest]) => [[[...mine, b], rest] as const, [mine, [...rest, b]] as const]),
            [[[], []]]
          )
          .map(([mine, rest]) => ({ whole, part: grown(genesisTree, mine), rest }))
      )
  return {
    goodTree,
    goodParts,
    /** A block that is new to a good tree and keeps it good, if the universe has one. */
    keepsGood: (bt: Tree, n: number): B | undefined => {
      const next = universal.filter((b) => !F.btHasBlock(bt, b) && staysGood(bt, b))
      return next[n % Math.max(1, next.length)]
    }
  }
}

/** Blocks for a tree or a chain at hand, and trees for a block. */
const fittingOf = <T extends Types>({ instance, universe, forest: F, grown, genesisTree }: Basis<T>) => {
  type Tree = BlockTree<T>
  type B = Block<T>
  type Chain = Blockchain<T>
  const { types, params } = instance
  const { GenesisBlock, hashB } = params
  const { blocks: universal } = universe
  const follows = (c: Chain, b: B): boolean => types.Hash.equals(b.prevBlockHash, hashB(F.lastBlock(c)))
  return {
    /** A block, most of the time one of a tree. */
    blockOf: (bt: Tree): fc.Arbitrary<B> => {
      const stored = F.all_blocks(bt)
      return fc.oneof(
        { weight: 2, arbitrary: fc.constantFrom(...(stored.length === 0 ? universal : stored)) },
        { weight: 1, arbitrary: fc.constantFrom(...universal) }
      )
    },
    /** A block, most of the time one of a tree that has its predecessor there. */
    childOf: (bt: Tree): fc.Arbitrary<B> => {
      const children = F.all_blocks(bt).filter(
        (b) => !F.blockEq.equals(b, GenesisBlock) && O.isSome(F.find(b.prevBlockHash, bt))
      )
      return fc.oneof(
        { weight: 2, arbitrary: fc.constantFrom(...(children.length === 0 ? universal : children)) },
        { weight: 1, arbitrary: fc.constantFrom(...universal) }
      )
    },
    /** The acceptable blocks on top of the best chain of a tree: known ones, or what may be minted at the times. */
    next: (bt: Tree, known: boolean): ReadonlyArray<B> => {
      const c = F.btChain(bt)
      const minted = (ts: T['Timestamp']): ReadonlyArray<B> => {
        const offered = universe.transactions.filter((t) => params.txValid(t, c)).slice(0, 1)
        const attempt = params.genProof(c, offered, ts)
        return O.isNone(attempt)
          ? []
          : [{ prevBlockHash: hashB(F.lastBlock(c)), txs: attempt.value[0], proof: attempt.value[1] }]
      }
      const linked = universal.filter((b) => follows(c, b))
      return (known ? linked : universe.times.flatMap(minted)).filter((b) => F.valid_chain_block(c, b))
    },
    /** The tree of genesis and some blocks. */
    regrown: (bs: ReadonlyArray<B>): Tree => grown(genesisTree, bs),
    /** The predecessor of a block in a tree, if it is there. */
    parent: (bt: Tree, b: B): B | undefined => O.toUndefined(F.find(b.prevBlockHash, bt)),
    /** The blocks of the universe that follow a chain, acceptable ones first. */
    after: (c: Chain): ReadonlyArray<B> => {
      const next = universal.filter((b) => follows(c, b))
      return [...next.filter((b) => F.valid_chain_block(c, b)), ...next.filter((b) => !F.valid_chain_block(c, b))]
    },
    /** The tree of all blocks of the universe that do not collide with an earlier one. */
    allTogether: grown(genesisTree, universal),
    /** The other blocks of the universe with the hash of a block. */
    colliding: (b: B): ReadonlyArray<B> =>
      universal.filter((c) => types.Hash.equals(hashB(b), hashB(c)) && !F.blockEq.equals(b, c))
  }
}

/**
 * A setting for the lemmas about forests of an instance.
 * @param change the definitions on which the lemmas are run, made of those of the specification; a mutant's are others.
 */
export const setting = <T extends Types>(
  instance: Instance<T>,
  universe: Universe<T>,
  bounds: Bounds,
  change: (F: Forest<T>) => Forest<T> = identity
) => {
  const basis = basisOf(instance, universe, bounds, change(Forests(instance.types, instance.params)))
  return {
    ...basis,
    sorts: {
      ...treesOf(basis),
      ...chainsOf(basis),
      ...othersOf(basis),
      ...goodTreesOf(basis),
      ...fittingOf(basis)
    }
  }
}

/** What `setting(instance, universe, bounds)` returns. */
export type Setting<T extends Types> = ReturnType<typeof setting<T>>
