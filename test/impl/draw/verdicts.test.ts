/**
 * Maps of verdicts: as text and as pictures, with the boundary that a theorem foretells.
 */
import { expect, test } from 'vitest'
import { drawVerdicts, verdictsText } from '../../../impl/draw/index.js'
import type { VerdictMap } from '../../../impl/draw/index.js'

const map: VerdictMap = {
  title: 'A map',
  key: ['✓ it holds'],
  tables: [
    {
      title: 'N = 3',
      columns: ['q = 1', 'q = 2', 'q = 3'],
      rows: [
        {
          name: 'f = 1',
          cells: [
            { verdict: 'violated', steps: 12, foretold: false },
            { verdict: 'unknown', foretold: true },
            { verdict: 'holds', foretold: true }
          ]
        },
        { name: 'f = 2', cells: [{ verdict: 'violated', foretold: false }] }
      ]
    }
  ]
}

test('as text each cell has a sign, and a bar stands where the theorem says that it begins to hold', () => {
  expect(verdictsText(map).split('\n')).toEqual([
    'A map',
    '',
    'N = 3    q = 1  q = 2  q = 3',
    'f = 1    ✗ 12 ┃ ·      ✓',
    'f = 2    ✗',
    '',
    '✓ it holds'
  ])
})

test('as a picture each cell has a sign besides its colour, and its text is there for those who do not see it', () => {
  const svg = drawVerdicts(map)
  expect(svg).toContain(`<desc>${verdictsText(map)}</desc>`)
  const body = svg.slice(svg.indexOf('<rect')).trimEnd().split('\n').slice(1, -1)
  expect(body).toEqual([
    '<text x="10" y="18" class="title">A map</text>',
    '<text x="10" y="48" class="strong">N = 3</text>',
    '<text x="139" y="48" class="name small quiet">q = 1</text>',
    '<text x="181" y="48" class="name small quiet">q = 2</text>',
    '<text x="223" y="48" class="name small quiet">q = 3</text>',
    '<text x="10" y="78" class="small">f = 1</text>',
    '<rect class="violated" x="120" y="62" width="38" height="24" rx="3"/>',
    '<text x="139" y="78" class="cell strong wrong">✗ 12</text>',
    '<rect class="unknown" x="162" y="62" width="38" height="24" rx="3"/>',
    '<text x="181" y="78" class="cell strong">·</text>',
    '<rect class="holds" x="204" y="62" width="38" height="24" rx="3"/>',
    '<text x="223" y="78" class="cell strong right">✓</text>',
    '<line class="boundary" x1="160" y1="60" x2="160" y2="88"/>',
    '<text x="10" y="106" class="small">f = 2</text>',
    '<rect class="violated" x="120" y="90" width="38" height="24" rx="3"/>',
    '<text x="139" y="106" class="cell strong wrong">✗</text>',
    '<text x="10" y="144" class="small">✓ it holds</text>'
  ])
})

test('a table of more columns makes it wider', () => {
  const columns = Array.from({ length: 9 }, (_, i) => String(i))
  expect(drawVerdicts({ ...map, tables: [{ title: '', columns, rows: [] }] })).toContain('width="506"')
  expect(drawVerdicts({ ...map, tables: [] })).toContain('width="342"')
})
