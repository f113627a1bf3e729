/**
 * What goes into a block forest and what comes out of it: the rule it follows, results, errors, queries.
 *
 * Throughout, `B` is the type of blocks, `H` that of their hashes, `S` of scores, `A` of the state that validation
 * folds along a chain, `E` of the reasons for which validation refuses a block. A single block is named by its hash; a
 * list of blocks along a chain is a list of blocks, oldest first. Heights are whole numbers, the root's being
 * `ForestOptions.height`. In statements of complexity n is the number of blocks in the forest, h the height of the
 * greater block above the root.
 */
import type { Either } from 'fp-ts/lib/Either.js'

/**
 * The blocks of a chain before a block that is being validated, oldest first, from a given height on: of the last
 * `Validation.lookback` blocks those that are not lower, all of them where no height is given. Costs what it returns.
 * Throws where the rule does not declare that it looks back, and when nothing is being validated.
 */
export type ChainBefore<B> = (fromHeight?: number) => ReadonlyArray<B>

/**
 * When a block may come right after a chain: `VAF` and `txValid` of the specification, as a fold along the chain.
 *
 * It is asked once for each block whose parent is valid, when the block is connected. A block that it refuses stays in
 * the forest, and neither the block nor any descendant is ever on the best chain. It must not change the forest.
 */
export interface Validation<B, A, E> {
  /** The state after the chain that is genesis alone. Genesis itself is taken on trust. */
  readonly genesis: A
  /**
   * The state after the chain extended by the block, or why the block may not extend it. It must not change `state`,
   * which the other blocks on that chain are validated from too.
   */
  readonly step: (state: A, block: B, before: ChainBefore<B>) => Either<E, A>
  /**
   * How many blocks before the block `step` may see by `before`: a whole number, or Infinity for all of them. It sees no
   * more, however many there are, so that pruning changes no verdict: the blocks that are still needed are kept. A rule
   * that needs all of them cannot be pruned. Default: 0, as `state` tells all that `step` needs to know.
   */
  readonly lookback?: number
}

/**
 * A fork choice rule by score: of two chains the one with the greater score is better; at equal scores the longer; at
 * equal lengths the one whose block *right after the fork* comes first in `tieBreak`.
 *
 * It is lawful, that is, it satisfies the axioms of the specification's fork choice rule on the chains of a forest, if
 * `compare` orders scores totally, `extend` never returns a smaller score than it is given, and `tieBreak` orders the
 * children of a block strictly and totally. `checkLaws` tests this. A forest refuses a block that lowers the score.
 */
export interface ScoreRule<B, H extends string, S> {
  /** The score of the chain that is genesis alone. */
  readonly genesis: S
  /** The score of a chain extended by a block. */
  readonly extend: (score: S, block: B, hash: H) => S
  /** Negative, zero, positive: the first score is smaller, equal, greater. */
  readonly compare: (a: S, b: S) => number
  /** Negative if the first of two different children of a block wins, positive if the second does. Never zero. */
  readonly tieBreak: (a: B, b: B, hashA: H, hashB: H) => number
}

/**
 * A fork choice rule on whole chains: any `FCR` of the specification. Exact where it satisfies the specification's
 * axioms, and slow: each comparison builds both chains.
 */
export interface ChainRule<B> {
  /** The first chain is strictly better than the second. Chains are oldest first, and start with the root. */
  readonly better: (a: ReadonlyArray<B>, b: ReadonlyArray<B>) => boolean
  /**
   * `better` says the same of two chains that both start later, at a block that is on both. Only then can a forest with
   * this rule be pruned. Default: false.
   */
  readonly ignoresCommonPrefix?: boolean
}

/** How the best of several chains is chosen. */
export type ForkChoice<B, H extends string, S> = ScoreRule<B, H, S> | ChainRule<B>

