/**
 * The independent checker: whether a file of exported derivations is right. `docs/derivations.md` says what that means.
 */
import { checkDerivation } from './derivation.js'
import { Json, Wrong } from './json.js'
import { readSignature } from './signature.js'
import { readTheorem } from './theorem.js'
import type { Grade, Theorem } from './theorem.js'
import { Forest } from './trees.js'

/** What a checker says of a file: that it is right, and how many theorems of which grade there are; or what is wrong. */
export type Checked =
  | { readonly isAccepted: true; readonly grades: Readonly<Record<Grade, number>> }
  /** The first place that is wrong, and what was expected there. */
  | { readonly isAccepted: false; readonly where: string; readonly expected: string }

const FORMAT = 'blockforest derivations 1'
const STATEMENT = [
  ...['name', 'vocabulary', 'symbols', 'variables', 'terms', 'formulas', 'premises', 'conclusion', 'grade']
]

const parsed = (json: string): Json => {
  try {
    return new Json(JSON.parse(json))
  } catch (e) {
    throw new Wrong('the file', `JSON (${String(e)})`)
  }
}

const check = (json: string): ReadonlyArray<Theorem> => {
  const file = parsed(json).fields(['format', 'vocabularies', 'sorts', 'words', 'theorems'])
  file('format').expect(file('format').value === FORMAT, JSON.stringify(FORMAT))
  const forest = new Forest()
  const signature = readSignature(file('vocabularies'), file('sorts'), file('words'), (steps) => forest.spend(steps))
  const theorems: Theorem[] = []
  for (const given of file('theorems').list()) {
    const name = given.fields(STATEMENT, ['derivation'])('name').text()
    const entry = new Json(given.value, `${given.where} (${name})`)
    const field = entry.fields(STATEMENT, ['derivation'])
    const theorem = readTheorem(field, signature, forest)
    const isDerived = theorem.grade === 'derived'
    entry.expect((field('derivation').value !== undefined) === isDerived, isDerived ? 'a derivation' : 'no derivation')
    if (isDerived) checkDerivation(field('derivation'), forest, theorem, theorems)
    theorems.push(theorem)
  }
  return theorems
}

/** Checks the text of a file of derivations. */
export const checkDerivations = (json: string): Checked => {
  try {
    const theorems = check(json)
    const count = (grade: Grade): number => theorems.filter((t) => t.grade === grade).length
    return {
      isAccepted: true,
      grades: { derived: count('derived'), tested: count('tested'), assumed: count('assumed') }
    }
  } catch (e) {
    if (e instanceof Wrong) return { isAccepted: false, where: e.where, expected: e.expected }
    throw e
  }
}
