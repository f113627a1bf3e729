/**
 * Local steps: what some node, or the network, can do by itself, computed once by the protocol that the reader reads.
 *
 * A local step does not say in which world it is taken, only what it does there: which packet it takes, which local state
 * it leads to, what it sends, and by how much the fingerprint changes.
 */
import * as O from 'fp-ts/lib/Option.js'
import { rights } from 'fp-ts/lib/ReadonlyArray.js'
import { afterSending } from '../../../spec/system/executions.js'
import type { Action, Allowed, Delivery, Environment, Forge } from '../../../spec/system/executions.js'
import type { Protocol, ToSend } from '../../../spec/system/protocol.js'
import { occasionOf } from '../../property/property.js'
import type { NodeStep } from '../../property/property.js'
import { bitsOf } from '../data/bits.js'
import { IntColumn } from '../data/growing.js'
import { Interner, PairTable } from '../data/interner.js'
import { NONE } from './parts.js'
import type { Local, Parts } from './parts.js'

/** Of what steps are made. */
export interface LocalStepsOptions<Env, State, Message, Internal, Timestamp> {
  readonly protocol: Pick<Protocol<State, Message, Internal, Timestamp>, 'procMsg' | 'procInt' | 'restart'>
  readonly environment: Environment<Env, State, Message, Internal, Timestamp>
  /** What is observed in local steps. */
  readonly observed: ReadonlyArray<(before: State, after: State) => boolean>
  /** What must hold of what nodes do in them. */
  readonly nodeSteps: ReadonlyArray<NodeStep<State, Message, Internal>>
  readonly kindOf: (a: Action<Message, Internal, Timestamp>) => string
}

/** What a step does to one node and to the packets in flight. */
interface Effect<State, Message> {
  /** Whose step it is: the index of a node, or that of nobody. */
  readonly node: number
  /** The node's local state before; NONE for nobody. */
  readonly local: number
  /** What becomes of it; undefined: nothing. */
  readonly after?: State
  readonly takes: number
  /** What is put in flight. */
  readonly puts: ToSend<Message>
}

/** The local steps of a network, by number. */
export class LocalSteps<Env, State, Message, Internal, Timestamp> {
  /** The environment after each step. */
  readonly env = new IntColumn()
  /** The local state after it; NONE for nobody. */
  readonly local = new IntColumn()
  /** The packet that it takes; NONE: none. */
  readonly takes = new IntColumn()
  /** The bundle of packets that it sends to the node that takes it; NONE: nothing. */
  readonly self = new IntColumn()
  /** Where in `sends` those to others begin, and where they end: pairs of a node's index and a bundle. */
  readonly sendsFrom = new IntColumn()
  readonly sendsTo = new IntColumn()
  readonly sends = new IntColumn()
  /** By how much it changes the fingerprint. */
  readonly high = new IntColumn()
  readonly low = new IntColumn()
  readonly kind = new IntColumn()
  /** What is observed in it, as bits. */
  readonly bits = new IntColumn()
  /** How often it was taken. */
  readonly times = new IntColumn()
  /** The steps that break a step invariant. */
  readonly broken = new Set<number>()
  readonly #actions: Array<Action<Message, Internal, Timestamp>> = []
  readonly kinds = new Interner<string>((kind) => kind)
  /** Bundles: packets that are sent together to one node, in order. */
  readonly bundles = new Interner<ReadonlyArray<number>>((ids) => ids.join())
  /** What may happen somewhere: lists of steps, by number. Nothing: 0. */
  readonly #lists: Array<ReadonlyArray<number>> = [[]]
  readonly #parts: Parts<Env, State, Message>
  readonly #options: LocalStepsOptions<Env, State, Message, Internal, Timestamp>
  /** For each environment state the list of what may happen to a packet when its destination has a local state. */
  readonly #ofPacket: PairTable[] = []
  /** What the node with a local state may do by itself. */
  readonly #ofNode: PairTable[] = []
  /** What else may happen. */
  readonly #ofNetwork = new IntColumn()
  /** For each environment state the packets that can be forged in it. */
  readonly #forged: Array<ReadonlyArray<number>> = []

  constructor(parts: Parts<Env, State, Message>, options: LocalStepsOptions<Env, State, Message, Internal, Timestamp>) {
    this.#parts = parts
    this.#options = options
  }

  /** How many there are. */
  get length(): number {
    return this.#actions.length
  }

