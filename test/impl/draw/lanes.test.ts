/**
 * Executions as pictures: the structure to the last number, and what there is for those who see no colours, or nothing.
 */
import { describe, expect, test } from 'vitest'
import { parse } from 'parse5'
import { drawLanes } from '../../../impl/draw/index.js'
import type { Arrow, Lanes } from '../../../invariants/checker/index.js'
import { everyKind, step } from '../../support/lanes.js'
import { address } from '../../support/toychains.js'

/** What is drawn, without styles and the heads of arrows. */
const drawn = (svg: string): ReadonlyArray<string> => svg.slice(svg.indexOf('<rect')).trimEnd().split('\n').slice(1, -1)

const told = (dst: number, message: string, at: number): Arrow => ({
  src: address(2),
  dst: address(dst),
  message,
  sentIn: at,
  endsIn: at,
  isLost: false,
  isForged: true
})
const [toZero, toOne] = [told(0, 'attack', 1), told(1, 'retreat', 2)]
const traitor: Lanes = {
  title: 'A <traitor> & two others',
  nodes: [address(0), address(1), address(2)],
  liars: [address(2)],
  steps: [step(0, 'the traitor tells 0: attack', toZero), step(1, 'the traitor tells 1: retreat', toOne, true)],
  arrows: [toZero, toOne]
}

