/**
 * The functions and predicates of `spec/blockchain/forests.ts` on named values: the words in which the lemmas about
 * forests are stated. Each has the name that it has in the specification.
 */
import * as O from 'fp-ts/lib/Option.js'
import { ordNumber } from '../../../spec/prelude/order.js'
import { foldl, foldr } from '../../../spec/prelude/seq.js'
import { dom, pts, undef, unionMap, valid } from '../../../spec/prelude/unionMap.js'
import { subchain } from '../../../spec/blockchain/parameters.js'
import type { Block, Blockchain, BlockTree, Types } from '../../../spec/blockchain/types.js'
import { constant, equal, lift, predicate } from '../../proof/kernel.js'
import type { Named } from '../../proof/kernel.js'
import { sequences } from '../../proof/sequences.js'
import type { Setting } from './setting.js'

/** Remembers what a pure function gave for an object. Trees are asked for their best chain again and again. */
const remembering = <A extends object, R>(f: (a: A) => R): ((a: A) => R) => {
  const results = new WeakMap<A, { readonly result: R }>()
  return (a) => {
    const before = results.get(a)
    if (before !== undefined) return before.result
    const result = f(a)
    results.set(a, { result })
    return result
  }
}

/** The keys of a tree that are smaller than k. */
const keysLess =
  <T extends Types>({ instance: { types } }: Setting<T>) =>
  (k: T['Hash'], m: BlockTree<T>): ReadonlyArray<T['Hash']> =>
    dom(m).filter((h) => types.Hash.compare(h, k) < 0)

/** Lists of blocks, of hashes and of chains, and their equations. */
const wordsForLists = <T extends Types>({ instance: { types }, forest: F }: Setting<T>) => ({
  /** Lists of blocks, chains among them. */
  Blocks: sequences<Block<T>>(F.blockEq),
  /** Lists of hashes. */
  Hashes: sequences<T['Hash']>(types.Hash),
  /** Lists of chains. */
  Chains: sequences<Blockchain<T>>(F.chainEq),

  eqTree: equal<BlockTree<T>>(F.treeEq),
  eqBlock: equal<Block<T>>(F.blockEq),
  eqHash: equal<T['Hash']>(types.Hash),
  eqChain: equal<Blockchain<T>>(F.chainEq),
  eqNumber: equal<number>(ordNumber)
})

/** Blocks. */
const wordsForBlocks = <T extends Types>({ instance: { params } }: Setting<T>) => {
  const { GenesisBlock, hashB } = params
  return {
    G: constant('G', GenesisBlock),
    /** The chain of genesis alone. */
    onlyG: constant<'[G]', Blockchain<T>>('[G]', [GenesisBlock]),
    /** `#b` */
    hash: lift('hash', hashB),
    prevBlockHash: lift('prevBlockHash', (b: Block<T>): T['Hash'] => b.prevBlockHash),
    /** The hashes of a list of blocks, in order. */
    hashes: lift('hashes', (bs: ReadonlyArray<Block<T>>): ReadonlyArray<T['Hash']> => bs.map(hashB))
  }
}

