/**
 * How the executions of a system are shown: its actions in a line each, its states as documents, and as lanes where there
 * are nodes that send messages.
 */
import { linesOf } from './document.js'
import type { Document } from './document.js'
import type { Lanes } from '../checker/trace/lanes.js'
import type { ReplayedStep } from '../checker/trace/trace.js'
import { showFailure } from '../property/invariant.js'
import type { Counterexample, Fault } from '../checker/model/result.js'
import type { Failure } from '../property/invariant.js'

/** The words and the pictures of states and actions. */
export interface Show<S, A> {
  /** An action in one line, given the state it is taken in and the one it leads to. */
  readonly action: (a: A, before: S, after: S) => string
  /** What a step consists of, where a line does not say it. Default: nothing. */
  readonly details?: (a: A, before: S, after: S) => Document
  /** A state in full. */
  readonly state: (s: S) => Document
  /** What a step has changed. Default: the state in full. */
  readonly change?: (before: S, after: S) => Document
  /** A state in a few short lines, for a node of a graph. Default: the state in full. */
  readonly brief?: (s: S) => ReadonlyArray<string>
  /** What the first state consists of, in a clause: `2 nodes`. Default: nothing is said. */
  readonly beginning?: (s: S) => string
  /** What is worth saying of the last state besides. Default: nothing. */
  readonly closing?: (s: S) => Document
  /** What is worth saying of all actions together. Default: nothing. */
  readonly summary?: (actions: ReadonlyArray<A>) => Document
  /** The execution as lanes. Default: there is nobody whose lanes could be drawn. */
  readonly lanes?: (steps: ReadonlyArray<ReplayedStep<S, A>>) => Lanes
}

/** How an execution is presented. */
export interface Presentation {
  /** What the first state is called. Default: `initially`. */
  readonly begins?: string
  /** What is said of the last state instead of a verdict, in lines. Default: the verdict. */
  readonly ends?: ReadonlyArray<string>
  /** What stands before a failure. Default: `✗`; a witness that was sought is no failure. */
  readonly mark?: string
  /** Where it goes on for ever: after its last state, as it did after so many steps. Default: it ends. */
  readonly loop?: number | undefined
}

/** What holds and what does not, in lines. */
export const verdictLines = (failures: ReadonlyArray<Failure>, mark = '✗'): ReadonlyArray<string> =>
  failures.length === 0
    ? ['all invariants hold']
    : failures.flatMap((f) => [`${mark} ${showFailure(f)}`, `    (${f.says})`])

/** A counterexample step by step: what fails, fails at its end. */
export const stepsOf = <S, A>({
  states,
  actions,
  failures
}: Pick<Counterexample<S, A>, 'states' | 'actions' | 'failures'>): ReadonlyArray<ReplayedStep<S, A>> =>
  states.map((state, i) => ({
    action: actions[i - 1],
    state,
    failures: i === states.length - 1 ? failures : []
  }))

/** An execution on which the model itself failed, step by step, and what it was that failed. */
export const faultText = <S, A>(
  show: Show<S, A>,
  { states, actions, action, says }: Fault<S, A>,
  begins?: string
): string => {
  const [last] = states.slice(-1)
  const when = action === undefined || last === undefined ? '' : `, when ${show.action(action, last, last)}`
  return executionText(show, stepsOf({ states, actions, failures: [] }), {
    ends: [`✗ ${says}${when}`],
    ...(begins === undefined ? {} : { begins })
  })
}

/** How an execution of so many steps goes on for ever, if it does. */
const roundAgain = (steps: number, loop: number | undefined): ReadonlyArray<string> =>
  loop === undefined
    ? []
    : [`   ↻  ${loop === steps ? 'and so it stays for ever' : `and so on for ever, as after step ${String(loop)}`}`]

/** An execution, step by step: each action, what it changed, and what does not hold. */
export const executionText = <S, A>(
  show: Show<S, A>,
  steps: ReadonlyArray<ReplayedStep<S, A>>,
  { begins = 'initially', ends, mark = '✗', loop }: Presentation = {}
): string => {
  const { change = (_: S, after: S) => show.state(after), details = () => [], closing, summary } = show
  const title = ({ action, state }: ReplayedStep<S, A>, before: S | undefined): string =>
    action !== undefined && before !== undefined
      ? show.action(action, before, state)
      : show.beginning === undefined
        ? begins
        : `${begins}: ${show.beginning(state)}`
  const lines = steps.flatMap((step, i) => {
    const { action, state, failures } = step
    const before = steps[i - 1]?.state
    const isLast = i === steps.length - 1
    return [
      `${String(i).padStart(4)}  ${title(step, before)}`,
      ...[
        ...(action === undefined || before === undefined ? [] : linesOf(details(action, before, state))),
        ...linesOf(before === undefined ? show.state(state) : change(before, state)),
        ...(isLast && ends !== undefined ? ends : failures.length > 0 || isLast ? verdictLines(failures, mark) : [])
      ].map((text) => `      ${text}`)
    ]
  })
  const last = steps[steps.length - 1]
  const actions = steps.flatMap(({ action }) => (action === undefined ? [] : [action]))
  const end = [
    ...(last === undefined || ends !== undefined || closing === undefined ? [] : linesOf(closing(last.state))),
    ...(summary === undefined ? [] : linesOf(summary(actions)))
  ]
  return [...lines, ...roundAgain(steps.length - 1, loop), ...(end.length > 0 ? ['', ...end] : [])].join('\n')
}
