/**
 * A replica that crashes, at every point at which it calls its host: before and after each write, each sync, each message.
 * What it had said before it does not take back, and the others go on.
 */
import { describe, expect, test } from 'vitest'
import { createClient, createReplica, decode, memoryStore, toSpec } from '../../../impl/pbft/index.js'
import type { Configuration, MemoryStore, PbftReplica, Store } from '../../../impl/pbft/index.js'
import { small } from './runs.js'

/** Thrown where a replica crashes. */
class Crash extends Error {}

interface Outcome {
  /** What the replica that crashes has said, as texts, once each. */
  readonly said: ReadonlySet<string>
  readonly crashed: boolean
  readonly results: ReadonlyArray<string>
  readonly executed: ReadonlyArray<ReadonlyArray<string>>
  /** The state after the crash, and those that it may be. */
  readonly restarted: string
  readonly allowed: ReadonlyArray<string>
}

const textOf = <S>(replica: PbftReplica<S>): string =>
  JSON.stringify(Object.entries(toSpec(replica.state())).toSorted())

/** Four replicas and a client that asks five times; one replica crashes when it calls its host for the k-th time. */
const runWith = (
  crashing: number,
  k: number,
  makeStore: () => MemoryStore,
  c: Configuration<ReadonlyArray<string>> = small
): Outcome => {
  const { replicas } = c.pbft
  const client = c.pbft.clients[0]!
  const queue: Array<{ readonly to: number; readonly bytes: Uint8Array }> = []
  const timers = new Map<number, number>()
  const said = new Set<string>()
  const results: string[] = []
  let calls = 0
  let store = makeStore()
  let crashed = false
  /** The states since something left it last, and those at the crash. */
  let since: string[] = []
  let allowed: ReadonlyArray<string> = []
  let restarted = ''

  /** Counts a call of the host, and crashes before or after it. */
  const call = (doIt: () => void): void => {
    if (!crashed && calls++ === k) throw new Crash()
    doIt()
    if (!crashed && calls++ === k) throw new Crash()
  }
  const create = (id: number): PbftReplica<ReadonlyArray<string>> => {
    const isCrashing = id === crashing
    const own = isCrashing ? store : memoryStore()
    const watched: Store = {
      load: own.load,
      append: (record) => call(() => own.append(record)),
      replace: (snapshot) => call(() => own.replace(snapshot)),
      sync: (done) => own.sync(done)
    }
    return createReplica({
      configuration: c,
      id,
      scheme: undefined,
      host: {
        send: (to, bytes) => {
          const send = (): void => {
            if (isCrashing) {
              const sent = decode(c, bytes)
              if (sent._tag === 'Right') said.add(JSON.stringify(sent.right.message))
              since = []
            }
            for (const one of to) queue.push({ to: one, bytes })
          }
          if (isCrashing) call(send)
          else send()
        },
        setTimer: (serial) => timers.set(id, serial),
        store: isCrashing ? watched : own
      }
    })
  }
  const nodes = new Map(replicas.map((id): [number, PbftReplica<ReadonlyArray<string>>] => [id, create(id)]))
  const asker = createClient({
    configuration: c,
    id: client,
    scheme: undefined,
    host: {
      send: (to, bytes) => to.forEach((one) => queue.push({ to: one, bytes })),
      setTimer: (serial) => timers.set(client, serial)
    }
  })
  const ask = (): void => {
    if (results.length < 5)
      asker.ask(`op${results.length}`, (result) => {
        results.push(result)
        ask()
      })
  }
  const act = (id: number, doIt: (replica: PbftReplica<ReadonlyArray<string>>) => void): void => {
    const replica = nodes.get(id)!
    try {
      if (id === crashing) since.push(textOf(replica))
      doIt(replica)
      if (id === crashing) since.push(textOf(replica))
    } catch (e) {
      if (!(e instanceof Crash)) throw e
      // The state that the interrupted step was to lead to is allowed too, and the only one if something of it has left.
      allowed = [...since, textOf(replica)]
      crashed = true
      store = store.crash()
      const again = create(id)
      restarted = textOf(again)
      nodes.set(id, again)
      again.start()
    }
  }
  ask()
  for (let rounds = 0; results.length < 5 && rounds < 40; rounds++) {
    for (let parcel = queue.shift(); parcel !== undefined; parcel = queue.shift()) {
      const { to, bytes } = parcel
      if (to === client) asker.receive(bytes)
      else act(to, (replica) => replica.receive(bytes))
    }
    const due = [...timers]
    timers.clear()
    for (const [id, serial] of due)
      if (id === client) asker.timer(serial)
      else act(id, (replica) => replica.timer(serial))
  }
  return {
    said,
    crashed,
    results,
    executed: [...nodes.values()].map((r) => r.state().state.value),
    restarted,
    allowed
  }
}

/** Where a replica has said two things at one place. */
const contradictions = (said: ReadonlySet<string>): ReadonlyArray<string> => {
  const places = new Map<string, string>()
  return [...said].flatMap((text) => {
    const m = JSON.parse(text) as { _tag: string; view?: number; number?: number }
    if (!['PrePrepare', 'Prepare', 'Commit', 'Checkpoint', 'ViewChange', 'NewView'].includes(m._tag)) return []
    const place = `${m._tag} ${m.view} ${m.number}`
    const before = places.get(place)
    places.set(place, text)
    return before === undefined ? [] : [`${before} and ${text}`]
  })
}

const RESULTS = [0, 1, 2, 3, 4].map((i) => `op${i}\n${i + 1}`)

/** All runs with a crash, one for each point. */
const atEveryPoint = (crashing: number, makeStore: () => MemoryStore): ReadonlyArray<Outcome> => {
  const all: Outcome[] = []
  for (let k = 0; ; k++) {
    const outcome = runWith(crashing, k, makeStore)
    if (!outcome.crashed) return all
    all.push(outcome)
  }
}

describe.each([
  ['the primary', 0],
  ['a backup', 2]
])('%s', (_, crashing) => {
  const all = atEveryPoint(crashing, memoryStore)

  test('is stopped at each of more than a hundred calls of its host', () => {
    expect(all.length).toBeGreaterThan(100)
  })

  test('comes back as it was when something left it last, or as it has become since', () => {
    for (const { allowed, restarted } of all) expect(allowed).toContain(restarted)
  })

  test('takes nothing back that it has said', () => {
    for (const { said } of all) expect(contradictions(said)).toEqual([])
  })

  test('and the client gets the five results, of a service that all that have executed five agree on', () => {
    for (const { results, executed } of all) {
      expect(results).toEqual(RESULTS)
      for (const state of executed) expect(state).toEqual(['op0', 'op1', 'op2', 'op3', 'op4'].slice(0, state.length))
    }
  })
})

test('on a disk that says that it has written what it has not, the primary takes back what it has said', () => {
  const all = atEveryPoint(0, () => {
    const store = memoryStore()
    return { ...store, sync: (done) => done() }
  })
  expect(all.some(({ allowed, restarted }) => !allowed.includes(restarted))).toBe(true)
})
