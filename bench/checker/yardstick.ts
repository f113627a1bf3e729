/**
 * The yardstick: an explorer of the bounded Toychain network (`docs/model.md`) and of nothing else, encoded by hand.
 *
 * Depth first on one thread. Packets are indices, the bag is an array of counts, trees are sets of bits; a step is
 * applied and undone in place; the visited set is open addressing over 64-bit fingerprints, kept incrementally. No
 * object is allocated for a state. It shares no code with the checker, so it stays the same from one version of
 * blockforest to the next: times vary from machine to machine and from minute to minute, and ratios to a fixed yardstick
 * vary much less.
 *
 * As a program: `node yardstick.mjs 3 1 0 0` (nodes, mints, transactions, block-only) prints what it found as JSON.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion --
   Every index is within bounds by construction; a default at each look-up would be part of what is measured. */
import { fileURLToPath } from 'node:url'
import type { Configuration } from './configurations.js'

/** What the yardstick found. */
export interface Explored {
  readonly states: number
  readonly transitions: number
  /** The length of the longest path that the search walked. */
  readonly longest: number
  readonly seconds: number
}

type Bounds = Pick<Configuration, 'nodes' | 'mints' | 'transactions' | 'blockOnly'>

const [BLOCK, GET_BLOCK, TX, GET_TX, INV] = [0, 1, 2, 3, 4] as const

