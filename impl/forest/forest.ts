/**
 * The block forest: insertion, the head, pruning, events.
 */
import type { Either } from 'fp-ts/lib/Either.js'
import { left, right } from './either.js'
import { afterFork, commonAncestorOf, hashAt, heightOf, isValid, link, newStore, parentOf, settle } from './store.js'
import type { Store } from './store.js'
import type {
  ChainBefore,
  ChainRule,
  Failed,
  Forest,
  ForestData,
  ForestOptions,
  HeadChange,
  ImportError,
  InsertError,
  Inserted,
  Invalidity,
  Pruned,
  PruneError,
  Rejected,
  ScoreRule,
  Validation
} from './types.js'
import { chainOf, ownRoot, viewOf } from './view.js'
import type { Moment } from './view.js'

/** As many entries as V8 lets a `Map` have. */
const MAX_BLOCKS = 2 ** 24

/** How many orphans there are at most: their `Map` has a quarter of its entries for those that were removed. */
const MAX_ORPHANS = 3 * 2 ** 22
const DEFAULT_ORPHANS = 2 ** 16

/** The root may be this high or deep, so that the heights of all blocks are 32-bit integers. */
const MAX_ROOT_HEIGHT = 2 ** 30

/** The list of nothing. */
const NONE: ReadonlyArray<never> = Object.freeze([])

/** A listener, for as long as it is not ended. */
interface Subscription<B, H extends string> {
  listener: ((change: HeadChange<B, H>) => void) | undefined
}

/** A change of the head, by the numbers of the blocks in the store of that moment, and who is to be told of it. */
interface News<B, H extends string, S, A, E> {
  readonly store: Store<B, H, S, A, E>
  readonly from: number
  readonly to: number
  readonly listeners: ReadonlyArray<Subscription<B, H>>
  /** How many of them have been told. */
  told: number
}

/**
 * A forest from within: its present and its rule. What is done with it are functions of this module and not closures of
 * each forest, so that they are compiled once and for all, and not anew for each forest.
 */
interface Present<B, H extends string, S, A, E> extends Moment<B, H, S, A, E> {
  readonly options: ForestOptions<B, H, S, A, E>
  readonly scores: ScoreRule<B, H, S> | undefined
  readonly chains: ChainRule<B> | undefined
  readonly validation: Validation<B, A, E> | undefined
  readonly maxBlocks: number
  readonly maxOrphans: number
  /** The hashes of the orphans by the hash of the parent that they wait for. */
  waiting: Map<H, H[]>
  /** The orphans that were not yet forgotten for being the oldest. */
  aging: { readonly of: Map<H, B>; readonly hashes: Iterator<H, unknown> } | undefined
  /** A list that is replaced and never changed. */
  listeners: ReadonlyArray<Subscription<B, H>>
  /** The changes of the head that not all listeners have been told of. */
  readonly news: Array<News<B, H, S, A, E>>
  /** In how many calls of listeners we are. */
  telling: number
  /** What listeners have thrown. */
  faults: unknown[]
  /** An operation is under way: the forest must not be changed by another. */
  busy: boolean
  /** How far validation looks back. */
  readonly lookback: number
  /** The parent of the block that is being validated; -1 where none is. */
  validating: number
  /** The chain of that parent. */
  readonly before: ChainBefore<B>
}

/**
 * A forest with genesis alone, or an empty one. Throws where the options cannot be used: what `hash` or `parent` throws of
 * genesis, a `TypeError` where something is of another type than it must be, such as the hash of genesis or of its parent,
 * a `RangeError` where a number is not one that is allowed.
 */
export const createForest = <B, H extends string, S = undefined, A = undefined, E = never>(
  options: ForestOptions<B, H, S, A, E>
): Forest<B, H, S, A, E> => {
  const { genesis, height = 0, forkChoice, validation } = options
  // Where there is no score or no validation, their types have `undefined` alone, or nobody can tell.
  const score = (Object(forkChoice) as { readonly genesis?: unknown }).genesis as S
  const state = validation?.genesis as A
  return forestFrom(options, { block: genesis, height, score, state }, options.empty ?? false)
}

