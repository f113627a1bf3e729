/**
 * PBFT on one sequence number, when the primary is suspected: a replica gives its view up and says what it is prepared for;
 * the primary of the next view begins it with what enough replicas have said; backups follow, if it is right.
 */
import { primaryOf } from '../replication.js'
import type { Replica, View } from '../replication.js'
import type { SlotAction } from './actions.js'
import type { Mail } from './normalCase.js'
import type { SlotRules } from './rules.js'
import {
  assign,
  isPrepared,
  modeName,
  modeOf,
  newViewName,
  newViewsOf,
  prePrepared,
  prePrepareName,
  viewChangeName,
  viewsOf
} from './state.js'
import type { Outcome, Report, SlotOptions, SlotState } from './state.js'

/** What a replica takes over from a new view. */
const adopted = (i: Replica, view: View, outcome: Outcome): SlotState =>
  assign(
    [modeName(i), { view, isActive: true }],
    ...(outcome === null ? [] : [[prePrepareName(i, view), outcome] as const])
  )

/** What a replica does to come from view to view. */
export const viewChange = (
  options: SlotOptions,
  rules: SlotRules,
  { all, honest }: Mail,
  i: Replica
): ReadonlyArray<SlotAction> => {
  const views = viewsOf(options)
  const later = views.slice(1)
  const prePrepares = later.map((v) => prePrepareName(i, v))
  const isOpen = (v: View, of: View): boolean => (options.nextViewOnly ? v === of + 1 : v > of)

  /** What a replica reports that gives up a view. */
  const report = (s: SlotState, givenUp: View): Report => {
    const view = rules.reported(
      views.filter((v) => isPrepared(s, i, v)),
      givenUp
    )
    const digest = view === undefined ? null : prePrepared(s, i, view)
    return view === undefined || digest === null ? null : { view, digest }
  }

  const giveUp: SlotAction = {
    // At any time a replica may suspect the primary, and wait for a later view.
    name: 'view-change',
    at: i,
    writes: [modeName(i), ...later.map((v) => viewChangeName(i, v))],
    steps: (s) => {
      const mode = modeOf(s, i)
      return later
        .filter((view) => isOpen(view, mode.view))
        .map((view) => ({
          choice: { view, isHelped: false },
          then: assign([modeName(i), { view, isActive: false }], [viewChangeName(i, view), report(s, mode.view)])
        }))
    }
  }
  const begin: SlotAction = {
    // The primary of the view for which it waits begins it, once, with what enough view changes say.
    name: 'new-view',
    at: i,
    writes: [modeName(i), ...prePrepares, ...later.map(newViewName)],
    steps: (s) => {
      const { view, isActive } = modeOf(s, i)
      return isActive || primaryOf(options, view) !== i || newViewsOf(s, view).length > 0
        ? []
        : all.outcomes(s, view).map((outcome) => ({
            choice: { view, outcome, isHelped: !honest.outcomes(s, view).includes(outcome) },
            then: { ...adopted(i, view, outcome), ...assign([newViewName(view), [outcome]]) }
          }))
    }
  }
  const follow: SlotAction = {
    // A backup follows the new view of a view for which it waits, or of a later one.
    name: 'accept-new-view',
    at: i,
    writes: [modeName(i), ...prePrepares],
    steps: (s) => {
      const mode = modeOf(s, i)
      return later
        .filter((v) => primaryOf(options, v) !== i && (v > mode.view || (v === mode.view && !mode.isActive)))
        .flatMap((view) =>
          all.accepted(s, view).map((outcome) => ({
            choice: { view, outcome, isHelped: !honest.accepted(s, view).includes(outcome) },
            then: adopted(i, view, outcome)
          }))
        )
    }
  }
  const leads = later.some((v) => primaryOf(options, v) === i)
  // Where there is one view only, nobody changes it.
  return later.length === 0 ? [] : [giveUp, ...(leads ? [begin] : []), follow]
}
