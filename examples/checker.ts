/** Checks the clique invariant in every state of a small network, then in one that may lose a packet. */
import { exhaustive } from '../invariants/checker/index.js'
import { bounds, playNumbered, showFailure, toychainModel } from '../invariants/index.js'
import { noFaults } from '../spec/index.js'

const sound = await exhaustive(toychainModel(playNumbered, bounds(2, 2, 0)))
console.log(`${sound.model}: ${sound.states} states, ${sound.counterexample ? 'violated' : 'all invariants hold'}`)

const lossy = bounds(3, 2, 0, { faults: { ...noFaults, losses: 1 } })
const broken = await exhaustive(toychainModel(playNumbered, lossy))
console.log(`${broken.model}: violated after ${broken.counterexample?.actions.length ?? 0} steps`)
for (const failure of broken.counterexample?.failures ?? []) console.log(showFailure(failure))
