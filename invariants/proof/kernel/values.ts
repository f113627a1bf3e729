/**
 * What terms and formulas come to for values.
 */
import { demandEquality, Unsound } from './data.js'
import type { Formula, Term, Word } from './data.js'
import { each, joined, table } from './realm.js'
import type { Table } from './realm.js'
import { whyOutside } from './session.js'

/** The values of the symbols, by their places, and what was computed and decided of them already. */
interface Values {
  readonly of: ReadonlyArray<unknown>
  readonly computed: Table<Term, { readonly value: unknown }>
  readonly decided: Table<Formula, boolean>
}

type Computing = (values: Values) => unknown

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
  if (t.tag === 'symbol') return ({ of }) => of[t.index]
  if (t.tag === 'value') return () => t.value
  const compute = calling(
    t.word.run,
    each(t.args, (arg) => computing(known, arg))
  )
  return (values) => {
    const before = values.computed.get(t)
    if (before !== undefined) return before.value
    const value = compute(values)
    const why = whyOutside(value, t.sort)
    if (why !== undefined)
      throw new Unsound(`«${t.word.name}» gives a value that is ${why}: it is outside of the sort ${t.sort.name}`)
    values.computed.set(t, { value })
    return value
  }
}

type Deciding = (values: Values) => boolean

/** Whether a formula holds of values. */
export const deciding = (f: Formula): Deciding => decidingWith({ terms: table(), formulas: table() }, f)

const decidingWith = (known: Compiled, f: Formula): Deciding => {
  const before = known.formulas.get(f)
  if (before !== undefined) return before
  const decide = decided(known, f)
  const made: Deciding = (values) => {
    const answer = values.decided.get(f) ?? decide(values)
    values.decided.set(f, answer)
    return answer
  }
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

/** What the implications in a formula suppose: where none of it holds, they say nothing. A negation is no implication. */
export const antecedents = (f: Formula): ReadonlyArray<Formula> => {
  if (f.tag === 'atom' || f.tag === 'equal' || f.tag === 'false') return []
  if (f.tag !== 'implies') return joined(antecedents(f.left), antecedents(f.right))
  return f.right.tag === 'false' ? [] : joined([f.left], antecedents(f.right))
}

/** Values of symbols, for which formulas are decided. */
export const valuesOf = (of: ReadonlyArray<unknown>): Values => ({ of, computed: table(), decided: table() })

/** Whether a formula holds that speaks of values. */
export const holds = (f: Formula): boolean => deciding(f)(valuesOf([]))
