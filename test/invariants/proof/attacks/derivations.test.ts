/**
 * Derivations that mean to deceive: each concludes something that is false, and each is refused, with a message that says
 * why. The first ones were handed over by somebody who had broken an earlier kernel with them; the others were made up since.
 */
import { describe, expect, test } from 'vitest'
import {
  absurd,
  and,
  apply,
  assume,
  audit,
  both,
  byCases,
  cases,
  check,
  congruence,
  contradiction,
  equal,
  falsum,
  first,
  given,
  iff,
  implies,
  inLeft,
  name,
  nextPlace,
  not,
  or,
  refl,
  refute,
  second,
  substitute,
  suppose,
  symm,
  takingApart,
  term,
  theorem,
  trans,
  vocabulary
} from '../../../../invariants/proof/kernel.js'
import type { False, Proof, Rule } from '../../../../invariants/proof/kernel.js'
import { sequences } from '../../../../invariants/proof/sequences.js'
import { about, anything, attempt, listsOfNumbers, refusal } from './words.js'
import type { Ls, Num } from './words.js'

/** A theorem of something false, by some derivation. */
const falsely = (derivation: () => unknown, whose = about(listsOfNumbers().words)) =>
  attempt(whose, () =>
    given()
      .infer(falsum)
      .by(derivation as () => never)
  )

/** The hypothesis of a branch, taken out of it. */
const leaked = (): Proof<False> => {
  const out: Array<Proof<False>> = []
  refute(not(falsum), (h) => {
    out.push(h)
    return h
  })
  return out[0]!
}

describe('a hypothesis does not leave its branch,', () => {
  test.each<readonly [string, () => unknown, string]>([
    ['as it is', leaked, 'the hypothesis «⊥» is used outside its branch'],
    [
      'with another record of how it was had',
      () => Object.assign(leaked(), { origin: { _tag: 'Checked' } }),
      'Cannot add property origin, object is not extensible'
    ],
    [
      'as a proxy',
      () => new Proxy(leaked(), { getPrototypeOf: () => null, get: (h, key): unknown => Reflect.get(h, key) }),
      'wanted a proof of «⊥», got something that is no proof'
    ],
    [
      'as a proxy that was used inside it',
      () => {
        const out: unknown[] = []
        refute(not(falsum), (h) => {
          out.push(first(both(new Proxy(h, {}), new Proxy(h, {}))))
          return h
        })
        return out[0]
      },
      'wanted a proof, got something that is no proof'
    ],
    ['as a copy', () => Object.create(leaked()) as unknown, 'got something that is no proof'],
    ['as a structured copy', () => Object.fromEntries(Object.entries(leaked())), 'got something that is no proof'],
    [
      'by what follows from it',
      () => {
        const out: unknown[] = []
        refute(not(falsum), (h) => {
          out.push(first(both(h, h)))
          return h
        })
        return out[0]
      },
      'the hypothesis «⊥» is used outside its branch'
    ],
    [
      'in a branch of the same kind',
      () => {
        const h = leaked()
        return byCases(
          falsum,
          (p) => p,
          () => h
        )
      },
      'the hypothesis «⊥» is used outside its branch'
    ],
    [
      'in a branch with the same hypothesis',
      () => {
        const h = leaked()
        refute(not(falsum), () => h)
        return h
      },
      'the hypothesis «⊥» is used outside its branch'
    ],
    [
      'from one case to the other',
      () => {
        const out: Array<Proof<False>> = []
        return byCases(
          falsum,
          (p) => {
            out.push(p)
            return p
          },
          () => out[0]!
        )
      },
      'the hypothesis «⊥» is used outside its branch'
    ],
    [
      'from the case that comes second into the first, which is written again',
      () => {
        const out: unknown[] = []
        const split = () =>
          byCases(
            falsum,
            (p) => p,
            (notP) => {
              out.push(notP)
              return absurd(contradiction(leaked(), notP), falsum)
            }
          )
        return split()
      },
      'the hypothesis «⊥» is used outside its branch'
    ],
    [
      'after its branch has thrown',
      () => {
        const out: Array<Proof<False>> = []
        try {
          refute(not(falsum), (h) => {
            out.push(h)
            throw new Error('out of it')
          })
        } catch {
          // That the branch is left is what is tried.
        }
        return out[0]
      },
      'the hypothesis «⊥» is used outside its branch'
    ],
    [
      'through a getter of what is returned',
      () => {
        const h = leaked()
        return Object.defineProperty({}, 'proposition', { get: () => h })
      },
      'got something that is no proof'
    ],
    [
      'by a supposition of something else',
      () => {
        const out: Array<Proof<False>> = []
        suppose(implies(falsum, falsum), (h) => {
          out.push(h)
          return h
        })
        return apply(suppose(implies(not(falsum), falsum), () => out[0]!) as never, leaked() as never)
      },
      'the hypothesis «⊥» is used outside its branch'
    ]
  ])('%s', (_, derivation, why) => {
    expect(refusal(falsely(derivation))).toContain(why)
  })
})

