/**
 * `blockforest proofs`: everything is derived and exported, and both checkers accept it; what is tampered with is rejected.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { blockforest } from '../../support/command.js'
import type { Exported } from '../../../invariants/proof/kernel.js'

const folder = mkdtempSync(join(tmpdir(), 'blockforest-proofs-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'derivations.json')

describe('blockforest proofs', { timeout: 60_000 }, () => {
  test('derives everything, and exports it; the independent checker accepts it', async () => {
    const { out, err, exitCode } = await blockforest('proofs', '--export', file)
    expect([err, exitCode]).toEqual(['', 0])
    const [, derived, steps, tested, assumed, seconds] =
      /^(\d+) theorems derived, in ([\d ]+) steps, from (\d+) that are tested \(\d+ of them definitions\) and (\d+) that are assumed; .* in ([\d.]+) s$/m.exec(
        out
      ) ?? []
    expect([Number(derived) > 190, steps !== undefined, assumed]).toEqual([true, true, '8'])
    expect(Number(seconds)).toBeLessThan(10)
    const checked = await blockforest('proofs', '--check', file)
    expect([checked.err, checked.exitCode]).toEqual(['', 0])
    expect(checked.out).toContain(`accepted; ${String(derived)} derived, ${String(tested)} tested, 8 assumed`)
  })

  test('rejects what was tampered with, with the place', async () => {
    await blockforest('proofs', '--export', file)
    const exported = JSON.parse(readFileSync(file, 'utf8')) as Exported
    const at = exported.theorems.findIndex(({ derivation }) => derivation !== undefined)
    const tampered = {
      ...exported,
      theorems: exported.theorems.map((theorem, i) =>
        i === at ? { ...theorem, conclusion: theorem.formulas.length } : theorem
      )
    }
    writeFileSync(file, JSON.stringify(tampered))
    const { out, exitCode } = await blockforest('proofs', '--check', file)
    expect(exitCode).toBe(1)
    expect(out).toContain(`rejected\ntheorems[${String(at)}]`)
  })

  test('what is no file of derivations is rejected, and what cannot be read is an error', async () => {
    writeFileSync(file, '{}')
    expect(await blockforest('proofs', '--check', file)).toMatchObject({ exitCode: 1 })
    expect(await blockforest('proofs', '--check', join(folder, 'nothing'))).toMatchObject({ exitCode: 2 })
    expect(await blockforest('proofs', '--check', file, '--export', file)).toMatchObject({ exitCode: 2 })
  })
})
