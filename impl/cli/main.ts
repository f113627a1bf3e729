#!/usr/bin/env node
/**
 * The command `blockforest`. Exit codes: 0 all holds, 1 something does not, 2 the command or its input cannot be used.
 */
import { Command, CommanderError } from 'commander'
import { CheckpointError } from '../../invariants/checker/index.js'
import { bitcoinCommand } from './bitcoin.js'
import { checkCommand } from './check.js'
import { conformCommand } from './conform.js'
import { UsageError } from './io.js'
import { lemmasCommand } from './lemmas.js'
import { museumCommand } from './museum.js'
import { explainCommand, replayCommand } from './replay.js'

const program = new Command('blockforest')
  .description('An executable specification of blockchain consensus: check it, replay it, hold it against real data.')
  .showHelpAfterError('(blockforest --help lists the commands, blockforest COMMAND --help its options)')
  .exitOverride()

for (const add of [
  checkCommand,
  replayCommand,
  explainCommand,
  conformCommand,
  bitcoinCommand,
  museumCommand,
  lemmasCommand
])
  add(program)

/** Runs the command line; the exit code. */
const main = async (): Promise<number> => {
  try {
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
