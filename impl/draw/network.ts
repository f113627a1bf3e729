/**
 * A network: nodes on a circle, and packets on arrows between them, each a badge with the number under which it stands below.
 *
 * A node that lies is hollow and dashed, and says so; what it sends goes on dashes to a hollow head, in a square badge.
 */
import type { NetworkNode, NetworkPacket, NetworkPicture } from '../../invariants/systems/picture.js'
import { freshSince, thingKey } from './fresh.js'
import { element, headed, label, LINE, linesFrom, placed, SIDE, svg, TELEPHONE, textElement, TOP } from './svg.js'
import type { DrawingOptions } from './svg.js'

/** Measures, in pixels. */
const RADIUS = 21
const LEAST_ROUND = 62
const BEND = 0.16
const BADGE = 9

/** A point, in pixels from the left and from the top. */
type Point = readonly [x: number, y: number]

const text = ([x, y]: Point): string => `${String(Math.round(x))} ${String(Math.round(y))}`

/** Where the nodes are: the first on the left of two, at the top of more. */
const around = (nodes: number, [x, y]: Point, round: number): ReadonlyArray<Point> =>
  Array.from({ length: nodes }, (_, i): Point => {
    const angle = (2 * Math.PI * i) / nodes + (nodes <= 2 ? Math.PI : -Math.PI / 2)
    return [x + round * Math.cos(angle), y + round * Math.sin(angle)]
  })

/** A way from one point to another, bent to its left, so that the way back is another one; it begins and ends at the rims of nodes. */
interface Way {
  readonly path: string
  /** A point so far along it, from 0 to 1. */
  readonly at: (t: number) => Point
}

const wayOf = (from: Point, to: Point, centre: Point): Way => {
  if (from === to) {
    // Away from the centre, and back.
    const [dx, dy] = [from[0] - centre[0], from[1] - centre[1]]
    const long = Math.hypot(dx, dy) || 1
    const [ux, uy] = long === 1 ? [0, -1] : [dx / long, dy / long]
    const out = (side: number): Point => [from[0] + 58 * ux - side * 34 * uy, from[1] + 58 * uy + side * 34 * ux]
    return {
      path: `M ${text(from)} C ${text(out(1))}, ${text(out(-1))}, ${text(from)}`,
      at: (t) => [from[0] + 44 * ux - (0.5 - t) * 60 * uy, from[1] + 44 * uy + (0.5 - t) * 60 * ux]
    }
  }
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const long = Math.hypot(dx, dy)
  const control: Point = [(from[0] + to[0]) / 2 + BEND * dy, (from[1] + to[1]) / 2 - BEND * dx]
  const at = (t: number): Point => {
    const s = 1 - t
    const along = (i: 0 | 1): number => s * s * from[i] + 2 * s * t * control[i] + t * t * to[i]
    return [along(0), along(1)]
  }
  const rim = (RADIUS + 3) / long
  return { path: `M ${text(at(rim))} Q ${text(control)} ${text(at(1 - rim))}`, at: (t) => at(rim + t * (1 - 2 * rim)) }
}

/** Packets that go the same way, with their numbers from 0. */
interface Group {
  readonly from: number
  readonly to: number
  readonly packets: ReadonlyArray<readonly [number, NetworkPacket]>
}

const groupsOf = (packets: ReadonlyArray<NetworkPacket>): ReadonlyArray<Group> => {
  const groups = new Map<string, Group>()
  for (const [i, packet] of packets.entries()) {
    const { from, to } = packet
    const key = `${String(from)} ${String(to)}`
    groups.set(key, { from, to, packets: [...(groups.get(key)?.packets ?? []), [i, packet]] })
  }
  return [...groups.values()]
}

/** The number of a packet, as it stands on its badge and before what it says. */
const numberOf = (i: number): string => String(i + 1)

const timesOf = ({ times }: NetworkPacket): string => (times > 1 ? ` (${String(times)} of them)` : '')

const isFreshPacket = (packet: NetworkPacket, isFresh: (key: string) => boolean): boolean =>
  isFresh(thingKey('packet')(packet, 0))

/** An arrow with the badges of its packets. */
const groupDrawn = (
  { from, to, packets }: Group,
  points: ReadonlyArray<Point>,
  centre: Point,
  isFresh: (key: string) => boolean,
  options: DrawingOptions
): ReadonlyArray<string> => {
  const [start, end] = [points[from], points[to]]
  if (start === undefined || end === undefined) return []
  const way = wayOf(start, end, centre)
  const kind = packets.every(([, packet]) => packet.kind === 'lie') ? 'lie' : 'message'
  return [
    element('path', { class: kind, d: way.path, ...(from === to ? {} : headed(options, kind)) }),
    ...packets.map(([i, packet], place) => {
      const at = way.at((place + 1) / (packets.length + 1))
      const [x, y] = [Math.round(at[0]), Math.round(at[1])]
      const shape =
        packet.kind === 'lie'
          ? element('rect', { class: 'badge bad', x: x - BADGE, y: y - BADGE, width: 2 * BADGE, height: 2 * BADGE })
          : element('circle', { class: 'badge', cx: x, cy: y, r: BADGE })
      return placed(
        { _tag: 'Packet', at: i },
        textElement('title', {}, `${packet.says}${timesOf(packet)}`),
        shape,
        label(x, y + 4, numberOf(i), `name small${packet.kind === 'lie' ? ' wrong' : ''}`),
        ...(isFreshPacket(packet, isFresh) ? [element('circle', { class: 'fresh', cx: x, cy: y, r: BADGE + 4 })] : [])
      )
    })
  ]
}

