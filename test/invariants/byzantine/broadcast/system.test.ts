/**
 * Reliable broadcast as a system: each theorem is broken by a mutant, and what its model leaves out does not matter.
 */
import * as E from 'fp-ts/lib/Either.js'
import { isRight } from 'fp-ts/lib/Either.js'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { linesOf } from '../../../../impl/conformance/files.js'
import { BroadcastCase } from '../../../../impl/conformance/bythos/codec.js'
import { readMessage, readState, value_bft } from '../../../../impl/conformance/bythos/run.js'
import { broadcastForm, broadcastRefuses, scopeOf } from '../../../../invariants/byzantine/broadcast/configuration.js'
import type { BroadcastConfiguration } from '../../../../invariants/byzantine/broadcast/configuration.js'
import { mutants, usual } from '../../../../invariants/byzantine/broadcast/mutants.js'
import { broadcastNetwork, setRules } from '../../../../invariants/byzantine/broadcast/network.js'
import { canonical } from '../../../../invariants/checker/data/canonical.js'
import { exhaustive, protocolModel, replay, traceOf } from '../../../../invariants/checker/index.js'
import { executionText, initialOf, systemCalled } from '../../../../invariants/systems/index.js'
import type { System } from '../../../../invariants/systems/index.js'
import { eq_message, ReliableBroadcast } from '../../../../spec/byzantine/broadcast.js'
import type { BroadcastMessage, BroadcastState } from '../../../../spec/byzantine/broadcast.js'
import { entries } from '../../../../spec/prelude/unionMap.js'
import { netAddr } from '../../../../spec/system/address.js'
import { deep } from '../../../support/deep.js'

const network = (more: Partial<BroadcastConfiguration>, rules = setRules) =>
  broadcastNetwork(rules)({ ...usual, ...more })

describe('the parameters', () => {
  test('leave an honest node, and name one that broadcasts', () => {
    expect(broadcastRefuses(usual)).toBeUndefined()
    expect(broadcastRefuses({ ...usual, byzantine: 4 })).toBe('expected an honest node at least, found none')
    expect(broadcastRefuses({ ...usual, origin: 4 })).toBe('origin: expected a node from 0 to 3, found 4')
    expect(() => scopeOf({ ...usual, byzantine: 4 })).toThrow(RangeError)
    expect(initialOf(broadcastForm)).toEqual(E.right(usual))
  })

  test('say which nodes lie, and what is broadcast', () => {
    const { honest, liars, slots, isHonest, value_bft: value } = scopeOf({ ...usual, origin: 3, rounds: 2, values: 3 })
    expect([honest, liars, slots, isHonest]).toEqual([
      [0, 1, 2],
      [3],
      [
        [3, 0],
        [3, 1]
      ],
      false
    ])
    expect(slots.map((slot) => value(...slot))).toEqual([0, 1])
  })
})

describe('each theorem is broken by a mutant, asked alone', () => {
  const mutantCalled = (name: string) => mutants.find((one) => one.name === name)!
  test.each([
    ['vote uniqueness', 'few-echoes', 6],
    ['output uniqueness', 'two-outputs', 2],
    ['unique output', 'two-outputs', 2],
    ['first vote due to echo', 'lone-vote', 1],
    ['vote integrity', 'lone-vote', 1],
    ['output integrity', 'lone-output', 1]
  ])('%s by %s', async (theorem, name, steps) => {
    const { where, network: wrong } = mutantCalled(name)
    const of = (options: ReturnType<typeof wrong>) => ({
      ...options,
      invariants: options.invariants.filter((one) => one.name === theorem)
    })
    const { counterexample } = await exhaustive(protocolModel(of(wrong(where))))
    expect(counterexample?.failures.map(({ path }) => path)).toEqual([[theorem]])
    expect(counterexample?.actions.length).toBe(steps)
    // It is the rule: without the change there is nothing among the first states.
    const { counterexample: none } = await exhaustive(protocolModel(of(network(where))), { maxStates: 5_000 })
    expect(none).toBeUndefined()
  })

  test.each([
    ['validity in round 0', 'all-echoes'],
    ['agreement at last on 0 in round 0', 'all-votes'],
    ['totality of 0 in round 0', deep ? 'no-relay' : 'all-votes']
  ])(
    '%s by %s',
    async (theorem, name) => {
      const { where, network: wrong } = mutantCalled(name)
      // Where the Byzantine node votes for nobody, all that output a value have it from all.
      const lies = theorem.startsWith('totality') && name === 'all-votes' ? { lies: 'votes' as const } : {}
      const { answers } = await exhaustive(protocolModel(wrong({ ...where, ...lies })))
      expect(answers.find(({ property }) => property === theorem)?.verdict).toBe('violated')
    },
    240_000
  )
})

