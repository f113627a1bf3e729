/**
 * Every search against the plain one, on models of which nobody thought beforehand: networks with faults, systems with
 * several initial states, with many steps from a state, with cycles, and functions that throw.
 *
 * What is said must be the same: that all holds, that an invariant is violated, or that the model itself is at fault; the
 * counts wherever a search promises them; and what is reported is run again by the specification. A failure prints the number
 * of the model and the command that shows it again.
 */
import { relative } from 'node:path'
import { expect, test } from 'vitest'
import {
  exhaustive,
  parallel,
  randomized,
  readTrace,
  replay,
  statesAlong,
  traceOf,
  writeTrace
} from '../../../../invariants/checker/index.js'
import { canonical } from '../../../../invariants/checker/data/canonical.js'
import type { ExhaustiveOptions, Model, Result } from '../../../../invariants/checker/index.js'
import { failures } from '../../../../invariants/property/invariant.js'
import { deep } from '../../../support/deep.js'
import { randomProtocol } from '../../../support/randomProtocol.js'
import { randomSystem } from '../../../support/randomSystem.js'

const MODELS = deep ? 10_000 : 80
const FIRST = Number(process.env['BLOCKFOREST_SEED'] ?? 1)
/** Larger models are left out: a part of a model is another one for each search. */
const BOUND = deep ? 3000 : 800

/** What is said of a model. */
const verdictOf = ({ counterexample, fault, complete }: Result<unknown, unknown>): string =>
  fault ? 'fault' : counterexample ? 'violated' : complete ? 'holds' : 'unknown'

/** How many steps lead to what is wrong, the one that fails included: every search that is breadth first finds the fewest. */
const stepsOf = ({ counterexample, fault }: Result<unknown, unknown>): number =>
  counterexample?.actions.length ??
  (fault === undefined ? -1 : fault.actions.length + (fault.action === undefined ? 0 : 1))

/** An execution that was reported is one of the model, and ends in what is reported. */
const isConfirmed = <S, A>(model: Model<S, A>, { counterexample, fault }: Result<S, A>): boolean => {
  const found = counterexample ?? fault
  if (found === undefined) return true
  const states = statesAlong(model, found)
  const last = states.slice(found.actions.length)
  if (found.states.length !== states.length || states.some((s, i) => model.key(s) !== model.key(found.states[i] ?? s)))
    return false
  return last.some((s) => counterexample === undefined || model.invariants.some((one) => failures(one, s).length > 0))
}

/** A counterexample is the same when it has been written to a file and read. */
const isKept = <S, A>(model: Model<S, A>, { counterexample }: Result<S, A>): boolean => {
  if (counterexample === undefined) return true
  const trace = readTrace(writeTrace(traceOf({}, counterexample.states, counterexample.actions)))
  if (trace._tag === 'Left') return false
  const { steps, departure } = replay(model, trace.right)
  return departure === undefined && (steps.at(-1)?.failures.length ?? 0) > 0
}

/** A search that is kept when it is due for the n-th time, and another that goes on from there. */
const resumed = async <S, A>(model: Model<S, A>): Promise<Result<S, A>> => {
  const kept: Uint8Array[] = []
  const whole = await exhaustive(model, { checkpoint: { isDue: () => true, save: (bytes) => kept.push(bytes) } })
  return kept.length === 0 ? whole : exhaustive(model, { resume: kept.at(-1)! })
}

