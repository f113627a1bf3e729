/**
 * What the pages and the comments claim, as far as a script can tell: numbers of lemmas, files, commands and their options.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { coqIndex, read, ROOT, rooms, sources, writtenPages } from '../../scripts/docs/pages.js'
import { catalogue, nameOf } from '../../invariants/systems/index.js'
import { blockforest } from '../support/command.js'

const pages = [...new Set([...writtenPages(), ...rooms().map(({ folder }) => `${folder}/README.md`)])]
const textOf = (file: string): string => read(file) ?? ''

/** A page without its fenced blocks. */
const prose = (file: string): string => textOf(file).replace(/^```.*?^```/gms, '')

describe('numbers of lemmas', () => {
  /** The first paragraph of the ledger, which `lemmas.test.ts` holds to what was computed. */
  const [, lemmas, statements, derived, exhaustive, random] = (
    /those of its extraction too: (\d+) for its (\d+) statements.* (\d+) are derived from others, (\d+) more .*, and (\d+) on random/.exec(
      textOf('docs/lemmas.md')
    ) ?? []
  ).map(Number)

  test('the ledger counts all statements of the Coq development', () => {
    expect(statements).toBe(coqIndex().entries.filter(({ kind }) => kind === 'Lemma').length)
    expect((derived ?? 0) + (exhaustive ?? 0) + (random ?? 0)).toBe(lemmas)
  })

  test('README.md has those of the ledger', () => {
    const page = textOf('README.md')
    expect(page).toContain(`| ${String(derived)} of the ${String(lemmas)} lemmas of the Coq development`)
    expect(page).toContain(
      `the other ${String((lemmas ?? 0) - (derived ?? 0))} lemmas, ${String(exhaustive)} of them on all inputs`
    )
  })

  test('every page that counts lemmas or statements has one of these', () => {
    const known = [lemmas, statements, derived, (lemmas ?? 0) - (derived ?? 0)]
    const counted = pages.flatMap((file) =>
      [...prose(file).matchAll(/\b(\d+) (?:lemmas|lemma statements|statements) of the Coq development/g)].map(
        ({ 1: n }) => [file, Number(n)] as const
      )
    )
    expect(counted.length).toBeGreaterThan(1)
    expect(counted.filter(([, n]) => !known.includes(n))).toEqual([])
  })
})

describe('files', () => {
  const FILE = /`((?:spec|invariants|impl|test|test-d|scripts|examples|docs|bench)\/[\w./-]*)`/g
  /** What a build makes. */
  const BUILT = ['docs/.vitepress/dist']
  const missing = (text: string): ReadonlyArray<string> =>
    [...text.matchAll(FILE)].flatMap(({ 1: file = '' }) =>
      existsSync(join(ROOT, file)) || BUILT.includes(file) ? [] : [file]
    )

  test.each(pages)('that %s names exist', (page) => {
    expect(missing(prose(page))).toEqual([])
  })

  test('that comments name exist', () => {
    const found = sources().flatMap(({ file, text }) =>
      [...text.matchAll(/\/\*\*[\s\S]*?\*\/|\/\/.*/g)].flatMap(([comment]) =>
        missing(comment).map((name) => [file, name])
      )
    )
    expect(found).toEqual([])
  })

  test('that do not exist would be found', () => {
    expect(missing('`spec/blockchain/forest.ts` and `spec/blockchain/forests.ts`')).toEqual([
      'spec/blockchain/forest.ts'
    ])
  })
})

describe('commands', () => {
  /** All that stands in backticks or in a block. */
  const code = (file: string): ReadonlyArray<string> =>
    [...textOf(file).matchAll(/`([^`\n]+)`|^\$ (.+)$|^(np[mx] .+)$/gm)].map(([, a, b, c]) => a ?? b ?? c ?? '')
  const commands = (pattern: RegExp): ReadonlyArray<readonly [string, string]> =>
    pages.flatMap((file) =>
      code(file).flatMap((line) => [...line.matchAll(pattern)].map(({ 1: name = '' }) => [file, name] as const))
    )

  test('npm scripts that pages name exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly scripts: object }
    const named = commands(/\bnpm run (?:-s )?([\w:-]+)/g)
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter(([, name]) => !(name in scripts))).toEqual([])
  })

  test('files that commands run exist', () => {
    const run = commands(/\bnpx (?:vitest run|tsx) ([\w./-]+)/g)
    expect(run.length).toBeGreaterThan(10)
    expect(run.filter(([, file]) => !existsSync(join(ROOT, file)))).toEqual([])
  })

  describe('of blockforest', () => {
    const help = new Map<string, string>()
    const helped = /^ {2}([a-z]+)/gm
    beforeAll(async () => {
      const { out } = await blockforest('--help')
      for (const [, name = ''] of out.slice(out.indexOf('Commands:')).matchAll(helped))
        help.set(name, (await blockforest(name, '--help')).out)
      // Systems have options of their own.
      for (const system of catalogue.map(nameOf))
        help.set(`check ${system}`, (await blockforest('check', system, '--help')).out)
    }, 120_000)

    test('are known, with their options', () => {
      const lines = pages.flatMap((file) =>
        code(file).flatMap((line) =>
          [...line.matchAll(/\bblockforest ([a-z]+)((?: +[^\s|;&]+)*)/g)].map(([, name = '', rest = '']) => ({
            file,
            name,
            system: /^ +([a-z]+(?:\/[a-z]+)?)\b/.exec(rest)?.[1],
            options: [...rest.matchAll(/(?<=\s)--[a-z-]+/g)].map(([option]) => option)
          }))
        )
      )
      expect(lines.length).toBeGreaterThan(20)
      const unknown = lines.flatMap(({ file, name, system, options }) => {
        const text = help.get(system === undefined ? name : `${name} ${system}`) ?? help.get(name)
        if (text === undefined) return [[file, name]]
        return options.filter((option) => !text.includes(option)).map((option) => [file, `${name} ${option}`])
      })
      expect(unknown).toEqual([])
    })
  })
})
