import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { outlineOf } from '../../support/drawings.js'
import { blockforest, newFolder } from '../../support/command.js'

const folder = newFolder()
const failing = join(folder, 'failing.itf.json')

/** The trace of the two steps after which F210 with a loss fails. */
beforeAll(async () => {
  await blockforest('check', '--mints', '1', '--losses', '1', '--trace-out', failing)
})

/** A copy of the trace with a text replaced, which must occur in it. */
const spoilt = (name: string, from: string | RegExp, to: string): string => {
  const text = readFileSync(failing, 'utf8')
  const changed = text.replace(from, to)
  if (changed === text) throw new Error(`the trace has no ${String(from)}`)
  const path = join(folder, name)
  writeFileSync(path, changed)
  return path
}

describe.concurrent('blockforest replay', () => {
  test('of a trace that fails exits with 1, with a verdict on every state', async () => {
    const { out, err, exitCode } = await blockforest('replay', failing)
    expect([err, exitCode]).toEqual(['', 1])
    expect(out.trimEnd().split('\n')).toEqual([
      'F210 1 lost, 2 steps',
      '   0  ✓ initial state',
      '   1  ✓ node 0 mints block 1@0 on g',
      '   2  ✗ the network loses Block 1@0 from node 0 to node 1',
      '        clique_inv ▸ GSyncing_clique ▸ 5 ▸ node 1: has, with what is in flight, {g}, expected {1@0, g}, missing 1@0'
    ])
  })

  test('says of which mutant it is an execution', async () => {
    const path = join(folder, 'mutant.itf.json')
    await blockforest('check', 'ladder', '--mutant', 'anyone-leads', '--trace-out', path)
    const { out, exitCode } = await blockforest('replay', path)
    expect([exitCode, out.split('\n')[0]]).toEqual([1, 'ladder N=4 byz=3 q=3 k=2, mutant anyone-leads, 4 steps'])
  })

  test('as JSON has the actions in words and the failures of every state', async () => {
    const { out, exitCode } = await blockforest('replay', failing, '--json')
    expect(exitCode).toBe(1)
    expect(JSON.parse(out)).toEqual({
      model: 'F210 1 lost',
      actions: ['initial state', 'node 0 mints block 1@0 on g', 'the network loses Block 1@0 from node 0 to node 1'],
      failures: [
        [],
        [],
        [
          {
            path: ['clique_inv', 'GSyncing_clique', '5'],
            says: "each node's tree with the blocks in flight to it is the canonical tree",
            node: 1,
            witness: 'has, with what is in flight, {g}, expected {1@0, g}, missing 1@0'
          }
        ]
      ]
    })
  })

  test('of a trace that fails nowhere exits with 0', async () => {
    const trace = JSON.parse(readFileSync(failing, 'utf8')) as { states: unknown[] }
    const path = join(folder, 'prefix.itf.json')
    writeFileSync(path, JSON.stringify({ ...trace, states: trace.states.slice(0, 2) }))
    const { out, exitCode } = await blockforest('replay', path)
    expect(exitCode).toBe(0)
    expect(out).toContain('   1  ✓ node 0 mints block 1@0 on g')
  })

  test('of a trace with its integers as large ones says what it says without', async () => {
    const path = join(folder, 'large.itf.json')
    writeFileSync(path, readFileSync(failing, 'utf8').replace(/(?<="\w+": |^\s*)(\d+)(?=,?$)/gm, '{"#bigint": "$1"}'))
    expect(readFileSync(path, 'utf8')).toContain('"nodes": {"#bigint": "2"}')
    expect(await blockforest('replay', path)).toEqual(await blockforest('replay', failing))
  })

  test('of a trace whose action was changed exits with 2, and says at which step and why', async () => {
    // Of the second action the destination: node 0 sends to itself as well.
    const path = spoilt('action.itf.json', /("_tag": "Lose",\s*"packet": \{\s*"src": 0,\s*"dst": )1/, '$15')
    const { out, err, exitCode } = await blockforest('replay', path)
    expect([err, exitCode]).toEqual(['', 2])
    const lines = out.trimEnd().split('\n')
    expect(lines.slice(0, 3)).toEqual([
      'F210 1 lost, 1 step',
      '   0  ✓ initial state',
      '   1  ✓ node 0 mints block 1@0 on g'
    ])
    expect(lines[3]).toMatch(
      /action\.itf\.json: not an execution of F210 1 lost from step 2 on: the action \{.*"dst":5.*\} is none of the 4 that are enabled$/
    )
  })

  test('of a trace whose state was changed exits with 2, and says where it differs', async () => {
    const path = spoilt('state.itf.json', /"minted": 1/, '"minted": 2')
    const { out, exitCode } = await blockforest('replay', path)
    expect(exitCode).toBe(2)
    expect(out.trimEnd().split('\n').at(-1)).toMatch(
      /not an execution of F210 1 lost from step 1 on: the action leads to a state other than the recorded one, at state\.env\.env\.minted: expected 1, found 2$/
    )
  })

  test.each([
    ['no JSON', /^[\s\S]*$/, '{', /: not JSON: ./],
    [
      'no configuration',
      '"blockforest"',
      '"blockwood"',
      /: the trace names no configuration .*; was it written by blockforest\?$/
    ],
    [
      'an unknown instance',
      '"instance": "numbered"',
      '"instance": "x"',
      /#meta\.blockforest\.configuration: instance: expected one of numbered, .*, found "x"$/
    ],
    ['no states', /"states": \[[\s\S]*\]\n\}/, '"states": []}', /: the trace has no states$/],
    [
      'a number that is none',
      '"minted": 1',
      '"minted": 1.5',
      /: not a trace in ITF: states\[1\]\.state\.env\.env\.minted: 1\.5 is not an integer that JSON holds exactly$/
    ]
  ] as const)(
    'of a file with %s exits with 2, and says what is wrong in one line',
    async (name, from, to, expected) => {
      const { out, err, exitCode } = await blockforest('replay', spoilt(`${name}.itf.json`, from, to))
      expect([out, exitCode]).toEqual(['', 2])
      expect(err.trimEnd().split('\n')).toHaveLength(1)
      expect(err.trimEnd()).toMatch(expected)
    }
  )

  test('of a file that is not there exits with 2', async () => {
    const { err, exitCode } = await blockforest('replay', join(folder, 'missing'))
    expect(exitCode).toBe(2)
    expect(err).toBe(
      `blockforest: cannot read ${join(folder, 'missing')}: ENOENT: no such file or directory, open '${join(folder, 'missing')}'\n`
    )
  })

  test.each([
    ['nodes', '2', 9007199254740991, 'nodes: expected a whole number from 1 to 64'],
    ['nodes', '2', 0, 'nodes: expected a whole number from 1 to 64'],
    ['mints', '1', 9007199254740991, 'mints: expected a whole number from 0 to 1000000'],
    ['nodes', '2', '{"#bigint": "9999999999999999999"}', 'nodes: expected a whole number from 1 to 64']
  ])('of a trace of a model with more %s than can be built exits with 2', async (name, from, to, expected) => {
    const path = spoilt(`crowd-${name}-${String(to).length}.itf.json`, `"${name}": ${from}`, `"${name}": ${String(to)}`)
    const { out, err, exitCode } = await blockforest('replay', path)
    expect([out, exitCode]).toEqual(['', 2])
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect(err).toContain(`blockforest: ${path}: #meta.blockforest.configuration: ${expected}, found `)
  })
})

