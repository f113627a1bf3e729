/**
 * What goes wrong in a model itself is named as the model's: its functions throw, change what they are given, or give a node
 * the state of another. Every search says after which execution, and nothing of the invariants.
 */
import { describe, expect, test } from 'vitest'
import * as O from 'fp-ts/lib/Option.js'
import {
  exhaustive,
  freely,
  inductive,
  ModelFault,
  parallel,
  protocolModel,
  randomized,
  stateGraph,
  systemModel,
  untimed,
  witnessState
} from '../../../../invariants/checker/index.js'
import type { ExhaustiveOptions, Model, Result } from '../../../../invariants/checker/index.js'
import { eachNode, whole } from '../../../../invariants/property/invariant.js'
import type { NetworkInvariant } from '../../../../invariants/property/invariant.js'
import { everyNode } from '../../../../invariants/property/predicate.js'
import {
  alwaysReachable,
  eventually,
  infinitelyOften,
  leadsTo,
  weakly
} from '../../../../invariants/property/property.js'
import type { Property } from '../../../../invariants/property/property.js'
import { refines } from '../../../../invariants/property/refinement.js'
import { iota } from '../../../../spec/prelude/seq.js'
import { netAddr } from '../../../../spec/system/address.js'
import type { Address } from '../../../../spec/system/address.js'
import type { TransitionSystem } from '../../../../spec/system/transitionSystem.js'
import { randomProtocol } from '../../../support/randomProtocol.js'
import { address } from '../../../support/toychains.js'

const searches: ReadonlyArray<ExhaustiveOptions> = [
  {},
  { exact: true },
  { plain: true },
  { order: 'depth-first' },
  { order: 'iterative-deepening' },
  { reduce: ['noop'] }
]

/** What is said of a result, and after how many steps. */
const said = ({
  fault,
  counterexample,
  complete
}: Pick<Result<unknown, unknown>, 'fault' | 'counterexample' | 'complete'>) => ({
  says: fault?.says,
  steps: fault?.actions.length,
  action: fault?.action,
  counterexample,
  complete
})

interface Hop {
  readonly hop: number
}

interface Counter {
  readonly id: Address
  readonly n: number
  readonly seen: Set<number>
  readonly list: ReadonlyArray<number>
}

/** What may be wrong with a network of nodes that count the messages that they get, and send on what they count. */
interface Wrongs {
  readonly Init?: (id: Address) => Partial<Counter>
  readonly procMsg?: (st: Counter, msg: Hop) => Partial<Counter> | undefined
  readonly offers?: (n: Address, st: Counter) => ReadonlyArray<string>
  readonly invariants?: ReadonlyArray<NetworkInvariant<Counter, Hop>>
  readonly observed?: (st: Counter) => boolean
}

/** Node 0 may go once, then a message goes from node to node three times. */
const network = ({ Init, procMsg, offers, invariants = [], observed = () => false }: Wrongs) =>
  protocolModel({
    name: 'hops',
    nodes: 2,
    protocol: untimed<Counter, Hop, string>({
      Init: (id) => ({ id, n: 0, seen: new Set(), list: [], ...Init?.(id) }),
      procMsg: (st, from, msg) => [
        { ...st, n: st.n + 1, ...procMsg?.(st, msg) },
        msg.hop < 3 ? [{ src: st.id, dst: from, msg: { hop: msg.hop + 1 } }] : []
      ],
      procInt: (st) => [{ ...st, n: 10 }, [{ src: st.id, dst: address(1), msg: { hop: 1 } }]]
    }),
    environment: freely<Counter, Hop, string>(offers ?? ((n, { n: count }) => (n === 0 && count === 0 ? ['go'] : []))),
    invariants,
    observations: { states: [{ name: 'seen', says: 'it is seen', of: observed }], steps: [] }
  })

const explodes = (): never => {
  throw new RangeError('it is too much')
}

