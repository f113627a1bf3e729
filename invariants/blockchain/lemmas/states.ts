/** The initial state maps. Counterpart of the lemmas of `Systems/States.v`, in its order. */
import type { Types } from '../../../spec/blockchain/types.js'
import type { Address } from '../../../spec/system/address.js'
import { and, first, given, second } from '../../proof/kernel.js'
import type { Named } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import type { NetworkSetting } from './networkSetting.js'
import type { NetworkVocabulary } from './networkVocabulary.js'

const { lemma } = chapter('Systems/States.v')

/** The lemmas about initial state maps. */
export const states = <T extends Types>({ sorts }: NetworkSetting<T>, N: NetworkVocabulary<T>) => {
  type Addrs<N> = Named<ReadonlyArray<Address>, N>
  const { initState, nodes, validNodes } = N
  const { uniq, sameElements } = N.Addresses
  const l = forall('l', sorts.peers)

  /** @coq Systems/States.v initStateValidDom */
  const initStateValidDom = lemma(
    'initStateValidDom',
    'l without repetitions ⇒ dom(initState l) and l have the same elements ∧ V(initState l)',
    'The initial state map of distinct addresses is defined, and has them as its nodes.',
    l
  )(<l>(l: Addrs<l>) => given(uniq(l)).infer(and(sameElements(nodes(initState(l)), l), validNodes(initState(l)))))

  /** @coq Systems/States.v valid_initState' */
  const valid_initState_prime = lemma(
    "valid_initState'",
    'l without repetitions ⇒ V(initState l)',
    'The initial state map of distinct addresses is defined.',
    l
  )(<l>(l: Addrs<l>) =>
    given(uniq(l))
      .infer(validNodes(initState(l)))
      .by((u) => second(initStateValidDom(l)(u)))
  )

  /** @coq Systems/States.v dom_initState' */
  const dom_initState_prime = lemma(
    "dom_initState'",
    'l without repetitions ⇒ dom(initState l) and l have the same elements',
    'The initial state map of distinct addresses has them as its nodes.',
    l
  )(<l>(l: Addrs<l>) =>
    given(uniq(l))
      .infer(sameElements(nodes(initState(l)), l))
      .by((u) => first(initStateValidDom(l)(u)))
  )

  return { initStateValidDom, valid_initState_prime, dom_initState_prime }
}
