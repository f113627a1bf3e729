/**
 * Exhaustive exploration: every reachable state within the bounds is visited, and every invariant checked in it. Breadth
 * first and by iterative deepening, a counterexample is as short as one can be; depth first is faster and needs less
 * memory.
 */
import type { Property } from '../../property/property.js'
import { guarded } from '../model/guarded.js'
import { identityOf } from '../model/identity.js'
import type { Identity } from '../model/identity.js'
import { RefusedSearch } from '../model/refusal.js'
import { compactOf, refuseUnfit } from '../model/model.js'
import type { Model } from '../model/model.js'
import { answered, undecided, withViolated } from '../graph/answers.js'
import type { Answered } from '../graph/answers.js'
import { peakMemory } from '../model/result.js'
import type { Reduction, Result } from '../model/result.js'
import type { CompactSystem } from '../model/walker.js'
import { watchedSystem } from '../state/keyed.js'
import { settled } from '../trace/settle.js'
import type { Settled } from '../trace/settle.js'
import type { CommonBounds, DepthBound, Found } from './bounds.js'
import { breadthFirst } from './breadthFirst.js'
import { breadthFirstPlain } from './breadthFirstPlain.js'
import { depthFirst } from './depthFirst.js'
import { guided } from './guided.js'
import { iterativeDeepening } from './iterativeDeepening.js'
import { isKept, planOf } from './plan.js'
import type { ExhaustiveOptions, Plan, Strategy } from './plan.js'

export { ORDERS } from './plan.js'
export type { ExhaustiveOptions, Order } from './plan.js'

/** A plan for a certain model: what it runs on is made. */
type Search<A> =
  | { readonly engine: 'plain'; readonly bounds: CommonBounds & DepthBound }
  | { readonly engine: 'keyed' | 'interned'; readonly compact: CompactSystem<A>; readonly strategy: Strategy }

/** Reduced searches are first made with so few states, to find out cheaply what cannot be left out. */
const TRIALS = [1 << 12, 1 << 16]

/** A reduced search decides a property as the full one does. */
export const isKeptBy = <S, A>(reduction: Reduction, property: Property<S, A>): boolean =>
  // What becomes of a node in a step is the same whatever is delivered beside it, and so is where nothing can be done. Who
  // does nothing with a message, where something must be done, is not seen: that packet is delivered at once.
  reduction === 'noop' &&
  (property._tag === 'NoDeadlock' || (property._tag === 'StepInvariant' && property.looksAt === 'node'))

const refuseUnkept = <S, A>({ name, properties = [] }: Model<S, A>, reduce: ReadonlyArray<Reduction>): void => {
  for (const reduction of reduce) {
    const lost = properties.find((property) => !isKeptBy(reduction, property))
    if (lost !== undefined)
      throw new RefusedSearch(
        `${name}: a search reduced by ${reduction} does not decide «${lost.name}»: leave out the reduction, or what it does not decide`
      )
  }
}
/** Makes what a plan runs on: the interned form of the model where there is one. */
const searchOf = <S, A>(model: Model<S, A>, plan: Plan): Search<A> => {
  if (plan.kind === 'plain') return { engine: 'plain', bounds: plan.bounds }
  const { strategy } = plan
  const reduce = plan.kind === 'reduced' ? plan.reduce : []
  refuseUnkept(model, reduce)
  const uptoSymmetry = reduce.includes('symmetry')
  const interned = compactOf(model, {
    purge: reduce.includes('noop'),
    uptoSymmetry,
    ...(strategy.order === 'guided' && { toward: strategy.toward })
  })
  if (interned !== undefined) {
    const objection = uptoSymmetry ? model.symmetryObjection?.() : undefined
    if (objection !== undefined)
      throw new RefusedSearch(`the declared symmetry of ${model.name} is wrong: ${objection}`)
    return { engine: 'interned', compact: interned, strategy }
  }
  if (plan.kind === 'reduced') throw new RefusedSearch(`${model.name} cannot be interned, so it cannot be reduced`)
  if (strategy.order === 'guided')
    throw new RefusedSearch(`${model.name} cannot be interned, so it has no scores: leave out order guided`)
  const exact = strategy.order !== 'iterative-deepening' && strategy.bounds.exact === true
  return { engine: 'keyed', compact: watchedSystem(model, { exact }), strategy }
}

/** What a search is of, where it is kept. */
interface Named {
  readonly name: string
  readonly identity: () => Identity
}

/** Searches a compact system once, for so many states at most. */
const explore = <A>(
  compact: CompactSystem<A>,
  strategy: Strategy,
  maxStates: number,
  { name, identity }: Named
): Promise<Found<A>> => {
  switch (strategy.order) {
    case 'breadth-first':
      return breadthFirst(compact, { ...strategy.bounds, maxStates }, name, identity())
    case 'depth-first':
      return depthFirst(compact, { ...strategy.bounds, maxStates })
    case 'iterative-deepening':
      return iterativeDeepening(compact, { ...strategy.bounds, maxStates })
    case 'guided':
      return guided(compact, { ...strategy.bounds, maxStates })
  }
}

