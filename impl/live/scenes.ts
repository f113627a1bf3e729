/**
 * Scenes: executions of a system that a reader has found or made, drawn. A scene names the system and says which execution: the
 * shortest that violates something, the shortest to what is sought, or one that goes by the words of its steps.
 */
import * as E from 'fp-ts/lib/Either.js'
import { exhaustive } from '../../invariants/checker/search/exhaustive.js'
import type { Counterexample } from '../../invariants/checker/model/result.js'
import type { ReplayedStep } from '../../invariants/checker/trace/trace.js'
import { showFailure } from '../../invariants/property/invariant.js'
import { conclusionText } from '../../invariants/systems/conclusionText.js'
import { framesOf } from '../../invariants/systems/frames.js'
import { stepsOf } from '../../invariants/systems/show.js'
import type { AnySystem, Subject, System } from '../../invariants/systems/system.js'
import { grouped, plural } from '../../invariants/words.js'
import { drawExecution, drawPictures } from '../draw/index.js'
import { along, configured, pathAlong, stepsFrom, textsOf, writeAddress } from '../explorer/index.js'
import type { Systems, Texts } from '../explorer/index.js'
import { filmOf } from './film.js'
import type { Film } from './film.js'

/** Which execution. */
export type Wanted =
  /** The shortest that violates an invariant. */
  | { readonly _tag: 'Violation' }
  /** The shortest to a state that can be sought by name. */
  | { readonly _tag: 'Sought'; readonly name: string }
  /** The step whose words begin like this, and so on; then the first that can be taken, so many times at most. */
  | { readonly _tag: 'Walk'; readonly words: ReadonlyArray<string>; readonly then: number }

/** A scene, as a page asks for it. */
export interface SceneRequest {
  readonly system: string
  /** Default: the parameters by which it is called initially, with `texts`. */
  readonly preset?: string
  /** A mutant, where the system says that it is refuted, if there is no preset. */
  readonly mutant?: string
  /** Parameters by their flags. */
  readonly texts?: Texts
  readonly wanted: Wanted
}

/** A scene that was run, as plain data. */
export interface SceneShown {
  /** What was run, in a few words. */
  readonly model: string
  /** What came out, in a clause. */
  readonly says: string
  readonly seconds: number
  readonly film: Film | undefined
  /** The execution in one picture. */
  readonly whole: string | undefined
  readonly objections: ReadonlyArray<string>
  /** Where the explorer opens it, as what stands behind the `#`; none where there is no execution. */
  readonly address: string | undefined
}

/** An execution that was found, and what is said of it. */
interface FoundRun<S, A> {
  readonly says: string
  readonly start: number
  readonly steps: ReadonlyArray<ReplayedStep<S, A>>
  /** Where it goes on for ever, if it does. */
  readonly loop?: number | undefined
}

const ofCounterexample = <S, A>(counterexample: Counterexample<S, A>): Omit<FoundRun<S, A>, 'says'> => ({
  start: counterexample.start,
  steps: stepsOf(counterexample),
  loop: counterexample.loop
})

const counted = (n: number, one: string): string => plural(n, one, grouped)

/** The walk by the words of its steps. @throws RangeError where no step begins with the words that are next. */
const walked = <S, A>({ model, show }: Subject<S, A>, words: ReadonlyArray<string>, most: number): FoundRun<S, A> => {
  const places: number[] = []
  const [initial] = model.system.initial
  const states: S[] = initial === undefined ? [] : [initial]
  for (const [i, state] of states.entries()) {
    const steps = stepsFrom(model, state)
    const next = words[i]
    if (next === undefined && i >= words.length + most) break
    const place =
      next === undefined
        ? steps.findIndex(([action]) => isDelivery(action))
        : steps.findIndex(([action, after]) => show.action(action, state, after).trim().startsWith(next))
    const step = steps[place]
    if (step === undefined && next !== undefined)
      throw new RangeError(`${model.name}: after ${plural(i, 'step')} no step begins with «${next}»`)
    if (step === undefined) break
    places.push(place)
    states.push(step[1])
  }
  const walk = along(model, { start: 0, places })
  if (E.isLeft(walk)) throw new RangeError(walk.left)
  const { steps } = walk.right
  const broken = steps.filter(({ failures }) => failures.length > 0).length
  return {
    says: `${counted(steps.length - 1, 'step')}, ${broken === 0 ? 'after each of which all invariants hold' : `after ${String(broken)} of which something does not hold`}`,
    start: 0,
    steps
  }
}

/** What is in flight arrives. */
const isDelivery = (action: unknown): boolean =>
  typeof action === 'object' && action !== null && '_tag' in action && action._tag === 'Deliver'

