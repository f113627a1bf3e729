/**
 * What terms and formulas come to for values.
 */
import { demandEquality, Unsound } from './data.js'
import type { Formula, Term, Word } from './data.js'
import { append, each, freeze, table } from './realm.js'
import type { Table } from './realm.js'
import { whyOutside } from './session.js'

/** The values of the symbols, by their places. Each list is asked about on its own, even if another one has the same values. */
type Values = ReadonlyArray<unknown>

type Computing = (values: Values) => unknown

/** What a function gives for values; it remembers the last ones that it was asked about, since they are asked about again. */
const rememberingLast = <R>(f: (values: Values) => R): ((values: Values) => R) => {
  let last: { readonly values: Values; readonly result: R } | undefined
  return (values) => {
    if (last?.values === values) return last.result
    const result = f(values)
    last = { values, result }
    return result
  }
}

/** Calls a function with what its arguments come to. */
const calling = (run: Word['run'], args: ReadonlyArray<Computing>): Computing => {
  const a = args[0] as Computing
  const b = args[1] as Computing
  const c = args[2] as Computing
  const d = args[3] as Computing
  switch (args.length) {
    case 0:
      return () => run()
    case 1:
      return (v) => run(a(v))
    case 2:
      return (v) => run(a(v), b(v))
    case 3:
      return (v) => run(a(v), b(v), c(v))
    default:
      return (v) => run(a(v), b(v), c(v), d(v))
  }
}

/** How terms and formulas come to values: what occurs more than once is looked at once. */
interface Compiled {
  readonly terms: Table<Term, Computing>
  readonly formulas: Table<Formula, Deciding>
}

const computing = (known: Compiled, t: Term): Computing => {
  const before = known.terms.get(t)
  if (before !== undefined) return before
  const made = computed(known, t)
  known.terms.set(t, made)
  return made
}

const computed = (known: Compiled, t: Term): Computing => {
  if (t.tag === 'symbol') return (values) => values[t.index]
  if (t.tag === 'value') return () => t.value
  const compute = calling(
    t.word.run,
    each(t.args, (arg) => computing(known, arg))
  )
  return rememberingLast((values) => {
    const value = compute(values)
    const why = whyOutside(value, t.sort)
    if (why !== undefined)
      throw new Unsound(`«${t.word.name}» gives a value that is ${why}: it is outside of the sort ${t.sort.name}`)
    return value
  })
}

/** Whether a formula holds of values. */
export type Deciding = (values: Values) => boolean

/** Whether formulas hold of values: what occurs in several of them is looked at once. */
export const deciding = (): ((f: Formula) => Deciding) => {
  const known = { terms: table<Term, Computing>(), formulas: table<Formula, Deciding>() }
  return (f) => decidingWith(known, f)
}

const decidingWith = (known: Compiled, f: Formula): Deciding => {
  const before = known.formulas.get(f)
  if (before !== undefined) return before
  const made = rememberingLast(decided(known, f))
  known.formulas.set(f, made)
  return made
}

const decided = (known: Compiled, f: Formula): Deciding => {
  switch (f.tag) {
    case 'atom': {
      const compute = calling(
        f.word.run,
        each(f.args, (arg) => computing(known, arg))
      )
      return (values) => compute(values) === true
    }
    case 'equal': {
      const { equals } = demandEquality(f.sort)
      const left = computing(known, f.left)
      const right = computing(known, f.right)
      return (values) => equals(left(values), right(values))
    }
    case 'false':
      return () => false
    default: {
      const left = decidingWith(known, f.left)
      const right = decidingWith(known, f.right)
      if (f.tag === 'and') return (values) => left(values) && right(values)
      if (f.tag === 'or') return (values) => left(values) || right(values)
      return (values) => !left(values) || right(values)
    }
  }
}

/**
 * What the implications in a formula suppose, each once: where none of it holds, they say nothing. A negation is no
 * implication.
 */
export const antecedents = (whole: Formula): ReadonlyArray<Formula> => {
  const found: Formula[] = []
  const seen = table<Formula, true>()
  const look = (f: Formula): void => {
    if (f.tag === 'atom' || f.tag === 'equal' || f.tag === 'false' || seen.get(f) === true) return
    seen.set(f, true)
    if (f.tag !== 'implies') look(f.left)
    else if (f.right.tag !== 'false') append(found, f.left)
    look(f.right)
  }
  look(whole)
  return freeze(found)
}

/** Whether a formula holds that speaks of values. */
export const holds = (f: Formula): boolean => deciding()(f)([])
