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
import { eqOf } from '../../proof/kernel.js'
import type { SortOf, Vocabulary as Vocabulary_ } from '../../proof/kernel.js'
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
  readonly vocabulary: Vocabulary_
  /** What the lists are of, if it is not blocks. */
  readonly of?: string
  readonly equality: Eq<A>
  readonly words: Sequences<A>
  /** A few elements. */
  readonly letter: Sort<A>
  /** Lists of them. */
  readonly word: Sort<ReadonlyArray<A>>
}

/** The words for forests, local states and networks. */
export type Words<T extends Types> = Omit<Vocabulary<T>, 'vocabulary'> & NetworkVocabulary<T>

/** The sorts of their values. */
export type SortsOf<T extends Types> = Setting<T>['sorts'] & NetworkSetting<T>['sorts']

/** The theory of a blockchain and of a network that keeps it. */
export interface Theory<T extends Types> {
  readonly vocabulary: Vocabulary_
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

/** The theory of lists of some words, with the sorts to draw them from. */
const listTheoryOf = <A>(
  equality: Eq<A>,
  words: Sequences<A>,
  letter: Sort<A>,
  word: Sort<ReadonlyArray<A>>
): ListTheory<A> => ({ vocabulary: words.vocabulary, equality, words, letter, word })

/** The theory of lists of the elements of a sort. */
export const listTheory = <A>(
  name: string,
  of: SortOf<A>,
  values: Vocabulary_,
  letter: Sort<A>,
  word: Sort<ReadonlyArray<A>>
): ListTheory<A> => listTheoryOf(eqOf(of), sequences(name, of, values), letter, word)

/** The theory of a setting, and of a network of so many nodes. */
export const theoryOf = <T extends Types>(setting: Setting<T>, nodes = 2): Theory<T> => {
  const network = networkSetting(setting, nodes)
  const forests = vocabulary(setting)
  const words = { ...forests, ...networkVocabulary(setting, network, forests) }
  const sorts = { ...setting.sorts, ...network.sorts }
  const { instance, forest } = setting
  return {
    vocabulary: words.vocabulary,
    setting,
    network,
    instance,
    forest,
    words,
    sorts,
    blocks: listTheoryOf(forest.blockEq, words.Blocks, sorts.letter, sorts.word),
    hashes: { ...listTheoryOf<T['Hash']>(instance.types.Hash, words.Hashes, sorts.hash, sorts.keys), of: 'hashes' },
    chains: { ...listTheoryOf<Blockchain<T>>(forest.chainEq, words.Chains, sorts.chain, sorts.chains), of: 'chains' },
    packets: {
      ...listTheoryOf<Packet<Message<T>>>(
        network.toychain.network.packetEq,
        words.Packets,
        sorts.packet,
        sorts.packets
      ),
      of: 'packets'
    }
  }
}
