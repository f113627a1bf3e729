import { bounds } from './invariants/blockchain/model.js'
import { playNumbered } from './invariants/blockchain/playable.js'
import { inductionModel, worldsWithin } from './invariants/blockchain/worlds.js'
import { inductive } from './invariants/checker/inductive.js'
const [n, m, t, b, p] = process.argv.slice(2).map(Number)
const model = inductionModel(playNumbered, bounds(n!, m!, t!))
const r = await inductive(model, worldsWithin(playNumbered, model, { blocks: b!, packets: p! }))
console.log(r.candidates, r.satisfying, r.steps, r.seconds, r.counterexample?.failures, r.base)
