/**
 * The functions and predicates of `spec/blockchain/forests.ts` on named values: the words in which the lemmas about
 * forests are stated. Each has the name that it has in the specification.
 */
import * as O from 'fp-ts/lib/Option.js'
import { ordNumber } from '../../../spec/prelude/order.js'
import { foldl, foldr, seqEq } from '../../../spec/prelude/seq.js'
import { dom, pts, undef, unionMap, valid } from '../../../spec/prelude/unionMap.js'
import { subchain } from '../../../spec/blockchain/parameters.js'
import type { Block, Blockchain, BlockTree, Types } from '../../../spec/blockchain/types.js'
import { equal, vocabulary as newVocabulary } from '../../proof/kernel.js'
import type { Named, Vocabulary as Vocabulary_ } from '../../proof/kernel.js'
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

/** The sorts of the values of a blockchain, and lists of blocks, of hashes and of chains: a vocabulary each. */
const sortsOf = <T extends Types>({ instance, forest: F }: Setting<T>) => {
  const { types } = instance
  const values = newVocabulary(`values of ${instance.name}`)
  const { sort } = values
  const [Block, Hash] = [sort<Block<T>>('Block', F.blockEq), sort<T['Hash']>('Hash', types.Hash)]
  const Blocks = sequences<Block<T>>(`blocks of ${instance.name}`, Block, values)
  return {
    values,
    Block,
    Hash,
    Tree: sort<BlockTree<T>>('Tree', F.treeEq),
    Transaction: sort<T['Transaction']>('Transaction', types.Transaction),
    Transactions: sort<ReadonlyArray<T['Transaction']>>('Transactions', seqEq(types.Transaction)),
    VProof: sort<T['VProof']>('VProof', types.VProof),
    Number: sort<number>('Number', ordNumber),
    /** Lists of blocks, chains among them. */
    Blocks,
    /** Lists of hashes. */
    Hashes: sequences<T['Hash']>(`hashes of ${instance.name}`, Hash, values),
    /** Lists of chains. */
    Chains: sequences<Blockchain<T>>(`chains of ${instance.name}`, Blocks.sort, Blocks.vocabulary)
  }
}

/** A vocabulary in the making: its sorts, and what declares its words. */
type Making<T extends Types> = ReturnType<typeof sortsOf<T>> & Pick<Vocabulary_, 'constant' | 'lift' | 'predicate'>

/** The equations. */
const equations = <T extends Types>({ Blocks, Block, Hash, Tree, Number, Transactions, VProof }: Making<T>) => ({
  eqTree: equal(Tree),
  eqBlock: equal(Block),
  eqHash: equal(Hash),
  eqChain: Blocks.equal,
  eqNumber: equal(Number),
  eqTxs: equal(Transactions),
  eqProof: equal(VProof)
})

/** Blocks. */
const wordsForBlocks = <T extends Types>({ instance: { params }, forest: F }: Setting<T>, v: Making<T>) => {
  const { GenesisBlock, hashB } = params
  const { constant, lift, predicate, Block, Hash, VProof, Transactions } = v
  const [Blocks, Hashes] = [v.Blocks.sort, v.Hashes.sort]
  return {
    G: constant('G', Block, GenesisBlock),
    /** The chain of genesis alone. */
    onlyG: constant('[G]', Blocks, [GenesisBlock]),
    /** `#b` */
    hash: lift('hash', [Block], Hash, hashB),
    prevBlockHash: lift('prevBlockHash', [Block], Hash, (b) => b.prevBlockHash),
    txs: lift('txs', [Block], Transactions, (b) => b.txs),
    proof: lift('proof', [Block], VProof, (b): T['VProof'] => b.proof),
    eq_block: predicate('eq_block', [Block, Block], (a, b) => F.blockEq.equals(a, b)),
    /** The hashes of a list of blocks, in order. */
    hashes: lift('hashes', [Blocks], Hashes, (bs) => bs.map(hashB))
  }
}