  /** Makes the tables of the environment states up to this one. */
  prepare(env: number): void {
    const { environment } = this.#options
    const { envs, nodes } = this.#parts
    // An environment that learns has many states, with few steps in each.
    const bits = environment.sent === undefined ? undefined : 3
    while (this.#ofNetwork.length <= env) {
      const e = this.#ofNetwork.length
      this.#ofPacket.push(new PairTable((p, localPlusOne) => this.#packetSteps(e, p, localPlusOne - 1), bits))
      this.#ofNode.push(new PairTable((local) => this.#nodeSteps(e, local), bits))
      const [forged, faults] = [environment.forged?.(envs.valueOf(e)), environment.networkFaults(envs.valueOf(e))]
      this.#forged.push([...new Set(rights(forged ?? []).map((p) => this.#parts.packet(p)))])
      const nobody = { node: nodes.length, local: NONE, takes: NONE, puts: [] }
      this.#ofNetwork.push(this.#listed(faults.map((allowed) => this.#add(e, allowed, nobody))))
    }
  }

  /** What may happen to a packet in an environment when its destination has a local state: delivery, faults. */
  ofPacket(env: number, p: number, local: number): ReadonlyArray<number> {
    return this.#lists[this.#ofPacket[env]?.get(p, local + 1) ?? 0] ?? []
  }

  /** What the node with a local state may do by itself in an environment; of no local state, what else may happen. */
  ofNode(env: number, local: number): ReadonlyArray<number> {
    return this.#lists[(local === NONE ? this.#ofNetwork.data[env] : this.#ofNode[env]?.get(local, 0)) ?? 0] ?? []
  }

  /** The action of a step. */
  actionOf(step: number): Action<Message, Internal, Timestamp> {
    const action = this.#actions[step]
    if (action === undefined)
      throw new RangeError(`no local step has the number ${String(step)}; there are ${String(this.length)}`)
    return action
  }

  /** A step that is taken in an environment, of a node with a local state, changes nothing. */
  isIdle(step: number, env: number, local: number): boolean {
    return (
      this.local.data[step] === local &&
      this.env.data[step] === env &&
      this.takes.data[step] === NONE &&
      this.putsNothing(step)
    )
  }

  /** A step puts nothing in flight. */
  putsNothing(step: number): boolean {
    return this.self.data[step] === NONE && this.sendsFrom.data[step] === this.sendsTo.data[step]
  }

  /** What a step does to the fingerprint is the same in all states in which it can be taken, however packets are kept. */
  isAdditive(step: number): boolean {
    const { soup } = this.#parts
    // A set may have what is sent already; in a queue each packet has a place.
    return soup === 'bag' || (this.putsNothing(step) && (soup === 'set' || this.takes.data[step] === NONE))
  }

  /** Counts that a step was taken so many times. */
  count(step: number, times: number): void {
    this.times.data[step] = (this.times.data[step] ?? 0) + times
  }

