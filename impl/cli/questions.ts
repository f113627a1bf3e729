/**
 * Other questions that `blockforest check` answers about one configuration: can this happen (`--witness`), does every step
 * keep the invariants (`--inductive`).
 */
import * as E from 'fp-ts/lib/Either.js'
import { executionText, faultText, stepsOf, verdictLines } from '../../invariants/systems/index.js'
import type { Found, InductionBase, Sizes, Subject } from '../../invariants/systems/index.js'
import { inductive, traceOf, writeTrace } from '../../invariants/checker/index.js'
import type { Fault, Induction, InductionStep } from '../../invariants/checker/index.js'
import { grouped, plural, UsageError } from './io.js'
import { namedIn, originJson } from './job.js'
import type { Attention, Job } from './job.js'
import { lossOf } from './output.js'
import type { Share } from './progress.js'

/** An answer: as text, as an object, and whether it is the good one. */
export interface Answer {
  readonly text: string
  readonly json: Readonly<Record<string, unknown>>
  readonly exitCode: number
  /** The model itself is at fault: there is no answer. Default: it is not. */
  readonly isFault?: boolean
  /** Why a file that belongs to it could not be written, where it could not. */
  readonly lost?: Error | undefined
}

/** How much of a question is done, where it is known how many states there are. */
export const shareOfQuestion: Share = ({ states, frontier }) =>
  frontier === 0 ? undefined : states / (states + frontier)

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

/** That there is no answer, as the model itself is at fault. */
const faultAnswer = <S, A>(
  show: Subject<S, A>['show'],
  says: string,
  json: Answer['json'],
  fault: Fault<S, A>,
  begins?: string
): Answer => ({
  text: `${says}: the system itself is at fault\n\n${faultText(show, fault, begins)}`,
  json: { ...json, fault: { says: fault.says, action: fault.action, states: fault.states } },
  exitCode: 1,
  isFault: true
})

/** That it was interrupted, in front of an answer as far as there is one: as text, and as JSON. */
const unlessInterrupted = (isCut: boolean, { cause }: Attention['signal'], answer: Answer): Answer =>
  !isCut || cause === undefined
    ? answer
    : {
        ...answer,
        text: `${cause.says}; so far:\n${answer.text}`,
        json: { ...answer.json, interrupted: cause.says },
        exitCode: cause.exitCode
      }

/** What a witness came to. */
const witnessAnswer = <S, A>(
  job: Job,
  { model, show }: Subject<S, A>,
  { sought, witness }: Found<S, A>,
  traceOut: string | undefined
): Answer => {
  const { shortest, times, among, of, complete, coverage, seconds, fault } = witness
  const name = namedIn(model, job.origin)
  const looked = `${grouped(among)} ${of === 'states' ? 'distinct states' : 'transitions'}`
  const asked = `${name}: ${sought.name} (${sought.says})`
  const json = {
    ...originJson(job, name),
    witness: sought,
    happens: shortest !== undefined,
    of,
    times,
    among,
    complete,
    coverage,
    seconds: Number(seconds.toFixed(3))
  }
  if (fault !== undefined) return faultAnswer(show, `${asked} cannot be answered`, json, fault)
  if (shortest === undefined)
    return {
      text: `${traceOut === undefined ? '' : 'no trace was written: '}${asked} ${complete ? `cannot happen: it does in none of ${looked}` : `was not seen in ${looked}; there are more`}`,
      json,
      exitCode: 1
    }
  const trace = writeTrace(traceOf(job.origin.configuration, shortest.states, shortest.actions, job.origin))
  const lost = traceOut === undefined ? undefined : lossOf(traceOut, trace)
  const last = shortest.actions.length
  return {
    text: [
      `${asked} can happen: it does in ${grouped(times)} of ${looked}${complete ? '' : '; there are more'}`,
      '',
      `the shortest execution that shows it, ${plural(last, 'step')}`,
      '',
      executionText(show, stepsOf(shortest), { mark: '✓' }),
      ...(traceOut === undefined || lost !== undefined ? [] : ['', `trace written to ${traceOut}`])
    ].join('\n'),
    json: { ...json, length: last, sightings: shortest.failures, trace: JSON.parse(trace) as unknown },
    exitCode: 0,
    lost
  }
}

