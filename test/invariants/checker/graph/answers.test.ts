import * as O from 'fp-ts/lib/Option.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answered } from '../../../../invariants/checker/graph/answers.js'
import { systemModel } from '../../../../invariants/checker/model/systemModel.js'
import {
  alwaysReachable,
  eventually,
  eventuallyAlways,
  infinitelyOften,
  leadsTo
} from '../../../../invariants/property/property.js'
import type { Fairness, Property } from '../../../../invariants/property/property.js'

/** A small graph: its first vertex is the initial state; each edge has a class of actions. */
interface Graph {
  readonly states: number
  readonly edges: ReadonlyArray<readonly [from: number, to: number, action: number]>
}

const systemOf = ({ edges }: Graph) => ({
  initial: [0],
  actions: (s: number) => edges.flatMap(([from, to, action]) => (from === s ? [{ action, to }] : [])),
  next: (_: number, { to }: { readonly to: number }) => O.some(to)
})

type Action = { readonly action: number; readonly to: number }

/** All sets of edges, as lists. */
const subsets = <X>(list: ReadonlyArray<X>): ReadonlyArray<ReadonlyArray<X>> =>
  list.reduce<ReadonlyArray<ReadonlyArray<X>>>((sets, x) => [...sets, ...sets.map((set) => [...set, x])], [[]])

const reach = (edges: Graph['edges'], from: Iterable<number>, has: (s: number) => boolean): ReadonlySet<number> => {
  const known = new Set([...from].filter(has))
  for (const s of known) for (const [a, b] of edges) if (a === s && has(b)) known.add(b)
  return known
}

/**
 * By definition: there is a fair execution that is of a kind, where what happens again and again in it is a set of states
 * and a set of edges that connects them.
 */
const hasFair = (
  { states, edges }: Graph,
  fairness: ReadonlyArray<Fairness<Action>>,
  isWanted: (recurring: ReadonlySet<number>) => boolean
): boolean => {
  const changing = edges.filter(([from, to]) => from !== to)
  const isFair = (recurring: ReadonlySet<number>, taken: Graph['edges']): boolean =>
    fairness.every(({ strength, of }) => {
      const inClass = ([, to, action]: Graph['edges'][number]): boolean => of({ action, to })
      const isEnabled = (s: number): boolean => changing.some((e) => e[0] === s && inClass(e))
      const isDue = strength === 'weak' ? [...recurring].every(isEnabled) : [...recurring].some(isEnabled)
      return !isDue || taken.some(inClass)
    })
  const stays = Array.from({ length: states }, (_, s) => new Set([s])).some((one) => isFair(one, []) && isWanted(one))
  return (
    stays ||
    subsets(changing).some((taken) => {
      const recurring = new Set(taken.flatMap(([from, to]) => [from, to]))
      const isConnected = [...recurring].every((s) => reach(taken, [s], () => true).size === recurring.size)
      return taken.length > 0 && isConnected && isFair(recurring, taken) && isWanted(recurring)
    })
  )
}

const graphs: fc.Arbitrary<Graph> = fc.integer({ min: 1, max: 5 }).chain((states) =>
  fc.record({
    states: fc.constant(states),
    edges: fc.uniqueArray(
      fc.tuple(
        fc.integer({ min: 0, max: states - 1 }),
        fc.integer({ min: 0, max: states - 1 }),
        fc.integer({ min: 0, max: 2 })
      ),
      { maxLength: 8, selector: (e) => e.join() }
    )
  })
)

const fairnesses: fc.Arbitrary<ReadonlyArray<Fairness<Action>>> = fc.array(
  fc
    .record({
      strength: fc.constantFrom('weak' as const, 'strong' as const),
      wanted: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 3 })
    })
    .map(({ strength, wanted }) => ({
      strength,
      name: `${strength} ${wanted.join()}`,
      of: ({ action }: Action) => wanted.includes(action)
    })),
  { maxLength: 3 }
)

const sets = fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { maxLength: 4 })

/** What is said of a property, of which the counterexample was confirmed by the plain definitions. */
const verdictOn = async (graph: Graph, property: Property<number, Action>): Promise<string | undefined> => {
  const model = systemModel<number, Action>({
    name: 'a graph',
    system: systemOf(graph),
    invariants: [],
    properties: [property]
  })
  const [answer] = (await answered(model)).answers
  expect(answer?.counterexample !== undefined).toBe(answer?.verdict === 'violated')
  return answer?.verdict
}

describe('properties of executions, against their definitions on all sets of edges', () => {
  const runs = { numRuns: 300 }

  test('eventually, infinitely often, eventually always', () =>
    fc.assert(
      fc.asyncProperty(graphs, fairnesses, sets, async (graph, fairness, wanted) => {
        const is = (s: number): boolean => wanted.includes(s)
        const reachable = reach(graph.edges, [0], () => true)
        const avoiding = reach(graph.edges, [0], (s) => !is(s))
        const said = (isViolated: boolean): string => (isViolated ? 'violated' : 'holds')
        expect(await verdictOn(graph, eventually('p', '', is, fairness))).toBe(
          said(hasFair(graph, fairness, (again) => [...again].every((s) => avoiding.has(s))))
        )
        expect(await verdictOn(graph, infinitelyOften('p', '', is, fairness))).toBe(
          said(hasFair(graph, fairness, (again) => [...again].every((s) => reachable.has(s) && !is(s))))
        )
        expect(await verdictOn(graph, eventuallyAlways('p', '', is, fairness))).toBe(
          said(hasFair(graph, fairness, (again) => [...again].every((s) => reachable.has(s)) && ![...again].every(is)))
        )
      }),
      runs
    ))

  test('leads to', () =>
    fc.assert(
      fc.asyncProperty(graphs, fairnesses, sets, sets, async (graph, fairness, froms, tos) => {
        const isTo = (s: number): boolean => tos.includes(s)
        const begun = [...reach(graph.edges, [0], () => true)].filter((s) => froms.includes(s))
        const never = reach(graph.edges, begun, (s) => !isTo(s))
        const isViolated = hasFair(graph, fairness, (again) => [...again].every((s) => never.has(s)))
        expect(
          await verdictOn(
            graph,
            leadsTo('p', '', (s) => froms.includes(s), isTo, fairness)
          )
        ).toBe(isViolated ? 'violated' : 'holds')
      }),
      runs
    ))

  test('always reachable, by all steps or by those of a class', () =>
    fc.assert(
      fc.asyncProperty(graphs, sets, fc.option(fc.integer({ min: 0, max: 2 })), async (graph, wanted, by) => {
        const is = (s: number): boolean => wanted.includes(s)
        const allowed = graph.edges.filter(([, , action]) => by === null || action === by)
        const bad = [...reach(graph.edges, [0], () => true)].filter(
          (s) => ![...reach(allowed, [s], () => true)].some(is)
        )
        const property = alwaysReachable<number, Action>(
          'p',
          '',
          is,
          by === null ? undefined : { name: 'some', of: ({ action }) => action === by }
        )
        expect(await verdictOn(graph, property)).toBe(bad.length > 0 ? 'violated' : 'holds')
      }),
      runs
    ))
})
