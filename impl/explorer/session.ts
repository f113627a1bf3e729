/**
 * A session: a system with its parameters chosen, and a walk through it. What a page shows of it is plain data.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { guarded } from '../../invariants/checker/model/guarded.js'
import type { Model } from '../../invariants/checker/model/model.js'
import { showFailure } from '../../invariants/property/invariant.js'
import { checkCommandOf } from '../../invariants/systems/checkCommand.js'
import { placeName } from '../../invariants/systems/picture.js'
import type { Show } from '../../invariants/systems/show.js'
import type { AnySystem, Subject, System } from '../../invariants/systems/system.js'
import { drawLanes, drawPicture } from '../draw/index.js'
import { markOf, writeAddress } from './address.js'
import { marked } from './changes.js'
import type { MarkedDocument } from './changes.js'
import { configured, fieldsOf, mutantsOf, presetOf, presetsOf, textsOf } from './choice.js'
import type { FieldShown, Named, Refusal, Texts } from './choice.js'
import { lights } from './verdicts.js'
import type { Light } from './verdicts.js'
import { along, begin, current, goTo, pathOf, randomly, stepsFrom, take, toRest } from './walk.js'
import type { Path, Walk } from './walk.js'

/** A step that can be taken. */
export interface StepShown {
  readonly place: number
  readonly words: string
  /** The kind of its action, as searches count it. */
  readonly kind: string
  /** Where in the first picture it is taken: the `data-place` of an element. None: nowhere in particular. */
  readonly spot: string | undefined
}

/** A step of the walk; the first is the initial state. */
export interface TakenShown {
  readonly words: string
  readonly breaks: boolean
}

/** All that a page shows of a session. */
export interface Shown {
  readonly system: Named
  readonly fields: ReadonlyArray<FieldShown>
  readonly presets: ReadonlyArray<Named>
  /** The preset that it is; undefined where the parameters are those of none, or a mutant is chosen. */
  readonly preset: string | undefined
  readonly mutants: ReadonlyArray<Named>
  readonly mutant: string | undefined
  /** What the model is called. */
  readonly model: string
  /** The command that searches the same. */
  readonly command: string
  /** How many initial states there are, and from which of them the walk begins. */
  readonly starts: number
  readonly start: number
  readonly taken: ReadonlyArray<TakenShown>
  /** So many of the steps are done. */
  readonly at: number
  /** Where the walk goes on for ever, if it does. */
  readonly loop: number | undefined
  /** The state in pictures, elements of a page in SVG, with what the last step has changed marked in them. */
  readonly pictures: ReadonlyArray<string>
  /** The state in words, likewise. */
  readonly state: MarkedDocument
  readonly enabled: ReadonlyArray<StepShown>
  readonly lights: ReadonlyArray<Light>
  /** What does not hold, in a line each. */
  readonly failures: ReadonlyArray<string>
  /** What is so in this state, of what searches count. */
  readonly observed: ReadonlyArray<Named>
  /** The walk as lanes, an element of a page in SVG; undefined where there is nobody whose lanes could be drawn. */
  readonly lanes: string | undefined
  /** What stands behind the `#` in the address of this state. */
  readonly address: string
}

/** A session. It does not change: what is done in it makes another. */
export interface Session {
  readonly shown: () => Shown
  /** Takes a step. Left: there is none at that place. */
  readonly take: (place: number) => Either<string, Session>
  readonly goTo: (at: number) => Session
  readonly randomly: (options: { readonly seed: number; readonly steps: number }) => Session
  readonly toRest: () => Session
  /** Begins anew at an initial state. Left: there is none with that number. */
  readonly restart: (start: number) => Either<string, Session>
  /**
   * Follows a path from the start. Left: which step of it there is not.
   * @param end the mark of the state at its end, if it is known.
   */
  readonly follow: (path: Path, end?: string) => Either<string, Session>
  /** What it is an execution of, its subject, the model with its functions watched, and the walk. */
  readonly open: <R>(use: <S, A>(of: OpenSession<S, A>) => R) => R
}

/** What is in a session. */
export interface OpenSession<S, A> {
  readonly configuration: unknown
  readonly mutant: string | undefined
  readonly subject: Subject<S, A>
  readonly model: Model<S, A>
  readonly walk: Walk<S, A>
}

/** What has been chosen. */
interface Chosen<C, S, A> {
  readonly system: System<C>
  readonly configuration: C
  readonly mutant: string | undefined
  readonly subject: Subject<S, A>
  /** The model, its functions watched. */
  readonly model: Model<S, A>
}

/** An action in words; where it changes nothing there is no state after it to be spoken of. */
const wordsOf = <S, A>(show: Show<S, A>, action: A | undefined, before: S | undefined, after: S): string =>
  action === undefined || before === undefined
    ? show.beginning === undefined
      ? 'initially'
      : `initially: ${show.beginning(after)}`
    : show.action(action, before, after)