/** What a forest is made for: its blocks, its fork choice rule, its validation, its limits. */
export interface ForestOptions<B, H extends string, S = undefined, A = undefined, E = never> {
  /** The first block of every chain. */
  readonly genesis: B
  /** The height of genesis: a whole number, at most 2^30. Default: 0. */
  readonly height?: number
  /** The hash of a block. Called once for each insertion; different blocks may have the same hash. */
  readonly hash: (block: B) => H
  /** The hash of the block that a block extends. */
  readonly parent: (block: B) => H
  /** Whether two blocks *with the same hash* are the same block: if not, they collide. */
  readonly equals: (a: B, b: B) => boolean
  readonly forkChoice: ForkChoice<B, H, S>
  /** Default: every block is valid. */
  readonly validation?: Validation<B, A, E>
  /** How many connected blocks a forest may hold. Default: 2^24, the most that a `Map` of V8 can hold. */
  readonly maxBlocks?: number
  /** How many orphans a forest may hold, at most 3 * 2^22. Default: 2^16. Connected blocks do not count here. */
  readonly maxOrphans?: number
  /**
   * Which orphan is forgotten where there are as many as there may be: its hash, or undefined to refuse the block that
   * comes (`Full`). Orphans come oldest first. Default: the oldest.
   */
  readonly evictOrphan?: (
    incoming: B,
    hash: H,
    orphans: IterableIterator<readonly [hash: H, block: B]>
  ) => H | undefined
  /**
   * Called once after an operation with what listeners threw in it, in that order. The operation has succeeded, and all
   * listeners have been told. Default: it is thrown outside of the operation, as an uncaught exception.
   */
  readonly onListenerFault?: (faults: ReadonlyArray<unknown>) => void
  /** Start without genesis: until it is inserted, every other block is an orphan. Default: false. */
  readonly empty?: boolean
}

/** Why a block is not valid. */
export type Invalidity<H extends string, E> =
  /** Validation refused it. */
  | { readonly _tag: 'Refused'; readonly reason: E }
  /** It descends from this block, which is not valid for a reason of its own. */
  | { readonly _tag: 'InvalidAncestor'; readonly ancestor: H }
  /** Its score is smaller than its parent's, or cannot be compared with it. */
  | { readonly _tag: 'ScoreDecreased' }

/** A block that was found not to be valid, and why. */
export interface Rejected<H extends string, E> {
  readonly hash: H
  readonly invalidity: Invalidity<H, E>
}

/** A block that could not be judged, and why: it is not in the forest, and can be inserted again. */
export interface Failed<H extends string> {
  readonly hash: H
  /** What validation or the fork choice rule threw, or a `RangeError` where the forest is full. */
  readonly cause: unknown
}

/**
 * The head has changed. `Extended`: the new head descends from the old one. `Reorg`: it does not, and blocks have left
 * the best chain. It carries the blocks, as some of them may be gone from the forest: those that pruning removed.
 */
export interface HeadChange<B, H extends string> {
  readonly _tag: 'Extended' | 'Reorg'
  /** The old head. */
  readonly from: H
  /** The new head. */
  readonly to: H
  /** The highest block on both best chains. The old head itself where the change is an extension. */
  readonly commonAncestor: H
  /** The blocks that have left the best chain, newest first. */
  readonly undone: ReadonlyArray<B>
  /** The blocks that have joined the best chain, oldest first. */
  readonly applied: ReadonlyArray<B>
}

/** What became of a block that was inserted. */
export type Inserted<B, H extends string, E> =
  /** It is connected to the root, and valid. */
  | {
      readonly _tag: 'Connected'
      readonly hash: H
      readonly height: number
      /** The orphans that it connected, valid or not, parents before children. */
      readonly adopted: ReadonlyArray<H>
      /** Those of them that are not valid. */
      readonly rejected: ReadonlyArray<Rejected<H, E>>
      /** Orphans that waited for these and could not be judged. They are orphans no longer. */
      readonly failed: ReadonlyArray<Failed<H>>
      /** How the head has changed; undefined where it has not. */
      readonly head: HeadChange<B, H> | undefined
    }
  /** It is connected to the root, and not valid on its chain. It is kept, so that it is known when it comes again. */
  | {
      readonly _tag: 'Invalid'
      readonly hash: H
      readonly height: number
      readonly invalidity: Invalidity<H, E>
      readonly adopted: ReadonlyArray<H>
      readonly rejected: ReadonlyArray<Rejected<H, E>>
      /** Orphans that waited for these and could not be judged. They are orphans no longer. */
      readonly failed: ReadonlyArray<Failed<H>>
    }
  /** Its parent is not connected: it waits. Where there were too many orphans, another one was forgotten. */
  | { readonly _tag: 'Orphan'; readonly hash: H; readonly parent: H; readonly evicted: H | undefined }
  /** It was there already. */
  | { readonly _tag: 'Duplicate'; readonly hash: H }