/** Finite maps from hashes to blocks. */
const wordsForMaps = <T extends Types>(s: Setting<T>) => {
  type Tree = BlockTree<T>
  type B = Block<T>
  type Hash = T['Hash']
  const { types } = s.instance
  const { forest: F } = s
  const { find, upd } = unionMap(types.Hash)
  const ascending = (l: ReadonlyArray<Hash>): boolean =>
    l.every((h, i) => l.slice(0, i).every((before) => types.Hash.compare(before, h) < 0))
  const { isIn } = sequences<Hash>(types.Hash)
  const domOf = lift('dom', (m: Tree): ReadonlyArray<Hash> => dom(m))
  return {
    undef: constant<'undef', Tree>('undef', undef),
    /** `h \\-> b` */
    pts: lift('pts', (h: Hash, b: B): Tree => pts(h, b)),
    join: lift('join', (m: Tree, n: Tree): Tree => F.join(m, n)),
    free: lift('free', (h: Hash, m: Tree): Tree => F.free(h, m)),
    upd: lift('upd', (h: Hash, b: B, m: Tree): Tree => upd(h, b, m)),
    /** m without the keys of n. */
    difference: lift('difference', (m: Tree, n: Tree): Tree => dom(n).reduce((rest, h) => F.free(h, rest), m)),
    dom: domOf,
    /** `h \\in dom m` */
    inDom: <h, m>(h: Named<Hash, h>, m: Named<Tree, m>) => isIn(h, domOf(m)),
    valid: predicate('valid', (m: Tree) => valid(m)),
    /** `find h m = Some b` */
    finds: predicate('finds', (h: Hash, m: Tree, b: B) => O.exists((c: B) => F.blockEq.equals(b, c))(find(h, m))),
    /** The keys of m that are smaller than k, and those that are not. */
    keysBelow: lift('keysBelow', keysLess(s)),
    keysAbove: lift('keysAbove', (k: Hash, m: Tree) => dom(m).filter((h) => types.Hash.compare(h, k) >= 0)),
    /** `ord j k` */
    ord: predicate('ord', (j: Hash, k: Hash) => types.Hash.compare(j, k) < 0),
    /** `path ord j l`: j and l together are strictly increasing. */
    path: predicate('path', (j: Hash, l: ReadonlyArray<Hash>) => ascending([j, ...l])),
    /** `sorted ord l`: l is strictly increasing. */
    sorted: predicate('sorted', ascending),
    sizeOf: lift('sizeOf', (l: ReadonlyArray<Hash>) => l.length),
    succ: lift('succ', (n: number) => n + 1)
  }
}

/** Trees of blocks, and what they hold. */
const wordsForForests = <T extends Types>(
  { forest: F, genesisTree }: Setting<T>,
  { btExtend, all_chains }: Remembered<T>
) => {
  type Tree = BlockTree<T>
  type B = Block<T>
  return {
    /** `bt ⊕ b` */
    btExtend: lift('btExtend', btExtend),
    /** The tree of genesis alone. */
    onlyGTree: constant<'{G}', Tree>('{G}', genesisTree),
    /** `foldl btExtend bt l` */
    btExtendAll: lift('btExtendAll', (bt: Tree, l: ReadonlyArray<B>): Tree => foldl(btExtend, bt, l)),
    /** `b ∈ bt` */
    btHasBlock: predicate('btHasBlock', (b: B, bt: Tree) => F.btHasBlock(bt, b)),
    validH: predicate('validH', F.validH),
    has_init_block: predicate('has_init_block', F.has_init_block),
    no_collisions: predicate('no_collisions', F.no_collisions),
    is_block_in: predicate('is_block_in', F.is_block_in),
    get_block: lift('get_block', F.get_block),
    all_blocks: lift('all_blocks', F.all_blocks),
    good_bt: predicate('good_bt', (bt: Tree) => all_chains(bt).every((c) => F.good_chain(c) && F.valid_chain(c)))
  }
}

