/**
 * The spec computes what the extracted Coq development computes: every field of every case in `test/vectors`.
 */
import { describe, expect, it } from 'vitest'
import { conform } from '../../../impl/conformance/index.js'
import { fileOf } from './support.js'

// Ten seconds at most on an idle machine; more where coverage is measured and other tests run beside.
const timeout = 5 * 60_000

describe('the spec agrees with the extracted Coq development', () => {
  it.each([
    { family: 'forest', inst: 'pow', cases: 750, fields: 95_202 },
    { family: 'forest', inst: 'simple', cases: 750, fields: 96_384 },
    { family: 'local', inst: 'pow', cases: 1000, fields: 4000 },
    { family: 'local', inst: 'simple', cases: 1000, fields: 4000 },
    { family: 'trace', inst: 'pow', cases: 150, fields: 78_974 },
    { family: 'trace', inst: 'simple', cases: 150, fields: 71_616 }
  ] as const)(
    'in $fields fields of $cases cases, $family with $inst',
    { timeout },
    async ({ family, inst, cases, fields }) => {
      const report = await conform(fileOf(family), { inst })
      expect(report.mismatches).toEqual([])
      expect(report.problems).toEqual([])
      expect(report.groups).toEqual([{ family, inst, cases, agreed: cases, fields, mismatches: 0 }])
    }
  )
})
