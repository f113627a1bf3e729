/**
 * What the commands share: reading and writing files, options that are numbers, tables.
 */
import { closeSync, openSync, readFileSync, statSync } from 'node:fs'
import { isatty } from 'node:tty'
import { InvalidArgumentError } from 'commander'
import { grouped, plural as inWords, wrapped } from '../../invariants/words.js'

export { grouped }

/** An error of the user's: its message says what is wrong, and what to do; no stack trace is shown. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The exit code where what there is to say, or was asked to be kept, could not be written. */
export const OUTPUT_LOST = 4

/** Something could not be written, or read again, and it is not the fault of who has named it: no verdict. */
export class OutputLost extends Error {
  override readonly name = 'OutputLost'
}

/** What an error says. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Says something on standard error, in a line. */
export const complain = (text: string): void => {
  process.stderr.write(`blockforest: ${text}\n`)
}

/** The most bytes of a text: more than that a string cannot hold. */
const MOST_BYTES = 2 ** 29 - 1024

/**
 * The bytes of a file, a pipe or a terminal.
 * @param what is said before its path in errors.
 * @throws UsageError where it cannot be read.
 */
export const readBytes = (path: string, what = ''): Uint8Array => {
  try {
    if (isEndless(path)) throw new Error('it is a device, expected a file')
    return readFileSync(path)
  } catch (error) {
    throw new UsageError(`cannot read ${what}${path}: ${reasonOf(error)}`)
  }
}

/** Whether a path is that of a device that gives bytes without end; at a terminal somebody ends them. */
const isEndless = (path: string): boolean => {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isCharacterDevice() !== true) return found?.isBlockDevice() === true
  const descriptor = openSync(path, 'r')
  try {
    return !isatty(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/**
 * The text of a file, in UTF-8, without the mark of the order of bytes that some editors put at its beginning.
 * @throws UsageError where it cannot be read, or is none.
 */
export const readText = (path: string): string => {
  const bytes = readBytes(path)
  if (bytes.length > MOST_BYTES)
    throw new UsageError(
      `cannot read ${path}: found ${grouped(bytes.length)} bytes, expected at most ${grouped(MOST_BYTES)} of a text`
    )
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UsageError(`cannot read ${path}: it is no text in UTF-8`)
  }
}

/** An option's argument as a natural number. */
export const natural = (text: string): number => {
  const n = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(n)) throw new InvalidArgumentError('expected a natural number.')
  return n
}

/** An option's argument as a natural number that is not 0. */
export const positive = (text: string): number => {
  const n = natural(text)
  if (n === 0) throw new InvalidArgumentError('expected a natural number from 1 on.')
  return n
}

/** An option's argument as an integer. */
export const integer = (text: string): number => {
  const n = Number(text)
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(n)) throw new InvalidArgumentError('expected an integer.')
  return n
}

/** Prints a line. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

/** So many things: `1 state`, `1 018 states`. */
export const plural = (n: number, one: string): string => inWords(n, one, grouped)

/** The longest line of prose. */
const WIDTH = 100

/** Prose in lines. */
export const prose = (text: string): string => wrapped(text, WIDTH).join('\n')

/** Rows as a table: the first row is the head, columns that hold numbers are set to the right. */
export const table = (rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const columns = rows[0]?.map((_, i) => i) ?? []
  const width = columns.map((i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  const numeric = columns.map((i) => rows.slice(1).every((row) => /^[\d .–-]*$/.test(row[i] ?? '')))
  const line = (row: ReadonlyArray<string>): string =>
    columns
      .map((i) => (numeric[i] === true ? (row[i] ?? '').padStart(width[i] ?? 0) : (row[i] ?? '').padEnd(width[i] ?? 0)))
      .join('  ')
      .trimEnd()
  const [head, ...body] = rows
  return [
    ...(head ? [line(head), columns.map((i) => '─'.repeat(width[i] ?? 0)).join('──')] : []),
    ...body.map(line)
  ].join('\n')
}
