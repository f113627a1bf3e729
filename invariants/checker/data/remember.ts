/**
 * Functions that remember: the specification is pure, so what it has answered once it need not be asked again.
 */
import type { Names } from './names.js'

/** The same function of plain data, computed once for each distinct argument; it answers with representatives. */
export const remember = <A extends object, B>(f: (a: A) => B, names: Names): ((a: A) => B) => {
  const answers = new Map<number, { readonly answer: B }>()
  return (a) => {
    const name = names.of(a)
    const known = answers.get(name)
    if (known !== undefined) return known.answer
    const answer = names.one(f(a))
    answers.set(name, { answer })
    return answer
  }
}

/** The same function of two pieces of plain data, computed once for each distinct pair; it answers with representatives. */
export const rememberPair = <A extends object, B extends object, C>(
  f: (a: A, b: B) => C,
  names: Names
): ((a: A, b: B) => C) => {
  const answers = new Map<number, (b: B) => C>()
  return (a, b) => {
    const name = names.of(a)
    let withFirst = answers.get(name)
    if (withFirst === undefined) {
      withFirst = remember((second: B) => f(a, second), names)
      answers.set(name, withFirst)
    }
    return withFirst(b)
  }
}
