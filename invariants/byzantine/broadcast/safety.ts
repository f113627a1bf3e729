/**
 * The safety of reliable broadcast, theorem by theorem as Bythos states it (`Protocols/RB/Safety.v`): of honest nodes, and of
 * each broadcast that there is.
 */
import * as O from 'fp-ts/lib/Option.js'
import { heard, outputOf, rounds, slots } from '../../../spec/byzantine/broadcast.js'
import type { BroadcastMessage, BroadcastState, Slot, Value } from '../../../spec/byzantine/broadcast.js'
import { each, ofStates, together } from '../../property/invariant.js'
import type { Clause, NetworkInvariant, Objections, Seen } from '../../property/invariant.js'
import type { BroadcastScope } from './configuration.js'

/** An invariant of reliable broadcast. */
export type BroadcastInvariant = NetworkInvariant<BroadcastState, BroadcastMessage>

type Of = Clause<BroadcastState, null>

/** What a node has said of a broadcast, as a list: nothing, one value, or more. */
type Said = (st: BroadcastState, slot: Slot) => ReadonlyArray<Value>

const votes: Said = (st, slot) => {
  const vote = slots.find(slot, st.voted)
  return O.isNone(vote) ? [] : [vote.value]
}

const of = ([orig, round]: Slot): string => `the broadcast of node ${String(orig)} in round ${String(round)}`

/** No two nodes say different values of one broadcast. */
const unique = (name: string, says: string, verb: string, said: Said, all: ReadonlyArray<Slot>): Of =>
  together<BroadcastState, null, ReadonlyArray<ReadonlyArray<Value>>>(name, says, {
    summary: (_n, st) => all.map((slot) => said(st, slot)),
    decide: (seen) =>
      all.flatMap((slot, i): Objections => {
        const told = seen.flatMap(({ node, sees }) => (sees[i] ?? []).map((value) => ({ node, value })))
        const [first] = told
        const other = told.find(({ node, value }) => node !== first?.node && value !== first?.value)
        return first === undefined || other === undefined
          ? []
          : [
              {
                witness:
                  `of ${of(slot)} node ${String(first.node)} ${verb} ${String(first.value)}, ` +
                  `and node ${String(other.node)} ${String(other.value)}`
              }
            ]
      })
  })

/** What is said of a broadcast its origin has broadcast. It is asked where the origin is honest. */
const integrity = (name: string, says: string, verb: string, said: Said, scope: BroadcastScope): Of => {
  interface Account {
    readonly sent: ReadonlyArray<boolean>
    readonly said: ReadonlyArray<ReadonlyArray<Value>>
  }
  return together<BroadcastState, null, Account>(name, says, {
    summary: (_n, st) => ({
      sent: scope.slots.map(([, round]) => rounds.has(round, st.sent)),
      said: scope.slots.map((slot) => said(st, slot))
    }),
    decide: (seen: ReadonlyArray<Seen<Account>>) =>
      scope.slots.flatMap((slot, i) => {
        const value = scope.value_bft(...slot)
        const isSent = seen.some(({ node, sees }) => node === slot[0] && sees.sent[i] === true)
        return seen.flatMap(({ node, sees }) =>
          (sees.said[i] ?? [])
            .filter((one) => !isSent || one !== value)
            .map((one) => ({
              node,
              witness: `${verb} ${String(one)} of ${of(slot)}, which has sent ${isSent ? String(value) : 'nothing'}`
            }))
        )
      })
  })
}

/** A node outputs one value of a broadcast at most. */
const uniqueOutput = (all: ReadonlyArray<Slot>): Of =>
  each('unique output', 'a node has output one value of a broadcast at most', (node, st) =>
    all.flatMap((slot) => {
      const output = outputOf(st, slot)
      return output.length > 1 ? [{ node, witness: `has output ${output.join(' and ')} of ${of(slot)}` }] : []
    })
  )

/** Where somebody has voted for a value, somebody has done so for its echoes: votes alone do not start votes. */
const firstVote = (all: ReadonlyArray<Slot>, values: ReadonlyArray<Value>, enough: number): Of => {
  type Account = ReadonlyArray<{ readonly voted: boolean; readonly echoes: number }>
  const asked = all.flatMap((slot) => values.map((value) => ({ slot, value })))
  return together<BroadcastState, null, Account>(
    'first vote due to echo',
    'where a value is voted for, a node that votes for it has heard enough echoes of it',
    {
      summary: (_n, st) =>
        asked.map(({ slot: [orig, round], value }) => ({
          voted: votes(st, [orig, round]).includes(value),
          echoes: heard(st, { _tag: 'Echo', orig, round, value }).length
        })),
      decide: (seen) =>
        asked.flatMap(({ slot, value }, i): Objections => {
          const voters = seen.filter(({ sees }) => sees[i]?.voted === true)
          return voters.length === 0 || voters.some(({ sees }) => (sees[i]?.echoes ?? 0) >= enough)
            ? []
            : [
                {
                  witness: `of ${of(slot)} the value ${String(value)} is voted for, and no voter has heard ${String(enough)} echoes`
                }
              ]
        })
    }
  )
}

/** All theorems of safety; of integrity where the origin is honest. `enough` echoes make a vote. */
export const safety = (scope: BroadcastScope, enough: number): ReadonlyArray<BroadcastInvariant> =>
  ofStates<BroadcastState, BroadcastMessage>(
    unique(
      'vote uniqueness',
      'no two nodes have voted for different values of a broadcast',
      'has voted for',
      votes,
      scope.slots
    ),
    unique(
      'output uniqueness',
      'no two nodes have output different values of a broadcast',
      'has output',
      outputOf,
      scope.slots
    ),
    uniqueOutput(scope.slots),
    firstVote(scope.slots, scope.values, enough),
    ...(scope.isHonest
      ? [
          integrity(
            'vote integrity',
            'what is voted for the origin has broadcast, if it is honest',
            'has voted for',
            votes,
            scope
          ),
          integrity(
            'output integrity',
            'what is output the origin has broadcast, if it is honest',
            'has output',
            outputOf,
            scope
          )
        ]
      : [])
  )
