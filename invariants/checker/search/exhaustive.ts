/**
 * Exhaustive exploration: every reachable state within the bounds is visited, and every invariant checked in it. Breadth
 * first and by iterative deepening, a counterexample is as short as one can be; depth first is faster and needs less
 * memory.
 */
import { keyedSystem } from '../state/keyed.js'
import type { Model } from '../model/model.js'
import { breadthFirstPlain } from '../state/plain.js'
import { runActions } from '../trace/replay.js'
import { peakMemory } from '../model/result.js'
import type { Reduction, Result } from '../model/result.js'
import { breadthFirst, depthFirst, guided, iterativeDeepening } from './search.js'
import type { Found, SearchBounds } from './search.js'

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

const SEARCHES = {
  'breadth-first': breadthFirst,
  'depth-first': depthFirst,
  'iterative-deepening': iterativeDeepening,
  guided
} as const satisfies Readonly<Record<Order, unknown>>

/** The bounds of a search, and how it is done. */
export interface ExhaustiveOptions extends SearchBounds {
  /** Default: breadth first. */
  readonly order?: Order
  /** The name of the score that guides a guided search: one of the model's. */
  readonly toward?: string
  /**
   * Compute every step anew and keep whole states, with no interning and no fingerprints. Default: false, but for a model
   * that cannot be interned and has several initial states.
   */
  readonly plain?: boolean
  /** What may be left out without losing a verdict. Default: nothing. */
  readonly reduce?: ReadonlyArray<Reduction>
}

/** Reduced searches are first made with so few states, to find out cheaply what cannot be left out. */
const TRIALS = [1 << 12, 1 << 16]

/**
 * Explores all executions of a model within bounds; stops at the first state that violates an invariant.
 * @throws RangeError for a bound on the depth of a depth-first or guided search, which would miss states that it can reach;
 * for a plain search that is not breadth first, or is to be kept, resumed, or spilled; for a reduced or guided search
 * without interning; for a reduced or exact search that is to be kept or resumed; for one without no-ops whose invariants
 * look at whole states; for one up to symmetry where none is declared, or where it is declared wrongly; for an exact one by
 * iterative deepening; for a guided one without a score of the model's, and a score for any other; for a frontier that is to
 * be spilled where states are not interned.
 */
export const exhaustive = async <S, A>(model: Model<S, A>, options: ExhaustiveOptions = {}): Promise<Result<S, A>> => {
  const started = performance.now()
  const {
    plain = false,
    exact = false,
    order = 'breadth-first',
    toward,
    reduce = [],
    resume,
    checkpoint,
    frontier,
    maxStates = Infinity
  } = options
  const reduces = reduce.length > 0
  if (reduces && (plain || resume !== undefined || checkpoint !== undefined))
    throw new RangeError('a reduced search is interned, and is made in one go: leave out plain, checkpoint and resume')
  if (exact && (resume !== undefined || checkpoint !== undefined))
    throw new RangeError('a search that keeps whole states cannot be kept itself: leave out checkpoint and resume')
  if ((order === 'guided') !== (toward !== undefined))
    throw new RangeError(
      'a guided search goes toward a score, and no other search does: give both order guided and toward'
    )
  const uptoSymmetry = reduce.includes('symmetry')
  if (exact && uptoSymmetry)
    throw new RangeError('a search up to symmetry knows states by fingerprints only: leave out exact')
  const interned = plain
    ? undefined
    : model.compact?.({ purge: reduce.includes('noop'), uptoSymmetry, ...(toward === undefined ? {} : { toward }) })
  if (reduces && interned === undefined)
    throw new RangeError(`${model.name} cannot be interned, so it cannot be reduced`)
  const objection = uptoSymmetry ? model.symmetryObjection?.() : undefined
  if (objection !== undefined) throw new RangeError(`the declared symmetry of ${model.name} is wrong: ${objection}`)
  const isPlain = plain || (interned === undefined && model.system.initial.length !== 1)
  const compact = isPlain ? undefined : (interned ?? keyedSystem(model, { exact }))
  if ((order === 'depth-first' || order === 'guided') && options.depth !== undefined)
    throw new RangeError(`a ${order} search cannot be bounded in depth: it would miss states; search breadth first`)
  if (order === 'iterative-deepening' && exact)
    throw new RangeError(
      'iterative deepening keeps distances with fingerprints, not with whole states: leave out exact'
    )
  if (isPlain && (order !== 'breadth-first' || resume !== undefined || checkpoint !== undefined))
    throw new RangeError(
      'a plain search, or one from several initial states, is breadth first and made in one go: leave out order, checkpoint and resume'
    )
  if (interned === undefined && toward !== undefined)
    throw new RangeError(`${model.name} cannot be interned, so it has no scores: leave out order guided`)
  if (interned === undefined && frontier !== undefined)
    throw new RangeError(`${model.name} is not interned: its frontier is kept as values, in memory; leave out frontier`)
  const search = (most: number): Promise<Found<A>> =>
    compact === undefined
      ? breadthFirstPlain(model, options)
      : SEARCHES[order](compact, { ...options, maxStates: most }, model.name)
  /** The search, made again for as long as it turns out that something was left out that must not be. */
  const settled = async (most: number): Promise<Found<A>> => {
    const found = await search(most)
    return compact !== undefined && compact.amend() > 0 ? settled(most) : found
  }
  /** With larger and larger bounds, until one is not met. */
  const searchUpTo = async ([most = maxStates, ...larger]: ReadonlyArray<number>): Promise<Found<A>> => {
    const found = await settled(most)
    if (larger.length === 0 || found.complete || found.violation !== undefined) return found
    compact?.uncount()
    return searchUpTo(larger)
  }
  const found = await searchUpTo([
    ...(reduce.includes('noop') ? TRIALS.filter((most) => most < maxStates) : []),
    maxStates
  ])
  return {
    model: model.name,
    states: found.states,
    transitions: found.transitions,
    depth: found.depth,
    complete: found.complete,
    engine: interned ? 'interned' : compact ? 'keyed' : 'plain',
    reductions: reduce,
    exact: exact || compact === undefined,
    seconds: (performance.now() - started) / 1000,
    peakMemory: peakMemory(),
    coverage: found.coverage,
    counterexample: found.violation && runActions(model, found.violation),
    sizes: compact?.sizes() ?? {}
  }
}
