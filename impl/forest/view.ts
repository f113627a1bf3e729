/**
 * The queries of a forest: the same for the forest as it is now and for a moment of its past.
 */
import type { Either } from 'fp-ts/lib/Either.js'
import { left, right } from './either.js'
import { ancestorAt, commonAncestorOf, hashAt, heightOf, isTip, isValid, parentOf } from './store.js'
import type { Store } from './store.js'
import type { ForestData, ForestView, Known, QueryError } from './types.js'

/** A moment of a forest. The forest's own present is one that changes. */
export interface Moment<B, H extends string, S, A, E> {
  store: Store<B, H, S, A, E>
  /** How many blocks are connected: what the store holds beyond them came later. */
  size: number
  /** The number of the head; 0 too where not even the root is there. */
  head: number
  root: ForestData<B, S, A>['root']
  rootHash: H
  /** The blocks that are not connected, in the order in which they came. */
  orphans: Map<H, B>
  /** A snapshot has this map of orphans too: it must be copied before it is changed. */
  orphansShared: boolean
}

/** A root that is shared with nobody. */
export const ownRoot = <B, S, A>(root: ForestData<B, S, A>['root']): ForestData<B, S, A>['root'] =>
  root.history === undefined ? { ...root } : { ...root, history: [...root.history] }

/** The blocks from a height on to a block, oldest first. */
export const chainOf = <B, H extends string, S, A, E>(
  { links, blocks }: Store<B, H, S, A, E>,
  i: number,
  fromHeight = -Infinity
): B[] => {
  const chain: B[] = []
  const lowest = heightOf(links, 0)
  // Not a number is not greater than anything, and counts as no height at all.
  const last = fromHeight > lowest ? fromHeight : lowest
  for (let height = heightOf(links, i); height >= last; height--, i = parentOf(links, i)) chain.push(blocks[i] as B)
  return chain.reverse()
}

/** The queries on a moment. */
export const viewOf = <B, H extends string, S, A, E>(
  moment: Moment<B, H, S, A, E>,
  parent: (block: B) => H
  // eslint-disable-next-line max-lines-per-function -- the queries of a view, a few lines each, around what they share
): ForestView<B, H, S, A, E> => {
  type Answer<T> = Either<QueryError<H>, T>

  /** The number of a block that is connected at the moment. */
  const find = (hash: H): number | undefined => {
    const i = moment.store.index.get(hash)
    return i !== undefined && i < moment.size ? i : undefined
  }
  const notConnected = (hash: H): Answer<never> =>
    left({ _tag: moment.orphans.has(hash) ? 'OrphanBlock' : 'UnknownBlock', hash })
  // Numbers come from `find` or from links, so that the columns have something there.
  const nameOf = (i: number): H => hashAt(moment.store.hashes, i)

  /** Answers a question about one connected block. */
  const about = <T>(hash: H, answer: (i: number) => Answer<T>): Answer<T> => {
    const i = find(hash)
    return i === undefined ? notConnected(hash) : answer(i)
  }
  /** Answers a question about two connected blocks. */
  const aboutBoth = <T>(a: H, b: H, answer: (i: number, j: number) => T): Answer<T> =>
    about(a, (i) => about(b, (j) => right(answer(i, j))))

  const get = (hash: H): Known<B, H, S, E> | undefined => {
    const { store, orphans } = moment
    const i = find(hash)
    if (i === undefined) return orphans.has(hash) ? { _tag: 'Orphan', hash, block: orphans.get(hash) as B } : undefined
    const known = { hash, block: store.blocks[i] as B, height: heightOf(store.links, i) }
    const invalidity = store.invalid.get(i)
    return invalidity === undefined
      ? { _tag: 'Valid', ...known, score: store.scores[i] as S }
      : { _tag: 'Invalid', ...known, invalidity }
  }

  /** Back from an orphan, until its parent is not there or the chain has come round. */
  const orphanChain = (hash: H): ReadonlyArray<B> => {
    const seen = new Map<H, B>()
    for (let h = hash; moment.orphans.has(h) && !seen.has(h); h = parent(moment.orphans.get(h) as B))
      seen.set(h, moment.orphans.get(h) as B)
    return [...seen.values()].reverse()
  }

  const missing = (): ReadonlyArray<H> => [
    ...new Set([...moment.orphans.values()].map(parent).filter((h) => !moment.orphans.has(h)))
  ]

  return {
    size: () => moment.size + moment.orphans.size,
    root: () => moment.rootHash,
    head: () => (moment.size === 0 ? moment.rootHash : nameOf(moment.head)),
    has: (hash) => find(hash) !== undefined || moment.orphans.has(hash),
    get,
    height: (hash) => about(hash, (i) => right(heightOf(moment.store.links, i))),
    score: (hash) =>
      about(hash, (i) =>
        isValid(moment.store.links, i) ? right(moment.store.scores[i] as S) : left({ _tag: 'InvalidBlock', hash })
      ),
    bestChain: (fromHeight) =>
      moment.size === 0 ? [moment.root.block] : chainOf(moment.store, moment.head, fromHeight),
    chain: (hash) =>
      moment.orphans.has(hash) ? right(orphanChain(hash)) : about(hash, (i) => right(chainOf(moment.store, i))),
    ancestor: (hash, height) =>
      about(hash, (i) => {
        const { links } = moment.store
        const exists = Number.isInteger(height) && height >= heightOf(links, 0) && height <= heightOf(links, i)
        return exists ? right(nameOf(ancestorAt(links, i, height))) : left({ _tag: 'NoSuchHeight', height })
      }),
    isAncestor: (ancestor, descendant) =>
      aboutBoth(ancestor, descendant, (i, j) => {
        const { links } = moment.store
        return ancestorAt(links, j, heightOf(links, i)) === i
      }),
    commonAncestor: (a, b) => aboutBoth(a, b, (i, j) => nameOf(commonAncestorOf(moment.store.links, i, j))),
    path: (from, to) =>
      aboutBoth(from, to, (i, j) => {
        const { store } = moment
        const c = commonAncestorOf(store.links, i, j)
        const above = heightOf(store.links, c) + 1
        return {
          commonAncestor: nameOf(c),
          undo: chainOf(store, i, above).reverse(),
          apply: chainOf(store, j, above)
        }
      }),
    tips: () => {
      const { store, size } = moment
      return store.hashes.slice(0, size).filter((_, i) => isTip(store.links, i, size))
    },
    orphans: () => [...moment.orphans.keys()],
    missing,
    *entries() {
      const { store, size } = moment
      for (let i = 0; i < size; i++) yield [hashAt(store.hashes, i), store.blocks[i] as B] as const
    },
    snapshot: () => {
      moment.orphansShared = true
      const { store, size, head, root, rootHash, orphans } = moment
      return viewOf({ store, size, head, root, rootHash, orphans, orphansShared: true }, parent)
    },
    toData: () => ({
      root: ownRoot(moment.root),
      blocks: moment.store.blocks.slice(0, moment.size),
      orphans: [...moment.orphans.values()]
    })
  }
}
