/**
 * What PBFT is for: honest replicas are one service, whichever answers. That service is a log of operations, each of which a
 * client asks for once, so that its state says what was executed and in which order.
 */
import type { Client } from '../../../spec/byzantine/pbft/client.js'
import type { Pbft, Service } from '../../../spec/byzantine/pbft/replica.js'
import type { Replica } from '../../../spec/byzantine/pbft/state.js'
import { ofAll, ofReplica, pairs } from './nodes.js'
import type { PbftInvariant } from './nodes.js'

/** A log of operations; the result of one is the log up to it. */
export const logService: Service = {
  initial: '',
  execute: (snapshot, operation) => {
    const after = snapshot === '' ? operation : `${snapshot} ${operation}`
    return { snapshot: after, result: after }
  }
}

/** The operations of a log, in order. */
export const operationsIn = (snapshot: string): ReadonlyArray<string> => (snapshot === '' ? [] : snapshot.split(' '))

const isPrefix = (one: ReadonlyArray<string>, other: ReadonlyArray<string>): boolean =>
  one.every((operation, i) => other[i] === operation)

/** One log begins with the other. */
const areComparable = (one: string, other: string): boolean => {
  const [a, b] = [operationsIn(one), operationsIn(other)]
  return isPrefix(a, b) || isPrefix(b, a)
}

const asked = (clients: ReadonlyArray<Client>): ReadonlyArray<string> =>
  clients.flatMap(({ pending, done }) => [
    ...done.map(({ request }) => request.operation),
    ...(pending === null ? [] : [pending.operation])
  ])

const words = (st: Replica): string => `replica ${String(st.id)} has executed [${st.state.snapshot}]`

/** All that is asked of the service. */
export const serviceInvariants = ({ faulty }: Pbft): ReadonlyArray<PbftInvariant> => [
  ...ofAll('state agreement', 'replicas that have executed as many requests are in one state', (replicas) =>
    pairs(
      replicas,
      (a, b) => a.executed === b.executed && a.state.snapshot !== b.state.snapshot,
      (a, b) => `${words(a)}, and ${words(b)}`
    )
  ),
  ...ofAll('prefix', 'of what two replicas have executed one is the beginning of the other', (replicas) =>
    pairs(
      replicas,
      (a, b) => !areComparable(a.state.snapshot, b.state.snapshot),
      (a, b) => `${words(a)}, and ${words(b)}`
    )
  ),
  ...ofAll('reply agreement', 'replicas answer a request alike', (replicas) =>
    pairs(
      replicas.flatMap(({ id, state }) => state.replies.map((reply) => ({ id, ...reply }))),
      (a, b) => a.client === b.client && a.timestamp === b.timestamp && a.result !== b.result,
      (a, b) => `replicas ${String(a.id)} and ${String(b.id)} answer [${a.result}] and [${b.result}]`
    )
  ),
  ...ofReplica('exactly once', 'no request is executed twice', ({ state }) => {
    const operations = operationsIn(state.snapshot)
    return new Set(operations).size < operations.length ? [`has executed [${state.snapshot}]`] : []
  }),
  ...ofAll('validity', 'what is executed a client has asked for', (replicas, clients) =>
    replicas.flatMap(({ id, state }) =>
      operationsIn(state.snapshot)
        .filter((operation) => !asked(clients).includes(operation))
        .map((operation) => ({ node: id, witness: `has executed ${operation}, for which nobody has asked` }))
    )
  ),
  ...ofAll('clients are told the truth', 'what a client believes an honest replica has computed', (replicas, clients) =>
    clients.flatMap(({ id, done }) =>
      done
        .filter(({ result }) => !replicas.some((st) => isPrefix(operationsIn(result), operationsIn(st.state.snapshot))))
        .map(({ request, result }) => ({ node: id, witness: `believes that ${request.operation} gave [${result}]` }))
    )
  ),
  ...ofAll('checkpoint agreement', 'stable checkpoints of one number have one digest', (replicas) =>
    pairs(
      replicas.filter(({ stable }) => stable.number > 0),
      (a, b) => a.stable.number === b.stable.number && a.stable.proof[0]?.digest !== b.stable.proof[0]?.digest,
      (a, b) => `replicas ${String(a.id)} and ${String(b.id)} have different ones at ${String(a.stable.number)}`
    )
  ),
  ...ofAll('checkpoints are backed', 'what is stable f + 1 honest replicas have executed', (replicas) =>
    replicas
      .filter(({ stable }) => stable.number > 0)
      .filter(({ stable }) => replicas.filter((st) => st.executed >= stable.number).length <= faulty)
      .map(({ id, stable }) => ({ node: id, witness: `has a stable checkpoint at ${String(stable.number)}` }))
  )
]
