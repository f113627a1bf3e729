/**
 * The sequence functions of `spec/prelude/seq.ts` and `spec/blockchain/chains.ts` on named values, for one type of
 * elements.
 */
import { bc_rel, fork, fork_rel, is_prefix, is_strict_prefix, prefixb, sprefixb } from '../../spec/blockchain/chains.js'
import { isIn, rem, sameElements, seqEq, subset, uniq } from '../../spec/prelude/seq.js'
import { eqOf, equal, takingApart, vocabulary } from './kernel.js'
import type { SortOf, Vocabulary } from './kernel.js'

/** Sequences of the elements of a sort: a vocabulary of its own, which includes the one of the sort. */
export const sequences = <A>(name: string, of: SortOf<A>, includes: Vocabulary) => {
  const E = eqOf(of)
  type L = ReadonlyArray<A>
  const own = vocabulary(name, includes)
  const { lift, predicate } = own
  const words = own.lists(of, seqEq(E))
  const { sort: list } = words
  const at = (x: A, l: L): number => l.findIndex((y) => E.equals(x, y))

  return {
    vocabulary: own,
    ...takingApart(words),
    /** `l ++ m`. */
    cat: lift('cat', [list, list], list, (l: L, m: L): L => [...l, ...m]),
    /** `rem x l`: l without the first x. */
    rem: lift('rem', [of, list], list, rem(E)),
    /** What stands before the first x in l; nothing where x is not in l. */
    before: lift('before', [of, list], list, (x: A, l: L): L => l.slice(0, Math.max(0, at(x, l)))),
    /** What stands after the first x in l; all of l where x is not in l. */
    after: lift('after', [of, list], list, (x: A, l: L): L => l.slice(at(x, l) + 1)),
    /** `x = y` for elements. */
    same: equal(of),
    /** `x \in l`. */
    isIn: predicate('isIn', [of, list], isIn(E)),
    uniq: predicate('uniq', [list], uniq(E)),
    subset: predicate('subset', [list, list], subset(E)),
    sameElements: predicate('sameElements', [list, list], sameElements(E)),
    /** `[l <<= m]`. */
    is_prefix: predicate('is_prefix', [list, list], is_prefix(E)),
    /** `[l <<< m]`. */
    is_strict_prefix: predicate('is_strict_prefix', [list, list], is_strict_prefix(E)),
    prefixb: predicate('prefixb', [list, list], prefixb(E)),
    sprefixb: predicate('sprefixb', [list, list], sprefixb(E)),
    fork: predicate('fork', [list, list], fork(E)),
    fork_rel: predicate('fork_rel', [list, list], fork_rel(E)),
    /** Exactly one of the four ways of `bc_rel` holds. */
    oneRelation: predicate('oneRelation', [list, list], (l, m) => bc_rel(E)(l, m).length === 1)
  }
}

/** What `sequences(E)` returns. */
export type Sequences<A> = ReturnType<typeof sequences<A>>
