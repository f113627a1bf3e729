/**
 * What others may have missed, when nothing goes on: a replica says its part again, and passes on what clients have asked
 * for. Whoever has heard it refuses it.
 */
import type { PbftMessage } from '../../spec/byzantine/pbft/messages.js'
import type { Configuration } from './configuration.js'
import type { ReplicaState } from './state.js'
import type { Output } from './events.js'
import { primaryOf } from '../../spec/byzantine/pbft/replication.js'

/** What a replica has said of its view, and has to be known for it to go on. */
const said = <S>({ pbft }: Configuration<S>, st: ReplicaState<S>): ReadonlyArray<PbftMessage> => {
  const { id, view, viewChanges, checkpoints, stable } = st
  const ownCheckpoints = [...stable.proof, ...checkpoints].filter(({ by }) => by === id)
  if (!st.isActive) return [...ownCheckpoints, ...viewChanges.filter((m) => m.by === id && m.view === view)]
  const isPrimary = primaryOf(pbft, view) === id
  const votes = st.log.flat().flatMap(({ view: at, number, digest, prepares, commits }): ReadonlyArray<PbftMessage> => {
    if (at !== view || digest === null) return []
    const known = isPrimary ? st.requests.find((k) => k.digest === digest) : undefined
    return [
      ...(known === undefined ? [] : [{ _tag: 'PrePrepare', view, number, digest, request: known.request } as const]),
      ...(prepares.some(({ by }) => by === id) ? [{ _tag: 'Prepare', view, number, digest, by: id } as const] : []),
      ...(commits.some(({ by }) => by === id) ? [{ _tag: 'Commit', view, number, digest, by: id } as const] : [])
    ]
  })
  return [...ownCheckpoints, ...votes]
}

/** What a replica sends again to all others. */
export const missedBy = <S>(c: Configuration<S>, st: ReplicaState<S>): ReadonlyArray<Output> => {
  const to = c.pbft.replicas.filter((n) => n !== st.id)
  const asked = st.requests
    .filter(
      ({ request: { client, timestamp } }) =>
        (st.state.replies.find((r) => r.client === client)?.timestamp ?? 0) < timestamp
    )
    .map(({ request }): PbftMessage => ({ _tag: 'Request', request }))
  return [...asked, ...said(c, st)].map((message) => ({ _tag: 'Send', to, message }))
}
