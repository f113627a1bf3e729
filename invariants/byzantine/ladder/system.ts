/**
 * The repair ladder as an entry of the catalogue.
 */
import { identity } from 'fp-ts/lib/function.js'
import { isLeader, Ladder, ladderRules, messagesOf } from '../../../spec/byzantine/ladder.js'
import type { LadderMessage, LadderRules, LadderState, Propose, Votes } from '../../../spec/byzantine/ladder.js'
import { keeping, mute, withAdversary } from '../../../spec/system/adversary.js'
import type { Deceived } from '../../../spec/system/adversary.js'
import { netAddr } from '../../../spec/system/address.js'
import { entries } from '../../../spec/prelude/unionMap.js'
import { addressed, freely } from '../../checker/network/protocolModel.js'
import type { ProtocolModelOptions, Untimed } from '../../checker/network/protocolModel.js'
import { actionInWords } from '../../checker/model/words.js'
import type { Renaming } from '../../checker/network/symmetry.js'
import type { SeenWorld } from '../../property/invariant.js'
import { defineNetwork } from '../../systems/define.js'
import type { NetworkDefinition } from '../../systems/define.js'
import { line } from '../../systems/document.js'
import type { Expected, Mutant, Preset } from '../../systems/system.js'
import { ladderForm, ladderName, ladderOf, ladderRefuses } from './configuration.js'
import type { LadderConfiguration } from './configuration.js'
import { agreement } from '../agreement.js'
import { provenance, validity } from './ladderInvariants.js'

type Options = ProtocolModelOptions<Deceived<null, null>, LadderState, LadderMessage, Propose, Untimed>
type Definition = NetworkDefinition<
  LadderConfiguration,
  Deceived<null, null>,
  LadderState,
  LadderMessage,
  Propose,
  Untimed
>

/** The votes of nodes that are called otherwise. */
const renamed = (to: Renaming, votes: Votes): Votes => {
  const nodes = netAddr(votes.length).enum
  return nodes.map((n) => votes[nodes.find((m) => to(m) === n) ?? n] ?? null)
}

/** Where no honest node leads, it does not matter what the honest ones are called. */
const symmetry: NonNullable<Options['symmetry']> = {
  env: (_to, env) => env,
  state: (to, st) => ({
    ...st,
    id: to(st.id),
    prepares: renamed(to, st.prepares),
    commits: renamed(to, st.commits)
  }),
  message: (_to, m) => m
}

/** The network of a ladder whose nodes take these rules for granted. */
export const ladderNetwork =
  (rules: LadderRules) =>
  (c: LadderConfiguration): Options => {
    const { parameters, liars } = ladderOf(c)
    const { handlers, offers, liars: full } = Ladder(parameters, rules)
    const messages = messagesOf(parameters.phases)
    const isLed = !liars.some(isLeader)
    return {
      name: `ladder ${ladderName(c)}`,
      nodes: c.nodes,
      protocol: addressed(handlers),
      environment: withAdversary(c.mute ? mute(liars) : full(liars), (c.keep ? keeping : identity)(freely(offers))),
      invariants: [
        ...agreement<LadderState, LadderMessage>(),
        ...(isLed ? validity : []),
        ...(c.provenance ? provenance : [])
      ],
      observations: {
        states: [
          { name: 'decisions', says: 'a node has decided', of: ({ decided }) => decided !== null },
          { name: 'preparations', says: 'a node is prepared', of: ({ isPrepared }) => isPrepared }
        ],
        steps: []
      },
      kinds: [
        ...(isLed ? ['Propose'] : []),
        ...messages.filter((tag) => isLed || tag !== 'PrePrepare').map((tag) => `Deliver ${tag}`),
        ...(liars.length === 0 || c.mute ? [] : messages.map((tag) => `Forge ${tag}`))
      ],
      ...(!isLed && { symmetry })
    }
  }

/** A configuration by its numbers. */
const configuration = (
  nodes: number,
  byzantine: string,
  quorum: number,
  phases: number,
  more: Partial<LadderConfiguration> = {}
): LadderConfiguration => ({ nodes, byzantine, quorum, phases, mute: false, keep: false, provenance: false, ...more })

const violated = (steps: number): Expected => ({ verdict: 'violated', steps })
const holds = (states: number, transitions: number, depth: number): Expected => ({
  verdict: 'holds',
  states,
  transitions,
  depth
})

const preset = (
  of: LadderConfiguration,
  expect: Expected,
  more: Partial<Preset<LadderConfiguration>> = {}
): Preset<LadderConfiguration> => ({
  name: ladderName(of).replaceAll('=', '').replaceAll(' ', '-'),
  of,
  tier: 'fast',
  expect,
  ...more
})

const isDefault = { isDefault: true } as const
const deep = { tier: 'deep' } as const

