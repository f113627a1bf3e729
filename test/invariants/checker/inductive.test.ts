/**
 * Induction takes one step from every given state in which the invariants hold.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { inductive } from '../../../invariants/checker/inductive.js'
import { systemModel } from '../../../invariants/checker/library.js'
import { whole } from '../../../invariants/invariant.js'
import type { Invariant } from '../../../invariants/invariant.js'
import { iota } from '../../../spec/prelude/seq.js'

/** Even numbers, up by two; from 7 to 9. */
const evens = (...invariants: ReadonlyArray<Invariant<number, unknown>>) =>
  systemModel<number, 'two more'>({
    name: 'evens',
    system: { initial: [0], actions: (n) => (n < 20 ? ['two more'] : []), next: (n) => O.some(n + 2) },
    invariants
  })
const says = (name: string, holds: (n: number) => boolean): Invariant<number, unknown> =>
  whole(name, name, (n) => (holds(n) ? [] : [{ witness: String(n) }]))

const even = says('even', (n) => n % 2 === 0)
const not9 = says('not 9', (n) => n !== 9)

describe('induction', () => {
  test('holds where every step keeps the invariant', async () => {
    const result = await inductive(evens(even), iota(30))
    expect(result).toMatchObject({ candidates: 30, satisfying: 15, steps: 10, base: [], counterexample: undefined })
  })

  test('fails for an invariant that holds of every execution and does not say why', async () => {
    const { counterexample, candidates, satisfying } = await inductive(evens(not9), iota(30))
    expect(counterexample).toMatchObject({ before: 7, action: 'two more', after: 9, failures: [{ witness: '9' }] })
    expect([candidates, satisfying]).toEqual([8, 8])
    expect(counterexample?.reached).toBeUndefined()
    expect(counterexample?.searched).toEqual({ depth: 6, states: 7, complete: false })
  })

  test('holds for the same invariant together with one that says why', async () => {
    expect((await inductive(evens(even, not9), iota(30))).counterexample).toBeUndefined()
  })

  test('fails at a reachable state for what is not invariant, and says how it is reached', async () => {
    const { counterexample } = await inductive(evens(says('below 9', (n) => n < 9)), [6, 8, 10])
    expect(counterexample).toMatchObject({ before: 8, after: 10, reached: { states: [0, 2, 4, 6, 8] } })
    expect(counterexample?.reached?.actions).toHaveLength(4)
  })

  test('seeks the state before a counterexample within bounds', async () => {
    const at18 = evens(says('below 19', (n) => n < 19))
    const { counterexample: near } = await inductive(at18, [18], { depth: 8 })
    expect(near).toMatchObject({ reached: undefined, searched: { depth: 8, states: 9, complete: false } })
    const { counterexample: far } = await inductive(at18, [18], { depth: 9 })
    expect(far?.reached?.actions).toHaveLength(9)
    const { counterexample: few } = await inductive(at18, [18], { depth: 20, maxStates: 5 })
    expect(few).toMatchObject({ reached: undefined, searched: { states: 5, complete: false } })
    const { counterexample: odd } = await inductive(evens(says('not 19', (n) => n !== 19)), [17], { depth: 20 })
    expect(odd).toMatchObject({ reached: undefined, searched: { states: 11, complete: true } })
  })

  test('names what fails initially', async () => {
    const { base, counterexample } = await inductive(evens(says('positive', (n) => n > 0)), iota(30))
    expect([base.map(({ witness }) => witness), counterexample]).toEqual([['0'], undefined])
  })
})
