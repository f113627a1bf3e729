/**
 * What is replaced after the kernel was loaded is not used: `realm.ts` replaces it, in a process of its own, and attempts to
 * derive something false.
 */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../../../../scripts/docs/pages.js'

const found = execFileSync(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'realm.ts')], {
  cwd: ROOT,
  encoding: 'utf8'
})
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as readonly [says: string, how: 'leaked' | 'forged', came: string])

/** These break the making of errors, so that theirs say something else. */
const SPEECHLESS = ['an iterator of lists', 'a value of all objects']

test('as many ways are tried as there are', () => {
  expect(found).toHaveLength(40)
})

test.each(found)('%s replaced: a hypothesis or an object that is %s proves nothing', (says, how, came) => {
  expect(came).not.toBe('DERIVED')
  if (!SPEECHLESS.includes(says))
    expect(came).toContain(
      how === 'leaked' ? 'the hypothesis «⊥» is used outside its branch' : 'got something that is no proof'
    )
})
