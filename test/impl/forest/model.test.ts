/**
 * The forest beside a naive model of it: a plain list of blocks that computes everything anew at each question. Blocks
 * come in any order; the forest is pruned, exported and imported, drops and evicts orphans; rules throw, and try to change
 * the forest; listeners throw, prune and insert. `npm run test:deep` makes a million operations.
 */
import { expect, test } from 'vitest'
import { createForest, fromData, heaviestChain, left, right } from '../../../impl/forest/index.js'
import type { Forest, ForestOptions, HeadChange } from '../../../impl/forest/index.js'
import { decodeForest, encodeForest, noBytes, numberBytes, textBytes } from '../../../impl/forest/binary.js'
import { deep } from '../../support/deep.js'
import { random, rightOf, small } from './blocks.js'
import type { Small } from './blocks.js'

const LENGTH = 60
const RUNS = Math.ceil((deep ? 1_000_000 : 6_000) / LENGTH)
const LOOKBACK = 3
const MAX_ORPHANS = 6

/** A block is refused if its weight is that of one of the last three before it, and is not 1. */
const mayFollow = (chain: ReadonlyArray<Small>, b: Small): boolean =>
  b.weight === 1 || chain.slice(-LOOKBACK).every(({ weight }) => weight !== b.weight)

/** What the forest must be: all that has ever been connected, and what is connected to the root now. */
interface Model {
  /** Every block that was ever connected, by its name: a pruned forest judges as one that was not. */
  readonly ever: Map<string, Small>
  root: string
  /** In the order in which they were connected. */
  connected: string[]
  orphans: string[]
  waiting: Map<string, Small>
}

const chainOf = (m: Model, name: string): ReadonlyArray<Small> => {
  const b = m.ever.get(name)
  return b === undefined ? [] : [...chainOf(m, b.parent), b]
}
const isValid = (m: Model, name: string): boolean => {
  const chain = chainOf(m, name)
  return chain.every((b, i) => i === 0 || mayFollow(chain.slice(0, i), b))
}
const weightOf = (m: Model, name: string): number =>
  chainOf(m, name)
    .slice(1)
    .reduce((sum, b) => sum + b.weight, 0)

/** Negative if the chain of the first block is the better one. */
const compare = (m: Model, a: string, b: string): number => {
  const [x, y] = [chainOf(m, a), chainOf(m, b)]
  const fork = x.findIndex((block, i) => y[i] !== block)
  const names = [x[fork]?.name ?? '', y[fork]?.name ?? '']
  return weightOf(m, b) - weightOf(m, a) || y.length - x.length || ((names[0] ?? '') < (names[1] ?? '') ? -1 : 1)
}
const headOf = (m: Model): string =>
  m.connected.filter((name) => isValid(m, name)).sort((a, b) => (a === b ? 0 : compare(m, a, b)))[0] ?? ''

const connectable = (m: Model): string | undefined =>
  m.connected.map((p) => m.orphans.find((o) => m.waiting.get(o)?.parent === p)).find((o) => o !== undefined)

const insertInto = (m: Model, b: Small): void => {
  if (m.connected.includes(b.name) || m.orphans.includes(b.name)) return
  if (!m.connected.includes(b.parent)) {
    if (m.orphans.length >= MAX_ORPHANS) {
      const [oldest] = m.orphans.splice(0, 1)
      m.waiting.delete(oldest ?? '')
    }
    m.orphans.push(b.name)
    m.waiting.set(b.name, b)
    return
  }
  m.ever.set(b.name, b)
  m.connected.push(b.name)
  for (let o = connectable(m); o !== undefined; o = connectable(m)) {
    const orphan = m.waiting.get(o)
    m.orphans.splice(m.orphans.indexOf(o), 1)
    m.waiting.delete(o)
    if (orphan === undefined || (orphan.mark === 'throws' && isValid(m, orphan.parent))) continue
    m.ever.set(o, orphan)
    m.connected.push(o)
  }
}

