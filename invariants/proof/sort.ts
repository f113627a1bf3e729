/**
 * What lemmas quantify over: sorts of values, which can be drawn at random and, where they are few, listed.
 */
import * as fc from 'fast-check'

/** A sort of values. */
export interface Sort<A> {
  /** One of them at random. */
  readonly sample: fc.Arbitrary<A>
  /** How many there are in all. */
  readonly size: number
  /** All of them, in a fixed order, the simple ones first. */
  readonly all: () => Iterable<A>
}

/** Sorts for a list of types. */
export type Sorts<As extends ReadonlyArray<unknown>> = { readonly [I in keyof As]: Sort<As[I]> }

/** The values of a list. Unless said otherwise each is equally likely. */
export const listed = <A>(values: ReadonlyArray<A>, sample?: fc.Arbitrary<A>): Sort<A> => ({
  sample: sample ?? fc.constantFrom(...values),
  size: values.length,
  all: () => values
})

/** The values of a list that is made when it is first asked for. */
export const lazy = <A>(make: () => ReadonlyArray<A>, sample: fc.Arbitrary<A>): Sort<A> => {
  let made: ReadonlyArray<A> | undefined
  const values = (): ReadonlyArray<A> => (made ??= make())
  return {
    sample,
    get size() {
      return values().length
    },
    all: values
  }
}

/** The images of the values of a sort. */
export const mapped = <A, B>(sort: Sort<A>, f: (a: A) => B): Sort<B> => ({
  sample: sort.sample.map(f),
  get size() {
    return sort.size
  },
  *all() {
    for (const a of sort.all()) yield f(a)
  }
})

/** The values of a sort, drawn in another way. */
export const drawn = <A>(sort: Sort<A>, sample: fc.Arbitrary<A>): Sort<A> => ({
  sample,
  get size() {
    return sort.size
  },
  all: sort.all
})

/** All tuples of values; the last place changes fastest. */
export const tuple = <As extends ReadonlyArray<unknown>>(...sorts: Sorts<As>): Sort<As> => ({
  sample: tupleOf(sorts.map((sort) => sort.sample)),
  get size() {
    return sorts.reduce((n, sort) => n * sort.size, 1)
  },
  all: () => product(sorts)
})

/** The arbitrary of tuples. (The overloads say what a mapped type cannot: that it maps a list to a list.) */
function tupleOf<As extends ReadonlyArray<unknown>>(samples: ReadonlyArray<fc.Arbitrary<unknown>>): fc.Arbitrary<As>
function tupleOf(samples: ReadonlyArray<fc.Arbitrary<unknown>>): fc.Arbitrary<ReadonlyArray<unknown>> {
  return fc.tuple(...samples)
}

function product<As extends ReadonlyArray<unknown>>(sorts: Sorts<As>): Iterable<As>
function* product(sorts: ReadonlyArray<Sort<unknown>>): Iterable<ReadonlyArray<unknown>> {
  const [first, ...rest] = sorts
  if (first === undefined) yield []
  else for (const a of first.all()) for (const others of product(rest)) yield [a, ...others]
}

/** All lists of at most so many of the given values, shorter ones first. */
export const listsUpTo = <A>(length: number, of: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  Array.from({ length }).reduce<{
    readonly all: ReadonlyArray<ReadonlyArray<A>>
    readonly last: ReadonlyArray<ReadonlyArray<A>>
  }>(
    ({ all, last }) => {
      const longer = last.flatMap((l) => of.map((a) => [...l, a]))
      return { all: [...all, ...longer], last: longer }
    },
    { all: [[]], last: [[]] }
  ).all

/** All lists of at most so many of the given values. How many they are is known without making them. */
export const lists = <A>(
  length: number,
  of: ReadonlyArray<A>,
  sample: fc.Arbitrary<ReadonlyArray<A>>
): Sort<ReadonlyArray<A>> => {
  const { all } = lazy(() => listsUpTo(length, of), sample)
  return { sample, size: Array.from({ length: length + 1 }, (_, n) => of.length ** n).reduce((m, n) => m + n), all }
}
