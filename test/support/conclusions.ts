/**
 * A system of which searches come to every conclusion: a counter that goes up to its end, and what may be wrong with it.
 */
import * as O from 'fp-ts/lib/Option.js'
import { systemModel } from '../../invariants/checker/index.js'
import type { Model } from '../../invariants/checker/index.js'
import { eventually, goal, weakly, whole } from '../../invariants/index.js'
import { count, defineSystem } from '../../invariants/systems/index.js'
import type { Expected } from '../../invariants/systems/index.js'

interface Parameters {
  readonly end: number
}

interface Up {
  readonly _tag: 'up'
}

/** What is wrong, if something is. */
type Wrong = 'unreached' | 'failing' | 'broken' | 'stuck'

const model = ({ end }: Parameters, wrong?: Wrong): Model<number, Up> => {
  const last = wrong === 'stuck' ? end - 1 : end
  const up = (n: number): O.Option<number> => {
    if (wrong === 'failing' && n === 3) throw new Error('no such luck')
    return n < last ? O.some(n + 1) : O.none
  }
  return systemModel<number, Up>({
    name: `up to ${String(end)}`,
    system: {
      initial: [0],
      actions: (n) => (n < last ? [{ _tag: 'up' }] : []),
      next: up
    },
    invariants: [
      whole('bounded', 'it is below three', (n) => (wrong === 'broken' && n >= 3 ? [{ witness: String(n) }] : []))
    ],
    properties: [
      goal('at the end', 'it is where it ends', (n) => n === (wrong === 'unreached' ? -1 : last)),
      eventually<number, Up>('it ends', 'it comes to its end', (n) => n === end, [weakly('it goes on', () => true)])
    ]
  })
}

const mutant = (name: Wrong, says: string, expect: Expected) => ({
  name,
  says,
  where: { end: 5 },
  expect,
  model: (c: Parameters) => model(c, name)
})

export default defineSystem<Parameters, number, Up>({
  name: 'conclusions',
  says: 'A counter that goes up to its end.',
  form: { end: count({ says: 'where it ends', flag: 'end', initial: 5, least: 1, most: 1000 }) },
  presets: [
    { name: 'five', of: { end: 5 }, tier: 'fast', expect: { verdict: 'holds', states: 6, transitions: 5, depth: 5 } }
  ],
  model: (c) => model(c),
  mutants: [
    mutant('unreached', 'Its goal is nowhere.', { verdict: 'holds', states: 6, transitions: 5, depth: 5 }),
    mutant('failing', 'It cannot be asked beyond three.', { verdict: 'violated', steps: 3 }),
    mutant('broken', 'It must stay below three.', { verdict: 'violated', steps: 3 }),
    mutant('stuck', 'It never comes to its end.', { verdict: 'violated', steps: 4 })
  ]
})
