/**
 * A system that is a line in the catalogue is served by every command, with no change elsewhere.
 */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { blockforest } from '../../../impl/cli/command.js'
import { catalogue } from '../../../invariants/systems/index.js'
import type { AnySystem } from '../../../invariants/systems/index.js'
import { newFolder } from '../../support/command.js'
import rumour from '../../systems/rumour.js'

/** The catalogue, which is only read-only to the compiler. */
const open = catalogue as unknown as AnySystem[]

beforeAll(() => {
  open.push(rumour)
})
afterAll(() => {
  open.pop()
})

/** Runs the command in this process; what it prints, and its exit code. */
const run = async (...args: ReadonlyArray<string>): Promise<readonly [string, number]> => {
  let out = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    out += String(chunk)
    return true
  })
  const exitCode = await blockforest(args)
  write.mockRestore()
  process.exitCode = undefined
  return [out, exitCode]
}

test('it is listed and described', async () => {
  const [list] = await run('systems')
  expect(list).toMatch(/^rumour +3 +1 {2}A rumour is passed on by each node that first hears it\.$/m)
  const [described, exitCode] = await run('systems', 'rumour')
  expect([described.split('\n')[0], exitCode]).toEqual([
    'rumour: A rumour is passed on by each node that first hears it.',
    0
  ])
})

test('it is checked by its name, and the command it prints names it', async () => {
  const [out, exitCode] = await run('check', 'rumour', '--losses', '1')
  expect(exitCode).toBe(1)
  expect(out).toContain('again: blockforest check rumour --nodes 2 --says psst --tone plain --losses 1\n')
})

test('its traces name it, and are replayed and explained without more ado', async () => {
  const trace = join(newFolder(), 'lost.itf.json')
  await run('check', 'rumour', '--preset', 'lossy', '--trace-out', trace)
  const [replayed, exitCode] = await run('replay', trace)
  expect(exitCode).toBe(1)
  expect(replayed).toContain('rumour psst 2, 1 lost, 2 steps')
  const [explained] = await run('explain', trace, '--lanes')
  expect(explained).toContain('✗ the network loses Rumour {words: psst}')
})

test('its graph, its witnesses and its inductions are asked for like those of any other', async () => {
  expect((await run('check', 'rumour', '--witness', 'everybody-knows', '--json'))[1]).toBe(0)
  expect((await run('check', 'rumour', '--inductive', '--times', '1', '--json'))[1]).toBe(0)
  const [out] = await run('check', 'rumour', '--dot', join(newFolder(), 'graph.dot'))
  expect(out).toContain('37 states and 68 steps written to')
})
