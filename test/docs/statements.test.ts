/**
 * The table of statements that were compared with Coq's: complete, up to date with the statements, fresh, and able to fail
 * in each of these ways.
 */
import { expect, test } from 'vitest'
import { coqIndex, read } from '../../scripts/docs/pages.js'
import { comparisons, lemmasOfCoq, problemsOf, STATEMENTS, statementsPage } from '../../scripts/docs/statements.js'

const [lemmas, compared, index] = [lemmasOfCoq(), comparisons(), coqIndex()]

test('each lemma of the Coq development was compared as it is stated now, and each comparison is of one', () => {
  expect(problemsOf(lemmas, compared, index)).toEqual([])
  expect(compared).toHaveLength(lemmas.length)
})

test('the page is what came of comparing', () => {
  expect(statementsPage(lemmas, compared, index).page === read(STATEMENTS), 'run `npm run docs:generate`').toBe(true)
})

test('the page has a row for each, which says “same” or how it differs', () => {
  const rows = (read(STATEMENTS) ?? '').split('\n').filter((line) => line.startsWith('| [`'))
  expect(rows).toHaveLength(lemmas.length)
  expect(rows.filter((row) => row.endsWith('| same |'))).toHaveLength(
    compared.filter(({ differs }) => differs === null).length
  )
})

test('that folds of one function are no theorem about all is said', () => {
  for (const name of ['foldl1', 'foldr1'])
    for (const { differs } of compared.filter((one) => one.name === name)) expect(differs).toMatch(/one function/)
})

test('a lemma that was not compared, or compared twice, or is none, is found', () => {
  const first = compared.find(({ name }) => name === 'isp_mt')
  if (first === undefined) throw new Error('it was not compared')
  const rest = compared.filter((one) => one !== first)
  expect(problemsOf(lemmas, rest, index)).toEqual([
    `${first.file} ${first.name}: not compared, and stated in the Coq development`,
    `${first.file} ${first.name}: not compared with the Coq development`
  ])
  expect(problemsOf(lemmas, [...compared, first], index)).toEqual([`${first.file} ${first.name}: compared twice`])
  expect(problemsOf(lemmas, [...compared, { ...first, name: 'nobody' }], index)).toEqual([
    `${first.file} nobody: compared, and no lemma`
  ])
  expect(problemsOf(lemmas, [{ ...first, differs: ' ' }, ...rest], index)).toEqual([
    `${first.file} ${first.name}: it is not said how it differs`
  ])
})

test('a statement that has changed since it was compared is found', () => {
  const [first, ...rest] = compared
  if (first === undefined) throw new Error('nothing was compared')
  expect(problemsOf(lemmas, [{ ...first, statement: 'another' }, ...rest], index)).toEqual([
    expect.stringContaining('its statement has changed since it was compared')
  ])
})
