/**
 * OM(m) as an entry of the catalogue: every set of traitors, every order of a loyal commander, everything that the traitors
 * may say.
 *
 * An execution is a path from an initial state, which says who the traitors are, to a state in which all has been said. Each
 * is one such state, so that executions can be counted. A traitor may tell another one anything too, and such executions
 * differ. That it may say nothing adds none: what does not come is taken for an order to retreat.
 */
import { COMMANDER, isLoyal } from '../../../spec/byzantine/generals.js'
import type { Army, General, Order } from '../../../spec/byzantine/generals.js'
import { majority, OralMessages } from '../../../spec/byzantine/oralMessages.js'
import type { Oral, OralMessages as OralMessagesOf, OralRun, Say } from '../../../spec/byzantine/oralMessages.js'
import { systemModel } from '../../checker/model/systemModel.js'
import type { Model } from '../../checker/model/model.js'
import { defineSystem } from '../../systems/define.js'
import { holds, violated } from '../../systems/system.js'
import { line } from '../../systems/document.js'
import type { Show } from '../../systems/show.js'
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

/** A way to decide, made from the right one. */
type Deciding = (right: OralMessagesOf, army: Army) => OralMessagesOf['obeys']

const algorithmOf = (army: Army, deciding?: Deciding): OralMessagesOf => {
  const right = OralMessages(army)
  return deciding === undefined ? right : { ...right, obeys: deciding(right, army) }
}

const nameOf = (army: Army): string => `OM(${String(army.rounds)})${armyInWords(army)}`

const model = (army: Army, deciding?: Deciding): Model<OralRun, Say> => {
  const algorithm = algorithmOf(army, deciding)
  return systemModel<OralRun, Say>({
    name: nameOf(army),
    system: algorithm.system,
    invariants: [interactiveConsistency(army, algorithm)],
    key: ({ traitors, order, said }) => `${traitors.join()} ${String(order)} ${said.map((one) => one[0]).join('')}`,
    kinds: ['Say'],
    states: countedRuns(army, algorithm)
  })
}

/** What a message says: the order, or who is said to have said what. */
const content = ({ way }: Oral, order: Order): string =>
  [...way]
    .reverse()
    .slice(1)
    .reduceRight<string>(
      (said, general) => `${general === COMMANDER ? 'the commander' : String(general)} said: ${said}`,
      order
    )

/** What a traitor says in place of what it was told; nothing where a general says what is so, or has nothing to go by. */
const lie = (truth: OralMessagesOf['truth'], run: OralRun, say: Say): string => {
  const sender = say.way.at(-1) ?? COMMANDER
  const is = truth(run, say)
  return sender === COMMANDER || isLoyal(run, sender) || is === say.order ? '' : ` (a lie: ${is})`
}

const show = (army: Army, deciding?: Deciding): Show<OralRun, Say> => {
  const algorithm = algorithmOf(army, deciding)
  const { messages, truth, isOver } = algorithm
  const action: Show<OralRun, Say>['action'] = (say, before) =>
    `${generalInWords(before, say.way.at(-1) ?? COMMANDER)} tells ${String(say.to)}: ${content(say, say.order)}${lie(truth, before, say)}`
  return {
    action,
    state: (run) => [line(sideInWords(run))],
    change: (_, after) =>
      isOver(after)
        ? obeyed(army, algorithm, after).map(([general, order]) =>
            line(`lieutenant ${String(general)} ${order}s: ${heard(messages, after, general)}`)
          )
        : [],
    brief: (run) => [sideInWords(run), run.said.map((order) => order[0]?.toUpperCase()).join('')],
    pictures: (run) => [
      pictureOfGenerals(
        'What was said',
        army.nodes,
        run,
        run.said.flatMap((order, i) => {
          const message = messages[i]
          if (message === undefined) return []
          const { way, to } = message
          const src = way.at(-1) ?? COMMANDER
          return [{ src, dst: to, content: content(message, order), isLie: !isLoyal(run, src) }]
        }),
        (general) => (isOver(run) && general !== COMMANDER ? [`${algorithm.obeys(run, general)}s`] : [])
      )
    ],
    place: (say) => ({ _tag: 'Node', at: say.way.at(-1) ?? COMMANDER }),
    lanes: (steps) =>
      lanesOfGenerals(nameOf(army), army.nodes, steps, {
        passed: (say) => ({
          src: say.way.at(-1) ?? COMMANDER,
          dst: say.to,
          content: content(say, say.order),
          round: say.way.length
        }),
        says: action
      })
  }
}

