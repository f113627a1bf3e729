/**
 * Every folder with sources has a head, and the tree of the rooms is made of the heads.
 */
import { describe, expect, test } from 'vitest'
import { read, rooms } from '../../scripts/docs/pages.js'
import { problemsOf, questionOf, treeOf } from '../../scripts/docs/rooms.js'

const head = (folder: string, question = 'What is it?', paragraph = 'This, and not that.'): string =>
  `# ${folder}\n\n${question}\n\n${paragraph}\n`

test.each(rooms())('$folder has a head that says what question it answers', (room) => {
  expect(questionOf(room)).toMatch(/^[A-Z].+[?.]$/)
})

describe('a head', () => {
  test('has a heading, a sentence, and a paragraph', () => {
    expect(questionOf({ folder: 'spec/a', head: head('spec/a') })).toBe('What is it?')
  })

  test.each([
    ['another heading', head('spec/b')],
    ['no sentence', head('spec/a', '', '')],
    ['half a sentence', head('spec/a', 'what it is')],
    ['no paragraph', head('spec/a', 'What is it?', '')]
  ])('with %s is none', (_, text) => {
    expect(problemsOf([{ folder: 'spec/a', head: text }])).toEqual([
      expect.stringContaining('spec/a/README.md: is no head; expected the heading # spec/a')
    ])
  })

  test('that is not there is missed', () => {
    expect(problemsOf([{ folder: 'spec/a', head: undefined }])).toEqual([
      expect.stringContaining('spec/a/README.md: is missing')
    ])
    expect(problemsOf([{ folder: 'spec/a', head: head('spec/a') }])).toEqual([])
  })
})

describe('the tree of the rooms', () => {
  test('has each room below the one that it is in, in the order in which they build on each other, then by name', () => {
    const all = ['impl', 'spec', 'spec/blockchain', 'spec/system', 'spec/prelude', 'spec/byzantine', 'impl/b', 'impl/a']
    expect(treeOf(all.map((folder) => ({ folder, head: head(folder, `${folder}?`.replace(/^./, 'X')) })))).toBe(
      [
        'spec/          Xpec?',
        '  prelude/     Xpec/prelude?',
        '  system/      Xpec/system?',
        '  blockchain/  Xpec/blockchain?',
        '  byzantine/   Xpec/byzantine?',
        'impl/          Xmpl?',
        '  a/           Xmpl/a?',
        '  b/           Xmpl/b?'
      ].join('\n')
    )
  })

  test('is on the page about the architecture', () => {
    expect(read('docs/architecture.md')).toContain(treeOf(rooms()))
  })
})
