/**
 * PBFT by packets in words.
 */
import type { Client } from '../../../spec/byzantine/pbft/client.js'
import type { Certificate, PbftMessage } from '../../../spec/byzantine/pbft/messages.js'
import type { PbftInternal, PbftNode } from '../../../spec/byzantine/pbft/pbft.js'
import type { Entry, Replica } from '../../../spec/byzantine/pbft/state.js'
import { entries } from '../../../spec/prelude/unionMap.js'
import type { Action } from '../../../spec/system/executions.js'
import type { World } from '../../../spec/system/network.js'
import { actionInWords } from '../../checker/model/words.js'
import type { Untimed } from '../../checker/network/protocolModel.js'
import { line } from '../../systems/document.js'
import type { Document } from '../../systems/document.js'
import type { NetworkWords } from '../../systems/networkShow.js'

/** `[4 1 a1] as 2 in view 0`. */
const place = ({ view, number, digest }: Pick<Certificate, 'view' | 'number' | 'digest'>): string =>
  `[${digest}] as ${String(number)} in view ${String(view)}`

const certificates = (all: ReadonlyArray<Certificate>): string =>
  all.length === 0 ? 'nothing prepared' : `prepared ${all.map(place).join(', ')}`

/** A message in a few words. */
const inWords = (m: PbftMessage): string => {
  switch (m._tag) {
    case 'Request':
      return `request ${m.request.operation}`
    case 'PrePrepare':
      return `pre-prepare ${place(m)}`
    case 'Prepare':
      return `prepare ${place(m)}`
    case 'Commit':
      return `commit ${place(m)}`
    case 'Reply':
      return `reply [${m.result}]`
    case 'Checkpoint':
      return `checkpoint ${String(m.number)}`
    case 'ViewChange':
      return `view change for ${String(m.view)}, checkpoint ${String(m.stable)}, ${certificates(m.prepared)}`
    case 'NewView': {
      const proposals = m.proposals.map(({ number, digest }) => `[${digest}] as ${String(number)}`)
      const senders = m.viewChanges.map(({ by }) => String(by)).join(', ')
      return `new view ${String(m.view)} by view changes of ${senders}: ${proposals.length === 0 ? 'nothing' : proposals.join(', ')}`
    }
    case 'FetchState':
      return `asks for the state at ${String(m.number)}`
    case 'StateTransfer':
      return `the state at ${String(m.number)}`
  }
}

const entryInWords = (e: Entry): string =>
  `[${e.digest ?? 'nothing'}] as ${String(e.number)} in view ${String(e.view)}${
    e.isCommitted ? ' committed' : e.isPrepared ? ' prepared' : ''
  } (prepares ${e.prepares.map(({ by }) => String(by)).join('')}, commits ${e.commits.map(({ by }) => String(by)).join('')})`

/** @param stateWords what a state of the service is, in a clause: `executed [a1]`. */
const replicaDocument = (
  { view, isActive, stable, log, state }: Replica,
  stateWords: (snapshot: string) => string
): Document => [
  line(
    [
      `${isActive ? 'in view' : 'waits for view'} ${String(view)}`,
      ...(stable.number === 0 ? [] : [`checkpoint ${String(stable.number)}`]),
      stateWords(state.snapshot),
      ...log.map(entryInWords)
    ].join('; ')
  )
]

const clientDocument = ({ pending, replies, done }: Client): Document => [
  line(
    [
      pending === null ? 'waits for nothing' : `waits for ${pending.operation}`,
      ...replies.map(({ by, result }) => `${String(by)} says [${result}]`),
      ...done.map(({ request, result }) => `${request.operation} gave [${result}]`)
    ].join('; ')
  )
]

/** The highest view that a replica is in or waits for, and whether it has begun for any. */
const viewInWords = (after: World<PbftNode, PbftMessage>): string | undefined => {
  const replicas = entries(after.localState).flatMap(([, st]) => (st._tag === 'Replica' ? [st] : []))
  const view = Math.max(...replicas.map((replica) => replica.view))
  if (replicas.length === 0) return undefined
  return replicas.some((replica) => replica.view === view && replica.isActive)
    ? `view ${String(view)}`
    : `change to view ${String(view)}`
}

/** The phase of a step: that of the message that arrives, or that a node begins by itself. */
const PHASES: Readonly<Record<PbftMessage['_tag'], string>> = {
  Request: 'request',
  PrePrepare: 'pre-prepare',
  Prepare: 'prepare',
  Commit: 'commit',
  Reply: 'reply',
  Checkpoint: 'checkpoint',
  ViewChange: 'view change',
  NewView: 'new view',
  FetchState: 'state transfer',
  StateTransfer: 'state transfer'
}

const phaseOf = (a: Action<PbftMessage, PbftInternal, Untimed>): string | undefined =>
  a._tag === 'Deliver' || a._tag === 'Forge'
    ? PHASES[a.packet.msg._tag]
    : a._tag === 'Intern'
      ? a.transition._tag === 'Ask'
        ? 'request'
        : 'view change'
      : undefined

/** How states and steps are shown. @param stateWords what a state of the service is, in a clause. Default: what was executed. */
export const packetWords = (
  stateWords = (snapshot: string): string => `executed [${snapshot}]`
): NetworkWords<PbftNode, PbftMessage, PbftInternal, Untimed> => ({
  message: inWords,
  band: (a, _before, after) => {
    const [view, phase] = [viewInWords(after), phaseOf(a)]
    return view === undefined || phase === undefined ? view : `${view}: ${phase}`
  },
  action: (a) =>
    a._tag !== 'Intern'
      ? actionInWords(inWords)(a)
      : a.transition._tag === 'Ask'
        ? `node ${String(a.node)} asks for ${a.transition.operation}`
        : `node ${String(a.node)} has waited too long: it waits for view ${String(a.transition.view)}`,
  node: (st) => (st._tag === 'Replica' ? replicaDocument(st, stateWords) : clientDocument(st))
})
