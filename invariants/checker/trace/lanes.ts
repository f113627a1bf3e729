/**
 * An execution of a network as a diagram of message lanes: each node is a vertical line, time goes down, and a message is an
 * arrow from the step that sent it to the step that received it. Here as data and as text; `impl/draw/` makes pictures.
 */
import { dom } from '../../../spec/prelude/unionMap.js'
import type { Address } from '../../../spec/system/address.js'
import type { Action } from '../../../spec/system/executions.js'
import type { Packet } from '../../../spec/system/protocol.js'
import { canonical } from '../data/canonical.js'
import type { HasWorld } from '../../property/invariant.js'
import { sentBy } from '../network/packets.js'
import type { ReplayedStep } from './trace.js'
import { actionInWords, tagOf } from '../model/words.js'

/** A message, from the step that sent it to its end. */
export interface Arrow {
  readonly src: Address
  readonly dst: Address
  readonly message: string
  /** The step that sent it; 0 where it was in flight from the start. */
  readonly sentIn: number
  /** The step that received it or lost it; none where it is in flight at the end. */
  readonly endsIn: number | undefined
  readonly isLost: boolean
  /** Nobody sent it: a node that is not honest made it, in the step in which it arrives. */
  readonly isForged: boolean
}

/** A step. */
export interface LaneStep {
  /** The node that acts in it; none where the network does. */
  readonly node: Address | undefined
  readonly says: string
  /** The arrow that ends in it. */
  readonly arrow: Arrow | undefined
  /** Something does not hold after it. */
  readonly fails: boolean
}

/** Steps in a row that belong together: a view, a round. */
export interface Band {
  readonly says: string
  /** The first and the last of its steps; steps count from 1. */
  readonly from: number
  readonly to: number
}

/** A diagram. */
export interface Lanes {
  readonly title: string
  readonly nodes: ReadonlyArray<Address>
  /** Those of them that are not honest, as far as the execution shows. */
  readonly liars: ReadonlyArray<Address>
  /** The steps, from step 1 on. */
  readonly steps: ReadonlyArray<LaneStep>
  readonly arrows: ReadonlyArray<Arrow>
  /** Default: nothing is known of any. */
  readonly bands?: ReadonlyArray<Band>
}

/** Steps by what each of them belongs to; those that belong to nothing are in no band. */
export const bandsOf = (belongs: ReadonlyArray<string | undefined>): ReadonlyArray<Band> => {
  const bands: Band[] = []
  for (const [i, says] of belongs.entries()) {
    const last = bands.at(-1)
    if (says === undefined) continue
    if (last?.says === says && last.to === i) bands[bands.length - 1] = { ...last, to: i + 1 }
    else bands.push({ says, from: i + 1, to: i + 1 })
  }
  return bands
}

/** A packet in flight, and since which step. */
interface Flying<Message> {
  readonly packet: Packet<Message>
  readonly sentIn: number
  /** It has arrived, and stays in flight. */
  readonly hasArrived?: true
}

/** An executed network: what it did, and how to put it in words. */
export interface LanesOptions<S, Message, Internal, Timestamp> {
  readonly title: string
  /** The states, the initial one first; one more than there are actions. */
  readonly states: ReadonlyArray<S>
  readonly actions: ReadonlyArray<Action<Message, Internal, Timestamp>>
  /** What a message is called. Default: its tag. */
  readonly message?: (m: Message) => string
  /** An action in a sentence. Default: who does what, by tags. */
  readonly action?: (a: Action<Message, Internal, Timestamp>, before: S, after: S) => string
  /** To what a step belongs, by the states before and after it: `view 1`. Default: to nothing. */
  readonly band?: (a: Action<Message, Internal, Timestamp>, before: S, after: S) => string | undefined
  /** Whether something does not hold of the state after so many steps. Default: never. */
  readonly fails?: (step: number) => boolean
}

/**
 * The diagram of an execution. Of equal packets in flight, the oldest arrives; one that stays in flight may arrive again. Nodes
 * that are not honest have lanes where they say something.
 */
