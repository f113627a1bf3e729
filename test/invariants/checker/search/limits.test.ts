/**
 * Where numbers of the checker have bounds: what is beyond them is found, counted, or refused.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import {
  exhaustive,
  freely,
  protocolModel,
  RefusedSearch,
  systemModel,
  untimed
} from '../../../../invariants/checker/index.js'
import type { ExhaustiveOptions, Model } from '../../../../invariants/checker/index.js'
import { breadthFirst } from '../../../../invariants/checker/search/breadthFirst.js'
import { eachNode, whole } from '../../../../invariants/property/invariant.js'
import type { Address } from '../../../../spec/index.js'

interface Node {
  readonly id: Address
  readonly at: number
}

/** One node, which goes to one of so many places; not to the bad one. */
const starOfNode = (steps: number, bad: number) =>
  protocolModel<null, Node, never, number, 0>({
    name: 'star',
    nodes: 1,
    protocol: untimed({
      Init: (id) => ({ id, at: -1 }),
      procMsg: (st) => [st, []],
      procInt: (st, at) => [{ ...st, at }, []]
    }),
    environment: freely((_, { at }) => (at < 0 ? Array.from({ length: steps }, (_n, i) => i) : [])),
    kindOfInternal: () => 'go',
    invariants: [eachNode('good', 'it is good', (node, { at }) => (at === bad ? [{ node, witness: 'bad' }] : []))]
  })

/** The same, which is no network. */
const star = (steps: number, bad: number) =>
  systemModel<number, number>({
    name: 'star',
    system: {
      initial: [-1],
      actions: (s) => (s < 0 ? Array.from({ length: steps }, (_, i) => i) : []),
      next: (_, a) => O.some(a)
    },
    kindOf: () => 'go',
    invariants: [whole('good', 'it is good', (s) => (s === bad ? [{ witness: 'bad' }] : []))]
  })

describe('a state with more than 65,536 steps', () => {
  const STEPS = 66_000
  const steps = async <S, A>(model: Model<S, A>, options: ExhaustiveOptions): Promise<number | undefined> =>
    (await exhaustive(model, options)).counterexample?.actions.length

  test.each([65_534, 65_535, 65_536, 65_999])('leads to a violation by the step at place %d', async (bad) => {
    for (const options of [{}, { order: 'depth-first' }, { order: 'iterative-deepening' }] as const)
      expect(await steps(star(STEPS, bad), options)).toBe(1)
  })

  test('leads to one in a network, and after a search was taken up again', async () => {
    const model = star(STEPS, -2)
    const saved: Uint8Array[] = []
    await exhaustive(model, { depth: 1, checkpoint: { isDue: () => true, save: (bytes) => saved.push(bytes) } })
    expect((await exhaustive(model, { depth: 1, resume: saved.at(-1)! })).states).toBe(STEPS + 1)
    const network = starOfNode(STEPS, 65_999).compact!()
    expect((await breadthFirst(network, {})).violation?.actions).toEqual([
      { _tag: 'Intern', node: 0, transition: 65_999, ts: 0 }
    ])
  })
})

describe('observations', () => {
  const watching = (count: number) =>
    protocolModel<null, Node, never, number, 0>({
      name: 'watched',
      nodes: 1,
      protocol: untimed({
        Init: (id) => ({ id, at: 0 }),
        procMsg: (st) => [st, []],
        procInt: (st, at) => [{ ...st, at }, []]
      }),
      environment: freely((_, { at }) => (at < 40 ? [at + 1] : [])),
      kindOfInternal: () => 'go',
      invariants: [],
      observations: {
        states: Array.from({ length: count }, (_, i) => ({ name: `${i}`, says: '', of: ({ at }: Node) => at === i })),
        steps: Array.from({ length: count }, (_, i) => ({
          name: `${i}`,
          says: '',
          of: (_b: Node, { at }: Node) => at === i + 1
        }))
      }
    })

  test('of states and steps are counted by every engine, as many as there may be', async () => {
    const once = Object.fromEntries(Array.from({ length: 29 }, (_, i) => [`${i}`, 1]))
    for (const plain of [true, false]) {
      const { coverage } = await exhaustive(watching(29), { plain })
      expect(coverage.steps).toEqual(once)
      expect(coverage.states).toEqual({ ...once, quiescence: 41 })
    }
  })

  test('are refused where there are more', async () => {
    expect(() => watching(30).compact?.()).toThrow('31 observations of states are too many')
    for (const plain of [true, false]) {
      await expect(exhaustive(watching(31), { plain })).rejects.toThrow(RefusedSearch)
      await expect(exhaustive(watching(31), { plain })).rejects.toThrow(/^3[12] observations of states are too many/)
    }
  })
})

test('a state with more parts than a record of the queue has room for is refused', async () => {
  const wide = { ...starOfNode(1, 9).compact!(), width: 20_000 }
  await expect(breadthFirst(wide, {}, 'wide')).rejects.toThrow(
    'a state of wide has 20000 parts, too many for the queue of a breadth-first search'
  )
})
