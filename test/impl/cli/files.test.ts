/**
 * The command as a user runs it: the bundled program in a process of its own.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundle } from '../../../scripts/bundle.js'

const root = fileURLToPath(new URL('../../../', import.meta.url))

// A package of its own: bundled from the sources as they are, whatever was built before.
const folder = mkdtempSync(join(tmpdir(), 'blockforest-test-'))
const main = join(folder, 'dist/bin/blockforest.js')
beforeAll(async () => {
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'))
  await bundle(join(folder, 'dist/bin'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const blockforest = (
  ...args: ReadonlyArray<string>
): { readonly code: number | null; readonly out: string; readonly err: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', cwd: root })
  return { code: status, out: stdout, err: stderr }
}

describe('blockforest check', () => {
  it('goes on from the checkpoint of a search that was killed, with the same counts', () => {
    const file = join(folder, 'checkpoint')
    const search = ['check', '--nodes', '3', '--mints', '3', '--block-only', '--json'] as const
    // `timeout` kills as `kill -9` does. The first checkpoint is written before the first state is expanded.
    spawnSync('timeout', [
      '-s',
      'KILL',
      '4',
      process.execPath,
      main,
      ...search,
      '--checkpoint',
      file,
      '--checkpoint-every',
      '0'
    ])
    expect(existsSync(file)).toBe(true)
    const resumed = blockforest(...search, '--resume', file)
    expect(resumed.code).toBe(0)
    expect(JSON.parse(resumed.out)).toMatchObject({ states: 28_057, transitions: 119_055, depth: 12, verdict: 'holds' })
  })
})

describe('blockforest bitcoin', () => {
  const headers = join(root, 'test/data/bitcoin-headers-822528-830592.bin')
  const stale = join(root, 'test/data/bitcoin-stale-822528-830592.csv')

  it('decides all forks as Bitcoin did, and gives the total work as a decimal string', () => {
    const { code, out } = blockforest('bitcoin', headers, stale, '--json')
    expect(code).toBe(0)
    const report = JSON.parse(out) as { totalWork: string; count: number; forks: ReadonlyArray<{ chosen: string }> }
    expect([report.count, report.totalWork]).toEqual([8065, '2520486111891259979237736048'])
    expect(report.forks.map(({ chosen }) => chosen)).toEqual(Array.from({ length: 11 }, () => 'bitcoin'))
  })

  it('refuses a file of another length, and says where', () => {
    const file = join(folder, 'short.bin')
    writeFileSync(file, readFileSync(headers).subarray(0, 200))
    const { code, err } = blockforest('bitcoin', file)
    expect(code).toBe(2)
    expect(err).toMatch(/short.bin/)
    expect(err).not.toMatch(/^ +at /m)
  })
})

describe('blockforest', () => {
  it('lists its commands, and exits with 2 for one that it does not have', () => {
    const { code, out } = blockforest('--help')
    expect(code).toBe(0)
    for (const command of ['check', 'replay', 'explain', 'conform', 'bitcoin']) expect(out).toContain(`  ${command} `)
    expect(blockforest('frobnicate').code).toBe(2)
  })
})
