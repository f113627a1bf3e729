/**
 * Vocabularies: sorts of values, and words for them. A word is itself, and not its name, which is only how it is shown; but
 * within one vocabulary no two words have one name.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import { application, atom, demandEquality, equation, fresh, text, Unsound } from './data.js'
import type { Sort, Vocabulary as Known, Word } from './data.js'
import type { Equal, Holds, Lifted1, Lifted2, Lifted3, Lifted4, Named } from './named.js'
import { propositionFor } from './propositions.js'
import type { Prop } from './propositions.js'
import { all, append, call, each, freeze, has, joined, register, some, table } from './realm.js'
import { isSymbol, keyOf, label, reflexive, session, termOf } from './session.js'

declare const SORT: unique symbol

/** A sort of values of the type `A`, as the kernel knows it. */
export interface SortOf<in out A> {
  readonly [SORT]: (a: A) => A
}

const sorts = register<object, Sort>()
const vocabularies = register<object, Known>()

const sortOf = (key: unknown): Sort => {
  const known = sorts.get(key)
  if (known === undefined) throw new Unsound('this is no sort')
  return known
}

/** The vocabulary that an object is. */
export const vocabularyOf = (key: unknown): Known => {
  const known = vocabularies.get(key)
  if (known === undefined) throw new Unsound('this is no vocabulary')
  return known
}

/** The equality of a sort. Words must not tell equal values apart. */
export type Equality<A> = <N, M>(a: Named<A, N>, b: Named<A, M>) => Prop<Equal<N, M>>

/** Declares a predicate. It must be pure and total, and give one answer for equal values. */
export interface Predicates {
  <K extends string, A>(
    k: K,
    takes: readonly [SortOf<A>],
    run: (a: A) => boolean
  ): <N>(a: Named<A, N>) => Prop<Holds<K, [N]>>
  <K extends string, A, B>(
    k: K,
    takes: readonly [SortOf<A>, SortOf<B>],
    run: (a: A, b: B) => boolean
  ): <N, M>(a: Named<A, N>, b: Named<B, M>) => Prop<Holds<K, [N, M]>>
  <K extends string, A, B, C>(
    k: K,
    takes: readonly [SortOf<A>, SortOf<B>, SortOf<C>],
    run: (a: A, b: B, c: C) => boolean
  ): <N, M, L>(a: Named<A, N>, b: Named<B, M>, c: Named<C, L>) => Prop<Holds<K, [N, M, L]>>
  <K extends string, A, B, C, D>(
    k: K,
    takes: readonly [SortOf<A>, SortOf<B>, SortOf<C>, SortOf<D>],
    run: (a: A, b: B, c: C, d: D) => boolean
  ): <N, M, L, J>(a: Named<A, N>, b: Named<B, M>, c: Named<C, L>, d: Named<D, J>) => Prop<Holds<K, [N, M, L, J]>>
}

/** Declares a function. It must be pure and total, and give equal results for equal values. */
export interface Functions {
  <F extends string, A, R>(
    f: F,
    takes: readonly [SortOf<A>],
    gives: SortOf<R>,
    run: (a: A) => NoInfer<R>
  ): Lifted1<F, A, R>
  <F extends string, A, B, R>(
    f: F,
    takes: readonly [SortOf<A>, SortOf<B>],
    gives: SortOf<R>,
    run: (a: A, b: B) => NoInfer<R>
  ): Lifted2<F, A, B, R>
  <F extends string, A, B, C, R>(
    f: F,
    takes: readonly [SortOf<A>, SortOf<B>, SortOf<C>],
    gives: SortOf<R>,
    run: (a: A, b: B, c: C) => NoInfer<R>
  ): Lifted3<F, A, B, C, R>
  <F extends string, A, B, C, D, R>(
    f: F,
    takes: readonly [SortOf<A>, SortOf<B>, SortOf<C>, SortOf<D>],
    gives: SortOf<R>,
    run: (a: A, b: B, c: C, d: D) => NoInfer<R>
  ): Lifted4<F, A, B, C, D, R>
}