/** The chains of a tree, and what makes a chain good and valid. */
const wordsForChains = <T extends Types>(s: Setting<T>, { all_chains, good_chains, btChain }: Remembered<T>) => {
  type Tree = BlockTree<T>
  type B = Block<T>
  type Chain = Blockchain<T>
  type Hash = T['Hash']
  const { types, params } = s.instance
  const { GenesisBlock, hashB } = params
  const { forest: F } = s
  const txsValid = (b: B, bc: Chain): boolean => b.txs.every((t) => params.txValid(t, bc))
  /** How many of the keys of a tree are smaller than the hash of a block. */
  const keysBefore = (bt: Tree, b: B): number => keysLess(s)(hashB(b), bt).length
  return {
    compute_chain_within: lift('compute_chain_within', F.compute_chain_within),
    compute_chain: lift('compute_chain', F.compute_chain),
    all_chains: lift('all_chains', all_chains),
    good_chains: lift('good_chains', good_chains),
    btChain: lift('btChain', btChain),
    /** The good chains of the blocks whose hash is less than that of b, and of the others. (In a good tree all are.) */
    splitBelow: lift('splitBelow', (bt: Tree, b: B) => good_chains(bt).slice(0, keysBefore(bt, b))),
    splitAbove: lift('splitAbove', (bt: Tree, b: B) => good_chains(bt).slice(keysBefore(bt, b))),
    lastBlock: lift('lastBlock', F.lastBlock),
    good_chain: predicate('good_chain', F.good_chain),
    valid_chain: predicate('valid_chain', F.valid_chain),
    valid_chain_from: predicate('valid_chain_from', F.valid_chain_from),
    hash_chain: predicate('hash_chain', F.hash_chain),
    valid_chain_block: predicate('valid_chain_block', F.valid_chain_block),
    /** `VAF b bc (txs b)` */
    VAF: predicate('VAF', (b: B, bc: Chain) => params.VAF(b, bc, b.txs)),
    /** All transactions of b are valid after bc. */
    txsValid: predicate('txsValid', txsValid),
    txValid: predicate('txValid', params.txValid),
    subchain: predicate('subchain', subchain(types)),
    /** No block of c but its first is genesis. */
    genesisOnlyFirst: predicate('genesisOnlyFirst', (c: Chain) =>
      c.slice(1).every((b) => !F.blockEq.equals(b, GenesisBlock))
    ),
    /** No block of c has h as the hash of its predecessor. */
    noneFollows: predicate('noneFollows', (c: Chain, h: Hash) =>
      c.every((b) => !types.Hash.equals(b.prevBlockHash, h))
    ),
    /** All of a list of blocks are genesis. */
    allGenesis: predicate('allGenesis', (l: ReadonlyArray<B>) => l.every((b) => F.blockEq.equals(b, GenesisBlock))),
    /** The blocks by which the longer of two chains is longer, from its beginning. */
    excess: lift('excess', (longer: Chain, c: Chain): Chain => longer.slice(0, longer.length - c.length)),

    /** The block that comes right after the prefix a of b; genesis where there is none. */
    nextAfter: lift('nextAfter', (a: Chain, b: Chain): B => b[a.length] ?? GenesisBlock),
    /** What comes after that block. */
    restAfter: lift('restAfter', (a: Chain, b: Chain): Chain => b.slice(a.length + 1))
  }
}

/** The fork choice, and folds of it. */
const wordsForForkChoice = <T extends Types>({ instance: { params }, forest: F }: Setting<T>) => {
  type Tree = BlockTree<T>
  type Chain = Blockchain<T>
  type Hash = T['Hash']
  return {
    /** `A ⊐ B` */
    FCR: predicate('FCR', params.FCR),
    /** `A ⊒ B` */
    geq: predicate('geq', F.geq),
    take_better_alt: lift('take_better_alt', F.take_better_alt),
    /** What a key contributes to `btChain`. */
    bc_fun: lift('bc_fun', (bt: Tree, h: Hash, bc: Chain): Chain => F.bc_fun(bt)(h)(bc)),
    /** `foldr (bc_fun bt) bc ks` */
    foldr_bc_fun: lift(
      'foldr_bc_fun',
      (bt: Tree, bc: Chain, ks: ReadonlyArray<Hash>): Chain => foldr((h, c) => F.bc_fun(bt)(h)(c), bc, ks)
    ),
    /** `foldr take_better_alt bc cs` */
    foldr_better: lift(
      'foldr_better',
      (bc: Chain, cs: ReadonlyArray<Chain>): Chain => foldr(F.take_better_alt, bc, cs)
    ),
    /** `foldl take_better_alt bc cs` */
    foldl_better: lift('foldl_better', (bc: Chain, cs: ReadonlyArray<Chain>): Chain => foldl(F.take_better_alt, bc, cs))
  }
}

/** Functions of trees that remember what they gave. */
const rememberedBy = <T extends Types>({ forest: F }: Setting<T>) => {
  const extensions = remembering((bt: BlockTree<T>) => remembering((b: Block<T>) => F.btExtend(bt, b)))
  return {
    btChain: remembering(F.btChain),
    all_chains: remembering(F.all_chains),
    good_chains: remembering(F.good_chains),
    btExtend: (bt: BlockTree<T>, b: Block<T>): BlockTree<T> => extensions(bt)(b)
  }
}

type Remembered<T extends Types> = ReturnType<typeof rememberedBy<T>>

/** The vocabulary of the forests of a setting. */
export const vocabulary = <T extends Types>(setting: Setting<T>) => {
  const remembered = rememberedBy(setting)
  return {
    ...wordsForLists(setting),
    ...wordsForBlocks(setting),
    ...wordsForMaps(setting),
    ...wordsForForests(setting, remembered),
    ...wordsForChains(setting, remembered),
    ...wordsForForkChoice(setting)
  }
}

/** What `vocabulary(setting)` returns. */
export type Vocabulary<T extends Types> = ReturnType<typeof vocabulary<T>>
