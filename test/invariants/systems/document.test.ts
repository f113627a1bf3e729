import { describe, expect, test } from 'vitest'
import {
  executionText,
  labelled,
  line,
  linesOf,
  networkShow,
  section,
  treeOf
} from '../../../invariants/systems/index.js'
import { nodeDocument, recordDocument, taggedText } from '../../../invariants/systems/plainText.js'
import type { Show } from '../../../invariants/systems/index.js'

describe('a document in lines', () => {
  test('has trees with their branches, and marks where there are any', () => {
    const leaf = { label: 'leaf', mark: 'other', children: [] } as const
    const root = {
      label: 'root',
      mark: 'chosen',
      children: [{ label: 'twig', children: [leaf] }, leaf]
    } as const
    expect(linesOf([treeOf(root)])).toEqual(['● root', '├─ twig', '│  └─ ○ leaf', '└─ ○ leaf'])
  })

  test('has labels beside, and titles above what they are about', () => {
    expect(
      linesOf([labelled('node 0', [line('a\nb')]), section('rest', [line('c'), section('more', [line('d')])])])
    ).toEqual(['node 0  a', '        b', 'rest', '  c', '  more', '    d'])
  })

  test('is nothing where there is nothing', () => {
    expect(linesOf([labelled('node 0', [])])).toEqual([])
  })
})

describe('plain data in words', () => {
  test('has its tag and its fields', () => {
    expect(
      [
        { _tag: 'Vote', round: 2, to: [{ a: 1 }, 'x'], none: undefined },
        { _tag: 'Stop' },
        'go',
        3,
        null,
        { a: null }
      ].map(taggedText)
    ).toEqual(['Vote {round: 2, to: [{a: 1}, x]}', 'Stop', 'go', '3', 'null', '{a: null}'])
  })

  test('has a line for each field of a record, and one for the state of a node', () => {
    expect(linesOf(recordDocument({ a: 1, b: ['x', 'y'] }))).toEqual(['a: 1', 'b: [x, y]'])
    expect(linesOf(recordDocument([1, 2]))).toEqual(['[1, 2]'])
    expect(linesOf(nodeDocument({ id: 3, a: 1, b: true }))).toEqual(['a: 1, b: true'])
    expect(linesOf(nodeDocument(7))).toEqual(['7'])
  })

  test('has a Map by its keys, and a Set by its elements', () => {
    const map = new Map([['a', new Set([1, 2])]])
    expect(taggedText(map)).toBe('{a → {1, 2}}')
    expect(linesOf(recordDocument(map))).toEqual(['a → {1, 2}'])
    expect(linesOf(nodeDocument(map))).toEqual(['{a → {1, 2}}'])
  })
})

describe('an execution', () => {
  const show: Show<number, string> = {
    action: (a, before, after) => `${a}: ${String(before)} to ${String(after)}`,
    state: (n) => [line(`it is ${String(n)}`)]
  }
  const failure = { path: ['small'], says: 'it is small', witness: 'it is large' }
  const steps = [
    { action: undefined, state: 1, failures: [] },
    { action: 'add', state: 2, failures: [failure] }
  ]

  test('has each action, each state, and what fails', () => {
    expect(executionText(show, steps).split('\n')).toEqual([
      '   0  initially',
      '      it is 1',
      '   1  add: 1 to 2',
      '      it is 2',
      '      ✗ small: it is large',
      '          (it is small)'
    ])
  })

  test('may show only what changes, begin otherwise, and have a last word', () => {
    const more: Show<number, string> = {
      ...show,
      change: (before, after) => [line(`${String(after - before)} more`)],
      beginning: () => 'one number',
      closing: (n) => [section('at last', [line(String(n))])]
    }
    expect(executionText(more, steps, { begins: 'somewhere', mark: '✓' }).split('\n')).toEqual([
      '   0  somewhere: one number',
      '      it is 1',
      '   1  add: 1 to 2',
      '      1 more',
      '      ✓ small: it is large',
      '          (it is small)',
      '',
      'at last',
      '  2'
    ])
    expect(executionText(more, [])).toBe('')
  })
})

describe('a network', () => {
  test('is shown by its fields where nobody has given it words', () => {
    const show = networkShow<null, { readonly id: number; readonly n: number }, { readonly _tag: 'M' }, 'go', 0>('it')
    const world = (n: number, packets: number) => ({
      env: null,
      world: {
        localState: { _tag: 'Def', entries: [[0, { id: 0, n }]] },
        inFlightMsgs: Array.from({ length: packets }, () => ({ src: 0, dst: 1, msg: { _tag: 'M' } })),
        consumedMsgs: []
      }
    })
    const states = [world(1, 0), world(1, 2), world(2, 1)] as never as ReadonlyArray<Parameters<typeof show.state>[0]>
    const [first, second, third] = states
    expect(linesOf(show.state(first!))).toEqual(['node 0  n: 1', 'in flight: nothing'])
    expect(linesOf(show.change!(first!, second!))).toEqual(['in flight: 2 × 0→1 M'])
    expect(linesOf(show.change!(second!, third!))).toEqual(['node 0  n: 2', 'in flight: 0→1 M'])
    expect(show.brief!(second!)).toEqual(['0 n: 1', '0→1 M', '0→1 M'])
  })
})
