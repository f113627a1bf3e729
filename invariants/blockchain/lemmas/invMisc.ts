/** What the invariants talk about: the lemma of `Properties/InvMisc.v`. */
import * as fc from 'fast-check'
import type { Types } from '../../../spec/blockchain/types.js'
import { given } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import type { Blk, Pkt, Wld } from './terms.js'
import type { Theory } from './theory.js'

const { lemma } = chapter('Properties/InvMisc.v')

/** @coq Properties/InvMisc.v b_in_blocksFor */
export const b_in_blocksFor = lemma(
  'b_in_blocksFor',
  'p in flight in w ∧ msg p = Block(b) ⇒ b ∈ blocksFor(dst p, w)',
  'A block in flight is among the blocks on their way to the destination.',
  'Coq states and proves it twice, in the module type and in the module.'
)(<T extends Types>(theory: Theory<T>) => {
  const { toychain } = theory.network
  const { block, worlds } = theory.sorts
  const { Packets, inFlight, eqMsg, BlockMsg, Blocks, blocksFor, dst } = theory.words
  return forall('p b w', theory.sorts.packet, block, worlds)
    .drawnBy(fc.tuple(worlds.sample, theory.sorts.packet.sample, block.sample, fc.nat(5)), ([w, p, b, n]) => {
      const flying = w.inFlightMsgs.filter(({ msg }) => msg._tag === 'BlockMsg')
      const packet = flying[n % Math.max(1, flying.length)] ?? p
      return [packet, packet.msg._tag === 'BlockMsg' ? toychain.local.msg_block(packet.msg) : b, w]
    })
    .state(<p, b, w>(p: Pkt<T, p>, b: Blk<T, b>, w: Wld<T, w>) =>
      given(Packets.isIn(p, inFlight(w)), eqMsg(theory.words.msg(p), BlockMsg(b))).infer(
        Blocks.isIn(b, blocksFor(dst(p), w))
      )
    )
})