describe('a fault of a network', () => {
  const faults: ReadonlyArray<readonly [name: string, wrongs: Wrongs, says: string | RegExp, steps: number]> = [
    [
      'a handler that throws',
      { procMsg: (_, { hop }) => (hop === 3 ? explodes() : undefined) },
      'procMsg threw RangeError: it is too much',
      4
    ],
    [
      'a handler that throws what is no error',
      {
        procMsg: (_, { hop }) => {
          // eslint-disable-next-line @typescript-eslint/only-throw-error -- a user may
          if (hop === 2) throw 'no'
          return undefined
        }
      },
      'procMsg threw no',
      3
    ],
    [
      'an offer that throws',
      { offers: (node, { n }) => (n > 10 ? explodes() : node === 0 && n === 0 ? ['go'] : []) },
      'internal of the environment threw RangeError: it is too much',
      3
    ],
    [
      'an invariant that throws',
      { invariants: [eachNode('small', 'it is small', (_, { n }) => (n > 10 ? explodes() : []))] },
      'the invariant «small» threw RangeError: it is too much',
      3
    ],
    [
      'an invariant of whole states that throws',
      {
        invariants: [
          whole('few', 'few', ({ world }) => (world.inFlightMsgs.some(({ msg }) => msg.hop === 3) ? explodes() : []))
        ]
      },
      'the invariant «few» threw RangeError: it is too much',
      3
    ],
    [
      'an observation that throws',
      { observed: ({ n }) => (n === 11 ? explodes() : false) },
      'the observation «seen» threw RangeError: it is too much',
      3
    ],
    [
      'a handler that changes a list of its state',
      {
        procMsg: ({ list }) => {
          Object.assign(list, [1])
          return undefined
        }
      },
      /^procMsg changed what it was given \(.+\): a function of a model makes a new value instead/,
      2
    ],
    [
      'a handler that changes its message',
      {
        procMsg: (_, msg) => {
          Object.assign(msg, { hop: 9 })
          return undefined
        }
      },
      /^procMsg changed what it was given/,
      2
    ],
    [
      'a handler that changes a Set of its state',
      {
        procMsg: ({ n, seen }) => {
          seen.add(n)
          return undefined
        }
      },
      /^procMsg changed what it was given/,
      2
    ],
    [
      'an invariant that changes the state',
      {
        invariants: [
          eachNode('small', 'it is small', (_, { list, n }) => {
            if (n === 1) Object.assign(list, [1])
            return []
          })
        ]
      },
      /^the invariant «small» changed what it was given/,
      2
    ],
    [
      'a handler that gives a node the state of another',
      { procMsg: () => ({ id: address(0) }) },
      'procMsg or procInt gave node 1 a state of which id says that it is that of node 0: expected 1',
      2
    ],
    [
      'an Init that does',
      { Init: () => ({ id: address(0) }) },
      'Init gave node 1 a state of which id says that it is that of node 0: expected 1',
      0
    ]
  ]

  describe.each(faults)('%s', (name, wrongs, says, steps) => {
    const whereThrown = typeof says === 'string' ? says : (expect.stringMatching(says) as unknown)
    test.each(searches.filter(({ reduce }) => reduce === undefined || wrongs.invariants?.[0]?.name !== 'few'))(
      'is reported by an exhaustive search: %j',
      async (options) => {
        const result = await exhaustive(network(wrongs), options)
        // What throws while a step is taken is said with that step, which is not made.
        const { fault } = result
        expect(said(result)).toMatchObject({ says: whereThrown, counterexample: undefined, complete: false })
        // What has been put into a Set is not put in once more, when it is run again.
        if (name.includes('Set')) return
        expect((fault?.actions.length ?? 0) + (fault?.action === undefined ? 0 : 1)).toBe(steps)
        expect(fault?.states.length).toBe((fault?.actions.length ?? 0) + 1)
      }
    )

    test('is reported by random executions, searches for witnesses, graphs and threads', async () => {
      for (const plain of [false, true]) {
        const random = await randomized(network(wrongs), { seed: 1, runs: 20, plain })
        expect(said(random)).toMatchObject({ says: whereThrown, counterexample: undefined })
        expect((await witnessState(network(wrongs), { plain })).fault?.says).toEqual(whereThrown)
      }
      if (wrongs.observed === undefined) await expect(stateGraph(network(wrongs))).rejects.toThrow(ModelFault)
      const alone = await parallel(
        network(wrongs),
        { module: 'data:text/javascript,', name: '', argument: 0 },
        { threads: 1 }
      )
      expect(said(alone)).toMatchObject({ says: whereThrown, counterexample: undefined, complete: false })
    })
  })

  describe('in what properties of executions ask', () => {
    const explodes = (): never => {
      throw new RangeError('boom')
    }
    const up = { _tag: 'up' } as const
    const counts = (most: number, stop = most): TransitionSystem<number, typeof up> => ({
      initial: [0],
      actions: (n) => (n === stop ? explodes() : n < most ? [up] : []),
      next: (n) => (n < most ? O.some(n + 1) : O.none)
    })
    const at = (stop: number) => (n: number) => (n === stop ? explodes() : false)
    const refining = (wrong: Partial<Parameters<typeof refines<number, typeof up, number, typeof up>>[0]>) =>
      refines<number, typeof up, number, typeof up>({
        name: 'refines',
        says: '',
        of: { name: 'itself', system: counts(4, NaN), key: String },
        state: (n) => n,
        ...wrong
      })
    const exploding = weakly('class', explodes)
    const asked: ReadonlyArray<readonly [says: string, steps: number, isOfStep: boolean, Property<number, typeof up>]> =
      [
        ['the class «class» threw RangeError: boom', 0, true, eventually('p', '', (n) => n === 4, [exploding])],
        ['the class «class» threw RangeError: boom', 0, true, alwaysReachable('p', '', (n) => n === 4, exploding)],
        ['the class «class» threw RangeError: boom', 0, true, refining({ fairness: [exploding] })],
        ['the property «p» threw RangeError: boom', 3, false, infinitelyOften('p', '', at(3), [])],
        ['the property «p» threw RangeError: boom', 3, false, leadsTo('p', '', () => true, at(3), [])],
        [
          'the property «refines» threw RangeError: boom',
          1,
          true,
          refining({ state: (n) => (n === 2 ? explodes() : n) })
        ],
        [
          'the abstract system «itself» threw RangeError: boom',
          2,
          true,
          refining({ of: { name: 'itself', system: counts(4, 2), key: String } })
        ],
        [
          'the abstract system «itself» threw RangeError: boom',
          0,
          false,
          refining({ of: { name: 'itself', system: counts(4, NaN), key: String, fairness: [exploding] } })
        ]
      ]

    test.each(searches.filter(({ reduce }) => reduce === undefined))('is found by %j', async (options) => {
      for (const [says, steps, isOfStep, property] of asked) {
        const model = systemModel({ name: 'counts', system: counts(4, NaN), invariants: [], properties: [property] })
        const result = await exhaustive(model, options)
        expect(said(result)).toEqual({
          says,
          steps,
          action: isOfStep ? up : undefined,
          counterexample: undefined,
          complete: false
        })
        expect(result.answers.map(({ verdict }) => verdict)).toEqual(['undecided'])
      }
    })

    test('is found where it is looked up', async () => {
      const model = protocolModel({
        name: 'idle',
        nodes: 2,
        protocol: untimed<{ readonly id: Address; readonly n: number }, number, string>({
          Init: (id) => ({ id, n: 0 }),
          procMsg: (st) => [st, []],
          procInt: (st) => [{ ...st, n: st.n + 1 }, []]
        }),
        environment: freely<{ readonly id: Address; readonly n: number }, number, string>((_, { n }) =>
          n < 2 ? ['go'] : []
        ),
        invariants: [],
        kindOfInternal: String,
        properties: [
          eventually(
            'p',
            '',
            everyNode(({ n }: { readonly n: number }) => (n === 2 ? explodes() : true)),
            []
          )
        ]
      })
      for (const plain of [false, true])
        expect(said(await exhaustive(model, { plain }))).toEqual({
          says: 'the property «p» threw RangeError: boom',
          steps: 2,
          action: undefined,
          counterexample: undefined,
          complete: false
        })
    })
  })

  test('is not reported where it lies beyond a bound, which is said to leave something out', async () => {
    const model = network({ procMsg: (_, { hop }) => (hop === 3 ? explodes() : undefined) })
    for (const options of [{}, { plain: true }]) {
      expect(await exhaustive(model, { ...options, depth: 3 })).toMatchObject({ fault: undefined, complete: false })
      expect((await exhaustive(model, { ...options, depth: 4 })).fault?.action).toMatchObject({
        packet: { msg: { hop: 3 } }
      })
    }
  })

  test('that comes after a violation is not reached, and one beside it is said', async () => {
    const after = network({
      procMsg: (_, { hop }) => (hop === 3 ? explodes() : undefined),
      invariants: [eachNode('small', 'it is small', (_, { n }) => (n === 1 ? [{ witness: '1' }] : []))]
    })
    for (const options of searches)
      expect(await exhaustive(after, options)).toMatchObject({
        fault: undefined,
        counterexample: { actions: { length: 2 } }
      })
    const beside = network({
      invariants: [
        eachNode('small', 'it is small', (_, { n }) => (n === 1 ? [{ witness: '1' }] : [])),
        eachNode('sure', 'it can be decided', (_, { n }) => (n === 1 ? explodes() : []))
      ]
    })
    for (const options of searches)
      expect(said(await exhaustive(beside, options))).toMatchObject({
        says: 'the invariant «sure» threw RangeError: it is too much',
        steps: 2
      })
  })
})

