/**
 * Pictures of states as data: every system of the catalogue has some, every step that can be taken somewhere in them is taken
 * at something that is there, and what they show is what the state has.
 */
import * as O from 'fp-ts/lib/Option.js'
import { expect, test } from 'vitest'
import { netAddr } from '../../../spec/system/address.js'
import { catalogue, nameOf, placeName, systemCalled } from '../../../invariants/systems/index.js'
import { networkPictures } from '../../../invariants/systems/networkPicture.js'
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
  ['contracts/histories', 16],
  ['contracts/replicated', 225]
]

test('every system has pictures of its states, and a step is taken at something in the first of them, or nowhere', () => {
  expect(catalogue.map((system) => [nameOf(system), placedIn(system)])).toEqual(PLACED)
})

test('places have the names that stand in drawings', () => {
  expect([placeName({ _tag: 'Packet', at: 3 }), placeName({ _tag: 'Row', at: 0 })]).toEqual(['packet-3', 'row-0'])
})

/** The pictures of the state after steps of a preset, each by its place among those that can be taken. */
const picturesAfter = (
  name: string,
  preset: string,
  picks: ReadonlyArray<number>
): ReadonlyArray<StatePicture> | undefined => {
  const after = <S, A>({ model, show }: Subject<S, A>): ReadonlyArray<StatePicture> | undefined => {
    const states: S[] = [...model.system.initial.slice(0, 1)]
    for (const [i, pick] of picks.entries())
      for (const state of states.slice(i)) {
        const action = model.system.actions(state)[pick]
        const next = action === undefined ? O.none : model.system.next(state, action)
        if (O.isSome(next)) states.push(next.value)
      }
    return states.slice(picks.length).flatMap((state) => show.pictures?.(state) ?? [])
  }
  return systemCalled(name)?.open(({ presets, subject }) => {
    const of = presets.find((one) => one.name === preset)?.of
    if (of === undefined) throw new RangeError(`${name} has no preset ${preset}`)
    return subject(of)(after)
  })
}

test('the stack of the DAO has the attacker above the call that pays it, which waits at its line', () => {
  const [picture] = picturesAfter('contracts/dao', 'original', [0, 0, 0, 0]) ?? []
  expect(picture).toMatchObject({
    _tag: 'Stack',
    frames: [
      {
        name: 'dao.splitDAO(…)',
        says: '1012 withdrawRewardFor(msg.sender); // be nice, and get his rewards',
        kind: 'contract',
        pays: ''
      },
      { name: 'attacker', says: '', kind: 'attacker', pays: '' }
    ],
    accounts: [
      { name: 'dao', money: '3' },
      { name: 'childDAO', money: '1', fields: [] }
    ]
  })
})

test('the queries of BlockKing are packets to the oracle', () => {
  const [picture, stored] = picturesAfter('contracts/blockking', 'as on the slide', [0, 3]) ?? []
  const query = (says: string) => ({ from: 2, to: 3, says, times: 1, kind: 'honest' })
  expect(picture).toMatchObject({
    _tag: 'Network',
    nodes: [
      { name: 'player1' },
      { name: 'player2' },
      { name: 'blockking', says: ['has no king'] },
      { name: 'oracle', kind: 'honest' }
    ],
    packets: [query('query 1 of player1, block …0'), query('query 2 of player2, block …1')]
  })
  expect(stored).toMatchObject({ _tag: 'Stack', frames: [] })
})

