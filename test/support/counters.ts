/**
 * Two counters that send each other numbers: the smallest network in which everything happens that a compact form has to
 * keep. A counter adds what it gets, and the time, and answers what is above 1 with one less; below 0, it only answers. By
 * itself it starts, from 0, once. Below 0 it sleeps, until a 2 wakes it.
 */
import * as O from 'fp-ts/lib/Option.js'
import { canonical } from '../../invariants/checker/data/canonical.js'
import { Cells } from '../../invariants/checker/network/cells.js'
import { Inert } from '../../invariants/checker/network/inert.js'
import { LocalSteps } from '../../invariants/checker/network/localSteps.js'
import { Names } from '../../invariants/checker/data/names.js'
import { Parts } from '../../invariants/checker/network/parts.js'
import { StepLists } from '../../invariants/checker/network/stepLists.js'
import { Orbits } from '../../invariants/checker/network/symmetry.js'
import { Verdicts } from '../../invariants/checker/network/verdicts.js'
import { partsOf } from '../../invariants/property/invariant.js'
import type { NetworkInvariant } from '../../invariants/property/invariant.js'
import type { Environment } from '../../spec/system/executions.js'
import type { Packet, Protocol } from '../../spec/system/protocol.js'
import { address } from './toychains.js'

/** The counters' addresses, and one at which there is nobody. */
export const [LEFT, RIGHT, NOWHERE] = [address(0), address(1), address(9)]

/** What a network does besides: how many packets it may still lose or duplicate, whether it is cut, and the time. */
export interface Weather {
  readonly losses: number
  readonly duplications: number
  readonly isCut: boolean
  /** A packet that is delivered at night, at 2, ends it: then it is 0. */
  readonly hour: number
}

export const fair: Weather = { losses: 0, duplications: 0, isCut: false, hour: 0 }
export const lossy: Weather = { ...fair, losses: 1 }
export const cut: Weather = { ...fair, isCut: true }

/** A packet from the left counter, or from another. */
export const packet = (dst: typeof LEFT, msg: number, src = LEFT): Packet<number> => ({ src, dst, msg })

const protocol: Pick<Protocol<number, number, 'start', number>, 'procMsg' | 'procInt'> = {
  procMsg: (st, from, msg, ts) =>
    st < 0
      ? [msg === 2 ? 0 : st, []]
      : msg < 0
        ? [st, [packet(from, 1)]]
        : [st + msg + ts, msg > 1 ? [packet(from, msg - 1, RIGHT)] : []],
  procInt: () => [1, [packet(RIGHT, 2), packet(LEFT, 1), packet(NOWHERE, 3), packet(RIGHT, 0), packet(RIGHT, 1)]]
}

const environment: Environment<Weather, number, number, 'start', number> = {
  initial: fair,
  delivery: (env, p) =>
    env.isCut
      ? O.none
      : O.some({
          act: { _tag: 'Deliver', packet: p, ts: env.hour },
          then: env.hour === 2 ? { ...env, hour: 0 } : env
        }),
  internal: (env, node, st) =>
    st === 0 ? [{ act: { _tag: 'Intern', node, transition: 'start', ts: env.hour }, then: env }] : [],
  packetFaults: (env, p) => [
    ...(env.losses === 0
      ? []
      : [{ act: { _tag: 'Lose' as const, packet: p }, then: { ...env, losses: env.losses - 1 } }]),
    ...(env.duplications === 0
      ? []
      : [{ act: { _tag: 'Duplicate' as const, packet: p }, then: { ...env, duplications: env.duplications - 1 } }])
  ],
  networkFaults: (env) => (env.isCut ? [{ act: { _tag: 'Heal' }, then: { ...env, isCut: false } }] : []),
  Env: { equals: (x, y) => canonical(x) === canonical(y) }
}

/** How the pieces are put together. */
export interface PiecesOptions {
  readonly invariants?: ReadonlyArray<NetworkInvariant<number, number>>
  readonly purge?: boolean
  readonly score?: (st: number, arriving: ReadonlyArray<number>) => number
}

/** The pieces of the compact form of the counters, and how often the protocol was asked. */
export const pieces = ({ invariants = [], purge = false, score }: PiecesOptions = {}) => {
  const asked = { procMsg: 0, procInt: 0 }
  const counting: typeof protocol = {
    procMsg: (...args) => {
      asked.procMsg++
      return protocol.procMsg(...args)
    },
    procInt: (...args) => {
      asked.procInt++
      return protocol.procInt(...args)
    }
  }
  const names = new Names()
  const nodes = [LEFT, RIGHT]
  const verdicts = new Verdicts<number, number>(invariants.flatMap(partsOf), nodes, names)
  const orbits = new Orbits<Weather, number, number>(
    { env: (_to, e) => e, state: (_to, st) => st, message: (_to, m) => m },
    nodes,
    names
  )
  const parts = new Parts<Weather, number, number>({
    nodes,
    names,
    observed: [(st) => st > 1, (st) => st % 2 === 1],
    verdicts,
    orbits
  })
  const localSteps = new LocalSteps(parts, {
    protocol: counting,
    environment,
    nodeSteps: [],
    observed: [(before, after) => after > before, (before, after) => after === 2 * before],
    kindOf: (a) => a._tag
  })
  const inert = new Inert(parts, { protocol, environment, verdicts })
  const cells = new Cells<Weather, number, number>(parts, {
    bundles: localSteps.bundles,
    busy: 4,
    score,
    purges: purge ? (local, p) => inert.purges(local, p) : undefined,
    verdicts,
    orbits
  })
  return { asked, names, verdicts, orbits, parts, localSteps, inert, cells, lists: new StepLists(localSteps, cells) }
}
