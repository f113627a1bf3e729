/**
 * One round and a majority as an entry of the catalogue, and how many of its executions end in disagreement.
 */
import { OneRound, oneRoundRules, orderings } from '../../../spec/byzantine/oneRound.js'
import type { GeneralState, OneRoundRules, Plan, Roster } from '../../../spec/byzantine/oneRound.js'
import { withAdversary } from '../../../spec/system/adversary.js'
import type { Deceived } from '../../../spec/system/adversary.js'
import { entries } from '../../../spec/prelude/unionMap.js'
import { addressed, freely } from '../../checker/network/protocolModel.js'
import type { ProtocolModelOptions, Untimed } from '../../checker/network/protocolModel.js'
import { actionInWords } from '../../checker/model/words.js'
import type { SeenWorld } from '../../property/invariant.js'
import { count } from '../../systems/form.js'
import type { Form } from '../../systems/form.js'
import { defineNetwork } from '../../systems/define.js'
import type { NetworkDefinition } from '../../systems/define.js'
import { line } from '../../systems/document.js'
import { holds, violated } from '../../systems/system.js'
import type { Expected, Mutant, Preset } from '../../systems/system.js'
import { armyInWords, refusesTraitors } from './interactiveConsistency.js'
import { irrevocability, loyalAgreement, provenance, unanimity } from './oneRoundInvariants.js'

type Options = ProtocolModelOptions<Deceived<null, null>, GeneralState, Plan, never, Untimed>
type Definition = NetworkDefinition<Roster, Deceived<null, null>, GeneralState, Plan, never, Untimed>

const form: Form<Roster> = {
  nodes: count({ says: 'how many generals there are', initial: 3, least: 2, most: 9 }),
  traitors: count({ says: 'how many of them, the last ones, are traitors', initial: 1, most: 8 })
}

/** The network of generals that go about it by these rules. */
export const oneRoundNetwork =
  (rules: OneRoundRules) =>
  (roster: Roster): Options => {
    const { handlers, beginnings, liars } = OneRound(roster, rules)
    return {
      name: `one round${armyInWords(roster)}`,
      nodes: roster.nodes,
      protocol: addressed(handlers),
      environment: withAdversary(
        liars,
        freely(() => [])
      ),
      worlds: beginnings,
      invariants: [...loyalAgreement, ...unanimity, ...provenance],
      properties: [irrevocability],
      observations: {
        states: [{ name: 'decisions', says: 'a general has decided', of: ({ decided }) => decided !== null }],
        steps: []
      },
      kinds: [...(beginnings.length > 2 ? ['Deliver Plan'] : []), ...(roster.traitors > 0 ? ['Forge Plan'] : [])]
    }
  }

/** Executions that are over: how many there are, and in how many two loyal generals have decided differently. */
export interface RunCounts {
  readonly runs: number
  readonly disagree: number
}

/**
 * The executions that are over, by what the generals plan and what traitors tell each of them: the order in which messages
 * come does not matter in the end. Without a search, so that it can be known of rosters that are too large for one.
 */
export const countRuns = (roster: Roster): RunCounts => {
  const { loyal, disloyal, outcome } = OneRound(roster)
  const tales = orderings(disloyal.length)
  const tellings = orderings(disloyal.length * loyal.length)
  let disagree = 0
  const plans = orderings(loyal.length)
  for (const plan of plans) {
    // What each general decides depends on what it is told, not on what others are told.
    const byTale = tales.map((tale) => outcome(plan, () => tale))
    disagree += tellings.filter((telling) => {
      const decided = loyal.map((n) => {
        const own = telling.slice(n * disloyal.length, (n + 1) * disloyal.length)
        return byTale[tales.findIndex((tale) => tale.join() === own.join())]?.[n]
      })
      return decided.some((order) => order !== decided[0])
    }).length
  }
  return { runs: plans.length * tellings.length, disagree }
}

const roster = (nodes: number, traitors: number): Roster => ({ nodes, traitors })

const preset = (of: Roster, expect: Expected, more: Partial<Preset<Roster>> = {}): Preset<Roster> => ({
  name: `${String(of.traitors)} of ${String(of.nodes)}`,
  of,
  tier: 'fast',
  expect,
  ...more
})

