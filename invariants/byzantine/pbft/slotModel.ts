/**
 * PBFT on one sequence number as a system of components: its variables.
 */
import { Slot } from '../../../spec/byzantine/pbft/slot/slot.js'
import { slotRules } from '../../../spec/byzantine/pbft/slot/rules.js'
import type { SlotRules } from '../../../spec/byzantine/pbft/slot/rules.js'
import {
  hasExecuted,
  honestOf,
  isPrepared,
  modeOf,
  prePrepared,
  viewsOf
} from '../../../spec/byzantine/pbft/slot/state.js'
import type { SlotOptions, SlotState, Variable } from '../../../spec/byzantine/pbft/slot/state.js'
import { componentModel } from '../../checker/components/componentModel.js'
import type { ComponentProperty, ComponentStep } from '../../checker/components/system.js'
import type { Model } from '../../checker/model/model.js'
import { alwaysReachable, eventually, weakly } from '../../property/property.js'
import type { Fairness } from '../../property/property.js'
import type { SoughtState } from '../../systems/define.js'
import { pbftName, slotOptionsOf } from './configuration.js'
import type { PbftConfiguration } from './configuration.js'
import { slotInvariants } from './slotInvariants.js'

/** Every honest replica is so in some view. */
const all = (options: SlotOptions, is: (s: SlotState, i: number, v: number) => boolean) => (s: SlotState) =>
  honestOf(options).every((i) => viewsOf(options).some((v) => is(s, i, v)))

/** A step could be taken without messages of Byzantine replicas. */
export const isHonest = ({ choice }: ComponentStep): boolean =>
  typeof choice === 'object' && choice !== null && 'isHelped' in choice && choice.isHelped === false

/** What honest replicas can do by themselves they do at last. */
const honestProgress: Fairness<ComponentStep> = weakly('honest steps', isHonest)

/** What is asked of executions. */
const properties = (options: SlotOptions, c: PbftConfiguration): ReadonlyArray<ComponentProperty<SlotState>> => {
  const isDone = all(options, hasExecuted)
  return [
    ...(c.canAlways === undefined
      ? []
      : [
          alwaysReachable(
            `can always: executed${c.by === undefined ? '' : ', by honest steps'}`,
            'from every state all honest replicas can still come to execute',
            isDone,
            c.by === undefined ? undefined : { name: 'honest', of: isHonest }
          )
        ]),
    ...(c.liveness !== undefined
      ? [
          eventually('at last: executed', 'where honest replicas go on, all of them execute at last', isDone, [
            honestProgress
          ])
        ]
      : [])
  ]
}

/** What may be sought: something for each phase and each kind of message. */
export const soughtSlots = (c: PbftConfiguration): ReadonlyArray<SoughtState<SlotState>> => {
  const options = slotOptionsOf(c)
  const honest = honestOf(options)
  const views = viewsOf(options)
  const later = views.slice(1)
  const some =
    (is: (s: SlotState, i: number, v: number) => boolean, of = views) =>
    (s: SlotState) =>
      honest.some((i) => of.some((v) => is(s, i, v)))
  const digestIn = (s: SlotState, i: number, v: number) => prePrepared(s, i, v) !== null
  return [
    { name: 'pre-prepared', says: 'a replica has pre-prepared something', of: some(digestIn), isGoal: true },
    { name: 'prepared', says: 'a replica is prepared', of: some(isPrepared), isGoal: true },
    { name: 'executed', says: 'all honest replicas have executed', of: all(options, hasExecuted), isGoal: true },
    {
      name: 'split',
      says: 'honest replicas have pre-prepared different digests in a view',
      of: (s) => views.some((v) => new Set(honest.flatMap((i) => prePrepared(s, i, v) ?? [])).size > 1),
      isGoal: c.byzantine === '0'
    },
    ...(later.length === 0
      ? []
      : [
          {
            name: 'waiting',
            says: 'a replica waits for a view to begin',
            of: (s: SlotState) => honest.some((i) => !modeOf(s, i).isActive),
            isGoal: true
          },
          {
            name: 'carried-over',
            says: 'something is pre-prepared in a later view that was prepared in an earlier one',
            of: (s: SlotState) =>
              later.some((v) =>
                honest.some((i) =>
                  views.some((u) => u < v && isPrepared(s, i, u) && prePrepared(s, i, u) === prePrepared(s, i, v))
                )
              ),
            isGoal: true
          },
          {
            name: 'executed-later',
            says: 'a replica has executed in a later view',
            of: some(hasExecuted, later),
            isGoal: true
          }
        ])
  ]
}

/** Rules made from the right ones. */
export type SlotVariant = (right: SlotRules, options: SlotOptions) => SlotRules

/** The model, with the rules of a variant. */
export const slotModel = (
  c: PbftConfiguration,
  variant: SlotVariant = (right) => right
): Model<SlotState, ComponentStep> => {
  const options = slotOptionsOf(c)
  const { initial, actions } = Slot(options, variant(slotRules(options), options))
  const { agreement, others } = slotInvariants(options)
  // What an action reads follows from what it has read: it may read anything.
  const reads = Object.keys(initial).filter((name): name is Variable => name in initial)
  return componentModel<SlotState>({
    name: pbftName(c),
    initial: [initial],
    actions: actions.map((action) => ({ ...action, reads })),
    invariants: c.invariants === 'all' ? [agreement, others] : [agreement],
    properties: properties(options, c)
  })
}
