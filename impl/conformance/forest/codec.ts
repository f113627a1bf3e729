/**
 * The case file of the family `forest` (`VECTORS.md` section 6.1): blocks inserted into a tree one after another, what is
 * known of the tree after each and after all, and pairs of chains compared.
 */
import * as t from 'io-ts'
import { Hash } from '../../../spec/blockchain/codec.js'
import type { CaseHead } from '../codec.js'
import { blockId, booleans, chainCodec, hashes, Natural, treeCodec } from '../codec.js'

/** A case with a given head. Work is measured in `pow` only. */
export const forestCase = ({ inst, blocks: { length: size } }: CaseHead) => {
  const block = blockId(size)
  const chain = chainCodec(size)
  const chains = t.array(chain, 'a list of chains')
  const tree = treeCodec(size)
  const works = t.array(Natural, 'a list of works')
  const step = t.type({ b: block, valid: t.boolean, has: t.boolean, dom: hashes, chain }, 'a step')
  const final = t.type(
    {
      bt: tree,
      validH: t.boolean,
      hasInit: t.boolean,
      goodBt: t.boolean,
      chain,
      allBlocks: chain,
      allChains: chains,
      good: booleans,
      validChain: booleans,
      hashChain: booleans,
      goodChains: chains,
      compute: chains,
      has: booleans,
      getBlock: t.array(t.tuple([Hash, block], 'a pair [hash, block id]'), 'a list of pairs [hash, block id]'),
      nextOf: t.array(t.tuple([block, block], 'a pair of block ids'), 'a list of pairs of block ids'),
      validChainBlock: booleans
    },
    'the results for the final tree'
  )
  const pair = t.type(
    {
      a: chain,
      b: chain,
      fcr: t.boolean,
      fcrRev: t.boolean,
      better: chain,
      betterAlt: chain,
      workA: inst === 'pow' ? Natural : t.null,
      prefix: t.boolean,
      sprefix: t.boolean,
      fork: t.boolean,
      goodA: t.boolean,
      validA: t.boolean,
      hashChainA: t.boolean,
      chainLt: t.boolean
    },
    'a pair of chains with results'
  )
  return t.type(
    {
      start: tree,
      steps: t.array(step, 'a list of steps'),
      final,
      pairs: t.array(pair, 'a list of pairs'),
      work: inst === 'pow' ? works : t.undefined
    },
    'a forest case'
  )
}
export type ForestCase = CaseHead & t.TypeOf<ReturnType<typeof forestCase>>
