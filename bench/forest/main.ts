/**
 * `npm run bench:forest`: the block forest against the bare loop and against the peer, its memory, and its growth.
 *
 * Each comparison is made in one process on the same trees, the two in turn, several times over. What is compared is the
 * least processor time of each, because whatever else the machine does meanwhile only adds to it.
 *
 * Options: `--growth=1e6` ends the growth table there (default 1e7, which needs about 8 GB of memory); `--budget=5` gives
 * the peer that many seconds for each tree (default 20), and twelve times as many where heads are read.
 */
import { cpus, loadavg } from 'node:os'
import { bytesInUse, collect, least, round, seconds, table, verdict } from './measure.js'
import { fillPeer, loadPeer } from './peer.js'
import { backwards, bareOf, forestOf, newForest, random, shuffled, treeOf } from './trees.js'
import type { Shape, TreeBlock } from './trees.js'

const option = (name: string, otherwise: number): number => {
  const given = process.argv.find((arg) => arg.startsWith(`--${name}=`))
  return given === undefined ? otherwise : Number(given.slice(name.length + 3))
}
const LARGEST = option('growth', 1e7)
const BUDGET = option('budget', 20)

const shapes: ReadonlyArray<Shape> = ['random', 'chain']
const sizes: ReadonlyArray<number> = [1e4, 1e5, 1e6]
const runsAt = (n: number): number => (n <= 1e4 ? 25 : n <= 1e5 ? 9 : 4)

const print = (title: string, rows: ReadonlyArray<ReadonlyArray<string | number>>): void => {
  console.log(`\n### ${title}\n\n${table(rows)}`)
}

/** Compiles what will be measured, as a long-running program would have it. */
const warmUp = (): void => {
  for (let seed = 1; seed <= 20; seed++)
    for (const shape of shapes) {
      const blocks = treeOf(5000, shape, seed)
      forestOf(blocks)
      bareOf(blocks)
    }
}

const againstBareLoop = (): void => {
  const rows = [['tree', 'blocks', 'bare loop, inserts/s', 'forest, inserts/s', 'times slower', 'at most 2.5']]
  for (const shape of shapes)
    for (const n of sizes) {
      const bare: number[] = []
      const ours: number[] = []
      for (let run = 1; run <= runsAt(n); run++) {
        // Each gets strings of its own, as the hash of a string is computed once and then kept with it.
        let blocks: TreeBlock[] = treeOf(n, shape, run)
        bare.push(seconds(() => bareOf(blocks)))
        blocks = treeOf(n, shape, run)
        ours.push(seconds(() => forestOf(blocks)))
      }
      const ratio = least(ours) / least(bare)
      rows.push([shape, round(n), round(n / least(bare)), round(n / least(ours)), round(ratio), verdict(ratio <= 2.5)])
    }
  print('Against the bare loop over a native map', rows)
}

const againstPeer = async (): Promise<void> => {
  const peer = await loadPeer()
  fillPeer(peer, treeOf(2000, 'random', 1), 100, 5)
  const rows = [
    ['tree', 'blocks', 'peer, inserts/s', 'over the first', 'forest, inserts/s', 'times as fast', 'at least 15']
  ]
  for (const shape of shapes)
    for (const n of sizes) {
      collect()
      const { inserted, seconds: time } = fillPeer(peer, treeOf(n, shape, 1), Infinity, BUDGET)
      const own = least(
        [1, 2, 3].map((seed) => {
          const tree = treeOf(n, shape, seed)
          return seconds(() => forestOf(tree))
        })
      )
      const rate = inserted / time
      rows.push([
        shape,
        round(n),
        round(rate),
        round(inserted),
        round(n / own),
        round(n / own / rate),
        verdict(n / own / rate >= 15)
      ])
    }
  print('Against ProtoArray of @lodestar/fork-choice 1.5.1: inserting', rows)

  const heads = [
    ['tree', 'blocks', 'peer, inserts/s', 'over the first', 'forest, inserts/s', 'times as fast', 'at least 500']
  ]
  for (const shape of shapes) {
    const n = 1e5
    collect()
    const { inserted, seconds: time } = fillPeer(peer, treeOf(n, shape, 1), 100, 12 * BUDGET)
    const own = least(
      [1, 2, 3].map((seed) => {
        const [genesis, ...rest] = treeOf(n, shape, seed)
        if (genesis === undefined) return NaN
        return seconds(() => {
          const forest = newForest(genesis)
          let lengths = 0
          for (let i = 0; i < rest.length; i++) {
            forest.insert(rest[i] ?? genesis)
            if (i % 100 === 0) lengths += forest.head().length
          }
          return lengths
        })
      })
    )
    const ratio = n / own / (inserted / time)
    heads.push([
      shape,
      round(n),
      round(inserted / time),
      round(inserted),
      round(n / own),
      round(ratio),
      verdict(ratio >= 500)
    ])
  }
  print('The same, the head read after every hundredth insert', heads)
}

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

const memory = (): void => {
  const rows = [['tree', 'blocks', 'bytes a block beyond the block and its strings', 'at most 120']]
  for (const shape of shapes)
    for (const n of sizes) {
      const each = memoryOf(n, shape)
      rows.push([shape, round(n), each.toFixed(1), verdict(each <= 120)])
    }
  print('Memory, all switched on', rows)
}

const growth = (): void => {
  const rows = [
    [
      'tree',
      'blocks',
      'bare loop',
      'in order',
      'backwards',
      'shuffled',
      'isAncestor',
      'commonAncestor',
      'reading a height'
    ]
  ]
  for (const shape of shapes)
    for (let n = 1e4; n <= LARGEST; n *= 10) {
      const micros = (t: number, count: number): string => round((t / count) * 1e6)
      const blocks = treeOf(n, shape, 1)
      const bare = seconds(() => bareOf(blocks))
      const [back, mixed] = [seconds(() => forestOf(backwards(blocks))), seconds(() => forestOf(shuffled(blocks, 2)))]
      let forest = newForest(blocks[0] ?? { hash: '', parent: '', weight: 0 })
      const inOrder = seconds(() => (forest = forestOf(blocks)))
      const r = random(3)
      const pairs = Array.from({ length: 1e5 }, () => [pick(blocks, r), pick(blocks, r)] as const)
      const heights = seconds(() => pairs.map(([a, b]) => [forest.height(a), forest.height(b)]))
      const is = seconds(() => pairs.map(([a, b]) => forest.isAncestor(a, b)))
      const common = seconds(() => pairs.map(([a, b]) => forest.commonAncestor(a, b)))
      rows.push([
        shape,
        round(n),
        ...[bare, inOrder, back, mixed].map((t) => micros(t, n)),
        ...[is, common, heights].map((t) => micros(t, 1e5))
      ])
    }
  print('Growth: microseconds for each insert, or for each query of two random blocks', rows)
}

const pick = (blocks: ReadonlyArray<TreeBlock>, r: () => number): string =>
  blocks[Math.floor(r() * blocks.length)]?.hash ?? ''

console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'an unknown processor'}, load ${round(loadavg()[0] ?? 0)}`)
warmUp()
memory()
againstBareLoop()
await againstPeer()
growth()
console.log(`\nload at the end: ${round(loadavg()[0] ?? 0)}`)