/** Finite maps from hashes to blocks. */
const wordsForMaps = <T extends Types>(s: Setting<T>, v: Making<T>) => {
  const { constant, lift, predicate, Block, Hash, Tree, Number, Hashes } = v
  const { sort: Keys, isIn } = Hashes
  type Tree = BlockTree<T>
  type B = Block<T>
  type Hash = T['Hash']
  const { types } = s.instance
  const { forest: F } = s
  const { find, upd } = unionMap(types.Hash)
  const ascending = (l: ReadonlyArray<Hash>): boolean =>
    l.every((h, i) => l.slice(0, i).every((before) => types.Hash.compare(before, h) < 0))
  const domOf = lift('dom', [Tree], Keys, dom)
  return {
    undef: constant('undef', Tree, undef),
    /** `h \\-> b` */
    pts: lift('pts', [Hash, Block], Tree, pts),
    join: lift('join', [Tree, Tree], Tree, F.join),
    free: lift('free', [Hash, Tree], Tree, F.free),
    upd: lift('upd', [Hash, Block, Tree], Tree, (h, b, m) => upd(h, b, m)),
    /** m without the keys of n. */
    difference: lift('difference', [Tree, Tree], Tree, (m, n) => dom(n).reduce((rest, h) => F.free(h, rest), m)),
    dom: domOf,
    /** `h \\in dom m` */
    inDom: <h, m>(h: Named<T['Hash'], h>, m: Named<BlockTree<T>, m>) => isIn(h, domOf(m)),
    valid: predicate('valid', [Tree], valid),
    /** `find h m = Some b` */
    finds: predicate('finds', [Hash, Tree, Block], (h, m, b) => O.exists((c: B) => F.blockEq.equals(b, c))(find(h, m))),
    /** The keys of m that are smaller than k, and those that are not. */
    keysBelow: lift('keysBelow', [Hash, Tree], Keys, keysLess(s)),
    keysAbove: lift('keysAbove', [Hash, Tree], Keys, (k, m) => dom(m).filter((h) => types.Hash.compare(h, k) >= 0)),
    /** `ord j k` */
    ord: predicate('ord', [Hash, Hash], (j, k) => types.Hash.compare(j, k) < 0),
    /** `path ord j l`: j and l together are strictly increasing. */
    path: predicate('path', [Hash, Keys], (j, l) => ascending([j, ...l])),
    /** `sorted ord l`: l is strictly increasing. */
    sorted: predicate('sorted', [Keys], ascending),
    sizeOf: lift('sizeOf', [Keys], Number, (l) => l.length),
    succ: lift('succ', [Number], Number, (n) => n + 1)
  }
}

/** Trees of blocks, and what they hold. */
const wordsForForests = <T extends Types>(
  { forest: F, genesisTree }: Setting<T>,
  { btExtend, all_chains }: Remembered<T>,
  v: Making<T>
) => {
  const { constant, lift, predicate, Block, Hash, Tree } = v
  const Blocks = v.Blocks.sort
  return {
    /** `bt ⊕ b` */
    btExtend: lift('btExtend', [Tree, Block], Tree, btExtend),
    /** The tree of genesis alone. */
    onlyGTree: constant('{G}', Tree, genesisTree),
    /** `foldl btExtend bt l` */
    btExtendAll: lift('btExtendAll', [Tree, Blocks], Tree, (bt, l) => foldl(btExtend, bt, l)),
    /** `b ∈ bt` */
    btHasBlock: predicate('btHasBlock', [Block, Tree], (b, bt) => F.btHasBlock(bt, b)),
    validH: predicate('validH', [Tree], F.validH),
    has_init_block: predicate('has_init_block', [Tree], F.has_init_block),
    no_collisions: predicate('no_collisions', [Tree, Blocks], F.no_collisions),
    is_block_in: predicate('is_block_in', [Tree, Block], F.is_block_in),
    get_block: lift('get_block', [Tree, Hash], Block, F.get_block),
    all_blocks: lift('all_blocks', [Tree], Blocks, F.all_blocks),
    good_bt: predicate('good_bt', [Tree], (bt) => all_chains(bt).every((c) => F.good_chain(c) && F.valid_chain(c)))
  }
}

