/**
 * The benchmark of the checker, without running any other checker: the models carry the parameters that they should,
 * outputs are read right, and the report says what was measured.
 */
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { configurationOf, KNOWN } from '../../bench/checker/configurations.js'
import { run, RunError } from '../../bench/checker/measure.js'
import { promela } from '../../bench/checker/models/spin/promela.js'
import { disagreements, exhaustiveRows, markdown, median, ratio, wall } from '../../bench/checker/report.js'
import type { Series } from '../../bench/checker/report.js'
import { TARGETS, verdicts } from '../../bench/checker/targets.js'
import { asArguments } from '../../bench/checker/tool.js'
import {
  blockforest,
  BREADTH_FIRST,
  DEPTH_FIRST,
  modelOptions,
  RANDOM,
  readReport,
  TWO_WORKERS
} from '../../bench/checker/tools/blockforest.js'
import { QUINT_RUST, QUINT_TYPESCRIPT, quintModule, readQuint } from '../../bench/checker/tools/quint.js'
import { readPan, SPIN } from '../../bench/checker/tools/spin.js'
import { readSimulation, readStateright, stateright } from '../../bench/checker/tools/stateright.js'
import { readTlc, TLC, tlc, tlcConfiguration } from '../../bench/checker/tools/tlc.js'
import { YARDSTICK } from '../../bench/checker/tools/yardstick.js'
import { explore } from '../../bench/checker/yardstick.js'

const model = (path: string): string =>
  readFileSync(new URL(`../../bench/checker/models/${path}`, import.meta.url), 'utf8')

describe('configurations', () => {
  it('are read off their names', () => {
    expect(configurationOf('F211')).toEqual({ name: 'F211', nodes: 2, mints: 1, transactions: 1, blockOnly: false })
    expect(configurationOf('B530')).toEqual({ name: 'B530', nodes: 5, mints: 3, transactions: 0, blockOnly: true })
    for (const name of ['', 'F21', 'X210', 'F2100', 'B211', 'F010'])
      expect(() => configurationOf(name)).toThrow('names no configuration')
  })
})

describe('the models', () => {
  const [F211, B330] = [configurationOf('F211'), configurationOf('B330')]
  it('in Promela have one step for each packet and each internal transition', () => {
    const steps = (name: string): number => promela(configurationOf(name)).match(/:: d_step \{/g)?.length ?? 0
    // Block-only: B blocks to each pair of nodes, and a mint by each node.
    expect(steps('B330')).toBe(3 * 9 + 3)
    // F211: block, request for it, transaction, request for it, 2 trees × 2 pools for inventories; mints, announcements.
    expect(steps('F211')).toBe(4 * (1 + 1 + 1 + 1 + 2 * 2) + 2 + 2)
    expect(promela(B330)).toContain('/* B330: N=3 B=3 T=0 block-only; generated */')
    expect(promela(F211)).toContain('byte cnt[32];')
    expect(promela(B330).match(/check\(\) \}/g)).toHaveLength(steps('B330'))
  })
  it('in TLA+ are bound by a configuration file, whose constants are those that the module declares', () => {
    expect(tlcConfiguration(F211)).toBe(
      'CONSTANTS\n  N = 2\n  B = 1\n  T = 1\n  BlockOnly = FALSE\nINIT Init\nNEXT Next\n' +
        'INVARIANTS CliqueInv QuiescentAgreement\nCHECK_DEADLOCK FALSE\n'
    )
    expect(tlcConfiguration(B330)).toContain('N = 3\n  B = 3\n  T = 0\n  BlockOnly = TRUE')
    const module = model('tla/Toychain.tla')
    for (const name of ['CliqueInv ==', 'QuiescentAgreement ==', 'Init ==', 'Next ==', 'CONSTANTS N,', 'BlockOnly'])
      expect(module).toContain(name)
  })
  it('in Quint are bound by an instance, whose constants are those that the module declares', () => {
    expect(quintModule(B330)).toBe('module B330 { import toychain(N = 3, B = 3, T = 0, BLOCK_ONLY = true).* }\n')
    const module = model('quint/toychain.qnt')
    for (const line of ['const N: int', 'const B: int', 'const T: int', 'const BLOCK_ONLY: bool', 'val inv ='])
      expect(module).toContain(line)
  })
  it('in Rust and the yardstick take four numbers', () => {
    expect(asArguments(F211)).toEqual(['2', '1', '1', '0'])
    expect(asArguments(B330)).toEqual(['3', '3', '0', '1'])
    expect(modelOptions(B330).join(' ')).toBe('--nodes 3 --mints 3 --transactions 0 --block-only')
    expect(modelOptions(F211).join(' ')).toBe('--nodes 2 --mints 1 --transactions 1')
  })
})

