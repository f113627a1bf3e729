/**
 * The compact form of a system of components: a state is the numbers of its components, and its fingerprint. What an
 * action may do, and what an invariant says, is computed by the model once for each combination of what it looks at.
 */
import { readVarints, writeVarints } from '../data/varint.js'
import { addTo } from '../data/visited.js'
import { EarlierCoverage } from '../model/result.js'
import type { Coverage } from '../model/result.js'
import { isOwn } from '../model/walker.js'
import type { CompactSystem } from '../model/walker.js'
import { ComponentCursor } from './cursor.js'
import type { ComponentParts } from './cursor.js'
import type { Component, ComponentStep } from './system.js'

/** The compact form of a system of components. */
export const internComponents = <C extends object>(parts: ComponentParts<C>): CompactSystem<ComponentStep> => {
  const cursor = new ComponentCursor(parts)
  const { values, lists, width, stride, row } = cursor
  const earlier = new EarlierCoverage()
  const coverage = (): Coverage => earlier.with(cursor.coverage())
  const actionAt = (place: number): ComponentStep => lists.stepAt(cursor.listedAt(place)[1])

  return {
    width,
    stride,
    starts: cursor.starts(),
    begin: (start = 0) => cursor.begin(start),
    enumerate: () => cursor.enumerate(),
    apply: (place) => cursor.apply(place),
    actionAt,
    numberAt: (place) => cursor.listedAt(place)[1],
    kindAt: (place) => cursor.listedAt(place)[0].kind,
    kinds: () => cursor.kinds,
    countStep: (place) => cursor.countStep(place),
    countState: () => cursor.countState(),
    coverage,
    violated: () => cursor.violated(),
    breaks: (place) => cursor.breaks(place),
    isStuck: () => cursor.isStuck(),
    labels: (to, at) => cursor.label(to, at),
    high: () => row[width - 2] ?? 0,
    low: () => row[width - 1] ?? 0,
    store: (to, at) => to.set(row, at),
    fetch: (from, at) => row.set(from.subarray(at, at + width)),
    pack: (from, at, record) => writeVarints(from, at, width - 2, record),
    unpack: (record) => {
      readVarints(record, row, width - 2)
      cursor.fingerprint()
    },
    score: () => 0,
    visit: (visited) => addTo(visited, row, 0, width, 0),
    expand: (visited, room, first, tag) => cursor.expand(visited, room, first, tag),
    rows: () => cursor.rows,
    take: (place) => {
      const action = actionAt(place)
      cursor.apply(place)
      return [action]
    },
    tolerate: (onViolation) => cursor.tolerance.tolerate(onViolation),
    resetCounts: () => {
      cursor.resetCounts()
      earlier.reset()
    },
    // Nothing is purged.
    recheckPurged: () => 0,
    dump: () => ({ envs: [], locals: values.all(), packets: [], cells: [], coverage: coverage() }),
    restore: (dump) => {
      for (const pair of dump.locals)
        if (isOwn<readonly [index: number, value?: C[Component<C>]]>(pair)) values.numberOf(pair[0], pair[1])
      earlier.restore(dump.coverage)
    },
    sizes: () => ({ 'component values': values.size, 'component steps': lists.size })
  }
}
