/**
 * `npm run bench:pbft`: how many requests a second replicas commit in one process, over a simulated network.
 *
 * Beside it, in the same round, a bare loop that encodes, hashes and counts the same messages and does nothing else; and with
 * signatures, how much of the time is spent in them. Times are processor time. Medians over the rounds.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { ed25519 as noble } from '@noble/curves/ed25519.js'
import { parseArgs } from 'node:util'
import { table } from '../../impl/cli/io.js'
import { batching, batchOf, configure, decode, encode, resultsOf, simulate } from '../../impl/pbft/index.js'
import type { Configuration, Scheme, Service, SignedMessage } from '../../impl/pbft/index.js'
import { ed25519, generateKeyPair } from '../../impl/pbft/ed25519.js'
import { markdown, median } from '../checker/report.js'

const HELP = `npm run bench:pbft -- [options]

  --only LIST  of these numbers of replicas (default: 4,7,16,31)
  --rounds N   medians are taken over so many (default: 3)
  --markdown   print the tables in Markdown
  --help       print this
`

/** What is measured: how many replicas, operations in a request, requests, and whether they are signed. */
interface Case {
  readonly replicas: number
  readonly batch: number
  readonly requests: number
  readonly isSigned: boolean
}

const CLIENTS = 16
const counter: Service<number> = {
  initial: 0,
  execute: (state, operation) => ({ state: state + operation.length, result: String(state) }),
  write: String,
  read: Number
}
const NODES = [4, 7, 16, 31] as const
const CASES: ReadonlyArray<Case> = [
  ...[1, 64].flatMap((batch) =>
    NODES.map((n) => ({ replicas: n, batch, requests: sized(n, 20_000), isSigned: false }))
  ),
  ...[1, 64].flatMap((batch) => NODES.map((n) => ({ replicas: n, batch, requests: sized(n, 1500), isSigned: true })))
]

/** So many requests that so many votes are cast. */
function sized(n: number, votes: number): number {
  return Math.max(16, Math.ceil((votes * 4) / (n * n)))
}

/** Seconds of processor time that something takes. */
const seconds = (task: () => void): number => {
  const before = process.cpuUsage()
  task()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** The schemes of all nodes, and how many seconds were spent in them. */
const timedSchemes = (nodes: number): { readonly schemes: ReadonlyArray<Scheme>; readonly spent: () => number } => {
  const keys = Array.from({ length: nodes }, generateKeyPair)
  const publicKeys = keys.map((k) => k.publicKey)
  let spent = 0n
  const timed = <X>(task: () => X): X => {
    const start = process.hrtime.bigint()
    const x = task()
    spent += process.hrtime.bigint() - start
    return x
  }
  const schemes = keys.map((own): Scheme => {
    const { sign, verify } = ed25519(own, publicKeys, 'bench')
    return { sign: (text) => timed(() => sign(text)), verify: (by, text, s) => timed(() => verify(by, text, s)) }
  })
  return { schemes, spent: () => Number(spent) / 1e9 }
}

/** What a run came to. */
interface Measured {
  readonly seconds: number
  /** Of the wall-clock time so much was spent in signatures. */
  readonly inSignatures: number
  readonly messages: number
  readonly bytes: number
  readonly said: ReadonlyArray<Uint8Array>
  readonly configuration: Configuration<number>
}

const run = ({ replicas, batch, requests, isSigned }: Case): Measured => {
  const configuration = configure({
    replicas,
    clients: CLIENTS,
    service: batching(counter, batch)
  })
  const { schemes, spent } = timedSchemes(replicas + CLIENTS)
  const said: Uint8Array[] = []
  let bytes = 0
  const sim = simulate({
    configuration,
    schemes: isSigned ? schemes : undefined,
    patience: 10_000,
    tamper: (parcel) => {
      said.push(parcel.bytes)
      bytes += parcel.bytes.length
      return [parcel]
    }
  })
  const operation = batchOf(Array.from({ length: batch }, (_, i) => `operation ${i}`))
  let asked = 0
  let answered = 0
  const ask = (id: number): void => {
    if (asked === requests) return
    asked++
    sim.client(id)?.ask(operation, (result) => {
      if (resultsOf(result)?.length !== batch) throw new Error(`found ${result}`)
      answered++
      ask(id)
    })
  }
  const start = process.hrtime.bigint()
  const took = seconds(() => {
    for (let i = 0; i < CLIENTS; i++) ask(replicas + i)
    while (answered < requests && sim.next());
  })
  if (answered < requests) throw new Error(`${answered} of ${requests} requests were answered`)
  const wall = Number(process.hrtime.bigint() - start) / 1e9
  return { seconds: took, inSignatures: spent() / wall, messages: said.length, bytes, said, configuration }
}

/** A bare loop on the same messages: it encodes and hashes each, and counts who has said what. */
const bare = ({ said, configuration }: Measured): number => {
  const decoded = new Map<Uint8Array, SignedMessage>()
  for (const bytes of said) {
    const read = decode(configuration, bytes)
    if (read._tag === 'Right') decoded.set(bytes, read.right)
  }
  const messages = said.flatMap((bytes) => decoded.get(bytes) ?? [])
  const counts = new Map<string, number>()
  const took = seconds(() => {
    for (const m of messages) {
      const key = bytesToHex(sha256(encode(m)))
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  })
  if (counts.size === 0) throw new Error('nothing was counted')
  return took
}

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '4,7,16,31' },
    rounds: { type: 'string', default: '3' },
    markdown: { type: 'boolean' },
    help: { type: 'boolean' }
  }
})

