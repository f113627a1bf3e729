/**
 * A failure's causal past is enough to make it fail.
 */
import { describe, expect, test } from 'vitest'
import { sidesOf } from '../../../../invariants/blockchain/configuration.js'
import { bounds, toychainModel } from '../../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../../invariants/blockchain/playable.js'
import { canonical } from '../../../../invariants/checker/data/canonical.js'
import { causal, pastOf } from '../../../../invariants/checker/trace/causal.js'
import { networkCausality } from '../../../../invariants/checker/trace/causality.js'
import { allNodes } from '../../../../invariants/checker/network/protocolModel.js'
import { randomized } from '../../../../invariants/checker/search/randomized.js'
import { statesAlong, verdict } from '../../../../invariants/checker/trace/replay.js'
import { shrink } from '../../../../invariants/checker/trace/shrink.js'
import { eachNode, whole } from '../../../../invariants/property/invariant.js'
import { valid } from '../../../../spec/prelude/unionMap.js'
import { address } from '../../../support/toychains.js'
import { making } from '../../../support/executions.js'

/** Four nodes that mint three blocks; nobody is to have two blocks besides genesis. */
const model = toychainModel(playNumbered, bounds(4, 3, 0, { blockOnly: true }), {
  invariants: () => [
    eachNode('two', 'no node has three blocks', (node, { blockTree }) =>
      valid(blockTree) && blockTree.entries.length >= 3 ? [{ node, witness: 'it has' }] : []
    )
  ]
})

/** The actions that are chosen one after another by their shape. */
const along = (...shapes: ReadonlyArray<string>) => alongIn(model, ...shapes)
const alongIn = ({ system, shapeOf }: typeof model, ...shapes: ReadonlyArray<string>) => {
  const actions = []
  let [state] = system.initial
  for (const shape of shapes) {
    const action = state && system.actions(state).find((a) => shapeOf(a) === shape)
    const next = state && action && system.next(state, action)
    if (action === undefined || next?._tag !== 'Some') throw new Error(`${shape} is not enabled`)
    actions.push(action)
    state = next.value
  }
  return actions
}

const long = along(
  'MintT 3',
  'MintT 0',
  'Deliver BlockMsg 3→3',
  'Deliver BlockMsg 0→2',
  'Deliver BlockMsg 0→0',
  'Deliver BlockMsg 3→1',
  'MintT 2'
)
const shapes = (actions: Readonly<typeof long>): ReadonlyArray<string> => actions.map((a) => model.shapeOf(a))

describe('what ties a step of a network to others', () => {
  test('is its node, or the network, and the packets that it takes and leaves', () => {
    const faulty = toychainModel(
      playNumbered,
      bounds(2, 1, 0, { blockOnly: true, faults: { duplications: 1, losses: 1, cuts: 1, sides: sidesOf(2) } })
    )
    const actions = alongIn(
      faulty,
      'MintT 0',
      'Duplicate BlockMsg 0→1',
      'Lose BlockMsg 0→1',
      'Cut',
      'Heal',
      'Deliver BlockMsg 0→0'
    )
    const states = statesAlong(faulty, making(actions))
    const [to0 = '', to1 = ''] = states[1]!.world.inFlightMsgs.map((packet) => canonical(packet))
    expect([to0, to1].map((text) => text.includes('"dst":1'))).toEqual([false, true])
    expect(actions.map((action, i) => networkCausality(states[i]!, action, states[i + 1]!))).toEqual([
      { place: 'node 0', takes: [], leaves: [to0, to1] },
      { place: 'network', takes: [to1], leaves: [to1] },
      { place: 'network', takes: [to1], leaves: [] },
      { place: 'network', takes: [], leaves: [] },
      { place: 'network', takes: [], leaves: [] },
      { place: 'node 0', takes: [to0], leaves: [] }
    ])
  })
})

