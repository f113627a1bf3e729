/** A ring that stabilizes by itself, wherever it begins (Dijkstra 1974, EWD 426). */
import { eventuallyAlways, weakly } from '../../invariants/property/property.js'
import { always, at, classic, tuples } from './classic.js'
import type { Classic, Step } from './classic.js'

/** The counter of each node: a node other than the first has the token where it differs from the one before it. */
type Ring = ReadonlyArray<number>

const steps =
  (values: number) =>
  (c: Ring): ReadonlyArray<readonly [Step, Ring]> =>
    c.flatMap((own, i): ReadonlyArray<readonly [Step, Ring]> => {
      const before = c.at(i - 1)!
      if (i > 0) return own === before ? [] : [[['PassToken', i], at(c, i, before)]]
      return own === before ? [[['CreateToken'], at(c, 0, (before + 1) % values)]] : []
    })

/** The nodes up to somewhere have the counter of the first, and all others the one before that. */
const isUnique =
  (values: number) =>
  (c: Ring): boolean => {
    const [first = 0] = c
    const other = c.findIndex((own) => own !== first)
    return other < 0 || c.slice(other).every((own) => own === (first + values - 1) % values)
  }

export const tokenRing = (nodes: number, values: number): Classic<Ring> => ({
  name: `TokenRing, ${nodes} nodes, ${values} values`,
  after: 'ewd426/TokenRing.tla',
  states: values ** nodes,
  // The proof needs as many values as there are nodes, but for one.
  model: (change) => {
    const few = change === 'few' ? 2 : values
    return classic(
      'token ring',
      tuples(
        Array.from({ length: few }, (_, i) => i),
        nodes
      ),
      steps(few),
      [always('TypeOK', 'counters are below the bound', (c) => c.every((own) => own < few))],
      [eventuallyAlways('Stab', 'at last there is one token, for ever', isUnique(few), [weakly('Next', () => true)])]
    )
  },
  changes: [{ change: 'few', breaks: 'Stab', steps: 2 * nodes, loop: 0 }]
})
