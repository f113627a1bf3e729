import * as E from 'fp-ts/lib/Either.js'
import { bounds } from './invariants/blockchain/model.js'
import { playNumbered } from './invariants/blockchain/playable.js'
import { seek } from './invariants/blockchain/witnesses.js'
const [n, b, t, bo] = process.argv.slice(2).map(Number)
for (const text of process.argv.slice(6)) {
  const f = await seek(playNumbered, bounds(n!, b!, t!, { blockOnly: bo === 1 }), text)
  if (E.isLeft(f)) {
    console.log(f.left)
    continue
  }
  const { sought, witness } = f.right
  console.log(
    sought.name,
    witness.times,
    'of',
    witness.among,
    witness.of,
    'steps',
    witness.shortest?.actions.length,
    witness.shortest?.failures.map((x) => x.witness),
    witness.complete,
    witness.seconds.toFixed(2)
  )
}