export const lanesOf = <State, S extends HasWorld<State, Message>, Message, Internal, Timestamp>({
  title,
  states,
  actions,
  message = tagOf,
  action = actionInWords(message),
  band,
  fails = () => false
}: LanesOptions<S, Message, Internal, Timestamp>): Lanes => {
  const [initial] = states
  if (initial === undefined) return { title, nodes: [], liars: [], steps: [], arrows: [] }
  const ended: Arrow[] = []
  let flying: ReadonlyArray<Flying<Message>> = initial.world.inFlightMsgs.map((packet) => ({ packet, sentIn: 0 }))

  const arrowOf = (packet: Packet<Message>, sentIn: number, endsIn: number | undefined, isLost = false): Arrow => ({
    src: packet.src,
    dst: packet.dst,
    message: message(packet.msg),
    sentIn,
    endsIn,
    isLost,
    isForged: sentIn === endsIn
  })

  /** The arrow that ends in a step: from the oldest of the packets in flight that are equal to the one that it takes. */
  const arrowIn = (a: Action<Message, Internal, Timestamp>, step: number): Arrow | undefined => {
    if (a._tag === 'Forge') return arrowOf(a.packet, step, step)
    if (a._tag !== 'Deliver' && a._tag !== 'Lose') return undefined
    const one = flying.find((f) => canonical(f.packet) === canonical(a.packet))
    if (one === undefined) return undefined
    const stays = a._tag === 'Deliver' && a.stays === true
    flying = flying.flatMap((f) => (f !== one ? [f] : stays ? [{ ...f, hasArrived: true }] : []))
    return arrowOf(a.packet, one.sentIn, step, a._tag === 'Lose')
  }

  const steps = actions.flatMap((a, i): ReadonlyArray<LaneStep> => {
    const [before, after, step] = [states[i], states[i + 1], i + 1]
    if (before === undefined || after === undefined) return []
    const arrow = arrowIn(a, step)
    if (arrow !== undefined) ended.push(arrow)
    flying = [...flying, ...sentBy(before, a, after).map((packet) => ({ packet, sentIn: step }))]
    return [{ node: actorOf(a), says: action(a, before, after), arrow, fails: fails(step) }]
  })

  const belongs = actions.map((a, i) => {
    const [before, after] = [states[i], states[i + 1]]
    return before === undefined || after === undefined ? undefined : band?.(a, before, after)
  })
  const liars = inOrder(actions.flatMap((a) => (a._tag === 'Forge' ? [a.packet.src] : [])))
  return {
    title,
    nodes: inOrder([...dom(initial.world.localState), ...liars]),
    liars,
    steps,
    arrows: [
      ...ended,
      ...flying.flatMap(({ packet, sentIn, hasArrived }) =>
        hasArrived === true ? [] : [arrowOf(packet, sentIn, undefined)]
      )
    ],
    ...(band && { bands: bandsOf(belongs) })
  }
}

/** Nodes in order, each once. */
const inOrder = (nodes: ReadonlyArray<Address>): ReadonlyArray<Address> => [...new Set(nodes)].sort((n, m) => n - m)

/** The diagram of a replayed execution. */
export const lanesOfSteps = <State, S extends HasWorld<State, Message>, Message, Internal, Timestamp>(
  steps: ReadonlyArray<ReplayedStep<S, Action<Message, Internal, Timestamp>>>,
  words: Pick<LanesOptions<S, Message, Internal, Timestamp>, 'title' | 'message' | 'action' | 'band'>
): Lanes =>
  lanesOf<State, S, Message, Internal, Timestamp>({
    ...words,
    states: steps.map(({ state }) => state),
    actions: steps.flatMap(({ action }) => (action === undefined ? [] : [action])),
    fails: (step) => (steps[step]?.failures.length ?? 0) > 0
  })

