/**
 * What is counted in a search of a network.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { violates } from '../../../../invariants/checker/model/model.js'
import { Visited } from '../../../../invariants/checker/data/visited.js'
import { holds } from '../../../support/property.js'
import { recipe, toyModel } from '../../../support/toyNetworks.js'
import { expanded } from '../../../support/compactSystems.js'
import { toys, inFlight } from '../../../support/quietToys.js'

describe('the counters of a network', () => {
  /** Two packets alike and another, to node 0, in a network that has every fault once. */
  const faulty = toyModel(
    toys({ nodes: 2, faults: { duplications: 1, losses: 1, cuts: 1 }, packets: inFlight(1, 1, 0) })
  )

  test('counts the steps that it looks at, and the states that are new, up to a violation', () => {
    holds(
      recipe(false),
      (r, meet) => {
        const model = toyModel(r)
        const state = model.system.initial[0]!
        if (violates(model, state)) return
        const compact = model.compact!()
        compact.begin()
        const actions = Array.from({ length: compact.enumerate() }, (_, place) => compact.actionAt(place))
        const { steps, left, violated } = expanded(compact, new Visited(), Infinity)
        const after = (place: number | undefined) => O.toUndefined(model.system.next(state, actions[place!]!))!
        const counts = (names: ReadonlyArray<{ readonly name: string }>, of: (i: number) => number) =>
          Object.fromEntries(names.map(({ name }, i) => [name, of(i)]))
        const looked = actions.slice(0, steps)
        expect(compact.coverage()).toEqual({
          kinds: Object.fromEntries(
            model.kinds.map((kind) => [kind, looked.filter((a) => model.kindOf(a) === kind).length])
          ),
          states: counts(model.states, (i) => left.filter(({ place }) => model.states[i]!.of(after(place))).length),
          steps: counts(
            model.steps,
            (i) => looked.filter((_, place) => model.steps[i]!.of(state, after(place))).length
          ),
          goals: {}
        })
        if (violated) meet(steps < actions.length ? 'a violation, and steps after it' : 'a violation at the end')
      },
      { runs: 100, met: { 'a violation, and steps after it': 10, 'a violation at the end': 3 } }
    )
  })

  test('counts steps and states as often as it is told to, and goes on from what was counted elsewhere', () => {
    const compact = faulty.compact!()
    const counted = () => {
      const { kinds, states } = compact.coverage()
      return [kinds['Deliver 1'], kinds['Cut'], kinds['Lose 0'], states['quiescence'], states['two']]
    }
    compact.begin()
    compact.enumerate()
    for (const place of [0, 0, 0, 6]) compact.countStep(place)
    expect(counted()).toEqual([3, 1, 0, 0, 0])
    compact.expand(new Visited(), Infinity, 0, 0)
    compact.expand(new Visited(), Infinity, 0, 0)
    expect(counted()).toEqual([5, 3, 2, 0, 0])
    expect(counted()).toEqual([5, 3, 2, 0, 0])
    const other = toyModel(toys({})).compact!()
    other.begin()
    other.countState()
    other.countState()
    compact.restore({ ...compact.dump(), coverage: other.coverage() })
    expect(counted()).toEqual([5, 3, 2, 2, 0])
    compact.resetCounts()
    expect(counted()).toEqual([0, 0, 0, 0, 0])
  })

  test('names the kind of each step', () => {
    const compact = faulty.compact!()
    compact.begin()
    const kinds = Array.from({ length: compact.enumerate() }, (_, place) => compact.kinds()[compact.kindAt(place)])
    expect(kinds).toEqual([...['Deliver 1', 'Duplicate 1', 'Lose 1'], ...['Deliver 0', 'Duplicate 0', 'Lose 0'], 'Cut'])
    expect(compact.kinds().toSorted()).toEqual(kinds.toSorted())
  })
})
