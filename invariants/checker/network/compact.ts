/**
 * A network with integers for states.
 *
 * A world is a cell for each node, one more for the packets to nobody, and the environment's state, all of them integers
 * (`parts.ts`, `cells.ts`). What a node does with a packet is computed once and kept as a local step (`localSteps.ts`); what
 * can happen in a cell is listed once (`stepLists.ts`): a step is a few look-ups (`states.ts`), and so is a verdict on a
 * world (`verdicts.ts`). Nothing here knows any protocol.
 */
import { RefusedSearch } from '../model/refusal.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Action } from '../../../spec/system/executions.js'
import type { Packet } from '../../../spec/system/protocol.js'
import type { NetworkInvariant } from '../../property/invariant.js'
import { isOwn } from '../model/walker.js'
import type { CompactDump, CompactOptions, CompactSystem } from '../model/walker.js'
import { Tolerance } from '../model/tolerance.js'
import { Counters } from './counters.js'
import { Cursor } from './cursor.js'
import { Expander } from './expander.js'
import { Judge } from './judge.js'
import { NONE } from './parts.js'
import { Predicates } from './predicates.js'
import { deliveriesOfPurged } from './purging.js'
import { States } from './states.js'
import { conjunctsOf, forgetCells, tablesOf } from './tables.js'
import type { InternOptions, Tables } from './tables.js'
import { Watch } from './watch.js'

/** How many cells are too many to keep when a walk begins anew. */
const MOST_CELLS = 1 << 18

/** What a network does that is no bag. */
const KEEPS = {
  set: 'the network keeps what was sent',
  fifo: 'packets arrive in the order in which they were sent'
} as const

/** Which of the states in which executions may begin are there, of equal ones the first. */
interface Firsts {
  readonly firsts: ReadonlyArray<number>
}

/**
 * The compact form of a network.
 * @throws RangeError where inert packets are to be purged and an invariant does not say what it looks at; where states are
 * to be explored up to symmetry and none is declared, or there are too many nodes; where packets are no bag, as far as these
 * need one; where no score has the name that is asked
 * for.
 */
export const internNetwork = <Env, State, Message, Internal, Timestamp>(
  options: InternOptions<Env, State, Message, Internal, Timestamp> & Firsts & CompactOptions
  // eslint-disable-next-line max-lines-per-function -- one object: each function of it, and the part that does it
): CompactSystem<Action<Message, Internal, Timestamp>> => {
  const {
    environment,
    starts,
    firsts,
    symmetry,
    mostCells = MOST_CELLS,
    purge = false,
    uptoSymmetry = false,
    toward
  } = options
  const { soup = 'bag' } = environment
  if (purge) refuseWholes(options.invariants)
  if (purge && soup !== 'bag')
    throw new RefusedSearch(`inert packets cannot be purged where ${KEEPS[soup]}: search without that reduction`)
  if (uptoSymmetry && symmetry === undefined)
    throw new RefusedSearch('no symmetry is declared for this protocol: search without that reduction')
  if (uptoSymmetry && soup === 'fifo')
    throw new RefusedSearch(`orbits are not known where ${KEEPS[soup]}: search without that reduction`)
  const tables = tablesOf(options, { purge, uptoSymmetry, toward })
  const { layout, localSteps, cells } = tables
  const states = new States(tables)
  const judge = new Judge(tables, states, starts[0].world)
  const tolerance = new Tolerance()
  const predicates = new Predicates(tables, states, starts[0])
  const watch = new Watch(states, predicates, options.properties)
  const counters = new Counters(tables, options, watch)
  const expander = new Expander(tables, { states, counters, judge, tolerance, watch })
  const cursor = new Cursor(tables, { states, starts })
  const { state } = cursor

  const forget = (): void => {
    forgetCells(tables)
    cursor.forget()
    predicates.forget()
  }

  return {
    width: layout.width,
    stride: layout.stride,
    starts: firsts,
    begin: (start = 0) => {
      if (cells.length > mostCells) forget()
      cursor.begin(start)
    },
    high: () => state[layout.high] ?? 0,
    low: () => state[layout.low] ?? 0,
    store: (to, at) => cursor.store(to, at),
    fetch: (from, at) => cursor.fetch(from, at),
    pack: (from, at, record) => cursor.pack(from, at, record),
    unpack: (record) => cursor.unpack(record),
    enumerate: () => cursor.enumerate(),
    apply: (place) => cursor.apply(place),
    take: (place) => {
      const step = cursor.stepAt(place)
      const purged = purge ? deliveriesOfPurged(tables, state, cursor.index, step) : []
      cursor.apply(place)
      return [localSteps.actionOf(step), ...purged]
    },
    actionAt: (place) => localSteps.actionOf(cursor.stepAt(place)),
    numberAt: (place) => cursor.stepAt(place),
    kindAt: (place) => localSteps.kind.data[cursor.stepAt(place)] ?? 0,
    kinds: () => localSteps.kinds.all(),
    visit: (visited) => expander.visit(visited, state, 0, 0),
    expand: (visited, room, first, tag) => expander.expand(state, visited, room, first, tag),
    rows: () => expander.rows,
    score: (of, at) => states.score(of, at),
    violated: () => tolerance.stops(judge.fails(state, 0)),
    breaks: (place) => !tolerance.isTolerant && expander.breaks(cursor, place),
    isStuck: () => !tolerance.isTolerant && watch.isStuck(state),
    labels: (to, at) => watch.label(state, to, at),
    tolerate: (onViolation) => tolerance.tolerate(onViolation),
    countStep: (place) => localSteps.count(cursor.stepAt(place), 1),
    countState: () => counters.countState(state, 0),
    coverage: () => counters.coverage(),
    resetCounts: () => {
      counters.reset()
      counters.earlier.reset()
    },
    recheckPurged: () => {
      const spared = tables.inert?.recheckPurged(tables.lists.followers(), cells.all()) ?? 0
      if (spared > 0) {
        forget()
        counters.reset()
      }
      return spared
    },
    dump: () => ({ ...dumped(tables), coverage: counters.coverage() }),
    restore: (dump) => {
      restore(tables, dump)
      counters.earlier.restore(dump.coverage)
    },
    sizes: () => sizesOf(tables)
  }
}

