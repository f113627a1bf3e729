/**
 * Pictures of states and of executions as drawings: the structure to the last number, which is also what is there for those who
 * see no colours: signs, dashes, words.
 */
import { describe, expect, test } from 'vitest'
import {
  callBars,
  drawCalls,
  drawForest,
  drawGraph,
  drawGrid,
  drawNetwork,
  drawPicture,
  drawQuorums,
  drawStack,
  pageStyle
} from '../../../impl/draw/index.js'
import type { StatePicture } from '../../../invariants/systems/index.js'
import { outlineOf } from '../../support/drawings.js'
import { calls, forest, forestBefore, graph, grid, network, quorums, stack } from '../../support/pictures.js'

/** The heads of arrows, which every document has. */
const IDS = ['message', 'lie', 'flying', 'lost']

test('a forest has a frame and a sign for each kind of block, thick links along the best chain, and orphans in trees of their own', () => {
  expect(outlineOf(drawForest(forest))).toEqual({
    faults: [],
    title: 'Node <1>',
    says: 'Node <1>. g: on the best chain. a, after g: on the best chain; in it: tx 1. b, after a: in flight. c, after g: not on the best chain. d, after c: refused. e, after c: in flight, with the hash of another block. An orphan (x is missing). h: not on the best chain.',
    width: 342,
    height: 300,
    ids: IDS,
    drawn: [
      'text.title 10 18: Node <1>',
      'path.boundary M 30 86 C 30 74, 95 74, 95 62',
      'path.link M 160 86 C 160 74, 95 74, 95 62',
      'path.link M 30 138 C 30 126, 30 126, 30 114',
      'path.link M 134 138 C 134 126, 160 126, 160 114',
      'path.link M 186 138 C 186 126, 160 126, 160 114',
      'g block g',
      '  rect.box.chosen 75 34 40 28',
      '    title: g: on the best chain',
      '  text.name.small 95 52: ● g',
      'g block a',
      '  rect.box.chosen 10 86 40 28',
      '    title: a, after g: on the best chain; in it: tx 1',
      '  text.name.small 30 104: ● a',
      'g block c',
      '  rect.box 140 86 40 28',
      '    title: c, after g: not on the best chain',
      '  text.name.small 160 104: ○ c',
      'g block b',
      '  rect.box.coming 10 138 40 28',
      '    title: b, after a: in flight',
      '  text.name.small 30 156: ↓ b',
      'g block d',
      '  rect.box.bad 114 138 40 28',
      '    title: d, after c: refused',
      '  text.name.small 134 156: ✗ d',
      'g block e',
      '  rect.box.bad 166 138 40 28',
      '    title: e, after c: in flight, with the hash of another block',
      '  text.name.small 186 156: ≠ e',
      'text.small.quiet 230 44: x is missing',
      'g block h',
      '  rect.box 230 60 40 28',
      '    title: h: not on the best chain',
      '  text.name.small 250 78: ○ h',
      'text.small 10 192: in a: tx 1',
      'text.small.quiet 10 208: ● on the best chain',
      'text.small.quiet 10 224: ○ not on it',
      'text.small.quiet 10 240: ✗ dashed: refused after the blocks before it',
      'text.small.quiet 10 256: ↓ dotted: in flight',
      'text.small.quiet 10 272: ≠ dashed: in flight, and another block has its',
      'text.small.quiet 10 288: hash'
    ]
  })
})

