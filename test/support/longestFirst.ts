/**
 * The order of the files of tests: those that take longest first, so that the workers end together, and those that look at the
 * site after them, since it is being built meanwhile. Elsewhere vitest knows of a file how long it took the last time; in a
 * clean clone it knows nothing but its size.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { BaseSequencer } from 'vitest/node'
import type { TestSpecification } from 'vitest/node'

/** The files that take more than about twenty seconds, and those of the site, in the order in which they are begun. */
const FIRST = [
  'test/invariants/blockchain/lemmas/lemmas.test.ts',
  'test/invariants/systems/catalogue.test.ts',
  'test/docs/transcripts.test.ts',
  'test/impl/cli/lemmas.test.ts',
  'test/docs/lecture.test.ts',
  'test/docs/explorer.test.ts',
  'test/docs/site.test.ts',
  'test/docs/live.test.ts',
  'test/invariants/checker/threads/parallel.test.ts',
  'test/package/types.test.ts',
  'test/invariants/proof/check/tampered.test.ts',
  'test/impl/conformance/conformance.test.ts'
]

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config
    const first = FIRST.map((file) => join(root, file))
    const [missing] = first.filter((file) => !existsSync(file))
    if (missing !== undefined)
      throw new Error(`${missing} is no file of tests: name in longestFirst.ts those that take long`)
    const place = ({ moduleId }: TestSpecification): number => {
      const found = first.indexOf(moduleId)
      return found === -1 ? first.length : found
    }
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b))
  }
}
