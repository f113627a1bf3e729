/**
 * The command as a user runs it: the bundled program in a process of its own.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { bundledCommand } from '../../support/bundled.js'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const { folder, run, shell } = bundledCommand()

describe('blockforest check', () => {
  it('goes on from the checkpoint of a search that was killed, with the same counts', async () => {
    const file = join(folder, 'checkpoint')
    const search = ['check', '--nodes', '3', '--mints', '3', '--block-only', '--json'] as const
    // `timeout` kills as `kill -9` does. The first checkpoint is written before the first state is expanded.
    await shell(`timeout -s KILL 4 $BLOCKFOREST ${search.join(' ')} --checkpoint ${file} --checkpoint-every 0`)
    expect(existsSync(file)).toBe(true)
    const resumed = await run(...search, '--resume', file)
    expect(resumed.code).toBe(0)
    expect(JSON.parse(resumed.out)).toMatchObject({ states: 28_057, transitions: 119_055, depth: 12, verdict: 'holds' })
  })
})

describe('blockforest bitcoin', () => {
  const headers = join(root, 'test/data/bitcoin-headers-822528-830592.bin')
  const stale = join(root, 'test/data/bitcoin-stale-822528-830592.csv')

  it('decides all forks as Bitcoin did, and gives the total work as a decimal string', async () => {
    const { code, out } = await run('bitcoin', headers, stale, '--json')
    expect(code).toBe(0)
    const report = JSON.parse(out) as { totalWork: string; count: number; forks: ReadonlyArray<{ chosen: string }> }
    expect([report.count, report.totalWork]).toEqual([8065, '2520486111891259979237736048'])
    expect(report.forks.map(({ chosen }) => chosen)).toEqual(Array.from({ length: 11 }, () => 'bitcoin'))
  })

  it('refuses a file of another length, and says where', async () => {
    const file = join(folder, 'short.bin')
    writeFileSync(file, readFileSync(headers).subarray(0, 200))
    const { code, err } = await run('bitcoin', file)
    expect(code).toBe(2)
    expect(err).toMatch(/short.bin/)
    expect(err).not.toMatch(/^ +at /m)
  })
})

describe('blockforest', () => {
  it('lists its commands, and exits with 2 for one that it does not have', async () => {
    const { code, out } = await run('--help')
    expect(code).toBe(0)
    for (const command of ['check', 'replay', 'explain', 'conform', 'bitcoin']) expect(out).toContain(`  ${command} `)
    expect((await run('frobnicate')).code).toBe(2)
  })
})
