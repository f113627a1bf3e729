/**
 * The independent checker: whether a file of exported derivations is right. `docs/derivations.md` says what that means.
 */
import { checkDerivation } from './derivation.js'
import { noNames, readSignature, readTheorem, take } from './file.js'
import type { Grade, Theorem } from './file.js'
import { expect, fields, list, text, Wrong } from './json.js'

/** What a checker says of a file: that it is right, and how many theorems of which grade there are; or what is wrong. */
export type Checked =
  | { readonly isAccepted: true; readonly grades: Readonly<Record<Grade, number>> }
  /** The first place that is wrong, and what was expected there. */
  | { readonly isAccepted: false; readonly where: string; readonly expected: string }

const FORMAT = 'blockforest derivations 1'
const STATEMENT = [
  ...['name', 'vocabulary', 'symbols', 'variables', 'terms', 'formulas', 'premises', 'conclusion', 'grade']
] as const

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch (e) {
    throw new Wrong('the file', `JSON (${String(e)})`)
  }
}

const check = (json: string): ReadonlyArray<Theorem> => {
  const file = fields(parsed(json), 'the file', ['format', 'vocabularies', 'sorts', 'words', 'theorems'])
  expect(file.get('format') === FORMAT, 'format', JSON.stringify(FORMAT))
  const signature = readSignature(file)
  const names = noNames(signature.includes.length)
  const theorems: Theorem[] = []
  for (const [i, x] of list(file.get('theorems'), 'theorems').entries()) {
    const given = fields(x, `theorem ${i}`, STATEMENT, ['derivation'])
    const where = `theorem ${i} (${text(given.get('name'), `theorem ${i}, name`)})`
    const theorem = readTheorem(signature, given, where)
    take(names, theorem.vocabulary, theorem.name, where)
    const isDerived = theorem.grade === 'derived'
    expect(given.has('derivation') === isDerived, where, isDerived ? 'a derivation' : 'no derivation')
    if (isDerived) checkDerivation(signature, theorems, theorem, given.get('derivation'), where)
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
