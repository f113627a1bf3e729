/**
 * What the command says of a system that is at fault itself, of a search that was cut short, and of inductions that are too
 * large.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { blockforest, newFolder } from '../../support/command.js'

const folder = newFolder()
afterAll(() => rmSync(folder, { recursive: true }))

const file = join(folder, 'broken.ts')
writeFileSync(
  file,
  `import * as O from 'fp-ts/lib/Option.js'
import { systemModel } from 'blockforest/checker'
import { whole } from 'blockforest/invariants'
import { count, defineSystem } from 'blockforest/systems'

export default defineSystem<{ n: number }, { n: number }, string>({
  name: 'broken',
  says: 'It breaks.',
  form: { n: count({ says: 'where it breaks', initial: 3, least: 0, most: 9 }) },
  witnesses: () => [{ name: 'four', says: 'it is four', of: ({ n }) => n === 4 }],
  states: () => [{ n: 0 }, { n: 1 }, { n: 3 }],
  model: (c) => systemModel({
    name: 'broken',
    system: {
      initial: [{ n: 0 }],
      actions: () => ['up'],
      next: (s) => {
        if (s.n === c.n) throw new Error('no more')
        return O.some({ n: s.n + 1 })
      }
    },
    kinds: ['up', 'down'],
    invariants: [whole('small', 'it is small', ({ n }) => (n > 9 ? [{ witness: String(n) }] : []))]
  })
})
`
)

test.each([[], ['--plain'], ['--order', 'depth-first'], ['--random']])(
  'a function that throws is named, with what led to it, and no trace of the stack: %j',
  async (...options) => {
    const { out: stdout, err: stderr, exitCode } = await blockforest('check', file, ...options)
    expect(exitCode).toBe(2)
    expect(stdout).toMatch(/FAULT/)
    expect(stdout).toContain(
      `broken: ${file}:18:32: the system itself is at fault, so that there is no verdict, after 3 steps`
    )
    expect(stdout).toMatch(/3 {2}up\n {6}n: 3\n {6}✗ next threw Error: no more, when up/)
    expect(stdout + stderr).not.toMatch(/^ +at /m)
  }
)

test('it is said to a program too', async () => {
  const { out: stdout, exitCode } = await blockforest('check', file, '--json')
  expect(exitCode).toBe(2)
  expect(JSON.parse(stdout)).toMatchObject({
    verdict: 'fault',
    complete: false,
    fault: { says: 'next threw Error: no more', action: 'up' },
    trace: { states: { length: 4 } }
  })
})

test.each([['--witness', 'four'], ['--inductive']])('other questions have no answer then: %j', async (...options) => {
  const { out: stdout, exitCode } = await blockforest('check', file, ...options)
  expect(exitCode).toBe(2)
  expect(stdout).toMatch(/the system itself is at fault\n\n/)
  expect(stdout).toMatch(/✗ next threw Error: no more, when up/)
})

test('what was not enabled in a search that was cut short is not said to be never enabled', async () => {
  const { out: stdout } = await blockforest('check', file, '--depth', '2')
  expect(stdout).toContain('not enabled in the part of broken that was searched: down')
  expect(stdout).not.toContain('never enabled')
})

test('an induction over too many worlds is refused before it begins', async () => {
  const { err: stderr, exitCode } = await blockforest('check', '--inductive', '--nodes', '64')
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(
    /64 nodes; .*there are up to 10\^\d+ worlds, and 1 000 000 000 are the most .* choose smaller sizes/
  )
})
