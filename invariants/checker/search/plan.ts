/**
 * What is asked of an exhaustive search, in types that have no room for what cannot be asked together.
 *
 * The options of `exhaustive` are one flat record, as a command line or a caller has them. A plan is one of a few kinds of
 * search, each with the bounds that it can keep. What cannot be planned is refused with what to leave out.
 */
import { RefusedSearch } from '../model/refusal.js'
import type { Reduction } from '../model/result.js'
import type { CommonBounds, DepthBound, Exactness, KeptSearch, SpilledFrontier } from './bounds.js'
import type { BreadthFirstBounds } from './breadthFirst.js'

/**
 * In which order states are expanded.
 *
 * `breadth-first`: the nearest first; a counterexample is as short as one can be. `depth-first`: what was found last first.
 * `iterative-deepening`: depth-first searches, each of which goes one step farther than the one before; a counterexample
 * is as short as one can be, the frontier is no larger than depth first, and each search goes through all that the one
 * before went through again. `guided`: the highest score first, the oldest first among equals.
 */
export const ORDERS = ['breadth-first', 'depth-first', 'iterative-deepening', 'guided'] as const
export type Order = (typeof ORDERS)[number]

/** The bounds of a search, and how it is done. */
export interface ExhaustiveOptions extends CommonBounds, DepthBound, Exactness, KeptSearch, SpilledFrontier {
  /** Default: breadth first. */
  readonly order?: Order
  /** The name of the score that guides a guided search: one of the model's. */
  readonly toward?: string
  /** Compute every step anew and keep whole states, with no interning and no fingerprints. Default: false. */
  readonly plain?: boolean
  /** What may be left out without losing a verdict. Default: nothing. */
  readonly reduce?: ReadonlyArray<Reduction>
}

/** An order, with the bounds that a search in this order can keep. */
export type Strategy =
  | { readonly order: 'breadth-first'; readonly bounds: BreadthFirstBounds }
  | { readonly order: 'depth-first'; readonly bounds: CommonBounds & Exactness }
  | { readonly order: 'iterative-deepening'; readonly bounds: CommonBounds & DepthBound }
  | { readonly order: 'guided'; readonly bounds: CommonBounds & Exactness; readonly toward: string }

/** A search: over whole states, over compact ones, or over a part of these that has the same verdicts. */
export type Plan =
  | { readonly kind: 'plain'; readonly bounds: CommonBounds & DepthBound }
  | { readonly kind: 'full'; readonly strategy: Strategy }
  | { readonly kind: 'reduced'; readonly strategy: Strategy; readonly reduce: ReadonlyArray<Reduction> }

/** A search that goes on from a checkpoint, or writes some. */
export const isKept = ({ checkpoint, resume }: KeptSearch): boolean => checkpoint !== undefined || resume !== undefined

/** The strategy that is asked for. */
const strategyOf = (options: ExhaustiveOptions): Strategy => {
  const { order = 'breadth-first', toward, exact = false, depth, checkpoint, resume, ...common } = options
  if ((order === 'guided') !== (toward !== undefined))
    throw new RefusedSearch(
      'a guided search goes toward a score, and no other search does: give both order guided and toward'
    )
  if ((order === 'depth-first' || order === 'guided') && depth !== undefined)
    throw new RefusedSearch(`a ${order} search cannot be bounded in depth: it would miss states; search breadth first`)
  if (order === 'iterative-deepening' && exact)
    throw new RefusedSearch(
      'iterative deepening keeps distances with fingerprints, not with whole states: leave out exact'
    )
  if (exact && isKept(options))
    throw new RefusedSearch('a search that keeps whole states cannot be kept itself: leave out checkpoint and resume')
  const bounded = { ...common, ...(depth !== undefined && { depth }) }
  switch (order) {
    case 'breadth-first':
      return {
        order,
        bounds: exact
          ? { ...bounded, exact }
          : { ...bounded, ...(checkpoint !== undefined && { checkpoint }), ...(resume !== undefined && { resume }) }
      }
    case 'depth-first':
      return { order, bounds: { ...common, exact } }
    case 'iterative-deepening':
      return { order, bounds: bounded }
    case 'guided':
      return { order, bounds: { ...common, exact }, toward: toward ?? '' }
  }
}

/** @throws RefusedSearch for a bound that is no number of states or steps: NaN, for instance, would be taken for none. */
const refuseOdd = (name: string, bound = Infinity): void => {
  if (bound !== Infinity && !(Number.isInteger(bound) && bound >= 0))
    throw new RefusedSearch(`${name} is ${String(bound)}: it is a whole number from 0 on, or Infinity`)
}

/**
 * The search that is asked for.
 * @throws RangeError for options that no search has together.
 */
export const planOf = (options: ExhaustiveOptions): Plan => {
  const { plain = false, exact = false, reduce = [] } = options
  if (reduce.length > 0 && (plain || isKept(options)))
    throw new RefusedSearch(
      'a reduced search is interned, and is made in one go: leave out plain, checkpoint and resume'
    )
  refuseOdd('maxStates', options.maxStates)
  refuseOdd('depth', options.depth)
  const strategy = strategyOf(options)
  if (exact && reduce.includes('symmetry'))
    throw new RefusedSearch('a search up to symmetry knows states by fingerprints only: leave out exact')
  if (plain) return { kind: 'plain', bounds: boundsOfPlain(strategy) }
  return reduce.length > 0 ? { kind: 'reduced', strategy, reduce } : { kind: 'full', strategy }
}

/**
 * The bounds of a search over whole states that does what is asked of another.
 * @throws RangeError where it cannot.
 */
const boundsOfPlain = (strategy: Strategy): CommonBounds & DepthBound => {
  if (strategy.order !== 'breadth-first' || isKept(strategy.bounds))
    throw new RefusedSearch(
      'a plain search is breadth first and made in one go: leave out order, checkpoint and resume'
    )
  return strategy.bounds
}
