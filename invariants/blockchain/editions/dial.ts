/**
 * The dial at work on the edition of 2018: with short hashes, how soon do the clique invariant and the consensus theorem
 * fail?
 */
import { playNumbered } from '../playable.js'
import { bounds } from '../model.js'
import { shortHash } from '../../../spec/blockchain/instances/shortHash.js'
import { exhaustive } from '../../checker/search/exhaustive.js'
import { showFailure } from '../../property/invariant.js'
import { clique_eventual_consensus, clique_inv, model18 } from './cpp18.js'
import { spokenOfAs18 } from './names.js'

/** A size of hash, and a network small enough that all its executions can be searched. */
export interface Setting {
  readonly bits: number
  readonly nodes: number
  readonly mints: number
}

/** Settings in which two blocks collide soon; which they are is an accident of SHA-256. */
export const settings: ReadonlyArray<Setting> = [
  { bits: 2, nodes: 3, mints: 3 },
  { bits: 3, nodes: 2, mints: 3 },
  { bits: 4, nodes: 2, mints: 3 },
  { bits: 6, nodes: 2, mints: 2 },
  { bits: 256, nodes: 2, mints: 2 }
]

/** How an invariant fails: the length of the shortest execution, and what fails in its last state. */
export interface Failed {
  readonly steps: number
  readonly objections: ReadonlyArray<string>
}

/** How the clique invariant and the consensus theorem fail in a setting; undefined: they hold in all states. */
export interface Dialled {
  readonly clique_inv: Failed | undefined
  readonly clique_eventual_consensus: Failed | undefined
}

/** Searches a setting, breadth first, for each of the two. */
export const dial = async ({ bits, nodes, mints }: Setting): Promise<Dialled> => {
  const playable = { ...playNumbered, instance: shortHash(playNumbered.instance, bits) }
  const search = async (invariant: typeof clique_inv): Promise<Failed | undefined> => {
    const model = model18(playable, bounds(nodes, mints, 0, { blockOnly: true }), {
      ordered: true,
      invariants: (toychain) => [invariant(spokenOfAs18(toychain, playNumbered.instance))]
    })
    const found = (await exhaustive(model)).counterexample
    return found && { steps: found.actions.length, objections: found.failures.map(showFailure) }
  }
  return {
    clique_inv: await search(clique_inv),
    clique_eventual_consensus: await search(clique_eventual_consensus)
  }
}
