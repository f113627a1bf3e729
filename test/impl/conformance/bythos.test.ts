/**
 * Reliable broadcast computes what the code extracted from Bythos computes; and where it would not, that is reported.
 */
import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { readCase } from '../../../impl/conformance/case.js'
import { agrees } from '../../../impl/conformance/comparison.js'
import { linesOf } from '../../../impl/conformance/files.js'
import { conform, exitCode, renderConformReport } from '../../../impl/conformance/index.js'
import { canonical } from '../../../invariants/checker/data/canonical.js'
import { edit, folder } from './support.js'

const data = fileURLToPath(new URL('../../data/bythos', import.meta.url))

interface Line {
  readonly id: string
  readonly exec?: number
  readonly node: number
  readonly before: unknown
  readonly after: unknown
}
const executions: Line[] = []
const random: Line[] = []

beforeAll(async () => {
  for (const [file, lines] of [
    ['rb', executions],
    ['rb_random', random]
  ] as const)
    for await (const line of linesOf(join(data, `${file}.jsonl.gz`)))
      if (isRight(line)) lines.push(JSON.parse(line.right) as Line)
})

test('every field of every case agrees', async () => {
  const report = await conform(data)
  expect(report.problems).toEqual([])
  expect(report.mismatches).toEqual([])
  expect(report.groups).toEqual([
    { family: 'bythos', inst: 'RB', cases: 525, agreed: 525, fields: 4_200, mismatches: 0 }
  ])
  expect((await conform(data, { family: 'local' })).total.cases).toBe(0)
})

test('each state of an execution is the one before it, until the event of its node', () => {
  const last = new Map<string, unknown>()
  for (const { exec, node, before, after } of executions) {
    const key = `${String(exec)} ${String(node)}`
    if (last.has(key)) expect(before).toEqual(last.get(key))
    last.set(key, after)
  }
  expect(last.size).toBeGreaterThan(3)
})

/** What disagrees in a case: where, and what is computed. */
const wrong = (json: unknown): ReadonlyArray<readonly [string, string, unknown]> => {
  const read = readCase(JSON.stringify(json))
  if (isLeft(read)) throw new Error(read.left.says)
  return [...read.right.comparisons]
    .filter((c) => !agrees(c))
    .map(({ step, field, actual }) => [step, field, actual] as const)
}

const caseCalled = (id: string): Line => [...executions, ...random].find((line) => line.id === id)!

describe('a wrong field is reported, and it alone', () => {
  const line = () => caseCalled('RB-rand-0') as unknown as Readonly<Record<string, unknown>>
  const state = () => line()['after'] as Readonly<Record<string, unknown>>
  test.each<readonly [string, 'after' | 'case', string, () => unknown]>([
    ['after/id', 'after', 'id', () => 2],
    ['after/sent', 'after', 'sent', () => []],
    ['after/echoed/0/1', 'after', 'echoed', () => 0],
    ['after/voted/1/0/0', 'after', 'voted', () => 3],
    ['after/msgcnt/0/1', 'after', 'msgcnt', () => [0, 3]],
    ['after/output/0/1', 'after', 'output', () => [1, 0]],
    ['node', 'case', 'node', () => 1],
    ['sent', 'case', 'sent', () => []],
    ['sent/3/dst', 'case', 'sent', () => 2]
  ])('%s', (path, step, field, spoilt) => {
    const right = step === 'after' ? state()[field] : line()[field]
    expect(wrong(line())).toEqual([])
    expect(wrong(edit(line(), path, spoilt))).toEqual([[step, field, right]])
  })

  test('is told so, with its place, and ends with 1', async () => {
    const path = await folder({ 'x.jsonl': `${canonical(line())}\n${canonical(edit(line(), 'sent', () => []))}` })
    const report = await conform(path)
    expect(exitCode(report)).toBe(1)
    const text = renderConformReport(report)
    expect(text).toMatch(/^RB-rand-0 ▸ case ▸ sent {2}\(x.jsonl:2\)\n {2}expected \[\]\n {2}actual {3}\[\{"src":3,/)
  })
})

describe('other parameters than those of the files', () => {
  const vote = { type: 'Vote', orig: 0, round: 0, value: 1 }
  const empty = { id: 0, sent: [], echoed: [], voted: [], msgcnt: [], output: [] }
  const one = (n: number, f: number, senders: ReadonlyArray<number>) => ({
    ...{ id: 'x', protocol: 'RB', n, f, node: 0, before: { ...empty, msgcnt: [[vote, senders]] } },
    ...{ event: { from: 4, msg: vote }, after: empty, sent: [] }
  })
  const fields = (json: unknown) => wrong(json).map(([, field]) => field)

  test('have other thresholds', () => {
    expect(fields(one(7, 2, [1]))).toEqual(['msgcnt'])
    expect(fields(one(7, 2, [1, 2]))).toEqual(['voted', 'msgcnt', 'sent'])
    expect(fields(one(7, 2, [1, 2, 3, 5]))).toEqual(['voted', 'msgcnt', 'output', 'sent'])
    expect(fields(one(5, 1, [1, 2]))).toEqual(['voted', 'msgcnt', 'sent'])
  })
})

describe('a line that is no case', () => {
  test.each([
    ['of no protocol', 'protocol', () => 1, 'protocol: expected string, got 1'],
    ['with too many liars', 'f', () => 4, 'expected a case of RB, with f < n, and n 1000 at most, got {"'],
    ['with too many nodes', 'n', () => 1e9, 'expected a case of RB, with f < n, and n 1000 at most, got {"'],
    [
      'with a map out of order',
      'before/echoed',
      () => [
        [[2, 1], 2],
        [[1, 3], 2]
      ],
      'before/echoed: expected entries [[orig, round], value], in increasing order of the keys, got [[[2,1],2],[[1,3],2]]'
    ],
    [
      'with a default that is written out',
      'before/sent',
      () => [[0, false]],
      'before/sent/0/1: expected true, got false'
    ],
    [
      'with no such message',
      'event/msg/type',
      () => 'Ready',
      'event/msg: expected a message Initial, Echo or Vote, got {"round":0,"type":"Ready","value":2}'
    ]
  ])('%s', (_, path, spoilt, says) => {
    const read = readCase(canonical(edit(caseCalled('RB-rand-0'), path, spoilt)))
    expect(isLeft(read) && read.left.says.startsWith(says) ? says : read).toBe(says)
  })
})

test('protocols of which there is no specification are named, once for each file, and end with 2', async () => {
  const of = (protocol: string) => canonical(edit(caseCalled('RB-rand-0'), 'protocol', () => protocol))
  const path = await folder({
    'a.jsonl': [of('PB'), of('RB'), of('PB')].join('\n'),
    'b.jsonl': [of('ABC'), of('PB')].join('\n')
  })
  const report = await conform(path, { limit: 3 })
  const says = (protocol: string, cases: string) =>
    `of the protocol ${protocol} there is no specification here, only of RB: ${cases} left out`
  expect(report.problems).toEqual([
    { file: 'a.jsonl', says: says('PB', '2 cases') },
    { file: 'b.jsonl', says: says('ABC', '1 case') },
    { file: 'b.jsonl', says: says('PB', '1 case') }
  ])
  expect([exitCode(report), report.problemCount, report.total.cases]).toEqual([2, 3, 1])
  expect(renderConformReport(report).split('\n').at(-1)).toBe('Unusable input: 3 problems.')
})
