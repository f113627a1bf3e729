/**
 * Runs the trials of stations by the catalogue and the checker, and holds what comes out against what is to.
 */
import * as E from 'fp-ts/lib/Either.js'
import { iota } from '../../spec/prelude/seq.js'
import { ladderAt, placesOf, quorumVerdict } from '../byzantine/ladder/quorumMap.js'
import type { QuorumVerdict } from '../byzantine/ladder/quorumMap.js'
import { canonical } from '../checker/data/canonical.js'
import type { Counterexample } from '../checker/model/result.js'
import { exhaustive } from '../checker/search/exhaustive.js'
import { inductive } from '../checker/search/inductive.js'
import { lanesText } from '../checker/trace/lanes.js'
import type { Lanes } from '../checker/trace/lanes.js'
import { replay, traceOf } from '../checker/trace/trace.js'
import { showFailure } from '../property/invariant.js'
import { systemCalled } from '../systems/catalogue.js'
import { checkCommandOf } from '../systems/checkCommand.js'
import { decodeForm, quoted } from '../systems/form.js'
import { framesOf } from '../systems/frames.js'
import type { Frame } from '../systems/frames.js'
import { executionText, stepsOf } from '../systems/show.js'
import type { Show } from '../systems/show.js'
import type { AnySubject, AnySystem, Expected, System } from '../systems/system.js'
import { verdictOf } from '../systems/system.js'
import type { Finding, Station, Subject, Trial } from './station.js'
import { failing, failureOf, lanesOfFailure, MAJORITY, TABLES } from './threeNodes.js'

/** An execution, told. */
export interface Told {
  readonly steps: number
  /** The execution itself; missing where it is none of a system. */
  readonly execution?: Pick<Counterexample<unknown, unknown>, 'start' | 'actions' | 'loop'>
  /** What does not hold in the end, or was sought. */
  readonly objections: ReadonlyArray<string>
  readonly text: string
  /** Missing where there is nobody whose lanes could be drawn. */
  readonly lanes: Lanes | undefined
  /** The execution as it goes by; nothing where there is nothing to see but its lanes. */
  readonly frames: () => ReadonlyArray<Frame>
}

/** A place of the map of quorums, with the command that searches it. */
export interface MapPlace extends Omit<QuorumVerdict, 'counterexample'> {
  readonly command: string
  readonly told: Told | undefined
}

/** What a trial has come to. */
export interface Outcome {
  readonly trial: Trial
  /** What runs it by itself; none where only the station does. */
  readonly command: string | undefined
  readonly expected: Finding
  readonly found: Finding
  readonly isAsClaimed: boolean
  readonly told: Told | undefined
  readonly map: ReadonlyArray<MapPlace>
}

/** A station that was run. */
export interface Visited {
  readonly station: Station
  readonly outcomes: ReadonlyArray<Outcome>
  readonly isAsClaimed: boolean
  readonly seconds: number
}

/** The subject of a trial: a system with its parameters chosen, and what it says of itself. */
interface Chosen {
  readonly subject: AnySubject
  readonly expect: Expected
  /** The command that searches it. */
  readonly command: string
}

const catalogued = (name: string): AnySystem => {
  const system = systemCalled(name)
  if (system === undefined) throw new RangeError(`the catalogue has no system ${name}`)
  return system
}

const chosenOf = <C>(system: System<C>, of: Subject): Chosen => {
  const { name, presets, mutants, subject } = system
  const told = (c: C, expect: Expected | undefined, mutant?: string): Chosen => {
    const command = checkCommandOf(system, c, mutant)
    if (expect === undefined) throw new RangeError(`${name}: nothing is expected of ${command}`)
    return { subject: subject(c, mutant), expect, command }
  }
  const found = 'preset' in of ? presets.find((one) => one.name === of.preset) : undefined
  if (found !== undefined) return told(found.of, found.expect)
  const wrong = 'mutant' in of ? mutants.find((one) => one.name === of.mutant) : undefined
  if (wrong !== undefined) return told(wrong.where, wrong.expect, wrong.name)
  throw new RangeError(`${name} has no ${'preset' in of ? `preset ${of.preset}` : `mutant ${of.mutant}`}`)
}

const chosen = (of: Subject): Chosen => catalogued(of.system).open((system) => chosenOf(system, of))

/** The command that searches a subject, and what the search is to come to. */
export const searchOf = (of: Subject): { readonly command: string; readonly expect: Expected } => {
  const { command, expect } = chosen(of)
  return { command, expect }
}

