/**
 * A network with integers for states.
 *
 * A world is a cell for each node, one more for the packets to nobody, and the environment's state, all of them integers
 * (`parts.ts`, `cells.ts`). What a node does with a packet is computed once and kept as a local step (`localSteps.ts`); what
 * can happen in a cell is listed once (`stepLists.ts`): a step is a few look-ups, and so is a verdict on a world (`views.ts`).
 * Nothing here knows any protocol.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Action, Environment, GlobalState } from '../../../spec/system/executions.js'
import type { NetworkOf, World } from '../../../spec/system/network.js'
import type { Packet } from '../../../spec/system/protocol.js'
import { entries } from '../../../spec/prelude/unionMap.js'
import type { Names } from '../data/names.js'
import { leaves } from '../../property/invariant.js'
import type { NetworkInvariant } from '../../property/invariant.js'
import { Cells } from './cells.js'
import { lengthened } from '../data/growing.js'
import { Inert } from './inert.js'
import { LocalSteps } from './localSteps.js'
import { NONE, Parts } from './parts.js'
import { mergeCoverage, quiescent, Tally } from '../model/result.js'
import type { Coverage } from '../model/result.js'
import { integerScore } from '../model/scores.js'
import { HEAD, STEP, StepLists } from './stepLists.js'
import { Orbits } from './symmetry.js'
import type { Symmetry } from './symmetry.js'
import { FAILS, Verdicts } from './views.js'
import { addTo } from '../data/visited.js'
import type { VisitedSet } from '../data/visited.js'
import { isOwn } from '../model/walker.js'
import type { CompactOptions, CompactSystem, Expansion } from '../model/walker.js'
import type { LocalObservations } from './observations.js'

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

  const { protocol } = network
  const initial = entries(world.localState)
  const nodes = initial.map(([n]) => n)
  // A state: a cell for each node, one for the packets to nobody, the environment, and the fingerprint's lanes.
  const NOBODY = nodes.length
  const ENV = NOBODY + 1
  const HIGH = ENV + 1
  const LOW = HIGH + 1
  const WIDTH = LOW + 1

  const conjuncts = invariants.flatMap((invariant) => leaves(invariant).map(([, leaf]) => leaf))
  const wholes = conjuncts.filter(({ part }) => O.isNone(part))
  if (purge && wholes[0] !== undefined)
    throw new RangeError(
      `inert packets cannot be purged: the invariant «${wholes[0].name}» looks at whole states, which may tell them; ` +
        'write it with eachNode or fromView, or search without reductions'
    )
  if (uptoSymmetry && symmetry === undefined)
    throw new RangeError('no symmetry is declared for this protocol: search without that reduction')
  const score = toward === undefined ? undefined : integerScore(observations.scores ?? [], toward)
  const nodesPartFails = conjuncts.some(
    ({ part, decide }) => O.isSome(part) && part.value._tag === 'Nodes' && decide({ world }).length > 0
  )

  // ---- what is stored once

  /** Something is in flight. */
  const BUSY = 1 << observations.states.length
  const verdicts = new Verdicts<State, Message>(conjuncts, nodes, names)
  const orbits = uptoSymmetry && symmetry !== undefined ? new Orbits(symmetry, nodes, names) : undefined
  const parts = new Parts<Env, State, Message>({
    nodes,
    names,
    observed: observations.states.map(({ of }) => of),
    verdicts,
    orbits
  })
  const localSteps = new LocalSteps(parts, {
    protocol,
    environment,
    observed: observations.steps.map(({ of }) => of),
    kindOf
  })
  const inert = purge ? new Inert(parts, { protocol, environment, verdicts }) : undefined
  const cells = new Cells<Env, State, Message>(parts, {
    bundles: localSteps.bundles,
    busy: BUSY,
    score,
    purges: inert && ((local, p) => inert.purges(local, p)),
    verdicts,
    orbits
  })
  const lists = new StepLists(localSteps, cells)
  const { steps } = lists
  const { class: cellClass, bits: cellBits, high: cellHigh, low: cellLow, local: cellLocal, score: cellScore } = cells
  const { envPrint, locals, packets, envs } = parts
  const { sends, sendsFrom, sendsTo, env: envAfter } = localSteps

  let isStartKnown = false

  /** How many states were counted with each combination of observations, and with or without something in flight. */
  const stateTimes = new Float64Array(2 * BUSY)

  const forgetCells = (): void => {
    lists.settle()
    lists.forget()
    cells.forget()
    verdicts.forget()
    isStartKnown = false
  }

  const resetCounts = (): void => {
    lists.settle()
    localSteps.times.data.fill(0)
    stateTimes.fill(0)
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
    const step = steps.data[at] ?? 0
    const cell = state[index] ?? 0
    const after = lists.cellAfter(at, cell)
    to[out + index] = after
    let changed = cellClass.data[cell] !== cellClass.data[after]
    const end = sendsTo.data[step] ?? 0
    for (let i = sendsFrom.data[step] ?? 0; i < end; i += 2) {
      const n = sends.data[i] ?? 0
      const before = to[out + n] ?? 0
      const then = cells.put(before, sends.data[i + 1] ?? 0)
      to[out + n] = then
      if (cellClass.data[before] !== cellClass.data[then]) changed = true
    }
    to[out + ENV] = envAfter.data[step] ?? 0
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
      const list = lists.at(env, state[index] ?? 0)
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
          for (let counted = begin; counted <= at; counted += STEP) localSteps.count(steps.data[counted] ?? 0, 1)
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

  // ---- the steps of the current state, one by one

  /** The actions that deliver what a step of the node with this index makes inert. */
  const purging = (index: number, step: number): ReadonlyArray<A> => {
    const env = envAfter.data[step] ?? 0
    localSteps.prepare(env)
    const delivered = (cell: number, local: number, takes: number, bundle: number): ReadonlyArray<A> =>
      cells
        .purgedAfter(cell, local, takes, bundle)
        .flatMap((p) => localSteps.ofPacket(env, p, local).map((delivery) => localSteps.actionOf(delivery)))
    const { local, takes, self } = localSteps
    const actions = [
      ...delivered(state[index] ?? 0, local.data[step] ?? NONE, takes.data[step] ?? NONE, self.data[step] ?? NONE)
    ]
    for (let i = sendsFrom.data[step] ?? 0; i < (sendsTo.data[step] ?? 0); i += 2) {
      const other = state[sends.data[i] ?? 0] ?? 0
      actions.push(...delivered(other, cellLocal.data[other] ?? NONE, NONE, sends.data[i + 1] ?? NONE))
    }
    return actions
  }

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
  /** The local step at a place. */
  const stepAt = (place: number): number => steps.data[locate(place)] ?? 0

  const start = new Int32Array(WIDTH)

  /** Interns the initial state. */
  const findStart = (): void => {
    state[ENV] = parts.env(environment.initial)
    const inFlight = world.inFlightMsgs.map((p) => parts.packet(p)).sort(parts.byPrint)
    for (let i = 0; i <= NOBODY; i++) {
      const own = inFlight.filter((p) => parts.packetNode.data[p] === i)
      const [, st] = initial[i] ?? []
      state[i] = cells.of(st === undefined ? NONE : parts.local(i, st), own)
    }
    refreshPrint(state, 0)
    start.set(state)
    isStartKnown = true
  }

  /** A state as the specification has it; the order of packets in flight is arbitrary. */
  const decoded = (of: Int32Array, at: number): GlobalState<State, Message, Env> => {
    const own = Array.from(of.subarray(at, at + ENV))
    return {
      world: {
        localState: {
          _tag: 'Def',
          entries: nodes.map((n, i) => [n, locals.valueOf(cellLocal.data[own[i] ?? 0] ?? 0).st] as const)
        },
        inFlightMsgs: own.flatMap((cell) => Array.from(cells.packets(cell), (p) => packets.valueOf(p))),
        consumedMsgs: []
      },
      env: envs.valueOf(of[at + ENV] ?? 0)
    }
  }

  /** What was counted before this system went on from where another was. */
  let before: Coverage | undefined

  const coverage = (): Coverage => {
    lists.settle()
    const tally = new Tally(
      kindNames,
      [...observations.states.map(({ name }) => name), quiescent],
      observations.steps.map(({ name }) => name)
    )
    for (let step = 0; step < localSteps.length; step++) {
      const times = localSteps.times.data[step] ?? 0
      tally.kind(localSteps.kinds.valueOf(localSteps.kind.data[step] ?? 0), times)
      tally.step(localSteps.bits.data[step] ?? 0, times)
    }
    // Quiescence is that nothing is in flight.
    for (const [bits, times] of stateTimes.entries()) tally.state(bits ^ BUSY, times)
    return before === undefined ? tally.coverage() : mergeCoverage([before, tally.coverage()])
  }

  return {
    begin: () => {
      if (cells.length > mostCells) forgetCells()
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
      const step = steps.data[at] ?? 0
      const actions = [localSteps.actionOf(step), ...(purge ? purging(indexAt, step) : [])]
      take(indexAt, at, next, 0)
      state.set(next)
      return actions
    },
    recheckPurged: () => {
      const spares = inert?.recheckPurged(lists.followers(), cells.all()) ?? 0
      if (spares > 0) {
        forgetCells()
        resetCounts()
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
        const list = lists.at(state[ENV] ?? 0, state[index] ?? 0)
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
    actionAt: (place) => localSteps.actionOf(stepAt(place)),
    kindAt: (place) => localSteps.kind.data[stepAt(place)] ?? 0,
    kinds: () => localSteps.kinds.all(),
    countStep: (place) => {
      localSteps.count(stepAt(place), 1)
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
    resetCounts: () => {
      resetCounts()
      before = undefined
    },
    dump: () => ({
      envs: envs.all(),
      locals: locals.all().map(({ node, st }) => [node, st]),
      packets: packets.all(),
      cells: cells.all().map(([local, own]) => [local, ...own]),
      coverage: coverage()
    }),
    restore: (dump) => {
      for (const e of dump.envs) if (isOwn<Env>(e)) parts.env(e)
      for (const pair of dump.locals) if (isOwn<readonly [number, State]>(pair)) parts.local(...pair)
      for (const p of dump.packets) if (isOwn<Packet<Message>>(p)) parts.packet(p)
      for (const [local = NONE, ...own] of dump.cells) cells.of(local, own)
      before = dump.coverage
    },
    sizes: () => ({
      'local states': locals.size,
      packets: packets.size,
      'environment states': envs.size,
      'local steps': localSteps.length,
      cells: cells.length,
      ...(inert && { 'packets that must not be purged': inert.spared })
    })
  }
}

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
