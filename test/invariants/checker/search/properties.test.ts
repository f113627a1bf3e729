/**
 * What is asked besides invariants, in every search: of a plain system, and of a network, where most of it is looked up.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import type { Model } from '../../../../invariants/checker/model/model.js'
import { missedGoals } from '../../../../invariants/checker/model/result.js'
import type { Result } from '../../../../invariants/checker/model/result.js'
import { systemModel } from '../../../../invariants/checker/model/systemModel.js'
import { freely, protocolModel, untimed } from '../../../../invariants/checker/network/protocolModel.js'
import { exhaustive } from '../../../../invariants/checker/search/exhaustive.js'
import type { ExhaustiveOptions } from '../../../../invariants/checker/search/exhaustive.js'
import { randomized } from '../../../../invariants/checker/search/randomized.js'
import { replay, traceOf } from '../../../../invariants/checker/trace/trace.js'
import { whole } from '../../../../invariants/property/invariant.js'
import {
  alwaysReachable,
  eventually,
  goal,
  noDeadlock,
  nodeReaction,
  nodeStep,
  occasionOf,
  stepInvariant,
  weakly
} from '../../../../invariants/property/property.js'
import type { Property, Reaction } from '../../../../invariants/property/property.js'
import { refines } from '../../../../invariants/property/refinement.js'
import { netAddr } from '../../../../spec/system/address.js'
import type { Address } from '../../../../spec/system/address.js'
import type { Action } from '../../../../spec/system/executions.js'

/** All ways to search all of a model. */
const SEARCHES: ReadonlyArray<ExhaustiveOptions> = [
  {},
  { exact: true },
  { order: 'depth-first' },
  { order: 'depth-first', exact: true },
  { order: 'iterative-deepening' },
  { plain: true }
]
/** Those of them that find shortest counterexamples. */
const SHORTEST = SEARCHES.filter(({ order }) => order !== 'depth-first')

/** A counter that goes on by one or by two, up to five, where it ends. */
const counter = (properties: ReadonlyArray<Property<number, 1 | 2>>): Model<number, 1 | 2> =>
  systemModel<number, 1 | 2>({
    name: 'counter',
    system: {
      initial: [0],
      actions: (n) => (n < 4 ? [1, 2] : n < 5 ? [1] : []),
      next: (n, by) => O.some(n + by)
    },
    invariants: [],
    properties
  })

/** What nodes do that each send one ping to the next, which counts it. */
const pinging = (nodes: number) =>
  untimed<Pinged, 'ping', 'send'>({
    Init: (id) => ({ id, sent: false, heard: 0 }),
    procMsg: (st) => [{ ...st, heard: st.heard + 1 }, []],
    procInt: (st) => [
      { ...st, sent: true },
      [{ src: st.id, dst: netAddr(nodes).enum[(st.id + 1) % nodes]!, msg: 'ping' }]
    ]
  })

/** Such nodes. */
const pings = (
  nodes: number,
  properties: NonNullable<Parameters<typeof protocolModel<null, Pinged, 'ping', 'send', 0>>[0]['properties']>
) =>
  protocolModel<null, Pinged, 'ping', 'send', 0>({
    name: 'pings',
    nodes,
    protocol: pinging(nodes),
    environment: freely((_, { sent }) => (sent ? [] : ['send'])),
    invariants: [],
    properties
  })
interface Pinged {
  readonly id: Address
  readonly sent: boolean
  readonly heard: number
}
type PingAction = Action<'ping', 'send', 0>

/** What a search says: what is violated, after how many steps. */
const said = <S, A>({ counterexample, answers, coverage }: Result<S, A>) => ({
  violated: counterexample?.failures.map(({ path }) => path.join(' ▸ ')),
  steps: counterexample?.actions.length,
  answers: answers.map(({ property, verdict }) => `${property}: ${verdict}`),
  missed: missedGoals(coverage)
})

const inAll = async <S, A>(model: Model<S, A>, searches = SEARCHES) => {
  const results = await Promise.all(searches.map((options) => exhaustive(model, options)))
  const [first, ...others] = results.map(said)
  for (const [i, other] of others.entries()) expect(other, JSON.stringify(searches[i + 1])).toEqual(first)
  return first
}