const middle = (numbers: ReadonlyArray<number>): number => median(numbers) ?? NaN

const measure = (rounds: number, only: ReadonlyArray<number>): ReadonlyArray<ReadonlyArray<string>> =>
  CASES.filter((one) => only.includes(one.replicas)).map((one) => {
    const all = Array.from({ length: rounds }, () => {
      const ran = run(one)
      const ratio = one.isSigned ? NaN : ran.seconds / bare(ran)
      return { ...ran, ratio, said: [] }
    })
    const [first] = all
    const took = middle(all.map((r) => r.seconds))
    const messages = first?.messages ?? 0
    return [
      one.isSigned ? 'yes' : 'no',
      String(one.batch),
      String(one.replicas),
      Math.round((one.requests * one.batch) / took).toLocaleString('en'),
      (messages / one.requests).toFixed(1),
      Math.round((first?.bytes ?? 0) / one.requests).toLocaleString('en'),
      ((took / messages) * 1e6).toFixed(1),
      one.isSigned ? '' : middle(all.map((r) => r.ratio)).toFixed(2),
      one.isSigned ? `${(100 * middle(all.map((r) => r.inSignatures))).toFixed(0)} %` : ''
    ]
  })

/** The two libraries for signatures side by side, in microseconds. */
const libraries = (): ReadonlyArray<ReadonlyArray<string>> => {
  const own = generateKeyPair()
  const scheme = ed25519(own, [own.publicKey], 'bench')
  const [first] = configure({ replicas: 4, clients: 1, service: counter }).pbft.replicas
  if (first === undefined) return []
  const text = `Prepare 0 1 ${'a'.repeat(64)}`
  const bytes = new TextEncoder().encode(`"bench" ${text}`)
  const signature = scheme.sign(text)
  if (
    !noble.verify(signature, bytes, own.publicKey) ||
    bytesToHex(noble.sign(bytes, own.secretKey)) !== bytesToHex(signature)
  )
    throw new Error('the libraries do not agree')
  const each = (times: number, task: () => void): string => {
    for (let i = 0; i < times / 10; i++) task()
    return ((seconds(() => Array.from({ length: times }).forEach(task)) / times) * 1e6).toFixed(0)
  }
  return [
    ["Node's crypto", each(2000, () => scheme.sign(text)), each(2000, () => scheme.verify(first, text, signature))],
    [
      '@noble/curves',
      each(200, () => noble.sign(bytes, own.secretKey)),
      each(200, () => noble.verify(signature, bytes, own.publicKey))
    ]
  ]
}

if (values.help === true) process.stdout.write(HELP)
else {
  const print = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): void =>
    console.log(values.markdown === true ? markdown([head, ...rows]) : table([head, ...rows]))
  print(['Ed25519', 'sign µs', 'verify µs'], libraries())
  print(
    [
      'signed',
      'batch',
      'replicas',
      'operations/s',
      'messages/request',
      'bytes/request',
      'µs/message',
      'bare loop',
      'in signatures'
    ],
    measure(Number(values.rounds), values.only.split(',').map(Number))
  )
}
