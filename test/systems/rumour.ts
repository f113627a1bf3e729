/**
 * A network for tests of the command: a rumour that each node passes on when it first hears it, or whoever it hears it
 * from. It has a parameter of every kind, and everything that a system may have.
 */
import { freely, untimed } from '../../invariants/checker/index.js'
import type { ProtocolModelOptions, Untimed } from '../../invariants/checker/index.js'
import { eachNode, fromView, together } from '../../invariants/index.js'
import type { NetworkInvariant } from '../../invariants/index.js'
import {
  choice,
  count,
  defineNetwork,
  group,
  line,
  optionalCount,
  text,
  toggle
} from '../../invariants/systems/index.js'
import { emitBroadcast, netAddr, noFaults, withFaults } from '../../spec/index.js'
import type { Address, Faulty } from '../../spec/index.js'

export interface Parameters {
  readonly nodes: number
  readonly says: string
  readonly tone: 'plain' | 'rude'
  readonly eager: boolean
  readonly limit?: number
  readonly faults: { readonly losses: number }
}

interface Node {
  readonly id: Address
  readonly heard: number
}

interface Rumour {
  readonly _tag: 'Rumour'
  readonly words: string
}

const base: Parameters = { nodes: 2, says: 'psst', tone: 'plain', eager: false, faults: { losses: 0 } }

/** Local state + in flight = global, for a rumour: who has heard it or will hear it are all nodes or none. */
const allOrNone = fromView<Node, Rumour, boolean>(
  { start: (_, { heard }) => heard > 0, matters: () => true, arrive: () => true },
  [
    together('all or none', 'all nodes have heard the rumour or will, or none', {
      summary: (_, __, hears) => hears,
      decide: (seen) =>
        seen.some(({ sees }) => sees)
          ? seen.filter(({ sees }) => !sees).map(({ node }) => ({ node, witness: 'will never hear it' }))
          : []
    })
  ]
)

const polite = (tone: Parameters['tone']): NetworkInvariant<Node, Rumour> =>
  eachNode('polite', 'nobody hears it ten times', (node, { heard }) =>
    tone === 'rude' && heard > 9 ? [{ node, witness: `has heard it ${String(heard)} times` }] : []
  )

type Options = ProtocolModelOptions<Faulty<null>, Node, Rumour, 'start', Untimed>

const network = ({ nodes, says, tone, eager, limit, faults }: Parameters): Options => {
  const all = netAddr(nodes).enum
  const rumour: Rumour = { _tag: 'Rumour', words: tone === 'rude' ? says.toUpperCase() : says }
  const tell = (node: Node) => {
    const passes = (node.heard === 0 || eager) && node.heard < (limit ?? 3)
    return [{ ...node, heard: Math.min(node.heard + 1, 3) }, passes ? emitBroadcast(node.id, all, rumour) : []] as const
  }
  return {
    name: `rumour ${says} ${String(nodes)}${faults.losses > 0 ? `, ${String(faults.losses)} lost` : ''}`,
    nodes,
    protocol: untimed<Node, Rumour, 'start'>({
      Init: (id) => ({ id, heard: 0 }),
      procMsg: (node) => tell(node),
      procInt: (node) => tell(node)
    }),
    environment: withFaults(
      { ...noFaults, losses: faults.losses },
      freely<Node, Rumour, 'start'>((_, { heard }) => (heard === 0 ? ['start'] : []))
    ),
    invariants: [...allOrNone, polite(tone)],
    observations: {
      states: [{ name: 'gossips', says: 'a node has heard it twice', of: ({ heard }) => heard > 1 }],
      steps: [{ name: 'news', says: 'a node hears it for the first time', of: (before) => before.heard === 0 }],
      scores: [{ name: 'heard', says: 'the nodes have heard it more often', of: ({ heard }) => heard }]
    },
    kinds: ['start', 'Deliver Rumour', ...(faults.losses > 0 ? ['Lose Rumour'] : [])],
    symmetry: {
      env: (_, env) => env,
      state: (to, st) => ({ ...st, id: to(st.id) }),
      message: (_, m) => m
    }
  }
}

export default defineNetwork<Parameters, Faulty<null>, Node, Rumour, 'start', Untimed>({
  name: 'rumour',
  says: 'A rumour is passed on by each node that first hears it.',
  mirrors: [{ work: 'hearsay', where: 'everywhere' }],
  form: {
    nodes: count({ says: 'how many nodes', initial: 2, least: 1, most: 5 }),
    says: text({ says: 'what is said', initial: 'psst' }),
    tone: choice({ says: 'how it is said', among: ['plain', 'rude'] }),
    eager: toggle({ says: 'nodes pass it on each time' }),
    limit: optionalCount({ says: 'how often a node passes it on', least: 1, most: 9, flag: 'at-most' }),
    faults: group({ losses: count({ says: 'how often the network may lose a packet', initial: 0, most: 3 }) })
  },
  refuses: ({ nodes, faults }) =>
    faults.losses > 0 && nodes === 1
      ? 'with one node nothing that is lost would be missed: choose more nodes'
      : undefined,
  sizes: { times: count({ says: 'how often a node has heard it', initial: 1, most: 3 }) },
  network,
  words: () => ({ node: ({ heard }) => [line(`has heard it ${String(heard)} times`)] }),
  witnesses: () => [
    {
      name: 'everybody-knows',
      says: 'all nodes have heard it',
      isGoal: true,
      of: ({ world }) => world.localState._tag === 'Def' && world.localState.entries.every(([, { heard }]) => heard > 0)
    },
    { name: 'never', says: 'nothing', of: () => false }
  ],
  states: ({ nodes, faults }, { times = 0 }) =>
    Array.from({ length: times + 1 }, (_, heard) => ({
      world: {
        localState: { _tag: 'Def', entries: netAddr(nodes).enum.map((id) => [id, { id, heard }] as const) },
        inFlightMsgs: [],
        consumedMsgs: []
      },
      env: { env: null, duplications: 0, losses: faults.losses, cuts: 0, cutOff: [] }
    })),
  presets: [
    {
      name: 'two',
      of: base,
      tier: 'fast',
      isDefault: true,
      expect: { verdict: 'holds', states: 37, transitions: 68, depth: 6 }
    },
    { name: 'lossy', of: { ...base, faults: { losses: 1 } }, tier: 'fast', expect: { verdict: 'violated', steps: 2 } },
    { name: 'many', of: { ...base, nodes: 4 }, tier: 'fast', isDefault: true, random: { runs: 5, steps: 20 } }
  ],
  mutants: [
    {
      name: 'silent',
      says: 'Node 0 tells nobody but itself.',
      where: base,
      expect: { verdict: 'violated', steps: 1 },
      network: (c) => {
        const options = network(c)
        return {
          ...options,
          protocol: {
            ...options.protocol,
            procInt: (node) => [{ ...node, heard: 1 }, []]
          }
        }
      }
    }
  ]
})
