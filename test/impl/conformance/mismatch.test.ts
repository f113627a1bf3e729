/**
 * The comparison can fail: whatever field of a case is wrong, it is reported, and it alone.
 */
import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { readCase } from '../../../impl/conformance/case.js'
import type { Comparison } from '../../../impl/conformance/comparison.js'
import { agrees } from '../../../impl/conformance/comparison.js'
import type { Family } from '../../../impl/conformance/index.js'
import { edit, lineOf } from './support.js'

/** The output fields of `VECTORS.md` section 6. */
const derived = ['largest', 'agree', 'blocksFor', 'canon', 'canonChain', 'clauses', 'inv']
const outputs = {
  forest: {
    step: ['valid', 'has', 'dom', 'chain'],
    final: [
      ...['bt', 'validH', 'hasInit', 'goodBt', 'chain', 'allBlocks', 'allChains', 'good', 'validChain', 'hashChain'],
      ...['goodChains', 'compute', 'has', 'getBlock', 'nextOf', 'validChainBlock']
    ],
    pair: [
      ...['fcr', 'fcrRev', 'better', 'betterAlt', 'workA', 'prefix', 'sprefix', 'fork', 'goodA', 'validA'],
      ...['hashChainA', 'chainLt']
    ],
    case: ['work']
  },
  local: { before: ['chain'], out: ['st', 'chain', 'pkts'] },
  trace: {
    init_derived: derived,
    step: ['node', 'st', 'chain', 'out', 'inFlight', 'consumed', ...derived],
    final: ['states', 'inFlight', 'consumed', 'chains']
  }
}

/** Where the file has what a comparison is about. */
const pathOf = ({ step, field }: Comparison): string =>
  step === 'case' || step === 'before' ? field : `${step.replace(/^(step|pair) /, '$1s/')}/${field}`

/** The kind of step, without its number. */
const kind = ({ step }: Comparison): string => step.replace(/ \d+$/, '')

const comparisons = (json: unknown): ReadonlyArray<Comparison> => {
  const read = readCase(JSON.stringify(json))
  if (isLeft(read)) throw new Error(read.left.says)
  return [...read.right.comparisons]
}

const mismatches = (json: unknown): ReadonlyArray<Comparison> => comparisons(json).filter((c) => !agrees(c))

/** Another value of the same form: a truth negated, a number or a text changed, deep inside; none where there is none. */
const spoilt = (value: unknown): unknown => {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value === 0 ? 1 : value - 1
  if (typeof value === 'string') return `${value}!`
  if (Array.isArray(value)) {
    const at = value.findLastIndex((v) => spoilt(v) !== undefined)
    return at < 0 ? undefined : edit(value, String(at), spoilt)
  }
  if (typeof value === 'object' && value !== null) {
    const key = Object.entries(value).findLast(([k, v]) => k !== 'k' && spoilt(v) !== undefined)?.[0]
    return key === undefined ? undefined : edit(value, key, spoilt)
  }
  return undefined
}

describe.each(['forest', 'local', 'trace'] as const)('in a case of the family %s', (family: Family) => {
  it('the fields compared are those that the file format names, in its order', async () => {
    const seen = new Map<string, ReadonlyArray<string>>()
    for (const c of comparisons(JSON.parse(await lineOf(family, 0))))
      seen.set(kind(c), [...new Set([...(seen.get(kind(c)) ?? []), c.field])])
    expect([...seen]).toEqual(Object.entries(outputs[family]))
  })

  it.each(Object.entries(outputs[family]).flatMap(([step, fields]) => fields.map((field) => ({ step, field }))))(
    'a wrong $field of $step is reported, and it alone',
    async ({ step, field }) => {
      // The first case that has such a field with a value that can be spoilt: an empty list cannot.
      for (let line = 0; line < 40; line += 2) {
        const json: unknown = JSON.parse(await lineOf(family, line))
        const target = comparisons(json).find(
          (c) => kind(c) === step && c.field === field && spoilt(c.expected) !== undefined
        )
        if (target === undefined) continue
        const wrong = spoilt(target.expected)
        expect(mismatches(edit(json, pathOf(target), () => wrong))).toEqual([{ ...target, expected: wrong }])
        return
      }
      expect.fail(`no ${field} of ${step} to spoil`)
    }
  )
})

describe('the spec may leave the tables of a case', () => {
  it('a block that the table lacks is written out', async () => {
    // A block that `simple` mints has the time as its proof: at another time, it is another block.
    const json: unknown = JSON.parse(await lineOf('local', 1))
    const minted = { unlisted: { prev: '0xf667', txs: ['t2', 'b'], proof: 12345 } }
    const hash = 'unlisted block ["0xf667",["t2","b"],12345]'
    const tree = [
      ['-_', 1],
      ['0xf667', 0],
      [hash, minted]
    ]
    expect(mismatches(edit(json, 'op/ts', () => 12345)).map(({ field, actual }) => [field, actual])).toEqual([
      ['st', { id: 4, peers: [2, 4], bt: tree, pool: [] }],
      ['chain', [0, minted]],
      ['pkts', [2, 4].map((peer) => [4, peer, { k: 'Block', b: minted }])]
    ])
  })

  it('a packet that the table lacks is written out', async () => {
    const json: unknown = JSON.parse(await lineOf('trace', 0))
    const wrong = mismatches(edit(json, 'packets/2/2/hs/0', () => 'another'))
    expect(wrong[0]).toMatchObject({ step: 'step 0', field: 'out', expected: [2, 3, 4] })
    expect(JSON.stringify(wrong[0]?.actual)).toMatch(/^\[\{"unlisted":\[0,0,\{"k":"Inv","hs":\["0x0005823c",/)
  })

  it('a step that is not possible is a mismatch of its act, and ends the case', async () => {
    const json: unknown = JSON.parse(await lineOf('trace', 0))
    const act = { k: 'Deliver', p: 18, ts: 17 }
    const [last, ...more] = [...comparisons(edit(json, 'steps/3/act', () => act))].reverse()
    expect(last).toEqual({
      step: 'step 3',
      field: 'act',
      expected: act,
      actual: 'no such step is possible; the case is not followed further'
    })
    expect(more.filter((c) => !agrees(c))).toEqual([])
  })
})
