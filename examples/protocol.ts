/** A protocol of one's own: a rumour that each node passes on when it first hears it, and what a lost message does. */
import * as Eq from 'fp-ts/lib/Eq.js'
import * as O from 'fp-ts/lib/Option.js'
import { exhaustive, networkModel } from '../invariants/checker/index.js'
import { fromView, showFailure, together } from '../invariants/index.js'
import { emitBroadcast, netAddr, Network, noFaults, ordNumber, withFaults } from '../spec/index.js'
import type { Address, Environment, Protocol } from '../spec/index.js'

interface Node {
  readonly id: Address
  readonly heard: boolean
}
type Rumour = 'rumour'
type Start = 'start'

const addresses = netAddr(3)

/** What a node does: it tells everybody, once. */
const tell = (node: Node) =>
  [{ ...node, heard: true }, node.heard ? [] : emitBroadcast<Rumour>(node.id, addresses.enum, 'rumour')] as const

const gossip: Protocol<Node, Rumour, Start, number> = {
  Init: (id) => ({ id, heard: false }),
  procMsg: (node) => tell(node),
  procInt: (node) => tell(node),
  id: (node) => node.id,
  coherent: [],
  transitionsBehind: () => ['start'],
  State: Eq.struct({ id: ordNumber, heard: Eq.eqStrict }),
  Message: Eq.eqStrict,
  Internal: Eq.eqStrict,
  Timestamp: ordNumber
}

/** What may happen: any node may start the rumour, once in an execution; messages arrive in any order. */
const once: Environment<boolean, Node, Rumour, Start, number> = {
  initial: false,
  delivery: (started, packet) => O.some({ act: { _tag: 'Deliver', packet, ts: 0 }, then: started }),
  internal: (started, node) =>
    started ? [] : [{ act: { _tag: 'Intern', node, transition: 'start', ts: 0 }, then: true }],
  packetFaults: () => [],
  networkFaults: () => [],
  Env: Eq.eqStrict
}

/** Local state + in flight = global, for a rumour: who has heard it or will hear it are all nodes or none. */
const everybodyWillHear = fromView<Node, Rumour, boolean>(
  { start: (_, node) => node.heard, matters: () => true, arrive: () => true },
  [
    together('all or none', 'all nodes have heard the rumour or will, or none', {
      summary: (_, __, willHear) => willHear,
      decide: (seen) =>
        seen.some(({ sees }) => sees)
          ? seen.filter(({ sees }) => !sees).map(({ node }) => ({ node, witness: 'will never hear it' }))
          : []
    })
  ]
)

const network = Network(addresses, gossip)
for (const losses of [0, 1]) {
  const { states, counterexample } = await exhaustive(
    networkModel({
      name: 'gossip',
      network,
      environment: withFaults({ ...noFaults, losses }, once),
      world: network.initWorld,
      invariants: everybodyWillHear,
      kinds: ['start', 'Deliver rumour', ...(losses > 0 ? ['Lose rumour'] : [])],
      kindOfMessage: (m) => m,
      kindOfInternal: (t) => t,
      observations: { states: [], steps: [] }
    })
  )
  console.log(`losses ${losses}: ${states} states, ${counterexample ? 'violated' : 'all invariants hold'}`)
  for (const failure of counterexample?.failures ?? []) console.log(showFailure(failure))
}
