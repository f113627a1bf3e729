/**
 * The kernel: what it proves, what it refuses, and what can be read off a proof.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { assumptions, explain, foundations, restsOn, unused, uses } from '../../../invariants/proof/explain.js'
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
  constant,
  contradiction,
  derive,
  equal,
  falsum,
  first,
  given,
  iff,
  implies,
  inLeft,
  inRight,
  lift,
  lists,
  name,
  not,
  or,
  refl,
  Refuted,
  refute,
  rewrite,
  second,
  substitute,
  Such,
  suppose,
  symm,
  term,
  theorem,
  theoremOf,
  trans,
  Unsound,
  write
} from '../../../invariants/proof/kernel.js'
import type { False, Named, Proof, Prop, Theorem } from '../../../invariants/proof/kernel.js'
import { back, equivalent, forth, impossible } from '../../../invariants/proof/logic.js'
import {
  alwaysSmall,
  eqNum,
  eqSet,
  has,
  insert,
  insertHas,
  insertKnown,
  insertSorted,
  insertTwice,
  num,
  numbers,
  small,
  sorted
} from '../../support/proofs.js'
import type { Num, Numbers } from '../../support/proofs.js'

type Set_<S> = Named<Numbers, S>
type Num_<X> = Named<Num, X>

const s = term('s', numbers(1, 2))
const t = term('t', numbers(2, 1))
const x = term('x', num(2))
const y = term('y', num(3))

/** The proof of something that holds of these values. */
const known = <P>(p: Parameters<typeof check<P>>[0]): Proof<P> => {
  const decided = check<P>(p)
  if (E.isLeft(decided)) throw new Error(`${p.show} does not hold`)
  return decided.right
}

/** The theorem that a function is. */
const made = (f: unknown): Theorem => {
  const found = theoremOf(f)
  if (found === undefined) throw new Error('no theorem')
  return found
}

const about = (variables: string, law?: string) => ({
  name: 'attempt',
  source: 'a test',
  variables: variables.split(' '),
  ...(law === undefined ? {} : { law })
})

describe('propositions', () => {
  test('they are decided, and nothing is known by stating them', () => {
    expect(sorted(s).decide()).toBe(true)
    expect(sorted(t).decide()).toBe(false)
    expect(insert(s, y)).toEqual(numbers(1, 2, 3))
  })

  test('connectives are decided as in logic', () => {
    // The kinds of the propositions do not matter here.
    const [yes, no] = [sorted(s), sorted(t)] as unknown as readonly [Prop<never>, Prop<never>]
    const table = [yes, no].flatMap((p) =>
      [yes, no].map((q) => [and(p, q), or(p, q), implies(p, q), iff(p, q)].map((c) => c.decide()))
    )
    expect(table).toEqual([
      [true, true, true, true],
      [false, true, false, false],
      [false, true, true, false],
      [false, false, true, true]
    ])
    expect([not(yes), not(no), falsum].map((p) => p.decide())).toEqual([false, true, false])
  })

  test('they are written with the names of their terms', () => {
    expect(and(sorted(s), not(has(x, t))).show).toBe('sorted(s) ∧ ¬has(x, t)')
    expect(implies(or(sorted(s), small(s)), and(sorted(t), small(t))).show).toBe(
      '(sorted(s) ∨ small(s)) ⇒ (sorted(t) ∧ small(t))'
    )
    expect(eqSet(s, t).show).toBe('s = t')
    expect(and(not(eqSet(s, t)), eqSet(t, s)).show).toBe('¬(s = t) ∧ (t = s)')
    expect(falsum.show).toBe('⊥')
    expect(name(numbers(), (fresh) => sorted(fresh).show)).toBe('sorted(_)')
  })
})

