/**
 * What a replica waits for. The specification lets it give its view up at any time; a program has to choose when. (Castro,
 * Liskov 1999, section 4.4.)
 */
import type { Address } from '../../spec/system/address.js'
import type { Configuration } from './configuration.js'
import type { Awaited, Known, ReplicaState } from './state.js'

/** The patience of a replica doubles with each view that it gives up in vain, at most so often. */
export const MOST_PATIENCE = 16

const isWaiting = <S>({ state }: ReplicaState<S>, client: Address, timestamp: number): boolean =>
  (state.replies.find((r) => r.client === client)?.timestamp ?? 0) < timestamp

/** The request to wait for: the one it waits for, until it is executed; then the next in turn, so that no client is left out. */
const nextRequest = <S>(st: ReplicaState<S>): Known | undefined => {
  const awaits = st.timer?.awaits
  const last = awaits?._tag === 'Execution' ? awaits : undefined
  const open = st.requests.filter(({ request }) => isWaiting(st, request.client, request.timestamp))
  const isLast = ({ request }: Known): boolean =>
    request.client === last?.client && request.timestamp === last.timestamp
  return open.find(isLast) ?? open.find(({ request }) => request.client > (last?.client ?? -1)) ?? open[0]
}

/** What a replica has to wait for now. */
export const awaited = <S>({ pbft }: Configuration<S>, st: ReplicaState<S>): Awaited | undefined => {
  const { view } = st
  if (!st.isActive)
    return {
      _tag: st.viewChanges.filter((m) => m.view === view).length >= pbft.quorum ? 'NewView' : 'ViewChanges',
      view
    }
  const next = nextRequest(st)?.request
  return next === undefined ? undefined : { _tag: 'Execution', view, client: next.client, timestamp: next.timestamp }
}

/** A replica waits for the same. */
export const areSame = (a: Awaited | undefined, b: Awaited | undefined): boolean =>
  a === b ||
  (a?._tag === b?._tag &&
    a?.view === b?.view &&
    (a?._tag !== 'Execution' || (b?._tag === 'Execution' && a.client === b.client && a.timestamp === b.timestamp)))
