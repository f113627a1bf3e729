/**
 * Induction takes one step from every given state in which the invariants hold.
 */
import * as O from 'fp-ts/lib/Option.js'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { inductive } from '../../../../invariants/checker/search/inductive.js'
import { freely, protocolModel, untimed } from '../../../../invariants/checker/network/protocolModel.js'
import { systemModel } from '../../../../invariants/checker/model/systemModel.js'
import { eachNode, whole } from '../../../../invariants/property/invariant.js'
import type { Invariant } from '../../../../invariants/property/invariant.js'
import { iota } from '../../../../spec/prelude/seq.js'
import type { Address } from '../../../../spec/system/address.js'

// Searches pause by the clock too: it stands still where pauses are counted.
beforeEach(() => {
  vi.spyOn(performance, 'now').mockReturnValue(0)
})
afterEach(() => {
  vi.restoreAllMocks()
})

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

  test('takes no step where an action leads nowhere', async () => {
    const stuck = systemModel<number, 'up' | 'down'>({
      name: 'stuck',
      system: {
        initial: [0],
        actions: () => ['up', 'down'],
        next: (n, a) => (a === 'up' ? (n < 3 ? O.some(n + 1) : O.none) : n > 0 ? O.some(n - 1) : O.none)
      },
      invariants: [says('at most 3', (n) => n <= 3)]
    })
    expect(await inductive(stuck, [0, 1, 2, 3])).toMatchObject({ satisfying: 4, steps: 6, counterexample: undefined })
  })

  test('seeks the state before a counterexample in a network too, whatever else fails there', async () => {
    interface Counter {
      readonly id: Address
      readonly n: number
    }
    const counter = protocolModel({
      name: 'counter',
      nodes: 1,
      protocol: untimed<Counter, string, 'count'>({
        Init: (id) => ({ id, n: 0 }),
        procMsg: (st) => [st, []],
        procInt: (st) => [{ ...st, n: st.n + 1 }, []]
      }),
      environment: freely<Counter, string, 'count'>((_n, { n }) => (n < 9 ? ['count'] : [])),
      invariants: [
        eachNode<Counter, string>('not 2, 5', 'is not', (node, { n }) =>
          n === 2 || n === 5 ? [{ node, witness: `${n}` }] : []
        )
      ]
    })
    const { initial, actions, next } = counter.system
    const after = (times: number) => {
      let [state] = initial
      for (let i = 0; i < times; i++) state = O.toUndefined(next(state!, actions(state!)[0]!))
      return state!
    }
    const { counterexample } = await inductive(counter, [after(0), after(4)])
    expect(counterexample).toMatchObject({ failures: [{ witness: '5' }], searched: { depth: 4, states: 5 } })
    expect(counterexample?.reached?.states).toEqual([0, 1, 2, 3, 4].map(after))
  })

  test('says how far it is before the first state, and after every 4,096', async () => {
    const seen: unknown[] = []
    await inductive(evens(even), iota(8193), { onProgress: (progress) => seen.push(progress) })
    expect(seen).toEqual([
      { states: 1, transitions: 0, depth: 1, frontier: 0 },
      { states: 4097, transitions: 10, depth: 1, frontier: 0 },
      { states: 8193, transitions: 10, depth: 1, frontier: 0 }
    ])
  })

  test('takes as many seconds as it says', async () => {
    vi.restoreAllMocks()
    const started = performance.now()
    const { seconds } = await inductive(evens(even), iota(30))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual((performance.now() - started) / 1000)
  })
})