/** The ladders of the lecture, and those around them. */
const presets: ReadonlyArray<Preset<LadderConfiguration>> = [
  // Three nodes and one liar: more phases do not help, and a larger quorum does, but waits for the liar.
  preset(configuration(3, '0', 2, 1), violated(2)),
  preset(configuration(3, '0', 2, 2), violated(4)),
  preset(configuration(3, '0', 2, 3), violated(6)),
  preset(configuration(3, '0', 3, 2, { provenance: true }), holds(225, 1_980, 6), isDefault),
  preset(configuration(3, '0', 3, 3, { provenance: true }), holds(2_259, 29_088, 10), isDefault),
  // Nobody lies, or a node lies that does not lead.
  preset(configuration(3, 'none', 2, 3, { provenance: true }), holds(4_803, 23_934, 15), isDefault),
  preset(configuration(3, '2', 2, 3, { provenance: true }), holds(2_313, 31_554, 10), isDefault),
  preset(configuration(4, '3', 3, 2, { provenance: true }), holds(5_427, 81_378, 12), isDefault),
  preset(configuration(4, '3', 3, 3), holds(1_174_419, 26_019_468, 21), deep),
  preset(configuration(4, '3', 3, 3, { mute: true }), holds(759, 2_570, 15)),
  // Four nodes and one liar, who leads.
  preset(configuration(4, '0', 2, 3), violated(6)),
  preset(configuration(4, '0', 3, 2, { provenance: true }), holds(19_683, 288_684, 12), isDefault),
  preset(configuration(4, '0', 3, 2, { keep: true }), holds(19_683, 341_172, 12)),
  preset(configuration(4, '0', 3, 3), holds(1_938_411, 42_178_482, 21), deep),
  preset(configuration(4, '0', 3, 3, { keep: true }), holds(1_938_411, 52_116_210, 21), deep),
  // A fifth node needs a larger quorum.
  preset(configuration(5, '0', 3, 2), violated(8))
]

/** A ladder that is wrong on purpose. */
interface LadderMutant extends Mutant<LadderConfiguration> {
  readonly network: (c: LadderConfiguration) => Options
}

const mutant = (
  name: string,
  says: string,
  rules: Partial<LadderRules>,
  where: LadderConfiguration,
  expect: Expected
): LadderMutant => ({ name, says, where, expect, network: ladderNetwork({ ...ladderRules, ...rules }) })

const mutants: ReadonlyArray<LadderMutant> = [
  mutant(
    'any-vote',
    'A node counts whoever has accepted something, whatever it is.',
    { counts: (vote) => vote !== null },
    configuration(4, '0', 3, 2),
    violated(6)
  ),
  mutant(
    'vote-again',
    'A node that says something again counts again.',
    {
      note: (votes, _from, order) => {
        const free = votes.indexOf(null)
        return votes.map((vote, n) => (n === free ? order : vote))
      }
    },
    configuration(4, '0', 3, 2),
    violated(6)
  ),
  mutant(
    'accept-again',
    'A node accepts whatever the leader has told it last.',
    { accepts: (_st, from) => isLeader(from) },
    configuration(4, '0', 3, 2),
    violated(8)
  ),
  mutant(
    'anyone-leads',
    'A node accepts the first order of anybody.',
    { accepts: ({ accepted }) => accepted === null },
    configuration(4, '3', 3, 2),
    violated(4)
  )
]

/** A message in a word or two. */
const inWords = ({ _tag, order }: LadderMessage): string => `${_tag} ${order}`

/** The votes that a node knows of: `1 W, 2 H`. */
const votesInWords = (votes: Votes): string => {
  const known = votes.flatMap((vote, n) => (vote === null ? [] : [`${String(n)} ${vote}`]))
  return known.length === 0 ? 'none' : known.join(', ')
}

const words: NonNullable<Definition['words']> = ({ phases }) => ({
  message: inWords,
  action: (a) =>
    a._tag === 'Intern' ? `node ${String(a.node)} proposes ${a.transition.order}` : actionInWords(inWords)(a),
  node: ({ accepted, prepares, commits, isPrepared, decided }) => [
    line(
      [
        `accepted ${accepted ?? 'nothing'}`,
        ...(phases > 1 ? [`prepares: ${votesInWords(prepares)}`] : []),
        ...(phases > 2 ? [`${isPrepared ? 'prepared' : 'not prepared'}, commits: ${votesInWords(commits)}`] : []),
        decided === null ? 'undecided' : `decided ${decided}`
      ].join('; ')
    )
  ]
})

/** Every node is so, and there are some. */
const everyNode =
  (is: (st: LadderState) => boolean) =>
  ({ world }: { readonly world: SeenWorld<LadderState, LadderMessage> }): boolean => {
    const states = entries(world.localState)
    return states.length > 0 && states.every(([, st]) => is(st))
  }

const definition: Definition & { readonly mutants: ReadonlyArray<LadderMutant> } = {
  name: 'ladder',
  says: 'A leader has an order accepted by all in one, two or three phases of a single view, while some nodes lie.',
  mirrors: [
    { work: 'Byzantine Fault Tolerance and Blockchains (lecture)', where: 'from Paxos to PBFT: the two problems' },
    { work: 'M. Castro, B. Liskov, Practical Byzantine Fault Tolerance (OSDI 1999)', where: 'normal operation' }
  ],
  form: ladderForm,
  refuses: ladderRefuses,
  presets,
  network: ladderNetwork(ladderRules),
  words,
  mutants,
  witnesses: () => [
    {
      name: 'decided',
      says: 'every honest node has decided',
      isGoal: true,
      of: everyNode(({ decided }) => decided !== null)
    },
    {
      name: 'prepared',
      says: 'every honest node is prepared, and none has decided',
      isGoal: true,
      of: everyNode(({ isPrepared, decided }) => isPrepared && decided === null)
    }
  ]
}

/** The repair ladder. */
export const ladder = defineNetwork(definition)