/** All that a general has heard, in the order in which it came. */
const heard = (messages: ReadonlyArray<Oral>, { said }: OralRun, general: General): string =>
  messages.flatMap(({ way, to }, i) => (to === general ? [`${said[i] ?? '?'} by ${way.join('→')}`] : [])).join(', ')

/** The wrong variants: how lieutenants decide. */
const wrong: ReadonlyArray<Mutant<Army> & { readonly deciding: Deciding }> = [
  {
    name: 'first-word',
    says: 'A lieutenant does what the commander told it, whatever the others say.',
    where: army(4, 1, 1),
    expect: violated(9),
    deciding:
      ({ told }) =>
      (run, lieutenant) =>
        told(run, lieutenant, [COMMANDER])
  },
  {
    name: 'hearsay',
    says: 'A lieutenant takes the majority of what the others say, and leaves out what the commander told it.',
    where: army(4, 1, 1),
    expect: violated(9),
    deciding:
      ({ messages, told }) =>
      (run, lieutenant) =>
        majority(messages.flatMap(({ way, to }) => (to === lieutenant && way.length === 2 ? [told(run, to, way)] : [])))
  },
  {
    name: 'own-word-in-ties',
    says: 'Where as many say one thing as the other, a lieutenant does what the commander told it.',
    where: army(5, 1, 1),
    expect: violated(16),
    deciding:
      ({ messages, told, obeys }) =>
      (run, lieutenant) => {
        const all = messages.flatMap((message, i) => (message.to === lieutenant ? [run.said[i]] : []))
        const isTie = all.filter((order) => order === 'attack').length * 2 === all.length
        return isTie ? told(run, lieutenant, [COMMANDER]) : obeys(run, lieutenant)
      }
  }
]

/** OM(m): Byzantine generals with oral messages. */
export const om: AnySystem = defineSystem<Army, OralRun, Say>({
  name: 'om',
  says: 'Byzantine generals with oral messages: OM(m) of Lamport, Shostak and Pease.',
  mirrors: [
    {
      work: 'L. Lamport, R. Shostak, M. Pease, The Byzantine Generals Problem (TOPLAS 1982)',
      where: 'sections 2 and 3'
    },
    { work: 'Byzantine Fault Tolerance and Blockchains (lecture)', where: 'the Byzantine generals problem' }
  ],
  form: armyForm,
  refuses: refusesArmy,
  model: (c) => model(c),
  show: (c) => show(c),
  witnesses: (c) => soughtRuns(c, algorithmOf(c)),
  presets: [
    preset('3 generals', army(3, 1, 1), violated(4)),
    preset('4 generals', army(4, 1, 1), holds(183, 176, 9), true),
    preset('5 generals', army(5, 1, 1), holds(699, 690, 16), true),
    preset('nothing passed on', army(3, 1, 0), violated(2)),
    preset('2 traitors of 5', army(5, 2, 1), violated(16)),
    preset('2 traitors of 6', army(6, 2, 1), violated(25)),
    preset('passed on twice', army(4, 1, 2), violated(15)),
    { name: '2 traitors of 7', of: army(7, 2, 2), tier: 'fast', random: { runs: 100, steps: 156 } }
  ],
  mutants: wrong.map(({ deciding, ...mutant }) => ({
    ...mutant,
    model: (c) => model(c, deciding),
    show: (c) => show(c, deciding)
  }))
})
