/**
 * Named values, propositions and proofs, as the compiler sees them. Nothing rests on these types: they are there to tell a
 * writer where a premise is missing, or is about something else.
 */

declare const NAME: unique symbol
declare const PROP: unique symbol

/** An `A` that is known by the name `N`: usable as a plain `A`, but not as one with another name. */
export type Named<A, N> = A & { readonly [NAME]: (n: N) => N }

/** The name of what the function `F` gives for arguments with the names `Ns`. */
export interface App<F extends string, Ns extends ReadonlyArray<unknown>> {
  readonly [NAME]: (f: F, ns: Ns) => readonly [F, Ns]
}

/** Named values for a list of types. */
export type NamedAll<As extends ReadonlyArray<unknown>> = { readonly [I in keyof As]: Named<As[I], unknown> }

/** A function on named values: what it gives is named after the function and the names of its arguments. */
export type Lifted1<F extends string, A, R> = <N>(a: Named<A, N>) => Named<R, App<F, [N]>>
/** The same for two arguments. */
export type Lifted2<F extends string, A, B, R> = <N, M>(a: Named<A, N>, b: Named<B, M>) => Named<R, App<F, [N, M]>>
/** The same for three arguments. */
export type Lifted3<F extends string, A, B, C, R> = <N, M, L>(
  a: Named<A, N>,
  b: Named<B, M>,
  c: Named<C, L>
) => Named<R, App<F, [N, M, L]>>
/** The same for four arguments. */
export type Lifted4<F extends string, A, B, C, D, R> = <N, M, L, K>(
  a: Named<A, N>,
  b: Named<B, M>,
  c: Named<C, L>,
  d: Named<D, K>
) => Named<R, App<F, [N, M, L, K]>>

/** The predicate `K` holds of the values with these names. */
export interface Holds<K extends string, Ns extends ReadonlyArray<unknown>> {
  readonly [PROP]: (k: K, ns: Ns) => readonly [K, Ns]
}
/** Two values are equal. */
export interface Equal<N, M> {
  readonly [PROP]: (n: N, m: M) => readonly ['=', N, M]
}
export interface And<P, Q> {
  readonly [PROP]: (p: P, q: Q) => readonly ['and', P, Q]
}
export interface Or<P, Q> {
  readonly [PROP]: (p: P, q: Q) => readonly ['or', P, Q]
}
export interface Implies<P, Q> {
  readonly [PROP]: (p: P, q: Q) => readonly ['implies', P, Q]
}
export interface Not<P> {
  readonly [PROP]: (p: P) => readonly ['not', P]
}
/** What never holds. */
export interface False {
  readonly [PROP]: () => readonly ['false']
}
/** Each implies the other: what Coq's `reflect` says of a proposition and its test. */
export type Iff<P, Q> = And<Implies<P, Q>, Implies<Q, P>>
