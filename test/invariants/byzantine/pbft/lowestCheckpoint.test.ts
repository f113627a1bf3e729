/**
 * A new view that goes on from the lowest checkpoint, not from the highest: a number that was executed is given again, and two
 * honest replicas come to different states.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { packetConfiguration } from '../../../../invariants/byzantine/pbft/configuration.js'
import { pbftMutants } from '../../../../invariants/byzantine/pbft/mutants.js'
import { pbftNetwork } from '../../../../invariants/byzantine/pbft/network.js'
import type { PacketVariant } from '../../../../invariants/byzantine/pbft/network.js'
import { protocolModel } from '../../../../invariants/checker/index.js'
import { failures } from '../../../../invariants/property/invariant.js'
import type { PbftMessage } from '../../../../spec/byzantine/pbft/messages.js'

/** Which packet comes next: from whom, to whom, of which kind, and what else is asked of it. */
type Next = readonly [from: number, to: number, tag: PbftMessage['_tag'], is?: (m: PbftMessage) => boolean]

const of =
  (view: number, digest: string) =>
  (m: PbftMessage): boolean =>
    'view' in m && m.view === view && 'digest' in m && m.digest === digest && 'number' in m && m.number === 1
const [a, b] = ['4 1 a1', '5 1 b1']

/** Replica 1 lies, and leads view 1. Replicas 0 and 2 execute a as number 1, and 0 has a stable checkpoint there. */
const executed: ReadonlyArray<Next> = [
  [4, 0, 'Request'],
  [0, 2, 'PrePrepare'],
  [1, 2, 'Prepare', of(0, a)],
  [1, 0, 'Prepare', of(0, a)],
  [2, 0, 'Prepare', of(0, a)],
  [2, 0, 'Commit', of(0, a)],
  [1, 0, 'Commit', of(0, a)],
  [0, 2, 'Commit', of(0, a)],
  [1, 2, 'Commit', of(0, a)],
  [2, 0, 'Checkpoint'],
  [1, 0, 'Checkpoint']
]

/** By the view changes of 0, of 3, which knows of nothing, and of the liar, who says nothing. */
const saysNothing = (m: PbftMessage): boolean =>
  m._tag === 'NewView' &&
  m.viewChanges
    .map(({ by }) => by)
    .toSorted()
    .join() === '0,1,3' &&
  m.viewChanges.every(({ by, stable, prepared }) => prepared.length === 0 && stable === (by === 0 ? 1 : 0))

/** And then b has the number 1, with the help of replica 2, which has executed a there. */
const again: ReadonlyArray<Next> = [
  [1, 3, 'NewView', saysNothing],
  [1, 2, 'NewView', saysNothing],
  [1, 3, 'PrePrepare', of(1, b)],
  [1, 2, 'PrePrepare', of(1, b)],
  [2, 3, 'Prepare', of(1, b)],
  [3, 2, 'Prepare', of(1, b)],
  [2, 3, 'Commit', of(1, b)],
  [1, 3, 'Commit', of(1, b)]
]

/** The execution in which both clients ask, these packets arrive, and in between 0 and 3 wait for view 1. */
const run = (variant: PacketVariant) => {
  const c = packetConfiguration(1, '1', { period: 1, window: 2 })
  const { system, invariants } = protocolModel(pbftNetwork(variant)(c))
  type S = (typeof system.initial)[number]
  type A = ReturnType<typeof system.actions>[number]
  const step = (s: S, is: (a: A) => boolean, k: number): S => {
    const action = system.actions(s).find(is)
    const next = action === undefined ? O.none : system.next(s, action)
    if (O.isNone(next)) throw new Error(`there is no step ${k}`)
    return next.value
  }
  const packet =
    ([from, to, tag, is = () => true]: Next) =>
    (act: A): boolean =>
      (act._tag === 'Deliver' || act._tag === 'Forge') &&
      act.packet.src === from &&
      act.packet.dst === to &&
      act.packet.msg._tag === tag &&
      is(act.packet.msg)
  const intern =
    (n: number) =>
    (act: A): boolean =>
      act._tag === 'Intern' && act.node === n
  const steps = [intern(4), intern(5), ...executed.map(packet), intern(0), intern(3), ...again.map(packet)]
  const states = steps.reduce((all, is, k) => [...all, step(all.at(-1)!, is, k + 1)], [system.initial[0]!])
  const broken = (s: S) => invariants.flatMap((one) => failures(one, s)).flatMap(({ path }) => path)
  return { states, broken: broken(states.at(-1)!) }
}

describe('a number that was executed is given again', () => {
  test('where a new view goes on from the lowest checkpoint', () => {
    const { packets } = pbftMutants.find(({ name }) => name === 'lowest-checkpoint')!
    const { states, broken } = run(packets)
    expect(states).toHaveLength(24)
    expect(broken).toEqual(expect.arrayContaining(['A.1.11 agreement', 'state agreement', 'prefix']))
  })

  test('but not where it goes on from the highest: replica 2 takes no number below that, and sends no prepare', () => {
    expect(() => run({})).toThrow('there is no step 20')
  })
})
