/** Worlds and their steps. Counterpart of the lemmas of `Systems/Network.v`, in its order. */
import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { unionMap } from '../../../spec/prelude/unionMap.js'
import type { State } from '../../../spec/blockchain/protocol.js'
import type { World } from '../../../spec/blockchain/invMisc.js'
import type { Types } from '../../../spec/blockchain/types.js'
import type { Address } from '../../../spec/system/address.js'
import type { Qualifier } from '../../../spec/system/network.js'
import { given, iff } from '../../proof/kernel.js'
import type { Named } from '../../proof/kernel.js'
import { chapter, forall, forallOf } from '../../proof/lemma.js'
import { back, forth } from '../../proof/logic.js'
import { drawn, listed, mapped } from '../../proof/sort.js'
import type { Sort } from '../../proof/sort.js'
import type { Condition, NetworkSetting } from './networkSetting.js'
import type { NetworkVocabulary } from './networkVocabulary.js'

const { lemma, fact } = chapter('Systems/Network.v')

/** A few conditions on states, which stand for all: Coq quantifies over every property of them. */
export const someConditions = <T extends Types>(): ReadonlyArray<Condition<T>> => [
  { name: 'has a defined tree', of: (st) => st.blockTree._tag === 'Def' },
  { name: 'has one block', of: (st) => st.blockTree._tag === 'Def' && st.blockTree.entries.length === 1 },
  { name: 'has more peers than itself', of: (st) => st.peers.length > 1 },
  { name: 'has an even address', of: (st) => st.id % 2 === 0 },
  { name: 'has no transactions', of: (st) => st.txPool.length === 0 }
]

