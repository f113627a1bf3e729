/**
 * The repair ladder as a system: its invariants, its words, and every way to search it.
 */
import { describe, expect, test } from 'vitest'
import { ladderForm, ladderOf, ladderRefuses } from '../../../../invariants/byzantine/ladder/configuration.js'
import type { LadderConfiguration } from '../../../../invariants/byzantine/ladder/configuration.js'
import { agreement as agreementOf } from '../../../../invariants/byzantine/agreement.js'
import { provenance, validity } from '../../../../invariants/byzantine/ladder/ladderInvariants.js'
import { liarsOf } from '../../../../invariants/byzantine/named.js'
import { ladderNetwork } from '../../../../invariants/byzantine/ladder/system.js'
import {
  exhaustive,
  lanesText,
  parallel,
  protocolModel,
  randomized,
  readTrace,
  replay,
  traceOf,
  writeTrace
} from '../../../../invariants/checker/index.js'
import type { Model } from '../../../../invariants/checker/index.js'
import { failures, showFailure } from '../../../../invariants/property/invariant.js'
import { executionText, initialOf, sourceOf, systemCalled } from '../../../../invariants/systems/index.js'
import type { Subject, System } from '../../../../invariants/systems/index.js'
import * as E from 'fp-ts/lib/Either.js'
import { ladderRules } from '../../../../spec/byzantine/ladder.js'
import type { LadderMessage, LadderState, Order } from '../../../../spec/byzantine/ladder.js'
import { explore } from '../../../support/explore.js'
import { address } from '../../../support/toychains.js'

const ladder = (more: Partial<LadderConfiguration>): LadderConfiguration => ({
  nodes: 3,
  byzantine: '0',
  quorum: 2,
  phases: 2,
  mute: false,
  keep: false,
  provenance: false,
  ...more
})
const modelOf = (more: Partial<LadderConfiguration>) => protocolModel(ladderNetwork(ladderRules)(ladder(more)))

/** What is done with the subject of a ladder. */
const withSubject = <R>(c: LadderConfiguration, use: <S, A>(subject: Subject<S, A>) => R): R =>
  systemCalled('ladder')!.open((system) => (system as unknown as System<LadderConfiguration>).subject(c)(use))

describe('the parameters', () => {
  test('name those that are not honest', () => {
    const of = (byzantine: string, nodes = 3) => liarsOf({ nodes, byzantine })
    expect([of('none'), of('2'), of('2,0')]).toEqual([E.right([]), E.right([2]), E.right([0, 2])])
    const why = (found: string) =>
      `byzantine: expected different nodes from 0 to 2, with commas between them, or none, found '${found}'`
    for (const wrong of ['3', '', '0,0', '0, 1', 'all', '-1'])
      expect([wrong, ladderRefuses(ladder({ byzantine: wrong }))]).toEqual([wrong, why(wrong)])
    expect(ladderRefuses(ladder({ byzantine: '0,1,2' }))).toBe('expected an honest node at least, found none')
    expect(ladderRefuses(ladder({}))).toBeUndefined()
    expect(ladderRefuses(ladder({ nodes: 4, quorum: 4 }))).toBeUndefined()
    expect(ladderRefuses(ladder({ nodes: 4, quorum: 5 }))).toBe(
      '4 nodes have no quorum of 5: choose a smaller quorum, or more nodes'
    )
  })

  test('are refused by the specification too', () => {
    expect(() => ladderOf(ladder({ byzantine: '7' }))).toThrow(RangeError)
    expect(() => ladderOf(ladder({ phases: 4 }))).toThrow(new RangeError('phases: expected 1, 2, 3, found 4'))
    expect(E.isRight(initialOf(ladderForm))).toBe(true)
  })
})

describe('the invariants', () => {
  const agreement = agreementOf<LadderState, LadderMessage>()
  const state = (id: number, more: Partial<LadderState>): readonly [ReturnType<typeof address>, LadderState] => [
    address(id),
    {
      id: address(id),
      accepted: null,
      prepares: [null, null, null],
      isPrepared: false,
      commits: [null, null, null],
      decided: null,
      ...more
    }
  ]
  const said = (invariants: typeof agreement, ...nodes: ReadonlyArray<ReturnType<typeof state>>) =>
    invariants.flatMap((invariant) =>
      failures(invariant, { world: { localState: { _tag: 'Def', entries: nodes }, inFlightMsgs: [] } }).map(showFailure)
    )
  const decided = (id: number, order: Order | null) => state(id, { accepted: order, decided: order })

  test('agreement: nobody has decided otherwise', () => {
    expect(said(agreement, decided(1, 'W'), decided(2, null), decided(3, 'W'))).toEqual([])
    expect(said(agreement, decided(1, 'W'), decided(2, null), decided(3, 'H'))).toEqual([
      'agreement: node 1 has decided W, and node 3 has decided H'
    ])
  })

  test('validity: what is decided the leader has proposed', () => {
    expect(said(validity, state(0, { accepted: 'W' }), decided(1, 'W'))).toEqual([])
    expect(said(validity, state(0, { accepted: 'W' }), decided(1, 'H'))).toEqual([
      'validity ▸ node 1: has decided H, and the leader has proposed W'
    ])
    expect(said(validity, state(0, {}), decided(1, 'H'))).toEqual([
      'validity ▸ node 1: has decided H, and the leader has proposed nothing'
    ])
    expect(said(validity, decided(1, 'H'))).toEqual([])
  })

  test('provenance: what is noted was said', () => {
    const honest = state(2, { accepted: 'W', isPrepared: true })
    expect(said(provenance, state(1, { prepares: ['H', null, 'W'], commits: ['H', null, 'W'] }), honest)).toEqual([])
    expect(said(provenance, state(1, { prepares: [null, null, 'H'] }), honest)).toEqual([
      'prepares are genuine ▸ node 1: has noted H of node 2, which has said W'
    ])
    expect(said(provenance, state(1, { commits: [null, null, 'W'] }), state(2, { accepted: 'W' }))).toEqual([
      'commits are genuine ▸ node 1: has noted W of node 2, which has said nothing'
    ])
  })
})

