/**
 * A network with integers for states.
 *
 * Every distinct local state, packet and environment state is stored once and named by a small integer (`interner.ts`).
 * What a node does with a packet is computed once, by the protocol that the reader reads, and kept as a *row*. A node's
 * local state together with the packets in flight to it is a *cell*, and a world is a cell for each node, one more for the
 * packets to nobody, and the environment's state. There are far fewer cells than worlds, and what can happen in a world,
 * where it leads, and what an invariant looks at, is known cell by cell: a step is a few look-ups (`views.ts` has those of
 * the invariants). Nothing here knows any protocol.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Address } from '../../spec/system/address.js'
import type { Action, Allowed, Environment, GlobalState } from '../../spec/system/executions.js'
import type { NetworkOf, World } from '../../spec/system/network.js'
import type { Packet, ToSend } from '../../spec/system/protocol.js'
import { entries } from '../../spec/prelude/unionMap.js'
import type { Names } from './names.js'
import { leaves } from '../invariant.js'
import type { NetworkInvariant } from '../invariant.js'
import { Fingerprints } from './fingerprints.js'
import { IntColumn, lengthened } from './growing.js'
import { HashIndex, Interner, PairTable } from './interner.js'
import { bitsOf } from './bits.js'
import { mergeCoverage, quiescent, Tally } from './result.js'
import type { Coverage } from './result.js'
import { scoreCalled } from './scores.js'
import type { LocalScore } from './scores.js'
import { Orbits } from './symmetry.js'
import type { Symmetry } from './symmetry.js'
import { FAILS, Verdicts } from './views.js'
import { addTo } from './visited.js'
import type { VisitedSet } from './visited.js'
import type { CompactSystem, Expansion } from './walker.js'

/** Something worth counting in local states and in local steps, and what a search may go toward. */
export interface LocalObservations<State, Message = unknown> {
  readonly states: ReadonlyArray<{ readonly name: string; readonly says: string; readonly of: (st: State) => boolean }>
  readonly steps: ReadonlyArray<{
    readonly name: string
    readonly says: string
    readonly of: (before: State, after: State) => boolean
  }>
  /** Default: none. */
  readonly scores?: ReadonlyArray<LocalScore<State, Message>>
}

/** What is interned. */
export interface InternOptions<Env, State, Message, Internal, Timestamp> {
  readonly network: NetworkOf<State, Message, Internal, Timestamp>
  readonly environment: Environment<Env, State, Message, Internal, Timestamp>
  readonly world: World<State, Message>
  readonly invariants: ReadonlyArray<NetworkInvariant<State, Message>>
  readonly observations: LocalObservations<State, Message>
  /** The kinds that are reported even if they never occur. */
  readonly kinds: ReadonlyArray<string>
  readonly kindOf: (a: Action<Message, Internal, Timestamp>) => string
  /** By which values are told apart. */
  readonly names: Names
  /** What becomes of the data when nodes are called otherwise. */
  readonly symmetry?: Symmetry<Env, State, Message> | undefined
}

/** How a network is interned. */
export interface CompactOptions {
  /** A walk that begins anew forgets the cells that it has met if they are more than this. Default: 2^18. */
  readonly mostCells?: number
  /** Purge inert packets. Default: false. */
  readonly purge?: boolean
  /** Take states that differ in the names of nodes only for one. Default: false. */
  readonly uptoSymmetry?: boolean
  /** The name of the score that states have. Default: every state has the score 0. */
  readonly toward?: string
}

/** The places of environments and packets in fingerprints; that of a local state is the index of its node. */
const AS_ENVIRONMENT = -1
const AS_PACKET = -2

/** No packet, no node, no row. */
const NONE = -1

/** Integers at the head of a list of steps. */
const HEAD = 2

/** Integers of a step in a list: its row, by how much it changes both lanes, and the cell that it leads to, once known. */
const STEP = 4

/** How many cells are too many to keep when a walk begins anew. */
const MOST_CELLS = 1 << 18

/**
 * The compact form of a network.
 * @throws RangeError where inert packets are to be purged and an invariant does not say what it looks at; where states are
 * to be explored up to symmetry and none is declared, or there are too many nodes; where no score has the name that is asked
 * for.
 */
export const internNetwork = <Env, State, Message, Internal, Timestamp>({
  network,
  environment,
  world,
  invariants,
  observations,
  kinds: kindNames,
  kindOf,
  names,
  symmetry,
  mostCells = MOST_CELLS,
  purge = false,
  uptoSymmetry = false,
  toward
}: InternOptions<Env, State, Message, Internal, Timestamp> & CompactOptions): CompactSystem<
  Action<Message, Internal, Timestamp>
