/**
 * What a trace is an execution of: the system that it names, with its parameters and its mutant, or why there is none.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { inOneSpelling } from '../checker/data/itf.js'
import type { Trace } from '../checker/trace/trace.js'
import { decodeForm } from './form.js'
import type { System } from './system.js'

/** The parameters of a system that a trace is an execution of. Left: why it is none, and where in the file that stands. */
export const recordedIn = <C>({ name, form, refuses, mutants }: System<C>, trace: Trace): Either<string, C> => {
  if (trace.system !== undefined && trace.system !== name)
    return E.left(`an execution of ${trace.system}, not of ${name}`)
  const configuration = decodeForm(form, inOneSpelling(trace.configuration))
  const refused = (reason: string): Either<string, C> => E.left(`#meta.blockforest.configuration: ${reason}`)
  if (E.isLeft(configuration)) return refused(configuration.left)
  const reason = refuses?.(configuration.right)
  if (reason !== undefined) return refused(reason)
  if (trace.mutant !== undefined && !mutants.some((one) => one.name === trace.mutant))
    return E.left(`#meta.blockforest.mutant: ${name} has no mutant '${trace.mutant}'`)
  return configuration
}
