/**
 * Before all tests: a folder that they share, for the site of the documentation; after them it goes. Nothing is built here, so
 * that tests that do not look at the site do not wait for it: `builtSite` builds it when first asked for.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    siteFolder: string
  }
}

export default ({ provide }: TestProject): (() => void) => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'blockforest-site-')))
  provide('siteFolder', folder)
  return () => {
    rmSync(folder, { recursive: true, force: true })
  }
}
