/**
 * Executions as diagrams: which step sent what which step received.
 */
import { describe, expect, test } from 'vitest'
import { Explain } from '../../../../invariants/blockchain/explain.js'
import { bounds, toychainModel } from '../../../../invariants/blockchain/model.js'
import type { ToychainAction } from '../../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../../invariants/blockchain/playable.js'
import { sidesOf } from '../../../../invariants/blockchain/configuration.js'
import { lanesOf, lanesOfSteps, lanesSvg, lanesText } from '../../../../invariants/checker/trace/lanes.js'
import type { Arrow, Lanes, LaneStep } from '../../../../invariants/checker/trace/lanes.js'
import { actionInWords } from '../../../../invariants/checker/model/words.js'
import type { NumberedTypes } from '../../../../spec/blockchain/instances/numbered.js'
import { address } from '../../../support/toychains.js'

type A = ToychainAction<NumberedTypes>

const faults = { duplications: 1, losses: 1, cuts: 1, sides: sidesOf(3) }
const { system, toychain } = toychainModel(playNumbered, bounds(3, 2, 0, { blockOnly: true, faults }))
const explain = Explain(toychain)

/** The execution whose actions are chosen one after another by what `actionInWords` says of them. */
const execution = (...choices: ReadonlyArray<string>) => {
  const words = actionInWords(explain.message)
  let [state] = system.initial
  const states = state === undefined ? [] : [state]
  const actions: A[] = []
  for (const choice of choices) {
    const enabled = state === undefined ? [] : system.actions(state)
    const action = enabled.find((a) => words(a) === choice)
    const next = state && action && system.next(state, action)
    if (action === undefined || next?._tag !== 'Some')
      throw new Error(`${choice} is none of ${enabled.map((a) => words(a)).join('; ')}`)
    state = next.value
    actions.push(action)
    states.push(state)
  }
  return { states, actions }
}

const eventful = execution(
  'node 1: MintT',
  'the network duplicates Block 1@1 from node 1 to node 0',
  'node 0 receives Block 1@1 from node 1',
  'node 1 receives Block 1@1 from node 1',
  'the network loses Block 1@1 from node 1 to node 2',
  'the network is cut: {1} against the others',
  'the network heals',
  'node 2: MintT',
  'node 0 receives Block 2@2 from node 2'
)
const lanes = lanesOf({
  title: 'a <test> & "more"',
  ...eventful,
  message: explain.message,
  action: (a, before, after) => explain.action(a, before.world, after.world),
  fails: (step) => step === 5
})

