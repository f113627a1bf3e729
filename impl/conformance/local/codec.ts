/**
 * The case file of the family `local` (`VECTORS.md` section 6.2): one state, one message or internal transition, and what
 * becomes of it.
 */
import * as t from 'io-ts'
import { Address } from '../../../spec/system/codec.js'
import type { CaseHead } from '../codec.js'
import { chainCodec, messageCodec, MintT, Natural, oracles, packetCodec, stateCodec, TxT } from '../codec.js'

const operationCodec = (size: number) =>
  t.union(
    [
      t.type({ k: t.literal('msg'), from: Address, msg: messageCodec(size), ts: Natural }, 'msg'),
      t.type({ k: t.literal('int'), tr: t.union([TxT, MintT], 'an internal transition'), ts: Natural }, 'int')
    ],
    'an operation'
  )

/** A case with a given head. */
export const localCase = ({ blocks: { length: size } }: CaseHead) => {
  const st = stateCodec(size)
  const chain = chainCodec(size)
  const out = t.type({ st, chain, pkts: t.array(packetCodec(size), 'a list of packets') }, 'the results')
  return t.type({ ...oracles, st, chain, op: operationCodec(size), out }, 'a local case')
}
export type LocalCase = CaseHead & t.TypeOf<ReturnType<typeof localCase>>
