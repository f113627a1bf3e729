/**
 * What invariants see: the same in every engine, and nothing that a search does not keep.
 */
import { describe, expect, test } from 'vitest'
import {
  exhaustive,
  freely,
  networkModel,
  protocolModel,
  randomized,
  untimed
} from '../../../../invariants/checker/index.js'
import { failures, ofNodes, whole } from '../../../../invariants/property/invariant.js'
import type { NetworkInvariant } from '../../../../invariants/property/invariant.js'
import { undef } from '../../../../spec/prelude/unionMap.js'
import { emitBroadcast, netAddr, Network } from '../../../../spec/index.js'
import type { Address } from '../../../../spec/index.js'

interface Node {
  readonly id: Address
  readonly heard: number
}
type OfNodes = NetworkInvariant<Node, number>

const nodes = netAddr(3).enum
const protocol = untimed<Node, number, number>({
  Init: (id) => ({ id, heard: 0 }),
  procMsg: (st, _from, msg) => [{ ...st, heard: Math.max(st.heard, msg) }, []],
  procInt: (st, said) => [{ ...st, heard: said }, emitBroadcast(st.id, nodes, said)]
})
const environment = freely<Node, number, number>((id, { heard }) => (id === 0 && heard < 2 ? [heard + 1] : []))
const model = (...invariants: ReadonlyArray<OfNodes>) =>
  protocolModel({ name: 'numbers', nodes: 3, protocol, environment, invariants })

/** The verdicts of all engines, as the numbers of steps to a violation. */
const verdicts = async (...invariants: ReadonlyArray<OfNodes>): Promise<ReadonlyArray<number | undefined>> => {
  const one = model(...invariants)
  const found = [await exhaustive(one), await exhaustive(one, { exact: true }), await exhaustive(one, { plain: true })]
  return found.map(({ counterexample }) => counterexample?.actions.length)
}

describe('the packets that were consumed', () => {
  test('are seen by no invariant, by type', () => {
    const reads: OfNodes = whole('reads', 'none was consumed', ({ world }) =>
      // @ts-expect-error -- no search keeps them
      world.consumedMsgs === undefined ? [] : [{ witness: 'one was' }]
    )
    expect(reads.name).toBe('reads')
  })

  test('are seen by none at run time either, whatever the engine', async () => {
    const reads: OfNodes = whole('reads', 'none was consumed', ({ world }) =>
      Reflect.has(world, 'consumedMsgs') ? [{ witness: 'they are there' }] : []
    )
    expect(await verdicts(reads)).toEqual([undefined, undefined, undefined])
    const { counterexample } = await randomized(model(reads), { seed: 1, runs: 5, plain: true })
    expect(counterexample).toBeUndefined()
  })
})

describe('the order of packets in flight', () => {
  const inOrder = (compare: (a: number, b: number) => number): OfNodes =>
    whole('order', 'what is in flight to a node is in order', ({ world: { inFlightMsgs } }) =>
      inFlightMsgs.some(({ dst, msg }, i) => {
        const before = inFlightMsgs[i - 1]
        return before?.dst === dst && compare(before.msg, msg) > 0
      })
        ? [{ witness: 'it is not' }]
        : []
    )

  test('is one and the same to every engine', async () => {
    const upward = await verdicts(inOrder((a, b) => a - b))
    const downward = await verdicts(inOrder((a, b) => b - a))
    // Two different numbers are in flight to a node after two steps; one of the orders is theirs.
    expect([upward, downward].map(([first]) => first).toSorted()).toEqual([2, undefined])
    for (const [first, ...others] of [upward, downward]) expect(others).toEqual([first, first])
  })

  test('puts those to nobody last', async () => {
    const network = Network(netAddr(3), protocol)
    const packet = (dst: number) => ({ src: nodes[0]!, dst: netAddr(10).enum[dst]!, msg: 1 })
    const seen: Array<ReadonlyArray<number>> = []
    const shows: OfNodes = whole('shows', '', ({ world }) => {
      seen.push(world.inFlightMsgs.map(({ dst }) => dst))
      return []
    })
    const one = networkModel({
      name: 'packets',
      network,
      environment,
      world: { ...network.initWorld, inFlightMsgs: [9, 2, 0, 2].map(packet) },
      invariants: [shows],
      observations: { states: [], steps: [] },
      kinds: [],
      kindOfMessage: String,
      kindOfInternal: String
    })
    await exhaustive(one, { plain: true, depth: 0 })
    await exhaustive(one, { depth: 0 })
    expect(seen).toEqual([
      [0, 2, 2, 9],
      [0, 2, 2, 9]
    ])
  })
})

describe('the state map', () => {
  const network = Network(netAddr(2), protocol)
  const lost = (invariant: OfNodes) =>
    networkModel({
      name: 'lost',
      network,
      environment,
      world: { ...network.initWorld, localState: undef },
      invariants: [invariant],
      observations: { states: [], steps: [] },
      kinds: [],
      kindOfMessage: String,
      kindOfInternal: String
    })

  test('is undefined to every engine where it is', async () => {
    const defined: OfNodes = whole('defined', 'the map is defined', ({ world }) =>
      world.localState._tag === 'Def' ? [] : [{ witness: 'it is not' }]
    )
    for (const plain of [true, false])
      expect((await exhaustive(lost(defined), { plain })).counterexample?.actions).toEqual([])
  })

  test('shows the nodes and not their states to what is about the nodes', () => {
    const seen: unknown[] = []
    const shows: OfNodes = ofNodes('nodes', '', ({ world }) => {
      seen.push(world)
      return []
    })
    failures(shows, { world: network.initWorld })
    failures(shows, { world: { localState: undef, inFlightMsgs: [] } })
    expect(seen).toEqual([
      {
        localState: {
          _tag: 'Def',
          entries: [
            [0, null],
            [1, null]
          ]
        }
      },
      { localState: { _tag: 'Undef' } }
    ])
  })
})
