/**
 * Pictures of states as data: every system of the catalogue has some, every step that can be taken somewhere in them is taken
 * at something that is there, and what they show is what the state has.
 */
import * as O from 'fp-ts/lib/Option.js'
import { expect, test } from 'vitest'
import { catalogue, nameOf, placeName } from '../../../invariants/systems/index.js'
import type { AnySystem, Place, StatePicture, Subject } from '../../../invariants/systems/index.js'

/** How many things of a kind a picture has. */
const sizeOf = (picture: StatePicture, tag: Place['_tag']): number => {
  switch (picture._tag) {
    case 'Network':
      return tag === 'Node' ? picture.nodes.length : tag === 'Packet' ? picture.packets.length : 0
    case 'Stack':
      return tag === 'Frame' ? picture.frames.length : 0
    case 'Grid':
      return tag === 'Row' ? picture.rows.length : 0
    case 'Forest':
      return 0
  }
}

/** The states of an execution that always takes the step so many places on. */
const walked = <S, A>({ model }: Subject<S, A>, most: number): ReadonlyArray<S> => {
  const states: S[] = [...model.system.initial.slice(0, 1)]
  for (const [i, state] of states.entries()) {
    const actions = model.system.actions(state)
    const action = actions[(7 * i) % actions.length]
    const next = action === undefined ? O.none : model.system.next(state, action)
    if (O.isNone(next) || i >= most) break
    states.push(next.value)
  }
  return states
}

/** How many steps of some executions of a system are taken at something in a picture, each looked at. */
const placedIn = (system: AnySystem): number => {
  const placed = <S, A>(subject: Subject<S, A>): number => {
    const { pictures, place = () => undefined } = subject.show
    return walked(subject, 12)
      .flatMap((state) => subject.model.system.actions(state).map((action) => ({ state, action })))
      .filter(({ state, action }) => {
        const [first] = pictures?.(state) ?? []
        if (first === undefined) throw new Error(`${subject.model.name} has no picture of a state`)
        const at = place(action, state)
        if (at === undefined) return false
        expect(at.at).toBeGreaterThanOrEqual(0)
        expect(at.at).toBeLessThan(sizeOf(first, at._tag))
        return true
      }).length
  }
  return system.open(({ presets, mutants, subject }) =>
    [
      ...presets.slice(0, 3).map(({ of }) => subject(of)(placed)),
      ...mutants.slice(0, 1).map(({ where, name }) => subject(where, name)(placed))
    ].reduce((sum, n) => sum + n, 0)
  )
}

/** Accounts stand in the pictures of contracts; that of their calls is empty until one calls an attacker. */
const PLACED: ReadonlyArray<readonly [name: string, placed: number]> = [
  ['toychain', 115],
  ['generals', 179],
  ['om', 47],
  ['sm', 51],
  ['voting', 146],
  ['paxos', 121],
  ['ladder', 551],
  ['broadcast', 429],
  ['pbft', 81],
  ['contracts/accounting', 0],
  ['contracts/dao', 44],
  ['contracts/blockking', 132],
  ['contracts/counter', 0],
  ['contracts/token', 0],
  ['contracts/crowdfunding', 0],
  ['contracts/histories', 16]
]

test('every system has pictures of its states, and a step is taken at something in the first of them, or nowhere', () => {
  expect(catalogue.map((system) => [nameOf(system), placedIn(system)])).toEqual(PLACED)
})

test('places have the names that stand in drawings', () => {
  expect([placeName({ _tag: 'Packet', at: 3 }), placeName({ _tag: 'Row', at: 0 })]).toEqual(['packet-3', 'row-0'])
})
