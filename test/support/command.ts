/**
 * The command `blockforest`, run from its sources in a process of its own.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What a command printed, and its exit code. */
export interface Outcome {
  readonly out: string
  readonly err: string
  readonly exitCode: number
}

const MAIN = fileURLToPath(new URL('../../impl/cli/main.ts', import.meta.url))
const TSX = fileURLToPath(import.meta.resolve('tsx'))

/** Runs the command with these arguments. */
export const blockforest = (...args: ReadonlyArray<string>): Promise<Outcome> =>
  new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1', COLUMNS: '80' }
    execFile(process.execPath, ['--import', TSX, MAIN, ...args], { env, maxBuffer: 2 ** 26 }, (error, out, err) => {
      const code = error === null ? 0 : error.code
      resolve({ out, err, exitCode: typeof code === 'number' ? code : -1 })
    })
  })

/** A folder of its own for the files of a test. */
export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'blockforest-cli-'))
