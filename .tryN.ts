import { exhaustive } from '/work/wt-pbft/invariants/checker/index.js'
import { slotModel } from '/work/wt-pbft/invariants/byzantine/pbft/slotModel.js'
import { slotConfiguration } from '/work/wt-pbft/invariants/byzantine/pbft/configuration.js'
const views = process.argv[2]!.split(',').map(Number)
const byz = process.argv[3]!.split(',')
const nvo = process.argv[4] === 'next'
for (const V of views) for (const b of byz) {
  const t = Date.now()
  const r = await exhaustive(slotModel(slotConfiguration(V, b as never, { nextViewOnly: nvo })))
  console.log(V, b, r.states, r.transitions, r.depth, r.counterexample?.actions.length, ((Date.now()-t)/1000).toFixed(2)+'s', Math.round(process.memoryUsage().rss/1e6)+'MB')
}
