/**
 * How a service is replicated: how many replicas there are, how many of them may be faulty, who leads in which view, and how
 * many of them must have said something.
 *
 * Where the lecture and the paper count differently, this is the paper's way. A replica is prepared by the primary's
 * pre-prepare and prepares of `quorum - 1` *backups*: with `2f` of them that is `2f + 1` replicas, as many as the lecture asks
 * for. A prepare in the name of the primary counts for nothing: counted beside its pre-prepare it would count twice.
 */
import { maxFaulty, smallestSafeQuorum } from '../quorums.js'

/** A replica, by its number, from 0. */
export type Replica = number
/** A view, by its number, from 0. */
export type View = number

/** How many replicas there are, and how many of them make what. */
export interface Replication {
  /** The replicas are 0, 1, …, nodes - 1. */
  readonly nodes: number
  /** So many may be faulty: `f`. */
  readonly faulty: number
  /** So many share an honest one with any other so many: `2f + 1` of `3f + 1`. */
  readonly quorum: number
  /** Of so many one is honest: `f + 1`. */
  readonly weak: number
}

/** So many replicas, which stand as many faulty ones as so many can. */
export const replicationOf = (nodes: number): Replication => {
  const faulty = maxFaulty(nodes)
  return { nodes, faulty, quorum: smallestSafeQuorum(nodes, faulty), weak: faulty + 1 }
}

/** The primary of a view: replicas lead in turn. (Castro, Liskov 1999, section 4.) */
export const primaryOf = ({ nodes }: Pick<Replication, 'nodes'>, view: View): Replica => view % nodes
