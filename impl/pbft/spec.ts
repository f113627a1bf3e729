/**
 * Between the library and the specification: the replica of the specification that a state stands for, and back; and what
 * the library forgets of it, so that memory is bounded.
 */
import { digestOf, isAnswered } from '../../spec/byzantine/pbft/replica.js'
import type { Entry, Replica } from '../../spec/byzantine/pbft/state.js'
import type { Configuration } from './configuration.js'
import { held } from './service.js'
import { NOTHING } from './state.js'
import type { Known, ReplicaState } from './state.js'

/** The abstraction function. */
export const toSpec = <S>(st: ReplicaState<S>): Replica => {
  const { requests, log, timer: _timer, timers: _timers, patience: _patience, ...rest } = st
  return {
    _tag: 'Replica',
    ...rest,
    requests: requests.map(({ request }) => request),
    log: log.flat().toSorted((a, b) => a.number - b.number || a.view - b.view),
    newViews: []
  }
}

/** The state that stands for a replica of the specification; what that does not have is as in another state. */
export const fromSpec = <S>(c: Configuration<S>, st: Replica, before: ReplicaState<S>): ReplicaState<S> => {
  const { _tag, newViews: _newViews, ...rest } = st
  const { service, pbft } = c
  const known = new Map(before.requests.map((k) => [k.request, k]))
  const log = new Map<number, Entry[]>()
  for (const entry of st.log) {
    const at = entry.number % pbft.window
    log.set(at, [...(log.get(at) ?? []), entry])
  }
  return {
    ...rest,
    stable: { ...st.stable, state: st.stable.state && held(service, st.stable.state) },
    requests: st.requests.map((request) => known.get(request) ?? { request, digest: digestOf(pbft, request) }),
    log: Array.from({ length: pbft.window }, (_, at) => log.get(at) ?? NOTHING),
    state: held(service, st.state),
    snapshots: st.snapshots.map(({ number, state }) => ({ number, state: held(service, state) })),
    timer: before.timer,
    timers: before.timers,
    patience: before.patience
  }
}

/**
 * Of a number at most three entries matter: that of the view, the last prepared one, which is reported, and the first
 * committed one, which is executed.
 */
const isAlive = ({ view, log }: Replica, entry: Entry): boolean => {
  const same = log.filter((e) => e.number === entry.number)
  return (
    entry.view === view || entry === same.findLast((e) => e.isPrepared) || entry === same.find((e) => e.isCommitted)
  )
}

/**
 * Of the requests that are in no log and have no answer only the first few of each client are kept; only one that asks for
 * several things at a time has more.
 */
export const requestsToKeep = (
  waiting: number,
  requests: ReadonlyArray<Known>,
  isOpen: (known: Known) => boolean
): ReadonlyArray<Known> => {
  const counts = new Map<number, number>()
  return requests.filter((known) => {
    if (!isOpen(known)) return true
    const { client } = known.request
    const count = (counts.get(client) ?? 0) + 1
    counts.set(client, count)
    return count <= waiting
  })
}

/**
 * What the library remembers of a replica after a step. What it forgets matters to no later step, but for requests beyond
 * `waiting`: those of a client that asks for several things at a time, or of a replica that is behind.
 */
export const forget = <S>({ pbft, waiting }: Configuration<S>, before: Replica, after: Replica): Replica => {
  const hasMoved = after.view !== before.view || after.isActive !== before.isActive
  const log = hasMoved ? after.log.filter((e) => isAlive(after, e)) : after.log
  const logged = new Set(log.map(({ digest }) => digest))
  const known = after.requests.map((request) => ({ request, digest: digestOf(pbft, request) }))
  const isOpen = ({ request, digest }: Known): boolean => !isAnswered(after, request) && !logged.has(digest)
  return {
    ...after,
    log,
    requests:
      hasMoved || after.stable.number !== before.stable.number
        ? requestsToKeep(waiting, known, isOpen).map(({ request }) => request)
        : after.requests,
    viewChanges: after.viewChanges.filter(({ view }) => view > after.view || (view === after.view && !after.isActive)),
    newViews: []
  }
}
