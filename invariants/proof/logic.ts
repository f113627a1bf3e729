/** Rules of logic that follow from those of the kernel. */
import { absurd, apply, both, contradiction, first, implies, second, suppose } from './kernel.js'
import type { Iff, Not, Proof, Prop } from './kernel.js'

/** Two propositions are equivalent if each follows from the other. */
export const equivalent = <P, Q>(
  p: Prop<P>,
  q: Prop<Q>,
  there: (p: Proof<P>) => Proof<Q>,
  back: (q: Proof<Q>) => Proof<P>
): Proof<Iff<P, Q>> => both(suppose(implies(p, q), there), suppose(implies(q, p), back))

/** From the left side of an equivalence: the right side. */
export const forth = <P, Q>(pq: Proof<Iff<P, Q>>, p: Proof<P>): Proof<Q> => apply(first(pq), p)

/** From the right side of an equivalence: the left side. */
export const back = <P, Q>(pq: Proof<Iff<P, Q>>, q: Proof<Q>): Proof<P> => apply(second(pq), q)

/** A case that cannot occur proves whatever is asked for. */
export const impossible = <P, C>(p: Proof<P>, notP: Proof<Not<P>>, goal: Prop<C>): Proof<C> =>
  absurd(contradiction(p, notP), goal)
