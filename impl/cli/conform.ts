/**
 * `blockforest conform`: the specification against what code extracted from the Coq development answers.
 */
import type { Command } from 'commander'
import { conform, exitCode, renderConformReport } from '../conformance/index.js'
import { print } from './io.js'

/** Adds the command. */
export const conformCommand = (program: Command): void => {
  program
    .command('conform')
    .description('Run the specification on conformance vectors, every output field compared.')
    .argument('<path>', 'a folder of *.jsonl or *.jsonl.gz files, or one such file')
    .option('--json', 'one JSON object instead of text')
    .action(async (path: string, { json }: { readonly json?: true }) => {
      const report = await conform(path)
      print(json === true ? JSON.stringify(report, undefined, 2) : renderConformReport(report))
      process.exitCode = exitCode(report)
    })
}
