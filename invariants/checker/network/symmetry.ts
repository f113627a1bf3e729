/**
 * Symmetry: where it does not matter what the nodes of a network are called, one state stands for all that differ from it
 * in nothing but names, its *orbit*.
 *
 * A protocol declares what names nodes. A wrong declaration could hide a violation, so `symmetryObjection` compares
 * orbits before a search relies on it.
 */
import { RefusedSearch } from '../model/refusal.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Address } from '../../../spec/system/address.js'
import type { GlobalState } from '../../../spec/system/executions.js'
import type { Packet } from '../../../spec/system/protocol.js'
import type { TransitionSystem } from '../../../spec/system/transitionSystem.js'
import { dom, entries } from '../../../spec/prelude/unionMap.js'
import { Fingerprints } from '../data/fingerprints.js'
import { IntColumn } from '../data/growing.js'
import { finished } from '../data/mix.js'
import type { Names } from '../data/names.js'

/** What each node is called instead: a permutation of the nodes, and the identity elsewhere. */
export type Renaming = (n: Address) => Address

/**
 * What becomes of a protocol's data when nodes are called otherwise. Each function must treat lists that have an order of
 * their own (peers by address, say) as the protocol does, so that what the renamed network does is what the network does,
 * renamed.
 */
export interface Symmetry<Env, State, Message> {
  readonly env: (to: Renaming, e: Env) => Env
  readonly state: (to: Renaming, st: State) => State
  readonly message: (to: Renaming, m: Message) => Message
}

/** The most nodes: every state is looked at under each of their permutations, of which there are 720 then. */
export const MOST_SYMMETRIC_NODES = 6

/** All orders of a list, the given one first. */
const permutations = <X>(xs: ReadonlyArray<X>): ReadonlyArray<ReadonlyArray<X>> =>
  xs.length === 0
    ? [[]]
    : xs.flatMap((x, i) => permutations([...xs.slice(0, i), ...xs.slice(i + 1)]).map((rest) => [x, ...rest]))

const renaming = (nodes: ReadonlyArray<Address>, to: ReadonlyArray<Address>): Renaming => {
  const names = new Map(nodes.map((n, i) => [n, to[i] ?? n]))
  return (n) => names.get(n) ?? n
}

/**
 * Every way to rename these nodes, that which changes nothing first.
 * @throws RangeError for too many nodes.
 */
export const renamings = (nodes: ReadonlyArray<Address>): ReadonlyArray<Renaming> => {
  if (nodes.length > MOST_SYMMETRIC_NODES)
    throw new RefusedSearch(
      `${String(nodes.length)} nodes are too many for a search up to symmetry: at most ${String(MOST_SYMMETRIC_NODES)}`
    )
  return permutations(nodes).map((to) => renaming(nodes, to))
}

const renamedPacket = <Env, State, Message>(
  { message }: Symmetry<Env, State, Message>,
  to: Renaming,
  { src, dst, msg }: Packet<Message>
): Packet<Message> => ({ src: to(src), dst: to(dst), msg: message(to, msg) })

/** A state in which nodes are called otherwise. */
export const renamed = <Env, State, Message>(
  symmetry: Symmetry<Env, State, Message>,
  to: Renaming,
  { world, env }: GlobalState<State, Message, Env>
): GlobalState<State, Message, Env> => {
  const packets = (ps: ReadonlyArray<Packet<Message>>) => ps.map((p) => renamedPacket(symmetry, to, p))
  const { localState } = world
  return {
    world: {
      localState:
        localState._tag === 'Undef'
          ? localState
          : {
              _tag: 'Def',
              entries: entries(localState)
                .map(([n, st]) => [to(n), symmetry.state(to, st)] as const)
                .sort(([n], [m]) => n - m)
            },
      inFlightMsgs: packets(world.inFlightMsgs),
      consumedMsgs: packets(world.consumedMsgs)
    },
    env: symmetry.env(to, env)
  }
}

