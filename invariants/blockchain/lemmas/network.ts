/** Worlds and their steps: the lemmas of `Systems/Network.v`. */
import type { World } from '../../../spec/blockchain/invMisc.js'
import type { State } from '../../../spec/blockchain/protocol.js'
import type { Types } from '../../../spec/blockchain/types.js'
import { unionMap } from '../../../spec/prelude/unionMap.js'
import type { Address } from '../../../spec/system/address.js'
import type { Qualifier } from '../../../spec/system/network.js'
import { given, iff } from '../../proof/kernel.js'
import type { Named } from '../../proof/kernel.js'
import { chapter, forall, forallOf } from '../../proof/lemma.js'
import { back, forth } from '../../proof/logic.js'
import { drawn, listed, mapped } from '../../proof/sort.js'
import type { Sort } from '../../proof/sort.js'
import { someConditions } from './networkSetting.js'
import type { Condition } from './networkSetting.js'
import type { Addr, Cond, Qual, St, Wld } from './terms.js'
import type { Theory } from './theory.js'
import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'

const { definition, lemma } = chapter('Systems/Network.v')
/** A remark. */
const schematic = 'Coq quantifies over all properties; here a few stand for them.'

/** The steps of a sequence, each with the world to which it leads. */
type Via<T extends Types> = ReadonlyArray<readonly [Qualifier<T['Timestamp']>, World<T>]>

/** One of the conditions. */
const condition = <T extends Types>(_theory: Theory<T>): Sort<Condition<T>> => listed(someConditions<T>())

/** A step of the network. */
const step = <T extends Types>(theory: Theory<T>) => {
  const { steps } = theory.sorts
  return forallOf<readonly [World<T>, World<T>, Qualifier<T['Timestamp']>]>('w w2 q', steps)
}

/** @coq Systems/Network.v holds_Init_state */
export const holds_Init_state = lemma(
  'holds_Init_state',
  'P(Init n) ⇒ holds n initWorld P',
  'In the initial world what is true of the initial state of a node holds at that node.',
  schematic
)(<T extends Types>(theory: Theory<T>) => {
  const { address } = theory.sorts
  const { satisfies, Init, holds, initWorld } = theory.words
  return forall('n P', address, condition(theory)).state(<n, P>(n: Addr<n>, P: Cond<T, P>) =>
    given(satisfies(Init(n), P)).infer(holds(n, initWorld, P))
  )
})

/** @coq Systems/Network.v Coh_init */
export const Coh_init = lemma(
  'Coh_init',
  'initWorld is coherent',
  'The initial world is coherent.'
)(<T extends Types>({ words: { Coh, initWorld } }: Theory<T>) => forall('').state(() => given().infer(Coh(initWorld))))

/** @coq Systems/Network.v Coh_step */
export const Coh_step = lemma(
  'Coh_step',
  'w → w2 ⇒ w2 is coherent',
  'Every step leads to a coherent world.',
  'That w is coherent is part of the step relation.'
)(<T extends Types>(theory: Theory<T>) => {
  const { system_step, Coh } = theory.words
  return step(theory).state(<w, w2, q>(w: Wld<T, w>, w2: Wld<T, w2>, q: Qual<T, q>) =>
    given(system_step(w, w2, q)).infer(Coh(w2))
  )
})

/** @coq Systems/Network.v step_nodes */
export const step_nodes = lemma(
  'step_nodes',
  'w → w2 ⇒ w and w2 have the same nodes',
  'A step does not change the set of nodes.'
)(<T extends Types>(theory: Theory<T>) => {
  const { system_step, sameNodes } = theory.words
  return step(theory).state(<w, w2, q>(w: Wld<T, w>, w2: Wld<T, w2>, q: Qual<T, q>) =>
    given(system_step(w, w2, q)).infer(sameNodes(w, w2))
  )
})

/** A world, some steps that are made one after the other, and where they lead. */
const walks = <T extends Types>(theory: Theory<T>): Sort<readonly [World<T>, Via<T>, World<T>]> => {
  const { stepFrom } = theory.network
  const { steps, time } = theory.sorts
  return drawn(
    mapped(steps, ([w, w2, q]): readonly [World<T>, Via<T>, World<T>] => [w, [[q, w2]], w2]),
    fc.tuple(steps.sample, fc.array(fc.tuple(fc.nat(999), time.sample), { maxLength: 3 })).map(([[w, w2, q], more]) => {
      const via = more.reduce<Via<T>>(
        (made, [n, ts]) => {
          const [, after, next] = stepFrom(made[made.length - 1]?.[1] ?? w, n, ts)
          return [...made, [next, after]]
        },
        [[q, w2]]
      )
      return [w, via, via[via.length - 1]?.[1] ?? w2] as const
    })
  )
}

/** @coq Systems/Network.v steps_nodes */
export const steps_nodes = lemma(
  'steps_nodes',
  'w →* w2 ⇒ w and w2 have the same nodes',
  'A sequence of steps does not change the set of nodes.',
  'In all: sequences of one step.'
)(<T extends Types>(theory: Theory<T>) => {
  const { reachable, sameNodes } = theory.words
  return forallOf('w via w2', walks(theory)).state(
    <w, via, w2>(w: Wld<T, w>, via: Named<Via<T>, via>, w2: Wld<T, w2>) =>
      given(reachable(w, via, w2)).infer(sameNodes(w, w2))
  )
})

