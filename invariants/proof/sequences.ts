/**
 * The sequence functions of `spec/prelude/seq.ts` and `spec/blockchain/chains.ts` on named values, for one type of
 * elements.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import { fork, fork_rel, is_prefix, is_strict_prefix, prefixb, sprefixb } from '../../spec/blockchain/chains.js'
import { isIn, rem, sameElements, seqEq, subset, uniq } from '../../spec/prelude/seq.js'
import { equal, lift, lists, predicate } from './kernel.js'

/** Sequences of elements that an `Eq` compares. */
export const sequences = <A>(E: Eq<A>) => {
  type L = ReadonlyArray<A>
  const at = (x: A, l: L): number => l.findIndex((y) => E.equals(x, y))

  return {
    ...lists<A>(seqEq(E)),
    /** `l ++ m`. */
    cat: lift('cat', (l: L, m: L): L => [...l, ...m]),
    /** `rem x l`: l without the first x. */
    rem: lift('rem', rem(E)),
    /** What stands before the first x in l; nothing where x is not in l. */
    before: lift('before', (x: A, l: L): L => l.slice(0, Math.max(0, at(x, l)))),
    /** What stands after the first x in l; all of l where x is not in l. */
    after: lift('after', (x: A, l: L): L => l.slice(at(x, l) + 1)),
    /** `x = y` for elements. */
    same: equal<A>(E),
    /** `x \in l`. */
    isIn: predicate('isIn', isIn(E)),
    uniq: predicate('uniq', uniq(E)),
    subset: predicate('subset', subset(E)),
    sameElements: predicate('sameElements', sameElements(E)),
    /** `[l <<= m]`. */
    is_prefix: predicate('is_prefix', is_prefix(E)),
    /** `[l <<< m]`. */
    is_strict_prefix: predicate('is_strict_prefix', is_strict_prefix(E)),
    prefixb: predicate('prefixb', prefixb(E)),
    sprefixb: predicate('sprefixb', sprefixb(E)),
    fork: predicate('fork', fork(E)),
    fork_rel: predicate('fork_rel', fork_rel(E))
  }
}

/** What `sequences(E)` returns. */
export type Sequences<A> = ReturnType<typeof sequences<A>>