describe('a deadlock', () => {
  test('is a state without steps in which executions may not end', async () => {
    expect(await inAll(counter([noDeadlock()]), SHORTEST)).toEqual({
      violated: ['no deadlock'],
      steps: 3,
      answers: [],
      missed: []
    })
    expect(await inAll(counter([noDeadlock((n) => n === 5)]))).toMatchObject({ violated: undefined })
    expect((await exhaustive(counter([noDeadlock()]), { order: 'depth-first' })).counterexample?.states.at(-1)).toBe(5)
  })

  test('of a network is found in every search, at the bound of a search too', async () => {
    const model = pings(2, [noDeadlock(({ world }) => world.inFlightMsgs.length > 0)])
    expect(await inAll(model)).toMatchObject({ violated: ['no deadlock'], steps: 4 })
    for (const options of [
      { depth: 4 },
      { depth: 4, order: 'iterative-deepening' as const },
      { depth: 4, plain: true }
    ])
      expect(said(await exhaustive(model, options))).toMatchObject({ violated: ['no deadlock'], steps: 4 })
    for (const options of [
      { depth: 3 },
      { depth: 3, order: 'iterative-deepening' as const },
      { depth: 3, plain: true }
    ])
      expect(said(await exhaustive(model, options))).toMatchObject({ violated: undefined })
    expect(await inAll(pings(2, [noDeadlock(({ world }) => world.inFlightMsgs.length === 0)]))).toMatchObject({
      violated: undefined
    })
    expect(said(await randomized(model, { seed: 1, runs: 1 }))).toMatchObject({ violated: ['no deadlock'], steps: 4 })
  })
})

describe('a step invariant', () => {
  const small = stepInvariant<number, 1 | 2>('small steps', 'late steps are small', (before, by) =>
    before >= 2 && by === 2 ? [{ witness: `from ${before} by ${by}` }] : []
  )

  test('is about every step, also those to states that are known', async () => {
    // The state 4 is known from 3, before the step from 2 to it is looked at depth first.
    expect(await inAll(counter([small]), SHORTEST)).toMatchObject({ violated: ['small steps'], steps: 2 })
    expect((await exhaustive(counter([small]), { order: 'depth-first' })).counterexample?.failures).toHaveLength(1)
    expect((await randomized(counter([small]), { seed: 3, runs: 20 })).counterexample?.failures).toHaveLength(1)
  })

  const onlyOne = (model: 'node' | 'whole', most: number) => {
    const objects = (heard: number) => (heard > most ? [{ witness: String(heard) }] : [])
    return model === 'node'
      ? [nodeStep<Pinged, 'ping'>('quiet', 'a node hears little', (_, __, { heard }) => objects(heard))]
      : [
          stepInvariant<{ readonly world: Parameters<typeof heardBy>[0] }, PingAction>(
            'quiet',
            'a node hears little',
            (_, __, { world }) => heardBy(world).flatMap(objects)
          )
        ]
  }
  const heardBy = (world: {
    readonly localState: { readonly _tag: string; readonly entries?: ReadonlyArray<readonly [number, Pinged]> }
  }) => (world.localState.entries ?? []).map(([, { heard }]) => heard)

  test.each(['node', 'whole'] as const)('of a network, about a %s, is decided alike in all searches', async (kind) => {
    expect(await inAll(pings(3, onlyOne(kind, 0)), SHORTEST)).toMatchObject({ violated: ['quiet'], steps: 2 })
    expect((await exhaustive(pings(3, onlyOne(kind, 0)), { order: 'depth-first' })).counterexample).toBeDefined()
    expect(await inAll(pings(3, onlyOne(kind, 1)))).toMatchObject({ violated: undefined })
    expect((await randomized(pings(3, onlyOne(kind, 0)), { seed: 1 })).counterexample?.failures).toHaveLength(1)
  })

  test('about a node is kept by a reduction to what matters, and one about whole states is refused', async () => {
    expect(said(await exhaustive(pings(3, onlyOne('node', 0)), { reduce: ['noop'] }))).toMatchObject({
      violated: ['quiet'],
      steps: 2
    })
    await expect(exhaustive(pings(3, onlyOne('whole', 0)), { reduce: ['noop'] })).rejects.toThrow(
      'pings: a search reduced by noop does not decide «quiet»'
    )
  })
})

