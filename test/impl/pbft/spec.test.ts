/**
 * A replica of the library does what the specification does, at every step of random runs: with messages that are lost,
 * repeated and late, timers that run out at any time, clients that ask for many things at once, and nonsense.
 * `npm run test:deep` takes a million steps.
 */
import { describe, expect, test } from 'vitest'
import { configure, forget, toSpec } from '../../../impl/pbft/index.js'
import type { Configuration } from '../../../impl/pbft/index.js'
import { differenceIn, isLost, reactionTo, sentIn } from '../../../impl/pbft/validate.js'
import { digestOf, initialReplica, isAnswered } from '../../../spec/byzantine/pbft/replica.js'
import type { Request } from '../../../spec/byzantine/pbft/messages.js'
import type { Replica } from '../../../spec/byzantine/pbft/state.js'
import { deep } from '../../support/deep.js'
import { listService, run, small } from './runs.js'
import type { Course, Taken } from './runs.js'

const STEPS = 600
const RUNS = Math.ceil((deep ? 1_000_000 : 24_000) / STEPS / 4)

const LOSSY: Course = { steps: STEPS, nonsense: 0, timers: 4, losses: 5, isOrderly: true }
const courses: Readonly<Record<string, Course>> = {
  'nothing goes wrong': { steps: STEPS, nonsense: 0, timers: 0, losses: 0, isOrderly: true },
  'messages are lost, and timers run out': LOSSY,
  'clients ask for many things at once': { steps: STEPS, nonsense: 0, timers: 3, losses: 2, isOrderly: false },
  'a third is nonsense': { steps: STEPS, nonsense: 33, timers: 2, losses: 1, isOrderly: false }
}

/** Each run of a course; other tasks run in between, as a test that blocks its thread for a minute is taken for dead. */
const eachRun = async (
  c: Configuration<ReadonlyArray<string>>,
  course: Course,
  tell: (seed: number) => (taken: Taken) => void
): Promise<void> => {
  for (let seed = 1; seed <= RUNS; seed++) {
    run(c, seed, course, tell(seed))
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const timeoutOf = { timeout: deep ? 7_200_000 : 60_000 }

const seven = configure({ replicas: 7, clients: 2, service: listService, period: 2, window: 4, waiting: 2 })

describe.each([
  ...Object.entries(courses).map(([name, course]) => [name, course, small] as const),
  ['two of seven replicas may be faulty', { ...LOSSY, steps: 4 * STEPS, timers: 1 }, seven] as const
])('where %s', (name, course, c) => {
  test(`every step of ${RUNS} runs is one of the specification`, timeoutOf, async () => {
    const kinds = new Map<string, number>()
    const count = (kind: string): void => void kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    await eachRun(c, course, () => ({ before, input, after, outputs }) => {
      const [first] = outputs
      const isRefused = first?._tag === 'Refused'
      const again = input._tag === 'Timer' && before.view === after.view ? 'said again' : 'gives up'
      count(isRefused ? first.because : input._tag === 'Receive' ? input.message._tag : again)
      expect(differenceIn(c, before, input, [after, outputs])).toBeUndefined()
      if (isRefused) expect(after).toBe(before)
      expect(first?._tag === 'Store').toBe(after !== before)
    })
    if (process.env['BLOCKFOREST_PREMISES'] === '1') console.log(name, Object.fromEntries(kinds))
    for (const kind of ['Request', 'PrePrepare', 'Prepare', 'Commit', 'Checkpoint'])
      expect(kinds.get(kind), kind).toBeGreaterThan(9)
    if (course.timers > 0)
      for (const kind of ['ViewChange', 'NewView', 'gives up', 'said again', 'FetchState'])
        expect(kinds.get(kind), kind).toBeGreaterThan(0)
  })
})

/** A service in which no request is forgotten, so that nothing but what is dead is. */
const roomy = configure({ replicas: 4, clients: 2, service: listService, period: 2, window: 4, waiting: 1000 })

/** What a replica still has to say, as far as it knows: what the library does not forget. */
const essence = (st: Replica): string => {
  const { log, requests } = forget(roomy, { ...st, view: -1 }, st)
  const isOpen = (r: Request): boolean => !isAnswered(st, r) || log.some((e) => e.digest === digestOf(roomy.pbft, r))
  const { newViews: _, ...rest } = forget(roomy, { ...st, view: -1 }, st)
  return JSON.stringify(Object.entries({ ...rest, requests: requests.filter(isOpen) }).toSorted())
}

test.each(['nothing goes wrong', 'messages are lost, and timers run out'])(
  'what is forgotten matters to nobody: a replica that forgets nothing says the same, where %s',
  timeoutOf,
  async (name) => {
    let forgotten = 0
    await eachRun(roomy, courses[name]!, () => {
      const whole = new Map(roomy.pbft.replicas.map((id) => [id, initialReplica(roomy.pbft, id)]))
      return ({ before, input, after, outputs }) => {
        const st = whole.get(before.id)!
        if (isLost(outputs)) return
        const [next, letters] = reactionTo(roomy, st, input, before) ?? [st, undefined]
        whole.set(before.id, next)
        if (letters !== undefined) expect(sentIn(outputs)).toBe(JSON.stringify(letters))
        expect(essence(toSpec(after))).toBe(essence(next))
        if (next.viewChanges.length > after.viewChanges.length) forgotten++
      }
    })
    if (courses[name]!.timers > 0) expect(forgotten).toBeGreaterThan(100)
  }
)
