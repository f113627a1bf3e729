/**
 * What is refused aloud: adversaries that claim too much, nodes that fail without a word on how they go on, handlers that
 * write another's name, reductions where they do not hold.
 */
import { describe, expect, test } from 'vitest'
import { networkModel } from '../../../../invariants/checker/network/networkModel.js'
import { freely, protocolModel, untimed } from '../../../../invariants/checker/network/protocolModel.js'
import { RefusedSearch } from '../../../../invariants/checker/model/refusal.js'
import { exhaustive } from '../../../../invariants/checker/search/exhaustive.js'
import { randomized } from '../../../../invariants/checker/search/randomized.js'
import { inOrder, keeping, withAdversary, withCrashes } from '../../../../spec/system/adversary.js'
import type { Environment } from '../../../../spec/system/executions.js'
import { gossip, hearsay } from '../../../support/hearsay.js'
import type { Hearer, Word } from '../../../support/hearsay.js'
import type { Untimed } from '../../../../invariants/checker/network/protocolModel.js'
import { address } from '../../../support/toychains.js'

const { network, environment } = hearsay(3)
const modelIn = <Env>(env: Environment<Env, Hearer, Word, 'speak', Untimed>) =>
  networkModel({
    name: 'hearsay',
    network,
    environment: env,
    world: network.initWorld,
    invariants: [],
    kinds: [],
    kindOfMessage: () => 'word',
    kindOfInternal: (t) => t,
    observations: { states: [], steps: [] },
    symmetry: {
      env: (_to, e) => e,
      state: (to, st) => ({ ...st, id: to(st.id) }),
      message: (to, m) => ({ ...m, of: to(m.of) })
    }
  })

describe('an adversary that claims too much', () => {
  // It has seen the word of node 1 when it uses that of node 0.
  const early = withAdversary(
    {
      ...gossip(address(2)),
      forges: (known) =>
        known.length > 0 ? [{ src: address(2), dst: address(0), msg: { of: address(0), word: 'a' } }] : []
    },
    environment
  )
  const refusal = new RefusedSearch(
    'hearsay: the packet {"of":0,"word":"a"} from node 2 to node 0 cannot be made: the adversary \'gossip\' plays {2}, and ' +
      "no packet was sent in which node 0 has signed 'a': it can use its own signatures and those that were sent"
  )

  test.each([{}, { plain: true }, { order: 'depth-first' }] as const)(
    'stops a search with %j, and says what it has claimed',
    async (how) => {
      await expect(exhaustive(modelIn(early), how)).rejects.toThrow(refusal)
    }
  )

  test.each([false, true])('stops random executions, plain or not: %j', async (plain) => {
    await expect(randomized(modelIn(early), { seed: 1, plain })).rejects.toThrow(refusal)
  })

  test('does not stop one that claims what it may', async () => {
    const { states, complete } = await exhaustive(modelIn(withAdversary(gossip(address(2)), environment)))
    expect([states > 100, complete]).toEqual([true, true])
  })
})

test('nodes that may fail need a protocol that says how they go on', () => {
  const { restart: _, ...protocol } = network.protocol
  const options = {
    name: 'forgetful',
    nodes: 2,
    environment: withCrashes({ crashes: 1, restarts: 0, nodes: [] }, environment),
    invariants: []
  }
  expect(() => protocolModel({ ...options, protocol })).toThrow(
    new RefusedSearch(
      'forgetful: nodes may fail in its environment, but its protocol does not say in which state one goes on: give it `restart`'
    )
  )
  expect(() => protocolModel({ ...options, protocol: network.protocol })).not.toThrow()
})

const zero = address(0)
interface Named {
  readonly id: typeof zero
  readonly done: boolean
}

test.each(['procMsg', 'procInt'] as const)(
  'a handler %s that writes the name of another stops the search',
  async (by) => {
    const inTheName = (of: number) => [{ src: address(of), dst: address(1), msg: 'hello' }]
    const model = protocolModel<null, Named, string, 'go', Untimed>({
      name: 'impostor',
      nodes: 2,
      protocol: untimed<Named, string, 'go'>({
        Init: (id) => ({ id, done: false }),
        procMsg: (st) => [st, by === 'procMsg' ? inTheName(0) : []],
        procInt: (st) => [{ ...st, done: true }, inTheName(by === 'procInt' ? 1 : st.id)]
      }),
      environment: freely<Named, string, 'go'>((n, { done }) => (n === zero && !done ? ['go'] : [])),
      invariants: []
    })
    const sender = by === 'procMsg' ? 1 : 0
    await expect(exhaustive(model)).rejects.toThrow(
      new RefusedSearch(
        `impostor: node ${sender} sends "hello" to node 1 in the name of node ${1 - sender}: write whom it goes to only, and let ` +
          'the network stamp whom it is from (`addressed`)'
      )
    )
  }
)
describe('reductions', () => {
  test.each([
    [
      keeping,
      'noop',
      'inert packets cannot be purged where the network keeps what was sent: search without that reduction'
    ],
    [
      inOrder,
      'noop',
      'inert packets cannot be purged where packets arrive in the order in which they were sent: search without that reduction'
    ],
    [
      inOrder,
      'symmetry',
      'orbits are not known where packets arrive in the order in which they were sent: search without that reduction'
    ]
  ] as const)('%o is searched without %s', async (around, reduction, why) => {
    await expect(exhaustive(modelIn(around(environment)), { reduce: [reduction] })).rejects.toThrow(
      new RefusedSearch(why)
    )
  })
})
