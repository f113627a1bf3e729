/**
 * SM(m) as an entry of the catalogue: every set of traitors, every order of a loyal commander, everything that the traitors
 * may sign and hold back.
 *
 * An execution is a path from an initial state to one in which all rounds are over. It differs from others in what traitors
 * send to whom of that which its receiver would look at.
 */
import { COMMANDER, isLoyal } from '../../../spec/byzantine/generals.js'
import type { Army } from '../../../spec/byzantine/generals.js'
import { rulesOf, senderOf, SignedMessages } from '../../../spec/byzantine/signedMessages.js'
import type { Pass, Rules, Signed, SignedRun } from '../../../spec/byzantine/signedMessages.js'
import { systemModel } from '../../checker/model/systemModel.js'
import type { Model } from '../../checker/model/model.js'
import { defineSystem } from '../../systems/define.js'
import { line } from '../../systems/document.js'
import type { Show } from '../../systems/show.js'
import { holds, violated } from '../../systems/system.js'
import type { AnySystem, Mutant } from '../../systems/system.js'
import {
  army,
  armyForm,
  armyInWords,
  countedRuns,
  generalInWords,
  interactiveConsistency,
  lanesOfGenerals,
  obeyed,
  pictureOfGenerals,
  preset,
  refusesArmy,
  sideInWords,
  soughtRuns
} from './interactiveConsistency.js'

const nameOf = (of: Army): string => `SM(${String(of.rounds)})${armyInWords(of)}`

const model = (of: Army, rules: Rules = rulesOf(of)): Model<SignedRun, Pass> => {
  const algorithm = SignedMessages(of, rules)
  return systemModel<SignedRun, Pass>({
    name: nameOf(of),
    system: algorithm.system,
    invariants: [interactiveConsistency(of, algorithm)],
    kinds: ['Send', 'Withhold'],
    states: countedRuns(of, algorithm)
  })
}

/** `attack, signed 0, 2`. */
const content = ({ order, signers }: Signed): string => `${order}, signed ${signers.join(', ')}`

const show = (of: Army, rules?: Rules): Show<SignedRun, Pass> => {
  const algorithm = SignedMessages(of, rules)
  const action: Show<SignedRun, Pass>['action'] = ({ _tag, message }, before) => {
    const sender = generalInWords(before, senderOf(message))
    const to = String(message.to)
    return _tag === 'Send'
      ? `round ${String(message.round)}: ${sender} sends to ${to}: ${content(message)}`
      : `round ${String(message.round)}: ${sender} does not send to ${to}: ${content(message)}`
  }
  return {
    action,
    state: (run) => [line(sideInWords(run))],
    change: (_, after) =>
      algorithm.isOver(after)
        ? obeyed(of, algorithm, after).map(([general, order]) => {
            const seen = algorithm.seen(after, general)
            return line(
              `lieutenant ${String(general)} ${order}s: has seen ${seen.length === 0 ? 'nothing' : seen.join(' and ')}`
            )
          })
        : [],
    brief: (run) => [sideInWords(run), ...run.taken.map((message) => `${content(message)} → ${String(message.to)}`)],
    pictures: (run) => [
      pictureOfGenerals(
        'What was said',
        of.nodes,
        run,
        run.taken.map((message) => ({
          src: senderOf(message),
          dst: message.to,
          content: content(message),
          isLie: !isLoyal(run, senderOf(message))
        })),
        (general) => (algorithm.isOver(run) && general !== COMMANDER ? [`${algorithm.obeys(run, general)}s`] : [])
      )
    ],
    place: ({ message }) => ({ _tag: 'Node', at: senderOf(message) }),
    lanes: (steps) =>
      lanesOfGenerals(nameOf(of), of.nodes, steps, {
        passed: ({ _tag, message }) =>
          _tag === 'Withhold'
            ? undefined
            : { src: senderOf(message), dst: message.to, content: content(message), round: message.round },
        says: action
      })
  }
}

/** The wrong variants: what lieutenants look at, and what they sign. */
const wrong: ReadonlyArray<Mutant<Army> & { readonly rules: (of: Army) => Rules }> = [
  {
    name: 'any-length',
    says: 'A lieutenant does not ask for as many signatures as rounds have passed, so that the last word can be new.',
    where: army(3, 1, 1),
    expect: violated(6),
    rules: (of) => ({ ...rulesOf(of), accepts: (signatures, round) => signatures <= round })
  },
  {
    name: 'first-order-only',
    says: 'A lieutenant passes on the first order that it sees, and keeps to itself that there is another.',
    where: army(3, 1, 1),
    expect: violated(4),
    rules: (of) => ({ ...rulesOf(of), countersigns: (signatures, seen) => signatures <= of.rounds && seen === 0 })
  },
  {
    name: 'round-too-few',
    says: 'A lieutenant signs nothing that has come in the last round but one: SM(m − 1) among m traitors.',
    where: army(4, 2, 2),
    expect: violated(6),
    rules: (of) => ({ ...rulesOf(of), countersigns: (signatures) => signatures < of.rounds })
  }
]

/** SM(m): Byzantine generals with signed messages. */
export const sm: AnySystem = defineSystem<Army, SignedRun, Pass>({
  name: 'sm',
  says: 'Byzantine generals with signed messages: SM(m) of Lamport, Shostak and Pease.',
  mirrors: [
    { work: 'L. Lamport, R. Shostak, M. Pease, The Byzantine Generals Problem (TOPLAS 1982)', where: 'section 4' },
    {
      work: 'Byzantine Fault Tolerance and Blockchains (lecture)',
      where: "messengers cannot forge a general's seal on a message"
    }
  ],
  form: armyForm,
  refuses: refusesArmy,
  model: (c) => model(c),
  show: (c) => show(c),
  witnesses: (c) => soughtRuns(c, SignedMessages(c)),
  presets: [
    preset('3 generals', army(3, 1, 1), holds(55, 50, 6), true),
    preset('4 generals', army(4, 1, 1), holds(289, 282, 10)),
    preset('2 traitors of 4', army(4, 2, 2), holds(711, 702, 10), true),
    preset('2 traitors of 5', army(5, 2, 2), holds(11_048, 11_032, 16)),
    preset('nothing passed on', army(3, 1, 0), violated(4)),
    preset('passed on too seldom', army(4, 2, 1), violated(6))
  ],
  mutants: wrong.map(({ rules, ...mutant }) => ({
    ...mutant,
    model: (c) => model(c, rules(c)),
    show: (c) => show(c, rules(c))
  }))
})
