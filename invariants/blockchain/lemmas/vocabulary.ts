/**
 * The functions and predicates of `spec/blockchain/forests.ts` on named values: the words in which the lemmas about
 * forests are stated. Each has the name that it has in the specification.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
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

/** The vocabulary of the forests of a setting. */
export const vocabulary = <T extends Types>({ instance: { types, params }, forest: F }: Setting<T>) => {
  type Tree = BlockTree<T>
  type B = Block<T>
  type Chain = Blockchain<T>
  type Hash = T['Hash']

  const { GenesisBlock, hashB } = params
  const { find } = unionMap(types.Hash)
  const btChain = remembering(F.btChain)
  const all_chains = remembering(F.all_chains)
  const good_chains = remembering(F.good_chains)
  const extensions = remembering((bt: Tree) => remembering((b: B) => F.btExtend(bt, b)))
  const btExtend = (bt: Tree, b: B): Tree => extensions(bt)(b)
  const txsValid = (b: B, bc: Chain): boolean => b.txs.every((t) => params.txValid(t, bc))
  const chainEq: Eq<Chain> = F.chainEq
  const keysLess = (k: Hash, m: Tree): ReadonlyArray<Hash> => dom(m).filter((h) => types.Hash.compare(h, k) < 0)
  const ascending = (l: ReadonlyArray<Hash>): boolean =>
    l.every((h, i) => l.slice(0, i).every((before) => types.Hash.compare(before, h) < 0))

  const Blocks = sequences<B>(F.blockEq)
  const Hashes = sequences<Hash>(types.Hash)
  const domOf = lift('dom', (m: Tree): ReadonlyArray<Hash> => dom(m))

  return {
    /** Lists of blocks, chains among them. */
    Blocks,
    /** Lists of hashes. */
    Hashes,
    /** Lists of chains. */
    Chains: sequences<Chain>(chainEq),

    // Equations
    eqTree: equal<Tree>(F.treeEq),
    eqBlock: equal<B>(F.blockEq),
    eqHash: equal<Hash>(types.Hash),
    eqChain: equal<Chain>(chainEq),
    eqNumber: equal<number>(ordNumber),

    // Blocks
    G: constant('G', GenesisBlock),
    /** The chain of genesis alone. */
    onlyG: constant<'[G]', Chain>('[G]', [GenesisBlock]),
    /** `#b` */
    hash: lift('hash', hashB),
    prevBlockHash: lift('prevBlockHash', (b: B): Hash => b.prevBlockHash),
    /** The hashes of a list of blocks, in order. */
    hashes: lift('hashes', (bs: ReadonlyArray<B>): ReadonlyArray<Hash> => bs.map(hashB)),

    // Maps
    undef: constant<'undef', Tree>('undef', undef),
    /** `h \\-> b` */
    pts: lift('pts', (h: Hash, b: B): Tree => pts(h, b)),
    join: lift('join', (m: Tree, n: Tree): Tree => F.join(m, n)),
    free: lift('free', (h: Hash, m: Tree): Tree => F.free(h, m)),
    upd: lift('upd', (h: Hash, b: B, m: Tree): Tree => unionMap(types.Hash).upd(h, b, m)),
    /** m without the keys of n. */
    difference: lift('difference', (m: Tree, n: Tree): Tree => dom(n).reduce((rest, h) => F.free(h, rest), m)),
    dom: domOf,
    /** `h \\in dom m` */
    inDom: <h, m>(h: Named<Hash, h>, m: Named<Tree, m>) => Hashes.isIn(h, domOf(m)),
    valid: predicate('valid', (m: Tree) => valid(m)),
    /** `find h m = Some b` */
    finds: predicate('finds', (h: Hash, m: Tree, b: B) => O.exists((c: B) => F.blockEq.equals(b, c))(find(h, m))),
    /** The keys of m that are smaller than k, and those that are not. */
    keysBelow: lift('keysBelow', keysLess),
    keysAbove: lift('keysAbove', (k: Hash, m: Tree) => dom(m).filter((h) => types.Hash.compare(h, k) >= 0)),
    /** `ord j k` */
    ord: predicate('ord', (j: Hash, k: Hash) => types.Hash.compare(j, k) < 0),
    /** `path ord j l`: j and l together are strictly increasing. */
    path: predicate('path', (j: Hash, l: ReadonlyArray<Hash>) => ascending([j, ...l])),
    /** `sorted ord l`: l is strictly increasing. */
    sorted: predicate('sorted', ascending),
    sizeOf: lift('sizeOf', (l: ReadonlyArray<Hash>) => l.length),
    succ: lift('succ', (n: number) => n + 1),

    // Forests
    /** `bt ⊕ b` */
    btExtend: lift('btExtend', btExtend),
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
    good_bt: predicate('good_bt', (bt: Tree) => all_chains(bt).every((c) => F.good_chain(c) && F.valid_chain(c))),

    // Chains
    compute_chain_within: lift('compute_chain_within', F.compute_chain_within),
    compute_chain: lift('compute_chain', F.compute_chain),
    all_chains: lift('all_chains', all_chains),
    good_chains: lift('good_chains', good_chains),
    btChain: lift('btChain', btChain),
    /** The good chains of the blocks whose hash is less than that of b, and of the others. (In a good tree all are.) */
    splitBelow: lift('splitBelow', (bt: Tree, b: B) => good_chains(bt).slice(0, keysLess(hashB(b), bt).length)),
    splitAbove: lift('splitAbove', (bt: Tree, b: B) => good_chains(bt).slice(keysLess(hashB(b), bt).length)),
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
    restAfter: lift('restAfter', (a: Chain, b: Chain): Chain => b.slice(a.length + 1)),

    // The fork choice
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

/** What `vocabulary(setting)` returns. */
export type Vocabulary<T extends Types> = ReturnType<typeof vocabulary<T>>