/** @param isSought it is no counterexample, but what was sought. */
const toldOf = <S, A>(show: Show<S, A>, counterexample: Counterexample<S, A>, isSought = false): Told => {
  const steps = stepsOf(counterexample)
  const { loop } = { loop: undefined, ...counterexample }
  // What was sought does not fail.
  const drawn = isSought ? stepsOf({ ...counterexample, failures: [] }) : steps
  return {
    steps: counterexample.actions.length,
    execution: counterexample,
    objections: counterexample.failures.map(showFailure),
    text: executionText(show, steps, { loop, ...(isSought && { mark: '✓' }) }),
    lanes: show.lanes?.(drawn),
    frames: () => framesOf(show, drawn)
  }
}

/** What a trial has come to, before it is judged. */
type Found = Pick<Outcome, 'command' | 'expected' | 'found'> & Partial<Pick<Outcome, 'told' | 'map'>>

const searched = async ({ of }: Trial & { readonly _tag: 'Search' }): Promise<Found> => {
  const { subject, command, expect } = chosen(of)
  const [found, told] = await subject(async ({ model, show }) => {
    const result = await exhaustive(model)
    const { counterexample } = result
    const finding: Finding = verdictOf(result)
    return [finding, counterexample && toldOf(show, counterexample)] as const
  })
  return { command, expected: expect, found, told }
}

const sought = async ({ of, sought: name, expect }: Trial & { readonly _tag: 'Witness' }): Promise<Found> => {
  const { subject, command } = chosen(of)
  const [found, told] = await subject(async ({ witnesses, show }) => {
    const answer = await witnesses?.seek(name, {})
    if (answer === undefined || E.isLeft(answer)) throw new RangeError(`${of.system} has nothing called ${name}`)
    const { shortest, among, complete, fault } = answer.right.witness
    const finding: Finding =
      fault !== undefined
        ? { verdict: 'fault', says: fault.says }
        : shortest !== undefined
          ? { verdict: 'happens', steps: shortest.actions.length }
          : { verdict: complete ? 'never' : 'undecided', states: among }
    return [finding, shortest && toldOf(show, shortest, true)] as const
  })
  return { command: `${command} --witness ${quoted(name)}`, expected: expect, found, told }
}

const reached = async ({ of, expect }: Trial & { readonly _tag: 'CanAlways' }): Promise<Found> => {
  const { subject, command } = chosen(of)
  const [found, told] = await subject(async ({ model, show }) => {
    const { answers, complete, fault, states: among } = await exhaustive(model)
    if (fault !== undefined) return [{ verdict: 'fault', says: fault.says } as const, undefined] as const
    const [answer] = answers
    if (answer?.states === undefined) throw new RangeError(`${model.name} does not ask what can always be reached`)
    const { verdict, states, counterexample } = answer
    const finding: Finding =
      verdict === 'undecided' || !complete
        ? { verdict: 'undecided', states: among }
        : { verdict: states === 0 ? 'always' : 'stuck', states, among }
    return [finding, counterexample && toldOf(show, counterexample)] as const
  })
  return { command, expected: expect, found, told }
}

const inducted = async ({ of, sizes, expect }: Trial & { readonly _tag: 'Induction' }): Promise<Found> => {
  const { subject, command } = chosen(of)
  const found = await subject(async ({ induction }): Promise<Finding> => {
    const base = induction?.()
    if (base === undefined) throw new RangeError(`${of.system} has no inductions`)
    const result = await inductive(base.model, base.states(sizes))
    const isKept = result.complete && result.base.length === 0 && result.counterexample === undefined
    return {
      verdict: isKept && result.fault === undefined ? 'kept' : 'not kept',
      states: result.satisfying,
      among: result.candidates,
      steps: result.steps
    }
  })
  const options = Object.entries(sizes).map(([size, n]) => `--${size} ${String(n)}`)
  return { command: [command, '--inductive', ...options].join(' '), expected: expect, found }
}

const decided = async ({ lemma: name, expect }: Trial & { readonly _tag: 'Lemma' }): Promise<Found> => {
  // All lemmas are made where one is asked for, which takes time.
  const { ledgerOfAll } = await import('../systems/ledger.js')
  const [row] = ledgerOfAll({ name, universes: 1 })
  if (row === undefined) throw new RangeError(`the ledger has no lemma ${name}`)
  const { grade, refuted, onAll } = row
  return {
    command: `blockforest lemmas ${name}`,
    expected: expect,
    found: {
      verdict: refuted === undefined ? grade : 'refuted',
      inputs: onAll?.inputs ?? 0,
      met: onAll?.met ?? 0
    }
  }
}

