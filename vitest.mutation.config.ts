/** The tests that `npm run test:mutation` runs for each mutant: those of the specification, up to the first that fails. */
import { defineConfig } from 'vitest/config'

export default defineConfig({ test: { include: ['test/spec/**/*.test.ts'], testTimeout: 60_000, bail: 1 } })
