/**
 * Messages as bytes: what is written is read as it was, what is read is written as it was, and all else is refused.
 */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { configure, decode, encode } from '../../../impl/pbft/index.js'
import type { SignedMessage } from '../../../impl/pbft/index.js'
import { holds } from '../../support/property.js'
import { listService, nonsense, numbers } from './runs.js'

const small = configure({ replicas: 4, clients: 2, service: listService, period: 2, window: 16 })

/** Messages of a run of nonsense, with as many signatures as come. */
const messages: fc.Arbitrary<SignedMessage> = fc
  .tuple(fc.integer(), fc.integer({ min: 0, max: 3 }))
  .map(([seed, count]) => {
    const draw = numbers(seed)
    const said = Array.from({ length: 30 }).reduce<ReadonlyArray<SignedMessage['message']>>(
      (all) => [...all, nonsense(small, draw, all).message],
      []
    )
    const { from, message } = nonsense(small, draw, said)
    return { from, message, signatures: Array.from({ length: count }, (_, i) => new Uint8Array(64).fill(i)) }
  })

describe('bytes', () => {
  test('are read as the message that was written', () =>
    holds(
      messages,
      (m) => {
        expect(decode(small, encode(m))).toEqual({ _tag: 'Right', right: m })
      },
      { runs: 400 }
    ))

  test('that are read are those that would be written', () =>
    holds(
      fc.tuple(messages, fc.nat(), fc.nat(255)),
      ([m, at, byte], meet) => {
        const bytes = encode(m)
        bytes[at % bytes.length] = byte
        const read = decode(small, bytes)
        if (read._tag === 'Left') {
          expect(read.left.offset).toBeLessThanOrEqual(bytes.length)
          meet('refused')
        } else {
          expect(encode(read.right)).toEqual(bytes)
          meet('read')
        }
      },
      { runs: 1000, met: { refused: 100, read: 100 } }
    ))

  test('that end early, or go on, are refused', () =>
    holds(
      messages,
      (m) => {
        const bytes = encode(m)
        for (let n = 0; n < bytes.length; n++) expect(decode(small, bytes.subarray(0, n))._tag).toBe('Left')
        expect(decode(small, Uint8Array.of(...bytes, 0))._tag).toBe('Left')
      },
      { runs: 60 }
    ))

  test.each<readonly [string, ReadonlyArray<number>, string]>([
    ['another version', [2], 'version: expected 1, found 2'],
    ['nobody', [1, 6], 'address: expected at most 5, found 6'],
    ['no kind', [1, 0, 10], 'kind: expected at most 9, found 10'],
    ['a number with a zero at its end', [1, 0, 8, 128, 0], 'number: expected a number without zeros at its end'],
    ['a digest of no kind', [1, 0, 2, 0, 1, 2], 'digest: expected 0 or 1, found 2'],
    ['too long an operation', [1, 4, 0, 4, 1, 129, 128, 64], 'operation: expected at most 1048576, found 1048577'],
    ['an operation that is not UTF-8', [1, 4, 0, 4, 1, 1, 255], 'operation: expected UTF-8'],
    ['more certificates than numbers', [1, 0, 6, 1, 0, 0, 17], 'certificates: expected at most 16, found 17']
  ])('of %s are refused with the reason', (_, bytes, because) => {
    expect(decode(small, Uint8Array.from(bytes))).toMatchObject({ _tag: 'Left', left: { _tag: 'Malformed', because } })
  })

  test('are refused where they are too many', () => {
    const limits = { message: 10, operation: 10 }
    expect(decode(small, new Uint8Array(11), limits)).toMatchObject({ left: { because: 'expected at most 10 bytes' } })
  })
})

test('what cannot be read back is not written', () => {
  const [from] = small.pbft.clients
  const request = { client: from!, timestamp: 1, operation: '\ud800' }
  expect(() => encode({ from: from!, message: { _tag: 'Request', request }, signatures: [] })).toThrow('surrogate')
})
