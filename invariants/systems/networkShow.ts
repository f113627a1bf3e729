/**
 * How networks are shown, whatever their protocol: nodes with what they hold, packets in flight, and lanes.
 */
import type { Action, GlobalState } from '../../spec/system/executions.js'
import type { Address } from '../../spec/system/address.js'
import type { World } from '../../spec/system/network.js'
import { entries } from '../../spec/prelude/unionMap.js'
import { canonical } from '../checker/data/canonical.js'
import { actionInWords } from '../checker/model/words.js'
import { lanesOfSteps } from '../checker/trace/lanes.js'
import { plural } from '../words.js'
import { labelled, line, linesOf } from './document.js'
import { nodeDocument, taggedText } from './plainText.js'
import type { Document, Piece } from './document.js'
import { networkPictures } from './networkPicture.js'
import type { Conditions } from './networkPicture.js'
import type { StatePicture } from './picture.js'
import type { Show } from './show.js'

/** The words of a protocol. What is left out has a default. */
export interface NetworkWords<State, Message, Internal, Timestamp> {
  /** A message. Default: its tag, and its fields. */
  readonly message?: (m: Message) => string
  /** What a node holds. Default: the fields of its state. */
  readonly node?: (st: State, n: Address) => Document
  /** What a node holds, in a line for a node of a graph. Default: the lines of `node`. */
  readonly brief?: (st: State, n: Address) => string
  /** Two states of a node show alike. Default: they are equal as plain data. */
  readonly equals?: (a: State, b: State) => boolean
  /** An action in one line. Default: who does what, by tags. */
  readonly action?: (
    a: Action<Message, Internal, Timestamp>,
    before: World<State, Message>,
    after: World<State, Message>
  ) => string
  /** What is worth saying of the last world. Default: nothing. */
  readonly closing?: (w: World<State, Message>) => Document
  /** To what a step belongs, in lanes: `view 1`. Default: to nothing. */
  readonly band?: (
    a: Action<Message, Internal, Timestamp>,
    before: World<State, Message>,
    after: World<State, Message>
  ) => string | undefined
  /** Pictures of a world beside that of its nodes and packets. Default: none. */
  readonly pictures?: (w: World<State, Message>) => ReadonlyArray<StatePicture>
}

/** Packets in flight, equal ones once with their number. */
const inFlight = <State, Message>(w: World<State, Message>, message: (m: Message) => string): Piece => {
  const texts = w.inFlightMsgs.map((p) => `${String(p.src)}→${String(p.dst)} ${message(p.msg)}`)
  const counted = [...new Set(texts)].map((one) => {
    const times = texts.filter((other) => other === one).length
    return times > 1 ? `${String(times)} × ${one}` : one
  })
  return line(`in flight: ${counted.length === 0 ? 'nothing' : counted.join(', ')}`)
}

/** Who has told whom what, of those that are not honest, in a line for each: `node 2 has told node 0 W, and node 1 H`. */
const told = <Message, Internal, Timestamp>(
  actions: ReadonlyArray<Action<Message, Internal, Timestamp>>,
  message: (m: Message) => string
): Document => {
  const forged = actions.flatMap((a) => (a._tag === 'Forge' ? [a.packet] : []))
  const distinct = <X>(all: ReadonlyArray<X>): ReadonlyArray<X> => [...new Set(all)]
  return distinct(forged.map(({ src }) => src)).map((liar) => {
    const own = forged.filter(({ src }) => src === liar)
    const tales = distinct(own.map(({ dst }) => dst)).map((n) => {
      const said = distinct(own.filter(({ dst }) => dst === n).map(({ msg }) => message(msg)))
      return `node ${String(n)} ${said.join(', ')}`
    })
    return line(`node ${String(liar)} has told ${tales.join(', and ')}`)
  })
}

/** How the executions of a network are shown. @param conditions who lies, and who has failed; default: nobody. */
export const networkShow = <Env, State, Message, Internal, Timestamp>(
  title: string,
  words: NetworkWords<State, Message, Internal, Timestamp> = {},
  conditions: Conditions<Env> = {}
): Show<GlobalState<State, Message, Env>, Action<Message, Internal, Timestamp>> => {
  type G = GlobalState<State, Message, Env>
  const { message = taggedText, node = nodeDocument, closing, band } = words
  const { equals = (a: State, b: State) => canonical(a) === canonical(b) } = words
  const { brief = (st: State, n: Address) => linesOf(node(st, n)).join(' ') } = words
  const inWords = actionInWords(message)
  const { action = (a: Action<Message, Internal, Timestamp>) => inWords(a) } = words
  const nodes = (all: ReadonlyArray<readonly [Address, State]>): Document =>
    all.map(([n, st]) => labelled(`node ${String(n)}`, node(st, n)))

  const show: Show<G, Action<Message, Internal, Timestamp>> = {
    action: (a, before, after) => action(a, before.world, after.world),
    state: ({ world }) => [...nodes(entries(world.localState)), inFlight(world, message)],
    change: (before, { world }) => {
      const was = new Map(entries(before.world.localState))
      const changed = entries(world.localState).filter(([n, st]) => {
        const old = was.get(n)
        return old === undefined || !equals(old, st)
      })
      return [...nodes(changed), inFlight(world, message)]
    },
    brief: ({ world }) => [
      ...entries(world.localState).map(([n, st]) => `${String(n)} ${brief(st, n)}`),
      ...world.inFlightMsgs.map((p) => `${String(p.src)}→${String(p.dst)} ${message(p.msg)}`)
    ],
    summary: (actions) => told(actions, message),
    beginning: ({ world }) => plural(entries(world.localState).length, 'node'),
    ...(closing && { closing: ({ world }: G) => closing(world) })
  }
  const { picture, place } = networkPictures<Env, State, Message>(
    { title, message, node: (st, n) => (words.brief === undefined ? linesOf(node(st, n)) : [brief(st, n)]) },
    conditions
  )
  return {
    ...show,
    pictures: (g) => [picture(g), ...(words.pictures?.(g.world) ?? [])],
    place,
    lanes: (steps) =>
      lanesOfSteps(steps, {
        title,
        message,
        action: show.action,
        ...(band && { band: (a, before: G, after: G) => band(a, before.world, after.world) })
      })
  }
}