describe('what is no proof is not taken for one:', () => {
  test.each<readonly [string, () => unknown, string]>([
    ['nothing', () => undefined, 'got one of «nothing»'],
    ['an object with the fields of one', () => ({ proposition: falsum, origin: { _tag: 'Checked' } }), 'no proof'],
    ['a proposition', () => falsum, 'no proof'],
    ['the prototype of proofs', () => Object.getPrototypeOf(leaked()) as unknown, 'no proof'],
    [
      'what the constructor of a proof makes',
      () => {
        const { constructor } = leaked() as unknown as { readonly constructor: new () => unknown }
        return new constructor()
      },
      'got something that is no proof'
    ],
    ['an assumption', () => assume(falsum, 'why not'), 'a derivation assumes «⊥»'],
    ['a decision', () => check(not(falsum)), 'a derivation decides'],
    ['an audit', () => audit(() => 1), 'a derivation audits nothing'],
    ['a promise', () => Promise.resolve(1), 'no proof'],
    ['an asynchronous derivation', async () => Promise.resolve(leaked()), 'no proof'],
    [
      'an asynchronous branch',
      () => refute(not(falsum), (async (h: unknown) => Promise.resolve(h)) as never),
      'no proof'
    ],
    [
      'a generator',
      function* () {
        yield leaked()
      },
      'no proof'
    ],
    [
      'an error',
      () => {
        throw new Error('I give up')
      },
      'I give up'
    ],
    [
      'a thing that is thrown',
      () => {
        throw 7
      },
      '7'
    ]
  ])('%s', (_, derivation, why) => {
    expect(refusal(falsely(derivation))).toContain(why)
  })

  test('a proof about values, had before', () => {
    const outside = assume(falsum, 'outside')
    expect(refusal(falsely(() => outside))).toContain('«⊥» was proved outside of the derivation')
  })

  test('a proof from another derivation', () => {
    const kept: unknown[] = []
    const keeping = attempt(about(listsOfNumbers().words), () =>
      given(falsum)
        .infer(falsum)
        .by((p) => {
          kept.push(p)
          return p
        })
    )
    expect(refusal(keeping)).toBe('DERIVED ⊥')
    expect(refusal(falsely(() => kept[0]))).toContain('«⊥» was proved outside of the derivation')
    expect(refusal(falsely(() => first(both(anything(kept[0]), anything(kept[0])))))).toContain(
      'outside of the derivation'
    )
  })

  test('a derivation that goes on when it is finished', async () => {
    const later: Array<() => unknown> = []
    const theory = attempt(about(listsOfNumbers().words), () =>
      given(falsum)
        .infer(falsum)
        .by((p) => {
          later.push(() => both(p, p))
          return p
        })
    )
    expect(refusal(theory)).toBe('DERIVED ⊥')
    await Promise.resolve()
    expect(() => later[0]!()).toThrow('a step of a derivation is no proof about values')
  })
})

