/**
 * A network with integers for states.
 *
 * Every distinct local state, packet, environment state and view is stored once and named by a small integer
 * (`interner.ts`). What a node does with a packet is computed once, by the protocol that the reader reads, and kept as a
 * *row*: the new local state, the packets sent, and by how much the fingerprint of the world changes. A world is a few
 * integers and a bag of packet numbers; a step is a table look-up; an invariant is a look-up for each part that it
 * declares (`views.ts`). Nothing here knows any protocol.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Address } from '../../spec/system/address.js'
import type { Action, Allowed, Environment, GlobalState } from '../../spec/system/executions.js'
import type { NetworkOf, World } from '../../spec/system/network.js'
import type { Packet, ToSend } from '../../spec/system/protocol.js'
import { entries } from '../../spec/prelude/unionMap.js'
import { Names } from '../canonical.js'
import { leaves } from '../invariant.js'
import type { NetworkInvariant } from '../invariant.js'
import { Fingerprints } from './fingerprints.js'
import { IntColumn } from './growing.js'
import { Interner, PairTable } from './interner.js'
import { bitsOf } from './bits.js'
import { mergeCoverage, quiescent, Tally } from './result.js'
import type { Coverage } from './result.js'
import { viewGroups } from './views.js'

/** A cursor on one state of a system, which walks forward: it lists steps and takes one. */
export interface Walker<A> {
  /** Goes to the initial state. */
  readonly begin: () => void
  /** Lists the steps of the current state from place `base` of the step list on; the place after the last. */
  readonly enumerate: (base: number) => number
  /** Takes the step at a place of the step list. */
  readonly apply: (place: number) => void
  /** The action of the step at a place of the step list. */
  readonly actionAt: (place: number) => A
  /** The number of that action's kind in `kinds()`. */
  readonly kindAt: (place: number) => number
  readonly kinds: () => ReadonlyArray<string>
  /** Counts the step at a place of the step list, for `coverage`. */
  readonly countStep: (place: number) => void
  /** Counts the current state, for `coverage`. */
  readonly countState: () => void
  /** What has been counted. */
  readonly coverage: () => Coverage
  /** Some invariant does not hold of the current state. */
  readonly violated: () => boolean
}

/**
 * A walker whose states have fingerprints, which looks at where steps lead before it takes them, takes them back, and
 * writes states into records.
 */
export interface CompactSystem<A> extends Walker<A> {
  /** The fingerprint of the current state, in two lanes of 32 bits. */
  readonly high: () => number
  readonly low: () => number
  /** The fingerprint after the step at a place of the step list. */
  readonly highAfter: (place: number) => number
  readonly lowAfter: (place: number) => number
  /** Takes the last step back; it must have been the one at this place. */
  readonly undo: (place: number) => void
  /** Writes the current state to the front of a record; how many bytes. */
  readonly save: (record: Uint8Array) => number
  /** Goes to the state in the first bytes of a record. */
  readonly load: (record: Uint8Array, length: number) => void
  /** What has been interned and counted, as plain data: another system of the same model that is given it goes on. */
  readonly dump: () => CompactDump
  /** Takes over what `dump` gave; to be called before anything else. */
  readonly restore: (dump: CompactDump) => void
  /** How many distinct things have been met: for reports. */
  readonly sizes: () => Readonly<Record<string, number>>
}

/** What a compact system has met, in the order of the numbers it gave: plain data. */
export interface CompactDump {
  readonly envs: ReadonlyArray<unknown>
  readonly locals: ReadonlyArray<unknown>
  readonly packets: ReadonlyArray<unknown>
  readonly coverage: Coverage
}

/** Something worth counting in local states and in local steps. */
export interface LocalObservations<State> {
  readonly states: ReadonlyArray<{ readonly name: string; readonly says: string; readonly of: (st: State) => boolean }>
  readonly steps: ReadonlyArray<{
    readonly name: string
    readonly says: string
    readonly of: (before: State, after: State) => boolean
  }>
}

