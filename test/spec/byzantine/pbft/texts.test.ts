/**
 * What is hashed and signed says one thing only: no two requests, and no two states, have the same text.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { requestText, stateText } from '../../../../spec/byzantine/pbft/messages.js'
import type { Request, ServiceState } from '../../../../spec/byzantine/pbft/messages.js'
import { netAddr } from '../../../../spec/system/address.js'

const clients = netAddr(3).enum
const client = fc.constantFrom(...clients)
const timestamp = fc.integer({ min: 1, max: 12 })
/** Texts made of what might part the fields of a text. */
const text = fc.string({ unit: fc.constantFrom('\n', ' ', '1', '2', ',', '"', '[', ']', '\\', ';'), maxLength: 8 })

const request: fc.Arbitrary<Request> = fc.record({ client, timestamp, operation: text })
const reply = fc.record({ client, timestamp, result: text })
const state: fc.Arbitrary<ServiceState> = fc.record({
  snapshot: text,
  replies: fc.array(reply, { maxLength: 3 })
})

test('two states with one text are one state', () => {
  const [a, b] = clients as [Request['client'], Request['client']]
  const honest: ServiceState = { snapshot: `ledger\n${b} 7 paid`, replies: [{ client: a, timestamp: 1, result: 'ok' }] }
  const forged: ServiceState = {
    snapshot: 'ledger',
    replies: [{ client: b, timestamp: 7, result: 'paid' }, ...honest.replies]
  }
  expect(stateText(forged)).not.toBe(stateText(honest))
  fc.assert(
    fc.property(state, state, (s, t) => {
      if (stateText(s) === stateText(t)) expect(s).toEqual(t)
      // What the text says can be read back from it, so that nothing of the state is left out.
      expect(JSON.parse(stateText(s))).toEqual([s.snapshot, s.replies.map((r) => [r.client, r.timestamp, r.result])])
    })
  )
})

test('two requests with one text are one request', () => {
  fc.assert(
    fc.property(request, request, (r, s) => {
      if (requestText(r) === requestText(s)) expect(r).toEqual(s)
      const [, of, at, operation] = /^(\d+) (\d+) (.*)$/s.exec(requestText(r)) ?? []
      expect([Number(of), Number(at), operation]).toEqual([r.client, r.timestamp, r.operation])
    })
  )
})