describe('a diagram of message lanes', () => {
  test('ties each message to the step that sent it, the oldest of equal ones first', () => {
    expect(
      lanes.arrows.map(({ src, dst, message, sentIn, endsIn, isLost }) => [src, dst, message, sentIn, endsIn, isLost])
    ).toEqual([
      [1, 0, 'Block 1@1', 1, 3, false],
      [1, 1, 'Block 1@1', 1, 4, false],
      [1, 2, 'Block 1@1', 1, 5, true],
      [2, 0, 'Block 2@2', 8, 9, false],
      [1, 0, 'Block 1@1', 2, undefined, false],
      [2, 1, 'Block 2@2', 8, undefined, false],
      [2, 2, 'Block 2@2', 8, undefined, false]
    ])
  })

  test('has a line for each step as text', () => {
    expect(lanesText(lanes)).toBe(`     0       1       2
  1  │       ●       │   node 1 mints block 1@1 on g
  2  │       │       │   the network duplicates Block 1@1 from node 1 to node 0
  3  ●◀──────┤       │   node 0 receives Block 1@1 from node 1 (sent in step 1)
  4  │       ●↩      │   node 1 receives Block 1@1 from node 1 (sent in step 1)
  5  │       ├──────✗│   ✗ the network loses Block 1@1 from node 1 to node 2 (sent in step 1)
  6  │       │       │   the network is cut: {1} against the others
  7  │       │       │   the network heals
  8  │       │       ●   node 2 mints block 2@2 on g
  9  ●◀──────┼───────┤   node 0 receives Block 2@2 from node 2 (sent in step 8)

in flight at the end:
  1→0 Block 1@1, sent in step 2
  2→1 Block 2@2, sent in step 8
  2→2 Block 2@2, sent in step 8`)
  })

  test('is a well-formed picture with an arrow for each message and a dot for each step of a node', () => {
    const svg = lanesSvg(lanes)
    expect(svg).toContain('<title>a &lt;test&gt; &amp; &quot;more&quot;</title>')
    const tags = [...svg.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g)].map(([, close, name = '', self]) => ({
      name,
      close,
      self
    }))
    const open: string[] = []
    for (const { name, close, self } of tags) {
      if (close === '/') expect(open.pop()).toBe(name)
      else if (self !== '/') open.push(name)
    }
    expect(open).toEqual([])
    expect([...svg.matchAll(/<circle/g)]).toHaveLength(5)
    expect([...svg.matchAll(/class="message"/g)]).toHaveLength(3)
    expect([...svg.matchAll(/class="flying"/g)]).toHaveLength(3)
    expect([...svg.matchAll(/<path class="lost" d="M 170 102 L/g)]).toHaveLength(1)
    expect(svg).toMatch(/class="fails">the network loses Block 1@1/)
  })

  test('knows of what is in flight from the start that no step has sent it', () => {
    const { arrows } = lanesOf({
      title: 'later',
      states: eventful.states.slice(1),
      actions: eventful.actions.slice(1, 4),
      message: explain.message
    })
    expect(arrows.map(({ src, dst, sentIn, endsIn }) => [src, dst, sentIn, endsIn])).toEqual([
      [1, 0, 0, 2],
      [1, 1, 0, 3],
      [1, 2, 0, undefined],
      [1, 0, 1, undefined]
    ])
  })

  test('uses tags for words, and says of no step that something fails, unless told otherwise', () => {
    const { states, actions } = execution('node 1: MintT', 'node 0 receives Block 1@1 from node 1')
    const { steps } = lanesOf({ title: 'tags', states, actions })
    expect(steps.map(({ says, fails, arrow }) => [says, fails, arrow?.message])).toEqual([
      ['node 1: MintT', false, undefined],
      ['node 0 receives BlockMsg from node 1', false, 'BlockMsg']
    ])
  })

  test('has no arrow for a packet that was not in flight', () => {
    const { states, actions } = execution('node 1: MintT', 'node 0 receives Block 1@1 from node 1')
    const { steps, arrows } = lanesOf({
      title: 'received twice',
      states: [...states.slice(2), ...states.slice(2)],
      actions: actions.slice(1)
    })
    expect(steps.map(({ node, arrow }) => [node, arrow])).toEqual([[0, undefined]])
    expect(arrows).toHaveLength(2)
  })

  test('has the steps whose states are known', () => {
    const { states, actions } = eventful
    expect(lanesOf({ title: 'cut', states: states.slice(0, 3), actions }).steps).toHaveLength(2)
  })

  test('of nothing is empty', () => {
    expect(lanesOf({ title: 'nothing', states: [], actions: [] })).toEqual({
      title: 'nothing',
      nodes: [],
      steps: [],
      arrows: []
    })
  })

  test('of a replayed execution marks the steps after which something fails', () => {
    const failure = { path: ['x'], says: 'x', witness: 'x' }
    const { states, actions } = execution('node 0: MintT', 'node 1 receives Block 1@0 from node 0')
    const { steps } = lanesOfSteps(
      states.map((state, i) => ({ action: actions[i - 1], state, failures: i < 2 ? [failure] : [] })),
      { title: 'replayed' }
    )
    expect(steps).toMatchObject([
      { node: 0, says: 'node 0: MintT', arrow: undefined, fails: true },
      { node: 1, says: 'node 1 receives BlockMsg from node 0', arrow: { sentIn: 1 }, fails: false }
    ])
  })
})

/** Three nodes and arrows of every kind, one of which comes from a node that has no lane. */
const arrow = (src: number, dst: number, sentIn: number, endsIn: number | undefined, isLost = false): Arrow => ({
  src: address(src),
  dst: address(dst),
  message: `m${src}${dst}`,
  sentIn,
  endsIn,
  isLost,
  isForged: false
})
const right = arrow(0, 2, 1, 3)
const left = arrow(2, 1, 0, 4)
const lost = arrow(2, 0, 0, 5, true)
const itself = arrow(1, 1, 4, 6)
const itselfLost = arrow(1, 1, 4, 7, true)
const fromAfar = arrow(9, 0, 0, 8)
const toAfar = arrow(0, 9, 1, 9, true)
const rightLost = arrow(0, 1, 1, 10, true)
const flying = arrow(1, 0, 2, undefined)
const step = (node: number | undefined, says: string, ending?: Arrow, fails = false): LaneStep => ({
  node: node === undefined ? undefined : address(node),
  says,
  arrow: ending,
  fails
})
const everyKind: Lanes = {
  title: 'every kind',
  nodes: [address(0), address(1), address(2)],
  steps: [
    step(0, 'zero'),
    step(1, 'one'),
    step(2, 'two takes', right),
    step(1, 'one takes', left, true),
    step(undefined, 'lost', lost, true),
    step(1, 'itself', itself),
    step(undefined, 'lost, too', itselfLost),
    step(0, 'from afar', fromAfar),
    step(undefined, 'to afar', toAfar),
    step(undefined, 'lost again', rightLost)
  ],
  arrows: [right, left, lost, itself, itselfLost, fromAfar, toAfar, rightLost, flying]
}

describe('arrows of every kind', () => {
  test('as text', () => {
    expect(lanesText(everyKind)).toBe(`      0       1       2
   1  ●       │       │   zero
   2  │       ●       │   one
   3  ├───────┼──────▶●   two takes (sent in step 1)
   4  │       ●◀──────┤   ✗ one takes (in flight from the start)
   5  │✗──────┼───────┤   ✗ lost (in flight from the start)
   6  │       ●↩      │   itself (sent in step 4)
   7  │       │✗      │   lost, too (sent in step 4)
   8  ●       │       │   from afar (in flight from the start)
   9  │       │       │   to afar (sent in step 1)
  10  ├──────✗│       │   lost again (sent in step 1)

in flight at the end:
  1→0 m10, sent in step 2`)
  })

  test('as text, of nodes with longer names, where nothing is in flight at the end', () => {
    const nodes = [address(5), address(10), address(100)]
    expect(lanesText({ title: 'far', nodes, steps: [step(10, 'ten')], arrows: [] })).toBe(`     5       10      100
  1  │       ●       │   ten`)
  })

  test('as a picture: a lane under each name, from and to the heights of steps, and not beyond the lanes', () => {
    const svg = lanesSvg(everyKind)
    expect(svg.split('\n')[0]).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" width="460" height="462" viewBox="0 0 460 462" role="img">'
    )
    expect(svg.slice(svg.indexOf('<rect'))).toBe(`<rect width="100%" height="100%" fill="#fff"/>
<text x="28" y="24">every kind</text>
<text x="60" y="58" class="name">node 0</text>
<line class="lane" x1="60" y1="66" x2="60" y2="422"/>
<text x="170" y="58" class="name">node 1</text>
<line class="lane" x1="170" y1="66" x2="170" y2="422"/>
<text x="280" y="58" class="name">node 2</text>
<line class="lane" x1="280" y1="66" x2="280" y2="422"/>
<path class="message" d="M 60 102 L 280 166" marker-end="url(#head)"><title>m02</title></path>
<path class="message" d="M 280 70 L 170 198" marker-end="url(#head)"><title>m21</title></path>
<path class="lost" d="M 280 70 L 115 190" marker-end="url(#cross)"><title>m20</title></path>
<path class="message" d="M 170 198 C 206 204, 206 256, 177 262" marker-end="url(#head)"><title>m11</title></path>
<path class="lost" d="M 170 198 C 206 204, 206 288, 177 294" marker-end="url(#cross)"><title>m11</title></path>
<path class="lost" d="M 60 102 L 142.5 318" marker-end="url(#cross)"><title>m01</title></path>
<path class="flying" d="M 170 134 L 87.5 350" marker-end="url(#head)"><title>m10</title></path>
<text x="28" y="106" class="number">1</text>
<circle cx="60" cy="102" r="5"><title>zero</title></circle>
<text x="350" y="106">zero</text>
<text x="28" y="138" class="number">2</text>
<circle cx="170" cy="134" r="5"><title>one</title></circle>
<text x="350" y="138">one</text>
<text x="28" y="170" class="number">3</text>
<circle cx="280" cy="166" r="5"><title>two takes</title></circle>
<text x="350" y="170">two takes</text>
<text x="28" y="202" class="number">4</text>
<circle class="fails" cx="170" cy="198" r="5"><title>one takes</title></circle>
<text x="350" y="202" class="fails">one takes</text>
<text x="28" y="234" class="number">5</text>
<text x="350" y="234" class="fails">lost</text>
<text x="28" y="266" class="number">6</text>
<circle cx="170" cy="262" r="5"><title>itself</title></circle>
<text x="350" y="266">itself</text>
<text x="28" y="298" class="number">7</text>
<text x="350" y="298">lost, too</text>
<text x="28" y="330" class="number">8</text>
<circle cx="60" cy="326" r="5"><title>from afar</title></circle>
<text x="350" y="330">from afar</text>
<text x="28" y="362" class="number">9</text>
<text x="350" y="362">to afar</text>
<text x="28" y="394" class="number">10</text>
<text x="350" y="394">lost again</text>
</svg>
`)
  })

  test('of a picture are as wide as the longest of its texts', () => {
    const widthOf = (title: string, ...says: ReadonlyArray<string>): string | undefined =>
      /width="(\d+)"/.exec(
        lanesSvg({ title, nodes: [], steps: says.map((text) => step(undefined, text)), arrows: [] })
      )?.[1]
    expect(widthOf('')).toBe('170')
    expect(widthOf('ten digits')).toBe('240')
    expect(widthOf('ten digits', 'five', 'twenty of characters')).toBe('310')
  })
})
