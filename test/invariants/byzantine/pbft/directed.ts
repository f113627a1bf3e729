/**
 * Executions of PBFT on one sequence number, carried out by packets: for each step of a replica, packets to it are sought by
 * which it comes to what the step leads to.
 */
import * as O from 'fp-ts/lib/Option.js'
import { packetConfiguration } from '../../../../invariants/byzantine/pbft/configuration.js'
import type { PbftConfiguration } from '../../../../invariants/byzantine/pbft/configuration.js'
import { pbftNetwork, pbftOf } from '../../../../invariants/byzantine/pbft/network.js'
import type { PacketVariant } from '../../../../invariants/byzantine/pbft/network.js'
import { slotOf } from '../../../../invariants/byzantine/pbft/refinement.js'
import { protocolModel } from '../../../../invariants/checker/index.js'
import type { ComponentStep } from '../../../../invariants/checker/index.js'
import type { SlotChoice, SlotDeed } from '../../../../spec/byzantine/pbft/slot/actions.js'
import type { SlotState } from '../../../../spec/byzantine/pbft/slot/state.js'
import type { PbftMessage } from '../../../../spec/byzantine/pbft/messages.js'
import { receive, timeout } from '../../../../spec/byzantine/pbft/pbft.js'
import type { PbftInternal } from '../../../../spec/byzantine/pbft/pbft.js'
import type { Replica } from '../../../../spec/byzantine/pbft/state.js'
import { iota } from '../../../../spec/prelude/seq.js'
import { entries } from '../../../../spec/prelude/unionMap.js'
import type { Action } from '../../../../spec/system/executions.js'

type PacketStep = Action<PbftMessage, PbftInternal, 0>

/** A step of one slot, and what it assigns. */
export interface Directed {
  readonly name: SlotDeed
  readonly at: number
  readonly choice: SlotChoice
  readonly then: SlotState
}

/** What each step assigns, given the states of an execution. */
export const directedBy = (
  states: ReadonlyArray<SlotState>,
  actions: ReadonlyArray<ComponentStep>
): ReadonlyArray<Directed> =>
  actions.map((a, k) => ({
    name: a._tag as SlotDeed,
    at: a.at as number,
    choice: a.choice as SlotChoice,
    then: Object.fromEntries(
      Object.entries(states[k + 1]!).filter(([name, value]) => value !== Reflect.get(states[k]!, name))
    )
  }))

/** Which messages bring a replica to what a step leads to. */
const KINDS: Readonly<Record<SlotDeed, ReadonlyArray<PbftMessage['_tag']>>> = {
  'pre-prepare': ['Request'],
  prepare: ['PrePrepare'],
  commit: ['Prepare', 'Request'],
  execute: ['Commit'],
  'view-change': [],
  'new-view': ['ViewChange'],
  'accept-new-view': ['NewView']
}

/** The most packets that one step takes. */
const MOST = 3

