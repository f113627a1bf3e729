/**
 * `npm run bench:forest`: the block forest against a bare loop and against a peer, its memory, and its growth.
 *
 * What is compared is measured in one process on the same trees, in turn. A time is the least processor time of several
 * runs, because whatever else the machine does meanwhile only adds to it; ratios are taken within a round, and the
 * median over the rounds is printed, with the least and the greatest behind it. Missing a target is no error. Exit codes:
 * 0; 1 where something fails; 2 where the command line cannot be used.
 *
 * It runs as a bundle: a loader that compiles modules on the way wraps functions, which these measurements would notice.
 */
import { cpus, loadavg } from 'node:os'
import type { Forest } from '../../impl/forest/index.js'
import { bytesInUse, collect, least, median, printTable, round, seconds, spread, verdict } from './measure.js'
import { HELP, optionsIn, UsageError } from './options.js'
import type { Options, Section } from './options.js'
import { checkPeer, fillPeer, loadPeer, peerBlocks, VERSION } from './peer.js'
import { backwards, bareOf, forestOf, newForest, random, shuffled, treeOf } from './trees.js'
import type { Shape, TreeBlock } from './trees.js'

const SHAPES: ReadonlyArray<Shape> = ['random', 'chain']
const SIZES: ReadonlyArray<number> = [1e4, 1e5, 1e6]
/** How often the head is read in the section on heads, and from how large a forest. */
const READ_EVERY = 100
const HEADS_SIZE = 1e5
/** A read of the peer's head costs as much as many inserts: with heads it gets so many times longer. */
const HEADS_BUDGET = 20

/** A tree to be measured: its shape and its number of blocks. */
type Case = readonly [Shape, number]
const casesOf = (sizes: ReadonlyArray<number>): ReadonlyArray<Case> =>
  SHAPES.flatMap((shape) => sizes.map((n) => [shape, n] as const))

const times = <T>(n: number, task: (i: number) => T): ReadonlyArray<T> => Array.from({ length: n }, (_, i) => task(i))

/** Compiles what will be measured, as a long-running program would have it. */
const warmUp = (): void => {
  for (let seed = 1; seed <= 20; seed++)
    for (const shape of SHAPES) {
      const blocks = treeOf(5000, shape, seed)
      forestOf(blocks)
      bareOf(blocks)
    }
}

/**
 * The seconds that a task takes on a tree of n blocks: the least of several, each on a tree with strings of its own, as
 * the hash of a string is computed once and then kept with it.
 */
const secondsOn = (n: number, shape: Shape, task: (blocks: ReadonlyArray<TreeBlock>) => unknown): number =>
  least(
    times(runsAt(n), (i) => {
      const blocks = treeOf(n, shape, i + 1)
      return seconds(() => task(blocks))
    })
  )
const runsAt = (n: number): number => (n <= 1e4 ? 20 : n <= 1e5 ? 7 : n <= 1e6 ? 3 : 1)

/** Bytes for each block of a forest, beyond the blocks and their strings. */
const memoryOf = (n: number, shape: Shape): number => {
  const blocks = treeOf(n, shape, 1)
  const before = bytesInUse()
  const forest = forestOf(blocks)
  const after = bytesInUse()
  // Both are still in use here, so that neither was collected.
  if (forest.size() !== blocks.length) throw new Error('the forest lacks blocks')
  return (after - before) / n
}

const memory = ({ rounds }: Options): void => {
  const head = ['tree', 'blocks', 'bytes a block beyond the block and its strings', 'at most 120']
  printTable('Memory', head, casesOf(SIZES), ([shape, n]) => {
    const bytes = median(times(rounds, () => memoryOf(n, shape)))
    return [shape, round(n), bytes.toFixed(1), verdict(bytes <= 120)]
  })
}

const bare = ({ rounds }: Options): void => {
  const head = ['tree', 'blocks', 'bare loop, inserts/s', 'forest, inserts/s', 'times slower', 'at most 2.5']
  printTable('Against a bare loop over a native map', head, casesOf(SIZES), ([shape, n]) => {
    const measured = times(rounds, () => ({ loop: secondsOn(n, shape, bareOf), own: secondsOn(n, shape, forestOf) }))
    const rates = [median(measured.map(({ loop }) => n / loop)), median(measured.map(({ own }) => n / own))]
    const ratios = measured.map(({ loop, own }) => own / loop)
    return [shape, round(n), ...rates.map(round), spread(ratios), verdict(median(ratios) <= 2.5)]
  })
}

