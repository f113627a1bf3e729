/**
 * What the rules of the specification leave out in silence, refused aloud: an adversary that claims what it cannot do, nodes
 * that fail and of which it is not said how they go on, handlers that write another's name.
 */
import { isLeft } from 'fp-ts/lib/Either.js'
import type { Environment } from '../../../spec/system/executions.js'
import type { Protocol, ToSend } from '../../../spec/system/protocol.js'
import { canonical } from '../data/canonical.js'
import { RefusedSearch } from '../model/refusal.js'

/**
 * The same environment, for a protocol.
 * @throws RefusedSearch where nodes may fail and the protocol does not say how they go on; and from `forged`, where a packet
 * is claimed that cannot be made.
 */
export const strict = <Env, State, Message, Internal, Timestamp>(
  name: string,
  environment: Environment<Env, State, Message, Internal, Timestamp>,
  { restart }: Pick<Protocol<State, Message, Internal, Timestamp>, 'restart'>
): Environment<Env, State, Message, Internal, Timestamp> => {
  const { forged, nodeFaults } = environment
  if (nodeFaults !== undefined && restart === undefined)
    throw new RefusedSearch(
      `${name}: nodes may fail in its environment, but its protocol does not say in which state one goes on: give it \`restart\``
    )
  if (forged === undefined) return environment
  return {
    ...environment,
    forged: (env) => {
      const claimed = forged(env)
      for (const claim of claimed)
        if (isLeft(claim)) {
          const { packet, why } = claim.left
          throw new RefusedSearch(
            `${name}: the packet ${canonical(packet.msg)} from node ${String(packet.src)} to node ${String(packet.dst)} ` +
              `cannot be made: ${why}`
          )
        }
      return claimed
    }
  }
}

/**
 * The same protocol, whose handlers write their own node's address on what they send.
 * @throws RefusedSearch from a handler that writes another.
 */
export const honest = <State, Message, Internal, Timestamp>(
  name: string,
  Pr: Protocol<State, Message, Internal, Timestamp>
): Protocol<State, Message, Internal, Timestamp> => {
  const checked = (st: State, [after, sent]: readonly [State, ToSend<Message>]): readonly [State, ToSend<Message>] => {
    const forged = sent.find(({ src }) => src !== Pr.id(st))
    if (forged !== undefined)
      throw new RefusedSearch(
        `${name}: node ${String(Pr.id(st))} sends ${canonical(forged.msg)} to node ${String(forged.dst)} in the name of node ` +
          `${String(forged.src)}: write whom it goes to only, and let the network stamp whom it is from (\`addressed\`)`
      )
    return [after, sent]
  }
  return {
    ...Pr,
    procMsg: (st, from, msg, ts) => checked(st, Pr.procMsg(st, from, msg, ts)),
    procInt: (st, tr, ts) => checked(st, Pr.procInt(st, tr, ts))
  }
}
