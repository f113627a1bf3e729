/**
 * Agreement: what all protocols of this folder are for.
 */
import type { Address } from '../../spec/system/address.js'
import { ofStates, together } from '../property/invariant.js'
import type { NetworkInvariant } from '../property/invariant.js'

/** A node that decides on a value, once; null: it has not decided. */
interface Decides {
  readonly decided: string | null
}

/**
 * No two honest nodes have decided differently.
 * @param says it in the words of a protocol.
 * @param decision that a node has decided, in these words.
 */
export const agreement = <State extends Decides, Message>(
  says = 'no two nodes have decided differently',
  decision = (n: Address, decided: string): string => `node ${String(n)} has decided ${decided}`
): ReadonlyArray<NetworkInvariant<State, Message>> =>
  ofStates<State, Message>(
    together<State, null, string | null>('agreement', says, {
      summary: (_n, { decided }) => decided,
      decide: (seen) => {
        const decisions = seen.flatMap(({ node, sees }) => (sees === null ? [] : [{ node, decided: sees }]))
        const [first] = decisions
        const other = decisions.find(({ decided }) => decided !== first?.decided)
        return first === undefined || other === undefined
          ? []
          : [{ witness: `${decision(first.node, first.decided)}, and ${decision(other.node, other.decided)}` }]
      }
    })
  )
