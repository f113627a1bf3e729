/**
 * Quint's simulator: random executions of `../models/quint/toychain.qnt`, the invariant checked at every step.
 *
 * The benchmark installs it, from npm, into its own cache folder. Its faster backend is a program that Quint downloads
 * from GitHub when it is first asked for; the benchmark downloads nothing and uses that backend if it is there.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Configuration } from '../configurations.js'
import { run, RunError } from '../measure.js'
import { numberIn } from '../tool.js'
import type { Found, Reported, Tool, Variant } from '../tool.js'

export const QUINT_TYPESCRIPT = 'Quint, TypeScript backend'
export const QUINT_RUST = 'Quint, Rust backend'

const VERSION = '0.33.1'
const MODEL = fileURLToPath(new URL('../models/quint/toychain.qnt', import.meta.url))

/** The package to install Quint into: without the override, 0.33.0 gets a parser library that it does not work with. */
const PACKAGE = {
  private: true,
  dependencies: { '@informalsystems/quint': VERSION },
  overrides: { antlr4ts: '0.5.0-alpha.4' }
}

/** The module of a configuration: the model with its parameters. */
export const quintModule = ({ name, nodes, mints, transactions, blockOnly }: Configuration): string =>
  `module ${name} { import toychain(N = ${nodes}, B = ${mints}, T = ${transactions}, BLOCK_ONLY = ${blockOnly}).* }\n`

/** Reads what `quint run` prints, given how many executions were asked for. */
export const readQuint = (samples: number, output: string): Reported => {
  if (!output.includes('[ok] No violation found')) throw new Error(`not all invariants held:\n${output}`)
  // A trace's length counts its states, one more than its steps.
  const states = numberIn(output, /Trace length statistics:.* average=([\d.]+)/, 'how long executions were')
  return {
    transitions: Math.round(samples * (states - 1)),
    seconds: numberIn(output, /No violation found \((\d+)ms/, 'the time') / 1000
  }
}

const STEPS = 40
const SAMPLES = { typescript: 200, rust: 4000 }

/** Seconds that npm may take. */
const INSTALLING = 600

/** Where the Rust backend is, if it is there: where Quint itself looks for it. */
const rustEvaluator = (quintFolder: string): string => {
  const manager = join(quintFolder, 'dist', 'src', 'rust', 'binaryManager.js')
  const version = existsSync(manager)
    ? /EVALUATOR_VERSION = '([^']+)'/.exec(readFileSync(manager, 'utf8'))?.[1]
    : undefined
  const home = process.env['QUINT_HOME'] ?? join(homedir(), '.quint')
  return join(home, `rust-evaluator-${version ?? 'unknown'}`, 'quint_evaluator')
}

const install = async (folder: string, say: (text: string) => void): Promise<void> => {
  const installed = join(folder, 'node_modules', '@informalsystems', 'quint', 'package.json')
  if (existsSync(installed) && readFileSync(installed, 'utf8').includes(`"version": "${VERSION}"`)) return
  say(`installing Quint ${VERSION} into ${folder}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify(PACKAGE))
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts']
  await run({ program: 'npm', args, cwd: folder }, INSTALLING)
}

export const quint: Tool = {
  name: 'Quint',
  find: async ({ cache, quick, say }): Promise<Found> => {
    const folder = join(cache, 'quint')
    const quintFolder = join(folder, 'node_modules', '@informalsystems', 'quint')
    try {
      await install(folder, say)
    } catch (error) {
      if (!(error instanceof RunError)) throw error
      return { _tag: 'Missing', how: `the benchmark installs it from npm, which failed: ${error.message}` }
    }
    const variant = (name: string, backend: 'typescript' | 'rust'): Variant => ({
      name,
      task: 'random',
      prepare: (configuration) => {
        const spec = join(folder, `${configuration.name}.qnt`)
        writeFileSync(spec, `${readFileSync(MODEL, 'utf8')}\n${quintModule(configuration)}`)
        const samples = SAMPLES[backend] / (quick ? 10 : 1)
        return Promise.resolve({
          program: process.execPath,
          args: [
            ...[join(quintFolder, 'dist', 'src', 'cli.js'), 'run', spec, '--main', configuration.name],
            ...['--invariant', 'inv', '--backend', backend, '--n-threads', '1', '--seed', '2018'],
            ...['--max-steps', String(STEPS), '--max-samples', String(samples)]
          ],
          read: (output) => readQuint(samples, output)
        })
      }
    })
    const evaluator = rustEvaluator(quintFolder)
    const hasRust = existsSync(evaluator)
    return {
      _tag: 'Here',
      version: VERSION,
      variants: [variant(QUINT_TYPESCRIPT, 'typescript'), ...(hasRust ? [variant(QUINT_RUST, 'rust')] : [])],
      ...(hasRust
        ? {}
        : {
            note: `without its Rust backend, the faster one: any \`quint run\` with --backend=rust downloads it, to ${evaluator.replace(homedir(), '~')}`
          })
    }
  }
}