/** Why a block was not inserted. The forest is as it was. */
export type InsertError<B, H extends string> =
  /** Another block has this hash. (In the paper, the tree is then undefined for ever.) */
  | { readonly _tag: 'Collision'; readonly hash: H; readonly existing: B }
  /** Its hash or its parent's is not a string, or `hash`, `parent` or `equals` threw this. */
  | { readonly _tag: 'Malformed'; readonly cause: unknown }
  /** Validation, the fork choice rule or `evictOrphan` threw this. */
  | { readonly _tag: 'Threw'; readonly hash: H; readonly cause: unknown }
  /** The forest holds as many connected blocks as it may, or as many orphans of which none may go. */
  | { readonly _tag: 'Full'; readonly limit: 'maxBlocks' | 'maxOrphans' }

/** Why a forest was not imported: the first block that could not be inserted, and its place. */
export type ImportError<B, H extends string> = InsertError<B, H> & { readonly at: number }

/** Why a query has no answer. */
export type QueryError<H extends string> =
  /** No block of the forest has this hash. */
  | { readonly _tag: 'UnknownBlock'; readonly hash: H }
  /** The block with this hash is not connected to the root. */
  | { readonly _tag: 'OrphanBlock'; readonly hash: H }
  /** The block with this hash is not valid. */
  | { readonly _tag: 'InvalidBlock'; readonly hash: H }
  /** The block has no ancestor at this height: it is below the root, above the block, or no whole number. */
  | { readonly _tag: 'NoSuchHeight'; readonly height: number }

/** Why a forest was not pruned. */
export type PruneError<H extends string> =
  | QueryError<H>
  /**
   * Later verdicts could depend on the blocks that would be removed: validation looks back at all of them
   * (`lookback: Infinity`), or the fork choice rule is one on whole chains and does not declare `ignoresCommonPrefix`.
   */
  | { readonly _tag: 'NeedsHistory'; readonly rule: 'validation' | 'forkChoice' }
  /** The fork choice rule threw this. The forest is as it was. */
  | { readonly _tag: 'Threw'; readonly cause: unknown }

/** What a forest knows of a block. */
export type Known<B, H extends string, S, E> =
  | { readonly _tag: 'Valid'; readonly hash: H; readonly block: B; readonly height: number; readonly score: S }
  | {
      readonly _tag: 'Invalid'
      readonly hash: H
      readonly block: B
      readonly height: number
      readonly invalidity: Invalidity<H, E>
    }
  | { readonly _tag: 'Orphan'; readonly hash: H; readonly block: B }

/** How to get from one block to another. */
export interface Path<B, H extends string> {
  readonly commonAncestor: H
  /** The blocks to undo, newest first. */
  readonly undo: ReadonlyArray<B>
  /** The blocks to apply, oldest first. */
  readonly apply: ReadonlyArray<B>
}

/** A forest, or a moment of one, as plain data: what export and import speak of. */
export interface ForestData<B, S, A> {
  /** The root, with what is known of its chain. It is genesis, unless the forest was pruned. */
  readonly root: {
    readonly block: B
    readonly height: number
    /** Its score; undefined where the fork choice rule keeps none. */
    readonly score: S
    /** The state of validation after it; undefined where there is no validation. */
    readonly state: A
    /** The blocks before it that validation may still look back at, oldest first. Left out where there are none. */
    readonly history?: ReadonlyArray<B>
  }
  /** The connected blocks, valid or not, in the order in which they were connected, so that parents come first. */
  readonly blocks: ReadonlyArray<B>
  /** The orphans, in the order in which they came. */
  readonly orphans: ReadonlyArray<B>
}