> => {
  type A = Action<Message, Internal, Timestamp>
  type P = Packet<Message>
  interface Local {
    readonly node: number
    readonly st: State
  }

  const { procMsg, procInt } = network.protocol
  const initial = entries(world.localState)
  const nodes = initial.map(([n]) => n)
  const indexOf = new Map<Address, number>(nodes.map((n, i) => [n, i]))
  // A state: a cell for each node, one for the packets to nobody, the environment, and the fingerprint's lanes.
  const NOBODY = nodes.length
  const ENV = NOBODY + 1
  const HIGH = ENV + 1
  const LOW = HIGH + 1
  const WIDTH = LOW + 1

  // ---- what is stored once

  const envs = new Interner<Env>(names.of)
  const locals = new Interner<Local>(({ node, st }) => names.of(st) * nodes.length + node)
  const packets = new Interner<P>(names.of)
  const kinds = new Interner<string>((kind) => kind)

  const parts = invariants.flatMap((invariant) => leaves(invariant).map(([, leaf]) => leaf))
  const verdicts = new Verdicts<State, Message>(parts, nodes, names)
  const eachNode = parts.flatMap(({ part }) =>
    O.isSome(part) && part.value._tag === 'EachNode' ? [part.value.decide] : []
  )
  const wholes = parts.filter(({ part }) => O.isNone(part))
  if (purge && wholes[0] !== undefined)
    throw new RangeError(
      `inert packets cannot be purged: the invariant «${wholes[0].name}» looks at whole states, which may tell them; ` +
        'write it with eachNode or fromView, or search without reductions'
    )
  const nodesPartFails = parts.some(
    ({ part, decide }) => O.isSome(part) && part.value._tag === 'Nodes' && decide({ world }).length > 0
  )

  if (uptoSymmetry && symmetry === undefined)
    throw new RangeError('no symmetry is declared for this protocol: search without that reduction')
  const orbits = uptoSymmetry && symmetry !== undefined ? new Orbits(symmetry, nodes, names) : undefined
  const score = toward === undefined ? undefined : scoreCalled(observations.scores ?? [], toward)
  if (score !== undefined && E.isLeft(score)) throw new RangeError(score.left)

  const localFails = new IntColumn()
  const localBits = new IntColumn()
  const packetNode = new IntColumn()

  const localPrint = new Fingerprints(names)
  const packetPrint = new Fingerprints(names)
  const envPrint = new Fingerprints(names)

  const internEnv = (e: Env): number => {
    const one = names.one(e)
    const id = envs.idOf(one)
    if (id === envPrint.length) {
      envPrint.push(AS_ENVIRONMENT, names.of(one))
      orbits?.addEnv(AS_ENVIRONMENT, one)
    }
    return id
  }

  const internLocal = (node: number, state: State): number => {
    const st = names.one(state)
    const id = locals.idOf({ node, st })
    const n = nodes[node]
    if (id === localFails.length && n !== undefined) {
      localPrint.push(node, names.of(st))
      orbits?.addLocal(node, st)
      localFails.push(eachNode.some((decide) => decide(n, st).length > 0) ? 1 : 0)
      localBits.push(bitsOf(observations.states.map(({ of }) => of(st))))
      verdicts.addLocal(n, st)
    }
    return id
  }

  const internPacket = (packet: P): number => {
    const p = names.one(packet)
    const id = packets.idOf(p)
    if (id === packetNode.length) {
      packetPrint.push(AS_PACKET, names.of(p))
      orbits?.addPacket(AS_PACKET, p)
      packetNode.push(indexOf.get(p.dst) ?? NOBODY)
      verdicts.addPacket(p.msg)
    }
    return id
  }

  /**
   * The order of packets in bags. It is that of their fingerprints, which do not depend on what has been met before, so
   * that a seed means the same runs.
   */
  const byPrint = (p: number, q: number): number =>
    packetPrint.high(p) - packetPrint.high(q) || packetPrint.low(p) - packetPrint.low(q) || p - q

  /** Something is in flight. */
  const BUSY = 1 << observations.states.length
  /** How many states were counted with each combination of observations, and with or without something in flight. */
  const stateTimes = new Float64Array(2 * BUSY)

  // ---- rows: steps, computed once

  const rowEnv = new IntColumn()
  const rowLocal = new IntColumn()
  const rowTakes = new IntColumn()
  /** The bundle that a step sends to the node that takes it; NONE: nothing. */
  const rowSelf = new IntColumn()
  /** Where in `sends` those to others begin, and where they end: pairs of a node's index and a bundle. */
  const rowSends = new IntColumn()
  const rowSendsEnd = new IntColumn()
  const rowHigh = new IntColumn()
  const rowLow = new IntColumn()
  const rowKind = new IntColumn()
  const rowBits = new IntColumn()
  const rowTimes = new IntColumn()
  const rowAction: A[] = []
  const sends = new IntColumn()
  const bundles = new Interner<ReadonlyArray<number>>((ids) => ids.join())
  const lists: Int32Array[] = []

  /** What a step does to the packets in flight and to one node. */
  interface Effect {
    /** Whose step it is: the index of a node, or that of nobody. */
    readonly node: number
    readonly local: number
    readonly takes: number
    readonly after: State | undefined
    readonly sent: ToSend<Message>
  }

  const addRow = (env: number, { act, then }: Allowed<A, Env>, { node, local, takes, after, sent }: Effect): number => {
    const envAfter = internEnv(then)
    const localAfter = after === undefined ? NONE : internLocal(node, after)
    const sentIds = sent.map(internPacket)
    let high = envPrint.high(envAfter) - envPrint.high(env)
    let low = envPrint.low(envAfter) - envPrint.low(env)
    if (localAfter !== NONE) {
      high += localPrint.high(localAfter) - localPrint.high(local)
      low += localPrint.low(localAfter) - localPrint.low(local)
    }
    if (takes !== NONE) {
      high -= packetPrint.high(takes)
      low -= packetPrint.low(takes)
    }
    for (const p of sentIds) {
      high = (high + packetPrint.high(p)) | 0
      low = (low + packetPrint.low(p)) | 0
    }
    const bundleFor = (n: number): number => {
      const ids = sentIds.filter((p) => packetNode.data[p] === n)
      return ids.length === 0 ? NONE : bundles.idOf(ids.sort(byPrint))
    }
    rowEnv.push(envAfter)
    rowLocal.push(localAfter)
    rowTakes.push(takes)
    rowSelf.push(bundleFor(node))
    rowSends.push(sends.length)
    for (let n = 0; n <= NOBODY; n++) {
      const bundle = n === node ? NONE : bundleFor(n)
      if (bundle === NONE) continue
      sends.push(n)
      sends.push(bundle)
    }
    rowSendsEnd.push(sends.length)
    rowHigh.push(high | 0)
    rowLow.push(low | 0)
    rowKind.push(kinds.idOf(kindOf(act)))
    rowTimes.push(0)
    rowBits.push(
      after === undefined || localAfter === local
        ? 0
        : bitsOf(observations.steps.map(({ of }) => of(locals.valueOf(local).st, after)))
    )
    return rowAction.push(act) - 1
  }

  /** Rows as one number: a row, NONE, or below NONE the number of a list. */
  const rowsAsCode = (rows: ReadonlyArray<number>): number =>
    rows.length === 0 ? NONE : rows.length === 1 ? (rows[0] ?? NONE) : NONE - lists.push(Int32Array.from(rows))
  const listOf = (code: number): Int32Array => lists[NONE - code - 1] ?? new Int32Array(0)

  /** What may happen to a packet in an environment when its destination has a local state: delivery, faults. */
  const packetRows: PairTable[] = []
  /** What a node may do by itself in an environment. */
  const internalRows: PairTable[] = []
  /** What else may happen in an environment. */
  const envRows = new IntColumn()

  const packetRowsOf =
    (env: number) =>
    (p: number, localPlusOne: number): number => {
      const e = envs.valueOf(env)
      const packet = packets.valueOf(p)
      const local = localPlusOne - 1
      const node = packetNode.data[p] ?? NOBODY
      const deliveries =
        local === NONE
          ? []
          : O.match<Allowed<Extract<A, { _tag: 'Deliver' }>, Env>, ReadonlyArray<number>>(
              () => [],
              (allowed) => {
                const [after, sent] = procMsg(locals.valueOf(local).st, packet.src, packet.msg, allowed.act.ts)
                return [addRow(env, allowed, { node, local, takes: p, after, sent })]
              }
            )(environment.delivery(e, packet))
      const faults = environment.packetFaults(e, packet).map((allowed) =>
        addRow(env, allowed, {
          node,
          local: NONE,
          takes: allowed.act._tag === 'Lose' ? p : NONE,
          after: undefined,
          sent: allowed.act._tag === 'Duplicate' ? [packet] : []
        })
      )
      return rowsAsCode([...deliveries, ...faults])
    }

  const internalRowsOf =
    (env: number) =>
    (local: number): number => {
      const { node, st } = locals.valueOf(local)
      return rowsAsCode(
        nodes.slice(node, node + 1).flatMap((n) =>
          environment.internal(envs.valueOf(env), n, st).map((allowed) => {
            const [after, sent] = procInt(st, allowed.act.transition, allowed.act.ts)
            return addRow(env, allowed, { node, local, takes: NONE, after, sent })
          })
        )
      )
    }

  const prepareEnv = (env: number): void => {
    while (envRows.length <= env) {
      const e = envRows.length
      packetRows.push(new PairTable(packetRowsOf(e)))
      internalRows.push(new PairTable(internalRowsOf(e)))
      stepsOf.push(new IntColumn())
      envRows.push(
        rowsAsCode(
          environment
            .networkFaults(envs.valueOf(e))
            .map((allowed) =>
              addRow(e, allowed, { node: NOBODY, local: NONE, takes: NONE, after: undefined, sent: [] })
            )
        )
      )
    }
  }

  // ---- cells

  const cellLocal = new IntColumn()
  /** Where in `bags` the packets of a cell begin; they end where those of the next one begin. */
  const cellBag = new IntColumn()
  const cellHigh = new IntColumn()
  const cellLow = new IntColumn()
  const cellBits = new IntColumn()
  const cellClass = new IntColumn()
  const cellScore = new IntColumn()
  /** The packets of cell after cell, each as often as it is in flight, in order. */
  const bags = new IntColumn()
  const cellIndex = new HashIndex()
  /** A bag in the making. */
  let bag = new Int32Array(64)

  const roomFor = (length: number): void => {
    if (length > bag.length) bag = lengthened(bag, length)
  }

  let wantedLocal = NONE
  let wantedLength = 0
  /** A cell has the wanted local state, and as many of the first packets of `bag` as are wanted. */
  const isWanted = (cell: number): boolean => {
    const from = cellBag.data[cell] ?? 0
    if (cellLocal.data[cell] !== wantedLocal || (cellBag.data[cell + 1] ?? 0) - from !== wantedLength) return false
    for (let i = 0; i < wantedLength; i++) if (bags.data[from + i] !== bag[i]) return false
    return true
  }

  /** The part that a node has in the score when it has a local state and the first packets of `bag` are in flight to it. */
  const scoreOf = (local: number, length: number): number => {
    if (score === undefined || local === NONE) return 0
    const { name, of } = score.right
    const part = of(
      locals.valueOf(local).st,
      Array.from(bag.subarray(0, length), (p) => packets.valueOf(p).msg)
    )
    if (part !== (part | 0))
      throw new RangeError(`the score ${name} is ${String(part)}, expected an integer of 32 bits`)
    return part
  }

  /** The cell with a local state and the first packets of `bag`. */
  const internCell = (local: number, length: number): number => {
    let high = local === NONE ? 0 : localPrint.high(local)
    let low = local === NONE ? 0 : localPrint.low(local)
    for (let i = 0; i < length; i++) {
      high = (high + packetPrint.high(bag[i] ?? 0)) | 0
      low = (low + packetPrint.low(bag[i] ?? 0)) | 0
    }
    wantedLocal = local
    wantedLength = length
    const known = cellIndex.find(high ^ low, isWanted)
    if (known !== NONE) return known
    const cell = cellLocal.push(local)
    for (let i = 0; i < length; i++) bags.push(bag[i] ?? 0)
    cellBag.push(bags.length)
    cellHigh.push(high)
    cellLow.push(low)
    cellBits.push((local === NONE ? 0 : (localBits.data[local] ?? 0)) | (length > 0 ? BUSY : 0))
    cellClass.push(local === NONE ? 0 : localFails.data[local] === 1 ? FAILS : verdicts.classOf(local, bag, length))
    orbits?.addCell(local, bag, length)
    cellScore.push(scoreOf(local, length))
    cellIndex.add(high ^ low, cell)
    return cell
  }

  // ---- inert packets
  //
  // A packet is inert in a local state if its delivery changes nothing and sends nothing, whatever the environment. If
  // it is so in all local states that the node may come to, the packet may as well be delivered at once, which is what
  // purging means: no cell has inert packets. Whether they are inert for good is known when the search is over; `amend`
  // looks.

  /** Packets that were purged and should not have been. */
  const spared = new Set<number>()

  /** The times at which a packet may be delivered in the environments that are known; none if that changes something. */
  const timesOf = (p: number): ReadonlyArray<Timestamp> => {
    const times = new Map<number, Timestamp>()
    for (let e = 0; e < envs.size; e++) {
      const env = envs.valueOf(e)
      const delivery = environment.delivery(env, packets.valueOf(p))
      if (O.isNone(delivery) || names.of(delivery.value.then) !== names.of(env)) return []
      if (environment.packetFaults(env, packets.valueOf(p)).length > 0) return []
      times.set(names.of(delivery.value.act.ts), delivery.value.act.ts)
    }
    return [...times.values()]
  }

  const changesNothing = (local: number, p: number, ts: Timestamp): boolean => {
    const { st } = locals.valueOf(local)
    const { src, msg } = packets.valueOf(p)
    const [after, sent] = procMsg(st, src, msg, ts)
    return sent.length === 0 && names.of(after) === names.of(st)
  }

  const newInert = (): PairTable =>
    new PairTable((local, p) => {
      const times = timesOf(p)
      return times.length > 0 && times.every((ts) => changesNothing(local, p, ts)) ? 1 : 0
    })
  let inert = newInert()
  /** For each local state, the packets that were purged in it. */
  const purged = new Map<number, Set<number>>()

  const isPurged = (local: number, p: number): boolean => {
    if (local === NONE || spared.has(p) || inert.get(local, p) === 0) return false
    const known = purged.get(local)
    if (known === undefined) purged.set(local, new Set([p]))
    else known.add(p)
    return true
  }

  /** Takes those of the first packets of `bag` out that are inert; how many are left. */
  const purgeBag = (local: number, length: number): number => {
    let left = 0
    for (let i = 0; i < length; i++) {
      const p = bag[i] ?? 0
      if (!isPurged(local, p)) bag[left++] = p
    }
    return left
  }

  /** The cell with a local state and those of the first packets of `bag` that are not purged. */
  const purgedCell = (local: number, length: number): number =>
    internCell(local, purge ? purgeBag(local, length) : length)

  /** Writes a cell's packets to `bag`, without one of them, with those of a bundle; how many there are. */
  const bagOf = (cell: number, without: number, bundle: number): number => {
    const from = cellBag.data[cell] ?? 0
    const to = cellBag.data[cell + 1] ?? 0
    const more = bundle === NONE ? [] : bundles.valueOf(bundle)
    roomFor(to - from + more.length)
    let length = 0
    let left = without
    let next = 0
    for (let i = from; i < to; i++) {
      const p = bags.data[i] ?? 0
      if (p === left) {
        left = NONE
        continue
      }
      for (; next < more.length && byPrint(more[next] ?? 0, p) < 0; next++) bag[length++] = more[next] ?? 0
      bag[length++] = p
    }
    for (; next < more.length; next++) bag[length++] = more[next] ?? 0
    return length
  }

  /** The cell after a step of its own. */
  const cellAfter = (cell: number, row: number): number => {
    const local = rowLocal.data[row] ?? NONE
    return purgedCell(
      local === NONE ? (cellLocal.data[cell] ?? NONE) : local,
      bagOf(cell, rowTakes.data[row] ?? NONE, rowSelf.data[row] ?? NONE)
    )
  }

  const newPut = (): PairTable =>
    new PairTable((cell, bundle) => purgedCell(cellLocal.data[cell] ?? NONE, bagOf(cell, NONE, bundle)))
  /** The cell when a bundle has been sent to it. */
  let put = newPut()

  /** For each environment state and cell, where in `steps` its list is; 0: not known yet. */
  const stepsOf: IntColumn[] = []
  /** Lists: how many steps there are, how often all of them were taken, and the steps. */
  const steps = new IntColumn()

  /** Adds to the rows how often they were taken as members of lists. */
  const settleTimes = (): void => {
    for (let list = 1; list < steps.length; list += HEAD + STEP * (steps.data[list] ?? 0)) {
      const times = steps.data[list + 1] ?? 0
      steps.data[list + 1] = 0
      for (let k = 0; times > 0 && k < (steps.data[list] ?? 0); k++) {
        const row = steps.data[list + HEAD + STEP * k] ?? 0
        rowTimes.data[row] = (rowTimes.data[row] ?? 0) + times
      }
    }
  }

  const forgetCells = (): void => {
    settleTimes()
    for (const column of [cellLocal, cellBag, cellHigh, cellLow, cellBits, cellClass, cellScore, bags, steps])
      column.clear()
    for (const column of stepsOf) column.clear()
    cellIndex.clear()
    orbits?.forgetCells()
    put = newPut()
    verdicts.forget()
    cellBag.push(0)
    steps.push(0)
  }
  forgetCells()

  /** Where in `steps` the list of a cell is. */
  const listAt = (env: number, cell: number): number => {
    if (env >= stepsOf.length) prepareEnv(env)
    const column = stepsOf[env]
    if (column === undefined) return 0
    while (column.length <= cell) column.push(0)
    const known = column.data[cell] ?? 0
    return known === 0 ? makeList(env, cell, column) : known
  }

  const makeList = (env: number, cell: number, column: IntColumn): number => {
    const rows: number[] = []
    const local = cellLocal.data[cell] ?? NONE
    const add = (code: number): void => {
      if (code > NONE) rows.push(code)
      else if (code < NONE) rows.push(...listOf(code))
    }
    const from = cellBag.data[cell] ?? 0
    const to = cellBag.data[cell + 1] ?? 0
    for (let i = from; i < to; i++) {
      const p = bags.data[i] ?? 0
      if (i === from || p !== bags.data[i - 1]) add(packetRows[env]?.get(p, local + 1) ?? NONE)
    }
    add(local === NONE ? (envRows.data[env] ?? NONE) : (internalRows[env]?.get(local, 0) ?? NONE))
    const at = steps.push(rows.length)
    steps.push(0)
    for (const row of rows) {
      steps.push(row)
      steps.push(rowHigh.data[row] ?? 0)
      steps.push(rowLow.data[row] ?? 0)
      steps.push(NONE)
    }
    column.data[cell] = at
    return at
  }

  // ---- the current state, and those that a step leads to

  const state = new Int32Array(WIDTH)
  const PLACE = WIDTH
  const TAG = PLACE + 1
  const STRIDE = TAG + 1
  let rows = new Int32Array(64 * STRIDE)
  /** The state after a step that is taken by itself. */
  const next = new Int32Array(WIDTH)
  const expansion: Expansion = { steps: 0, found: 0, violated: false, cut: false }
  let onViolation: (() => void) | undefined

  /** Writes the fingerprint of a state. */
  const refreshPrint = (of: Int32Array, at: number): void => {
    const env = of[at + ENV] ?? 0
    let high = envPrint.high(env)
    let low = envPrint.low(env)
    for (let i = 0; i <= NOBODY; i++) {
      high = (high + (cellHigh.data[of[at + i] ?? 0] ?? 0)) | 0
      low = (low + (cellLow.data[of[at + i] ?? 0] ?? 0)) | 0
    }
    of[at + HIGH] = high
    of[at + LOW] = low
  }

  /**
   * Takes the step at a place of `steps`, of the node with this index, from the current state to the one at `out`.
   * @returns whether the class of some node has changed.
   */
  const take = (index: number, at: number, to: Int32Array, out: number): boolean => {
    for (let i = 0; i <= NOBODY; i++) to[out + i] = state[i] ?? 0
    const row = steps.data[at] ?? 0
    const cell = state[index] ?? 0
    let after = steps.data[at + 3] ?? NONE
    if (after === NONE) {
      after = cellAfter(cell, row)
      steps.data[at + 3] = after
    }
    to[out + index] = after
    let changed = cellClass.data[cell] !== cellClass.data[after]
    const end = rowSendsEnd.data[row] ?? 0
    for (let i = rowSends.data[row] ?? 0; i < end; i += 2) {
      const n = sends.data[i] ?? 0
      const before = to[out + n] ?? 0
      const then = put.get(before, sends.data[i + 1] ?? 0)
      to[out + n] = then
      if (cellClass.data[before] !== cellClass.data[then]) changed = true
    }
    to[out + ENV] = rowEnv.data[row] ?? 0
    if (purge) {
      // What is purged is not in the fingerprint either.
      refreshPrint(to, out)
      return changed
    }
    to[out + HIGH] = ((state[HIGH] ?? 0) + (steps.data[at + 1] ?? 0)) | 0
    to[out + LOW] = ((state[LOW] ?? 0) + (steps.data[at + 2] ?? 0)) | 0
    return changed
  }

  /** Some invariant does not hold of the state in these integers, as far as classes tell. */
  const classesFail = (of: Int32Array, at: number): boolean => {
    for (let n = 0; n < NOBODY; n++) if (cellClass.data[of[at + n] ?? 0] === FAILS) return true
    return verdicts.fails(of, at, cellClass.data)
  }

  const wholeFails = (of: Int32Array, at: number): boolean => {
    const s = decoded(of, at)
    return wholes.some(({ decide }) => decide(s).length > 0)
  }

  const fails = (of: Int32Array, at: number): boolean =>
    nodesPartFails || classesFail(of, at) || (wholes.length > 0 && wholeFails(of, at))

  const countRow = (row: number): void => {
    rowTimes.data[row] = (rowTimes.data[row] ?? 0) + 1
  }

  const countStateIn = (of: Int32Array, at: number): void => {
    let bits = 0
    for (let i = 0; i <= NOBODY; i++) bits |= cellBits.data[of[at + i] ?? 0] ?? 0
    stateTimes[bits] = (stateTimes[bits] ?? 0) + 1
  }

  /** Adds the state in these integers; true if it, or one that stands for it, was not there. */
  const visit = (visited: VisitedSet, of: Int32Array, at: number, tag: number): boolean => {
    if (visited._tag === 'States' || orbits === undefined) return addTo(visited, of, at, WIDTH, tag)
    orbits.measure(of, at, ENV, of[at + ENV] ?? 0)
    return visited.add(orbits.high, orbits.low, tag)
  }

  const expand = (visited: VisitedSet, room: number, first: number, tag: number): Expansion => {
    const env = state[ENV] ?? 0
    const high = state[HIGH] ?? 0
    const low = state[LOW] ?? 0
    // What a step does to the fingerprint is known before it is taken, unless the search is reduced.
    const ahead = purge || orbits !== undefined || visited._tag === 'States' ? undefined : visited
    let found = 0
    let place = 0
    expansion.violated = false
    expansion.cut = false
    for (let index = 0; index <= NOBODY; index++) {
      const list = listAt(env, state[index] ?? 0)
      const begin = list + HEAD
      const end = begin + STEP * (steps.data[list] ?? 0)
      for (let at = begin; at < end; at += STEP, place++) {
        if (found >= room) {
          expansion.cut = true
          continue
        }
        if (ahead?.add((high + (steps.data[at + 1] ?? 0)) | 0, (low + (steps.data[at + 2] ?? 0)) | 0, tag) === false)
          continue
        const out = (first + found) * STRIDE
        if (out + STRIDE > rows.length) rows = lengthened(rows, out + STRIDE)
        const changed = take(index, at, rows, out)
        if (ahead === undefined && !visit(visited, rows, out, tag)) continue
        rows[out + PLACE] = place
        rows[out + TAG] = tag
        found++
        countStateIn(rows, out)
        if (onViolation !== undefined) {
          if (fails(rows, out)) onViolation()
        } else if ((changed && classesFail(rows, out)) || (wholes.length > 0 && wholeFails(rows, out))) {
          for (let counted = begin; counted <= at; counted += STEP) countRow(steps.data[counted] ?? 0)
          expansion.violated = true
          expansion.found = found
          expansion.steps = place + 1
          return expansion
        }
      }
      steps.data[list + 1] = (steps.data[list + 1] ?? 0) + 1
    }
    expansion.found = found
    expansion.steps = place
    return expansion
  }

  /** Looks whether what was purged was inert in every local state that followed, and invisible: see `amend`. */
  const sparePackets = (): number => {
    const spares = spared.size
    // The local states that each is seen to go to.
    const next = new Map<number, Set<number>>()
    for (const { data, length } of stepsOf)
      for (let cell = 0; cell < length; cell++) {
        const list = data[cell] ?? 0
        const local = cellLocal.data[cell] ?? NONE
        if (list === 0 || local === NONE) continue
        for (let k = 0; k < (steps.data[list] ?? 0); k++) {
          const after = rowLocal.data[steps.data[list + HEAD + STEP * k] ?? 0] ?? NONE
          if (after === NONE || after === local) continue
          const known = next.get(local)
          if (known === undefined) next.set(local, new Set([after]))
          else known.add(after)
        }
      }
    // What was purged then or before.
    const waiting = [...purged.keys()]
    for (let local = waiting.pop(); local !== undefined; local = waiting.pop())
      for (const after of next.get(local) ?? []) {
        const known = purged.get(after) ?? new Set()
        const size = known.size
        for (const p of purged.get(local) ?? []) known.add(p)
        purged.set(after, known)
        if (known.size > size) waiting.push(after)
      }
    // Environments may have become known since a packet was found to be inert.
    inert = newInert()
    for (const [local, gone] of purged)
      for (const p of gone) if (!spared.has(p) && inert.get(local, p) === 0) spared.add(p)
    for (let cell = 0; cell < cellLocal.length; cell++) {
      const local = cellLocal.data[cell] ?? NONE
      const gone = [...(purged.get(local) ?? [])].filter((p) => !spared.has(p))
      const length = bagOf(cell, NONE, NONE)
      if (gone.length === 0 || verdicts.areInvisible(gone, local, bag, length)) continue
      for (const p of gone) if (!verdicts.areInvisible([p], local, bag, length)) spared.add(p)
      if (
        !verdicts.areInvisible(
          gone.filter((p) => !spared.has(p)),
          local,
          bag,
          length
        )
      )
        for (const p of gone) spared.add(p)
    }
    return spared.size - spares
  }

  /** The actions that deliver those of the first packets of `bag` that are purged. */
  const purgingActions = (env: number, local: number, length: number): ReadonlyArray<A> =>
    Array.from(bag.subarray(0, length)).flatMap((p) => {
      const action = isPurged(local, p) ? rowAction[packetRows[env]?.get(p, local + 1) ?? NONE] : undefined
      return action === undefined ? [] : [action]
    })

  // ---- the steps of the current state, one by one

  const listed = new Int32Array(NOBODY + 1)
  /** Whose step is at a place. */
  let indexAt = 0
  /** Where in `steps` the step at a place of the current state is. */
  const locate = (place: number): number => {
    let rest = place
    for (let index = 0; index <= NOBODY; index++) {
      const list = listed[index] ?? 0
      const count = steps.data[list] ?? 0
      if (rest < count) {
        indexAt = index
        return list + HEAD + STEP * rest
      }
      rest -= count
    }
    throw new RangeError(`no step is at place ${String(place)} of the step list`)
  }
  const rowAt = (place: number): number => steps.data[locate(place)] ?? 0

  const start = new Int32Array(WIDTH)
  let isStartKnown = false

  /** Interns the initial state. */
  const findStart = (): void => {
    state[ENV] = internEnv(environment.initial)
    const inFlight = world.inFlightMsgs.map(internPacket).sort(byPrint)
    for (let i = 0; i <= NOBODY; i++) {
      const own = inFlight.filter((p) => packetNode.data[p] === i)
      const [, st] = initial[i] ?? []
      roomFor(own.length)
      bag.set(own)
      state[i] = internCell(st === undefined ? NONE : internLocal(i, st), own.length)
    }
    refreshPrint(state, 0)
    start.set(state)
    isStartKnown = true
  }

  /** A state as the specification has it; the order of packets in flight is arbitrary. */
  const decoded = (of: Int32Array, at: number): GlobalState<State, Message, Env> => {
    const cells = Array.from(of.subarray(at, at + ENV))
    return {
      world: {
        localState: {
          _tag: 'Def',
          entries: nodes.map((n, i) => [n, locals.valueOf(cellLocal.data[cells[i] ?? 0] ?? 0).st] as const)
        },
        inFlightMsgs: cells.flatMap((cell) =>
          Array.from(bags.data.subarray(cellBag.data[cell], cellBag.data[cell + 1]), (p) => packets.valueOf(p))
        ),
        consumedMsgs: []
      },
      env: envs.valueOf(of[at + ENV] ?? 0)
    }
  }

  /** What was counted before this system went on from where another was. */
  let before: Coverage | undefined

  const coverage = (): Coverage => {
    settleTimes()
    const tally = new Tally(
      kindNames,
      [...observations.states.map(({ name }) => name), quiescent],
      observations.steps.map(({ name }) => name)
    )
    for (let row = 0; row < rowTimes.length; row++) {
      const times = rowTimes.data[row] ?? 0
      tally.kind(kinds.valueOf(rowKind.data[row] ?? 0), times)
      tally.step(rowBits.data[row] ?? 0, times)
    }
    // Quiescence is that nothing is in flight.
    for (const [bits, times] of stateTimes.entries()) tally.state(bits ^ BUSY, times)
    return before === undefined ? tally.coverage() : mergeCoverage([before, tally.coverage()])
  }

  return {
    begin: () => {
      if (cellLocal.length > mostCells) {
        forgetCells()
        isStartKnown = false
      }
      if (!isStartKnown) findStart()
      state.set(start)
    },
    high: () => state[HIGH] ?? 0,
    low: () => state[LOW] ?? 0,
    width: WIDTH,
    stride: STRIDE,
    store: (to, at) => {
      for (let i = 0; i < WIDTH; i++) to[at + i] = state[i] ?? 0
    },
    take: (place) => {
      const at = locate(place)
      const row = steps.data[at] ?? 0
      const act = rowAction[row]
      const actions: A[] = act === undefined ? [] : [act]
      if (purge) {
        const env = rowEnv.data[row] ?? 0
        prepareEnv(env)
        const cell = state[indexAt] ?? 0
        const local = rowLocal.data[row] ?? NONE
        const length = bagOf(cell, rowTakes.data[row] ?? NONE, rowSelf.data[row] ?? NONE)
        actions.push(...purgingActions(env, local === NONE ? (cellLocal.data[cell] ?? NONE) : local, length))
        for (let i = rowSends.data[row] ?? 0; i < (rowSendsEnd.data[row] ?? 0); i += 2) {
          const other = state[sends.data[i] ?? 0] ?? 0
          const sent = bagOf(other, NONE, sends.data[i + 1] ?? NONE)
          actions.push(...purgingActions(env, cellLocal.data[other] ?? NONE, sent))
        }
      }
      take(indexAt, at, next, 0)
      state.set(next)
      return actions
    },
    amend: () => {
      const spares = purge ? sparePackets() : 0
      if (spares > 0) {
        purged.clear()
        forgetCells()
        isStartKnown = false
        rowTimes.data.fill(0)
        stateTimes.fill(0)
      }
      return spares
    },
    fetch: (from, at) => {
      for (let i = 0; i < WIDTH; i++) state[i] = from[at + i] ?? 0
    },
    pack: (from, at, record) => {
      let end = 0
      for (let i = 0; i <= ENV; i++) end = writeVarint(record, end, from[at + i] ?? 0)
      return end
    },
    unpack: (record) => {
      let at = 0
      for (let i = 0; i <= ENV; i++) {
        let value = 0
        for (let shift = 0; ; shift += 7) {
          const byte = record[at++] ?? 0
          value |= (byte & 127) << shift
          if (byte < 128) break
        }
        state[i] = value
      }
      refreshPrint(state, 0)
    },
    visit: (visited) => visit(visited, state, 0, 0),
    expand,
    rows: () => rows,
    score: (of, at) => {
      let sum = 0
      for (let i = 0; i <= NOBODY; i++) sum += cellScore.data[of[at + i] ?? 0] ?? 0
      return sum
    },
    tolerate: (count) => {
      onViolation = count
    },
    enumerate: () => {
      let count = 0
      for (let index = 0; index <= NOBODY; index++) {
        const list = listAt(state[ENV] ?? 0, state[index] ?? 0)
        listed[index] = list
        count += steps.data[list] ?? 0
      }
      return count
    },
    apply: (place) => {
      const at = locate(place)
      take(indexAt, at, next, 0)
      for (let i = 0; i < WIDTH; i++) state[i] = next[i] ?? 0
    },
    actionAt: (place) => {
      const action = rowAction[rowAt(place)]
      if (action === undefined) throw new RangeError(`no step is at place ${String(place)} of the step list`)
      return action
    },
    kindAt: (place) => rowKind.data[rowAt(place)] ?? 0,
    kinds: () => Array.from({ length: kinds.size }, (_, i) => kinds.valueOf(i)),
    countStep: (place) => {
      countRow(rowAt(place))
    },
    countState: () => {
      countStateIn(state, 0)
    },
    coverage,
    violated: () => {
      const violated = fails(state, 0)
      if (!violated || onViolation === undefined) return violated
      onViolation()
      return false
    },
    uncount: () => {
      settleTimes()
      rowTimes.data.fill(0)
      stateTimes.fill(0)
      before = undefined
    },
    dump: () => ({
      envs: envs.all(),
      locals: locals.all().map(({ node, st }) => [node, st]),
      packets: packets.all(),
      cells: Array.from({ length: cellLocal.length }, (_, cell) => [
        cellLocal.data[cell] ?? NONE,
        ...bags.data.subarray(cellBag.data[cell], cellBag.data[cell + 1])
      ]),
      coverage: coverage()
    }),
    restore: (dump) => {
      for (const e of dump.envs) if (isOwn<Env>(e)) internEnv(e)
      for (const pair of dump.locals) if (isOwn<readonly [number, State]>(pair)) internLocal(...pair)
      for (const p of dump.packets) if (isOwn<P>(p)) internPacket(p)
      for (const [local = NONE, ...own] of dump.cells) {
        roomFor(own.length)
        bag.set(own)
        internCell(local, own.length)
      }
      before = dump.coverage
    },
    sizes: () => ({
      'local states': locals.size,
      packets: packets.size,
      'environment states': envs.size,
      'local steps': rowAction.length,
      cells: cellLocal.length,
      ...(purge ? { 'packets that must not be purged': spared.size } : {})
    })
  }
}

/**
 * A value that another system of the same model has dumped. It is taken on trust: who restores has made sure that the
 * dump is whole and of this model (`checkpoint.ts`).
 */
export const isOwn = <X>(_dumped: unknown): _dumped is X => true

/** Writes a natural number, seven bits a byte, the lowest first; the place after it. */
const writeVarint = (record: Uint8Array, at: number, value: number): number => {
  let rest = value
  while (rest > 127) {
    record[at++] = (rest & 127) | 128
    rest >>>= 7
  }
  record[at] = rest
  return at + 1
}