const presets: ReadonlyArray<Preset<Roster>> = [
  preset(roster(3, 0), holds(512, 1_536, 6), { isDefault: true }),
  preset(roster(3, 1), violated(4)),
  preset(roster(4, 0), holds(65_536, 393_216, 12)),
  preset(roster(4, 1), violated(6)),
  preset(roster(5, 1), violated(8), { tier: 'deep' }),
  preset(roster(5, 2), violated(8)),
  // Half of the generals: they do not even do what all that are loyal have planned.
  preset(roster(2, 1), violated(1)),
  preset(roster(4, 2), violated(3))
]

/** A general that goes about it wrongly, on purpose. */
interface OneRoundMutant extends Mutant<Roster> {
  readonly network: (c: Roster) => Options
}

const mutant = (
  name: string,
  says: string,
  rules: Partial<OneRoundRules>,
  where: Roster,
  expect: Expected
): OneRoundMutant => ({ name, says, where, expect, network: oneRoundNetwork({ ...oneRoundRules, ...rules }) })

const mutants: ReadonlyArray<OneRoundMutant> = [
  mutant(
    'hasty',
    'A general does not wait for the last plan.',
    { waitsFor: (nodes) => nodes - 1 },
    roster(3, 0),
    violated(2)
  ),
  mutant(
    'cautious',
    'A general retreats unless all plan to attack.',
    { decides: (plans) => (plans.includes('retreat') ? 'retreat' : 'attack') },
    roster(3, 1),
    violated(2)
  ),
  mutant(
    'last-word',
    'What a general says last counts, also when the decision is made.',
    { listens: () => true },
    roster(3, 1),
    violated(3)
  ),
  mutant(
    'misattributed',
    'A general takes what it is told for the plan of the next one that it has not heard.',
    { speaker: ({ heard }) => heard.indexOf(null) },
    roster(3, 0),
    violated(1)
  )
]

const planInWords = ({ plan }: Plan): string => plan

/** What is known of whose plan: `0 attack, 2 retreat`. */
const heardInWords = ({ id, heard }: GeneralState): string => {
  const known = heard.flatMap((plan, n) => (plan === null || n === id ? [] : [`${String(n)} ${plan}`]))
  return known.length === 0 ? 'nothing' : known.join(', ')
}

const words: NonNullable<Definition['words']> = () => ({
  message: planInWords,
  action: (a) => {
    switch (a._tag) {
      case 'Deliver':
        return `general ${String(a.packet.dst)} hears from general ${String(a.packet.src)}: ${a.packet.msg.plan}`
      case 'Forge':
        return `general ${String(a.packet.src)}, a traitor, tells general ${String(a.packet.dst)}: ${a.packet.msg.plan}`
      default:
        return actionInWords(planInWords)(a)
    }
  },
  node: (st) => [
    line(`plans to ${st.plan}; has heard ${heardInWords(st)}; ${st.decided === null ? 'undecided' : `${st.decided}s`}`)
  ]
})

type Seen = { readonly world: SeenWorld<GeneralState, Plan> }

const decisions = ({ world }: Seen) => entries(world.localState).map(([, { decided }]) => decided)
const isOver = (s: Seen): boolean => decisions(s).every((decided) => decided !== null)

const definition: Definition & { readonly mutants: ReadonlyArray<OneRoundMutant> } = {
  name: 'generals',
  says: 'Byzantine generals without a commander: each tells its plan to all, and the majority decides, in one round.',
  mirrors: [{ work: 'Byzantine Fault Tolerance and Blockchains (lecture)', where: 'why is Byzantine agreement hard' }],
  form,
  refuses: refusesTraitors,
  presets,
  network: oneRoundNetwork(oneRoundRules),
  words,
  mutants,
  witnesses: () => [
    { name: 'over', says: 'all loyal generals have decided', isGoal: true, of: isOver },
    {
      name: 'attack',
      says: 'all loyal generals attack',
      isGoal: true,
      of: (s) => decisions(s).every((decided) => decided === 'attack')
    },
    {
      name: 'disagreement',
      says: 'all loyal generals have decided, and two of them differently',
      of: (s) => isOver(s) && new Set(decisions(s)).size > 1
    }
  ]
}

/** One round and a majority. */
export const oneRound = defineNetwork(definition)
