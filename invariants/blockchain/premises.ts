/**
 * Conjuncts that hold of themselves where their premise does not: how often was there anything to check? A run in which a
 * premise never held has not tested its conjunct.
 */
import type { Message, State } from '../../spec/blockchain/protocol.js'
import type { Toychain } from '../../spec/blockchain/toychain.js'
import type { BlockTree, Types } from '../../spec/blockchain/types.js'
import { valid } from '../../spec/prelude/unionMap.js'
import { fromView, together } from '../invariant.js'
import type { Clause, NetworkInvariant, View } from '../invariant.js'
import { canonicalView } from './pictures.js'

/** The premise of conjuncts. */
export interface Premise<T extends Types> {
  /** The conjuncts, by the ends of their paths. */
  readonly of: ReadonlyArray<string>
  readonly says: string
  /** Fails in the worlds in which the premise holds. */
  readonly never: NetworkInvariant<State<T>, Message<T>>
}

/** The premises of the clique's invariants. */
export const premises = <T extends Types>(toychain: Toychain<T>): ReadonlyArray<Premise<T>> => {
  const premise = <X>(
    of: ReadonlyArray<string>,
    says: string,
    view: View<State<T>, Message<T>, X>,
    prevents: (x: X) => boolean
  ): ReadonlyArray<Premise<T>> => {
    const clause: Clause<State<T>, X> = together(says, says, {
      summary: (_n, _st, x) => prevents(x),
      settles: (prevented) => prevented,
      decide: () => [{ witness: says }]
    })
    return fromView(view, [clause]).map((never) => ({ of, says, never }))
  }
  /** Whether a message that counts is in flight to a node. */
  const waiting = (counts: (msg: Message<T>) => boolean): View<State<T>, Message<T>, boolean> => ({
    start: () => false,
    matters: counts,
    arrive: () => true
  })
  return [
    ...premise(
      ['clique_eventual_consensus'],
      'nothing is in flight to any node',
      waiting(() => true),
      (waits) => waits
    ),
    ...premise(
      ['block_quiescent_agreement'],
      'no block is in flight to any node',
      waiting((msg) => msg._tag === 'BlockMsg'),
      (waits) => waits
    ),
    ...premise<BlockTree<T>>(
      ['GSyncing_clique ▸ 1', 'GSyncing_clique ▸ 2'],
      'no two blocks with one hash have met, nor will they',
      canonicalView(toychain),
      (bt) => !valid(bt)
    )
  ]
}
