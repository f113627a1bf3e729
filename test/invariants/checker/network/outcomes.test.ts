/**
 * What the nodes did is taken down, and shows what a configuration reaches of the protocol.
 */
import { describe, expect, test } from 'vitest'
import { bounds, toychainModel } from '../../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../../invariants/blockchain/playable.js'
import { exhaustive } from '../../../../invariants/checker/search/exhaustive.js'
import { recorder } from '../../../../invariants/checker/network/outcomes.js'
import type { NumberedTypes } from '../../../../spec/blockchain/instances/numbered.js'
import type { InternalTransition, Message, State } from '../../../../spec/blockchain/protocol.js'
import type { Untimed } from '../../../../invariants/checker/network/protocolModel.js'
import { untimed } from '../../../../invariants/checker/network/protocolModel.js'
import { netAddr } from '../../../../spec/system/address.js'
import type { Address } from '../../../../spec/system/address.js'

const outcomesOf = async (nodes: number, mints: number, transactions: number, plain: boolean) => {
  const { protocol, outcomes } = recorder<
    State<NumberedTypes>,
    Message<NumberedTypes>,
    InternalTransition<NumberedTypes>,
    NumberedTypes['Timestamp']
  >({ message: (m) => m._tag, internal: (t) => t._tag })
  await exhaustive(toychainModel(playNumbered, bounds(nodes, mints, transactions), { variant: { protocol } }), {
    plain
  })
  return outcomes().map(({ on, changes, sends, steps }) => [on, changes ? 'changes' : 'stays', sends.join(), steps])
}

describe('what nodes did', () => {
  test('is every reaction to every message, with the number of different local steps', async () => {
    const reached = [
      ['BlockMsg', 'stays', 'InvMsg', 4],
      ['BlockMsg', 'changes', 'InvMsg', 2],
      ['GetDataMsg', 'stays', 'BlockMsg', 2],
      ['InvMsg', 'stays', 'GetDataMsg', 2],
      ['InvMsg', 'stays', '', 8],
      ['MintT', 'changes', 'BlockMsg', 2]
    ]
    expect(await outcomesOf(2, 1, 0, false)).toEqual(reached)
    expect(await outcomesOf(2, 1, 0, true)).toEqual(reached)
  })

  test('differs where there is a transaction and no block', async () => {
    expect(await outcomesOf(2, 0, 1, false)).toEqual([
      ['GetDataMsg', 'stays', 'TxMsg', 2],
      ['InvMsg', 'stays', 'GetDataMsg', 2],
      ['InvMsg', 'stays', '', 4],
      ['TxMsg', 'stays', 'InvMsg', 4],
      ['TxMsg', 'changes', 'InvMsg', 4],
      ['TxT', 'stays', 'TxMsg', 2]
    ])
  })

  test('is told apart by change and by the kinds that are sent, however often', () => {
    const [own] = netAddr(1).enum
    if (own === undefined) throw new Error('there is a node')
    interface Counter {
      readonly id: Address
      readonly count: number
    }
    const { protocol, outcomes } = recorder<Counter, string, string, Untimed>({
      message: (m) => m.slice(0, 1),
      internal: (t) => t
    })
    const { procMsg, procInt } = protocol(
      untimed<Counter, string, string>({
        Init: (id) => ({ id, count: 0 }),
        procMsg: (st, _from, msg) => [
          { ...st, count: msg === 'more' ? st.count + 1 : st.count },
          (msg === 'back' ? ['y1', 'x2', 'x1'] : ['x1', 'x2', 'y1'])
            .slice(0, st.count)
            .map((m) => ({ src: st.id, dst: st.id, msg: m }))
        ],
        procInt: (st) => [st, []]
      })
    )
    for (const [count, msg] of [
      [0, 'more'],
      [0, 'more'],
      [1, 'more'],
      [2, 'more'],
      [3, 'm'],
      [0, 'm'],
      [3, 'b'],
      [3, 'back']
    ] as const)
      procMsg({ id: own, count }, own, msg, 0)
    procInt({ id: own, count: 0 }, 'idle', 0)
    expect(outcomes()).toEqual([
      { on: 'b', changes: false, sends: ['x', 'y'], steps: 2 },
      { on: 'idle', changes: false, sends: [], steps: 1 },
      { on: 'm', changes: false, sends: ['x', 'y'], steps: 1 },
      { on: 'm', changes: false, sends: [], steps: 1 },
      { on: 'm', changes: true, sends: ['x'], steps: 2 },
      { on: 'm', changes: true, sends: [], steps: 1 }
    ])
  })
})
