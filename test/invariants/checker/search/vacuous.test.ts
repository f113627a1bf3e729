/**
 * A model without initial states: nothing is explored, and so nothing is said of it.
 */
import * as O from 'fp-ts/lib/Option.js'
import { expect, test } from 'vitest'
import {
  exhaustive,
  inductive,
  parallel,
  randomized,
  RefusedSearch,
  stateGraph,
  systemModel,
  witnessState
} from '../../../../invariants/checker/index.js'
import { whole } from '../../../../invariants/property/invariant.js'

const nothing = systemModel<number, number>({
  name: 'nothing',
  system: { initial: [], actions: () => [1], next: (n, by) => O.some(n + by) },
  invariants: [whole('never', 'nothing is so', () => [{ witness: 'it is' }])],
  kindOf: String
})

const asked: ReadonlyArray<readonly [string, () => Promise<unknown>]> = [
  ['breadth first', () => exhaustive(nothing)],
  ['depth first', () => exhaustive(nothing, { order: 'depth-first' })],
  ['exact', () => exhaustive(nothing, { exact: true })],
  ['plain', () => exhaustive(nothing, { plain: true })],
  ['random', () => randomized(nothing, { seed: 1 })],
  ['plain and random', () => randomized(nothing, { seed: 1, plain: true })],
  ['parallel', () => parallel(nothing, { module: '', name: '', argument: 0 }, { threads: 1 })],
  ['for a witness', () => witnessState(nothing)],
  ['inductive', () => inductive(nothing, [1, 2])],
  ['for a graph', () => stateGraph(nothing)]
]

test.each(asked)('no initial state is no verdict of a search that is %s', async (_, ask) => {
  await expect(ask()).rejects.toThrow(RefusedSearch)
  await expect(ask()).rejects.toThrow(
    'nothing has no initial state, so that nothing is explored, and nothing can be said of it'
  )
})
