/**
 * The data files of the documentation: the index of the Coq development, and why some of it has no counterpart.
 */
import { readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { PathReporter } from 'io-ts/lib/PathReporter.js'

/** A declaration of the Coq development. */
export const CoqEntry = t.readonly(
  t.type({ file: t.string, line: t.number, kind: t.string, name: t.string, scope: t.string }),
  'Coq entry'
)
export type CoqEntry = t.TypeOf<typeof CoqEntry>

/** All declarations of the Coq development at one commit, file by file, in the order of their lines. */
export const CoqIndex = t.readonly(
  t.type({ branch: t.string, commit: t.string, entries: t.readonlyArray(CoqEntry) }),
  'Coq index'
)
export type CoqIndex = t.TypeOf<typeof CoqIndex>

/** Why declarations have no counterpart in TypeScript: by their kind, or one by one. */
export const Reasons = t.readonly(
  t.type({
    kinds: t.readonly(t.record(t.string, t.string)),
    names: t.readonlyArray(t.readonly(t.type({ file: t.string, names: t.readonlyArray(t.string), reason: t.string })))
  }),
  'reasons'
)
export type Reasons = t.TypeOf<typeof Reasons>

/** How a statement here was compared with the one of the Coq development that it is about. */
export const Comparison = t.readonly(
  t.type({
    file: t.string,
    name: t.string,
    /** The digest of the statement here when it was compared (`digestOf`). */
    statement: t.string,
    /** How it differs; null where it is the same. */
    differs: t.union([t.string, t.null])
  }),
  'comparison'
)
export type Comparison = t.TypeOf<typeof Comparison>

/**
 * The data in a JSON file.
 * @throws Error where the file is not what it should be.
 */
export const readJson = <A>(path: string, codec: t.Decoder<unknown, A>): A => {
  const decoded = codec.decode(JSON.parse(readFileSync(path, 'utf8')))
  if (E.isLeft(decoded)) throw new Error(`${path}: ${PathReporter.report(decoded).slice(0, 3).join('; ')}`)
  return decoded.right
}
