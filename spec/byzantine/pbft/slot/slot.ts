/**
 * PBFT on one sequence number: level A. Its actions are those of each honest replica; views change, digests are agreed on,
 * and there are no requests, clients and checkpoints. (M. Castro, B. Liskov, «Practical Byzantine Fault Tolerance», OSDI 1999,
 * sections 4.2 and 4.4.)
 */
import type { SlotAction } from './actions.js'
import { messagesOf } from './messages.js'
import { normalCase } from './normalCase.js'
import { slotRules } from './rules.js'
import type { SlotRules } from './rules.js'
import { honestOf, initialSlot } from './state.js'
import type { SlotOptions, SlotState } from './state.js'
import { viewChange } from './viewChange.js'

/** PBFT on one sequence number, or a variant of it. */
export const Slot = (
  options: SlotOptions,
  rules: SlotRules = slotRules(options)
): { readonly initial: SlotState; readonly actions: ReadonlyArray<SlotAction> } => {
  const mail = { all: messagesOf(options, rules, options.byzantine), honest: messagesOf(options, rules, []) }
  const all = honestOf(options).flatMap((i) => [
    ...normalCase(options, rules, mail, i),
    ...viewChange(options, rules, mail, i)
  ])
  return { initial: initialSlot(options), actions: options.isTimely ? timely(all) : all }
}

/** The actions of replicas that suspect a primary only when honest ones can do nothing else. */
const timely = (all: ReadonlyArray<SlotAction>): ReadonlyArray<SlotAction> => {
  const others = all.filter(({ name }) => name !== 'view-change')
  const isBusy = (s: SlotState): boolean => others.some(({ steps }) => steps(s).some(({ choice }) => !choice.isHelped))
  return all.map((action) =>
    action.name === 'view-change' ? { ...action, steps: (s) => (isBusy(s) ? [] : action.steps(s)) } : action
  )
}
