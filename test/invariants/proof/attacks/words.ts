/** What the attacks share: words for lists of numbers, and how a theorem is attempted. */
import { derive, equal, takingApart, theorem, theoremOf, vocabulary } from '../../../../invariants/proof/kernel.js'
import type { About, AnyRule, False, Named, Proof, Stating, Theorem } from '../../../../invariants/proof/kernel.js'

export type List = ReadonlyArray<number>
export type Ls<N> = Named<List, N>
export type Num<N> = Named<number, N>

/** A vocabulary of lists of numbers: each attack has one of its own. */
export const listsOfNumbers = () => {
  const words = vocabulary('lists of numbers')
  const number = words.sort<number>('Number', { equals: (a, b) => a === b })
  const L = takingApart(
    words.lists(number, { equals: (a, b) => a.length === b.length && a.every((n, i) => n === b[i]) })
  )
  return { words, number, L, same: equal(number) }
}

/** A vocabulary of numbers with a predicate that holds of 1 alone, for attacks that the compiler would refuse. */
export const someNumbers = (name: string) => {
  const words: any = vocabulary(name)
  const N: any = words.sort('N', { equals: (x: unknown, y: unknown) => x === y })
  const isOne: any = words.predicate('isOne', [N], (x: unknown) => x === 1)
  return { words, N, isOne, same: equal(N) as any }
}

let attempts = 0

/** What an attack calls its theorem. */
export const about = (words: About['vocabulary'], ...variables: ReadonlyArray<string>): About => ({
  name: `attack ${String((attempts += 1))}`,
  source: 'an attack',
  variables,
  vocabulary: words
})

/** The theorem that a function is. */
export const made = (f: unknown): Theorem => {
  const found = theoremOf(f)
  if (found === undefined) throw new Error('no theorem')
  return found
}

/** Attempts to derive a statement; says why it is refused. */
export const refusal = (f: unknown): string => {
  try {
    const proof = derive(made(f))
    return proof === undefined ? 'not derived' : `DERIVED ${proof.proposition.show}`
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^attack \d+: /, '') : String(error)
  }
}

/** A theorem of anything whatever, for attacks that the compiler would refuse. */
export const attempt = (whose: About, statement: (...terms: never[]) => unknown): unknown =>
  theorem(whose)(statement as Stating)

/** What is thrown away by the compiler. */
export const anything = (x: unknown): Proof<False> & AnyRule => x as never
