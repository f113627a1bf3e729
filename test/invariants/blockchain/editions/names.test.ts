import { describe, expect, test } from 'vitest'
import { model18 } from '../../../../invariants/blockchain/editions/cpp18.js'
import { spokenOfAs, spokenOfAs18 } from '../../../../invariants/blockchain/editions/names.js'
import { bounds, toychainModel } from '../../../../invariants/blockchain/model.js'
import { Words } from '../../../../invariants/blockchain/pictures.js'
import { playNumbered } from '../../../../invariants/blockchain/playable.js'
import { numbered } from '../../../../spec/blockchain/instances/numbered.js'
import type { NumberedTypes } from '../../../../spec/blockchain/instances/numbered.js'
import { shortHash } from '../../../../spec/blockchain/instances/shortHash.js'
import type { Toychain } from '../../../../spec/blockchain/toychain.js'
import type { Block } from '../../../../spec/blockchain/types.js'
import { address } from '../../../support/toychains.js'

const whole = numbered()
const playable = { ...playNumbered, instance: shortHash(whole, 6) }
const { toychain } = toychainModel(playable, bounds(2, 2, 0))

/** Two blocks of node 1, one on top of the other, which have one hash of 6 bits. */
const blocksOf = ({ params }: Toychain<NumberedTypes>) => {
  const next = (prev: Block<NumberedTypes>, k: number): Block<NumberedTypes> => ({
    prevBlockHash: params.hashB(prev),
    txs: [],
    proof: { minter: address(1), k }
  })
  const first = next(params.GenesisBlock, 1)
  return [params.GenesisBlock, first, next(first, 2)]
}

describe('where hashes are short, blocks go by the names of another instance', () => {
  const blocks = blocksOf(toychain)
  const named = spokenOfAs(toychain, whole)

  test('so that two blocks of one hash have two names', () => {
    expect(blocks.map(toychain.params.hashB).slice(1)).toEqual(['0x28', '0x28'])
    expect(blocks.map(Words(toychain).block)).toEqual(['0xcc', '0x28', '0x28'])
    expect(blocks.map(Words(named).block)).toEqual(['g', '1@1', '2@1'])
  })

  test('and so does the hash of genesis; other hashes are written as they are', () => {
    expect(blocks.map(toychain.params.hashB).map(Words(named).label)).toEqual(['g', '0x28', '0x28'])
  })

  test('but are computed with by their own hashes', () => {
    expect(blocks.map(named.params.hashB)).toEqual(blocks.map(toychain.params.hashB))
    expect(named.forest).toBe(toychain.forest)
  })

  test('in the edition of 2018 too', () => {
    const of2018 = model18(playable, bounds(2, 2, 0)).toychain
    const { common } = spokenOfAs18(of2018, whole)
    expect(blocksOf(of2018.common).map(Words(common).block)).toEqual(['g', '1@1', '2@1'])
  })
})
