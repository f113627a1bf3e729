import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  changesOf,
  choice,
  count,
  decodeForm,
  entriesOf,
  flagsOf,
  group,
  initialOf,
  optionalChoice,
  optionalCount,
  parseEntry,
  text,
  toggle,
  valueAt,
  withFlags
} from '../../../invariants/systems/index.js'
import type { Form } from '../../../invariants/systems/index.js'

interface Parameters {
  readonly nodes: number
  readonly isLoud: boolean
  readonly tone: 'plain' | 'rude'
  readonly words: string
  readonly limit?: number
  readonly edition?: 'old'
  readonly faults: { readonly losses: number; readonly cuts: number }
}

const form: Form<Parameters> = {
  nodes: count({ says: 'nodes', initial: 2, least: 1, most: 9 }),
  isLoud: toggle({ says: 'it is loud', flag: 'loud' }),
  tone: choice({ says: 'the tone', among: ['plain', 'rude'] }),
  words: text({ says: 'the words', initial: 'a b' }),
  limit: optionalCount({ says: 'a limit', most: 5, otherwise: 'no limit' }),
  edition: optionalChoice({ says: 'an edition', among: ['old'] }),
  faults: group({ losses: count({ says: 'losses', initial: 0 }), cuts: count({ says: 'cuts', initial: 1 }) })
}

const initial: Parameters = {
  nodes: 2,
  isLoud: false,
  tone: 'plain',
  words: 'a b',
  faults: { losses: 0, cuts: 1 }
}

/** Configurations of the form. */
const configurations: fc.Arbitrary<Parameters> = fc.record(
  {
    nodes: fc.integer({ min: 1, max: 9 }),
    isLoud: fc.boolean(),
    tone: fc.constantFrom('plain', 'rude'),
    words: fc.string(),
    limit: fc.integer({ min: 0, max: 5 }),
    edition: fc.constant('old' as const),
    faults: fc.record({ losses: fc.nat(1_000_000), cuts: fc.nat(1_000_000) })
  },
  { requiredKeys: ['nodes', 'isLoud', 'tone', 'words', 'faults'] }
)

describe('a form', () => {
  test('lists its fields in order, with their flags and what they are when left out', () => {
    expect(
      entriesOf(form).map(({ path, flag, otherwise, isOptional, isGrouped }) => [
        path.join('.'),
        flag,
        otherwise,
        isOptional,
        isGrouped
      ])
    ).toEqual([
      ['nodes', 'nodes', '2', false, false],
      ['isLoud', 'loud', 'off', false, false],
      ['tone', 'tone', 'plain', false, false],
      ['words', 'words', 'a b', false, false],
      ['limit', 'limit', 'no limit', true, false],
      ['edition', 'edition', 'none', true, false],
      ['faults.losses', 'losses', '0', false, true],
      ['faults.cuts', 'cuts', '1', false, true]
    ])
  })

  test('has its initial configuration, which lacks what may be lacking', () => {
    expect(initialOf(form)).toEqual(E.right(initial))
    expect(decodeForm(form, { faults: {} })).toEqual(E.right(initial))
  })

  test('reads what it writes', () => {
    fc.assert(
      fc.property(configurations, (c) => {
        expect(decodeForm(form, JSON.parse(JSON.stringify(c)))).toEqual(E.right(c))
      })
    )
  })

  test.each([
    [null, 'expected a record, found null'],
    [[], 'expected a record, found []'],
    [{ nodes: 0 }, 'nodes: expected a whole number from 1 to 9, found 0'],
    [{ nodes: 1.5 }, 'nodes: expected a whole number from 1 to 9, found 1.5'],
    [{ nodes: '2' }, 'nodes: expected a whole number from 1 to 9, found "2"'],
    [{ isLoud: 1 }, 'isLoud: expected true or false, found 1'],
    [{ tone: 'Rude' }, 'tone: expected one of plain, rude, found "Rude"'],
    [{ words: 1 }, 'words: expected a text, found 1'],
    [{ edition: 'new' }, 'edition: expected old, found "new"'],
    [{ limit: 6 }, 'limit: expected a whole number from 0 to 5, found 6'],
    [{ limit: null }, 'limit: expected a whole number from 0 to 5, found null'],
    [{ faults: 1 }, 'faults: expected a record, found 1'],
    [{ faults: { losses: -1 } }, 'faults.losses: expected a whole number from 0 to 1000000, found -1'],
    [{ faults: { loss: 1 } }, 'faults: there is no parameter loss; there are losses, cuts'],
    [{ node: 1 }, 'there is no parameter node; there are nodes, isLoud, tone, words, limit, edition, faults']
  ])('refuses %j', (u, why) => {
    expect(decodeForm(form, u)).toEqual(E.left(why))
  })

  test('knows no names but its own, not even those that all objects have', () => {
    expect(valueAt(initial, ['constructor'])).toBeUndefined()
    expect(decodeForm(form, JSON.parse('{"__proto__": {"nodes": 3}}'))).toEqual(
      E.left('there is no parameter __proto__; there are nodes, isLoud, tone, words, limit, edition, faults')
    )
  })
})

