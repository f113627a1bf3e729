/**
 * The kernel of the typed proofs, as it is used. What each file of it is there for, its README says; what is trusted, and
 * what is not, `docs/proofs.md`.
 *
 * - A *named value* `Named<A, N>` is a plain `A` that the compiler knows by the name `N`. Names are erased at run time.
 * - A *proposition* `Prop<P>` can be decided; `P` says what it is about, in terms of names.
 * - A *proof* `Proof<P>` is evidence that `P` holds: a step of a derivation, or something known of values.
 * - A *theorem* takes named values, then proofs of its premises, and gives a proof of its conclusion.
 *
 * Of values, evidence comes about in four ways: a proposition is *checked* (decided for these values), *assumed* (with a
 * reason, and `assumptions` lists it), or follows by a *theorem* or by a *rule* of logic from other evidence. A theorem is
 * in turn *derived* (from other theorems), *stated* (and tested by whoever runs it), or a *law* (an assumption about the
 * parameters of the development).
 */
export { Unsound } from './kernel/data.js'
export { eqOf, equal, name, term, vocabulary } from './kernel/words.js'
export type { Equality, ListWords, SortOf, Vocabulary } from './kernel/words.js'
export type {
  And,
  App,
  Equal,
  False,
  Holds,
  Iff,
  Implies,
  Lifted1,
  Lifted2,
  Lifted3,
  Lifted4,
  Named,
  NamedAll,
  Not,
  Or
} from './kernel/named.js'
export {
  and,
  assume,
  audit,
  check,
  falsum,
  iff,
  implies,
  not,
  or,
  Proof,
  Prop,
  Refuted
} from './kernel/propositions.js'
export type { Theorem } from './kernel/session.js'
export {
  decideFor,
  derive,
  given,
  gradeOf,
  nextPlace,
  saying,
  supposedFor,
  theorem,
  theoremOf,
  write
} from './kernel/theorems.js'
export type {
  About,
  AnyRule,
  Deriving,
  Place,
  Proofs,
  Props,
  Rule,
  Stating,
  Verdict,
  Written
} from './kernel/theorems.js'
export {
  absurd,
  apply,
  both,
  byCases,
  cases,
  congruence,
  contradiction,
  first,
  inLeft,
  inRight,
  refl,
  refute,
  rewrite,
  second,
  substitute,
  suppose,
  symm,
  takingApart,
  trans
} from './kernel/rules.js'
export type { Equations, Lists } from './kernel/rules.js'
export { exported } from './kernel/export.js'
export type { Exported } from './kernel/export.js'