test('a violation is found beside a handler of another node that throws, which no search has come to', async () => {
  const model = randomProtocol(5072, { wild: true })
  for (const options of [{}, { plain: true }, { order: 'depth-first' }] as const)
    expect(await exhaustive(model, options)).toMatchObject({
      counterexample: { actions: { length: 1 } },
      fault: undefined
    })
})

describe('a fault of a system that is no network', () => {
  interface Numbers {
    readonly n: number
    readonly all: ReadonlyArray<number>
  }
  interface Own {
    readonly actions?: (s: Numbers) => ReadonlyArray<string>
    readonly next?: (s: Numbers, a: string) => void
    readonly good?: (s: Numbers) => void
    readonly key?: (s: Numbers) => string
    readonly kindOf?: (a: string) => string
  }
  const numbers = ({ actions, next, good, key, kindOf }: Own): Model<Numbers, string> =>
    systemModel<Numbers, string>({
      name: 'numbers',
      system: {
        initial: iota(3).map((n) => ({ n, all: [] })),
        actions: actions ?? (({ n }) => (n < 50 ? ['up', 'over'] : [])),
        next: (s, a) => {
          next?.(s, a)
          return O.some({ n: s.n + (a === 'up' ? 1 : 2), all: s.all })
        }
      },
      ...(key && { key }),
      ...(kindOf && { kindOf }),
      invariants: [
        whole('good', 'it is good', (s) => {
          good?.(s)
          return []
        })
      ]
    })
  const at = (n: number, wrong: (s: Numbers) => void) => (s: Numbers) => {
    if (s.n === n) wrong(s)
  }
  const change = ({ all }: Numbers): void => {
    Object.assign(all, [1])
  }
  const faults: ReadonlyArray<readonly [name: string, own: Own, says: RegExp]> = [
    ['next throws', { next: at(9, explodes) }, /^next threw RangeError: it is too much$/],
    ['actions throws', { actions: (s) => (s.n === 9 ? explodes() : ['up', 'over']) }, /^actions threw RangeError/],
    ['an invariant throws', { good: at(9, explodes) }, /^the invariant «good» threw RangeError/],
    ['the key throws', { key: ({ n }) => (n === 9 ? explodes() : String(n)) }, /^key threw RangeError/],
    ['the kind throws', { kindOf: (a) => (a === 'over' ? explodes() : a) }, /^kindOf threw RangeError/],
    ['next changes the state', { next: at(9, change) }, /^next changed what it was given/],
    ['an invariant changes the state', { good: at(9, change) }, /^the invariant «good» changed what it was given/],
    ['something throws at once', { good: at(1, explodes) }, /^the invariant «good» threw RangeError/]
  ]
  test.each(faults)('is reported by every search: %s', async (_, own, says) => {
    for (const options of searches.filter(({ reduce }) => reduce === undefined)) {
      const result = await exhaustive(numbers(own), options)
      expect(said(result)).toMatchObject({
        says: expect.stringMatching(says) as unknown,
        counterexample: undefined,
        complete: false
      })
    }
    // Random executions need no keys.
    for (const plain of own.key === undefined ? [false, true] : [])
      expect(said(await randomized(numbers(own), { seed: 1, plain })).says).toMatch(says)
    expect((await witnessState(numbers(own))).fault?.says).toMatch(says)
    const { fault } = await inductive(
      numbers(own),
      iota(60).map((n) => ({ n, all: [] }))
    )
    if (own.key === undefined && own.kindOf === undefined) expect(fault?.says).toMatch(says)
  })
})

test('an induction says in which of its states a fault shows', async () => {
  const worlds = (id: number) => ({
    world: {
      localState: {
        _tag: 'Def' as const,
        entries: netAddr(2).enum.map((n) => [n, { id: address(id), n: 0, seen: new Set<number>(), list: [] }] as const)
      },
      inFlightMsgs: [],
      consumedMsgs: []
    },
    env: null
  })
  const { fault, satisfying } = await inductive(network({}), [worlds(1)])
  expect([fault?.says, satisfying]).toEqual([
    'procMsg or procInt gave node 0 a state of which id says that it is that of node 1: expected 0',
    0
  ])
})
