/**
 * The states of a small system and the steps between them. An initial state has two frames, one that violates an invariant
 * dashes and ✗; a step has a number, under which it stands below. Layers are found by dagre.
 */
import { Graph, layout } from '@dagrejs/dagre'
import {
  element,
  headed,
  label,
  LINE,
  linesFrom,
  linesWithin,
  SIDE,
  svg,
  TELEPHONE,
  textElement,
  TOP,
  widthOf
} from './svg.js'
import type { DrawingOptions } from './svg.js'

/** A state. */
export interface GraphNode {
  /** In a few short lines. */
  readonly says: ReadonlyArray<string>
  readonly isInitial: boolean
  readonly violates: boolean
}

/** A step between states, by their places in the list. */
export interface GraphEdge {
  readonly from: number
  readonly to: number
  readonly says: string
}

/** A graph of states. */
export interface GraphPicture {
  readonly title: string
  readonly nodes: ReadonlyArray<GraphNode>
  readonly edges: ReadonlyArray<GraphEdge>
}

/** Measures, in pixels. */
const MOST_WIDE = 168
const MOST_LINES = 6
const PAD = 6
const RISE = 14
/** How far a step that leads to the state itself goes out of its frame. */
const LOOP = 18

/** A node as text: its number, and what there is room for. */
const linesOf = ({ says }: GraphNode, i: number): ReadonlyArray<string> => {
  const lines = [String(i), ...says.flatMap((text) => linesWithin(text, MOST_WIDE - 2 * PAD))]
  return lines.length <= MOST_LINES ? lines : [...lines.slice(0, MOST_LINES - 1), '…']
}

/** Steps that lead from one state to the same other one are one arrow. */
const arrowsOf = (
  edges: ReadonlyArray<GraphEdge>
): ReadonlyArray<GraphEdge & { readonly numbers: ReadonlyArray<number> }> => {
  const arrows = new Map<string, GraphEdge & { readonly numbers: ReadonlyArray<number> }>()
  for (const [i, edge] of edges.entries()) {
    const key = `${String(edge.from)} ${String(edge.to)}`
    const known = arrows.get(key)
    arrows.set(key, {
      ...edge,
      says: known === undefined ? edge.says : `${known.says}; ${edge.says}`,
      numbers: [...(known?.numbers ?? []), i + 1]
    })
  }
  return [...arrows.values()]
}

type Placed = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** A step that leads to the state itself: out of its frame on the right, and in again. */
const loopAt = ({ x, y, width }: Placed) => {
  const [inner, outer] = [x + width / 2 - LOOP, x + width / 2]
  return {
    points: [
      { x: inner, y: y - 8 },
      { x: outer, y: y - 8 },
      { x: outer, y: y + 8 },
      { x: inner, y: y + 8 }
    ],
    x: Math.round(inner + 8),
    y: Math.round(y)
  }
}

/** Where dagre puts nodes and arrows. */
const placesOf = ({ nodes, edges }: GraphPicture) => {
  const graph = new Graph({ multigraph: false })
  graph.setGraph({ rankdir: 'TB', nodesep: 18, ranksep: 34, edgesep: 12, marginx: SIDE, marginy: 4 })
  for (const [i, node] of nodes.entries()) {
    const lines = linesOf(node, i)
    const sign = node.violates ? 16 : 0
    const loop = edges.some(({ from, to }) => from === i && to === i) ? 2 * LOOP : 0
    graph.setNode(String(i), {
      width: Math.max(44, ...lines.map((line) => Math.min(MOST_WIDE, widthOf(line)))) + 2 * PAD + sign + loop,
      height: lines.length * RISE + 2 * PAD
    })
  }
  const arrows = arrowsOf(edges)
  // dagre would lead a step to the state itself far out.
  for (const { from, to, numbers } of arrows.filter((arrow) => arrow.from !== arrow.to))
    graph.setEdge(String(from), String(to), { width: widthOf(numbers.join(' ')), height: 12, labelpos: 'c' })
  layout(graph)
  return {
    nodeAt: (i: number): Placed => {
      const { x, y, width: all, height } = graph.node(String(i))
      const width = all - (edges.some(({ from, to }) => from === i && to === i) ? 2 * LOOP : 0)
      return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) }
    },
    arrows: arrows.map((arrow) => {
      if (arrow.from === arrow.to) return { ...arrow, ...loopAt(graph.node(String(arrow.from))) }
      const { points, x, y } = graph.edge(String(arrow.from), String(arrow.to))
      return { ...arrow, points, x: Math.round(x), y: Math.round(y) }
    }),
    width: Math.ceil(graph.graph().width),
    height: Math.ceil(graph.graph().height)
  }
}

