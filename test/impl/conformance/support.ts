/**
 * Case files for the tests: the real ones, and spoilt copies of their lines in a folder of their own.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isRight } from 'fp-ts/lib/Either.js'
import { onTestFinished } from 'vitest'
import type { Family } from '../../../impl/conformance/index.js'
import { linesOf } from '../../../impl/conformance/files.js'

/** The folder of the vectors. */
export const vectors = fileURLToPath(new URL('../../vectors', import.meta.url))

/** The file of a family. */
export const fileOf = (family: Family): string => join(vectors, `${family}.jsonl.gz`)

/** A line of the file of a family, counted from 0. */
export const lineOf = async (family: Family, index: number): Promise<string> => {
  let at = 0
  for await (const line of linesOf(fileOf(family))) {
    if (at === index && isRight(line)) return line.right
    at += 1
  }
  throw new Error(`${fileOf(family)} has no line ${index}`)
}

/** A JSON value with the part at a path (`steps/3/chain`) replaced. The path must exist. */
export const edit = (value: unknown, path: string, f: (part: unknown) => unknown): unknown => {
  const go = (part: unknown, [key, ...rest]: ReadonlyArray<string>): unknown => {
    if (key === undefined) return f(part)
    if (typeof part !== 'object' || part === null || !(key in part)) throw new Error(`there is no ${path}`)
    const entries = Object.entries(part).map(([k, v]: [string, unknown]) => [k, k === key ? go(v, rest) : v] as const)
    return Array.isArray(part) ? entries.map(([, v]) => v) : Object.fromEntries(entries)
  }
  return go(value, path.split('/'))
}

/** A new folder with these files, which is there until the test ends. */
export const folder = async (files: Readonly<Record<string, string | Buffer>>): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'blockforest-conformance-'))
  onTestFinished(() => rm(path, { recursive: true }))
  for (const [name, content] of Object.entries(files)) await writeFile(join(path, name), content)
  return path
}
