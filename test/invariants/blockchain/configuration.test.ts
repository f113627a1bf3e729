import { describe, expect, test } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import {
  decodeConfiguration,
  INSTANCES,
  sidesOf,
  withModel,
  withPlayable
} from '../../../invariants/blockchain/configuration.js'
import type { Configuration } from '../../../invariants/blockchain/configuration.js'

const configuration: Configuration = {
  instance: 'numbered',
  nodes: 3,
  mints: 2,
  transactions: 1,
  blockOnly: false,
  faults: { duplications: 1, losses: 2, cuts: 3 }
}

describe('the ways to cut a network in two', () => {
  test('are the groups without the first node, each once', () => {
    expect([0, 1, 2, 3].map(sidesOf)).toEqual([[], [], [[1]], [[1], [2], [1, 2]]])
  })

  test('are 2^(n - 1) - 1 for n nodes, all different', () => {
    for (const n of [1, 2, 5, 8]) {
      const sides = sidesOf(n).map((side) => side.join())
      expect([sides.length, new Set(sides).size, sides.some((s) => s.startsWith('0'))]).toEqual([
        2 ** (n - 1) - 1,
        2 ** (n - 1) - 1,
        false
      ])
    }
  })
})

describe('the model of a configuration', () => {
  test('has its name, its bounds, and the nodes of its bounds', () => {
    withModel(configuration, (model) => {
      expect([model.name, model.toychain.addresses.enum]).toEqual(['F321 1 duplicated 2 lost 3 cut', [0, 1, 2]])
      expect(model.bounds).toEqual({
        nodes: 3,
        mints: 2,
        transactions: 1,
        blockOnly: false,
        faults: { duplications: 1, losses: 2, cuts: 3, sides: [[1], [2], [1, 2]] }
      })
    })
  })

  test('plays the instance that it names', () => {
    expect(
      INSTANCES.map((instance) =>
        withModel({ ...configuration, instance }, (model) => [
          model.toychain.instance.name,
          model.invariants.map((i) => i.name)
        ])
      )
    ).toEqual([
      ['numbered', ['clique_inv', 'quiescent_agreement']],
      ['longestChain', ['clique_inv', 'quiescent_agreement']],
      ['proofOfWork', ['clique_inv', 'quiescent_agreement']],
      ['payments', ['clique_inv', 'quiescent_agreement', 'no_double_spending']]
    ])
  })
  test('is none of another edition', () => {
    expect(() => withModel({ ...configuration, edition: 'cpp18' }, ({ name }) => name)).toThrow(
      new RangeError('a configuration of the edition cpp18 makes no model of the main edition')
    )
  })

  test('has no cuts where it may not be cut', () => {
    const faults = { ...configuration.faults, cuts: 0 }
    expect(withModel({ ...configuration, faults }, ({ bounds }) => bounds.faults.sides)).toEqual([])
  })
})

describe('the instance of a configuration', () => {
  const names = ['numbered', 'longestChain', 'proofOfWork', 'payments'] as const
  /** The names of the instance, and of the one with whole hashes, with the length of the hash of genesis in both. */
  const played = (instance: (typeof names)[number], more: Partial<Configuration>) =>
    withPlayable({ ...configuration, instance, ...more }, ({ instance: one }, _limits, whole) =>
      [one, whole].map(({ name, params }) => [name, String(params.hashB(params.GenesisBlock)).length])
    )

  test('has its whole hashes where nothing is said of their size', () => {
    expect(names.map((name) => played(name, {}))).toEqual([
      [
        ['numbered', 1],
        ['numbered', 1]
      ],
      [
        ['longestChain', 66],
        ['longestChain', 66]
      ],
      [
        ['proofOfWork', 66],
        ['proofOfWork', 66]
      ],
      [
        ['payments', 66],
        ['payments', 66]
      ]
    ])
  })

  test('has its hashes cut to the bits that it names, and the whole ones beside them', () => {
    expect(names.map((name) => played(name, { hashBits: 16 }))).toEqual([
      [
        ['numbered (16-bit hash)', 6],
        ['numbered', 1]
      ],
      [
        ['longestChain (16-bit hash)', 6],
        ['longestChain', 66]
      ],
      [
        ['proofOfWork (16-bit hash)', 6],
        ['proofOfWork', 66]
      ],
      [
        ['payments (16-bit hash)', 6],
        ['payments', 66]
      ]
    ])
  })
})

/** Why a configuration is refused; undefined where it is not. */
const refusal = (u: unknown): string | undefined =>
  E.match<string, Configuration, string | undefined>(
    (reason) => reason,
    () => undefined
  )(decodeConfiguration(u))