/** Packets that are left out must not be missed, so every invariant must say what it looks at. */
const refuseWholes = <State, Message>(invariants: ReadonlyArray<NetworkInvariant<State, Message>>): void => {
  const whole = conjunctsOf(invariants).find(({ part }) => O.isNone(part))
  if (whole !== undefined)
    throw new RefusedSearch(
      `inert packets cannot be purged: the invariant «${whole.name}» looks at whole states, which may tell them; ` +
        'write it with eachNode or fromView, or search without reductions'
    )
}

/** All that has been interned, in the order of the numbers it was given. */
const dumped = <Env, State, Message, Internal, Timestamp>({
  parts: { envs, locals, packets },
  cells
}: Tables<Env, State, Message, Internal, Timestamp>): Omit<CompactDump, 'coverage'> => ({
  envs: envs.all(),
  locals: locals.all().map(({ node, st }) => [node, st]),
  packets: packets.all(),
  cells: cells.all().map(([local, own]) => [local, ...own])
})

/** Interns what another system of the same model has dumped, under the same numbers. */
const restore = <Env, State, Message, Internal, Timestamp>(
  { parts, cells }: Tables<Env, State, Message, Internal, Timestamp>,
  dump: CompactDump
): void => {
  for (const e of dump.envs) if (isOwn<Env>(e)) parts.env(e)
  for (const pair of dump.locals) if (isOwn<readonly [number, State]>(pair)) parts.local(...pair)
  for (const p of dump.packets) if (isOwn<Packet<Message>>(p)) parts.packet(p)
  for (const [local = NONE, ...own] of dump.cells) cells.of(local, own)
}

/** How many distinct things have been met. */
const sizesOf = <Env, State, Message, Internal, Timestamp>({
  parts: { envs, locals, packets },
  localSteps,
  cells,
  inert
}: Tables<Env, State, Message, Internal, Timestamp>): Readonly<Record<string, number>> => ({
  'local states': locals.size,
  packets: packets.size,
  'environment states': envs.size,
  'local steps': localSteps.length,
  cells: cells.length,
  ...(inert && { 'packets that must not be purged': inert.spared })
})
