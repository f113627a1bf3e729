/**
 * Executions as diagrams: which step sent what which step received.
 */
import { describe, expect, test } from 'vitest'
import { Explain } from '../../../invariants/blockchain/explain.js'
import { bounds, toychainModel } from '../../../invariants/blockchain/model.js'
import type { ToychainAction } from '../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../invariants/blockchain/playable.js'
import { sidesOf } from '../../../invariants/blockchain/configuration.js'
import { lanesOf, lanesOfSteps, lanesSvg, lanesText } from '../../../invariants/checker/lanes.js'
import type { Lanes } from '../../../invariants/checker/lanes.js'
import { actionInWords } from '../../../invariants/checker/words.js'
import type { NumberedTypes } from '../../../spec/blockchain/instances/numbered.js'

type A = ToychainAction<NumberedTypes>

const faults = { duplications: 1, losses: 1, cuts: 1, sides: sidesOf(3) }
const { system, toychain } = toychainModel(playNumbered, bounds(3, 2, 0, { blockOnly: true, faults }))
const explain = Explain(toychain)

/** The diagram of an execution whose actions are chosen one after another by what `actionInWords` says of them. */
const diagram = (...choices: ReadonlyArray<string>): Lanes => {
  const words = actionInWords(explain.message)
  let [state] = system.initial
  const states = state === undefined ? [] : [state]
  const actions: A[] = []
  for (const choice of choices) {
    const enabled = state === undefined ? [] : system.actions(state)
    const action = enabled.find((a) => words(a) === choice)
    const next = state && action && system.next(state, action)
    if (action === undefined || next?._tag !== 'Some')
      throw new Error(`${choice} is none of ${enabled.map((a) => words(a)).join('; ')}`)
    state = next.value
    actions.push(action)
    states.push(state)
  }
  return lanesOf({
    title: 'a <test> & "more"',
    states,
    actions,
    message: explain.message,
    action: (a, before, after) => explain.action(a, before.world, after.world),
    fails: (step) => step === 5
  })
}

const lanes = diagram(
  'node 1: MintT',
  'the network duplicates Block 1@1 from node 1 to node 0',
  'node 0 receives Block 1@1 from node 1',
  'node 1 receives Block 1@1 from node 1',
  'the network loses Block 1@1 from node 1 to node 2',
  'the network is cut: {1} against the others',
  'the network heals',
  'node 2: MintT',
  'node 0 receives Block 2@2 from node 2'
)

describe('a diagram of message lanes', () => {
  test('ties each message to the step that sent it, the oldest of equal ones first', () => {
    expect(
      lanes.arrows.map(({ src, dst, message, sentIn, endsIn, isLost }) => [src, dst, message, sentIn, endsIn, isLost])
    ).toEqual([
      [1, 0, 'Block 1@1', 1, 3, false],
      [1, 1, 'Block 1@1', 1, 4, false],
      [1, 2, 'Block 1@1', 1, 5, true],
      [2, 0, 'Block 2@2', 8, 9, false],
      [1, 0, 'Block 1@1', 2, undefined, false],
      [2, 1, 'Block 2@2', 8, undefined, false],
      [2, 2, 'Block 2@2', 8, undefined, false]
    ])
  })

  test('has a line for each step as text', () => {
    expect(lanesText(lanes)).toBe(`     0       1       2
  1  │       ●       │   node 1 mints block 1@1 on g
  2  │       │       │   the network duplicates Block 1@1 from node 1 to node 0
  3  ●◀──────┤       │   node 0 receives Block 1@1 from node 1 (sent in step 1)
  4  │       ●↩      │   node 1 receives Block 1@1 from node 1 (sent in step 1)
  5  │       ├──────✗│   ✗ the network loses Block 1@1 from node 1 to node 2 (sent in step 1)
  6  │       │       │   the network is cut: {1} against the others
  7  │       │       │   the network heals
  8  │       │       ●   node 2 mints block 2@2 on g
  9  ●◀──────┼───────┤   node 0 receives Block 2@2 from node 2 (sent in step 8)

in flight at the end:
  1→0 Block 1@1, sent in step 2
  2→1 Block 2@2, sent in step 8
  2→2 Block 2@2, sent in step 8`)
  })

  test('is a well-formed picture with an arrow for each message and a dot for each step of a node', () => {
    const svg = lanesSvg(lanes)
    expect(svg).toContain('<title>a &lt;test&gt; &amp; &quot;more&quot;</title>')
    const tags = [...svg.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g)].map(([, close, name = '', self]) => ({
      name,
      close,
      self
    }))
    const open: string[] = []
    for (const { name, close, self } of tags) {
      if (close === '/') expect(open.pop()).toBe(name)
      else if (self !== '/') open.push(name)
    }
    expect(open).toEqual([])
    expect([...svg.matchAll(/<circle/g)]).toHaveLength(5)
    expect([...svg.matchAll(/class="message"/g)]).toHaveLength(3)
    expect([...svg.matchAll(/class="flying"/g)]).toHaveLength(3)
    expect([...svg.matchAll(/<path class="lost" d="M 170 102 L/g)]).toHaveLength(1)
    expect(svg).toMatch(/class="fails">the network loses Block 1@1/)
  })

  test('of nothing is empty', () => {
    expect(lanesOf({ title: 'nothing', states: [], actions: [] })).toEqual({
      title: 'nothing',
      nodes: [],
      steps: [],
      arrows: []
    })
  })

  test('of a replayed execution marks the steps after which something fails', () => {
    const [first] = system.initial
    const action = first && system.actions(first)[0]
    const next = first && action && system.next(first, action)
    if (action === undefined || next?._tag !== 'Some') throw new Error('nothing is enabled')
    const failure = { path: ['x'], says: 'x', witness: 'x' }
    const { steps } = lanesOfSteps(
      [
        { action: undefined, state: first!, failures: [failure] },
        { action, state: next.value, failures: [failure] }
      ],
      { title: 'replayed' }
    )
    expect(steps).toEqual([{ node: 0, says: 'node 0: MintT', arrow: undefined, fails: true }])
  })
})
