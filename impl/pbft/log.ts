/**
 * The log of a replica, by number.
 */
import type { SequenceNumber } from '../../spec/byzantine/pbft/messages.js'
import type { Entry } from '../../spec/byzantine/pbft/state.js'
import type { View } from '../../spec/byzantine/pbft/replication.js'
import type { Configuration } from './configuration.js'
import { NOTHING } from './state.js'
import type { Draft, ReplicaState } from './state.js'

/** What a replica has of a number, by view. */
export const entriesAt = <S>(
  { pbft }: Configuration<S>,
  { log }: ReplicaState<S>,
  number: SequenceNumber
): ReadonlyArray<Entry> => log[number % pbft.window] ?? NOTHING

/** What a replica has of a number in a view. */
export const entryAt = <S>(
  c: Configuration<S>,
  st: ReplicaState<S>,
  view: View,
  number: SequenceNumber
): Entry | undefined => entriesAt(c, st, number).find((e) => e.view === view)

/** Notes an entry of the view of the replica, which is its last view. */
export const putEntry = <S>(c: Configuration<S>, st: Draft<S>, entry: Entry): void => {
  const others = entriesAt(c, st, entry.number).filter((e) => e.view !== entry.view)
  st.log = st.log.with(entry.number % c.pbft.window, [...others, entry])
}
