/**
 * Networks that are small enough to be written down: numbers for states and messages, and what is said of them here.
 */
import * as O from 'fp-ts/lib/Option.js'
import { expect } from 'vitest'
import { Fingerprints } from '../../invariants/checker/data/fingerprints.js'
import type { CompactOptions } from '../../invariants/checker/model/walker.js'
import type { LocalObservations } from '../../invariants/checker/network/observations.js'
import { Names } from '../../invariants/checker/data/names.js'
import { internNetwork } from '../../invariants/checker/network/compact.js'
import { networkModel } from '../../invariants/checker/network/networkModel.js'
import type { NetworkModelOptions } from '../../invariants/checker/network/networkModel.js'
import type { Symmetry } from '../../invariants/checker/network/symmetry.js'
import type { CompactSystem } from '../../invariants/checker/model/walker.js'
import type { NetworkInvariant } from '../../invariants/property/invariant.js'
import { netAddr } from '../../spec/system/address.js'
import type { Address } from '../../spec/system/address.js'
import type { Action, Environment } from '../../spec/system/executions.js'
import { Network } from '../../spec/system/network.js'
import type { Packet, Protocol } from '../../spec/system/protocol.js'
import { ordNumber, ordString } from '../../spec/prelude/order.js'
import { address } from './toychains.js'

/** The place of packets in fingerprints. */
export const AS_PACKET = -2

/** The fingerprint of one part of a world. */
export const lanes = (place: number, part: unknown): readonly [number, number] => {
  const names = new Names()
  const prints = new Fingerprints(names)
  prints.push(place, names.of(part))
  return [prints.high(0), prints.low(0)]
}

/** A message to a node; whom it is from does not matter. */
export const to = (dst: number, msg: number): Packet<number> => ({ src: address(0), dst: address(dst), msg })

/** What an environment allows that stays as it is, or becomes another. */
export const deliver = (packet: Packet<number>, ts: number, then: number) =>
  O.some({ act: { _tag: 'Deliver', packet, ts }, then } as const)
export const intern = (node: Address, transition: string, then: number) =>
  ({ act: { _tag: 'Intern', node, transition, ts: 0 }, then }) as const

/** All that a test says of a small network; by default nothing is in flight, and nothing changes. */
export interface Small {
  /** The states of the nodes 0, 1, …: they do not say whose they are. */
  readonly states: ReadonlyArray<number>
  readonly packets?: ReadonlyArray<Packet<number>>
  readonly onMessage?: (st: number, msg: number, ts: number) => readonly [number, ReadonlyArray<Packet<number>>]
  readonly onInternal?: (st: number, transition: string) => readonly [number, ReadonlyArray<Packet<number>>]
  readonly environment?: Partial<Environment<number, number, number, string, number>>
  readonly invariants?: ReadonlyArray<NetworkInvariant<number, number>>
  readonly observations?: LocalObservations<number, number>
  readonly symmetry?: Symmetry<number, number, number>
}

export const small = ({
  states,
  packets = [],
  onMessage,
  onInternal,
  environment,
  invariants,
  observations,
  symmetry
}: Small) => {
  const addresses = netAddr(states.length)
  const protocol: Protocol<number, number, string, number> = {
    Init: () => 0,
    procMsg: (st, _from, msg, ts) => onMessage?.(st, msg, ts) ?? [st, []],
    procInt: (st, transition) => onInternal?.(st, transition) ?? [st, []],
    id: () => address(0),
    coherent: [],
    transitionsBehind: () => [],
    State: ordNumber,
    Message: ordNumber,
    Internal: ordString,
    Timestamp: ordNumber
  }
  const options: NetworkModelOptions<number, number, number, string, number> = {
    name: 'small',
    network: Network(addresses, protocol),
    environment: {
      initial: 0,
      delivery: (env, packet) => deliver(packet, 0, env),
      internal: () => [],
      packetFaults: () => [],
      networkFaults: () => [],
      Env: ordNumber,
      ...environment
    },
    world: {
      localState: { _tag: 'Def', entries: addresses.enum.map((n, i) => [n, states[i] ?? 0]) },
      inFlightMsgs: packets,
      consumedMsgs: []
    },
    invariants: invariants ?? [],
    kinds: [],
    kindOfMessage: String,
    kindOfInternal: String,
    observations: observations ?? { states: [], steps: [] },
    ...(symmetry && { symmetry })
  }
  const model = networkModel(options)
  const names = new Names()
  // Interned without what refuses states that are not coherent: these do not say whose they are.
  return {
    begin: (how?: CompactOptions) =>
      begun(
        internNetwork({
          ...options,
          starts: [{ world: options.world, env: options.environment.initial }],
          firsts: [0],
          properties: [],
          kindOf: model.kindOf,
          protocol,
          names,
          ...how
        })
      )
  }
}
export type SmallAction = Action<number, string, number>

/** A message, a transition, or a fault. */
export const word = (a: SmallAction): string => {
  switch (a._tag) {
    case 'Deliver':
      return String(a.packet.msg)
    case 'Intern':
      return a.transition
    case 'Forge':
    case 'Duplicate':
    case 'Lose':
      return `${a._tag} ${a.packet.msg}`
    case 'Crash':
    case 'Restart':
      return `${a._tag} ${a.node}`
    case 'Cut':
    case 'Heal':
      return a._tag
  }
}

/** A compact system at its initial state, and what is done with it here. */
export const begun = (compact: CompactSystem<SmallAction>) => {
  compact.begin()
  const steps = (): ReadonlyArray<string> =>
    Array.from({ length: compact.enumerate() }, (_, place) => word(compact.actionAt(place)))
  return {
    compact,
    /** The words of the steps, in order. */
    steps,
    /** Takes the first step with each of these words. */
    go: (...words: ReadonlyArray<string>): void => {
      for (const wanted of words) {
        const place = steps().indexOf(wanted)
        expect([wanted, place >= 0]).toEqual([wanted, true])
        compact.apply(place)
      }
    },
    /** The words of the actions that `take` makes of the first step with this word. */
    taken: (wanted: string): ReadonlyArray<string> => compact.take(steps().indexOf(wanted)).map(word)
  }
}