describe('theorems stand in an order:', () => {
  test('none is derived from itself', () => {
    const lemma: () => Rule<[], False> = theorem(about(listsOfNumbers().words))(() =>
      given()
        .infer(falsum)
        .by(() => lemma()())
    )
    expect(refusal(lemma)).toContain('its derivation uses the theorem itself')
  })

  test('nor two from each other', () => {
    const { words } = listsOfNumbers()
    const there: () => Rule<[], False> = theorem({ ...about(words), name: 'there' })(() =>
      given()
        .infer(falsum)
        .by(() => back()())
    )
    const back: () => Rule<[], False> = theorem({ ...about(words), name: 'back' })(() =>
      given()
        .infer(falsum)
        .by(() => there()())
    )
    for (const one of [there, back])
      expect(refusal(one)).toBe('there: its derivation uses «back», which is not declared before it')
  })

  test('an endless series of new ones is refused: each is declared after the one that uses it', () => {
    const { words } = listsOfNumbers()
    const next = (): (() => Rule<[], False>) =>
      theorem(about(words))(() =>
        given()
          .infer(falsum)
          .by(() => next()()())
      )
    expect(refusal(next())).toMatch(/its derivation uses «attack \d+», which is not declared before it/)
  })

  test('a place cannot be made up, nor used by two', () => {
    const { words } = listsOfNumbers()
    for (const place of [0, Number.NaN, -Infinity, {}, Object.create(nextPlace() as object), { valueOf: () => -1 }])
      expect(() => attempt({ ...about(words), place: place as never }, () => given().infer(falsum))).toThrow(
        'its place is none that was given by nextPlace()'
      )
    // Two theorems of one place cannot use each other, or themselves.
    const place = nextPlace()
    const one: () => Rule<[], False> = theorem({ ...about(words), place })(() =>
      given()
        .infer(falsum)
        .by(() => other()())
    )
    const other: () => Rule<[], False> = theorem({ ...about(words), place })(() =>
      given()
        .infer(falsum)
        .by(() => one()())
    )
    expect(refusal(one)).toContain('which is not declared before it')
  })

  test('a theorem whose derivation was refused proves nothing, then and later', () => {
    const { words } = listsOfNumbers()
    const bad: () => Rule<[], False> = theorem({ ...about(words), name: 'bad' })(() =>
      given()
        .infer(falsum)
        .by(() => leaked())
    )
    const user = () =>
      falsely(() => {
        try {
          return bad()()
        } catch {
          return bad()()
        }
      }, about(words))
    expect(refusal(bad)).toContain('the hypothesis «⊥» is used outside its branch')
    expect(refusal(user())).toContain('the hypothesis «⊥» is used outside its branch')
    expect(() => bad()()).toThrow('the hypothesis «⊥» is used outside its branch')
  })

  test('a theorem is not used while it is stated', () => {
    const { words } = listsOfNumbers()
    const known = theorem(about(words))((): Rule<[], False> => given().infer(falsum))
    const lemma = attempt(about(words), () => {
      known()()
      return given().infer(falsum)
    })
    expect(refusal(lemma)).toContain('a statement uses the theorem')
  })

  test('a theorem that was applied in one derivation is not used in another', () => {
    const { words } = listsOfNumbers()
    const id = theorem(about(words))(() =>
      given(falsum)
        .infer(falsum)
        .by((p) => p)
    )
    const kept: Array<Rule<[False], False>> = []
    const one = attempt(about(words), () =>
      given(falsum)
        .infer(falsum)
        .by((p) => {
          kept.push(id())
          return p
        })
    )
    expect(refusal(one)).toBe('DERIVED ⊥')
    expect(refusal(falsely(() => kept[0]!(anything(leaked())), about(words)))).toContain(
      'is used outside of the derivation that it was applied in'
    )
  })

  test('two theorems cannot share what they are about', () => {
    const shared = about(listsOfNumbers().words)
    theorem(shared)(() =>
      given(falsum)
        .infer(falsum)
        .by((p) => p)
    )
    expect(() => theorem(shared)((): Rule<[], False> => given().infer(falsum))).toThrow('has two theorems of the name')
  })
})