/** The searches of a model, and whether each finds what is nearest, and counts what the plain one counts. */
const searchesOf = <S, A>(model: Model<S, A>) => {
  const run = (options: ExhaustiveOptions) => (): Promise<Result<S, A>> => exhaustive(model, options)
  const all = { nearest: false, counts: true }
  return [
    { name: 'breadth first', nearest: true, counts: true, search: run({}) },
    { name: 'exact', nearest: true, counts: true, search: run({ exact: true }) },
    { name: 'iterative deepening', nearest: true, counts: true, search: run({ order: 'iterative-deepening' }) },
    { name: 'resumed', nearest: true, counts: true, search: () => resumed(model) },
    { name: 'depth first', ...all, search: run({ order: 'depth-first' }) },
    { name: 'depth first, exact', ...all, search: run({ order: 'depth-first', exact: true }) },
    ...(model.scores ?? []).map(({ name }) => ({
      name: `guided toward ${name}`,
      ...all,
      search: run({ order: 'guided', toward: name })
    })),
    ...(model.compact === undefined
      ? []
      : [
          {
            name: 'by a thread',
            ...all,
            search: () => parallel(model, { module: 'data:text/javascript,', name: '', argument: 0 }, { threads: 1 })
          }
        ]),
    ...(model.compact === undefined || model.invariants.some(({ name }) => name === 'count')
      ? []
      : [{ name: 'without no-ops', nearest: false, counts: false, search: run({ reduce: ['noop'] }) }])
  ]
}

/** What differs between the searches of a model and the plain one. */
const differencesOf = async <S, A>(model: Model<S, A>, plain: Result<S, A>): Promise<ReadonlyArray<string>> => {
  const differing: string[] = []
  for (const { name, nearest, counts, search } of searchesOf(model)) {
    const found = await search()
    const [said, expected] = [verdictOf(found), verdictOf(plain)]
    // Which of several things that are wrong is met first depends on the order.
    if ((said === 'holds') !== (expected === 'holds')) differing.push(`${name}: ${said}, plain: ${expected}`)
    // A bound of iterative deepening may show a fault one step beyond it.
    const isDeeper = said === 'fault' && name === 'iterative deepening' && stepsOf(found) === stepsOf(plain) + 1
    if (nearest && !isDeeper && stepsOf(found) !== stepsOf(plain))
      differing.push(`${name}: after ${stepsOf(found)} steps, plain: ${stepsOf(plain)}`)
    const numbers = ({ states, transitions, coverage }: Result<S, A>): string =>
      canonical([states, transitions, coverage])
    if (counts && expected === 'holds' && numbers(found) !== numbers(plain))
      differing.push(`${name}: ${numbers(found)}, plain: ${numbers(plain)}`)
    if (!isConfirmed(model, found)) differing.push(`${name}: what is reported is no execution of the model`)
    if (!isKept(model, found)) differing.push(`${name}: its trace is no counterexample`)
  }
  const random = await randomized(model, { seed: 1, runs: 10, steps: 20 })
  if (verdictOf(random) !== 'unknown' && verdictOf(plain) === 'holds') differing.push(`at random: ${verdictOf(random)}`)
  if (!isConfirmed(model, random)) differing.push('at random: what is reported is no execution of the model')
  return differing
}

const again = (seed: number): string => {
  const { currentTestName = '', testPath = '' } = expect.getState()
  return `again: BLOCKFOREST_SEED=${seed} npx vitest run ${relative(process.cwd(), testPath)} -t ${JSON.stringify(currentTestName.split(':')[0])}`
}

/** Compares the searches of so many models. */
const compare = async <S, A>(modelOf: (seed: number) => Model<S, A>): Promise<Readonly<Record<string, number>>> => {
  const seen = { holds: 0, violated: 0, fault: 0, unknown: 0 }
  for (let seed = FIRST; seed < FIRST + MODELS; seed++) {
    const model = modelOf(seed)
    const plain = await exhaustive(model, { plain: true, maxStates: BOUND })
    const verdict = verdictOf(plain)
    seen[verdict as keyof typeof seen]++
    if (verdict === 'unknown') continue
    const differing = await differencesOf(model, plain)
    if (differing.length > 0) throw new Error(`${model.name}\n${differing.join('\n')}\n\n${again(seed)}`)
  }
  return seen
}

test('on random systems, all searches say the same', async () => {
  const { holds = 0, violated = 0, fault = 0 } = await compare((seed) => randomSystem(seed, { wild: true }))
  expect(Math.min(holds, violated, fault)).toBeGreaterThan(MODELS / 20)
})

test('on random networks, all searches say the same', async () => {
  const { holds = 0, violated = 0, fault = 0 } = await compare((seed) => randomProtocol(seed, { wild: true }))
  expect(Math.min(holds, violated, fault)).toBeGreaterThan(MODELS / 20)
})