/** What can be asked of a forest, and of a snapshot of one. */
export interface ForestView<B, H extends string, S, A, E> {
  /** How many blocks there are, orphans included. O(1). */
  readonly size: () => number
  /** The hash of the root: of genesis, or of the block below which the forest was pruned. O(1). */
  readonly root: () => H
  /** The hash of the last block of the best chain. O(1). */
  readonly head: () => H
  /** Whether a block has this hash. O(1). */
  readonly has: (hash: H) => boolean
  /** What is known of the block with this hash; undefined where there is none. O(1). */
  readonly get: (hash: H) => Known<B, H, S, E> | undefined
  /** The height of a block. O(1). */
  readonly height: (hash: H) => Either<QueryError<H>, number>
  /** The score of the chain of a valid block. O(1). */
  readonly score: (hash: H) => Either<QueryError<H>, S>
  /**
   * The best chain, oldest first, from a height on; the whole of it where no height is given. It is the
   * specification's `btChain`. O(length of the result).
   */
  readonly bestChain: (fromHeight?: number) => ReadonlyArray<B>
  /**
   * The chain of a block, oldest first: from the root on, or for an orphan from the oldest orphan on that it descends
   * from. It is the specification's `compute_chain`. O(length of the result).
   */
  readonly chain: (hash: H) => Either<QueryError<H>, ReadonlyArray<B>>
  /** The ancestor of a block at a height; the block itself at its own. O(log h). */
  readonly ancestor: (hash: H, height: number) => Either<QueryError<H>, H>
  /** Whether the first block is on the chain of the second; true where they are the same. O(log h). */
  readonly isAncestor: (ancestor: H, descendant: H) => Either<QueryError<H>, boolean>
  /** The highest block that is on the chains of both. O(log h). */
  readonly commonAncestor: (a: H, b: H) => Either<QueryError<H>, H>
  /** What to undo and what to apply to get from one block to another. O(log h + length of the result). */
  readonly path: (from: H, to: H) => Either<QueryError<H>, Path<B, H>>
  /** The valid blocks without a valid child, in the order in which they were connected. O(n). */
  readonly tips: () => ReadonlyArray<H>
  /** The blocks that are not connected to the root, in the order in which they came. O(number of orphans). */
  readonly orphans: () => ReadonlyArray<H>
  /** The hashes of the blocks that orphans wait for, and that are not orphans themselves. O(number of orphans). */
  readonly missing: () => ReadonlyArray<H>
  /** The connected blocks in the order in which they were connected: parents before children. O(1) for each. */
  readonly entries: () => IterableIterator<readonly [H, B]>
  /**
   * The forest as it is now, for ever. O(1); the first change of the set of orphans after it costs O(number of
   * orphans), and what is pruned stays in memory as long as a snapshot of before the pruning does.
   */
  readonly snapshot: () => ForestView<B, H, S, A, E>
  /** Everything, as plain data. O(n). */
  readonly toData: () => ForestData<B, S, A>
}

/** What pruning did. */
export interface Pruned<B, H extends string> {
  /** How many blocks were removed. */
  readonly removed: number
  /** How the head has changed: only where the old head does not descend from the final block. */
  readonly head: HeadChange<B, H> | undefined
}

/**
 * A block forest.
 *
 * The functions of its options, and the argument of `dropOrphans`, may ask the forest and must not change it: where they
 * try, `insert`, `prune` and `dropOrphans` throw.
 */
export interface Forest<B, H extends string, S, A, E> extends ForestView<B, H, S, A, E> {
  /**
   * Inserts a block, whatever the order of arrival. O(log h) amortised, besides the calls of the rule; with a
   * `ChainRule`, O(h) where the block is valid and does not only wait.
   */
  readonly insert: (block: B) => Either<InsertError<B, H>, Inserted<B, H, E>>
  /**
   * Makes a valid block the root: of the connected blocks only it and its descendants are kept, and the head is the
   * best of them. Orphans are kept. Blocks that extend a removed one will be orphans. No later verdict changes: what
   * validation may look back at is kept. O(n).
   */
  readonly prune: (final: H) => Either<PruneError<H>, Pruned<B, H>>
  /**
   * Forgets the orphans for which `drop` is true, all of them where it is left out, and returns how many they were: those
   * that waited too long, or that branch off below the root and will never be connected. O(number of orphans). What
   * `drop` throws passes through, and the forest is as it was.
   */
  readonly dropOrphans: (drop?: (block: B, hash: H) => boolean) => number
  /**
   * Calls a function after each change of the head, in the order of the changes; returns what ends it. Every listener
   * sees the forest as it was right after the change, and may change it: before its change is made, the other listeners
   * are told of all changes so far. What it throws keeps neither the other listeners from being told nor the operation
   * from returning its result: see `ForestOptions.onListenerFault`.
   */
  readonly onHeadChange: (listener: (change: HeadChange<B, H>) => void) => () => void
}
