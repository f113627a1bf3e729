import { writeFileSync } from 'node:fs'
import { bounds, toychainModel } from './invariants/blockchain/model.js'
import { playNumbered } from './invariants/blockchain/playable.js'
import { Explain } from './invariants/blockchain/explain.js'
import { exhaustive } from './invariants/checker/exhaustive.js'
import { lanesOf, lanesText, lanesSvg } from './invariants/checker/lanes.js'
import { seek } from './invariants/blockchain/witnesses.js'
import * as E from 'fp-ts/lib/Either.js'
const show = (toychain: any, ce: any, title: string) => {
  const ex = Explain(toychain)
  const l = lanesOf({
    title,
    states: ce.states,
    actions: ce.actions,
    message: ex.message as any,
    action: (a: any, b: any, c: any) => ex.action(a, b.world, c.world),
    fails: (i) => i === ce.actions.length
  })
  console.log(lanesText(l))
  writeFileSync('/tmp/lanes.svg', lanesSvg(l))
}
const m = toychainModel(playNumbered, bounds(3, 2, 0, { faults: { duplications: 0, losses: 1, cuts: 0, sides: [] } }))
const r = await exhaustive(m)
show(m.toychain, r.counterexample, m.name)
const f = await seek(playNumbered, bounds(3, 2, 1), process.argv[2] ?? 'in-every-chain=t1', { maxStates: 200000 })
if (E.isRight(f) && f.right.witness.shortest) show(f.right.toychain, f.right.witness.shortest, f.right.sought.name)