describe('a proof', () => {
  test('is had by checking, one way or the other', () => {
    const [yes, no] = [check(sorted(s)), check(sorted(t))]
    expect(E.isRight(yes) && yes.right.proposition.show).toBe('sorted(s)')
    expect(E.isLeft(no) && no.left.proposition.show).toBe('¬sorted(t)')
    expect(E.isRight(yes) && yes.right.origin).toEqual({ _tag: 'Checked' })
    expect(E.isLeft(no) && no.left.origin).toEqual({ _tag: 'Checked' })
  })

  test('by a theorem speaks of the terms that the theorem was applied to', () => {
    const p = insertSorted(s, y)(known(sorted(s)))
    expect(p.proposition.decide()).toBe(true)
    expect(p.origin).toMatchObject({ _tag: 'Theorem', theorem: { about: { name: 'insertSorted' } } })
  })

  test('rests on what was assumed, through theorems, and says why', () => {
    const p = insertSorted(insert(t, x), y)(insertSorted(t, x)(assume(sorted(t), 'it was said so')))
    expect(assumptions(p)).toEqual(['sorted(t) (it was said so)'])
    expect([...restsOn(p).stated]).toEqual(['insertSorted'])
    expect(assumptions(known(sorted(s)))).toEqual([])
  })

  test('rests on laws, and names them', () => {
    expect(assumptions(alwaysSmall(s)())).toEqual(['alwaysSmall'])
    expect([...foundations(made(alwaysSmall)).laws]).toEqual(['alwaysSmall'])
  })

  test('of a derived theorem rests on what that is derived from', () => {
    const p = insertTwice(s, x, y)(known(sorted(s)))
    expect([...restsOn(p).stated]).toEqual(['insertSorted'])
  })

  test('is believed as a rule: neither statements nor propositions are made for it', () => {
    let stated = 0
    const believed = <P>(conclusion: () => Prop<P>): Proof<P> =>
      theorem(about(''))(() => {
        stated += 1
        return given(sorted(t)).infer(conclusion())
      })()(assume(sorted(t), 'a test'))
    const eq = believed(() => eqSet(s, s))
    const p = believed(() => sorted(s))
    const pq = believed(() => and(sorted(s), small(s)))
    const imp = believed(() => implies(sorted(s), small(s)))
    const wrong = believed(() => not(sorted(s)))
    const impossible = believed(() => falsum)
    const all = [
      both(p, pq),
      first(pq),
      apply(imp, p),
      contradiction(p, wrong),
      absurd(impossible, sorted(t)),
      symm(eq),
      trans(eq, eq),
      congruence(eqSet(insert(s, x), insert(s, x)), eq, refl(eqNum(x, x))),
      substitute(sorted(s), p, eq)
    ]
    expect(stated).toBe(0)
    expect(all.map((q) => q.proposition.show)).toEqual([
      'sorted(s) ∧ (sorted(s) ∧ small(s))',
      'sorted(s)',
      'small(s)',
      '⊥',
      'sorted(t)',
      's = s',
      's = s',
      's = s',
      'sorted(s)'
    ])
    expect(stated).toBeGreaterThan(0)
    expect(eq.origin).toMatchObject({ _tag: 'Theorem', theorem: { about: { name: 'attempt' } } })
  })

  test('cannot be had from what states nothing', () => {
    const attempt = theorem(about('s'))(
      <S>(set: Set_<S>) =>
        () =>
          assume(sorted(set), 'a test')
    )
    expect(() => attempt(s)().proposition).toThrow('a statement must be of the form given(…).infer(…)')
  })

  test('cannot be had from a statement that is no theorem', () => {
    const stated = given(sorted(t)).infer(small(t))
    expect(() => stated(assume(sorted(t), 'a test'))).toThrow(Unsound)
  })
})

describe('explain', () => {
  test('prints the derivation as a tree, from what is proved to what it follows from', () => {
    // Written terms have names on symbols only; here values have those that were given to them.
    expect(explain(insertSorted(s, y)(known(sorted(s))))).toBe(
      'sorted(_)   by insertSorted [Numbers]\n  sorted(s)   checked'
    )
    const proof = derive(made(insertTwice))
    expect(proof && explain(proof)).toBe(
      [
        'sorted(insert(insert(s, x), y))   by insertSorted [Numbers]',
        '  sorted(insert(s, x))   by insertSorted [Numbers]',
        '    sorted(s)   premise 1'
      ].join('\n')
    )
    expect(proof && uses(proof)).toEqual(['insertSorted'])
  })

  test('says what was assumed, and in which case something holds', () => {
    expect(explain(assume(sorted(t), 'a guess'))).toBe('sorted(t)   assumed: a guess')
    const attempt = theorem(about('s'))(<S>(set: Set_<S>) =>
      given()
        .infer(or(sorted(set), not(sorted(set))))
        .by(() =>
          byCases(
            sorted(set),
            (p) => inLeft(p, not(sorted(set))),
            (p) => inRight(sorted(set), p)
          )
        )
    )
    const proof = derive(made(attempt))
    expect(proof && explain(proof).split('\n')).toEqual([
      'sorted(s) ∨ ¬sorted(s)   cases',
      '  sorted(s) ∨ ¬sorted(s)   or',
      '    sorted(s)   in this case',
      '  sorted(s) ∨ ¬sorted(s)   or',
      '    ¬sorted(s)   in this case'
    ])
  })

  test('unused premises are superfluous, and are found', () => {
    const attempt = theorem(about('s x'))(<S, X>(set: Set_<S>, n: Num_<X>) =>
      given(small(set), sorted(set))
        .infer(sorted(insert(set, n)))
        .by((_, p) => insertSorted(set, n)(p))
    )
    const proof = derive(made(attempt))
    expect(proof && unused(proof, 2)).toEqual([0])
  })
})

