/**
 * What `conform` reports of a folder: mismatches with their place, lines that are not cases, and how a run ends.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { conform, exitCode, renderConformReport } from '../../../impl/conformance/index.js'
import { edit, fileOf, folder, lineOf } from './support.js'

let local: string
let trace: string
let forest: string

beforeAll(async () => {
  ;[local, trace, forest] = await Promise.all([lineOf('local', 0), lineOf('trace', 0), lineOf('forest', 0)])
})

const spoil = (line: string, path: string, wrong: unknown): string =>
  JSON.stringify(edit(JSON.parse(line), path, () => wrong))

const genesis = { prev: '0x6150cb353fe365318be1040f4f1d55ba6a6235c7fdee7e94602fed76f112f2de', txs: [], proof: 0 }

/** What a run says of a folder, without the time it took. */
const told = async (path: string, limit?: number): Promise<string> =>
  renderConformReport({ ...(await conform(path, limit === undefined ? {} : { limit })), seconds: 0 })

describe('a folder whose cases all agree', () => {
  it('is told so, and ends with 0', async () => {
    const path = await folder({
      'a.jsonl': `${local}\n${trace}\n`,
      'b.jsonl.gz': gzipSync(forest),
      'notes.txt': 'not a case file'
    })
    const report = await conform(path)
    expect(report.files).toEqual(['a.jsonl', 'b.jsonl.gz'])
    expect(exitCode(report)).toBe(0)
    expect(await told(path)).toBe(
      [
        '  family  inst           cases      agreed      fields',
        '  local   pow                1           1           4',
        '  trace   pow                1           1         141',
        '  forest  pow                1           1         141',
        '3 cases, 286 fields compared in 0.0 s: all agree.'
      ].join('\n')
    )
  })

  it('can be run for one family or one instance', async () => {
    const path = await folder({ 'a.jsonl': [local, trace, forest, await lineOf('local', 1)].join('\n') })
    expect((await conform(path, { family: 'local' })).groups.map((g) => g.inst)).toEqual(['pow', 'simple'])
    expect((await conform(path, { inst: 'simple' })).groups.map((g) => g.family)).toEqual(['local'])
  })

  it('says how far it is after each case', async () => {
    const seen: number[] = []
    await conform(await folder({ 'a.jsonl': `${local}\n\n${trace}` }), { onCase: (done) => seen.push(done) })
    expect(seen).toEqual([1, 2])
  })
})

