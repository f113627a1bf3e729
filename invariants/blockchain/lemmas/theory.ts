/**
 * What a lemma is about: a theory has the words of a statement, and the sorts from which its terms are drawn. The lemmas
 * of the development are declared for every theory, and each theory has one of each.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import type { Forest } from '../../../spec/blockchain/forests.js'
import type { Message } from '../../../spec/blockchain/protocol.js'
import type { Instance } from '../../../spec/blockchain/toychain.js'
import type { Block, Blockchain, Types } from '../../../spec/blockchain/types.js'
import type { Packet } from '../../../spec/system/protocol.js'
import { sequences } from '../../proof/sequences.js'
import type { Sequences } from '../../proof/sequences.js'
import type { Sort } from '../../proof/sort.js'
import { networkSetting } from './networkSetting.js'
import type { NetworkSetting } from './networkSetting.js'
import { networkVocabulary } from './networkVocabulary.js'
import type { NetworkVocabulary } from './networkVocabulary.js'
import type { Setting } from './setting.js'
import { vocabulary } from './vocabulary.js'
import type { Vocabulary } from './vocabulary.js'

/** The theory of lists of `A`. */
export interface ListTheory<A> {
  readonly equality: Eq<A>
  readonly words: Sequences<A>
  /** A few elements. */
  readonly letter: Sort<A>
  /** Lists of them. */
  readonly word: Sort<ReadonlyArray<A>>
}

/** The words for forests, local states and networks. */
export type Words<T extends Types> = Vocabulary<T> & NetworkVocabulary<T>

/** The sorts of their values. */
export type SortsOf<T extends Types> = Setting<T>['sorts'] & NetworkSetting<T>['sorts']

/** The theory of a blockchain and of a network that keeps it. */
export interface Theory<T extends Types> {
  /** The blockchain, with a few of its values. */
  readonly setting: Setting<T>
  /** The nodes, with a few of their states, messages and worlds. */
  readonly network: NetworkSetting<T>
  readonly instance: Instance<T>
  /** The definitions that the lemmas are about. */
  readonly forest: Forest<T>
  readonly words: Words<T>
  readonly sorts: SortsOf<T>
  /** Lists of blocks, of hashes, of chains, and of packets. */
  readonly blocks: ListTheory<Block<T>>
  readonly hashes: ListTheory<T['Hash']>
  readonly chains: ListTheory<Blockchain<T>>
  readonly packets: ListTheory<Packet<Message<T>>>
}

/** The theory of lists of some elements, with the sorts to draw them from. */
export const listTheory = <A>(equality: Eq<A>, letter: Sort<A>, word: Sort<ReadonlyArray<A>>): ListTheory<A> => ({
  equality,
  words: sequences(equality),
  letter,
  word
})

/** The theory of a setting, and of a network of so many nodes. */
export const theoryOf = <T extends Types>(setting: Setting<T>, nodes = 2): Theory<T> => {
  const network = networkSetting(setting, nodes)
  const words = { ...vocabulary(setting), ...networkVocabulary(setting, network) }
  const sorts = { ...setting.sorts, ...network.sorts }
  const { instance, forest } = setting
  return {
    setting,
    network,
    instance,
    forest,
    words,
    sorts,
    blocks: { equality: forest.blockEq, words: words.Blocks, letter: sorts.letter, word: sorts.word },
    hashes: { equality: instance.types.Hash, words: words.Hashes, letter: sorts.hash, word: sorts.keys },
    chains: { equality: forest.chainEq, words: words.Chains, letter: sorts.chain, word: sorts.chains },
    packets: {
      equality: network.toychain.network.packetEq,
      words: words.Packets,
      letter: sorts.packet,
      word: sorts.packets
    }
  }
}