describe('a configuration from outside', () => {
  test('is accepted iff its fields are known names and natural numbers', () => {
    expect(E.isRight(decodeConfiguration(configuration))).toBe(true)
    const spoilt: ReadonlyArray<unknown> = [
      null,
      'F321',
      { ...configuration, instance: 'dogecoin' },
      { ...configuration, nodes: -1 },
      { ...configuration, mints: 1.5 },
      { ...configuration, transactions: '1' },
      { ...configuration, blockOnly: 0 },
      { ...configuration, faults: { duplications: 0, misfortunes: 0 } },
      { ...configuration, faults: 1 },
      { ...configuration, misfortunes: 1 },
      [],
      { ...configuration, nodes: 2 ** 53 },
      { ...configuration, edition: 'cpp19' },
      { ...configuration, hashBits: 1 },
      { ...configuration, hashBits: 257 },
      { ...configuration, hashBits: 2.5 }
    ]
    expect(spoilt.map((c) => E.isRight(decodeConfiguration(c)))).toEqual(spoilt.map(() => false))
  })

  test('may be of the edition of 2018, and have hashes of 2 to 256 bits', () => {
    for (const more of [{ edition: 'cpp18' }, { hashBits: 2 }, { hashBits: 256 }, { edition: 'cpp18', hashBits: 16 }])
      expect(decodeConfiguration({ ...configuration, ...more })).toEqual(E.right({ ...configuration, ...more }))
  })

  test('may have zero of everything but nodes', () => {
    const none = { ...configuration, nodes: 1, mints: 0, transactions: 0 }
    expect(refusal({ ...none, faults: { duplications: 0, losses: 0, cuts: 0 } })).toBeUndefined()
  })

  test('is as it is initially where it says nothing', () => {
    expect(decodeConfiguration({ nodes: 3, faults: { losses: 1 } })).toEqual(
      E.right({
        instance: 'numbered',
        nodes: 3,
        mints: 2,
        transactions: 0,
        blockOnly: false,
        faults: { duplications: 0, losses: 1, cuts: 0 }
      })
    )
  })

  test('that is none is refused with what is wrong, and where', () => {
    expect([
      refusal({ ...configuration, mints: -1 }),
      refusal({ ...configuration, faults: { losses: '1' } }),
      refusal({ ...configuration, minds: 1 })
    ]).toEqual([
      'mints: expected a whole number from 0 to 1000000, found -1',
      'faults.losses: expected a whole number from 0 to 1000000, found "1"',
      'there is no parameter minds; there are edition, instance, hashBits, nodes, mints, transactions, blockOnly, faults, ask'
    ])
  })

  test('may ask what happens at last, of the main edition', () => {
    const whole = { ...configuration, faults: { duplications: 0, losses: 0, cuts: 0 }, ask: 'liveness' }
    expect([refusal(whole), refusal({ ...whole, edition: 'cpp18' }), refusal({ ...whole, ask: 'everything' })]).toEqual(
      [undefined, '--ask liveness is for the main edition', 'ask: expected liveness, found "everything"']
    )
  })

  test('has 1 to 64 nodes', () => {
    const uncut = { ...configuration, faults: { ...configuration.faults, cuts: 0 } }
    expect([0, 1, 64, 65].map((nodes) => refusal({ ...uncut, nodes }))).toEqual([
      'nodes: expected a whole number from 1 to 64, found 0',
      undefined,
      undefined,
      'nodes: expected a whole number from 1 to 64, found 65'
    ])
  })

  test('has at most 16 nodes where the network may be cut', () => {
    const cut = (cuts: number, nodes: number) =>
      refusal({ ...configuration, nodes, faults: { ...configuration.faults, cuts } })
    expect([cut(1, 16), cut(1, 17), cut(0, 17)]).toEqual([
      undefined,
      'expected at most 16 nodes in a network that may be cut, found 17',
      undefined
    ])
  })

  test('has at most a million of anything else, and ten thousand transactions', () => {
    const million = 1_000_000
    const { faults } = configuration
    const most = {
      ...configuration,
      mints: million,
      transactions: 10_000,
      faults: { duplications: million, losses: million, cuts: million }
    }
    expect(refusal(most)).toBeUndefined()
    expect([
      refusal({ ...configuration, mints: million + 1 }),
      refusal({ ...configuration, transactions: 10_001 }),
      refusal({ ...configuration, faults: { ...faults, losses: million + 1 } })
    ]).toEqual([
      'mints: expected a whole number from 0 to 1000000, found 1000001',
      'transactions: expected a whole number from 0 to 10000, found 10001',
      'faults.losses: expected a whole number from 0 to 1000000, found 1000001'
    ])
  })
})
