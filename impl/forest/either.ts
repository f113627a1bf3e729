/**
 * Constructors of fp-ts's `Either`. They are its own to the letter; importing them from fp-ts would add a dozen of its
 * modules, and more than its whole size, to the library.
 */
import type { Either } from 'fp-ts/lib/Either.js'

/** A failure. */
export const left = <E>(e: E): Either<E, never> => ({ _tag: 'Left', left: e })

/** A success. */
export const right = <A>(a: A): Either<never, A> => ({ _tag: 'Right', right: a })
