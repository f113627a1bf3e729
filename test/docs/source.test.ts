/**
 * The pages that show sources: where the names in their code lead, how it is coloured, and the index of them.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { ROOT } from '../../scripts/docs/pages.js'
import { ordered } from '../../scripts/docs/rooms.js'
import { shownFiles, sourceText } from '../../scripts/docs/site.js'
import { codeBlock, coloured, linesWith } from '../../scripts/docs/source/code.js'
import { definitionsIn, lineAt, parsing, placeOf } from '../../scripts/docs/source/definitions.js'
import { breadcrumbs, footerOf, indexOf, neighbours, purposeOf } from '../../scripts/docs/source/pages.js'
import { htmlOf, sectionsOf, withAddresses } from '../../scripts/docs/source/plugin.js'
import { usesIn } from '../../scripts/docs/source/scopes.js'
import { deep } from '../support/deep.js'

const parse = (text: string): ts.SourceFile => ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true)

/** The names of a text that lead somewhere: `name@line` with the line of its declaration, or the module and what it exports. */
const leading = (...lines: ReadonlyArray<string>): ReadonlyArray<string> => {
  const file = parse(lines.join('\n'))
  return usesIn(file).map(({ start, end, referent }) => {
    const name = file.text.slice(start, end)
    return referent._tag === 'Here'
      ? `${name}@${String(lineAt(file, referent.position))}`
      : `${name}: ${referent.specifier} ${referent.name}`
  })
}

describe('names in code lead', () => {
  test('to what is imported, in the import and wherever it is used', () => {
    expect(
      leading(
        "import d, { a, b as c } from './m.js'",
        "import * as n from './n.js'",
        'export const x = [d, a, c, n.f, n]'
      )
    ).toEqual([
      'd: ./m.js default',
      'a: ./m.js a',
      'b: ./m.js b',
      'c: ./m.js b',
      './m.js: ./m.js *',
      'n: ./n.js *',
      './n.js: ./n.js *',
      'd: ./m.js default',
      'a: ./m.js a',
      'c: ./m.js b',
      'n: ./n.js *',
      'f: ./n.js f',
      'n: ./n.js *'
    ])
  })

  test('to what the file declares outside of functions, before and after', () => {
    expect(
      leading(
        'const f = () => g()',
        'function g(): T { return f() }',
        'interface T { readonly t: U }',
        'type U = typeof f'
      )
    ).toEqual(['g@2', 'T@3', 'f@1', 'U@4', 'f@1'])
  })

  test('to a local declaration if it has a doc comment, and to no other', () => {
    expect(
      leading('const F = () => {', '/** One. */', 'const f = 1', 'const g = 2', 'return { f, g, h: f }', '}')
    ).toEqual(['f@3', 'f@3'])
  })

  test('nowhere from names of properties, of labels, and of declarations', () => {
    expect(
      leading(
        'const a = 1',
        'const o = { a: 2, b() {} }',
        'const { a: c } = o',
        'interface I { a: number; b: (a: string) => void }',
        'a: for (;;) break a',
        'o.a',
        'export { c as a }'
      )
    ).toEqual(['o@2', 'o@2', 'c@3'])
  })

  test.each([
    ['a parameter', 'const f = (a: number) => a'],
    ['a parameter that is taken apart', 'const f = ({ a, x: [b] }: T) => [a, b]'],
    ['a parameter in a type', 'type F = (a: number) => typeof a'],
    ['a local variable, even before it', 'const f = () => { a; const a = 1; return a }'],
    ['a variable of a loop', 'for (const a of []) a'],
    ['what is caught', 'try {} catch (a) { a }'],
    ['a variable of a clause', 'switch (1) { case 1: const a = 1; a }'],
    ['the name of a function in itself', 'f(function a() { a() })'],
    ['a local function', '{ function a() {}; a() }']
  ])('nowhere where %s hides the name', (_, text) => {
    expect(
      leading("import { a, b } from './m.js'", text)
        .slice(3)
        .filter((one) => !one.startsWith('f@'))
    ).toEqual([])
  })

  test.each([
    ['a parameter of a type', 'type F<A> = A | ((a: A) => A)'],
    ['a parameter of a function', 'const f = <A>(x: A): A => x'],
    ['a parameter of an interface', 'interface F<A> { x: A }'],
    ['a key of a mapped type', 'type F = { [A in B]: A }'],
    ['an inferred type', 'type F = B extends (infer A)[] ? A : never'],
    ['a local type', 'const f = () => { type A = 1; return 1 as A }']
  ])('nowhere where %s hides the type', (_, text) => {
    expect(leading("import type { A } from './m.js'", text).slice(2)).toEqual([])
  })

  test('to a type from where a value is hidden, and the other way round', () => {
    expect(leading('type A = 1', 'const f = (A: A): A => A')).toEqual(['A@1', 'A@1'])
    expect(leading('const A = 1', 'const f = <A,>(x: A) => A')).toEqual(['A@1'])
  })
})

