/**
 * A block forest: genesis above, each block below its predecessor, orphans in trees of their own.
 *
 * What a block is, its frame and a sign say, and colour says it again: ● and a thick frame on the best chain, ○ beside it, ✗ and
 * dashes where it is refused, ↓ and dots where it is in flight, ≠ where its hash is that of another block.
 */
import { hierarchy, tree } from 'd3-hierarchy'
import type { HierarchyPointNode } from 'd3-hierarchy'
import type { BlockKind, ForestBlock, ForestPicture, ForestTree } from '../../invariants/systems/picture.js'
import { blockKey, freshSince } from './fresh.js'
import { element, label, LINE, linesFrom, linesWithin, SIDE, svg, TELEPHONE, textElement, TOP, widthOf } from './svg.js'
import type { DrawingOptions } from './svg.js'

/** Measures, in pixels. */
const HIGH = 28
const BETWEEN = 24
const APART = 12
const LEAST_WIDE = 40
const MOST_WIDE = 112

const SIGNS: Readonly<Record<BlockKind, string>> = {
  best: '●',
  other: '○',
  invalid: '✗',
  arriving: '↓',
  colliding: '≠'
}

const FRAMES: Readonly<Record<BlockKind, string>> = {
  best: 'box chosen',
  other: 'box',
  invalid: 'box bad',
  arriving: 'box coming',
  colliding: 'box bad'
}

/** What signs mean, in the order in which they are explained. */
const MEANINGS: ReadonlyArray<readonly [BlockKind, string]> = [
  ['best', 'on the best chain'],
  ['other', 'not on it'],
  ['invalid', 'dashed: refused after the blocks before it'],
  ['arriving', 'dotted: in flight'],
  ['colliding', 'dashed: in flight, and another block has its hash']
]

const inBox = ({ kind, name }: ForestBlock): string => `${SIGNS[kind]} ${name}`

const allOf = (block: ForestBlock): ReadonlyArray<ForestBlock> => [block, ...block.children.flatMap(allOf)]

/** A tree with places, its root at the top. */
interface Laid {
  readonly tree: ForestTree
  readonly nodes: ReadonlyArray<HierarchyPointNode<ForestBlock>>
  /** Where its leftmost block is, and how wide and how high all of it is. */
  readonly left: number
  readonly width: number
  readonly height: number
}

const laid = (one: ForestTree, wide: number): Laid => {
  const root = tree<ForestBlock>().nodeSize([wide + APART, HIGH + BETWEEN])(
    hierarchy(one.root, ({ children }) => [...children])
  )
  const nodes = root.descendants()
  const xs = nodes.map(({ x }) => x)
  const [left, right] = [Math.min(...xs), Math.max(...xs)]
  return { tree: one, nodes, left, width: right - left + wide, height: root.height * (HIGH + BETWEEN) + HIGH }
}

/** Lines and blocks of a tree, its left upper corner somewhere. */
const treeAt = (
  { tree: { orphaned }, nodes, left }: Laid,
  [x0, y0]: readonly [x: number, y: number],
  wide: number,
  isFresh: (key: string) => boolean
): ReadonlyArray<string> => {
  const x = (node: HierarchyPointNode<ForestBlock>): number => Math.round(x0 + node.x - left + wide / 2)
  const y = (node: HierarchyPointNode<ForestBlock>): number => y0 + node.y
  const links = nodes.flatMap((node) => {
    if (node.parent === null) return []
    const [from, to] = [y(node.parent) + HIGH, y(node)]
    const middle = (from + to) / 2
    const isBest = node.data.kind === 'best' && node.parent.data.kind === 'best'
    return [
      element('path', {
        class: isBest ? 'boundary' : 'link',
        d: `M ${String(x(node))} ${String(to)} C ${String(x(node))} ${String(middle)}, ${String(x(node.parent))} ${String(middle)}, ${String(x(node.parent))} ${String(from)}`
      })
    ]
  })
  const blocks = nodes.flatMap((node) => {
    const block = node.data
    const place = { x: x(node) - wide / 2, y: y(node) }
    return [
      element(
        'g',
        { 'data-block': block.name },
        element(
          'rect',
          { class: FRAMES[block.kind], ...place, width: wide, height: HIGH, rx: 4 },
          textElement('title', {}, inWords(block, node.parent?.data.name))
        ),
        label(x(node), y(node) + 18, linesWithin(inBox(block), wide - 8)[0] ?? '', 'name small'),
        ...(isFresh(blockKey(block, node.parent?.data.name ?? orphaned ?? ''))
          ? [
              element('rect', {
                class: 'fresh',
                x: place.x - 4,
                y: place.y - 4,
                width: wide + 8,
                height: HIGH + 8,
                rx: 7
              }),
              label(place.x + wide + 2, place.y - 2, '+', 'small right')
            ]
          : [])
      )
    ]
  })
  return [...links, ...blocks]
}

