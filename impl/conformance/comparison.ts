/**
 * What a run of the spec on a case says: for each field of the file, what the file expects and what the spec computes.
 */
import { isDeepStrictEqual } from 'node:util'

/** One field of one step of a case. */
export interface Comparison {
  /** The part of the case: `step 3` is the element 3 of the list `steps`, counted from 0 as everything in the files. */
  readonly step: string
  readonly field: string
  /** As the case writes it. */
  readonly expected: unknown
  /** What the spec computes, written in the same way. */
  readonly actual: unknown
}

/** The spec computes what the file expects. */
export const agrees = ({ expected, actual }: Comparison): boolean => isDeepStrictEqual(expected, actual)

/**
 * Compare a record of the file with what the spec computes for each of its fields. The type asks for all of them, so that
 * none is forgotten.
 */
export const compare = <Expected extends object>(
  step: string,
  expected: Expected,
  actual: { readonly [Field in keyof Expected]: unknown }
): ReadonlyArray<Comparison> => {
  const fields = new Map<string, unknown>(Object.entries(expected))
  return Object.entries(actual).map(([field, value]) => ({ step, field, expected: fields.get(field), actual: value }))
}
