/**
 * A network as a picture, whatever its protocol: its nodes, those that lie and those that have failed among them, and the
 * packets in flight.
 */
import type { Action, Environment, GlobalState } from '../../spec/system/executions.js'
import type { Address } from '../../spec/system/address.js'
import type { Packet } from '../../spec/system/protocol.js'
import { entries } from '../../spec/prelude/unionMap.js'
import type { NetworkPacket, NetworkPicture, Place } from './picture.js'

/** What is known of a network besides its protocol: who is not honest, and who has failed. */
export type Conditions<Env> = Pick<Environment<Env, never, never, never, never>, 'corrupt' | 'down'>

/** The words of a picture. */
export interface PictureWords<State, Message> {
  readonly title: string
  readonly message: (m: Message) => string
  /** What a node holds, in lines. */
  readonly node: (st: State, n: Address) => ReadonlyArray<string>
}

/** The nodes of a network in order: those that have a state, and those that are not honest, which have none. */
const nodesOf = <State, Message, Env>(
  { world }: GlobalState<State, Message, Env>,
  { corrupt = [] }: Conditions<Env>
): ReadonlyArray<Address> =>
  [...new Set([...entries(world.localState).map(([n]) => n), ...corrupt])].sort((n, m) => n - m)

/** Equal packets are one, with their number. */
const sameWay = (a: NetworkPacket, b: NetworkPacket): boolean => a.from === b.from && a.to === b.to && a.says === b.says

/** What there is to see of a network, and where its actions are taken. */
export const networkPictures = <Env, State, Message>(
  { title, message, node }: PictureWords<State, Message>,
  conditions: Conditions<Env>
) => {
  type G = GlobalState<State, Message, Env>
  const { corrupt = [], down = () => [] } = conditions

  const packet = (nodes: ReadonlyArray<Address>, { src, dst, msg }: Packet<Message>): NetworkPacket => ({
    from: nodes.indexOf(src),
    to: nodes.indexOf(dst),
    says: message(msg),
    times: 1,
    kind: corrupt.includes(src) ? 'lie' : 'honest'
  })

  const packetsOf = (g: G): ReadonlyArray<NetworkPacket> => {
    const nodes = nodesOf(g, conditions)
    const all = g.world.inFlightMsgs.map((p) => packet(nodes, p)).filter(({ from, to }) => from >= 0 && to >= 0)
    return all
      .filter((one, i) => all.findIndex((other) => sameWay(one, other)) === i)
      .map((one) => ({ ...one, times: all.filter((other) => sameWay(one, other)).length }))
  }

  const picture = (g: G): NetworkPicture => {
    const states = new Map(entries(g.world.localState))
    const failed = down(g.env)
    return {
      _tag: 'Network',
      title,
      nodes: nodesOf(g, conditions).map((n) => {
        const st = states.get(n)
        return {
          name: `node ${String(n)}`,
          says: st === undefined ? [] : node(st, n),
          kind: corrupt.includes(n) ? 'liar' : failed.includes(n) ? 'failed' : 'honest'
        }
      }),
      packets: packetsOf(g)
    }
  }

  /** A packet is taken where it is drawn, one that is forged at the node that makes it, everything else at the node that acts. */
  const place = <Internal, Timestamp>(a: Action<Message, Internal, Timestamp>, g: G): Place | undefined => {
    const nodes = nodesOf(g, conditions)
    const at = (_tag: Place['_tag'], n: number): Place | undefined => (n < 0 ? undefined : { _tag, at: n })
    switch (a._tag) {
      case 'Deliver':
      case 'Duplicate':
      case 'Lose': {
        const taken = packet(nodes, a.packet)
        return at(
          'Packet',
          packetsOf(g).findIndex((one) => sameWay(one, taken))
        )
      }
      case 'Forge':
        return at('Node', nodes.indexOf(a.packet.src))
      case 'Intern':
      case 'Crash':
      case 'Restart':
        return at('Node', nodes.indexOf(a.node))
      case 'Cut':
      case 'Heal':
        return undefined
    }
  }
  return { picture, place }
}
