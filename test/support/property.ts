/**
 * Properties on random inputs, which say how often their premises were met.
 *
 * The seed is fixed, so that a run is the same everywhere. `BLOCKFOREST_SEED=n` sets another; the deep tests run
 * more inputs. A failure prints its seed, its counterexample, and the command that shows it again;
 * `BLOCKFOREST_PREMISES=1` prints how often each premise was met where nothing fails, too.
 */
import { relative } from 'node:path'
import * as fc from 'fast-check'
import { expect } from 'vitest'
import { deep } from './deep.js'

/** Tells that an input meets a premise. */
export type Meet = (premise: string) => void

/** How many inputs, and how many of them must meet each premise. */
export interface HoldsOptions {
  /** Default: 500. */
  readonly runs?: number
  /** How many inputs there are in the deep tests. Default: twenty times as many. */
  readonly deepRuns?: number
  /** The premises that the property counts, each with the fewest inputs that must meet it, if no test is deep. */
  readonly met?: Readonly<Record<string, number>>
}

const SEED = 2018

const seed = (): number => {
  const asked = process.env['BLOCKFOREST_SEED']
  return asked === undefined ? SEED : Number(asked)
}

/** How to run the current test alone with the same inputs. */
const again = (): string => {
  const { currentTestName = '', testPath = '' } = expect.getState()
  // What follows `-t` is a regular expression.
  const name = currentTestName
    .split(' > ')
    .join(' ')
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return `again: ${deep ? 'BLOCKFOREST_DEEP=1 ' : ''}BLOCKFOREST_SEED=${seed()} npx vitest run ${relative(process.cwd(), testPath)} -t ${JSON.stringify(name)}`
}

/** How a property is run, what counts its premises, and what fails the test where it does not hold. */
const runOf = <A>({ runs = 500, deepRuns = 20 * runs, met = {} }: HoldsOptions) => {
  const numRuns = deep ? deepRuns : runs
  const times = new Map<string, number>(Object.keys(met).map((premise) => [premise, 0]))
  return {
    parameters: { numRuns, seed: seed() },
    meet: (premise: string): void => {
      const before = times.get(premise)
      if (before === undefined) throw new Error(`the premise ${premise} is not among those that the property counts`)
      times.set(premise, before + 1)
    },
    judge: (details: fc.RunDetails<[A]>): void => {
      if (details.failed) throw new Error(`${fc.defaultReportMessage(details) ?? 'the property fails'}\n\n${again()}`)
      const tooRare = [...times].filter(([premise, n]) => n < ((met[premise] ?? 0) * numRuns) / runs)
      if (process.env['BLOCKFOREST_PREMISES'] === '1') console.log(Object.fromEntries(times))
      if (tooRare.length > 0)
        throw new Error(
          tooRare
            .map(
              ([premise, n]) => `"${premise}" was met ${n} times in ${numRuns} runs, wanted ${met[premise]} in ${runs}`
            )
            .concat(again())
            .join('\n')
        )
    }
  }
}

/** Checks on random inputs that nothing in `body` throws, and that the premises were met often enough. */
export const holds = <A>(
  inputs: fc.Arbitrary<A>,
  body: (input: A, meet: Meet) => void,
  options: HoldsOptions = {}
): void => {
  const { parameters, meet, judge } = runOf<A>(options)
  judge(
    fc.check(
      fc.property(inputs, (input) => body(input, meet)),
      parameters
    )
  )
}

/**
 * The same for what takes long: other tasks run now and then, as a test that blocks its thread for a minute is taken for
 * dead.
 */
export const holdsLong = async <A>(
  inputs: fc.Arbitrary<A>,
  body: (input: A, meet: Meet) => void,
  options: HoldsOptions = {}
): Promise<void> => {
  const { parameters, meet, judge } = runOf<A>(options)
  let turns = 0
  const property = fc.asyncProperty(inputs, async (input) => {
    body(input, meet)
    if (++turns % 64 === 0) await new Promise((resolve) => setImmediate(resolve))
  })
  judge(await fc.check(property, parameters))
}

/** An input at a time, for what cannot be put in one property: the first `count` inputs of an arbitrary. */
export const samples = <A>(inputs: fc.Arbitrary<A>, count: number): ReadonlyArray<A> =>
  fc.sample(inputs, { numRuns: count, seed: seed() })
