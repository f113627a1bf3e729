/**
 * The family `local`: one message or internal transition, handled by the spec's protocol.
 */
import { Toychain } from '../../../spec/blockchain/toychain.js'
import { netAddr } from '../../../spec/system/address.js'
import type { Comparison } from '../comparison.js'
import { compare } from '../comparison.js'
import { caseInstance } from '../instance.js'
import { Writing } from '../written.js'
import type { LocalCase } from './codec.js'

/** All comparisons of a case, in the order of the file. */
export function* runLocal(c: LocalCase): Generator<Comparison> {
  const written = Writing(c)
  // A single step needs no network: the addresses of a case are any numbers.
  const { forest, local } = Toychain(caseInstance(c, c, written).instance, netAddr(0))
  const { op } = c

  const before = written.readState(c.st)
  yield* compare('before', { chain: c.chain }, { chain: written.chain(forest.btChain(before.blockTree)) })

  const [after, sent] =
    op.k === 'msg'
      ? local.procMsg(before, op.from, written.readMessage(op.msg), op.ts)
      : local.procInt(before, written.readTransition(op.tr), op.ts)
  yield* compare('out', c.out, {
    st: written.state(after),
    chain: written.chain(forest.btChain(after.blockTree)),
    pkts: sent.map(written.packet)
  })
}