describe('an execution as lanes', () => {
  test('is a document with a title and all its steps in words, well formed', () => {
    const svg = drawLanes(traitor)
    expect(svg.split('\n').slice(0, 3)).toEqual([
      '<svg xmlns="http://www.w3.org/2000/svg" width="342" height="272" viewBox="0 0 342 272" role="img">',
      '<title>A &lt;traitor&gt; &amp; two others</title>',
      '<desc>Lanes of the nodes 0, 1, 2. Not honest: 2. 1: the traitor tells 0: attack. 2: the traitor tells 1: retreat; something fails.</desc>'
    ])
    const faults: string[] = []
    parse(`<!doctype html>${svg}`, { onParseError: ({ code }) => faults.push(code) })
    expect(faults).toEqual([])
  })

  test('has a lane with gaps that says that its node lies, dashed arrows with hollow heads, and a cross where something fails', () => {
    expect(drawn(drawLanes(traitor))).toEqual([
      '<text x="10" y="18" class="title">A &lt;traitor&gt; &amp; two others</text>',
      '<text x="52" y="66" class="name small">node 0</text>',
      '<line class="lane" x1="52" y1="72" x2="52" y2="168"/>',
      '<text x="162" y="66" class="name small">node 1</text>',
      '<line class="lane" x1="162" y1="72" x2="162" y2="168"/>',
      '<text x="272" y="52" class="name small wrong strong">lies</text>',
      '<text x="272" y="66" class="name small wrong">node 2</text>',
      '<line class="lieLane" x1="272" y1="72" x2="272" y2="168"/>',
      '<path class="lie" d="M 272 112 L 52 112" marker-end="url(#lie)"><title>attack</title></path>',
      '<path class="lie" d="M 272 146 L 162 146" marker-end="url(#lie)"><title>retreat</title></path>',
      '<text x="61" y="106" class="small quiet">attack</text>',
      '<text x="171" y="140" class="small quiet">retreat</text>',
      '<text x="24" y="116" class="end small quiet">1</text>',
      '<circle class="dot" cx="52" cy="112" r="4.5"><title>the traitor tells 0: attack</title></circle>',
      '<text x="24" y="150" class="end small wrong strong">2</text>',
      '<circle class="dot" cx="162" cy="146" r="4.5"><title>the traitor tells 1: retreat</title></circle>',
      '<path class="fails" d="M 154 138 l 16 16 m 0 -16 l -16 16"/>',
      '<text x="24" y="194" class="end small quiet">1</text>',
      '<text x="32" y="194">the traitor tells 0: attack</text>',
      '<text x="24" y="212" class="end small wrong strong">2</text>',
      '<text x="32" y="212" class="wrong strong">✗ the traitor tells 1: retreat</text>',
      '<text x="32" y="238" class="small quiet">dashed, with a hollow head: said by a node</text>',
      '<text x="32" y="254" class="small quiet">that lies</text>'
    ])
  })

  test('draws arrows of every kind, from and to the heights of steps, and not beyond the lanes', () => {
    const paths = drawn(drawLanes(everyKind)).filter((line) => line.startsWith('<path'))
    expect(paths.map((path) => path.replace(/ marker-end.*/, ''))).toEqual([
      '<path class="message" d="M 52 98 L 272 166"',
      '<path class="message" d="M 272 64 L 162 200"',
      '<path class="lost" d="M 272 64 L 107 191.5"',
      '<path class="message" d="M 162 200 C 192 206, 192 262, 164 268"',
      '<path class="lost" d="M 162 200 C 192 206, 192 296, 164 302"',
      '<path class="lost" d="M 52 98 L 134.5 327.5"',
      '<path class="flying" d="M 162 132 l -44 13"',
      '<path class="fails" d="M 154 192 l 16 16 m 0 -16 l -16 16"/>'
    ])
    expect(drawn(drawLanes(everyKind)).slice(-3)).toEqual([
      expect.stringContaining('>with a cross: lost</text>'),
      expect.stringContaining('>dotted: still in flight at the end</text>'),
      expect.stringContaining('>a square: a node acts by itself</text>')
    ])
  })

  test('has a square where a node acts by itself, and a dot where a message arrives', () => {
    const marks = drawn(drawLanes(everyKind)).filter((line) => line.includes('class="dot"'))
    expect(marks.slice(0, 3)).toEqual([
      '<rect class="dot" x="48" y="94" width="8" height="8"><title>zero</title></rect>',
      '<rect class="dot" x="158" y="128" width="8" height="8"><title>one</title></rect>',
      '<circle class="dot" cx="272" cy="166" r="4.5"><title>two takes</title></circle>'
    ])
  })

  test('has bands behind steps that belong together, every other one shaded, all with their names, in words too', () => {
    const bands = [
      { says: 'view 0', from: 1, to: 1 },
      { says: 'view 1', from: 2, to: 2 }
    ]
    const svg = drawLanes({ ...traitor, bands })
    expect(drawn(svg).slice(1, 4)).toEqual([
      '<rect class="band" x="0" y="95" width="342" height="34"><title>view 0</title></rect>',
      '<text x="336" y="106" class="end small quiet">view 0</text>',
      '<text x="336" y="140" class="end small quiet">view 1</text>'
    ])
    expect(svg).toContain('Steps 1 to 1: view 0. Steps 2 to 2: view 1.</desc>')
  })

  test('is as wide as a telephone up to five nodes, then wider; the texts never are', () => {
    const of = (nodes: number, says = 'x') => {
      const lanes = Array.from({ length: nodes }, (_, n) => address(n))
      return drawLanes({ title: says, nodes: lanes, liars: [], steps: [step(0, says)], arrows: [] })
    }
    expect([1, 2, 5, 6, 9].map((n) => /width="(\d+)"/.exec(of(n))?.[1])).toEqual(['342', '342', '348', '412', '604'])
    const long = of(3, `a word and ${'w'.repeat(120)}`)
    const longest = Math.max(...[...long.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text = '']) => text.length))
    expect(longest).toBeLessThanOrEqual(Math.floor((342 - 20) / 7))
    expect(long).toContain('>a word and</text>')
  })

  test('of nothing is a picture all the same', () => {
    expect(drawLanes({ title: '', nodes: [], liars: [], steps: [], arrows: [] })).toContain('height="114"')
  })

  test('has colours for light and others for dark', () => {
    const [light, dark = ''] = drawLanes(traitor).split('@media (prefers-color-scheme: dark)')
    expect([light?.includes('.lie, .lieLane, .fails { stroke: #b3261e }'), dark.includes('stroke: #ff9a90')]).toEqual([
      true,
      true
    ])
  })
})
