import { writeFileSync } from 'node:fs'
import { lemmasOfAll } from '../invariants/systems/ledger.js'
import { exported } from '../invariants/proof/kernel.js'
const t = performance.now()
const e = exported(lemmasOfAll().map((l) => l.theorem))
const text = JSON.stringify(e)
console.log(performance.now() - t, 'ms', text.length, e.theorems.length, e.vocabularies.length, e.sorts.length, e.words.length, e.vocabularies.map(v=>v.name))
writeFileSync('/tmp/derivations.json', text)
console.log(JSON.stringify(e.theorems.filter(x=>x.derivation)[3]))