describe('a step invariant of what a node does', () => {
  type Deed = Reaction<Pinged, 'ping', 'send'>
  const asks = (decide: (deed: Deed) => boolean) =>
    pings(3, [
      nodeReaction(pinging(3), 'as asked', 'nodes do as they are asked', (deed: Deed) =>
        decide(deed) ? [] : [{ node: deed.node, witness: JSON.stringify(deed) }]
      )
    ])

  test('sees what happens to the node, what becomes of it, and what it sends', async () => {
    const seen: Deed[] = []
    const model = asks((deed) => seen.push(deed) > 0)
    const [first, second] = netAddr(3).enum
    await exhaustive(model, { maxStates: 8 })
    const idle = { id: first, sent: false, heard: 0 }
    const ping = { src: first, dst: second, msg: 'ping' }
    expect(seen[0]).toEqual({
      node: first,
      before: idle,
      after: { ...idle, sent: true },
      to: { _tag: 'Internal', transition: 'send' },
      sent: [ping]
    })
    expect(seen).toContainEqual({
      node: second,
      before: { ...idle, id: second },
      after: { ...idle, id: second, heard: 1 },
      to: { _tag: 'Message', from: first, msg: 'ping' },
      sent: []
    })
  })

  test('is decided alike in all searches, at random and in the replay of what violates it', async () => {
    const answering = asks(({ to, sent }) => to._tag === 'Internal' || sent.length > 0)
    expect(await inAll(answering, SHORTEST)).toMatchObject({ violated: ['as asked'], steps: 2 })
    expect((await exhaustive(answering, { order: 'depth-first' })).counterexample?.failures).toHaveLength(1)
    expect((await randomized(answering, { seed: 1 })).counterexample?.failures).toHaveLength(1)
    expect(await inAll(asks(({ to, sent }) => (to._tag === 'Internal') === sent.length > 0))).toMatchObject({
      violated: undefined
    })
    const { counterexample } = await exhaustive(answering)
    const trace = traceOf(null, counterexample?.states ?? [], counterexample?.actions ?? [])
    expect(replay(answering, trace).steps.map(({ failures }) => failures.map(({ path }) => path))).toEqual([
      [],
      [],
      [['as asked']]
    ])
  })

  test('is asked of no fault of the network', () => {
    const packet = { src: netAddr(1).enum[0]!, dst: netAddr(1).enum[0]!, msg: 'ping' }
    expect(
      (
        [{ _tag: 'Lose', packet }, { _tag: 'Duplicate', packet }, { _tag: 'Cut', side: [] }, { _tag: 'Heal' }] as const
      ).map(occasionOf)
    ).toEqual([undefined, undefined, undefined, undefined])
  })

  test('is not decided where what changes nothing is left out', async () => {
    await expect(
      exhaustive(
        asks(() => true),
        { reduce: ['noop'] }
      )
    ).rejects.toThrow('pings: a search reduced by noop does not decide «as asked»')
  })
})

describe('goals', () => {
  test('are reached or missed, whatever the search', async () => {
    const goals = [goal('four', 'it is 4', (n: number) => n === 4), goal('six', 'it is 6', (n: number) => n === 6)]
    expect(await inAll(counter(goals))).toMatchObject({ violated: undefined, missed: ['six'] })
    expect(
      await inAll(
        pings(2, [
          goal(
            'both heard',
            'both have heard a ping',
            ({ world: { localState } }) =>
              localState._tag === 'Def' && localState.entries.every(([, { heard }]) => heard > 0)
          ),
          goal(
            'twice',
            'a node has heard two',
            ({ world: { localState } }) =>
              localState._tag === 'Def' && localState.entries.some(([, { heard }]) => heard > 1)
          )
        ])
      )
    ).toMatchObject({ missed: ['twice'] })
  })
})

