import { bounds } from './invariants/blockchain/model.js'
import { playNumbered } from './invariants/blockchain/playable.js'
import { inductionModel, worldsWithin } from './invariants/blockchain/worlds.js'
import { inductive } from './invariants/checker/inductive.js'
import { clique_inv } from './invariants/blockchain/clique.js'
import { Explain } from './invariants/blockchain/explain.js'
import { canonicalView } from './invariants/blockchain/pictures.js'
import { all, fromView, together } from './invariants/invariant.js'
import type { Invariant } from './invariants/invariant.js'
const without = <S, P>(inv: Invariant<S, P>, name: string): Invariant<S, P> =>
  inv._tag === 'Leaf'
    ? inv
    : all(
        inv.name,
        inv.says,
        inv.parts.filter((p) => p.name !== name).map((p) => without(p, name))
      )
for (const which of ['no5', 'holder']) {
  const model = inductionModel(playNumbered, bounds(2, 1, 0), {
    invariants: (tc) => [
      which === 'no5'
        ? without(clique_inv(tc), '5')
        : all(
            'holder',
            'some node has the canonical tree',
            fromView(canonicalView(tc), [
              together('h', 'h', {
                summary: (_n, st, bt) => tc.forest.treeEq.equals(st.blockTree, bt),
                settles: (x) => x,
                decide: () => [{ witness: 'nobody' }]
              })
            ])
          )
    ]
  })
  const r = await inductive(model, worldsWithin(playNumbered, model, { blocks: 2, packets: 2 }))
  const c = r.counterexample!
  console.log(r.candidates, r.satisfying, r.steps, r.seconds, c.searched, c.reached?.actions.length)
  console.log(
    Explain(model.toychain).execution([
      { action: undefined, state: c.before, failures: [] },
      { action: c.action, state: c.after, failures: c.failures }
    ])
  )
}
