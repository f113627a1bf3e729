/**
 * Which version of the package this is.
 */
import { createRequire } from 'node:module'

export const { version } = createRequire(import.meta.url)('blockforest/package.json') as { readonly version: string }