const pruneModel = (m: Model, final: string): void => {
  m.connected = m.connected.filter((name) => chainOf(m, name).some((b) => b.name === final))
  m.root = final
}

const genesis = small('G', '-', { weight: 1 })
const tally = new Map<string, number>()
const count = (what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1)

const codecs = {
  block: {
    encode: ({ name, weight, mark }: Small) => textBytes.encode(JSON.stringify([name, weight, mark])),
    decode: (bytes: Uint8Array, parent: string): Small => {
      const [name, weight, mark] = JSON.parse(textBytes.decode(bytes)) as [string, number, Small['mark']]
      return { name, parent, weight, mark }
    }
  },
  score: numberBytes,
  state: noBytes
}

type Tested = Forest<Small, string, number, undefined, string>

const run = (seed: number): void => {
  const r = random(seed)
  const below = (n: number): number => Math.floor(r() * n)
  let forest: Tested
  let faults = 0
  let importing = false
  const rule: ForestOptions<Small, string, number, undefined, string> = {
    genesis,
    hash: (b) => b.name,
    parent: (b) => b.parent,
    equals: (a, b) => a.parent === b.parent && a.weight === b.weight && a.mark === b.mark,
    forkChoice: heaviestChain((b) => b.weight),
    maxOrphans: MAX_ORPHANS,
    onListenerFault: () => faults++,
    validation: {
      genesis: undefined,
      lookback: LOOKBACK,
      step: (_, b, before) => {
        // A rule that does what it must not: it is told so, and nothing comes of it.
        if (b.weight === 4 && !importing)
          expect(() => forest.insert(small('sneaked', 'G'))).toThrow('a function that the forest')
        if (b.mark === 'throws') throw new Error('rule')
        return mayFollow(before(), b) ? right(undefined) : left('again')
      }
    }
  }
  const m: Model = { ever: new Map([['G', genesis]]), root: 'G', connected: ['G'], orphans: [], waiting: new Map() }
  /** Two followers, before and after a listener that acts; what they have applied must be the best chain. */
  const followers: string[][] = []
  /** What the acting listener does next. */
  let act: (() => void) | undefined
  const subscribe = (): void => {
    followers.length = 0
    const follower = (): void => {
      const applied = forest.bestChain().map((b) => b.name)
      followers.push(applied)
      forest.onHeadChange((change: HeadChange<Small, string>) => {
        // The forest is as it was at the change.
        expect(forest.head()).toBe(change.to)
        for (const b of change.undone) expect(applied.pop()).toBe(b.name)
        for (const b of change.applied) applied.push(b.name)
        expect(applied.at(-1)).toBe(change.to)
      })
    }
    follower()
    forest.onHeadChange(() => {
      const now = act
      act = undefined
      if (now === undefined) return
      now()
      count('acted')
      throw new Error('listener')
    })
    follower()
  }
  forest = createForest(rule)
  subscribe()

  const names = ['G']
  const insert = (b: Small): void => {
    const throws = b.mark === 'throws' && m.connected.includes(b.parent) && isValid(m, b.parent)
    const isNew = !m.connected.includes(b.name) && !m.orphans.includes(b.name)
    const result = forest.insert(b)
    if (throws && isNew) {
      expect(result).toMatchObject({ left: { _tag: 'Threw', hash: b.name } })
      count('Threw')
      return
    }
    insertInto(m, b)
    const inserted = rightOf(result)
    count(inserted._tag)
    if ('failed' in inserted && inserted.failed.length > 0) count('failed')
    if (inserted._tag === 'Orphan' && inserted.evicted !== undefined) count('evicted')
    if ('head' in inserted && inserted.head !== undefined) count(inserted.head._tag)
  }
  const prune = (): void => {
    const valid = m.connected.filter((name) => isValid(m, name))
    const final = valid[below(Math.min(valid.length, 4))] ?? m.root
    if (final === m.root) return
    rightOf(forest.prune(final))
    pruneModel(m, final)
    count('pruned')
  }
  /** A block that was there before, or a new one. There is never another of the same name: not even without its mark. */
  const some = (mayThrow = true): Small => {
    const again = names[below(names.length)] ?? 'G'
    const known = m.ever.get(again)
    if (r() < 0.1 && known !== undefined && (mayThrow || known.mark === '')) return known
    const i = names.length
    names.push(`n${i}`)
    // Parents are mostly connected, late ones; now and then one that is yet to come, or that is gone.
    const late = m.connected[Math.max(0, m.connected.length - 1 - below(5))]
    const kind = r()
    const parent = kind < 0.3 ? `n${i + 1 + below(2)}` : kind < 0.9 ? late : names[below(names.length)]
    return small(`n${i}`, parent ?? 'G', {
      weight: r() < 0.4 ? 1 : 2 + below(5),
      mark: r() < 0.12 && mayThrow ? 'throws' : ''
    })
  }
  const agree = (): void => {
    const head = headOf(m)
    expect([forest.root(), forest.head(), forest.orphans()]).toEqual([m.root, head, m.orphans])
    expect([...forest.entries()].map(([h]) => h).sort()).toEqual([...m.connected].sort())
    expect(forest.size()).toBe(m.connected.length + m.orphans.length)
    for (const name of m.connected) {
      const valid = isValid(m, name)
      expect(forest.get(name)).toMatchObject({ _tag: valid ? 'Valid' : 'Invalid', height: chainOf(m, name).length - 1 })
      if (valid) expect(forest.score(name)).toEqual(right(weightOf(m, name)))
    }
    const best = chainOf(m, head).map((b) => b.name)
    expect(forest.bestChain().map((b) => b.name)).toEqual(best.slice(best.indexOf(m.root)))
    // Followers keep what was pruned below the root.
    for (const applied of followers)
      expect(applied.slice(applied.indexOf(m.root))).toEqual(best.slice(best.indexOf(m.root)))
  }

  for (let i = 0; i < LENGTH; i++) {
    count('operations')
    const dice = r()
    if (dice < 0.05) prune()
    else if (dice < 0.08) {
      const bytes = encodeForest(forest.toData(), rule, codecs)
      importing = true
      forest = rightOf(fromData(rule, rightOf(decodeForest(bytes, rule, codecs))))
      importing = false
      subscribe()
      count('imported')
    } else if (dice < 0.11) {
      const odd = (name: string): boolean => Number(name.slice(1)) % 2 === 1
      forest.dropOrphans((_, hash) => odd(hash))
      for (const o of m.orphans.filter(odd)) m.waiting.delete(o)
      m.orphans = m.orphans.filter((o) => !odd(o))
      count('dropped')
    } else if (dice < 0.2) {
      const b = some(false)
      const later = some()
      const wanted = r() < 0.5 ? (): void => insert(later) : prune
      // The model must have the change that is told before the one that the listener makes.
      const state = { due: true }
      act = () => {
        state.due = false
        insertInto(m, b)
        wanted()
      }
      const before = faults
      const known = m.connected.includes(b.name) || m.orphans.includes(b.name)
      const result = forest.insert(b)
      act = undefined
      if (state.due && result._tag === 'Right' && !known) insertInto(m, b)
      expect(faults).toBe(state.due ? before : before + 1)
    } else insert(some())
    agree()
  }
}

test(`agrees with the model in ${RUNS} runs of ${LENGTH} operations`, { timeout: deep ? 7_200_000 : 120_000 }, () => {
  for (let seed = 1; seed <= RUNS; seed++) {
    try {
      run(seed)
    } catch (error) {
      throw new Error(`the run with seed ${seed}`, { cause: error })
    }
  }
  const { operations = 0, ...met } = Object.fromEntries(tally)
  const kinds = ['Connected', 'Invalid', 'Orphan', 'Duplicate', 'Extended', 'Reorg', 'Threw', 'failed', 'evicted']
  for (const kind of [...kinds, 'pruned', 'imported', 'dropped', 'acted'])
    expect([kind, (met[kind] ?? 0) / operations > 0.001]).toEqual([kind, true])
})
