/**
 * Every option and every question of the command, for systems that it has never heard of: one in the folder of the tests,
 * added to the catalogue, and one that `init` writes to a folder outside the project.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import type { FlagName } from '../../../impl/cli/searches.js'
import { blockforest, blockforestIn, newFolder } from '../../support/command.js'

const RUMOUR = fileURLToPath(new URL('../../systems/rumour.ts', import.meta.url))
const folder = newFolder()

const json = (text: string) => JSON.parse(text) as Record<string, unknown>

describe('a system of one’s own', () => {
  test('is checked by its presets where nothing is asked for', async () => {
    const { out, err, exitCode } = await blockforest('check', RUMOUR, '--json')
    expect([err, exitCode]).toEqual(['', 0])
    expect(json(out)).toMatchObject({
      // The second run is of random executions, which decide nothing.
      verdict: 'undecided',
      runs: [
        {
          system: 'rumour',
          configuration: { name: 'rumour psst 2' },
          states: 37,
          transitions: 68,
          depth: 6,
          verdict: 'holds'
        },
        { system: 'rumour', strategy: { _tag: 'randomized', runs: 5, steps: 20, seed: 2018 } }
      ]
    })
  })

  test('has its parameters as options, of every kind', async () => {
    const { out } = await blockforest(
      ...['check', RUMOUR, '--nodes', '1', '--says', 'boo', '--tone', 'rude', '--eager', '--at-most', '2', '--json']
    )
    expect(json(out)['configuration']).toEqual({
      name: 'rumour boo 1',
      nodes: 1,
      says: 'boo',
      tone: 'rude',
      eager: true,
      limit: 2,
      faults: { losses: 0 }
    })
    const { out: help } = await blockforest('check', RUMOUR, '--help')
    expect(help).toContain('Parameters of rumour:')
    expect(help).toMatch(/--nodes <n> +how many nodes, 1 to 5 \(default: 2\)/)
    expect(help).toMatch(/--at-most <n> +how often a node passes it on, 1 to 9 \(default:\s+none\)/)
    expect(help).not.toContain('--mints')
  })

  /** For every option of searches a command that has it, and what its JSON report or its output has then. */
  const USES: Readonly<Record<FlagName, readonly [string, Record<string, unknown> | RegExp]>> = {
    depth: ['--depth 2 --json', { depth: 2, complete: false }],
    maxStates: ['--max-states 3 --json', { states: 3, complete: false }],
    order: ['--order iterative-deepening --json', { states: 37, depth: 6, strategy: { order: 'iterative-deepening' } }],
    toward: ['--order guided --toward heard --json', { states: 37, strategy: { order: 'guided', toward: 'heard' } }],
    reduce: ['--reduce symmetry --nodes 2 --json', { states: 21, verdict: 'holds', reductions: ['symmetry'] }],
    exact: ['--exact --json', { states: 37, engine: 'interned' }],
    allowDeadlock: ['--allow-deadlock --json', { states: 37, transitions: 68 }],
    workers: ['--workers 2 --json', { states: 37, transitions: 68, strategy: { workers: 2 } }],
    checkpoint: [`--checkpoint ${join(folder, 'kept')} --checkpoint-every 0 --json`, { states: 37 }],
    checkpointEvery: [`--checkpoint ${join(folder, 'kept')} --checkpoint-every 0 --json`, { states: 37 }],
    resume: [`--resume ${join(folder, 'kept')} --json`, { states: 37, transitions: 68, complete: true }],
    maxMemory: ['--max-memory 1 --json', { states: 37 }],
    witness: ['--witness everybody-knows --json', { happens: true, times: 32, among: 37, of: 'states' }],
    inductive: ['--inductive --times 2 --json', { inductive: true, worlds: 3, sizes: { times: 2 } }],
    coverage: ['--coverage', /^Rumour {2}changes {4}Rumour +\d+$/m],
    dot: [`--dot ${join(folder, 'graph.dot')} --depth 9`, /^37 states and 68 steps written to /m],
    random: ['--random --json', { strategy: { _tag: 'randomized', runs: 100 } }],
    seed: ['--random --seed 3 --json', { strategy: { seed: 3 } }],
    runs: ['--runs 2 --json', { strategy: { runs: 2 } }],
    firstRun: ['--first-run 2 --json', { strategy: { firstRun: 2 } }],
    steps: ['--steps 2 --json', { depth: 2 }],
    plain: ['--plain --nodes 2 --json', { states: 37, engine: 'plain' }],
    traceOut: [`--losses 1 --trace-out ${join(folder, 'lost.itf.json')}`, /trace written to/]
  }

  test.each(Object.entries(USES))('%s', async (_, [options, expected]) => {
    const { out, err } = await blockforest('check', RUMOUR, ...options.split(' '))
    expect(err).toBe('')
    if (expected instanceof RegExp) expect(out).toMatch(expected)
    else expect(json(out)).toMatchObject(expected)
  })

  test('has its presets and mutants by name, and a command that shows a failure again', async () => {
    const lossy = await blockforest('check', RUMOUR, '--preset', 'lossy', '--json')
    expect(json(lossy.out)).toMatchObject({ verdict: 'violated', configuration: { faults: { losses: 1 } } })
    const { out, exitCode } = await blockforest('check', RUMOUR, '--mutant', 'silent', '--json')
    expect(exitCode).toBe(1)
    const command = `blockforest check ${RUMOUR} --mutant silent --nodes 2 --says psst --tone plain`
    expect(json(out)).toMatchObject({ verdict: 'violated', mutant: 'silent', command })
    expect(json((await blockforest(...command.split(' ').slice(1), '--json')).out)['failures']).toEqual(
      json(out)['failures']
    )
  })

  test('has a command that shows a failure again, whatever its mutant or preset would have set', async () => {
    const shown = async (...options: ReadonlyArray<string>) => {
      const { out } = await blockforest('check', RUMOUR, ...options, '--json')
      const { configuration, mutant, command } = json(out)
      return { configuration, mutant, command: String(command) }
    }
    const first = await shown('--preset', 'two', '--mutant', 'silent', '--eager', '--at-most', '4', '--losses', '2')
    expect(first.command).toContain('--eager --at-most 4 --losses 2')
    expect(await shown(...first.command.split(' ').slice(3))).toEqual(first)
    // What is on in the parameters of a mutant can be turned off, and what it has be left out.
    const other = await blockforest('check', '--preset', 'F220', '--mutant', 'last-stays', '--hash-bits', '2', '--json')
    const again = String(json(other.out)['command'])
    expect(again).toContain('--no-block-only')
    expect(json((await blockforest(...again.split(' ').slice(1), '--json')).out)['configuration']).toEqual(
      json(other.out)['configuration']
    )
    const whole = await blockforest('check', '--mutant', 'first-stays', '--hash-bits', 'none', '--json')
    expect(json(whole.out)['configuration']).not.toHaveProperty('hashBits')
  })

  test('explains its failures, and its traces are replayed and drawn', async () => {
    const trace = join(folder, 'silent.itf.json')
    const { out } = await blockforest('check', RUMOUR, '--mutant', 'silent', '--trace-out', trace)
    expect(out).toContain('   1  node 0: start\n      node 0  has heard it 1 times\n      in flight: nothing\n')
    const replayed = await blockforest('replay', trace, '--system', RUMOUR)
    expect([replayed.err, replayed.exitCode]).toEqual(['', 1])
    expect(replayed.out).toContain('   1  ✗ node 0: start\n        all or none ▸ node 1: will never hear it')
    const drawn = await blockforest('explain', trace, '--system', RUMOUR, '--lanes', '--svg', join(folder, 'it.svg'))
    expect(drawn.out).toContain('  1  ●       │   ✗ node 0: start')
    expect(readFileSync(join(folder, 'it.svg'), 'utf8')).toMatch(/^<svg /)
  })

  test('is not loaded because a trace names it', async () => {
    const trace = join(folder, 'named.itf.json')
    await blockforest('check', RUMOUR, '--preset', 'lossy', '--trace-out', trace)
    const { err, exitCode } = await blockforest('replay', trace)
    expect([exitCode, err]).toEqual([
      2,
      `blockforest: ${trace}: an execution of 'rumour', which is no system of the catalogue; name its module: --system ./my-system.ts\n`
    ])
    const other = await blockforest('replay', trace, '--system', 'toychain')
    expect([other.exitCode, other.err]).toEqual([2, `blockforest: ${trace}: an execution of rumour, not of toychain\n`])
  })

  test('is described', async () => {
    const { out } = await blockforest('systems', RUMOUR)
    for (const text of [
      'rumour: A rumour is passed on by each node that first hears it.',
      '  all or none: all nodes have heard the rumour or will, or none',
      '  everybody-knows  all nodes have heard it',
      '  gossips     a node has heard it twice'
    ])
      expect(out.split('\n')).toContain(text)
    expect(json((await blockforest('systems', RUMOUR, '--json')).out)).toMatchObject({
      name: 'rumour',
      parameters: { length: 6 },
      mutants: [{ name: 'silent', expect: { verdict: 'violated', steps: 1 } }]
    })
  })

  test('with random executions as its preset is searched otherwise where that is asked for', async () => {
    const { out } = await blockforest('check', RUMOUR, '--preset', 'many', '--depth', '2', '--json')
    expect(json(out)).toMatchObject({ strategy: { _tag: 'exhaustive', depth: 2 }, depth: 2 })
  })

  test.each([
    ['check --trace-out same --dot same', /^blockforest: --trace-out, --dot and --checkpoint write a file each/],
    ['check --nodes 6', /^error: option '--nodes <n>' argument '6' is invalid. expected a whole number from 1 to 5\./],
    [
      'check --tone loud',
      /^error: option '--tone <name>' argument 'loud' is invalid. Allowed choices are plain, rude\./
    ],
    ['check --nodes 1 --losses 1', /^blockforest: with one node nothing that is lost would be missed/],
    ['check --times 1', /^blockforest: the sizes of the states of --inductive go with it: --times/],
    ['check --witness nobody', /^blockforest: nothing is called 'nobody'/],
    ['check --mutant loud', /^blockforest: there is no mutant called 'loud'; there are silent/],
    ['check --mints 1', /^error: unknown option '--mints'/]
  ])('refuses %s', async (line, expected) => {
    const [command = '', ...options] = line.split(' ')
    const { out, err, exitCode } = await blockforest(command, RUMOUR, ...options)
    expect([out, exitCode]).toEqual(['', 2])
    expect(err).toMatch(expected)
  })
})

