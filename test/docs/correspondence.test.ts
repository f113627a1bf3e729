/**
 * The correspondence table: complete, true to the Coq development, fresh, and able to fail in each of these ways.
 */
import { describe, expect, test } from 'vitest'
import { BYTHOS, correspondence } from '../../scripts/docs/correspondence.js'
import {
  BYTHOS_CORRESPONDENCE,
  bythosIndex,
  bythosReasons,
  CORRESPONDENCE,
  coqIndex,
  read,
  reasons,
  sources
} from '../../scripts/docs/pages.js'
import { firstSentence, tagsOf } from '../../scripts/docs/tags.js'
import type { Source } from '../../scripts/docs/tags.js'

const index = coqIndex()
const given = sources()

/** The sources with one replacement in one file, which must be there. */
const edited = (file: string, from: string, to: string): ReadonlyArray<Source> => {
  const before = given.find((s) => s.file === file)
  expect(before?.text).toContain(from)
  return given.map((s) => (s.file === file ? { file, text: s.text.replace(from, to) } : s))
}

const problemsOf = (some: ReadonlyArray<Source>): ReadonlyArray<string> =>
  correspondence(index, some, reasons()).problems

describe('the correspondence table', () => {
  test('every declaration of the Coq development has a row, and every tag names one', () => {
    expect(problemsOf(given)).toEqual([])
  })

  test('the page is what the tags say', () => {
    expect(correspondence(index, given, reasons()).page === read(CORRESPONDENCE), 'run `npm run docs:generate`').toBe(
      true
    )
  })

  test('it has one row for each of the 609 declarations', () => {
    const rows = (read(CORRESPONDENCE) ?? '').split('\n').filter((line) => /^\| \[\d+\]/.test(line))
    expect(index.entries).toHaveLength(609)
    expect(rows).toHaveLength(609)
  })

  test('it is incomplete where a tag is missing', () => {
    const without = edited('spec/blockchain/forests.ts', '   * @coq Structures/Forests.v btExtend\n', '')
    expect(problemsOf(without)).toEqual([
      expect.stringContaining('Structures/Forests.v:17: Definition btExtend has no row'),
      expect.stringContaining('Structures/Forests.v:301: Definition btExtend has no row')
    ])
  })

  test('it is wrong where a tag names nothing', () => {
    const misspelt = edited('spec/blockchain/invMisc.ts', 'v has_bt\n', 'v has_bt has_tb\n')
    expect(problemsOf(misspelt)).toEqual([
      expect.stringMatching(
        /^spec\/blockchain\/invMisc.ts:\d+: the tag `@coq Properties\/InvMisc.v has_tb` names nothing/
      )
    ])
  })

  test('it is stale where a line has moved', () => {
    const moved = edited('spec/blockchain/types.ts', '/**', '\n/**')
    expect(correspondence(index, moved, reasons()).page).not.toBe(read(CORRESPONDENCE))
  })

  test('a reason is refused for what has a counterpart, and for what does not exist', () => {
    const file = 'Structures/Forests.v'
    const more = { ...reasons(), names: [{ file, names: ['btExtend', 'btShrink'], reason: 'none' }] }
    const { problems } = correspondence(index, given, more)
    expect(problems).toContain(
      'scripts/docs/reasons.json: Structures/Forests.v btExtend has a counterpart, and needs no reason'
    )
    expect(problems).toContain(
      'scripts/docs/reasons.json: Structures/Forests.v btShrink is nothing in the Coq development'
    )
  })

  test('an axiom of the parameters is not excused as a lemma', () => {
    const without = edited('invariants/blockchain/laws.ts', ' * @coq Structures/Parameters.v FCR_rel\n', '').map(
      (s) => ({
        ...s,
        text: s.file.includes('/lemmas/') ? '' : s.text
      })
    )
    const problems = problemsOf(without)
    expect(problems.filter((problem) => !problem.includes(': Lemma '))).toEqual([
      expect.stringContaining('Axiom FCR_rel has no row')
    ])
    // Nor is a lemma excused that has no row in the ledger: here none has but one, which an invariant answers to as well.
    expect(problems.filter((problem) => problem.includes(': Lemma '))).toHaveLength(263)
  })
})

