/**
 * Runs the commands of transcripts.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { blockforestIn } from '../command/client.js'
import { ROOT } from './pages.js'
import type { Command } from './transcripts.js'

/** What a command printed on its standard output and its standard error, and its exit code. */
export interface Outcome {
  readonly output: string
  readonly errors: string
  readonly exitCode: number
}

const TSX = fileURLToPath(import.meta.resolve('tsx'))

/** Calls a function with a new folder in which `test`, `examples` and `scripts` are those of the project; it goes after. */
export const inFolder = async <A>(use: (folder: string) => Promise<A>): Promise<A> => {
  const folder = mkdtempSync(join(tmpdir(), 'blockforest-docs-'))
  try {
    for (const name of ['test', 'examples', 'scripts']) symlinkSync(join(ROOT, name), join(folder, name))
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Runs a command in a folder. */
export const run = async ({ program, args }: Command, folder: string): Promise<Outcome> => {
  if (program === 'blockforest') {
    const { out, err, exitCode } = await blockforestIn(folder, ...args)
    return { output: out, errors: err, exitCode }
  }
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1', COLUMNS: '80' }
    execFile(
      process.execPath,
      ['--import', TSX, ...args],
      { cwd: folder, env, maxBuffer: 2 ** 26 },
      (error, output, errors) => {
        const code = error === null ? 0 : error.code
        resolve({ output, errors, exitCode: typeof code === 'number' ? code : -1 })
      }
    )
  })
}
