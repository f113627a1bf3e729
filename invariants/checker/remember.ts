/**
 * Functions that remember: the specification is pure, so what it has answered once it need not be asked again.
 */
import { canonical } from '../canonical.js'

/**
 * The same function, computed once for each distinct argument: plain data that is told apart by identity first, then by
 * its canonical text.
 */
export const remember = <A extends object, B>(f: (a: A) => B): ((a: A) => B) => {
  const byIdentity = new WeakMap<A, { readonly answer: B }>()
  const byText = new Map<string, { readonly answer: B }>()
  return (a) => {
    const known = byIdentity.get(a)
    if (known !== undefined) return known.answer
    const text = canonical(a)
    const found = byText.get(text) ?? { answer: f(a) }
    byText.set(text, found)
    byIdentity.set(a, found)
    return found.answer
  }
}
