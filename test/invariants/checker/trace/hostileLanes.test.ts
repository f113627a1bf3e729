/**
 * Executions with packets that are forged and packets that stay in flight, as diagrams and as causes.
 */
import * as O from 'fp-ts/lib/Option.js'
import { expect, test } from 'vitest'
import { networkCausality } from '../../../../invariants/checker/trace/causality.js'
import { lanesOf, lanesText } from '../../../../invariants/checker/trace/lanes.js'
import { actionInWords } from '../../../../invariants/checker/model/words.js'
import type { Untimed } from '../../../../invariants/checker/network/protocolModel.js'
import { full, keeping, withAdversary, withCrashes } from '../../../../spec/system/adversary.js'
import { Executions } from '../../../../spec/system/executions.js'
import type { Action } from '../../../../spec/system/executions.js'
import { hearsay } from '../../../support/hearsay.js'
import type { Word } from '../../../support/hearsay.js'
import { address } from '../../../support/toychains.js'

const { network, environment } = hearsay(3)
const liar = address(2)
const lies = full<Word>('liar', [liar], [{ src: liar, dst: address(0), msg: { of: liar, word: 'x' } }])
const crashes = { crashes: 1, restarts: 1, nodes: [address(1)] }
const system = Executions(network, withAdversary(lies, withCrashes(crashes, keeping(environment))), network.initWorld)
const words = actionInWords(({ of, word }: Word) => `${word}${of}`)

const execution = () => {
  const [initial] = system.initial
  const states = [initial!]
  const actions: Array<Action<Word, 'speak', Untimed>> = []
  for (const wanted of [
    'node 1: speak',
    'node 0 receives a1 from node 1',
    'node 0 receives a1 from node 1',
    'node 2, which is not honest, tells node 0 x2',
    'node 1 fails',
    'node 1 goes on'
  ]) {
    const state = states.at(-1)!
    const action = system.actions(state).find((a) => words(a) === wanted)!
    actions.push(action)
    states.push(O.toUndefined(system.next(state, action))!)
  }
  return { states, actions }
}

test('a packet that stays in flight arrives again, one that is forged comes from the lane of a liar', () => {
  const lanes = lanesOf({ title: 'lies', ...execution(), message: ({ of, word }) => `${word}${of}` })
  expect(lanesText(lanes).split('\n')).toEqual([
    '     0       1       2 lies',
    '  1  │       ●       ┊   node 1: speak',
    '  2  ●◀──────┤       ┊   node 0 receives a1 from node 1 (sent in step 1)',
    '  3  ●◀──────┤       ┊   node 0 receives a1 from node 1 (sent in step 1)',
    '  4  ●◀──────┼───────┤   node 2, which is not honest, tells node 0 x2 (forged)',
    '  5  │       ●       ┊   node 1 fails',
    '  6  │       ●       ┊   node 1 goes on',
    '',
    'in flight at the end:',
    '  0→1 a1, sent in step 2'
  ])
  expect(lanes.arrows.map(({ isForged, sentIn, endsIn }) => [isForged, sentIn, endsIn])).toEqual([
    [false, 1, 2],
    [false, 1, 3],
    [true, 4, 4],
    [false, 2, undefined]
  ])
  expect(lanes.liars).toEqual([2])
})

test('what is forged is taken from nowhere, and a node that fails or goes on is where it happens', () => {
  const { states, actions } = execution()
  const ties = actions.map((a, i) => {
    const { place, takes, leaves } = networkCausality(states[i]!, a, states[i + 1]!)
    return [place, takes.length, leaves.length]
  })
  expect(ties).toEqual([
    ['node 1', 0, 1],
    ['node 0', 1, 1],
    ['node 0', 1, 0],
    ['node 0', 0, 0],
    ['node 1', 0, 0],
    ['node 1', 0, 0]
  ])
})
