/**
 * An execution as lanes: nodes are lines on which time goes down, messages are arrows from the step that sends one to the step
 * in which it arrives. The steps stand below in words, by their numbers, so that the picture fits on a telephone.
 *
 * What a node that lies says has a colour of its own, and dashes and a hollow head besides; its lane has gaps, and says so.
 */
import type { Address } from '../../spec/system/address.js'
import type { Arrow, Band, Lanes, LaneStep } from '../../invariants/checker/index.js'
import { element, headed, label, LINE, linesWithin, SIDE, svg, TELEPHONE, textElement, TOP, widthOf } from './svg.js'
import type { DrawingOptions } from './svg.js'

/** Measures, in pixels. */
const LEFT = 52
const RIGHT = 40
const ROW = 34
const MOST_BETWEEN = 110
const LEAST_BETWEEN = 64

/** Where things are. */
interface Places {
  readonly between: number
  readonly x: (node: Address) => number
  /** The height of a step; 0 is the start. */
  readonly y: (step: number) => number
  /** Where the lanes end. */
  readonly bottom: number
}

const kindOf = ({ isLost, endsIn, src }: Arrow, liars: Lanes['liars']): string =>
  isLost ? 'lost' : endsIn === undefined ? 'flying' : liars.includes(src) ? 'lie' : 'message'

/** From where to where an arrow goes, as a path. What does not arrive stops short of the receiver. */
const pathOf = ({ src, dst, sentIn, endsIn, isLost }: Arrow, { x, y, between }: Places): string => {
  const [x1, y1, x2] = [x(src), y(sentIn), x(dst)]
  if (endsIn === undefined) {
    const way = src === dst ? 26 : Math.sign(x2 - x1) * Math.min(44, between / 2)
    return `M ${String(x1)} ${String(y1)} l ${String(way)} 13`
  }
  const y2 = y(endsIn)
  if (src === dst)
    return `M ${String(x1)} ${String(y1)} C ${String(x1 + 30)} ${String(y1 + 6)}, ${String(x1 + 30)} ${String(y2 - 6)}, ${String(x1 + 2)} ${String(y2)}`
  const reach = isLost ? 0.75 : 1
  return `M ${String(x1)} ${String(y1)} L ${String(x1 + (x2 - x1) * reach)} ${String(y1 + (y2 - y1) * reach)}`
}

/** What an arrow says, beside the node at which it ends, if there is room: above one that is level, else below. */
const saidOf = ({ src, dst, message, sentIn, endsIn, isLost }: Arrow, { x, y }: Places): ReadonlyArray<string> => {
  if (endsIn === undefined || isLost || src === dst || widthOf(message) > Math.abs(x(dst) - x(src)) - 12) return []
  const isRight = x(src) < x(dst)
  return [
    label(
      x(dst) + (isRight ? -9 : 9),
      y(endsIn) + (sentIn === endsIn ? -6 : 14),
      message,
      `small quiet${isRight ? ' end' : ''}`
    )
  ]
}

const arrowOf = (arrow: Arrow, liars: Lanes['liars'], places: Places, options: DrawingOptions): string => {
  const kind = kindOf(arrow, liars)
  return element(
    'path',
    { class: kind, d: pathOf(arrow, places), ...headed(options, kind) },
    textElement('title', {}, arrow.message)
  )
}

/**
 * What happens in a step: at the node that acts a dot where a message arrives, a square where it acts by itself; with a cross
 * over it where something fails after it.
 */
const markOf = ({ node, says, arrow, fails }: LaneStep, step: number, { x, y }: Places): ReadonlyArray<string> => {
  const number = label(24, y(step) + 4, String(step), `end small ${fails ? 'wrong strong' : 'quiet'}`)
  if (node === undefined) return [number]
  const [cx, cy] = [x(node), y(step)]
  return [
    number,
    arrow === undefined
      ? element('rect', { class: 'dot', x: cx - 4, y: cy - 4, width: 8, height: 8 }, textElement('title', {}, says))
      : element('circle', { class: 'dot', cx, cy, r: 4.5 }, textElement('title', {}, says)),
    ...(fails
      ? [
          element('path', {
            class: 'fails',
            d: `M ${String(cx - 8)} ${String(cy - 8)} l 16 16 m 0 -16 l -16 16`
          })
        ]
      : [])
  ]
}

/** Bands behind the lanes, every other one shaded, each with its name at its upper edge. */
const bandsOf = (bands: ReadonlyArray<Band>, width: number, { y }: Places): ReadonlyArray<string> =>
  bands.flatMap(({ says, from, to }, i) => {
    const [top, bottom] = [y(from) - ROW / 2, y(to) + ROW / 2]
    return [
      ...(i % 2 === 0
        ? [
            element(
              'rect',
              { class: 'band', x: 0, y: top, width, height: bottom - top },
              textElement('title', {}, says)
            )
          ]
        : []),
      label(width - 6, top + 11, says, 'end small quiet')
    ]
  })