describe('a field that means something with one choice only', () => {
  interface Levels {
    readonly level: 'a' | 'b'
    readonly voters: number
    readonly nodes: number
    readonly soup?: 'bag'
  }
  const b = { only: { field: 'level', is: 'b' } }
  const levels: Form<Levels> = {
    level: choice({ says: 'the level', among: ['a', 'b'] }),
    voters: count({ says: 'voters', initial: 3, only: { field: 'level', is: 'a' } }),
    nodes: count({ says: 'nodes', initial: 3, ...b }),
    soup: optionalChoice({ says: 'the soup', among: ['bag'], ...b })
  }
  const given = (...all: ReadonlyArray<readonly [string, unknown]>) => new Map<string, unknown>(all)
  const atA: Levels = { level: 'a', voters: 4, nodes: 3 }
  const atB: Levels = { level: 'b', voters: 3, nodes: 5, soup: 'bag' }

  test('says with which', () => {
    expect(entriesOf(levels).map(({ says }) => says)).toEqual([
      'the level',
      'with --level a: voters',
      'with --level b: nodes',
      'with --level b: the soup'
    ])
  })

  test('is refused with another, also where it is given as it is initially', () => {
    const idle = (flag: string, level: string) =>
      E.left(`--${flag} means something only with --level ${level}: leave it out`)
    expect(withFlags(levels, atA, given(['nodes', 3]))).toEqual(idle('nodes', 'b'))
    expect(withFlags(levels, atA, given(['soup', 'bag']))).toEqual(idle('soup', 'b'))
    expect(withFlags(levels, atB, given(['voters', 3]))).toEqual(idle('voters', 'a'))
    expect(withFlags(levels, atA, given(['level', 'b'], ['voters', 3]))).toEqual(idle('voters', 'a'))
    expect(withFlags(levels, atA, given(['level', 'b'], ['nodes', 4]))).toEqual(
      E.right({ level: 'b', voters: 3, nodes: 4 })
    )
    expect(withFlags(levels, atB, given(['level', 'a']))).toEqual(E.right({ level: 'a', voters: 3, nodes: 3 }))
  })

  test('is no part of a configuration with another', () => {
    expect([decodeForm(levels, atA), decodeForm(levels, atB)]).toEqual([E.right(atA), E.right(atB)])
    expect(decodeForm(levels, { level: 'b', voters: 4 })).toEqual(
      E.left('voters means something only with --level a: leave it out')
    )
    expect(decodeForm(levels, { soup: 'bag' })).toEqual(
      E.left('soup means something only with --level b: leave it out')
    )
  })

  test('is not written with another', () => {
    expect([flagsOf(levels, atA), flagsOf(levels, atA, atB)]).toEqual([
      ['--level a', '--voters 4'],
      ['--level a', '--voters 4']
    ])
    expect(flagsOf(levels, atB)).toEqual(['--level b', '--nodes 5', '--soup bag'])
    expect(changesOf(levels, { level: 'b', voters: 3, nodes: 3 })).toEqual(['--level b', '--nodes 3'])
  })
})

describe('options of the command line', () => {
  /** The value of each flag in words of a command line, as a shell and the command read them. */
  const read = (words: ReadonlyArray<string>): ReadonlyMap<string, unknown> =>
    new Map(
      words.map((word) => {
        const [, negated, flag = '', quoted, plain] = /^--(no-)?([a-z-]+)(?: (?:'([^]*)'|([^']*)))?$/.exec(word) ?? []
        if (negated !== undefined) return [flag, false] as const
        const entry = entriesOf(form).find((one) => one.flag === flag)!
        const value = quoted?.replaceAll("'\\''", "'") ?? plain
        if (value === undefined) return [flag, true] as const
        const parsed = parseEntry(entry, value)
        if (E.isLeft(parsed)) throw new Error(parsed.left)
        return [flag, parsed.right] as const
      })
    )

  test('say what a configuration is', () => {
    expect(
      flagsOf(form, { ...initial, isLoud: true, limit: 0, words: "it's", faults: { losses: 2, cuts: 1 } })
    ).toEqual(['--nodes 2', '--loud', '--tone plain', "--words 'it'\\''s'", '--limit 0', '--losses 2'])
  })

  test('lead back to the configuration', () => {
    fc.assert(
      fc.property(configurations, (c) => {
        expect(withFlags(form, initial, read(flagsOf(form, c)))).toEqual(E.right(c))
      })
    )
  })

  test('lead to the configuration from any other, if they are told which', () => {
    fc.assert(
      fc.property(configurations, configurations, (base, c) => {
        expect(withFlags(form, base, read(flagsOf(form, c, base)))).toEqual(E.right(c))
      })
    )
    const base: Parameters = { ...initial, isLoud: true, limit: 2, faults: { losses: 1, cuts: 2 } }
    expect(flagsOf(form, initial, base)).toEqual([
      '--nodes 2',
      '--no-loud',
      '--tone plain',
      "--words 'a b'",
      '--limit none',
      '--losses 0',
      '--cuts 1'
    ])
    expect(changesOf(form, { ...initial, nodes: 3 })).toEqual(['--nodes 3'])
  })

  test('change a configuration where they are given', () => {
    const base: Parameters = { ...initial, nodes: 3, limit: 4 }
    expect(withFlags(form, base, new Map<string, unknown>([['losses', 1]]))).toEqual(
      E.right({ ...base, faults: { losses: 1, cuts: 1 } })
    )
    expect(withFlags(form, base, new Map<string, unknown>([['nodes', 10]]))).toEqual(
      E.left('nodes: expected a whole number from 1 to 9, found 10')
    )
  })

  test('are read as the field has them', () => {
    const [nodes, , tone, words] = entriesOf(form)
    expect([parseEntry(nodes!, '3'), parseEntry(tone!, 'rude'), parseEntry(words!, '3')]).toEqual([
      E.right(3),
      E.right('rude'),
      E.right('3')
    ])
    for (const malformed of ['', ' 3', '3.0', '1e1', '0x3', '+3', '-3', '10'])
      expect(parseEntry(nodes!, malformed)).toEqual(E.left('expected a whole number from 1 to 9'))
  })
})