/** A forest with a given root: genesis, or what the data of another forest say. */
const forestFrom = <B, H extends string, S, A, E>(
  options: ForestOptions<B, H, S, A, E>,
  root: ForestData<B, S, A>['root'],
  empty: boolean
): Forest<B, H, S, A, E> => {
  const { forkChoice, validation, maxBlocks = MAX_BLOCKS, maxOrphans = DEFAULT_ORPHANS } = options
  const { lookback = 0 } = validation ?? {}
  checkOptions(options)
  const rootHash = options.hash(root.block)
  if (typeof (rootHash as unknown) !== 'string') throw new TypeError('the hash of the root is not a string')
  if (typeof (options.parent(root.block) as unknown) !== 'string')
    throw new TypeError("the hash of the root's parent is not a string; any will do for genesis")
  if (!Number.isInteger(root.height) || Math.abs(root.height) > MAX_ROOT_HEIGHT)
    throw new RangeError(`the height of the root is ${root.height}, expected a whole number, at most 2^30`)
  checkHistory(options, root, lookback)
  const present: Present<B, H, S, A, E> = {
    store: newStore(),
    size: 0,
    head: 0,
    root: ownRoot(root),
    rootHash,
    orphans: new Map(),
    orphansShared: false,
    // Whatever happens to the object later.
    options: { ...options },
    scores: 'better' in forkChoice ? undefined : forkChoice,
    chains: 'better' in forkChoice ? forkChoice : undefined,
    validation,
    maxBlocks: Math.min(maxBlocks, MAX_BLOCKS),
    maxOrphans: Math.min(maxOrphans, MAX_ORPHANS),
    waiting: new Map(),
    aging: undefined,
    listeners: [],
    news: [],
    telling: 0,
    faults: [],
    busy: false,
    lookback,
    validating: -1,
    before: (fromHeight) => chainBefore(present, fromHeight)
  }
  if (!empty) connectRoot(present)
  const operation =
    <X, Y>(perform: (now: typeof present, x: X) => Y) =>
    (x: X): Y => {
      enter(present)
      try {
        return perform(present, x)
      } finally {
        leave(present)
      }
    }
  return {
    ...viewOf(present, options.parent),
    insert: operation(insert),
    prune: operation(prune),
    dropOrphans: operation(dropOrphans),
    onHeadChange: (listener) => {
      checkFunction('listener', listener)
      const subscription: Subscription<B, H> = { listener }
      present.listeners = [...present.listeners, subscription]
      return () => {
        subscription.listener = undefined
        present.listeners = present.listeners.filter((other) => other !== subscription)
      }
    }
  }
}

const nothing = (): void => undefined

/** Throws where an option is not what its type says, or a number is not one that is allowed. */
const checkOptions = <B, H extends string, S, A, E>(options: ForestOptions<B, H, S, A, E>): void => {
  const { hash, parent, equals, evictOrphan = nothing, onListenerFault = nothing, forkChoice, validation } = options
  // What is no object has none of these functions, and is refused as an object without them is.
  const rule = Object(forkChoice) as Partial<ChainRule<B> & ScoreRule<B, H, S>>
  const { better, extend, compare, tieBreak } = rule
  const step = validation === undefined ? nothing : (Object(validation) as typeof validation).step
  const parts = 'better' in rule ? { better } : { extend, compare, tieBreak }
  for (const [name, f] of Object.entries({ hash, parent, equals, evictOrphan, onListenerFault, step, ...parts }))
    checkFunction(name, f)
  const { maxBlocks, maxOrphans } = options
  for (const [name, n = 0] of Object.entries({ maxBlocks, maxOrphans, lookback: validation?.lookback }))
    if (n !== Infinity && !(Number.isInteger(n) && n >= 0))
      throw new RangeError(`${name} is ${String(n)}, expected a whole number from 0 on, or Infinity`)
}

const checkFunction = (name: string, f: unknown): void => {
  if (typeof f !== 'function') throw new TypeError(`${name} is not a function`)
}

