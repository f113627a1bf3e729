/**
 * Executions of PBFT as lanes have a band for each phase, in its view.
 */
import { expect, test } from 'vitest'
import { drawScene } from '../../../../impl/live/scenes.js'
import { catalogue, nameOf } from '../../../../invariants/systems/index.js'

const systems = Object.fromEntries(catalogue.map((system) => [nameOf(system), () => Promise.resolve(system)]))

test('the phases of a request, one after another', async () => {
  const drawing = await drawScene(
    systems,
    {
      system: 'pbft',
      preset: 'packets, all honest',
      wanted: { _tag: 'Walk', words: ['node 4 asks for a1'], then: 40 }
    },
    'A request'
  )
  const bands = [...drawing.matchAll(/Steps (\d+) to (\d+): ([^.]*)\./g)].map(([, from, to, says]) => [
    Number(from),
    Number(to),
    says
  ])
  expect(bands).toEqual([
    [1, 5, 'view 0: request'],
    [6, 8, 'view 0: pre-prepare'],
    [9, 17, 'view 0: prepare'],
    [18, 29, 'view 0: commit'],
    [30, 33, 'view 0: reply']
  ])
})

test('a change of views: nobody is in the next one until it begins', async () => {
  const drawing = await drawScene(
    systems,
    {
      system: 'pbft',
      preset: 'packets, all honest',
      wanted: {
        _tag: 'Walk',
        words: ['node 1 has waited too long', 'node 2 has waited too long', 'node 3 has waited too long'],
        then: 40
      }
    },
    'A change'
  )
  const says = [...drawing.matchAll(/Steps \d+ to \d+: ([^.]*)\./g)].map(([, one]) => one)
  expect(says[0]).toBe('change to view 1: view change')
  expect(says).toContain('view 1: new view')
})
