/**
 * Configurations of bounded executions: what may come in from a trace file or the command line.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { PathReporter } from 'io-ts/lib/PathReporter.js'
import { fewestBits, mostBits } from '../../spec/blockchain/instances/shortHash.js'

interface CountBrand {
  readonly Count: unique symbol
}

/** A natural number of things. */
export const Count = t.brand(
  t.number,
  (n): n is t.Branded<number, CountBrand> => Number.isSafeInteger(n) && n >= 0,
  'Count'
)

/** The instances that bounded executions can play. */
export const InstanceName = t.keyof(
  { numbered: null, longestChain: null, proofOfWork: null, payments: null },
  'InstanceName'
)
export type InstanceName = t.TypeOf<typeof InstanceName>

/** The editions besides the main one. */
export const Edition = t.keyof({ cpp18: null }, 'Edition')
export type Edition = t.TypeOf<typeof Edition>

interface HashBitsBrand {
  readonly HashBits: unique symbol
}

/** A size of hashes. */
export const HashBits = t.brand(
  t.number,
  (n): n is t.Branded<number, HashBitsBrand> => Number.isSafeInteger(n) && n >= fewestBits && n <= mostBits,
  'HashBits'
)

/** An instance and bounds: all that is needed to build a model again. */
export const Configuration = t.readonly(
  t.intersection([
    t.type({
      instance: InstanceName,
      nodes: Count,
      mints: Count,
      transactions: Count,
      blockOnly: t.boolean,
      faults: t.readonly(t.type({ duplications: Count, losses: Count, cuts: Count }))
    }),
    t.partial({ edition: Edition, hashBits: HashBits })
  ]),
  'Configuration'
)

/** An instance and bounds, as plain numbers. */
export interface Configuration {
  readonly instance: InstanceName
  readonly nodes: number
  readonly mints: number
  readonly transactions: number
  readonly blockOnly: boolean
  readonly faults: { readonly duplications: number; readonly losses: number; readonly cuts: number }
  /** Default: the main edition. */
  readonly edition?: Edition
  /** How many bits the hashes are cut to. Default: they are whole. */
  readonly hashBits?: number
}

/** The most nodes of a configuration, the most where the network may be cut in two, and the most of all else. */
const most = { nodes: 64, nodesToCut: 16, others: 1_000_000 } as const

/** What is too large about a configuration to be built. */
const excess = ({ nodes, mints, transactions, faults }: Configuration): ReadonlyArray<string> => [
  ...(nodes < 1 || nodes > most.nodes ? [`expected 1 to ${String(most.nodes)} nodes, found ${String(nodes)}`] : []),
  ...(faults.cuts > 0 && nodes > most.nodesToCut
    ? [`expected at most ${String(most.nodesToCut)} nodes in a network that may be cut, found ${String(nodes)}`]
    : []),
  ...Object.entries({ mints, transactions, ...faults }).flatMap(([name, count]) =>
    count > most.others ? [`expected at most ${String(most.others)} ${name}, found ${String(count)}`] : []
  )
]

/** A configuration that a model can be built of. Left: what is wrong with it, in one line. */
export const decodeConfiguration = (u: unknown): Either<string, Configuration> => {
  const decoded = Configuration.decode(u)
  if (E.isLeft(decoded)) return E.left(`not a configuration: ${PathReporter.report(decoded).slice(0, 3).join('; ')}`)
  const [reason] = excess(decoded.right)
  return reason === undefined ? decoded : E.left(reason)
}
