/**
 * PBFT by packets carries out PBFT on one sequence number, for every number: of what a replica has received it forgets all
 * but what it has decided on. A step is one there, several of one replica at once, or none.
 *
 * A replica that has a stable checkpoint forgets what is not above it, and is followed no further at these numbers.
 */
import { NULL_DIGEST } from '../../../spec/byzantine/pbft/messages.js'
import type { PbftMessage } from '../../../spec/byzantine/pbft/messages.js'
import type { PbftInternal, PbftNode } from '../../../spec/byzantine/pbft/pbft.js'
import type { Pbft } from '../../../spec/byzantine/pbft/replica.js'
import type { Replica } from '../../../spec/byzantine/pbft/state.js'
import { primaryOf } from '../../../spec/byzantine/pbft/replication.js'
import { Slot } from '../../../spec/byzantine/pbft/slot/slot.js'
import type { SlotAction } from '../../../spec/byzantine/pbft/slot/actions.js'
import {
  assign,
  initialSlot,
  modeName,
  newViewName,
  phaseName,
  prePrepareName,
  viewChangeName
} from '../../../spec/byzantine/pbft/slot/state.js'
import type { Outcome, SlotOptions, SlotState } from '../../../spec/byzantine/pbft/slot/state.js'
import type { NewView, ViewChange } from '../../../spec/byzantine/pbft/messages.js'
import { entries } from '../../../spec/prelude/unionMap.js'
import { iota } from '../../../spec/prelude/seq.js'
import type { Action } from '../../../spec/system/executions.js'
import type { HasWorld } from '../../property/invariant.js'
import { stepInvariant } from '../../property/property.js'
import type { StepInvariant } from '../../property/property.js'
import type { Untimed } from '../../checker/network/protocolModel.js'

type Sees = HasWorld<PbftNode, PbftMessage>
type Step = Action<PbftMessage, PbftInternal, Untimed>

const replicasOf = ({ world }: Sees): ReadonlyArray<Replica> =>
  entries(world.localState).flatMap(([, st]) => (st._tag === 'Replica' ? [st] : []))

/** What a view change reports of a number. */
const reportOf = ({ prepared }: ViewChange, number: number) => {
  const certificate = prepared.find((c) => c.number === number)
  return certificate === undefined ? null : { view: certificate.view, digest: certificate.digest }
}

/** What a new view says of a number: nothing, where it has no certificate for it. */
const outcomeOf = ({ viewChanges, proposals }: NewView, number: number): Outcome =>
  viewChanges.some(({ prepared }) => prepared.some((c) => c.number === number))
    ? (proposals.find((p) => p.number === number)?.digest ?? null)
    : null

/** What replicas have decided on at a number. */
export const slotOf = (pbft: Pbft, replicas: ReadonlyArray<Replica>, number: number): SlotState =>
  assign(
    ...replicas.flatMap((st) => {
      const { id, view, isActive, log, viewChanges, newViews } = st
      return [
        [modeName(id), { view, isActive }] as const,
        ...log
          .filter((e) => e.number === number && e.digest !== null)
          .flatMap((e) => [
            [prePrepareName(id, e.view), e.digest] as const,
            [phaseName(id, e.view), e.isCommitted ? 'executed' : e.isPrepared ? 'prepared' : 'none'] as const
          ]),
        ...viewChanges
          .filter(({ by }) => by === id)
          .map((m) => [viewChangeName(id, m.view), reportOf(m, number)] as const),
        ...newViews
          .filter((m) => primaryOf(pbft, m.view) === id)
          .map((m) => [newViewName(m.view), [outcomeOf(m, number)]] as const)
      ]
    })
  )

const textOf = (value: unknown): string => JSON.stringify(value)

/** What a step has assigned is as it is in the end; where a replica is may change again. */
const leadsTo = (then: SlotState, end: SlotState): boolean =>
  Object.entries(then).every(
    ([name, value]: readonly [string, unknown]) =>
      name.startsWith('mode ') || isPhaseOnItsWay(name, value, end) || textOf(value) === textOf(Reflect.get(end, name))
  )

/** A phase that another follows in the same step. */
const isPhaseOnItsWay = (name: string, value: unknown, end: SlotState): boolean =>
  name.startsWith('phase ') && value === 'prepared' && Reflect.get(end, name) === 'executed'

/** One state is reached from another by at most so many steps of these actions. */
const isReached = (actions: ReadonlyArray<SlotAction>, from: SlotState, to: SlotState, most: number): boolean =>
  isSame(from, to) ||
  (most > 0 &&
    actions.some(({ steps }) =>
      steps(from).some(({ then }) => leadsTo(then, to) && isReached(actions, { ...from, ...then }, to, most - 1))
    ))

/** Two states have the same variables. */
const isSame = (one: SlotState, other: SlotState): boolean =>
  Object.entries(one).every(
    ([name, value]: readonly [string, unknown]) => textOf(value) === textOf(Reflect.get(other, name))
  )

/** Whose step it is; undefined: no replica's. */
const actorOf = (a: Step): number | undefined =>
  a._tag === 'Intern' ? a.node : a._tag === 'Deliver' || a._tag === 'Forge' ? a.packet.dst : undefined

/** As many steps as one can be: it waits for a view, begins or follows it, accepts, is prepared, and has enough commits. */
const MOST = 5

/**
 * Every step is one of PBFT on one sequence number, or several at once, for every number.
 * @param options who replicates how far, and who lies there.
 */
export const refinesSlots = (
  pbft: Pbft,
  options: Omit<SlotOptions, 'digests'>,
  digests: ReadonlyArray<string>,
  lastNumber: number
): StepInvariant<Sees, Step, never> => {
  const slot = { ...options, digests: [...digests, NULL_DIGEST] }
  const { actions } = Slot(slot)
  const initial = initialSlot(slot)
  return stepInvariant(
    'level a',
    'at every number a step is one of PBFT on one number, several at once, or none',
    (s, a, t) => {
      const [before, after] = [replicasOf(s), replicasOf(t)]
      const own = actions.filter(({ at }) => at === actorOf(a))
      return iota(lastNumber)
        .map((i) => i + 1)
        .filter((number) => after.every(({ stable }) => stable.number < number))
        .flatMap((number) => {
          const [from, to] = [before, after].map((replicas) => ({ ...initial, ...slotOf(pbft, replicas, number) }))
          return from === undefined || to === undefined || isReached(own, from, to, MOST)
            ? []
            : [{ witness: `at number ${String(number)} it is none: from ${textOf(from)} to ${textOf(to)}` }]
        })
    }
  )
}