/** The chains of a tree, and what makes a chain good and valid. */
const wordsForChains = <T extends Types>(
  s: Setting<T>,
  { all_chains, good_chains, btChain }: Remembered<T>,
  v: Making<T>
) => {
  const { lift, predicate, Block, Hash, Transaction, Number } = v
  const [Tree, Blocks, Keys, Chains] = [v.Tree, v.Blocks.sort, v.Hashes.sort, v.Chains.sort]
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
    compute_chain_within: lift('compute_chain_within', [Tree, Block, Keys, Number], Blocks, F.compute_chain_within),
    compute_chain: lift('compute_chain', [Tree, Block], Blocks, F.compute_chain),
    all_chains: lift('all_chains', [Tree], Chains, all_chains),
    good_chains: lift('good_chains', [Tree], Chains, good_chains),
    btChain: lift('btChain', [Tree], Blocks, btChain),
    /** The good chains of the blocks whose hash is less than that of b, and of the others. (In a good tree all are.) */
    splitBelow: lift('splitBelow', [Tree, Block], Chains, (bt, b) => good_chains(bt).slice(0, keysBefore(bt, b))),
    splitAbove: lift('splitAbove', [Tree, Block], Chains, (bt, b) => good_chains(bt).slice(keysBefore(bt, b))),
    lastBlock: lift('lastBlock', [Blocks], Block, F.lastBlock),
    good_chain: predicate('good_chain', [Blocks], F.good_chain),
    valid_chain: predicate('valid_chain', [Blocks], F.valid_chain),
    valid_chain_from: predicate('valid_chain_from', [Blocks, Blocks], F.valid_chain_from),
    hash_chain: predicate('hash_chain', [Blocks], F.hash_chain),
    valid_chain_block: predicate('valid_chain_block', [Blocks, Block], F.valid_chain_block),
    /** `VAF b bc (txs b)` */
    VAF: predicate('VAF', [Block, Blocks], (b, bc) => params.VAF(b, bc, b.txs)),
    /** All transactions of b are valid after bc. */
    txsValid: predicate('txsValid', [Block, Blocks], txsValid),
    txValid: predicate('txValid', [Transaction, Blocks], params.txValid),
    subchain: predicate('subchain', [Blocks, Blocks], subchain(types)),
    /** No block of c but its first is genesis. */
    genesisOnlyFirst: predicate('genesisOnlyFirst', [Blocks], (c) =>
      c.slice(1).every((b) => !F.blockEq.equals(b, GenesisBlock))
    ),
    /** No block of c has h as the hash of its predecessor. */
    noneFollows: predicate('noneFollows', [Blocks, Hash], (c, h) =>
      c.every((b) => !types.Hash.equals(b.prevBlockHash, h))
    ),
    /** All of a list of blocks are genesis. */
    allGenesis: predicate('allGenesis', [Blocks], (l) => l.every((b) => F.blockEq.equals(b, GenesisBlock))),
    /** The blocks by which the longer of two chains is longer, from its beginning. */
    excess: lift('excess', [Blocks, Blocks], Blocks, (longer, c) => longer.slice(0, longer.length - c.length)),

    /** The block that comes right after the prefix a of b; genesis where there is none. */
    nextAfter: lift('nextAfter', [Blocks, Blocks], Block, (a, b) => b[a.length] ?? GenesisBlock),
    /** What comes after that block. */
    restAfter: lift('restAfter', [Blocks, Blocks], Blocks, (a, b) => b.slice(a.length + 1))
  }
}

/** The fork choice, and folds of it. */
const wordsForForkChoice = <T extends Types>({ instance: { params }, forest: F }: Setting<T>, v: Making<T>) => {
  const { lift, predicate, Tree, Hash } = v
  const [Blocks, Keys, Chains] = [v.Blocks.sort, v.Hashes.sort, v.Chains.sort]
  return {
    /** `A ⊐ B` */
    FCR: predicate('FCR', [Blocks, Blocks], params.FCR),
    /** `A ⊒ B` */
    geq: predicate('geq', [Blocks, Blocks], F.geq),
    take_better_alt: lift('take_better_alt', [Blocks, Blocks], Blocks, F.take_better_alt),
    /** What a key contributes to `btChain`. */
    bc_fun: lift('bc_fun', [Tree, Hash, Blocks], Blocks, (bt, h, bc) => F.bc_fun(bt)(h)(bc)),
    /** `foldr (bc_fun bt) bc ks` */
    foldr_bc_fun: lift('foldr_bc_fun', [Tree, Blocks, Keys], Blocks, (bt, bc, ks) =>
      foldr((h, c) => F.bc_fun(bt)(h)(c), bc, ks)
    ),
    /** `foldr take_better_alt bc cs` */
    foldr_better: lift('foldr_better', [Blocks, Chains], Blocks, (bc, cs) => foldr(F.take_better_alt, bc, cs)),
    /** `foldl take_better_alt bc cs` */
    foldl_better: lift('foldl_better', [Blocks, Chains], Blocks, (bc, cs) => foldl(F.take_better_alt, bc, cs))
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
  const sorts = sortsOf(setting)
  const { Blocks, Hashes, Chains } = sorts
  const words = newVocabulary(
    `forests of ${setting.instance.name}`,
    ...[Blocks, Hashes, Chains].map((lists) => lists.vocabulary)
  )
  const making: Making<T> = { ...sorts, constant: words.constant, lift: words.lift, predicate: words.predicate }
  return {
    /** The sorts, for further words. */
    kinds: sorts,
    vocabulary: words,
    Blocks,
    Hashes,
    Chains,
    ...equations(making),
    ...wordsForBlocks(setting, making),
    ...wordsForMaps(setting, making),
    ...wordsForForests(setting, remembered, making),
    ...wordsForChains(setting, remembered, making),
    ...wordsForForkChoice(setting, making)
  }
}

/** What `vocabulary(setting)` returns. */
export type Vocabulary<T extends Types> = ReturnType<typeof vocabulary<T>>
