/**
 * Attacks on a replica, over signed bytes: each is refused for a reason, and changes nothing; what is not refused is what the
 * specification lets a liar do. `npm run test:deep` mutates ten thousand messages.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { createReplica, decode, encode, memoryStore, simulate, statementsOf, toSpec } from '../../../impl/pbft/index.js'
import type { NotDone, Parcel, PbftReplica, Scheme } from '../../../impl/pbft/index.js'
import { ed25519, generateKeyPair } from '../../../impl/pbft/ed25519.js'
import type { PbftMessage, Request } from '../../../spec/byzantine/pbft/messages.js'
import { digestOf } from '../../../spec/byzantine/pbft/replica.js'
import { Address } from '../../../spec/system/codec.js'
import { deep } from '../../support/deep.js'
import { numbers, small as c } from './runs.js'

const { replicas, clients } = c.pbft
const address = (n: number): Address => {
  if (!Address.is(n)) throw new RangeError(String(n))
  return n
}
const keys = [...replicas, ...clients].map(generateKeyPair)
const publicKeys = keys.map((k) => k.publicKey)
const schemes = keys.map((own): Scheme => ed25519(own, publicKeys, 'attacked'))

/** A message with the signatures of those whose statements are in it: the test has all keys. */
const signedBy = (from: number, message: PbftMessage): Uint8Array => {
  const statements = statementsOf(c, address(from), message)
  const signatures = statements.map((s) => schemes[s.by]!.sign(s.on))
  return encode({ from: address(from), message, signatures })
}

const client = clients[0]!
const requestOf = (timestamp: number, operation = `o${timestamp}`): Request => ({ client, timestamp, operation })
const prePrepare = (number: number, request: Request, view = 0): PbftMessage => ({
  _tag: 'PrePrepare',
  view,
  number,
  digest: digestOf(c.pbft, request),
  request
})
const vote = (_tag: 'Prepare' | 'Commit', number: number, digest: string, by: number, view = 0): PbftMessage => ({
  _tag,
  view,
  number,
  digest,
  by: address(by)
})

const victim = (isSigned = true) => {
  const replica = createReplica({
    configuration: c,
    id: 3,
    scheme: isSigned ? schemes[3] : undefined,
    host: { send: () => {}, setTimer: () => {}, store: memoryStore() }
  })
  return replica
}

/** What comes of bytes; that nothing has changed where they are refused. */
const attack = (replica: PbftReplica<ReadonlyArray<string>>, bytes: Uint8Array): NotDone | undefined => {
  const before = replica.state()
  const because = replica.receive(bytes)
  if (because !== undefined) expect(replica.state()).toBe(before)
  return because
}

/** Everything that was sent in a run with a view change, and arrived at replica 3; and the replica as it was before each. */
const recorded: Parcel[] = []
beforeAll(() => {
  const sim = simulate({
    configuration: c,
    schemes,
    observe: (parcel, _now, because) => {
      if (parcel.to === 3 && because === undefined) recorded.push(parcel)
    }
  })
  let answered = 0
  const ask = (): void =>
    void sim.client(client)?.ask(`r${answered}`, () => {
      answered++
      if (answered === 5) sim.crash(0)
      if (answered < 8) ask()
    })
  ask()
  while (answered < 8 && sim.next());
  expect(sim.replica(3)?.state().view).toBe(1)
})

test('bytes that were changed are refused, whatever message they were, and whatever the replica knows', () => {
  const draw = numbers(7)
  const wanted = deep ? 10_000 : 400
  const reasons = new Map<string, number>()
  const kinds = new Set<string>()
  for (let done = 0; done < wanted; ) {
    const replica = victim()
    for (const { bytes } of recorded) {
      for (let i = 0; i < 4; i++) {
        const changed = bytes.slice()
        const at = draw(changed.length)
        changed[at] = changed[at]! ^ (1 << draw(8))
        const mutated = draw(8) === 0 ? changed.subarray(0, at) : changed
        const because = attack(replica, mutated)
        expect(because).toBeDefined()
        reasons.set(because!, (reasons.get(because!) ?? 0) + 1)
        done++
      }
      const whole = decode(c, bytes)
      if (whole._tag === 'Right') kinds.add(whole.right.message._tag)
      expect(replica.receive(bytes)).not.toBe('Malformed')
    }
  }
  expect([...kinds].sort()).toEqual([
    'Checkpoint',
    'Commit',
    'NewView',
    'PrePrepare',
    'Prepare',
    'Request',
    'ViewChange'
  ])
  expect(reasons.get('Forged')).toBeGreaterThan(wanted / 4)
  expect(reasons.get('Malformed')).toBeGreaterThan(wanted / 20)
})

test('random bytes are refused', () => {
  const draw = numbers(11)
  const replica = victim()
  for (let i = 0; i < 2000; i++) {
    const bytes = Uint8Array.from({ length: draw(120) }, (_, at) => (at === 0 ? 1 : at < 3 ? draw(10) : draw(256)))
    expect(attack(replica, bytes)).toBeDefined()
  }
})

