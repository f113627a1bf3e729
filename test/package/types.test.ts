/**
 * The types of the package are read by TypeScript 5.4 and later, every declaration being checked, and are found by every
 * way of resolving modules. A deep run tries each version in between, which it installs from npm.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readableByOlder } from '../../scripts/declarations.js'
import { ROOT } from '../../scripts/docs/pages.js'
import { deep } from '../support/deep.js'
import { entryPoints, installTypes, manifest } from '../support/package.js'

const MINUTES = 60_000

const folder = mkdtempSync(join(tmpdir(), 'blockforest-types-'))

beforeAll(async () => {
  await installTypes(folder)
  const lines = entryPoints.map(([path], i) => `import * as m${String(i)} from '${join(manifest.name, path)}'`)
  const used = entryPoints.map((_, i) => `m${String(i)}`).join(', ')
  writeFileSync(join(folder, 'all.ts'), `${lines.join('\n')}\nexport const all = [${used}]\n`)
  // A value whose type is looked into: with a declaration that is not found it would be \`any\`, and no error.
  writeFileSync(
    join(folder, 'wrong.ts'),
    `import { longestChain } from '${manifest.name}/spec'\nexport const hash: number = longestChain().name\n`
  )
}, 10 * MINUTES)

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** What a program prints, started in the folder. */
const run = (program: string, ...args: ReadonlyArray<string>): Promise<string> =>
  new Promise((resolve) => {
    execFile(program, args, { cwd: folder, maxBuffer: 2 ** 26 }, (_error, out, err) => {
      resolve(`${out}${err}`)
    })
  })

/** What a compiler prints for the files that import the package. */
const compile = (compiler: string, ...options: ReadonlyArray<string>): Promise<string> =>
  run(
    process.execPath,
    compiler,
    ...['--noEmit', '--strict', '--skipLibCheck', 'false', '--target', 'es2022', '--lib', 'es2022'],
    ...['--pretty', 'false', ...options, 'all.ts', 'wrong.ts']
  )

const modules = join(ROOT, 'node_modules')
const OLDEST = join(dirname(fileURLToPath(import.meta.resolve('typescript-5.4'))), '../bin/tsc')

/** The compilers that are installed, and those that a deep run installs. */
const installed = [
  ['5.4', OLDEST],
  ['5.9', join(modules, '@tsd/typescript/typescript/bin/tsc')],
  ['6.0', join(modules, 'typescript/bin/tsc')],
  ['7.0', join(dirname(fileURLToPath(import.meta.resolve('@typescript/native-preview/package.json'))), 'bin/tsgo')]
] as const
const others = ['5.5', '5.6', '5.7', '5.8'] as const

const cache = join(modules, '.cache/blockforest-compilers')

/** The path of a compiler of a version, installed from npm where it is not there yet. */
const installCompiler = async (version: string): Promise<string> => {
  const compiler = join(cache, `node_modules/typescript-${version}/bin/tsc`)
  mkdirSync(cache, { recursive: true })
  const alias = `typescript-${version}@npm:typescript@~${version}.0`
  if (!existsSync(compiler)) await run('npm', 'install', '--prefix', cache, '--no-audit', '--no-fund', alias)
  return compiler
}

/** The one error that there is to find. */
const WRONG = "wrong.ts(2,14): error TS2322: Type 'string' is not assignable to type 'number'."

/** How modules are resolved today; which of the two makes no difference to a compiler that has both. */
const resolutions = [
  ['--module', 'nodenext', '--moduleResolution', 'nodenext'],
  ['--module', 'esnext', '--moduleResolution', 'bundler']
].slice(0, deep ? 2 : 1)

const expectTypes = async (version: string, compiler: string): Promise<void> => {
  expect(await run(process.execPath, compiler, '--version')).toContain(`Version ${version}`)
  for (const options of resolutions) expect((await compile(compiler, ...options)).trim()).toBe(WRONG)
}

describe('all declarations compile', () => {
  test.each(installed.filter(([version]) => deep || version === '5.4'))('with TypeScript %s', expectTypes, 5 * MINUTES)

  test.runIf(deep).each(others)(
    'with TypeScript %s',
    async (version) => {
      await expectTypes(version, await installCompiler(version))
    },
    10 * MINUTES
  )
})

describe('resolvers that know no exports', () => {
  test(
    'find the declarations of every entry point, not the sources beside them',
    async () => {
      const node10 = ['--module', 'esnext', '--moduleResolution', 'node10']
      const lines = (await compile(OLDEST, ...node10, '--listFiles')).split('\n')
      // Not all dependencies can be read so; what this package declares can.
      const errors = lines.filter((line) => line.includes('error TS') && !line.includes('/node_modules/fast-check/'))
      expect(errors).toEqual([WRONG])
      const ofPackage = lines.flatMap((line) => line.split(`/node_modules/${manifest.name}/`)[1] ?? [])
      expect(ofPackage).toEqual(expect.arrayContaining(entryPoints.map(([, types]) => types.replace(/^\.\//, ''))))
      expect(ofPackage.filter((file) => !file.startsWith('dist/'))).toEqual([])
    },
    5 * MINUTES
  )

  test('are told of the same files as the others', () => {
    const told = Object.entries(manifest.typesVersions['*'] ?? {}).map(([path, types]) => [path, ...types])
    expect(told).toEqual(entryPoints.filter(([path]) => path !== ''))
  })
})

test('types that older versions have without an argument lose it in declarations', () => {
  expect(readableByOlder('a: Int32Array<ArrayBuffer>; b: Map<DataView<ArrayBufferLike>, Array<ArrayBuffer>>')).toBe(
    'a: Int32Array; b: Map<DataView, Array<ArrayBuffer>>'
  )
})
