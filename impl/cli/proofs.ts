/**
 * `blockforest proofs`: all derivations, checked by the kernel, and exported; or a file of derivations, checked by the
 * independent checker.
 */
import type { Command } from 'commander'
import { checkDerivations } from '../../invariants/proof/check/index.js'
import { exported } from '../../invariants/proof/kernel.js'
import { lemmasOfAll } from '../../invariants/systems/ledger.js'
import { grouped, print, readText, UsageError } from './io.js'
import { writeText } from './output.js'

/** What the user asked for. */
interface ProofsOptions {
  readonly export?: string
  readonly check?: string
}

/** How long something took, in words. */
const seconds = (from: number): string => `${((performance.now() - from) / 1000).toFixed(1)} s`

/** Derives everything; the file of all derivations. */
const derived = (): { readonly text: string; readonly says: string } => {
  const start = performance.now()
  const file = exported(lemmasOfAll().map(({ theorem }) => theorem))
  const definitions = lemmasOfAll().filter(({ isDefinition }) => isDefinition === true).length
  const count = (grade: string): number => file.theorems.filter((theorem) => theorem.grade === grade).length
  const nodes = file.theorems.reduce((n, { derivation }) => n + (derivation?.nodes.length ?? 0), 0)
  return {
    text: `${JSON.stringify(file)}\n`,
    says:
      `${grouped(count('derived'))} theorems derived, in ${grouped(nodes)} steps, ` +
      `from ${grouped(count('tested'))} that are tested (${grouped(definitions)} of them definitions) and ${grouped(count('assumed'))} that are assumed; ` +
      `all derivations run and checked by the kernel in ${seconds(start)}`
  }
}

/** What the independent checker says of a file. */
const checking = (path: string): void => {
  const text = readText(path)
  const start = performance.now()
  const found = checkDerivations(text)
  if (found.isAccepted) {
    const { derived: proved, tested, assumed } = found.grades
    print(
      `${path}: accepted; ${grouped(proved)} derived, ${grouped(tested)} tested, ${grouped(assumed)} assumed (${seconds(start)})`
    )
  } else {
    print(`${path}: rejected\n${found.where}: expected ${found.expected}`)
    process.exitCode = 1
  }
}

const proofs = ({ export: to, check: path }: ProofsOptions): void => {
  if (to !== undefined && path !== undefined)
    throw new UsageError('one of --export FILE and --check FILE at a time: what was exported can be checked then')
  if (path !== undefined) checking(path)
  else {
    const { text, says } = derived()
    print(says)
    if (to !== undefined) {
      writeText(to, text)
      print(`${to}: written`)
    }
  }
}

/** Adds the command. */
export const proofsCommand = (program: Command): void => {
  program
    .command('proofs')
    .description('Derive all theorems that are derived, and have the kernel check their derivations.')
    .option('--export <file>', 'write all theorems and derivations as JSON (docs/derivations.md has the format)')
    .option(
      '--check <file>',
      'have the independent checker say whether a file of derivations is right; it derives nothing'
    )
    .action(proofs)
}
