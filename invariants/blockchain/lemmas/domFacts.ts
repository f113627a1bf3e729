/** Facts about the keys of finite maps: the lemmas of `Structures/SeqFacts.v` from `dom_ord1`. */
import * as fc from 'fast-check'
import type { BlockTree, Types } from '../../../spec/blockchain/types.js'
import { undup } from '../../../spec/prelude/seq.js'
import { dom as plainDom } from '../../../spec/prelude/unionMap.js'
import { and, given, implies, not } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import type { Blk, Hash, Keys, Tree } from './terms.js'
import type { Theory } from './theory.js'

const { lemma } = chapter('Structures/SeqFacts.v')

/** A map without its keys up to a given one, most of the time. */
const above = <T extends Types>(theory: Theory<T>) => {
  const { free } = theory.forest
  const { Hash } = theory.instance.types
  return (j: T['Hash'], m: BlockTree<T>, not: number): BlockTree<T> =>
    not === 0 ? m : plainDom(m).reduce((rest, k) => (Hash.compare(k, j) <= 0 ? free(k, rest) : rest), m)
}

/** @coq Structures/SeqFacts.v dom_ord1 */
export const dom_ord1 = lemma(
  'dom_ord1',
  'V({j→w} ⊎ m) ∧ j below dom m ⇒ dom({j→w} ⊎ m) = j :: dom m',
  'An entry below all keys of a map comes first.'
)(<T extends Types>(theory: Theory<T>) => {
  const { hash: key, block: value, tree: map } = theory.sorts
  const { valid, join, pts, path, dom } = theory.words
  const { equal, cons } = theory.words.Hashes
  return forall('j w m', key, value, map)
    .drawnBy(fc.tuple(key.sample, value.sample, map.sample, fc.nat(3)), ([j, w, m, n]) => [
      j,
      w,
      above(theory)(j, m, n)
    ])
    .state(<j, w, m>(j: Hash<T, j>, w: Blk<T, w>, m: Tree<T, m>) =>
      given(valid(join(pts(j, w), m)), path(j, dom(m))).infer(equal(dom(join(pts(j, w), m)), cons(j, dom(m))))
    )
})

/** @coq Structures/SeqFacts.v path_ord_sorted */
export const path_ord_sorted = lemma(
  'path_ord_sorted',
  'l increasing ∧ j below its head ∧ z ∈ l ⇒ j < z',
  'What is below the head of an increasing list is below all of it.'
)(<T extends Types>(theory: Theory<T>) => {
  const { Hash } = theory.instance.types
  const { hash: key, keys } = theory.sorts
  const { sorted, path, ord } = theory.words
  const { isIn } = theory.words.Hashes
  return forall('z j l', key, key, keys)
    .drawnBy(
      fc.tuple(key.sample, keys.sample, fc.nat(9)),
      ([any, ks, n]): [T['Hash'], T['Hash'], ReadonlyArray<T['Hash']>] => {
        const [j = any, ...l] = undup(Hash)(ks).slice().sort(Hash.compare)
        return [l[n] ?? l[0] ?? any, j, l]
      }
    )
    .state(<z, j, l>(z: Hash<T, z>, j: Hash<T, j>, l: Keys<T, l>) =>
      given(sorted(l), path(j, l), isIn(z, l)).infer(ord(j, z))
    )
})

/** @coq Structures/SeqFacts.v dom_ord2 */
export const dom_ord2 = lemma(
  'dom_ord2',
  'V({k→v} ⊎ {j→w} ⊎ m) ∧ j below dom m ⇒ dom({j→w} ⊎ ({k→v} ⊎ m)) = (j < k ? j :: dom({k→v} ⊎ m) : k :: j :: dom m)',
  'Of two new entries, one below all keys, the smaller one comes first.'
)(<T extends Types>(theory: Theory<T>) => {
  const { free } = theory.forest
  const { hash: key, block: value, tree: map } = theory.sorts
  const { dom, join, pts, valid, path, ord } = theory.words
  const { equal, cons } = theory.words.Hashes
  return forall('j w k v m', key, value, key, value, map)
    .drawnBy(
      fc.tuple(key.sample, value.sample, key.sample, value.sample, map.sample, fc.nat(4)),
      ([j, w, k, v, m, n]) => [j, w, k, v, n === 0 ? m : free(k, above(theory)(j, m, n))]
    )
    .state(<j, w, k, v, m>(j: Hash<T, j>, w: Blk<T, w>, k: Hash<T, k>, v: Blk<T, v>, m: Tree<T, m>) => {
      const keysOfAll = dom(join(pts(j, w), join(pts(k, v), m)))
      return given(valid(join(pts(k, v), join(pts(j, w), m))), path(j, dom(m))).infer(
        and(
          implies(ord(j, k), equal(keysOfAll, cons(j, dom(join(pts(k, v), m))))),
          implies(not(ord(j, k)), equal(keysOfAll, cons(k, cons(j, dom(m)))))
        )
      )
    })
})

/** @coq Structures/SeqFacts.v dom_insert */
export const dom_insert = lemma(
  'dom_insert',
  'V({k→v} ⊎ m) ⇒ dom m = p ++ s ∧ dom({k→v} ⊎ m) = p ++ [k] ++ s for some p, s',
  'A new key goes to its place among the keys, which keep their order.'
)(<T extends Types>(theory: Theory<T>) => {
  const { hash: key, block: value, tree: map } = theory.sorts
  const { valid, join, pts, dom, keysBelow, keysAbove } = theory.words
  const { equal, cat, cons } = theory.words.Hashes
  return forall('k v m', key, value, map).state(<k, v, m>(k: Hash<T, k>, v: Blk<T, v>, m: Tree<T, m>) =>
    given(valid(join(pts(k, v), m))).infer(
      and(
        equal(dom(m), cat(keysBelow(k, m), keysAbove(k, m))),
        equal(dom(join(pts(k, v), m)), cat(keysBelow(k, m), cons(k, keysAbove(k, m))))
      )
    )
  )
})