/** A table against the peer, where the library does `own` with a tree, and the peer reads a head after every so many. */
const againstPeer = async (
  title: string,
  { rounds }: Options,
  cases: ReadonlyArray<Case>,
  own: (blocks: ReadonlyArray<TreeBlock>) => unknown,
  peerReadsEvery: number,
  peerSeconds: number,
  target: number
): Promise<void> => {
  const peer = await loadPeer()
  checkPeer(peer)
  const head = ['tree', 'blocks', 'peer, inserts/s', 'over the first', 'forest, inserts/s', 'times as fast']
  printTable(title, [...head, `at least ${target}`], cases, ([shape, n]) => {
    const measured = times(rounds, () => {
      const blocks = peerBlocks(treeOf(n, shape, 1))
      collect()
      const { inserted, seconds: taken } = fillPeer(peer, blocks, peerReadsEvery, peerSeconds)
      return { inserted, peer: inserted / taken, own: n / secondsOn(n, shape, own) }
    })
    const ratios = measured.map((m) => m.own / m.peer)
    return [
      shape,
      round(n),
      round(median(measured.map((m) => m.peer))),
      round(median(measured.map(({ inserted }) => inserted))),
      round(median(measured.map((m) => m.own))),
      spread(ratios),
      verdict(median(ratios) >= target)
    ]
  })
}

const inserts = (options: Options): Promise<void> => {
  const title = `Against ProtoArray of @lodestar/fork-choice ${VERSION}: inserts`
  return againstPeer(title, options, casesOf(SIZES), forestOf, Infinity, options.budget, 15)
}

/** Inserts all blocks and reads the head now and then. */
const withHeads = ([genesis, ...rest]: ReadonlyArray<TreeBlock>): number => {
  if (genesis === undefined) return 0
  const forest = newForest(genesis)
  let lengths = 0
  for (let i = 0; i < rest.length; i++) {
    forest.insert(rest[i] ?? genesis)
    if (i % READ_EVERY === 0) lengths += forest.head().length
  }
  return lengths
}

const heads = (options: Options): Promise<void> => {
  const title = 'The same, the head read after every hundredth insert'
  return againstPeer(title, options, casesOf([HEADS_SIZE]), withHeads, READ_EVERY, HEADS_BUDGET * options.budget, 500)
}

const PAIRS = 1e5

/** Seconds for so many queries of two random blocks of a forest. */
const queriesOn = (
  forest: Pick<Forest<TreeBlock, string, number, number, string>, 'height' | 'isAncestor' | 'commonAncestor'>,
  blocks: ReadonlyArray<TreeBlock>
) => {
  const r = random(3)
  const pick = (): string => blocks[Math.floor(r() * blocks.length)]?.hash ?? ''
  const pairs = times(PAIRS, () => [pick(), pick()] as const)
  return [
    seconds(() => pairs.map(([a, b]) => forest.isAncestor(a, b))),
    seconds(() => pairs.map(([a, b]) => forest.commonAncestor(a, b))),
    seconds(() => pairs.map(([a, b]) => [forest.height(a), forest.height(b)]))
  ]
}

const growth = ({ rounds, growth: largest }: Options): void => {
  const title =
    'Growth: microseconds for each insert, in three orders of arrival, and for each query of two random blocks'
  const head = ['bare loop', 'in order', 'backwards', 'shuffled', 'isAncestor', 'commonAncestor', 'two heights']
  const fills: ReadonlyArray<(blocks: ReadonlyArray<TreeBlock>) => unknown> = [
    bareOf,
    forestOf,
    (blocks) => forestOf(backwards(blocks)),
    (blocks) => forestOf(shuffled(blocks, 2))
  ]
  const cases = casesOf([...SIZES, 1e7].filter((n) => n <= largest))
  const micros = (taken: ReadonlyArray<number>, n: number): string => round((median(taken) / n) * 1e6)
  printTable(title, ['tree', 'blocks', ...head], cases, ([shape, n]) => {
    const inserted = fills.map((fill) => times(rounds, () => secondsOn(n, shape, fill)))
    const blocks = treeOf(n, shape, 1)
    const forest = forestOf(blocks)
    const queried = times(rounds, () => queriesOn(forest, blocks))
    const queries = [0, 1, 2].map((k) => queried.map((q) => q[k] ?? NaN))
    return [shape, round(n), ...inserted.map((t) => micros(t, n)), ...queries.map((t) => micros(t, PAIRS))]
  })
}

const RUN: Readonly<Record<Section, (options: Options) => void | Promise<void>>> = {
  memory,
  bare,
  inserts,
  heads,
  growth
}

const main = async (): Promise<void> => {
  const options = optionsIn(process.argv.slice(2))
  if (options === undefined) {
    console.log(HELP)
    return
  }
  const load = (): string => round(loadavg()[0] ?? 0)
  console.log(`Node ${process.version}, ${cpus()[0]?.model.trim() ?? 'an unknown processor'}, load ${load()}`)
  warmUp()
  for (const section of options.sections) await RUN[section](options)
  console.log(`\nload at the end: ${load()}`)
}

try {
  await main()
} catch (error) {
  const isUsage = error instanceof UsageError
  console.error(isUsage ? `${error.message}\n\n${HELP}` : error)
  process.exitCode = isUsage ? 2 : 1
}
