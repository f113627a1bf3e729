/**
 * The repair ladder, handler by handler.
 */
import { describe, expect, test } from 'vitest'
import { isLeader, Ladder, messagesOf, ORDERS, PHASES } from '../../../spec/byzantine/ladder.js'
import type { LadderMessage, LadderState, Phases } from '../../../spec/byzantine/ladder.js'
import { address } from '../../support/toychains.js'

const [zero, one, two, three] = [0, 1, 2, 3].map(address) as [
  ReturnType<typeof address>,
  ReturnType<typeof address>,
  ReturnType<typeof address>,
  ReturnType<typeof address>
]

/** Node 1 of four, with a quorum of three. */
const node = (phases: Phases, quorum = 3) => {
  const { handlers } = Ladder({ nodes: 4, quorum, phases })
  let st = handlers.Init(one)
  return {
    hear: (from: number, _tag: LadderMessage['_tag'], order: 'W' | 'H') => {
      const [after, sent] = handlers.procMsg(st, address(from), { _tag, order }, 0)
      st = after
      return sent.map(({ to, msg }) => `${to} ${msg._tag} ${msg.order}`)
    },
    is: (): LadderState => st
  }
}

describe('a node', () => {
  test('decides in one phase what the leader tells it, and sends nothing', () => {
    const { hear, is } = node(1)
    expect(hear(0, 'PrePrepare', 'W')).toEqual([])
    expect(is()).toMatchObject({ accepted: 'W', decided: 'W', prepares: [null, null, null, null] })
  })

  test('accepts one order, the leader’s, and tells all others what it is', () => {
    const { hear, is } = node(2)
    expect(hear(2, 'PrePrepare', 'W')).toEqual([])
    expect(is().accepted).toBeNull()
    expect(hear(0, 'PrePrepare', 'H')).toEqual(['0 Prepare H', '2 Prepare H', '3 Prepare H'])
    expect(hear(0, 'PrePrepare', 'W')).toEqual([])
    expect(is()).toMatchObject({ accepted: 'H', prepares: [null, 'H', null, null], decided: null })
  })

  test('notes what each says first, also before it has accepted anything, and decides with a quorum', () => {
    const { hear, is } = node(2)
    hear(2, 'Prepare', 'H')
    hear(2, 'Prepare', 'W')
    hear(3, 'Prepare', 'W')
    hear(0, 'PrePrepare', 'W')
    expect(is()).toMatchObject({ prepares: [null, 'W', 'H', 'W'], decided: null })
    hear(0, 'Prepare', 'W')
    expect(is().decided).toBe('W')
  })

  test('in three phases is prepared first, tells all others, and decides when a quorum has told it so', () => {
    const { hear, is } = node(3)
    expect(hear(2, 'Commit', 'W')).toEqual([])
    hear(0, 'PrePrepare', 'W')
    hear(2, 'Prepare', 'W')
    expect(is()).toMatchObject({ isPrepared: false, decided: null })
    expect(hear(3, 'Prepare', 'W')).toEqual(['0 Commit W', '2 Commit W', '3 Commit W'])
    expect(is()).toMatchObject({ isPrepared: true, commits: [null, 'W', 'W', null], decided: null })
    hear(3, 'Commit', 'H')
    expect(is().decided).toBeNull()
    hear(0, 'Commit', 'W')
    expect(is().decided).toBe('W')
  })

  test('that is a quorum by itself goes through all phases at once', () => {
    const { hear, is } = node(3, 1)
    expect(hear(0, 'PrePrepare', 'W')).toEqual([
      ...['0 Prepare W', '2 Prepare W', '3 Prepare W'],
      ...['0 Commit W', '2 Commit W', '3 Commit W']
    ])
    expect(is().decided).toBe('W')
  })
})

test('the leader proposes once, whatever it likes, and accepts what it proposes', () => {
  const { handlers, offers } = Ladder({ nodes: 3, quorum: 2, phases: 2 })
  const st = handlers.Init(zero)
  expect([isLeader(zero), isLeader(one), offers(one, handlers.Init(one))]).toEqual([true, false, []])
  expect(offers(zero, st)).toEqual(ORDERS.map((order) => ({ _tag: 'Propose', order })))
  const [after, sent] = handlers.procInt(st, { _tag: 'Propose', order: 'H' }, 0)
  expect(after).toMatchObject({ accepted: 'H', prepares: ['H', null, null] })
  expect(sent.map(({ to, msg }) => `${to} ${msg._tag} ${msg.order}`)).toEqual([
    '1 PrePrepare H',
    '2 PrePrepare H',
    '1 Prepare H',
    '2 Prepare H'
  ])
  expect(offers(zero, after)).toEqual([])
})

test('those that are not honest can say everything to each of the others, in their own names', () => {
  for (const phases of PHASES) {
    const { liars } = Ladder({ nodes: 4, quorum: 3, phases })
    const { corrupt, forges } = liars([zero, two])
    const packets = forges(null)
    expect(corrupt).toEqual([0, 2])
    expect(packets).toHaveLength(2 * 2 * phases * 2)
    expect(new Set(packets.map(({ src, dst, msg }) => `${src}${dst}${msg._tag}${msg.order}`)).size).toBe(packets.length)
    expect(packets.every(({ src, dst }) => [zero, two].includes(src) && [one, three].includes(dst))).toBe(true)
    expect(new Set(packets.map(({ msg }) => msg._tag))).toEqual(new Set(messagesOf(phases)))
  }
})