describe('the yardstick', () => {
  for (const name of ['F201', 'F210', 'F220', 'B220', 'B320', 'B330', 'B250'])
    it(`counts what others count in ${name}`, () => {
      const { states, transitions } = explore(configurationOf(name))
      expect({ states, transitions }).toEqual(KNOWN[name])
    })
  it('tells pools with the same transactions in another order apart', () => {
    // F202, as counted by an explorer that keeps whole states.
    expect(explore(configurationOf('F202'))).toMatchObject({ states: 116_569, transitions: 580_744 })
  })
})

describe('outputs are read:', () => {
  const report = {
    states: 793,
    transitions: 2319,
    complete: true,
    seconds: 0.2,
    peakMemory: 1,
    verdict: 'holds',
    engine: 'interned',
    strategy: {}
  }
  it('blockforest', () => {
    const read = (more: object): unknown => readReport('exhaustive', 1, JSON.stringify({ ...report, ...more }))
    expect(read({})).toEqual({ states: 793, transitions: 2319, seconds: 0.2, memory: 1 })
    expect(() => read({ verdict: 'violated' })).toThrow("the verdict is 'violated'")
    expect(() => read({ complete: false })).toThrow('cut short')
    expect(() => read({ engine: 'plain' })).toThrow("'plain'")
    expect(() => read({ strategy: { workers: 2 } })).toThrow('2 workers ran, not 1')
    const random = JSON.stringify({ ...report, complete: false, verdict: 'undecided' })
    expect(readReport('random', 1, random)).toEqual({ transitions: 2319, seconds: 0.2, memory: 1 })
  })
  it('SPIN', () => {
    const output = `State-vector 60 byte, depth reached 27, errors: 0
    93705 states, stored
   355912 states, matched
   449617 transitions (= stored+matched)

   38.517\ttotal actual memory usage
pan: elapsed time 0.22 seconds`
    expect(readPan(output)).toEqual({
      states: 93_705,
      transitions: 449_616,
      seconds: 0.22,
      memory: 38.517 * 2 ** 20
    })
    expect(() => readPan(output.replace('errors: 0', 'errors: 1'))).toThrow('found an error')
    expect(() => readPan(`error: max search depth too small\n${output}`)).toThrow('cut short')
  })
  it('TLC, whose progress lines do not count', () => {
    const output = `Progress(11) at 2030-01-01 00:00:00: 28,730 states generated (1 s/min), 10,303 distinct states found, 4,813 states left on queue.
Model checking completed. No error has been found.
449617 states generated, 93705 distinct states found, 0 states left on queue.`
    expect(readTlc(output)).toEqual({ states: 93_705, transitions: 449_616 })
    expect(() => readTlc('Error: Invariant CliqueInv is violated.')).toThrow('not all invariants held')
  })
  it('Stateright', () => {
    expect(readStateright('distinct=166576 generated=900163 depth=30 sec=2.374 states/s=70176')).toEqual({
      states: 166_576,
      transitions: 900_162,
      seconds: 2.374
    })
    const simulation = 'simulation: steps=1016916 sec=3.018 steps/s=336925 maxdepth=33 discoveries=0'
    expect(readSimulation(simulation)).toEqual({ transitions: 1_016_916, seconds: 3.018 })
    expect(() => readSimulation(simulation.replace('discoveries=0', 'discoveries=1'))).toThrow('simulation')
  })
  it('Quint, whose traces have one state more than steps', () => {
    const output = `[ok] No violation found (6477ms at 31 traces/second).
Trace length statistics: max=30, min=15, average=18.18`
    expect(readQuint(200, output)).toEqual({ transitions: 3436, seconds: 6.477 })
    expect(() => readQuint(200, '[violation] Found an issue')).toThrow('not all invariants held')
  })
  it('an output that lacks a number is shown', () => {
    expect(() => readStateright('panicked')).toThrow('the output does not tell distinct states')
  })
})

