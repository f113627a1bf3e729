/**
 * Derivations by induction: for which lists the theorem itself may be used, where.
 */
import { describe, expect, test } from 'vitest'
import { checkDerivations } from '../../../invariants/proof/check/index.js'
import { explain, lines } from '../../../invariants/proof/explain.js'
import {
  absurd,
  both,
  byCases,
  cases,
  congruence,
  derive,
  equal,
  exported,
  falsum,
  first,
  given,
  inLeft,
  name,
  or,
  refl,
  second,
  symm,
  term,
  takingApart,
  theorem,
  trans,
  Unsound,
  vocabulary
} from '../../../invariants/proof/kernel.js'
import type { Named, Proof } from '../../../invariants/proof/kernel.js'
import { about as aboutSets, made, stolen } from './attempts.js'

describe('induction', () => {
  type List<L> = Named<ReadonlyArray<number>, L>
  const words = vocabulary('lists of numbers')
  const numbers = words.sort<number>('Number', { equals: (a, b) => a === b })
  const L = takingApart(
    words.lists(numbers, { equals: (a, b) => a.length === b.length && a.every((n, i) => n === b[i]) })
  )
  const same = equal(numbers)
  const about = (variables: string) => ({ ...aboutSets(variables), vocabulary: vocabulary('attempts', words) })
  const double = <Xs>(l: Named<ReadonlyArray<number>, Xs>) => L.equal(l, l)
  /** By induction on l, where the induction hypothesis is used for what is chosen. */
  const attempt = (end: 'fromLeft' | 'fromRight', smaller: 'rest' | 'all') =>
    theorem(about('l'))(
      <Xs>(l: Named<ReadonlyArray<number>, Xs>) => given().infer(double(l)),
      'l',
      (self) => (l) =>
        self(l).by(() => {
          const step = (rest: typeof l) => {
            self(smaller === 'rest' ? rest : l)()
            return refl(double(l))
          }
          return end === 'fromLeft'
            ? L.fromLeft(
                l,
                () => refl(double(l)),
                (_x, rest) => step(rest as never)
              )
            : L.fromRight(
                l,
                () => refl(double(l)),
                (rest) => step(rest as never)
              )
        })
    )

  test('may use the theorem for a part of the list', () => {
    expect(derive(made(attempt('fromLeft', 'rest')))?.proposition.show).toBe('l = l')
    expect(derive(made(attempt('fromRight', 'rest')))?.proposition.show).toBe('l = l')
  })

  test('may not use it for the list itself', () => {
    for (const end of ['fromLeft', 'fromRight'] as const)
      expect(() => derive(made(attempt(end, 'all')))).toThrow(
        'attempt: the induction hypothesis is used for something not smaller than «l»'
      )
  })

  /** Derives by induction on l that it is equal to itself, beside a list m; the theorem is used as one likes. */
  const using =
    (use: (self: (smaller: unknown) => Proof<never>, l: List<'l'>, m: List<'m'>) => unknown) =>
    (): Proof<unknown> | undefined => {
      const attempt = theorem(about('l m'))(
        <A, B>(l: List<A>, m: List<B>) => given(double(m)).infer(double(l)),
        'l',
        (self) => (l, m) =>
          self(l, m).by((p) => {
            use((smaller) => self(smaller as never, m)(p) as never, l as never, m as never)
            return refl(double(l))
          })
      )
      return derive(made(attempt))
    }

  test('may use it for a part of a part', () => {
    const parts: unknown[] = []
    const attempt = using((self, l) => {
      const empty = () => refl(double(l))
      return L.fromLeft(l, empty, (_x, rest) =>
        L.fromRight(rest, empty, (front) => {
          const hypothesis = self(front)
          expect(lines(hypothesis)[0]?.how).toBe('by the induction hypothesis')
          parts.push(hypothesis.proposition.show)
          return refl(double(l))
        })
      )
    })
    expect(attempt()?.proposition.show).toBe('l = l')
    expect(parts).toEqual(['front(tail(l)) = front(tail(l))'])
  })

  test('may not use it for a part of another list, nor for what is no part of a list', () => {
    const message = 'attempt: the induction hypothesis is used for something not smaller than «l»'
    const ofAnother = using((self, _l, m) => {
      const empty = () => refl(double(m))
      return L.fromLeft(m, empty, (_x, rest) => {
        self(rest)
        return refl(double(m))
      })
    })
    for (const attempt of [ofAnother, using((self, _l, m) => self(m))]) {
      expect(attempt).toThrow(Unsound)
      expect(attempt).toThrow(message)
    }
    expect(using((self) => self([1]))).toThrow('a derivation uses a value that has no name')
  })

  test('may use it for a part only in the case in which there is one', () => {
    // The compiler lets it through: a part that is forgotten to be one can be given a fresh name.
    const wrong = theorem(about('l'))(
      <A>(l: List<A>) => given(double(l)).infer(falsum),
      'l',
      (self) => (l) =>
        self(l).by(() => {
          const parts: Array<ReadonlyArray<number>> = []
          const empty = () => refl(double(l))
          L.fromLeft(l, empty, (_x, rest) => {
            parts.push(rest)
            return L.fromRight(rest, empty, (front) => {
              parts.push(front)
              return empty()
            })
          })
          const impossible = (part: ReadonlyArray<number>) => name(part, (fresh) => self(fresh)(refl(double(fresh))))
          return first(both(impossible(parts[0]!), impossible(parts[1]!)))
        })
    )
    expect(() => derive(made(wrong))).toThrow('«tail(l)» is used outside its branch')
  })

  test('may not use it for a part of a part outside the case of the latter', () => {
    const attempt = theorem(about('l'))(
      <A>(l: List<A>) => given().infer(double(l)),
      'l',
      (self) => (l) =>
        self(l).by(() =>
          L.fromLeft(
            l,
            () => refl(double(l)),
            (_x, rest) => {
              const parts: Array<ReadonlyArray<number>> = []
              L.fromRight(
                rest,
                () => refl(double(l)),
                (front) => {
                  parts.push(front)
                  return refl(double(l))
                }
              )
              return name(parts[0]!, (fresh) => second(both(self(fresh)(), refl(double(l)))))
            }
          )
        )
    )
    expect(() => derive(made(attempt))).toThrow(
      'attempt: the induction hypothesis is used for something not smaller than «l»'
    )
  })

  test('uses no hypothesis outside its branch', () => {
    const attempt = theorem(about('l'))(
      <A>(l: List<A>) => given(double(l)).infer(double(l)),
      'l',
      (self) => (l) =>
        self(l).by((p) =>
          L.fromLeft(
            l,
            () => p,
            (_x, rest) => second(both(self(rest)(stolen(double(rest))), p))
          )
        )
    )
    expect(() => derive(made(attempt))).toThrow('the hypothesis «tail(l) = tail(l)» is used outside its branch')
  })

  test('is explained, from the left', () => {
    const attempt = theorem(about('l'))(
      <A>(l: List<A>) => given().infer(double(l)),
      'l',
      (self) => (l) =>
        self(l).by(() =>
          L.fromLeft(
            l,
            (isNil) => trans(isNil, symm(isNil)),
            (x, xs, isCons) =>
              trans(isCons, trans(congruence(double(L.cons(x, xs)), refl(same(x, x)), self(xs)()), symm(isCons)))
          )
        )
    )
    const proof = derive(made(attempt))
    expect(proof && explain(proof).split('\n')).toEqual([
      'l = l   list',
      '  l = l   trans',
      '    l = nil   in this case',
      '    nil = l   symm',
      '      l = nil   in this case',
      '  l = l   trans',
      '    l = cons(head(l), tail(l))   in this case',
      '    cons(head(l), tail(l)) = l   trans',
      '      cons(head(l), tail(l)) = cons(head(l), tail(l))   congruence',
      '      cons(head(l), tail(l)) = l   symm',
      '        l = cons(head(l), tail(l))   in this case'
    ])
  })

  test('is explained, from the right', () => {
    const attempt = theorem(about('l'))(<A>(l: List<A>) =>
      given()
        .infer(double(l))
        .by(() =>
          L.fromRight(
            l,
            (isNil) => trans(isNil, symm(isNil)),
            (_xs, _x, isRcons) => trans(isRcons, symm(isRcons))
          )
        )
    )
    const proof = derive(made(attempt))
    expect(proof && explain(proof).split('\n')).toEqual([
      'l = l   list',
      '  l = l   trans',
      '    l = nil   in this case',
      '    nil = l   symm',
      '      l = nil   in this case',
      '  l = l   trans',
      '    l = rcons(front(l), last(l))   in this case',
      '    rcons(front(l), last(l)) = l   symm',
      '      l = rcons(front(l), last(l))   in this case'
    ])
  })

  const NOT_SMALLER = 'attempt: the induction hypothesis is used for something not smaller than «l»'
  type Number_<N> = Named<number, N>

  test('goes by no list that is said to be a part of itself, and ends looking for one', () => {
    const circle = theorem(about('l m n'))(
      <A, B, N>(l: List<A>, m: List<B>, n: Number_<N>) => given(double(l), double(m), same(n, n)).infer(falsum),
      'l',
      (self) => (l, m, n) =>
        self(l, m, n).by((p, q, r) => {
          const other = () => self(m, l, n)(q, p, r)
          return byCases(L.equal(l, L.cons(n, l)), other, other)
        })
    )
    expect(() => derive(made(circle))).toThrow(NOT_SMALLER)
  })

  test('goes by what is supposed, and not by what is to be shown', () => {
    const shown = theorem(about('l m n'))(
      <A, B, N>(l: List<A>, m: List<B>, n: Number_<N>) => given().infer(L.equal(l, L.cons(n, m))),
      'l',
      (self) => (l, m, n) => self(l, m, n).by(() => self(m as never, m, n)() as never)
    )
    expect(() => derive(made(shown))).toThrow(NOT_SMALLER)
  })

  test('leaves out the cases that led to nothing, and is right without them', () => {
    const goal = <Xs>(l: List<Xs>) => or(double(l), falsum)
    const attempt = theorem(about('l'))(
      <A>(l: List<A>) => given().infer(goal(l)),
      'l',
      (self) => (l) =>
        self(l).by(() => {
          const twice = [1, 2].map(() =>
            L.fromLeft(
              l,
              (isNil) => inLeft(trans(isNil, symm(isNil)), falsum),
              (_x, rest, isCons) =>
                cases(
                  self(rest)(),
                  () => inLeft(trans(isCons, symm(isCons)), falsum),
                  (never) => absurd(never, goal(l))
                )
            )
          )
          return twice[1]!
        })
    )
    expect(derive(made(attempt))?.proposition.show).toBe('(l = l) ∨ ⊥')
    const { theorems, ...signature } = exported([made(attempt)])
    expect(theorems[0]?.derivation?.scopes).toHaveLength(5)
    expect(theorems[0]?.derivation?.nodes.filter(([, rule]) => rule === 'again')).toEqual([
      [2, 'again', [expect.any(Number)], [], [2]]
    ])
    expect(checkDerivations(JSON.stringify({ ...signature, theorems }))).toMatchObject({ isAccepted: true })
  })

  test('needs a variable and a derivation, else the theorem is stated', () => {
    const statement = <A>(l: List<A>) => given().infer(double(l))
    const stated = [
      theorem(about('l'))(statement),
      theorem(about('l'))(statement, 'l'),
      theorem(about('l'))(statement, undefined, () => statement)
    ].map(made)
    expect(stated.map(derive)).toEqual([undefined, undefined, undefined])
    expect(stated.map((theorem_) => 'induction' in theorem_)).toEqual([false, false, false])
    expect(made(attempt('fromLeft', 'rest')).induction).toBe('l')
    const derivesNothing = theorem(about('l'))(statement, 'l', () => statement)
    expect(() => derive(made(derivesNothing))).toThrow('attempt: the induction has no derivation')
  })

  test('goes by a variable that there is', () => {
    const wrong = () =>
      theorem(about('l'))(
        <Xs>(l: Named<ReadonlyArray<number>, Xs>) => given().infer(double(l)),
        'm',
        (self) => self
      )
    expect(wrong).toThrow('attempt has no variable «m»')
  })

  test('lists come apart at either end', () => {
    const { cons, rcons, fromLeft, fromRight, nil } = L
    const l = term('l', [1, 2, 3])
    const parts: unknown[] = []
    const keep = (a: unknown, b: unknown) => {
      parts.push([a, b])
      return refl(double(l))
    }
    expect(fromLeft(l, () => refl(double(l)), keep).proposition.show).toBe('l = l')
    expect(fromRight(l, () => refl(double(l)), keep).proposition.show).toBe('l = l')
    fromLeft(nil, () => refl(double(l)), keep)
    expect(parts).toEqual([
      [1, [2, 3]],
      [[1, 2], 3]
    ])
    expect([cons(term('n', 0), l), rcons(l, term('n', 0))]).toEqual([
      [0, 1, 2, 3],
      [1, 2, 3, 0]
    ])
  })
})
