/**
 * `blockforest check` of a system that is asked more than invariants: its verdicts, its reports, and its traces.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { blockforest } from '../../support/command.js'

const PETERSON = './examples/peterson.ts'
const folder = mkdtempSync(join(tmpdir(), 'blockforest-properties-'))
afterAll(() => rmSync(folder, { recursive: true }))

const json = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>

describe('a system with properties', () => {
  test('is said to hold, with its goals and what holds of all executions', async () => {
    const { out, err, exitCode } = await blockforest('check', PETERSON)
    expect([err, exitCode]).toEqual(['', 0])
    expect(out).toMatch(/ all hold$/m)
    expect(out).toMatch(/^goals reached in two processes: contention$/m)
    expect(out).toMatch(/^holds of all executions in two processes: process 0 gets in, process 1 gets in$/m)
    const report = json((await blockforest('check', PETERSON, '--json')).out)
    expect(report).toMatchObject({
      verdict: 'holds',
      states: 20,
      coverage: { goals: { contention: true } },
      properties: [
        { property: 'process 0 gets in', verdict: 'holds' },
        { property: 'process 1 gets in', verdict: 'holds' }
      ]
    })
  })

  test.each([
    ['hasty', 'exclusion', 6, undefined],
    ['polite', 'no deadlock', 4, undefined],
    ['alternate', 'process 0 gets in', 2, 2]
  ])('«%s» violates «%s», and its trace shows it again', async (mutant, violated, steps, loop) => {
    const file = join(folder, `${mutant}.itf.json`)
    const { out, exitCode } = await blockforest('check', PETERSON, '--mutant', mutant, '--json', '--trace-out', file)
    expect(exitCode).toBe(1)
    const { verdict, failures, loop: found, trace } = json(out)
    expect([verdict, found]).toEqual(['violated', loop])
    expect(failures).toMatchObject([{ path: [violated] }])
    expect((trace as { readonly states: ReadonlyArray<unknown> }).states).toHaveLength(steps + 1)
    const again = await blockforest('replay', file, '--system', PETERSON, '--json')
    expect([again.err, again.exitCode]).toEqual(['', 1])
    expect((json(again.out)['failures'] as ReadonlyArray<unknown>).at(-1)).toMatchObject([{ path: [violated] }])
    const told = await blockforest('explain', file, '--system', PETERSON)
    expect(told.out.includes('and so it stays for ever')).toBe(loop !== undefined)
  })

  test('may end where it is allowed to', async () => {
    const { out } = await blockforest('check', PETERSON, '--mutant', 'polite', '--allow-deadlock', '--json')
    expect(json(out)).toMatchObject({ notAsked: ['no deadlock'], loop: 4, failures: [{ path: ['process 0 gets in'] }] })
  })

  test('is not replayed where it does not go round in a circle', async () => {
    const file = join(folder, 'circle.itf.json')
    await blockforest('check', PETERSON, '--mutant', 'alternate', '--trace-out', file)
    const trace = json(readFileSync(file, 'utf8'))
    expect(trace['loop']).toBe(2)
    writeFileSync(file, JSON.stringify({ ...trace, loop: 1 }))
    const { out, exitCode } = await blockforest('replay', file, '--system', PETERSON)
    expect(exitCode).toBe(2)
    expect(out).toContain('it does not go round in a circle: the last state is not the one after 0 steps')
  })
})