/** A diagram as it is after so many of its steps: what arrives later is in flight, what is sent later is not there. */
export const lanesUpTo = (lanes: Lanes, step: number): Lanes => ({
  ...lanes,
  steps: lanes.steps.slice(0, step),
  arrows: lanes.arrows.flatMap((arrow) =>
    arrow.sentIn > step
      ? []
      : [arrow.endsIn === undefined || arrow.endsIn <= step ? arrow : { ...arrow, endsIn: undefined, isLost: false }]
  ),
  ...(lanes.bands && {
    bands: lanes.bands.flatMap((band) => (band.from > step ? [] : [{ ...band, to: Math.min(band.to, step) }]))
  })
})

/** The node that acts in a step. */
const actorOf = <Message, Internal, Timestamp>(a: Action<Message, Internal, Timestamp>): Address | undefined => {
  switch (a._tag) {
    case 'Deliver':
    case 'Forge':
      return a.packet.dst
    case 'Intern':
    case 'Crash':
    case 'Restart':
      return a.node
    default:
      return undefined
  }
}

/** Columns between two lanes of the text. */
export const LANE = 8

/** A line of a text with lanes: its number or none, what its lanes show, and what it says. */
export interface LaneLine {
  readonly number: string
  readonly lanes: string
  readonly says: string
}

/** Lines under the names of their lanes. */
export const underNames = (names: ReadonlyArray<string>, lines: ReadonlyArray<LaneLine>): ReadonlyArray<string> => {
  const gutter = Math.max(...lines.map(({ number }) => number.length), 1) + 2
  const head = { number: '', lanes: names.map((name) => name.padEnd(LANE)).join(''), says: '' }
  return [head, ...lines].map(({ number, lanes, says }) => `${number.padStart(gutter)}  ${lanes}  ${says}`.trimEnd())
}

/**
 * A diagram as text, a line for each step. An arrow is drawn in the line in which it ends, and the line says which step sent
 * it; what is in flight at the end is listed below. The lane of a node that is not honest has gaps, and says so.
 */
export const lanesText = ({ nodes, liars, steps, arrows }: Lanes): string => {
  const columnOf = (node: Address): number => nodes.indexOf(node) * LANE
  const width = (nodes.length - 1) * LANE + 2
  const gaps = liars.map(columnOf)

  const lanesIn = ({ node, arrow }: LaneStep): string => {
    const cells = Array.from({ length: width }, (_, i): string => (i % LANE !== 0 ? ' ' : gaps.includes(i) ? '┊' : '│'))
    if (arrow !== undefined && nodes.includes(arrow.src) && nodes.includes(arrow.dst)) {
      const [from, to] = [columnOf(arrow.src), columnOf(arrow.dst)]
      const right = from < to
      for (let i = Math.min(from, to) + 1; i < Math.max(from, to); i++) cells[i] = i % LANE === 0 ? '┼' : '─'
      if (from !== to) {
        cells[from] = right ? '├' : '┤'
        cells[right ? to - 1 : to + 1] = arrow.isLost ? '✗' : right ? '▶' : '◀'
      } else cells[from + 1] = arrow.isLost ? '✗' : '↩'
    }
    if (node !== undefined) cells[columnOf(node)] = '●'
    return cells.join('')
  }

  const inFlight = arrows.filter(({ endsIn }) => endsIn === undefined)
  return [
    ...underNames(
      nodes.map((node) => (liars.includes(node) ? `${String(node)} lies` : String(node))),
      steps.map((step, i) => ({
        number: String(i + 1),
        lanes: lanesIn(step),
        says: `${step.fails ? '✗ ' : ''}${step.says}${step.arrow === undefined ? '' : ` (${sentIn(step.arrow)})`}`
      }))
    ),
    ...(inFlight.length === 0
      ? []
      : [
          '',
          'in flight at the end:',
          ...inFlight.map((a) => `  ${String(a.src)}→${String(a.dst)} ${a.message}, ${sentIn(a)}`)
        ])
  ].join('\n')
}

const sentIn = (arrow: Arrow): string =>
  arrow.isForged ? 'forged' : arrow.sentIn === 0 ? 'in flight from the start' : `sent in step ${String(arrow.sentIn)}`
