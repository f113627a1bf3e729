#!/usr/bin/env node
/**
 * The command `blockforest`. Exit codes: 0 all holds, 1 something does not, 2 the command or its input cannot be used.
 */
import { createRequire } from 'node:module'
import { Command, CommanderError } from 'commander'
import { CheckpointError } from '../../invariants/checker/search/checkpoint.js'
import { UsageError } from './io.js'

const [, , first = '', second] = process.argv

/** An argument that is no option. */
const isWord = (argument: string | undefined): argument is string => argument !== undefined && !argument.startsWith('-')

/** What adds each command, in the order of the help. Only that of the command line is loaded: starting up takes time. */
const commands: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  check: async () => {
    const [{ checkCommand }, { defaultSystem, load }] = await Promise.all([import('./check.js'), import('./load.js')])
    // The options are those of the system, which stands first.
    const loaded = only !== undefined && isWord(second) ? await load(second) : defaultSystem()
    return (program) => {
      checkCommand(program, loaded)
    }
  },
  systems: async () => (await import('./systems.js')).systemsCommand,
  init: async () => (await import('./init.js')).initCommand,
  replay: async () => (await import('./replay.js')).replayCommand,
  explain: async () => (await import('./replay.js')).explainCommand,
  conform: async () => (await import('./conform.js')).conformCommand,
  bitcoin: async () => (await import('./bitcoin.js')).bitcoinCommand,
  museum: async () => (await import('./museum.js')).museumCommand,
  lemmas: async () => (await import('./lemmas.js')).lemmasCommand
}

const { version } = createRequire(import.meta.url)('blockforest/package.json') as { readonly version: string }

const program = new Command('blockforest')
  .description('An executable specification of blockchain consensus: check it, replay it, hold it against real data.')
  .version(version)
  .showHelpAfterError('(blockforest --help lists the commands, blockforest COMMAND --help its options)')
  .exitOverride()

const only = Object.hasOwn(commands, first) ? commands[first] : undefined

/** Runs the command line; the exit code. */
const main = async (): Promise<number> => {
  try {
    for (const add of only ? [only] : Object.values(commands)) (await add())(program)
    await program.parseAsync()
    return Number(process.exitCode ?? 0)
  } catch (error) {
    // Help and version are asked for, not errors; commander has already printed what there is to say.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof UsageError || error instanceof CheckpointError) {
      process.stderr.write(`blockforest: ${error.message}\n`)
      return 2
    }
    throw error
  }
}

process.exitCode = await main()