describe('the causal past', () => {
  test('of a node is what its steps depend on', () => {
    const past = (...places: ReadonlyArray<string>) =>
      shapes(pastOf(networkCausality, statesAlong(model, making(long)), long, places))
    expect(past('node 2')).toEqual(['MintT 0', 'Deliver BlockMsg 0→2', 'MintT 2'])
    expect(past('node 1')).toEqual(['MintT 3', 'Deliver BlockMsg 3→1'])
    expect(past('node 0')).toEqual(['MintT 0', 'Deliver BlockMsg 0→0'])
    expect(past('node 7')).toEqual([])
    expect(past('node 1', 'node 2')).toHaveLength(5)
  })

  test('ends where the states end', () => {
    const states = statesAlong(model, making(long)).slice(0, 5)
    expect(shapes(pastOf(networkCausality, states, long, ['node 0', 'node 1', 'node 2']))).toEqual([
      'MintT 0',
      'Deliver BlockMsg 0→2'
    ])
  })

  test('of a failure fails too, though the blocks have other numbers in it', () => {
    const cut = causal(model, networkCausality, making(long))
    expect(shapes(cut.actions)).toEqual(['MintT 0', 'Deliver BlockMsg 0→2', 'MintT 2'])
    expect(verdict(model, statesAlong(model, cut).at(-1)!)).toHaveLength(1)
  })

  test('is that of the nodes that the failure names where that of the last step does not fail', () => {
    const not1And3 = toychainModel(playNumbered, bounds(4, 3, 0, { blockOnly: true }), {
      invariants: () => [
        allNodes('not both', 'nodes 1 and 3 do not both have a block', (seen) => {
          const have = seen.filter(
            ({ node, sees }) => node % 2 === 1 && valid(sees.blockTree) && sees.blockTree.entries.length > 1
          )
          return have.length > 1 ? have.map(({ node }) => ({ node, witness: 'has one' })) : []
        })
      ]
    })
    const actions = along('MintT 3', 'Deliver BlockMsg 3→2', 'MintT 1')
    expect(shapes(pastOf(networkCausality, statesAlong(model, making(actions)), actions, ['node 1']))).toEqual([
      'MintT 1'
    ])
    expect(shapes(causal(not1And3, networkCausality, making(actions)).actions)).toEqual(['MintT 3', 'MintT 1'])
  })

  test('is that of the last step alone where that fails, whatever other nodes the failure names', () => {
    const twoHasThree = {
      ...model,
      invariants: model.invariants.concat(
        whole(
          'blame',
          'no node has three blocks, for which node 1 is blamed',
          (s: (typeof model.system.initial)[number]) =>
            verdict(model, s).map(() => ({ node: address(1), witness: 'is blamed' }))
        )
      )
    }
    expect(verdict(twoHasThree, statesAlong(model, making(long)).at(-1)!).map(({ node }) => node)).toEqual([2, 1])
    expect(shapes(causal(twoHasThree, networkCausality, making(long)).actions)).toEqual([
      'MintT 0',
      'Deliver BlockMsg 0→2',
      'MintT 2'
    ])
  })

  test('leaves an execution as it is where nothing can be left out, and where nothing fails', () => {
    const short = along('MintT 0', 'Deliver BlockMsg 0→2', 'MintT 2')
    expect(causal(model, networkCausality, making(short)).actions).toBe(short)
    expect(causal(model, networkCausality, making([]))).toEqual(making([]))
    expect(causal(model, networkCausality, making(short.slice(0, 2)))).toEqual(making(short.slice(0, 2)))
    // None of these is enabled.
    expect(causal(model, networkCausality, making(short.slice(1, 2)))).toEqual(making(short.slice(1, 2)))
  })

  test('of failures of random runs is no longer than they are, and shrinks to what cannot be shrunk further', async () => {
    let before = 0
    let after = 0
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const { counterexample, failedRun } = await randomized(model, { seed, runs: 50, causality: networkCausality })
      const { counterexample: plainly } = await randomized(model, { seed, runs: 50 })
      expect(counterexample?.failures).toHaveLength(1)
      expect(await shrink(model, counterexample!)).toEqual(making(counterexample!.actions))
      expect(counterexample?.actions.length).toBe(plainly?.actions.length)
      before += failedRun?.steps ?? 0
      after += counterexample?.actions.length ?? 0
    }
    expect([before, after]).toEqual([30, 20])
  })
})
