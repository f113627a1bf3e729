import { afterEach, describe, expect, test, vi } from 'vitest'
import { blockforest } from '../../../impl/cli/command.js'
import { stations } from '../../../invariants/lecture/index.js'
import type { Station } from '../../../invariants/lecture/index.js'
import { blockforest as command } from '../../support/command.js'
import { deep } from '../../support/deep.js'

describe.concurrent('blockforest lecture', () => {
  test('lists the stations by parts, with their numbers', async () => {
    const { out, exitCode } = await command('lecture')
    expect(exitCode).toBe(0)
    const listed = [...out.matchAll(/^ {2} ?(\d+) {2}(\S+)/gm)].map(([, number, name]) => [Number(number), name])
    expect(listed).toEqual(stations.map(({ name }, i) => [i + 1, name]))
    expect(out.split('\n')[0]).toBe('Byzantine generals')
    const json = JSON.parse((await command('lecture', '--json')).out) as ReadonlyArray<object>
    expect(json[7]).toMatchObject({
      number: 8,
      name: 'problem-2',
      part: 'Paxos and its repair',
      page: 'docs/systems.md#the-repair-ladder'
    })
  })

  test('runs one by its number or its name: what came out, and the execution as lanes', async () => {
    const { out, exitCode } = await command('lecture', '8')
    expect(exitCode).toBe(0)
    const lines = out.split('\n')
    expect(lines[0]).toBe('8  Phase 2: “Prepare”. What went wrong now? Problem 2  (problem-2)')
    const from = lines.indexOf('    $ blockforest check ladder --nodes 3 --quorum 2')
    expect(lines.slice(from - 1, from + 12)).toEqual([
      '✓ three nodes, quorums of two, with the phase “prepare”: violated after 4 steps',
      '    $ blockforest check ladder --nodes 3 --quorum 2',
      '',
      '         0 lies  1       2',
      '      1  ├──────▶●       │   node 0, which is not honest, tells node 1 PrePrepare W (forged)',
      '      2  ├──────▶●       │   node 0, which is not honest, tells node 1 Prepare W (forged)',
      '      3  ├───────┼──────▶●   node 0, which is not honest, tells node 2 PrePrepare H (forged)',
      '      4  ├───────┼──────▶●   ✗ node 0, which is not honest, tells node 2 Prepare H (forged)',
      '',
      '    in flight at the end:',
      '      1→2 Prepare W, sent in step 1',
      '      2→1 Prepare H, sent in step 3',
      '    → agreement: node 1 has decided W, and node 2 has decided H'
    ])
    expect((await command('lecture', 'problem-2')).out).toBe(out)
  })

  test('as JSON has what was expected and found, and the execution', async () => {
    const { out, exitCode } = await command('lecture', 'quorum-of-all', '--json')
    expect(exitCode).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      number: 9,
      asClaimed: true,
      trials: [
        { asClaimed: true, found: { verdict: 'holds', states: 225 }, execution: null },
        { found: { verdict: 'holds', states: 2_259 } },
        { expected: { verdict: 'never', states: 13 }, found: { verdict: 'never', states: 13 } },
        { command: 'blockforest lemmas Q4', found: { verdict: 'derived', inputs: 64, met: 36 } }
      ]
    })
  })

  test('of what it does not have says what it has', async () => {
    const [mistaken, both] = await Promise.all([command('lecture', '99'), command('lecture', '1', '--all')])
    expect([mistaken.exitCode, both.exitCode]).toEqual([2, 2])
    expect(mistaken.err).toMatch(/^blockforest: the lecture has no station 99; it has 1 to \d+: majority, /)
    expect(both.err).toBe('blockforest: --all runs all stations: leave out the name of one\n')
  })

  test.runIf(deep)('--all runs all of them, with a table at the end', async () => {
    const { out, exitCode } = await command('lecture', '--all')
    expect(exitCode).toBe(0)
    expect([...out.matchAll(/^ *\d+ {2}\S+ +yes /gm)]).toHaveLength(stations.length)
  })
})

describe('a station that comes out otherwise than the lecture claims', () => {
  /** The stations, which are only read-only to the compiler. */
  const open = stations as Station[]
  afterEach(() => {
    open.shift()
  })

  test('says so, and what was expected; the exit code is 1', async () => {
    open.unshift({
      name: 'wrong',
      part: 'Quorums',
      slide: 'None',
      claim: 'Two of three agree.',
      because: 'They do not.',
      trials: [
        { _tag: 'Search', says: 'two of three', of: { system: 'ladder', preset: 'N3-byz0-q2-k1' }, claims: 'holds' },
        {
          _tag: 'Witness',
          says: 'all decide',
          of: { system: 'ladder', preset: 'N3-byz2-q3-k2-mute' },
          sought: 'decided',
          expect: { verdict: 'happens', steps: 3 }
        }
      ],
      page: 'quorums.md'
    })
    let out = ''
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      out += String(chunk)
      return true
    })
    const exitCode = await blockforest(['lecture', 'wrong'])
    write.mockRestore()
    process.exitCode = undefined
    expect(exitCode).toBe(1)
    expect(out).toContain(
      '✗ two of three: violated after 2 steps – NOT what the lecture claims, which is that it holds\n'
    )
    expect(out).toContain('✗ all decide: never happens, in all 13 states – EXPECTED: happens after 3 steps\n')
  })
})
