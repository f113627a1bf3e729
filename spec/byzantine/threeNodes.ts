/**
 * Three nodes cannot stand one traitor: the impossibility proof of M. Fischer, N. Lynch and M. Merritt («Easy Impossibility
 * Proofs for Distributed Consensus Problems», Distributed Computing 1, 1986) as a function. Given any deterministic
 * synchronous protocol for three nodes, it makes the execution in which the protocol fails.
 *
 * Two copies of each node stand in a ring, 0 1 2 0 1 2, each next to copies of the two others. The first three are told to
 * retreat, the others to attack. No node can tell that it is in a ring: what two neighbours see is what they would see among
 * three, if the third were a traitor that played the rest of the ring to them. So whatever must hold of two honest nodes
 * must hold of any two neighbours. But of three such pairs, each shares a node with the one before, and between the first and
 * the last the decision must change: one of the three fails.
 */
import { iota } from '../prelude/seq.js'
import type { Order } from './generals.js'

/** One of the three nodes. Node 0 is the commander, where there is one. */
export const PLACES = [0, 1, 2] as const
export type Place = (typeof PLACES)[number]

/** What a node receives in a round. */
export interface Received<M> {
  readonly from: Place
  readonly message: M
}

/** A deterministic synchronous protocol for three nodes: in every round each node sends a message to each other node. */
export interface ThreeNodeProtocol<S, M> {
  readonly rounds: number
  readonly start: (node: Place, input: Order) => S
  readonly send: (node: Place, state: S, to: Place) => M
  /** The state after a round, in which two messages came, in the order of their senders. */
  readonly receive: (node: Place, state: S, received: readonly [Received<M>, Received<M>]) => S
  readonly decide: (node: Place, state: S) => Order
}

/**
 * What a protocol is for. `consensus`: every node has an input; honest nodes decide alike, and if all honest nodes have the
 * same input, they decide it. `generals`: only the input of node 0 counts, the order of the commander; honest lieutenants
 * decide alike, and if the commander is honest, they decide its order.
 */
export type Problem = 'consensus' | 'generals'

/** What the traitor sends in a round to each of the two honest nodes. */
export type Lies<M> = readonly [M, M]

/** An execution with one traitor. */
export interface Scenario<M> {
  readonly honest: readonly [Place, Place]
  /** Their inputs. */
  readonly inputs: readonly [Order, Order]
  readonly traitor: Place
  /** What the traitor sends, round by round. */
  readonly lies: ReadonlyArray<Lies<M>>
}

/** The decisions of the two honest nodes. */
export type Decisions = readonly [Order, Order]

/** The conditions that a protocol may break. */
export type Broken = 'validity' | 'agreement'

/** What is broken by decisions of the honest nodes of a scenario. */
export const brokenBy = (
  problem: Problem,
  { honest, inputs }: Pick<Scenario<unknown>, 'honest' | 'inputs'>,
  [one, other]: Decisions
): ReadonlyArray<Broken> => {
  const agreement: ReadonlyArray<Broken> = one === other ? [] : ['agreement']
  if (problem === 'consensus')
    return [
      ...(inputs[0] === inputs[1] && (one !== inputs[0] || other !== inputs[0]) ? (['validity'] as const) : []),
      ...agreement
    ]
  if (honest[0] === 0) return other === inputs[0] ? [] : ['validity']
  if (honest[1] === 0) return one === inputs[1] ? [] : ['validity']
  return agreement
}

/** The place of a node of the ring, or of one that is so many away from another. */
const placeOf = (k: number): Place => PLACES[((k % 3) + 3) % 3] ?? 0

/** Two messages in the order of their senders. */
const inOrder = <M>(a: Received<M>, b: Received<M>): readonly [Received<M>, Received<M>] =>
  a.from < b.from ? [a, b] : [b, a]

