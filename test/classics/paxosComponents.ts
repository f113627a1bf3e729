/**
 * Paxos of one decree, after the specification `specifications/PaxosHowToWinATuringAward/Paxos.tla` of tlaplus/Examples, for
 * tests and benchmarks of systems of components: messages are never removed, so that each kind of message from one sender
 * in one ballot is a component; and as a system whose steps are found on nested lists. Steps that change nothing are taken,
 * as they are there.
 */
import { componentModel, components, plainData, systemModel } from '../../invariants/checker/index.js'
import type { ComponentAction, ComponentStep, Effect, Model } from '../../invariants/checker/index.js'
import { whole } from '../../invariants/property/invariant.js'
import { iota } from '../../spec/prelude/seq.js'
import { fromSteps } from '../../spec/system/transitionSystem.js'
import type { Step } from '../../spec/system/transitionSystem.js'

/** How many acceptors, ballots and values there are, and how many acceptors are a quorum: a majority, where it is right. */
export interface PaxosOptions {
  readonly acceptors: number
  readonly quorum: number
  readonly ballots: number
  readonly values: number
}

/** A vote for a value in a ballot. */
interface Vote {
  readonly ballot: number
  readonly value: number
}

/** The last vote, or none yet. */
type LastVote = Vote | 'none'

/** What an acceptor knows: the highest ballot that it has taken part in, -1 at first, and its last vote. */
interface Acceptor {
  readonly highest: number
  readonly last: LastVote
}

const FRESH: Acceptor = { highest: -1, last: 'none' }

/**
 * The values that may be proposed, given what the acceptors have promised in a ballot: for some quorum that has, any value
 * if none of it had voted, else that of a latest vote.
 */
const proposable = (
  promises: ReadonlyArray<LastVote | undefined>,
  { quorum, values }: PaxosOptions
): ReadonlyArray<number> => {
  const sets = iota(2 ** promises.length)
    .map((bits) => promises.filter((_, a) => (bits >> a) & 1))
    .filter((set) => set.length === quorum && !set.includes(undefined))
  const allowed = sets.map((set) => {
    const votes = set.filter((promise): promise is Vote => promise !== undefined && promise !== 'none')
    const latest = Math.max(...votes.map(({ ballot }) => ballot))
    return votes.length === 0 ? iota(values) : votes.filter(({ ballot }) => ballot === latest).map(({ value }) => value)
  })
  return iota(values).filter((value) => allowed.some((some) => some.includes(value)))
}

/** The values that a quorum has voted for in some ballot: at most one. */
const chosen = (
  votes: ReadonlyArray<ReadonlyArray<number | null | undefined>>,
  { quorum, ballots, values }: PaxosOptions
): ReadonlyArray<number> =>
  iota(values).filter((value) => iota(ballots).some((b) => votes.filter((of) => of[b] === value).length >= quorum))

// ---- As a system of components.

/**
 * For each acceptor what it knows; for each ballot whether it was begun (1a) and what was proposed in it (2a); for each
 * acceptor and ballot its promise, which tells its last vote (1b), and its vote (2b).
 */
export interface PaxosComponents {
  readonly [acceptor: `acceptor ${number}`]: Acceptor
  readonly [begun: `1a ${number}`]: boolean
  readonly [proposed: `2a ${number}`]: number | undefined
  readonly [promised: `1b ${number} ${number}`]: LastVote | undefined
  readonly [voted: `2b ${number} ${number}`]: number | undefined
}
type Name = keyof PaxosComponents
type Written = readonly [name: Name, value: PaxosComponents[Name]]

const { action, invariant } = components<PaxosComponents>()
const acceptorOf = (a: number) => `acceptor ${a}` as const
const begunOf = (b: number) => `1a ${b}` as const
const proposedOf = (b: number) => `2a ${b}` as const
const promiseOf = (a: number, b: number) => `1b ${a} ${b}` as const
const voteOf = (a: number, b: number) => `2b ${a} ${b}` as const
const changed = (...written: ReadonlyArray<Written>): Effect<PaxosComponents>['then'] =>
  Object.fromEntries(written) as Partial<PaxosComponents>

