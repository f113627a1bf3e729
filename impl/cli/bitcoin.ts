/**
 * `blockforest bitcoin`: the specification against real headers and real forks.
 */
import type { Command } from 'commander'
import { DEFAULT_WINDOW, runBitcoin, WIDEST_WINDOW } from '../bitcoin/index.js'
import { natural, positive, print, UsageError } from './io.js'

interface BitcoinFlags {
  readonly from?: number
  readonly network?: string
  readonly before?: number
  readonly after?: number
  readonly json?: true
}

/** Adds the command. */
export const bitcoinCommand = (program: Command): void => {
  program
    .command('bitcoin')
    .description('Check real Bitcoin headers, and decide real forks with the specification.')
    .argument('<headers>', 'a file of consecutive block headers, 80 bytes each')
    .argument('[stale]', 'a CSV file of blocks that lost a fork: height,hash,header')
    .option(
      '--from <height>',
      "the height of the first header (default: what known blocks or the file's name say)",
      natural
    )
    .option('--network <name>', 'mainnet, testnet3, testnet4, signet or regtest (default: that of known blocks)')
    .option(
      '--before <n>',
      `headers before a fork that the specification sees, 1 to ${String(WIDEST_WINDOW)} (default: ${String(DEFAULT_WINDOW.before)})`,
      positive
    )
    .option(
      '--after <n>',
      `headers after it, 0 to ${String(WIDEST_WINDOW)} (default: ${String(DEFAULT_WINDOW.after)})`,
      natural
    )
    .option('--json', 'one JSON object instead of text')
    .action((headers: string, stale: string | undefined, { json, ...options }: BitcoinFlags) => {
      const outcome = runBitcoin({ headers, ...(stale === undefined ? {} : { stale }), ...options })
      if (json === true) print(JSON.stringify(outcome.json, undefined, 2))
      else if (outcome.exitCode === 2) throw new UsageError(outcome.text)
      else print(outcome.text)
      process.exitCode = outcome.exitCode
    })
}