describe('an induction hypothesis is for shorter lists, in its own derivation:', () => {
  test('not for another theorem', () => {
    const { L, words } = listsOfNumbers()
    const selves: Array<(l: Ls<never>) => Rule<[], False>> = []
    const lemma = theorem(about(words, 'l'))(
      <l>(l: Ls<l>) => given(L.equal(l, l)).infer(falsum),
      'l',
      (self) => (l) => {
        selves.push(((x: Ls<never>) => self(x)) as never)
        return self(l).by((p) => self(l)(p))
      }
    )
    expect(refusal(lemma)).toContain('the induction hypothesis is used for something not smaller than «l»')
    const user = falsely(() => selves[0]!(L.nil as never)(), about(words))
    expect(refusal(user)).toContain('the induction hypothesis is used outside its derivation')
  })

  test('not for the empty list, a constant, or a longer list', () => {
    const { L, words, number } = listsOfNumbers()
    const zero = words.constant('zero', number, 0)
    const using = (smaller: (l: Ls<'l'>) => unknown) =>
      theorem(about(words, 'l'))(
        <l>(l: Ls<l>) => given(L.equal(l, l)).infer(falsum),
        'l',
        (self) => (l) =>
          self(l).by(() => {
            const part = smaller(l as never) as typeof l
            return self(part)(refl(L.equal(part, part)))
          })
      )
    for (const smaller of [() => L.nil, (l: Ls<'l'>) => l, (l: Ls<'l'>) => L.cons(zero, l)])
      expect(refusal(using(smaller))).toContain('is used for something not smaller than «l»')
  })

  test('not by an equation that was only supposed to hold of something else', () => {
    const { L, words, number } = listsOfNumbers()
    const zero = words.constant('zero', number, 0)
    // l = cons(zero, l) is never so, and a branch in which it is supposed proves nothing outside of it.
    const lemma = theorem(about(words, 'l'))(
      <l>(l: Ls<l>) => given(L.equal(l, l)).infer(falsum),
      'l',
      (self) => (l) =>
        self(l).by((p) =>
          byCases(
            L.equal(l, L.cons(zero, l) as never),
            () => self(l)(p),
            () => self(l)(p)
          )
        )
    )
    expect(refusal(lemma)).toContain('is used for something not smaller than «l»')
  })

  test('not on a variable that is no list', () => {
    const { words, same } = listsOfNumbers()
    const lemma = theorem(about(words, 'n'))(
      <n>(n: Num<n>) => given(same(n, n)).infer(falsum),
      'n',
      (self) => (n) => self(n).by((p) => self(n)(p))
    )
    expect(refusal(lemma)).toContain('«n» is not a list')
  })
})

describe('sorts may be empty:', () => {
  test('the head of a list does not leave its case', () => {
    const words = vocabulary('an empty sort')
    interface Empty {
      readonly none: never
    }
    const empty = words.sort<Empty>('Empty', { equals: () => true })
    const E = takingApart(words.lists(empty, { equals: (a, b) => a.length === b.length }))
    const same = equal(empty)
    const vacuous = theorem(about(words, 'x'))((x: any) => given(same(x, x)).infer(falsum))
    const lemma = attempt(about(words, 'l'), ((l: never) =>
      given(E.equal(l, l))
        .infer(falsum)
        .by(() => {
          const out: unknown[] = []
          E.fromLeft(
            l,
            () => refl(E.equal(l, l)),
            (x) => {
              out.push(x)
              return refl(E.equal(l, l))
            }
          )
          return vacuous(out[0])(refl(same(out[0] as never, out[0] as never) as never))
        })) as never)
    expect(refusal(lemma)).toContain('«head(l)» is used outside its branch')
  })

  test('a variable that is not spoken of has no sort, so that nothing can be said of all of it', () => {
    const lemma = attempt(about(listsOfNumbers().words, 'x'), () => given().infer(falsum))
    expect(refusal(lemma)).toContain('what is stated says nothing of «x», so that its sort is not known')
  })

  test('a term of another sort is none of this one', () => {
    const { L, words, same } = listsOfNumbers()
    const lemma = attempt(about(words, 'l', 'n'), ((l: never, n: never) =>
      given(L.equal(l, l), same(n, n))
        .infer(falsum)
        .by(() => refl(same(l, n)) as never)) as never)
    expect(refusal(lemma)).toContain('«l» is of the sort list of Number, not of Number')
  })
})