const foundIn = async <S, A>(
  subject: Subject<S, A>,
  wanted: Wanted
): Promise<Partial<FoundRun<S, A>> & { readonly says: string }> => {
  switch (wanted._tag) {
    case 'Violation': {
      const result = await exhaustive(subject.model)
      const { counterexample } = result
      const says = conclusionText(result, true)
      return counterexample === undefined ? { says } : { says, ...ofCounterexample(counterexample) }
    }
    case 'Sought': {
      const answer = await subject.witnesses?.seek(wanted.name, {})
      if (answer === undefined || E.isLeft(answer))
        throw new RangeError(`${subject.model.name} has nothing called ${wanted.name}`)
      const { sought, witness } = answer.right
      const { shortest, among, complete, fault } = witness
      if (fault !== undefined) return { says: `the system itself is at fault: ${fault.says}` }
      return shortest === undefined
        ? { says: `${sought.says}: ${complete ? 'never' : 'not found'}, in ${counted(among, 'state')}` }
        : {
            says: `${sought.says}: after ${counted(shortest.actions.length, 'step')}`,
            ...ofCounterexample({ ...shortest, failures: [] })
          }
    }
    case 'Walk':
      return walked(subject, wanted.words, wanted.then)
  }
}

/** The parameters of a scene, and the mutant. @throws RangeError where the system has none of the name. */
const chosenOf = <C>(system: System<C>, { preset, mutant, texts = {} }: SceneRequest): C => {
  const { name, presets, mutants } = system
  const of =
    preset !== undefined
      ? presets.find((one) => one.name === preset)?.of
      : mutant !== undefined
        ? mutants.find((one) => one.name === mutant)?.where
        : undefined
  if (of === undefined && (preset !== undefined || mutant !== undefined))
    throw new RangeError(`${name} has no ${preset === undefined ? `mutant ${String(mutant)}` : `preset ${preset}`}`)
  if (of !== undefined) return of
  const configuration = configured(system, texts)
  if (E.isLeft(configuration)) throw new RangeError(configuration.left.says)
  return configuration.right
}

/** A scene that was run: its system with its parameters chosen, and the execution. */
interface Run<S, A> {
  readonly subject: Subject<S, A>
  readonly texts: Texts
  readonly found: Partial<FoundRun<S, A>> & { readonly says: string }
  readonly seconds: number
}

/** Runs a scene, and shows what came out. @throws RangeError where it names what there is not. */
const running = async <R>(systems: Systems, request: SceneRequest, use: <S, A>(run: Run<S, A>) => R): Promise<R> => {
  const load = Object.hasOwn(systems, request.system) ? systems[request.system] : undefined
  if (load === undefined) throw new RangeError(`there is no system ${request.system}`)
  const system: AnySystem = await load()
  return system.open((one) => {
    const chosen = chosenOf(one, request)
    return one.subject(
      chosen,
      request.mutant
    )(async (subject) => {
      const begun = performance.now()
      const found = await foundIn(subject, request.wanted)
      return use({ subject, found, texts: textsOf(one, chosen), seconds: (performance.now() - begun) / 1000 })
    })
  })
}

const shown =
  (request: SceneRequest) =>
  <S, A>({ subject: { model, show }, found, texts, seconds }: Run<S, A>): SceneShown => {
    const { says, start = 0, steps, loop } = found
    const none = {
      model: model.name,
      says,
      seconds,
      film: undefined,
      whole: undefined,
      objections: [],
      address: undefined
    }
    if (steps === undefined) return none
    const actions = steps.flatMap(({ action }) => (action === undefined ? [] : [action]))
    const frames = framesOf(show, steps)
    const id = request.system.replace(/\W/g, '-')
    return {
      ...none,
      film: frames.some(({ pictures }) => pictures.length > 0) ? filmOf(frames, `scene-${id}`) : undefined,
      whole: drawExecution(show, steps, undefined, { inPage: `whole-${id}` }),
      objections: (steps.at(-1)?.failures ?? []).map(showFailure),
      address: writeAddress({
        system: request.system,
        texts,
        ...(request.mutant === undefined ? {} : { mutant: request.mutant }),
        path: pathAlong(model, { start, actions, loop })
      })
    }
  }

/**
 * Runs a scene.
 * @throws RangeError where it names what there is not.
 */
export const runScene = (systems: Systems, request: SceneRequest): Promise<SceneShown> =>
  running(systems, request, shown(request))

/**
 * The execution of a scene as one SVG document: its lanes or its calls, else its last state.
 * @throws RangeError where it names what there is not, or there is no such execution, or nothing to see of it.
 */
export const drawScene = (systems: Systems, request: SceneRequest, title: string): Promise<string> =>
  running(systems, request, ({ subject: { model, show }, found }) => {
    const { steps = [] } = found
    const last = framesOf(show, steps).at(-1)?.pictures ?? []
    const drawn = drawExecution(show, steps, title) ?? (last.length === 0 ? undefined : drawPictures(title, last))
    if (drawn === undefined) throw new RangeError(`${model.name}: there is nothing to draw`)
    return drawn
  })