describe('a tool that is not here', () => {
  const place = { cache: tmpdir(), cli: '/nowhere/main.js', quick: true, say: () => {} }
  const without = async (variable: string, find: () => Promise<unknown>): Promise<unknown> => {
    const before = process.env[variable]
    process.env[variable] = ''
    try {
      return await find()
    } finally {
      if (before === undefined) Reflect.deleteProperty(process.env, variable)
      else process.env[variable] = before
    }
  }
  it('says how to get it', async () => {
    expect(await blockforest.find(place)).toEqual({ _tag: 'Missing', how: 'npm run build makes /nowhere/main.js' })
    expect(await without('TLC_JAR', () => tlc.find(place))).toMatchObject({
      _tag: 'Missing',
      how: expect.stringContaining('tla2tools.jar') as string
    })
    expect(await without('STATERIGHT_BIN', () => stateright.find(place))).toMatchObject({
      _tag: 'Missing',
      how: expect.stringContaining('cargo build --release') as string
    })
  })
})

describe('a process is measured', () => {
  const node = (script: string) => ({ program: process.execPath, args: ['--eval', script] })
  it('with its output, its time and its memory', async () => {
    const { output, wall: seconds, peak } = await run(node("setTimeout(() => console.log('done'), 200)"), 60)
    expect(output).toBe('done\n')
    expect(seconds).toBeGreaterThanOrEqual(0.2)
    if (process.platform === 'linux') expect(peak).toBeGreaterThan(10 * 2 ** 20)
  })
  it('unless it fails, is not there, or takes too long', async () => {
    await expect(run(node('process.exit(3)'), 60)).rejects.toThrow(/failed, exit code 3/)
    await expect(run({ program: '/nowhere/program', args: [] }, 60)).rejects.toThrow(RunError)
    await expect(run(node('setTimeout(() => {}, 60_000)'), 0.3)).rejects.toThrow('was not done after 0.3 s (--limit)')
  })
})

/** A series of runs that took so many seconds. */
const series = (
  configuration: string,
  variant: string,
  walls: ReadonlyArray<number>,
  more: { states?: number; transitions?: number; peak?: number; task?: 'random' } = {}
): Series => ({
  configuration,
  variant,
  task: more.task ?? 'exhaustive',
  rounds: walls.map((seconds) => ({
    wall: seconds,
    cpu: undefined,
    peak: more.peak,
    reported: {
      ...(more.task === 'random' ? {} : { states: more.states ?? KNOWN[configuration]?.states ?? 0 }),
      transitions: more.transitions ?? KNOWN[configuration]?.transitions ?? 0,
      seconds: seconds / 2
    }
  }))
})

