/**
 * Numbered blocks: the parameters of the bounded model that exhaustive exploration uses. The k-th block minted in an
 * execution has the proof (minter, k), so that no two blocks of one execution are equal; of two chains of one length the
 * one whose last block was minted later wins.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import { contramap, reverse } from 'fp-ts/lib/Ord.js'
import * as O from 'fp-ts/lib/Option.js'
import { ordNumber, seqOrd, thenBy } from '../../prelude/order.js'
import type { Address } from '../../system/address.js'
import { hashOf } from '../codec.js'
import type { Hash, Transaction } from '../codec.js'
import type { Instance } from '../toychain.js'
import { eq_block } from '../types.js'
import type { Block, Blockchain, TypesOrd } from '../types.js'
import { byLength, prefer } from './forkChoice.js'
import { notInChain, prepend } from './proofOfWork.js'
import { blockOrd, typesImpl } from './typesImpl.js'

/** Who minted a block, and the how manieth of the execution it was, from 1. Genesis has the number 0. */
export interface Stamp {
  readonly minter: Address | 'genesis'
  readonly k: number
}

/** The types of the numbered instance: a time is the stamp that a block minted at it gets. */
export interface NumberedTypes {
  readonly Timestamp: Stamp
  readonly Hash: Hash
  readonly VProof: Stamp
  readonly Transaction: Transaction
}

/** Stamps by number, then minter; genesis before every node. */
const stampOrd = thenBy<Stamp>(
  contramap((stamp: Stamp) => stamp.k)(ordNumber),
  contramap((stamp: Stamp) => (stamp.minter === 'genesis' ? -1 : stamp.minter))(ordNumber)
)

const numberedTypes: TypesOrd<NumberedTypes> & { readonly Timestamp: Eq<Stamp> } = {
  ...typesImpl,
  Timestamp: stampOrd,
  VProof: stampOrd
}

const GenesisBlock: Block<NumberedTypes> = { prevBlockHash: hashOf(''), txs: [], proof: { minter: 'genesis', k: 0 } }

/**
 * A block's hash is its history written out, newest block first: `2@0{t1}<1@1<g` is the second block of an execution,
 * minted by node 0 with the transaction t1 on top of the first, which node 1 minted on top of genesis. It is injective
 * on blocks whose transactions contain no `,` and no `}`.
 */
const history = (b: Block<NumberedTypes>): Hash => {
  if (b.proof.minter === 'genesis' && b.proof.k === 0 && b.prevBlockHash === '' && b.txs.length === 0)
    return hashOf('g')
  const txs = b.txs.length === 0 ? '' : `{${b.txs.join(',')}}`
  return hashOf(`${String(b.proof.k)}@${String(b.proof.minter)}${txs}<${b.prevBlockHash}`)
}

/** The number of a chain's last block; -1 for the empty chain. */
const lastNumber = (bc: Blockchain<NumberedTypes>): number => bc[bc.length - 1]?.proof.k ?? -1

/**
 * The numbered instance. For chains of one execution the first two tests of the fork choice decide; the third, the order
 * of block contents, makes it total on arbitrary lists of blocks.
 */
export const numbered = (): Instance<NumberedTypes> => {
  const blockEq = eq_block<NumberedTypes>(numberedTypes)
  return {
    name: 'numbered',
    types: numberedTypes,
    params: {
      GenesisBlock,
      hashT: (t) => hashOf(`tx ${t}`),
      hashB: history,
      genProof: (_bc, offered, ts) => O.some([offered, ts] as const),
      VAF: (b, bc) => (blockEq.equals(b, GenesisBlock) ? bc.length === 0 : true),
      FCR: prefer(byLength(), contramap(lastNumber)(ordNumber), reverse(seqOrd(blockOrd(numberedTypes)))),
      txValid: notInChain(numberedTypes),
      tpExtend: prepend(numberedTypes)
    },
    label: (h) => h.split(/[{<]/, 1)[0] ?? h
  }
}
