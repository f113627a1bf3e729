/** Two-phase commit, which implements the commitment of a transaction (Gray and Lamport 2006). */
import { refines } from '../../invariants/property/refinement.js'
import { always, at, classic, stepsFrom } from './classic.js'
import type { Classic, Step, Steps } from './classic.js'

type Manager = 'working' | 'prepared' | 'committed' | 'aborted'
const managers = [0, 1, 2]

const commitSteps: Steps<ReadonlyArray<Manager>> = (s) =>
  managers.flatMap(
    (m): ReadonlyArray<readonly [Step, ReadonlyArray<Manager>]> => [
      ...(s[m] === 'working' ? [[['Prepare', m], at(s, m, 'prepared')] as const] : []),
      ...(s[m] === 'prepared' && s.every((one) => one === 'prepared' || one === 'committed')
        ? [[['Commit', m], at(s, m, 'committed')] as const]
        : []),
      ...((s[m] === 'working' || s[m] === 'prepared') && !s.includes('committed')
        ? [[['Abort', m], at(s, m, 'aborted')] as const]
        : [])
    ]
  )
const working: ReadonlyArray<Manager> = ['working', 'working', 'working']

const isConsistent = (s: ReadonlyArray<Manager>): boolean => !s.includes('aborted') || !s.includes('committed')

export const transactionCommit: Classic<ReadonlyArray<Manager>> = {
  name: 'TCommit',
  after: 'transaction_commit/TCommit.tla, three resource managers',
  states: 34,
  model: () =>
    classic(
      'transaction commit',
      [working],
      commitSteps,
      [always('TCConsistent', 'no manager has committed where another has aborted', isConsistent)],
      []
    ),
  changes: []
}

interface Phases {
  readonly managers: ReadonlyArray<Manager>
  readonly coordinator: 'init' | 'committed' | 'aborted'
  /** From which managers the coordinator has heard that they are prepared. */
  readonly heard: ReadonlyArray<boolean>
  readonly prepared: ReadonlyArray<boolean>
  readonly decided: ReadonlyArray<'Commit' | 'Abort'>
}

const steps =
  (change?: string) =>
  (s: Phases): ReadonlyArray<readonly [Step, Phases]> => [
    ...(s.coordinator === 'init' &&
    (s.heard.every((is) => is) || (change === 'two of three' && s.heard.filter((is) => is).length >= 2))
      ? [[['TMCommit'], { ...s, coordinator: 'committed', decided: [...s.decided, 'Commit'] }] as const]
      : []),
    ...(s.coordinator === 'init'
      ? [[['TMAbort'], { ...s, coordinator: 'aborted', decided: [...s.decided, 'Abort'] }] as const]
      : []),
    ...managers.flatMap((m): ReadonlyArray<readonly [Step, Phases]> => {
      const to = (state: Manager) => ({ ...s, managers: at(s.managers, m, state) })
      const may = s.managers[m] === 'working' || (change === 'after preparing' && s.managers[m] === 'prepared')
      return [
        ...(s.coordinator === 'init' && s.prepared[m]!
          ? [[['TMRcvPrepared', m], { ...s, heard: at(s.heard, m, true) }] as const]
          : []),
        ...(s.managers[m] === 'working'
          ? [[['RMPrepare', m], { ...to('prepared'), prepared: at(s.prepared, m, true) }] as const]
          : []),
        ...(may ? [[['RMChooseToAbort', m], to('aborted')] as const] : []),
        ...(s.decided.includes('Commit') ? [[['RMRcvCommitMsg', m], to('committed')] as const] : []),
        ...(s.decided.includes('Abort') ? [[['RMRcvAbortMsg', m], to('aborted')] as const] : [])
      ]
    })
  ]

export const twoPhase: Classic<Phases> = {
  name: 'TwoPhase',
  after: 'transaction_commit/TwoPhase.tla, three resource managers',
  states: 288,
  model: (change) =>
    classic(
      'two-phase commit',
      [
        {
          managers: working,
          coordinator: 'init',
          heard: managers.map(() => false),
          prepared: managers.map(() => false),
          decided: []
        }
      ],
      steps(change),
      [],
      [
        refines({
          name: 'TCSpec',
          says: 'it commits transactions',
          of: { name: 'TCommit', system: stepsFrom([working], commitSteps), key: (t) => t.join(' ') },
          state: (s: Phases) => s.managers
        })
      ]
    ),
  changes: [
    { change: 'two of three', breaks: 'TCSpec', steps: 6 },
    { change: 'after preparing', breaks: 'TCSpec', steps: 9 }
  ]
}
