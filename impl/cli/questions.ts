/**
 * Other questions that `blockforest check` answers about one configuration: can this happen (`--witness`), does every step
 * keep the invariants (`--inductive`), what does the state space look like (`--dot`).
 */
import * as E from 'fp-ts/lib/Either.js'
import { executionText, linesOf, verdictLines } from '../../invariants/systems/index.js'
import type { Found, InductionBase, Sizes, Subject } from '../../invariants/systems/index.js'
import { inductive, stateGraph, toDot, traceOf, writeTrace } from '../../invariants/checker/index.js'
import type { Induction, InductionStep, Progress } from '../../invariants/checker/index.js'
import { grouped, plural, UsageError, writeText } from './io.js'
import { originJson } from './job.js'
import type { Job } from './job.js'

/** An answer: as text, as an object, and whether it is the good one. */
export interface Answer {
  readonly text: string
  readonly json: Readonly<Record<string, unknown>>
  readonly exitCode: 0 | 1
}

/** The bounds of a search. */
interface SearchBounds {
  readonly depth?: number | undefined
  readonly maxStates?: number | undefined
  readonly plain?: boolean | undefined
}

const defined = ({ depth, maxStates, plain }: SearchBounds) => ({
  ...(depth === undefined ? {} : { depth }),
  ...(maxStates === undefined ? {} : { maxStates }),
  ...(plain === undefined ? {} : { plain })
})

/** What a witness came to. */
const witnessAnswer = <S, A>(
  job: Job,
  { model, show }: Subject<S, A>,
  { sought, witness }: Found<S, A>,
  traceOut: string | undefined
): Answer => {
  const { shortest, times, among, of, complete, coverage, seconds } = witness
  const looked = `${grouped(among)} ${of === 'states' ? 'distinct states' : 'transitions'}`
  const asked = `${model.name}: ${sought.name} (${sought.says})`
  const json = {
    ...originJson(job, model.name),
    witness: sought,
    happens: shortest !== undefined,
    of,
    times,
    among,
    complete,
    coverage,
    seconds: Number(seconds.toFixed(3))
  }
  if (shortest === undefined)
    return {
      text: `${traceOut === undefined ? '' : 'no trace was written: '}${asked} ${complete ? `cannot happen: it does in none of ${looked}` : `was not seen in ${looked}; there are more`}`,
      json,
      exitCode: 1
    }
  const trace = writeTrace(traceOf(job.origin.configuration, shortest.states, shortest.actions, job.origin))
  if (traceOut !== undefined) writeText(traceOut, trace)
  const last = shortest.actions.length
  const steps = shortest.states.map((state, i) => ({
    action: shortest.actions[i - 1],
    state,
    failures: i === last ? shortest.failures : []
  }))
  return {
    text: [
      `${asked} can happen: it does in ${grouped(times)} of ${looked}${complete ? '' : '; there are more'}`,
      '',
      `the shortest execution that shows it, ${plural(last, 'step')}`,
      '',
      executionText(show, steps, { mark: '✓' }),
      ...(traceOut === undefined ? [] : ['', `trace written to ${traceOut}`])
    ].join('\n'),
    json: { ...json, sightings: shortest.failures, trace: JSON.parse(trace) as unknown },
    exitCode: 0
  }
}

/** Can something happen at all, how often, and how soonest? */
export const witness = (
  job: Job,
  predicate: string,
  bounds: SearchBounds,
  traceOut: string | undefined,
  onProgress: (p: Progress) => void
): Promise<Answer> =>
  job.subject(async (subject): Promise<Answer> => {
    const { model, witnesses } = subject
    if (witnesses === undefined) throw new UsageError(`nothing is named in ${model.name} that could be sought`)
    const found = await witnesses.seek(predicate, { ...defined(bounds), onProgress })
    if (E.isLeft(found)) throw new UsageError(found.left)
    return witnessAnswer(job, subject, found.right, traceOut)
  })

