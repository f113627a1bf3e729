/**
 * Executions of PBFT on one sequence number in words.
 */
import { iota } from '../../../spec/prelude/seq.js'
import { primaryOf } from '../../../spec/byzantine/pbft/replication.js'
import type { Replica } from '../../../spec/byzantine/pbft/replication.js'
import type { SlotChoice, SlotDeed } from '../../../spec/byzantine/pbft/slot/actions.js'
import {
  honestOf,
  modeOf,
  newViewsOf,
  phaseOf,
  prePrepared,
  viewChangeOf,
  viewsOf
} from '../../../spec/byzantine/pbft/slot/state.js'
import type { Outcome, Report, SlotOptions, SlotState } from '../../../spec/byzantine/pbft/slot/state.js'
import type { ComponentStep } from '../../checker/index.js'
import { line } from '../../systems/document.js'
import type { GridCell, GridPicture } from '../../systems/picture.js'
import type { Show } from '../../systems/show.js'

const isChoice = (u: unknown): u is SlotChoice => typeof u === 'object' && u !== null && 'view' in u && 'isHelped' in u

const outcomeText = (outcome: Outcome | undefined): string => outcome ?? 'nothing'

const reportText = (report: Report): string =>
  report === null ? 'nothing prepared' : `${report.digest} prepared in view ${String(report.view)}`

/** What each kind of step does, said of a replica. */
const DOES: Readonly<Record<SlotDeed, (choice: SlotChoice, report: Report | 'unsent') => string>> = {
  'pre-prepare': ({ digest }) => `proposes ${String(digest)}: pre-prepare`,
  prepare: ({ digest }) => `accepts ${String(digest)}: prepare`,
  commit: ({ digest }) => `is prepared for ${String(digest)}: commit`,
  execute: ({ digest }) => `executes ${String(digest)}`,
  'view-change': (_choice, report) =>
    `waits for it: view change, ${report === 'unsent' ? 'unsent' : reportText(report)}`,
  'new-view': ({ outcome }) => `begins it with ${outcomeText(outcome)}: new view`,
  'accept-new-view': ({ outcome }) => `follows its new view with ${outcomeText(outcome)}`
}

const isName = (text: string): text is SlotDeed => text in DOES

/** What replica i has done, in a line. */
const replicaText = (options: SlotOptions, s: SlotState, i: Replica): string => {
  const { view, isActive } = modeOf(s, i)
  const done = viewsOf(options).flatMap((v) => {
    const digest = prePrepared(s, i, v)
    const phase = phaseOf(s, i, v)
    const report = viewChangeOf(s, i, v)
    const begun = primaryOf(options, v) === i ? newViewsOf(s, v) : []
    return [
      ...(report === 'unsent' ? [] : [`view change for ${String(v)}: ${reportText(report)}`]),
      ...begun.map((outcome) => `new view ${String(v)}: ${outcomeText(outcome)}`),
      ...(digest === null ? [] : [`${digest} in view ${String(v)} ${phase === 'none' ? 'pre-prepared' : phase}`])
    ]
  })
  return [`${isActive ? 'in view' : 'waits for view'} ${String(view)}`, ...done].join('; ')
}

/** What replica i has done in a view, as far as a cell has room for it. */
const viewCell = (options: SlotOptions, s: SlotState, i: Replica, v: number): GridCell => {
  const [digest, phase, report] = [prePrepared(s, i, v), phaseOf(s, i, v), viewChangeOf(s, i, v)]
  const begun = primaryOf(options, v) === i ? newViewsOf(s, v) : []
  const says = [
    ...(report === 'unsent'
      ? []
      : [`view change: ${report === null ? 'nothing' : `${report.digest} of ${String(report.view)}`}`]),
    ...begun.map((outcome) => `new view: ${outcomeText(outcome)}`),
    ...(digest === null ? [] : [`${digest} ${phase === 'none' ? 'pre-prepared' : phase}`])
  ]
  return { says: says.join('; '), kind: phase === 'executed' ? 'done' : says.length > 0 ? 'some' : 'empty' }
}

/** Replicas in views. */
const viewsPicture = (options: SlotOptions, s: SlotState): GridPicture => {
  const views = viewsOf(options)
  return {
    _tag: 'Grid',
    title: 'Replicas in views',
    columns: views.map((v) => `view ${String(v)}`),
    rows: iota(options.nodes).map((i) => {
      const isHonest = !options.byzantine.includes(i)
      return {
        name: `replica ${String(i)}`,
        at: isHonest ? modeOf(s, i).view : undefined,
        kind: isHonest ? 'honest' : 'liar',
        cells: views.map((v) => (isHonest ? viewCell(options, s, i, v) : { says: 'anything', kind: 'some' }))
      }
    }),
    notes: views.map((v) => `the primary of view ${String(v)} is replica ${String(primaryOf(options, v))}`)
  }
}

/** How executions on one sequence number are shown. */
export const slotShow = (options: SlotOptions): Partial<Show<SlotState, ComponentStep>> => {
  const replicas = honestOf(options)
  const { byzantine } = options
  return {
    action: ({ _tag, at, choice }, _before, after) => {
      if (!isName(_tag) || typeof at !== 'number' || !isChoice(choice)) return _tag
      const does = DOES[_tag](choice, viewChangeOf(after, at, choice.view))
      const helped = choice.isHelped ? `, by messages of replica ${byzantine.join(', ')} (Byzantine)` : ''
      return `view ${String(choice.view)}  replica ${String(at)} ${does}${helped}`
    },
    beginning: () =>
      byzantine.length === 0
        ? 'all replicas are honest'
        : `replica ${byzantine.join(', ')} is Byzantine: whatever it could send counts as sent`,
    state: (s) => replicas.map((i) => line(`replica ${String(i)}  ${replicaText(options, s, i)}`)),
    change: (before, after) =>
      replicas.flatMap((i) => {
        const text = replicaText(options, after, i)
        return text === replicaText(options, before, i) ? [] : [line(`replica ${String(i)}  ${text}`)]
      }),
    brief: (s) => replicas.map((i) => `${String(i)} ${replicaText(options, s, i)}`),
    pictures: (s) => [viewsPicture(options, s)],
    place: ({ at }) => (typeof at === 'number' ? { _tag: 'Row', at } : undefined)
  }
}
