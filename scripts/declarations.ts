/**
 * Makes the declarations in `dist` readable for older compilers, after `tsc` has emitted them.
 *
 * Since 5.7 TypeScript has types for arrays of bytes that say what is behind them, `Int32Array<ArrayBuffer>`. Older
 * versions refuse these, and without the argument both mean an array over any buffer.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A declaration file without what TypeScript 5.4 cannot read. */
export const readableByOlder = (declarations: string): string =>
  declarations.replace(
    /\b((?:Big)?(?:Int|Uint|Float)\d+(?:Clamped)?Array|DataView)<(?:Shared)?ArrayBuffer(?:Like)?>/g,
    '$1'
  )

/** Rewrites the declaration files of a folder. */
export const rewriteDeclarations = (folder: string): void => {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.d.ts')) continue
    const file = join(folder, name)
    const before = readFileSync(file, 'utf8')
    const after = readableByOlder(before)
    if (after !== before) writeFileSync(file, after)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) rewriteDeclarations('dist')
