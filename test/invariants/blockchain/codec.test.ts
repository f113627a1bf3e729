import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { Configuration, decodeConfiguration } from '../../../invariants/blockchain/codec.js'

const configuration: Configuration = {
  instance: 'numbered',
  nodes: 3,
  mints: 2,
  transactions: 1,
  blockOnly: false,
  faults: { duplications: 1, losses: 2, cuts: 3 }
}

/** Why a configuration is refused; undefined where it is not. */
const refusal = (u: unknown): string | undefined =>
  E.match<string, Configuration, string | undefined>(
    (reason) => reason,
    () => undefined
  )(decodeConfiguration(u))

describe('a configuration from outside', () => {
  test('is accepted iff its fields are known names and natural numbers', () => {
    expect(E.isRight(Configuration.decode(configuration))).toBe(true)
    const spoilt: ReadonlyArray<unknown> = [
      null,
      'F321',
      { ...configuration, instance: 'dogecoin' },
      { ...configuration, nodes: -1 },
      { ...configuration, mints: 1.5 },
      { ...configuration, transactions: '1' },
      { ...configuration, blockOnly: 0 },
      { ...configuration, faults: undefined },
      { ...configuration, faults: { duplications: 0, losses: 0 } },
      { ...configuration, nodes: 2 ** 53 },
      { ...configuration, edition: 'cpp19' },
      { ...configuration, hashBits: 1 },
      { ...configuration, hashBits: 257 },
      { ...configuration, hashBits: 2.5 }
    ]
    expect(spoilt.map((c) => E.isRight(Configuration.decode(c)))).toEqual(spoilt.map(() => false))
  })

  test('may be of the edition of 2018, and have hashes of 2 to 256 bits', () => {
    for (const more of [{ edition: 'cpp18' }, { hashBits: 2 }, { hashBits: 256 }, { edition: 'cpp18', hashBits: 16 }])
      expect(decodeConfiguration({ ...configuration, ...more })).toEqual(E.right({ ...configuration, ...more }))
  })

  test('may have zero of everything but nodes', () => {
    const none = { ...configuration, nodes: 1, mints: 0, transactions: 0 }
    expect(refusal({ ...none, faults: { duplications: 0, losses: 0, cuts: 0 } })).toBeUndefined()
  })

  test('that is none is refused with the first three things that are wrong with it', () => {
    expect(refusal({ ...configuration, mints: -1 })).toMatch(
      /^not a configuration: Invalid value -1 supplied to : .*\/mints: Count$/
    )
    const many = refusal({ nodes: 3 })
    expect(many?.split('; ').map((one) => /\/([a-zA-Z]+): [^/]*$/.exec(one)?.[1])).toEqual([
      'instance',
      'mints',
      'transactions'
    ])
  })

  test('has 1 to 64 nodes', () => {
    const uncut = { ...configuration, faults: { ...configuration.faults, cuts: 0 } }
    expect([0, 1, 64, 65].map((nodes) => refusal({ ...uncut, nodes }))).toEqual([
      'expected 1 to 64 nodes, found 0',
      undefined,
      undefined,
      'expected 1 to 64 nodes, found 65'
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

  test('has at most a million of anything else', () => {
    const million = 1_000_000
    const { faults } = configuration
    const most = {
      ...configuration,
      mints: million,
      transactions: million,
      faults: { duplications: million, losses: million, cuts: million }
    }
    expect(refusal(most)).toBeUndefined()
    expect([
      refusal({ ...configuration, mints: million + 1 }),
      refusal({ ...configuration, transactions: million + 1 }),
      refusal({ ...configuration, faults: { ...faults, losses: million + 1 } })
    ]).toEqual([
      'expected at most 1000000 mints, found 1000001',
      'expected at most 1000000 transactions, found 1000001',
      'expected at most 1000000 losses, found 1000001'
    ])
  })
})
