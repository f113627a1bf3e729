/**
 * Facts about sequences and about the keys of finite maps. Counterpart of `Structures/SeqFacts.v`, in its order.
 *
 * Coq states them for elements of any type; here they are a function of the type of elements, and run on blocks.
 */
import * as fc from 'fast-check'
import { undup } from '../../../spec/prelude/seq.js'
import { dom as plainDom } from '../../../spec/prelude/unionMap.js'
import type { Block, BlockTree, Types } from '../../../spec/blockchain/types.js'
import { and, contradiction, first, given, implies, not, refl, refute, substitute } from '../../proof/kernel.js'
import type { Named } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import type { Sequences } from '../../proof/sequences.js'
import type { Sort } from '../../proof/sort.js'
import type { Setting } from './setting.js'
import type { Vocabulary } from './vocabulary.js'

const { lemma, fact } = chapter('Structures/SeqFacts.v')

/** The lemmas about sequences of `A`. */
export const seqFacts = <A>(S: Sequences<A>, letter: Sort<A>, word: Sort<ReadonlyArray<A>>) => {
  type El<N> = Named<A, N>
  type Seq<N> = Named<ReadonlyArray<A>, N>
  const { cat, cons, rem, before, after, same, isIn, equal } = S

  /** @coq Structures/SeqFacts.v rem_neq */
  const rem_neq = lemma(
    'rem_neq',
    'x ≠ y ∧ x ∈ l ⇒ x ∈ rem(y, l)',
    'Removing an element keeps every other one.',
    forall('x y l', letter, letter, word)
  )(<x, y, l>(x: El<x>, y: El<y>, l: Seq<l>) => given(not(same(x, y)), isIn(x, l)).infer(isIn(x, rem(y, l))))

  /** @coq Structures/SeqFacts.v rem_neq_notin */
  const rem_neq_notin = lemma(
    'rem_neq_notin',
    'x ≠ y ∧ x ∉ l ⇒ x ∉ rem(y, l)',
    'Removing an element adds none.',
    forall('x y l', letter, letter, word)
  )(<x, y, l>(x: El<x>, y: El<y>, l: Seq<l>) => given(not(same(x, y)), not(isIn(x, l))).infer(not(isIn(x, rem(y, l)))))

  /** @coq Structures/SeqFacts.v in_seq */
  const in_seq = lemma(
    'in_seq',
    'x ∈ l ⇒ l = p ++ [x] ++ s for some p, s',
    'A list can be split at each of its elements.',
    forall('x l', letter, word)
  )(<x, l>(x: El<x>, l: Seq<l>) =>
    given(isIn(x, l))
      .infer(equal(l, cat(before(x, l), cons(x, after(x, l)))))
      .by((p) => first(in_seq_neq(x, l)(p)))
  )

  /** @coq Structures/SeqFacts.v in_seq_neq */
  const in_seq_neq = lemma(
    'in_seq_neq',
    'x ∈ l ⇒ l = p ++ [x] ++ s for some p, s with x ∉ p',
    'A list can be split at the first occurrence of each of its elements.',
    forall('x l', letter, word)
  )(<x, l>(x: El<x>, l: Seq<l>) =>
    given(isIn(x, l)).infer(and(equal(l, cat(before(x, l), cons(x, after(x, l)))), not(isIn(x, before(x, l)))))
  )

  /** @coq Structures/SeqFacts.v in_seq_excl */
  const in_seq_excl = lemma(
    'in_seq_excl',
    'x ∈ l ∧ y ∉ l ⇒ x ≠ y',
    'An element of a list differs from whatever is not in the list.',
    forall('x y l', letter, letter, word).drawnBy(
      fc.tuple(letter.sample, letter.sample, word.sample),
      ([x, y, l]): [A, A, ReadonlyArray<A>] => [l[0] ?? x, y, l.slice(0, 2)]
    )
  )(<x, y, l>(x: El<x>, y: El<y>, l: Seq<l>) =>
    given(isIn(x, l), not(isIn(y, l)))
      .infer(not(same(x, y)))
      .by((p, q) => refute(not(same(x, y)), (eq) => contradiction(substitute(isIn(y, l), p, eq, refl(equal(l, l))), q)))
  )

  /** @coq Structures/SeqFacts.v rem_elem */
  const rem_elem = lemma(
    'rem_elem',
    'x ∉ p ⇒ rem(x, p ++ [x] ++ s) = p ++ s',
    'What is removed is the first occurrence.',
    forall('x p s', letter, word, word)
  )(<x, p, s>(x: El<x>, p: Seq<p>, s: Seq<s>) =>
    given(not(isIn(x, p))).infer(equal(rem(x, cat(p, cons(x, s))), cat(p, s)))
  )

  const mem_cat_right = fact(
    'mem_cat',
    'x ∈ l ⇒ x ∈ m ++ l',
    'The elements of a list are in every list that ends with it.',
    forall('x m l', letter, word, word)
  )(<x, m, l>(x: El<x>, m: Seq<m>, l: Seq<l>) => given(isIn(x, l)).infer(isIn(x, cat(m, l))))

  /** @coq Structures/SeqFacts.v in_rem_msg */
  const in_rem_msg = lemma(
    'in_rem_msg',
    'x ∈ h ∧ x ≠ y ⇒ x ∈ m ++ rem(y, h)',
    'A packet in flight stays in flight when another one is delivered.',
    forall('x y m h', letter, letter, word, word)
  )(<x, y, m, h>(x: El<x>, y: El<y>, m: Seq<m>, h: Seq<h>) =>
    given(isIn(x, h), not(same(x, y)))
      .infer(isIn(x, cat(m, rem(y, h))))
      .by((p, q) => mem_cat_right(x, m, rem(y, h))(rem_neq(x, y, h)(q, p)))
  )

  return { rem_neq, rem_neq_notin, in_seq, in_seq_neq, in_seq_excl, rem_elem, mem_cat_right, in_rem_msg }
}