/** The lemmas about worlds. */
export const network = <T extends Types>(s: NetworkSetting<T>, N: NetworkVocabulary<T>) => {
  type W = World<T>
  type S = State<T>
  type Wld<N> = Named<W, N>
  type Addr<N> = Named<Address, N>
  type St<N> = Named<S, N>
  type Cond<N> = Named<Condition<T>, N>
  type Qual<N> = Named<Qualifier<T['Timestamp']>, N>
  type Via = ReadonlyArray<readonly [Qualifier<T['Timestamp']>, W]>
  const { Coh, system_step, reachable, stateAt, holds, satisfies, Init, initWorld, eqState, local_step, stepOf } = N
  const { address, steps, state } = s.sorts
  const { find } = unionMap(s.addresses.Address)

  const conditions = someConditions<T>()
  const condition: Sort<Condition<T>> = listed(conditions)
  const schematic = 'Coq quantifies over all properties; here a few stand for them.'

  const step = forallOf<readonly [W, W, Qualifier<T['Timestamp']>]>('w w2 q', steps)

  /** @coq Systems/Network.v holds_Init_state */
  const holds_Init_state = lemma(
    'holds_Init_state',
    'P(Init n) ⇒ holds n initWorld P',
    'In the initial world what is true of the initial state of a node holds at that node.',
    forall('n P', address, condition),
    schematic
  )(<n, P>(n: Addr<n>, P: Cond<P>) => given(satisfies(Init(n), P)).infer(holds(n, initWorld, P)))

  /** @coq Systems/Network.v Coh_init */
  const Coh_init = lemma(
    'Coh_init',
    'initWorld is coherent',
    'The initial world is coherent.',
    forall('')
  )(() => given().infer(Coh(initWorld)))

  /** @coq Systems/Network.v Coh_step */
  const Coh_step = lemma(
    'Coh_step',
    'w → w2 ⇒ w2 is coherent',
    'Every step leads to a coherent world.',
    step,
    'That w is coherent is part of the step relation.'
  )(<w, w2, q>(w: Wld<w>, w2: Wld<w2>, q: Qual<q>) => given(system_step(w, w2, q)).infer(Coh(w2)))

  /** @coq Systems/Network.v step_nodes */
  const step_nodes = lemma(
    'step_nodes',
    'w → w2 ⇒ w and w2 have the same nodes',
    'A step does not change the set of nodes.',
    step
  )(<w, w2, q>(w: Wld<w>, w2: Wld<w2>, q: Qual<q>) => given(system_step(w, w2, q)).infer(N.sameNodes(w, w2)))

  /** A world, some steps that are made one after the other, and where they lead. */
  const walks: Sort<readonly [W, Via, W]> = drawn(
    mapped(steps, ([w, w2, q]): readonly [W, Via, W] => [w, [[q, w2]], w2]),
    fc
      .tuple(steps.sample, fc.array(fc.tuple(fc.nat(999), s.sorts.time.sample), { maxLength: 3 }))
      .map(([[w, w2, q], more]) => {
        const via = more.reduce<Via>(
          (made, [n, ts]) => {
            const [, after, next] = s.stepFrom(made[made.length - 1]?.[1] ?? w, n, ts)
            return [...made, [next, after]]
          },
          [[q, w2]]
        )
        return [w, via, via[via.length - 1]?.[1] ?? w2] as const
      })
  )

  /** @coq Systems/Network.v steps_nodes */
  const steps_nodes = lemma(
    'steps_nodes',
    'w →* w2 ⇒ w and w2 have the same nodes',
    'A sequence of steps does not change the set of nodes.',
    forallOf('w via w2', walks),
    'In all: sequences of one step.'
  )(<w, via, w2>(w: Wld<w>, via: Named<Via, via>, w2: Wld<w2>) =>
    given(reachable(w, via, w2)).infer(N.sameNodes(w, w2))
  )

  /** A step, a node, and its states before and after. */
  const atNode: Sort<readonly [Address, W, W, Qualifier<T['Timestamp']>, S, S]> = {
    sample: fc.tuple(steps.sample, address.sample, state.sample).map(([[w, w2, q], n, other]) => {
      const at = (v: W): S => O.getOrElse(() => other)(find(n, v.localState))
      return [n, w, w2, q, at(w), at(w2)] as const
    }),
    get size() {
      return steps.size * s.addresses.enum.length
    },
    *all() {
      for (const [w, w2, q] of steps.all())
        for (const n of s.addresses.enum) {
          const [before, after] = [find(n, w.localState), find(n, w2.localState)]
          if (O.isSome(before) && O.isSome(after)) yield [n, w, w2, q, before.value, after.value] as const
        }
    }
  }

  /** @coq Systems/Network.v system_step_local_step */
  const system_step_local_step = lemma(
    'system_step_local_step',
    'w → w2, n has st in w and st2 in w2 ⇒ a local step leads from st to st2',
    'In a step of the network every node makes a local step.',
    forallOf('n w w2 q st st2', atNode)
  )(<n, w, w2, q, st, st2>(n: Addr<n>, w: Wld<w>, w2: Wld<w2>, q: Qual<q>, st: St<st>, st2: St<st2>) =>
    given(system_step(w, w2, q), stateAt(n, w, st), stateAt(n, w2, st2)).infer(
      eqState(st2, local_step(st, stepOf(n, w, w2, q)))
    )
  )

  const holds_def = fact(
    'holds',
    'n has st in w ⇒ (holds n w P ⇔ P(st))',
    'A property holds at a node if it is true of its state.',
    forallOf('n w st P', {
      sample: fc.tuple(atNode.sample, condition.sample).map(([[n, w, , , st], P]) => [n, w, st, P] as const),
      get size() {
        return atNode.size * conditions.length
      },
      *all() {
        for (const [n, w, , , st] of atNode.all()) for (const P of conditions) yield [n, w, st, P] as const
      }
    })
  )(<n, w, st, P>(n: Addr<n>, w: Wld<w>, st: St<st>, P: Cond<P>) =>
    given(stateAt(n, w, st)).infer(iff(holds(n, w, P), satisfies(st, P)))
  )

  /** A step in which a node most often keeps its state, and a condition. */
  const unchanged = forallOf('n w w2 q st P', {
    sample: fc.tuple(atNode.sample, condition.sample).map(([[n, w, w2, q, st], P]) => [n, w, w2, q, st, P] as const),
    get size() {
      return atNode.size * conditions.length
    },
    *all() {
      for (const [n, w, w2, q, st] of atNode.all()) for (const P of conditions) yield [n, w, w2, q, st, P] as const
    }
  })

  /** @coq Systems/Network.v no_change_still_holds */
  const no_change_still_holds = lemma(
    'no_change_still_holds',
    'n has st in w and in w2, holds n w P, w → w2 ⇒ holds n w2 P',
    'A property of a node that keeps its state keeps holding.',
    unchanged,
    schematic
  )(<n, w, w2, q, st, P>(n: Addr<n>, w: Wld<w>, w2: Wld<w2>, q: Qual<q>, st: St<st>, P: Cond<P>) =>
    given(stateAt(n, w, st), holds(n, w, P), system_step(w, w2, q), stateAt(n, w2, st))
      .infer(holds(n, w2, P))
      .by((before, h, _, after) => back(holds_def(n, w2, st, P)(after), forth(holds_def(n, w, st, P)(before), h)))
  )

  /** @coq Systems/Network.v no_change_has_held */
  const no_change_has_held = lemma(
    'no_change_has_held',
    'n has st in w and in w2, holds n w2 P, w → w2 ⇒ holds n w P',
    'A property of a node that keeps its state held before.',
    unchanged,
    schematic
  )(<n, w, w2, q, st, P>(n: Addr<n>, w: Wld<w>, w2: Wld<w2>, q: Qual<q>, st: St<st>, P: Cond<P>) =>
    given(stateAt(n, w, st), system_step(w, w2, q), holds(n, w2, P), stateAt(n, w2, st))
      .infer(holds(n, w, P))
      .by((before, _, h, after) => back(holds_def(n, w, st, P)(before), forth(holds_def(n, w2, st, P)(after), h)))
  )

  return {
    holds_Init_state,
    Coh_init,
    Coh_step,
    step_nodes,
    steps_nodes,
    system_step_local_step,
    holds_def,
    no_change_still_holds,
    no_change_has_held
  }
}