const KINDS: Readonly<Record<NetworkNode['kind'], string>> = { honest: '', liar: 'lies', failed: 'has failed' }

const nodeDrawn = (
  { name, says, kind }: NetworkNode,
  i: number,
  point: Point,
  centre: Point,
  isFresh: boolean
): string => {
  const [x, y] = [Math.round(point[0]), Math.round(point[1])]
  const isAbove = point[1] < centre[1] - 4
  const named = isAbove ? y - RADIUS - 6 : y + RADIUS + 14
  const short = /\d+$/.exec(name)?.[0] ?? name.slice(0, 1).toUpperCase()
  return placed(
    { _tag: 'Node', at: i },
    textElement('title', {}, [name, ...(KINDS[kind] === '' ? [] : [KINDS[kind]]), ...says].join('; ')),
    element('circle', { class: kind === 'honest' ? 'inner' : 'box bad', cx: x, cy: y, r: RADIUS }),
    ...(kind === 'failed'
      ? [element('path', { class: 'fails', d: `M ${String(x - 15)} ${String(y - 15)} l 30 30 m 0 -30 l -30 30` })]
      : []),
    ...(isFresh ? [element('circle', { class: 'fresh', cx: x, cy: y, r: RADIUS + 4 })] : []),
    label(x, y + 4, short, `name strong${kind === 'honest' ? '' : ' wrong'}`),
    label(
      x,
      named,
      `${name}${KINDS[kind] === '' ? '' : `: ${KINDS[kind]}`}`,
      `name small${kind === 'honest' ? '' : ' wrong'}`
    )
  )
}

const packetText = ({ from, to, says, kind, times }: NetworkPacket, nodes: ReadonlyArray<NetworkNode>): string =>
  `${nodes[from]?.name ?? '?'} → ${nodes[to]?.name ?? '?'}: ${says}${times > 1 ? ` (${String(times)} of them)` : ''}${kind === 'lie' ? ' — said by one that lies' : ''}`

/** What nodes hold and what packets say, below the circle. */
const wordsFrom = (
  { nodes, packets }: NetworkPicture,
  top: number,
  width: number,
  isFresh: (key: string) => boolean
): { readonly drawn: ReadonlyArray<string>; readonly end: number } => {
  const drawn: string[] = []
  let y = top
  for (const [i, node] of nodes.entries())
    if (node.says.length > 0) {
      const lines = linesFrom([SIDE, width - SIDE], y, [
        `${isFresh(thingKey('node')(node, i)) ? '+ ' : ''}${node.name}: ${node.says.join(' ')}`
      ])
      drawn.push(placed({ _tag: 'Node', at: i }, ...lines.drawn))
      y = lines.end
    }
  y += packets.length > 0 && y > top ? 6 : 0
  for (const [i, packet] of packets.entries()) {
    const lines = linesFrom(
      [SIDE + 26, width - SIDE],
      y,
      [`${isFreshPacket(packet, isFresh) ? '+ ' : ''}${packetText(packet, nodes)}`],
      packet.kind === 'lie' ? 'wrong' : ''
    )
    drawn.push(placed({ _tag: 'Packet', at: i }, label(SIDE + 18, y, numberOf(i), 'end small quiet'), ...lines.drawn))
    y = lines.end
  }
  return { drawn, end: y }
}

const inWords = ({ title, nodes, packets }: NetworkPicture): string =>
  [
    `${title}.`,
    ...nodes.map(
      ({ name, says, kind }) =>
        `${name}${KINDS[kind] === '' ? '' : ` ${KINDS[kind]}`}${says.length === 0 ? '' : `: ${says.join(' ')}`}.`
    ),
    packets.length === 0
      ? 'Nothing is in flight.'
      : `In flight: ${packets.map((packet) => packetText(packet, nodes)).join('; ')}.`
  ].join(' ')

/**
 * A network as SVG.
 * @param since an earlier picture of the same network: what is new has a second rim, and a plus in the words.
 */
export const drawNetwork = (picture: NetworkPicture, options: DrawingOptions = {}, since?: NetworkPicture): string => {
  const { title, nodes, packets } = picture
  const width = options.width ?? TELEPHONE
  const isFresh = freshSince(since)
  const titled = linesFrom([SIDE, width - SIDE], TOP, title === '' ? [] : [title], 'title')
  const round = nodes.length < 2 ? 0 : Math.max(LEAST_ROUND, Math.min(118, (width - 2 * SIDE) / 2 - 52))
  const isFlat = nodes.length <= 2
  const centre: Point = [width / 2, titled.end + (isFlat ? RADIUS + 34 : round + RADIUS + 22)]
  const points = around(nodes.length, centre, round)
  const bottom = Math.round(Math.max(centre[1], ...points.map(([, y]) => y))) + RADIUS + (isFlat ? 34 : 22)
  const words = wordsFrom(picture, bottom + LINE, width, isFresh)
  return svg(
    {
      title,
      says: inWords(picture),
      width,
      height: words.end,
      body: [
        ...titled.drawn,
        ...groupsOf(packets).flatMap((group) => groupDrawn(group, points, centre, isFresh, options)),
        ...nodes.flatMap((node, i) => {
          const point = points[i]
          return point === undefined ? [] : [nodeDrawn(node, i, point, centre, isFresh(thingKey('node')(node, i)))]
        }),
        ...words.drawn
      ]
    },
    options
  )
}