/** What is done by whoever leads a ballot. */
const leading = (options: PaxosOptions, b: number): ReadonlyArray<ComponentAction<PaxosComponents>> => {
  const promises = iota(options.acceptors).map((a) => promiseOf(a, b))
  return [
    action({
      name: 'Phase1a',
      at: b,
      reads: [],
      writes: [begunOf(b)],
      steps: () => [{ then: changed([begunOf(b), true]) }]
    }),
    action({
      name: 'Phase2a',
      at: b,
      reads: [proposedOf(b), ...promises],
      writes: [proposedOf(b)],
      steps: (seen) =>
        seen[proposedOf(b)] === undefined
          ? proposable(
              promises.map((name) => seen[name]),
              options
            ).map((value) => ({ choice: value, then: changed([proposedOf(b), value]) }))
          : []
    })
  ]
}

/** What an acceptor does in a ballot. */
const accepting = (a: number, b: number): ReadonlyArray<ComponentAction<PaxosComponents>> => {
  const me = acceptorOf(a)
  return [
    action({
      name: 'Phase1b',
      at: [a, b],
      reads: [me, begunOf(b)],
      writes: [me, promiseOf(a, b)],
      steps: (seen) => {
        const { highest, last } = seen[me]!
        return b > highest && seen[begunOf(b)]
          ? [{ then: changed([me, { highest: b, last }], [promiseOf(a, b), last]) }]
          : []
      }
    }),
    action({
      name: 'Phase2b',
      at: [a, b],
      reads: [me, proposedOf(b)],
      writes: [me, voteOf(a, b)],
      steps: (seen) => {
        const value = seen[proposedOf(b)]
        return b >= seen[me]!.highest && value !== undefined
          ? [{ then: changed([me, { highest: b, last: { ballot: b, value } }], [voteOf(a, b), value]) }]
          : []
      }
    })
  ]
}

/** The model, of components. */
export const paxosComponents = (options: PaxosOptions): Model<PaxosComponents, ComponentStep> => {
  const { acceptors, ballots, values } = options
  const pairs = iota(acceptors).flatMap((a) => iota(ballots).map((b) => [a, b] as const))
  const votes = pairs.map(([a, b]) => voteOf(a, b))
  return componentModel<PaxosComponents>({
    name: `Paxos of components, ${acceptors} acceptors, ${ballots} ballots, ${values} values`,
    initial: [
      Object.fromEntries<PaxosComponents[Name]>([
        ...iota(acceptors).map((a) => [acceptorOf(a), FRESH] as const),
        ...iota(ballots).flatMap((b) => [[begunOf(b), false] as const, [proposedOf(b), undefined] as const]),
        ...pairs.flatMap(([a, b]) => [[promiseOf(a, b), undefined] as const, [voteOf(a, b), undefined] as const])
      ]) as unknown as PaxosComponents
    ],
    actions: [...iota(ballots).flatMap((b) => leading(options, b)), ...pairs.flatMap(([a, b]) => accepting(a, b))],
    invariants: [
      invariant('agreement', 'at most one value is chosen', votes, (seen) => {
        const all = chosen(
          iota(acceptors).map((a) => iota(ballots).map((b) => seen[voteOf(a, b)])),
          options
        )
        return all.length > 1 ? [{ witness: `${all.join(', ')} are` }] : []
      }),
      ...iota(acceptors).map((a) =>
        invariant(
          `last vote of ${a}`,
          'an acceptor knows its last vote',
          [acceptorOf(a), ...iota(ballots).map((b) => voteOf(a, b))],
          (seen) => {
            const { last } = seen[acceptorOf(a)]!
            const found = iota(ballots).findLast((b) => seen[voteOf(a, b)] !== undefined)
            const is = last === 'none' ? undefined : last.ballot
            return is === found ? [] : [{ witness: `it knows ${is}, it was ${found}` }]
          }
        )
      )
    ]
  })
}

