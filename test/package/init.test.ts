/**
 * What `blockforest init` writes, where the package is installed: it is checked, its test passes, and it compiles.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ROOT } from '../../scripts/docs/pages.js'
import { deep } from '../support/deep.js'
import { installPackage } from '../support/package.js'

const folder = mkdtempSync(join(tmpdir(), 'blockforest-init-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Runs a file with Node in a folder; what it prints. */
const node = (cwd: string, file: string, ...args: ReadonlyArray<string>): string =>
  execFileSync(process.execPath, [file, ...args], { cwd, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } })

test.runIf(deep)(
  'a system of one\u2019s own is checked, tested and compiled where the package is installed',
  async () => {
    await installPackage(folder, ['vitest', 'typescript'])
    const command = join(folder, 'node_modules/blockforest/dist/bin/blockforest.js')
    node(folder, command, 'init', 'mine')
    const mine = join(folder, 'mine')
    expect(node(mine, command, 'check', './my-system.ts')).toMatch(/^lock, 3 processes +exhaustive +20 .* all hold$/m)
    expect(node(mine, join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run')).toMatch(/Tests +2 passed/)
    expect(node(mine, join(ROOT, 'node_modules/typescript/bin/tsc'))).toBe('')
  }
)