describe('what init writes', () => {
  const outside = join(folder, 'outside')
  beforeAll(async () => {
    await blockforest('init', outside)
  })

  test('is checked at once, in a folder in which nothing is installed', async () => {
    const { out, err, exitCode } = await blockforestIn(outside, 'check', './my-system.ts', '--json')
    expect([err, exitCode]).toEqual(['', 0])
    expect(json(out)).toMatchObject({ system: 'lock', states: 20, transitions: 48, depth: 4, engine: 'keyed' })
    const mutant = await blockforestIn(outside, 'check', './my-system.ts', '--mutant', 'no-lock')
    expect(mutant.exitCode).toBe(1)
    expect(mutant.out).toContain('✗ exclusion: the processes 0 and 1 are')
    expect(mutant.out).toContain('again: blockforest check ./my-system.ts --mutant no-lock --processes 2')
  })

  test('is loaded in a folder whose package is none of modules, or that has none', async () => {
    const elsewhere = join(newFolder(), 'a folder')
    mkdirSync(elsewhere)
    writeFileSync(join(elsewhere, 'it.ts'), readFileSync(join(outside, 'my-system.ts')))
    for (const manifest of [undefined, '{ "type": "commonjs" }']) {
      if (manifest !== undefined) writeFileSync(join(elsewhere, 'package.json'), manifest)
      const { out, err } = await blockforestIn(elsewhere, 'check', './it.ts', '--mutant', 'no-lock', '--json')
      expect([err, json(out)['states']]).toEqual(['', 9])
    }
    const { out } = await blockforest('check', join(elsewhere, 'it.ts'), '--mutant', 'no-lock')
    expect(out).toContain(`again: blockforest check '${join(elsewhere, 'it.ts')}' --mutant no-lock`)
    expect((await blockforest('check', `${elsewhere}/`)).err).toContain('it is no file; expected a module of your own')
  })

  test('answers the other questions too, or says why it cannot', async () => {
    const ask = (...options: ReadonlyArray<string>) => blockforestIn(outside, 'check', './my-system.ts', ...options)
    expect((await ask('--witness', 'crowd')).out).toContain('lock, 3 processes: crowd (nobody is idle) can happen')
    expect((await ask('--dot', join(folder, 'lock.dot'), '--processes', '1')).out).toContain('3 states and 3 steps')
    expect((await ask('--coverage', '--processes', '1')).out).toMatch(/^Leave +1$/m)
    for (const [options, why] of [
      [['--inductive'], 'names no states from which an induction could start'],
      [['--reduce', 'noop'], 'are not interned: leave out --max-memory, --reduce and --order guided'],
      [['--order', 'guided', '--toward', 'x'], "no score is called 'x': the model has none"]
    ] as const) {
      const { err, exitCode } = await ask(...options)
      expect([exitCode, err.includes(why)]).toEqual([2, true])
    }
    const trace = join(folder, 'lock.itf.json')
    await ask('--mutant', 'no-lock', '--trace-out', trace)
    const lanes = await blockforestIn(outside, 'explain', trace, '--system', './my-system.ts', '--lanes')
    expect([lanes.exitCode, lanes.err]).toEqual([
      2,
      'blockforest: lock, 2 processes, mutant no-lock has no nodes whose lanes could be drawn: leave out --lanes\n'
    ])
    for (const [option, why] of [
      ['--svg', 'has neither nodes nor calls that could be drawn: leave out --svg'],
      ['--picture', 'its states have no pictures: leave out --picture']
    ] as const) {
      const file = join(folder, 'none.svg')
      const { exitCode, err } = await blockforestIn(
        outside,
        'explain',
        trace,
        '--system',
        './my-system.ts',
        option,
        file
      )
      expect([exitCode, err.includes(why), existsSync(file)]).toEqual([2, true, false])
    }
  })

  test('is not written over', async () => {
    const { err, exitCode } = await blockforest('init', outside)
    expect(exitCode).toBe(2)
    expect(err).toContain('has my-system.ts, my-system.test.ts, package.json, tsconfig.json already')
  })

  test('a mistake in it is reported as its own, in one line', async () => {
    const text = readFileSync(join(outside, 'my-system.ts'), 'utf8')
    const mistaken = async (name: string, from: string, to: string) => {
      expect(text).toContain(from)
      writeFileSync(join(outside, name), text.replace(from, to))
      const { out, err, exitCode } = await blockforestIn(outside, 'check', `./${name}`)
      expect([out, exitCode, err.trimEnd().split('\n').length]).toEqual(['', 2, 1])
      return err
    }
    expect(await mistaken('no-export.ts', 'export default defineSystem', 'export const it = defineSystem')).toContain(
      './no-export.ts: it has no default export; expected `export default defineSystem({ … })`'
    )
    expect(await mistaken('throws.ts', 'export default', 'throw new TypeError("oh")\nexport default')).toMatch(
      /^blockforest: \.\/throws\.ts(:\d+)*: TypeError: oh\n$/
    )
    expect(await mistaken('missing.ts', "'blockforest/systems'", "'blockforest/sistems'")).toMatch(
      /^blockforest: \.\/missing\.ts: blockforest has no 'blockforest\/sistems'; it has .*blockforest\/systems/
    )
    expect(await mistaken('syntax.ts', 'export default', 'export defualt')).toMatch(
      /^blockforest: \.\/syntax\.ts:\d+:\d+: ERROR: /
    )
    expect(
      await mistaken('taken.ts', 'form: { processes: count({', "form: { processes: count({ flag: 'seed',")
    ).toContain('lock: its parameter processes has the option --seed, which is taken')
    expect(
      await mistaken('own.ts', 'form: { processes: count({', "form: { processes: count({ flag: 'json',")
    ).toContain('lock: its parameter processes has the option --json, which is taken')
    expect(
      await mistaken('negated.ts', 'form: { processes: count({', "form: { processes: count({ flag: 'no-one',")
    ).toContain("./negated.ts: the system 'lock': the option --no-one: what begins with no- takes another option back")
    expect(await mistaken('initial.ts', 'initial: 3, least: 1', 'initial: 0, least: 1')).toContain(
      "./initial.ts: the system 'lock': the initial parameters: processes: expected a whole number from 1 to 8, found 0"
    )
    // Nor is one that shows only while the system is explored a verdict, or an error of blockforest's own.
    writeFileSync(
      join(outside, 'lazily.ts'),
      text.replace("case 'Leave':", "case 'Leave':\n        throw new RangeError('nobody leaves')")
    )
    const { out, err, exitCode } = await blockforestIn(outside, 'check', './lazily.ts')
    expect([err, exitCode]).toEqual(['', 2])
    expect(out).toMatch(/^lock, 3 processes: \.\/lazily\.ts(:\d+)*: the system itself is at fault/m)
    expect(out).toContain('✗ actions threw RangeError: nobody leaves')
    expect(existsSync(join(outside, 'node_modules'))).toBe(false)
  })
})
