/**
 * What the commands share: reading and writing files, options that are numbers, tables.
 */
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { InvalidArgumentError } from 'commander'

/** An error of the user's: its message says what is wrong, and what to do; no stack trace is shown. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The exit code where what there is to say could not be written. */
export const OUTPUT_LOST = 4

/** What an error says. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The text of a file. */
export const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${reasonOf(error)}`)
  }
}

/** Refuses a file that cannot be written later: before a long search, so that what it finds is not lost. */
export const ensureWritable = (path: string): void => {
  try {
    accessSync(existsSync(path) ? path : dirname(path), constants.W_OK)
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${reasonOf(error)}`)
  }
}

/** Writes a text to a file. */
export const writeText = (path: string, text: string): void => {
  try {
    writeFileSync(path, text)
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${reasonOf(error)}`)
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

/** A number with its thousands apart: `1 018 009`. */
export const grouped = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ' ')

/** So many things: `1 state`, `1 018 states`. */
export const plural = (n: number, one: string): string => `${grouped(n)} ${one}${n === 1 ? '' : 's'}`

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
