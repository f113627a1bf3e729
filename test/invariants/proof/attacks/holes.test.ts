/**
 * Holes of the compiler, which gives a proof another type: what the kernel has is the step that it was. Of something false
 * it is no proof, and of what it proves it still is one.
 */
import { describe, expect, test } from 'vitest'
import { falsum, given, theorem, vocabulary } from '../../../../invariants/proof/kernel.js'
import type { AnyRule, False, Proof, Rule } from '../../../../invariants/proof/kernel.js'
import { about, attempt, refusal } from './words.js'

const words = vocabulary('numbers')
const number = words.sort<number>('Number', { equals: (a, b) => a === b })
const isSmall = words.predicate('isSmall', [number], (n) => n < 2)

type Any = any

/** What takes any proof for one of something false, as far as the compiler knows. */
type Hole = <P>(p: Proof<P>) => Proof<False>

function overloaded<P>(p: Proof<P>): Proof<False>
function overloaded(p: unknown): unknown {
  return p
}

const isFalse = (x: unknown): x is Proof<False> => x !== undefined

function assertFalse(_: unknown): asserts _ is Proof<False> {
  return
}

class Taking {
  put(_: unknown): void {
    return
  }
}
class Keeping extends Taking {
  readonly kept: Array<Proof<False>> = []
  override put(p: Proof<False>): void {
    this.kept.push(p)
  }
}

class Turning {
  #p: unknown
  get it(): Proof<False> {
    return overloaded(this.#p as Proof<unknown>)
  }
  set it(p: unknown) {
    this.#p = p
  }
}

class Late {
  p!: Proof<False>
  put(p: unknown): void {
    Object.assign(this, { p })
  }
}

interface ReadOnly {
  readonly p: unknown
}
interface Writable {
  p: unknown
}

const holes: ReadonlyArray<readonly [string, Hole]> = [
  ['overloads', overloaded],
  [
    'a type predicate',
    (p) => {
      const x: unknown = p
      if (isFalse(x)) return x
      throw new Error('never')
    }
  ],
  [
    'an assertion function',
    (p) => {
      const x: unknown = p
      assertFalse(x)
      return x
    }
  ],
  [
    'methods, which are bivariant',
    (p) => {
      const keeping = new Keeping()
      const taking: Taking = keeping
      taking.put(p)
      return keeping.kept[0]!
    }
  ],
  [
    'a set that is taken for one of anything',
    (p) => {
      const exact = new Set<Proof<False>>()
      const loose: Set<unknown> = exact
      loose.add(p)
      return [...exact][0]!
    }
  ],
  [
    'mutable lists, which are covariant',
    (p) => {
      const exact: Array<Proof<False>> = []
      const loose: unknown[] = exact
      loose.push(p)
      return exact[0]!
    }
  ],
  [
    'fields that are read only for one, and written by another',
    (p) => {
      const exact: { readonly p: Proof<False> } = { p: overloaded(p) }
      const loose: ReadOnly = exact
      const written: Writable = loose
      written.p = p
      return exact.p
    }
  ],
  [
    'a setter that takes more than the getter gives',
    (p) => {
      const turning = new Turning()
      turning.it = p
      return turning.it
    }
  ],
  [
    'definite assignment',
    (p) => {
      const late = new Late()
      late.put(p)
      return late.p
    }
  ],
  ['an assertion', (p) => p as unknown as Proof<False>],
  ['what may be anything', (p) => Reflect.get({ p }, 'p')],
  [
    'a function that was bound, and of which nothing is known',
    (p) => {
      const bound: Any = Function.prototype.bind.call((q: unknown) => q, undefined)
      return bound(p)
    }
  ],
  [
    'what is thrown',
    (p) => {
      try {
        throw p
      } catch (thrown: any) {
        return thrown
      }
    }
  ],
  [
    'a generator, which takes anything',
    (p) => {
      const steps = (function* (): Generator<undefined, Proof<False>> {
        const given: Any = yield undefined
        return given
      })()
      steps.next()
      return (steps as Any).next(p).value
    }
  ],
  [
    'an index of whatever name',
    (p) => {
      const known: Record<string, any> = { p }
      return known['p']
    }
  ],
  [
    'what was found before a function changed it',
    (p) => {
      const it: { p: Proof<False> | Proof<any> } = { p: overloaded(p) }
      const change = () => (it.p = p)
      change()
      return it.p
    }
  ]
]

describe.each(holes)('%s', (_, hole) => {
  test('makes no proof of something false', () => {
    const lemma = attempt(about(words, 'n'), ((n: never) =>
      given(isSmall(n))
        .infer(falsum)
        .by((p) => hole(p))) as never)
    expect(refusal(lemma)).toBe('wanted a proof of «⊥», got one of «isSmall(n)»')
  })

  test('leaves a proof what it was', () => {
    const lemma = attempt(about(words, 'n'), ((n: never) =>
      given(isSmall(n))
        .infer(isSmall(n))
        .by((p) => hole(p) as never)) as never)
    expect(refusal(lemma)).toBe('DERIVED isSmall(n)')
  })
})

describe('a type that says less than the statement', () => {
  test('of a variable that is never assigned is no proof', () => {
    let p!: Proof<False>
    const lemma = attempt(about(words), () =>
      given()
        .infer(falsum)
        .by(() => p)
    )
    expect(refusal(lemma)).toBe('wanted a proof of «⊥», got one of «nothing»')
  })

  test.each<readonly [string, () => () => Proof<False>]>([
    [
      'a rule of no known kind',
      theorem(about(words))((): AnyRule => given(falsum).infer(falsum)) as unknown as () => () => Proof<False>
    ],
    [
      'premises that are a list of unknown length',
      theorem(about(words))(() => given<ReadonlyArray<False>>(falsum).infer(falsum)) as () => Rule<
        ReadonlyArray<False>,
        False
      >
    ]
  ])('%s: the premise is wanted all the same', (_, id) => {
    const lemma = attempt(about(words), () =>
      given()
        .infer(falsum)
        .by(() => id()())
    )
    expect(refusal(lemma)).toMatch(/^attack \d+: wanted a proof of «⊥», got one of «nothing»$/)
    // What it says is that something false follows from something false.
    expect(() => id()()).toThrow('this is no proof')
  })

  test('a proof of one number is none of another, whatever it is called', () => {
    const lemma = attempt(about(words, 'n', 'm'), ((n: never, m: never) =>
      given(isSmall(n))
        .infer(isSmall(m))
        .by((p) => p)) as never)
    expect(refusal(lemma)).toBe('wanted a proof of «isSmall(m)», got one of «isSmall(n)»')
  })
})
