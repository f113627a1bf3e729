/** A protocol of one's own: a rumour that each node passes on when it first hears it, and what a lost message does. */
import { exhaustive, freely, protocolModel, untimed } from '../invariants/checker/index.js'
import { fromView, showFailure, together } from '../invariants/index.js'
import { emitBroadcast, netAddr, noFaults, withFaults } from '../spec/index.js'
import type { Address } from '../spec/index.js'

interface Node {
  readonly id: Address
  readonly heard: boolean
}

const nodes = netAddr(3).enum

/** What a node does, whoever told it: it tells everybody, once. */
const tell = (node: Node) =>
  [{ ...node, heard: true }, node.heard ? [] : emitBroadcast(node.id, nodes, 'rumour' as const)] as const

const gossip = untimed<Node, 'rumour', 'start'>({
  Init: (id) => ({ id, heard: false }),
  procMsg: (node) => tell(node),
  procInt: (node) => tell(node)
})

/** Node 0 starts the rumour, whenever it likes. */
const environment = freely<Node, 'rumour', 'start'>((id, { heard }) => (id === 0 && !heard ? ['start'] : []))

/** Local state + in flight = global, for a rumour: who has heard it or will hear it are all nodes or none. */
const everybodyWillHear = fromView<Node, 'rumour', boolean>(
  { start: (_, { heard }) => heard, matters: () => true, arrive: () => true },
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

for (const losses of [0, 1]) {
  const model = protocolModel({
    name: `gossip, losses: ${losses}`,
    nodes: nodes.length,
    protocol: gossip,
    environment: withFaults({ ...noFaults, losses }, environment),
    invariants: everybodyWillHear
  })
  const { states, counterexample } = await exhaustive(model)
  console.log(`${model.name}: ${states} states, ${counterexample ? 'violated' : 'all invariants hold'}`)
  for (const failure of counterexample?.failures ?? []) console.log(showFailure(failure))
}
