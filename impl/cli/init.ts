/**
 * `blockforest init`: a system of one's own to begin with.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Command } from 'commander'
import { quoted } from '../../invariants/systems/index.js'
import { print, reasonOf, UsageError } from './io.js'
import { writeText } from './output.js'
import { template } from './template.js'

const init = (folder: string): void => {
  const { version } = createRequire(import.meta.url)('blockforest/package.json') as { readonly version: string }
  const files = Object.entries(template(version))
  const there = files.map(([name]) => name).filter((name) => existsSync(join(folder, name)))
  if (there.length > 0)
    throw new UsageError(`${folder} has ${there.join(', ')} already, and nothing is overwritten: choose another folder`)
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new UsageError(`cannot make the folder ${folder}: ${reasonOf(error)}`)
  }
  for (const [name, text] of files) writeText(join(folder, name), text)
  print(
    [
      `wrote ${files.map(([name]) => name).join(', ')} to ${folder}`,
      '',
      'Nothing is installed. To check the system now:',
      `  blockforest check ${quoted(join(folder, 'my-system.ts').replace(/^(?![./\\])/, './'))}`,
      'To run its test, and to have its types in an editor, install blockforest there:',
      `  cd ${quoted(folder)} && npm install && npm test`
    ].join('\n')
  )
}

/** Adds the command. */
export const initCommand = (program: Command): void => {
  program
    .command('init')
    .description('Write a small system of your own, with its test, to a folder. Nothing is installed.')
    .argument('<folder>', 'a new folder, or one that has none of the files')
    .action(init)
}
