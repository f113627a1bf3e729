/**
 * Paxos by packets: what it carries out, what breaks that, who lied to whom, and what its options may be.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import {
  configuration,
  packets,
  packetsOf,
  refusesPaxos
} from '../../../../invariants/byzantine/paxos/configuration.js'
import type { PaxosConfiguration } from '../../../../invariants/byzantine/paxos/configuration.js'
import { packetMutants } from '../../../../invariants/byzantine/paxos/packetMutants.js'
import { packetNetwork, packetsSought } from '../../../../invariants/byzantine/paxos/packetNetwork.js'
import { misreadings } from '../../../../invariants/byzantine/paxos/mutants.js'
import {
  exhaustive,
  lanesText,
  parallel,
  protocolModel,
  replay,
  traceOf
} from '../../../../invariants/checker/index.js'
import { executionText, sourceOf, systemCalled } from '../../../../invariants/systems/index.js'
import type { Subject, System } from '../../../../invariants/systems/index.js'
import { deep } from '../../../support/deep.js'

const withSubject = <R>(c: PaxosConfiguration, use: <S, A>(subject: Subject<S, A>) => R, mutant?: string): R =>
  systemCalled('paxos')!.open((system) => (system as unknown as System<PaxosConfiguration>).subject(c, mutant)(use))

const modelOf = (c: PaxosConfiguration) => protocolModel(packetNetwork()(c))

const mutantCalled = (name: string) => packetMutants.find((one) => one.name === name)!

/** What a search of the refinement alone says. */
const refinement = async (mutant: string) => {
  const { network, where } = mutantCalled(mutant)
  const options = network({ ...where, refines: true })
  const properties = (options.properties ?? []).filter(({ _tag }) => _tag === 'Refines')
  const { answers } = await exhaustive(protocolModel({ ...options, invariants: [], properties }))
  return answers.map(({ property, verdict }) => [property, verdict])
}

/** A refinement is decided when all states are known: of these there are many, and so they are for deep runs. */
const LARGE = {
  packets: ['vote-below-promise', 'answer-below-promise', 'lost-vote', 'earliest-vote'],
  sent: ['broken-promise', 'forgotten-promise', 'most-answered-value']
}

describe('misreadings do not carry out Paxos', () => {
  test.each(['own-value', 'lost-promise', 'lost-ballot', ...(deep ? LARGE.packets : [])])('%s', async (name) => {
    expect(await refinement(name)).toEqual([['level a', 'violated']])
  })

  test('who counts votes of several ballots learns what is not chosen', async () => {
    const c = packets({ owners: '0,0', refines: true })
    const { counterexample } = await exhaustive(protocolModel(mutantCalled('votes-of-any-ballot').network(c)))
    expect(counterexample?.failures.map(({ path, witness }) => [path, witness])).toEqual([
      [['decided is chosen'], 'has decided W, and chosen is nothing']
    ])
  })
})

/** How long a shortest violation of the invariants of states is, whatever steps may do. */
const disagreement = async (mutant: string) => {
  const { network, where } = mutantCalled(mutant)
  const { counterexample } = await exhaustive(protocolModel({ ...network(where), properties: [] }))
  return [counterexample?.failures[0]?.path, counterexample?.actions.length]
}

test('who goes back to lower ballots breaks agreement at last', async () => {
  expect(await disagreement('vote-below-promise')).toEqual([['agreement'], 10])
  expect(await disagreement('answer-below-promise')).toEqual([['agreement'], 10])
})

test.each(
  misreadings.filter(({ name, where }) => where.byzantineAcceptors === 0 && (deep || !LARGE.sent.includes(name)))
)('nor does $name of the messages that were ever sent carry out Voting', async ({ name, where }) => {
  const c: PaxosConfiguration = { ...where, refines: true }
  const verdicts = await withSubject(
    c,
    async ({ model }) => (await exhaustive({ ...model, invariants: [] })).answers.map(({ verdict }) => verdict),
    name
  )
  expect(verdicts).toEqual(['violated'])
})

