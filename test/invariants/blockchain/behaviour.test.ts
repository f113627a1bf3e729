/**
 * What is asked of Toychain besides the invariants of a clique: it holds in small networks, and what is wrong breaks it, in
 * every way to search.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { behaviour, stateInvariants } from '../../../invariants/blockchain/behaviour.js'
import { bounds, toychainModel } from '../../../invariants/blockchain/model.js'
import type { Bounds, ToychainModelOptions } from '../../../invariants/blockchain/model.js'
import { strangerWorld, wrongProtocols } from '../../../invariants/blockchain/mutants.js'
import { playNumbered, playPayments } from '../../../invariants/blockchain/playable.js'
import { mainSubject } from '../../../invariants/blockchain/subjects.js'
import { mutants } from '../../../invariants/blockchain/variants.js'
import { askingOnly } from '../../../invariants/checker/model/model.js'
import { missedGoals } from '../../../invariants/checker/model/result.js'
import { exhaustive, isKeptBy } from '../../../invariants/checker/search/exhaustive.js'
import { randomized } from '../../../invariants/checker/search/randomized.js'
import type { NumberedTypes } from '../../../spec/blockchain/instances/numbered.js'
import { range } from '../../../spec/prelude/unionMap.js'

const blockOnly = { blockOnly: true } as const
const asked = (limits: Bounds, more: ToychainModelOptions<NumberedTypes> = {}) =>
  toychainModel(playNumbered, limits, {
    ...more,
    invariants: (toychain) => stateInvariants(toychain, playNumbered, limits),
    properties: (toychain) => behaviour(toychain, playNumbered, limits, 'liveness')
  })
const said = async (model: ReturnType<typeof asked>) => {
  const { counterexample, answers, coverage } = await exhaustive(model)
  return {
    violated: counterexample?.failures.map(({ path }) => path.join(' ▸ ')),
    answers: answers.map(({ property, verdict }) => `${property}: ${verdict}`),
    missed: missedGoals(coverage)
  }
}

/** All nodes but the first. */
const playSide = (nodes: number) =>
  range(asked(bounds(nodes, 0, 0)).toychain.cliqueWorld.localState)
    .slice(1)
    .map(({ id }) => id)

describe('what is asked holds', () => {
  test.each([
    [bounds(2, 0, 1), []],
    [bounds(2, 1, 0), []],
    [bounds(2, 2, 1, blockOnly), ['t1 settled: holds']],
    [bounds(3, 1, 1, blockOnly), ['t1 settled: holds']],
    [bounds(2, 1, 2, blockOnly), ['t1 settled: holds', 't2 settled: holds']]
  ])('of %j, to the end', async (limits, settled) => {
    expect(await said(asked(limits))).toEqual({
      violated: undefined,
      answers: ['one tree: holds', 'rest: holds', ...settled],
      missed: []
    })
  })

  test('of a network that duplicates packets and is cut in two, since it is whole again at last', async () => {
    const faults = { duplications: 1, losses: 0, cuts: 1, sides: [playSide(2)] }
    expect(await said(asked(bounds(2, 1, 1, { ...blockOnly, faults })))).toEqual({
      violated: undefined,
      answers: ['one tree: holds', 'rest: holds', 't1 settled: holds'],
      missed: []
    })
  })

  test('of payments, where what spends the same funds is settled too', async () => {
    const { model } = mainSubject(playPayments, bounds(2, 1, 2, blockOnly), { ask: 'liveness' })
    const { counterexample, answers } = await exhaustive(model)
    expect([counterexample, answers.map(({ verdict }) => verdict)]).toEqual([
      undefined,
      ['holds', 'holds', 'holds', 'holds']
    ])
  })

  test('of random executions of every message', async () => {
    const limits = bounds(3, 3, 2)
    const { model } = mainSubject(playNumbered, limits)
    expect((await randomized(model, { seed: 1, runs: 10, steps: 200 })).counterexample).toBeUndefined()
  })

  test('of a clique to which a stranger introduces itself', async () => {
    expect(await said(asked(bounds(2, 0, 0), { world: strangerWorld }))).toEqual({
      violated: undefined,
      answers: ['one tree: holds', 'rest: holds'],
      missed: []
    })
  })
})

