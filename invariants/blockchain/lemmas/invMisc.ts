/** What the invariants talk about. Counterpart of the lemma of `Properties/InvMisc.v`. */
import * as fc from 'fast-check'
import type { Message } from '../../../spec/blockchain/protocol.js'
import type { World } from '../../../spec/blockchain/invMisc.js'
import type { Block, Types } from '../../../spec/blockchain/types.js'
import type { Packet } from '../../../spec/system/protocol.js'
import { given } from '../../proof/kernel.js'
import type { Named } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import type { NetworkSetting } from './networkSetting.js'
import type { NetworkVocabulary } from './networkVocabulary.js'
import type { Setting } from './setting.js'
import type { Vocabulary } from './vocabulary.js'

const { lemma } = chapter('Properties/InvMisc.v')

/** The lemmas about blocks on their way. */
export const invMisc = <T extends Types>(
  { sorts: forestSorts }: Setting<T>,
  { toychain, sorts }: NetworkSetting<T>,
  V: Vocabulary<T>,
  N: NetworkVocabulary<T>
) => {
  type Wld<N> = Named<World<T>, N>
  type Pkt<N> = Named<Packet<Message<T>>, N>
  type Blk<N> = Named<Block<T>, N>

  /** @coq Properties/InvMisc.v b_in_blocksFor */
  const b_in_blocksFor = lemma(
    'b_in_blocksFor',
    'p in flight in w ∧ msg p = Block(b) ⇒ b ∈ blocksFor(dst p, w)',
    'A block in flight is among the blocks on their way to the destination.',
    forall('p b w', sorts.packet, forestSorts.block, sorts.worlds).drawnBy(
      fc.tuple(sorts.worlds.sample, sorts.packet.sample, forestSorts.block.sample, fc.nat(5)),
      ([w, p, b, n]) => {
        const flying = w.inFlightMsgs.filter(({ msg }) => msg._tag === 'BlockMsg')
        const packet = flying[n % Math.max(1, flying.length)] ?? p
        return [packet, packet.msg._tag === 'BlockMsg' ? toychain.local.msg_block(packet.msg) : b, w]
      }
    ),
    'Coq states and proves it twice, in the module type and in the module.'
  )(<p, b, w>(p: Pkt<p>, b: Blk<b>, w: Wld<w>) =>
    given(N.Packets.isIn(p, N.inFlight(w)), N.eqMsg(N.msg(p), N.BlockMsg(b))).infer(
      V.Blocks.isIn(b, N.blocksFor(N.dst(p), w))
    )
  )

  return { b_in_blocksFor }
}
