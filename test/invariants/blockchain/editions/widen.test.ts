import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { widen } from '../../../../invariants/blockchain/editions/widen.js'
import {
  all,
  each,
  eachNode,
  failures,
  fromView,
  leaves,
  ofNodes,
  together,
  whole
} from '../../../../invariants/property/invariant.js'
import type { HasWorld, NetworkInvariant } from '../../../../invariants/property/invariant.js'
import { Address } from '../../../../spec/system/codec.js'

type Seen = 'old'
type Message = Seen | 'new'
const isSeen = (msg: Message): msg is Seen => msg === 'old'
const [here, there] = [0, 1].filter(Address.is) as [Address, Address]

const world = (...messages: ReadonlyArray<Message>): HasWorld<number, Message> => ({
  world: {
    localState: {
      _tag: 'Def',
      entries: [
        [here, 10],
        [there, 20]
      ]
    },
    inFlightMsgs: messages.map((msg) => ({ src: there, dst: here, msg }))
  }
})

const counting: NetworkInvariant<number, Seen> = all('root', 'all of it', [
  ...fromView<number, Seen, number>({ start: (_n, st) => st, matters: () => true, arrive: (x) => x + 1 }, [
    each('each', 'says what each node sees', (node, _st, x) => [{ node, witness: String(x) }]),
    together('together', 'says what all see', {
      summary: (_n, _st, x) => x,
      decide: (seen) => [{ witness: seen.map(({ sees }) => sees).join(' ') }]
    })
  ]),
  eachNode('state', 'says the state', (node, st) => [{ node, witness: String(st) }]),
  ofNodes('nodes', 'says nothing', () => []),
  whole('whole', 'counts packets', ({ world: w }) => [{ witness: `${w.inFlightMsgs.length} in flight` }])
])

describe('a widened invariant', () => {
  const widened = widen<number, Message, Seen>(counting, isSeen)
  const said = (...messages: ReadonlyArray<Message>) => failures(widened, world(...messages)).map((f) => f.witness)

  test('does not see new messages', () => {
    const nothing = ['10', '20', '10 20', '10', '20', '0 in flight']
    expect(said()).toEqual(nothing)
    expect(said('new', 'new')).toEqual(nothing)
    expect(said('new', 'old')).toEqual(['11', '20', '11 20', '10', '20', '1 in flight'])
  })

  test('has the names and the kinds of parts that the original has', () => {
    const kinds = (inv: NetworkInvariant<number, never> | NetworkInvariant<number, Message>) =>
      leaves<HasWorld<number, never>, { readonly _tag: string }>(inv).map(([path, leaf]) => [
        path.join(' '),
        O.isSome(leaf.part) ? leaf.part.value._tag : 'whole'
      ])
    expect(kinds(widened)).toEqual(kinds(counting))
    expect(kinds(widened).map(([, kind]) => kind)).toEqual(['View', 'View', 'EachNode', 'Nodes', 'whole'])
  })

  test('has views in which new messages do not matter, and change nothing', () => {
    const odd = widen<number, Message | 'odd', Message>(
      all('root', '', [
        ...fromView<number, Message, number>(
          { start: (_n, st) => st, matters: (msg) => msg === 'old', arrive: (x) => x + 1 },
          [each('each', '', () => [])]
        )
      ]),
      (msg) => msg !== 'odd'
    )
    const opened = leaves(odd).flatMap(([, { part }]) =>
      O.isSome(part) && part.value._tag === 'View'
        ? [
            part.value.use.open((view, rules) => {
              const start = view.start(here, 10)
              return [
                part.value._tag === 'View' && part.value.index,
                rules.length,
                (['old', 'new', 'odd'] as const).map(view.matters),
                (['old', 'odd'] as const).map((msg) => view.arrive(start, msg) === start)
              ]
            })
          ]
        : []
    )
    expect(opened).toEqual([[0, 1, [true, false, false], [false, true]]])
  })

  test('clauses of one view go on sharing it', () => {
    const uses = leaves(widened).flatMap(([, { part }]) =>
      O.isSome(part) && part.value._tag === 'View' ? [part.value.use] : []
    )
    expect([uses.length, new Set(uses).size]).toEqual([2, 1])
  })
})
