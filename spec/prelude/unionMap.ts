/**
 * Finite maps with an undefined element: `fcsl-pcm`'s `union_map`, the type of block trees and of state maps.
 *
 * A map is either a list of entries in strictly increasing order of their keys, or *undefined*, which is what the
 * union of two maps that share a key is, for ever after. An undefined map has no keys and finds nothing.
 */
import * as E from 'fp-ts/lib/Eq.js'
import type { Eq } from 'fp-ts/lib/Eq.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Ord } from 'fp-ts/lib/Ord.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'

/** The undefined map, `um_undef`. */
export interface Undef {
  readonly _tag: 'Undef'
}

/** A defined map: its entries, in strictly increasing order of the keys. */
export interface Def<K, V> {
  readonly _tag: 'Def'
  readonly entries: ReadonlyArray<readonly [K, V]>
}

/** `union_map K V`. */
export type UnionMap<K, V> = Undef | Def<K, V>

/** The undefined map, `um_undef`. */
export const undef: Undef = { _tag: 'Undef' }

/** `Unit`: the map without entries. */
export const unit: UnionMap<never, never> = { _tag: 'Def', entries: [] }

/** `k \\-> v`: the map with one entry. */
export const pts = <K, V>(k: K, v: V): UnionMap<K, V> => ({ _tag: 'Def', entries: [[k, v]] })

/** `valid m`: m is not the undefined map. */
export const valid = <K, V>(m: UnionMap<K, V>): m is Def<K, V> => m._tag === 'Def'

/** `dom m`: the keys in strictly increasing order; none of an undefined map. */
export const dom = <K, V>(m: UnionMap<K, V>): ReadonlyArray<K> => entries(m).map(([k]) => k)

/** The values in the order of their keys (Coq: `range m`). */
export const range = <K, V>(m: UnionMap<K, V>): ReadonlyArray<V> => entries(m).map(([, v]) => v)

/** The entries in the order of their keys; none of an undefined map. */
export const entries = <K, V>(m: UnionMap<K, V>): ReadonlyArray<readonly [K, V]> => (valid(m) ? m.entries : [])

/** The operations of `union_map` that compare keys. */
export interface UnionMapOps<K> {
  /** `k \in dom m`. */
  readonly has: <V>(k: K, m: UnionMap<K, V>) => boolean
  /** `find k m`: what m holds under k. */
  readonly find: <V>(k: K, m: UnionMap<K, V>) => Option<V>
  /** `free k m`: m without the key k; undefined stays undefined. */
  readonly free: <V>(k: K, m: UnionMap<K, V>) => UnionMap<K, V>
  /** `upd k v m`: m with v under k, whatever was there; undefined stays undefined. */
  readonly upd: <V>(k: K, v: V, m: UnionMap<K, V>) => UnionMap<K, V>
  /** `m \+ m'`: the disjoint union; undefined where a key occurs in both or one of them is undefined. */
  readonly join: <V>(m: UnionMap<K, V>, n: UnionMap<K, V>) => UnionMap<K, V>
  /** The union of the one-entry maps of a list: undefined where a key occurs twice. */
  readonly fromEntries: <V>(es: ReadonlyArray<readonly [K, V]>) => UnionMap<K, V>
  /** `m == m'`: both undefined, or the same entries. */
  readonly eq: <V>(V: Eq<V>) => Eq<UnionMap<K, V>>
}

/** The operations on maps whose keys are ordered by `K`. */
export const unionMap = <K>(K: Ord<K>): UnionMapOps<K> => {
  const has = <V>(k: K, m: UnionMap<K, V>): boolean => entries(m).some(([h]) => K.equals(h, k))
  const find = <V>(k: K, m: UnionMap<K, V>): Option<V> =>
    pipe(
      entries(m),
      RA.findFirst(([h]) => K.equals(h, k)),
      O.map(([, v]) => v)
    )
  const free = <V>(k: K, m: UnionMap<K, V>): UnionMap<K, V> =>
    valid(m) ? { _tag: 'Def', entries: m.entries.filter(([h]) => !K.equals(h, k)) } : m
  const insert = <V>(es: ReadonlyArray<readonly [K, V]>, e: readonly [K, V]): ReadonlyArray<readonly [K, V]> => {
    const at = es.findIndex(([h]) => K.compare(e[0], h) < 0)
    return at < 0 ? [...es, e] : [...es.slice(0, at), e, ...es.slice(at)]
  }
  const join = <V>(m: UnionMap<K, V>, n: UnionMap<K, V>): UnionMap<K, V> =>
    valid(m) && valid(n) && !m.entries.some(([k]) => has(k, n))
      ? { _tag: 'Def', entries: m.entries.reduce(insert, n.entries) }
      : undef
  const upd = <V>(k: K, v: V, m: UnionMap<K, V>): UnionMap<K, V> => join(pts(k, v), free(k, m))
  const fromEntries = <V>(es: ReadonlyArray<readonly [K, V]>): UnionMap<K, V> =>
    es.reduce<UnionMap<K, V>>((m, [k, v]) => join(pts(k, v), m), unit)
  const eq = <V>(V: Eq<V>): Eq<UnionMap<K, V>> => {
    const entriesEq = RA.getEq(E.tuple(K, V))
    return {
      equals: (m, n) => m === n || (valid(m) && valid(n) ? entriesEq.equals(m.entries, n.entries) : m._tag === n._tag)
    }
  }
  return { has, find, free, upd, join, fromEntries, eq }
}
