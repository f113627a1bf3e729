/**
 * Runs the tests under each version of Node that the package supports:
 *
 *     npm run test:nodes                       all tests, under the oldest version and each later one with long support
 *     npm run test:nodes -- 24                 under Node 24 only
 *     npm run test:nodes -- 24 26 test/spec    one folder of tests, under two versions
 *
 * npm has the binaries of Node; they are installed into `node_modules/.cache`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The versions: the oldest that package.json allows, and the newest of each line that is kept up. */
const VERSIONS: Readonly<Record<string, string>> = { 20: '~20.19.0', 22: '^22.0.0', 24: '^24.0.0', 26: '^26.0.0' }

const ROOT = join(import.meta.dirname, '..')
const CACHE = join(ROOT, 'node_modules/.cache/blockforest-nodes')

/** The package on npm with the binary for this machine. */
const PACKAGE = `node-${process.platform}-${process.arch}`

/** The binary of a version, installed where it is not there yet. */
const nodeOf = (version: string): string => {
  const binary = join(CACHE, `node_modules/node-${version}/bin/node`)
  if (existsSync(binary)) return binary
  mkdirSync(CACHE, { recursive: true })
  if (!existsSync(join(CACHE, 'package.json'))) writeFileSync(join(CACHE, 'package.json'), '{ "private": true }\n')
  const alias = `node-${version}@npm:${PACKAGE}@${String(VERSIONS[version])}`
  spawnSync('npm', ['install', '--no-audit', '--no-fund', alias], { cwd: CACHE, stdio: 'inherit' })
  if (!existsSync(binary))
    throw new Error(
      `npm installed no Node ${version}: is there a package ${PACKAGE}? Put a binary at ${binary} by hand.`
    )
  return binary
}

const given = process.argv.slice(2)
const asked = given.filter((argument) => argument in VERSIONS)
const tests = given.filter((argument) => !(argument in VERSIONS))
const failed: string[] = []
for (const version of asked.length === 0 ? Object.keys(VERSIONS) : asked) {
  const node = nodeOf(version)
  const name = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()
  process.stdout.write(`\nNode ${name}\n`)
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
  const { status } = spawnSync(node, [vitest, 'run', ...tests], { cwd: ROOT, stdio: 'inherit' })
  if (status !== 0) failed.push(name)
}
if (failed.length > 0) {
  process.stderr.write(`\nthe tests fail under Node ${failed.join(', ')}\n`)
  process.exitCode = 1
}