/** A search that was interrupted is not made again: what it has found so far is what there is. */
const isEnded = ({ bounds }: Strategy): boolean => bounds.signal?.aborted === true

/** Searches a compact system, again for as long as it turns out that something was left out that must not be. */
const exploreUntilSound = async <A>(
  compact: CompactSystem<A>,
  strategy: Strategy,
  maxStates: number,
  named: Named
): Promise<Found<A>> => {
  const found = await explore(compact, strategy, maxStates, named)
  if (found.interruption !== undefined || isEnded(strategy)) return found
  return compact.recheckPurged() > 0 ? exploreUntilSound(compact, strategy, maxStates, named) : found
}

/** Searches a compact system with larger and larger bounds, until one is not met. */
const exploreUpTo = async <A>(
  compact: CompactSystem<A>,
  strategy: Strategy,
  [most = Infinity, ...larger]: ReadonlyArray<number>,
  named: Named
): Promise<Found<A>> => {
  const found = await exploreUntilSound(compact, strategy, most, named)
  const isOver = found.complete || found.violation !== undefined || found.interruption !== undefined
  if (larger.length === 0 || isOver || isEnded(strategy)) return found
  compact.resetCounts()
  return exploreUpTo(compact, strategy, larger, named)
}

/**
 * What a search has found, settled; undefined where what interrupted one without no-ops does not happen in the model.
 * @throws Error as `settled` does.
 */
const confirmed = <S, A>(
  model: Model<S, A>,
  found: Found<A>,
  { answers, interruption }: Answered<S, A>,
  isReduced: boolean
): Settled<S, A> | undefined => {
  try {
    return settled(model, { ...found, interruption: found.interruption ?? interruption }, answers)
  } catch (thrown) {
    if (isReduced && found.interruption !== undefined) return undefined
    throw thrown
  }
}

/**
 * Explores all executions of a model within bounds; stops at the first state that violates an invariant.
 * @throws RangeError for a model without initial states; for a bound on the depth of a depth-first or guided search, which would miss states that it can reach;
 * for a plain search that is not breadth first, or is to be kept, resumed, or spilled; for a reduced or guided search
 * without interning; for a reduced or exact search that is to be kept or resumed; for one without no-ops whose invariants
 * look at whole states; for one up to symmetry where none is declared, or where it is declared wrongly; for an exact one by
 * iterative deepening; for a guided one without a score of the model's, and a score for any other; for a frontier that is to
 * be spilled where states are not interned.
 */
export const exhaustive = async <S, A>(model: Model<S, A>, options: ExhaustiveOptions = {}): Promise<Result<S, A>> => {
  refuseUnfit(model)
  const started = performance.now()
  const { exact = false, reduce = [], maxStates = Infinity } = options
  const search = searchOf(model, planOf(options))
  if (search.engine !== 'interned' && options.frontier !== undefined)
    throw new RefusedSearch(
      `${model.name} is not interned: its frontier is kept as values, in memory; leave out frontier`
    )
  const trials = reduce.includes('noop') ? TRIALS.filter((most) => most < maxStates) : []
  const found =
    search.engine === 'plain'
      ? await breadthFirstPlain(guarded(model), search.bounds)
      : await exploreUpTo(search.compact, search.strategy, [...trials, maxStates], {
          name: model.name,
          identity: () => (isKept(options) ? identityOf(model, options) : {})
        })
  const { depth, onProgress, signal } = options
  // Where the search met no bound, none holds the graph back: states at the greatest depth have no steps, which is to be seen.
  const bounds = found.complete ? {} : { maxStates, ...(depth === undefined ? {} : { depth }) }
  const asked: Answered<S, A> =
    found.violation !== undefined || found.interruption !== undefined || signal?.aborted === true
      ? { answers: undecided(model) }
      : await answered(model, {
          plain: search.engine === 'plain',
          ...(search.engine === 'interned' && { compact: search.compact }),
          ...bounds,
          ...(onProgress === undefined ? {} : { onProgress }),
          ...(signal === undefined ? {} : { signal })
        })
  const outcome = confirmed(model, found, asked, reduce.includes('noop'))
  // Where packets were left out that must not be, the search could not go on, and so not find out that it is so.
  if (outcome === undefined)
    return exhaustive(model, { ...options, reduce: reduce.filter((reduction) => reduction !== 'noop') })
  return {
    model: model.name,
    states: found.states,
    earlier: found.earlier ?? 0,
    transitions: found.transitions,
    depth: found.depth,
    // What was interrupted while its properties were decided says nothing of these.
    complete: found.complete && asked.interruption === undefined && signal?.aborted !== true,
    engine: search.engine,
    reductions: reduce,
    exact: exact || search.engine === 'plain',
    seconds: (performance.now() - started) / 1000,
    peakMemory: peakMemory(),
    coverage: found.coverage,
    answers: withViolated(asked.answers, outcome.counterexample),
    ...outcome,
    sizes: search.engine === 'plain' ? {} : search.compact.sizes()
  }
}
