/**
 * Three compilers agree on what is a proof: TypeScript 5.9 (which `tsd` brings), 6.0 and 7. Each emits its own
 * declarations of the kernel, and is given every case against them.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { ROOT } from '../../../scripts/docs/pages.js'
import { cases, prelude } from './cases.js'

const modules = join(ROOT, 'node_modules')

/** The compilers, with the versions that they must have. */
const compilers = [
  ['5.9', join(modules, '@tsd/typescript/typescript/bin/tsc')],
  ['6.0', join(modules, 'typescript/bin/tsc')],
  ['7.0', join(dirname(fileURLToPath(import.meta.resolve('@typescript/native-preview/package.json'))), 'bin/tsgo')]
] as const

const options = {
  target: 'es2023',
  lib: ['es2023'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  types: []
}

/** What a compiler prints, started in a folder. */
const run = (cwd: string, compiler: string, ...args: ReadonlyArray<string>): Promise<string> =>
  new Promise((resolve) => {
    execFile(process.execPath, [compiler, ...args], { cwd, maxBuffer: 2 ** 24 }, (_error, out, err) => {
      resolve(`${out}${err}`)
    })
  })

const fileOf = (i: number): string => `case${String(i)}.ts`

/** The cases that a compiler refuses, by their numbers, with what it says. */
const refused = async (compiler: string): Promise<ReadonlyMap<number, string>> => {
  const folder = mkdtempSync(join(tmpdir(), 'blockforest-compilers-'))
  symlinkSync(modules, join(folder, 'node_modules'))
  const config = (file: string, content: unknown): void => {
    writeFileSync(join(folder, file), JSON.stringify(content))
  }
  config('package.json', { type: 'module' })
  config('emit.json', {
    compilerOptions: {
      ...options,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: ROOT,
      outDir: join(folder, 'emitted'),
      typeRoots: []
    },
    files: ['test/support/proofs.ts', 'invariants/proof/lemma.ts', 'invariants/proof/such.ts'].map((file) =>
      join(ROOT, file)
    )
  })
  const emitting = await run(folder, compiler, '-p', 'emit.json', '--pretty', 'false')
  expect(emitting).toBe('')
  expect(readdirSync(join(folder, 'emitted/invariants/proof'))).toContain('kernel.d.ts')

  const head = prelude
    .replaceAll("'kernel'", "'./emitted/invariants/proof/kernel.js'")
    .replaceAll("'such'", "'./emitted/invariants/proof/such.js'")
    .replaceAll("'lemma'", "'./emitted/invariants/proof/lemma.js'")
    .replaceAll("'sort'", "'./emitted/invariants/proof/sort.js'")
    .replaceAll("'numbers'", "'./emitted/test/support/proofs.js'")
  cases.forEach(({ code }, i) => {
    writeFileSync(join(folder, fileOf(i)), `${head}${code}\n}\n`)
  })
  config('check.json', { compilerOptions: { ...options, noEmit: true }, files: cases.map((_, i) => fileOf(i)) })
  const output = await run(folder, compiler, '-p', 'check.json', '--pretty', 'false')
  const errors = [...output.matchAll(/^case(\d+)\.ts\(\d+,\d+\): (error TS\d+: .*)$/gm)]
  expect(output.split('\n').filter((line) => line.includes('error TS') && !/^case\d+\.ts/.test(line))).toEqual([])
  return new Map(errors.map(([, i = '', message = '']) => [Number(i), message]))
}

describe.each(compilers)('TypeScript %s', { timeout: 5 * 60_000 }, (version, compiler) => {
  test('is the compiler that it should be', async () => {
    expect(await run(ROOT, compiler, '--version')).toMatch(new RegExp(`^Version ${version.replace('.', '\\.')}\\.`))
  })

  test('accepts what is a proof, and refuses what is none', async () => {
    const errors = await refused(compiler)
    expect(
      cases.flatMap(({ says, compiles }, i) =>
        compiles === errors.has(i) ? [`${says}: ${errors.get(i) ?? 'compiles'}`] : []
      )
    ).toEqual([])
  })
})

test('the cases say different things', () => {
  expect(new Set(cases.map(({ says }) => says)).size).toBe(cases.length)
  expect(cases.filter(({ compiles }) => compiles).length).toBeGreaterThan(15)
})
