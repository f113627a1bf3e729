/**
 * Executions as files: written in the Informal Trace Format, read back, and replayed step by step by the specification.
 *
 * A trace has two variables: `action`, the action that led to a state (`Init` for the first), and `state`. Its `#meta`
 * names the configuration that it is an execution of, so that a file is enough to replay it.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { canonical } from '../data/canonical.js'
import type { Failure } from '../../property/invariant.js'
import { decodeTrace } from './codec.js'
import type { ItfTrace } from './codec.js'
import { fromItf, inOneSpelling, toItf } from '../data/itf.js'
import { guarded } from '../model/guarded.js'
import type { Model } from '../model/model.js'
import { failuresAtEnd, failuresOfWhole } from './judgement.js'

/** What a trace is an execution of: plain data by which the caller finds the model again. */
export interface Origin {
  /** The name of the system. */
  readonly system?: string
  readonly configuration: unknown
  /** The name of the mutant of it, where it is one. */
  readonly mutant?: string
}

/** An execution as plain data, as a file has it. */
export interface Trace extends Origin {
  /** Where it goes on for ever: after its last state, as it did after so many steps (`Run`). Default: it ends. */
  readonly loop?: number
  readonly states: ReadonlyArray<{ readonly action: unknown; readonly state: unknown }>
}

/** What stands for the action that led to the first state. */
const INIT = { _tag: 'Init' } as const

/**
 * The trace of an execution.
 * @param names the system, and the mutant of it, that the configuration is one of, and where it goes round in a circle.
 *   Default: they have no names, and it does not.
 */
export const traceOf = <S, A>(
  configuration: unknown,
  states: ReadonlyArray<S>,
  actions: ReadonlyArray<A>,
  { system, mutant, loop }: Omit<Origin, 'configuration'> & Pick<Trace, 'loop'> = {}
): Trace => ({
  ...(system === undefined ? {} : { system }),
  configuration,
  ...(mutant === undefined ? {} : { mutant }),
  ...(loop === undefined ? {} : { loop }),
  states: states.map((state, i) => ({ action: i === 0 ? INIT : actions[i - 1], state }))
})

/** A trace as the text of an ITF file. */
export const writeTrace = ({ system, configuration, mutant, loop, states }: Trace): string =>
  `${JSON.stringify(
    {
      '#meta': {
        format: 'ITF',
        'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
        description: 'An execution written by blockforest; `blockforest replay` and `blockforest explain` read it.',
        blockforest: toItf({ system, configuration, mutant })
      },
      vars: ['action', 'state'],
      states: states.map(({ action, state }, index) => ({
        '#meta': { index },
        action: toItf(action),
        state: toItf(state)
      })),
      // In ITF, the state that follows the last one; here the last one is the state where the circle begins, once more.
      ...(loop === undefined ? {} : { loop: Math.min(loop + 1, states.length - 1) })
    },
    undefined,
    1
  )}\n`

/** Why the fields of a trace that are known here are not what `writeTrace` writes; undefined where they are. */
const misread = ({ '#meta': meta, vars, loop, states }: ItfTrace): string | undefined => {
  if (!vars.includes('action') || !vars.includes('state'))
    return `vars: expected action and state among the variables, found ${vars.join(', ')}`
  if (meta?.['format'] !== undefined && meta['format'] !== 'ITF')
    return `#meta.format: expected "ITF", found ${JSON.stringify(meta['format'])}`
  if (loop === 0 && states.length > 1)
    return 'loop: the last state is followed by the first one, where the one before the loop is expected to be the last one once more'
  for (const [i, { '#meta': own, action }] of states.entries()) {
    const index = own?.['index']
    if (index !== undefined && !isLike(index, i))
      return `states[${String(i)}].#meta.index: expected ${String(i)}, found ${JSON.stringify(index)}`
    if (i === 0 && !isLike(action, INIT))
      return `states[0].action: expected ${canonical(INIT)}, as no action leads to the first state, found ${JSON.stringify(action)}`
  }
  return undefined
}

/** Whether a piece of ITF stands for a value, however it is spelt. */
const isLike = (itf: unknown, value: unknown): boolean => {
  const read = fromItf(itf)
  return E.isRight(read) && canonical(inOneSpelling(read.right)) === canonical(value)
}

/** The trace in the text of an ITF file. Left: what is wrong with it. */
export const readTrace = (text: string): Either<string, Trace> => {
  const json = E.tryCatch(
    (): unknown => JSON.parse(text),
    (e) => `not JSON: ${e instanceof Error ? e.message : String(e)}`
  )
  if (E.isLeft(json)) return json
  const decoded = decodeTrace(json.right)
  if (E.isLeft(decoded)) return decoded
  const origin = decoded.right['#meta']?.blockforest ?? {}
  const { configuration } = origin
  const wrong = misread(decoded.right)
  if (wrong !== undefined) return E.left(wrong)
  if (configuration === undefined)
    return E.left('the trace names no configuration (#meta.blockforest.configuration); was it written by blockforest?')
  if (decoded.right.states.length === 0) return E.left('the trace has no states')
  const nameless = ['system', 'mutant'].find((name) => origin[name] !== undefined && typeof origin[name] !== 'string')
  if (nameless !== undefined) return E.left(`#meta.blockforest.${nameless}: expected a name`)
  const names = Object.fromEntries(
    ['system', 'mutant'].flatMap((name) => (typeof origin[name] === 'string' ? [[name, origin[name]] as const] : []))
  )
  return E.Monad.chain(fromItf(configuration, '#meta.blockforest.configuration'), (config) =>
    E.map((states: Trace['states']) => ({ ...names, ...loopOf(decoded.right), configuration: config, states }))(
      E.traverseArrayWithIndex((i, s: Record<string, unknown>) =>
        E.Monad.chain(fromItf(s['action'], `states[${String(i)}].action`), (action) =>
          E.map((state: unknown) => ({ action, state }))(fromItf(s['state'], `states[${String(i)}].state`))
        )
      )(decoded.right.states)
    )
  )
}

