/**
 * Properties on random inputs, which say how often their premises were met.
 *
 * The seed is fixed, so that a run is the same everywhere. `BLOCKFOREST_SEED=n` sets another; the deep tests run
 * twenty times as many inputs. A failure prints its seed, its counterexample, and the command that shows it again;
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
  /** The premises that the property counts, each with the fewest inputs that must meet it. */
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
  const name = currentTestName.split(' > ').join(' ')
  return `again: ${deep ? 'BLOCKFOREST_DEEP=1 ' : ''}BLOCKFOREST_SEED=${seed()} npx vitest run ${relative(process.cwd(), testPath)} -t ${JSON.stringify(name)}`
}

/** Checks on random inputs that nothing in `body` throws, and that the premises were met often enough. */
export const holds = <A>(
  inputs: fc.Arbitrary<A>,
  body: (input: A, meet: Meet) => void,
  { runs = 500, met = {} }: HoldsOptions = {}
): void => {
  const factor = deep ? 20 : 1
  const times = new Map<string, number>(Object.keys(met).map((premise) => [premise, 0]))
  const property = fc.property(inputs, (input) => {
    body(input, (premise) => {
      const before = times.get(premise)
      if (before === undefined) throw new Error(`the premise ${premise} is not among those that the property counts`)
      times.set(premise, before + 1)
    })
  })
  const details = fc.check(property, { numRuns: runs * factor, seed: seed() })
  if (details.failed) throw new Error(`${fc.defaultReportMessage(details) ?? 'the property fails'}\n\n${again()}`)
  const tooRare = [...times].filter(([premise, n]) => n < (met[premise] ?? 0) * factor)
  if (process.env['BLOCKFOREST_PREMISES'] === '1') console.log(Object.fromEntries(times))
  if (tooRare.length > 0)
    throw new Error(
      tooRare
        .map(([premise, n]) => `"${premise}" was met ${n} times in ${runs * factor} runs, wanted ${met[premise]}`)
        .concat(again())
        .join('\n')
    )
}

/** An input at a time, for what cannot be put in one property: the first `count` inputs of an arbitrary. */
export const samples = <A>(inputs: fc.Arbitrary<A>, count: number): ReadonlyArray<A> =>
  fc.sample(inputs, { numRuns: count, seed: seed() })
