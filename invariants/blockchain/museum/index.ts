/**
 * The museum: definitions of the Coq development that were believed and were wrong.
 */
import { canonicalNode } from './canonicalNode.js'
import { doubleSpending } from './doubleSpending.js'
import type { Exhibit } from './exhibit.js'
import { forkChoiceExhibit } from './forkChoice.js'
import { getData } from './getData.js'
import { injectiveHash } from './injectiveHash.js'
import { nullPackets } from './nullPackets.js'

export type { Exhibit, Outcome, Search } from './exhibit.js'

/** All exhibits, in the order of a walk. */
export const exhibits: ReadonlyArray<Exhibit> = [
  getData,
  forkChoiceExhibit(),
  injectiveHash,
  canonicalNode,
  nullPackets,
  doubleSpending
]