/** How the state before a broken step is reached, in lines. */
const reachedLines = <S, A>(
  { show }: Subject<S, A>,
  noun: string,
  { reached, searched }: InductionStep<S, A>
): ReadonlyArray<string> => {
  if (reached === undefined) {
    const far = `${plural(searched.states, 'state')}, up to ${plural(searched.depth, 'step')}`
    return [
      `not found reachable: ${noun} 0 is none of the states that were searched, ${far}${searched.complete ? ', all there are' : ''}`
    ]
  }
  return [
    `reachable within ${plural(reached.actions.length, 'step')}: an execution leads to ${noun} 0, so the invariants are violated`,
    '',
    executionText(
      show,
      reached.states.map((state, i) => ({ action: reached.actions[i - 1], state, failures: [] }))
    )
  ]
}

const inductionText = <S, A>(
  subject: Subject<S, A>,
  { noun, says }: InductionBase<S, A>,
  sizes: Sizes,
  { base, candidates, satisfying, steps, counterexample }: Induction<S, A>
): string => {
  const head = [
    says(sizes),
    `${plural(candidates, noun)}, in ${grouped(satisfying)} of them all invariants hold; ${plural(steps, 'step')} from those`
  ]
  if (counterexample === undefined)
    return [
      ...head,
      ...(base.length === 0
        ? ['every step keeps them: the invariants are inductive within these sizes']
        : ['every step keeps them, but they do not hold initially', ...verdictLines(base)])
    ].join('\n')
  const { before, action, after, failures } = counterexample
  return [
    ...head,
    '',
    `counterexample to induction: the invariants hold in ${noun} 0, and the step breaks them`,
    '',
    executionText(
      subject.show,
      [
        { action: undefined, state: before, failures: [] },
        { action, state: after, failures }
      ],
      { begins: `a ${noun} in which they hold` }
    ),
    '',
    ...reachedLines(subject, noun, counterexample)
  ].join('\n')
}

const inductionJson = <S, A>({ counterexample, ...induction }: Induction<S, A>): Readonly<Record<string, unknown>> => ({
  worlds: induction.candidates,
  satisfying: induction.satisfying,
  steps: induction.steps,
  inductive: induction.base.length === 0 && counterexample === undefined,
  seconds: Number(induction.seconds.toFixed(3)),
  ...(counterexample === undefined
    ? {}
    : {
        counterexample: {
          before: counterexample.before,
          action: counterexample.action,
          after: counterexample.after,
          failures: counterexample.failures,
          reachable: counterexample.reached !== undefined,
          ...(counterexample.reached === undefined ? {} : { within: counterexample.reached.actions.length }),
          searched: counterexample.searched
        }
      })
})

/** Does every step from every small state in which the invariants hold lead to one in which they hold? */
export const induction = (
  job: Job,
  sizes: Sizes,
  bounds: SearchBounds,
  onProgress: (p: Progress) => void
): Promise<Answer> =>
  job.subject(async (subject): Promise<Answer> => {
    const base = subject.induction?.()
    if (base === undefined)
      throw new UsageError(`${subject.model.name} names no states from which an induction could start`)
    const { depth, maxStates } = defined(bounds)
    const found = await inductive(base.model, base.states(sizes), {
      ...(depth === undefined ? {} : { depth }),
      ...(maxStates === undefined ? {} : { maxStates }),
      onProgress
    })
    const json = inductionJson(found)
    return {
      text: inductionText(subject, base, sizes, found),
      json: { ...originJson(job, base.model.name), sizes, ...json },
      exitCode: json['inductive'] === true ? 0 : 1
    }
  })

/** Writes all states and steps of a configuration as a graph; what was written. */
export const graph = ({ subject }: Job, file: string): Promise<string> =>
  subject(async ({ model, show }) => {
    const found = await stateGraph(model)
    if (E.isLeft(found)) throw new UsageError(found.left)
    const state = show.brief ?? ((s) => linesOf(show.state(s)))
    writeText(file, toDot(model.name, found.right, { state, action: show.action }))
    const { states, steps } = found.right
    return `${plural(states.length, 'state')} and ${plural(steps.length, 'step')} written to ${file}`
  })
