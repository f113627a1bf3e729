/**
 * All forest cases of the conformance vectors, run against the library: the values that were computed by code extracted
 * from Coq (`test/vectors/VECTORS.md`, section 6.1).
 *
 * The library has no undefined trees. Where a case's tree becomes undefined, the library must report a collision at that
 * very step, and from then on its tree is the one without the blocks that collided, which is compared with the
 * specification's. The start of a few cases (tag `oddKeys`) stores blocks under keys that are not their hashes; no
 * insertion leads to such a tree, and importing its blocks puts them under their hashes.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { Hash, Transaction } from '../../../spec/blockchain/codec.js'
import { longestChain as specLongestChain } from '../../../spec/blockchain/instances/longestChain.js'
import { proofOfWork as specProofOfWork } from '../../../spec/blockchain/instances/proofOfWork.js'
import { blockOrd, typesImpl } from '../../../spec/blockchain/instances/typesImpl.js'
import type { TypesImpl } from '../../../spec/blockchain/instances/typesImpl.js'
import { dom, unionMap, valid } from '../../../spec/prelude/unionMap.js'
import { createForest, longestChain, proofOfWork } from '../../../impl/forest/index.js'
import { specForest, toBlockTree } from '../../../impl/forest/spec.js'
import { seenByForest, seenBySpec, sideBySide } from './oracle.js'
import type { B, H, Options, Params } from './oracle.js'

const ids = t.readonlyArray(t.number)
const tree = t.readonlyArray(t.tuple([Hash, t.number]))
const Case = t.type({
  id: t.string,
  inst: t.keyof({ pow: null, simple: null }),
  tags: t.readonlyArray(t.string),
  blocks: t.readonlyArray(t.type({ prev: Hash, txs: t.readonlyArray(Transaction), proof: t.number, hash: Hash })),
  start: tree,
  steps: t.readonlyArray(
    t.type({ b: t.number, valid: t.boolean, has: t.boolean, dom: t.readonlyArray(Hash), chain: ids })
  ),
  final: t.type({
    bt: t.union([tree, t.null]),
    chain: ids,
    allBlocks: ids,
    allChains: t.readonlyArray(ids),
    good: t.readonlyArray(t.boolean),
    validChain: t.readonlyArray(t.boolean),
    compute: t.readonlyArray(ids),
    has: t.readonlyArray(t.boolean)
  })
})
type Case = t.TypeOf<typeof Case>

const cases = gunzipSync(readFileSync(new URL('../../vectors/forest.jsonl.gz', import.meta.url)))
  .toString()
  .trim()
  .split('\n')
  .map((line) =>
    E.getOrElse((): Case => expect.fail(`not a case: ${line.slice(0, 80)}`))(Case.decode(JSON.parse(line)))
  )

/** The parameters of a case, the library's options for them, and the blocks of its table. */
const setUp = (c: Case) => {
  const key = ({ prevBlockHash, txs, proof }: B): string => JSON.stringify([prevBlockHash, txs, proof])
  const blocks = c.blocks.map(({ prev, txs, proof }): B => ({ prevBlockHash: prev, txs, proof }))
  const hashes = new Map(blocks.map((b, i) => [key(b), c.blocks[i]!.hash]))
  const ofObject = new Map(blocks.map((b, i) => [b, c.blocks[i]!.hash]))
  const hashB = (b: B): H => ofObject.get(b) ?? hashes.get(key(b))!
  const P: Params = c.inst === 'pow' ? specProofOfWork({ hashB }).params : specLongestChain({ hashB }).params
  const exact: Options = specForest(typesImpl, P)
  const byScore: Options = {
    ...exact,
    forkChoice: c.inst === 'pow' ? proofOfWork(blockOrd<TypesImpl>(typesImpl).compare) : longestChain()
  }
  return { blocks, hashB, P, ways: [exact, byScore] }
}

const odd = cases.filter((c) => c.tags.includes('oddKeys'))
const regular = cases.filter((c) => !c.tags.includes('oddKeys'))

test('there are 1,500 cases, 30 of which start from a tree whose keys are not hashes', () => {
  expect([cases.length, odd.length]).toEqual([1500, 30])
})

test('the library computes what the vectors record, by chains and by score', async () => {
  const counts = { steps: 0, undefinedSteps: 0 }
  for (const [n, c] of regular.entries()) {
    if (n % 50 === 0) await new Promise((resolve) => setImmediate(resolve))
    const { blocks, hashB, P, ways } = setUp(c)
    for (const options of ways) {
      const forest = createForest({ ...options, empty: true })
      const ids = new Map(blocks.map((b, i) => [b, i]))
      const id = (b: B): number => ids.get(b) ?? blocks.findIndex((d) => options.equals(b, d))
      for (const [, b] of c.start) forest.insert(blocks[b]!)
      const start = toBlockTree(typesImpl, forest)
      expect(dom(start)).toEqual(c.start.map(([h]) => h))
      const sides = sideBySide(P, forest, start)

      let defined = true
      for (const step of c.steps) {
        const b = blocks[step.b]!
        const result = sides.insert(b)
        defined &&= E.isRight(result)
        expect([c.id, defined]).toEqual([c.id, step.valid])
        counts.steps++
        if (!defined) {
          counts.undefinedSteps++
          sides.agree()
          continue
        }
        expect(dom(toBlockTree(typesImpl, forest))).toEqual(step.dom)
        expect(forest.bestChain().map(id)).toEqual(step.chain)
        const known = forest.get(hashB(b))
        expect(known !== undefined && options.equals(known.block, b)).toBe(step.has)
      }

      if (c.final.bt === null) continue
      const { bt, best, chains, status } = seenByForest(forest)
      expect(valid(bt) && bt.entries.map(([h, b]) => [h, id(b)])).toEqual(c.final.bt)
      expect(best.map(id)).toEqual(c.final.chain)
      expect(chains.map((chain) => chain.map(id))).toEqual(c.final.allChains)
      expect(status.map((s) => s !== 'Orphan')).toEqual(c.final.good)
      // An orphan's chain may be valid or not; the library does not ask before it is connected.
      expect(status.map((s, i) => (s === 'Orphan' ? c.final.validChain[i] : s === 'Valid'))).toEqual(c.final.validChain)
      const has = blocks.map((b) => {
        const known = forest.get(hashB(b))
        return known !== undefined && options.equals(known.block, b)
      })
      expect(has).toEqual(c.final.has)
      const compute = blocks.map((b, i) =>
        has[i] ? E.getOrElse((): ReadonlyArray<B> => [])(forest.chain(hashB(b))) : []
      )
      expect(compute.map((chain) => chain.map(id))).toEqual(c.final.compute)
    }
  }
  expect(counts).toEqual({ steps: 2 * 14_423, undefinedSteps: 2 * 682 })
}, 240_000)

test('from a tree whose keys are not hashes, the library and the specification go on from the same blocks', () => {
  const { fromEntries } = unionMap(typesImpl.Hash)
  for (const c of odd) {
    const { blocks, hashB, P, ways } = setUp(c)
    expect(c.start.some(([h, b]) => h !== hashB(blocks[b]!))).toBe(true)
    for (const options of ways) {
      const forest = createForest({ ...options, empty: true })
      const sides = sideBySide(P, forest, fromEntries<B>([]))
      for (const b of [...c.start.map(([, b]) => b), ...c.steps.map(({ b }) => b)]) {
        sides.insert(blocks[b]!)
        expect(seenByForest(forest)).toEqual(seenBySpec(sides.F, sides.tree()))
      }
    }
  }
})
