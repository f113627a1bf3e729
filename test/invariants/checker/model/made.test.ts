/**
 * A model cannot disagree with its compact form.
 */
import { describe, expect, test } from 'vitest'
import {
  counting,
  exhaustive,
  freely,
  parallel,
  protocolModel,
  randomized,
  RefusedSearch,
  untimed
} from '../../../../invariants/checker/index.js'
import type { Model } from '../../../../invariants/checker/index.js'
import { whole } from '../../../../invariants/property/invariant.js'
import type { Address } from '../../../../spec/index.js'

interface Node {
  readonly id: Address
  readonly n: number
}

const model = protocolModel<null, Node, never, 'up', 0>({
  name: 'upward',
  nodes: 1,
  protocol: untimed({
    Init: (id) => ({ id, n: 0 }),
    procMsg: (st) => [st, []],
    procInt: (st) => [{ ...st, n: st.n + 1 }, []]
  }),
  environment: freely((_, { n }) => (n < 3 ? ['up'] : [])),
  invariants: []
})
const never = whole<unknown, unknown>('never', 'nothing is so', () => [{ witness: 'it is' }])

describe('a network of which something is replaced when it is made', () => {
  const replaced: ReadonlyArray<readonly [string, typeof model]> = [
    ['invariants', { ...model, invariants: [never] }],
    ['system', { ...model, system: { ...model.system, actions: () => [] } }],
    ['key', { ...model, key: () => '' }],
    ['kindOf', { ...model, kindOf: () => '' }],
    ['invariants, states', { ...model, invariants: [], states: [] }]
  ]
  const searches: ReadonlyArray<readonly [string, <S, A>(m: Model<S, A>) => Promise<unknown>]> = [
    ['breadth first', (m) => exhaustive(m)],
    ['depth first', (m) => exhaustive(m, { order: 'depth-first' })],
    ['at random', (m) => randomized(m, { seed: 1 })],
    ['by threads', (m) => parallel(m, { module: '', name: '', argument: 0 }, { threads: 1 })],
    ['counting', (m) => exhaustive(counting(m).model)]
  ]
  test.each(searches)('is refused, and what was replaced is named, in a search %s', async (_, search) => {
    for (const [fields, other] of replaced) {
      await expect(search(other)).rejects.toThrow(RefusedSearch)
      await expect(search(other)).rejects.toThrow(`upward: ${fields} of the model were replaced`)
    }
    await search(model)
  })

  test('is searched as it is by a plain search', async () => {
    expect((await exhaustive({ ...model, invariants: [never] }, { plain: true })).counterexample?.actions).toEqual([])
  })
})

test('a network that is only called otherwise is the same', async () => {
  expect(await exhaustive({ ...model, name: 'other' })).toMatchObject({ model: 'other', states: 4, engine: 'interned' })
})