describe('the correspondence table of Bythos', () => {
  const of = (some: ReadonlyArray<Source>) => correspondence(bythosIndex(), some, bythosReasons(), BYTHOS)

  test('is complete, true, and fresh, and has a row for each of its 129 declarations', () => {
    const { page, problems } = of(given)
    expect(problems).toEqual([])
    expect(page === read(BYTHOS_CORRESPONDENCE), 'run `npm run docs:generate`').toBe(true)
    expect(page.split('\n').filter((line) => /^\| \[\d+\]/.test(line))).toHaveLength(129)
  })

  test('says where a tag is missing or names nothing, and sees no tags of Toychain', () => {
    const tag = ' * @bythos Systems/Network.v num_byz\n'
    expect(of(edited('spec/system/bythos.ts', tag, '')).problems).toEqual([
      'Systems/Network.v:16: Definition num_byz has no row: tag its counterpart with `@bythos Systems/Network.v num_byz`, ' +
        'or give a reason in scripts/docs/bythosReasons.json'
    ])
    expect(of(edited('spec/system/bythos.ts', tag, ' * @bythos Systems/Network.v num_byz byz\n')).problems).toEqual([
      expect.stringMatching(/^spec\/system\/bythos.ts:\d+: the tag `@bythos Systems\/Network.v byz` names nothing/)
    ])
    expect(of(edited('spec/system/network.ts', ' * @coq Systems/Network.v PacketSoup\n', '')).problems).toEqual([])
  })
})

describe('tags', () => {
  const read1 = (text: string) => tagsOf({ file: 'a.ts', text })

  test('names may have primes, and notations stand in double quotes', () => {
    const { tags, problems } = read1(
      `/**\n * A.\n * @coq F.v valid_chain' "# b" "'[' bc1 '<<<' bc2 ']'"\n * @coq G.v x\n */\nexport const a = 1\n`
    )
    expect(problems).toEqual([])
    expect(tags.map(({ coqFile, coqName }) => [coqFile, coqName])).toEqual([
      ['F.v', "valid_chain'"],
      ['F.v', '# b'],
      ['F.v', "'[' bc1 '<<<' bc2 ']'"],
      ['G.v', 'x']
    ])
    expect(tags[0]?.counterpart).toEqual({ file: 'a.ts', line: 6, name: 'a', sentence: 'A.' })
  })

  test('a counterpart is named with the declarations around it', () => {
    const { tags } = read1(
      `export const F = () => {\n  /** One. @not a tag\n   * @coq F.v f */\n  const f = 1\n  return { f }\n}\n` +
        `interface I {\n  /** @coq F.v g */\n  readonly g: string\n}\n`
    )
    expect(tags.map(({ counterpart: { name, line } }) => [name, line])).toEqual([
      ['F.f', 4],
      ['I.g', 9]
    ])
  })

  test('a tag without a name, with an open quote, or before no declaration is refused', () => {
    const { tags, problems } = read1(
      `/** @coq F.v */\nconst a = 1\n/** @coq F.v "b */\nconst b = 1\n/** @coq F.v c */\nfoo(a, b)\n`
    )
    expect(tags).toEqual([])
    expect(problems).toEqual([
      'a.ts:2: `@coq F.v` is not of the form `@coq FILE NAME …`',
      'a.ts:4: `@coq F.v "b` is not of the form `@coq FILE NAME …`',
      'a.ts:5: a comment with a @coq tag stands before no declaration'
    ])
  })

  test('a sentence ends at a full stop before a capital, not at every full stop', () => {
    expect(firstSentence('/** Of F.v the first. And more. */')).toBe('Of F.v the first.')
    expect(firstSentence('/**\n * Two\n * lines (as here). `more`\n */')).toBe('Two lines (as here).')
    expect(firstSentence('/**\n * No full stop\n *\n * Next.\n */')).toBe('No full stop')
    expect(firstSentence('/** @coq F.v f */')).toBe('')
  })
})
