/**
 * What only searches need, loaded by pages when something is searched: how networks and systems of components are interned.
 *
 * A model holds the function that makes its interned form, so that whoever loads a model loads all of that, to walk through it
 * too. Here each such module is replaced, where a model imports it, by one that passes calls on to it once it is there; the
 * module `virtual:searching` has the function that loads them, to be awaited before a search begins.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const CHECKER = join(import.meta.dirname, '../../invariants/checker')

/** The modules that are deferred, and who imports them. */
const DEFERRED = [
  { by: 'network/networkModel.ts', as: './compact.js', module: 'network/compact.ts' },
  { by: 'network/networkModel.ts', as: './symmetry.js', module: 'network/symmetry.ts' },
  { by: 'components/componentModel.ts', as: './compact.js', module: 'components/compact.ts' }
]

const ID = 'virtual:searching'
const PREFIX = '\0deferred:'

/** The functions that a module exports. */
const functionsIn = (module: string): ReadonlyArray<string> =>
  [...readFileSync(join(CHECKER, module), 'utf8').matchAll(/^export const (\w+) = [<(]/gm)].flatMap(
    ([, name]) => name ?? []
  )

/** The source of a module that passes calls on. */
const passingOn = (module: string): string => {
  const names = functionsIn(module)
  return [
    `let there = new Proxy({}, { get: () => { throw new Error(${JSON.stringify(`${module} is not there: await virtual:searching`)}) } })`,
    `export const load = async () => { there = await import(${JSON.stringify(join(CHECKER, module))}) }`,
    ...names.map((name) => `export const ${name} = (...given) => there.${name}(...given)`)
  ].join('\n')
}

/** The source of the module that loads them all. */
const loading = (): string =>
  [
    ...DEFERRED.map(
      ({ module }, i) => `import { load as load${String(i)} } from ${JSON.stringify(`${PREFIX}${module}`)}`
    ),
    `export default () => Promise.all([${DEFERRED.map((_, i) => `load${String(i)}()`).join(', ')}])`
  ].join('\n')

/** The modules, for Vite. */
export const deferredSearchPlugin = () => ({
  name: 'deferred-search',
  enforce: 'pre' as const,
  resolveId: (id: string, importer?: string): string | undefined => {
    if (id === ID) return `\0${ID}`
    if (id.startsWith(PREFIX)) return id
    const found = DEFERRED.find(({ by, as }) => as === id && importer === join(CHECKER, by))
    return found && `${PREFIX}${found.module}`
  },
  load: (id: string): string | undefined =>
    id === `\0${ID}` ? loading() : id.startsWith(PREFIX) ? passingOn(id.slice(PREFIX.length)) : undefined
})
