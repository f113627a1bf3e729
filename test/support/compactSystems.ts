/**
 * What can be seen of a compact system, and all states that it reaches.
 */
import { canonical } from '../../invariants/checker/data/canonical.js'
import { Fingerprints } from '../../invariants/checker/data/fingerprints.js'
import { Names } from '../../invariants/checker/data/names.js'
import { Visited } from '../../invariants/checker/data/visited.js'
import type { FingerprintSet } from '../../invariants/checker/data/visited.js'
import type { CompactSystem } from '../../invariants/checker/model/walker.js'
import type { GlobalState } from '../../spec/system/executions.js'
import { entries } from '../../spec/prelude/unionMap.js'

/** The fingerprint of a state from nothing but its contents: the sum, lane by lane, of those of its parts. */
export const fingerprint = (s: GlobalState<unknown, unknown, unknown>): readonly [number, number] => {
  const names = new Names()
  const prints = new Fingerprints(names)
  prints.push(-1, names.of(s.env))
  for (const [i, [, st]] of entries(s.world.localState).entries()) prints.push(i, names.of(st))
  for (const p of s.world.inFlightMsgs) prints.push(-2, names.of(p))
  let [high, low] = [0, 0]
  for (let id = 0; id < prints.length; id++) {
    high = (high + prints.high(id)) | 0
    low = (low + prints.low(id)) | 0
  }
  return [high, low]
}

/** All that can be seen of the current state of a compact system: fingerprint, record, and steps in order. */
export const seen = <A>(compact: CompactSystem<A>) => {
  const record = new Uint8Array(4096)
  const state = new Int32Array(compact.width)
  compact.store(state, 0)
  const length = compact.pack(state, 0, record)
  const steps = compact.enumerate()
  const places = Array.from({ length: steps }, (_, i) => i)
  return {
    fingerprint: [compact.high(), compact.low()],
    state: [...state],
    record: [...record.subarray(0, length)],
    steps: places.map((place) => canonical(compact.actionAt(place))),
    violated: compact.violated()
  }
}

/** The fingerprints, in order, of the states that the steps of the current state lead to, and how they are judged. */
export const afterSteps = <A>(compact: CompactSystem<A>) => {
  const here = new Int32Array(compact.width)
  compact.store(here, 0)
  return Array.from({ length: compact.enumerate() }, (_, place) => {
    compact.fetch(here, 0)
    compact.enumerate()
    compact.apply(place)
    const after = { place, high: compact.high(), low: compact.low(), violated: compact.violated() }
    compact.fetch(here, 0)
    return after
  })
}

/** What an expansion of the current state looks up, and the states that it leaves. */
export const expanded = <A>(compact: CompactSystem<A>, visited: FingerprintSet, room: number) => {
  const asked: Array<readonly [number, number]> = []
  const add = (high: number, low: number, tag: number): boolean => {
    asked.push([high, low])
    return visited.add(high, low, tag)
  }
  const result = { ...compact.expand({ _tag: 'Fingerprints', size: 0, add }, room, 3, 17) }
  const [rows, { width, stride }] = [compact.rows(), compact]
  return {
    ...result,
    asked,
    left: Array.from({ length: result.found }, (_, k) => {
      const at = (3 + k) * stride
      return { state: [...rows.subarray(at, at + width)], place: rows[at + width], tag: rows[at + width + 1] }
    })
  }
}

export const bagOf = (texts: ReadonlyArray<string>): ReadonlyArray<string> => [...texts].sort()

/** Explores all states that can be reached; how many there are. */
export const explored = <A>(compact: CompactSystem<A>): number => {
  const visited = new Visited()
  const { width, stride } = compact
  const start = new Int32Array(width)
  compact.begin()
  compact.visit(visited)
  compact.countState()
  compact.store(start, 0)
  const states = [start]
  for (const state of states) {
    compact.fetch(state, 0)
    const { found } = compact.expand(visited, Infinity, 0, 0)
    for (let k = 0; k < found; k++) states.push(compact.rows().slice(k * stride, k * stride + width))
  }
  return states.length
}