describe.concurrent('blockforest explain', () => {
  test('tells the execution of a trace, and exits as replay does', async () => {
    const { out, err, exitCode } = await blockforest('explain', failing)
    expect([err, exitCode]).toEqual(['', 1])
    const lines = out.trimEnd().split('\n')
    expect(lines.slice(0, 5)).toEqual([
      'F210 1 lost',
      '',
      '   0  initially: 2 nodes',
      '      node 0  ● g',
      '      node 1  ● g'
    ])
    expect(lines.at(-1)).toBe('  global  the nodes do not add up to one tree')
  })

  test('tells a changed trace as far as it is an execution, and then where it stops being one', async () => {
    const { out, exitCode } = await blockforest('explain', spoilt('told.itf.json', /"minted": 1/, '"minted": 2'))
    expect(exitCode).toBe(2)
    expect(out).toContain('   0  initially: 2 nodes')
    expect(out).not.toContain('mints block')
    expect(out.trimEnd().split('\n').at(-1)).toContain('not an execution of F210 1 lost from step 1 on')
  })
})

describe.concurrent('blockforest explain draws', () => {
  const drawnTo = (name: string, ...options: ReadonlyArray<string>) =>
    blockforest('explain', failing, ...options, join(folder, name))

  test('the last state of an execution, with what is new in it, or that after another step', async () => {
    const { out, exitCode } = await drawnTo('last.svg', '--picture')
    expect([exitCode, out.endsWith(`picture written to ${join(folder, 'last.svg')}\n`)]).toEqual([1, true])
    const last = readFileSync(join(folder, 'last.svg'), 'utf8')
    expect(last).toContain('<title>F210 1 lost, after step 2</title>')
    // The network, two forests, and that of all, each in the document.
    expect(last.match(/<svg /g)).toHaveLength(1 + 2 * 4)
    await drawnTo('first.svg', '--step', '1', '--picture')
    const first = readFileSync(join(folder, 'first.svg'), 'utf8')
    expect(first).toContain('<title>F210 1 lost, after step 1</title>')
    expect(first).toContain('+ node 0: {1@0, g}')
    expect(last).not.toContain('+ node 0')
  })

  test('the calls of contracts, which have no lanes', async () => {
    const trace = join(folder, 'dao.itf.json')
    const file = join(folder, 'dao.svg')
    await blockforest('check', 'contracts/dao', '--preset', 'original', '--trace-out', trace)
    const { out } = await blockforest('explain', trace, '--svg', file)
    expect(out).toContain(`diagram written to ${file}`)
    const { drawn, faults } = outlineOf(readFileSync(file, 'utf8'))
    expect(faults).toEqual([])
    expect(drawn.filter((line) => line.startsWith('rect.box'))).toEqual([
      'rect.box 30 30 14 284',
      'rect.box.bad 48 138 14 100'
    ])
  })

  test.each([
    [['--picture'], ['--step', '3'], 'it has no step 3: choose one from 0 to 2'],
    [['--picture'], ['--step', 'x'], "--step: 'x' is no number of a step: give 0, 1, …"],
    [['--svg'], ['--step', '1'], '--step says which state --picture draws: give that, too']
  ])('and says what is wrong with %j %j', async (option, step, why) => {
    const { err, exitCode } = await drawnTo('none.svg', ...step, ...option)
    expect([exitCode, err.includes(why), existsSync(join(folder, 'none.svg'))]).toEqual([2, true, false])
  })

  test('two files, not one', async () => {
    const { err, exitCode } = await drawnTo('one.svg', '--svg', join(folder, 'one.svg'), '--picture')
    expect([exitCode, err]).toEqual([2, 'blockforest: --svg and --picture write a file each: name different ones\n'])
  })
})
