/**
 * A network in which all arrives, in the order in which it was sent.
 */
import type { PbftMessage } from '../../../../spec/byzantine/pbft/messages.js'
import { pbftProtocol } from '../../../../spec/byzantine/pbft/pbft.js'
import type { PbftNode } from '../../../../spec/byzantine/pbft/pbft.js'
import type { Pbft } from '../../../../spec/byzantine/pbft/replica.js'
import type { Address } from '../../../../spec/system/address.js'
import type { Letter } from '../../../../spec/system/protocol.js'

/** A message on its way, and whom it is from. */
export type Sent = readonly [from: Address, letter: Letter<PbftMessage>]

/** The nodes when these messages have arrived, and all that was sent in turn. What is sent to others is lost. */
export const arrived = (
  pbft: Pbft,
  nodes: ReadonlyArray<PbftNode>,
  letters: ReadonlyArray<Sent>
): ReadonlyArray<PbftNode> => {
  const { procMsg } = pbftProtocol(pbft)
  let now = nodes
  const queue = [...letters]
  for (const [from, { to, msg }] of queue)
    now = now.map((st) => {
      if (st.id !== to) return st
      const [then, sent] = procMsg(st, from, msg, 0)
      queue.push(...sent.map((letter) => [to, letter] as const))
      return then
    })
  return now
}
