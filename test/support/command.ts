/**
 * The command `blockforest`, run from its sources.
 */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { blockforestIn } from '../../scripts/command/client.js'
import type { Outcome } from '../../scripts/command/client.js'

export { blockforestIn }

/** Runs the command with these arguments. */
export const blockforest = (...args: ReadonlyArray<string>): Promise<Outcome> => blockforestIn(process.cwd(), ...args)

/** A folder of its own for the files of a test. */
export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'blockforest-cli-'))
