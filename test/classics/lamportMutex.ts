/**
 * Lamport's distributed mutual exclusion (Time, Clocks, and the Ordering of Events in a Distributed System, 1978), after the
 * specification `specifications/lamport_mutex` of tlaplus/Examples: as a system of components, and as one whose steps are
 * found on nested lists. The clock of no process passes a bound, as in the model that TLC checks there.
 */
import { componentModel, components, plainData, systemModel } from '../../invariants/checker/index.js'
import type { ComponentAction, ComponentStep, Effect, Model } from '../../invariants/checker/index.js'
import { whole } from '../../invariants/property/invariant.js'
import { iota } from '../../spec/prelude/seq.js'
import { fromSteps } from '../../spec/system/transitionSystem.js'
import type { Step } from '../../spec/system/transitionSystem.js'

/** How many processes there are, and the largest clock. */
export interface MutexOptions {
  readonly processes: number
  readonly maxClock: number
}

/** A request has the clock of whoever makes it; acknowledgements and releases have 0. */
interface Message {
  readonly type: 'req' | 'ack' | 'rel'
  readonly clock: number
}
type Channel = ReadonlyArray<Message>

const ACK: Message = { type: 'ack', clock: 0 }
const REL: Message = { type: 'rel', clock: 0 }
const request = (clock: number): Message => ({ type: 'req', clock })

/** What a process knows. */
interface Process {
  readonly clock: number
  /** The clocks of the requests that it knows, its own among them, by process; 0: none. */
  readonly req: ReadonlyArray<number>
  /** Who has acknowledged its request, in order. */
  readonly ack: ReadonlyArray<number>
}

const idle = (processes: number): Process => ({ clock: 1, req: iota(processes).map(() => 0), ack: [] })

/** All have acknowledged the request of a process, and it comes before all that the process knows. */
const mayEnter = ({ req, ack }: Process, p: number): boolean =>
  ack.length === req.length &&
  req.every((clock, q) => q === p || clock === 0 || req[p]! < clock || (req[p] === clock && p < q))

/** A process has received a request. */
const requested = (me: Process, q: number, clock: number): Process => ({
  ...me,
  req: me.req.with(q, clock),
  clock: Math.max(me.clock, clock) + 1
})

const withElement = (set: ReadonlyArray<number>, n: number): ReadonlyArray<number> =>
  set.includes(n) ? set : [...set, n].sort((a, b) => a - b)

const isProcess = (processes: number, { clock, req, ack }: Process): boolean =>
  clock > 0 && req.length === processes && req.every((n) => n >= 0) && ack.every((p) => p < processes)

/** No channel has more than three messages. */
const isBounded = (messages: Channel): boolean => messages.length <= 3

// ---- As a system of components: processes, the channels between them, and who is in the critical section.

interface State {
  readonly [process: `process ${number}`]: Process
  readonly [channel: `${number} to ${number}`]: Channel
  readonly critical: ReadonlyArray<number>
}
type Written = readonly [name: keyof State, value: State[keyof State]]

const { action, invariant } = components<State>()
const processOf = (p: number) => `process ${p}` as const
const channelOf = (p: number, q: number) => `${p} to ${q}` as const
const step = (...written: ReadonlyArray<Written>): ReadonlyArray<Effect<State>> => [
  { then: Object.fromEntries(written) as Partial<State> }
]

