/** Typed proofs: a lemma that is stated, one that is derived from it, what that rests on, and what an audit catches. */
import {
  assume,
  assumptions,
  audit,
  check,
  derive,
  explain,
  given,
  Refuted,
  term,
  theorem,
  theoremOf,
  vocabulary
} from '../invariants/proof/index.js'
import type { Named } from '../invariants/proof/index.js'

type List = ReadonlyArray<number>

// Words: a function and two predicates, on values that the compiler knows by name.
const words = vocabulary('lists of numbers')
const { lift, predicate, sort } = words
const Lists = sort<List>('List')
const reverse = lift('reverse', [Lists], Lists, (l) => l.toReversed())
const isSorted = predicate('isSorted', [Lists], (l) => l.every((n, i) => i === 0 || (l[i - 1] ?? n) <= n))
const isConstant = predicate('isConstant', [Lists], (l) => l.every((n) => n === l[0]))

// Stated: nobody has derived it, so it is for a test to run it.
const about = { source: 'here', variables: ['l'], vocabulary: words }
const reverseConstant = theorem({ ...about, name: 'reverseConstant' })(<L>(l: Named<List, L>) =>
  given(isConstant(l)).infer(isConstant(reverse(l)))
)
// A law: assumed, with a reason.
const constantSorted = theorem({ ...about, name: 'constantSorted', law: 'it is well known' })(<L>(l: Named<List, L>) =>
  given(isConstant(l)).infer(isSorted(l))
)
// Derived: the compiler accepts no other evidence than that of what is asked for.
const reverseSorted = theorem({ ...about, name: 'reverseSorted' })(<L>(l: Named<List, L>) =>
  given(isConstant(l))
    .infer(isSorted(reverse(l)))
    .by((constant) => constantSorted(reverse(l))(reverseConstant(l)(constant)))
)

const made = theoremOf(reverseSorted)
const proof = made && derive(made)
if (proof) console.log(explain(proof))

// For values, evidence starts with a check, or with an assumption.
const ones = term('ones', [1, 1, 1])
const checked = check(isConstant(ones))
if (checked._tag === 'Right') console.log(assumptions(reverseSorted(ones)(checked.right)))

const mixed = term('mixed', [1, 2])
const guess = () => reverseSorted(mixed)(assume(isConstant(mixed), 'a guess'))
console.log(assumptions(guess()))
try {
  audit(guess)
} catch (error) {
  console.log(error instanceof Refuted ? error.message : error)
}
