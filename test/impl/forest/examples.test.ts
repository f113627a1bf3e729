/**
 * The examples run as they stand, and print what they say they print.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const folder = fileURLToPath(new URL('../../../examples/forest/', import.meta.url))

test.each(readdirSync(folder).filter((name) => name.endsWith('.ts')))('%s', (name) => {
  const [, promised = ''] = readFileSync(folder + name, 'utf8').split('// prints:\n')
  expect(promised).not.toBe('')
  const printed = execFileSync(process.execPath, ['--import', 'tsx', folder + name], { encoding: 'utf8' })
  expect(printed).toBe(promised.replace(/^\/\/ /gm, ''))
})
