import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bc_rel,
  fork,
  fork_rel,
  is_prefix,
  is_strict_prefix,
  prefixb,
  sprefixb
} from '../../../spec/blockchain/chains.js'
import { ordNumber } from '../../../spec/prelude/order.js'
import { holds } from '../../support/property.js'

/** Equality that sees only the last digit, so that equal elements need not be identical. */
const E = { equals: (x: number, y: number) => x % 10 === y % 10 }

const list = fc.array(fc.nat(2), { maxLength: 4 })
/** Lists that often begin alike; the second is written with other tens. */
const pairs: fc.Arbitrary<readonly [ReadonlyArray<number>, ReadonlyArray<number>]> = fc
  .tuple(list, list, list, fc.constantFrom('first', 'second', 'both', 'neither'))
  .map(([s, x, y, grows]) => [
    grows === 'first' || grows === 'both' ? [...s, ...x] : s,
    (grows === 'second' || grows === 'both' ? [...s, ...y] : s).map((n) => n + 10)
  ])

/** How two lists relate, by their spelling. */
const relation = (s: ReadonlyArray<number>, t: ReadonlyArray<number>): 'equal' | 'shorter' | 'longer' | 'fork' => {
  const spelt = (ns: ReadonlyArray<number>): string => ns.map((n) => String(n % 10)).join('')
  const [a, b] = [spelt(s), spelt(t)]
  return a === b ? 'equal' : b.startsWith(a) ? 'shorter' : a.startsWith(b) ? 'longer' : 'fork'
}

const REL = { equal: 'CmpBcEq', shorter: 'CmpBcPre12', longer: 'CmpBcPre21', fork: 'CmpBcFork' } as const

describe('two sequences', () => {
  test('relate in exactly one of four ways, and every test says which', () => {
    holds(
      pairs,
      ([s, t], meet) => {
        const how = relation(s, t)
        meet(how)
        expect(bc_rel(E)(s, t)).toEqual([REL[how]])
        expect([is_prefix, prefixb, is_strict_prefix, sprefixb, fork, fork_rel].map((f) => f(E)(s, t))).toEqual([
          how === 'equal' || how === 'shorter',
          how === 'equal' || how === 'shorter',
          how === 'shorter',
          how === 'shorter',
          how === 'fork',
          how === 'fork'
        ])
      },
      { runs: 1000, met: { equal: 100, shorter: 100, longer: 100, fork: 100 } }
    )
  })

  test('are told apart by the first element in which they differ, however long they are', () => {
    expect(bc_rel(ordNumber)([1, 2, 3], [1, 9])).toEqual(['CmpBcFork'])
    expect(bc_rel(ordNumber)([], [])).toEqual(['CmpBcEq'])
    expect(bc_rel(ordNumber)([], [1])).toEqual(['CmpBcPre12'])
    expect(bc_rel(ordNumber)([1], [])).toEqual(['CmpBcPre21'])
  })
})
