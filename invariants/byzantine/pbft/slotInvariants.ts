/**
 * What must hold of PBFT on one sequence number, under the numbers of Castro's proof (thesis, appendix A; Velisarios has a file
 * for each): of its honest replicas.
 */
import type { Replica, View } from '../../../spec/byzantine/pbft/replication.js'
import {
  hasExecuted,
  honestOf,
  isPrepared,
  phaseName,
  prePrepared,
  prePrepareName,
  viewsOf
} from '../../../spec/byzantine/pbft/slot/state.js'
import type { Digest, SlotOptions, SlotState, Variable } from '../../../spec/byzantine/pbft/slot/state.js'
import { components } from '../../checker/components/system.js'
import type { ComponentInvariant } from '../../checker/components/system.js'
import { all } from '../../property/invariant.js'
import type { Objections } from '../../property/invariant.js'

/** An invariant of one slot. */
export type SlotInvariant = ComponentInvariant<SlotState>

/** That a replica has done something for a digest in a view. */
interface Deed {
  readonly i: Replica
  readonly view: View
  readonly digest: Digest
}

const { invariant } = components<SlotState>()

/** All that replicas have done in some views. */
const deedsIn = (
  s: SlotState,
  replicas: ReadonlyArray<Replica>,
  views: ReadonlyArray<View>,
  is: (s: SlotState, i: Replica, view: View) => boolean
): ReadonlyArray<Deed> =>
  views.flatMap((view) =>
    replicas.flatMap((i) => {
      if (!is(s, i, view)) return []
      const digest = prePrepared(s, i, view)
      return digest === null ? [] : [{ i, view, digest }]
    })
  )

/** Two of them that are not for one digest, in words. */
const differing = (deeds: ReadonlyArray<Deed>, verb: string): Objections => {
  const [first] = deeds
  const other = deeds.find(({ digest }) => digest !== first?.digest)
  const inWords = ({ i, view, digest }: Deed): string =>
    `replica ${String(i)} ${verb} ${digest} in view ${String(view)}`
  return first === undefined || other === undefined ? [] : [{ witness: `${inWords(first)}, and ${inWords(other)}` }]
}

/** What is asked of one slot. */
export const slotInvariants = (options: SlotOptions): Readonly<Record<'agreement' | 'others', SlotInvariant>> => {
  const { faulty } = options
  const honest = honestOf(options)
  const views = viewsOf(options)
  const names = (of: ReadonlyArray<View>): ReadonlyArray<Variable> =>
    of.flatMap((v) => honest.flatMap((i) => [phaseName(i, v), prePrepareName(i, v)]))
  const prePrepareNames = (of: ReadonlyArray<View>): ReadonlyArray<Variable> =>
    of.flatMap((v) => honest.map((i) => prePrepareName(i, v)))
  const prepared = (s: SlotState, of: ReadonlyArray<View>): ReadonlyArray<Deed> => deedsIn(s, honest, of, isPrepared)
  /** The digests for which more than `faulty` honest replicas are prepared in a view. */
  const backed = (s: SlotState, view: View): ReadonlyArray<Digest> => {
    const deeds = prepared(s, [view])
    return options.digests.filter((d) => deeds.filter(({ digest }) => digest === d).length > faulty)
  }

  const perView = views.flatMap((view): ReadonlyArray<SlotInvariant> => {
    const at = `in view ${String(view)}`
    const later = views.filter((v) => v > view)
    return [
      invariant(`A.1.4 ${at}`, 'no two replicas are prepared for different digests in a view', names([view]), (s) =>
        differing(prepared(s, [view]), 'is prepared for')
      ),
      invariant(
        `A.1.7 ${at}`,
        'what a replica has executed more than f honest ones are prepared for, in the same view',
        names([view]),
        (s) =>
          deedsIn(s, honest, [view], hasExecuted)
            .filter(({ digest }) => !backed(s, view).includes(digest))
            .map(({ i, digest }) => ({
              witness: `replica ${String(i)} has executed ${digest} ${at}, for which too few are prepared`
            }))
      ),
      ...(later.length === 0
        ? []
        : [
            invariant(
              `A.1.9 ${at}`,
              'what more than f honest replicas are prepared for is all that is pre-prepared in later views',
              [...names([view]), ...prePrepareNames(later)],
              (s) =>
                backed(s, view).flatMap((d) =>
                  deedsIn(s, honest, later, () => true)
                    .filter(({ digest }) => digest !== d)
                    .map(({ i, view: v, digest }) => ({
                      witness: `more than f are prepared for ${d} ${at}, and replica ${String(i)} has pre-prepared ${digest} in view ${String(v)}`
                    }))
                )
            )
          ])
    ]
  })

  return {
    agreement: invariant('A.1.11 agreement', 'no two replicas execute different digests', names(views), (s) =>
      differing(deedsIn(s, honest, views, hasExecuted), 'has executed')
    ),
    others: all('proof', 'why that is so, step by step', [
      ...perView,
      invariant(
        'A.1.10',
        'in all views more than f honest replicas are prepared for one digest at most',
        names(views),
        (s) => {
          const found = views.flatMap((view) => backed(s, view).map((digest) => ({ view, digest })))
          const [first] = found
          const other = found.find(({ digest }) => digest !== first?.digest)
          return first === undefined || other === undefined
            ? []
            : [
                {
                  witness: `more than f are prepared for ${first.digest} in view ${String(first.view)}, and for ${other.digest} in view ${String(other.view)}`
                }
              ]
        }
      )
    ])
  }
}
