/**
 * Scripts that make one page each, of things that take a while to find out.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { read, ROOT } from './pages.js'

/** A page as it was made, and what kept parts of it from being made. */
export interface Made {
  readonly page: string
  readonly problems: ReadonlyArray<string>
  /** The pictures that it shows, by their files. Default: none. */
  readonly pictures?: ReadonlyMap<string, string>
}

/** Where a script was started by its name: writes its page; with `--check`, fails where it is missing or stale. */
export const makePage = async (script: string, file: string, make: () => Promise<Made>): Promise<void> => {
  if (script !== pathToFileURL(process.argv[1] ?? '').href) return
  const { page, problems, pictures = new Map<string, string>() } = await make()
  for (const problem of problems) process.stderr.write(`${file}: ${problem}\n`)
  const isCheck = process.argv.includes('--check')
  const stale = [...new Map([[file, page], ...pictures])].filter(([one, text]) => text !== read(one))
  for (const [one, text] of isCheck ? [] : stale) {
    mkdirSync(dirname(join(ROOT, one)), { recursive: true })
    writeFileSync(join(ROOT, one), text)
  }
  const how = isCheck ? 'stale' : 'wrote'
  process.stdout.write(stale.length === 0 ? `fresh: ${file}\n` : stale.map(([one]) => `${how}: ${one}\n`).join(''))
  if (problems.length > 0 || (stale.length > 0 && isCheck)) process.exitCode = 1
}
