/**
 * Every example is shown on a page, and run by a transcript.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { read, ROOT, writtenPages } from '../../scripts/docs/pages.js'
import { transcripts } from '../../scripts/docs/transcripts.js'

const pages = writtenPages().map((file) => ({ file, text: read(file) ?? '' }))
const run = new Set(
  pages.flatMap(({ file, text }) =>
    // By itself, or as a system that the command loads.
    transcripts(file, text).flatMap((t) => t.commands.flatMap((c) => c.args.map((arg) => arg.replace(/^\.\//, ''))))
  )
)
const examples = readdirSync(join(ROOT, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `examples/${name}`)

test.each(examples)('%s is shown on a page', (example) => {
  expect(pages.some(({ text }) => text.includes(`<!-- code: ${example} -->`))).toBe(true)
})

test.each(examples)('%s is run by a transcript', (example) => {
  expect(run).toContain(example)
})