describe('words are themselves, and not their names:', () => {
  test('what is in a list up to parity need not be in it', () => {
    const words = vocabulary('numbers')
    const parity = words.sort<number>('Number up to parity', { equals: (a, b) => a % 2 === b % 2 })
    const value = words.sort<number>('Number', { equals: (a, b) => a === b })
    const [byParity, byValue] = [sequences('by parity', parity, words), sequences('by value', value, words)]
    const all = vocabulary('both', byParity.vocabulary, byValue.vocabulary)
    const lemma = attempt(about(all, 'x', 'l'), ((x: never, l: never) =>
      given(byParity.isIn(x, l))
        .infer(byValue.isIn(x, l))
        .by((p) => p as never)) as never)
    expect(refusal(lemma)).toContain('is of the sort')
  })

  test('two words of one name are refused within a vocabulary, two sorts and two constants, too', () => {
    const { words, number } = listsOfNumbers()
    words.predicate('odd', [number], (n) => n % 2 === 1)
    expect(() => words.predicate('odd', [number], () => true)).toThrow('has two words of the name «odd»')
    expect(() => words.lift('odd', [number], number, (n) => n)).toThrow('has two words of the name «odd»')
    expect(() => words.lift('cons', [number], number, (n) => n)).toThrow('has two words of the name «cons»')
    expect(() => words.constant('odd', number, 1)).toThrow('has two words of the name «odd»')
    expect(() => words.sort('Number')).toThrow('has two sorts of the name «Number»')
    expect(() => words.predicate({ toString: () => 'even' } as never, [number], () => true)).toThrow(
      'a name must be a string'
    )
  })

  test('two vocabularies may have words of one name, which are two', () => {
    const { words, number } = listsOfNumbers()
    const [one, other] = [vocabulary('one', words), vocabulary('other', words)]
    const [weak, strong] = [
      one.predicate('odd', [number], () => true),
      other.predicate('odd', [number], (n) => n % 2 === 1)
    ]
    const lemma = attempt(about(vocabulary('all', one, other), 'n'), ((n: never) =>
      given(weak(n))
        .infer(strong(n) as never)
        .by((p) => p as never)) as never)
    expect(refusal(lemma)).toContain('wanted a proof of «odd@other(n)», got one of «odd@one(n)»')
  })

  test('a variable that is called what a constant is called is not that constant', () => {
    const { L, words } = listsOfNumbers()
    const lemma = attempt(about(words, 'nil'), ((l: never) => {
      const goal = L.equal(term('nil', l), L.nil)
      return given()
        .infer(goal)
        .by(() => refl(goal as never) as never)
    }) as never)
    expect(refusal(lemma)).toContain('refl: «nil#2» and «nil» are not the same term')
  })

  test('two variables of one name are two', () => {
    const { L, words } = listsOfNumbers()
    const lemma = attempt(about(words, 'x', 'x'), ((x: never, y: never) =>
      given()
        .infer(L.equal(x, y))
        .by(() => refl(L.equal(x, y) as never))) as never)
    expect(refusal(lemma)).toContain('refl: «x» and «x#2» are not the same term')
  })

  test('a predicate whose name reads like a conjunction is none', () => {
    const { words, number, same } = listsOfNumbers()
    const odd = words.predicate('(x = y) ∧ fine', [number], () => true)
    const always = theorem(about(words, 'x'))(<x>(x: Num<x>) => given().infer(odd(x)))
    const lemma = attempt(about(words, 'x', 'y'), ((x: never, y: never) =>
      given()
        .infer(and(same(x, y), odd(y)))
        .by(() => both(first(always(x)() as never), always(y)()) as never)) as never)
    expect(refusal(lemma)).toContain('«‹(x = y) ∧ fine›(x)» has no such part')
  })

  test('a word of a vocabulary that is not included is not known', () => {
    const { words, number } = listsOfNumbers()
    const odd = vocabulary('more', words).predicate('odd', [number], (n) => n % 2 === 1)
    const lemma = attempt(about(words, 'x'), ((x: never) => given().infer(odd(x))) as never)
    expect(refusal(lemma)).toContain('«odd» is a word of the vocabulary more, which lists of numbers does not include')
  })

  test('a theorem of one instance says nothing of another', () => {
    const [here, there] = [listsOfNumbers(), listsOfNumbers()]
    const empty = theorem(about(there.words, 'l'))(<l>(l: Ls<l>) => given().infer(there.L.equal(l, there.L.nil)))
    const lemma = attempt(about(here.words, 'l'), ((l: never) =>
      given()
        .infer(here.L.equal(l, here.L.nil))
        .by(() => empty(l)() as never)) as never)
    expect(refusal(lemma)).toContain(
      '«nil» is a word of the vocabulary lists of numbers, which lists of numbers does not include'
    )
    const absurdity = theorem(about(there.words))((): Rule<[], False> => given().infer(falsum))
    expect(refusal(falsely(() => absurdity()(), about(here.words)))).toContain(
      'speaks of lists of numbers, which lists of numbers does not include'
    )
  })
})