describe('what happens at last', () => {
  test('does not where a block is lost', async () => {
    const faults = { duplications: 0, losses: 1, cuts: 0, sides: [] }
    const limits = bounds(2, 1, 0, { ...blockOnly, faults })
    const model = toychainModel(playNumbered, limits, {
      invariants: () => [],
      properties: (toychain) => behaviour(toychain, playNumbered, limits, 'liveness')
    })
    expect(await said(model)).toMatchObject({
      violated: ['one tree'],
      answers: ['one tree: violated', 'rest: holds']
    })
  })

  test('does not where nobody includes transactions', async () => {
    const limits = bounds(2, 1, 1, blockOnly)
    const only = toychainModel(playNumbered, limits, {
      variant: {
        protocol: (Pr) => ({
          ...Pr,
          procInt: (st, tr, ts) => {
            if (tr._tag !== 'MintT') return Pr.procInt(st, tr, ts)
            const [after, sent] = Pr.procInt({ ...st, txPool: [] }, tr, ts)
            return [{ ...after, txPool: st.txPool }, sent]
          }
        })
      },
      properties: (toychain) => behaviour(toychain, playNumbered, limits, 'liveness')
    })
    expect(await said(only)).toEqual({
      violated: ['t1 settled'],
      answers: ['one tree: holds', 'rest: holds', 't1 settled: violated'],
      missed: []
    })
  })

  test('is not a transaction in every chain: a reorganisation loses one for ever, though all is delivered', () => {
    const model = toychainModel(playNumbered, bounds(2, 4, 1))
    const { system, toychain } = model
    /** The first step that is written so: kind, from or at which node, to which, and what of. */
    const written = (a: ReturnType<typeof system.actions>[number]): string => {
      if (a._tag === 'Intern') return `${a.transition._tag} ${String(a.node)}`
      if (a._tag !== 'Deliver') return a._tag
      const { src, dst, msg } = a.packet
      const what = msg._tag === 'BlockMsg' ? ` ${String(msg.block.proof.k)}` : ''
      return `${msg._tag}${what} ${String(src)}→${String(dst)}`
    }
    const steps = [
      ...['TxT 0', 'TxMsg 0→0', 'MintT 0', 'MintT 1', 'BlockMsg 2 1→0'],
      ...['BlockMsg 1 0→1', 'TxMsg 0→1', 'MintT 1', 'MintT 0']
    ]
    const after = (s: (typeof system.initial)[number], step?: string) => {
      const action = system.actions(s).find((a) => (step === undefined ? a._tag === 'Deliver' : written(a) === step))
      return action === undefined ? undefined : O.toUndefined(system.next(s, action))
    }
    let s = system.initial[0]
    for (const step of steps) s = s && after(s, step)
    expect(s?.env.env.minted).toBe(4)
    for (let next = s; next !== undefined; next = after(next)) s = next
    const nodes = range(s!.world.localState)
    const { all_blocks, btChain } = toychain.forest
    expect(s!.world.inFlightMsgs).toEqual([])
    expect(nodes.map(({ blockTree }) => btChain(blockTree).map(({ txs, proof }) => [proof.k, ...txs]))).toEqual([
      [[0], [2], [4]],
      [[0], [2], [4]]
    ])
    expect(nodes.map(({ blockTree }) => all_blocks(blockTree).flatMap(({ txs }) => txs))).toEqual([
      ['t1', 't1'],
      ['t1', 't1']
    ])
    expect(nodes.map(({ txPool }) => txPool)).toEqual([[], []])
  })
})

describe('a wrong protocol', () => {
  const wrong = mutants.filter(({ name }) =>
    [...wrongProtocols.map((one) => one.name), 'forgotten-peers'].includes(name)
  )

  test('stands in the catalogue, each', () => {
    expect(wrong).toHaveLength(wrongProtocols.length + 1)
  })

  test.each(wrong)(
    '$name breaks the same things in the same number of steps without interning',
    async ({ where, subject }) => {
      await subject(where)(async ({ model }) => {
        const [interned, plain] = [await exhaustive(model), await exhaustive(model, { plain: true })]
        const seen = ({ counterexample }: typeof plain) => [
          counterexample?.actions.length,
          new Set(counterexample?.failures.map(({ path }) => path[0]))
        ]
        expect(seen(plain)).toEqual(seen(interned))
      })
    }
  )

  test.each(wrong.filter(({ name }) => name !== 'forgotten-peers'))(
    '$name keeps the invariants of a clique: they speak of blocks alone',
    async ({ where, subject }) => {
      await subject(where)(async ({ model }) => {
        const found = await exhaustive(model)
        const roots = model.invariants.map(({ name }) => name)
        const failed = found.counterexample?.failures.map(({ path }) => path[0] ?? '') ?? []
        expect(failed.filter((name) => roots.includes(name))).toEqual([])
        expect(failed).not.toEqual([])
      })
    }
  )
})

describe('a reduced search', () => {
  const limits = bounds(2, 1, 0)
  const { model } = mainSubject(playNumbered, limits)

  test('decides what becomes of a node, and deadlocks; up to symmetry none of it', () => {
    const kept = (reduction: 'noop' | 'symmetry') =>
      (model.properties ?? []).filter((p) => isKeptBy(reduction, p)).map(({ name }) => name)
    expect(kept('noop')).toEqual(['irrevocability', 'peers', 'no deadlock'])
    expect(kept('symmetry')).toEqual([])
  })

  test('is refused where more is asked, and made where no more is', async () => {
    await expect(exhaustive(model, { reduce: ['noop'] })).rejects.toThrow('does not decide «tree»')
    const less = askingOnly(model, (property) => isKeptBy('noop', property))
    const { counterexample, complete } = await exhaustive(less, { reduce: ['noop'] })
    expect([counterexample, complete]).toEqual([undefined, true])
  })
})