test('what was said is not heard again, and what another service has signed never', () => {
  const replica = victim()
  const bytes = signedBy(1, vote('Prepare', 1, 'null', 1))
  expect(attack(replica, bytes)).toBeUndefined()
  expect(attack(replica, bytes)).toBe('SaidBefore')
  expect(attack(replica, signedBy(1, vote('Prepare', 1, digestOf(c.pbft, requestOf(1)), 1)))).toBe('SaidBefore')
  const elsewhere = ed25519(keys[1]!, publicKeys, 'another service')
  const message = vote('Commit', 1, 'null', 1)
  const signatures = statementsOf(c, address(1), message).map((s) => elsewhere.sign(s.on))
  expect(attack(replica, encode({ from: address(1), message, signatures }))).toBe('Forged')
  expect(attack(replica, encode({ from: address(1), message, signatures: [] }))).toBe('Unsigned')
})

test('who signs for others is refused', () => {
  const replica = victim()
  const own = vote('Prepare', 1, 'null', 1)
  const signatures = statementsOf(c, address(1), own).map((s) => schemes[2]!.sign(s.on))
  expect(attack(replica, encode({ from: address(1), message: own, signatures }))).toBe('Forged')
  expect(attack(replica, signedBy(2, own))).toBe('NotTheSender')
  expect(attack(replica, signedBy(0, vote('Prepare', 1, 'null', 0)))).toBe('PrepareOfThePrimary')
  expect(attack(replica, signedBy(1, prePrepare(1, requestOf(1))))).toBe('NotTheSender')
})

describe('at the edges of', () => {
  test('the water marks: the first number and the last are heard, those beside them are not', () => {
    const replica = victim()
    for (const number of [0, c.pbft.window + 1, 2 ** 53 - 1])
      expect(attack(replica, signedBy(1, vote('Commit', number, 'null', 1)))).toBe('OutsideTheWaterMarks')
    for (const number of [1, c.pbft.window])
      expect(attack(replica, signedBy(1, vote('Commit', number, 'null', 1)))).toBeUndefined()
    expect(attack(replica, signedBy(0, prePrepare(c.pbft.window + 1, requestOf(1))))).toBe('OutsideTheWaterMarks')
    expect(attack(replica, signedBy(0, prePrepare(c.pbft.window, requestOf(1))))).toBeUndefined()
  })

  test('what a number can be: 2^53 is none, 2^53 − 1 is another view', () => {
    const replica = victim()
    expect(attack(replica, signedBy(1, vote('Commit', 1, 'null', 1, 2 ** 53 - 1)))).toBe('OtherView')
    expect(() => signedBy(1, vote('Commit', 1, 'null', 1, 2 ** 53))).toThrow('2^53')
    const bytes = Uint8Array.of(1, 1, 2, ...[128, 128, 128, 128, 128, 128, 128, 16], 1, 0, 1, 0)
    expect(decode(c, bytes)).toMatchObject({ left: { because: 'view: expected a number up to 2^53 − 1' } })
    expect(attack(replica, bytes)).toBe('Malformed')
    // One liar that waits for the last view of all does not move anybody.
    const lies: PbftMessage = {
      _tag: 'ViewChange',
      view: 2 ** 53 - 1,
      stable: 0,
      proof: [],
      prepared: [],
      by: address(1)
    }
    expect(attack(replica, signedBy(1, lies))).toBeUndefined()
    expect(replica.state().view).toBe(0)
  })
})

