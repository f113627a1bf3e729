/**
 * Why honest replicas of PBFT execute the same: A.1.4 to A.1.11 of Castro's proof, and that nobody is taken for another.
 */
import { proposalsOf } from '../../../spec/byzantine/pbft/newView.js'
import type { Pbft } from '../../../spec/byzantine/pbft/replica.js'
import type { Replica } from '../../../spec/byzantine/pbft/state.js'
import type { Objections } from '../../property/invariant.js'
import { at, logged, ofAll, pairs } from './nodes.js'
import type { Logged, PbftInvariant } from './nodes.js'

const has = (verb: string, e: Logged): string => `replica ${String(e.of.id)} ${verb} ${e.digest} at ${at(e)}`

const isSamePlace = (e: Logged, f: Logged): boolean => e.view === f.view && e.number === f.number

/** What more than f honest replicas are prepared for, once each. */
const backed = ({ faulty }: Pbft, replicas: ReadonlyArray<Replica>): ReadonlyArray<Logged> => {
  const prepared = logged(replicas).filter((e) => e.isPrepared)
  const same = (e: Logged): ReadonlyArray<Logged> => prepared.filter((f) => isSamePlace(e, f) && e.digest === f.digest)
  return prepared.filter((e) => same(e).length > faulty && same(e)[0] === e)
}

/** What replicas have noted of honest ones they have done, unless they have forgotten it since. */
const unjustified = (
  replicas: ReadonlyArray<Replica>,
  noted: (e: Replica['log'][number]) => ReadonlyArray<{ readonly by: number; readonly digest: string }>
): Objections =>
  replicas.flatMap((st) =>
    st.log.flatMap((e) =>
      noted(e).flatMap(({ by, digest }) => {
        const other = replicas.find(({ id }) => id === by)
        if (other === undefined || other.stable.number >= e.number) return []
        const own = other.log.find((f) => f.view === e.view && f.number === e.number)
        return own !== undefined && noted(own).some((b) => b.by === by && b.digest === digest)
          ? []
          : [
              {
                node: st.id,
                witness: `has noted ${digest} at ${at(e)} of replica ${String(by)}, which has not said so`
              }
            ]
      })
    )
  )

/** All that agreement follows from, and agreement. */
export const agreementInvariants = (
  pbft: Pbft
): Readonly<Record<'agreement' | 'others', ReadonlyArray<PbftInvariant>>> => ({
  agreement: ofAll('A.1.11 agreement', 'no two replicas have committed different digests at a number', (replicas) =>
    pairs(
      logged(replicas).filter((e) => e.isCommitted),
      (e, f) => e.number === f.number && e.digest !== f.digest,
      (e, f) => `${has('has committed', e)}, and ${has('has committed', f)}`
    )
  ),
  others: [
    ...ofAll('prepares are genuine', 'what is noted as prepared by an honest replica, it has said', (replicas) =>
      unjustified(replicas, ({ prepares }) => prepares)
    ),
    ...ofAll('commits are genuine', 'what is noted as committed by an honest replica, it has said', (replicas) =>
      unjustified(replicas, ({ commits }) => commits)
    ),
    ...ofAll('A.1.4', 'no two replicas are prepared for different digests at a number of a view', (replicas) =>
      pairs(
        logged(replicas).filter((e) => e.isPrepared),
        (e, f) => isSamePlace(e, f) && e.digest !== f.digest,
        (e, f) => `${has('is prepared for', e)}, and ${has('is prepared for', f)}`
      )
    ),
    ...ofAll('A.1.5', 'certificates of one number and view in a new view have one digest', (replicas) =>
      replicas
        .flatMap(({ newViews }) => newViews)
        .flatMap(({ view, viewChanges }) =>
          pairs(
            viewChanges.flatMap(({ prepared }) => prepared),
            (c, d) => c.view === d.view && c.number === d.number && c.digest !== d.digest,
            (c, d) => `new view ${String(view)} has certificates for ${c.digest} and ${d.digest} at ${at(c)}`
          )
        )
    ),
    ...ofAll('A.1.7', 'what a replica has committed more than f honest ones are prepared for', (replicas) =>
      logged(replicas)
        .filter((e) => e.isCommitted && replicas.every((st) => st.stable.number < e.number))
        .filter((e) => !backed(pbft, replicas).some((f) => isSamePlace(e, f) && e.digest === f.digest))
        .map((e) => ({ witness: `${has('has committed', e)}, for which too few are prepared` }))
    ),
    ...ofAll(
      'A.1.9',
      'what more than f honest are prepared for is all that is pre-prepared in later views',
      (replicas) =>
        backed(pbft, replicas).flatMap((e) =>
          logged(replicas)
            .filter((f) => f.number === e.number && f.view > e.view && f.digest !== e.digest)
            .map((f) => ({
              witness: `more than f are prepared for ${e.digest} at ${at(e)}, and ${has('has pre-prepared', f)}`
            }))
        )
    ),
    ...ofAll('A.1.9a', 'what more than f honest are prepared for every later new view proposes', (replicas) =>
      backed(pbft, replicas).flatMap((e) =>
        replicas
          .flatMap(({ newViews }) => newViews)
          .filter(({ view, viewChanges }) => view > e.view && viewChanges.every(({ stable }) => stable < e.number))
          .filter((m) => !proposalsOf(pbft, m.viewChanges).some((p) => p.number === e.number && p.digest === e.digest))
          .map(({ view }) => ({
            witness: `more than f are prepared for ${e.digest} at ${at(e)}, which new view ${String(view)} does not propose`
          }))
      )
    ),
    ...ofAll('A.1.10', 'at a number more than f honest replicas are prepared for one digest at most', (replicas) =>
      pairs(
        backed(pbft, replicas),
        (e, f) => e.number === f.number && e.digest !== f.digest,
        (e, f) => `more than f are prepared for ${e.digest} at ${at(e)}, and for ${f.digest} at ${at(f)}`
      )
    )
  ]
})
