/**
 * The system that a command is about: one of the catalogue by its name, or a module of the user's by its path.
 */
import * as E from 'fp-ts/lib/Either.js'
import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { CheckpointError, ModelFault, RefusedSearch } from '../../invariants/checker/index.js'
import { catalogue, nameOf, systemCalled, systemFrom } from '../../invariants/systems/index.js'
import type { AnySystem } from '../../invariants/systems/index.js'
import { reasonOf, UsageError } from './io.js'

/** A system, and how it was named. */
export interface Loaded {
  readonly system: AnySystem
  /** How it was named on the command line; undefined where none was. */
  readonly called: string | undefined
  /** How a thread finds it again: its name in the catalogue, or the address of its module. */
  readonly address: string
  /** What a thread loads before. */
  readonly imports: ReadonlyArray<string>
}

/** The system that is meant where none is named. */
export const defaultSystem = (): Loaded => {
  const [system] = catalogue
  return { system, called: undefined, address: nameOf(system), imports: [] }
}

/** A word of the command line is the path of a module. */
export const isPath = (word: string): boolean => /[/\\]|[.][cm]?[jt]s$/.test(word)

/** Where in the module with an address an error was thrown: `:12:3`, or nothing. */
const placeIn = (address: string, error: unknown): string => {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  for (const file of [address, fileURLToPath(address)]) {
    const at = stack.indexOf(`${file}:`)
    const [place] = at < 0 ? [] : (/^(:\d+)+/.exec(stack.slice(at + file.length)) ?? [])
    if (place !== undefined) return place
  }
  return ''
}

/** Systems of the catalogue are blockforest's own, and so are their faults. */
const isOwnFault = ({ imports }: Loaded): boolean => imports.length === 0

/** The exit code where the model itself is at fault: a user's is an input that cannot be used. */
export const exitCodeOfFault = (loaded: Loaded): 2 | 3 => (isOwnFault(loaded) ? 3 : 2)

/** Whose fault it is that a model is at fault, where it has thrown this. */
export const atFault = (loaded: Loaded, thrown: unknown): string =>
  isOwnFault(loaded)
    ? "an error of blockforest's own (please report it with the command): the system fails"
    : `${loaded.called ?? ''}${placeIn(loaded.address, thrown)}: the system itself is at fault, so that there is no verdict,`

/** An error of a user's module, in one line: what, and where. */
const moduleError = (called: string, address: string, error: unknown): UsageError => {
  if (error instanceof ModelFault) return new UsageError(`${called}${placeIn(address, error.thrown)}: ${error.message}`)
  const [first = '', second = ''] = reasonOf(error).split('\n')
  // Compilers say first that there are errors, and then which.
  if (first.endsWith(':') && second !== '') return new UsageError(second.replace(fileURLToPath(address), called))
  const kind = error instanceof Error && error.name !== 'Error' ? `${error.name}: ` : ''
  return new UsageError(`${called}${placeIn(address, error)}: ${kind}${first}`)
}

/** Errors that say themselves what the user can do. */
const SPOKEN = [UsageError, RefusedSearch, CheckpointError]

/**
 * Does something with a system, and names its module where that throws: what a module throws while it is explored is a
 * mistake in it.
 */
export const blaming = async <R>(loaded: Loaded, use: () => Promise<R>): Promise<R> => {
  try {
    return await use()
  } catch (error) {
    const { called, address } = loaded
    if (called === undefined || isOwnFault(loaded) || SPOKEN.some((kind) => error instanceof kind)) throw error
    throw moduleError(called, address, error)
  }
}

const loadModule = async (called: string): Promise<Loaded> => {
  const path = resolve(called)
  if (!existsSync(path)) throw new UsageError(`cannot read ${called}: there is no such file`)
  if (!statSync(path).isFile())
    throw new UsageError(`cannot read ${called}: it is no file; expected a module of your own, ./my-system.ts`)
  const modules = new URL('./modules.js', import.meta.url).href
  const address = pathToFileURL(path).href
  await import(modules)
  const found = await systemFrom(address).catch((error: unknown) => {
    throw moduleError(called, address, error)
  })
  if (E.isLeft(found)) throw new UsageError(`${called}: ${found.left}`)
  return { system: found.right, called, address, imports: [modules] }
}

/**
 * Finds a system by the word of the command line that names it.
 * @throws UsageError where there is none, or its module cannot be loaded.
 */
export const load = async (called: string): Promise<Loaded> => {
  const known = systemCalled(called)
  if (known !== undefined) return { system: known, called, address: called, imports: [] }
  if (isPath(called)) return loadModule(called)
  const presets = catalogue.filter(({ open }) => open((system) => system.presets.some(({ name }) => name === called)))
  throw new UsageError(
    `no system is called '${called}': there are ${catalogue.map(nameOf).join(', ')}, and a module of your own by its path, ./my-system.ts` +
      presets.map((system) => ` (a preset of ${nameOf(system)} is: --preset ${called})`).join('')
  )
}
