/**
 * Makes this thread able to load the modules of a user's systems: TypeScript without a build, and `blockforest/…` as the
 * package that is running, whatever the folder of the module. Loaded for its effect, by the command and by its threads.
 */
import * as nodeModule from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const require = nodeModule.createRequire(import.meta.url)
const root = dirname(require.resolve('blockforest/package.json'))
const { exports } = require('blockforest/package.json') as {
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>
}

/** The file of an entry point; where this runs from its sources, the source. */
const fileOf = (target: string): string =>
  import.meta.url.endsWith('.ts') ? target.replace(/^[.]\/dist\/(.*)[.]js$/, './$1.ts') : target

/** The addresses of the entry points, by what a module imports: `blockforest/checker`. */
const own: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(exports).flatMap(([name, target]) =>
    typeof target === 'string'
      ? []
      : [[name.replace(/^[.]/, 'blockforest'), pathToFileURL(join(root, fileOf(target.default))).href]]
  )
)

/** From where packages are found that blockforest has and the module's folder has not. */
const parentURL = pathToFileURL(join(root, 'package.json')).href

/** What is said of an entry point that there is not. */
const missing = (specifier: string): string =>
  `blockforest has no '${specifier}'; it has ${Object.keys(own).join(', ')}`

/** What a hook is given besides the specifier, as far as this one looks at it. */
interface Context {
  readonly parentURL?: string
}
type Resolve = (specifier: string, context: Context, next: (specifier: string, context?: Context) => unknown) => unknown

/** A module of the user's finds its own packages first, then those that blockforest has. */
const resolve: Resolve = (specifier, context, next) => {
  const address = own[specifier]
  if (address !== undefined) return next(address, context)
  if (/^blockforest(\/|$)/.test(specifier)) throw new Error(missing(specifier))
  try {
    return next(specifier, context)
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
    if (!isMissing || /^([.]{0,2}\/|[a-z]+:)/.test(specifier)) throw error
    try {
      return next(specifier, { ...context, parentURL })
    } catch {
      throw error
    }
  }
}

/** The same for Node before 22.15, whose hooks are asynchronous and run in a thread of their own: so it is a text. */
const ASYNCHRONOUS = `
let own, parentURL
export const initialize = (data) => { ({ own, parentURL } = data) }
export const resolve = async (specifier, context, next) => {
  const found = await find(specifier, context, next)
  // TypeScript is written as modules are, whatever the package around it says.
  return /[.]ts([?]|$)/.test(found.url) ? { ...found, format: 'module' } : found
}
const find = async (specifier, context, next) => {
  if (Object.hasOwn(own, specifier)) return next(own[specifier], context)
  if (/^blockforest(\\/|$)/.test(specifier))
    throw new Error("blockforest has no '" + specifier + "'; it has " + Object.keys(own).join(', '))
  try {
    return await next(specifier, context)
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || /^([.]{0,2}\\/|[a-z]+:)/.test(specifier)) throw error
    try {
      return await next(specifier, { ...context, parentURL })
    } catch {
      throw error
    }
  }
}`

// Node 22.18 and later strip types by themselves.
if (!('typescript' in process.features && process.features.typescript)) {
  const { register: registerTypeScript } = await import('tsx/esm/api')
  registerTypeScript()
}
const { register } = nodeModule
// In Node 20 there is no such function, and its types do not know it.
const registerHooks = Reflect.get(nodeModule, 'registerHooks') as
  | ((hooks: { readonly resolve: Resolve }) => void)
  | undefined
if (registerHooks !== undefined) registerHooks({ resolve })
else register(`data:text/javascript,${encodeURIComponent(ASYNCHRONOUS)}`, { data: { own, parentURL } })
