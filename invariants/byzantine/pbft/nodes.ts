/**
 * Conjuncts about the honest replicas and the clients of PBFT.
 */
import type { PbftMessage } from '../../../spec/byzantine/pbft/messages.js'
import type { Client } from '../../../spec/byzantine/pbft/client.js'
import type { PbftNode } from '../../../spec/byzantine/pbft/pbft.js'
import type { Entry, Replica } from '../../../spec/byzantine/pbft/state.js'
import { each, ofStates, together } from '../../property/invariant.js'
import type { NetworkInvariant, Objections } from '../../property/invariant.js'

/** An invariant of PBFT. */
export type PbftInvariant = NetworkInvariant<PbftNode, PbftMessage>

/** A conjunct about each honest replica by itself: what is wrong with it, in words. */
export const ofReplica = (
  name: string,
  says: string,
  wrong: (st: Replica) => ReadonlyArray<string>
): ReadonlyArray<PbftInvariant> =>
  ofStates<PbftNode, PbftMessage>(
    each(name, says, (node, st) => (st._tag === 'Replica' ? wrong(st).map((witness) => ({ node, witness })) : []))
  )

/** A conjunct about all honest replicas, and all clients. */
export const ofAll = (
  name: string,
  says: string,
  decide: (replicas: ReadonlyArray<Replica>, clients: ReadonlyArray<Client>) => Objections
): ReadonlyArray<PbftInvariant> =>
  ofStates<PbftNode, PbftMessage>(
    together<PbftNode, null, PbftNode>(name, says, {
      summary: (_n, st) => st,
      decide: (seen) =>
        decide(
          seen.flatMap(({ sees }) => (sees._tag === 'Replica' ? [sees] : [])),
          seen.flatMap(({ sees }) => (sees._tag === 'Client' ? [sees] : []))
        )
    })
  )

/** An entry of a replica's log in which something is pre-prepared. */
export interface Logged extends Entry {
  readonly of: Replica
  readonly digest: string
}

/** All that replicas have pre-prepared, and still have in their logs. */
export const logged = (replicas: ReadonlyArray<Replica>): ReadonlyArray<Logged> =>
  replicas.flatMap((of) => of.log.flatMap((e) => (e.digest === null ? [] : [{ ...e, digest: e.digest, of }])))

/** `(view 1, number 2)`. */
export const at = ({ view, number }: Pick<Entry, 'view' | 'number'>): string =>
  `(view ${String(view)}, number ${String(number)})`

/** The pairs of a list that are not as they should be together. */
export const pairs = <X>(
  list: ReadonlyArray<X>,
  isWrong: (x: X, y: X) => boolean,
  witness: (x: X, y: X) => string
): Objections =>
  list.flatMap((x, i) =>
    list
      .slice(i + 1)
      .filter((y) => isWrong(x, y))
      .map((y) => ({ witness: witness(x, y) }))
  )
