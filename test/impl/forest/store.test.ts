/**
 * Jump pointers: ancestors are found in few steps, which is counted in reads of links, not timed.
 */
import { expect, test } from 'vitest'
import { ancestorAt, commonAncestorOf, heightOf, link, newStore } from '../../../impl/forest/store.js'
import { random } from './blocks.js'

const N = 100_000

/** The links, and how often one was read. */
const counted = (links: Int32Array) => {
  const reads = { count: 0 }
  const proxy = new Proxy(links, {
    get: (target, key) => {
      reads.count++
      return Reflect.get(target, key) as unknown
    }
  })
  return { reads, proxy }
}

test('along a chain of 100,000 blocks, any ancestor is found in at most 9 reads for each bit of its height', () => {
  const store = newStore<undefined, string, undefined, undefined, never>()
  for (let i = 0; i < N; i++) link(store, i, Math.max(i - 1, 0), i)
  const { reads, proxy } = counted(store.links)
  const r = random(1)
  for (let k = 0; k < 2000; k++) {
    const i = Math.floor(r() * N)
    const height = Math.floor(r() * (i + 1))
    reads.count = 0
    expect(ancestorAt(proxy, i, height)).toBe(height)
    expect(reads.count).toBeLessThanOrEqual(9 * Math.log2(N))
  }
})

test('the same holds for the common ancestor of the ends of two branches of 50,000 blocks', () => {
  const store = newStore<undefined, string, undefined, undefined, never>()
  const half = N / 2
  const r = random(2)
  link(store, 0, 0, 7)
  for (let i = 1; i < half; i++) link(store, i, i - 1, 7 + i)
  for (let k = 0; k < 30; k++) {
    const fork = Math.floor(r() * half)
    let end = fork
    for (let i = half; i < N; end = i++) link(store, i, end, heightOf(store.links, end) + 1)
    const { reads, proxy } = counted(store.links)
    expect(commonAncestorOf(proxy, half - 1, end)).toBe(fork)
    expect(reads.count).toBeLessThanOrEqual(20 * Math.log2(N))
  }
})