/** Can something happen at all, how often, and how soonest? */
export const witness = (
  job: Job,
  predicate: string,
  bounds: SearchBounds,
  traceOut: string | undefined,
  attention: Attention
): Promise<Answer> =>
  job.subject(async (subject): Promise<Answer> => {
    const { model, witnesses } = subject
    if (witnesses === undefined) throw new UsageError(`nothing is named in ${model.name} that could be sought`)
    const found = await witnesses.seek(predicate, { ...defined(bounds), ...attention })
    if (E.isLeft(found)) throw new UsageError(found.left)
    const isCut = !found.right.witness.complete
    return unlessInterrupted(isCut, attention.signal, witnessAnswer(job, subject, found.right, traceOut))
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
    executionText(show, stepsOf({ ...reached, failures: [] }))
  ]
}

const inductionText = <S, A>(
  subject: Subject<S, A>,
  { noun, says }: InductionBase<S, A>,
  sizes: Sizes,
  { base, complete, candidates, satisfying, steps, counterexample }: Induction<S, A>
): string => {
  const head = [
    says(sizes),
    `${plural(candidates, noun)}, in ${grouped(satisfying)} of them all invariants hold; ${plural(steps, 'step')} from those`
  ]
  if (counterexample === undefined)
    return [
      ...head,
      ...(!complete
        ? ['every step so far keeps them; there are more']
        : base.length === 0
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

const inductionJson = <S, A>({
  counterexample,
  fault,
  ...induction
}: Induction<S, A>): Readonly<Record<string, unknown>> => ({
  worlds: induction.candidates,
  satisfying: induction.satisfying,
  steps: induction.steps,
  // Of what was interrupted it is not known.
  inductive: induction.complete
    ? induction.base.length === 0 && counterexample === undefined && fault === undefined
    : null,
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

/** The most states of an induction: more of them would take days. */
const MOST_CANDIDATES = 1e9

/** A number, which may be too large to be read as one. */
const inWords = (n: number): string => (n > 1e15 ? `10^${String(Math.floor(Math.log10(n)))}` : grouped(n))

/** Does every step from every small state in which the invariants hold lead to one in which they hold? */
export const induction = (job: Job, sizes: Sizes, bounds: SearchBounds, attention: Attention): Promise<Answer> =>
  job.subject(async (subject): Promise<Answer> => {
    const base = subject.induction?.()
    if (base === undefined)
      throw new UsageError(`${subject.model.name} names no states from which an induction could start`)
    const { depth, maxStates } = defined(bounds)
    const most = base.most?.(sizes) ?? 0
    if (most > MOST_CANDIDATES)
      throw new UsageError(
        `${base.says(sizes)}: there are up to ${inWords(most)} ${base.noun}s, and ${inWords(MOST_CANDIDATES)} are the most that are gone through; choose smaller sizes`
      )
    const found = await inductive(base.model, base.states(sizes), {
      ...(depth === undefined ? {} : { depth }),
      ...(maxStates === undefined ? {} : { maxStates }),
      ...(most > 0 && { among: most }),
      ...attention
    })
    const json = inductionJson(found)
    if (found.fault !== undefined)
      return faultAnswer(
        subject.show,
        base.says(sizes),
        { ...originJson(job, namedIn(base.model, job.origin)), sizes, ...json },
        found.fault,
        `a ${base.noun}`
      )
    return unlessInterrupted(!found.complete, attention.signal, {
      text: inductionText(subject, base, sizes, found),
      json: { ...originJson(job, namedIn(base.model, job.origin)), sizes, ...json },
      exitCode: json['inductive'] === true ? 0 : 1
    })
  })
