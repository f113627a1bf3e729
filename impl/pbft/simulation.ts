/**
 * Replicas and clients in one program, on a network that is simulated: to try a service out, to measure it, and to break it.
 * Time is counted in steps of whatever length; a run with the same seed is the same run.
 */
import { createClient } from './client.js'
import type { PbftClient } from './client.js'
import type { Configuration } from './configuration.js'
import { createReplica } from './replica.js'
import type { NotDone, PbftReplica } from './replica.js'
import type { Scheme } from './signatures.js'
import { memoryStore } from './store.js'
import type { MemoryStore } from './store.js'

/** Bytes on their way. */
export interface Parcel {
  readonly from: number
  readonly to: number
  readonly bytes: Uint8Array
}

/** How a simulation is. Times are whole numbers. */
export interface SimulationOptions<S> {
  readonly configuration: Configuration<S>
  /** How each node signs, by address; undefined: nothing is signed. */
  readonly schemes: ReadonlyArray<Scheme> | undefined
  /** After how long a parcel arrives; undefined: it is lost. Default: after 1. */
  readonly delay?: (parcel: Parcel, now: number) => number | undefined
  /** The time in which a request is executed at the latest, for timers. Default: 100. */
  readonly patience?: number
  /** What becomes of a parcel that is sent, where its sender lies. Default: it goes as it is. */
  readonly tamper?: (parcel: Parcel, now: number) => ReadonlyArray<Parcel>
  /** Each parcel that arrives at a replica, and what has come of it. */
  readonly observe?: (parcel: Parcel, now: number, because: NotDone | undefined) => void
  /** A replica's timer has run out. */
  readonly observeTimer?: (id: number, serial: number, now: number) => void
}

/** A simulation. */
export interface Simulation<S> {
  readonly now: () => number
  readonly replica: (id: number) => PbftReplica<S> | undefined
  readonly client: (id: number) => PbftClient | undefined
  /** A replica stops; what was not in stable storage is gone, and so is what arrives until it starts again. */
  readonly crash: (id: number) => void
  readonly start: (id: number) => void
  /** Puts a parcel on its way, from whomever. */
  readonly post: (parcel: Parcel) => void
  /** What happens next happens; false: nothing does. */
  readonly next: () => boolean
}

/** What is due at a time, in the order in which it was put there. */
const agenda = () => {
  const due = new Map<number, Array<() => void>>()
  let now = 0
  let last = 0
  let at = 0
  const put = (after: number, task: () => void): void => {
    const time = now + after
    const tasks = due.get(time)
    if (tasks === undefined) due.set(time, [task])
    else tasks.push(task)
    last = Math.max(last, time)
  }
  const next = (): boolean => {
    for (; now <= last; now++, at = 0) {
      const task = due.get(now)?.[at]
      if (task !== undefined) {
        at++
        task()
        return true
      }
      due.delete(now)
    }
    return false
  }
  return { now: () => now, put, next }
}

/** A simulation at its start: all nodes run, nothing is on its way. */
export const simulate = <S>(options: SimulationOptions<S>): Simulation<S> => {
  const { configuration: c, schemes, delay = () => 1, patience = 100, tamper, observe, observeTimer } = options
  const { replicas, clients } = c.pbft
  const { now, put, next } = agenda()
  const stores = new Map<number, MemoryStore>(replicas.map((id) => [id, memoryStore()]))
  const running = new Map<number, PbftReplica<S>>()
  const asking = new Map<number, PbftClient>()

  const post = (parcel: Parcel): void => {
    const after = delay(parcel, now())
    if (after === undefined) return
    put(Math.max(1, after), () => {
      const replica = running.get(parcel.to)
      if (replica === undefined) {
        asking.get(parcel.to)?.receive(parcel.bytes)
        return
      }
      const because = replica.receive(parcel.bytes)
      observe?.(parcel, now(), because)
    })
  }
  const send =
    (from: number) =>
    (to: ReadonlyArray<number>, bytes: Uint8Array): void => {
      for (const one of to) {
        const parcel = { from, to: one, bytes }
        for (const sent of tamper?.(parcel, now()) ?? [parcel]) post(sent)
      }
    }

  const startOn = (id: number, store: MemoryStore): void => {
    const replica = createReplica({
      configuration: c,
      id,
      scheme: schemes?.[id],
      host: {
        send: (to, bytes) => {
          if (running.get(id) === replica) send(id)(to, bytes)
        },
        setTimer: (serial, times) =>
          put(times * patience, () => {
            if (running.get(id) !== replica || replica.timer(serial) !== undefined) return
            observeTimer?.(id, serial, now())
          }),
        store
      }
    })
    stores.set(id, store)
    running.set(id, replica)
    replica.start()
  }

  replicas.forEach((id) => startOn(id, memoryStore()))
  for (const id of clients) {
    const host = {
      send: send(id),
      setTimer: (serial: number, times: number) => put(times * patience, () => asking.get(id)?.timer(serial))
    }
    asking.set(id, createClient({ configuration: c, id, scheme: schemes?.[id], host }))
  }
  return {
    now,
    replica: (id) => running.get(id),
    client: (id) => asking.get(id),
    crash: (id) => {
      running.delete(id)
    },
    start: (id) => {
      const store = stores.get(id)
      if (store !== undefined && !running.has(id)) startOn(id, store.crash())
    },
    post,
    next
  }
}
