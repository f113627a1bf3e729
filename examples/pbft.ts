/**
 * A counter that four replicas keep, over signed messages: a thousand requests of eight clients, while the primary crashes,
 * the next one tells each backup something else, and the network is cut in two for a while. Then the whole run is held
 * against the specification, step by step.
 */
import { configure, decode, encode, simulate, statementsOf, validate } from '../impl/pbft/index.js'
import type { LogEntry, Parcel, Scheme } from '../impl/pbft/index.js'
import { ed25519, generateKeyPair } from '../impl/pbft/ed25519.js'

const REQUESTS = 1000
/** When the network is whole again. */
const HEALED = 4000
const counter = configure({
  replicas: 4,
  clients: 8,
  service: {
    initial: 0,
    execute: (state, operation) => ({ state: state + Number(operation), result: String(state + Number(operation)) }),
    write: String,
    read: Number
  },
  period: 10,
  window: 20
})
const { replicas, clients } = counter.pbft

const keys = [...replicas, ...clients].map(generateKeyPair)
const publicKeys = keys.map((k) => k.publicKey)
const schemes = keys.map((own): Scheme => ed25519(own, publicKeys, 'a counter'))

let answered = 0
let isEquivocating = false
let cut: 'not yet' | 'now' | 'healed' = 'not yet'
const line = (text: string): void =>
  console.log(`${String(sim.now()).padStart(5)}  ${String(answered).padStart(4)} answered  ${text}`)

/** What a lying primary tells a backup: for each number another of the requests that it has proposed last. */
const proposed: Parcel[] = []
const lies = (parcel: Parcel): ReadonlyArray<Parcel> => {
  const sent = decode(counter, parcel.bytes)
  if (!isEquivocating || parcel.from !== 1 || sent._tag === 'Left' || sent.right.message._tag !== 'PrePrepare')
    return [parcel]
  proposed.push(parcel)
  const other = decode(counter, proposed.at(-1 - 3 * parcel.to)?.bytes ?? parcel.bytes)
  if (other._tag === 'Left' || other.right.message._tag !== 'PrePrepare') return [parcel]
  const { request, digest } = other.right.message
  const message = { ...sent.right.message, request, digest }
  const own = schemes[1]?.sign(statementsOf(counter, sent.right.from, message)[0]?.on ?? '')
  const [, ofClient] = other.right.signatures
  if (own === undefined || ofClient === undefined) return [parcel]
  return [{ ...parcel, bytes: encode({ from: sent.right.from, message, signatures: [own, ofClient] }) }]
}

const log: Array<LogEntry<number>> = []
const refused = new Map<string, number>()
const views = new Map<number, number>()
const sim = simulate({
  configuration: counter,
  schemes,
  tamper: lies,
  // In a network that is cut in two nothing is lost, but it arrives when it is whole again.
  delay: ({ from, to }, now) =>
    cut === 'now' && from < 4 && to < 4 && from < 2 !== to < 2 ? Math.max(1, HEALED - now) : 1,
  observe: ({ to, bytes }, _now, because) => {
    const arrived = decode(counter, bytes)
    if (because !== undefined) refused.set(because, (refused.get(because) ?? 0) + 1)
    else if (arrived._tag === 'Right') log.push({ replica: to, input: { _tag: 'Receive', ...arrived.right } })
    noteView(to)
  },
  observeTimer: (replica, serial) => {
    log.push({ replica, input: { _tag: 'Timer', serial } })
    noteView(replica)
  }
})
const noteView = (id: number): void => {
  const state = sim.replica(id)?.state()
  if (state === undefined || views.get(id) === state.view) return
  if (views.has(id)) line(`replica ${id} gives up view ${state.view - 1}`)
  views.set(id, state.view)
}

/** What happens on the way, when so many requests have been answered. */
const happens = (): void => {
  if (answered === 250) {
    line('replica 0, the primary, crashes')
    sim.crash(0)
  } else if (answered === 400) {
    sim.start(0)
    const restarted = sim.replica(0)?.state()
    if (restarted !== undefined) log.push({ replica: 0, restarted })
    line('replica 0 starts again')
  } else if (answered === 500) {
    isEquivocating = true
    line('replica 1, the primary, tells each backup something else')
  } else if (answered === 750) {
    cut = 'now'
    line('the network is cut: replicas 0 and 1 here, 2 and 3 there')
  }
}

const isHealing = (): boolean => cut === 'now' && sim.now() >= HEALED

let asked = 0
const ask = (id: number): void => {
  if (asked === REQUESTS) return
  asked++
  sim.client(id)?.ask('1', () => {
    answered++
    happens()
    ask(id)
  })
}
clients.forEach(ask)
while (answered < REQUESTS && sim.next())
  if (isHealing()) {
    cut = 'healed'
    line('the network is whole again')
  }
line('done')

for (const id of replicas) {
  const state = sim.replica(id)?.state()
  console.log(
    `replica ${id}: view ${state?.view}, ${state?.executed} executed, the counter is at ${state?.state.value}`
  )
}
console.log('refused:', Object.fromEntries([...refused].sort()))
const validated = validate(counter, log)
console.log('steps' in validated ? `${validated.steps} steps, each of them one of the specification` : validated)