/** Explores all executions and checks every invariant in every state; throws where one does not hold. */
export const explore = ({ nodes: N, mints: B, transactions: T, blockOnly }: Bounds): Explored => {
  // ---- pools: sequences of distinct transactions, numbered

  const pools: number[][] = [[]]
  const poolId = new Map([['', 0]])
  for (const pool of pools)
    for (let t = 1; t <= T; t++) {
      const larger = [t, ...pool]
      if (pool.includes(t) || poolId.has(larger.join())) continue
      poolId.set(larger.join(), pools.length)
      pools.push(larger)
    }
  const numberOf = (pool: ReadonlyArray<number>): number => poolId.get(pool.join())!
  const poolMask = pools.map((pool) => pool.reduce((mask, t) => mask | (1 << (t - 1)), 0))
  const poolAdd = pools.map((pool) =>
    Array.from({ length: T }, (_, i) => numberOf(pool.includes(i + 1) ? pool : [i + 1, ...pool]))
  )
  /** A pool without the transactions of a mask. */
  const poolDrop = pools.map((pool) =>
    Array.from({ length: 2 ** T }, (_, mask) => numberOf(pool.filter((t) => ((mask >> (t - 1)) & 1) === 0)))
  )
  const P = pools.length
  const trees = 2 ** B

  // ---- packets, numbered

  const pairs = N * N
  const blockAt = 0
  const getBlockAt = blockAt + B * pairs
  const txAt = getBlockAt + B * pairs
  const getTxAt = txAt + T * pairs
  const invAt = getTxAt + T * pairs
  const packets = invAt + (blockOnly ? 0 : pairs * trees * P)
  const kind = new Uint8Array(packets)
  const srcOf = new Uint8Array(packets)
  const dstOf = new Uint8Array(packets)
  /** The block or transaction, from 0; of an inventory, its blocks. */
  const first = new Uint16Array(packets)
  /** Of an inventory, its pool. */
  const second = new Uint16Array(packets)
  const define = (p: number, k: number, src: number, dst: number, a: number, b: number): void => {
    kind[p] = k
    srcOf[p] = src
    dstOf[p] = dst
    first[p] = a
    second[p] = b
  }
  for (let src = 0; src < N; src++)
    for (let dst = 0; dst < N; dst++) {
      const pair = src * N + dst
      for (let k = 0; k < B; k++) {
        define(blockAt + k * pairs + pair, BLOCK, src, dst, k, 0)
        define(getBlockAt + k * pairs + pair, GET_BLOCK, src, dst, k, 0)
      }
      for (let t = 0; t < T; t++) {
        define(txAt + t * pairs + pair, TX, src, dst, t, 0)
        define(getTxAt + t * pairs + pair, GET_TX, src, dst, t, 0)
      }
      if (!blockOnly)
        for (let tree = 0; tree < trees; tree++)
          for (let q = 0; q < P; q++) define(invAt + (tree * P + q) * pairs + pair, INV, src, dst, tree, q)
    }

  // ---- fingerprints: two lanes, each the sum of one random number for every part of the state

  let seed = 0x9e3779b9 | 0
  const random = (): number => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = seed
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) | 0
  }
  const randoms = (n: number): Int32Array => Int32Array.from({ length: n }, () => random() | 1)
  const [packetHigh, packetLow] = [randoms(packets), randoms(packets)]
  const [treeHigh, treeLow] = [randoms(N * trees), randoms(N * trees)]
  const [poolHigh, poolLow] = [randoms(N * P), randoms(N * P)]
  const [issuedHigh, issuedLow] = [randoms(2 ** T), randoms(2 ** T)]
  const [blockHigh, blockLow] = [randoms(B * N * (B + 1) * P), randoms(B * N * (B + 1) * P)]
  /** A packet from one node to each node. */
  const broadcast = (of: Int32Array, base: number): number => {
    let sum = 0
    for (let m = 0; m < N; m++) sum = (sum + of[base + m]!) | 0
    return sum
  }
  const inventories = blockOnly ? 0 : N * trees * P
  const invHigh = new Int32Array(inventories)
  const invLow = new Int32Array(inventories)
  if (!blockOnly)
    for (let n = 0; n < N; n++)
      for (let tree = 0; tree < trees; tree++)
        for (let q = 0; q < P; q++) {
          const base = invAt + (tree * P + q) * pairs + n * N
          invHigh[(n * trees + tree) * P + q] = broadcast(packetHigh, base)
          invLow[(n * trees + tree) * P + q] = broadcast(packetLow, base)
        }

  // ---- the current state

  let minted = 0
  let issued = 0
  let high = 0
  let low = 0
  let blocksInFlight = 0
  // Of block k + 1: its parent and its transactions. Of block k: its height, the blocks and transactions of its chain.
  const prev = new Uint8Array(B)
  const txs = new Uint8Array(B)
  const height = new Uint8Array(B + 1)
  const ancestors = new Uint32Array(B + 1)
  const txsOfChain = new Uint32Array(B + 1)
  const tree = new Uint32Array(N)
  const pool = new Uint8Array(N)
  const count = new Uint8Array(packets)
  const position = new Int16Array(packets)
  const active = new Int16Array(packets)
  let activeCount = 0
  const put = (p: number): void => {
    const before = count[p]!
    count[p] = before + 1
    if (before === 0) {
      position[p] = activeCount
      active[activeCount++] = p
    }
  }
  const take = (p: number): void => {
    const after = count[p]! - 1
    count[p] = after
    if (after === 0) {
      const at = position[p]!
      const last = active[--activeCount]!
      active[at] = last
      position[last] = at
    }
  }
  /** The last block of a tree's best chain; 0 is genesis. */
  const best = (blocks: number): number => {
    let block = 0
    let h = 0
    for (let k = 0; k < minted; k++)
      if ((blocks >> k) & 1 && (ancestors[k + 1]! & ~blocks) === 0 && height[k + 1]! >= h) {
        h = height[k + 1]!
        block = k + 1
      }
    return block
  }

  // ---- the visited set

  let capacity = 2 ** 20
  let mask = capacity - 1
  let highs = new Int32Array(capacity)
  let lows = new Int32Array(capacity)
  let states = 0
  const grow = (): void => {
    const oldHighs = highs
    const oldLows = lows
    const oldCapacity = capacity
    capacity *= 2
    mask = capacity - 1
    highs = new Int32Array(capacity)
    lows = new Int32Array(capacity)
    for (let i = 0; i < oldCapacity; i++)
      if (oldHighs[i]! | oldLows[i]!) {
        let j = oldHighs[i]! & mask
        while (highs[j]! | lows[j]!) j = (j + 1) & mask
        highs[j] = oldHighs[i]!
        lows[j] = oldLows[i]!
      }
  }
  /** True if the fingerprint is new. */
  const insert = (a: number, b: number): boolean => {
    if (states * 4 > capacity * 3) grow()
    a = Math.imul(a ^ (a >>> 15), 0x2c1b3c6d)
    a ^= b
    if ((a | b) === 0) b = 1
    let j = a & mask
    while (highs[j]! | lows[j]!) {
      if (highs[j] === a && lows[j] === b) return false
      j = (j + 1) & mask
    }
    highs[j] = a
    lows[j] = b
    states++
    return true
  }

  // ---- the invariants

  const fold = new Uint32Array(N)
  const check = (): void => {
    for (let n = 0; n < N; n++) fold[n] = tree[n]!
    if (blocksInFlight > 0)
      for (let i = 0; i < activeCount; i++) {
        const p = active[i]!
        if (kind[p] === BLOCK) fold[dstOf[p]!]! |= 1 << first[p]!
      }
    const canonical = fold[0]!
    for (let n = 1; n < N; n++) if (fold[n] !== canonical) throw new Error('canonical trees differ')
    const largest = best(canonical)
    let held = false
    let agreed = true
    let chain = -1
    for (let n = 0; n < N; n++) {
      const own = best(tree[n]!)
      if (own === largest) held = true
      else if (height[own]! > height[largest]! || (height[own] === height[largest] && own > largest))
        throw new Error('a node has a better chain')
      if (n === 0) chain = own
      else if (own !== chain) agreed = false
    }
    if (!held) throw new Error('nobody has the best chain')
    if (blocksInFlight === 0 && !agreed) throw new Error('quiet, and no agreement')
    for (let k = 0; k < minted; k++)
      if ((canonical >> k) & 1) {
        if (ancestors[k + 1]! & ~canonical) throw new Error('an orphan')
        if (poolMask[txs[k]!]! & txsOfChain[prev[k]!]!) throw new Error('a transaction twice')
      }
  }

  // ---- the search

  let transitions = 0
  let longest = 0
  const snapshots: Int16Array[] = []
  const dfs = (depth: number): void => {
    if (depth > longest) longest = depth
    const highHere = high
    const lowHere = low
    const here = activeCount
    const snapshot = (snapshots[depth] ??= new Int16Array(packets))
    for (let i = 0; i < here; i++) snapshot[i] = active[i]!
    for (let i = 0; i < here; i++) {
      const p = snapshot[i]!
      const n = dstOf[p]!
      const src = srcOf[p]!
      transitions++
      let a = (highHere - packetHigh[p]!) | 0
      let b = (lowHere - packetLow[p]!) | 0
      switch (kind[p]!) {
        case BLOCK: {
          const oldTree = tree[n]!
          const oldPool = pool[n]!
          const newTree = oldTree | (1 << first[p]!)
          const newPool = oldPool === 0 ? 0 : poolDrop[oldPool]![txsOfChain[best(newTree)]!]!
          if (newTree !== oldTree) {
            a = (a - treeHigh[n * trees + oldTree]! + treeHigh[n * trees + newTree]!) | 0
            b = (b - treeLow[n * trees + oldTree]! + treeLow[n * trees + newTree]!) | 0
          }
          if (newPool !== oldPool) {
            a = (a - poolHigh[n * P + oldPool]! + poolHigh[n * P + newPool]!) | 0
            b = (b - poolLow[n * P + oldPool]! + poolLow[n * P + newPool]!) | 0
          }
          if (!blockOnly) {
            const inventory = (n * trees + newTree) * P + newPool
            a = (a + invHigh[inventory]!) | 0
            b = (b + invLow[inventory]!) | 0
          }
          if (insert(a, b)) {
            high = a
            low = b
            tree[n] = newTree
            pool[n] = newPool
            take(p)
            blocksInFlight--
            const base = invAt + (newTree * P + newPool) * pairs + n * N
            if (!blockOnly) for (let m = 0; m < N; m++) put(base + m)
            check()
            dfs(depth + 1)
            if (!blockOnly) for (let m = N - 1; m >= 0; m--) take(base + m)
            put(p)
            blocksInFlight++
            tree[n] = oldTree
            pool[n] = oldPool
          }
          break
        }
        case GET_BLOCK: {
          const k = first[p]!
          const replies = src !== n && ((tree[n]! >> k) & 1) === 1
          const reply = blockAt + k * pairs + n * N + src
          if (replies) {
            a = (a + packetHigh[reply]!) | 0
            b = (b + packetLow[reply]!) | 0
          }
          if (insert(a, b)) {
            high = a
            low = b
            take(p)
            if (replies) {
              put(reply)
              blocksInFlight++
            }
            check()
            dfs(depth + 1)
            if (replies) {
              take(reply)
              blocksInFlight--
            }
            put(p)
          }
          break
        }
        case TX: {
          const oldPool = pool[n]!
          const newPool = poolAdd[oldPool]![first[p]!]!
          const inventory = (n * trees + tree[n]!) * P + newPool
          if (newPool !== oldPool) {
            a = (a - poolHigh[n * P + oldPool]! + poolHigh[n * P + newPool]!) | 0
            b = (b - poolLow[n * P + oldPool]! + poolLow[n * P + newPool]!) | 0
          }
          a = (a + invHigh[inventory]!) | 0
          b = (b + invLow[inventory]!) | 0
          if (insert(a, b)) {
            high = a
            low = b
            pool[n] = newPool
            take(p)
            const base = invAt + (tree[n]! * P + newPool) * pairs + n * N
            for (let m = 0; m < N; m++) put(base + m)
            check()
            dfs(depth + 1)
            for (let m = N - 1; m >= 0; m--) take(base + m)
            put(p)
            pool[n] = oldPool
          }
          break
        }
        case GET_TX: {
          const t = first[p]!
          const replies = src !== n && ((poolMask[pool[n]!]! >> t) & 1) === 1
          const reply = txAt + t * pairs + n * N + src
          if (replies) {
            a = (a + packetHigh[reply]!) | 0
            b = (b + packetLow[reply]!) | 0
          }
          if (insert(a, b)) {
            high = a
            low = b
            take(p)
            if (replies) put(reply)
            check()
            dfs(depth + 1)
            if (replies) take(reply)
            put(p)
          }
          break
        }
        case INV: {
          const missingBlocks = first[p]! & ~tree[n]!
          const missingTxs = poolMask[second[p]!]! & ~poolMask[pool[n]!]!
          const back = n * N + src
          for (let k = 0, rest = missingBlocks; rest > 0; k++, rest >>= 1)
            if (rest & 1) {
              a = (a + packetHigh[getBlockAt + k * pairs + back]!) | 0
              b = (b + packetLow[getBlockAt + k * pairs + back]!) | 0
            }
          for (let t = 0, rest = missingTxs; rest > 0; t++, rest >>= 1)
            if (rest & 1) {
              a = (a + packetHigh[getTxAt + t * pairs + back]!) | 0
              b = (b + packetLow[getTxAt + t * pairs + back]!) | 0
            }
          if (insert(a, b)) {
            high = a
            low = b
            take(p)
            for (let k = 0, rest = missingBlocks; rest > 0; k++, rest >>= 1)
              if (rest & 1) put(getBlockAt + k * pairs + back)
            for (let t = 0, rest = missingTxs; rest > 0; t++, rest >>= 1) if (rest & 1) put(getTxAt + t * pairs + back)
            check()
            dfs(depth + 1)
            for (let k = 0, rest = missingBlocks; rest > 0; k++, rest >>= 1)
              if (rest & 1) take(getBlockAt + k * pairs + back)
            for (let t = 0, rest = missingTxs; rest > 0; t++, rest >>= 1) if (rest & 1) take(getTxAt + t * pairs + back)
            put(p)
          }
          break
        }
      }
    }
    if (minted < B)
      for (let n = 0; n < N; n++) {
        transitions++
        const k = minted
        const oldTree = tree[n]!
        const oldPool = pool[n]!
        const parent = best(oldTree)
        const newTree = oldTree | (1 << k)
        const included = poolDrop[oldPool]![txsOfChain[parent]!]!
        prev[k] = parent
        txs[k] = included
        height[k + 1] = height[parent]! + 1
        ancestors[k + 1] = ancestors[parent]! | (1 << k)
        txsOfChain[k + 1] = txsOfChain[parent]! | poolMask[included]!
        const newPool = poolDrop[oldPool]![txsOfChain[k + 1]!]!
        const block = ((k * N + n) * (B + 1) + parent) * P + included
        const base = blockAt + k * pairs + n * N
        const a =
          (highHere +
            blockHigh[block]! -
            treeHigh[n * trees + oldTree]! +
            treeHigh[n * trees + newTree]! -
            poolHigh[n * P + oldPool]! +
            poolHigh[n * P + newPool]! +
            broadcast(packetHigh, base)) |
          0
        const b =
          (lowHere +
            blockLow[block]! -
            treeLow[n * trees + oldTree]! +
            treeLow[n * trees + newTree]! -
            poolLow[n * P + oldPool]! +
            poolLow[n * P + newPool]! +
            broadcast(packetLow, base)) |
          0
        if (insert(a, b)) {
          high = a
          low = b
          minted++
          tree[n] = newTree
          pool[n] = newPool
          blocksInFlight += N
          for (let m = 0; m < N; m++) put(base + m)
          check()
          dfs(depth + 1)
          for (let m = N - 1; m >= 0; m--) take(base + m)
          blocksInFlight -= N
          tree[n] = oldTree
          pool[n] = oldPool
          minted--
        }
      }
    for (let t = 0; t < T; t++)
      if (((issued >> t) & 1) === 0)
        for (let n = 0; n < N; n++) {
          transitions++
          const before = issued
          const after = issued | (1 << t)
          const base = txAt + t * pairs + n * N
          const a = (highHere - issuedHigh[before]! + issuedHigh[after]! + broadcast(packetHigh, base)) | 0
          const b = (lowHere - issuedLow[before]! + issuedLow[after]! + broadcast(packetLow, base)) | 0
          if (insert(a, b)) {
            high = a
            low = b
            issued = after
            for (let m = 0; m < N; m++) put(base + m)
            check()
            dfs(depth + 1)
            for (let m = N - 1; m >= 0; m--) take(base + m)
            issued = before
          }
        }
    high = highHere
    low = lowHere
  }

  const started = performance.now()
  for (let n = 0; n < N; n++) {
    high = (high + treeHigh[n * trees]! + poolHigh[n * P]!) | 0
    low = (low + treeLow[n * trees]! + poolLow[n * P]!) | 0
  }
  high = (high + issuedHigh[0]!) | 0
  low = (low + issuedLow[0]!) | 0
  insert(high, low)
  check()
  dfs(0)
  return { states, transitions, longest, seconds: (performance.now() - started) / 1000 }
}

// As a program.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [nodes = 2, mints = 2, transactions = 0, blockOnly = 0] = process.argv.slice(2).map(Number)
  process.stdout.write(`${JSON.stringify(explore({ nodes, mints, transactions, blockOnly: blockOnly === 1 }))}\n`)
}