/** The execution by packets that does the same, for number 1; the state it ends in. */
export const carriedOut = (
  steps: ReadonlyArray<Directed>,
  of: Pick<PbftConfiguration, 'lastView' | 'byzantine'> & Partial<PbftConfiguration>,
  variant: PacketVariant,
  more: Readonly<Record<string, string>> = {}
) => {
  const c = packetConfiguration(of.lastView, of.byzantine, { ...of, level: 'b', keep: true, invariants: 'all' })
  const { system, invariants, properties = [] } = protocolModel(pbftNetwork(variant)(c))
  const pbft = pbftOf(c, variant)
  // The one that is to win in the end is that of the first client, which a primary proposes before others.
  const [first = 0, second = 0] = pbft.clients
  const digests: Readonly<Record<string, string>> = { a: `${second} 1 b1`, b: `${first} 1 a1`, ...more }
  type S = (typeof system.initial)[number]
  const renamed = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value ?? null).replaceAll(/"([ab])"/g, (_, d: string) => JSON.stringify(digests[d])))

  const replicasIn = ({ world }: S): ReadonlyArray<Replica> =>
    entries(world.localState).flatMap(([, st]) => (st._tag === 'Replica' ? [st] : []))
  /** What a step assigns is so, or more. New views are told by what replicas make of them. */
  const isDone = (replicas: ReadonlyArray<Replica>, { then }: Directed): boolean => {
    const slot = slotOf(pbft, replicas, 1)
    return Object.entries(then).every(([name, value]) => {
      const found: unknown = Reflect.get(slot, name)
      return (
        name.startsWith('new-view') ||
        JSON.stringify(found) === JSON.stringify(renamed(value)) ||
        (name.startsWith('phase') && value === 'prepared' && found === 'executed')
      )
    })
  }

  const taken: PacketStep[] = []
  const take = (s: S, a: PacketStep): S | undefined => O.toUndefined(system.next(s, a))

  /** The packets to a replica that may bring about a step. */
  const candidates = (s: S, { name, at, choice }: Directed): ReadonlyArray<PacketStep> =>
    system.actions(s).filter((a) => {
      if (a._tag === 'Intern')
        return (
          name === 'view-change' &&
          a.node === at &&
          a.transition._tag === 'Timeout' &&
          a.transition.view === choice.view
        )
      if ((a._tag !== 'Deliver' && a._tag !== 'Forge') || a.packet.dst !== at) return false
      const { msg } = a.packet
      const isWanted = choice.digest === undefined || !('digest' in msg) || msg.digest === digests[choice.digest]
      const isOfView = !('view' in msg) || msg.view === choice.view
      const isOfSlot = !('number' in msg) || msg.number === 1
      const isOfDigest =
        msg._tag !== 'Request' ||
        choice.digest === undefined ||
        digests[choice.digest] === `${msg.request.client} ${msg.request.timestamp} ${msg.request.operation}`
      return KINDS[name].includes(msg._tag) && isWanted && isOfView && isOfSlot && isOfDigest
    })

  /** The replica after a step of its own. */
  const reacted = (st: Replica, a: PacketStep): Replica =>
    a._tag === 'Deliver' || a._tag === 'Forge'
      ? receive(pbft, st, a.packet.src, a.packet.msg)[0]
      : a._tag === 'Intern' && a.transition._tag === 'Timeout'
        ? timeout(pbft, st, a.transition.view)[0]
        : st

  /** So many packets at most by which a replica comes to what a step leads to. */
  const sought = (
    replicas: ReadonlyArray<Replica>,
    step: Directed,
    among: ReadonlyArray<PacketStep>,
    most: number
  ): ReadonlyArray<PacketStep> | undefined => {
    if (isDone(replicas, step)) return []
    if (most === 0) return undefined
    for (const a of among) {
      const after = replicas.map((st) => (st.id === step.at ? reacted(st, a) : st))
      if (after.every((st, i) => st === replicas[i])) continue
      const rest = sought(after, step, among, most - 1)
      if (rest !== undefined) return [a, ...rest]
    }
    return undefined
  }

  let s = system.initial[0]!
  const states = [s]
  const go = (actions: ReadonlyArray<PacketStep>): void => {
    for (const a of actions) {
      const after = take(s, a)
      if (after === undefined) throw new Error(`cannot take ${JSON.stringify(a)}`)
      s = after
      taken.push(a)
      states.push(s)
    }
  }
  go(system.actions(s).filter((a) => a._tag === 'Intern' && a.transition._tag === 'Ask'))
  for (const [k, step] of steps.entries()) {
    // A primary that begins a view proposes at once what it knows: it is to know what it will propose.
    const proposal = steps
      .slice(k)
      .find(({ name, at, choice }) => name === 'pre-prepare' && at === step.at && choice.view === step.choice.view)
    if (step.name === 'new-view' && proposal !== undefined)
      go(candidates(s, { ...proposal, name: 'pre-prepare' }).slice(0, 1))
    const [replicas, among] = [replicasIn(s), candidates(s, step)]
    const found = iota(MOST + 1).reduce<ReadonlyArray<PacketStep> | undefined>(
      (known, most) => known ?? sought(replicas, step, among, most),
      undefined
    )
    if (found === undefined)
      throw new Error(
        `step ${k + 1}, ${step.name} of replica ${step.at}, cannot be carried out: ${JSON.stringify(step)}\n${JSON.stringify(slotOf(pbft, replicas, 1))}`
      )
    go(found)
  }
  return { states, actions: taken, invariants, properties }
}
