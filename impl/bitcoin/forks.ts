/**
 * What the specification decides where a stale block competed with one of Bitcoin's chain.
 */
import { Forests } from '../../spec/blockchain/forests.js'
import { bitcoin, totalWork } from '../../spec/blockchain/instances/bitcoin.js'
import type { Hash256 } from '../../spec/blockchain/instances/bitcoin/codec.js'
import { pts } from '../../spec/prelude/unionMap.js'
import type { VerifiedHeaders } from './headers.js'
import type { StaleBlock } from './stale.js'

/** Whose chain was chosen: Bitcoin's, the one that ends in the stale block, or neither. */
export type Choice = 'bitcoin' | 'stale' | 'neither'

/** How many of Bitcoin's blocks the specification sees around a fork. */
export interface WindowSize {
  /** Blocks before the competing ones, at least 1. The first of them is the genesis of the instance. */
  readonly before: number
  /** Blocks of Bitcoin's chain after those that make it as long as the stale branch. */
  readonly after: number
}

/** A fork, and how the specification decided it. */
export interface ForkDecision {
  /** Of the two competing blocks: the first ones after the fork. */
  readonly height: number
  /** The block of that height in Bitcoin's chain. */
  readonly bitcoin: Hash256
  /** The last block of the stale branch. */
  readonly stale: Hash256
  /** How many blocks the stale branch has. */
  readonly branch: number
  /** The heights of Bitcoin's chain that the specification saw: fewer than asked for where the headers end. */
  readonly window: { readonly from: number; readonly to: number }
  /** The choice with all blocks of the window. */
  readonly chosen: Choice
  /** By how much the work of Bitcoin's chain exceeds that of the stale one at the end of the window, in hashes. */
  readonly margin: bigint
  /** The choice when Bitcoin's chain was as long as the stale branch. */
  readonly atTie: Choice
  /** After how many further blocks than that the work of the two chains differed; null where it never did in the window. */
  readonly strictAfter: number | null
}

/**
 * Runs the specification on a window around a fork. The stale block arrives first, as an orphan; then Bitcoin's blocks
 * in order. From the competing block on, the best chain of the tree is computed after each.
 */
export const decideFork = (
  { from, headers, hashes, network }: VerifiedHeaders,
  { height: tip, hash, header: staleHeader, before: branch }: StaleBlock,
  { before, after }: WindowSize
): ForkDecision => {
  // Of the first block of the branch.
  const height = tip - branch.length
  const stale = [...branch, staleHeader]
  const fork = height - from
  const start = Math.max(0, fork - before)
  const common = headers.slice(start, fork)
  const contested = headers.slice(fork, fork + stale.length + after)
  // Until Bitcoin's chain is as long as the branch, there is nothing to decide.
  const even = Math.min(branch.length, contested.length - 1)
  const [genesis = staleHeader] = common
  const { types, params } = bitcoin({ genesis, height: from + start, limit: network.limit })
  const { btChain, btExtendAll, chainEq } = Forests(types, params)

  const staleChain = [...common, ...stale]
  const staleFirst = btExtendAll(btExtendAll(pts(params.hashB(genesis), genesis), stale), common)

  const decisions = contested.slice(even).map((_, further) => {
    const arrived = contested.slice(0, even + further + 1)
    const bitcoinChain = [...common, ...arrived]
    const best = btChain(btExtendAll(staleFirst, arrived))
    const choice: Choice = chainEq.equals(best, bitcoinChain)
      ? 'bitcoin'
      : chainEq.equals(best, staleChain)
        ? 'stale'
        : 'neither'
    return { choice, margin: totalWork(bitcoinChain) - totalWork(staleChain) }
  })
  const last = decisions[decisions.length - 1]
  const strictAfter = decisions.findIndex(({ margin }) => margin !== 0n)
  return {
    height,
    bitcoin: hashes[fork] ?? hash,
    stale: hash,
    branch: stale.length,
    window: { from: from + start, to: height + contested.length - 1 },
    chosen: last?.choice ?? 'neither',
    margin: last?.margin ?? 0n,
    atTie: decisions[0]?.choice ?? 'neither',
    strictAfter: strictAfter < 0 ? null : strictAfter
  }
}