  #listed(steps: ReadonlyArray<number>): number {
    return steps.length === 0 ? 0 : this.#lists.push(steps) - 1
  }

  #packetSteps(env: number, p: number, local: number): number {
    const { environment } = this.#options
    const { envs, packets, packetNode, nodes } = this.#parts
    const e = envs.valueOf(env)
    const packet = packets.valueOf(p)
    const node = packetNode.data[p] ?? nodes.length
    const delivery = local === NONE ? O.none : environment.delivery(e, packet)
    const deliveries = O.isNone(delivery) ? [] : [delivery.value]
    return this.#listed([
      ...deliveries.map((allowed) => this.#receive(env, allowed, local, allowed.act.stays === true ? NONE : p)),
      ...environment.packetFaults(e, packet).map((allowed) =>
        this.#add(env, allowed, {
          node,
          local,
          takes: allowed.act._tag === 'Lose' ? p : NONE,
          puts: allowed.act._tag === 'Duplicate' ? [packet] : []
        })
      )
    ])
  }

  #nodeSteps(env: number, local: number): number {
    const { protocol, environment } = this.#options
    const { envs, locals, nodes, packets, packetNode } = this.#parts
    const { node, st } = locals.valueOf(local)
    const e = envs.valueOf(env)
    const forged = (this.#forged[env] ?? []).filter((p) => packetNode.data[p] === node)
    return this.#listed([
      ...forged.flatMap((p) => {
        const arrival = environment.delivery(e, packets.valueOf(p))
        if (O.isNone(arrival)) return []
        const { act, then } = arrival.value
        const { packet, ts } = act
        return [this.#receive(env, { act: { _tag: 'Forge', packet, ts }, then }, local, NONE)]
      }),
      ...nodes.slice(node, node + 1).flatMap((n) => [
        ...environment.internal(e, n, st).map((allowed) => {
          const reaction = protocol.procInt(st, allowed.act.transition, allowed.act.ts)
          return this.#react(env, allowed, { node, local, takes: NONE }, reaction)
        }),
        ...(environment.nodeFaults?.(e, n, st) ?? []).map((allowed) => {
          const after = allowed.act._tag === 'Crash' ? protocol.restart?.(st) : undefined
          return this.#add(env, allowed, { node, local, takes: NONE, puts: [], ...(after !== undefined && { after }) })
        })
      ])
    ])
  }

  /** Adds the step in which a packet reaches a node with a local state; its number. */
  #receive(
    env: number,
    allowed: Allowed<Delivery<Message, Timestamp> | Forge<Message, Timestamp>, Env>,
    local: number,
    takes: number
  ): number {
    const { packet, ts } = allowed.act
    const { node, st } = this.#parts.locals.valueOf(local)
    const reaction = this.#options.protocol.procMsg(st, packet.src, packet.msg, ts)
    return this.#react(env, allowed, { node, local, takes }, reaction)
  }

  /** Adds the step in which a node goes to another state and sends something; its number. */
  #react(
    env: number,
    { act, then }: Allowed<Action<Message, Internal, Timestamp>, Env>,
    of: Pick<Effect<State, Message>, 'node' | 'local' | 'takes'>,
    [after, sent]: readonly [State, ToSend<Message>]
  ): number {
    const { environment } = this.#options
    const { corrupt } = environment
    const puts = corrupt === undefined ? sent : sent.filter(({ dst }) => !corrupt.includes(dst))
    const step = this.#add(env, { act, then: afterSending(environment, then, sent) }, { ...of, after, puts })
    if (this.#breaks(act, this.#parts.locals.valueOf(of.local), after, sent)) this.broken.add(step)
    return step
  }

  /** Adds a step that is taken in an environment; its number. */
  #add(
    env: number,
    { act, then }: Allowed<Action<Message, Internal, Timestamp>, Env>,
    { node, local, takes, after, puts }: Effect<State, Message>
  ): number {
    const parts = this.#parts
    const { envPrint, localPrint, packetPrint, packetNode } = parts
    const envAfter = parts.env(then)
    const before = local === NONE ? undefined : parts.locals.valueOf(local)
    const localAfter = before === undefined || after === undefined ? local : parts.local(before.node, after)
    const sentIds = puts.map((p) => parts.packet(p))
    // What is NONE has the fingerprint 0.
    let high = envPrint.high(envAfter) - envPrint.high(env) - packetPrint.high(takes)
    let low = envPrint.low(envAfter) - envPrint.low(env) - packetPrint.low(takes)
    high += localPrint.high(localAfter) - localPrint.high(local)
    low += localPrint.low(localAfter) - localPrint.low(local)
    for (const p of sentIds) {
      high = (high + packetPrint.high(p)) | 0
      low = (low + packetPrint.low(p)) | 0
    }
    const bundleFor = (n: number): number => {
      const ids = sentIds.filter((p) => packetNode.data[p] === n)
      return ids.length === 0 ? NONE : this.bundles.idOf(parts.arranged(ids))
    }
    this.env.push(envAfter)
    this.local.push(localAfter)
    this.takes.push(takes)
    this.self.push(bundleFor(node))
    this.sendsFrom.push(this.sends.length)
    for (let n = 0; n <= parts.nodes.length; n++) {
      const bundle = n === node ? NONE : bundleFor(n)
      if (bundle === NONE) continue
      this.sends.push(n)
      this.sends.push(bundle)
    }
    this.sendsTo.push(this.sends.length)
    this.high.push(high | 0)
    this.low.push(low | 0)
    this.kind.push(this.kinds.idOf(this.#options.kindOf(act)))
    this.times.push(0)
    this.bits.push(
      before === undefined || after === undefined || localAfter === local
        ? 0
        : bitsOf(this.#options.observed.map((of) => of(before.st, after)))
    )
    return this.#actions.push(act) - 1
  }

  /** What a node does in a step breaks a step invariant. */
  #breaks(
    act: Action<Message, Internal, Timestamp>,
    { node: index, st: before }: Local<State>,
    after: State,
    sent: ToSend<Message>
  ): boolean {
    const to = occasionOf(act)
    if (to === undefined) return false
    const { nodeSteps } = this.#options
    return this.#parts.nodes
      .slice(index, index + 1)
      .some((node) => nodeSteps.some(({ decide }) => decide({ node, before, after, to, sent }).length > 0))
  }
}
