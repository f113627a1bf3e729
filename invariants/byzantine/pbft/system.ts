/**
 * PBFT as an entry of the catalogue: on one sequence number, by packets, and by rounds with twins.
 */
import type { Heard } from '../../../spec/byzantine/pbft/adversary.js'
import type { PbftMessage } from '../../../spec/byzantine/pbft/messages.js'
import type { PbftInternal, PbftNode } from '../../../spec/byzantine/pbft/pbft.js'
import type { SlotState } from '../../../spec/byzantine/pbft/slot/state.js'
import type { Deceived } from '../../../spec/system/adversary.js'
import type { TwinsState, TwinsStep } from '../../../spec/system/twins.js'
import type { ComponentStep } from '../../checker/index.js'
import type { Untimed } from '../../checker/network/protocolModel.js'
import { defineWays, networkSubject, systemSubject } from '../../systems/define.js'
import type { AnySystem } from '../../systems/system.js'
import { pbftForm, refusesPbft, slotOptionsOf } from './configuration.js'
import type { PbftConfiguration } from './configuration.js'
import { packetsSought } from './goals.js'
import { pbftMutants } from './mutants.js'
import { pbftNetwork } from './network.js'
import { packetWords } from './packetShow.js'
import { presets } from './presets.js'
import { slotModel, soughtSlots } from './slotModel.js'
import { slotShow } from './slotShow.js'
import { pbftTwins, pbftTwinsShow, soughtTwins } from './twins.js'

/** Level a: one sequence number, by what was ever sent. */
const slots = systemSubject<PbftConfiguration, SlotState, ComponentStep>({
  name: 'pbft',
  model: (c) => slotModel(c),
  show: (c) => slotShow(slotOptionsOf(c)),
  witnesses: soughtSlots,
  mutants: pbftMutants.map((mutant) => ({ ...mutant, model: (c) => slotModel(c, mutant.slot) }))
})

/** Level b: by packets. */
const packets = networkSubject<PbftConfiguration, Deceived<null, Heard>, PbftNode, PbftMessage, PbftInternal, Untimed>({
  name: 'pbft',
  network: pbftNetwork(),
  words: () => packetWords(),
  witnesses: () => packetsSought,
  mutants: pbftMutants.map((mutant) => ({ ...mutant, network: pbftNetwork(mutant.packets) }))
})

/** Level b with twins: by rounds. */
const twins = systemSubject<PbftConfiguration, TwinsState<PbftNode, PbftMessage>, TwinsStep>({
  name: 'pbft',
  model: (c) => pbftTwins(c),
  show: pbftTwinsShow,
  witnesses: soughtTwins,
  mutants: pbftMutants.map((mutant) => ({ ...mutant, model: (c) => pbftTwins(c, mutant.packets) }))
})

/** PBFT. */
export const pbft: AnySystem = defineWays<PbftConfiguration>(
  {
    name: 'pbft',
    says: 'Replicas agree on what to execute, in views that change when the primary is suspected, while some of them lie.',
    mirrors: [
      { work: 'M. Castro, B. Liskov, Practical Byzantine Fault Tolerance (OSDI 1999)', where: 'sections 4.1 to 4.4' },
      { work: 'V. Rahli et al., Velisarios (ESOP 2018)', where: 'the lemmas A.1.2 to A.1.11 of PBFT' },
      { work: 'Byzantine Fault Tolerance and Blockchains (lecture)', where: 'Practical Byzantine Fault Tolerance' }
    ],
    form: pbftForm,
    refuses: refusesPbft,
    presets,
    mutants: pbftMutants
  },
  (c, mutant) => (c.level === 'a' ? slots : c.twins === undefined ? packets : twins)(c, mutant)
)
