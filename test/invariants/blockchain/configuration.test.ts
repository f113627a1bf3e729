import { describe, expect, test } from 'vitest'
import { InstanceName } from '../../../invariants/blockchain/codec.js'
import type { Configuration } from '../../../invariants/blockchain/codec.js'
import {
  modelOf,
  sidesOf,
  sourceOf,
  withEdition,
  withModel,
  withPlayable
} from '../../../invariants/blockchain/configuration.js'

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
    const names = Object.keys(InstanceName.keys)
    expect(names).toEqual(['numbered', 'longestChain', 'proofOfWork', 'payments'])
    expect(
      names.map((name) =>
        withModel({ ...configuration, instance: InstanceName.is(name) ? name : 'numbered' }, (model) => [
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

describe('the edition of a configuration', () => {
  const model = (more: Partial<Configuration>) =>
    withEdition({ ...configuration, ...more }, ({ model: { name, invariants } }) => [
      name,
      ...invariants.map((i) => i.name)
    ])

  test('is the main one where none is named', () => {
    expect(model({})).toEqual(['F321 1 duplicated 2 lost 3 cut', 'clique_inv', 'quiescent_agreement'])
  })

  test('is that of 2018 where it is named', () => {
    expect(model({ edition: 'cpp18' })).toEqual([
      'cpp18 F321 1 duplicated 2 lost 3 cut',
      'clique_inv',
      'clique_eventual_consensus'
    ])
  })
})

describe('a configuration that another thread gets', () => {
  test('leads to the same model there', async () => {
    const { module, name, argument } = sourceOf(configuration)
    expect([name, argument]).toEqual(['modelOf', configuration])
    const there: unknown = await import(/* @vite-ignore */ module)
    expect(there).toHaveProperty(name, modelOf)
    expect(modelOf(argument)).toMatchObject({ name: 'F321 1 duplicated 2 lost 3 cut' })
    expect(modelOf({ ...configuration, edition: 'cpp18' })).toMatchObject({
      name: 'cpp18 F321 1 duplicated 2 lost 3 cut'
    })
  })

  test('is refused where it is none', () => {
    expect(() => modelOf({ ...configuration, nodes: 0 })).toThrow(new TypeError('expected 1 to 64 nodes, found 0'))
  })
})
