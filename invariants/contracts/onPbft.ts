/**
 * Contracts on the log of PBFT: replicas that have executed the same requests agree on every contract.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { PbftMessage, Request } from '../../spec/byzantine/pbft/messages.js'
import { NULL_DIGEST } from '../../spec/byzantine/pbft/messages.js'
import { pbftProtocol } from '../../spec/byzantine/pbft/pbft.js'
import type { PbftNode } from '../../spec/byzantine/pbft/pbft.js'
import { digestOf } from '../../spec/byzantine/pbft/replica.js'
import type { Pbft } from '../../spec/byzantine/pbft/replica.js'
import type { Replica } from '../../spec/byzantine/pbft/state.js'
import { worldOfText } from '../../spec/contracts/codec.js'
import { iota } from '../../spec/prelude/seq.js'
import { asPbftService, contractService, executedLog } from '../../spec/contracts/service.js'
import type { ExecutingLog } from '../../spec/contracts/service.js'
import type { Address } from '../../spec/system/address.js'
import { addressed } from '../checker/network/protocolModel.js'
import type { PbftConfiguration } from '../byzantine/pbft/configuration.js'
import { pbftNetwork, pbftOf } from '../byzantine/pbft/network.js'
import type { PbftNetwork } from '../byzantine/pbft/network.js'
import { ofAll, pairs } from '../byzantine/pbft/nodes.js'
import type { PbftInvariant } from '../byzantine/pbft/nodes.js'
import { ledgerLine } from './show.js'
import { nodeStep } from '../property/property.js'

/** A state of the service in words; one that no service writes as it is. */
const snapshotWords = (snapshot: string): string => E.match(() => snapshot, ledgerLine)(worldOfText(snapshot))

const words = (st: Replica): string => `replica ${String(st.id)} has ${snapshotWords(st.state.snapshot)}`

/** What replicas together know to be committed at each number from 1 on, as far as they know it of all of them. */
const agreedLog = (pbft: Pbft, replicas: ReadonlyArray<Replica>): ReadonlyArray<Request | null> => {
  const digests = new Map(
    replicas.flatMap(({ log }) =>
      log.flatMap(({ number, digest, isCommitted }) => (isCommitted && digest !== null ? [[number, digest]] : []))
    )
  )
  const requests = new Map(replicas.flatMap((st) => st.requests.map((r) => [digestOf(pbft, r), r])))
  const known = (number: number): Request | null | undefined => {
    const digest = digests.get(number)
    return digest === NULL_DIGEST ? null : digest === undefined ? undefined : requests.get(digest)
  }
  const gap = iota(digests.size + 1).find((i) => known(i + 1) === undefined) ?? 0
  return iota(gap).flatMap((i) => known(i + 1) ?? [null])
}

/** A log as it is executed: a client is answered once, though its request has two numbers. */
const operationsOf = (log: ReadonlyArray<Request | null>): ReadonlyArray<string> =>
  log.flatMap((r, i) =>
    r === null || log.slice(0, i).some((s) => s?.client === r.client && s.timestamp >= r.timestamp) ? [] : [r.operation]
  )

/** Replicas that have executed the same prefix of the log agree on the contracts, whose state is a function of it. */
export const agreementOnLog = (pbft: Pbft, executing: ExecutingLog): ReadonlyArray<PbftInvariant> => {
  const service = contractService(executing)
  return [
    ...ofAll('same log, same contracts', 'replicas that have executed as much have one state of all contracts', (all) =>
      pairs(
        all,
        (a, b) => a.executed === b.executed && a.state.snapshot !== b.state.snapshot,
        (a, b) => `${words(a)}, and ${words(b)}`
      )
    ),
    ...ofAll(
      'contracts follow from the log',
      'what contracts have is what executing the log comes to, as far as replicas still have all of it',
      (replicas) => {
        const log = agreedLog(pbft, replicas)
        return replicas
          .filter(({ executed }) => executed <= log.length)
          .flatMap((st) => {
            const expected = service.write(executedLog(service, operationsOf(log.slice(0, st.executed))))
            return st.state.snapshot === expected
              ? []
              : [{ node: st.id, witness: `${words(st)}, and the log comes to ${snapshotWords(expected)}` }]
          })
      }
    )
  ]
}

/** What a replica has told a client of a request it tells ever after. */
const repliesAreFinal = nodeStep<PbftNode, PbftMessage>(
  'receipts are final',
  'what a replica has told a client of a request, it tells ever after',
  (node, before, after) =>
    before._tag === 'Replica' && after._tag === 'Replica'
      ? before.state.replies
          .filter(
            (was) =>
              !after.state.replies.some(
                (is) =>
                  is.client === was.client &&
                  (is.timestamp > was.timestamp || (is.timestamp === was.timestamp && is.result === was.result))
              )
          )
          .map((was) => ({ node, witness: `had told client ${String(was.client)}: ${was.result}` }))
      : []
)

/** A network of replicas that execute contracts. @param by what they execute, if not all do the same: then it is no service. */
export const contractsOnPbft = (
  c: PbftConfiguration,
  executing: ExecutingLog,
  by: (id: Address) => ExecutingLog = () => executing
): PbftNetwork => {
  const service = (of: ExecutingLog) => asPbftService(contractService(of))
  const network = pbftNetwork({ service: service(executing) })({ ...c, invariants: 'agreement' })
  const pbft = pbftOf(c, { service: service(executing) })
  const protocols = [...pbft.replicas, ...pbft.clients].map((id) => pbftProtocol({ ...pbft, service: service(by(id)) }))
  const common = pbftProtocol(pbft)
  const of = (id: Address): typeof common => protocols[id] ?? common
  return {
    ...network,
    protocol: addressed({
      Init: (id) => of(id).Init(id),
      procMsg: (st, from, m) => of(st.id).procMsg(st, from, m, 0),
      procInt: (st, t) => of(st.id).procInt(st, t, 0)
    }),
    invariants: [...network.invariants, ...agreementOnLog(pbft, executing)],
    properties: [repliesAreFinal]
  }
}
