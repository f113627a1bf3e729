/**
 * Packages: values with a proof of what holds of them, their names forgotten. A convenience of types; no derivation uses it.
 */
import type { Holds, Named, Proof } from './kernel.js'

declare const OF: unique symbol

/** An `A` that satisfies the predicate `K`; its name is forgotten, so that it can be stored and returned. */
export class Such<A, in out K extends string> {
  declare readonly [OF]: (k: K) => K
  readonly #opened: <R>(body: <N>(a: Named<A, N>, p: Proof<Holds<K, [N]>>) => R) => R
  private constructor(
    readonly forget: A,
    opened: <R>(body: <N>(a: Named<A, N>, p: Proof<Holds<K, [N]>>) => R) => R
  ) {
    this.#opened = opened
  }
  /** Packs a value with the proof that it satisfies the predicate. */
  static pack<A, K extends string, N>(a: Named<A, N>, p: Proof<Holds<K, [N]>>): Such<A, K> {
    return new Such<A, K>(a, (body) => body(a, p))
  }
  /** Uses the value and the proof, under a fresh name. */
  open<R>(body: <N>(a: Named<A, N>, p: Proof<Holds<K, [N]>>) => R): R {
    return this.#opened(body)
  }
}
