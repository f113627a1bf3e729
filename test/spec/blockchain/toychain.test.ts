import { describe, expect, test } from 'vitest'
import { clique_inv } from '../../../invariants/blockchain/clique.js'
import {
  playLongestChain,
  playNumbered,
  playPayments,
  playProofOfWork
} from '../../../invariants/blockchain/playable.js'
import { failures, showFailure } from '../../../invariants/property/invariant.js'
import { bitcoin } from '../../../spec/blockchain/instances/bitcoin.js'
import { hash256Of, uint32Of } from '../../../spec/blockchain/instances/bitcoin/codec.js'
import { Toychain } from '../../../spec/blockchain/toychain.js'
import type { Instance } from '../../../spec/blockchain/toychain.js'
import type { Types } from '../../../spec/blockchain/types.js'
import { entries } from '../../../spec/prelude/unionMap.js'
import { netAddr } from '../../../spec/system/address.js'
import { withoutReplies } from '../../../spec/system/protocol.js'
import { byLength, byWork } from '../../support/toychains.js'

const genesis = {
  prevBlockHash: hash256Of('0'),
  txs: [hash256Of('1')],
  proof: { version: uint32Of(1), time: uint32Of(0), bits: uint32Of(0x1d00ffff), nonce: uint32Of(0) }
} as const

/** Says of an instance what is true of all. */
const ofEach = (claim: <T extends Types>(name: string, instance: Instance<T>) => void): void => {
  claim('numbered', playNumbered.instance)
  claim('longestChain', playLongestChain.instance)
  claim('proofOfWork', playProofOfWork.instance)
  claim('payments', playPayments.instance)
  claim('bitcoin', bitcoin({ genesis, height: 0 }))
  claim('longest chain with few hashes', byLength.instance)
  claim('most work with few hashes', byWork.instance)
}

describe('the initial world of a clique of 1, 2, 3, 4 and 5 nodes', () => {
  ofEach((name, instance) => {
    test(`satisfies the clique invariant, in the words of the paper and in those that explain: ${name}`, () => {
      for (const size of [1, 2, 3, 4, 5]) {
        const toy = Toychain(instance, netAddr(size))
        expect(toy.clique.clique_inv(toy.cliqueWorld)).toBe(true)
        expect(failures(clique_inv(toy), { world: toy.cliqueWorld })).toEqual([])
        expect(entries(toy.cliqueWorld.localState).map(([n, st]) => [n, st.id, st.peers, st.txPool])).toEqual(
          netAddr(size).enum.map((n) => [n, n, netAddr(size).enum, []])
        )
        expect([toy.cliqueWorld.inFlightMsgs, toy.cliqueWorld.consumedMsgs]).toEqual([[], []])
        expect(toy.misc.GStable(toy.cliqueWorld)).toBe(true)
      }
    })
  })
})

describe('the initial world in which no node knows another', () => {
  ofEach((name, instance) => {
    test(`fails the clique invariant by clause 4 alone, from two nodes on: ${name}`, () => {
      for (const size of [2, 3, 4, 5]) {
        const toy = Toychain(instance, netAddr(size))
        const w = toy.network.initWorld
        expect([toy.network.Coh(w), toy.clique.GSyncing_clique(w), toy.clique.clique_inv(w)]).toEqual([
          true,
          false,
          false
        ])
        expect(failures(clique_inv(toy), { world: w }).map(showFailure)).toEqual(
          netAddr(size).enum.map((n) => {
            const others = netAddr(size).enum.filter((m) => m !== n)
            return `clique_inv ▸ GSyncing_clique ▸ 4 ▸ node ${n}: has the peers ${n}, missing ${others.join(', ')}`
          })
        )
      }
    })

    test(`is the initial world of the clique where there is one node: ${name}`, () => {
      const toy = Toychain(instance, netAddr(1))
      expect(toy.network.initWorld).toEqual(toy.cliqueWorld)
    })
  })
})

describe('a variant', () => {
  test('changes the protocol that the nodes run, and nothing else', () => {
    const toy = Toychain(playNumbered.instance, netAddr(2), { protocol: withoutReplies })
    const original = Toychain(playNumbered.instance, netAddr(2))
    const [n, st] = entries(original.cliqueWorld.localState)[0]!
    const msg = { _tag: 'BlockMsg', block: original.params.GenesisBlock } as const
    const ts = { minter: n, k: 0 }
    expect(original.network.protocol.procMsg(st, n, msg, ts)[1]).toHaveLength(2)
    expect(toy.network.protocol.procMsg(st, n, msg, ts)[1]).toEqual([])
    expect(toy.cliqueWorld).toEqual(original.cliqueWorld)
  })

  test('changes the forest that the protocol and the invariants use', () => {
    const stuck = Toychain(playNumbered.instance, netAddr(2), {
      forest: (F) => ({ ...F, btExtend: (bt) => bt, btExtendAll: (bt) => bt })
    })
    const [n, st] = entries(stuck.cliqueWorld.localState)[0]!
    const [after, sent] = stuck.network.protocol.procInt(st, { _tag: 'MintT' }, { minter: n, k: 1 })
    expect(after.blockTree).toBe(st.blockTree)
    expect(sent).toHaveLength(2)
    expect(stuck.clique.canonicalTree(n, st, { ...stuck.cliqueWorld, inFlightMsgs: sent })).toBe(st.blockTree)
  })
})
