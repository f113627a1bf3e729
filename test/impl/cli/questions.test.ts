import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { outlineOf } from '../../support/drawings.js'
import { blockforest, newFolder } from '../../support/command.js'

const folder = newFolder()

describe.concurrent('blockforest check --witness', () => {
  test('of what can happen exits with 0, says how often, and shows the shortest execution', async () => {
    const trace = join(folder, 'fork.itf.json')
    const { out, err, exitCode } = await blockforest(
      ...['check', '--mints', '2', '--block-only', '--witness', 'forks', '--trace-out', trace]
    )
    expect([err, exitCode]).toEqual(['', 0])
    const lines = out.trimEnd().split('\n')
    expect(lines[0]).toBe(
      "B220: forks (two blocks of a node's tree have one predecessor) can happen: it does in 24 of 89 distinct states"
    )
    expect(lines[2]).toBe('the shortest execution that shows it, 3 steps')
    expect(lines.some((line) => /^ {6}✓ forks ▸ node \d: has the tree \{1@0, 2@1, g\}$/.test(line))).toBe(true)
    expect(lines.at(-1)).toBe(`trace written to ${trace}`)

    const replayed = await blockforest('explain', trace, '--lanes', '--svg', join(folder, 'fork.svg'))
    expect([replayed.err, replayed.exitCode]).toEqual(['', 0])
    expect(replayed.out).toContain(`B220

     0       1
  1  ●       │   node 0 mints block 1@0 on g
  2  │       ●   node 1 mints block 2@1 on g
`)
    expect(readFileSync(join(folder, 'fork.svg'), 'utf8')).toMatch(/^<svg [^]*<\/svg>\n$/)
  })

  test('says for programs how often it happens, and how soonest', async () => {
    const { out, exitCode } = await blockforest(
      ...['check', 'generals', '--nodes', '3', '--witness', 'disagreement', '--json']
    )
    expect(exitCode).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ happens: true, times: 4, among: 144, length: 4 })
  })

  test('of what cannot happen exits with 1', async () => {
    const { out, exitCode } = await blockforest('check', '--mints', '1', '--witness', 'chain-length>=3', '--json')
    expect(exitCode).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      configuration: { name: 'F210' },
      witness: { name: 'chain-length>=3' },
      happens: false,
      of: 'states',
      times: 0,
      among: 107,
      complete: true
    })
  })

  test('within bounds claims no more than it saw', async () => {
    const { out, exitCode } = await blockforest('check', '--depth', '2', '--witness', 'reorganisations')
    expect(exitCode).toBe(1)
    expect(out).toMatch(/ was not seen in \d+ transitions; there are more\n$/)
  })

  test('of what has no name exits with 2, and lists what has', async () => {
    const { out, err, exitCode } = await blockforest('check', '--witness', 'miracles')
    expect([out, exitCode]).toEqual(['', 2])
    expect(err).toContain("nothing is called 'miracles'. What can be sought:\n")
    expect(err).toContain('\n  chain-length>=N ')
  })
})

describe.concurrent('blockforest check --inductive', () => {
  test('exits with 0 where every step keeps the invariants, and states the sizes', async () => {
    const { out, err, exitCode } = await blockforest('check', '--mints', '1', '--inductive')
    expect([err, exitCode]).toEqual(['', 0])
    expect(out).toBe(
      [
        'worlds of numbered, reachable or not: 2 nodes; blocks with the numbers 1 to 1, at most 2 of them; 0 transactions; at most 1 packet in flight',
        '1 497 worlds, in 309 of them all invariants hold; 922 steps from those',
        'every step keeps them: the invariants are inductive within these sizes\n'
      ].join('\n')
    )
  })

  test('exits with 1 at a counterexample to induction, and says whether it was found reachable', async () => {
    const { out, exitCode } = await blockforest(
      ...['check', '--mints', '1', '--losses', '1', '--inductive', '--blocks', '1', '--packets', '1', '--depth', '3']
    )
    expect(exitCode).toBe(1)
    expect(out).toContain('\ncounterexample to induction: the invariants hold in world 0, and the step breaks them\n')
    expect(out).toContain('   1  the network loses Block 1@')
    expect(out).toMatch(
      /\nnot found reachable: world 0 is none of the states that were searched, \d+ states, up to 3 steps\n/
    )
  })

  test('as JSON has the step, and how it is reached where it is', async () => {
    const { out, exitCode } = await blockforest(
      ...['check', '--mints', '1', '--losses', '1', '--inductive', '--blocks', '1', '--packets', '2', '--json']
    )
    expect(exitCode).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ inductive: false, counterexample: { action: { _tag: 'Lose' } } })
  })
})

