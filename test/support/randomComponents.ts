/**
 * Random small systems of components: what an action does, and what an invariant says, is looked up in random tables by
 * some of the components that it says it reads.
 */
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { componentModel } from '../../invariants/checker/components/componentModel.js'
import { components } from '../../invariants/checker/components/system.js'
import type { ComponentStep, Effect } from '../../invariants/checker/components/system.js'
import type { Model } from '../../invariants/checker/model/model.js'
import { all, whole } from '../../invariants/property/invariant.js'
import { iota } from '../../spec/prelude/seq.js'

/** Components of several shapes, so that equal values are not the same values. */
export type RandomState = Readonly<Record<string, { readonly n: number } | readonly [number] | number | undefined>>

const { action, invariant } = components<RandomState>()

const numberIn = (value: RandomState[string]): number =>
  typeof value === 'number' ? value : value === undefined ? 0 : 'n' in value ? value.n : value[0]

const valueOf = (shape: number, n: number): RandomState[string] =>
  [n, { n }, [n] as const, n === 0 ? undefined : n][shape]

/** The model of the random system with a number. */
export const randomComponents = (seed: number): Model<RandomState, ComponentStep> => {
  const random = xoroshiro128plus(seed)
  const draw = (below: number): number => uniformInt(random, 0, below - 1)
  const some = <X>(of: ReadonlyArray<X>): ReadonlyArray<X> => of.filter(() => draw(2) === 0)
  const shapes = iota(2 + draw(4)).map(() => draw(4))
  const names = shapes.map((_, i) => `c${i}`)
  const values = 2 + draw(3)
  const set = (name: string, n: number) => [name, valueOf(shapes[names.indexOf(name)]!, n)] as const
  const state = (): RandomState => Object.fromEntries(names.map((name) => set(name, draw(values))))

  /** Random answers, by what is read; it stops reading where what it has seen is even, or not. */
  const table = <X>(make: () => X): ((seen: RandomState, reads: ReadonlyArray<string>) => X) => {
    const answers = new Map<string, X>()
    const parity = draw(3)
    return (seen, reads) => {
      const read: number[] = []
      for (const name of reads)
        if (read.at(-1) === undefined || read.at(-1)! % 2 !== parity) read.push(numberIn(seen[name]))
      const key = read.join()
      if (!answers.has(key)) answers.set(key, make())
      return answers.get(key)!
    }
  }
  const actions = iota(2 + draw(5)).map((nth) => {
    const [reads, writes] = [some(names), some(names)]
    const steps = table(
      (): ReadonlyArray<Effect<RandomState>> =>
        iota(draw(4)).map((choice) => ({
          choice: { choice },
          then: Object.fromEntries(some(writes).map((name) => set(name, draw(values))))
        }))
    )
    return action({ name: `a${nth % 2}`, at: nth, reads, writes, steps: (seen) => steps(seen, reads) })
  })
  const conjuncts = iota(draw(4)).map((nth) => {
    const reads = some(names)
    const bad = table(() => draw(20) === 0)
    return invariant(`i${nth}`, 'it is not bad', reads, (seen) => (bad(seen, reads) ? [{ witness: 'it is' }] : []))
  })
  const limit = draw(3) === 0 ? values * names.length - 1 - draw(3) : Infinity
  const sum = (s: RandomState): number => names.reduce((total, name) => total + numberIn(s[name]), 0)
  return componentModel<RandomState>({
    name: `random components ${seed}`,
    initial: iota(1 + draw(3)).map(state),
    actions,
    invariants: [
      all('all', 'all hold', conjuncts),
      whole('sum', 'the sum is small', (s) => (sum(s) > limit ? [{ witness: String(sum(s)) }] : []))
    ],
    states: [{ name: 'even', says: 'the sum is even', of: (s) => sum(s) % 2 === 0 }],
    steps: [{ name: 'down', says: 'the sum decreases', of: (before, after) => sum(after) < sum(before) }]
  })
}
