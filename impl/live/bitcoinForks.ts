/**
 * Real forks of Bitcoin as films: a block that lost its race and the blocks around it arrive one by one, and the specification
 * chooses among them, with the instance of Bitcoin, by their real headers.
 */
import * as E from 'fp-ts/lib/Either.js'
import { forestPicture } from '../../invariants/blockchain/pictures.js'
import { bitcoin, hashHeader, totalWork } from '../../spec/blockchain/instances/bitcoin.js'
import { headerHex } from '../../spec/blockchain/instances/bitcoin/codec.js'
import type { BitcoinTypes, Header } from '../../spec/blockchain/instances/bitcoin/codec.js'
import { Forests } from '../../spec/blockchain/forests.js'
import type { Block, BlockTree } from '../../spec/blockchain/types.js'
import { pts } from '../../spec/prelude/unionMap.js'
import { drawForest } from '../draw/index.js'
import { bare } from './bare.js'
import type { Film, FilmFrame } from './film.js'

/** A fork, as a page is given it: headers in hexadecimal digits. */
export interface RealFork {
  /** Of the blocks that compete. */
  readonly height: number
  /** Blocks before the fork, the first of which is taken on trust. */
  readonly common: ReadonlyArray<string>
  readonly bitcoin: ReadonlyArray<string>
  readonly stale: ReadonlyArray<string>
}

/** A hash as a text. */
const nameless = (b: Block<BitcoinTypes>): string => hashHeader(b)

const headerOf = (hex: string): Header => {
  const header = headerHex.decode(hex)
  if (E.isLeft(header)) throw new RangeError(`no header: ${hex}`)
  return header.right
}

/**
 * The film of a fork: the stale blocks arrive first, then those of Bitcoin.
 * @throws RangeError where a header is none, or there is no block before the fork.
 */
export const filmOfFork = ({ height, common, bitcoin: won, stale: lost }: RealFork): Film => {
  const [trunk, winners, losers] = [common, won, lost].map((hexes) => hexes.map(headerOf))
  const [genesis, ...rest] = trunk ?? []
  if (genesis === undefined || winners === undefined || losers === undefined)
    throw new RangeError('expected a block before the fork at least')
  const instance = bitcoin({ genesis, height: height - common.length })
  const { types, params } = instance
  const forest = Forests(types, params)
  const names = new Map([
    ...[genesis, ...rest].map((b, i) => [nameless(b), String(height - common.length + i)] as const),
    ...winners.map((b, i) => [nameless(b), `${String(height + i)} B`] as const),
    ...losers.map((b, i) => [nameless(b), `${String(height + i)} S`] as const)
  ])
  const nameOf = (b: Block<BitcoinTypes>): string => names.get(nameless(b)) ?? '?'
  const speaking = {
    instance: { ...instance, label: (h: string) => names.get(h) ?? h.slice(0, 10) },
    types,
    params,
    forest
  }
  const picture = (tree: BlockTree<BitcoinTypes>) =>
    bare(forestPicture(speaking, `Around height ${String(height)}`, tree))

  let tree = forest.btExtendAll(pts(params.hashB(genesis), genesis), rest)
  let chain = forest.btChain(tree)
  const frame = (says: string, before?: BlockTree<BitcoinTypes>): FilmFrame => ({
    says,
    drawings: [drawForest(picture(tree), { inPage: `bitcoin-${String(height)}` }, before && picture(before))],
    objections: []
  })
  const frames = [frame(`before the fork: the head is ${chain.map(nameOf).at(-1) ?? ''}`)]
  for (const [block, whose] of [...losers.map((b) => [b, 'S'] as const), ...winners.map((b) => [b, 'B'] as const)]) {
    const [before, was] = [tree, chain]
    tree = forest.btExtend(tree, block)
    chain = forest.btChain(tree)
    const moved = was.filter((b) => !chain.some((c) => hashHeader(c) === hashHeader(b)))
    const margin = totalWork(chain) - totalWork(was)
    const head = chain.map(nameOf).at(-1) ?? ''
    frames.push(
      frame(
        `${whose === 'S' ? 'the block that will be stale' : 'Bitcoin’s block'} ${nameOf(block)} arrives, ${hashHeader(block).slice(0, 24)}…: the head is ${head}${
          moved.length > 0
            ? `; ${moved.map(nameOf).join(', ')} ${moved.length === 1 ? 'is' : 'are'} left${margin === 0n ? ', with equal work: the tie is broken by the order of blocks' : ''}`
            : ''
        }`,
        before
      )
    )
  }
  return { frames }
}
