/**
 * What a long search keeps in files: checkpoints, and the part of its frontier that does not fit in memory.
 */
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChunkStore } from '../../invariants/checker/index.js'
import { reasonOf, UsageError } from './io.js'

/**
 * Writes checkpoints to a file every so many seconds. A checkpoint replaces the one before it in one step, so that a
 * search that is killed while it writes leaves the older one.
 */
export const checkpointTo = (
  path: string,
  seconds: number
): { isDue: () => boolean; save: (bytes: Uint8Array) => void } => {
  let last = performance.now()
  return {
    isDue: () => performance.now() - last >= 1000 * seconds,
    save: (bytes) => {
      try {
        writeFileSync(`${path}.part`, bytes)
        renameSync(`${path}.part`, path)
      } catch (error) {
        throw new UsageError(`cannot write the checkpoint ${path}: ${reasonOf(error)}`)
      }
      last = performance.now()
    }
  }
}

/** The bytes of a checkpoint file. */
export const checkpointFrom = (path: string): Uint8Array => {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new UsageError(`cannot read the checkpoint ${path}: ${reasonOf(error)}`)
  }
}

/** A store of chunks in a temporary folder, which is removed when the program ends. */
export const temporaryStore = (): ChunkStore => {
  const folder = mkdtempSync(join(tmpdir(), 'blockforest-'))
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true })
  })
  let chunks = 0
  const file = (id: number): string => join(folder, String(id))
  return {
    write: (chunk) => {
      writeFileSync(file(chunks), chunk)
      return chunks++
    },
    read: (id) => readFileSync(file(id)),
    take: (id) => {
      const chunk = readFileSync(file(id))
      rmSync(file(id))
      return chunk
    }
  }
}
