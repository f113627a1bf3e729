import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longestFirst.js'

/** Tests that replace what everything uses, look at the site, or are large: each file has a process of its own. */
const APART = ['test/invariants/proof/attacks/*.test.ts', 'test/docs/*.test.ts', 'test/package/*.test.ts']

export default defineConfig(({ mode }) => {
  // `--mode deep` (npm run test:deep) explores further and takes minutes; test/support/deep.ts tells the tests.
  const deep = mode === 'deep' || process.env['BLOCKFOREST_DEEP'] === '1'
  return {
    test: {
      sequence: { sequencer: LongestFirst },
      env: deep ? { BLOCKFOREST_DEEP: '1' } : {},
      projects: [
        { extends: true, test: { name: 'apart', include: APART, globalSetup: ['test/support/siteFolder.ts'] } },
        // The files of the others are run one after another, with what they have loaded: loading it anew for each takes minutes.
        { extends: true, test: { name: 'together', include: ['test/**/*.test.ts'], exclude: APART, isolate: false } }
      ],
      pool: 'forks',
      maxWorkers: 2,
      testTimeout: deep ? 20 * 60_000 : 60_000,
      hookTimeout: deep ? 20 * 60_000 : 60_000,
      coverage: {
        provider: 'v8',
        include: ['spec/**/*.ts', 'invariants/**/*.ts', 'impl/**/*.ts'],
        reporter: ['text-summary', 'html', 'lcov'],
        reportsDirectory: 'coverage'
      }
    }
  }
})
