/**
 * PBFT with parameters that have a name, and what is known of them.
 */
import { holds, violated } from '../../systems/system.js'
import type { Expected, Preset } from '../../systems/system.js'
import { packetConfiguration, slotConfiguration } from './configuration.js'
import type { PbftConfiguration } from './configuration.js'

const preset = (
  name: string,
  of: PbftConfiguration,
  expect: Expected,
  more: Partial<Preset<PbftConfiguration>> = {}
): Preset<PbftConfiguration> => ({ name, of, tier: 'fast', expect, ...more })

/** Whether all honest replicas can always come to execute by themselves. */
const byHonest = { canAlways: 'executed', by: 'honest' } as const

const deep = { tier: 'deep' } as const

/** By packets there are too many executions to search them all. */
const random = (name: string, of: PbftConfiguration): Preset<PbftConfiguration> => ({
  name,
  of,
  tier: 'fast',
  random: { runs: 20, steps: 300 }
})

export const presets: ReadonlyArray<Preset<PbftConfiguration>> = [
  preset('1 view', slotConfiguration(0, '0'), holds(145, 312, 9), { isDefault: true }),
  preset('1 view, a lying backup', slotConfiguration(0, '3'), holds(79, 156, 9)),
  preset('1 view, all honest', slotConfiguration(0, 'none'), holds(217, 534, 12)),
  preset('2 views', slotConfiguration(1, '0'), holds(30_640, 68_947, 21), { isDefault: true }),
  preset('2 views, the last one led by a liar', slotConfiguration(1, '1'), holds(26_616, 66_699, 21)),
  preset('2 views, a lying backup', slotConfiguration(1, '3'), holds(14_976, 33_469, 21)),
  preset('2 views, all honest', slotConfiguration(1, 'none'), holds(125_080, 336_094, 28), deep),
  preset('3 views', slotConfiguration(2, '0'), holds(4_160_622, 9_453_372, 33), deep),
  preset('three replicas', { ...slotConfiguration(0, '0', { invariants: 'agreement' }), nodes: 3 }, violated(6)),
  preset('stuck', slotConfiguration(0, '0', byHonest), violated(0)),
  preset('unstuck', slotConfiguration(1, '0', byHonest), holds(30_640, 68_947, 21)),
  preset('stuck in the last view', slotConfiguration(1, '1', byHonest), violated(1)),
  preset('in time', slotConfiguration(1, '0', { liveness: 'timely' }), holds(24_490, 51_689, 21)),
  preset('in time, in one view', slotConfiguration(0, '0', { liveness: 'timely' }), violated(0)),
  preset('at any time', slotConfiguration(1, '1', { liveness: 'asynchronous' }), violated(3)),
  preset('twins, by views', packetConfiguration(1, '0', { twins: 'views' }), holds(2_360, 2_852, 3)),
  preset('twins, by phases', packetConfiguration(1, '3', { twins: 'phases' }), holds(20_699, 25_441, 9), deep),
  random('packets, all honest', packetConfiguration(1, 'none', { requests: 2, refines: 'a' })),
  random('packets, a lying primary', packetConfiguration(2, '0', { requests: 2, refines: 'a' })),
  random('packets, a lying backup', packetConfiguration(1, '3', { requests: 2, refines: 'a' }))
]