/** What a process does of its own accord. */
const ownActions = (all: ReadonlyArray<number>, p: number): ReadonlyArray<ComponentAction<State>> => {
  const me = processOf(p)
  const out = all.filter((q) => q !== p).map((q) => channelOf(p, q))
  return [
    action({
      name: 'Request',
      at: p,
      reads: [me, ...out],
      writes: [me, ...out],
      steps: (seen) => {
        const mine = seen[me]!
        if (mine.req[p] !== 0) return []
        const { clock } = mine
        return step(
          [me, { ...mine, req: mine.req.with(p, clock), ack: [p] }],
          ...out.map((name): Written => [name, [...seen[name]!, request(clock)]])
        )
      }
    }),
    action({
      name: 'Enter',
      at: p,
      reads: [me, 'critical'],
      writes: ['critical'],
      // Whoever is there enters again, which changes nothing.
      steps: (seen) => (mayEnter(seen[me]!, p) ? step(['critical', withElement(seen.critical, p)]) : [])
    }),
    action({
      name: 'Exit',
      at: p,
      reads: ['critical', me, ...out],
      writes: ['critical', me, ...out],
      steps: (seen) =>
        seen.critical.includes(p)
          ? step(
              ['critical', seen.critical.filter((q) => q !== p)],
              [me, { ...seen[me]!, req: seen[me]!.req.with(p, 0), ack: [] }],
              ...out.map((name): Written => [name, [...seen[name]!, REL]])
            )
          : []
    })
  ]
}

/** What a process does with a message from another one. */
const receiving = (maxClock: number, p: number, q: number): ReadonlyArray<ComponentAction<State>> => {
  const [me, arriving, back] = [processOf(p), channelOf(q, p), channelOf(p, q)]
  const at = [p, q]
  return [
    action({
      name: 'ReceiveRequest',
      at,
      reads: [me, arriving, back],
      writes: [me, arriving, back],
      steps: (seen) => {
        const [first, ...rest] = seen[arriving]!
        if (first?.type !== 'req') return []
        const mine = requested(seen[me]!, q, first.clock)
        return mine.clock > maxClock ? [] : step([me, mine], [arriving, rest], [back, [...seen[back]!, ACK]])
      }
    }),
    action({
      name: 'ReceiveAck',
      at,
      reads: [me, arriving],
      writes: [me, arriving],
      steps: (seen) => {
        const [first, ...rest] = seen[arriving]!
        const mine = seen[me]!
        return first?.type === 'ack' ? step([me, { ...mine, ack: withElement(mine.ack, q) }], [arriving, rest]) : []
      }
    }),
    action({
      name: 'ReceiveRelease',
      at,
      reads: [me, arriving],
      writes: [me, arriving],
      steps: (seen) => {
        const [first, ...rest] = seen[arriving]!
        const mine = seen[me]!
        return first?.type === 'rel' ? step([me, { ...mine, req: mine.req.with(q, 0) }], [arriving, rest]) : []
      }
    })
  ]
}

/** The model, of components. */
export const lamportMutex = ({ processes, maxClock }: MutexOptions): Model<State, ComponentStep> => {
  const all = iota(processes)
  const pairs = all.flatMap((p) => all.filter((q) => q !== p).map((q) => [p, q] as const))
  return componentModel<State>({
    name: `Lamport's mutual exclusion, ${processes} processes, clocks to ${maxClock}`,
    initial: [
      Object.fromEntries<State[keyof State]>([
        ...all.map((p) => [processOf(p), idle(processes)] as const),
        ...pairs.map(([p, q]) => [channelOf(p, q), []] as const),
        ['critical', []]
      ]) as unknown as State
    ],
    actions: [...all.flatMap((p) => ownActions(all, p)), ...pairs.flatMap(([p, q]) => receiving(maxClock, p, q))],
    invariants: [
      invariant('mutual exclusion', 'at most one process is in the critical section', ['critical'], ({ critical }) =>
        critical.length > 1 ? [{ witness: `processes ${critical.join(', ')} are` }] : []
      ),
      ...all.map((p) =>
        invariant(`type of process ${p}`, 'its parts are of their types', [processOf(p)], (seen) =>
          isProcess(processes, seen[processOf(p)]!) ? [] : [{ witness: 'they are not' }]
        )
      ),
      ...pairs.map(([p, q]) =>
        invariant(`bounded ${p} to ${q}`, 'the channel has at most three messages', [channelOf(p, q)], (seen) =>
          isBounded(seen[channelOf(p, q)]!) ? [] : [{ witness: 'it has more' }]
        )
      )
    ]
  })
}

// ---- On nested lists.

