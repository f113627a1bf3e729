/**
 * What the tests of the kernel share: a few named values, attempts to prove something of them.
 */
import * as E from 'fp-ts/lib/Either.js'
import { byCases, check, derive, given, lift, term, theorem, theoremOf } from '../../../invariants/proof/kernel.js'
import type { Named, Proof, Prop, Theorem } from '../../../invariants/proof/kernel.js'
import { insert, num, numbers, sorted } from '../../support/proofs.js'
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

export const about = (variables: string, law?: string) => ({
  name: 'attempt',
  source: 'a test',
  variables: variables.split(' '),
  ...(law === undefined ? {} : { law })
})

/** A second function of the name, which takes one argument: the kernel is told that there is none. */
export const insertNone = lift('insert', (set: Numbers): Numbers => set)
export const remove = lift(
  'remove',
  (set: Numbers, n: Num): Numbers => numbers(...set.all.filter((m) => m !== n.value))
)

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