describe('a declaration is found', () => {
  const files = new Map([
    ['a/one.ts', 'const inner = 1\nexport const one = 1\nexport { inner as renamed }\nexport default 3\n'],
    [
      'a/two.ts',
      "export * from './one.js'\nexport { one as first } from './one.js'\nexport * as whole from './one.js'\n"
    ],
    ['a/three.ts', "import { one } from './two.js'\nexport { one }\nexport * from './four.js'\n"],
    ['a/four.ts', "export * from './three.js'\nexport const [p, { q }] = f\n"],
    ['b.ts', '']
  ])
  const parsed = parsing((file) => files.get(file))
  const find = (specifier: string, name: string): string | undefined => {
    const place = placeOf(parsed, 'b.ts', { _tag: 'There', specifier, name })
    return place && `${place.file} ${String(place.line)}`
  }

  test.each([
    ['./a/one.js', 'one', 'a/one.ts 2'],
    ['./a/one.js', 'renamed', 'a/one.ts 1'],
    ['./a/one.js', 'default', 'a/one.ts 4'],
    ['./a/one.js', '*', 'a/one.ts undefined'],
    ['./a/two.js', 'one', 'a/one.ts 2'],
    ['./a/two.js', 'first', 'a/one.ts 2'],
    ['./a/two.js', 'whole', 'a/one.ts undefined'],
    ['./a/three.js', 'one', 'a/one.ts 2'],
    ['./a/three.js', 'q', 'a/four.ts 2'],
    ['./a/four.js', 'one', 'a/one.ts 2']
  ])('of %s %s', (specifier, name, place) => {
    expect(find(specifier, name)).toBe(place)
  })

  test('and nothing where there is none: names kept back, circles, packages, files that are not there', () => {
    expect(find('./a/one.js', 'inner')).toBeUndefined()
    expect(find('./a/four.js', 'no')).toBeUndefined()
    expect(find('vue', 'h')).toBeUndefined()
    expect(find('./a/none.js', 'one')).toBeUndefined()
  })

  test('definitions are what is exported, and what has a doc comment', () => {
    const text =
      'export const a = 1, b = 2\nconst c = 3\n/** Of F. It is. */\nconst F = () => {\n  /** G. */\n  type G = 1\n}\n'
    expect(definitionsIn(parse(text))).toEqual([
      { name: 'a', line: 1 },
      { name: 'b', line: 1 },
      { name: 'F', line: 4 },
      { name: 'G', line: 6 }
    ])
  })

  test('every path of a module in the sources leads to a file', () => {
    const real = parsing((file) => (existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), 'utf8') : undefined))
    const sources = shownFiles.filter(
      (file) => /^(spec|invariants|impl)\/.*\.ts$/.test(file) && !file.endsWith('.d.ts')
    )
    let looked = 0
    const lost = sources.flatMap((file) => {
      const source = real(file)
      return (source === undefined ? [] : usesIn(source)).flatMap(({ referent }) => {
        if (referent._tag === 'Here' || !referent.specifier.startsWith('.')) return []
        looked += 1
        return placeOf(real, file, referent) === undefined ? [`${file}: ${referent.specifier} ${referent.name}`] : []
      })
    })
    expect(lost).toEqual([])
    expect(looked).toBeGreaterThan(10_000)
  })
})

