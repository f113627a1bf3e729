/**
 * Conjuncts that hold of themselves where their premise does not: how often was there anything to check? A run in which a
 * premise never held has not tested its conjunct.
 */
import type { Message, State } from '../../spec/blockchain/protocol.js'
import type { Toychain, Variant } from '../../spec/blockchain/toychain.js'
import type { BlockTree, Types } from '../../spec/blockchain/types.js'
import { valid } from '../../spec/prelude/unionMap.js'
import type { Model } from '../checker/model/model.js'
import { counting } from '../checker/model/counting.js'
import { fromView, together } from '../property/invariant.js'
import type { Clause, NetworkInvariant, View } from '../property/invariant.js'
import { toychainModel } from './model.js'
import type { PremiseMet } from '../systems/system.js'
import type { Bounds, Playable } from './model.js'
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

/**
 * How often each premise of a clique's invariants holds in a bounded network. Each takes an exploration of its own.
 * @param explore the strategy; how many states it has looked at.
 */
export const premisesMet = async <T extends Types>(
  { invariants: _, ...playable }: Playable<T>,
  limits: Bounds,
  explore: <S, A>(model: Model<S, A>) => Promise<{ readonly states: number }>,
  variant: Variant<T> = {}
): Promise<ReadonlyArray<PremiseMet>> => {
  const met: PremiseMet[] = []
  for (const [i, { of, says }] of premises(toychainModel(playable, limits).toychain).entries()) {
    const { model, times } = counting(
      toychainModel(playable, limits, {
        variant,
        invariants: (own) =>
          premises(own)
            .slice(i, i + 1)
            .map(({ never }) => never)
      })
    )
    const { states } = await explore(model)
    met.push({ of, says, met: times(), among: states })
  }
  return met
}
