/**
 * The systems that are explored: what each way to explore one needs of it, and what TLC does.
 */
import { configuration } from '../../invariants/byzantine/ladder/configuration.js'
import { ladderNetwork } from '../../invariants/byzantine/ladder/system.js'
import { slotConfiguration } from '../../invariants/byzantine/pbft/configuration.js'
import { slotModel } from '../../invariants/byzantine/pbft/slotModel.js'
import { exhaustive, protocolModel } from '../../invariants/checker/index.js'
import type { ExhaustiveOptions, Model } from '../../invariants/checker/index.js'
import { ladderRules } from '../../spec/byzantine/ladder.js'
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

/** The ways to explore a system of components. */
const ON_COMPONENTS = ['components, breadth first', 'components, depth first'] as const

/** The ways to explore a system that is no network, where its steps on lists are written, too. */
const ON_VALUES = [...ON_COMPONENTS, 'structure, breadth first', 'JSON, breadth first'] as const

/** The ways to explore a network. */
const ON_NETWORKS = ['network, breadth first', 'network, depth first'] as const

type OnValues = (typeof ON_VALUES)[number]

/** The ways to explore a system. */
export const WAYS = [...ON_VALUES, ...ON_NETWORKS] as const
export type Way = (typeof WAYS)[number]

/** A system of the benchmark. */
export interface Subject {
  readonly says: string
  /** Its distinct states. */
  readonly states: number
  readonly ways: ReadonlyArray<Way>
  /** @throws RangeError where the way is none of `ways`. */
  readonly explore: (way: Way) => Promise<Counted> | Counted
  /** The files that are its specification, and the module and configuration that TLC is given. */
  readonly tlc: {
    /** In tlaplus/Examples, or beside this file. */
    readonly from: 'Examples' | 'here'
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

/** A system that can be explored in some of the ways. */
const explorer = <W extends Way>(
  ways: ReadonlyArray<W>,
  explore: (way: W) => Promise<Counted> | Counted
): Pick<Subject, 'ways' | 'explore'> => ({
  ways,
  explore: (way) => {
    const own = ways.find((one) => one === way)
    if (own === undefined) throw new RangeError(`expected ${ways.join('; or ')}, found ${way}`)
    return explore(own)
  }
})

/** A system that is there as one of components, and with its steps on lists. */
const onValues = <C, S, A>(ofComponents: () => Model<C, A>, onLists: () => Model<S, A>, json: () => Counted) =>
  explorer<OnValues>(ON_VALUES, (way) => {
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
  })

/** A network, or a system of components, breadth first and depth first. */
const onModel = <S, A, W extends Way>(ways: readonly [breadthFirst: W, depthFirst: W], model: () => Model<S, A>) =>
  explorer<W>(ways, (way) => searched(model(), { order: way === ways[1] ? 'depth-first' : 'breadth-first' }))

const mutex = { processes: 3, maxClock: 6 }
const paxos = { acceptors: 3, quorum: 2, ballots: 3, values: 2 }

export const SYSTEMS: Readonly<Record<string, Subject>> = {
  lamport: {
    says: "Lamport's mutual exclusion, 3 processes, clocks to 6",
    states: 724_274,
    ...onValues(
      () => lamportMutex(mutex),
      () => lamportMutexPlain(mutex),
      () => jsonBreadthFirst({ initial: mutexInitial(3), steps: mutexSteps(mutex), holds: mutexHolds })
    ),
    tlc: {
      from: 'Examples',
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
    ...onValues(
      () => paxosComponents(paxos),
      () => paxosOnLists(paxos),
      () => jsonBreadthFirst({ initial: paxosInitial(paxos), steps: paxosSteps(paxos), holds: paxosHolds(paxos) })
    ),
    tlc: {
      from: 'Examples',
      folder: 'specifications/PaxosHowToWinATuringAward',
      files: ['Consensus.tla', 'Voting.tla', 'Paxos.tla', 'MCPaxos.tla'],
      module: 'MCPaxos',
      published: 'MCPaxosSmall.cfg',
      // Neither the refinement nor the inductive invariant is checked here: TLC is given the type invariant instead.
      configuration: (published) =>
        published.replace(/^INVARIANT\nInv$/m, 'INVARIANT\nTypeOK').replace(/^PROPERTY\n.*$/m, '')
    }
  },
  ladder: {
    says: 'a round of three phases among 4 nodes, whose leader lies',
    states: 1_938_411,
    ...onModel(ON_NETWORKS, () => protocolModel(ladderNetwork(ladderRules)(configuration(4, '0', 3, 3)))),
    tlc: {
      from: 'here',
      folder: 'models',
      files: ['Ladder.tla'],
      module: 'Ladder',
      published: 'Ladder.cfg',
      configuration: (published) => published
    }
  },
  pbft: {
    says: 'one number of PBFT, 4 replicas, views 0 to 2, the first primary lies',
    states: 4_160_622,
    ...onModel(ON_COMPONENTS, () => slotModel(slotConfiguration(2, '0'))),
    tlc: {
      from: 'here',
      folder: 'models',
      files: ['PBFT.tla'],
      module: 'PBFT',
      published: 'PBFT.cfg',
      configuration: (published) => published
    }
  }
}