/** Does a root above genesis come with the blocks that rules may ask for? Throws if not. */
const checkHistory = <B, H extends string, S, A, E>(
  { height = 0, forkChoice, parent, hash }: ForestOptions<B, H, S, A, E>,
  { block, height: rootHeight, history = NONE }: ForestData<B, S, A>['root'],
  lookback: number
): void => {
  const below = rootHeight - height
  if (below > 0 && 'better' in forkChoice && forkChoice.ignoresCommonPrefix !== true)
    throw new RangeError('the fork choice rule needs the chain before the root')
  const needed = Math.min(below, lookback - 1)
  if (history.length < needed)
    throw new RangeError(`validation needs ${needed} blocks before the root, found ${history.length}`)
  let child = block
  for (const b of [...history].reverse()) {
    if (hash(b) !== parent(child)) throw new RangeError('the blocks before the root are not its chain')
    child = b
  }
}

/** What validation sees of the chain before a block, from a height on. */
const chainBefore = <B, H extends string, S, A, E>(
  { store, validating: parent, lookback, root }: Present<B, H, S, A, E>,
  fromHeight = -Infinity
): ReadonlyArray<B> => {
  if (parent < 0) throw new Error('`before` is for `step` to call, not for later')
  if (lookback === 0) throw new Error('validation declares no `lookback`: how many blocks back its `step` may look')
  const seen = heightOf(store.links, parent) - lookback + 1
  // Not a number counts as no height at all.
  const least = fromHeight > seen ? fromHeight : seen
  const { history = NONE } = root
  const chain = chainOf(store, parent, least)
  const first = Math.max(0, Math.ceil(least) - (root.height - history.length))
  return first < history.length ? [...history.slice(first), ...chain] : chain
}

/** The blocks before block f that validation of its descendants may look at. */
const historyOf = <B, H extends string, S, A, E>(
  { store, root, lookback }: Present<B, H, S, A, E>,
  f: number
): ReadonlyArray<B> => {
  if (lookback < 2) return NONE
  const chain = chainOf(store, f, heightOf(store.links, f) - lookback + 1).slice(0, -1)
  return [...(root.history ?? NONE), ...chain].slice(1 - lookback)
}

const notA = (what: string, value: unknown, expected: string): TypeError =>
  new TypeError(`${what} returned ${String(value)}, expected ${expected}; it cannot be asynchronous`)

/** What a function says that answers yes or no; a promise is neither, and would count as yes. */
const truth = (what: string, answer: boolean): boolean => {
  if (typeof (answer as unknown) !== 'boolean') throw notA(what, answer, 'true or false')
  return answer
}

/** Is the chain of block i strictly better than that of block j? Both are valid. */
const isBetter = <B, H extends string, S, A, E>(
  { scores: rule, chains }: Present<B, H, S, A, E>,
  store: Store<B, H, S, A, E>,
  i: number,
  j: number
): boolean => {
  if (rule === undefined) return truth('better', chains?.better(chainOf(store, i), chainOf(store, j)) ?? false)
  const { links, scores, blocks, hashes } = store
  // An extension is longer, and its score is not smaller.
  if (parentOf(links, i) === j) return true
  const order = rule.compare(scores[i] as S, scores[j] as S) || heightOf(links, i) - heightOf(links, j)
  if (order !== 0) return order > 0
  const a = afterFork(links, i, j)
  const b = afterFork(links, j, i)
  return rule.tieBreak(blocks[a] as B, blocks[b] as B, hashAt(hashes, a), hashAt(hashes, b)) < 0
}

/** Appends a block to a store. */
const append = <B, H extends string, S, A, E>(
  store: Store<B, H, S, A, E>,
  hash: H,
  block: B,
  score: S,
  state: A
): number => {
  const i = store.blocks.length
  store.hashes.push(hash)
  store.blocks.push(block)
  store.scores.push(score)
  store.states.push(state)
  return i
}

/**
 * Connects a block to its parent, and chooses between it and the head. Throws what a rule throws; the forest is then as it
 * was.
 */