describe('a folder in which a case disagrees', () => {
  it('gets every mismatch with its case, its step, its field, its place, what is expected and what is computed', async () => {
    const work = [13, 11, 13, 13, 16, 14, 13, 8, 18, 18, 21, 13]
    const wrong = [
      spoil(trace, 'steps/0/inFlight', [1, 2, 4, 3]),
      spoil(trace, 'steps/1/chain', [0, 1]),
      spoil(trace, 'steps/2/clauses', [true, true, false, true, true]),
      spoil(trace, 'init_derived/canon', null),
      spoil(forest, 'work', [7, ...work]),
      spoil(forest, 'pairs/2/fcr', true),
      spoil(local, 'out/chain', [])
    ]
    const { mismatches } = await conform(await folder({ 'x.jsonl': wrong.join('\n') }))
    expect(
      mismatches.map(({ case: id, line, step, field, expected, actual }) => [id, line, step, field, expected, actual])
    ).toEqual([
      ['pub-trace-00000', 1, 'step 0', 'inFlight', [1, 2, 4, 3], [1, 2, 3, 4]],
      ['pub-trace-00000', 2, 'step 1', 'chain', [0, 1], [0, 1, 2, 3]],
      ['pub-trace-00000', 3, 'step 2', 'clauses', [true, true, false, true, true], [true, true, true, true, true]],
      ['pub-trace-00000', 4, 'init_derived', 'canon', null, ['0x0004de', '0x0005823c', '0x0007f', '0xc0']],
      ['pub-forest-00000', 5, 'case', 'work', [7, ...work], [0, ...work]],
      ['pub-forest-00000', 6, 'pair 2', 'fcr', true, false],
      ['pub-local-00000', 7, 'out', 'chain', [], [0, 1, 6]]
    ])
  })

  it('is told so', async () => {
    const path = await folder({ 'x.jsonl': [local, spoil(trace, 'steps/0/inFlight', [1, 2, 4, 3])].join('\n') })
    expect(await told(path)).toBe(
      [
        'pub-trace-00000 ▸ step 0 ▸ inFlight  (x.jsonl:2)',
        '  expected [1,2,4,3]',
        '  actual   [1,2,3,4]',
        '  family  inst           cases      agreed      fields',
        '  local   pow                1           1           4',
        '  trace   pow                1           0         141',
        '2 cases, 145 fields compared in 0.0 s: 1 mismatch in 1 case.'
      ].join('\n')
    )
  })

  it('gets long values cut off around their first difference', async () => {
    const long = Array.from({ length: 200 }, () => 0)
    const text = await told(await folder({ 'x.jsonl': spoil(trace, 'steps/0/inFlight', [1, 2, ...long]) }))
    expect(text.split('\n').slice(1, 3)).toEqual([`  expected [1,2,${'0,'.repeat(77)}0…`, '  actual   [1,2,3,4]'])
    const late = await told(await folder({ 'x.jsonl': spoil(forest, 'final/getBlock/14', ['?', 1]) }))
    expect(late.split('\n').slice(1, 3)).toEqual([
      '  expected …4602fed76f112f2de",0],["0xe40a",0],["?",1]]',
      '  actual   …4602fed76f112f2de",0],["0xe40a",0],["?",0]]'
    ])
  })

  it('ends with 1, and keeps as many mismatches as it is asked to', async () => {
    const path = await folder({ 'x.jsonl': `${spoil(local, 'chain', [])}\n${spoil(local, 'out/chain', [])}\n${local}` })
    const report = await conform(path, { limit: 1 })
    expect(exitCode(report)).toBe(1)
    expect(report.mismatches.map(({ line }) => line)).toEqual([1])
    expect(report.total).toEqual({ cases: 3, agreed: 1, fields: 12, mismatches: 2 })
    expect(await told(path, 1)).toMatch(/2 mismatches in 2 cases, the first 1 of them above\.$/)
  })
})

