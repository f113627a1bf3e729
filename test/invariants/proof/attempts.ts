/**
 * What the tests of the kernel share: a few named values, attempts to prove something of them.
 */
import * as E from 'fp-ts/lib/Either.js'
import {
  byCases,
  check,
  derive,
  given,
  term,
  theorem,
  theoremOf,
  vocabulary
} from '../../../invariants/proof/kernel.js'
import type { About, Named, Proof, Prop, Theorem } from '../../../invariants/proof/kernel.js'
import { insert, num, numbers, NumSort, SetSort, sorted, words } from '../../support/proofs.js'
import type { Num, Numbers } from '../../support/proofs.js'

export type Set_<S> = Named<Numbers, S>
export type Num_<X> = Named<Num, X>

export const s = term('s', numbers(1, 2))
export const t = term('t', numbers(2, 1))
export const x = term('x', num(2))
export const y = term('y', num(3))

/** The proof of something that holds of these values. */
export const known = <P>(p: Parameters<typeof check<P>>[0]): Proof<P> => {
  const decided = check<P>(p)
  if (E.isLeft(decided)) throw new Error(`${p.show} does not hold`)
  return decided.right
}

/** The theorem that a function is. */
export const made = (f: unknown): Theorem => {
  const found = theoremOf(f)
  if (found === undefined) throw new Error('no theorem')
  return found
}

/** What an attempt is called: each is made in a vocabulary of its own, so that there is no other of the name. */
export const about = (variables: string, law?: string): About => ({
  name: 'attempt',
  source: 'a test',
  variables: variables.split(' ').filter((v) => v !== ''),
  vocabulary: vocabulary('attempts', words),
  ...(law === undefined ? {} : { law })
})

export const remove = words.lift('remove', [SetSort, NumSort], SetSort, (set, n) =>
  numbers(...set.all.filter((m) => m !== n.value))
)

/** What follows from a proposition, which is supposed in one of two cases. */
export const taking = <P>(p: Prop<P>, use: (q: Proof<P>) => unknown): never =>
  byCases(
    p,
    (q) => use(q) as Proof<never>,
    () => {
      throw new Error('only one case is of interest')
    }
  ) as never

/** A hypothesis, taken out of its branch. */
export const stolen = <P>(p: Prop<P>): Proof<P> => {
  const found: Array<Proof<P>> = []
  byCases(
    p,
    (q) => {
      found.push(q)
      return q
    },
    () => found[0]!
  )
  return found[0]!
}

/** Derives a statement about a set and a number. */
export const deriving = (derivation: <S, X>(set: Set_<S>, n: Num_<X>, p: Proof<never>) => unknown) => {
  const attempt = theorem(about('s x'))(<S, X>(set: Set_<S>, n: Num_<X>) =>
    given(sorted(set))
      .infer(sorted(insert(set, n)))
      // The compiler would refuse most of these: the kernel has to as well.
      .by(((p: Proof<never>) => derivation(set, n, p)) as never)
  )
  return () => derive(made(attempt))
}