const connect = <B, H extends string, S, A, E>(now: Present<B, H, S, A, E>, hash: H, block: B, p: number): number => {
  const { store, scores: rule, validation } = now
  if (now.size >= now.maxBlocks) throw new RangeError('maxBlocks')
  let score = store.scores[p] as S
  let state = store.states[p] as A
  let invalidity: Invalidity<H, E> | undefined
  if (!isValid(store.links, p)) {
    const above = store.invalid.get(p)
    const ancestor = above?._tag === 'InvalidAncestor' ? above.ancestor : hashAt(store.hashes, p)
    invalidity = { _tag: 'InvalidAncestor', ancestor }
  } else {
    if (validation !== undefined) {
      const verdict = judge(now, validation, state, block, p)
      if (verdict._tag === 'Right') state = verdict.right
      else invalidity = { _tag: 'Refused', reason: verdict.left }
    }
    if (invalidity === undefined && rule !== undefined) {
      const extended = rule.extend(score, block, hash)
      if (rule.compare(extended, score) >= 0) score = extended
      else invalidity = { _tag: 'ScoreDecreased' }
    }
  }
  const i = append(store, hash, block, score, state)
  link(store, i, p, heightOf(store.links, p) + 1)
  let isHead = false
  try {
    isHead = invalidity === undefined && isBetter(now, store, i, now.head)
    store.index.set(hash, i)
  } catch (cause) {
    for (const column of [store.hashes, store.blocks, store.scores, store.states]) column.pop()
    throw cause
  }
  if (isHead) now.head = i
  if (invalidity !== undefined) store.invalid.set(i, Object.freeze(invalidity))
  settle(store.links, i, p, invalidity === undefined)
  now.size = i + 1
  return i
}

/** What validation says of a block after block p. */
const judge = <B, H extends string, S, A, E>(
  now: Present<B, H, S, A, E>,
  { step }: Validation<B, A, E>,
  state: A,
  block: B,
  p: number
): Either<E, A> => {
  now.validating = p
  try {
    const verdict = step(state, block, now.before)
    // From outside may come anything, such as a promise.
    const tag: unknown = (verdict as Partial<typeof verdict> | undefined)?._tag
    if (tag !== 'Right' && tag !== 'Left') throw notA('validation.step', verdict, 'an Either')
    return verdict
  } finally {
    now.validating = -1
  }
}

/** Makes the root the first block. */
const connectRoot = <B, H extends string, S, A, E>(now: Present<B, H, S, A, E>): number => {
  const { block, height, score, state } = now.root
  link(now.store, 0, 0, height)
  const i = append(now.store, now.rootHash, block, score, state)
  now.store.index.set(now.rootHash, i)
  now.size = 1
  return i
}

/** What became of the orphans that waited for a block, and of those that waited for them. */
interface Adoption<H extends string, E> {
  readonly adopted: ReadonlyArray<H>
  readonly rejected: ReadonlyArray<Rejected<H, E>>
  readonly failed: ReadonlyArray<Failed<H>>
}

/** None waited. The lists are shared because it is so with most insertions. */
const NO_ADOPTION: Adoption<never, never> = { adopted: NONE, rejected: NONE, failed: NONE }

/** Connects the orphans that wait for block i, those that wait for them, and so on, in that order. */
const adopt = <B, H extends string, S, A, E>(now: Present<B, H, S, A, E>, i: number): Adoption<H, E> => {
  const { waiting, store } = now
  const adopted: H[] = []
  const rejected: Array<Rejected<H, E>> = []
  const failed: Array<Failed<H>> = []
  // What is connected on the way stands behind what it waited for.
  for (let p = i; p < now.size; p++) {
    const parent = hashAt(store.hashes, p)
    const children = waiting.get(parent)
    if (children === undefined) continue
    waiting.delete(parent)
    for (const hash of children) {
      try {
        const invalidity = store.invalid.get(connect(now, hash, now.orphans.get(hash) as B, p))
        adopted.push(hash)
        if (invalidity !== undefined) rejected.push({ hash, invalidity })
      } catch (cause) {
        failed.push({ hash, cause })
      }
      // In `connect` somebody's function may have taken a snapshot.
      ownOrphans(now)
      now.orphans.delete(hash)
    }
  }
  return { adopted, rejected, failed }
}

const ownOrphans = <B, H extends string, S, A, E>(now: Present<B, H, S, A, E>): void => {
  if (now.orphansShared) now.orphans = new Map(now.orphans)
  now.orphansShared = false
}

type InsertResult<B, H extends string, E> = Either<InsertError<B, H>, Inserted<B, H, E>>