/** The lemmas about the keys of maps. */
export const domFacts = <T extends Types>({ instance, forest, sorts }: Setting<T>, V: Vocabulary<T>) => {
  type Key<N> = Named<T['Hash'], N>
  type Keys<N> = Named<ReadonlyArray<T['Hash']>, N>
  type Value<N> = Named<Block<T>, N>
  type Map<N> = Named<BlockTree<T>, N>
  const { tree: map, hash: key, block: value, keys } = sorts
  const { join, pts, dom, valid, path, sorted, ord, keysBelow, keysAbove } = V
  const { cons, cat, isIn, equal } = V.Hashes
  const { free } = forest
  const { Hash } = instance.types

  /** A map without its keys up to a given one, most of the time. */
  const above = (j: T['Hash'], m: BlockTree<T>, not: number): BlockTree<T> =>
    not === 0 ? m : plainDom(m).reduce((rest, k) => (Hash.compare(k, j) <= 0 ? free(k, rest) : rest), m)

  /** @coq Structures/SeqFacts.v dom_ord1 */
  const dom_ord1 = lemma(
    'dom_ord1',
    'V({j→w} ⊎ m) ∧ j below dom m ⇒ dom({j→w} ⊎ m) = j :: dom m',
    'An entry below all keys of a map comes first.',
    forall('j w m', key, value, map).drawnBy(
      fc.tuple(key.sample, value.sample, map.sample, fc.nat(3)),
      ([j, w, m, n]) => [j, w, above(j, m, n)]
    )
  )(<j, w, m>(j: Key<j>, w: Value<w>, m: Map<m>) =>
    given(valid(join(pts(j, w), m)), path(j, dom(m))).infer(equal(dom(join(pts(j, w), m)), cons(j, dom(m))))
  )

  /** @coq Structures/SeqFacts.v path_ord_sorted */
  const path_ord_sorted = lemma(
    'path_ord_sorted',
    'l increasing ∧ j below its head ∧ z ∈ l ⇒ j < z',
    'What is below the head of an increasing list is below all of it.',
    forall('z j l', key, key, keys).drawnBy(
      fc.tuple(key.sample, keys.sample, fc.nat(9)),
      ([any, ks, n]): [T['Hash'], T['Hash'], ReadonlyArray<T['Hash']>] => {
        const [j = any, ...l] = undup(Hash)(ks).slice().sort(Hash.compare)
        return [l[n] ?? l[0] ?? any, j, l]
      }
    )
  )(<z, j, l>(z: Key<z>, j: Key<j>, l: Keys<l>) => given(sorted(l), path(j, l), isIn(z, l)).infer(ord(j, z)))

  /** @coq Structures/SeqFacts.v dom_ord2 */
  const dom_ord2 = lemma(
    'dom_ord2',
    'V({k→v} ⊎ {j→w} ⊎ m) ∧ j below dom m ⇒ dom({j→w} ⊎ ({k→v} ⊎ m)) = (j < k ? j :: dom({k→v} ⊎ m) : k :: j :: dom m)',
    'Of two new entries, one below all keys, the smaller one comes first.',
    forall('j w k v m', key, value, key, value, map).drawnBy(
      fc.tuple(key.sample, value.sample, key.sample, value.sample, map.sample, fc.nat(4)),
      ([j, w, k, v, m, n]) => [j, w, k, v, n === 0 ? m : free(k, above(j, m, n))]
    )
  )(<j, w, k, v, m>(j: Key<j>, w: Value<w>, k: Key<k>, v: Value<v>, m: Map<m>) => {
    const keysOfAll = dom(join(pts(j, w), join(pts(k, v), m)))
    return given(valid(join(pts(k, v), join(pts(j, w), m))), path(j, dom(m))).infer(
      and(
        implies(ord(j, k), equal(keysOfAll, cons(j, dom(join(pts(k, v), m))))),
        implies(not(ord(j, k)), equal(keysOfAll, cons(k, cons(j, dom(m)))))
      )
    )
  })

  /** @coq Structures/SeqFacts.v dom_insert */
  const dom_insert = lemma(
    'dom_insert',
    'V({k→v} ⊎ m) ⇒ dom m = p ++ s ∧ dom({k→v} ⊎ m) = p ++ [k] ++ s for some p, s',
    'A new key goes to its place among the keys, which keep their order.',
    forall('k v m', key, value, map)
  )(<k, v, m>(k: Key<k>, v: Value<v>, m: Map<m>) =>
    given(valid(join(pts(k, v), m))).infer(
      and(
        equal(dom(m), cat(keysBelow(k, m), keysAbove(k, m))),
        equal(dom(join(pts(k, v), m)), cat(keysBelow(k, m), cons(k, keysAbove(k, m))))
      )
    )
  )

  return { dom_ord1, path_ord_sorted, dom_ord2, dom_insert }
}

/** What `seqFacts` returns. */
export type SeqFacts<A> = ReturnType<typeof seqFacts<A>>
