/**
 * The laws of a fork choice rule, decided on sample blocks: what the specification's axioms say of the chains of one
 * forest. A head that is maintained block by block is the best one only if they hold.
 */
import { createForest } from './forest.js'
import type { ForestOptions } from './types.js'

/** The axioms by their names in the paper, and what follows from them. */
export type Law = 'FCR_nrefl' | 'FCR_rel' | 'FCR_trans' | 'FCR_ext' | 'arrival'

/** A law that does not hold. */
export interface Violation<H extends string> {
  readonly law: Law
  readonly says: string
  /** The last blocks of the chains for which it does not hold; for `arrival`, different heads of the same blocks. */
  readonly blocks: ReadonlyArray<H>
}

const says: Readonly<Record<Law, string>> = {
  FCR_nrefl: 'no chain is strictly better than itself',
  FCR_rel: 'of two different chains exactly one is strictly better than the other',
  FCR_trans: 'a chain that is better than a better one is better',
  FCR_ext: 'a chain extended by a block becomes strictly better',
  arrival: 'the head does not depend on the order of arrival'
}

/**
 * Checks a rule on blocks: the laws that do not hold, each with the first blocks that show it; empty where all hold on
 * these blocks. A rule that throws on a block violates `FCR_ext`.
 *
 * Give it blocks with forks and ties, at most a few hundred: it looks at all pairs, and at the triples of the first
 * `triples` valid blocks (default 60). Which orders of arrival are tried does not change from call to call.
 */
export const checkLaws = <B, H extends string, S, A, E>(
  options: ForestOptions<B, H, S, A, E>,
  blocks: ReadonlyArray<B>,
  triples = 60
): ReadonlyArray<Violation<H>> => {
  const { forkChoice } = options
  const found = new Map<Law, ReadonlyArray<H>>()
  const note = (law: Law, ...hashes: ReadonlyArray<H>): void => {
    if (!found.has(law)) found.set(law, hashes)
  }
  const grow = (order: ReadonlyArray<B>) => {
    const forest = createForest(options)
    for (const b of order) {
      const result = forest.insert(b)
      if (result._tag === 'Left') {
        if (result.left._tag === 'Threw') note('FCR_ext', result.left.hash)
      } else if ('failed' in result.right) for (const { hash } of result.right.failed) note('FCR_ext', hash)
    }
    return forest
  }
  const forest = grow(blocks)

  const chains = new Map<H, ReadonlyArray<B>>()
  for (const [hash] of forest.entries()) {
    const known = forest.get(hash)
    if (known?._tag === 'Invalid' && known.invalidity._tag === 'ScoreDecreased') note('FCR_ext', hash)
    const chain = forest.chain(hash)
    if (known?._tag === 'Valid' && chain._tag === 'Right') chains.set(hash, chain.right)
  }

  /** Is the first chain better? Decided from the chains alone, not by the forest. */
  const better = (x: H, y: H): boolean => {
    const a = chains.get(x) ?? []
    const b = chains.get(y) ?? []
    if ('better' in forkChoice) return forkChoice.better(a, b)
    const known = [forest.get(x), forest.get(y)] as const
    const scores = known.flatMap((k) => (k?._tag === 'Valid' ? [k.score] : [])) as [S, S]
    const order = forkChoice.compare(...scores) || a.length - b.length
    const fork = a.findIndex((block, i) => b[i] !== block)
    if (order !== 0 || fork < 0) return order > 0
    const [c, d] = [a[fork] as B, b[fork] as B]
    return forkChoice.tieBreak(c, d, options.hash(c), options.hash(d)) < 0
  }

  const hashes = [...chains.keys()]
  try {
    for (const x of hashes) {
      if (better(x, x)) note('FCR_nrefl', x)
      for (const y of hashes) {
        if (x < y && better(x, y) === better(y, x)) note('FCR_rel', x, y)
        if (x !== y && chains.get(x)?.includes(chains.get(y)?.at(-1) as B) && !better(x, y)) note('FCR_ext', x, y)
      }
    }
    const few = hashes.slice(0, triples)
    for (const x of few)
      for (const y of few)
        if (better(x, y)) for (const z of few) if (better(y, z) && !better(x, z)) note('FCR_trans', x, y, z)
  } catch {
    note('FCR_ext')
  }

  const head = forest.head()
  const backwards = [...blocks].reverse()
  for (const order of [backwards, ...[3, 5, 7].map((k) => shuffled(blocks, k))]) {
    const other = grow(order).head()
    if (other !== head) note('arrival', head, other)
  }
  return [...found].map(([law, violating]) => ({ law, says: says[law], blocks: violating }))
}

/** A list in another order, the same for the same seed. */
const shuffled = <T>(list: ReadonlyArray<T>, seed: number): ReadonlyArray<T> => {
  const rank = (i: number): number => Math.imul(i + 1, 0x9e3779b1 * seed) >>> 0
  return list
    .map((x, i) => [rank(i), x] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, x]) => x)
}
