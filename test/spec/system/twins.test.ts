/**
 * Twins: what arrives in a round, what is lost, what waits, and how often the division may change.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { netAddr } from '../../../spec/system/address.js'
import type { Address } from '../../../spec/system/address.js'
import { copiesOf, honestStates, partitions, Twins } from '../../../spec/system/twins.js'
import type { Copy, Division, TwinsOptions } from '../../../spec/system/twins.js'

interface Node {
  readonly id: Address
  readonly heard: ReadonlyArray<string>
}
type Message = { readonly _tag: 'Hello' | 'Answer'; readonly text: string }

const nodes = netAddr(4).enum
const [n0, n1, n2, n3] = nodes as readonly [Address, Address, Address, Address]

/** Nodes 0 and 1 greet all, themselves too; whoever is greeted by another answers. Node 3 is in no group. */
const options: TwinsOptions<Node, Message, 'greet', 0> = {
  nodes,
  twins: [n0],
  protocol: (copy) => ({
    Init: (id) => ({ id, heard: [] }),
    procInt: (st) => [
      st,
      nodes.map((dst) => ({ src: st.id, dst, msg: { _tag: 'Hello', text: `hello from ${st.id} (${copy})` } }))
    ],
    procMsg: (st, from, msg) => [
      { ...st, heard: [...st.heard, msg.text] },
      msg._tag === 'Hello' && from !== st.id
        ? [{ src: st.id, dst: from, msg: { _tag: 'Answer', text: `answer of ${st.id}` } }]
        : []
    ]
  }),
  ts: 0,
  rounds: [
    {
      name: 'greetings',
      begins: (n) => (n === n0 || n === n1 ? ['greet'] : []),
      takes: ({ _tag }) => _tag === 'Hello',
      divides: (n) => n !== n3
    },
    { name: 'answers', begins: () => [], takes: () => true, divides: (n) => n !== n3 }
  ],
  groups: 2,
  changes: 0
}

const first = (node: Address): Copy => ({ node, copy: 0 })
const twin: Copy = { node: n0, copy: 1 }
const { system, play } = Twins(options)
const [initial] = system.initial
const cut: Division = [
  [first(n0), first(n1)],
  [first(n2), twin]
]

/** What each copy has heard, by its name. */
const heard = (played: ReturnType<typeof play>): Readonly<Record<string, ReadonlyArray<string>>> =>
  Object.fromEntries(
    (played?.after.copies ?? []).map(([{ node, copy }, st]) => [`${node}${copy === 0 ? '' : "'"}`, st.heard])
  )

describe('partitions', () => {
  test.each([
    [1, 4, 1],
    [2, 4, 8],
    [2, 5, 16],
    [3, 5, 41],
    [9, 5, 52]
  ])('into %i groups at most, of %i things: %i', (most, many, ways) => {
    const all = partitions(most, nodesUpTo(many))
    expect(all).toHaveLength(ways)
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(ways)
    expect(all[0]).toEqual([nodesUpTo(many)])
    for (const one of all) expect(one.flat().toSorted()).toEqual(nodesUpTo(many))
  })
})

const nodesUpTo = (many: number): ReadonlyArray<number> => Array.from({ length: many }, (_, i) => i)

describe('a round', () => {
  test('lets pass what stays within a group, and what a node sends or is sent that is in none', () => {
    expect(copiesOf(options)).toEqual([first(n0), first(n1), first(n2), first(n3), twin])
    const played = play(initial!, cut)
    expect(heard(played)).toEqual({
      '0': ['hello from 0 (0)', 'hello from 1 (0)'],
      '1': ['hello from 0 (0)', 'hello from 1 (0)'],
      '2': ['hello from 0 (1)'],
      '3': ['hello from 0 (0)', 'hello from 1 (0)', 'hello from 0 (1)'],
      "0'": ['hello from 0 (1)']
    })
    expect(played?.lost.map(({ from, to }) => [from, to])).toEqual([
      [first(n0), first(n2)],
      [first(n1), twin],
      [first(n1), first(n2)],
      [twin, first(n1)]
    ])
  })

  test('leaves to a later one what belongs to it, and then an answer to a name reaches both copies', () => {
    const played = play(initial!, cut)
    expect(played?.after.waiting.every(({ msg }) => msg._tag === 'Answer')).toBe(true)
    const then = play(played!.after, [[first(n0), first(n1), first(n2), twin]])
    const answers = (name: string) => heard(then)[name]?.filter((text) => text.startsWith('answer'))
    expect(answers('0')).toEqual(['answer of 1', 'answer of 3', 'answer of 2', 'answer of 3'])
    expect(answers("0'")).toEqual(answers('0'))
    expect(then?.lost).toEqual([])
    expect(play(then!.after, cut)).toBeUndefined()
    expect(system.actions(then!.after)).toEqual([])
  })

  test('is asked of those that have no twin', () => {
    const states = honestStates(options, play(initial!, cut)!.after)
    expect(states._tag === 'Def' && states.entries.map(([n]) => n)).toEqual([n1, n2, n3])
  })
})

describe('the division', () => {
  test('is free at first, and changes as often as is allowed', () => {
    expect(system.actions(initial!)).toHaveLength(8)
    const after = (changes: number) => {
      const twins = Twins({ ...options, changes })
      const step = { _tag: 'Round', name: 'greetings', division: cut } as const
      const next = twins.system.next(twins.system.initial[0]!, step)
      if (O.isNone(next)) throw new Error('no step')
      return twins.system.actions(next.value)
    }
    expect(after(0)).toEqual([{ _tag: 'Round', name: 'answers', division: cut }])
    expect(after(1)).toHaveLength(8)
  })

  test('is none of another round, nor of copies that there are not', () => {
    expect(system.next(initial!, { _tag: 'Round', name: 'answers', division: cut })).toEqual(O.none)
    expect(system.next(initial!, { _tag: 'Round', name: 'greetings', division: [[twin]] })).toEqual(O.none)
  })
})