const addOrphan = <B, H extends string, S, A, E>(
  now: Present<B, H, S, A, E>,
  hash: H,
  block: B,
  parent: H
): InsertResult<B, H, E> => {
  let evicted: H | undefined
  if (now.orphans.size >= now.maxOrphans) {
    const { evictOrphan } = now.options
    try {
      evicted = evictOrphan === undefined ? oldest(now) : evictOrphan(block, hash, now.orphans.entries())
      if (evicted === undefined) return left({ _tag: 'Full', limit: 'maxOrphans' })
      forget(now, evicted)
    } catch (cause) {
      return left({ _tag: 'Threw', hash, cause })
    }
  }
  ownOrphans(now)
  now.orphans = put(now.orphans, hash, block)
  now.waiting = wait(now.waiting, hash, parent)
  return right({ _tag: 'Orphan', hash, parent, evicted })
}

/**
 * The oldest orphan, to be forgotten; undefined where there is none. The iterator is kept, as a new one would have to pass
 * by all that were forgotten before.
 */
const oldest = <B, H extends string, S, A, E>(now: Present<B, H, S, A, E>): H | undefined => {
  const { aging, orphans } = now
  const next = aging?.of === orphans ? aging.hashes.next() : undefined
  if (next?.done === false) return next.value
  const hashes = orphans.keys()
  now.aging = { of: orphans, hashes }
  return hashes.next().value
}

/** Forgets an orphan. */
const forget = <B, H extends string, S, A, E>(now: Present<B, H, S, A, E>, hash: H): void => {
  const block = now.orphans.get(hash)
  if (block === undefined) throw new RangeError(`evictOrphan returned ${hash}, expected the hash of an orphan`)
  const parent = now.options.parent(block)
  const siblings = now.waiting.get(parent) ?? []
  ownOrphans(now)
  now.orphans.delete(hash)
  siblings.splice(siblings.indexOf(hash), 1)
  if (siblings.length === 0) now.waiting.delete(parent)
}

/**
 * Puts an entry into a map, or into a new one with the same entries: a map of V8 that many entries were removed from can
 * be full long before it has as many as it can have.
 */
const put = <K, V>(map: Map<K, V>, key: K, value: V): Map<K, V> => {
  try {
    return map.set(key, value)
  } catch {
    return new Map(map).set(key, value)
  }
}

/** Notes that an orphan waits for its parent. */
const wait = <H extends string>(waiting: Map<H, H[]>, hash: H, parent: H): Map<H, H[]> => {
  const siblings = waiting.get(parent)
  if (siblings === undefined) return put(waiting, parent, [hash])
  siblings.push(hash)
  return waiting
}

const dropOrphans = <B, H extends string, S, A, E>(
  now: Present<B, H, S, A, E>,
  drop: (block: B, hash: H) => boolean = () => true
): number => {
  const { orphans, options } = now
  // New maps: snapshots keep the old ones, and where `drop` throws, so does the forest.
  const kept = new Map([...orphans].filter(([hash, block]) => !truth('drop', drop(block, hash))))
  const waiting = new Map<H, H[]>()
  for (const [hash, block] of kept) wait(waiting, hash, options.parent(block))
  now.orphans = kept
  now.orphansShared = false
  now.waiting = waiting
  return orphans.size - kept.size
}

/** The change from one head to another; both are blocks of the store. Each that gets it gets one of its own. */
const headChange = <B, H extends string, S, A, E>(
  store: Store<B, H, S, A, E>,
  from: number,
  to: number
): HeadChange<B, H> => {
  const { links, hashes, blocks } = store
  const isNext = parentOf(links, to) === from
  const c = isNext ? from : commonAncestorOf(links, from, to)
  const above = heightOf(links, c) + 1
  return {
    _tag: c === from ? 'Extended' : 'Reorg',
    from: hashAt(hashes, from),
    to: hashAt(hashes, to),
    commonAncestor: hashAt(hashes, c),
    undone: isNext ? [] : chainOf(store, from, above).reverse(),
    applied: isNext ? [blocks[to] as B] : chainOf(store, to, above)
  }
}

