import { describe, expect, test } from 'vitest'
import { NONE } from '../../../../invariants/checker/network/parts.js'
import { FAILS } from '../../../../invariants/checker/network/verdicts.js'
import { each, eachNode, fromView } from '../../../../invariants/property/invariant.js'
import { fair, LEFT, packet, pieces } from '../../../support/counters.js'
import type { PiecesOptions } from '../../../support/counters.js'

/** The pieces, with local states 0 to 3 of the left counter, and packets with the messages 0 to 3 to it. */
const filled = (options?: PiecesOptions) => {
  const made = pieces(options)
  const { parts, cells, localSteps } = made
  for (const n of [0, 1, 2, 3]) {
    parts.local(0, n)
    parts.packet(packet(LEFT, n))
  }
  const sorted = (...packets: ReadonlyArray<number>) => [...packets].sort(parts.byPrint)
  return {
    ...made,
    of: (local: number, ...packets: ReadonlyArray<number>) => cells.of(local, sorted(...packets)),
    bundle: (...packets: ReadonlyArray<number>) => localSteps.bundles.idOf(sorted(...packets)),
    sorted
  }
}

describe('a cell', () => {
  test('is one for a local state and the packets in flight to it', () => {
    const { cells, of } = filled()
    const made = [of(0), of(1), of(0, 1), of(0, 1, 1), of(0, 2), of(0, 1, 2), of(NONE), of(NONE, 1)]
    expect(made).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect([of(0), of(1), of(0, 1), of(0, 1, 1), of(0, 2), of(0, 2, 1), of(NONE), of(NONE, 1)]).toEqual(made)
    expect(cells.length).toBe(8)
  })

  test('keeps what it is made of', () => {
    const { cells, of, sorted } = filled()
    const cell = of(2, 3, 1, 3)
    expect([...cells.packets(cell)]).toEqual(sorted(1, 3, 3))
    expect([...cells.packets(of(2))]).toEqual([])
    expect(cells.all().map(([local, packets]) => [local, ...packets])).toEqual([[2, ...sorted(1, 3, 3)], [2]])
  })

  test('has the sum of the fingerprints of its parts', () => {
    const { cells, of, parts } = filled()
    const [cell, nobody] = [of(2, 3, 3), of(NONE, 1)]
    expect([cells.high.data[cell], cells.low.data[cell]]).toEqual([
      (parts.localPrint.high(2) + 2 * parts.packetPrint.high(3)) | 0,
      (parts.localPrint.low(2) + 2 * parts.packetPrint.low(3)) | 0
    ])
    expect([cells.high.data[nobody], cells.low.data[nobody]]).toEqual([
      parts.packetPrint.high(1),
      parts.packetPrint.low(1)
    ])
  })

  test('shows what is observed of its local state, and whether something is in flight', () => {
    const { cells, of } = filled()
    const made = [of(0), of(0, 1), of(1), of(2), of(3), of(3, 1, 2), of(NONE), of(NONE, 1)]
    expect(made.map((cell) => cells.bits.data[cell])).toEqual([0, 4, 2, 1, 3, 7, 0, 4])
  })

  test('has a part in the score, which that of nobody has not', () => {
    const { cells, of } = filled({ score: (st, arriving) => 100 * st + arriving.reduce((sum, m) => sum + m, 0) })
    expect([of(2, 3, 3), of(1), of(NONE, 3)].map((cell) => cells.score.data[cell])).toEqual([206, 100, 0])
    const without = filled()
    expect(without.cells.score.data[without.of(2, 3)]).toBe(0)
  })

  test('is in a class of what the invariants see of it', () => {
    const { cells, of } = filled({
      invariants: [
        eachNode('not 3', '', (node, st) => (st === 3 ? [{ node, witness: '3' }] : [])),
        ...fromView<number, number, number>({ start: () => 0, matters: () => true, arrive: (x, m) => Math.max(x, m) }, [
          each('small', '', (node, st, x) => (st + x > 4 ? [{ node, witness: String(st + x) }] : []))
        ])
      ]
    })
    const made = [of(2, 2), of(2, 3), of(2, 1, 3), of(3), of(NONE, 3)]
    expect(made.map((cell) => cells.class.data[cell])).toEqual([0, FAILS, FAILS, FAILS, 0])
  })

  test('becomes another by a step: one packet less, some more, in order, and another local state', () => {
    const { cells, of, bundle } = filled()
    const cell = of(0, 1, 1, 3)
    expect(cells.after(cell, 1, 1, NONE)).toBe(of(1, 1, 3))
    expect(cells.after(cell, 0, NONE, NONE)).toBe(cell)
    expect(cells.after(cell, 2, 3, bundle(0, 2, 1))).toBe(of(2, 0, 1, 1, 1, 2))
    expect(cells.after(of(0), 0, NONE, bundle(2, 1))).toBe(of(0, 1, 2))
  })

  test('becomes another when a bundle is put there', () => {
    const { cells, of, bundle } = filled()
    expect([cells.put(of(0, 1), bundle(2, 3)), cells.put(of(2), bundle(0)), cells.put(of(NONE), bundle(1))]).toEqual([
      of(0, 1, 2, 3),
      of(2, 0),
      of(NONE, 1)
    ])
    expect(cells.put(of(0, 1), bundle(2, 3))).toBe(of(0, 1, 2, 3))
  })

  test('becomes another by any step: what stays and what comes are in order', () => {
    const bags = [0, 1, 2, 3].reduce<ReadonlyArray<ReadonlyArray<number>>>(
      (all, p) => all.flatMap((bag) => [bag, [...bag, p], [...bag, p, p]]),
      [[]]
    )
    for (const purge of [false, true]) {
      const { cells, of, bundle, parts } = filled({ purge })
      parts.env(fair)
      const inFlight = (bag: ReadonlyArray<number>) => (purge ? bag.filter((p) => p !== 0) : bag)
      for (const here of bags.map(inFlight))
        for (const sent of bags) {
          const taken = here.slice(0, 1)
          const after = [...here.slice(1), ...inFlight(sent)]
          expect(cells.after(of(0, ...here), 1, taken[0] ?? NONE, sent.length > 0 ? bundle(...sent) : NONE)).toBe(
            of(1, ...after)
          )
        }
    }
  })

  test('is told from others of which the fingerprints look alike', () => {
    const { parts, cells } = pieces()
    const p = parts.packet(packet(LEFT, 1))
    const numbers = Array.from({ length: 120_000 }, (_, st) => st)
    for (const st of numbers) {
      cells.of(parts.local(0, st), [])
      cells.of(parts.local(0, st), [p])
    }
    const hashes = new Set(
      Array.from({ length: cells.length }, (_, cell) => (cells.high.data[cell] ?? 0) ^ (cells.low.data[cell] ?? 0))
    )
    expect([cells.length, hashes.size < cells.length]).toEqual([240_000, true])
  })

  test('may have many packets', () => {
    const { cells, of, bundle, sorted } = filled()
    const many = Array.from({ length: 300 }, (_, i) => i % 4)
    const cell = of(0, ...many)
    expect([...cells.packets(cell)]).toEqual(sorted(...many))
    expect(cells.put(cell, bundle(...many))).toBe(of(0, ...many, ...many))
    expect(of(1, ...many)).not.toBe(cell)
  })

  test('is not the same when it is made again after all were forgotten', () => {
    const { cells, of, bundle } = filled()
    of(3, 3)
    const before = cells.put(of(0), bundle(1))
    cells.forget()
    expect(cells.length).toBe(0)
    expect([of(0), cells.put(0, bundle(1)), before]).toEqual([0, 1, 2])
    expect(cells.all().map(([local, packets]) => [local, ...packets])).toEqual([[0], [0, 1]])
  })

  test('has no packets that are purged, and which those are is told', () => {
    const { cells, of, bundle, parts } = filled({ purge: true })
    parts.env(fair)
    // A message of 0 changes nothing.
    const cell = of(0, 1, 3)
    expect(cells.put(cell, bundle(0, 2))).toBe(of(0, 1, 2, 3))
    expect(cells.after(cell, 1, 1, bundle(0, 0))).toBe(of(1, 3))
    expect(cells.purgedAfter(cell, 1, 1, bundle(0, 0, 2))).toEqual([0, 0])
    expect(cells.purgedAfter(cell, 1, NONE, NONE)).toEqual([])
    const plain = filled()
    expect(plain.cells.put(plain.of(0), plain.bundle(0))).toBe(plain.of(0, 0))
    expect(plain.cells.purgedAfter(plain.of(0), 0, NONE, plain.bundle(0))).toEqual([])
  })
})
