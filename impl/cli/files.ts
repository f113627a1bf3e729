/**
 * What a long search keeps in files: checkpoints, and the part of its frontier that does not fit in memory.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChunkStore } from '../../invariants/checker/index.js'
import type { Interruption } from './interrupt.js'
import { complain, OUTPUT_LOST, OutputLost, readBytes, reasonOf, UsageError } from './io.js'
import { writeWhole } from './output.js'

/**
 * Writes checkpoints to a file every so many seconds, and when the search is interrupted. A checkpoint replaces the one
 * before it in one step, so that a search that is killed while it writes leaves the older one. Where one cannot be written,
 * that is said, and the search goes on.
 */
export const checkpointTo = (
  path: string,
  seconds: number,
  given: Interruption
): { isDue: () => boolean; save: (bytes: Uint8Array) => void } => {
  let last = performance.now()
  return {
    isDue: () => given.aborted || performance.now() - last >= 1000 * seconds,
    save: (bytes) => {
      try {
        writeWhole(path, bytes)
      } catch (error) {
        complain(`${reasonOf(error)}; ${given.aborted ? 'the last checkpoint is an older one' : 'the search goes on'}`)
        if (given.aborted)
          given.interrupt({ says: 'interrupted, and no checkpoint was written', exitCode: OUTPUT_LOST })
      }
      last = performance.now()
    }
  }
}

/** The bytes of a checkpoint file. */
export const checkpointFrom = (path: string): Uint8Array => readBytes(path, 'the checkpoint ')

/** Chunks in a temporary folder. */
export interface TemporaryStore extends ChunkStore {
  /** Removes the folder, which is otherwise removed when the program ends. */
  readonly remove: () => void
}

/**
 * A store of chunks in a temporary folder. Where there is no more room, what is written stays in memory, and the search
 * is to end: nothing of it is lost.
 */
export const temporaryStore = (given: Interruption): TemporaryStore => {
  const folder = newFolder()
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', remove)
  const kept = new Map<number, Uint8Array>()
  let chunks = 0
  const file = (id: number): string => join(folder, String(id))
  const read = (id: number): Uint8Array => {
    try {
      return kept.get(id) ?? readFileSync(file(id))
    } catch (error) {
      throw new OutputLost(`cannot read the temporary file ${file(id)}: ${reasonOf(error)}`)
    }
  }
  return {
    write: (chunk) => {
      try {
        writeFileSync(file(chunks), chunk)
      } catch (error) {
        rmSync(file(chunks), { force: true })
        kept.set(chunks, chunk)
        if (!given.aborted)
          complain(`cannot write to the temporary folder ${folder}: ${reasonOf(error)}; TMPDIR names another one`)
        given.interrupt({ says: 'ended early, as there was no room for the frontier', exitCode: OUTPUT_LOST })
      }
      return chunks++
    },
    read,
    take: (id) => {
      const chunk = read(id)
      if (!kept.delete(id)) rmSync(file(id), { force: true })
      return chunk
    },
    remove: () => {
      process.off('exit', remove)
      remove()
    }
  }
}

const newFolder = (): string => {
  try {
    return mkdtempSync(join(tmpdir(), 'blockforest-'))
  } catch (error) {
    throw new UsageError(
      `--max-memory needs a folder for temporary files: ${reasonOf(error)}; name another one by TMPDIR`
    )
  }
}