describe('audit', () => {
  test('lets through what holds', () => {
    expect(audit(() => insertSorted(s, y)(known(sorted(s))).proposition.decide())).toBe(true)
  })

  test('catches an assumption that is false where it is made', () => {
    const wrong = () => assume(sorted(t), 'a test')
    expect(() => audit(wrong)).toThrow(new Refuted('«sorted(t)» was proved, and does not hold'))
    expect(wrong().proposition.decide()).toBe(false)
  })

  test('catches a proof of a premise that does not hold of these values', () => {
    const wrong = assume(sorted(t), 'made before')
    expect(() => audit(() => insertSorted(t, y)(wrong))).toThrow(
      'insertSorted: a proof of «sorted(t)» was given, but it does not hold of these values'
    )
  })

  test('looks at values, not at names', () => {
    const [one, other] = [term('one', numbers(1)), term('other', numbers(1))]
    const p = known(sorted(one))
    expect(audit(() => insertSorted(other, y)(p as never).proposition.decide())).toBe(true)
    expect(audit(() => refl(eqSet(one, other) as never).proposition.decide())).toBe(true)
  })

  test('supposes nothing that does not hold: of an implication, only that it holds is of interest', () => {
    const ran: string[] = []
    const run = (what: string) => () => {
      ran.push(what)
      return assume(falsum, 'a test')
    }
    audit(() => [suppose(implies(sorted(t), falsum), run('suppose')), refute(not(sorted(t)), run('refute'))])
    expect(ran).toEqual([])
    expect(() => audit(() => suppose(implies(sorted(s), falsum), run('suppose')))).toThrow(Refuted)
  })

  test('catches a theorem that is wrong', () => {
    const wrong = theorem(about('s'))(<S>(set: Set_<S>) => given().infer(small(set)))
    expect(wrong(s)().proposition.decide()).toBe(true)
    const large = term('large', numbers(1, 2, 3))
    expect(() => audit(() => wrong(large)())).toThrow(Refuted)
  })

  test('catches a literal name that two values have, which the compiler cannot', () => {
    const [one, other] = [term('same', numbers(1)), term('same', numbers(2, 1))]
    const p = known(sorted(one))
    expect(() => insertSorted(other, y)(p)).not.toThrow()
    expect(() => audit(() => insertSorted(other, y)(p))).toThrow(Refuted)
  })

  test('ends with its body, also when that throws', () => {
    expect(() => audit(() => assume(sorted(t), 'a test'))).toThrow(Refuted)
    expect(() => assume(sorted(t), 'no longer audited')).not.toThrow()
  })
})

/** A second function of the name, which takes one argument: the kernel is told that there is none. */
const insertNone = lift('insert', (set: Numbers): Numbers => set)
const remove = lift('remove', (set: Numbers, n: Num): Numbers => numbers(...set.all.filter((m) => m !== n.value)))

/** A hypothesis, taken out of its branch. */
const stolen = <P>(p: Prop<P>): Proof<P> => {
  const found: Array<Proof<P>> = []
  byCases(
    p,
    (q) => {
      found.push(q)
      return q
    },
    () => found[0]!
  )
  return found[0]!
}

