/**
 * Executions as diagrams: which step sent what which step received.
 */
import { describe, expect, test } from 'vitest'
import { Explain } from '../../../../invariants/blockchain/explain.js'
import { bounds, toychainModel } from '../../../../invariants/blockchain/model.js'
import type { ToychainAction } from '../../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../../invariants/blockchain/playable.js'
import { sidesOf } from '../../../../invariants/blockchain/configuration.js'
import { lanesOf, lanesOfSteps, lanesText } from '../../../../invariants/checker/trace/lanes.js'
import { actionInWords } from '../../../../invariants/checker/model/words.js'
import type { NumberedTypes } from '../../../../spec/blockchain/instances/numbered.js'
import { everyKind, step } from '../../../support/lanes.js'
import { address } from '../../../support/toychains.js'

type A = ToychainAction<NumberedTypes>

const faults = { duplications: 1, losses: 1, cuts: 1, sides: sidesOf(3) }
const { system, toychain } = toychainModel(playNumbered, bounds(3, 2, 0, { blockOnly: true, faults }))
const explain = Explain(toychain)

/** The execution whose actions are chosen one after another by what `actionInWords` says of them. */
const execution = (...choices: ReadonlyArray<string>) => {
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
  return { states, actions }
}

const eventful = execution(
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
const lanes = lanesOf({
  title: 'a <test> & "more"',
  ...eventful,
  message: explain.message,
  action: (a, before, after) => explain.action(a, before.world, after.world),
  fails: (step) => step === 5
})

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

  test('knows of what is in flight from the start that no step has sent it', () => {
    const { arrows } = lanesOf({
      title: 'later',
      states: eventful.states.slice(1),
      actions: eventful.actions.slice(1, 4),
      message: explain.message
    })
    expect(arrows.map(({ src, dst, sentIn, endsIn }) => [src, dst, sentIn, endsIn])).toEqual([
      [1, 0, 0, 2],
      [1, 1, 0, 3],
      [1, 2, 0, undefined],
      [1, 0, 1, undefined]
    ])
  })

  test('uses tags for words, and says of no step that something fails, unless told otherwise', () => {
    const { states, actions } = execution('node 1: MintT', 'node 0 receives Block 1@1 from node 1')
    const { steps } = lanesOf({ title: 'tags', states, actions })
    expect(steps.map(({ says, fails, arrow }) => [says, fails, arrow?.message])).toEqual([
      ['node 1: MintT', false, undefined],
      ['node 0 receives BlockMsg from node 1', false, 'BlockMsg']
    ])
  })

  test('has no arrow for a packet that was not in flight', () => {
    const { states, actions } = execution('node 1: MintT', 'node 0 receives Block 1@1 from node 1')
    const { steps, arrows } = lanesOf({
      title: 'received twice',
      states: [...states.slice(2), ...states.slice(2)],
      actions: actions.slice(1)
    })
    expect(steps.map(({ node, arrow }) => [node, arrow])).toEqual([[0, undefined]])
    expect(arrows).toHaveLength(2)
  })

  test('has the steps whose states are known', () => {
    const { states, actions } = eventful
    expect(lanesOf({ title: 'cut', states: states.slice(0, 3), actions }).steps).toHaveLength(2)
  })

  test('of nothing is empty', () => {
    expect(lanesOf({ title: 'nothing', states: [], actions: [] })).toEqual({
      title: 'nothing',
      nodes: [],
      liars: [],
      steps: [],
      arrows: []
    })
  })

  test('of a replayed execution marks the steps after which something fails', () => {
    const failure = { path: ['x'], says: 'x', witness: 'x' }
    const { states, actions } = execution('node 0: MintT', 'node 1 receives Block 1@0 from node 0')
    const { steps } = lanesOfSteps(
      states.map((state, i) => ({ action: actions[i - 1], state, failures: i < 2 ? [failure] : [] })),
      { title: 'replayed' }
    )
    expect(steps).toMatchObject([
      { node: 0, says: 'node 0: MintT', arrow: undefined, fails: true },
      { node: 1, says: 'node 1 receives BlockMsg from node 0', arrow: { sentIn: 1 }, fails: false }
    ])
  })
})

describe('arrows of every kind', () => {
  test('as text', () => {
    expect(lanesText(everyKind)).toBe(`      0       1       2
   1  ●       │       │   zero
   2  │       ●       │   one
   3  ├───────┼──────▶●   two takes (sent in step 1)
   4  │       ●◀──────┤   ✗ one takes (in flight from the start)
   5  │✗──────┼───────┤   ✗ lost (in flight from the start)
   6  │       ●↩      │   itself (sent in step 4)
   7  │       │✗      │   lost, too (sent in step 4)
   8  ●       │       │   from afar (in flight from the start)
   9  │       │       │   to afar (sent in step 1)
  10  ├──────✗│       │   lost again (sent in step 1)

in flight at the end:
  1→0 m10, sent in step 2`)
  })

  test('as text, of nodes with longer names, where nothing is in flight at the end', () => {
    const nodes = [address(5), address(10), address(100)]
    expect(
      lanesText({ title: 'far', nodes, liars: [], steps: [step(10, 'ten')], arrows: [] })
    ).toBe(`     5       10      100
  1  │       ●       │   ten`)
  })
})
