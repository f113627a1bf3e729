/**
 * Ctrl-C and its like: what is finished is shown, what was asked for is kept, and nothing is left lying about.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { bundledCommand } from '../../support/bundled.js'

const { folder, start, run, shell } = bundledCommand()

/** More than any test waits for. */
const LONG = ['check', '--nodes', '3', '--mints', '3'] as const
/** The first line of progress says that the search has begun. */
const TOLD = ['--progress-every', '0'] as const

const interrupted = async (signal: NodeJS.Signals, ...args: ReadonlyArray<string>) => {
  const running = start([...args, ...TOLD])
  await running.heard
  running.kill(signal)
  return running.ended
}

describe('a search that is interrupted', () => {
  test.each([
    ['SIGINT', 130, []],
    ['SIGTERM', 143, []],
    ['SIGINT', 130, ['--order', 'depth-first']],
    ['SIGINT', 130, ['--order', 'iterative-deepening']],
    ['SIGINT', 130, ['--order', 'guided', '--toward', 'blocks']],
    ['SIGINT', 130, ['--reduce', 'noop']],
    ['SIGINT', 130, ['--plain']],
    ['SIGINT', 130, ['--workers', '2']],
    ['SIGTERM', 143, ['--workers', '2']]
  ] as const)('by %s ends with %i and says how far it was: %j', async (signal, exitCode, how) => {
    const { code, out } = await interrupted(signal, ...LONG, ...how)
    expect(code).toBe(exitCode)
    expect(out).toMatch(/^F330 .* interrupted, none violated so far$/m)
    expect(out).toContain(
      `interrupted by ${signal}: the numbers are those of what was explored so far, in which no violation was found\n`
    )
  })

  it('says so as JSON, which never claims that all holds', async () => {
    const { code, out } = await interrupted('SIGINT', ...LONG, '--json')
    expect(code).toBe(130)
    expect(JSON.parse(out)).toMatchObject({
      complete: false,
      verdict: 'interrupted',
      interrupted: 'interrupted by SIGINT'
    })
  })

  it('at random says how many executions were made', async () => {
    const { code, out } = await interrupted('SIGINT', ...LONG, '--runs', '1000000')
    expect(code).toBe(130)
    expect(out).toMatch(/^F330 +[\d ]+ of 1000000 random runs .* interrupted, none violated so far$/m)
  })

  it('with others names those that were not begun', async () => {
    const { code, out } = await interrupted('SIGINT', 'check')
    expect(code).toBe(130)
    expect(out).toMatch(/^not begun: .*payments F322$/m)
  })

  it('for a witness or an induction claims no more than it saw', async () => {
    const sought = await interrupted('SIGINT', ...LONG, '--witness', 'chain-length>=9')
    expect([sought.code, sought.out]).toEqual([
      130,
      expect.stringMatching(
        /^interrupted by SIGINT; so far:\nF330: .* was not seen in [\d ]+ distinct states; there are more\n$/
      )
    ])
    const induction = await interrupted('SIGINT', 'check', '--nodes', '3', '--inductive')
    expect([induction.code, induction.out]).toEqual([
      130,
      expect.stringMatching(/^interrupted by SIGINT; so far:\n[^]*\nevery step so far keeps them; there are more\n$/)
    ])
  })

  it('writes the checkpoint that was asked for, from which it goes on to the same end', async () => {
    const small = ['check', '--nodes', '3', '--mints', '3', '--block-only']
    const file = join(folder, 'kept')
    const { code, out } = await interrupted('SIGINT', ...small, '--checkpoint', file)
    expect(code).toBe(130)
    expect(out).toContain(`checkpoint written to ${file}; the same command with --resume ${file} goes on\n`)
    const resumed = await run(...small, '--resume', file, '--json')
    expect([resumed.code, JSON.parse(resumed.out)]).toMatchObject([
      0,
      { states: 28_057, transitions: 119_055, depth: 12, verdict: 'holds' }
    ])
  })

  it('leaves no temporary files, even where a second signal ends it at once', async () => {
    for (const times of [1, 2]) {
      const temporary = join(folder, `temporary-${String(times)}`)
      mkdirSync(temporary)
      const running = start([...LONG, '--max-memory', '1', ...TOLD], { env: { ...process.env, TMPDIR: temporary } })
      await running.heard
      expect(readdirSync(temporary)).toHaveLength(1)
      for (let time = 0; time < times; time++) running.kill('SIGINT')
      expect((await running.ended).code).toBe(130)
      expect(readdirSync(temporary)).toEqual([])
    }
  })
})

const hasTerminals = spawnSync('script', ['--version']).status === 0 && existsSync('/dev/ptmx')

test.runIf(hasTerminals)('the cursor is shown again', async () => {
  const { out } = await shell(
    `script -qec "timeout --foreground -s INT 3 $BLOCKFOREST ${LONG.join(' ')}" /dev/null < /dev/null`
  )
  const [hidden, shown] = [out.lastIndexOf('\u001b[?25l'), out.lastIndexOf('\u001b[?25h')]
  expect(hidden).toBeGreaterThan(0)
  expect(shown).toBeGreaterThan(hidden)
  expect(out).toContain('interrupted by SIGINT')
})
