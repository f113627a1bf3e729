/**
 * The liveness of reliable broadcast, theorem by theorem as Bythos states it (`Protocols/RB/Liveness_tla.v`): in executions
 * in which whatever an honest node has sent to an honest one arrives at last.
 */
import * as O from 'fp-ts/lib/Option.js'
import { outputOf, rounds, slots } from '../../../spec/byzantine/broadcast.js'
import type { BroadcastEvent, BroadcastMessage, BroadcastState } from '../../../spec/byzantine/broadcast.js'
import type { Deceived } from '../../../spec/system/adversary.js'
import type { Action } from '../../../spec/system/executions.js'
import type { NetworkProperty } from '../../checker/network/properties.js'
import type { Untimed } from '../../checker/network/protocolModel.js'
import { everyNode, someNode } from '../../property/predicate.js'
import { leadsTo, weakly } from '../../property/property.js'
import type { Fairness } from '../../property/property.js'
import type { BroadcastScope } from './configuration.js'

type Step = Action<BroadcastMessage, BroadcastEvent, Untimed>

/** A property of reliable broadcast. */
export type BroadcastProperty = NetworkProperty<
  Deceived<null, null>,
  BroadcastState,
  BroadcastMessage,
  BroadcastEvent,
  Untimed
>

/**
 * What honest nodes have sent each other arrives at last. One class does for all packets: a node sends each once, so that
 * deliveries come to an end, and while one is possible another will be made.
 */
const deliveries: Fairness<Step> = weakly('deliveries between honest nodes', (a) => a._tag === 'Deliver')

/** All theorems of liveness; validity where the origin is honest. */
export const liveness = (scope: BroadcastScope): ReadonlyArray<BroadcastProperty> =>
  scope.slots.flatMap((slot) => {
    const [orig, round] = slot
    const outputs = (value: number) => (st: BroadcastState) => outputOf(st, slot).includes(value)
    const votes = (value: number) => (st: BroadcastState) => {
      const vote = slots.find(slot, st.voted)
      return O.isSome(vote) && vote.value === value
    }
    const proper = scope.value_bft(orig, round)
    return [
      ...scope.values.flatMap((value): ReadonlyArray<BroadcastProperty> => {
        const what = `${String(value)} in round ${String(round)}`
        return [
          leadsTo(
            `agreement at last on ${what}`,
            'where all honest nodes have voted for a value, all output it at last',
            everyNode(votes(value)),
            everyNode(outputs(value)),
            [deliveries]
          ),
          leadsTo(
            `totality of ${what}`,
            'where an honest node has output a value, all do at last',
            someNode(outputs(value)),
            everyNode(outputs(value)),
            [deliveries]
          )
        ]
      }),
      ...(scope.isHonest
        ? [
            leadsTo(
              `validity in round ${String(round)}`,
              'where an honest node has broadcast a value, all honest nodes output it at last',
              someNode(({ id, sent }: BroadcastState) => id === orig && rounds.has(round, sent)),
              everyNode(outputs(proper)),
              [deliveries]
            )
          ]
        : [])
    ]
  })