/** Where a trace goes round in a circle. */
const loopOf = ({ loop, states }: ItfTrace): Pick<Trace, 'loop'> => {
  const last = states.length - 1
  if (loop === undefined) return {}
  const [before, end] = [states[loop - 1], states[last]]
  const isAgain = before !== undefined && end !== undefined && canonical(before['state']) === canonical(end['state'])
  return { loop: loop === last && !isAgain ? last : loop - 1 }
}

/** One step of a replayed trace: the action (none for the initial state), the state, and what fails in it or by the step. */
export interface ReplayedStep<S, A> {
  readonly action: A | undefined
  readonly state: S
  readonly failures: ReadonlyArray<Failure>
}

/** A replayed trace: its steps as far as it is an execution of the model, and where it stops being one. */
export interface Replay<S, A> {
  readonly steps: ReadonlyArray<ReplayedStep<S, A>>
  readonly departure: { readonly step: number; readonly reason: string } | undefined
  /** Where it goes on for ever (`Run`). Default: it ends. */
  readonly loop?: number
}

/** The one of some values that is the recorded one; where none is, the first that is written in ITF as it may be. */
const recordedAmong = <X>(among: ReadonlyArray<X>, recorded: unknown): X | undefined => {
  const wanted = canonical(recorded)
  const like = canonical(inOneSpelling(recorded))
  return among.find((x) => canonical(x) === wanted) ?? among.find((x) => canonical(inOneSpelling(x)) === like)
}

/**
 * Replays a trace: each action must be enabled, and lead to the state that the trace has next. ITF has several spellings for
 * one integer, so that a recorded one is that of the model whether it is a number or a bigint.
 * @throws ModelFault where a function of the model throws, or changes what it is given.
 */
export const replay = <S, A>(of: Model<S, A>, trace: Trace): Replay<S, A> => {
  const model = guarded(of)
  const steps: Array<ReplayedStep<S, A>> = []
  const stop = (step: number, reason: string): Replay<S, A> => ({ steps, departure: { step, reason } })
  for (const [i, recorded] of trace.states.entries()) {
    const before = steps[i - 1]
    if (before === undefined) {
      const state = recordedAmong(model.system.initial, recorded.state)
      if (state === undefined) return stop(i, `the first state is not an initial state of ${model.name}`)
      steps.push({ action: undefined, state, failures: failuresAtEnd(model, { states: [state], actions: [] }) })
      continue
    }
    const enabled = model.system.actions(before.state)
    const action = recordedAmong(enabled, recorded.action)
    if (action === undefined)
      return stop(
        i,
        `the action ${canonical(recorded.action)} is none of the ${String(enabled.length)} that are enabled`
      )
    const next = model.system.next(before.state, action)
    if (O.isNone(next)) return stop(i, `the action ${canonical(recorded.action)} leads nowhere`)
    if (recordedAmong([next.value], recorded.state) === undefined)
      return stop(
        i,
        `the action leads to a state other than the recorded one, ${difference(inOneSpelling(next.value), inOneSpelling(recorded.state))}`
      )
    const run = { states: [before.state, next.value], actions: [action] }
    steps.push({ action, state: next.value, failures: failuresAtEnd(model, run) })
  }
  return judgedAsWhole(model, steps, trace.loop)
}

/** The replay of an execution to its end, with what it violates as a whole, where its last state violates nothing. */
const judgedAsWhole = <S, A>(
  model: Model<S, A>,
  steps: ReadonlyArray<ReplayedStep<S, A>>,
  loop: number | undefined
): Replay<S, A> => {
  const last = steps[steps.length - 1]
  const again = steps[loop ?? steps.length - 1]
  if (last === undefined || again === undefined) return { steps, departure: undefined }
  if (model.key(last.state) !== model.key(again.state))
    return {
      steps,
      departure: {
        step: steps.length - 1,
        reason: `it does not go round in a circle: the last state is not the one after ${String(loop)} steps`
      }
    }
  const actions = steps.flatMap(({ action }) => (action === undefined ? [] : [action]))
  const run = { states: steps.map(({ state }) => state), actions, loop }
  // What lasts for ever does not end: that nothing can happen is what it is.
  const failures = last.failures.length > 0 && loop === undefined ? last.failures : failuresOfWhole(model, run)
  return {
    steps: [...steps.slice(0, -1), { ...last, failures }],
    departure: undefined,
    ...(loop === undefined ? {} : { loop })
  }
}

/** Where two pieces of plain data first differ, in words. */
export const difference = (expected: unknown, actual: unknown, at = 'state'): string => {
  if (typeof expected === 'object' && typeof actual === 'object' && expected !== null && actual !== null) {
    const [left, right] = [new Map(Object.entries(expected)), new Map(Object.entries(actual))]
    for (const field of new Set([...left.keys(), ...right.keys()]))
      if (canonical(left.get(field)) !== canonical(right.get(field)))
        return difference(left.get(field), right.get(field), `${at}.${field}`)
  }
  return `at ${at}: expected ${canonical(expected)}, found ${canonical(actual)}`
}