describe('a derivation on symbols', () => {
  /** Derives a statement about a set and a number. */
  const deriving = (derivation: <S, X>(set: Set_<S>, n: Num_<X>, p: Proof<never>) => unknown) => {
    const attempt = theorem(about('s x'))(<S, X>(set: Set_<S>, n: Num_<X>) =>
      given(sorted(set))
        .infer(sorted(insert(set, n)))
        // The compiler would refuse most of these: the kernel has to as well.
        .by(((p: Proof<never>) => derivation(set, n, p)) as never)
    )
    return () => derive(made(attempt))
  }

  test('is a derivation of the statement', () => {
    expect(deriving((set, n, p) => insertSorted(set, n)(p as never))()?.proposition.show).toBe('sorted(insert(s, x))')
    expect(derive(made(insertSorted))).toBeUndefined()
    expect(write(made(insertSorted))).toEqual({ premises: ['sorted(s)'], conclusion: 'sorted(insert(s, x))' })
  })

  test.each<readonly [string, Parameters<typeof deriving>[0]]>([
    [
      'suppositions and modus ponens',
      (set, n, p) =>
        apply(
          suppose(implies(sorted(set), sorted(insert(set, n))), (q) => insertSorted(set, n)(q)),
          p as never
        )
    ],
    [
      'indirect proofs',
      (set, n, p) => {
        const goal = sorted(insert(set, n))
        return byCases(
          goal,
          (q) => q,
          (no) =>
            absurd(
              contradiction(
                p as never,
                refute(not(sorted(set)), (q) => contradiction(insertSorted(set, n)(q), no))
              ),
              goal
            )
        )
      }
    ],
    [
      'parts and cases',
      (set, n, p) => {
        const either = inRight(small(set), first(both(p, p)))
        const follows = () => insertSorted(set, n)(p as never)
        return cases(either, follows, follows)
      }
    ],
    [
      'equations',
      (set, n, p) => {
        const eq = assume(eqSet(set, insert(set, n)), 'a test')
        const longer = congruence(eqSet(insert(set, n), insert(insert(set, n), n)), eq, refl(eqNum(n, n)))
        const back = trans(symm(longer), refl(eqSet(insert(set, n), insert(set, n))))
        const all = insertSorted(insert(set, n), n)(insertSorted(set, n)(p as never))
        return rewrite(back)(sorted(insert(set, n)), all)
      }
    ]
  ])('may use %s', (_, derivation) => {
    expect(deriving(derivation)()?.proposition.show).toBe('sorted(insert(s, x))')
  })

  test('of an implication is remembered with what was supposed', () => {
    const attempt = theorem(about('s'))(<S>(set: Set_<S>) =>
      given()
        .infer(implies(sorted(set), and(sorted(set), sorted(set))))
        .by(() => suppose(implies(sorted(set), and(sorted(set), sorted(set))), (p) => both(p, p)))
    )
    const proof = derive(made(attempt))
    expect(proof && explain(proof).split('\n')).toEqual([
      'sorted(s) ⇒ (sorted(s) ∧ sorted(s))   suppose',
      '  sorted(s) ∧ sorted(s)   and',
      '    sorted(s)   in this case',
      '    sorted(s)   in this case'
    ])
  })

  test.each<readonly [string, Parameters<typeof deriving>[0], string]>([
    [
      'a proof of something else',
      (_s, _x, p) => p,
      'attempt: wanted a proof of «sorted(insert(s, x))», got one of «sorted(s)»'
    ],
    [
      'a premise that is of something else',
      (set, n, p) => insertSorted(insert(set, n), n)(p as never),
      'insertSorted: wanted a proof of «sorted(insert(s, x))», got one of «sorted(s)»'
    ],
    [
      'a premise that is missing',
      (set, n) => (insertSorted(set, n) as unknown as () => unknown)(),
      'insertSorted: wanted a proof of «sorted(s)», got one of «nothing»'
    ],
    ['a decision', (set, n) => check(sorted(insert(set, n))), 'a derivation decides «sorted(insert(s, x))»'],
    ['a look into a value', (set) => set.all.length, 'a derivation looks into the value of «s»'],
    ['a value that has no name', () => assume(sorted(numbers(1) as never), 'a test'), 'uses a value that has no name'],
    [
      'a statement that is no theorem',
      (set, n, p) => (given(sorted(set)).infer(sorted(insert(set, n))) as (q: unknown) => unknown)(p),
      'was stated, but not as a theorem'
    ],
    [
      'branches that prove different things',
      (set, n, p) =>
        byCases(
          small(set),
          () => insertSorted(set, n)(p as never) as never,
          () => p
        ),
      'cases: wanted a proof of «sorted(insert(s, x))», got one of «sorted(s)»'
    ],
    [
      'a hypothesis outside its branch',
      (set, n) => {
        const escaped: unknown[] = []
        byCases(
          sorted(insert(set, n)),
          (q) => {
            escaped.push(q)
            return q as never
          },
          () => escaped[0] as never
        )
        return escaped[0]
      },
      'the hypothesis «sorted(insert(s, x))» is used outside its branch'
    ],
    [
      'a hypothesis outside its branch for a theorem',
      (set, n) => insertSorted(set, n)(stolen(sorted(set))),
      'the hypothesis «sorted(s)» is used outside its branch'
    ],
    [
      'a hypothesis outside its branch for a rule',
      (set, n, p) => first(both(stolen(sorted(insert(set, n))), p)),
      'the hypothesis «sorted(insert(s, x))» is used outside its branch'
    ],
    [
      'a hypothesis in the other branch',
      (set, n) => {
        const found: Array<Proof<never>> = []
        return byCases(
          sorted(insert(set, n)),
          (q) => {
            found.push(q as never)
            return q as never
          },
          () => found[0]!
        )
      },
      'the hypothesis «sorted(insert(s, x))» is used outside its branch'
    ],
    [
      'a hypothesis in what cases are distinguished of',
      (set, n, p) => {
        const follows = () => insertSorted(set, n)(p as never)
        return cases(stolen(or(small(set), sorted(set))), follows, follows)
      },
      'the hypothesis «small(s) ∨ sorted(s)» is used outside its branch'
    ],
    ['an equation that is none', (_s, _x, p) => symm(p as never), 'not an equation'],
    ['refl of different terms', (set, n) => refl(eqSet(set, insert(set, n)) as never), 'are not the same term'],
    [
      'trans through different terms',
      (set, n) => {
        const eq = assume(eqSet(insert(set, n), set), 'a test')
        return trans(eq, eq as never)
      },
      'trans: «s» and «insert(s, x)» are not the same term'
    ],
    [
      'a rewriting to another term',
      (set, n, p) => {
        const eq = assume(eqSet(insert(set, n), set), 'a test')
        return rewrite(eq)(sorted(insert(set, n)) as never, p as never)
      },
      'substitute: «insert(s, x)» and «s» are not the same term'
    ],
    [
      'a rewriting to another predicate',
      (set, n) => {
        const eq = assume(eqSet(set, insert(set, n)), 'a test')
        return rewrite(eq)(sorted(insert(set, n)) as never, assume(small(set), 'a test') as never)
      },
      '«sorted(insert(s, x))»: not one predicate'
    ],
    [
      'a substitution with too few equations',
      (set, n, p) => (substitute as (...all: unknown[]) => unknown)(sorted(insert(set, n)), p),
      'substitute: not one equation for each term'
    ],
    [
      'a congruence of different functions',
      (set, n) => congruence(eqSet(set, insert(set, n)) as never),
      '«s = insert(s, x)»: not one function'
    ],
    [
      'a congruence without equations',
      (set, n) => congruence(eqSet(insert(set, n), insert(insert(set, n), n)) as never),
      'congruence: not one equation for each term'
    ],
    [
      'a congruence with fewer arguments on the left',
      (set, n) => congruence(eqSet(insertNone(set), insert(set, n)) as never, refl(eqSet(set, set)) as never),
      'congruence: not one equation for each term'
    ],
    [
      'a congruence with fewer arguments on the right',
      (set, n) => congruence(eqSet(insert(set, n), insertNone(set)) as never, refl(eqSet(set, set)) as never),
      'congruence: not one equation for each term'
    ],
    [
      'a congruence from another term',
      (set, n) => {
        const eq = assume(eqSet(insert(set, n), set), 'a test')
        return (congruence as (...all: unknown[]) => unknown)(
          eqSet(insert(set, n), insert(set, n)),
          eq,
          refl(eqNum(n, n))
        )
      },
      'congruence: «insert(s, x)» and «s» are not the same term'
    ],
    [
      'a congruence to another term',
      (set, n) => {
        const eq = assume(eqSet(set, insert(set, n)), 'a test')
        return (congruence as (...all: unknown[]) => unknown)(
          eqSet(insert(set, n), insert(set, n)),
          eq,
          refl(eqNum(n, n))
        )
      },
      'congruence: «insert(s, x)» and «s» are not the same term'
    ],
    [
      'a congruence of values that have no name',
      () => congruence(eqSet(numbers(1) as never, numbers(1) as never) as never),
      'uses a value that has no name'
    ],
    [
      'a substitution in an equation',
      (set) => {
        const eq = refl(eqSet(set, set))
        return (substitute as (...all: unknown[]) => unknown)(eqSet(set, set), eq, eq, eq)
      },
      '«s = s»: not one predicate'
    ],
    [
      'a contradiction of things that do not contradict each other',
      (set, n, p) => contradiction(p, assume(not(small(set)), 'a test') as never),
      'contradiction: wanted a proof of «small(s)», got one of «sorted(s)»'
    ],
    [
      'modus ponens with another premise',
      (set, n, p) => apply(assume(implies(small(set), sorted(insert(set, n))), 'a test') as never, p),
      'apply: wanted a proof of «small(s)», got one of «sorted(s)»'
    ],
    [
      'a supposition that proves something else',
      (set, n) => suppose(implies(small(set), sorted(insert(set, n))), (q) => q as never),
      'suppose: wanted a proof of «sorted(insert(s, x))», got one of «small(s)»'
    ],
    [
      'a refutation without anything false',
      (set) => refute(not(small(set)), (q) => q as never),
      'refute: wanted a proof of «⊥», got one of «small(s)»'
    ],
    [
      'the first part of what has no parts',
      (_s, _x, p) => first(p as never).proposition,
      '«sorted(s)» has no such part'
    ],
    [
      'a part of a disjunction',
      (set, n) => first(assume(or(sorted(insert(set, n)), small(set)), 'a test') as never),
      '«sorted(insert(s, x)) ∨ small(s)» has no such part'
    ],
    [
      'the other part of an implication',
      (set, n) => second(assume(implies(small(set), sorted(insert(set, n))), 'a test') as never),
      '«small(s) ⇒ sorted(insert(s, x))» has no such part'
    ],
    [
      'the cases of an implication',
      (set, n) => {
        const goal = sorted(insert(set, n))
        return cases(
          assume(implies(goal, goal), 'a test') as never,
          (q) => q,
          (q) => q
        )
      },
      '«sorted(insert(s, x)) ⇒ sorted(insert(s, x))» has no such part'
    ],
    [
      'modus ponens with a disjunction',
      (set, n, p) => apply(assume(or(sorted(set), sorted(insert(set, n))), 'a test') as never, p),
      '«sorted(s) ∨ sorted(insert(s, x))» has no such part'
    ],
    [
      'a contradiction to a disjunction',
      (set, _n, p) => contradiction(p, assume(or(sorted(set), small(set)), 'a test') as never),
      '«sorted(s) ∨ small(s)» has no such part'
    ],
    [
      'a supposition to prove a conjunction',
      (set) => suppose(and(small(set), small(set)) as never, (q) => q),
      '«small(s) ∧ small(s)» cannot be proved by «suppose»'
    ],
    [
      'a supposition to prove what supposes nothing',
      (set, _n, p) => suppose(small(set) as never, () => p),
      '«small(s)» cannot be proved by «suppose»'
    ],
    [
      'a refutation to prove an implication',
      (set, n) => refute(implies(falsum, sorted(insert(set, n))) as never, (q) => q as never),
      '«⊥ ⇒ sorted(insert(s, x))» cannot be proved by «refute»'
    ],
    [
      'something true as something false',
      (set, n, p) => absurd(p as never, sorted(insert(set, n))),
      'absurd: wanted a proof of «⊥», got one of «sorted(s)»'
    ],
    ['a congruence of variables', (set, n) => congruence(eqSet(set, n as never) as never), '«s = x»: not one function'],
    [
      'a congruence to a variable',
      (set, n) => congruence(eqSet(insert(set, n), set) as never),
      '«insert(s, x) = s»: not one function'
    ],
    [
      'a congruence from a value that has no name',
      (set, n) => congruence(eqSet(numbers(1) as never, insert(set, n)) as never),
      'uses a value that has no name'
    ],
    [
      'a congruence to a value that has no name',
      (set, n) => congruence(eqSet(insert(set, n), numbers(1) as never) as never),
      'uses a value that has no name'
    ],
    [
      'a congruence of two functions',
      (set, n) => congruence(eqSet(insert(set, n), remove(set, n)) as never, refl(eqSet(set, set)) as never),
      '«insert(s, x) = remove(s, x)»: not one function'
    ]
  ])('may not use %s', (_, derivation, message) => {
    const attempt = deriving(derivation)
    expect(attempt).toThrow(Unsound)
    expect(attempt).toThrow(message)
  })

  test('uses no proof that was made outside of it', () => {
    // The compiler lets both through. Outside of derivations, what follows from a supposition is not looked at.
    const never = (): never => {
      throw new Error('it is not so')
    }
    const premises: Array<Proof<False>> = []
    const kept = theorem(about(''))(() =>
      given(falsum)
        .infer(falsum)
        .by((p) => {
          premises.push(p)
          return p
        })
    )
    expect(derive(made(kept))?.proposition.show).toBe('⊥')
    const negation = refute(not(implies(falsum, falsum)), never)
    const implication = suppose(implies(falsum, falsum), (p) => p)
    for (const wrong of [premises[0]!, contradiction(implication, negation)]) {
      const attempt = theorem(about(''))(() =>
        given()
          .infer(falsum)
          .by(() => wrong)
      )
      expect(() => derive(made(attempt))).toThrow('«⊥» was proved outside of the derivation')
    }
  })

  test('may not assume behind the ledger’s back: what it assumes is among its foundations', () => {
    const attempt = theorem(about('s'))(<S>(set: Set_<S>) =>
      given()
        .infer(sorted(set))
        .by(() => assume(sorted(set), 'why not'))
    )
    expect([...foundations(made(attempt)).assumed]).toEqual(['sorted(s) (why not)'])
  })
})

