/**
 * Makes this thread able to load the modules of a user's systems: TypeScript without a build, and `blockforest/…` as the
 * package that is running, whatever the folder of the module. Loaded for its effect, by the command and by its threads.
 */
import { createRequire, register } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const require = createRequire(import.meta.url)
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

/** Hooks run in a thread of their own, and so are a text. */
const HOOKS = `
let own, parentURL
export const initialize = (data) => { ({ own, parentURL } = data) }
export const resolve = async (specifier, context, next) => {
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
register(`data:text/javascript,${encodeURIComponent(HOOKS)}`, { data: { own, parentURL } })
