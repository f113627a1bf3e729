/**
 * Which packets a step has sent.
 */
import { describe, expect, test } from 'vitest'
import { sentBy } from '../../../../invariants/checker/network/packets.js'
import type { Packet } from '../../../../spec/system/protocol.js'
import { address } from '../../../support/toychains.js'

const packet = (msg: string): Packet<string> => ({ src: address(0), dst: address(1), msg })
const [a, b] = [packet('a'), packet('b')]
const inFlight = (...inFlightMsgs: ReadonlyArray<Packet<string>>) => ({
  world: { localState: { _tag: 'Undef' } as const, inFlightMsgs, consumedMsgs: [] }
})
const deliver = { _tag: 'Deliver', packet: packet('a'), ts: 0 } as const
const think = { _tag: 'Intern', node: address(0), transition: 'think', ts: 0 } as const

describe('a step has sent', () => {
  test('what is in flight after it and was not before', () => {
    expect(sentBy(inFlight(a), think, inFlight(a, b))).toEqual([b])
    expect(sentBy(inFlight(a), deliver, inFlight(b))).toEqual([b])
    expect(sentBy(inFlight(a), think, inFlight(b, a))).toEqual([b])
    expect(sentBy(inFlight(a, b), think, inFlight(b, a))).toEqual([])
  })

  test('as many copies as there are more', () => {
    expect(sentBy(inFlight(a), think, inFlight(a, a, a))).toEqual([a, a])
    expect(sentBy(inFlight(a), { _tag: 'Duplicate', packet: a }, inFlight(a, a))).toEqual([a])
  })

  test('what it has received and sent again', () => {
    expect(sentBy(inFlight(a, b), deliver, inFlight(b, a))).toEqual([a])
    expect(sentBy(inFlight(a, a), deliver, inFlight(a))).toEqual([])
  })

  test('nothing where the network loses a packet', () => {
    expect(sentBy(inFlight(a, b), { _tag: 'Lose', packet: a }, inFlight(b))).toEqual([])
    expect(sentBy(inFlight(a, a), { _tag: 'Lose', packet: a }, inFlight(a))).toEqual([])
  })
})
