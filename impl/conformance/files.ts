/**
 * The case files of a folder, and their lines, read as they are needed. What cannot be read is a value, not an exception.
 */
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'

const EXPECTED = 'expected a folder with *.jsonl or *.jsonl.gz files, or one such file'

const isCaseFile = (name: string): boolean => /\.jsonl(\.gz)?$/.test(name)

const reason = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && error.code === 'ENOENT' ? 'no such file or folder' : error.message
}

/** The case files of a folder in the order of their names, without its sub-folders; or the file itself. */
export const caseFiles = async (path: string): Promise<Either<string, ReadonlyArray<string>>> => {
  try {
    const names = (await stat(path)).isDirectory() ? (await readdir(path)).map((name) => join(path, name)) : [path]
    const files = names.filter((name) => isCaseFile(basename(name))).sort()
    return files.length === 0 ? E.left(`no case files; ${EXPECTED}`) : E.right(files)
  } catch (error) {
    return E.left(`${reason(error)}; ${EXPECTED}`)
  }
}

/** The lines of a file, decompressed if its name ends in `.gz`; at the end, if it comes to that, why it ends early. */
export async function* linesOf(file: string): AsyncGenerator<Either<string, string>> {
  const raw = createReadStream(file)
  // The callback makes an error of the first stream reach the second, which is read here, rather than nobody.
  const text = file.endsWith('.gz') ? pipeline(raw, createGunzip(), () => {}) : raw
  let rest = ''
  try {
    for await (const chunk of text.setEncoding('utf8')) {
      const lines = (rest + String(chunk)).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) yield E.right(line)
    }
    if (rest !== '') yield E.right(rest)
  } catch (error) {
    yield E.left(`cannot be read any further: ${reason(error)}`)
  }
}
