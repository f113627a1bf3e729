/**
 * `clique_inv_step` over all small worlds: from every world within sizes in which the clique invariant holds, reachable or
 * not, every step is taken. That is what Coq proves for worlds of any size.
 */
import { longestChain } from '../../../spec/blockchain/instances/longestChain.js'
import { shortHash } from '../../../spec/blockchain/instances/shortHash.js'
import type { Types } from '../../../spec/blockchain/types.js'
import { inductive } from '../../checker/search/inductive.js'
import { bounds } from '../model.js'
import type { Playable } from '../model.js'
import { playLongestChain, playNumbered } from '../playable.js'
import { inductionModel, worldsWithin } from '../worlds.js'
import { plural } from '../../words.js'

/** How large the worlds are. */
export interface WorldsUpTo {
  readonly nodes: number
  /** Blocks have the numbers 1 to this. */
  readonly numbers: number
  /** The most different blocks that one world speaks of, genesis not counted. */
  readonly blocks: number
  readonly transactions: number
  readonly packets: number
}

/** What an induction came to. */
export interface Induction {
  readonly instance: string
  readonly sizes: WorldsUpTo
  readonly worlds: number
  /** In how many of them the invariant holds. */
  readonly satisfying: number
  /** The steps from those. */
  readonly steps: number
  /** Whether all of them, and the initial world, keep the invariant. */
  readonly kept: boolean
}

/** An induction over the worlds of some sizes. */
export const induct = async <T extends Types>(playable: Playable<T>, sizes: WorldsUpTo): Promise<Induction> => {
  const { nodes, numbers, transactions, blocks, packets } = sizes
  const model = inductionModel(playable, bounds(nodes, numbers, transactions))
  const only = { ...model, invariants: model.invariants.filter(({ name }) => name === 'clique_inv') }
  const { candidates, satisfying, steps, base, counterexample } = await inductive(
    only,
    worldsWithin(playable, model, { blocks, packets })
  )
  return {
    instance: playable.instance.name,
    sizes,
    worlds: candidates,
    satisfying,
    steps,
    kept: only.invariants.length === 1 && base.length === 0 && counterexample === undefined
  }
}

/** Longest chain with hashes of two bits: of a few blocks, some collide. */
const colliding = { ...playLongestChain, instance: shortHash(longestChain(), 2) }

const upTo = (nodes: number, numbers: number, blocks: number, transactions: number, packets: number): WorldsUpTo => ({
  nodes,
  numbers,
  blocks,
  transactions,
  packets
})

/** The inductions that take seconds. */
const short: ReadonlyArray<() => Promise<Induction>> = [
  () => induct(playNumbered, upTo(2, 2, 2, 0, 1)),
  () => induct(playNumbered, upTo(2, 1, 1, 0, 2)),
  () => induct(playNumbered, upTo(2, 1, 1, 1, 1)),
  () => induct(playNumbered, upTo(3, 1, 1, 0, 1)),
  () => induct(colliding, upTo(2, 2, 2, 0, 1))
]

/** Those that take minutes. */
const long: ReadonlyArray<() => Promise<Induction>> = [
  () => induct(playNumbered, upTo(2, 2, 2, 0, 2)),
  () => induct(playNumbered, upTo(3, 2, 2, 0, 1)),
  () => induct(colliding, upTo(2, 2, 2, 0, 2)),
  () => induct(colliding, upTo(3, 2, 2, 0, 1))
]

/** Runs the inductions, one after the other. */
export const inductions = async (which: 'short' | 'long'): Promise<ReadonlyArray<Induction>> => {
  const done: Induction[] = []
  for (const induction of which === 'short' ? short : long) done.push(await induction())
  return done
}

/** The lemma that they are about. */
export const INDUCTIVE = 'clique_inv_step'

/** Sizes in words. */
export const showWorlds = ({ nodes, numbers, blocks, transactions, packets }: WorldsUpTo): string =>
  [
    plural(nodes, 'node'),
    `at most ${plural(blocks, 'block')} with numbers up to ${String(numbers)}`,
    plural(transactions, 'transaction'),
    `at most ${plural(packets, 'packet')} in flight`
  ].join(', ')