describe('code as HTML', () => {
  test('has the colours of what its words are', () => {
    const text = [
      '// so',
      "const f = (x: T) => g(x, 'a', 1n)",
      'return !true ?? `b${c}d`',
      'const n = o.m<U>(undefined as const)'
    ].join('\n')
    expect(linesWith(text, coloured(parse(text)))).toEqual([
      '<span class="c">// so</span>',
      '<span class="k">const</span> <span class="f">f</span> <span class="k">=</span> (<span class="p">x</span>: <span class="f">T</span>) <span class="k">=&gt;</span> <span class="f">g</span>(x, <span class="s">\'a\'</span>, <span class="n">1n</span>)',
      '<span class="k">return</span> <span class="k">!</span><span class="n">true</span> <span class="k">??</span> <span class="s">`b${</span>c<span class="s">}d`</span>',
      '<span class="k">const</span> <span class="n">n</span> <span class="k">=</span> o.<span class="f">m</span>&lt;<span class="f">U</span>&gt;(<span class="n">undefined</span> <span class="k">as</span> <span class="k">const</span>)'
    ])
  })

  test('is the text, whatever the text is', () => {
    const asText = (html: string): string =>
      html
        .replace(/<[^>]*>/g, '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&')
    const files = shownFiles.filter((file) => file.endsWith('.ts'))
    const changed = files.filter((file) => {
      const text = sourceText(file)
      return asText(linesWith(text, coloured(parse(text))).join('\n')) !== text
    })
    expect(changed).toEqual([])
    expect(files.length).toBeGreaterThan(500)
  })

  test('has a piece of more than one line on each', () => {
    expect(linesWith('a /* b\n\n c */', [{ start: 2, end: 13, colour: 'c' }])).toEqual([
      'a <span class="c">/* b</span>',
      '',
      '<span class="c"> c */</span>'
    ])
  })

  test('has its names as links, and of a path what stands between its quotes', () => {
    const text = "f from './m.js'"
    const links = [
      { start: 0, end: 1, address: '/f' },
      { start: 8, end: 14, address: '/m' }
    ]
    expect(
      linesWith(
        text,
        withAddresses(
          [
            { start: 0, end: 1 },
            { start: 7, end: 15, colour: 's' }
          ],
          links
        )
      )
    ).toEqual([
      '<a href="/f">f</a> from <span class="s">\'</span><a href="/m" class="s">./m.js</a><span class="s">\'</span>'
    ])
  })

  test('has an anchor and a number for each line', () => {
    const block = codeBlock('ts', ['a', 'b'])
    expect(block).toContain('<code><span class="line" id="L1">a</span>\n<span class="line" id="L2">b</span></code>')
    expect(block).toContain('aria-hidden="true">1<br>2<br></div>')
  })

  test('of a source leads through an index to the line of a declaration', () => {
    const html = htmlOf('examples/checker.ts')
    const [, address = '', line = ''] = /<a href="(\/source\/[^"#]*)#L(\d+)"[^>]*>exhaustive<\/a>/.exec(html) ?? []
    const declaring = sourceText(`${address.replace('/source/', '')}.ts`).split('\n')[Number(line) - 1]
    expect(declaring).toMatch(/^export const exhaustive\b/)
  })
})

