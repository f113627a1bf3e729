/**
 * PBFT as an entry of the catalogue.
 */
import type { SlotState } from '../../../spec/byzantine/pbft/slot/state.js'
import type { ComponentStep } from '../../checker/index.js'
import { defineSystem } from '../../systems/define.js'
import { holds, violated } from '../../systems/system.js'
import type { AnySystem, Expected, Preset } from '../../systems/system.js'
import { pbftForm, refusesPbft, slotConfiguration, slotOptionsOf } from './configuration.js'
import type { PbftConfiguration } from './configuration.js'
import { slotModel, soughtSlots } from './slotModel.js'
import { slotMutants } from './slotMutants.js'
import { slotShow } from './slotShow.js'

const preset = (
  name: string,
  of: PbftConfiguration,
  expect: Expected,
  more: Partial<Preset<PbftConfiguration>> = {}
): Preset<PbftConfiguration> => ({ name, of, tier: 'fast', expect, ...more })

const deep = { tier: 'deep' } as const

const presets: ReadonlyArray<Preset<PbftConfiguration>> = [
  preset('1 view', slotConfiguration(0, '0'), holds(145, 312, 9), { isDefault: true }),
  preset('1 view, a lying backup', slotConfiguration(0, '3'), holds(79, 156, 9)),
  preset('1 view, all honest', slotConfiguration(0, 'none'), holds(217, 534, 12)),
  preset('2 views', slotConfiguration(1, '0'), holds(30_640, 68_947, 21), { isDefault: true }),
  preset('2 views, the last one led by a liar', slotConfiguration(1, '1'), holds(26_616, 66_699, 21)),
  preset('2 views, a lying backup', slotConfiguration(1, '3'), holds(14_976, 33_469, 21)),
  preset('2 views, all honest', slotConfiguration(1, 'none'), holds(125_080, 336_094, 28), deep),
  preset('3 views', slotConfiguration(2, '0'), holds(4_160_622, 9_453_372, 33), deep),
  preset('three replicas', { ...slotConfiguration(0, '0', { invariants: 'agreement' }), nodes: 3 }, violated(6))
]

/** PBFT. */
export const pbft: AnySystem = defineSystem<PbftConfiguration, SlotState, ComponentStep>({
  name: 'pbft',
  says: 'Replicas agree on what to execute, in views that change when the primary is suspected, while some of them lie.',
  mirrors: [
    { work: 'M. Castro, B. Liskov, Practical Byzantine Fault Tolerance (OSDI 1999)', where: 'sections 4.2 and 4.4' },
    { work: 'V. Rahli et al., Velisarios (ESOP 2018)', where: 'the lemmas A.1.4 to A.1.11 of PBFT' },
    { work: 'Byzantine Fault Tolerance and Blockchains (lecture)', where: 'Practical Byzantine Fault Tolerance' }
  ],
  form: pbftForm,
  refuses: refusesPbft,
  model: (c) => slotModel(c),
  show: (c) => slotShow(slotOptionsOf(c)),
  witnesses: soughtSlots,
  presets,
  mutants: slotMutants.map((mutant) => ({ ...mutant, model: (c) => slotModel(c, mutant.variant) }))
})