// ---- On nested lists.

/** Everything; by acceptor, by ballot, or by acceptor and then by ballot. What was not sent is null. */
export interface PaxosLists {
  readonly acceptors: ReadonlyArray<Acceptor>
  readonly begun: ReadonlyArray<boolean>
  readonly proposed: ReadonlyArray<number | null>
  readonly promised: ReadonlyArray<ReadonlyArray<LastVote | null>>
  readonly voted: ReadonlyArray<ReadonlyArray<number | null>>
}

const set = <X>(rows: ReadonlyArray<ReadonlyArray<X>>, i: number, j: number, x: X): ReadonlyArray<ReadonlyArray<X>> =>
  rows.with(i, rows[i]!.with(j, x))

type Steps = ReadonlyArray<Step<PaxosLists, ComponentStep>>

const acceptingSteps = (s: PaxosLists, a: number, b: number): Steps => {
  const { highest, last } = s.acceptors[a]!
  const value = s.proposed[b] ?? null
  const steps: Array<Step<PaxosLists, ComponentStep>> = []
  if (b > highest && s.begun[b])
    steps.push([
      { _tag: 'Phase1b', at: [a, b] },
      { ...s, acceptors: s.acceptors.with(a, { highest: b, last }), promised: set(s.promised, a, b, last) }
    ])
  if (b >= highest && value !== null)
    steps.push([
      { _tag: 'Phase2b', at: [a, b] },
      {
        ...s,
        acceptors: s.acceptors.with(a, { highest: b, last: { ballot: b, value } }),
        voted: set(s.voted, a, b, value)
      }
    ])
  return steps
}

/** All steps from a state. */
export const paxosSteps = (options: PaxosOptions) => {
  const { acceptors, ballots } = options
  const pairs = iota(acceptors).flatMap((a) => iota(ballots).map((b) => [a, b] as const))
  return (s: PaxosLists): Steps => [
    ...iota(ballots).flatMap(
      (b): Steps => [
        [
          { _tag: 'Phase1a', at: b },
          { ...s, begun: s.begun.with(b, true) }
        ],
        ...(s.proposed[b] === null
          ? proposable(
              s.promised.map((of) => of[b] ?? undefined),
              options
            ).map(
              (value) =>
                [
                  { _tag: 'Phase2a', at: b, choice: value },
                  { ...s, proposed: s.proposed.with(b, value) }
                ] as const
            )
          : [])
      ]
    ),
    ...pairs.flatMap(([a, b]) => acceptingSteps(s, a, b))
  ]
}

export const paxosInitial = ({ acceptors, ballots }: PaxosOptions): PaxosLists => ({
  acceptors: iota(acceptors).map(() => FRESH),
  begun: iota(ballots).map(() => false),
  proposed: iota(ballots).map(() => null),
  promised: iota(acceptors).map(() => iota(ballots).map(() => null)),
  voted: iota(acceptors).map(() => iota(ballots).map(() => null))
})

/** All that is checked, as one predicate. */
export const paxosHolds =
  (options: PaxosOptions) =>
  ({ acceptors, voted }: PaxosLists): boolean =>
    chosen(voted, options).length <= 1 &&
    acceptors.every(
      ({ last }, a) => voted[a]!.findLastIndex((vote) => vote !== null) === (last === 'none' ? -1 : last.ballot)
    )

/** The model, on nested lists. */
export const paxosOnLists = (options: PaxosOptions): Model<PaxosLists, ComponentStep> =>
  systemModel({
    name: `Paxos on lists, ${options.acceptors} acceptors, ${options.ballots} ballots, ${options.values} values`,
    system: fromSteps([paxosInitial(options)], paxosSteps(options), plainData),
    invariants: [
      whole('good', 'agreement, and acceptors know their last votes', (s) =>
        paxosHolds(options)(s) ? [] : [{ witness: 'they do not hold' }]
      )
    ]
  })
