/** The tests that `npm run test:mutation` runs for each mutant: those of a part, up to the first that fails. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: (process.env['BLOCKFOREST_MUTATION_TESTS'] ?? 'test/spec/**/*.test.ts').split('\n'),
    testTimeout: 60_000,
    bail: 1
  }
})