/** Lists of `A`: the one data type that the kernel knows, so that there can be induction. */
export interface ListWords<A> {
  readonly sort: SortOf<ReadonlyArray<A>>
  readonly nil: Named<ReadonlyArray<A>, 'nil'>
  readonly cons: Lifted2<'cons', A, ReadonlyArray<A>, ReadonlyArray<A>>
  readonly rcons: Lifted2<'rcons', ReadonlyArray<A>, A, ReadonlyArray<A>>
  readonly equal: Equality<ReadonlyArray<A>>
}

/** What belongs together: sorts, and words for their values. */
export interface Vocabulary {
  /** A sort of values. Where there is no equality, its terms are not compared. */
  readonly sort: <A>(name: string, equality?: Eq<A>) => SortOf<A>
  readonly lift: Functions
  readonly predicate: Predicates
  /** Names a value for good: the genesis block, the empty list. */
  readonly constant: <const N extends string, A>(name: N, sort: SortOf<A>, a: NoInfer<A>) => Named<A, N>
  /** The sort of lists of a sort, with the words for them. A vocabulary has one. */
  readonly lists: <A>(of: SortOf<A>, equality: Eq<ReadonlyArray<A>>) => ListWords<A>
}

/** A word as it is used: on symbols it makes a term, or a proposition; on values it computes. */
const using = (word: Word) => {
  const { gives, run, takes } = word
  if (gives === undefined)
    return (...args: unknown[]): Prop<any> =>
      propositionFor(
        atom(
          session()?.tables,
          word,
          each(args, (x, i) => termOf(x, argument(word, i)))
        )
      )
  return (...args: unknown[]): any => {
    const s = session()
    if (s !== undefined)
      return keyOf(
        s,
        application(
          s.tables,
          word,
          each(args, (x, i) => termOf(x, argument(word, i)))
        )
      )
    if (!all(args, (x) => !isSymbol(x))) throw new Unsound(`«${word.name}»: a symbol of a derivation is no value`)
    if (args.length !== takes.length) throw new Unsound(`«${word.name}» takes ${takes.length} arguments`)
    return call(run, args)
  }
}

const argument = (word: Word, i: number): Sort => {
  const sort = word.takes[i]
  if (sort === undefined) throw new Unsound(`«${word.name}» takes ${word.takes.length} arguments`)
  return sort
}

/** How the values of a sort are compared. */
export const eqOf = <A>(key: SortOf<A>): Eq<A> => ({ equals: demandEquality(sortOf(key)).equals })

/** The equality of a sort, as a proposition. */
export const equal = <A>(key: SortOf<A>): Equality<A> => {
  const sort = sortOf(key)
  demandEquality(sort)
  return (a: unknown, b: unknown) => propositionFor(equation(session()?.tables, sort, termOf(a, sort), termOf(b, sort)))
}

/** How values are compared, by a function of an object. Nothing but `true` says that they are equal. */
const comparing =
  (equals: Eq<any>['equals'], of: unknown): Compared =>
  (a, b) =>
    call(equals, [a, b], of) === true

type Compared = (a: unknown, b: unknown) => boolean

/**
 * How lists are compared. An induction is on their length, and to take a list apart is to build one of the same elements: an
 * equality for which that is not so is no equality of lists.
 */
const comparingLists =
  (equals: Compared): Compared =>
  (a, b) => {
    const l = a as ReadonlyArray<unknown>
    const m = b as ReadonlyArray<unknown>
    const isOne = equals(l, m)
    if (isOne && l.length !== m.length)
      throw new Unsound('the equality of lists takes two of different lengths for one')
    if (!isOne && l.length === m.length && all(l, (x, i) => x === m[i]))
      throw new Unsound('the equality of lists tells two apart that have the same elements')
    return isOne
  }

/** What a vocabulary is to the kernel. It sees no two of one name. */
const seeing = (name: string, includes: ReadonlyArray<Vocabulary>): Known => {
  const sees: Known[] = []
  const known: Known = freeze({ name: text(name), includes: each(includes, vocabularyOf), sees })
  append(sees, known)
  each(known.includes, (other) => each(other.sees, (v) => has(sees, v) || append(sees, v)))
  each(freeze(sees), (v) => {
    if (some(sees, (other) => other !== v && other.name === v.name))
      throw new Unsound(`the vocabulary ${name} sees two vocabularies of the name «${v.name}»`)
  })
  return known
}