describe('source pages', () => {
  const files = ['CHANGELOG.md', 'spec/a.ts', 'spec/b/c.ts', 'spec/b/d.ts', 'test/x/y.ts']

  test('follow one another in their folders', () => {
    expect(neighbours('spec/b/c.ts', files)).toEqual({ before: undefined, after: 'spec/b/d.ts' })
    expect(neighbours('spec/b/d.ts', files)).toEqual({ before: 'spec/b/c.ts', after: undefined })
    expect(neighbours('none.ts', files)).toEqual({ before: undefined, after: undefined })
    expect(footerOf('spec/prelude/seq.ts')).toEqual({
      prev: { text: 'order.ts', link: '/source/spec/prelude/order' },
      next: { text: 'unionMap.ts', link: '/source/spec/prelude/unionMap' }
    })
  })

  test('say where they are: every folder that the index has is a link', () => {
    expect(breadcrumbs('spec/b/c.ts', files)).toContain(
      '[Source files](/source/) / [spec](/source/#spec) / [b](/source/#spec-b) / c.ts'
    )
    expect(breadcrumbs('test/x/y.ts', files)).toContain('[Source files](/source/) / test / [x](/source/#test-x) / y.ts')
  })

  test('have what a file is for from the comment that it opens with', () => {
    expect(purposeOf('/**\n * What it is. And why.\n */\nimport x')).toBe('What it is.')
    expect(purposeOf('#!/usr/bin/env node\n/** A command. */\n')).toBe('A command.')
    expect(purposeOf("import x from 'x'\n/** Of a declaration. */\n")).toBe('')
  })

  test('are all in the index, by folders, with what each is for', () => {
    const texts = new Map([
      ['spec/README.md', '# spec\n\nWhat is it?\n\nThis.\n'],
      ['spec/a.ts', '/** Of `A<T>` | <b>. More. */\n'],
      ['CHANGELOG.md', '# Changes\n']
    ])
    expect(
      indexOf(files, (file) => texts.get(file))
        .split('\n')
        .slice(4)
    ).toEqual([
      '## spec {#spec}',
      '',
      'What is it?',
      '',
      '| file | what it is for |',
      '| --- | --- |',
      '| [`a.ts`](/source/spec/a) | Of `A<T>` \\| &lt;b>. |',
      '',
      '### spec/b {#spec-b}',
      '',
      '| file | what it is for |',
      '| --- | --- |',
      '| [`c.ts`](/source/spec/b/c) |  |',
      '| [`d.ts`](/source/spec/b/d) |  |',
      '',
      '## test {#test}',
      '',
      '### test/x {#test-x}',
      '',
      '| file | what it is for |',
      '| --- | --- |',
      '| [`y.ts`](/source/test/x/y) |  |',
      '',
      '## The root of the project {#root}',
      '',
      '| file | what it is for |',
      '| --- | --- |',
      '| [`CHANGELOG.md`](/source/CHANGELOG) | Changes |',
      ''
    ])
    const index = indexOf(shownFiles, (file) => (existsSync(join(ROOT, file)) ? sourceText(file) : undefined))
    expect(shownFiles.filter((file) => !index.includes(`](/source/${file.replace(/\.\w+$/, '')})`))).toEqual([])
  })

  test('folders come in the order of their rooms, each before those in it', () => {
    expect(ordered(['impl', 'spec/b', 'a', 'spec', 'invariants/x/y', 'spec/prelude', 'invariants/x'])).toEqual([
      'spec',
      'spec/prelude',
      'spec/b',
      'invariants/x',
      'invariants/x/y',
      'impl',
      'a'
    ])
  })

  test('are found by what they define, at its line; what stands in one line is found together', () => {
    const sections = sectionsOf('spec/blockchain/forests.ts')
    const line =
      sourceText('spec/blockchain/forests.ts')
        .split('\n')
        .findIndex((one) => one.includes('const btExtend =')) + 1
    expect(sections).toContainEqual({
      anchor: `L${String(line)}`,
      titles: ['spec/blockchain/forests.ts', 'btExtend'],
      text: ''
    })
    for (const file of shownFiles) {
      const anchors = sectionsOf(file).map(({ anchor }) => anchor)
      expect(new Set(anchors).size).toBe(anchors.length)
    }
  })
})

test.runIf(deep)('names lead where the type checker says', () => {
  const path = join(ROOT, 'tsconfig.json')
  const { fileNames, options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(path, (file) => readFileSync(file, 'utf8')).config,
    ts.sys,
    ROOT
  )
  const program = ts.createProgram(fileNames, options)
  const checker = program.getTypeChecker()
  const parsed = (file: string): ts.SourceFile | undefined => program.getSourceFile(join(ROOT, file))
  const symbolOf = (node: ts.Identifier): ts.Symbol | undefined => {
    const { parent } = node
    const own = ts.isShorthandPropertyAssignment(parent)
      ? checker.getShorthandAssignmentValueSymbol(parent)
      : ts.isExportSpecifier(parent)
        ? (checker.getExportSpecifierLocalTargetSymbol(parent) ?? checker.getSymbolAtLocation(node))
        : checker.getSymbolAtLocation(node)
    return own !== undefined && (own.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(own) : own
  }
  const placesOf = (node: ts.Identifier): ReadonlyArray<string> =>
    (symbolOf(node)?.declarations ?? []).map((declaration) => {
      const source = declaration.getSourceFile()
      const name = ts.getNameOfDeclaration(declaration) ?? declaration
      const line = ts.isSourceFile(declaration) ? undefined : lineAt(source, name.getStart(source))
      return `${relative(ROOT, source.fileName)} ${String(line)}`
    })
  const wrong: string[] = []
  let compared = 0
  for (const file of shownFiles) {
    const source = file.endsWith('.ts') ? parsed(file) : undefined
    if (source === undefined) continue
    const uses = new Map(usesIn(source).map((use) => [use.start, use]))
    const visit = (node: ts.Node): void => {
      const use = ts.isIdentifier(node) ? uses.get(node.getStart(source)) : undefined
      const place = use && placeOf(parsed, file, use.referent)
      if (ts.isIdentifier(node) && place !== undefined) {
        compared += 1
        const found = `${place.file} ${String(place.line)}`
        if (!placesOf(node).includes(found))
          wrong.push(`${file} ${String(lineAt(source, node.getStart(source)))}: ${found}`)
      }
      ts.forEachChild(node, visit)
    }
    visit(source)
  }
  expect(wrong).toEqual([])
  expect(compared).toBeGreaterThan(40_000)
})