describe('values', () => {
  test('that are not equal to themselves are outside of every sort', () => {
    const { words, number, same } = listsOfNumbers()
    const reflexive = theorem(about(words, 'x'))(<x>(x: Num<x>) =>
      given()
        .infer(same(x, x))
        .by(() => refl(same(x, x)))
    )
    expect(refusal(reflexive)).toBe('DERIVED x = x')
    const nan = term('x', Number.NaN)
    for (const use of [
      () => reflexive(nan)(),
      () => same(nan, nan),
      () => refl(same(nan, nan)),
      () => words.constant('nan', number, Number.NaN),
      () => vocabulary('w').constant('nan', vocabulary('v').sort<number>('Number'), Number.NaN)
    ])
      expect(use).toThrow('a value is not equal to itself')
  })

  test('of a derivation cannot be looked into, compared, or listed', () => {
    const { L, words } = listsOfNumbers()
    const looking = (look: (l: List_) => unknown) =>
      attempt(about(words, 'l'), ((l: never) =>
        given(L.equal(l, l))
          .infer(falsum)
          .by((p) => {
            look(l)
            return p as never
          })) as never)
    type List_ = ReadonlyArray<number>
    for (const look of [
      (l: List_) => l.length,
      (l: List_) => [...l],
      (l: List_) => 'length' in l,
      (l: List_) => Object.keys(l),
      (l: List_) => Object.getPrototypeOf(l) as unknown,
      (l: List_) => JSON.stringify(l),
      (l: List_) => String(l),
      (l: List_) => Object.assign(l, { length: 1 }),
      (l: List_) => Object.isFrozen(l)
    ])
      expect(refusal(looking(look))).toContain('a derivation looks into the value of «l»')
  })

  test('that have no name are in no derivation', () => {
    const { L, words } = listsOfNumbers()
    const lemma = attempt(about(words, 'l'), ((l: never) =>
      given()
        .infer(L.equal(l, L.nil))
        .by(() => refl(L.equal([1] as never, [1] as never) as never) as never)) as never)
    expect(refusal(lemma)).toContain('a derivation uses a value that has no name among those of the sort')
  })

  test('a symbol is no value, and does not outlive its derivation', () => {
    const { L, words } = listsOfNumbers()
    const kept: unknown[] = []
    const keeping = attempt(about(words, 'l'), ((l: never) => {
      kept.push(l)
      return given(L.equal(l, l)).infer(L.equal(l, l))
    }) as never)
    expect(refusal(keeping)).toBe('not derived')
    expect(() => L.equal(kept[0] as never, L.nil)).toThrow('is used outside of the derivation that it belongs to')
    expect(() => L.cons(1 as never, kept[0] as never)).toThrow('a symbol of a derivation is no value')
    expect(() => words.constant('l', L.sort, kept[0] as never)).toThrow('a symbol of a derivation is no value')
    const using = attempt(about(words, 'm'), ((m: never) => given().infer(L.equal(m, kept[0] as never))) as never)
    expect(refusal(using)).toContain('«l» is used outside of the derivation that it belongs to')
  })
})