describe('goals', () => {
  test.each(packetsSought().map(({ name }) => name))('%s is reached', async (name) => {
    const c = packets(name === 'unanimous' ? { owners: '0', learn: 'all' } : { soup: 'consume' })
    const found = await withSubject(c, async ({ witnesses }) => witnesses!.seek(name, { maxStates: 1_000 }))
    expect(E.isRight(found) && found.right.witness.shortest !== undefined).toBe(true)
  })
})

describe('an execution with lies', () => {
  test('says who lied to whom', () =>
    withSubject(packets({ byzantine: '2' }), async ({ model, show }) => {
      const found = (await exhaustive(model)).counterexample!
      const { steps } = replay(model, traceOf({}, found.states, found.actions))
      const text = executionText(show, steps)
      expect(text).toContain('node 2, which is not honest, tells node 0 1b of ballot 0: no vote\n')
      expect(text.split('\n').at(-1)).toBe(
        'node 2 has told node 0 2b of ballot 0: W, 1b of ballot 0: no vote, ' +
          'and node 1 2b of ballot 1: H, 1b of ballot 1: no vote'
      )
      expect(lanesText(show.lanes!(steps))).toContain('node 0 asks in ballot 0')
    }))
})

describe('every search of a network with a liar', () => {
  const c = packets({ quorum: 3, byzantine: '2' })

  test.each([{}, { exact: true }, { order: 'depth-first' }] as const)('finds all: %j', async (how) => {
    expect((await exhaustive(modelOf(c), how)).states).toBe(3_191)
  })

  test('by several threads too, and in the plain way', async () => {
    const source = sourceOf({ system: 'paxos', configuration: c })
    expect((await parallel(modelOf(c), source, { threads: 2 })).states).toBe(3_191)
    expect((await exhaustive(modelOf(packets({ owners: '0', values: 1 })), { plain: true })).states).toBe(33)
  })
})

describe('parameters', () => {
  test.each<[PaxosConfiguration, string | undefined]>([
    [packets(), undefined],
    [packets({ owners: '2,2,0', byzantine: '0,1' }), undefined],
    [packets({ quorum: 4 }), '3 nodes have no quorum of 4: choose a smaller quorum, or more nodes'],
    [packets({ owners: '0,3' }), "owners: expected nodes from 0 to 2, with commas between them, found '0,3'"],
    [packets({ owners: '' }), "owners: expected nodes from 0 to 2, with commas between them, found ''"],
    [
      packets({ byzantine: '1,1' }),
      "byzantine: expected different nodes from 0 to 2, with commas between them, or none, found '1,1'"
    ],
    [packets({ byzantine: '0,1,2' }), 'expected an honest node at least, found none'],
    [configuration(3, 2, 2, 2, { byzantineAcceptors: 2 }), undefined],
    [
      configuration(3, 2, 2, 2, { byzantineAcceptors: 3 }),
      '3 Byzantine acceptors of 3 leave none that is honest: choose fewer, or more acceptors'
    ],
    [
      configuration(3, 2, 2, 2, { byzantineAcceptors: 1, refines: true }),
      'in Voting nobody lies: leave --refines out, or all that is Byzantine'
    ]
  ])('%j', (c, why) => {
    expect(refusesPaxos(c)).toBe(why)
  })

  test('are refused by the network too', () => {
    expect(E.isLeft(packetsOf(packets({ owners: 'x' })))).toBe(true)
    expect(() => packetNetwork()(packets({ owners: 'x' }))).toThrow(RangeError)
  })

  test('a mutant is one of its level', () => {
    const refusals = [...misreadings, ...packetMutants].map(({ name, where, refuses }) => [
      name,
      refuses?.(where),
      refuses?.(where.level === 'a' ? packets({ crashes: 1 }) : configuration(3, 2, 2, 2)) === undefined
    ])
    expect(refusals).toEqual(refusals.map(([name]) => [name, undefined, false]))
    expect(mutantCalled('lost-vote').refuses?.(packets())).toBe('it is about nodes that fail: --crashes 1, or more')
  })
})