test('who has failed and who lies stands in the picture of a network, and packets in flight, equal ones once', () => {
  const [failed] = picturesAfter('paxos', 'packets, a failure', [0, 4]) ?? []
  const packet = (to: number) => ({ from: 0, to, says: '1a of ballot 0', times: 1, kind: 'honest' })
  expect(failed).toMatchObject({
    _tag: 'Network',
    nodes: [{ kind: 'honest' }, { name: 'node 1', kind: 'failed' }, { kind: 'honest' }],
    packets: [packet(1), packet(2)]
  })
  const [betrayed] = picturesAfter('generals', '1 of 3', []) ?? []
  expect(betrayed).toMatchObject({
    nodes: [{ kind: 'honest' }, { kind: 'honest' }, { name: 'node 2', says: [], kind: 'liar' }],
    packets: [
      { from: 0, to: 1, says: 'attack' },
      { from: 1, to: 0, says: 'attack' }
    ]
  })
  const nodes = netAddr(2).enum
  const [zero, one] = nodes
  const { picture } = networkPictures<null, number, string>(
    { title: 'two', message: (m) => m, node: (st) => [String(st)] },
    { corrupt: nodes.slice(1) }
  )
  if (zero === undefined || one === undefined) throw new Error('two nodes')
  const inFlightMsgs = [
    { src: one, dst: zero, msg: 'a' },
    { src: zero, dst: zero, msg: 'a' },
    { src: one, dst: zero, msg: 'a' }
  ]
  const localState = { _tag: 'Def' as const, entries: [[zero, 7] as const] }
  expect(picture({ world: { localState, inFlightMsgs, consumedMsgs: [] }, env: null }).packets).toEqual([
    { from: 1, to: 0, says: 'a', times: 2, kind: 'lie' },
    { from: 0, to: 0, says: 'a', times: 1, kind: 'honest' }
  ])
})

test('what generals have said is lies where a traitor has said it, and in the end they do something', () => {
  const [picture] = picturesAfter('om', '3 generals', [1, 0, 0, 0]) ?? []
  const said = (from: number, to: number, says: string, kind: string) => ({ from, to, says, times: 1, kind })
  expect(picture).toEqual({
    _tag: 'Network',
    title: 'What was said',
    nodes: [
      { name: 'commander', says: [], kind: 'liar' },
      { name: 'lieutenant 1', says: ['retreats'], kind: 'honest' },
      { name: 'lieutenant 2', says: ['retreats'], kind: 'honest' }
    ],
    packets: [
      said(0, 1, 'retreat', 'lie'),
      said(0, 2, 'attack', 'lie'),
      said(1, 2, 'the commander said: retreat', 'honest'),
      said(2, 1, 'the commander said: attack', 'honest')
    ]
  })
})

test('replicas stand in views, those that lie among them', () => {
  const [picture] = picturesAfter('pbft', '2 views, the last one led by a liar', [0, 0, 0]) ?? []
  const some = (says: string) => ({ says, kind: 'some' })
  const none = { says: '', kind: 'empty' }
  expect(picture).toEqual({
    _tag: 'Grid',
    title: 'Replicas in views',
    columns: ['view 0', 'view 1'],
    rows: [
      { name: 'replica 0', at: 1, kind: 'honest', cells: [some('a pre-prepared'), some('view change: nothing')] },
      { name: 'replica 1', at: undefined, kind: 'liar', cells: [some('anything'), some('anything')] },
      { name: 'replica 2', at: 0, kind: 'honest', cells: [some('a pre-prepared'), none] },
      { name: 'replica 3', at: 0, kind: 'honest', cells: [none, none] }
    ],
    notes: ['the primary of view 0 is replica 0', 'the primary of view 1 is replica 1']
  })
})

test('acceptors stand in ballots, with what they have answered and voted, and what is chosen', () => {
  const [picture] = picturesAfter('paxos', '1 ballot', [0, 0, 0, 0, 0, 0]) ?? []
  const [answers, votes] = [
    { says: 'answers: no vote yet', kind: 'some' },
    { says: 'votes W', kind: 'some' }
  ]
  expect(picture).toEqual({
    _tag: 'Grid',
    title: 'Acceptors in ballots',
    columns: ['ballot 0'],
    rows: [votes, answers, answers].map((cell, i) => ({
      name: `acceptor ${i}`,
      at: 0,
      kind: 'honest',
      cells: [cell]
    })),
    notes: ['proposed in ballot 0: W', 'chosen: nothing']
  })
  const [chosen] = picturesAfter('paxos', '1 ballot', [0, 0, 0, 0, 0, 0, 0]) ?? []
  expect(chosen).toMatchObject({
    rows: [{ cells: [{ says: 'votes W', kind: 'done' }] }, { cells: [{ kind: 'done' }] }, { cells: [answers] }],
    notes: ['proposed in ballot 0: W', 'chosen: W']
  })
})