const KINDS: Readonly<Record<BlockKind, string>> = {
  best: 'on the best chain',
  other: 'not on the best chain',
  invalid: 'refused',
  arriving: 'in flight',
  colliding: 'in flight, with the hash of another block'
}

/** A block in words. */
const inWords = ({ name, says, kind }: ForestBlock, from: string | undefined): string =>
  `${name}${from === undefined ? '' : `, after ${from}`}: ${KINDS[kind]}${says === '' ? '' : `; in it: ${says}`}`

const treeInWords = ({ root, orphaned }: ForestTree): ReadonlyArray<string> => {
  const branch = (block: ForestBlock, from: string | undefined): ReadonlyArray<string> => [
    inWords(block, from),
    ...block.children.flatMap((child) => branch(child, block.name))
  ]
  return [
    ...(orphaned === undefined ? [] : [`An orphan (${orphaned}).`]),
    ...branch(root, undefined).map((one) => `${one}.`)
  ]
}

/** What is in blocks, below the trees. */
const contentsOf = (blocks: ReadonlyArray<ForestBlock>): ReadonlyArray<string> =>
  blocks.flatMap(({ name, says }) => (says === '' ? [] : [`in ${name}: ${says}`]))

/** What the signs mean that a forest has. */
const keyOf = (blocks: ReadonlyArray<ForestBlock>): ReadonlyArray<string> => {
  const kinds = new Set(blocks.map(({ kind }) => kind))
  return MEANINGS.flatMap(([kind, means]) => (kinds.has(kind) ? [`${SIGNS[kind]} ${means}`] : []))
}

/** Trees from a height on: beside one another where there is room, else below. */
const treesFrom = (
  trees: ReadonlyArray<Laid>,
  start: number,
  width: number,
  wide: number,
  isFresh: (key: string) => boolean
): { readonly drawn: ReadonlyArray<string>; readonly end: number } => {
  const drawn: string[] = []
  let [x, y, rowEnd] = [SIDE, start, start]
  for (const one of trees) {
    const { orphaned } = one.tree
    const room = Math.max(one.width, orphaned === undefined ? 0 : Math.min(widthOf(orphaned), width - 2 * SIDE))
    if (x > SIDE && x + room > width - SIDE) [x, y] = [SIDE, rowEnd + APART]
    const head =
      orphaned === undefined
        ? { drawn: [], end: y }
        : linesFrom([x, x + Math.max(room, 80)], y + 10, [orphaned], 'small quiet')
    const top = orphaned === undefined ? y : head.end
    const indent = trees.length === 1 ? Math.max(0, (width - 2 * SIDE - one.width) / 2) : 0
    drawn.push(...head.drawn, ...treeAt(one, [x + indent, top], wide, isFresh))
    rowEnd = Math.max(rowEnd, top + one.height + APART)
    x += room + 2 * APART
  }
  return { drawn, end: rowEnd }
}

/**
 * A forest as SVG.
 * @param since an earlier picture of the same forest: what is new has a second frame and a plus.
 */
export const drawForest = (picture: ForestPicture, options: DrawingOptions = {}, since?: ForestPicture): string => {
  const { title, trees, note } = picture
  const blocks = trees.flatMap(({ root }) => allOf(root))
  const wide = Math.min(MOST_WIDE, Math.max(LEAST_WIDE, ...blocks.map((block) => widthOf(inBox(block)) + 12)))
  const all = trees.map((one) => laid(one, wide))
  const width = Math.max(options.width ?? TELEPHONE, ...all.map((one) => Math.ceil(one.width) + 2 * SIDE + 12))
  const sides = [SIDE, width - SIDE] as const
  const titled = linesFrom(sides, TOP, title === '' ? [] : [title], 'title')
  const drawn = treesFrom(all, titled.end, width, wide, freshSince(since))
  const below = [...(note === undefined ? [] : [note]), ...contentsOf(blocks)]
  const texts = linesFrom(sides, drawn.end + 14, below, 'small')
  const key = linesFrom(sides, texts.end, options.key === false ? [] : keyOf(blocks), 'small quiet')
  return svg(
    {
      title,
      says: [`${title}.`, ...trees.flatMap(treeInWords), ...(note === undefined ? [] : [`${note}.`])].join(' '),
      width,
      height: Math.max(key.end, drawn.end + LINE) - 4,
      body: [...titled.drawn, ...drawn.drawn, ...texts.drawn, ...key.drawn]
    },
    options
  )
}
