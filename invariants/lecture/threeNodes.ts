/**
 * All ways to decide in one round among three nodes, and the execution in which each fails: what three nodes with a traitor
 * cannot do (`spec/byzantine/threeNodes.ts`), run.
 */
import { canonical } from '../checker/data/canonical.js'
import type { Arrow, Lanes, LaneStep } from '../checker/trace/lanes.js'
import type { Order } from '../../spec/byzantine/generals.js'
import { brokenBy, PLACES, play, refutation } from '../../spec/byzantine/threeNodes.js'
import type { Place, Refutation, ThreeNodeProtocol } from '../../spec/byzantine/threeNodes.js'
import { iota } from '../../spec/prelude/seq.js'
import { netAddr } from '../../spec/system/address.js'

/** What a node knows in the end: its own input, then what the two others said, in the order of their names. */
type Heard = ReadonlyArray<Order>

/** In one round all tell their inputs, and then decide by a table of what they know, the same for all. */
const oneRoundOf = (table: number): ThreeNodeProtocol<Heard, Order> => ({
  rounds: 1,
  start: (_, input) => [input],
  send: (_, [input]) => input ?? 'retreat',
  receive: (_, heard, received) => [...heard, ...received.map(({ message }) => message)],
  decide: (_, heard) => {
    const row = heard.reduce((bits, order) => 2 * bits + (order === 'attack' ? 1 : 0), 0)
    return (table >> row) & 1 ? 'attack' : 'retreat'
  }
})

/** There are two decisions for each of eight things that a node may know. */
export const TABLES = 2 ** 8

/** The majority, as a table: two or three orders to attack of three. */
export const MAJORITY = iota(8)
  .filter((row) => (row & 1) + ((row >> 1) & 1) + (row >> 2) >= 2)
  .reduce((table, row) => table | (1 << row), 0)

/** How many of the tables fail in the execution that is made for them, when they are run in it. */
export const failing = (): number =>
  iota(TABLES).filter((table) => {
    const protocol = oneRoundOf(table)
    const { scenario, decisions, broken } = refutation('consensus', protocol)
    return (
      broken.length > 0 &&
      canonical(play(protocol, scenario)) === canonical(decisions) &&
      canonical(brokenBy('consensus', scenario, decisions)) === canonical(broken)
    )
  }).length

/** The execution in which a table fails. */
export const failureOf = (table: number): Refutation<Order> => refutation('consensus', oneRoundOf(table))

/** An execution of one round as lanes: what each of the two honest nodes is told, and what they decide. */
export const lanesOfFailure = ({ scenario, decisions }: Refutation<Order>): Lanes => {
  const nodes = netAddr(PLACES.length).enum
  const { honest, inputs, traitor, lies } = scenario
  const [a, b] = honest
  const [toA, toB] = lies[0] ?? inputs
  const told = (src: Place, dst: Place, message: Order, step: number): LaneStep => {
    const [from, to] = [nodes[src], nodes[dst]]
    const arrow: Arrow | undefined =
      from === undefined || to === undefined
        ? undefined
        : { src: from, dst: to, message, sentIn: 0, endsIn: step, isLost: false, isForged: false }
    const who = src === traitor ? `node ${String(src)}, a traitor, tells` : `node ${String(src)} tells`
    return { node: to, says: `${who} node ${String(dst)}: ${message}`, arrow, fails: false }
  }
  const decides = (n: Place, decision: Order, input: Order, fails: boolean): LaneStep => ({
    node: nodes[n],
    says: `node ${String(n)}, which would ${input}, decides to ${decision}`,
    arrow: undefined,
    fails
  })
  const steps = [
    told(b, a, inputs[1], 1),
    told(traitor, a, toA, 2),
    told(a, b, inputs[0], 3),
    told(traitor, b, toB, 4),
    decides(a, decisions[0], inputs[0], false),
    decides(b, decisions[1], inputs[1], true)
  ]
  return {
    title: 'Majority of three, one of them a traitor',
    nodes,
    liars: nodes.filter((n) => n === nodes[traitor]),
    steps,
    arrows: steps.flatMap(({ arrow }) => (arrow === undefined ? [] : [arrow]))
  }
}