/** Notes that listeners are to be told of a change; they are when the operation is over. */
const announce = <B, H extends string, S, A, E>(
  { listeners, news }: Present<B, H, S, A, E>,
  store: Store<B, H, S, A, E>,
  from: number,
  to: number
): HeadChange<B, H> => {
  if (listeners.length > 0) news.push({ store, from, to, listeners, told: 0 })
  return headChange(store, from, to)
}

/** Begins an operation: once all listeners know of what was before it, so that each sees the forest as it was then. */
const enter = <B, H extends string, S, A, E>(now: Present<B, H, S, A, E>): void => {
  if (now.busy)
    throw new Error('a function that the forest called changed it: change it when the function has returned')
  if (now.news.length > 0) tell(now)
  now.busy = true
}

/** Ends an operation, and tells the listeners of it; where a listener made it, those are told that called it. */
const leave = <B, H extends string, S, A, E>(now: Present<B, H, S, A, E>): void => {
  now.busy = false
  if (now.telling > 0 || now.news.length === 0) return
  tell(now)
  if (now.faults.length === 0) return
  const { faults } = now
  now.faults = []
  report(faults, now.options.onListenerFault ?? throwOutside)
}

/** Tells the listeners of the changes of the head. Within the call of a listener it goes on where that call began. */
const tell = <B, H extends string, S, A, E>(now: Present<B, H, S, A, E>): void => {
  const { news, faults } = now
  for (let first = news[0]; first !== undefined; first = news[0]) {
    const { store, from, to, listeners } = first
    const { listener } = listeners[first.told++] ?? {}
    if (first.told >= listeners.length) news.shift()
    if (listener === undefined) continue
    now.telling++
    try {
      listener(headChange(store, from, to))
    } catch (fault) {
      faults.push(fault)
    }
    now.telling--
  }
}

const report = (faults: ReadonlyArray<unknown>, to: (faults: ReadonlyArray<unknown>) => void): void => {
  try {
    to(faults)
  } catch (fault) {
    throwOutside([...faults, fault])
  }
}

/** Throws where nobody but the platform catches it, so that it is seen and disturbs no operation. */
const throwOutside = (faults: ReadonlyArray<unknown>): void =>
  queueMicrotask(() => {
    throw faults.length === 1 ? faults[0] : new AggregateError(faults, `${faults.length} listeners of a forest threw`)
  })

const insert = <B, H extends string, S, A, E>(now: Present<B, H, S, A, E>, block: B): InsertResult<B, H, E> => {
  const { options, store, orphans } = now
  let hash: H
  let parent: H
  let isRoot = false
  try {
    hash = options.hash(block)
    parent = options.parent(block)
    // From outside may come anything, whatever its type says.
    if (typeof (hash as unknown) !== 'string' || typeof (parent as unknown) !== 'string')
      return left({ _tag: 'Malformed', cause: 'a hash is not a string' })
    const i = store.index.get(hash)
    if (i !== undefined || orphans.has(hash)) {
      const existing = (i === undefined ? orphans.get(hash) : store.blocks[i]) as B
      return truth('equals', options.equals(existing, block))
        ? right({ _tag: 'Duplicate', hash })
        : left({ _tag: 'Collision', hash, existing })
    }
    isRoot = now.size === 0 && hash === now.rootHash && truth('equals', options.equals(now.root.block, block))
  } catch (cause) {
    return left({ _tag: 'Malformed', cause })
  }
  const p = store.index.get(parent)
  if (p === undefined && !isRoot) return addOrphan(now, hash, block, parent)
  if (now.size >= now.maxBlocks) return left({ _tag: 'Full', limit: 'maxBlocks' })

  const oldHead = now.head
  let i: number
  try {
    i = p === undefined ? connectRoot(now) : connect(now, hash, block, p)
  } catch (cause) {
    return left({ _tag: 'Threw', hash, cause })
  }
  const { adopted, rejected, failed } = now.waiting.size > 0 && now.waiting.has(hash) ? adopt(now, i) : NO_ADOPTION
  const height = heightOf(store.links, i)
  const invalidity = isValid(store.links, i) ? undefined : store.invalid.get(i)
  if (invalidity !== undefined) return right({ _tag: 'Invalid', hash, height, invalidity, adopted, rejected, failed })
  const head = now.head === oldHead ? undefined : announce(now, store, oldHead, now.head)
  return right({ _tag: 'Connected', hash, height, adopted, rejected, failed, head })
}

