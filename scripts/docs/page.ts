/**
 * Scripts that make one page each, of things that take a while to find out.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { read, ROOT } from './pages.js'

/** A page as it was made, and what kept parts of it from being made. */
export interface Made {
  readonly page: string
  readonly problems: ReadonlyArray<string>
}

/** Where a script was started by its name: writes its page; with `--check`, fails where it is missing or stale. */
export const makePage = async (script: string, file: string, make: () => Promise<Made>): Promise<void> => {
  if (script !== pathToFileURL(process.argv[1] ?? '').href) return
  const { page, problems } = await make()
  for (const problem of problems) process.stderr.write(`${file}: ${problem}\n`)
  const isStale = page !== read(file)
  const isCheck = process.argv.includes('--check')
  if (isStale && !isCheck) writeFileSync(join(ROOT, file), page)
  process.stdout.write(`${isStale ? (isCheck ? 'stale: ' : 'wrote ') : 'fresh: '}${file}\n`)
  if (problems.length > 0 || (isStale && isCheck)) process.exitCode = 1
}
