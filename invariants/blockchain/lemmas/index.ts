/** All lemmas of the Coq development, for a setting. */
import type { Types } from '../../../spec/blockchain/types.js'
import { forestsBest } from './forestsBest.js'
import { forestsCanonical } from './forestsCanonical.js'
import { forestsChains } from './forestsChains.js'
import { forestsExtending } from './forestsExtending.js'
import { forestsForkChoice } from './forestsForkChoice.js'
import { forestsMinting } from './forestsMinting.js'
import { library, listFacts } from './library.js'
import { chains } from './chains.js'
import { invCliqueTopology } from './invCliqueTopology.js'
import { invMisc } from './invMisc.js'
import { network } from './network.js'
import { networkSetting } from './networkSetting.js'
import { networkVocabulary } from './networkVocabulary.js'
import { parameters } from './parameters.js'
import { protocol } from './protocol.js'
import { domFacts, seqFacts } from './seqFacts.js'
import type { Setting } from './setting.js'
import { states } from './states.js'
import { types } from './types.js'
import { vocabulary } from './vocabulary.js'

/** The lemmas, file by file, in the order of the development. */
export const Lemmas = <T extends Types>(s: Setting<T>, nodes = 2) => {
  const V = vocabulary(s)
  const net = networkSetting(s, nodes)
  const N = networkVocabulary(s, net)
  const { letter, word, chain, chains: lists } = s.sorts
  const ofBlocks = seqFacts(V.Blocks, letter, word)
  const ofPackets = seqFacts(N.Packets, net.sorts.packet, net.sorts.packets)
  const laws = parameters(s, V)
  const B = listFacts(V.Blocks, letter, word)
  const K = listFacts(V.Hashes, s.sorts.hash, s.sorts.keys)
  const C = listFacts(V.Chains, chain, lists)
  const L = library(s, V)
  const forkChoice = forestsForkChoice(s, V, laws)
  const extending = forestsExtending(s, V, B, K, L)
  const ofChains = forestsChains(s, V, L, laws, extending)
  const best = forestsBest(s, V, ofBlocks, L, laws, forkChoice, extending, ofChains)
  const minting = forestsMinting(s, V, B, C, L, laws, forkChoice, extending, ofChains, best)
  const canonical = forestsCanonical(s, V, C, L, laws, forkChoice, extending, best, minting)
  return {
    library: { ...B, ...L },
    parameters: laws,
    seqFacts: { ...ofBlocks, ...domFacts(s, V) },
    chains: chains(s.forest.blockEq, V.Blocks, word),
    types: types(s, V),
    forests: { ...forkChoice, ...extending, ...ofChains, ...best, ...minting, ...canonical },
    protocol: protocol(s, net, V, N, L, extending, best),
    states: states(net, N),
    network: network(net, N),
    invMisc: invMisc(s, net, V, N),
    invCliqueTopology: invCliqueTopology(
      s,
      net,
      V,
      N,
      ofPackets,
      L,
      laws,
      forkChoice,
      extending,
      best,
      minting,
      canonical
    )
  }
}