describe('properties of whole executions', () => {
  const deliveries = weakly('deliveries', ({ _tag }: PingAction) => _tag === 'Deliver')
  const sends = weakly<PingAction>('sends', ({ _tag }) => _tag === 'Intern')
  const heardAll = ({
    world: { localState }
  }: {
    readonly world: {
      readonly localState: { readonly _tag: string; readonly entries?: ReadonlyArray<readonly [number, Pinged]> }
    }
  }) => (localState.entries ?? []).every(([, { heard }]) => heard > 0)

  test('of a network are decided after every search', async () => {
    expect(
      await inAll(
        pings(3, [
          alwaysReachable('can be heard', 'all can hear a ping still', heardAll),
          alwaysReachable('by deliveries', 'by deliveries alone', heardAll, deliveries),
          eventually('fair', 'all hear a ping', heardAll, [deliveries, sends]),
          eventually('no deliveries', 'all hear a ping', heardAll, [sends])
        ])
      )
    ).toEqual({
      violated: ['by deliveries'],
      steps: 0,
      answers: ['can be heard: holds', 'by deliveries: violated', 'fair: holds', 'no deliveries: violated'],
      missed: []
    })
  })

  test('are not decided where something else is violated, nor at random', async () => {
    const properties = [eventually<number, 1 | 2>('five', 'it comes to 5', (n) => n === 5, [])]
    const broken = {
      ...counter(properties),
      invariants: [whole<number, never>('low', 'it is below 3', (n) => (n >= 3 ? [{ witness: String(n) }] : []))]
    }
    expect(await inAll(broken, SHORTEST)).toMatchObject({ violated: ['low'], answers: ['five: undecided'] })
    expect(said(await randomized(counter(properties), { seed: 1 }))).toMatchObject({ answers: ['five: undecided'] })
  })

  test('of a part of the states are decided where it shows that they do not hold', async () => {
    const stays = (n: number) => eventually<number, 1 | 2>('p', '', (s) => s === n, [])
    expect(said(await exhaustive(counter([stays(5)]), { maxStates: 3 }))).toMatchObject({ answers: ['p: violated'] })
    const climbs = (n: number) => eventually<number, 1 | 2>('p', '', (s) => s === n, [weakly('any', () => true)])
    expect(said(await exhaustive(counter([climbs(5)]), { maxStates: 3 }))).toMatchObject({ answers: ['p: undecided'] })
    expect(said(await exhaustive(counter([climbs(5)])))).toMatchObject({ answers: ['p: holds'] })
  })
})

describe('a step that is none of an abstract system', () => {
  /** By 1 it is a step of the abstract counter, which does not climb by 2. */
  const climbs = (by: 1 | 2) =>
    counter([
      refines<number, 1 | 2, number, 1>({
        name: 'climbs by one',
        says: 'it is a counter',
        of: {
          name: 'counting',
          system: { initial: [0], actions: () => [1], next: (n) => O.some(Math.min(n + 1, 9)) },
          key: String
        },
        state: (n) => (by === 2 ? n : Math.ceil(n / 2))
      })
    ])

  test('is found by every search, at random too', async () => {
    expect(await inAll(climbs(2), SHORTEST)).toEqual({
      violated: ['climbs by one'],
      steps: 1,
      answers: ['climbs by one: violated'],
      missed: []
    })
    const { counterexample } = await randomized(climbs(2), { seed: 3 })
    expect(counterexample?.failures.map(({ witness }) => witness)).toEqual([
      expect.stringMatching(/^the last step stands for none of counting, from \d to \d$/)
    ])
    expect(await inAll(climbs(1))).toMatchObject({ violated: undefined, answers: ['climbs by one: holds'] })
  })

  test('needs no graph of all states', async () => {
    const { answers, states } = await exhaustive(climbs(2), { order: 'depth-first', maxStates: 3 })
    expect([answers.map(({ verdict }) => verdict), states <= 3]).toEqual([['violated'], true])
  })
})
