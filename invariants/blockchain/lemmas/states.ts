/** The initial state maps: the lemmas of `Systems/States.v`. */
import type { Types } from '../../../spec/blockchain/types.js'
import { and, first, given, second } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import type { Addrs } from './terms.js'
import type { Theory } from './theory.js'

const { lemma } = chapter('Systems/States.v')

const l = <T extends Types>({ sorts: { peers } }: Theory<T>) => forall('l', peers)

/** @coq Systems/States.v initStateValidDom */
export const initStateValidDom = lemma(
  'initStateValidDom',
  'l without repetitions ⇒ dom(initState l) and l have the same elements ∧ V(initState l)',
  'The initial state map of distinct addresses is defined, and has them as its nodes.'
)(<T extends Types>(theory: Theory<T>) => {
  const { nodes, initState, validNodes } = theory.words
  const { uniq, sameElements } = theory.words.Addresses
  return l(theory).state(<l>(l: Addrs<l>) =>
    given(uniq(l)).infer(and(sameElements(nodes(initState(l)), l), validNodes(initState(l))))
  )
})

/** @coq Systems/States.v valid_initState' */
export const valid_initState_prime = lemma(
  "valid_initState'",
  'l without repetitions ⇒ V(initState l)',
  'The initial state map of distinct addresses is defined.'
)(<T extends Types>(theory: Theory<T>) => {
  const { validNodes, initState } = theory.words
  const { uniq } = theory.words.Addresses
  return l(theory).state(<l>(l: Addrs<l>) =>
    given(uniq(l))
      .infer(validNodes(initState(l)))
      .by((u) => second(initStateValidDom(theory)(l)(u)))
  )
})

/** @coq Systems/States.v dom_initState' */
export const dom_initState_prime = lemma(
  "dom_initState'",
  'l without repetitions ⇒ dom(initState l) and l have the same elements',
  'The initial state map of distinct addresses has them as its nodes.'
)(<T extends Types>(theory: Theory<T>) => {
  const { nodes, initState } = theory.words
  const { uniq, sameElements } = theory.words.Addresses
  return l(theory).state(<l>(l: Addrs<l>) =>
    given(uniq(l))
      .infer(sameElements(nodes(initState(l)), l))
      .by((u) => first(initStateValidDom(theory)(l)(u)))
  )
})
