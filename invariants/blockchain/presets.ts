/**
 * The presets of Toychain: those of `docs/model.md`, with the exact counts to expect.
 */
import type { Expected, Preset } from '../systems/system.js'
import { withPlayable } from './configuration.js'
import type { Configuration, InstanceName } from './configuration.js'
import { configurationName } from './model.js'

/** Parameters by their numbers. */
export const configuration = (
  nodes: number,
  mints: number,
  transactions: number,
  {
    faults,
    ...more
  }: Partial<Omit<Configuration, 'faults'>> & { readonly faults?: Partial<Configuration['faults']> } = {}
): Configuration => ({
  instance: 'numbered',
  nodes,
  mints,
  transactions,
  blockOnly: false,
  faults: { duplications: 0, losses: 0, cuts: 0, ...faults },
  ...more
})

/** Only blocks are in flight. */
export const blockOnly = { blockOnly: true } as const

/** A search finds nothing wrong, and so much. */
export const holds = (states: number, transitions: number, depth: number): Expected => ({
  verdict: 'holds',
  states,
  transitions,
  depth
})

/** The name of a configuration, as its model has it. */
const nameOf = (c: Configuration): string =>
  [
    ...(c.edition === undefined ? [] : [c.edition]),
    withPlayable(c, ({ instance }, limits) => configurationName(instance.name, limits))
  ].join(' ')

const preset = (
  of: Configuration,
  tier: 'fast' | 'deep',
  more: Omit<Preset<Configuration>, 'name' | 'of' | 'tier'>
) => ({
  name: nameOf(of),
  of,
  tier,
  ...more
})

/** A configuration all of whose executions are searched. */
const searched = (
  of: Configuration,
  tier: 'fast' | 'deep',
  [states, transitions, depth]: readonly [number, number, number],
  isDefault = false
): Preset<Configuration> => preset(of, tier, { expect: holds(states, transitions, depth), isDefault })

/** A configuration of which some executions are made. */
const sampled = (
  instance: InstanceName,
  nodes: number,
  mints: number,
  transactions: number,
  runs: number
): Preset<Configuration> =>
  preset(configuration(nodes, mints, transactions, { instance }), 'fast', {
    random: { runs, steps: 200 },
    isDefault: true
  })

/** The presets: those of `docs/model.md`, and what is checked where nothing is asked for. */
export const presets: ReadonlyArray<Preset<Configuration>> = [
  searched(configuration(2, 0, 1), 'fast', [111, 256, 9], true),
  searched(configuration(2, 1, 0), 'fast', [107, 234, 9], true),
  searched(configuration(2, 2, 0), 'fast', [93_705, 449_616, 27], true),
  searched(configuration(3, 1, 0), 'fast', [166_576, 900_162, 29], true),
  searched(configuration(2, 1, 1), 'deep', [1_755_779, 10_985_474, 42], true),
  searched(configuration(2, 2, 0, blockOnly), 'fast', [89, 178, 6]),
  searched(configuration(3, 2, 0, blockOnly), 'fast', [793, 2_319, 8], true),
  searched(configuration(3, 3, 0, blockOnly), 'fast', [28_057, 119_055, 12]),
  searched(configuration(2, 5, 0, blockOnly), 'fast', [93_593, 427_474, 15], true),
  searched(configuration(3, 4, 0, blockOnly), 'deep', [1_018_009, 5_635_599, 16], true),
  searched(configuration(4, 3, 0, blockOnly), 'deep', [575_041, 3_270_276, 15], true),
  searched(configuration(3, 5, 0, blockOnly), 'deep', [36_522_649, 248_742_159, 20]),
  searched(
    configuration(2, 2, 0, { ...blockOnly, faults: { duplications: 1, cuts: 1 } }),
    'fast',
    [1_287, 3_812, 10],
    true
  ),
  searched(configuration(2, 2, 0, { instance: 'longestChain' }), 'fast', [88_610, 429_066, 27], true),
  // Few hashes, so that blocks collide.
  searched(configuration(2, 3, 0, { ...blockOnly, hashBits: 2 }), 'fast', [702, 2_214, 9], true),
  // Two payments of the same funds, of which a chain can have one.
  searched(configuration(2, 1, 2, { ...blockOnly, instance: 'payments' }), 'fast', [1_442, 4_158, 9]),
  // What happens at last: one of what nodes tell one another, one in which a transaction comes into every chain.
  { ...searched(configuration(2, 1, 0, { ask: 'liveness' }), 'fast', [107, 234, 9]), name: 'F210 liveness' },
  {
    ...searched(configuration(2, 2, 1, { ...blockOnly, ask: 'liveness' }), 'fast', [1_316, 3_796, 9]),
    name: 'liveness'
  },
  searched(configuration(2, 0, 1, { edition: 'cpp18' }), 'fast', [175, 436, 10]),
  searched(configuration(2, 1, 0, { edition: 'cpp18' }), 'fast', [107, 234, 9]),
  searched(configuration(2, 2, 0, { ...blockOnly, edition: 'cpp18' }), 'fast', [89, 178, 6]),
  preset(configuration(3, 2, 0, { faults: { losses: 1 } }), 'fast', { expect: { verdict: 'violated', steps: 2 } }),
  sampled('numbered', 3, 3, 1, 100),
  sampled('longestChain', 4, 3, 1, 20),
  // Each block is really mined.
  sampled('proofOfWork', 3, 2, 1, 5),
  sampled('payments', 3, 2, 2, 50)
]
