/** How trees and chains grow: what is objected to reactions, one wrong way at a time. */
import { describe, expect, test } from 'vitest'
import { growth } from '../../../invariants/blockchain/growth.js'
import { undef } from '../../../spec/prelude/unionMap.js'
import {
  announces,
  b1,
  b2,
  b3,
  genesis,
  mints,
  N0,
  N1,
  named,
  node,
  objections,
  on,
  packet,
  receives,
  t1,
  t2,
  toychain
} from '../../support/reactions.js'
import type { Bl, Msg } from '../../support/reactions.js'

const property = named(growth(toychain))
const block = (b: Bl): Msg => ({ _tag: 'BlockMsg', block: b })

test('what nodes do is as it is asked', () => {
  for (const one of growth(toychain))
    for (const did of [
      receives(node([b1]), block(b2)),
      receives(node([b1]), block(b3)),
      receives(node([b1]), block(b1)),
      receives({ ...node([]), blockTree: undef }, block(b1)),
      receives(node([b1]), { _tag: 'TxMsg', tx: t1 }),
      mints(node([b1], t2), 2),
      announces(node([]), t1)
    ])
      expect([one.name, objections(one, did)]).toEqual([one.name, []])
})

describe('a tree', () => {
  test('gains what arrives or is minted, and nothing else', () => {
    const tree = property('tree')
    const did = receives(node([b1]), block(b2))
    expect(objections(tree, { ...did, after: did.before })).toEqual([
      'node 0 has the tree {1@0, g}, expected {1@0, 2@0, g}'
    ])
    expect(objections(tree, { ...did, after: node([b2]) })).toEqual([
      'node 0 has the tree {2@0, g}, expected {1@0, 2@0, g}'
    ])
    expect(objections(tree, { ...announces(node([]), t1), after: node([b1]) })).toEqual([
      'node 0 has the tree {1@0, g}, expected {g}'
    ])
    expect(objections(tree, { ...mints(node([]), 2), sent: [] })).toEqual([
      'node 0 has the tree {2@0, g}, expected {g}'
    ])
  })
})

describe('a chain', () => {
  const irrevocability = property('irrevocability')
  const becomes = (before: ReadonlyArray<Bl>, after: ReadonlyArray<Bl>) =>
    objections(irrevocability, { ...receives(node(before), block(b1)), after: node(after) })

  test('is continued, or given up for a better one', () => {
    expect(becomes([b2], [b2, b3])).toEqual([])
    expect(becomes([b1], [b1, b2])).toEqual([])
    expect(becomes([b1], [b2])).toEqual([])
    expect(becomes([b2], [b2, b1])).toEqual([])
    expect(becomes([b2], [b1])).toEqual(['node 0 gives its chain g ← 2@0 up for g ← 1@0, which is not better'])
    expect(becomes([b2], [])).toEqual(['node 0 gives its chain g ← 2@0 up for g, which is not better'])
  })

  test('may be gone after a collision', () => {
    const did = receives(node([b1]), block(b2))
    expect(objections(irrevocability, { ...did, after: { ...did.after, blockTree: undef } })).toEqual([])
  })
})

describe('a block that is minted', () => {
  const minting = property('minting')
  const did = mints(node([b1, b2], t1), 3)
  const minted = (b: Bl, ...more: typeof did.sent) =>
    objections(minting, { ...did, sent: [packet(N0, block(b)), packet(N1, block(b)), ...more] })

  test('stands on the best chain', () => {
    expect(minted(on(b2, 3, t1))).toEqual([])
    expect(minted(on(b1, 3))).toEqual(['node 0 mints 3@0 on 1@0, its best chain is g ← 2@0'])
  })

  test('is valid after it, with transactions of the pool that are valid after it', () => {
    expect(minted(genesis)).toEqual([
      expect.stringMatching(/^node 0 mints g on .*, its best chain is g ← 2@0$/),
      'node 0 mints g, not valid after g ← 2@0'
    ])
    expect(minted(on(b2, 3, t2))).toEqual(['node 0 mints 3@0 with tx t2, not pooled or not valid'])
    const late = mints(node([b1], t1), 2)
    const sent = [N0, N1].map((n) => packet(n, block(on(b1, 2, t1))))
    expect(objections(minting, { ...late, sent })).toContain('node 0 mints 2@0 with tx t1, not pooled or not valid')
  })

  test('goes to all peers, alone', () => {
    expect(objections(minting, { ...did, sent: did.sent.slice(1) })).toEqual([
      'node 0 sends the block to node 0 0 times, expected once'
    ])
    expect(minted(b3, packet(N1, block(on(b2, 4))))).toEqual(['node 0 sends BlockMsg 4@0 to node 1'])
  })
})
