/**
 * Reliable broadcast of Bythos as an entry of the catalogue.
 */
import { heard, outputOf, slots as slotMaps, thresholds } from '../../../spec/byzantine/broadcast.js'
import type { BroadcastEvent, BroadcastMessage, BroadcastState } from '../../../spec/byzantine/broadcast.js'
import { entries } from '../../../spec/prelude/unionMap.js'
import type { Deceived } from '../../../spec/system/adversary.js'
import { classicByzThreshold } from '../../../spec/system/bythos.js'
import type { Untimed } from '../../checker/network/protocolModel.js'
import type { SeenState } from '../../checker/network/seen.js'
import { defineNetwork } from '../../systems/define.js'
import type { NetworkDefinition, SoughtState } from '../../systems/define.js'
import { holds, violated } from '../../systems/system.js'
import type { Expected, Preset } from '../../systems/system.js'
import { broadcastForm, broadcastName, broadcastRefuses, scopeOf } from './configuration.js'
import type { BroadcastConfiguration } from './configuration.js'
import { mutants, usual } from './mutants.js'
import { broadcastNetwork, setRules } from './network.js'
import { broadcastWords } from './words.js'

const preset = (
  changes: Partial<BroadcastConfiguration>,
  more: Partial<Preset<BroadcastConfiguration>> & ({ readonly expect: Expected } | { readonly random: object })
): Preset<BroadcastConfiguration> => {
  const of = { ...usual, ...changes }
  return { name: broadcastName(of).replaceAll('=', '').replaceAll(' ', '-'), of, tier: 'fast', ...more }
}

const isDefault = { isDefault: true } as const
const deep = { tier: 'deep' } as const
const alone = { nodes: 2, byzantine: 0 } as const

const presets: ReadonlyArray<Preset<BroadcastConfiguration>> = [
  // Nobody lies. Broadcasts are independent: two rounds have as many states as one, squared.
  preset(alone, { expect: holds(95, 245, 11) }),
  preset({ ...alone, rounds: 2, values: 2, liveness: true }, { expect: holds(9_025, 46_550, 22), ...isDefault }),
  preset({ nodes: 3, byzantine: 0 }, { expect: holds(49_751, 342_451, 22), ...isDefault }),
  // More nodes lie than are tolerated.
  preset({ nodes: 3 }, { expect: violated(1) }),
  preset({ byzantine: 2 }, { expect: violated(2) }),
  // One of four lies, in one way or another.
  preset({ lies: 'nothing', liveness: true }, { expect: holds(5_945, 29_824, 22), ...isDefault }),
  preset(
    { lies: 'initials', origin: 3, values: 2, liveness: true },
    { expect: holds(15_343, 166_194, 21), ...isDefault }
  ),
  preset({ lies: 'votes', liveness: true }, { expect: holds(193_972, 1_826_114, 25) }),
  preset({}, { expect: holds(4_693_376, 61_750_960, 28), ...deep }),
  preset({ liveness: true }, { expect: holds(4_693_376, 61_750_960, 28), ...deep }),
  preset({ origin: 3 }, { expect: holds(4_693_312, 75_250_500, 27), ...deep }),
  preset({ origin: 3, liveness: true }, { expect: holds(4_693_312, 75_250_500, 27), ...deep }),
  preset({ origin: 3, values: 2 }, { random: { runs: 2_000, steps: 120 }, ...deep }),
  preset({ values: 2 }, { random: { runs: 2_000, steps: 120 }, ...deep })
]

type Sought = SoughtState<SeenState<BroadcastState, BroadcastMessage, Deceived<null, null>>>

/** The phases, each of which must be reached. */
const witnesses = (c: BroadcastConfiguration): ReadonlyArray<Sought> => {
  const { A, slots } = scopeOf(c)
  const { th_echo4vote } = thresholds(c.nodes, classicByzThreshold(A))
  const some =
    (is: (st: BroadcastState) => boolean): Sought['of'] =>
    ({ world }) =>
      entries(world.localState).some(([, st]) => is(st))
  return [
    { name: 'echoed', says: 'a node has echoed', isGoal: true, of: some(({ echoed }) => entries(echoed).length > 0) },
    { name: 'voted', says: 'a node has voted', isGoal: true, of: some(({ voted }) => entries(voted).length > 0) },
    {
      name: 'relayed',
      says: 'a node has voted for votes, without having heard enough echoes',
      isGoal: true,
      of: some((st) =>
        entries(st.voted).some(
          ([[orig, round], value]) => heard(st, { _tag: 'Echo', orig, round, value }).length < th_echo4vote
        )
      )
    },
    {
      name: 'output',
      says: 'every honest node has output a value of every broadcast',
      isGoal: true,
      of: ({ world }) =>
        entries(world.localState).every(([, st]) => slots.every((slot) => outputOf(st, slot).length > 0))
    },
    {
      name: 'split',
      says: 'two nodes have echoed different values of one broadcast',
      isGoal: true,
      of: ({ world }) =>
        slots.some(
          (slot) =>
            new Set(
              entries(world.localState).flatMap(([, { echoed }]) => {
                const echo = slotMaps.find(slot, echoed)
                return echo._tag === 'None' ? [] : [echo.value]
              })
            ).size > 1
        )
    }
  ]
}

const definition: NetworkDefinition<
  BroadcastConfiguration,
  Deceived<null, null>,
  BroadcastState,
  BroadcastMessage,
  BroadcastEvent,
  Untimed
> = {
  name: 'broadcast',
  says: 'A node broadcasts values so that all honest nodes output the same, while some nodes lie: Bracha, as in Bythos.',
  mirrors: [
    { work: 'verse-lab/bythos (CCS 2024)', where: 'Protocols/RB' },
    { work: 'G. Bracha, Asynchronous Byzantine Agreement Protocols (1987)', where: 'reliable broadcast' }
  ],
  form: broadcastForm,
  refuses: broadcastRefuses,
  presets,
  network: broadcastNetwork(setRules),
  words: () => broadcastWords,
  mutants,
  witnesses
}

/** Reliable broadcast. */
export const broadcast = defineNetwork(definition)