test('a network has a badge with a number for each packet, twice at its place: on the way, and in words', () => {
  expect(outlineOf(drawNetwork(network))).toEqual({
    faults: [],
    title: 'A network',
    says: 'A network. node 0: has a. node 1 lies. node 2 has failed. In flight: node 0 → node 1: hello (2 of them); node 0 → node 1: again; node 1 → node 0: attack — said by one that lies; node 2 → node 2: myself.',
    width: 342,
    height: 402,
    ids: IDS,
    drawn: [
      'text.title 10 18: A network',
      'path.message M 189 94 Q 244 144 259 216 url(#message)',
      'g packet-0',
      '  title: hello (2 of them)',
      '  circle.badge 219 131 9',
      '  text.name.small 219 135: 1',
      'g packet-1',
      '  title: again',
      '  circle.badge 242 172 9',
      '  text.name.small 242 176: 2',
      'path.lie M 248 223 Q 192 174 177 101 url(#lie)',
      'g packet-2',
      '  title: attack',
      '  rect.badge.bad 196 157 18 18',
      '  text.name.small.wrong 205 170: 3',
      'path.message M 77 241 C 9 240, 43 299, 77 241',
      'g packet-3',
      '  title: myself',
      '  circle.badge 38 263 9',
      '  text.name.small 38 267: 4',
      'g node-0',
      '  title: node 0; has a',
      '  circle.inner 171 77 21',
      '  text.name.strong 171 81: 0',
      '  text.name.small 171 50: node 0',
      'g node-1',
      '  title: node 1; lies',
      '  circle.box.bad 265 240 21',
      '  text.name.strong.wrong 265 244: 1',
      '  text.name.small.wrong 265 275: node 1: lies',
      'g node-2',
      '  title: node 2; has failed',
      '  circle.box.bad 77 241 21',
      '  path.fails M 62 226 l 30 30 m 0 -30 l -30 30',
      '  text.name.strong.wrong 77 245: 2',
      '  text.name.small.wrong 77 276: node 2: has failed',
      'g node-0',
      '  text 10 300: node 0: has a',
      'g packet-0',
      '  text.end.small.quiet 28 322: 1',
      '  text 36 322: node 0 → node 1: hello (2 of them)',
      'g packet-1',
      '  text.end.small.quiet 28 338: 2',
      '  text 36 338: node 0 → node 1: again',
      'g packet-2',
      '  text.end.small.quiet 28 354: 3',
      '  text.wrong 36 354: node 1 → node 0: attack — said by one that',
      '  text.wrong 36 370: lies',
      'g packet-3',
      '  text.end.small.quiet 28 386: 4',
      '  text 36 386: node 2 → node 2: myself'
    ]
  })
})

test('a stack has the call that runs on top, what came with it, and below what accounts have', () => {
  expect(outlineOf(drawStack(stack))).toEqual({
    faults: [],
    title: 'Calls',
    says: 'Calls. Open calls, the first one first: dao.split(…), it waits for the call above, at: 7 pay(msg.sender);; attacker, the attacker: ▶ it runs. dao has 3, supply = 4. attacker has 1. a note.',
    width: 342,
    height: 262,
    ids: IDS,
    drawn: [
      'text.title 10 18: Calls',
      'g frame-1',
      '  rect.box.bad.chosen 10 30 322 46',
      '  text.strong 18 48: attacker',
      '  text.small 18 64: the attacker: ▶ it runs',
      'path.boundary M 171 96 l 0 -16 m -5 6 l 5 -6 l 5 6',
      'text.small.quiet 183 91: hands over, and pays 1',
      'g frame-0',
      '  rect.box 10 98 322 62',
      '  text.strong 18 116: dao.split(…)',
      '  text.small 18 132: it waits for the call above',
      '  text.small 18 148: at: 7 pay(msg.sender);',
      'text.strong 10 186: dao',
      'text 106 186: money 3',
      'text 106 202: supply = 4',
      'text.strong 10 222: attacker',
      'text 106 222: money 1',
      'text.small 10 246: a note'
    ]
  })
})

test('an execution of contracts has a bar for each call, from the step in which it begins to that in which it ends', () => {
  expect(outlineOf(drawCalls(calls))).toEqual({
    faults: [],
    title: 'An attack',
    says: 'An attack. 1: begins; 1 open calls. 2: pays; 2 open calls. 3: calls back; 3 open calls. 4: returns; 2 open calls. 5: is over; something fails; 0 open calls.',
    width: 342,
    height: 212,
    ids: IDS,
    drawn: [
      'text.title 10 18: An attack',
      'rect.box 30 30 14 92',
      '  title: dao.split(…)',
      'rect.box.bad 48 50 14 72',
      '  title: attacker, paid 1',
      'rect.box 66 70 14 16',
      '  title: dao.split(…)',
      'text.end.small.quiet 22 40: 1',
      'text 92 40: begins',
      'text.end.small.quiet 22 60: 2',
      'text 92 60: pays',
      'text.end.small.quiet 22 80: 3',
      'text 92 80: calls back',
      'text.end.small.quiet 22 100: 4',
      'text 92 100: returns',
      'text.small.quiet 92 116: money: attacker 4',
      'text.end.small.wrong.strong 22 136: 5',
      'text.wrong.strong 92 136: ✗ is over',
      'text.small.quiet 10 164: a bar: a call, from its begin to its end;',
      'text.small.quiet 10 180: further right: called by the one on its left',
      'text.small.quiet 10 196: dashed: the attacker’s'
    ]
  })
})