describe('the report', () => {
  it('takes medians, and ratios within rounds', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(median([])).toBeUndefined()
    // Noise that weighs on a whole round does not show: 2, 2 and 2.
    expect(ratio(series('B340', 'a', [1, 10, 3]), series('B340', 'b', [2, 20, 6]), wall)).toBe(2)
    expect(ratio(series('B340', 'a', [1]), series('B340', 'b', []), wall)).toBeUndefined()
  })
  it('finds tools that disagree with the known size, or with one another', () => {
    const good = series('B340', 'a', [1])
    expect(disagreements([good, series('B340', 'b', [1, 1])])).toEqual([])
    expect(disagreements([good, series('B340', 'b', [1, 1], { states: 7 })])).toEqual([
      'B340: b has 7 states and 5635599 transitions, docs/model.md has 1018009 states and 5635599 transitions'
    ])
    const unknown = (variant: string, states: number): Series => series('F999', variant, [1], { states })
    expect(disagreements([unknown('a', 1), unknown('b', 1)])).toEqual([])
    expect(disagreements([unknown('a', 1), unknown('b', 2)])).toEqual([
      'F999: b has 2 states and 0 transitions, a has 1 states and 0 transitions'
    ])
    expect(disagreements([series('F220', 'r', [1], { task: 'random', transitions: 1 })])).toEqual([])
  })
  it('shows counts, times, memory and ratios', () => {
    const rows = exhaustiveRows(
      [
        series('B340', BREADTH_FIRST, [2], { peak: 100 * 2 ** 20 }),
        series('B340', YARDSTICK, [1]),
        series('B340', SPIN, [5])
      ],
      { ours: BREADTH_FIRST, yardstick: YARDSTICK }
    )
    expect(markdown(rows.slice(1))).toBe(
      [
        `| B340 | ${BREADTH_FIRST} | 1 018 009 | 5 635 599 | 2.00 | – | 1.00 | 509 005 | 100 | 1.00 | 2.00 |`,
        '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
        `| B340 | ${YARDSTICK} | 1 018 009 | 5 635 599 | 1.00 | – | 0.50 | 1 018 009 | – | 0.50 | 1.00 |`,
        `| B340 | ${SPIN} | 1 018 009 | 5 635 599 | 5.00 | – | 2.50 | 203 602 | – | 2.50 | 5.00 |`
      ].join('\n')
    )
  })
})

describe('the targets', () => {
  const met = (all: ReadonlyArray<Series>): ReadonlyArray<string> =>
    verdicts(all).map(
      ({ configuration, what, against, measured, met: verdict }) =>
        `${configuration}, ${what}, ${against}: ${measured === undefined ? '' : measured.toFixed(2)} ${verdict}`
    )
  it('are those that were set', () => {
    expect(TARGETS.map((target) => (target._tag === 'Memory' ? target.atMost : target.atLeast))).toEqual([
      { F310: 50, B340: 50, B430: 50 },
      { B340: 1.8, B430: 1.8, B530: 1.8 },
      { F310: 2, B340: 4, B430: 4 },
      { B340: 2.5, B430: 2.5 },
      { B340: 1.6, B430: 1.6 },
      { F220: 200 },
      { B530: 32 }
    ])
  })
  it('compare the fastest of ours with the peer; what was not run is not measured', () => {
    const all = [
      series('B340', BREADTH_FIRST, [2]),
      series('B340', DEPTH_FIRST, [1]),
      series('B340', TWO_WORKERS, [0.5]),
      series('B340', SPIN, [1.7]),
      series('B340', TLC, [50])
    ]
    expect(met(all)).toEqual([
      `B340, any order, ${TLC}: 50.00 yes`,
      `B340, any order, ${SPIN}: 1.70 NO`,
      'B340, any order, Stateright, breadth first, 2 threads:  not measured',
      'B340, breadth first, shortest counterexample kept, Stateright, breadth first, 2 threads:  not measured',
      `B340, 2 workers, ${DEPTH_FIRST}: 2.00 yes`
    ])
  })
  it('are not met by beating the slower of two simulators', () => {
    const random = (variant: string, steps: number): Series =>
      series('F220', variant, [2], { task: 'random', transitions: steps })
    const what = 'F220, random executions, steps/s'
    const [ours, slow] = [random(RANDOM, 300_000), random(QUINT_TYPESCRIPT, 1000)]
    expect(met([ours, slow])).toEqual([`${what}, ${QUINT_TYPESCRIPT}: 300.00 slower peer only`])
    expect(met([ours, slow, random(QUINT_RUST, 3000)])).toEqual([`${what}, ${QUINT_RUST}: 100.00 NO`])
    expect(met([ours, slow, random(QUINT_RUST, 1500)])).toEqual([`${what}, ${QUINT_RUST}: 200.00 yes`])
  })
  it('count bytes above what a process holds anyway', () => {
    const empty = series('B220', DEPTH_FIRST, [1], { peak: 60_000_000 })
    const full = series('B530', DEPTH_FIRST, [9], { states: 1_000_000, peak: 90_000_000 })
    expect(met([empty, full]).at(-1)).toBe('B530, bytes for a state and its share of the frontier, –: 30.00 yes')
  })
})
