/**
 * Toychain as an entry of the catalogue: both editions, all instances, faults, and its mutants.
 */
import type { System } from '../systems/system.js'
import { count } from '../systems/form.js'
import { form, refuses } from './configuration.js'
import type { Configuration } from './configuration.js'
import { presets } from './presets.js'
import { mutants, subjectOf } from './variants.js'

/** Toychain: the protocol of the paper, on a clique of nodes with bounds on what happens. */
export const toychain: System<Configuration> = {
  name: 'toychain',
  says: 'Nodes of a clique mint blocks and pass them on; each keeps a forest of blocks and takes the best chain for its own.',
  mirrors: [
    { work: 'certichain/toychain (Coq)', where: 'Structures, Systems, Properties' },
    { work: 'G. Pîrlea, I. Sergey, Mechanising Blockchain Consensus (CPP 2018)', where: 'sections 2 to 4' },
    { work: 'Byzantine Fault Tolerance and Blockchains (lecture)', where: 'blockchain consensus' }
  ],
  form,
  sizes: {
    blocks: count({ says: 'most different blocks of a world', initial: 2 }),
    packets: count({ says: 'most packets in flight', initial: 1 })
  },
  refuses,
  presets,
  mutants,
  subject: (c, mutant) => {
    if (mutant === undefined) return subjectOf(c)
    const found = mutants.find(({ name }) => name === mutant)
    if (found === undefined) throw new RangeError(`toychain has no mutant ${mutant}`)
    return found.subject(c)
  }
}
