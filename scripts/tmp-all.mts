import { grounds } from '../invariants/blockchain/lemmas/grounds.js'
import { allLemmas } from '../invariants/blockchain/lemmas/ledger.js'
import { derive, gradeOf, write } from '../invariants/proof/kernel.js'
const all = allLemmas()
const t0 = performance.now()
let n = { derived: 0, tested: 0, assumed: 0 } as any, bad = 0
for (const l of all) { try { n[gradeOf(l.theorem)]++ } catch (e) { bad++; console.log(l.name, (e as Error).message.slice(0,300)); if (bad === 1) console.log((e as Error).stack, ((e as Error).cause as Error)?.stack) } }
console.log(all.length, n, bad, performance.now() - t0, 'ms')
const names = new Map<string, string[]>()
for (const l of all) names.set(l.theorem.about.name, [...(names.get(l.theorem.about.name) ?? []), l.source + ' ' + l.kind])
for (const [k, v] of names) if (v.length > 1) console.log(k, v)
import { foundations } from '../invariants/proof/explain.js'
const rows = new Set(all.map((l) => l.theorem))
const missing = new Map<unknown, string>()
for (const l of all) { try { const f = foundations(l.theorem); for (const t of [...f.stated, ...f.laws]) if (!rows.has(t)) missing.set(t, `${t.about.name} <- ${missing.get(t)?.split('<- ')[1] ?? ''} ${l.name}`) } catch {} }
console.log([...missing.values()])
