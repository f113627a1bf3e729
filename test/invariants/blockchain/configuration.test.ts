import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { Configuration, InstanceName } from '../../../invariants/blockchain/codec.js'
import { sidesOf, withModel } from '../../../invariants/blockchain/configuration.js'

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
})

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
      { ...configuration, nodes: 2 ** 53 }
    ]
    expect(spoilt.map((c) => E.isRight(Configuration.decode(c)))).toEqual(spoilt.map(() => false))
  })
})