describe('input that is not usable', () => {
  const expected = 'expected a folder with *.jsonl or *.jsonl.gz files, or one such file'

  it.each([
    ['no JSON', () => '{', "expected one JSON value on a line: Expected property name or '}' in JSON at position 1"],
    ['no object', () => '[]', 'expected a case, got []'],
    [
      'no family of the format',
      () => spoil(local, 'family', 'global'),
      'family: expected "forest", "local" or "trace", got "global"'
    ],
    [
      'a missing field',
      () => spoil(local, 'out/st/pool', undefined),
      'out/st/pool: expected a list of transactions, got nothing'
    ],
    [
      'two equal blocks',
      () => spoil(local, 'blocks/2', { ...genesis, hash: '0x1' }),
      `blocks: expected distinct blocks, the genesis block of pow first, got [{"prev":"0x6150cb353fe365318be1040f4f1d55ba6a6235c7fdee7e94602fed76f112f2de","t…`
    ],
    [
      'two equal packets',
      () => spoil(trace, 'packets/1', [2, 0, { k: 'Block', b: 2 }]),
      'packets: expected a list of distinct packets, got [[2,0,{"k":"Block","b":2}],[2,0,{"k":"Block","b":2}],[0,0,{"k":"Inv","hs":["0x00…'
    ],
    [
      'another genesis block',
      () => spoil(local, 'blocks/0/proof', 1),
      `blocks: expected distinct blocks, the genesis block of pow first, got [{"prev":"0x6150cb353fe365318be1040f4f1d55ba6a6235c7fdee7e94602fed76f112f2de","t…`
    ],
    [
      'a block id beyond the table',
      () => spoil(local, 'chain', [0, 99]),
      'chain/1: expected a block id below 7, got 99'
    ],
    [
      'a packet id beyond the table',
      () => spoil(trace, 'steps/3/out', [99]),
      'steps/3/out/0: expected a packet id below 19, got 99'
    ],
    [
      'an action of no known kind',
      () => spoil(trace, 'steps/3/act/k', 'Drop'),
      'steps/3/act: expected an action, got {"k":"Drop","p":3,"ts":20}'
    ],
    [
      'a negative number',
      () => spoil(trace, 'steps/3/act/ts', -1),
      'steps/3/act/ts: expected a natural number below 2^31, got -1'
    ],
    [
      'a tree out of order',
      () =>
        spoil(trace, 'steps/3/st/bt', [
          ['b', 0],
          ['a', 1]
        ]),
      'steps/3/st/bt: expected a tree: entries [hash, block id] in increasing order of the hashes, got [["b",0],["a",1]]'
    ],
    [
      'fewer states than nodes',
      () => spoil(trace, 'init/states', []),
      'init/states: expected 3 states, one for each node, got []'
    ],
    ['no nodes', () => spoil(trace, 'nodes', 0), 'nodes: expected a positive number of nodes, got 0'],
    [
      'no work where it is measured',
      () => spoil(forest, 'work', undefined),
      'work: expected a list of works, got nothing'
    ],
    [
      'a hash that is no printable ASCII',
      () => spoil(forest, 'steps/0/dom', ['\u00e9']),
      'steps/0/dom/0: expected Hash, got "\u00e9"'
    ]
  ])('a line with %s', async (_, line, says) => {
    const report = await conform(await folder({ 'x.jsonl': `${local}\n${line()}\n${local}` }))
    expect(report.problems).toEqual([{ file: 'x.jsonl', line: 2, says }])
    expect(report.total.agreed).toBe(2)
    expect(exitCode(report)).toBe(2)
  })

  it('a folder that is not there', async () => {
    const path = join(await folder({}), 'nowhere')
    const report = await conform(path)
    expect(exitCode(report)).toBe(2)
    expect(await told(path)).toBe(`${path}: no such file or folder; ${expected}\nUnusable input: 1 problem.`)
  })

  it('a folder without case files', async () => {
    const path = await folder({ 'notes.txt': '' })
    expect(exitCode(await conform(path))).toBe(2)
    expect(await told(path)).toBe(`${path}: no case files; ${expected}\nUnusable input: 1 problem.`)
  })

  it('case files without a case', async () => {
    const path = await folder({ 'a.jsonl': '\n' })
    expect(exitCode(await conform(path))).toBe(2)
    expect(await told(path)).toBe(`${path}: no case to run in its files\nUnusable input: 1 problem.`)
  })

  it('a file that is cut short', async () => {
    const path = await folder({ 'a.jsonl.gz': (await readFile(fileOf('local'))).subarray(0, 5000) })
    const report = await conform(path)
    expect(exitCode(report)).toBe(2)
    const says = 'cannot be read any further: unexpected end of file'
    expect(report.problems).toEqual([{ file: 'a.jsonl.gz', line: 17, says }])
    expect(report.total).toMatchObject({ cases: 16, agreed: 16 })
  })

  it('a file that is not compressed although its name says so', async () => {
    const path = await folder({ 'a.jsonl.gz': local })
    const report = await conform(path)
    const says = 'cannot be read any further: incorrect header check'
    expect(report.problems).toEqual([{ file: 'a.jsonl.gz', line: 1, says }])
  })

  it('is reported up to the limit, and counted', async () => {
    const path = await folder({ 'a.jsonl': '{\n{\n{' })
    expect((await conform(path, { limit: 1 })).problemCount).toBe(3)
    expect(await told(path, 1)).toMatch(/Unusable input: 3 problems, the first 1 of them above\.$/)
  })
})