describe('what the model leaves out', () => {
  const cases: Array<{ st: BroadcastState; n: number; f: number; from: BroadcastState['id']; m: BroadcastMessage }> = []
  beforeAll(async () => {
    const data = fileURLToPath(new URL('../../../data/bythos', import.meta.url))
    for (const file of ['rb.jsonl.gz', 'rb_random.jsonl.gz'])
      for await (const line of linesOf(join(data, file))) {
        const read = isRight(line) ? BroadcastCase.decode(JSON.parse(line.right)) : undefined
        if (read === undefined || E.isLeft(read)) continue
        const { before, event, n, f } = read.right
        if ('from' in event) cases.push({ st: readState(before), n, f, from: event.from, m: readMessage(event.msg) })
      }
  })

  const sorted = (st: BroadcastState): BroadcastState => ({
    ...st,
    msgcnt: { _tag: 'Def', entries: entries(st.msgcnt).map(([m, ns]) => [m, [...ns].sort((a, b) => a - b)]) }
  })

  test('a message that arrives again changes nothing, and is not answered', () => {
    expect(cases.length).toBeGreaterThan(400)
    for (const { st, n, f, from, m } of cases) {
      const { procMsg } = ReliableBroadcast(netAddr(n), { f }, value_bft)
      const [once] = procMsg(st, from, m)
      expect(procMsg(once, from, m)).toEqual([once, []])
    }
  })

  test('in which order senders were heard does not matter', () => {
    for (const { st, n, f, from, m } of cases) {
      const [after, sent] = ReliableBroadcast(netAddr(n), { f }, value_bft).procMsg(st, from, m)
      const set = ReliableBroadcast(netAddr(n), { f }, value_bft, setRules).procMsg(sorted(st), from, m)
      expect(set).toEqual([sorted(after), sent])
    }
  })

  test('messages are equal iff they are spelt the same', () => {
    for (const { m } of cases)
      for (const { m: l } of cases.slice(0, 60)) expect(eq_message.equals(l, m)).toBe(canonical(l) === canonical(m))
  })

  test('a search up to symmetry looks at fewer states, and finds nothing either', async () => {
    const model = protocolModel(network({ lies: 'initials', origin: 3, values: 2 }))
    expect((await exhaustive(model)).states).toBe(15_343)
    expect(await exhaustive(model, { reduce: ['symmetry'] })).toMatchObject({
      states: 2_753,
      counterexample: undefined
    })
  })
})

test('an execution in words', async () => {
  await systemCalled('broadcast')!.open(async (system) => {
    const { subject } = system as unknown as System<BroadcastConfiguration>
    await subject({ ...usual, nodes: 3 })(async ({ model, show }) => {
      const found = (await exhaustive(model)).counterexample!
      const { steps } = replay(model, traceOf({}, found.states, found.actions))
      expect(executionText(show, steps).split('\n').slice(4, 8)).toEqual([
        '   1  node 2, which is not honest, tells node 0 Vote 0 of 0.0',
        '      node 0  heard Vote 0 of 0.0 from 2; voted 0 of 0.0',
        '      in flight: 0→0 Vote 0 of 0.0, 0→1 Vote 0 of 0.0',
        '      ✗ first vote due to echo: of the broadcast of node 0 in round 0 the value 0 is voted for, and no voter has heard 3 echoes'
      ])
    })
  })
})
