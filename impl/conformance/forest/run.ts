/**
 * The family `forest`: the forest functions of the spec on the blocks, trees and chains of a case.
 */
import { fork, prefixb, sprefixb } from '../../../spec/blockchain/chains.js'
import { hashOf } from '../../../spec/blockchain/codec.js'
import { Forests } from '../../../spec/blockchain/forests.js'
import { blockOrd, typesImpl } from '../../../spec/blockchain/instances/typesImpl.js'
import type { TypesImpl } from '../../../spec/blockchain/instances/typesImpl.js'
import { ord, ordString, seqOrd } from '../../../spec/prelude/order.js'
import { dom, valid } from '../../../spec/prelude/unionMap.js'
import type { Comparison } from '../comparison.js'
import { compare } from '../comparison.js'
import { caseInstance, noOracles } from '../instance.js'
import { Writing } from '../written.js'
import type { ForestCase } from './codec.js'

/** The order `ords` of the files on lists of blocks. */
const smaller = ord(seqOrd(blockOrd<TypesImpl>(typesImpl)))

type StepResult = Omit<ForestCase['steps'][number], 'b'>
type PairResult = Omit<ForestCase['pairs'][number], 'a' | 'b'>

/** All comparisons of a case, in the order of the file. */
export function* runForest(c: ForestCase): Generator<Comparison> {
  const written = Writing(c)
  const { instance, measures } = caseInstance(c, noOracles, written)
  const { FCR } = instance.params
  const F = Forests(typesImpl, instance.params)
  const { blocks, hashB, readBlock, readChain } = written

  let tree = written.readTree(c.start)
  for (const [i, { b: id, ...expected }] of c.steps.entries()) {
    const b = readBlock(id)
    tree = F.btExtend(tree, b)
    yield* compare<StepResult>(`step ${i}`, expected, {
      valid: valid(tree),
      has: F.btHasBlock(tree, b),
      dom: dom(tree),
      chain: written.chain(F.btChain(tree))
    })
  }

  const bt = tree
  const best = F.btChain(bt)
  const all = F.all_chains(bt)
  const names = new Set([...blocks.flatMap((b) => [hashB(b), b.prevBlockHash]), hashOf('?')])
  yield* compare('final', c.final, {
    bt: written.tree(bt),
    validH: F.validH(bt),
    hasInit: F.has_init_block(bt),
    goodBt: F.good_bt(bt),
    chain: written.chain(best),
    allBlocks: written.chain(F.all_blocks(bt)),
    allChains: all.map(written.chain),
    good: all.map(F.good_chain),
    validChain: all.map(F.valid_chain),
    hashChain: all.map(F.hash_chain),
    goodChains: F.good_chains(bt).map(written.chain),
    compute: blocks.map((b) => written.chain(F.compute_chain(bt, b))),
    has: blocks.map((b) => F.btHasBlock(bt, b)),
    getBlock: [...names].sort(ordString.compare).map((h) => [h, written.block(F.get_block(bt, h))]),
    nextOf: blocks.flatMap((a, i) => blocks.flatMap((b, j) => (F.next_of(bt, a, b) ? [[i, j]] : []))),
    validChainBlock: blocks.map((b) => F.valid_chain_block(best, b))
  })

  for (const [i, { a: as, b: bs, ...expected }] of c.pairs.entries()) {
    const a = readChain(as)
    const b = readChain(bs)
    yield* compare<PairResult>(`pair ${i}`, expected, {
      fcr: FCR(a, b),
      fcrRev: FCR(b, a),
      better: written.chain(F.take_better_bc(a, b)),
      betterAlt: written.chain(F.take_better_alt(a, b)),
      workA: measures?.totalWork(a) ?? null,
      prefix: prefixb(F.blockEq)(a, b),
      sprefix: sprefixb(F.blockEq)(a, b),
      fork: fork(F.blockEq)(a, b),
      goodA: F.good_chain(a),
      validA: F.valid_chain(a),
      hashChainA: F.hash_chain(a),
      chainLt: smaller(a, b)
    })
  }

  if (measures !== undefined) yield* compare('case', { work: c.work }, { work: blocks.map(measures.work) })
}
