/**
 * The table of exit codes on the page about the checker, held against the command: each code by a real run.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { bundledCommand } from '../../support/bundled.js'

const { folder, start, run, shell } = bundledCommand()
const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

const headers = at('test/data/bitcoin-headers-822528-830592.bin')
const stale = at('test/data/bitcoin-stale-822528-830592.csv')
const violated = 'check --mints 1 --losses 1 --no-progress'

/** The codes of the table, in its order. */
const documented = (): ReadonlyArray<number> => {
  const page = readFileSync(at('docs/checker.md'), 'utf8')
  const section = page.slice(page.indexOf('## Exit codes'), page.indexOf('## What is printed'))
  return [...section.matchAll(/^\| +(\d+) \|/gm)].map(([, code]) => Number(code))
}

/** What ends with each code. */
const commands: Readonly<Record<number, ReadonlyArray<string>>> = {
  0: [
    'check --mints 1',
    'replay holds.itf.json',
    'explain holds.itf.json',
    `conform ${at('test/vectors/local.jsonl.gz')}`,
    `bitcoin ${headers} ${stale}`,
    'systems',
    'lecture problem-2',
    '--help',
    '--version'
  ],
  1: [
    violated,
    'check --mints 1 --witness forks',
    'replay fails.itf.json',
    'explain fails.itf.json',
    'conform wrong.jsonl',
    `bitcoin ${headers} ${stale} --before 1 --after 0`
  ],
  2: [
    'check --nodes 0',
    'replay missing',
    'replay no-execution.itf.json',
    'conform missing',
    'bitcoin missing',
    'lecture missing',
    'frobnicate'
  ],
  4: existsSync('/dev/full')
    ? ['systems > /dev/full', `${violated} > /dev/full`, `${violated} --trace-out /dev/full`]
    : []
}

/** Files for the commands to read. */
const prepare = async (): Promise<void> => {
  await shell(`$BLOCKFOREST ${violated} --trace-out fails.itf.json`)
  const trace = JSON.parse(readFileSync(join(folder, 'fails.itf.json'), 'utf8')) as { states: unknown[] }
  writeFileSync(join(folder, 'holds.itf.json'), JSON.stringify({ ...trace, states: trace.states.slice(0, 2) }))
  writeFileSync(
    join(folder, 'no-execution.itf.json'),
    JSON.stringify({ ...trace, states: trace.states.slice(0, 1).concat(trace.states.slice(2)) })
  )
  await shell(
    `gzip -dc ${at('test/vectors/forest.jsonl.gz')} | head -1 | sed 's/"work":\\[0,/"work":[1,/' > wrong.jsonl`
  )
}

describe('the exit codes of the page', () => {
  test('are 0 to 4 and those of signals', () => {
    expect(documented()).toEqual([0, 1, 2, 3, 4, 130, 143])
  })

  test('are those of the command', async () => {
    await prepare()
    for (const [code, ways] of Object.entries(commands))
      for (const way of ways) {
        const { code: found, err } = await shell(`$BLOCKFOREST ${way}`)
        expect([way, found, /^ +at /m.test(err)]).toEqual([way, Number(code), false])
      }
  })

  test('3 is that of an error of its own: here a file of the program is broken', async () => {
    const bin = join(folder, 'dist/bin')
    const file = join(bin, readdirSync(bin).find((name) => name.startsWith('museum-')) ?? '')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, "throw new Error('broken')")
    const { code, err } = await run('museum').finally(() => {
      writeFileSync(file, text)
    })
    expect([code, err]).toEqual([
      3,
      expect.stringContaining("blockforest: an error of blockforest's own; please report it with the command\n")
    ])
  })

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143]
  ] as const)('%s: %i', async (signal, code) => {
    const running = start(['check', '--nodes', '3', '--mints', '3', '--progress-every', '0'])
    await running.heard
    running.kill(signal)
    expect((await running.ended).code).toBe(code)
  })
})
