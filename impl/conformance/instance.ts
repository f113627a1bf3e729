/**
 * The instance of a case (`VECTORS.md` section 2): the spec's own proof of work and longest chain, with hashes and proofs
 * from the tables of the case.
 */
import * as O from 'fp-ts/lib/Option.js'
import { hashOf } from '../../spec/blockchain/codec.js'
import { longestChain } from '../../spec/blockchain/instances/longestChain.js'
import type { PowMeasures } from '../../spec/blockchain/instances/proofOfWork.js'
import { proofOfWork } from '../../spec/blockchain/instances/proofOfWork.js'
import type { TypesImpl } from '../../spec/blockchain/instances/typesImpl.js'
import type { ConsensusParams } from '../../spec/blockchain/parameters.js'
import type { Instance } from '../../spec/blockchain/toychain.js'
import type { CaseHead, Oracles } from './codec.js'
import type { Writing } from './written.js'

/** An instance, and its measures of work if it has any. */
export interface CaseInstance {
  readonly instance: Instance<TypesImpl>
  readonly measures: PowMeasures | undefined
}

/** The oracles of a case that neither sends nor mints. */
export const noOracles: Oracles = { txHash: {}, genProof: {} }

/** The instance of a case. A transaction without a hash gets one that says so. */
export const caseInstance = ({ inst }: CaseHead, { txHash, genProof }: Oracles, { hashB }: Writing): CaseInstance => {
  const hashes = new Map(Object.entries(txHash))
  const hashT: ConsensusParams<TypesImpl>['hashT'] = (t) => hashes.get(t) ?? hashOf(`unlisted transaction ${t}`)
  if (inst === 'simple') return { instance: longestChain({ hashB, hashT }), measures: undefined }
  const results = new Map(Object.entries(genProof))
  const pow = proofOfWork({
    hashB,
    hashT,
    genProof: (_bc, _offered, ts) => {
      const result = results.get(String(ts)) ?? null
      return result === null ? O.none : O.some([result.txs, result.proof])
    }
  })
  return { instance: pow, measures: pow }
}
