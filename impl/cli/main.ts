#!/usr/bin/env node
/**
 * The command `blockforest`.
 */
import { blockforest } from './command.js'
import { OUTPUT_LOST } from './io.js'

// Whoever reads the output may have gone away, or its disk may be full: that is no verdict.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.stderr.write(`blockforest: cannot write the output: ${error.message}\n`)
  process.exit(OUTPUT_LOST)
})

// What is said on standard error besides is lost then, and the exit code says what it would have said.
process.stderr.on('error', () => undefined)

process.exitCode = await blockforest(process.argv.slice(2))
