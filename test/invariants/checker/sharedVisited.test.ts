import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SharedVisited, sharedTable } from '../../../invariants/checker/sharedVisited.js'

const lane = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
/** Fingerprints in which both lanes are often small: equal first lanes, and slots that collide. */
const fingerprint = fc.oneof(
  fc.tuple(lane, lane),
  fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 9 }))
)

describe('the shared set of one thread', () => {
  it('holds what was added, once', () => {
    fc.assert(
      fc.property(fc.array(fingerprint, { maxLength: 400 }), (added) => {
        // No lane is 0, which the set takes for 1.
        const visited = new SharedVisited(sharedTable(18))
        const model = new Set<string>()
        for (const [high, low] of added.filter(([h, l]) => h !== 0 && l !== 0)) {
          const key = `${String(high)} ${String(low)}`
          expect(visited.add(high, low)).toBe(!model.has(key))
          model.add(key)
        }
        expect(visited.inserted).toBe(model.size)
      })
    )
  })

  it('grows when it is nearly full, and forgets nothing', () => {
    const visited = new SharedVisited(sharedTable(20))
    const add = (i: number): boolean => visited.add(Math.imul(i + 1, 0x9e3779b1), Math.imul(i + 1, 0x85ebca77))
    const newOnes = (): number => Array.from({ length: 300_000 }, (_, i) => add(i)).filter(Boolean).length
    expect(newOnes()).toBe(300_000)
    expect(newOnes()).toBe(0)
    expect(visited.inserted).toBe(300_000)
  })

  it('says so when the last table is full', () => {
    const visited = new SharedVisited(sharedTable(18))
    expect(() => {
      for (let i = 0; i < 2 ** 18; i++) visited.add(Math.imul(i + 1, 0x9e3779b1), i + 1)
    }).toThrow(/the table of visited states is full: \d+ states; give the search a larger one/)
  })
})

it('a shared table has a least size', () => {
  expect(() => sharedTable(10)).toThrow('a shared table has 2^18 slots or 4, 16, 64, … times as many, not 2^10')
})
