import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longestFirst.js'

export default defineConfig(({ mode }) => {
  // `--mode deep` (npm run test:deep) explores further and takes minutes; test/support/deep.ts tells the tests.
  const deep = mode === 'deep' || process.env['BLOCKFOREST_DEEP'] === '1'
  return {
    test: {
      include: ['test/**/*.test.ts'],
      globalSetup: ['test/support/siteFolder.ts'],
      sequence: { sequencer: LongestFirst },
      env: deep ? { BLOCKFOREST_DEEP: '1' } : {},
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