test('a grid has a tick where something is final, a thick line where a node is, and dashes where it lies', () => {
  expect(outlineOf(drawGrid(grid))).toEqual({
    faults: [],
    title: 'Ballots',
    says: 'Ballots. acceptor 0, in ballot 1; ballot 0: ✓ votes W. acceptor 1 lies; ballot 0: anything; ballot 1: anything. chosen: W.',
    width: 342,
    height: 170,
    ids: IDS,
    drawn: [
      'text.title 10 18: Ballots',
      'text.name.small.quiet 149 38: ballot 0',
      'text.name.small.quiet 271 38: ballot 1',
      'g row-0',
      '  text.small 10 63: acceptor 0',
      '  rect.box.chosen 90 46 118 22',
      '    title: acceptor 0: ✓ votes W',
      '  text.small.strong 94 62: ✓ votes W',
      '  rect.box.coming 212 46 118 22',
      '    title: acceptor 0: nothing',
      '  path.boundary M 214 67 l 114 0',
      'g row-1',
      '  text.small.wrong 10 93: acceptor 1',
      '  text.small.wrong 10 109: (lies)',
      '  rect.box.bad 90 76 118 38',
      '    title: acceptor 1: anything',
      '  text.small 94 92: anything',
      '  rect.box.bad 212 76 118 38',
      '    title: acceptor 1: anything',
      '  text.small 216 92: anything',
      'text.small 10 138: chosen: W',
      'text.small.quiet 10 154: a thick line below: where the node is now'
    ]
  })
})

test('a graph of states has two frames for an initial one, one arrow for steps the same way, and a loop', () => {
  expect(outlineOf(drawGraph(graph))).toEqual({
    faults: [],
    title: 'A counter',
    says: 'A counter: 2 states, 4 steps. State 0, initial: count 0. State 1, violates an invariant: count 1. From 0 to 1: adds one. From 0 to 1: jumps. From 1 to 0: starts again. From 1 to 1: stays.',
    width: 342,
    height: 284,
    ids: IDS,
    drawn: [
      'text.title 10 18: A counter',
      'path.step M 178 78 L 185 101 L 178 124 url(#flying)',
      '  title: adds one; jumps',
      'path.step M 165 124 L 159 101 L 165 78 url(#flying)',
      '  title: starts again',
      'path.step M 210 136 L 228 136 L 228 152 L 210 152 url(#flying)',
      '  title: stays',
      'rect.box 138.5 35 67 46',
      'rect.box 141.5 38 61 40',
      '  title: count 0',
      'text.name.small.strong 172 54: 0',
      'text.name.small 172 68: count 0',
      'rect.box.bad 133.5 124 77 40',
      '  title: count 1',
      'text.name.small.strong.wrong 172 140: ✗ 1',
      'text.name.small.wrong 172 154: count 1',
      'text.name.small.quiet 185 105: 1 2',
      'text.name.small.quiet 159 105: 3',
      'text.name.small.quiet 218 148: 4',
      'text.small 10 184: 1  0 → 1: adds one',
      'text.small 10 200: 2  0 → 1: jumps',
      'text.small 10 216: 3  1 → 0: starts again',
      'text.small 10 232: 4  1 → 1: stays',
      'text.small.quiet 10 252: two frames: an initial state',
      'text.small.quiet 10 268: dashed, with ✗: an invariant is violated'
    ]
  })
})

test('two quorums have a bar each, and a thick rim around what they share', () => {
  expect(outlineOf(drawQuorums(quorums))).toEqual({
    faults: [],
    title: 'N = 4, q = 3',
    says: 'N = 4, q = 3. Nodes: 4. First quorum: 0, 1, 2. Second quorum: 1, 2, 3. In both: 1, 2. May lie: 1. They meet in 2.',
    width: 342,
    height: 200,
    ids: IDS,
    drawn: [
      'text.title 10 18: N = 4, q = 3',
      'path.first M 105 46 L 193 46 M 105 46 l 0 12 M 149 46 l 0 12 M 193 46 l 0 12',
      'path.second M 149 118 L 237 118 M 149 118 l 0 -12 M 193 118 l 0 -12 M 237 118 l 0 -12',
      'circle.box 105 76 14',
      'text.name.small 105 80: 0',
      'circle.box.chosen.bad 149 76 14',
      'text.name.small.wrong 149 80: 1',
      'text.name.small.wrong 149 103: ✗',
      'circle.box.chosen 193 76 14',
      'text.name.small 193 80: 2',
      'circle.box 237 76 14',
      'text.name.small 237 80: 3',
      'text 10 140: They meet in 2.',
      'text.small.quiet 10 160: bar above: the first quorum; dashed bar below:',
      'text.small.quiet 10 176: the second; thick rim: in both',
      'text.small.quiet 10 192: dashed, with ✗: it may lie'
    ]
  })
})