/** A vocabulary, which includes others: their words may be used with its own. */
export const vocabulary = (name: string, ...includes: ReadonlyArray<Vocabulary>): Vocabulary => {
  const known = seeing(name, includes)
  const { sees } = known
  const sortNames = table<string, true>()
  const wordNames = table<string, true>()
  const isNew = (names: typeof sortNames, what: string, called: string): void => {
    if (names.get(text(called)) !== undefined)
      throw new Unsound(`the vocabulary ${known.name} has two ${what} of the name «${called}»`)
    names.set(called, true)
  }
  const seen = (sort: Sort): Sort => {
    if (!has(sees, sort.vocabulary))
      throw new Unsound(`the sort ${sort.name} is of ${sort.vocabulary.name}, which ${known.name} does not include`)
    return sort
  }
  const wordOf = (called: string, takes: ReadonlyArray<unknown>, gives: unknown, run: unknown): Word => {
    isNew(wordNames, 'words', called)
    // What is looked at is what is kept: whoever made the list may say another length of it the next time.
    const kept = each(takes, (key) => seen(sortOf(key)))
    if (kept.length > 4) throw new Unsound(`«${called}»: a word takes four arguments at most`)
    return freeze({
      id: fresh(),
      vocabulary: known,
      name: called,
      takes: kept,
      gives: gives === undefined ? undefined : seen(sortOf(gives)),
      run: run as Word['run']
    })
  }
  const newSort = (called: string, equals: Compared | undefined): SortOf<any> => {
    isNew(sortNames, 'sorts', called)
    const key = freeze({}) as unknown as SortOf<any>
    sorts.set(key, {
      vocabulary: known,
      name: called,
      equality: equals === undefined ? undefined : freeze({ name: `= of ${called}`, equals }),
      constants: table(),
      list: undefined
    })
    return key
  }
  const sort = (called: string, equality?: Eq<any>): SortOf<any> => {
    const key = newSort(called, equality === undefined ? undefined : comparing(equality.equals, equality))
    freeze(sortOf(key))
    return key
  }
  const lift = (called: string, takes: ReadonlyArray<unknown>, gives: unknown, run: unknown): any =>
    using(wordOf(called, takes, gives, run))
  const predicate = (called: string, takes: ReadonlyArray<unknown>, run: unknown): any =>
    using(wordOf(called, takes, undefined, run))
  const constantWord = (called: string, of: unknown, a: any): Word => {
    const { constants } = sortOf(of)
    const before = constants.get(reflexive(a, sortOf(of)))
    if (before !== undefined) throw new Unsound(`«${before.name}» cannot be named «${called}» as well`)
    const word = wordOf(called, [], of, () => a)
    constants.set(a, word)
    label(a, called)
    return word
  }
  const constant = (called: string, of: unknown, a: any): any => {
    constantWord(called, of, a)
    return a
  }
  const lists = (of: SortOf<any>, equality: Eq<any>): ListWords<any> => {
    const key = newSort(`list of ${sortOf(of).name}`, comparingLists(comparing(equality.equals, equality)))
    const made = sortOf(key)
    const empty: ReadonlyArray<unknown> = freeze([])
    const nil = constantWord('nil', key, empty)
    const cons = wordOf('cons', [of, key], key, (x: unknown, xs: ReadonlyArray<unknown>) => joined([x], xs))
    const rcons = wordOf('rcons', [key, of], key, (xs: ReadonlyArray<unknown>, x: unknown) => joined(xs, [x]))
    made.list = freeze({ of: sortOf(of), nil, cons, rcons })
    freeze(made)
    return { sort: key, nil: empty as any, cons: using(cons) as any, rcons: using(rcons) as any, equal: equal(key) }
  }
  const made: Vocabulary = freeze({ sort, lift, predicate, constant, lists })
  vocabularies.set(made, known)
  return made
}

/** Names a value for the length of `body`. The name cannot be confused with any other, nor escape. */
export const name = <A, R>(a: A, body: <N>(a: Named<A, N>) => R): R => body(a as Named<A, unknown>)

/** Names a value by a literal, which makes errors readable. That no other value has that name is up to the caller. */
export const term = <const N extends string, A>(literal: N, a: A): Named<A, N> => {
  label(a, text(literal))
  return a as Named<A, N>
}
