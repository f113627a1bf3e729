/**
 * Chains at random, for properties that quantify over arbitrary lists of blocks.
 *
 * Lists drawn independently hardly ever have anything in common. Here all chains of an input are made of the few blocks
 * of one pool, genesis among them, and most are edits of one of them: so equal chains, prefixes, parts, extensions,
 * forks, repetitions, and different chains of equal length and work are all frequent.
 */
import * as fc from 'fast-check'
import type { Block, Blockchain, Types } from '../../spec/blockchain/types.js'

/** Blocks and transactions of an instance at random. Blocks need be neither valid nor linked. */
export interface Arbitraries<T extends Types> {
  readonly block: fc.Arbitrary<Block<T>>
  readonly transaction: fc.Arbitrary<T['Transaction']>
}

/** Which blocks of the pool a list has, by number; numbers wrap around. */
const picks = fc.array(fc.nat(5), { maxLength: 4 })

/**
 * How a chain comes from a base: it is one of its own, or a segment of the base is replaced by other blocks, exchanged
 * for as many, or turned around. Starts of segments wrap around; a segment ends where the chain does.
 */
interface Edit {
  readonly kind: 'own' | 'replace' | 'exchange' | 'turn'
  readonly by: ReadonlyArray<number>
  readonly at: number
  readonly length: number
}

const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom('own', 'replace', 'exchange', 'turn'),
  by: picks,
  at: fc.nat(3),
  length: fc.integer({ min: 1, max: 4 })
})

const edited = <A>(base: ReadonlyArray<A>, { kind, at, length }: Edit, by: ReadonlyArray<A>): ReadonlyArray<A> => {
  if (kind === 'own') return by
  const start = at % Math.max(1, base.length)
  const segment = base.slice(start, start + length)
  const instead = {
    replace: by,
    exchange: [...by.slice(0, segment.length), ...segment.slice(by.length)],
    turn: segment.toReversed()
  }
  return [...base.slice(0, start), ...instead[kind], ...base.slice(start + length)]
}

/** So many chains that have much in common, made of genesis and two or three others. */
export const relatedChains = <T extends Types>(
  genesis: Block<T>,
  block: fc.Arbitrary<Block<T>>,
  count: number
): fc.Arbitrary<ReadonlyArray<Blockchain<T>>> =>
  fc
    .record({
      drawn: fc.array(block, { minLength: 2, maxLength: 3 }),
      base: picks,
      edits: fc.array(edit, { minLength: count, maxLength: count })
    })
    .map(({ drawn, base, edits }) => {
      const pool = [genesis, ...drawn]
      const of = (numbers: ReadonlyArray<number>): Blockchain<T> => numbers.map((n) => pool[n % pool.length] ?? genesis)
      return edits.map((e) => edited(of(base), e, of(e.by)))
    })