describe('what is new since an earlier picture', () => {
  const marks = (picture: StatePicture, since?: StatePicture): ReadonlyArray<string> =>
    outlineOf(drawPicture(picture, { key: false }, since)).drawn.filter((line) => /fresh|: \+|\+ /.test(line))

  test('has a second frame and a plus, and nothing else has', () => {
    expect(marks(forest, forestBefore)).toEqual([
      '  rect.fresh 6 82 48 36',
      '  text.small.right 52 84: +',
      '  rect.fresh 226 56 48 36',
      '  text.small.right 272 58: +'
    ])
    expect(marks(network, { ...network, packets: network.packets.slice(0, 2) })).toEqual([
      '  circle.fresh 205 166 13',
      '  circle.fresh 38 263 13',
      '  text.wrong 36 354: + node 1 → node 0: attack — said by one',
      '  text 36 386: + node 2 → node 2: myself'
    ])
    const poorer = stack.accounts.map((account) => ({ ...account, money: '0' }))
    expect(marks(stack, { ...stack, frames: stack.frames.slice(0, 1), accounts: poorer })).toEqual([
      '  rect.fresh 6 26 330 54',
      '  text.end.right 324 48: +',
      'text.strong 106 186: + money 3',
      'text.strong 106 222: + money 1'
    ])
    const blank = grid.rows.map((row) => ({
      ...row,
      cells: row.cells.map(() => ({ says: '', kind: 'empty' }) as const)
    }))
    expect(marks(grid, { ...grid, rows: [...blank.slice(0, 1), ...grid.rows.slice(1)] })).toEqual([
      '  rect.fresh 87 43 124 28',
      '  text.small.strong 94 62: +✓ votes W'
    ])
  })

  test('is nothing where there is no earlier one, or it is of another kind', () => {
    expect([forest, network, stack, grid].flatMap((picture) => marks(picture))).toEqual([])
    expect(marks(stack, grid)).toEqual([])
  })
})

describe('a drawing in a page', () => {
  test('has identifiers that begin with its prefix, refers to no others, and leaves its style to the page', () => {
    const drawing = drawPicture(network, { inPage: 'a' })
    expect(outlineOf(drawing).ids).toEqual(['a-title', 'a-desc', ...IDS.map((id) => `a-${id}`)])
    const used = [...drawing.matchAll(/url\(#([^)]*)\)/g)].map(([, id]) => id)
    expect([...new Set(used)].sort()).toEqual(['a-lie', 'a-message'])
    expect(drawing).not.toContain('<style')
    expect(drawing).toContain('class="blockforest-drawing" aria-labelledby="a-title a-desc"')
  })

  test('finds its style in the page, which touches nothing else', () => {
    const selectors = [...pageStyle.matchAll(/([^{}]+)\{/g)].flatMap(([, list = '']) => list.trim().split(','))
    expect(selectors.length).toBeGreaterThan(80)
    expect(selectors.filter((one) => !/^\s*(\.dark )?\.blockforest-drawing [.a-z]/.test(one))).toEqual([])
    const classes = new Set(
      [forest, network, stack, grid]
        .flatMap((picture) => outlineOf(drawPicture(picture)).drawn)
        .flatMap((line) => /^ *[a-z]+((?:\.[a-z]+)+)/i.exec(line)?.[1]?.slice(1).split('.') ?? [])
    )
    expect([...classes].filter((one) => !pageStyle.includes(`.${one}`))).toEqual([])
  })
})

test('a call goes on while its frame is the same, and is another one where it is called again', () => {
  expect(callBars(calls.steps).map(({ frame, depth, from, to }) => [frame.name, depth, from, to])).toEqual([
    ['dao.split(…)', 0, 0, 4],
    ['attacker', 1, 1, 4],
    ['dao.split(…)', 2, 2, 3]
  ])
  expect(callBars(calls.steps.slice(0, 3)).map(({ to }) => to)).toEqual([undefined, undefined, undefined])
})

test('nothing is a picture all the same, of every kind', () => {
  const nothing: ReadonlyArray<StatePicture> = [
    { _tag: 'Forest', title: '', trees: [], note: 'none' },
    { _tag: 'Network', title: '', nodes: [], packets: [] },
    { _tag: 'Stack', title: '', frames: [], accounts: [], notes: [] },
    { _tag: 'Grid', title: '', columns: [], rows: [], notes: [] }
  ]
  for (const { faults, width, height, drawn } of nothing.map((picture) => outlineOf(drawPicture(picture)))) {
    expect(faults).toEqual([])
    expect([width, height].every((n) => n > 0 && Number.isFinite(n))).toBe(true)
    expect(drawn.join(' ')).not.toMatch(/NaN|Infinity|undefined/)
  }
})

test('a drawing is as wide as it is asked to be, or wider where it needs to be', () => {
  expect([forest, network, stack, grid].map((one) => outlineOf(drawPicture(one, { width: 600 })).width)).toEqual([
    600, 600, 600, 600
  ])
  const many = { ...quorums, nodes: 20 }
  expect(outlineOf(drawQuorums(many)).width).toBe(519)
})