/** A step, a node, and its states before and after. */
const atNode = <T extends Types>(
  theory: Theory<T>
): Sort<readonly [Address, World<T>, World<T>, Qualifier<T['Timestamp']>, State<T>, State<T>]> => {
  const { addresses } = theory.network
  const { steps, address, state } = theory.sorts
  const { find } = unionMap(addresses.Address)
  return {
    sample: fc.tuple(steps.sample, address.sample, state.sample).map(([[w, w2, q], n, other]) => {
      const at = (v: World<T>): State<T> => O.getOrElse(() => other)(find(n, v.localState))
      return [n, w, w2, q, at(w), at(w2)] as const
    }),
    get size() {
      return steps.size * addresses.enum.length
    },
    *all() {
      for (const [w, w2, q] of steps.all())
        for (const n of addresses.enum) {
          const [before, after] = [find(n, w.localState), find(n, w2.localState)]
          if (O.isSome(before) && O.isSome(after)) yield [n, w, w2, q, before.value, after.value] as const
        }
    }
  }
}

/** @coq Systems/Network.v system_step_local_step */
export const system_step_local_step = lemma(
  'system_step_local_step',
  'w → w2, n has st in w and st2 in w2 ⇒ a local step leads from st to st2',
  'In a step of the network every node makes a local step.'
)(<T extends Types>(theory: Theory<T>) => {
  const { system_step, stateAt, eqState, local_step, stepOf } = theory.words
  return forallOf('n w w2 q st st2', atNode(theory)).state(
    <n, w, w2, q, st, st2>(n: Addr<n>, w: Wld<T, w>, w2: Wld<T, w2>, q: Qual<T, q>, st: St<T, st>, st2: St<T, st2>) =>
      given(system_step(w, w2, q), stateAt(n, w, st), stateAt(n, w2, st2)).infer(
        eqState(st2, local_step(st, stepOf(n, w, w2, q)))
      )
  )
})

export const holds_def = definition(
  'holds',
  'n has st in w ⇒ (holds n w P ⇔ P(st))',
  'A property holds at a node if it is true of its state.'
)(<T extends Types>(theory: Theory<T>) => {
  const { stateAt, holds, satisfies } = theory.words
  return forallOf('n w st P', {
    sample: fc
      .tuple(atNode(theory).sample, condition(theory).sample)
      .map(([[n, w, , , st], P]) => [n, w, st, P] as const),
    get size() {
      return atNode(theory).size * someConditions<T>().length
    },
    *all() {
      for (const [n, w, , , st] of atNode(theory).all())
        for (const P of someConditions<T>()) yield [n, w, st, P] as const
    }
  }).state(<n, w, st, P>(n: Addr<n>, w: Wld<T, w>, st: St<T, st>, P: Cond<T, P>) =>
    given(stateAt(n, w, st)).infer(iff(holds(n, w, P), satisfies(st, P)))
  )
})

/** A step in which a node most often keeps its state, and a condition. */
const unchanged = <T extends Types>(theory: Theory<T>) =>
  forallOf('n w w2 q st P', {
    sample: fc
      .tuple(atNode(theory).sample, condition(theory).sample)
      .map(([[n, w, w2, q, st], P]) => [n, w, w2, q, st, P] as const),
    get size() {
      return atNode(theory).size * someConditions<T>().length
    },
    *all() {
      for (const [n, w, w2, q, st] of atNode(theory).all())
        for (const P of someConditions<T>()) yield [n, w, w2, q, st, P] as const
    }
  })

/** @coq Systems/Network.v no_change_still_holds */
export const no_change_still_holds = lemma(
  'no_change_still_holds',
  'n has st in w and in w2, holds n w P, w → w2 ⇒ holds n w2 P',
  'A property of a node that keeps its state keeps holding.',
  schematic
)(<T extends Types>(theory: Theory<T>) => {
  const { stateAt, holds, system_step } = theory.words
  return unchanged(theory).state(
    <n, w, w2, q, st, P>(n: Addr<n>, w: Wld<T, w>, w2: Wld<T, w2>, q: Qual<T, q>, st: St<T, st>, P: Cond<T, P>) =>
      given(stateAt(n, w, st), holds(n, w, P), system_step(w, w2, q), stateAt(n, w2, st))
        .infer(holds(n, w2, P))
        .by((before, h, _, after) =>
          back(holds_def(theory)(n, w2, st, P)(after), forth(holds_def(theory)(n, w, st, P)(before), h))
        )
  )
})

/** @coq Systems/Network.v no_change_has_held */
export const no_change_has_held = lemma(
  'no_change_has_held',
  'n has st in w and in w2, holds n w2 P, w → w2 ⇒ holds n w P',
  'A property of a node that keeps its state held before.',
  schematic
)(<T extends Types>(theory: Theory<T>) => {
  const { stateAt, system_step, holds } = theory.words
  return unchanged(theory).state(
    <n, w, w2, q, st, P>(n: Addr<n>, w: Wld<T, w>, w2: Wld<T, w2>, q: Qual<T, q>, st: St<T, st>, P: Cond<T, P>) =>
      given(stateAt(n, w, st), system_step(w, w2, q), holds(n, w2, P), stateAt(n, w2, st))
        .infer(holds(n, w, P))
        .by((before, _, h, after) =>
          back(holds_def(theory)(n, w, st, P)(before), forth(holds_def(theory)(n, w2, st, P)(after), h))
        )
  )
})