/** What is interned. */
export interface InternOptions<Env, State, Message, Internal, Timestamp> {
  readonly network: NetworkOf<State, Message, Internal, Timestamp>
  readonly environment: Environment<Env, State, Message, Internal, Timestamp>
  readonly world: World<State, Message>
  readonly invariants: ReadonlyArray<NetworkInvariant<State, Message>>
  readonly observations: LocalObservations<State>
  /** The kinds that are reported even if they never occur. */
  readonly kinds: ReadonlyArray<string>
  readonly kindOf: (a: Action<Message, Internal, Timestamp>) => string
}

/** No packet, no node, no row. */
const NONE = -1

/** The compact form of a network. */
export const internNetwork = <Env, State, Message, Internal, Timestamp>({
  network,
  environment,
  world,
  invariants,
  observations,
  kinds: kindNames,
  kindOf
}: InternOptions<Env, State, Message, Internal, Timestamp>): CompactSystem<Action<Message, Internal, Timestamp>> => {
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

  // ---- what is stored once

  const names = new Names()
  const envs = new Interner<Env>(names.of)
  const locals = new Interner<Local>(({ node, st }) => `${String(node)} ${names.of(st)}`)
  const packets = new Interner<P>(names.of)
  const kinds = new Interner<string>((kind) => kind)

  const parts = invariants.flatMap((invariant) => leaves(invariant).map(([, leaf]) => leaf))
  const groups = viewGroups(parts, nodes, names)
  const eachNode = parts.flatMap(({ part }) =>
    O.isSome(part) && part.value._tag === 'EachNode' ? [part.value.decide] : []
  )
  const wholes = parts.filter(({ part }) => O.isNone(part))
  const nodesPartFails = parts.some(
    ({ part, decide }) => O.isSome(part) && part.value._tag === 'Nodes' && decide({ world }).length > 0
  )

  const localFails = new IntColumn()
  const localBits = new IntColumn()
  const packetNode = new IntColumn()

  const localPrint = new Fingerprints()
  const packetPrint = new Fingerprints()
  const envPrint = new Fingerprints()

  const internEnv = (e: Env): number => {
    const id = envs.idOf(e)
    if (id === envPrint.length) envPrint.push(['env', e])
    return id
  }

  const internLocal = (node: number, st: State): number => {
    const id = locals.idOf({ node, st })
    const n = nodes[node]
    if (id === localFails.length && n !== undefined) {
      localPrint.push(['local', n, st])
      localFails.push(eachNode.some((decide) => decide(n, st).length > 0) ? 1 : 0)
      localBits.push(bitsOf(observations.states.map(({ of }) => of(st))))
      for (const group of groups) group.addLocal(n, st)
    }
    return id
  }

  const internPacket = (p: P): number => {
    const id = packets.idOf(p)
    if (id === packetNode.length) {
      packetPrint.push(['packet', p])
      packetNode.push(indexOf.get(p.dst) ?? NONE)
      for (const group of groups) group.addPacket(p.msg)
    }
    return id
  }

  /** How many states were counted with each combination of observations. */
  const stateTimes = new Float64Array(2 ** (observations.states.length + 1))

  // ---- rows: steps, computed once

  const rowEnv = new IntColumn()
  const rowNode = new IntColumn()
  const rowLocal = new IntColumn()
  const rowTakes = new IntColumn()
  const rowSends = new IntColumn()
  const rowSendCount = new IntColumn()
  const rowHigh = new IntColumn()
  const rowLow = new IntColumn()
  const rowKind = new IntColumn()
  const rowBits = new IntColumn()
  const rowTimes = new IntColumn()
  const rowAction: A[] = []
  const sends = new IntColumn()
  const lists: Int32Array[] = []

  /** What a step does to the bag and to one node. */
  interface Effect {
    readonly local: number
    readonly takes: number
    readonly after: State | undefined
    readonly sent: ToSend<Message>
  }

  const addRow = (env: number, { act, then }: Allowed<A, Env>, { local, takes, after, sent }: Effect): number => {
    const envAfter = internEnv(then)
    const before = local === NONE ? undefined : locals.valueOf(local)
    const localAfter = before === undefined || after === undefined ? NONE : internLocal(before.node, after)
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
    rowEnv.push(envAfter)
    rowNode.push(localAfter === NONE || before === undefined ? NONE : before.node)
    rowLocal.push(localAfter)
    rowTakes.push(takes)
    rowSends.push(sends.length)
    rowSendCount.push(sentIds.length)
    for (const p of sentIds) sends.push(p)
    rowHigh.push(high | 0)
    rowLow.push(low | 0)
    rowKind.push(kinds.idOf(kindOf(act)))
    rowTimes.push(0)
    rowBits.push(
      before === undefined || after === undefined || localAfter === local
        ? 0
        : bitsOf(observations.steps.map(({ of }) => of(before.st, after)))
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
      const deliveries =
        local === NONE
          ? []
          : O.match<Allowed<Extract<A, { _tag: 'Deliver' }>, Env>, ReadonlyArray<number>>(
              () => [],
              (allowed) => {
                const [after, sent] = procMsg(locals.valueOf(local).st, packet.src, packet.msg, allowed.act.ts)
                return [addRow(env, allowed, { local, takes: p, after, sent })]
              }
            )(environment.delivery(e, packet))
      const faults = environment.packetFaults(e, packet).map((allowed) =>
        addRow(env, allowed, {
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
            return addRow(env, allowed, { local, takes: NONE, after, sent })
          })
        )
      )
    }

  const prepareEnv = (env: number): void => {
    while (envRows.length <= env) {
      const e = envRows.length
      packetRows.push(new PairTable(packetRowsOf(e)))
      internalRows.push(new PairTable(internalRowsOf(e)))
      envRows.push(
        rowsAsCode(
          environment
            .networkFaults(envs.valueOf(e))
            .map((allowed) => addRow(e, allowed, { local: NONE, takes: NONE, after: undefined, sent: [] }))
        )
      )
    }
  }

  // ---- the current state

  let env = 0
  const local = new Int32Array(nodes.length)
  /** How many of each packet are in flight. */
  let count = new Int32Array(1024)
  /** Where each packet in flight stands in `active`. */
  let position = new Int32Array(1024)
  /** The distinct packets in flight. */
  let active = new Int32Array(1024)
  let activeCount = 0
  let high = 0
  let low = 0

  const put = (p: number): void => {
    if (p >= count.length) {
      const larger = (old: Int32Array): Int32Array<ArrayBuffer> => {
        const copy = new Int32Array(Math.max(old.length * 2, p + 1))
        copy.set(old)
        return copy
      }
      count = larger(count)
      position = larger(position)
      active = larger(active)
    }
    const before = count[p] ?? 0
    count[p] = before + 1
    if (before === 0) {
      position[p] = activeCount
      active[activeCount++] = p
    }
  }

  /** Takes one copy of a packet out; where it stood if it was the last copy, else NONE. */
  const take = (p: number): number => {
    const after = (count[p] ?? 0) - 1
    count[p] = after
    if (after > 0) return NONE
    const at = position[p] ?? 0
    const last = active[--activeCount] ?? 0
    active[at] = last
    position[last] = at
    return at
  }

  /** Undoes the last `put`. */
  const unput = (p: number): void => {
    const after = (count[p] ?? 0) - 1
    count[p] = after
    if (after === 0) activeCount--
  }

  /** Undoes a `take` that answered `at`. */
  const untake = (p: number, at: number): void => {
    count[p] = (count[p] ?? 0) + 1
    if (at === NONE) return
    const moved = active[at] ?? 0
    if (at < activeCount) {
      active[activeCount] = moved
      position[moved] = activeCount
    }
    active[at] = p
    position[p] = at
    activeCount++
  }

  const clear = (): void => {
    for (let i = 0; i < activeCount; i++) count[active[i] ?? 0] = 0
    activeCount = 0
  }

  const fingerprint = (): void => {
    high = envPrint.high(env)
    low = envPrint.low(env)
    for (const id of local) {
      high = (high + localPrint.high(id)) | 0
      low = (low + localPrint.low(id)) | 0
    }
    for (let i = 0; i < activeCount; i++) {
      const p = active[i] ?? 0
      high = (high + Math.imul(count[p] ?? 0, packetPrint.high(p))) | 0
      low = (low + Math.imul(count[p] ?? 0, packetPrint.low(p))) | 0
    }
  }

  /** The current state as the specification has it; the order of packets in flight is arbitrary. */
  const decoded = (): GlobalState<State, Message, Env> => ({
    world: {
      localState: {
        _tag: 'Def',
        entries: nodes.map((n, i) => [n, locals.valueOf(local[i] ?? 0).st] as const)
      },
      inFlightMsgs: [...active.subarray(0, activeCount)].flatMap((p) =>
        Array.from({ length: count[p] ?? 0 }, () => packets.valueOf(p))
      ),
      consumedMsgs: []
    },
    env: envs.valueOf(env)
  })

  // ---- the step list

  let stepRow = new Int32Array(1024)
  let stepLocal = new Int32Array(1024)
  let stepEnv = new Int32Array(1024)
  /** Where the packet that a step took stood, to take the step back. */
  let stepAt = new Int32Array(1024)
  const reserve = (place: number): void => {
    if (place < stepRow.length) return
    const larger = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const copy = new Int32Array(Math.max(old.length * 2, place + 1))
      copy.set(old)
      return copy
    }
    stepRow = larger(stepRow)
    stepLocal = larger(stepLocal)
    stepEnv = larger(stepEnv)
    stepAt = larger(stepAt)
  }

  /** Adds the rows of a code to the step list. */
  const list = (code: number, place: number): number => {
    if (code === NONE) return place
    if (code > NONE) {
      reserve(place)
      stepRow[place] = code
      return place + 1
    }
    const rows = listOf(code)
    reserve(place + rows.length)
    stepRow.set(rows, place)
    return place + rows.length
  }

  /** What was counted before this system went on from where another was. */
  let before: Coverage | undefined

  const coverage = (): Coverage => {
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
    for (const [bits, times] of stateTimes.entries()) tally.state(bits, times)
    return before === undefined ? tally.coverage() : mergeCoverage([before, tally.coverage()])
  }

  return {
    begin: () => {
      clear()
      env = internEnv(environment.initial)
      for (const [i, [, st]] of initial.entries()) local[i] = internLocal(i, st)
      for (const p of world.inFlightMsgs) put(internPacket(p))
      fingerprint()
    },
    high: () => high,
    low: () => low,
    save: (record) => {
      let at = writeWord(record, writeWord(record, 0, high), low)
      at = writeVarint(record, at, env)
      for (const id of local) at = writeVarint(record, at, id)
      for (let i = 0; i < activeCount; i++) {
        const p = active[i] ?? 0
        at = writeVarint(record, at, p)
        at = writeVarint(record, at, count[p] ?? 0)
      }
      return at
    },
    load: (record, length) => {
      clear()
      high = readWord(record, 0)
      low = readWord(record, 4)
      let at = 8
      const next = (): number => {
        let value = 0
        for (let shift = 0; ; shift += 7) {
          const byte = record[at++] ?? 0
          value |= (byte & 127) << shift
          if (byte < 128) return value
        }
      }
      env = next()
      for (let i = 0; i < local.length; i++) local[i] = next()
      while (at < length) {
        const p = next()
        put(p)
        count[p] = next()
      }
    },
    enumerate: (base) => {
      prepareEnv(env)
      const onPacket = packetRows[env]
      const internal = internalRows[env]
      let place = base
      if (onPacket === undefined || internal === undefined) return place
      for (let i = 0; i < activeCount; i++) {
        const p = active[i] ?? 0
        const n = packetNode.data[p] ?? NONE
        place = list(onPacket.get(p, n === NONE ? 0 : (local[n] ?? 0) + 1), place)
      }
      for (const id of local) place = list(internal.get(id, 0), place)
      return list(envRows.data[env] ?? NONE, place)
    },
    highAfter: (place) => (high + (rowHigh.data[stepRow[place] ?? 0] ?? 0)) | 0,
    lowAfter: (place) => (low + (rowLow.data[stepRow[place] ?? 0] ?? 0)) | 0,
    apply: (place) => {
      const row = stepRow[place] ?? 0
      const n = rowNode.data[row] ?? NONE
      const takes = rowTakes.data[row] ?? NONE
      stepEnv[place] = env
      env = rowEnv.data[row] ?? 0
      if (n !== NONE) {
        stepLocal[place] = local[n] ?? 0
        local[n] = rowLocal.data[row] ?? 0
      }
      if (takes !== NONE) stepAt[place] = take(takes)
      const from = rowSends.data[row] ?? 0
      const to = from + (rowSendCount.data[row] ?? 0)
      for (let i = from; i < to; i++) put(sends.data[i] ?? 0)
      high = (high + (rowHigh.data[row] ?? 0)) | 0
      low = (low + (rowLow.data[row] ?? 0)) | 0
    },
    undo: (place) => {
      const row = stepRow[place] ?? 0
      const n = rowNode.data[row] ?? NONE
      const takes = rowTakes.data[row] ?? NONE
      const from = rowSends.data[row] ?? 0
      for (let i = from + (rowSendCount.data[row] ?? 0) - 1; i >= from; i--) unput(sends.data[i] ?? 0)
      if (takes !== NONE) untake(takes, stepAt[place] ?? NONE)
      if (n !== NONE) local[n] = stepLocal[place] ?? 0
      env = stepEnv[place] ?? 0
      high = (high - (rowHigh.data[row] ?? 0)) | 0
      low = (low - (rowLow.data[row] ?? 0)) | 0
    },
    actionAt: (place) => {
      const action = rowAction[stepRow[place] ?? 0]
      if (action === undefined) throw new RangeError(`no step is at place ${String(place)} of the step list`)
      return action
    },
    kindAt: (place) => rowKind.data[stepRow[place] ?? 0] ?? 0,
    kinds: () => Array.from({ length: kinds.size }, (_, i) => kinds.valueOf(i)),
    countStep: (place) => {
      const row = stepRow[place] ?? 0
      rowTimes.data[row] = (rowTimes.data[row] ?? 0) + 1
    },
    countState: () => {
      let bits = activeCount === 0 ? 1 << observations.states.length : 0
      for (const id of local) bits |= localBits.data[id] ?? 0
      stateTimes[bits] = (stateTimes[bits] ?? 0) + 1
    },
    coverage,
    violated: () => {
      if (nodesPartFails) return true
      for (const id of local) if (localFails.data[id] === 1) return true
      for (const group of groups) if (group.fails(local, active, activeCount, packetNode.data)) return true
      if (wholes.length === 0) return false
      const s = decoded()
      return wholes.some(({ decide }) => decide(s).length > 0)
    },
    dump: () => ({
      envs: envs.all(),
      locals: locals.all().map(({ node, st }) => [node, st]),
      packets: packets.all(),
      coverage: coverage()
    }),
    restore: (dump) => {
      for (const e of dump.envs) if (isOwn<Env>(e)) internEnv(e)
      for (const pair of dump.locals) if (isOwn<readonly [number, State]>(pair)) internLocal(...pair)
      for (const p of dump.packets) if (isOwn<P>(p)) internPacket(p)
      before = dump.coverage
    },
    sizes: () => ({
      'local states': locals.size,
      packets: packets.size,
      'environment states': envs.size,
      'local steps': rowAction.length
    })
  }
}

/**
 * A value that another system of the same model has dumped. It is taken on trust: who restores has made sure that the
 * dump is whole and of this model (`checkpoint.ts`).
 */
const isOwn = <X>(_dumped: unknown): _dumped is X => true

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

/** Writes 32 bits, the lowest first; the place after them. */
const writeWord = (record: Uint8Array, at: number, word: number): number => {
  record[at] = word
  record[at + 1] = word >>> 8
  record[at + 2] = word >>> 16
  record[at + 3] = word >>> 24
  return at + 4
}

/** Reads 32 bits, the lowest first. */
const readWord = (record: Uint8Array, at: number): number =>
  (record[at] ?? 0) | ((record[at + 1] ?? 0) << 8) | ((record[at + 2] ?? 0) << 16) | ((record[at + 3] ?? 0) << 24)