/** The steps in words, from a height on; and where they end. */
const wordsFrom = (
  top: number,
  width: number,
  lines: ReadonlyArray<{ readonly number: string; readonly says: string; readonly fails: boolean }>
): { readonly drawn: ReadonlyArray<string>; readonly end: number } => {
  const drawn: string[] = []
  let y = top
  for (const { number, says, fails } of lines) {
    const kind = fails ? 'wrong strong' : ''
    drawn.push(label(24, y, number, `end small ${fails ? 'wrong strong' : 'quiet'}`))
    for (const text of linesWithin(`${fails ? '✗ ' : ''}${says}`, width - 32 - SIDE)) {
      drawn.push(label(32, y, text, kind))
      y += LINE
    }
    y += 2
  }
  return { drawn, end: y }
}

/** What the kinds of lines in a picture mean, as far as it has them. */
const keyOf = ({ liars, arrows, steps }: Lanes): ReadonlyArray<string> => {
  const kinds = new Set(arrows.map((arrow) => kindOf(arrow, liars)))
  return [
    ...(liars.length > 0 ? ['dashed, with a hollow head: said by a node that lies'] : []),
    ...(kinds.has('lost') ? ['with a cross: lost'] : []),
    ...(kinds.has('flying') ? ['dotted: still in flight at the end'] : []),
    ...(steps.some(({ node, arrow }) => node !== undefined && arrow === undefined)
      ? ['a square: a node acts by itself']
      : [])
  ]
}

/** What a diagram shows, in words. */
const inWords = ({ nodes, liars, steps, bands = [] }: Lanes): string =>
  [
    `Lanes of the nodes ${nodes.join(', ')}.`,
    ...(liars.length === 0 ? [] : [`Not honest: ${liars.join(', ')}.`]),
    ...steps.map(({ says, fails }, i) => `${String(i + 1)}: ${says}${fails ? '; something fails' : ''}.`),
    ...bands.map(({ says, from, to }) => `Steps ${String(from)} to ${String(to)}: ${says}.`)
  ].join(' ')

/** A diagram as SVG: as wide as a telephone, or wider where there are many nodes. */
export const drawLanes = (lanes: Lanes, options: DrawingOptions = {}): string => {
  const { title, nodes, liars, steps, arrows, bands = [] } = lanes
  const least = options.width ?? TELEPHONE
  const gaps = Math.max(nodes.length - 1, 1)
  const between = Math.min(MOST_BETWEEN, Math.max(LEAST_BETWEEN, Math.floor((least - LEFT - RIGHT) / gaps)))
  const width = Math.max(least, LEFT + gaps * between + RIGHT)
  const titled = linesWithin(title, width - 2 * SIDE)
  const top = TOP + titled.length * LINE + (liars.length > 0 ? 44 : 30)
  const places: Places = {
    between,
    x: (node) => LEFT + nodes.indexOf(node) * between,
    y: (step) => top + step * ROW,
    bottom: top + steps.length * ROW + 22
  }
  const { x, bottom } = places
  const drawn = arrows.filter(({ src, dst }) => nodes.includes(src) && nodes.includes(dst))
  const name = (node: Address): ReadonlyArray<string> => {
    const lies = liars.includes(node)
    return [
      ...(lies ? [label(x(node), top - 26, 'lies', 'name small wrong strong')] : []),
      label(x(node), top - 12, `node ${String(node)}`, `name small${lies ? ' wrong' : ''}`),
      element('line', { class: lies ? 'lieLane' : 'lane', x1: x(node), y1: top - 6, x2: x(node), y2: bottom })
    ]
  }
  const words = wordsFrom(
    bottom + 26,
    width,
    steps.map(({ says, fails }, i) => ({ number: String(i + 1), says, fails }))
  )
  const key = (options.key === false ? [] : keyOf(lanes)).flatMap((one) => linesWithin(one, width - 32 - SIDE))
  return svg(
    {
      title,
      says: inWords(lanes),
      width,
      height: words.end + key.length * LINE + (key.length > 0 ? 8 : 0) + 2,
      body: [
        ...titled.map((text, i) => label(SIDE, TOP + i * LINE, text, 'title')),
        ...bandsOf(bands, width, places),
        ...nodes.flatMap(name),
        ...drawn.map((one) => arrowOf(one, liars, places, options)),
        ...drawn.flatMap((one) => saidOf(one, places)),
        ...steps.flatMap((step, i) => markOf(step, i + 1, places)),
        ...words.drawn,
        ...key.map((text, i) => label(32, words.end + 8 + i * LINE, text, 'small quiet'))
      ]
    },
    options
  )
}