describe('induction', () => {
  type List<L> = Named<ReadonlyArray<number>, L>
  const L = lists<number>({ equals: (a, b) => a.length === b.length && a.every((n, i) => n === b[i]) })
  const same = equal<number>({ equals: (a, b) => a === b })
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
        <A, B>(l: List<A>, _m: List<B>) => given().infer(double(l)),
        'l',
        (self) => (l, m) =>
          self(l, m).by(() => {
            use((smaller) => self(smaller as never, m)() as never, l as never, m as never)
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
          const { proposition, origin } = self(front)
          expect(origin).toMatchObject({ _tag: 'Induction', theorem: { about: { name: 'attempt' } } })
          parts.push(proposition.show)
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
    for (const attempt of [ofAnother, using((self) => self([1])), using((self, _l, m) => self(m))]) {
      expect(attempt).toThrow(Unsound)
      expect(attempt).toThrow(message)
    }
  })

  test('may use it for a part only in the case in which there is one', () => {
    // The compiler lets it through: a part that is forgotten to be one can be given a fresh name.
    const wrong = theorem(about('l'))(
      <A>(_l: List<A>) => given().infer(falsum),
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
          const impossible = (part: ReadonlyArray<number>) => name(part, (fresh) => self(fresh)())
          return first(both(impossible(parts[0]!), impossible(parts[1]!)))
        })
    )
    expect(() => derive(made(wrong))).toThrow('«l = cons(head(l), tail(l))» is used outside its branch')
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
      '«tail(l) = rcons(front(tail(l)), last(tail(l)))» is used outside its branch'
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

  test('may use it for shorter lists where the derivation is run on values', () => {
    const run = (smaller: 'rest' | 'all') => made(attempt('fromLeft', smaller)).sequent([1, 2]).derivation?.()
    expect(run('rest')?.proposition.decide()).toBe(true)
    expect(() => run('all')).toThrow('not smaller than «l»')
    const ofAnother = theorem(about('l m'))(
      <A, B>(l: List<A>, _m: List<B>) => given().infer(double(l)),
      'l',
      (self) => (l, m) =>
        self(l, m).by(() => {
          const empty = () => refl(double(l))
          return L.fromLeft(m, empty, (_x, rest) => second(both(self(rest, m)(), empty())))
        })
    )
    const onValues = (l: ReadonlyArray<number>, m: ReadonlyArray<number>) => () =>
      made(ofAnother).sequent(l, m).derivation?.()
    expect(onValues([1, 2], [3, 4])()?.proposition.decide()).toBe(true)
    expect(onValues([1], [3, 4])).toThrow('not smaller than «l»')
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
      '        head(l) = head(l)   refl',
      '        tail(l) = tail(l)   by the induction hypothesis',
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

  test('needs a variable and a derivation, else the theorem is stated', () => {
    const statement = <A>(l: List<A>) => given().infer(double(l))
    const stated = [
      theorem(about('l'))(statement, 'l'),
      theorem(about('l'))(statement, undefined, () => statement)
    ].map(made)
    expect(stated.map(derive)).toEqual([undefined, undefined])
    expect(stated.map(({ induction }) => induction)).toEqual([undefined, undefined])
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
    const { cons, rcons, fromLeft, fromRight, nil } = lists<number>({ equals: (a, b) => a.join() === b.join() })
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

describe('rules of logic', () => {
  const p = known(sorted(s))
  const q = known(small(s))

  test('and, or, implies', () => {
    const pq = both(p, q)
    expect([pq, first(pq), second(pq)].map((r) => r.proposition.show)).toEqual([
      'sorted(s) ∧ small(s)',
      'sorted(s)',
      'small(s)'
    ])
    expect(
      cases(
        inLeft(p, sorted(t)),
        (l) => l as never,
        () => q as never
      )
    ).toBeDefined()
    const imp = suppose(implies(sorted(s), sorted(s)), (r) => r)
    expect(apply(imp, p).proposition.show).toBe('sorted(s)')
    const same = equivalent(
      sorted(s),
      small(s),
      () => q,
      () => p
    )
    expect([forth(same, p), back(same, q)].map((r) => r.proposition.show)).toEqual(['small(s)', 'sorted(s)'])
  })

  test('of two cases the one that obtains is run', () => {
    const ran: string[] = []
    const shown = byCases(
      sorted(t),
      (r) => {
        ran.push('yes')
        return assume(sorted(s), r.origin._tag)
      },
      () => {
        ran.push('no')
        return p
      }
    ).proposition.show
    expect([ran, shown]).toEqual([['no'], 'sorted(s)'])
  })

  test('what follows in each case rests on there being no other', () => {
    const either = assume(or(sorted(s), sorted(t)), 'a test')
    const follows = cases(
      either,
      () => q,
      () => q
    )
    expect(assumptions(follows)).toEqual(['sorted(s) ∨ sorted(t) (a test)'])
  })

  test('from something false follows anything', () => {
    const wrong = contradiction(p, assume(not(sorted(s)), 'a test'))
    expect(wrong.proposition.show).toBe('⊥')
    expect(absurd(wrong, sorted(t)).proposition.show).toBe('sorted(t)')
    expect(impossible(p, assume(not(sorted(s)), 'a test'), small(t)).proposition.show).toBe('small(t)')
  })

  test('equations turn round, join, and carry what is known along', () => {
    const eq = insertKnown(s, x)(known(has(x, s)))
    expect(symm(eq).proposition.decide()).toBe(true)
    expect(trans(eq, symm(eq)).proposition.decide()).toBe(true)
    expect(rewrite(symm(eq))(sorted(insert(s, x)), p).proposition.decide()).toBe(true)
    const twice = congruence(eqSet(insert(insert(s, x), y), insert(s, y)), eq, refl(eqNum(y, y)))
    expect(audit(() => twice.proposition.decide())).toBe(true)
    expect(insertHas(s, y)().proposition.decide()).toBe(true)
  })
})

describe('names', () => {
  test('a constant keeps its name', () => {
    const empty = constant('empty', numbers())
    expect(sorted(empty).show).toBe('sorted(empty)')
    expect(() => constant('nothing', empty as Numbers)).toThrow('«empty» cannot be named «nothing» as well')
    expect(constant('empty', empty as Numbers)).toBe(empty)
    expect(sorted(term('other', empty as Numbers)).show).toBe('sorted(empty)')
  })

  test('a literal names an object where it is written; what is no object has no name of its own', () => {
    const set = numbers(1)
    expect([sorted(term('one', set)).show, sorted(term('two', set)).show]).toEqual(['sorted(one)', 'sorted(two)'])
    const known = equal<number | null>({ equals: (a, b) => a === b })
    expect(known(term('nothing', null), term('three', 3)).show).toBe('_ = _')
  })

  test('a package has a value and its proof, and forgets the name', () => {
    const packed = name(numbers(1, 2), (a) => Such.pack(a, known(sorted(a))))
    expect(packed.forget).toEqual(numbers(1, 2))
    expect(packed.open((a, p) => [a.all, p.proposition.decide()] as const)).toEqual([[1, 2], true])
  })
})
