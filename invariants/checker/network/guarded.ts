/**
 * The functions of a network, watched (`model/guard.ts`), and the one thing besides that they must do: a node's state is
 * coherent, which every step of the specification asks for.
 */
import type { Address } from '../../../spec/system/address.js'
import type { Environment } from '../../../spec/system/executions.js'
import type { Protocol } from '../../../spec/system/protocol.js'
import { ModelFault } from '../model/guard.js'
import type { Guard } from '../model/guard.js'

/** The same protocol, watched. */
export const guardedProtocol = <State, Message, Internal, Timestamp>(
  guard: Guard,
  Pr: Protocol<State, Message, Internal, Timestamp>
): Protocol<State, Message, Internal, Timestamp> => ({
  ...Pr,
  procMsg: guard.of('procMsg', Pr.procMsg),
  procInt: guard.of('procInt', Pr.procInt),
  ...(Pr.restart && { restart: guard.of('restart', Pr.restart) }),
  id: guard.of('id', Pr.id),
  coherent: Pr.coherent.map((condition) => ({
    ...condition,
    holds: guard.of(`the condition «${condition.name}» of coherence`, condition.holds)
  }))
})

/** The same environment, watched. */
export const guardedEnvironment = <Env, State, Message, Internal, Timestamp>(
  guard: Guard,
  environment: Environment<Env, State, Message, Internal, Timestamp>
): Environment<Env, State, Message, Internal, Timestamp> => ({
  ...environment,
  delivery: guard.of('delivery of the environment', environment.delivery),
  internal: guard.of('internal of the environment', environment.internal),
  packetFaults: guard.of('packetFaults of the environment', environment.packetFaults),
  networkFaults: guard.of('networkFaults of the environment', environment.networkFaults),
  ...(environment.nodeFaults && { nodeFaults: guard.of('nodeFaults of the environment', environment.nodeFaults) }),
  ...(environment.sent && { sent: guard.of('sent of the environment', environment.sent) }),
  ...(environment.forged && { forged: guard.of('forged of the environment', environment.forged) })
})

/** Whose fault it is that a node has a state from which the specification takes no step; undefined: it may have it. */
export const incoherence = <State>(
  { id, coherent }: Pick<Protocol<State, never, never, never>, 'id' | 'coherent'>,
  n: Address,
  st: State,
  maker: string
): ModelFault | undefined => {
  const said = id(st)
  if (said !== n)
    return new ModelFault(
      maker,
      `gave node ${String(n)} a state of which id says that it is that of node ${String(said)}: expected ${String(n)}`
    )
  const broken = coherent.find(({ holds }) => !holds(st))
  return (
    broken &&
    new ModelFault(maker, `gave node ${String(n)} a state that is not coherent, ${broken.name}: ${broken.says}`)
  )
}