describe('the rules are what they are called:', () => {
  const { L, words, number, same } = listsOfNumbers()
  const odd = words.predicate('odd', [number], (n) => n % 2 === 1)
  const succ = words.lift('succ', [number], number, (n) => n + 1)
  const parity = words.lift('parity', [number], number, (n) => n % 2)
  const on = (derivation: (x: any, y: any, eq: any, p: any) => unknown) =>
    refusal(
      attempt(about(words, 'x', 'y'), ((x: never, y: never) =>
        given(same(parity(x), parity(y)), odd(x))
          .infer(falsum)
          .by(((eq: unknown, p: unknown) => derivation(x, y, eq, p)) as never)) as never)
    )

  test.each<readonly [string, Parameters<typeof on>[0], string]>([
    ['functions are not injective', (x, y, eq) => congruence(same(x, y) as never, eq as never), 'not one function'],
    [
      'an equation does not carry to other terms',
      (x, y, eq, p) => substitute(odd(y) as never, p as never, eq as never),
      '«parity(x)» and «x» are not the same term'
    ],
    [
      'nor backwards',
      (x, _y, eq) => trans(eq as never, eq as never) && x,
      'trans: «parity(y)» and «parity(x)» are not the same term'
    ],
    [
      'nor to another predicate',
      (x, _y, eq, p) => substitute(same(x, x) as never, p as never, eq as never),
      'not one predicate'
    ],
    ['of two things one alone does not follow', (x, _y, _eq, p) => first(p as never) && x, 'has no such part'],
    [
      'nor one of two from either',
      (x, _y, _eq, p) => second(inLeft(p as never, falsum) as never) && x,
      'has no such part'
    ],
    ['what follows needs its premise', (x, _y, _eq, p) => apply(iff(odd(x), odd(x)) as never, p as never), 'no proof'],
    [
      'not both cases of what is no alternative',
      (_x, _y, _eq, p) =>
        cases(
          p as never,
          (q) => q,
          (q) => q
        ),
      'has no such part'
    ],
    ['symmetry is for equations', (_x, _y, _eq, p) => symm(p as never), 'is not an equation'],
    [
      'absurdity is from what is false',
      (_x, _y, _eq, p) => absurd(p as never, falsum),
      'absurd: wanted a proof of «⊥»'
    ],
    [
      'a refutation is of what it supposes',
      (x, y, _eq, p) =>
        contradiction(
          p as never,
          refute(not(odd(y)), (q) => contradiction(q, refute(not(odd(x)) as never, anything)) as never) as never
        ),
      'wanted a proof of'
    ],
    ['a rule takes no more premises than it has', (_x, _y, _eq, p) => rule(p, p), 'it has 1 premises, not 2'],
    ['nor fewer', () => rule(), 'got one of «nothing»'],
    ['a statement proves nothing', () => (given().infer(falsum) as () => unknown)(), 'stated, but not as a theorem'],
    ['a name is nothing', (x) => name(x, (fresh) => refl(same(fresh, succ(fresh) as never))), 'are not the same term'],
    ['an alternative is not its parts', (x, y) => refl(or(odd(x), odd(y)) as never), 'is not an equation'],
    [
      'a list that is split is one',
      (x) =>
        L.fromLeft(
          x as never,
          () => falsum as never,
          () => falsum as never
        ),
      'is of the sort Number, not of list of Number'
    ]
  ])('%s', (_, derivation, why) => {
    expect(on(derivation)).toContain(why)
  })

  const id = theorem(about(words))(() =>
    given(falsum)
      .infer(falsum)
      .by((p) => p)
  )
  const rule = (...proofs: unknown[]): unknown => (id() as (...all: unknown[]) => unknown)(...proofs)
})

describe('an audit', () => {
  test('decides what it says: nothing asynchronous', () => {
    expect(() => audit(async () => Promise.resolve(1))).toThrow('an audit cannot be asynchronous')
  })

  test('nor from another run', () => {
    const { L, words } = listsOfNumbers()
    const id = theorem(about(words, 'l'))(<l>(l: Ls<l>) =>
      given(L.equal(l, L.nil))
        .infer(L.equal(l, L.nil))
        .by((p) => p)
    )
    const l = term('l', [])
    const outside = assume(L.equal(l, L.nil), 'outside')
    expect(() => audit(() => id(l)(outside))).toThrow('was had outside of the audit')
    const kept: unknown[] = []
    audit(() => kept.push(assume(L.equal(l, L.nil), 'inside')))
    expect(() => audit(() => id(l)(kept[0] as never))).toThrow('was had outside of the audit')
  })

  test('nor of values that change', () => {
    const { L } = listsOfNumbers()
    const l = [] as number[]
    expect(() =>
      audit(() => assume(L.equal(term('l', l as ReadonlyArray<number>), L.nil), 'so far') && l.push(1))
    ).toThrow('«l = nil» held when it was proved, and no longer does')
  })
})
