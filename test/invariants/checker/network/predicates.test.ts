/**
 * Predicates by which properties know states are looked up by what they say that they look at: as they are by themselves.
 */
import { describe, expect, test } from 'vitest'
import { networkModel } from '../../../../invariants/checker/network/networkModel.js'
import { ofEnvironment } from '../../../../invariants/checker/network/properties.js'
import type { NetworkPredicate } from '../../../../invariants/checker/network/properties.js'
import { exhaustive } from '../../../../invariants/checker/search/exhaustive.js'
import { all, whole } from '../../../../invariants/property/invariant.js'
import { everyNode, someNode } from '../../../../invariants/property/predicate.js'
import { alwaysReachable, eventually, goal, labelsOf, leadsTo } from '../../../../invariants/property/property.js'
import type { Address } from '../../../../spec/system/address.js'
import { inOrder, keeping, withFaults } from '../../../../spec/system/adversary.js'
import type { Faulty } from '../../../../spec/system/adversary.js'
import { randomParts } from '../../../support/randomProtocol.js'

/** A random network that is asked of everything that can be asked of states, and of the order in which it keeps packets. */
const asking = (seed: number) => {
  const { inner, faults, parts, messages } = randomParts(seed)
  const around = [inner, keeping(inner), inOrder(inner)][seed % 3]!
  const [, value, view, sum] = parts.invariants
  type Asked = NetworkPredicate<
    Faulty<{ readonly left: number }>,
    { readonly id: Address; readonly value: number },
    number
  >
  const some: Asked = someNode(({ value: is }) => is > 0)
  const spent: Asked = ofEnvironment(({ env }) => env.left === 0)
  const few: Asked = whole('few', 'few packets are in flight', ({ world }) =>
    world.inFlightMsgs.length < messages ? [] : [{ witness: 'there are more' }]
  )
  const named = (name: string, ...of: ReadonlyArray<Asked | undefined>): Asked =>
    all(
      name,
      '',
      of.flatMap((one) => one ?? [])
    )
  return networkModel({
    ...parts,
    invariants: [],
    environment: withFaults(faults, around),
    properties: [
      ...parts.invariants.map((invariant, i) => alwaysReachable(`reachable ${i}`, '', invariant)),
      eventually('view', '', named('view and sum', view, sum), []),
      leadsTo('to', '', named('spent', spent, value), named('few', some, few, sum), []),
      eventually(
        'both',
        '',
        named(
          'all',
          spent,
          everyNode(({ value: is }: { readonly value: number }) => is === 0),
          few
        ),
        []
      ),
      goal('some', '', named('some', spent, some, view)),
      goal(
        'no value',
        '',
        everyNode(({ value: is }: { readonly value: number }) => is > 0)
      )
    ]
  })
}

describe('predicates of networks', () => {
  test('are so of a state in integers as they are of the state', () => {
    const met = new Set<number>()
    for (let seed = 1; seed <= 60; seed++) {
      const model = asking(seed)
      const { system, properties = [] } = model
      const labels = properties.flatMap(labelsOf)
      // Cells are forgotten whenever a walk begins anew.
      const compact = model.compact!({ mostCells: 0 })
      const found = new Int32Array(labels.length)
      for (let walk = 0; walk < 4; walk++) {
        compact.begin()
        let [s] = system.initial
        for (let step = 0; step < 25; step++) {
          compact.labels(found, 0)
          expect([seed, ...found]).toEqual([seed, ...labels.map(({ of }) => of(s!))])
          for (const [i, n] of found.entries()) met.add(2 * (i - labels.length) + n)
          const count = compact.enumerate()
          if (count === 0) break
          const place = (7 * walk + 5 * step + seed) % count
          const next = system.next(s!, compact.actionAt(place))
          if (next._tag === 'None') throw new Error('a step that is none')
          s = next.value
          compact.apply(place)
        }
      }
    }
    // The last four labels, each of which is so of some states, and not of others.
    expect([...met].filter((n) => n >= -8)).toHaveLength(8)
  })

  test('decide goals and answers as they do where every state is looked at', async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const model = asking(seed)
      const [interned, plain] = [await exhaustive(model), await exhaustive(model, { plain: true })]
      const said = ({ coverage, answers }: typeof plain) => [
        coverage.goals,
        answers.map(({ property, verdict, states, counterexample }) => [
          property,
          verdict,
          states,
          counterexample?.actions.length
        ])
      ]
      expect([seed, interned.states, said(interned)]).toEqual([seed, plain.states, said(plain)])
    }
  })
})