/** A walk in the words and pictures of its system. */
const walkShown = <S, A>(
  { subject: { show }, model }: Pick<Chosen<unknown, S, A>, 'subject' | 'model'>,
  walk: Walk<S, A>
) => {
  const { steps, at } = walk
  const { state, failures } = current(walk)
  const before = at === 0 ? undefined : steps[at - 1]?.state
  const pictures = show.pictures?.(state) ?? []
  const old = before === undefined ? [] : (show.pictures?.(before) ?? [])
  return {
    taken: steps.map((step, i) => ({
      words: wordsOf(show, step.action, steps[i - 1]?.state, step.state),
      breaks: step.failures.length > 0
    })),
    state: marked(before === undefined ? undefined : show.state(before), show.state(state)),
    pictures: pictures.map((picture, i) => drawPicture(picture, { inPage: `state-${i}` }, old[i])),
    enabled: stepsFrom(model, state).map(([action, next], place) => {
      const spot = show.place?.(action, state)
      return {
        place,
        words: show.action(action, state, next),
        kind: model.kindOf(action),
        spot: spot && placeName(spot)
      }
    }),
    lights: lights(model, state, failures),
    failures: failures.map(showFailure),
    observed: model.states.flatMap(({ name, says, of }) => (of(state) ? [{ name, says }] : [])),
    lanes: show.lanes === undefined ? undefined : drawLanes(show.lanes(steps.slice(0, at + 1)), { inPage: 'lanes' })
  }
}

const sessionOf = <C, S, A>(chosen: Chosen<C, S, A>, walk: Walk<S, A>): Session => {
  const { system, configuration, mutant, subject, model } = chosen
  const to = (next: Walk<S, A>): Session => sessionOf(chosen, next)
  return {
    shown: () => {
      const path = pathOf(walk)
      return {
        system: { name: system.name, says: system.says },
        fields: fieldsOf(system, configuration),
        presets: presetsOf(system),
        preset: mutant === undefined ? presetOf(system, configuration) : undefined,
        mutants: mutantsOf(system),
        mutant,
        model: model.name,
        command: checkCommandOf(system, configuration, mutant),
        starts: model.system.initial.length,
        start: walk.start,
        at: walk.at,
        loop: path.loop,
        ...walkShown(chosen, walk),
        address: writeAddress({
          system: system.name,
          texts: textsOf(system, configuration),
          ...(mutant === undefined ? {} : { mutant }),
          path,
          ...(path.places.length === 0 ? {} : { end: markOf(model.key(current(walk).state)) })
        })
      }
    },
    take: (place) => E.map(to)(take(model, walk, place)),
    goTo: (at) => to(goTo(walk, at)),
    randomly: (options) => to(randomly(model, walk, options)),
    toRest: () => to(toRest(model, walk)),
    restart: (start) => E.map(to)(begin(model, start)),
    follow: (path, end) =>
      E.Monad.chain(along(model, path), (followed) =>
        end === undefined || end === markOf(model.key(current(followed).state))
          ? E.right(to(followed))
          : E.left(
              'the path leads to another state than where the address was made: by another version of the specification'
            )
      ),
    open: (use) => use({ configuration, mutant, subject, model, walk })
  }
}

/** A session with a system, of which the parameters are known, at its initial state. Left: why there is none. */
export const begun = <C>(system: System<C>, configuration: C, mutant: string | undefined): Either<string, Session> => {
  const one = system.mutants.find(({ name }) => name === mutant)
  if (mutant !== undefined && one === undefined) return E.left(`${system.name} has no mutant '${mutant}'`)
  const reason = one?.refuses?.(configuration)
  if (reason !== undefined) return E.left(`the mutant ${String(mutant)}: ${reason}`)
  return system.subject(
    configuration,
    mutant
  )((subject) => {
    const chosen = { system, configuration, mutant, subject, model: guarded(subject.model) }
    return E.map((walk: Walk<Parameters<typeof chosen.model.key>[0], Parameters<typeof chosen.model.kindOf>[0]>) =>
      sessionOf(chosen, walk)
    )(begin(chosen.model))
  })
}

const withoutFields = (says: string): Refusal => ({ says, fields: {} })

/** Parameters of a system as texts, the parameters of a preset, or those with which a mutant is refuted. */
export interface Choice {
  readonly texts?: Texts
  readonly preset?: string
  readonly mutant?: string
}

/** The configuration that is chosen. */
const configurationOf = <C>(system: System<C>, { texts, preset, mutant }: Choice): Either<Refusal, C> => {
  if (texts !== undefined) return configured(system, texts)
  if (preset === undefined) {
    const wrong = system.mutants.find(({ name }) => name === mutant)
    return wrong === undefined ? configured(system, {}) : E.right(wrong.where)
  }
  const found = system.presets.find(({ name }) => name === preset)
  return found === undefined ? E.left(withoutFields(`${system.name} has no preset '${preset}'`)) : E.right(found.of)
}

/** A session with a system at its initial state. Left: why what was chosen cannot be. */
export const openSession = (any: AnySystem, choice: Choice): Either<Refusal, Session> =>
  any.open((system) =>
    E.Monad.chain(configurationOf(system, choice), (configuration) =>
      E.mapLeft(withoutFields)(begun(system, configuration, choice.mutant))
    )
  )
