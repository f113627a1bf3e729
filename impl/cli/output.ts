/**
 * Files that the command writes: whole or not at all, and what can be told of it before a long search.
 */
import { randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import type { Stats } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { OutputLost, reasonOf, UsageError } from './io.js'

/** The most links from a path to its file; the system follows no more. */
const MOST_LINKS = 40

/** The path of the file that is written through links: one that exists, or is to be made. */
const targetOf = (path: string, links = 0): string => {
  const found = statSync(path, { throwIfNoEntry: false })
  // What is no regular file need not have a path: a pipe that /dev/stdout stands for has none.
  if (found !== undefined) return found.isFile() ? realpathSync(path) : path
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
  if (!isLink) return join(realpathSync(dirname(resolve(path))), resolve(path).slice(dirname(resolve(path)).length))
  if (links === MOST_LINKS) throw new Error('too many links, or one that leads to itself')
  return targetOf(resolve(dirname(path), readlinkSync(path)), links + 1)
}

const same = (a: Stats, b: Stats): boolean => a.dev === b.dev && a.ino === b.ino

/** The stream of this process that a path names, such as /dev/stdout: what is printed there stays. */
const streamAt = (found: Stats): NodeJS.WriteStream | undefined =>
  [process.stdout, process.stderr].find((stream) => {
    try {
      return same(fstatSync(stream.fd), found)
    } catch {
      return false
    }
  })

/** What is said of a file that cannot be written. */
const cannotWrite = (path: string, error: unknown): string => `cannot write ${path}: ${reasonOf(error)}`

/** Errors that are no fault of who has named the file: it was no use to name another one in the same place. */
const LOSSES = new Set<unknown>(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EPIPE'])

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

/** The error of a file that could not be written: lost where there is no room, else the fault of who has named it. */
export const writingError = (path: string, error: unknown): UsageError | OutputLost =>
  LOSSES.has(codeOf(error)) ? new OutputLost(cannotWrite(path, error)) : new UsageError(cannotWrite(path, error))

/**
 * Replaces a file in one step: what is at the path is the old file or the new one, and no other process sees a part.
 * @param path of a regular file, or of none yet; links have been followed.
 */
const replace = (path: string, content: string | Uint8Array): void => {
  const part = join(dirname(path), `.blockforest-${randomBytes(8).toString('hex')}.part`)
  try {
    writeFileSync(part, content, { flag: 'wx', flush: true })
    if (existsSync(path)) chmodSync(part, statSync(path).mode)
    renameSync(part, path)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
}

/** Errors of a folder in which no file can be made, though there may be one that can be written. */
const CLOSED = new Set<unknown>(['EACCES', 'EPERM', 'EROFS'])

/**
 * Writes a file: through links, a regular one in one step, all others (pipes, devices, what is printed to) as they are.
 * @throws OutputLost where there is no room, UsageError where it cannot be written at all.
 */
export const writeText = (path: string, content: string): void => {
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    const stream = found === undefined ? undefined : streamAt(found)
    if (stream !== undefined) stream.write(content)
    else if (found === undefined) replace(targetOf(path), content)
    else if (!found.isFile()) writeFileSync(path, content)
    else
      try {
        replace(targetOf(path), content)
      } catch (error) {
        if (!CLOSED.has(codeOf(error))) throw error
        writeFileSync(path, content)
      }
  } catch (error) {
    throw writingError(path, error)
  }
}

/** Writes a file; the error where it cannot be written, for those who have more to say before it. */
export const lossOf = (path: string, content: string): Error | undefined => {
  try {
    writeText(path, content)
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/**
 * Writes a regular file in one step, through links.
 * @throws OutputLost where there is no room, UsageError where it cannot be written at all.
 */
export const writeWhole = (path: string, content: Uint8Array): void => {
  try {
    replace(targetOf(path), content)
  } catch (error) {
    throw writingError(path, error)
  }
}

/** What a path names that is no regular file. */
const kindOf = (found: Stats): string =>
  found.isDirectory() ? 'a folder' : found.isFIFO() ? 'a pipe' : found.isSocket() ? 'a socket' : 'a device'

/**
 * Refuses a file that cannot be written later: before a long search, so that what it finds is not lost.
 * @param isWhole it is written by `writeWhole`: expected a regular file, in a folder that can be written to.
 * @returns the path of the file, by which it can be told from others.
 */
export const ensureWritable = (path: string, isWhole = false): string => {
  if (path === '') throw new UsageError('cannot write a file without a name: expected a path')
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found?.isDirectory() === true || (isWhole && found?.isFile() === false))
      throw new Error(`it is ${kindOf(found)}, expected a file`)
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) accessSync(dirname(path), constants.W_OK)
    const target = targetOf(path)
    if (found !== undefined) accessSync(target, constants.W_OK)
    if (found === undefined || isWhole) accessSync(dirname(target), constants.W_OK)
    return target
  } catch (error) {
    throw new UsageError(cannotWrite(path, error))
  }
}
