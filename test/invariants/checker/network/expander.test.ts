/**
 * All steps of a state at once: what is new is left in rows, and told to the set of visited states.
 */
import { describe, expect, test } from 'vitest'
import { bounds, toychainModel } from '../../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../../invariants/blockchain/playable.js'
import { ExactVisited, Visited } from '../../../../invariants/checker/data/visited.js'
import type { Address } from '../../../../spec/system/address.js'
import { toyModel } from '../../../support/toyNetworks.js'
import { expanded } from '../../../support/compactSystems.js'
import { toys, inFlight } from '../../../support/quietToys.js'
import { intern, small } from '../../../support/smallNetworks.js'
import { counting } from '../../../support/countingNetwork.js'

describe('up to symmetry', () => {
  const plain = {
    env: (_to: unknown, e: number) => e,
    state: (_to: unknown, st: number) => st,
    message: (_to: unknown, m: number) => m
  }
  const rising = {
    states: [0, 0],
    environment: {
      internal: (env: number, node: Address, st: number) => (st < 3 ? [intern(node, `up ${node}`, env)] : [])
    },
    onInternal: (st: number) => [st + 1, []] as const
  }

  test('states that differ in the names of nodes are one, also when cells were forgotten', () => {
    const { compact, go } = small({ ...rising, symmetry: plain }).begin({ uptoSymmetry: true, mostCells: 0 })
    const visited = new Visited()
    const visits = (...words: ReadonlyArray<string>) => {
      compact.begin()
      go(...words)
      return compact.visit(visited)
    }
    expect([visits(), visits('up 0'), visits('up 1'), visits('up 1', 'up 1')]).toEqual([true, true, false, true])
    expect([visits('up 0', 'up 1'), visits('up 0', 'up 0'), visits('up 1', 'up 0')]).toEqual([true, false, false])
  })

  test('they are two where that is not asked for', () => {
    const { compact, go } = small({ ...rising, symmetry: plain }).begin()
    const visited = new Visited()
    go('up 0')
    expect(compact.visit(visited)).toBe(true)
    compact.begin()
    go('up 1')
    expect(compact.visit(visited)).toBe(true)
  })

  test('a symmetry must be declared', () => {
    expect(() => small(rising).begin({ uptoSymmetry: true })).toThrow('no symmetry is declared for this protocol')
  })
})

describe('an expansion', () => {
  /** Two packets alike and another, to node 0, in a network that has every fault once. */
  const faulty = toyModel(
    toys({ nodes: 2, faults: { duplications: 1, losses: 1, cuts: 1 }, packets: inFlight(1, 1, 0) })
  )

  test('visits one state of each orbit where it is told to, but whole states each by itself', () => {
    // Two nodes may mint.
    const compact = toychainModel(playNumbered, bounds(2, 1, 0)).compact!({ uptoSymmetry: true })
    compact.begin()
    const orbits = new Visited()
    expect([compact.visit(orbits), compact.visit(orbits)]).toEqual([true, false])
    const { found, steps } = expanded(compact, orbits, Infinity)
    expect([found, steps]).toEqual([1, 2])
    // The environments tell two states apart that are alike but for them.
    const other = counting([]).compact!({ uptoSymmetry: true })
    other.begin()
    const met = new Visited()
    other.visit(met)
    expect(expanded(other, met, Infinity)).toMatchObject({ found: 1, steps: 2 })
    const states = new ExactVisited(compact.width)
    expect({ ...compact.expand(states, Infinity, 0, 0) }).toEqual({
      found: 2,
      steps: 2,
      violated: false,
      broken: -1,
      stuck: false,
      cut: false
    })
  })

  test('visits whole states where the set keeps those', () => {
    const compact = faulty.compact!()
    const states = new ExactVisited(compact.width)
    compact.begin()
    expect([compact.visit(states), compact.visit(states)]).toEqual([true, false])
    // There are seven steps, each to another state.
    const found = [1, 2].map(() => compact.expand(states, Infinity, 0, 0).found)
    expect([found, states.size]).toEqual([[7, 0], 8])
  })

  test('gives the tag to the set with each state that it looks up', () => {
    for (const how of [{}, { uptoSymmetry: true }, { purge: true }]) {
      const compact = toychainModel(playNumbered, bounds(2, 1, 0)).compact!(how)
      const tags: number[] = []
      const visited = {
        _tag: 'Fingerprints',
        size: 0,
        add: (_h: number, _l: number, tag: number) => tags.push(tag) > 0
      } as const
      compact.begin()
      compact.visit(visited)
      compact.expand(visited, Infinity, 0, 5)
      expect(tags).toEqual([0, 5, 5])
    }
  })

  test('reads ahead where the states will be looked for that it finds, once their steps are listed', () => {
    const compact = faulty.compact!()
    const told = { touched: [] as string[], added: [] as string[] }
    const print = (list: string[]) => (high: number, low: number) => list.push(`${high} ${low}`)
    const add = print(told.added)
    const visited = {
      _tag: 'Fingerprints',
      size: 0,
      add: (high: number, low: number) => add(high, low) < 0,
      touch: print(told.touched)
    } as const
    compact.begin()
    compact.expand(visited, Infinity, 0, 0)
    expect([told.touched.length, told.added.length]).toEqual([0, 7])
    told.added.length = 0
    compact.expand(visited, Infinity, 0, 0)
    expect(told.touched.toSorted()).toEqual(told.added.toSorted())
    expect(told.touched.length).toBe(7)
  })

  test('makes room for the rows that it leaves, and keeps those before', () => {
    const compact = faulty.compact!()
    const { width, stride } = compact
    compact.begin()
    const start = new Int32Array(width)
    compact.store(start, 0)
    for (let first = 0; first < 300; first += 5) {
      compact.rows().fill(first, first * stride, (first + 1) * stride)
      compact.fetch(start, 0)
      compact.expand(new Visited(), Infinity, first + 1, first)
      const rows = compact.rows()
      expect([rows[first * stride], rows[(first + 1) * stride - 1], rows[(first + 7) * stride + width]]).toEqual([
        first,
        first,
        6
      ])
    }
    compact.fetch(start, 0)
    compact.expand(new Visited(), Infinity, 5000, 9)
    expect([295, 5000, 5006].map((row) => compact.rows()[row * stride + width + 1])).toEqual([295, 9, 9])
    const many = toyModel(toys({ nodes: 9 })).compact!()
    expect(many.rows().length).toBeGreaterThanOrEqual(many.stride)
  })
})
