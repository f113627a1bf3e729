/**
 * The package as npm packs it, and as a user installs it.
 */
import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import * as t from 'io-ts'
import { bundle } from '../../scripts/bundle.js'
import { rewriteDeclarations } from '../../scripts/declarations.js'
import { readJson } from '../../scripts/docs/codec.js'
import { ROOT } from '../../scripts/docs/pages.js'

const execute = promisify(execFile)

/** What package.json says of the package's entry points and of what it needs. */
export const manifest = readJson(
  join(ROOT, 'package.json'),
  t.readonly(
    t.type({
      name: t.string,
      exports: t.readonly(t.record(t.string, t.union([t.string, t.readonly(t.type({ types: t.string }))]))),
      typesVersions: t.readonly(t.record(t.string, t.readonly(t.record(t.string, t.readonlyArray(t.string))))),
      dependencies: t.readonly(t.record(t.string, t.string))
    }),
    'package.json'
  )
)

/** The entry points with types: the names behind the package's own, and the declarations. */
export const entryPoints: ReadonlyArray<readonly [string, string]> = Object.entries(manifest.exports).flatMap(
  ([path, to]) => (typeof to === 'string' ? [] : [[path.replace(/^\.\/?/, ''), to.types] as const])
)

/** The files that npm packs, but for what a build makes. */
export const packedFiles = async (): Promise<ReadonlyArray<string>> => {
  const { stdout } = await execute('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    maxBuffer: 2 ** 26
  })
  // A list of packages, or since npm 12 a record of them.
  const listed: unknown = JSON.parse(stdout)
  const packed = Object.values(listed as object)[0] as { readonly files: ReadonlyArray<{ readonly path: string }> }
  return packed.files.map(({ path }) => path).filter((path) => !path.startsWith('dist/'))
}

/** Installs the package into a folder, with its declarations as a build emits them, and without its JavaScript. */
export const installTypes = (folder: string): Promise<void> =>
  install(folder, ['--emitDeclarationOnly', '--declarationMap', 'false', '--sourceMap', 'false'])

/** Installs the package into a folder as a user has it, with its command, and beside it packages of the project's. */
export const installPackage = async (folder: string, beside: ReadonlyArray<string>): Promise<void> => {
  await install(folder, [])
  await bundle(join(folder, 'node_modules', manifest.name, 'dist/bin'))
  for (const name of beside) link(folder, name)
}

/** Puts a package of the project's into the modules of a folder. */
const link = (folder: string, name: string): void => {
  const at = join(folder, 'node_modules', name)
  mkdirSync(dirname(at), { recursive: true })
  if (!existsSync(at)) symlinkSync(join(ROOT, 'node_modules', name), at)
}

const install = async (folder: string, how: ReadonlyArray<string>): Promise<void> => {
  const modules = join(folder, 'node_modules')
  const installed = join(modules, manifest.name)
  for (const file of await packedFiles()) cpSync(join(ROOT, file), join(installed, file), { recursive: true })
  const dist = join(installed, 'dist')
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
  const output = ['--outDir', dist, '--tsBuildInfoFile', join(folder, 'tsbuildinfo')]
  await execute(process.execPath, [tsc, '-p', 'tsconfig.build.json', ...output, ...how], { cwd: ROOT })
  rewriteDeclarations(dist)
  for (const name of Object.keys(manifest.dependencies)) link(folder, name)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
}
