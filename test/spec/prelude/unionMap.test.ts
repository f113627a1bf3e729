import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { ordNumber, ordString } from '../../../spec/prelude/order.js'
import { dom, entries, pts, range, undef, unionMap, unit, valid } from '../../../spec/prelude/unionMap.js'
import type { UnionMap } from '../../../spec/prelude/unionMap.js'
import { holds } from '../../support/property.js'

const ops = unionMap(ordString)
type M = UnionMap<string, number>

/** A finite map as JavaScript has it; `undefined` for the undefined one. */
type Model = ReadonlyMap<string, number> | undefined

/** A map as it was built. */
type Expression =
  | { readonly op: 'unit' }
  | { readonly op: 'undef' }
  | { readonly op: 'pts'; readonly k: string; readonly v: number }
  | { readonly op: 'join'; readonly left: Expression; readonly right: Expression }
  | { readonly op: 'free'; readonly k: string; readonly of: Expression }
  | { readonly op: 'upd'; readonly k: string; readonly v: number; readonly of: Expression }

const build = (e: Expression): M => {
  switch (e.op) {
    case 'unit':
      return unit
    case 'undef':
      return undef
    case 'pts':
      return pts(e.k, e.v)
    case 'join':
      return ops.join(build(e.left), build(e.right))
    case 'free':
      return ops.free(e.k, build(e.of))
    case 'upd':
      return ops.upd(e.k, e.v, build(e.of))
  }
}

const model = (e: Expression): Model => {
  switch (e.op) {
    case 'unit':
      return new Map()
    case 'undef':
      return undefined
    case 'pts':
      return new Map([[e.k, e.v]])
    case 'join': {
      const [left, right] = [model(e.left), model(e.right)]
      const both = left && right && new Map([...left, ...right])
      return both?.size === (left?.size ?? 0) + (right?.size ?? 0) ? both : undefined
    }
    case 'free': {
      const of = model(e.of)
      return of && new Map([...of].filter(([k]) => k !== e.k))
    }
    case 'upd': {
      const of = model(e.of)
      return of && new Map([...of, [e.k, e.v]])
    }
  }
}

const key = fc.constantFrom('', '0x1', '0x10', 'B', 'a', 'b')
const value = fc.nat(3)
const { expression } = fc.letrec<{ expression: Expression; leaf: Expression }>((tie) => ({
  leaf: fc.oneof(
    { weight: 6, arbitrary: fc.record({ op: fc.constant('pts' as const), k: key, v: value }) },
    { weight: 1, arbitrary: fc.constant({ op: 'unit' } as const) },
    { weight: 1, arbitrary: fc.constant({ op: 'undef' } as const) }
  ),
  expression: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'map' },
    tie('leaf'),
    fc.record({ op: fc.constant('join' as const), left: tie('expression'), right: tie('expression') }),
    fc.record({ op: fc.constant('upd' as const), k: key, v: value, of: tie('expression') }),
    fc.record({ op: fc.constant('free' as const), k: key, of: tie('expression') })
  )
}))

describe('finite maps with an undefined element', () => {
  test('agree with JavaScript maps, whatever they are built from', () => {
    holds(
      fc.tuple(expression, key),
      ([e, k], meet) => {
        const [m, expected] = [build(e), model(e)]
        if (expected === undefined) meet('undefined')
        if (expected !== undefined && expected.size >= 3) meet('three entries')
        const sorted = [...(expected ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))
        expect([valid(m), entries(m), dom(m), range(m), ops.has(k, m), ops.find(k, m)]).toEqual([
          expected !== undefined,
          sorted,
          sorted.map(([h]) => h),
          sorted.map(([, v]) => v),
          expected?.has(k) ?? false,
          O.fromNullable(expected?.get(k))
        ])
      },
      { runs: 2000, met: { undefined: 400, 'three entries': 200 } }
    )
  })

  test('are equal iff both are undefined or have the same entries', () => {
    const { equals } = ops.eq(ordNumber)
    const spelt = (m: Model): string =>
      m === undefined ? 'undefined' : JSON.stringify([...m].sort(([a], [b]) => (a < b ? -1 : 1)))
    const pairs = fc.oneof(
      fc.tuple(expression, expression),
      // The same map, made another way.
      expression.map((e) => [e, { op: 'join', left: { op: 'unit' }, right: e } as const] as const),
      fc.tuple(expression, key, value).map(
        ([e, k, v]) =>
          [
            { op: 'upd', k, v, of: e },
            { op: 'upd', k, v, of: { op: 'free', k, of: e } }
          ] as const
      )
    )
    holds(
      pairs,
      ([e, f], meet) => {
        const same = spelt(model(e)) === spelt(model(f))
        if (same && model(e) !== undefined) meet('equal and defined')
        if (!same) meet('different')
        expect(equals(build(e), build(f))).toBe(same)
      },
      { runs: 1000, met: { 'equal and defined': 300, different: 200 } }
    )
    expect([equals(undef, undef), equals(undef, unit), equals(unit, undef)]).toEqual([true, false, false])
    expect(equals(undef, { _tag: 'Undef' })).toBe(true)
    expect(equals(pts('a', 1), pts('a', 2))).toBe(false)
  })

  test('are undefined where a union shares a key, even under equal values, and for ever after', () => {
    const twice = ops.join(pts('a', 1), pts('a', 1))
    expect(valid(twice)).toBe(false)
    expect([ops.free('a', twice), ops.upd('b', 1, twice), ops.join(twice, unit), ops.join(unit, twice)]).toEqual([
      undef,
      undef,
      undef,
      undef
    ])
    expect([dom(twice), range(twice), entries(twice), ops.find('a', twice), ops.has('a', twice)]).toEqual([
      [],
      [],
      [],
      O.none,
      false
    ])
  })

  test('list their keys by character codes: "" first, "B" before "a"', () => {
    const m = ops.fromEntries([
      ['a', 1],
      ['0x10', 2],
      ['B', 3],
      ['', 4],
      ['0x1', 5]
    ])
    expect(dom(m)).toEqual(['', '0x1', '0x10', 'B', 'a'])
    expect(range(m)).toEqual([4, 5, 2, 3, 1])
  })

  test('are undefined when made of a list in which a key occurs twice', () => {
    const lists = fc.array(fc.tuple(key, value), { maxLength: 6 })
    holds(
      lists,
      (es, meet) => {
        const unique = new Set(es.map(([k]) => k)).size === es.length
        meet(unique ? 'all different' : 'one twice')
        const expected = unique ? [...es].sort(([a], [b]) => (a < b ? -1 : 1)) : []
        expect([valid(ops.fromEntries(es)), entries(ops.fromEntries(es))]).toEqual([unique, expected])
      },
      { met: { 'all different': 100, 'one twice': 100 } }
    )
  })

  test('leave the maps that they are made from as they were', () => {
    const m = Object.freeze({ _tag: 'Def', entries: Object.freeze([['a', 1] as const, ['c', 3] as const]) } as const)
    expect(dom(ops.upd('b', 2, m))).toEqual(['a', 'b', 'c'])
    expect(dom(ops.join(m, pts('b', 2)))).toEqual(['a', 'b', 'c'])
    expect(dom(ops.free('a', m))).toEqual(['c'])
    expect(dom(m)).toEqual(['a', 'c'])
  })
})
