/**
 * What a model of a network says of its states, steps and names.
 */
import { describe, expect, test } from 'vitest'
import { freely } from '../../../../invariants/checker/network/protocolModel.js'
import { networkModel } from '../../../../invariants/checker/network/networkModel.js'
import { violates } from '../../../../invariants/checker/model/model.js'
import { eachNode } from '../../../../invariants/property/invariant.js'
import type { Address } from '../../../../spec/system/address.js'
import { countingNodes } from '../../../support/countingNodes.js'
import type { Counter } from '../../../support/countingNodes.js'
import { address } from '../../../support/toychains.js'

const options: ReturnType<typeof countingNodes> = {
  ...countingNodes(3),
  observations: {
    states: [{ name: 'two', says: 'some node has 2', of: ({ n }) => n === 2 }],
    steps: [
      { name: 'up', says: 'a node counts', of: (before, after) => after.n > before.n },
      {
        name: 'same',
        says: 'a node has another state with the same number',
        of: (before, after) => after.n === before.n
      }
    ]
  }
}
const model = networkModel(options)

const node = (id: number, n: number): Counter => ({ id: address(id), n })
const nodes = (...counters: ReadonlyArray<Counter>) => ({
  world: {
    localState: { _tag: 'Def', entries: counters.map((st) => [st.id, st] as const) } as const,
    inFlightMsgs: [],
    consumedMsgs: []
  },
  env: null
})
const packet = (msg: string) => ({ src: address(0), dst: address(1), msg })
const undef = {
  world: { localState: { _tag: 'Undef' }, inFlightMsgs: [packet('a')], consumedMsgs: [] },
  env: null
} as const

type State = Parameters<typeof model.key>[0]
/** The names of the observations that a state shows, and of those that a step makes. */
const shown = (s: State): ReadonlyArray<string> => model.states.filter(({ of }) => of(s)).map(({ name }) => name)
const made = (before: State, after: State): ReadonlyArray<string> =>
  model.steps.filter(({ of }) => of(before, after)).map(({ name }) => name)

describe('what is observed in states', () => {
  test('is what some node shows, be it one of several', () => {
    expect(shown(nodes(node(0, 1), node(1, 2)))).toEqual(['two', 'quiescence'])
    expect(shown(nodes(node(0, 2), node(1, 2)))).toEqual(['two', 'quiescence'])
    expect(shown(nodes(node(0, 1), node(1, 1)))).toEqual(['quiescence'])
    expect(shown(nodes())).toEqual(['quiescence'])
  })

  test('is nothing where no state map is defined and a packet is in flight', () => {
    expect(shown(undef)).toEqual([])
  })
})

describe('what is observed in steps', () => {
  const [zero, one] = [node(0, 0), node(1, 1)]

  test('is what some node does whose state becomes another', () => {
    expect(made(nodes(zero, one), nodes(node(0, 1), one))).toEqual(['up'])
    expect(made(nodes(zero, one), nodes(zero, node(1, 1)))).toEqual(['same'])
    expect(made(nodes(zero, one), nodes(zero, node(1, 0)))).toEqual([])
  })

  test('is nothing where no node has another state', () => {
    expect(made(nodes(zero, one), nodes(zero, one))).toEqual([])
  })

  test('is nothing of a node that was not there, and nothing where a state map is not defined', () => {
    expect(made(nodes(zero), nodes(zero, one))).toEqual([])
    expect(made(undef, nodes(zero, one))).toEqual([])
    expect(made(nodes(zero, one), undef)).toEqual([])
    expect(made(undef, undef)).toEqual([])
  })
})

describe('a state of a network', () => {
  test('violates a model if it does one of its invariants', () => {
    const not = (n: number) =>
      eachNode<Counter, string>(`not ${n}`, `no node has ${n}`, (of, st) =>
        st.n === n ? [{ node: of, witness: `has ${n}` }] : []
      )
    const { invariants } = networkModel({ ...options, invariants: [not(1), not(2)] })
    const verdicts = [0, 1, 2, 3].map((n) => violates({ invariants }, nodes(node(0, n))))
    expect(verdicts).toEqual([false, true, true, false])
    expect(violates({ invariants: [] }, nodes(node(0, 1)))).toBe(false)
  })

  test('is another one if a node, the environment, or the bag of packets in flight is', () => {
    const flying = (...inFlightMsgs: ReadonlyArray<ReturnType<typeof packet>>) =>
      model.key({ ...undef, world: { ...undef.world, inFlightMsgs } })
    expect(flying(packet('a'), packet('b'))).toBe(flying(packet('b'), packet('a')))
    expect(flying(packet('a'))).not.toBe(flying(packet('b')))
    expect(flying(packet('a'), packet('a'))).not.toBe(flying(packet('a')))
    expect(model.key({ ...undef, world: { ...undef.world, consumedMsgs: [packet('b')] } })).toBe(model.key(undef))
    expect(model.key(nodes(node(0, 1)))).not.toBe(model.key(nodes(node(0, 2))))
  })
})

describe('an action of a network', () => {
  const actions = [
    { _tag: 'Deliver', packet: packet('ping'), ts: 0 },
    { _tag: 'Intern', node: address(1), transition: 'count', ts: 0 },
    { _tag: 'Duplicate', packet: packet('ping') },
    { _tag: 'Lose', packet: packet('ping') },
    { _tag: 'Cut', side: [address(1)] },
    { _tag: 'Heal' }
  ] as const

  test('has a kind', () => {
    expect(actions.map((a) => model.kindOf(a))).toEqual([
      'Deliver ping',
      'count',
      'Duplicate ping',
      'Lose ping',
      'Cut',
      'Heal'
    ])
  })

  test('has a shape, which says between whom it happens', () => {
    expect(actions.map((a) => model.shapeOf(a))).toEqual([
      'Deliver ping 0→1',
      'count 1',
      'Duplicate ping 0→1',
      'Lose ping 0→1',
      'Cut',
      'Heal'
    ])
  })
})

describe('scores and symmetry', () => {
  test('are not there unless they are declared', () => {
    expect(model.scores).toEqual([])
    expect('symmetryObjection' in model).toBe(false)
  })

  test('are those declared', () => {
    const high = { name: 'high', says: 'numbers are higher', of: ({ n }: Counter) => n }
    expect(networkModel({ ...options, observations: { ...options.observations, scores: [high] } }).scores).toEqual([
      high
    ])
  })

  test('a symmetry is objected to where a step or a violation depends on names', () => {
    const symmetry = {
      env: (): null => null,
      state: (to: (n: Address) => Address, { id, n }: Counter): Counter => ({ id: to(id), n }),
      message: (_to: unknown, m: string): string => m
    }
    const symmetric = { ...options, symmetry }
    expect(networkModel(symmetric).symmetryObjection?.()).toBeUndefined()
    const onlyNode0 = networkModel({
      ...symmetric,
      environment: freely<Counter, string, 'count'>((n, st) => (n === 0 && st.n < 3 ? ['count'] : []))
    })
    expect(onlyNode0.symmetryObjection?.()).toBe(
      'when the nodes 0 and 1 change their names, the steps of the initial state lead to other states than those that they led to, renamed'
    )
    const unlucky = eachNode<Counter, string>('unlucky', 'node 1 has no 2', (n, st) =>
      n === 1 && st.n === 2 ? [{ node: n, witness: 'has 2' }] : []
    )
    expect(networkModel({ ...symmetric, invariants: [unlucky] }).symmetryObjection?.()).toMatch(
      /^when the nodes 0 and 1 change their names, the verdict on .* changes$/
    )
  })
})