/** Everything, as a state of the TLA+ specification has it; channels by who sends and who receives. */
export interface MutexState {
  readonly processes: ReadonlyArray<Process>
  readonly network: ReadonlyArray<ReadonlyArray<Channel>>
  readonly critical: ReadonlyArray<number>
}

type Steps = ReadonlyArray<Step<MutexState, ComponentStep>>

const ownSteps = (s: MutexState, p: number): Steps => {
  const { processes, network, critical } = s
  const me = processes[p]!
  const broadcast = (m: Message) =>
    network.with(
      p,
      network[p]!.map((channel, q) => (q === p ? channel : [...channel, m]))
    )
  const enters = (): MutexState => ({ ...s, critical: withElement(critical, p) })
  return [
    ...(me.req[p] === 0
      ? [
          [
            { _tag: 'Request', at: p },
            {
              ...s,
              processes: processes.with(p, { ...me, req: me.req.with(p, me.clock), ack: [p] }),
              network: broadcast(request(me.clock))
            }
          ] as const
        ]
      : []),
    ...(mayEnter(me, p) ? [[{ _tag: 'Enter', at: p }, enters()] as const] : []),
    ...(critical.includes(p)
      ? [
          [
            { _tag: 'Exit', at: p },
            {
              processes: processes.with(p, { ...me, req: me.req.with(p, 0), ack: [] }),
              network: broadcast(REL),
              critical: critical.filter((q) => q !== p)
            }
          ] as const
        ]
      : [])
  ]
}

const receivingSteps = (s: MutexState, maxClock: number, p: number, q: number): Steps => {
  const { processes, network } = s
  const [first, ...rest] = network[q]![p]!
  if (first === undefined) return []
  const me = processes[p]!
  const taken = network.with(q, network[q]!.with(p, rest))
  const at = [p, q]
  switch (first.type) {
    case 'req': {
      const mine = requested(me, q, first.clock)
      if (mine.clock > maxClock) return []
      const answered = taken.with(p, taken[p]!.with(q, [...taken[p]![q]!, ACK]))
      return [
        [
          { _tag: 'ReceiveRequest', at },
          { ...s, processes: processes.with(p, mine), network: answered }
        ]
      ]
    }
    case 'ack': {
      const mine = { ...me, ack: withElement(me.ack, q) }
      return [
        [
          { _tag: 'ReceiveAck', at },
          { ...s, processes: processes.with(p, mine), network: taken }
        ]
      ]
    }
    case 'rel': {
      const mine = { ...me, req: me.req.with(q, 0) }
      return [
        [
          { _tag: 'ReceiveRelease', at },
          { ...s, processes: processes.with(p, mine), network: taken }
        ]
      ]
    }
  }
}

/** All steps from a state. */
export const mutexSteps = ({ processes, maxClock }: MutexOptions) => {
  const all = iota(processes)
  const pairs = all.flatMap((p) => all.filter((q) => q !== p).map((q) => [p, q] as const))
  return (s: MutexState): Steps => [
    ...all.flatMap((p) => ownSteps(s, p)),
    ...pairs.flatMap(([p, q]) => receivingSteps(s, maxClock, p, q))
  ]
}

export const mutexInitial = (processes: number): MutexState => ({
  processes: iota(processes).map(() => idle(processes)),
  network: iota(processes).map(() => iota(processes).map(() => [])),
  critical: []
})

/** All that is checked, as one predicate. */
export const mutexHolds = ({ processes, network, critical }: MutexState): boolean =>
  critical.length <= 1 &&
  processes.every((one) => isProcess(processes.length, one)) &&
  network.every((row) => row.every(isBounded))

/** The model, on nested lists. */
export const lamportMutexPlain = (options: MutexOptions): Model<MutexState, ComponentStep> =>
  systemModel({
    name: `Lamport's mutual exclusion on lists, ${options.processes} processes, clocks to ${options.maxClock}`,
    system: fromSteps([mutexInitial(options.processes)], mutexSteps(options), plainData),
    invariants: [
      whole('good', 'types, bounds and mutual exclusion', (s) =>
        mutexHolds(s) ? [] : [{ witness: 'they do not hold' }]
      )
    ]
  })
