/**
 * Where systems come from: the catalogue by name, a module of the user's by its address; and how a thread of a parallel
 * search finds the model again.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import type { ModelSource } from '../checker/threads/thread.js'
import { nameOf, systemCalled } from './catalogue.js'
import { faultsOf } from './faults.js'
import { decodeForm } from './form.js'
import type { AnySystem } from './system.js'

/** Which model is meant: plain data. */
export interface SubjectReference {
  /** The name of a system of the catalogue, or the address of a module (`file:…`) whose default export is one. */
  readonly system: string
  readonly configuration: unknown
  readonly mutant?: string
}

const isSystem = (u: unknown): u is AnySystem =>
  typeof u === 'object' &&
  u !== null &&
  '_tag' in u &&
  u._tag === 'System' &&
  'open' in u &&
  typeof u.open === 'function'

/**
 * The system that is the default export of a module. Left: it is none.
 * @throws what the module throws when it is loaded.
 */
export const systemFrom = async (address: string): Promise<Either<string, AnySystem>> => {
  const module: unknown = await import(address)
  const found: unknown = typeof module === 'object' && module !== null ? Reflect.get(module, 'default') : undefined
  if (isSystem(found)) {
    const [fault] = found.open(faultsOf)
    const name = nameOf(found)
    if (fault !== undefined) return E.left(`the system '${name}': ${fault}`)
    return systemCalled(name) === undefined
      ? E.right(found)
      : E.left(`the system '${name}' has the name of one of the catalogue: give it another`)
  }
  return E.left(
    found === undefined
      ? 'it has no default export; expected `export default defineSystem({ … })` or `defineNetwork`, of blockforest/systems'
      : 'its default export is no system; expected what `defineSystem` or `defineNetwork` of blockforest/systems returns'
  )
}

/**
 * Where a thread finds a model.
 * @param imports the addresses of modules that the thread loads before.
 */
export const sourceOf = (argument: SubjectReference, imports: ReadonlyArray<string> = []): ModelSource => ({
  module: new URL('./source.js', import.meta.url).href,
  // The name that the module exports: that of the function itself may be another in a bundle.
  name: 'modelOf',
  argument,
  imports
})

const isReference = (u: unknown): u is SubjectReference =>
  typeof u === 'object' &&
  u !== null &&
  'system' in u &&
  typeof u.system === 'string' &&
  'configuration' in u &&
  (!('mutant' in u) || u.mutant === undefined || typeof u.mutant === 'string')

/**
 * The model that has been asked for from another thread.
 * @throws TypeError where there is no such system, or the configuration is none of it.
 */
export const modelOf = async (argument: unknown): Promise<unknown> => {
  if (!isReference(argument)) throw new TypeError('expected the name of a system and a configuration')
  const known = systemCalled(argument.system)
  const system = known === undefined ? await systemFrom(argument.system) : E.right(known)
  if (E.isLeft(system)) throw new TypeError(`${argument.system}: ${system.left}`)
  return system.right.open((one) => {
    const configuration = decodeForm(one.form, argument.configuration)
    if (E.isLeft(configuration)) throw new TypeError(`${one.name}: ${configuration.left}`)
    return one.subject(configuration.right, argument.mutant)(({ model }): unknown => model)
  })
}
