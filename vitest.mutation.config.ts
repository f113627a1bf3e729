/** The tests that `npm run test:mutation` runs for each mutant: those of a part, up to the first that fails. */
import { defineConfig } from 'vitest/config'

const tests = (process.env['BLOCKFOREST_MUTATION_TESTS'] ?? 'test/spec/**/*.test.ts').split('\n')

export default defineConfig({
  test: {
    include: tests.filter((glob) => !glob.startsWith('!')),
    exclude: tests.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1)),
    testTimeout: 60_000,
    bail: 1
  }
})