describe('an execution with lies', () => {
  test('says who lied to whom', () =>
    withSubject(ladder({}), async ({ model, show }) => {
      const found = (await exhaustive(model)).counterexample!
      const { steps } = replay(model, traceOf({}, found.states, found.actions))
      const text = executionText(show, steps)
      expect(text).toContain('   1  node 0, which is not honest, tells node 1 PrePrepare W\n')
      expect(text.split('\n').at(-1)).toBe(
        'node 0 has told node 1 PrePrepare W, Prepare W, and node 2 PrePrepare H, Prepare H'
      )
      expect(lanesText(show.lanes!(steps)).split('\n').slice(0, 3)).toEqual([
        '     0 lies  1       2',
        '  1  ├──────▶●       │   node 0, which is not honest, tells node 1 PrePrepare W (forged)',
        '  2  ├──────▶●       │   node 0, which is not honest, tells node 1 Prepare W (forged)'
      ])
    }))

  test('is written to a file and replayed', () =>
    withSubject(ladder({}), async ({ model }) => {
      const found = (await exhaustive(model)).counterexample!
      const read = readTrace(writeTrace(traceOf(ladder({}), found.states, found.actions)))
      if (E.isLeft(read)) throw new Error(read.left)
      expect(replay(model, read.right).departure).toBeUndefined()
      const forged = JSON.parse(JSON.stringify(read.right).replaceAll('"src":0', '"src":2')) as typeof read.right
      expect(replay(model, forged).departure).toMatchObject({ step: 1 })
    }))
})

describe('every search of a ladder with lies', () => {
  const counts = async <S, A>(model: Model<S, A>, how: Parameters<typeof exhaustive>[1]) => {
    const { states, transitions, counterexample } = await exhaustive(model, how)
    return [states, transitions, counterexample]
  }
  const all = [2_313, 31_554, undefined]
  const honest = modelOf({ byzantine: '2', phases: 3 })

  test.each([
    {},
    { plain: true },
    { exact: true },
    { order: 'depth-first' },
    { order: 'iterative-deepening' },
    { reduce: ['noop'] }
  ] as const)('finds all: %j', async (how) => {
    expect(await counts(honest, how)).toEqual(all)
  })

  test('does so by several threads', async () => {
    const c = ladder({ byzantine: '2', phases: 3 })
    const { states, transitions } = await parallel(honest, sourceOf({ system: 'ladder', configuration: c }), {
      threads: 2
    })
    expect([states, transitions]).toEqual(all.slice(0, 2))
  })

  test('goes on from a checkpoint', async () => {
    const model = modelOf({ nodes: 4, quorum: 3 })
    const saved: Uint8Array[] = []
    await exhaustive(model, { checkpoint: { isDue: () => true, save: (bytes) => saved.push(bytes) } })
    expect(saved).toHaveLength(2)
    for (const resume of saved) expect((await exhaustive(model, { resume })).states).toBe(19_683)
  })

  test('up to symmetry counts the orbits of honest nodes', async () => {
    const model = modelOf({ quorum: 3 })
    const { states } = explore(model.system, model.key)
    const swap = { 1: 2, 2: 1 } as Readonly<Record<number, number>>
    const to = (n: number) => swap[n] ?? n
    const turned = (s: typeof states extends ReadonlyMap<string, infer S> ? S : never) => {
      const { world } = s
      if (world.localState._tag === 'Undef') return s
      const votes = (v: LadderState['prepares']) => v.map((_, n) => v[to(n)] ?? null)
      return {
        ...s,
        world: {
          ...world,
          localState: {
            _tag: 'Def' as const,
            entries: world.localState.entries
              .map(
                ([n, st]) => [address(to(n)), { ...st, id: address(to(st.id)), prepares: votes(st.prepares) }] as const
              )
              .sort(([n], [m]) => n - m)
          },
          inFlightMsgs: world.inFlightMsgs.map((p) => ({ ...p, src: address(to(p.src)), dst: address(to(p.dst)) }))
        }
      }
    }
    const orbits = new Set([...states].map(([text, s]) => [text, model.key(turned(s))].sort()[0]))
    expect(orbits.size).toBe(120)
    expect((await exhaustive(model, { reduce: ['symmetry'] })).states).toBe(120)
  })

  test('at random finds a lie, and shrinks it', async () => {
    const { counterexample, failedRun } = await randomized(modelOf({}), { seed: 1, runs: 200, steps: 60 })
    expect([counterexample?.actions.length, failedRun !== undefined]).toEqual([4, true])
    expect(counterexample?.actions.every((a) => a._tag === 'Forge')).toBe(true)
  })
})

test('silence is safe, and without the leader nothing happens', async () => {
  expect(await exhaustive(modelOf({ mute: true }))).toMatchObject({ states: 1, counterexample: undefined })
})
