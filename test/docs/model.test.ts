/**
 * The table of configurations in docs/model.md: its commands print its numbers.
 */
import * as t from 'io-ts'
import { isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { read } from '../../scripts/docs/pages.js'
import { inFolder, run } from '../../scripts/docs/run.js'
import { deep } from '../support/deep.js'

const rows = [
  ...(read('docs/model.md') ?? '').matchAll(
    /^\| ([FB]\d{3}) +\| +([\d ]+) \| +([\d ]+) \| +(\d+) \| `blockforest (.*)` *\|$/gm
  )
].map(([, name = '', states = '', transitions = '', depth = '', command = '']) => {
  const number = (text: string): number => Number(text.replace(/ /g, ''))
  return { name, states: number(states), transitions: number(transitions), depth: number(depth), command }
})

/** What takes more than a few seconds waits for a deep run. */
const QUICK = 200_000

const Report = t.type({
  configuration: t.type({ name: t.string }),
  states: t.number,
  transitions: t.number,
  depth: t.number,
  complete: t.literal(true),
  verdict: t.literal('holds'),
  neverEnabled: t.readonlyArray(t.string)
})

describe('the configurations of docs/model.md', () => {
  test('are eleven', () => {
    expect(rows).toHaveLength(11)
  })

  test.each(rows.filter(({ states }) => deep || states < QUICK))(
    '$name: $states states',
    async ({ name, command, ...numbers }) => {
      const args = [...command.split(' '), '--json']
      const { output } = await inFolder((folder) =>
        run({ at: 'docs/model.md', program: 'blockforest', args, expected: '', exitCode: 0 }, folder)
      )
      const report = Report.decode(JSON.parse(output))
      if (!isRight(report)) throw new Error(`no report of a complete search in which all holds: ${output}`)
      const { configuration, states, transitions, depth, neverEnabled } = report.right
      expect({ name: configuration.name, states, transitions, depth, neverEnabled }).toEqual({
        name,
        ...numbers,
        neverEnabled: []
      })
    },
    20 * 60_000
  )
})
