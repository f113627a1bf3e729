/**
 * The systems that are explored: what each way to explore one needs of it, and what TLC does.
 */
import { exhaustive } from '../../invariants/checker/index.js'
import type { ExhaustiveOptions, Model } from '../../invariants/checker/index.js'
import {
  lamportMutex,
  lamportMutexPlain,
  mutexHolds,
  mutexInitial,
  mutexSteps
} from '../../test/classics/lamportMutex.js'
import {
  paxosComponents,
  paxosHolds,
  paxosInitial,
  paxosOnLists,
  paxosSteps
} from '../../test/classics/paxosComponents.js'
import { jsonBreadthFirst } from './jsonBreadthFirst.js'
import type { Counted } from './jsonBreadthFirst.js'

/** The ways to explore a system. */
export const WAYS = [
  'components, breadth first',
  'components, depth first',
  'structure, breadth first',
  'JSON, breadth first'
] as const
export type Way = (typeof WAYS)[number]

/** A system of the benchmark. */
export interface Subject {
  readonly says: string
  /** Its distinct states. */
  readonly states: number
  readonly explore: (way: Way) => Promise<Counted> | Counted
  /** The files of tlaplus/Examples that are its specification, and the module and configuration that TLC is given. */
  readonly tlc: {
    readonly folder: string
    readonly files: ReadonlyArray<string>
    readonly module: string
    /** The lines of a configuration, from those that are published. */
    readonly configuration: (published: string) => string
    readonly published: string
  }
}

const searched = async <S, A>(model: Model<S, A>, options: ExhaustiveOptions): Promise<Counted> => {
  const { states, transitions, complete, counterexample } = await exhaustive(model, options)
  if (!complete || counterexample !== undefined) throw new Error(`${model.name}: not all invariants held`)
  return { states, transitions }
}

/** A system that is there as one of components, and with its steps on lists. */
const explorer =
  <C, S, A>(ofComponents: () => Model<C, A>, onLists: () => Model<S, A>, json: () => Counted) =>
  (way: Way): Promise<Counted> | Counted => {
    switch (way) {
      case 'components, breadth first':
        return searched(ofComponents(), {})
      case 'components, depth first':
        return searched(ofComponents(), { order: 'depth-first' })
      case 'structure, breadth first':
        return searched(onLists(), {})
      case 'JSON, breadth first':
        return json()
    }
  }

const mutex = { processes: 3, maxClock: 6 }
const paxos = { acceptors: 3, quorum: 2, ballots: 3, values: 2 }

export const SYSTEMS: Readonly<Record<string, Subject>> = {
  lamport: {
    says: "Lamport's mutual exclusion, 3 processes, clocks to 6",
    states: 724_274,
    explore: explorer(
      () => lamportMutex(mutex),
      () => lamportMutexPlain(mutex),
      () => jsonBreadthFirst({ initial: mutexInitial(3), steps: mutexSteps(mutex), holds: mutexHolds })
    ),
    tlc: {
      folder: 'specifications/lamport_mutex',
      files: ['LamportMutex.tla', 'MCLamportMutex.tla'],
      module: 'MCLamportMutex',
      published: 'MCLamportMutex.cfg',
      configuration: (published) => published
    }
  },
  paxos: {
    says: 'Paxos, 3 acceptors, ballots 0 to 2, 2 values',
    states: 185_369,
    explore: explorer(
      () => paxosComponents(paxos),
      () => paxosOnLists(paxos),
      () => jsonBreadthFirst({ initial: paxosInitial(paxos), steps: paxosSteps(paxos), holds: paxosHolds(paxos) })
    ),
    tlc: {
      folder: 'specifications/PaxosHowToWinATuringAward',
      files: ['Consensus.tla', 'Voting.tla', 'Paxos.tla', 'MCPaxos.tla'],
      module: 'MCPaxos',
      published: 'MCPaxosSmall.cfg',
      // Neither the refinement nor the inductive invariant is checked here: TLC is given the type invariant instead.
      configuration: (published) =>
        published.replace(/^INVARIANT\nInv$/m, 'INVARIANT\nTypeOK').replace(/^PROPERTY\n.*$/m, '')
    }
  }
}
