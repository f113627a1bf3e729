import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { exhibits } from '../../../invariants/blockchain/museum/index.js'
import { blockforest, newFolder } from '../../support/command.js'
import { deep } from '../../support/deep.js'

const names = exhibits.map(({ name }) => name)

describe.concurrent('blockforest museum', () => {
  test('--list names the exhibits', async () => {
    const { out, exitCode } = await blockforest('museum', '--list')
    expect(exitCode).toBe(0)
    expect(
      out
        .trimEnd()
        .split('\n')
        .slice(2)
        .map((line) => line.split(/\s{2,}/))
    ).toEqual(exhibits.map(({ name, title }) => [name, title]))
    const json = await blockforest('museum', '--list', '--json')
    expect((JSON.parse(json.out) as ReadonlyArray<{ name: string }>).map(({ name }) => name)).toEqual(names)
  })

  test('NAME shows an exhibit with the execution that exposes it', async () => {
    const { out, err, exitCode } = await blockforest('museum', 'canonical-node')
    const lines = out.split('\n')
    expect([err, exitCode, lines[0]]).toEqual(['', 0, 'Two blocks at once, and nobody has both  (canonical-node)'])
    expect(lines).toContain('✗ the clause of January 2019: refuted by 2 steps (B220: 7 states)')
    expect(lines).toContain('       2  node 1 mints block 2@1 on g')
    expect(lines).toContain('✓ the clique invariant as it is: nothing found (B220: 89 states, all that are reachable)')
    expect(lines).toContain(
      '  2019-02-15  3d5c2d3  Properties/InvCliqueTopology.v: it holds the chain, or the tree is undefined'
    )
    expect(lines.filter((line) => /^[A-Z]/.test(line)).every((line) => line.length <= 110)).toBe(true)
  })

  test('NAME --json is one object', async () => {
    const { out, exitCode } = await blockforest('museum', 'null-packets', '--json')
    expect(exitCode).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      name: 'null-packets',
      exposed: true,
      searches: [
        {
          mutant: { of: 'the edition of 2018', found: { size: '1 step' } },
          controls: [{ of: 'the main edition', found: null }]
        },
        { mutant: { found: { size: '3 steps' } }, controls: [{ found: null }] }
      ]
    })
  })

  test('of what it does not have says what it has', async () => {
    const { out, err, exitCode } = await blockforest('museum', 'mona-lisa')
    expect([out, exitCode]).toEqual(['', 2])
    expect(err).toBe(`blockforest: the museum has no exhibit mona-lisa; it has ${names.join(', ')}\n`)
  })

  test.runIf(deep)('walks through all of them', async () => {
    const { out, exitCode } = await blockforest('museum')
    expect(exitCode).toBe(0)
    expect(names.filter((name) => !out.includes(`(${name})\n`))).toEqual([])
    const json = await blockforest('museum', '--json')
    expect((JSON.parse(json.out) as ReadonlyArray<{ exposed: boolean }>).map(({ exposed }) => exposed)).toEqual(
      names.map(() => true)
    )
  })
})

describe.concurrent('blockforest check of another edition, or with a short hash', () => {
  test('--edition cpp18 explores the edition of 2018', async () => {
    const { out, exitCode } = await blockforest('check', '--edition', 'cpp18', '--mints', '1', '--json')
    expect(exitCode).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      configuration: { name: 'cpp18 F210', edition: 'cpp18', instance: 'numbered', nodes: 2, mints: 1 },
      states: 107,
      verdict: 'holds'
    })
  })

  test('its traces name edition and bits, and are replayed', async () => {
    const file = join(newFolder(), 'trace.itf.json')
    const asked = ['--edition', 'cpp18', '--hash-bits', '6', '--block-only']
    const found = await blockforest('check', ...asked, '--trace-out', file)
    expect(found.exitCode).toBe(1)
    expect(found.out).toContain(
      'again: blockforest check --edition cpp18 --instance numbered --hash-bits 6 --nodes 2 --mints 2 --transactions 0 --block-only\n'
    )
    const replayed = await blockforest('replay', file)
    expect(replayed.exitCode).toBe(1)
    expect(replayed.out.split('\n').slice(0, 5)).toEqual([
      'cpp18 numbered (6-bit hash) B220, 2 steps',
      '   0  ✓ initial state',
      '   1  ✓ node 1 mints block 1@1 on g',
      '   2  ✗ node 1 mints block 2@1 on 0x28',
      '        clique_inv ▸ GSyncing_clique ▸ 4 ▸ node 2: block 2@1 will be an orphan: its chain is 2@1'
    ])
    const explained = await blockforest('explain', file)
    expect(explained.out).toContain('global  the nodes do not add up to one tree')

    // Without its edition it is the trace of nothing.
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace(/"edition": "cpp18",\s*/, '').replace(/,\s*"edition": "cpp18"/, ''))
    expect((await blockforest('replay', file)).exitCode).toBe(2)
  })

  test('--hash-bits alone cuts the hashes of the main edition, which survives', async () => {
    const { out, exitCode } = await blockforest('check', '--hash-bits', '6', '--block-only', '--json')
    expect(exitCode).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      configuration: { name: 'numbered (6-bit hash) B220', hashBits: 6 },
      states: 89,
      verdict: 'holds'
    })
    const { coverage } = JSON.parse(out) as { coverage: { states: Record<string, number> } }
    expect(coverage.states['collisions']).toBeGreaterThan(0)
  })

  test('what makes no sense is refused, with a reason', async () => {
    const refused = await Promise.all([
      blockforest('check', '--hash-bits', '1'),
      blockforest('check', '--hash-bits', '257'),
      blockforest('check', '--edition', 'cpp17'),
      blockforest('check', '--edition', 'cpp18', '--hash-bits', '8', '--reduce', 'noop')
    ])
    expect(refused.map(({ exitCode }) => exitCode)).toEqual([2, 2, 2, 2])
    expect(refused.map(({ err }) => err.split('\n')[0])).toEqual([
      expect.stringContaining('expected a whole number from 2 to 256'),
      expect.stringContaining('expected a whole number from 2 to 256'),
      expect.stringContaining('is invalid. expected cpp18.'),
      expect.stringContaining('are not interned: leave out --max-memory')
    ])
  })
})
