/**
 * The pictures that pages show besides those of the lecture are what the systems say.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DRAWINGS, drawings } from '../../scripts/docs/drawings.js'
import { read, ROOT, writtenPages } from '../../scripts/docs/pages.js'

test('they are fresh, there are no others, and each is shown on a page', async () => {
  const made = await drawings()
  expect(
    [...made].filter(([file, svg]) => read(file) !== svg).map(([file]) => file),
    'npm run docs:generate'
  ).toEqual([])
  expect(readdirSync(join(ROOT, DRAWINGS)).sort()).toEqual(
    [...made.keys()].map((file) => file.slice(DRAWINGS.length + 1)).sort()
  )
  const pages = writtenPages()
    .map((page) => read(page) ?? '')
    .join('\n')
  expect([...made.keys()].filter((file) => !pages.includes(`](${file.replace('docs/', '')})`))).toEqual([])
})