/** The decisions of the honest nodes in a scenario, by running the protocol. */
export const play = <S, M>(
  { start, send, receive, decide }: ThreeNodeProtocol<S, M>,
  { honest: [a, b], inputs, traitor, lies }: Scenario<M>
): Decisions => {
  const [one, other] = lies.reduce<readonly [S, S]>(
    ([s, t], [toOne, toOther]) => [
      receive(a, s, inOrder({ from: b, message: send(b, t, a) }, { from: traitor, message: toOne })),
      receive(b, t, inOrder({ from: a, message: send(a, s, b) }, { from: traitor, message: toOther }))
    ],
    [start(a, inputs[0]), start(b, inputs[1])]
  )
  return [decide(a, one), decide(b, other)]
}

/** A value for each node of the ring. */
type Ring<X> = readonly [X, X, X, X, X, X]
const RING = [0, 1, 2, 3, 4, 5] as const

const ringOf = <X>(of: (k: number) => X): Ring<X> => [of(0), of(1), of(2), of(3), of(4), of(5)]

/** The value of a node of the ring, counted around it. */
const around = <X>(values: Ring<X>, k: number): X => values[RING[((k % 6) + 6) % 6] ?? 0]

/** The input of a node of the ring. */
const inputOf = (k: number): Order => (((k % 6) + 6) % 6 < 3 ? 'retreat' : 'attack')

/** The states of the ring: at the start, and after each round. */
const ringStates = <S, M>({
  rounds,
  start,
  send,
  receive
}: ThreeNodeProtocol<S, M>): readonly [Ring<S>, ...Array<Ring<S>>] =>
  iota(rounds).reduce<readonly [Ring<S>, ...Array<Ring<S>>]>(
    (states) => {
      const now = states[states.length - 1] ?? states[0]
      const received = (k: number, by: number): Received<M> => ({
        from: placeOf(k),
        message: send(placeOf(k), around(now, k), placeOf(by))
      })
      return [
        ...states,
        ringOf((k) => receive(placeOf(k), around(now, k), inOrder(received(k - 1, k), received(k + 1, k))))
      ]
    },
    [ringOf((k) => start(placeOf(k), inputOf(k)))]
  )

/** Where the three pairs of neighbours begin of which one fails. */
const PAIRS: Readonly<Record<Problem, readonly [number, number, number]>> = {
  // Two that must decide to retreat, two that must decide alike, two that must decide to attack.
  consensus: [1, 2, 3],
  // The lieutenant of one commander, two lieutenants that must decide alike, the lieutenant of the other commander.
  generals: [0, 1, 2]
}

/** A scenario in which a protocol fails, and how. */
export interface Refutation<M> {
  readonly scenario: Scenario<M>
  readonly decisions: Decisions
  readonly broken: ReadonlyArray<Broken>
}

/** The scenario in which a protocol for three nodes fails, one of which is a traitor. There is one for every protocol. */
export const refutation = <S, M>(problem: Problem, protocol: ThreeNodeProtocol<S, M>): Refutation<M> => {
  const states = ringStates(protocol)
  const last = states[states.length - 1] ?? states[0]
  const decided = ringOf((k) => protocol.decide(placeOf(k), around(last, k)))

  /** What two neighbours see, with the rest of the ring in the place of a traitor. */
  const pair = (k: number): Refutation<M> => {
    const scenario: Scenario<M> = {
      honest: [placeOf(k), placeOf(k + 1)],
      inputs: [inputOf(k), inputOf(k + 1)],
      traitor: placeOf(k + 2),
      lies: states
        .slice(0, -1)
        .map((now) => [
          protocol.send(placeOf(k - 1), around(now, k - 1), placeOf(k)),
          protocol.send(placeOf(k + 2), around(now, k + 2), placeOf(k + 1))
        ])
    }
    const decisions: Decisions = [around(decided, k), around(decided, k + 1)]
    return { scenario, decisions, broken: brokenBy(problem, scenario, decisions) }
  }

  const [first, second, third] = PAIRS[problem]
  // Where nothing is broken in the first two, the third must fail: its decisions are tied to theirs.
  return [pair(first), pair(second)].find(({ broken }) => broken.length > 0) ?? pair(third)
}
