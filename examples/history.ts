/** What two clients saw of a register whose replicas lag behind, and the shortest execution in which they can see that. */
import * as O from 'fp-ts/lib/Option.js'
import {
  call,
  consistencyOf,
  exhaustive,
  linearizableSoFar,
  returns,
  systemModel,
  verdictText,
  withHistory
} from '../invariants/checker/index.js'
import type { History, SequentialObject } from '../invariants/checker/index.js'
import { showFailure } from '../invariants/index.js'
import type { TransitionSystem } from '../spec/index.js'

type Op = 'read' | { readonly write: number }
type Result = number | 'done'

/** What a register does when it is used by one client at a time. */
const register: SequentialObject<number, Op, Result> = {
  name: 'register',
  initial: [0],
  apply: (value, op) => (op === 'read' ? [[value, value]] : [[op.write, 'done']])
}
const words = { op: (op: Op) => (op === 'read' ? op : `write ${op.write}`), result: String }

// A history from a log: bob reads the old value after alice has read the new one.
const log: History<Op, Result> = [
  call('alice', { write: 1 }),
  call('bob', 'read'),
  returns('bob', 1),
  call('bob', 'read'),
  returns('alice', 'done'),
  returns('bob', 0)
]
const { level, linearizable } = consistencyOf(log, register)
console.log(`${level}\n${verdictText(linearizable, words)}\n`)

/** Writes go to the first replica, and reads to either; once the value is copied, both have it. */
interface State {
  readonly replicas: readonly [number, number]
  readonly left: number
}
type Action =
  | { readonly does: 'write' }
  | { readonly does: 'copy' }
  | { readonly does: 'read'; readonly replica: 0 | 1 }

const replicated = (reads: ReadonlyArray<0 | 1>): TransitionSystem<State, Action> => ({
  initial: [{ replicas: [0, 0], left: 3 }],
  actions: ({ left }) =>
    left === 0
      ? []
      : [{ does: 'write' }, { does: 'copy' }, ...reads.map((replica) => ({ does: 'read', replica }) as const)],
  next: ({ replicas: [first, second], left }, { does }) =>
    O.some({
      replicas: does === 'write' ? [1, second] : does === 'copy' ? [first, first] : [first, second],
      left: left - 1
    })
})

/** Each step is an operation from its call to its return, or what no client sees. */
const eventsOf = ({ replicas }: State, action: Action): History<Op, Result> =>
  action.does === 'copy'
    ? []
    : action.does === 'write'
      ? [call('alice', { write: 1 }), returns('alice', 'done')]
      : [call('bob', 'read'), returns('bob', replicas[action.replica])]

for (const [name, reads] of [
  ['reads from the first replica', [0]],
  ['reads from both', [0, 1]]
] as const) {
  const system = withHistory(replicated(reads), eventsOf)
  const { states, counterexample } = await exhaustive(
    systemModel({ name, system, invariants: [linearizableSoFar(register, words)] })
  )
  console.log(`${name}: ${states} states, ${counterexample ? 'violated' : 'linearizable'}`)
  for (const failure of counterexample?.failures ?? []) console.log(showFailure(failure))
}