const prune = <B, H extends string, S, A, E>(
  now: Present<B, H, S, A, E>,
  final: H
): Either<PruneError<H>, Pruned<B, H>> => {
  const { store: old, head: oldHead, lookback, chains } = now
  const f = old.index.get(final)
  if (f === undefined) return left({ _tag: now.orphans.has(final) ? 'OrphanBlock' : 'UnknownBlock', hash: final })
  if (!isValid(old.links, f)) return left({ _tag: 'InvalidBlock', hash: final })
  if (f > 0 && lookback === Infinity) return left({ _tag: 'NeedsHistory', rule: 'validation' })
  if (f > 0 && chains !== undefined && chains.ignoresCommonPrefix !== true)
    return left({ _tag: 'NeedsHistory', rule: 'forkChoice' })

  // What is left goes to a new store, so that snapshots keep the old one.
  const store: typeof old = newStore()
  const moved = new Int32Array(old.blocks.length).fill(-1)
  for (let i = f; i < old.blocks.length; i++) {
    const p = i === f ? 0 : (moved[parentOf(old.links, i)] ?? -1)
    if (p < 0) continue
    const k = append(store, hashAt(old.hashes, i), old.blocks[i] as B, old.scores[i] as S, old.states[i] as A)
    store.index.set(hashAt(store.hashes, k), k)
    moved[i] = k
    link(store, k, p, heightOf(old.links, i))
    const invalidity = old.invalid.get(i)
    if (invalidity !== undefined) store.invalid.set(k, invalidity)
    if (k > 0) settle(store.links, k, p, invalidity === undefined)
  }
  const size = store.blocks.length
  const kept = moved[oldHead] ?? -1
  let head = Math.max(kept, 0)
  try {
    if (kept < 0) for (let k = 1; k < size; k++) if (isValid(store.links, k) && isBetter(now, store, k, head)) head = k
  } catch (cause) {
    return left({ _tag: 'Threw', cause })
  }

  const history = historyOf(now, f)
  now.root = {
    block: old.blocks[f] as B,
    height: heightOf(old.links, f),
    score: old.scores[f] as S,
    state: old.states[f] as A,
    ...(history.length === 0 ? {} : { history })
  }
  now.rootHash = final
  now.store = store
  now.size = size
  now.head = head
  const newHead = old.index.get(hashAt(store.hashes, head)) ?? 0
  const change = kept < 0 ? announce(now, old, oldHead, newHead) : undefined
  return right({ removed: old.blocks.length - size, head: change })
}

/**
 * The forest that plain data describe: every block is inserted anew, so that it is hashed, validated and scored by the
 * options that are given, whatever they were when the data were made. The root is taken on trust.
 *
 * O(n log n). The first block that cannot be inserted ends it, with its place in `blocks` followed by `orphans`.
 */
export const fromData = <B, H extends string, S = undefined, A = undefined, E = never>(
  options: ForestOptions<B, H, S, A, E>,
  data: ForestData<B, S, A>
): Either<ImportError<B, H>, Forest<B, H, S, A, E>> => {
  let forest: Forest<B, H, S, A, E>
  let all: ReadonlyArray<B>
  try {
    // From outside may come anything: what is no list is not iterable.
    all = [...data.blocks, ...data.orphans]
    forest = forestFrom(options, data.root, true)
  } catch (cause) {
    return left({ _tag: 'Malformed', cause, at: 0 })
  }
  for (let at = 0; at < all.length; at++) {
    const result = forest.insert(all[at] as B)
    if (result._tag === 'Left') return left({ ...result.left, at })
    const { right: inserted } = result
    // Nothing of the data may be lost on the way.
    if (inserted._tag === 'Orphan' && inserted.evicted !== undefined)
      return left({ _tag: 'Full', limit: 'maxOrphans', at })
    const [failed] = 'failed' in inserted ? inserted.failed : []
    if (failed !== undefined) return left({ _tag: 'Threw', ...failed, at })
  }
  return right(forest)
}
