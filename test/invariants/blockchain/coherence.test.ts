import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coherence } from '../../../invariants/blockchain/coherence.js'
import { failures, leaves, showFailure } from '../../../invariants/property/invariant.js'
import { entries, pts, undef, unit } from '../../../spec/prelude/unionMap.js'
import { address, beds, byLength, toyOf, worldOf } from '../../support/toychains.js'
import type { S, W } from '../../support/toychains.js'
import { holds } from '../../support/property.js'

const SIZE = 3
const { network, params } = toyOf(byLength, 2)

/** The initial world with node 1 changed. */
const with1 = (more: Partial<S>): W => {
  const { localState } = network.initWorld
  return {
    ...network.initWorld,
    localState: { _tag: 'Def', entries: entries(localState).map(([n, st]) => [n, n === 1 ? { ...st, ...more } : st]) }
  }
}
const objections = (w: W): ReadonlyArray<string> => failures(coherence(network), { world: w }).map(showFailure)

describe('coherence that explains itself', () => {
  test('holds iff Coh does, of coherent worlds and others', () => {
    holds(
      fc
        .tuple(fc.constantFrom(...Object.values(beds)), fc.boolean())
        .chain(([bed, coherent]) => fc.tuple(fc.constant(bed), worldOf(bed, SIZE, coherent))),
      ([bed, w], meet) => {
        const toy = toyOf(bed, SIZE)
        const fine = toy.network.Coh(w)
        meet(fine ? 'coherent' : 'incoherent')
        expect(failures(coherence(toy.network), { world: w }).length === 0).toBe(fine)
      },
      { met: { coherent: 200, incoherent: 200 } }
    )
  })

  test('has a conjunct for each thing that it asks', () => {
    expect(leaves(coherence(network)).map(([path]) => path.join(' ▸ '))).toEqual([
      'Coh ▸ defined',
      'Coh ▸ id',
      'Coh ▸ validH',
      'Coh ▸ has_init_block',
      'Coh ▸ uniq peers'
    ])
  })

  test('says of a state under another address whose it is', () => {
    expect(objections(with1({ id: address(0) }))).toEqual(['Coh ▸ id ▸ node 1: its state says that it is node 0'])
  })

  test('says of a tree that a block is not under its hash, or that genesis is missing', () => {
    const odd = pts(params.hashB(params.GenesisBlock), { ...params.GenesisBlock, proof: 1 })
    expect(objections(with1({ blockTree: odd }))).toEqual([
      'Coh ▸ validH ▸ node 1: not so: every block of a defined tree is stored under its own hash',
      'Coh ▸ has_init_block ▸ node 1: not so: a defined tree holds the genesis block'
    ])
    expect(objections(with1({ blockTree: unit }))).toEqual([
      'Coh ▸ has_init_block ▸ node 1: not so: a defined tree holds the genesis block'
    ])
    expect(objections(with1({ blockTree: undef }))).toEqual([])
  })

  test('says that a peer occurs twice', () => {
    expect(objections(with1({ peers: [0, 1, 0].map(address) }))).toEqual([
      'Coh ▸ uniq peers ▸ node 1: not so: no peer occurs twice'
    ])
  })

  test('says that two nodes share an address', () => {
    expect(objections({ ...network.initWorld, localState: undef })).toEqual([
      'Coh ▸ defined: two nodes share an address'
    ])
  })
})