describe.concurrent('blockforest check', () => {
  test('--coverage says what was reached, and what had nothing to check', async () => {
    const { out, exitCode } = await blockforest('check', '--mints', '1', '--coverage')
    expect(exitCode).toBe(0)
    expect(out.slice(out.indexOf('coverage of')).trimEnd()).toBe(`coverage of F210

action              transitions
───────────────────────────────
Deliver BlockMsg             40
Deliver InvMsg              172
Deliver GetDataMsg           20
MintT                         2

on          the state  sends       different local steps
────────────────────────────────────────────────────────
BlockMsg    stays      InvMsg                          4
BlockMsg    changes    InvMsg                          2
GetDataMsg  stays      BlockMsg                        2
InvMsg      stays      GetDataMsg                      2
InvMsg      stays      nothing                         8
MintT       changes    BlockMsg                        2

conjunct                                  if                                                   states   of
──────────────────────────────────────────────────────────────────────────────────────────────────────────
clique_eventual_consensus                 nothing is in flight to any node                          3  107
block_quiescent_agreement                 no block is in flight to any node                        69  107
GSyncing_clique ▸ 1, GSyncing_clique ▸ 2  no two blocks with one hash have met, nor will they     107  107`)
  })

  test('--coverage as JSON has outcomes and premises', async () => {
    const { out } = await blockforest('check', '--runs', '3', '--steps', '2', '--coverage', '--json')
    const { outcomes, premises } = JSON.parse(out) as Record<string, ReadonlyArray<unknown>>
    expect(outcomes).toContainEqual({
      on: 'MintT',
      changes: true,
      sends: ['BlockMsg'],
      steps: expect.any(Number) as unknown
    })
    expect(premises).toHaveLength(3)
  })

  test('--dot writes the graph of a small configuration, and refuses a large one', async () => {
    const file = join(folder, 'graph.dot')
    const { out, exitCode } = await blockforest('check', '--mints', '1', '--block-only', '--dot', file)
    expect(exitCode).toBe(0)
    expect(out).toContain(`9 states and 10 steps written to ${file}`)
    expect(readFileSync(file, 'utf8')).toContain('s0 [label="0 {g}\\l1 {g}\\l", peripheries=2]')
    const large = join(folder, 'large.dot')
    const refused = await blockforest('check', '--mints', '2', '--dot', large)
    expect([refused.out, refused.exitCode, existsSync(large)]).toEqual(['', 2, false])
    expect(refused.err).toContain('F220 has more than 1000 states')
  })

  test('--dot draws the graph of a smaller one where the name of the file says so', async () => {
    const file = join(folder, 'graph.svg')
    const { out } = await blockforest(
      'check',
      'contracts/counter',
      '--preset',
      'test and set, 2 clients',
      '--dot',
      file
    )
    expect(out).toContain(`12 states and 14 steps written to ${file}`)
    const { title, faults, drawn } = outlineOf(readFileSync(file, 'utf8'))
    expect([title, faults]).toEqual(['counter, 2 clients, test-and-set', []])
    // The initial state has two frames.
    expect(drawn.filter((line) => line.startsWith('rect.box'))).toHaveLength(13)
    expect(drawn.filter((line) => line.startsWith('path.step'))).toHaveLength(14)
    const refused = await blockforest('check', 'generals', '--nodes', '3', '--dot', join(folder, 'large.svg'))
    expect([refused.exitCode, refused.err.includes('has more than 120 states')]).toEqual([2, true])
  })

  test.each([
    [['--witness', 'forks', '--random'], "'--witness <predicate>' cannot be used with option '--random'"],
    [['--witness', 'forks', '--inductive'], "'--witness <predicate>' cannot be used with option '--inductive'"],
    [['--blocks', '2', '--mints', '1'], 'the sizes of the states of --inductive go with it: --blocks, --packets'],
    [['--coverage', '--workers', '2', '--mints', '1'], "'--workers <n>' cannot be used with option '--coverage'"]
  ])('%j cannot be used', async (options, why) => {
    const { out, err, exitCode } = await blockforest('check', ...options)
    expect([out, exitCode]).toEqual(['', 2])
    expect(err).toContain(why)
  })
})
