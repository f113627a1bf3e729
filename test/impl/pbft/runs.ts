/**
 * Random runs of replicas of the library, with clients, timers, lost and repeated messages, and nonsense that looks like
 * messages. What a run does is drawn from a seed.
 */
import { configure, initialState, step } from '../../../impl/pbft/index.js'
import type { Configuration, Input, Output, ReplicaState, Service } from '../../../impl/pbft/index.js'
import { NULL_DIGEST } from '../../../spec/byzantine/pbft/messages.js'
import type { Certificate, PbftMessage, ViewChange } from '../../../spec/byzantine/pbft/messages.js'
import { proposalsOf } from '../../../spec/byzantine/pbft/newView.js'
import { digestOf } from '../../../spec/byzantine/pbft/replica.js'
import type { Address } from '../../../spec/system/address.js'

/** Numbers from 0 on, below a bound, from a seed. */
export const numbers = (seed: number): ((below: number) => number) => {
  let a = seed >>> 0
  return (below) => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = a
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

/** The service is the list of its operations; the result of one is how many there are, on a line of its own. */
export const listService: Service<ReadonlyArray<string>> = {
  initial: [],
  execute: (state, operation) => ({ state: [...state, operation], result: `${operation}\n${state.length + 1}` }),
  write: (state) => state.join('\n'),
  read: (text) => (text === '' ? [] : text.split('\n'))
}

export type Listed = ReplicaState<ReadonlyArray<string>>

/** A message on its way. */
interface Flight {
  readonly from: Address
  readonly to: Address
  readonly message: PbftMessage
}

/** What a run tells of a step of a replica. */
export interface Taken {
  readonly before: Listed
  readonly input: Input
  readonly after: Listed
  readonly outputs: ReadonlyArray<Output>
}

/** How a run is: how many steps, and of a hundred steps how many are nonsense, timers, and losses. */
export interface Course {
  readonly steps: number
  readonly nonsense: number
  readonly timers: number
  readonly losses: number
  /** Clients ask for one thing at a time. */
  readonly isOrderly: boolean
}

export const small = configure({ replicas: 4, clients: 2, service: listService, period: 2, window: 4, waiting: 2 })

/** One of a list. */
const among = <X>(draw: (below: number) => number, list: ReadonlyArray<X>): X | undefined =>
  list.length === 0 ? undefined : list[draw(list.length)]

/** What looks like a message, from what is known in the run. */
export const nonsense = (
  c: Configuration<ReadonlyArray<string>>,
  draw: (below: number) => number,
  said: ReadonlyArray<PbftMessage>
): Omit<Flight, 'to'> => {
  const { pbft } = c
  const from = among(draw, [...pbft.replicas, ...pbft.clients])!
  const by = draw(8) === 0 ? among(draw, pbft.replicas)! : from
  const old = among(draw, said)
  const request = among(
    draw,
    said.flatMap((m) => (m._tag === 'Request' ? [m.request] : []))
  )
  const digest = request === undefined || draw(4) === 0 ? NULL_DIGEST : digestOf(pbft, request)
  const view = draw(12) === 0 ? 2 ** 53 - 1 : draw(5)
  const number = draw(12) === 0 ? 2 ** 53 - 1 : draw(12)
  const certificate = (): Certificate => ({
    view: draw(4),
    number: 1 + draw(8),
    digest,
    prepares: pbft.replicas.filter(() => draw(3) > 0)
  })
  const checkpoints = said.flatMap((m) => (m._tag === 'Checkpoint' ? [m] : []))
  const shown = among(draw, checkpoints)
  const proof = checkpoints.filter((m) => m.number === shown?.number)
  const viewChanges = said.flatMap((m) => (m._tag === 'ViewChange' ? [m] : []))
  const viewChange = (): ViewChange => ({
    _tag: 'ViewChange',
    view,
    ...(draw(2) === 0 || shown === undefined
      ? { stable: 0, proof: [] }
      : { stable: shown.number, proof: pbft.replicas.flatMap((n) => proof.filter((m) => m.by === n).slice(0, 1)) }),
    prepared: Array.from({ length: draw(3) }, certificate),
    by
  })
  switch (draw(10)) {
    case 0:
      return { from, message: { _tag: 'Request', request: { client: by, timestamp: draw(6), operation: 'x' } } }
    case 1:
      return request === undefined || old === undefined
        ? nonsense(c, draw, [...said, { _tag: 'Request', request: { client: by, timestamp: 1, operation: 'y' } }])
        : { from, message: { _tag: 'PrePrepare', view: draw(4), number: 1 + draw(6), digest, request } }
    case 2:
      return { from, message: { _tag: 'Prepare', view: draw(4), number: 1 + draw(6), digest, by } }
    case 3:
      return { from, message: { _tag: 'Commit', view: draw(4), number: 1 + draw(6), digest, by } }
    case 4:
      return { from, message: { _tag: 'Checkpoint', number, digest: shown?.digest ?? digest, by } }
    case 5:
      return { from, message: viewChange() }
    case 6: {
      const at = among(draw, viewChanges)?.view ?? view
      const chosen = viewChanges.filter((m) => m.view === at && draw(4) > 0)
      const extra = draw(4) === 0 ? [{ number: 1, digest }] : []
      const proposals = [...proposalsOf(pbft, chosen), ...extra]
      return { from, message: { _tag: 'NewView', view: at, viewChanges: chosen, proposals, by } }
    }
    case 7:
      return { from, message: { _tag: 'FetchState', number: draw(8) } }
    case 8:
      return { from, message: { _tag: 'StateTransfer', number: draw(8), state: { snapshot: 'x', replies: [] } } }
    default:
      return { from, message: old ?? { _tag: 'FetchState', number } }
  }
}

/** A run: every step of a replica is told. The replicas at its end. */
export const run = (
  c: Configuration<ReadonlyArray<string>>,
  seed: number,
  course: Course,
  tell: (taken: Taken) => void
): ReadonlyArray<Listed> => {
  const { pbft } = c
  const draw = numbers(seed)
  const replicas = pbft.replicas.map((id) => initialState(c, id))
  const flights: Flight[] = []
  const said: PbftMessage[] = []
  const asked = new Map<Address, number>()
  const take = (at: Address, input: Input): void => {
    const before = replicas[at]!
    const [after, outputs] = step(c, before, input)
    replicas[at] = after
    tell({ before, input, after, outputs })
    for (const output of outputs)
      if (output._tag === 'Send') {
        said.push(output.message)
        for (const to of output.to) flights.push({ from: at, to, message: output.message })
      }
  }
  const ask = (client: Address): void => {
    const last = asked.get(client) ?? 0
    const isDone = (r: Listed): boolean => r.state.replies.some((x) => x.client === client && x.timestamp >= last)
    if (course.isOrderly && last > 0 && replicas.filter(isDone).length <= pbft.faulty) return
    asked.set(client, last + 1)
    const request = { client, timestamp: last + 1, operation: `${String.fromCharCode(97 + client)}${last + 1}` }
    said.push({ _tag: 'Request', request })
    for (const to of pbft.replicas) flights.push({ from: client, to, message: { _tag: 'Request', request } })
  }
  for (let i = 0; i < course.steps; i++) {
    const kind = draw(100)
    const at = draw(flights.length + 1)
    if (kind < course.nonsense)
      take(among(draw, pbft.replicas)!, { _tag: 'Receive', ...nonsense(c, draw, said.slice(-60)) })
    else if (kind < course.nonsense + course.timers) {
      const { id, timer, timers } = among(draw, replicas)!
      take(id, { _tag: 'Timer', serial: timer?.serial ?? timers })
    } else if (at === flights.length || draw(10) === 0) ask(among(draw, pbft.clients)!)
    else {
      const flight = flights[at]!
      if (draw(100) >= 5) flights.splice(at, 1)
      const { from, to, message } = flight
      // A request that a replica passes on is its client's.
      const sender = message._tag === 'Request' ? message.request.client : from
      if (draw(100) >= course.losses && pbft.replicas.includes(to)) take(to, { _tag: 'Receive', from: sender, message })
    }
    if (said.length > 400) said.splice(0, 200)
  }
  return replicas
}