describe('view changes and new views', () => {
  const r1 = requestOf(1)
  const digest = digestOf(c.pbft, r1)
  const certificate = { view: 0, number: 1, digest, prepares: [address(1), address(2)] }
  const viewChange = (by: number, more: object = {}) =>
    ({ _tag: 'ViewChange', view: 1, stable: 0, proof: [], prepared: [], by: address(by), ...more }) as const
  const newView = (more: object = {}): PbftMessage => ({
    _tag: 'NewView',
    view: 1,
    viewChanges: [viewChange(1), viewChange(2), viewChange(0, { prepared: [certificate] })],
    proposals: [{ number: 1, digest }],
    by: address(1),
    ...more
  })

  test.each([
    ['a certificate counts one backup twice', { prepared: [{ ...certificate, prepares: [1, 1] }] }],
    ['a certificate counts the primary', { prepared: [{ ...certificate, prepares: [0, 1] }] }],
    ['a certificate has too few prepares', { prepared: [{ ...certificate, prepares: [1] }] }],
    ['a certificate is of a later view', { prepared: [{ ...certificate, view: 1 }] }],
    ['there are two certificates for a number', { prepared: [certificate, { ...certificate, digest: 'null' }] }],
    ['a certificate is beyond the water marks', { prepared: [{ ...certificate, number: c.pbft.window + 1 }] }],
    ['its checkpoint is shown by nobody', { stable: 2 }],
    [
      'its checkpoint is shown by one replica three times',
      { stable: 2, proof: [1, 1, 1].map((by) => ({ _tag: 'Checkpoint', number: 2, digest, by })) }
    ]
  ])('a view change is refused where %s', (_, more) => {
    expect(attack(victim(), signedBy(2, viewChange(2, more)))).toBe('Unfounded')
  })

  test('a view change with a certificate that was made up is refused: nobody can sign for the others', () => {
    const message = viewChange(2, { prepared: [certificate] })
    const signatures = statementsOf(c, address(2), message).map((s) => schemes[2]!.sign(s.on))
    expect(attack(victim(), encode({ from: address(2), message, signatures }))).toBe('Forged')
  })

  test('a view change that leaves certificates out is heard, as it is one that a liar may send', () => {
    const replica = victim()
    expect(attack(replica, signedBy(2, viewChange(2)))).toBeUndefined()
    expect(attack(replica, signedBy(2, viewChange(2, { prepared: [certificate] })))).toBe('SaidBefore')
    expect(replica.state().view).toBe(0)
  })

  test.each([
    ['proposes something else', { proposals: [{ number: 1, digest: 'null' }] }],
    ['proposes nothing, though something was prepared', { proposals: [] }],
    ['proposes more than follows', { proposals: [1, 2].map((number) => ({ number, digest })) }],
    ['counts a sender twice', { viewChanges: [viewChange(1), viewChange(1), viewChange(2)], proposals: [] }],
    ['has too few view changes', { viewChanges: [viewChange(1), viewChange(2)], proposals: [] }],
    [
      'has view changes for another view',
      { viewChanges: [0, 1, 2].map((by) => viewChange(by, { view: 2 })), proposals: [] }
    ]
  ])('a new view is refused that %s', (_, more) => {
    expect(attack(victim(), signedBy(1, newView(more)))).toBe('Unfounded')
  })

  test('a new view of view changes of others, put together by another than the primary, is refused', () => {
    const message = newView({ viewChanges: [0, 1, 2].map((by) => viewChange(by)), proposals: [] })
    const signatures = statementsOf(c, address(1), message).map((s, i) => schemes[i === 0 ? 2 : s.by]!.sign(s.on))
    expect(attack(victim(), encode({ from: address(1), message, signatures }))).toBe('Forged')
    expect(attack(victim(), signedBy(2, newView({ by: 2 })))).toBe('NotTheSender')
  })

  test('a right one is followed', () => {
    const replica = victim()
    expect(attack(replica, signedBy(1, newView()))).toBeUndefined()
    expect(toSpec(replica.state())).toMatchObject({ view: 1, isActive: true, log: [{ view: 1, number: 1, digest }] })
  })
})

describe('a flood', () => {
  test('of requests of one client leaves as many as it may wait for', () => {
    const replica = victim(false)
    const reasons = Array.from({ length: 3000 }, (_, i) =>
      attack(replica, encode({ from: client, message: { _tag: 'Request', request: requestOf(i + 1) }, signatures: [] }))
    )
    expect(reasons.filter((r) => r === undefined)).toHaveLength(c.waiting)
    expect(reasons.filter((r) => r === 'TooMany')).toHaveLength(3000 - c.waiting)
    expect(replica.state().requests).toHaveLength(c.waiting)
  })

  test('of everything that a liar can sign leaves no more than the bounds', () => {
    const replica = victim(false)
    const all = numbers(5)
    const { window, period, nodes } = c.pbft
    for (let i = 0; i < 20_000; i++) {
      const digest = all(3) === 0 ? 'null' : digestOf(c.pbft, requestOf(1 + all(50)))
      const number = all(2 * window)
      const view = all(2) === 0 ? replica.state().view : i
      const message = [
        vote('Commit', number, digest, 1, view),
        vote('Prepare', number, digest, 1, view),
        prePrepare(number, requestOf(1 + all(50)), view),
        { _tag: 'Checkpoint', number, digest, by: address(1) } as const,
        { _tag: 'ViewChange', view: i + 1, stable: 0, proof: [], prepared: [], by: address(1) } as const
      ][all(5)]!
      attack(
        replica,
        encode({ from: address(message._tag === 'PrePrepare' ? view % nodes : 1), message, signatures: [] })
      )
    }
    const { log, viewChanges, checkpoints, requests, snapshots } = replica.state()
    expect(viewChanges).toHaveLength(8)
    expect(checkpoints).toHaveLength(window / period)
    expect(log.flat().length).toBeLessThanOrEqual(3 * window)
    expect(snapshots.length).toBeLessThanOrEqual(window / period)
    expect(requests.length).toBeLessThanOrEqual(window + c.waiting)
    expect(replica.state().view).toBe(0)
  })

  test('of signatures leaves those that are needed', () => {
    const replica = victim()
    for (let i = 0; i < 60; i++)
      attack(
        replica,
        signedBy(1, { _tag: 'ViewChange', view: i + 1, stable: 0, proof: [], prepared: [], by: address(1) })
      )
    expect(replica.signatures()).toBe(8)
  })
})
