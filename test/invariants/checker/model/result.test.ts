import { describe, expect, test, vi } from 'vitest'
import { bitsOf } from '../../../../invariants/checker/data/bits.js'
import { plainWalker } from '../../../../invariants/checker/state/plain.js'
import { breathe, mergeCoverage, neverEnabled, peakMemory, Tally } from '../../../../invariants/checker/model/result.js'
import { bounds, toychainModel } from '../../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../../invariants/blockchain/playable.js'

describe('what is counted', () => {
  test('is kinds by name, and observations by the bits of a number, the first in the lowest', () => {
    const tally = new Tally(['a', 'b'], ['s0', 's1', 's2'], ['t0', 't1'])
    tally.kind('a')
    tally.kind('c', 3)
    tally.state(bitsOf([true, false, true]), 2)
    tally.state(bitsOf([false, false, true]))
    tally.step(bitsOf([false, true]), 5)
    tally.step(0, 7)
    expect(tally.coverage()).toEqual({
      kinds: { a: 1, b: 0, c: 3 },
      states: { s0: 2, s1: 0, s2: 3 },
      steps: { t0: 0, t1: 5 }
    })
    expect(bitsOf([])).toBe(0)
  })

  test('in parts adds up', () => {
    const part = (a: number, b: number) => ({
      kinds: { a, b },
      states: { s: a },
      steps: {},
      goals: { early: a === 1, late: b === 0, never: false }
    })
    expect(mergeCoverage([part(1, 2), part(10, 0)])).toEqual({
      kinds: { a: 11, b: 2 },
      states: { s: 11 },
      steps: {},
      goals: { early: true, late: true, never: false }
    })
    expect(mergeCoverage([])).toEqual({ kinds: {}, states: {}, steps: {}, goals: {} })
  })

  test('says which kinds were never enabled', () => {
    expect(neverEnabled({ kinds: { a: 0, b: 1, c: 0 }, states: { s: 0 }, steps: {}, goals: {} })).toEqual(['a', 'c'])
  })
})

describe('a search', () => {
  test('that breathes lets others have their turn', async () => {
    const turns: string[] = []
    setImmediate(() => turns.push('another'))
    await breathe()
    turns.push('the search')
    expect(turns).toEqual(['another', 'the search'])
  })

  test('measures memory in bytes', () => {
    // Node alone takes more than 16 MiB; no machine has an exbibyte.
    expect(peakMemory()).toBeGreaterThan(2 ** 24)
    expect(peakMemory()).toBeLessThan(2 ** 60)
  })

  test('runs in a browser, which has neither a process nor an immediate', async () => {
    vi.stubGlobal('process', undefined)
    vi.stubGlobal('setImmediate', undefined)
    Reflect.deleteProperty(globalThis, 'process')
    Reflect.deleteProperty(globalThis, 'setImmediate')
    try {
      await breathe()
      expect(peakMemory()).toBeUndefined()
    } finally {
      vi.unstubAllGlobals()
    }
  })
})

describe('a walker without interning', () => {
  const model = toychainModel(playNumbered, bounds(2, 1, 0))

  test('lists the steps that the specification enables, in its order, and takes one', () => {
    const walker = plainWalker(model)
    walker.begin()
    const [start] = model.system.initial
    expect(walker.enumerate()).toBe(2)
    expect([0, 1].map((place) => walker.actionAt(place))).toEqual(model.system.actions(start!))
    walker.apply(1)
    expect(walker.enumerate()).toBe(2)
    expect([0, 1].map((place) => walker.kinds()[walker.kindAt(place)])).toEqual([
      'Deliver BlockMsg',
      'Deliver BlockMsg'
    ])
    expect(() => walker.actionAt(2)).toThrow('no step is at place 2 of the step list')
    walker.begin()
    expect(walker.enumerate()).toBe(2)
  })
})