/** A place of the map: its execution is one of the catalogue's ladder, which runs it again. */
const placed = ({ counterexample, ...verdict }: QuorumVerdict): MapPlace =>
  catalogued('ladder').open((ladder) => {
    const { form, subject } = ladder
    const at = ladderAt(verdict)
    const configuration = decodeForm(form, at)
    if (E.isLeft(configuration)) throw new RangeError(configuration.left)
    return {
      ...verdict,
      command: checkCommandOf(ladder, configuration.right),
      told:
        counterexample &&
        subject(configuration.right)(({ model, show }): Told => {
          const { steps, departure } = replay(model, traceOf(at, counterexample.states, counterexample.actions))
          if (departure !== undefined) throw new RangeError(`${model.name}: ${departure.reason}`)
          const last = steps[steps.length - 1]
          return {
            steps: steps.length - 1,
            objections: (last?.failures ?? []).map(showFailure),
            text: executionText(show, steps),
            lanes: show.lanes?.(steps),
            frames: () => framesOf(show, steps)
          }
        })
    }
  })

const mapped = async ({ ladders, maxStates, expect }: Trial & { readonly _tag: 'QuorumMap' }): Promise<Found> => {
  const map: MapPlace[] = []
  for (const [nodes, phases] of ladders)
    for (const place of placesOf(nodes, phases)) map.push(placed(await quorumVerdict(place, maxStates)))
  const many = (is: (place: MapPlace) => boolean): number => map.filter(is).length
  return {
    command: undefined,
    expected: expect,
    found: {
      verdict: 'mapped',
      holds: many(({ agreement }) => agreement === 'holds'),
      violated: many(({ agreement }) => agreement === 'violated'),
      unknown: many(({ agreement }) => agreement === 'unknown'),
      contradict: many(isAgainstTheorem)
    },
    map
  }
}

/** With one phase no quorum is enough; with more, one is exactly if two of them have an honest node in common. */
export const foretold = ({ phases, meets }: Pick<MapPlace, 'phases' | 'meets'>): boolean => phases > 1 && meets

const isAgainstTheorem = (place: MapPlace): boolean =>
  place.agreement !== 'unknown' && (place.agreement === 'holds') !== foretold(place)

const ofThree = ({ expect }: Trial & { readonly _tag: 'ThreeNodes' }): Found => {
  const protocols = failing()
  const failure = failureOf(MAJORITY)
  const lanes = lanesOfFailure(failure)
  return {
    command: undefined,
    expected: expect,
    found: { verdict: protocols === iota(TABLES).length ? 'all fail' : 'some stand', protocols },
    told: {
      steps: lanes.steps.length,
      objections: failure.broken.map((one) => `no ${one}: node ${failure.scenario.honest.join(' and node ')}`),
      text: lanesText(lanes),
      lanes,
      frames: () => []
    }
  }
}

const ran = (trial: Trial): Promise<Found> => {
  switch (trial._tag) {
    case 'Search':
      return searched(trial)
    case 'Witness':
      return sought(trial)
    case 'CanAlways':
      return reached(trial)
    case 'Induction':
      return inducted(trial)
    case 'Lemma':
      return decided(trial)
    case 'QuorumMap':
      return mapped(trial)
    case 'ThreeNodes':
      return Promise.resolve(ofThree(trial))
  }
}

/** What has come out is what is to, and goes the way that the lecture claims. */
const isMet = (trial: Trial, { expected, found }: Pick<Found, 'expected' | 'found'>): boolean =>
  canonical(found) === canonical(expected) && (trial._tag !== 'Search' || trial.claims === found.verdict)

/** Runs a trial. @throws RangeError where it names what there is not. */
export const outcomeOf = async (trial: Trial): Promise<Outcome> => {
  const found = await ran(trial)
  return { told: undefined, map: [], ...found, trial, isAsClaimed: isMet(trial, found) }
}

/** Runs a station. @param comesTo what a trial comes to; by default it is run. */
export const visit = async (station: Station, comesTo = outcomeOf): Promise<Visited> => {
  const start = performance.now()
  const outcomes: Outcome[] = []
  for (const trial of station.trials) outcomes.push(await comesTo(trial))
  return {
    station,
    outcomes,
    isAsClaimed: outcomes.every(({ isAsClaimed }) => isAsClaimed),
    seconds: (performance.now() - start) / 1000
  }
}
