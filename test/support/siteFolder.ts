/**
 * Before all tests: a folder that they share, for the site of the documentation; after them it goes. Where some test of the run
 * looks at the site, the building of it begins here, beside the tests that do not, so that none that does has long to wait.
 */
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { siteIn } from './siteBuild.js'

declare module 'vitest' {
  interface ProvidedContext {
    siteFolder: string
  }
}

export default ({ provide, vitest }: TestProject): (() => Promise<void>) => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'blockforest-site-')))
  provide('siteFolder', folder)
  const ending = new AbortController()
  const looksAtIt = vitest.state.getPaths().some((file) => readFileSync(file, 'utf8').includes('builtSite()'))
  const building = looksAtIt ? siteIn(folder, ending.signal) : undefined
  return async () => {
    ending.abort()
    await building
    rmSync(folder, { recursive: true, force: true })
  }
}
