/**
 * Several operations as one: what is agreed on, signed and numbered once may stand for many operations of one client. (In the
 * paper the primary puts requests of different clients together. Here a client does, a gateway say, so that the protocol is
 * the specification's as it is.)
 */
import type { Service } from './service.js'

const textsIn = (text: string): ReadonlyArray<string> | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.every((x): x is string => typeof x === 'string') ? value : undefined
  } catch {
    return undefined
  }
}

/** The operation that is many, one after another. */
export const batchOf = (operations: ReadonlyArray<string>): string => JSON.stringify(operations)

/** The results of a batch, in the order of its operations; undefined: it was none, or had too many operations. */
export const resultsOf = (result: string): ReadonlyArray<string> | undefined => textsIn(result)

/**
 * The service whose operations are batches of another's. An operation that is no batch, or has more than `most` operations,
 * changes nothing, and its result is none of a batch.
 */
export const batching = <S>(service: Service<S>, most: number): Service<S> => ({
  ...service,
  execute: (state, operation) => {
    const operations = textsIn(operation)
    if (operations === undefined || operations.length > most) return { state, result: 'not a batch' }
    let after = state
    const results = operations.map((one) => {
      const { state: next, result } = service.execute(after, one)
      after = next
      return result
    })
    return { state: after, result: JSON.stringify(results) }
  }
})
