/**
 * Output that cannot be written: a full disk is no verdict.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const MAIN = fileURLToPath(new URL('../../../impl/cli/main.ts', import.meta.url))
const command = `'${process.execPath}' --import '${import.meta.resolve('tsx')}' '${MAIN}' systems toychain`

test.runIf(existsSync('/dev/full'))('where the disk is full, the command says so in a line, and exits with 4', () => {
  const { stderr, status } = spawnSync('sh', ['-c', `${command} > /dev/full`], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([
    4,
    'blockforest: cannot write the output: ENOSPC: no space left on device, write\n'
  ])
})

test('where nobody reads it any more, the command ends without a word', () => {
  // The reader is gone before anything is written.
  const script = `( sleep 1; ${command} 2>&1 >&3 3>&- ; echo "$?" ) 3>&1 >&2 2>/dev/null | true`
  expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe('')
})
