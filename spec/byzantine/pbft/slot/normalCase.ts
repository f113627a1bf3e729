/**
 * PBFT on one sequence number, while nobody suspects the primary: pre-prepare, prepare, commit, execute.
 */
import { iota } from '../../../prelude/seq.js'
import { primaryOf } from '../replication.js'
import type { Replica, View } from '../replication.js'
import type { SlotAction } from './actions.js'
import type { Messages } from './messages.js'
import type { SlotRules } from './rules.js'
import { assign, isPrepared, modeOf, phaseName, phaseOf, prePrepared, prePrepareName, viewsOf } from './state.js'
import type { Mode, SlotOptions } from './state.js'

/** The messages that there are, and those of honest replicas alone. */
export interface Mail {
  readonly all: Messages
  readonly honest: Messages
}

/** The views in which a replica takes part: the one in which it is, once it has begun. */
const partIn = ({ view, isActive }: Mode, { goesOn }: SlotRules): ReadonlyArray<View> =>
  isActive ? [view] : goesOn ? iota(view) : []

/** What a replica does in the normal case. */
export const normalCase = (
  options: SlotOptions,
  rules: SlotRules,
  mail: Mail,
  i: Replica
): ReadonlyArray<SlotAction> => [
  ...(viewsOf(options).some((v) => primaryOf(options, v) === i) ? [propose(options, i)] : []),
  prepare(options, rules, mail, i),
  commit(options, rules, mail, i),
  execute(options, rules, mail, i)
]

const prePreparesOf = (options: SlotOptions, i: Replica) => viewsOf(options).map((v) => prePrepareName(i, v))
const phasesOf = (options: SlotOptions, i: Replica) => viewsOf(options).map((v) => phaseName(i, v))

/** The primary of a view in which nothing is pre-prepared yet proposes what it likes. */
const propose = (options: SlotOptions, i: Replica): SlotAction => ({
  name: 'pre-prepare',
  at: i,
  writes: prePreparesOf(options, i),
  steps: (s) => {
    const { view, isActive } = modeOf(s, i)
    return isActive && primaryOf(options, view) === i && prePrepared(s, i, view) === null
      ? options.digests.map((digest) => ({
          choice: { view, digest, isHelped: false },
          then: assign([prePrepareName(i, view), digest])
        }))
      : []
  }
})

/** A backup accepts the primary's pre-prepare, once in a view, and sends its prepare. */
const prepare = (options: SlotOptions, rules: SlotRules, { all, honest }: Mail, i: Replica): SlotAction => ({
  name: 'prepare',
  at: i,
  writes: prePreparesOf(options, i),
  steps: (s) =>
    partIn(modeOf(s, i), rules)
      .filter((view) => primaryOf(options, view) !== i && prePrepared(s, i, view) === null)
      .flatMap((view) =>
        options.digests
          .filter((digest) => all.isProposed(s, view, digest))
          .map((digest) => ({
            choice: { view, digest, isHelped: !honest.isProposed(s, view, digest) },
            then: assign([prePrepareName(i, view), digest])
          }))
      )
})

/** With enough prepares of backups a replica is prepared, and sends its commit. */
const commit = (options: SlotOptions, rules: SlotRules, { all, honest }: Mail, i: Replica): SlotAction => ({
  name: 'commit',
  at: i,
  writes: phasesOf(options, i),
  steps: (s) =>
    partIn(modeOf(s, i), rules).flatMap((view) => {
      const digest = prePrepared(s, i, view)
      return digest !== null && !isPrepared(s, i, view) && all.hasPrepares(s, view, digest)
        ? [
            {
              choice: { view, digest, isHelped: !honest.hasPrepares(s, view, digest) },
              then: assign([phaseName(i, view), 'prepared'])
            }
          ]
        : []
    })
})

/** A replica that is prepared executes, with enough commits. */
const execute = (options: SlotOptions, rules: SlotRules, { all, honest }: Mail, i: Replica): SlotAction => ({
  name: 'execute',
  at: i,
  writes: phasesOf(options, i),
  steps: (s) =>
    partIn(modeOf(s, i), rules).flatMap((view) => {
      const digest = prePrepared(s, i, view)
      return digest !== null && phaseOf(s, i, view) === 'prepared' && all.hasCommits(s, view, digest)
        ? [
            {
              choice: { view, digest, isHelped: !honest.hasCommits(s, view, digest) },
              then: assign([phaseName(i, view), 'executed'])
            }
          ]
        : []
    })
})