/** The fingerprints of orbits of states that are made of numbered parts: sums over all renamings. */
export class Orbits<Env, State, Message> {
  readonly #renamings: ReadonlyArray<{
    readonly to: Renaming
    /** What each node's index becomes. */
    readonly index: ReadonlyArray<number>
    readonly envs: Fingerprints
    readonly locals: Fingerprints
    readonly packets: Fingerprints
    /** The lanes of each cell. */
    readonly high: IntColumn
    readonly low: IntColumn
  }>
  high = 0
  low = 0

  constructor(
    private readonly symmetry: Symmetry<Env, State, Message>,
    nodes: ReadonlyArray<Address>,
    private readonly names: Names
  ) {
    this.#renamings = renamings(nodes).map((to) => ({
      to,
      index: nodes.map((n) => nodes.indexOf(to(n))),
      envs: new Fingerprints(names),
      locals: new Fingerprints(names),
      packets: new Fingerprints(names),
      high: new IntColumn(),
      low: new IntColumn()
    }))
  }

  /** Registers a new state of the environment, with its place in fingerprints; called in the order of their numbers. */
  addEnv(place: number, env: Env): void {
    for (const { to, envs } of this.#renamings) envs.push(place, this.names.of(this.symmetry.env(to, env)))
  }

  /** Registers a new local state of the node with an index. */
  addLocal(node: number, st: State): void {
    for (const { to, index, locals } of this.#renamings)
      locals.push(index[node] ?? node, this.names.of(this.symmetry.state(to, st)))
  }

  /** Registers a new packet, with its place in fingerprints. */
  addPacket(place: number, p: Packet<Message>): void {
    for (const { to, packets } of this.#renamings)
      packets.push(place, this.names.of(renamedPacket(this.symmetry, to, p)))
  }

  /** Registers a new cell: a local state, if it is 0 or more, and so many packets. */
  addCell(local: number, bag: Int32Array, length: number): void {
    for (const { locals, packets, high, low } of this.#renamings) {
      let [h, l] = local < 0 ? [0, 0] : [locals.high(local), locals.low(local)]
      for (let i = 0; i < length; i++) {
        h = (h + packets.high(bag[i] ?? 0)) | 0
        l = (l + packets.low(bag[i] ?? 0)) | 0
      }
      high.push(h)
      low.push(l)
    }
  }

  /** Forgets all cells. */
  forgetCells(): void {
    for (const { high, low } of this.#renamings) {
      high.clear()
      low.clear()
    }
  }

  /** Sets `high` and `low` to the fingerprint of the orbit of a state: so many cells from a place on, an environment. */
  measure(cells: Int32Array, at: number, count: number, env: number): void {
    let [high, low] = [0, 0]
    for (const r of this.#renamings) {
      let h = r.envs.high(env)
      let l = r.envs.low(env)
      for (let i = 0; i < count; i++) {
        h = (h + (r.high.data[cells[at + i] ?? 0] ?? 0)) | 0
        l = (l + (r.low.data[cells[at + i] ?? 0] ?? 0)) | 0
      }
      high = (high + finished(h, l, 0)) | 0
      low = (low + finished(l, h, 0)) | 0
    }
    this.high = high
    this.low = low
  }
}

/** How many states besides the initial ones are compared with their images, those that are near. */
const COMPARED = 23

/** What a symmetry must keep: a system, what tells its states apart, and the verdict on them. */
export interface Symmetric<S, A> {
  readonly system: TransitionSystem<S, A>
  readonly key: (s: S) => string
  readonly violates: (s: S) => boolean
}

/**
 * Why a declared symmetry is wrong, as far as the states next to the initial one show it; none: they show nothing wrong.
 * For each transposition of neighbours, which generate all renamings: the initial states are each other's images; the steps of an
 * image lead to the images of where the steps lead; an image violates an invariant iff the state does; and for every
 * renaming, renaming twice is renaming once by both.
 */
export const symmetryObjection = <Env, State, Message, A>(
  { system, key, violates }: Symmetric<GlobalState<State, Message, Env>, A>,
  symmetry: Symmetry<Env, State, Message>
): string | undefined => {
  type G = GlobalState<State, Message, Env>
  const [initial] = system.initial
  if (initial === undefined) return undefined
  const begins = new Set(system.initial.map(key))
  const nodes = dom(initial.world.localState)
  const swaps = nodes.slice(1).map((n, i) => ({ n, m: nodes[i] ?? n }))
  const image = (to: Renaming, s: G): G => renamed(symmetry, to, s)
  const swap =
    (n: Address, m: Address): Renaming =>
    (x) =>
      x === n ? m : x === m ? n : x
  const after = (s: G): ReadonlyArray<G> =>
    system.actions(s).flatMap((a) => {
      const next = system.next(s, a)
      return O.isSome(next) ? [next.value] : []
    })
  const keys = (states: ReadonlyArray<G>): string => states.map(key).sort().join('\n')

  const found = new Map(system.initial.map((s) => [key(s), { s, steps: 0 }]))
  for (const { s, steps } of found.values()) {
    const next = after(s)
    for (const one of next)
      if (found.size < COMPARED + begins.size && !found.has(key(one))) found.set(key(one), { s: one, steps: steps + 1 })
    const where = steps === 0 ? 'the initial state' : `a state after ${String(steps)} step${steps === 1 ? '' : 's'}`
    for (const { n, m } of swaps) {
      const to = swap(n, m)
      const says = (what: string): string => `when the nodes ${String(m)} and ${String(n)} change their names, ${what}`
      const other = image(to, s)
      if (steps === 0 && !begins.has(key(other))) return says('the initial state becomes another')
      if (keys(after(other)) !== keys(next.map((one) => image(to, one))))
        return says(`the steps of ${where} lead to other states than those that they led to, renamed`)
      if (violates(other) !== violates(s)) return says(`the verdict on ${where} changes`)
      for (const then of renamings(nodes))
        if (key(image((x) => then(to(x)), s)) !== key(image(then, other)))
          return says(`and then all once more, ${where} is not what it is when both is done at once`)
    }
  }
  return undefined
}
