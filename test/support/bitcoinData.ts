/**
 * The header files of `test/data`, read with as little code as possible: what the implementation is compared with must
 * not be made by it.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The path of a file of `test/data`. */
export const dataPath = (name: string): string => fileURLToPath(new URL(`../data/${name}`, import.meta.url))

export const HEADERS_PATH = dataPath('bitcoin-headers-822528-830592.bin')
export const STALE_PATH = dataPath('bitcoin-stale-822528-830592.csv')

/** The height of the first header of the file. */
export const FROM = 822528

const file = readFileSync(HEADERS_PATH)

/** The 8,065 headers, 80 bytes each. */
export const rawHeaders: ReadonlyArray<Buffer> = Array.from({ length: file.length / 80 }, (_, i) =>
  file.subarray(80 * i, 80 * i + 80)
)

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** The hash of a header as Bitcoin shows it, by Node's SHA-256. */
export const rawHash = (header: Uint8Array): string => sha256(sha256(header)).reverse().toString('hex')

/** The 11 lines of the file of stale blocks after its header row: height, hash, header. */
export const rawStale: ReadonlyArray<readonly [string, string, string]> = readFileSync(STALE_PATH, 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [height = '', hash = '', header = ''] = line.split(',')
    return [height, hash, header]
  })
