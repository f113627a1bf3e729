/**
 * Fork choices by total work that were believed and were wrong, and the one that took their place. (What exposes them is in
 * `forkChoice.ts`.)
 */
import { contramap, reverse } from 'fp-ts/lib/Ord.js'
import { pipe } from 'fp-ts/lib/function.js'
import { ord, ordNumber, seqOrd } from '../../../spec/prelude/order.js'
import { byLength, prefer } from '../../../spec/blockchain/instances/forkChoice.js'
import type { NumberedTypes } from '../../../spec/blockchain/instances/numbered.js'
import { shorten } from '../../../spec/blockchain/instances/shortHash.js'
import { blockOrd } from '../../../spec/blockchain/instances/typesImpl.js'
import type { ConsensusParams } from '../../../spec/blockchain/parameters.js'
import type { Block, Blockchain, Types, TypesOrd } from '../../../spec/blockchain/types.js'
import type { Playable } from '../model.js'
import { playNumbered } from '../playable.js'

/** The total work of a chain. */
type Work<T extends Types> = (bc: Blockchain<T>) => number

export type ForkChoice<T extends Types> = ConsensusParams<T>['FCR']

/**
 * The fork choice of an evening in March 2019 (`442fce3`): more work, else longer, else smaller contents. But
 * where it means "shorter chains lose" it compares the length of the first chain with itself, so that a shorter chain goes
 * on to the last test and may win there.
 */
export const forkChoiceWithTypo =
  <T extends Types>(T: TypesOrd<T>, totalWork: Work<T>): ForkChoice<T> =>
  (A, B) => {
    if (totalWork(A) !== totalWork(B)) return totalWork(A) > totalWork(B)
    if (A.length > B.length) return true
    return ord(seqOrd(blockOrd(T)))(A, B)
  }

/** The first fork choice, of February 2019 (`9ec4fff`): of two chains of one work and length, each is better. */
export const forkChoiceWithoutTieBreak =
  <T extends Types>(totalWork: Work<T>): ForkChoice<T> =>
  (A, B) => {
    if (totalWork(A) !== totalWork(B)) return totalWork(A) > totalWork(B)
    return A.length >= B.length
  }

/** The fork choice as it is: each tie-break is an order. */
export const forkChoice = <T extends Types>(T: TypesOrd<T>, totalWork: Work<T>): ForkChoice<T> =>
  prefer(contramap(totalWork)(ordNumber), byLength(), reverse(seqOrd(blockOrd(T))))

/**
 * The order on blocks of which a comment of the development says that it is total, but not transitive: smaller
 * transactions, *or* smaller predecessor, *or* smaller proof.
 */
export const smallerSomewhere =
  <T extends Types>(T: TypesOrd<T>) =>
  (b: Block<T>, c: Block<T>): boolean =>
    ord(seqOrd(T.Transaction))(b.txs, c.txs) ||
    ord(T.Hash)(b.prevBlockHash, c.prevBlockHash) ||
    ord(T.VProof)(b.proof, c.proof)

/** The work of the k-th block of an execution: two heavy blocks, two light ones. Genesis has none. */
const works = [0, 2, 2, 1, 1]
/** The total work of a chain of numbered blocks. */
export const workOfNumbered = (bc: Blockchain<NumberedTypes>): number =>
  bc.reduce((sum, b) => sum + (works[b.proof.k] ?? 0), 0)

/** Numbered blocks of these works, with hashes of 28 bits. */
export const weighed = (
  choose: (totalWork: Work<NumberedTypes>) => ForkChoice<NumberedTypes>
): Playable<NumberedTypes> => {
  const { blocks: _, ...numbered } = playNumbered
  const { instance } = numbered
  const { hashB } = instance.params
  return {
    ...numbered,
    instance: {
      ...instance,
      name: 'weighed',
      params: { ...instance.params, FCR: choose(workOfNumbered), hashB: (b) => pipe(b, hashB, shorten(28)) }
    }
  }
}
