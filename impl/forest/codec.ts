/**
 * A whole forest as JSON: the io-ts codec of `ForestData`.
 */
import * as t from 'io-ts'
import type { ForestData } from './types.js'

/** A bigint as its decimal digits, for scores such as Bitcoin's work. */
export const BigIntFromString: t.Type<bigint, string> = new t.Type(
  'BigIntFromString',
  (u): u is bigint => typeof u === 'bigint',
  (u, context) =>
    typeof u === 'string' && /^(0|-?[1-9][0-9]*)$/.test(u)
      ? t.success(BigInt(u))
      : t.failure(u, context, 'a whole number in decimal digits'),
  String
)

/** How the data of a forest are written: the version of the form, and the components by their names. */
export interface WrittenForest {
  readonly version: 1
  readonly root: {
    readonly block: unknown
    readonly height: number
    readonly score: unknown
    readonly state: unknown
    readonly history?: ReadonlyArray<unknown>
  }
  readonly blocks: ReadonlyArray<unknown>
  readonly orphans: ReadonlyArray<unknown>
}

/** An absent score or state: the rule keeps none. */
const Absent: t.Type<undefined, undefined> = new t.Type(
  'Absent',
  (u): u is undefined => u === undefined,
  (u, context) => (u === undefined ? t.success(u) : t.failure(u, context, 'nothing is expected here')),
  (u) => u
)

/** Codecs of the parts of a forest. */
export interface ForestCodecs<B, S, A> {
  readonly block: t.Type<B, unknown>
  /** Default: there is no score. */
  readonly score?: t.Type<S, unknown>
  /** Default: there is no state of validation. */
  readonly state?: t.Type<A, unknown>
}

/**
 * The codec of a forest's data, from the codecs of its parts. What it encodes is JSON where the parts are.
 *
 * Decoding checks the form alone; `fromData` then hashes and validates every block anew.
 */
export const forestCodec = <B, S = undefined, A = undefined>(
  parts: ForestCodecs<B, S, A>
): t.Type<ForestData<B, S, A>, WrittenForest> => {
  // Left out only where the type is that of nothing.
  const score = parts.score ?? (Absent as unknown as t.Type<S, unknown>)
  const state = parts.state ?? (Absent as unknown as t.Type<A, unknown>)
  const blocks = t.readonlyArray(parts.block, 'a list of blocks')
  const Root = t.exact(
    t.intersection([t.type({ block: parts.block, height: t.Int, score, state }), t.partial({ history: blocks })]),
    'a root'
  )
  // Strict: what else there is, such as the version, is left out.
  const Data = t.strict({ root: Root, blocks, orphans: blocks }, 'a forest')
  const Version = t.type({ version: t.literal(1) }, 'a forest of version 1')
  return new t.Type<ForestData<B, S, A>, WrittenForest>(
    'Forest',
    (u): u is ForestData<B, S, A> => Data.is(u),
    (u, context) => {
      const version = Version.validate(u, context)
      return version._tag === 'Left' ? version : Data.validate(u, context)
    },
    (data) => ({ version: 1, ...Data.encode({ ...data, root: { ...data.root, height: data.root.height as t.Int } }) })
  )
}
