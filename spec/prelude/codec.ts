/**
 * Finite maps at the boundary: `null` for the undefined map, else the entries in increasing order of their keys.
 */
import type { Ord } from 'fp-ts/lib/Ord.js'
import * as t from 'io-ts'
import { undef, valid } from './unionMap.js'
import type { UnionMap } from './unionMap.js'

/** A finite map as `null` or `[[key, value], …]`; refused where the keys are not strictly increasing. */
export const unionMapCodec = <K, V, KOut, VOut>(
  K: Ord<K>,
  key: t.Type<K, KOut>,
  value: t.Type<V, VOut>
): t.Type<UnionMap<K, V>, ReadonlyArray<readonly [KOut, VOut]> | null> => {
  const list = t.readonlyArray(t.readonly(t.tuple([key, value])))
  const increasing = (es: ReadonlyArray<readonly [K, V]>): boolean =>
    es.every(([k], i) => es.slice(i + 1, i + 2).every(([next]) => K.compare(k, next) < 0))
  return new t.Type(
    'finite map',
    (u): u is UnionMap<K, V> =>
      t.type({ _tag: t.literal('Undef') }).is(u) ||
      (t.type({ _tag: t.literal('Def'), entries: list }).is(u) && increasing(u.entries)),
    (u, context) => {
      if (u === null) return t.success(undef)
      const decoded = list.validate(u, context)
      if (decoded._tag === 'Left') return decoded
      return increasing(decoded.right)
        ? t.success({ _tag: 'Def', entries: decoded.right })
        : t.failure(u, context, 'the keys are not in strictly increasing order')
    },
    (m) => (valid(m) ? list.encode(m.entries) : null)
  )
}
