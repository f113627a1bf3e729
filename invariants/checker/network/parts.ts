/**
 * The parts of which worlds are made, local states, packets and states of the environment: each is stored once, with what
 * is known of it alone, and named by a small integer.
 */
import type { Address } from '../../../spec/system/address.js'
import type { Packet } from '../../../spec/system/protocol.js'
import type { Soup } from '../../../spec/system/soup.js'
import { bitsOf } from '../data/bits.js'
import { called } from '../data/canonical.js'
import { Fingerprints } from '../data/fingerprints.js'
import { IntColumn } from '../data/growing.js'
import { Interner } from '../data/interner.js'
import type { Names } from '../data/names.js'
import { Freezer } from '../model/guard.js'
import type { ModelFault } from '../model/guard.js'
import { AS_PACKET, byChannel, byPrint } from './packetOrder.js'
import type { Orbits } from './symmetry.js'
import type { Verdicts } from './verdicts.js'

/** No packet, no local state, no step. */
export const NONE = -1

/** The places of environments and packets in fingerprints; that of a local state is the index of its node. */
const AS_ENVIRONMENT = -1

/** The local state of the node with an index. */
export interface Local<State> {
  readonly node: number
  readonly st: State
}

/** Where parts come from, and what is notified of new ones. */
export interface PartsOptions<Env, State, Message> {
  readonly nodes: ReadonlyArray<Address>
  readonly names: Names
  /** How packets are kept. Default: a bag. */
  readonly soup?: Soup | undefined
  /** What is observed in local states. */
  readonly observed: ReadonlyArray<(st: State) => boolean>
  /** Why a node cannot have a state. Default: it can have any. */
  readonly refuses?: ((n: Address, st: State) => ModelFault | undefined) | undefined
  readonly verdicts: Verdicts<State, Message>
  readonly orbits: Orbits<Env, State, Message> | undefined
}

/** The parts of the worlds of a network. */
export class Parts<Env, State, Message> {
  readonly envs: Interner<Env>
  readonly locals: Interner<Local<State>>
  readonly packets: Interner<Packet<Message>>
  readonly envPrint: Fingerprints
  readonly localPrint: Fingerprints
  readonly packetPrint: Fingerprints
  /** What is observed in each local state, as bits. */
  readonly localBits = new IntColumn()
  /** The index of the node to which each packet goes: that after the last for the packets to nobody. */
  readonly packetNode = new IntColumn()
  readonly nodes: ReadonlyArray<Address>
  /** By what parts are told apart. */
  readonly names: Names
  /** How packets are kept. */
  readonly soup: Soup
  readonly #observed: ReadonlyArray<(st: State) => boolean>
  readonly #refuses: PartsOptions<Env, State, Message>['refuses']
  readonly #verdicts: Verdicts<State, Message>
  readonly #freezer = new Freezer()
  readonly #orbits: Orbits<Env, State, Message> | undefined
  readonly #indexOf: ReadonlyMap<Address, number>

  constructor({ nodes, names, soup = 'bag', observed, refuses, verdicts, orbits }: PartsOptions<Env, State, Message>) {
    this.nodes = nodes
    this.names = names
    this.soup = soup
    this.#observed = observed
    this.#refuses = refuses
    this.#verdicts = verdicts
    this.#orbits = orbits
    this.#indexOf = new Map(nodes.map((n, i) => [n, i]))
    this.envs = new Interner<Env>(names.of)
    this.locals = new Interner(({ node, st }) => names.of(st) * nodes.length + node)
    this.packets = new Interner<Packet<Message>>(names.of)
    this.envPrint = new Fingerprints(names)
    this.localPrint = new Fingerprints(names)
    this.packetPrint = new Fingerprints(names)
  }

  /** The number of a state of the environment. */
  env(e: Env): number {
    const one = called('environment', () => this.names.one(e))
    const id = this.envs.idOf(one)
    if (id === this.envPrint.length) {
      this.#freezer.freeze(one)
      this.envPrint.push(AS_ENVIRONMENT, this.names.of(one))
      this.#orbits?.addEnv(AS_ENVIRONMENT, one)
    }
    return id
  }

  /**
   * The number of a local state of the node with this index.
   * @throws ModelFault for one that the node cannot have.
   */
  local(node: number, state: State): number {
    const st = called(`state of node ${String(this.nodes[node])}`, () => this.names.one(state))
    const id = this.locals.idOf({ node, st })
    const n = this.nodes[node]
    if (id === this.localPrint.length && n !== undefined) {
      this.#freezer.freeze(st)
      const fault = this.#refuses?.(n, st)
      if (fault !== undefined) throw fault
      this.localPrint.push(node, this.names.of(st))
      this.#orbits?.addLocal(node, st)
      this.localBits.push(bitsOf(this.#observed.map((of) => of(st))))
      this.#verdicts.addLocal(n, st)
    }
    return id
  }

  /** The number of a packet. */
  packet(packet: Packet<Message>): number {
    const p = called('packet', () => this.names.one(packet))
    const id = this.packets.idOf(p)
    if (id === this.packetPrint.length) {
      this.#freezer.freeze(p)
      this.packetPrint.push(AS_PACKET, this.names.of(p))
      this.#orbits?.addPacket(AS_PACKET, p)
      this.packetNode.push(this.#indexOf.get(p.dst) ?? this.nodes.length)
      this.#verdicts.addPacket(p.msg)
    }
    return id
  }

  /** Packets that were put in flight in this order, as a cell has them; a soup that keeps each once keeps each once. */
  arranged(ids: ReadonlyArray<number>): number[] {
    switch (this.soup) {
      case 'bag':
        return [...ids].sort(this.byPrint)
      case 'set':
        return [...new Set(ids)].sort(this.byPrint)
      case 'fifo':
        return [...ids].sort((p, q) => byChannel(this.packets.valueOf(p), this.packets.valueOf(q)))
    }
  }

  /** Two packets go from the same node to the same node. */
  sameChannel(p: number, q: number): boolean {
    return byChannel(this.packets.valueOf(p), this.packets.valueOf(q)) === 0
  }

  /**
   * The order of packets in bags, as `sort` wants it. It is that of their fingerprints, which do not depend on what has
   * been met before, so that a seed means the same runs.
   */
  readonly byPrint = (p: number, q: number): number => byPrint(this.packetPrint, p, q)
}
