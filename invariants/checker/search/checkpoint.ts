/**
 * Checkpoints: a breadth-first search as bytes, from which it goes on with the same counts in the end.
 *
 * A checkpoint is a line of JSON (what it is of, how far the search is, all that was interned, the lengths of what
 * follows), then the tables as they are in memory, then SHA-256 of all that. It is made for the same version of this
 * program and the same kind of machine, not for exchange.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { parse } from 'fp-ts/lib/Json.js'
import type { CompactDump } from '../model/walker.js'
import { differences } from '../model/identity.js'
import type { Identity } from '../model/identity.js'
import { CheckpointHead } from './codec.js'
import { fromItf, toItf } from '../data/itf.js'

/** A search at rest. */
export interface Checkpoint {
  readonly dump: CompactDump
  readonly visited: Int32Array<ArrayBuffer>
  readonly queue: ReadonlyArray<Uint8Array>
  readonly parent: Int32Array<ArrayBuffer>
  readonly place: Int32Array<ArrayBuffer>
  readonly at: {
    readonly transitions: number
    readonly depth: number
    readonly levelEnd: number
    readonly complete: boolean
    /** How many states have been expanded. */
    readonly expanded: number
  }
}

/** What is wrong with a checkpoint: not whole, not one, or of another model. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError'
}

const DIGEST = 32

const bytesOf = (numbers: Int32Array): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)

/** A search as bytes. */
export const writeCheckpoint = (
  model: string,
  identity: Identity,
  checkpoint: Omit<Checkpoint, 'visited'> & { readonly visited: Int32Array }
): Uint8Array => {
  const { dump, visited, queue, parent, place, at } = checkpoint
  const head = new TextEncoder().encode(
    `${JSON.stringify({
      blockforest: 'checkpoint',
      model,
      of: identity,
      at,
      dump: toItf(dump),
      visited: visited.byteLength,
      parent: parent.byteLength,
      place: place.byteLength,
      queue: queue.map((chunk) => chunk.length)
    })}\n`
  )
  const parts = [head, bytesOf(visited), bytesOf(parent), bytesOf(place), ...queue]
  const size = parts.reduce((sum, part) => sum + part.length, 0)
  const bytes = new Uint8Array(size + DIGEST)
  let end = 0
  for (const part of parts) {
    bytes.set(part, end)
    end += part.length
  }
  bytes.set(sha256(bytes.subarray(0, end)), end)
  return bytes
}

/**
 * The search that `writeCheckpoint` wrote.
 * @throws CheckpointError if the bytes are not whole, not a checkpoint, or one of another search.
 */
export const readCheckpoint = (bytes: Uint8Array, model: string, identity: Identity): Checkpoint => {
  const body = bytes.subarray(0, Math.max(0, bytes.length - DIGEST))
  if (bytesToHex(sha256(body)) !== bytesToHex(bytes.subarray(body.length)))
    throw new CheckpointError('the checkpoint is not whole, or is none: its digest does not match')
  const line = body.indexOf(10)
  const head = pipe(
    parse(new TextDecoder().decode(body.subarray(0, line))),
    E.chainW((json) => CheckpointHead.decode(json))
  )
  if (E.isLeft(head)) throw new CheckpointError('the checkpoint was written by another version')
  const { right: found } = head
  if (found.model !== model) throw new CheckpointError(`the checkpoint is of ${found.model}, not of ${model}`)
  const other = differences(found.of, identity)
  if (other.length > 0)
    throw new CheckpointError(
      `the checkpoint is of another search of ${model}: ${other.join(', ')} ${other.length === 1 ? 'differs' : 'differ'}; its states were judged otherwise, so ` +
        'that nothing could be said of them: go on with what it was made with, or search anew'
    )
  const data = fromItf(found.dump)
  if (E.isLeft(data)) throw new CheckpointError(`the checkpoint cannot be read: ${data.left}`)
  if (!isDump(data.right)) throw new CheckpointError('the checkpoint was written by another version')
  let start = line + 1
  const next = (length: number): Uint8Array<ArrayBuffer> => {
    // A copy of its own: a file's bytes may begin anywhere in memory, and `slice` of Node's buffers copies nothing.
    const part = new Uint8Array(length)
    part.set(body.subarray(start, start + length))
    start += length
    return part
  }
  const numbers = (length: number): Int32Array<ArrayBuffer> => new Int32Array(next(length).buffer)
  return {
    dump: data.right,
    visited: numbers(found.visited),
    parent: numbers(found.parent),
    place: numbers(found.place),
    queue: found.queue.map(next),
    at: found.at
  }
}

const isDump = (u: unknown): u is CompactDump =>
  typeof u === 'object' &&
  u !== null &&
  'envs' in u &&
  'locals' in u &&
  'packets' in u &&
  'cells' in u &&
  'coverage' in u
