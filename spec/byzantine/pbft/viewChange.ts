/**
 * PBFT when the primary is suspected: a replica gives its view up, and says what it is prepared for. (Castro, Liskov 1999,
 * section 4.4.)
 */
import type { Address } from '../../system/address.js'
import { countedPrepares } from './execution.js'
import type { Certificate, ViewChange } from './messages.js'
import { ignored, toOthers, withOne } from './replica.js'
import type { Pbft, Reaction } from './replica.js'
import type { Entry, Replica } from './state.js'
import { primaryOf } from './replication.js'
import type { View } from './replication.js'
import { showsStable } from './stability.js'

/** The certificate of an entry: as many prepares as it takes, of those that are there. */
const certificateOf = (pbft: Pbft, entry: Entry): ReadonlyArray<Certificate> => {
  const { view, number, digest } = entry
  if (digest === null) return []
  const senders = countedPrepares(pbft, entry).flatMap((b) => (b.digest === digest ? [b.by] : []))
  return [{ view, number, digest, prepares: senders.slice(0, pbft.rules.prepares) }]
}

/** What a replica reports that gives up a view: for each number above its stable checkpoint the last certificate. */
const reportOf = (pbft: Pbft, { log }: Replica, givenUp: View): ReadonlyArray<Certificate> => {
  const prepared = log.filter((e) => e.isPrepared)
  return [...new Set(prepared.map((e) => e.number))].flatMap((number) => {
    const entry = pbft.rules.reported(
      prepared.filter((e) => e.number === number),
      givenUp
    )
    return entry === undefined ? [] : certificateOf(pbft, entry)
  })
}

/** A replica waits for a later view, and says so to all. */
export const giveUp = (pbft: Pbft, st: Replica, view: View): Reaction => {
  if (view <= st.view) return ignored(st)
  const { number: stable, proof } = st.stable
  const viewChange: ViewChange = {
    _tag: 'ViewChange',
    view,
    stable,
    proof,
    prepared: reportOf(pbft, st, st.view),
    by: st.id
  }
  return [withViewChange({ ...st, view, isActive: false }, viewChange), toOthers(pbft, st, viewChange)]
}

const withViewChange = (st: Replica, viewChange: ViewChange): Replica => ({
  ...st,
  viewChanges: withOne(
    st.viewChanges,
    viewChange,
    (m) => m.view,
    (m) => m.by
  )
})

/** A certificate is one, as far as its form shows it: its signatures are another's business. */
const isCertificate = (pbft: Pbft, { view, prepares }: Certificate): boolean =>
  new Set(prepares).size === prepares.length &&
  prepares.length >= pbft.rules.prepares &&
  prepares.every((by) => pbft.replicas.includes(by) && pbft.rules.countsPrepare(by, view))

/** A view change is one: its checkpoint is shown, and each certificate is of an earlier view and between the water marks. */
export const isViewChange = (pbft: Pbft, { view, stable, proof, prepared, by }: ViewChange): boolean =>
  view > 0 &&
  pbft.replicas.includes(by) &&
  (stable === 0 ? proof.length === 0 : showsStable(pbft, stable, proof)) &&
  prepared.every(
    (c) =>
      c.view < view &&
      c.number > stable &&
      c.number <= stable + pbft.window &&
      (!pbft.rules.certificatesAreVerified || isCertificate(pbft, c))
  ) &&
  new Set(prepared.map(({ number }) => number)).size === prepared.length

/**
 * A replica gives a view up. One that hears so of f + 1 others, of which one is honest, follows: to the lowest of the views
 * that they wait for.
 */
export const onViewChange = (pbft: Pbft, st: Replica, from: Address, m: ViewChange): Reaction => {
  const isNew = !st.viewChanges.some((other) => other.view === m.view && other.by === m.by)
  if (from !== m.by || m.view < st.view || !isNew || !isViewChange(pbft, m)) return ignored(st)
  const noted = withViewChange(st, m)
  const ahead = noted.viewChanges.filter((other) => other.view > st.view && other.by !== st.id)
  const senders = new Set(ahead.map(({ by }) => by))
  return senders.size >= pbft.weak ? giveUp(pbft, noted, Math.min(...ahead.map(({ view }) => view))) : ignored(noted)
}

/** A replica is to begin the view for which it waits. */
export const isToBegin = (pbft: Pbft, { id, view, isActive, newViews }: Replica): boolean =>
  !isActive && primaryOf(pbft, view) === id && !newViews.some((m) => m.view === view)
