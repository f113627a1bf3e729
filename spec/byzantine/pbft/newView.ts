/**
 * PBFT: how a view begins. Its primary takes over what enough view changes report; backups see whether it does. (Castro,
 * Liskov 1999, section 4.4.)
 */
import type { Address } from '../../system/address.js'
import { iota } from '../../prelude/seq.js'
import { advance, takeOver } from './execution.js'
import { NULL_DIGEST } from './messages.js'
import type { NewView, Proposal, ViewChange } from './messages.js'
import { andThen, ignored, toOthers, withOne } from './replica.js'
import type { Pbft, Reaction } from './replica.js'
import type { Replica } from './state.js'
import { primaryOf } from './replication.js'
import { stabilize } from './stability.js'
import { isToBegin, isViewChange } from './viewChange.js'

/** The checkpoint from which a new view goes on: the highest of its view changes. (`min-s`) */
const startOf = ({ rules }: Pbft, viewChanges: ReadonlyArray<ViewChange>): number =>
  rules.goesOnFrom(viewChanges.map(({ stable }) => stable))

/**
 * What a new view has to propose: for each number above the checkpoint up to the highest of a certificate, what the
 * certificate of the highest view says, or the request that does nothing where there is none.
 */
export const proposalsOf = (pbft: Pbft, viewChanges: ReadonlyArray<ViewChange>): ReadonlyArray<Proposal> => {
  const low = startOf(pbft, viewChanges)
  const certificates = viewChanges.flatMap(({ prepared }) => prepared)
  const high = Math.max(low, ...certificates.map(({ number }) => number))
  return iota(high - low).map((i) => {
    const number = low + i + 1
    const bound = pbft.rules.binding(certificates.filter((c) => c.number === number))
    return { number, digest: bound?.digest ?? NULL_DIGEST }
  })
}

/** A new view is one: of enough view changes for it, each right, of different replicas, and it proposes what follows. */
export const isNewView = (pbft: Pbft, { view, viewChanges, proposals }: NewView): boolean => {
  const { rules } = pbft
  if (!rules.newViewsAreVerified) return true
  const expected = proposalsOf(pbft, viewChanges)
  return (
    viewChanges.length >= rules.viewChanges &&
    (!rules.sendersAreDistinct || new Set(viewChanges.map(({ by }) => by)).size === viewChanges.length) &&
    viewChanges.every((m) => m.view === view && isViewChange(pbft, m)) &&
    proposals.length === expected.length &&
    proposals.every((p, i) => p.number === expected[i]?.number && p.digest === expected[i].digest)
  )
}

/** The primary begins the view for which it waits, as soon as it has enough view changes, its own among them. */
export const begin = (pbft: Pbft, st: Replica): Reaction => {
  const { view, id } = st
  const forView = st.viewChanges.filter((m) => m.view === view)
  const own = forView.filter(({ by }) => by === id)
  const others = forView.filter(({ by }) => by !== id)
  if (!isToBegin(pbft, st) || forView.length < pbft.rules.viewChanges || own.length === 0) return ignored(st)
  const viewChanges = [...own, ...others].slice(0, pbft.rules.viewChanges)
  const newView: NewView = { _tag: 'NewView', view, viewChanges, proposals: proposalsOf(pbft, viewChanges), by: id }
  return andThen([st, toOthers(pbft, st, newView)], (after) => enter(pbft, after, newView))
}

/** The primary of a view, for which the replica waits or which is later, has begun it. */
export const onNewView = (pbft: Pbft, st: Replica, from: Address, m: NewView): Reaction => {
  const isRight =
    from === m.by &&
    from === primaryOf(pbft, m.view) &&
    from !== st.id &&
    m.view > 0 &&
    (m.view > st.view || (m.view === st.view && !st.isActive)) &&
    !st.newViews.some(({ view }) => view === m.view) &&
    isNewView(pbft, m)
  return isRight ? enter(pbft, st, m) : ignored(st)
}

/** A replica enters a view that begins: it goes on from its checkpoint, and takes over what is proposed. */
const enter = (pbft: Pbft, st: Replica, m: NewView): Reaction => {
  const { view, proposals, viewChanges } = m
  const low = startOf(pbft, viewChanges)
  const proof = viewChanges.find(({ stable }) => stable === low)?.proof ?? []
  const entered: Replica = {
    ...st,
    view,
    isActive: true,
    assigned: Math.max(low, ...proposals.map(({ number }) => number)),
    newViews: withOne(st.newViews, m, (other) => other.view)
  }
  return andThen(
    proposals.reduce<Reaction>(
      (reaction, { number, digest }) =>
        andThen(reaction, (after) =>
          number > after.stable.number ? takeOver(pbft, after, view, number, digest) : ignored(after)
        ),
      stabilize(pbft, entered, low, proof)
    ),
    (after) => advance(pbft, after)
  )
}
