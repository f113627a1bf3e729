import { describe, expect, test } from 'vitest'
import { mainSubject, subject18 } from '../../../invariants/blockchain/subjects.js'
import type { Configuration } from '../../../invariants/blockchain/configuration.js'
import { toychain } from '../../../invariants/blockchain/system.js'
import { executionText } from '../../../invariants/systems/index.js'
import type { Subject } from '../../../invariants/systems/index.js'
import { bounds } from '../../../invariants/blockchain/model.js'
import { lottery } from '../../../invariants/blockchain/museum/nullPackets.js'
import { playNumbered } from '../../../invariants/blockchain/playable.js'
import { lanesText } from '../../../invariants/checker/index.js'
import type { ReplayedStep } from '../../../invariants/checker/index.js'
import { failures } from '../../../invariants/property/invariant.js'
import { numbered } from '../../../spec/blockchain/instances/numbered.js'
import { shortHash } from '../../../spec/blockchain/instances/shortHash.js'

/** The execution in which the first node that can mints a block, so many times. */
const minting = <S, A>({ model }: Subject<S, A>, times: number): ReadonlyArray<ReplayedStep<S, A>> => {
  const stepTo = (state: S, action: A | undefined): ReplayedStep<S, A> => ({
    action,
    state,
    failures: model.invariants.flatMap((invariant) => failures(invariant, state))
  })
  return Array.from({ length: times }).reduce<ReadonlyArray<ReplayedStep<S, A>>>(
    (steps) => {
      const { state } = steps.at(-1)!
      const action = model.system.actions(state).find((a) => model.kindOf(a) === 'MintT')!
      const next = model.system.next(state, action)
      return next._tag === 'None' ? steps : [...steps, stepTo(next.value, action)]
    },
    [stepTo(model.system.initial[0]!, undefined)]
  )
}

const whole = numbered()
const short = { ...playNumbered, instance: shortHash(whole, 6) }
const limits = bounds(2, 2, 0, { blockOnly: true })

describe('a model of the main edition', () => {
  const subject = mainSubject(short, limits, { whole })
  const steps = minting(subject, 2)

  test('is shown with blocks by the hashes of the whole instance', () => {
    expect(steps.slice(1).map(({ action, state }, i) => subject.show.action(action!, steps[i]!.state, state))).toEqual([
      'node 0 mints block 1@0 on g',
      'node 0 mints block 2@0 on 0xe4'
    ])
    expect(executionText(subject.show, steps).split('\n').slice(4, 8)).toEqual([
      '   1  node 0 mints block 1@0 on g',
      '      node 0  ● g',
      '              └─ ● 1@0',
      '      in flight: 0→0 Block 1@0, 0→1 Block 1@0'
    ])
    expect(lanesText(subject.show.lanes!(steps)).split('\n')).toEqual([
      '     0       1',
      '  1  ●       │   node 0 mints block 1@0 on g',
      '  2  ●       │   node 0 mints block 2@0 on 0xe4',
      '',
      'in flight at the end:',
      '  0→0 Block 1@0, sent in step 1',
      '  0→1 Block 1@0, sent in step 1',
      '  0→0 Block 2@0, sent in step 2',
      '  0→1 Block 2@0, sent in step 2'
    ])
    expect(subject.show.lanes!(steps).title).toBe('numbered (6-bit hash) B220')
    expect(steps.flatMap((step) => step.failures)).toEqual([])
  })
})

describe('a model of the edition of 2018', () => {
  test('is shown with blocks by the hashes of the whole instance, its states by the order of their packets', () => {
    const subject = subject18(short, limits, { whole })
    const steps = minting(subject, 2)
    expect(steps.slice(1).map(({ action, state }, i) => subject.show.action(action!, steps[i]!.state, state))).toEqual([
      'node 1 mints block 1@1 on g',
      'node 1 mints block 2@1 on 0x28'
    ])
    expect(executionText(subject.show, steps)).toContain(
      '✗ clique_inv ▸ GSyncing_clique ▸ 4 ▸ node 2: block 2@1 will be an orphan'
    )
    expect(lanesText(subject.show.lanes!(steps)).split('\n')).toEqual([
      '     1       2',
      '  1  ●       │   node 1 mints block 1@1 on g',
      '  2  ●       │   ✗ node 1 mints block 2@1 on 0x28',
      '',
      'in flight at the end:',
      '  1→1 Block 1@1, sent in step 1',
      '  1→2 Block 1@1, sent in step 1',
      '  1→1 Block 2@1, sent in step 2',
      '  1→2 Block 2@1, sent in step 2'
    ])
    expect(subject.show.lanes!(steps).title).toBe('cpp18 numbered (6-bit hash) B220')
    expect(subject.model.compact).toBeUndefined()
  })

  test('is shown with its null packets, and its states are interned where hashes are as they are', () => {
    const subject = subject18(lottery, bounds(2, 2, 0))
    expect(lanesText(subject.show.lanes!(minting(subject, 1))).split('\n')).toEqual([
      '     1       2',
      '  1  ●       │   node 1 tries to mint a block, in vain',
      '',
      'in flight at the end:',
      '  0→0 Null, sent in step 1'
    ])
    expect(subject.model.compact).toBeDefined()
  })
})

describe('the subject of a configuration', () => {
  const configuration = {
    instance: 'numbered',
    nodes: 3,
    mints: 2,
    transactions: 1,
    blockOnly: false,
    faults: { duplications: 1, losses: 2, cuts: 3 }
  } as const
  const named = (more: Partial<Configuration>) =>
    toychain.subject({ ...configuration, ...more })(({ model: { name, invariants, properties = [] } }) => [
      name,
      ...[...invariants, ...properties].map((i) => i.name)
    ])

  test('is of the main edition where none is named', () => {
    expect(named({})).toEqual([
      'F321 1 duplicated 2 lost 3 cut',
      ...['clique_inv', 'quiescent_agreement', 'requests in flight', 'pools'],
      ...['tree', 'irrevocability', 'minting', 'peers'],
      ...['inventories', 'requests', 'answers'],
      ...['announcements', 'pool'],
      'no deadlock'
    ])
  })

  test('says nothing of transactions where there are none, and nothing of relay where nothing is relayed', () => {
    expect(named({ transactions: 0, blockOnly: true })).toEqual([
      'B320 1 duplicated 2 lost 3 cut',
      ...['clique_inv', 'quiescent_agreement'],
      ...['tree', 'irrevocability', 'minting', 'peers'],
      'no deadlock'
    ])
  })

  test('asks of whole executions where that is asked for; of transactions where blocks can include them', () => {
    const asked = (more: Partial<Configuration>) => named({ ...more, ask: 'liveness' }).slice(named(more).length)
    expect([asked({}), asked({ mints: 0 }), asked({ transactions: 2 })]).toEqual([
      ['one tree', 'rest', 't1 settled', 't1 waits'],
      ['one tree', 'rest'],
      ['one tree', 'rest', 't1 settled', 't1 waits', 't2 settled', 't2 waits']
    ])
  })

  test('checks what is given instead, and nothing else', () => {
    const { model } = mainSubject(playNumbered, limits, { invariants: () => [] })
    expect([model.invariants, model.properties]).toEqual([[], []])
  })

  test('is of the edition of 2018 where that is named', () => {
    expect(named({ edition: 'cpp18' })).toEqual([
      'cpp18 F321 1 duplicated 2 lost 3 cut',
      'clique_inv',
      'clique_eventual_consensus'
    ])
  })
})