const inWords = ({ title, nodes, edges }: GraphPicture): string =>
  [
    `${title}: ${String(nodes.length)} states, ${String(edges.length)} steps.`,
    ...nodes.map(
      ({ says, isInitial, violates }, i) =>
        `State ${String(i)}${isInitial ? ', initial' : ''}${violates ? ', violates an invariant' : ''}: ${says.join(', ')}.`
    ),
    ...edges.map(({ from, to, says }) => `From ${String(from)} to ${String(to)}: ${says}.`)
  ].join(' ')

/** A graph of states as SVG: as wide as it needs to be. */
export const drawGraph = (picture: GraphPicture, options: DrawingOptions = {}): string => {
  const { title, nodes, edges } = picture
  const { nodeAt, arrows, width: wide, height: high } = placesOf(picture)
  const width = Math.max(options.width ?? TELEPHONE, wide)
  const titled = linesFrom([SIDE, width - SIDE], TOP, [title], 'title')
  const [dx, dy] = [Math.round((width - wide) / 2), titled.end]
  const steps = linesFrom(
    [SIDE, width - SIDE],
    dy + high + LINE,
    edges.map(({ from, to, says }, i) => `${String(i + 1)}  ${String(from)} → ${String(to)}: ${says}`),
    'small'
  )
  const key = [
    ...(nodes.some(({ isInitial }) => isInitial) ? ['two frames: an initial state'] : []),
    ...(nodes.some(({ violates }) => violates) ? ['dashed, with ✗: an invariant is violated'] : [])
  ]
  const explained = linesFrom([SIDE, width - SIDE], steps.end + 4, options.key === false ? [] : key, 'small quiet')
  const box = (i: number, grow: number): Readonly<Record<string, number>> => {
    const { x, y, width: w, height: h } = nodeAt(i)
    return {
      x: x + dx - w / 2 - grow,
      y: y + dy - h / 2 - grow,
      width: w + 2 * grow,
      height: h + 2 * grow,
      rx: 4 + grow
    }
  }
  return svg(
    {
      title,
      says: inWords(picture),
      width,
      height: explained.end,
      body: [
        ...titled.drawn,
        ...arrows.map(({ points, says }) =>
          element(
            'path',
            {
              class: 'step',
              d: `M ${points.map(({ x, y }) => `${String(Math.round(x + dx))} ${String(Math.round(y + dy))}`).join(' L ')}`,
              ...headed(options, 'flying')
            },
            textElement('title', {}, says)
          )
        ),
        ...nodes.flatMap((node, i) => {
          const { x, y, height } = nodeAt(i)
          return [
            ...(node.isInitial ? [element('rect', { class: 'box', ...box(i, 3) })] : []),
            element(
              'rect',
              { class: node.violates ? 'box bad' : 'box', ...box(i, 0) },
              textElement('title', {}, node.says.join(', '))
            ),
            ...linesOf(node, i).map((line, row) =>
              label(
                x + dx,
                y + dy - height / 2 + PAD + 10 + row * RISE,
                row === 0 && node.violates ? `✗ ${line}` : line,
                `name small${row === 0 ? ' strong' : ''}${node.violates ? ' wrong' : ''}`
              )
            )
          ]
        }),
        ...arrows.map(({ x, y, numbers }) => label(x + dx, y + dy + 4, numbers.join(' '), 'name small quiet')),
        ...steps.drawn,
        ...explained.drawn
      ]
    },
    options
  )
}
