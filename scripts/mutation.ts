/**
 * `npm run test:mutation -- [PART …]`: breaks the sources in one place at a time and runs the tests, to see that one
 * fails. A part is a set of sources with the tests that are about them; without a name, all parts run one after another,
 * each with a report of its own in `reports/mutation`. Of the part `lemmas`, `--sample N` runs N mutants at random, with
 * `--seed N` others, and `--again` those that were not noticed in the last run.
 */
import { parseArgs } from 'node:util'
import { Stryker } from '@stryker-mutator/core'
import { mutateLemmas } from './mutationOfLemmas.js'

/** Sources, and the tests that are to notice a change of them. */
interface Part {
  readonly mutate: ReadonlyArray<string>
  readonly tests: ReadonlyArray<string>
}

const PARTS: Readonly<Record<string, Part>> = {
  spec: {
    mutate: ['spec/**/*.ts', '!spec/**/index.ts', '!spec/blockchain/editions/**'],
    tests: ['test/spec/**/*.test.ts']
  },
  proof: {
    mutate: ['invariants/{invariant,canonical}.ts', 'invariants/proof/*.ts', '!invariants/proof/index.ts'],
    tests: ['test/invariants/{canonical,invariant}.test.ts', 'test/invariants/proof/{kernel,run,sequences}.test.ts']
  },
  blockchain: {
    mutate: ['invariants/blockchain/*.ts'],
    tests: ['test/invariants/blockchain/*.test.ts']
  },
  history: {
    mutate: ['invariants/blockchain/{editions,museum}/*.ts'],
    tests: ['test/invariants/blockchain/{editions,museum}/*.test.ts']
  },
  checker: {
    mutate: ['invariants/checker/*.ts', '!invariants/checker/index.ts'],
    tests: ['test/invariants/checker/*.test.ts']
  }
}

const { positionals: asked, values } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: 'string' }, seed: { type: 'string', default: '2018' }, again: { type: 'boolean' } }
})
const names = [...Object.keys(PARTS), 'lemmas']
const unknown = asked.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`error: there is no part ${unknown.join(', ')}; the parts are ${names.join(', ')}`)
  process.exit(2)
}

for (const [name, { mutate, tests }] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  // For vitest.mutation.config.ts, which the processes of the tests load.
  process.env['BLOCKFOREST_MUTATION_TESTS'] = tests.join('\n')
  await new Stryker({
    mutate: [...mutate],
    jsonReporter: { fileName: `reports/mutation/${name}.json` },
    htmlReporter: { fileName: `reports/mutation/${name}.html` }
  }).runMutationTest()
}
if (asked.length === 0 || asked.includes('lemmas'))
  await mutateLemmas({
    ...(values.sample === undefined ? {} : { sample: Number(values.sample) }),
    seed: Number(values.seed),
    again: values.again === true
  })
